#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| typedown_tests::fuzz::run("diff", input));
