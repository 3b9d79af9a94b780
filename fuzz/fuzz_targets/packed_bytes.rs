#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| cleanclaim_fuzz::packed::packed_bytes(data));
