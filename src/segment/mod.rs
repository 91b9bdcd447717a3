//! Tokens and sentences with exact spans.

pub mod class;
mod endings;
mod foreign;
mod lines;
mod links;
mod lists;
mod sentences;
mod sequence;
mod starts;
mod stops;
mod tokens;
mod words;

use crate::lexicon::Lexicon;
use crate::model::{Document, Sentence, Token};

/// Bytes of text a token takes, at the least, in news: what the first guess of memory builds on.
const BYTES_PER_TOKEN: usize = 5;

/// Splits a document into tokens and sentences, both in text order.
///
/// Tokens cover everything but white space; sentences cover every token, and each lies inside one
/// paragraph.
pub fn segment(document: &Document, lexicon: &Lexicon) -> (Vec<Token>, Vec<Sentence>) {
    let text = document.text.as_str();
    let mut found = Vec::with_capacity(text.len() / BYTES_PER_TOKEN);
    let mut sentences = Vec::new();
    for (index, paragraph) in document.paragraphs.iter().enumerate() {
        let first = found.len();
        tokens::tokenize(text, paragraph.span, lexicon, &mut found);
        sentences::split(text, &found, first, index as u32, lexicon, &mut sentences);
    }
    (found, sentences)
}
