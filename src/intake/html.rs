//! Web pages: the article without what stands around it, and what the page says about it.

use crate::intake::Parts;
use crate::lexicon::intake::IntakeWords;

/// Reads a page. `charset` is what the server said of its encoding.
///
/// # Errors
/// Why there is no article in it.
pub fn read(_bytes: &[u8], _charset: Option<&str>, _words: &IntakeWords) -> Result<Parts, String> {
    Err("is not read yet".to_owned())
}
