//! The whole analysis of any text, as plain text and as Markdown; what holds of it stands in `tests/fuzzed/`.
#![no_main]

#[path = "../../tests/fuzzed/mod.rs"]
mod fuzzed;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| fuzzed::analysis::quotes(text));
