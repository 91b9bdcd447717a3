//! Tokens and sentences of any text; what holds of it stands in `tests/fuzzed/`.
#![no_main]

#[path = "../../tests/fuzzed/mod.rs"]
mod fuzzed;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| fuzzed::analysis::segment(text));
