//! Tokens and sentences of any text: exact, in order, covering all but white space.
#![no_main]

#[path = "../../tests/texts/mod.rs"]
mod texts;

use libfuzzer_sys::fuzz_target;
use onrecord::model::Markup;
use onrecord::segment::segment;
use texts::{ENGINE, document};

fuzz_target!(|text: &str| {
    let document = document(text, Markup::Plain);
    let text = document.text.as_str();
    let (tokens, sentences) = segment(&document, &ENGINE.lexicon);
    let mut at = 0;
    for token in &tokens {
        let range = token.span.range();
        assert!(text[at..range.start].trim().is_empty());
        assert!(!text[range.clone()].is_empty());
        at = range.end;
    }
    assert!(text[at..].trim().is_empty());
    let covered: usize = sentences.iter().map(|sentence| sentence.tokens.len()).sum();
    assert_eq!(covered, tokens.len());
});
