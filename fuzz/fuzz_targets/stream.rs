//! A stream in any pieces, with windows small enough to be cut.
#![no_main]

#[path = "../../cli/tests/fuzzed/mod.rs"]
#[allow(dead_code)]
mod fuzzed;

libfuzzer_sys::fuzz_target!(|data: &[u8]| fuzzed::stream(data));
