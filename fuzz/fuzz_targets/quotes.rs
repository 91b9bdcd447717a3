//! The whole analysis of any text, as plain text and as Markdown, keeps its promises.
#![no_main]

#[path = "../../tests/promises/mod.rs"]
mod promises;
#[path = "../../tests/texts/mod.rs"]
mod texts;

use libfuzzer_sys::fuzz_target;
use onrecord::model::Markup;
use onrecord::pipeline::analyse;
use texts::{ENGINE, document};

fuzz_target!(|text: &str| {
    for markup in [Markup::Plain, Markup::Markdown] {
        let document = document(text, markup);
        promises::check(&document, &analyse(&document, &ENGINE));
    }
});
