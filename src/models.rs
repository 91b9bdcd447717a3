//! The trained models, and the weights file that is built into the program.

use crate::error::{Error, Result};
use crate::learn::linear::Linear;
use crate::learn::weights::{Weights, Writer};
use crate::quotes::learned::models::StatementModels;
use crate::tagging::tagger::Tagger;
use std::borrow::Cow;

/// The section of the weights file that holds the model of confidence.
const CONFIDENCE: &str = "confidence";

/// Every model that the analysis decides by.
#[derive(Clone, Debug)]
pub struct Models {
    pub tagger: Tagger,
    pub statements: StatementModels,
    /// How sure an attribution is ([`crate::attribution::confidence`]).
    pub confidence: Linear,
}

impl Models {
    /// Reads the weights that are built into the program.
    ///
    /// # Errors
    /// As [`Models::read`]; a program whose tests pass has none.
    pub fn embedded() -> Result<Self> {
        let file = include_bytes!("../models/onrecord.weights");
        Self::read(Cow::Borrowed(file), "models/onrecord.weights")
    }

    /// Reads a weights file; bytes that live as long as the program aren't copied.
    ///
    /// # Errors
    /// [`crate::error::Error::Weights`] naming `origin` when it is damaged, or lacks a model.
    pub fn read(file: Cow<'static, [u8]>, origin: &str) -> Result<Self> {
        let weights = Weights::read(file, origin)?;
        let lacks = |what: &str| Error::Weights {
            origin: origin.to_owned(),
            reason: format!("holds no models of {what} that this version can use: train again"),
        };
        Ok(Self {
            tagger: Tagger::read(&weights, origin)?,
            statements: StatementModels::read(&weights).ok_or_else(|| lacks("statements"))?,
            confidence: Linear::read(&mut weights.section(CONFIDENCE)).ok_or_else(|| lacks("confidence"))?,
        })
    }

    /// The bytes of the weights file that holds these models.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut weights = Weights::default();
        self.tagger.write(&mut weights);
        self.statements.write(&mut weights);
        let mut confidence = Writer::default();
        self.confidence.write(&mut confidence);
        weights.put(CONFIDENCE, confidence);
        weights.to_bytes()
    }
}

#[cfg(test)]
mod tests {
    use super::Models;
    use std::borrow::Cow;

    #[test]
    fn the_weights_are_written_as_they_were_read() {
        let bytes = Models::embedded().unwrap().to_bytes();
        assert_eq!(bytes, include_bytes!("../models/onrecord.weights"));
    }

    #[test]
    fn a_file_without_models_is_named() {
        let empty = crate::learn::weights::Weights::default().to_bytes();
        let error = Models::read(Cow::Owned(empty), "my.weights").unwrap_err();
        assert!(error.to_string().starts_with("my.weights: "), "{error}");
    }
}
