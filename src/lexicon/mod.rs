//! Typed tables of words, read from `data/*.tsv` at start-up.

pub mod table;

use crate::error::Result;

/// Every table that the analysis looks words up in.
#[derive(Debug, Default)]
pub struct Lexicon {}

impl Lexicon {
    /// Reads the tables built into the program.
    ///
    /// # Errors
    /// [`crate::error::Error::Table`], naming the file and line of a row that breaks its table's rules.
    pub fn load() -> Result<Self> {
        Ok(Self {})
    }
}
