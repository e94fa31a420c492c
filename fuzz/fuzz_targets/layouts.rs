//! Any bytes, read as a layout and cleaned.
#![no_main]

#[path = "../../cli/tests/fuzzed/mod.rs"]
#[allow(dead_code)]
mod fuzzed;

libfuzzer_sys::fuzz_target!(|data: &[u8]| fuzzed::layouts(data));
