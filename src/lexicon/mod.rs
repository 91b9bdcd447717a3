//! Typed tables of words, read from `data/*.tsv` at start-up.

pub mod intake;
pub mod table;

use crate::error::Result;
use crate::lexicon::intake::IntakeWords;

/// Every table that the analysis looks words up in.
#[derive(Debug, Default)]
pub struct Lexicon {
    pub intake: IntakeWords,
}

impl Lexicon {
    /// Reads the tables built into the program.
    ///
    /// # Errors
    /// [`crate::error::Error::Table`], naming the file and line of a row that breaks its table's rules.
    pub fn load() -> Result<Self> {
        Ok(Self { intake: IntakeWords::load()? })
    }
}
