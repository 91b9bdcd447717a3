//! Any bytes as a document of a word processor or a PDF file; what holds of it stands in `tests/fuzzed/`.
#![no_main]

#[path = "../../tests/fuzzed/mod.rs"]
mod fuzzed;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| fuzzed::documents::check(bytes));
