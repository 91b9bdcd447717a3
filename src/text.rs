//! From a raw article to a document: canonical text, paragraphs, and the map back.

use crate::model::{Document, RawArticle};

/// Turns a raw article into a document.
pub fn document(raw: RawArticle) -> Document {
    todo!("{}", raw.key)
}
