//! Typed tables of words, read from `data/*.tsv` at start-up.

pub mod outlets;
pub mod table;
pub mod words;

use crate::error::Result;
use crate::lexicon::outlets::Outlets;
use crate::lexicon::words::Words;

/// Every table that the analysis looks words up in.
#[derive(Debug, Default)]
pub struct Lexicon {
    pub words: Words,
    pub outlets: Outlets,
}

impl Lexicon {
    /// Reads the tables built into the program.
    ///
    /// # Errors
    /// [`crate::error::Error::Table`], naming the file and line of a row that breaks its table's rules.
    pub fn load() -> Result<Self> {
        Ok(Self { words: Words::load()?, outlets: Outlets::load()? })
    }
}
