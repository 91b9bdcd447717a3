//! RSS, Atom and JSON Feed.

use crate::intake::Parts;
use crate::lexicon::intake::IntakeWords;

/// One item of a feed.
#[derive(Clone, PartialEq, Debug)]
pub struct Item {
    /// The page that it announces.
    pub link: Option<String>,
    /// The article, or why the item has none.
    pub parts: Result<Parts, String>,
}

/// Reads the items of a feed.
///
/// # Errors
/// Why it is no feed.
pub fn items(_bytes: &[u8], _words: &IntakeWords) -> Result<Vec<Item>, String> {
    Err("is not read yet".to_owned())
}
