//! An article of any words in the database; what holds of it stands in `tests/fuzzed/`.
#![no_main]

#[path = "../../tests/fuzzed/mod.rs"]
mod fuzzed;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| fuzzed::store::check(bytes));
