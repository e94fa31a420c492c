//! The ledger replayed both ways, and a cleaner used again.
#![no_main]

#[path = "../../cli/tests/fuzzed/mod.rs"]
#[allow(dead_code)]
mod fuzzed;

libfuzzer_sys::fuzz_target!(|data: &[u8]| fuzzed::ledger(data));
