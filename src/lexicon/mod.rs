//! Typed tables of words, read from `data/*.tsv` at start-up.

pub mod table;
pub mod fold;
pub mod abbreviations;
pub mod claim_matching;
pub mod claim_words;
pub mod cue_verbs;
pub mod feature_names;
pub mod intake;
pub mod outlets;
pub mod reporting_words;
pub mod source_words;
pub mod sounds;
pub mod spelling;
pub mod subject_words;
pub mod verdict_scale;
pub mod web;
pub mod word;
pub mod words;
pub mod worth;

use crate::error::Result;
use crate::lexicon::abbreviations::Abbreviations;
use crate::lexicon::intake::IntakeWords;
use crate::lexicon::outlets::Outlets;
use crate::lexicon::spelling::Spelling;
use crate::lexicon::words::Words;
use std::sync::Arc;

/// Every table that the analysis looks words up in.
#[derive(Debug)]
pub struct Lexicon {
    pub abbreviations: Abbreviations,
    /// Shared with the thread that reads the inputs.
    pub intake: Arc<IntakeWords>,
    pub outlets: Outlets,
    pub spelling: Spelling,
    /// Shared with those who have no engine.
    pub words: &'static Words,
}

impl Lexicon {
    /// Reads the tables built into the program.
    ///
    /// # Errors
    /// [`crate::error::Error::Table`], naming the file and line of a row that breaks its table's rules.
    pub fn load() -> Result<Self> {
        Ok(Self {
            abbreviations: Abbreviations::load()?,
            intake: Arc::new(IntakeWords::load()?),
            outlets: Outlets::load()?,
            spelling: Spelling::load()?,
            words: Words::shared(),
        })
    }
}
