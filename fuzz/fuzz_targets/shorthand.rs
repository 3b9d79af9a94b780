#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| cleanclaim_fuzz::claims::shorthand(data));
