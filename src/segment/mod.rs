//! Tokens and sentences with exact spans.

use crate::lexicon::Lexicon;
use crate::model::{Document, Sentence, Token};

/// Splits a document into tokens and sentences, both in text order.
///
/// Tokens cover everything but white space; sentences cover every token, and each lies inside one
/// paragraph.
pub fn segment(document: &Document, lexicon: &Lexicon) -> (Vec<Token>, Vec<Sentence>) {
    let _ = (document, lexicon);
    todo!()
}
