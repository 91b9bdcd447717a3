//! Any bytes as a web page, a feed and a message; what holds of it stands in `tests/fuzzed/`.
#![no_main]

#[path = "../../tests/fuzzed/mod.rs"]
mod fuzzed;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| fuzzed::pages::check(bytes));
