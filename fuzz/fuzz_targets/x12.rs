#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| cleanclaim_fuzz::x12::x12(data));
