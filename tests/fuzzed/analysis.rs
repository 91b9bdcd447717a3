//! Any text is segmented and analysed.

use crate::fuzzed::promises;
use crate::fuzzed::texts::{ENGINE, document};
use onrecord::model::Markup;
use onrecord::pipeline::analyse;

/// Tokens and sentences are exact, in order, and cover all but white space.
pub fn segment(text: &str) {
    let document = document(text, Markup::Plain);
    let text = document.text.as_str();
    let (tokens, sentences) = onrecord::segment::segment(&document, &ENGINE.lexicon);
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
}

/// The whole analysis, of plain text and of Markdown, keeps its promises.
pub fn quotes(text: &str) {
    for markup in [Markup::Plain, Markup::Markdown] {
        let document = document(text, markup);
        promises::check(&document, &analyse(&document, &ENGINE));
    }
}
