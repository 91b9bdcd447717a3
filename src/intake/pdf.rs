//! PDF files that hold text.

use crate::intake::Parts;
use crate::lexicon::intake::IntakeWords;

/// Reads a PDF file.
///
/// # Errors
/// Why there is no article in it.
pub fn read(_bytes: &[u8], _words: &IntakeWords) -> Result<Parts, String> {
    Err("is not read yet".to_owned())
}
