//! Training of the models from annotated articles.

pub mod mend;
pub mod syntax;
pub mod tagger;

use crate::error::{Error, Result};
use flate2::read::MultiGzDecoder;
use std::fs;
use std::io::{self, Read};
use std::path::Path;

/// What a file packed with gzip begins with.
const GZIP: [u8; 2] = [0x1f, 0x8b];

/// Reads a file of text, packed with gzip or not.
///
/// # Errors
/// [`Error::Io`] naming the file when it can't be read, is damaged, or is no UTF-8.
pub fn unpacked(path: &Path) -> Result<String> {
    let packed = fs::read(path).map_err(Error::io(path))?;
    if !packed.starts_with(&GZIP) {
        let invalid = |error| Error::io(path)(io::Error::new(io::ErrorKind::InvalidData, error));
        return String::from_utf8(packed).map_err(invalid);
    }
    let mut text = String::new();
    MultiGzDecoder::new(packed.as_slice()).read_to_string(&mut text).map_err(Error::io(path))?;
    Ok(text)
}
