//! Writes a file whole or not at all.

use crate::error::{Error, Result};
use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

/// Gives `fill` a new file beside `path` and puts it in the place of `path` when it is complete.
///
/// A failure leaves what was at `path`. What is there and is no plain file (a pipe, `/dev/null`)
/// can't be replaced and is written to as it is.
///
/// # Errors
/// [`Error::Io`] with `path`, and what `fill` returns.
pub fn write_whole<T>(path: &Path, fill: impl FnOnce(&mut dyn Write) -> Result<T>) -> Result<T> {
    let is_special = fs::metadata(path).is_ok_and(|found| !found.is_file());
    if is_special {
        let file = OpenOptions::new().write(true).open(path).map_err(Error::io(path))?;
        return filled(file, path, fill);
    }
    put_whole(path, |draft| filled(File::create(draft).map_err(Error::io(path))?, path, fill))
}

/// Gives `make` a path beside `path` where nothing is, and puts what it makes there in the place of `path`.
///
/// # Errors
/// [`Error::Io`] with `path`, and what `make` returns; then nothing is left behind.
pub fn put_whole<T>(path: &Path, make: impl FnOnce(&Path) -> Result<T>) -> Result<T> {
    let draft = draft_path(path);
    let result =
        make(&draft).and_then(|value| fs::rename(&draft, path).map_err(Error::io(path)).map(|()| value));
    if result.is_err() {
        // The first failure is the one to tell.
        let _ = fs::remove_file(&draft);
    }
    result
}

fn filled<T>(file: File, path: &Path, fill: impl FnOnce(&mut dyn Write) -> Result<T>) -> Result<T> {
    let mut out = BufWriter::with_capacity(1 << 16, file);
    let value = fill(&mut out)?;
    out.flush().map_err(Error::io(path))?;
    Ok(value)
}

/// In the same folder, because a rename can't leave its file system.
fn draft_path(path: &Path) -> PathBuf {
    let mut name = OsString::from(".");
    name.push(path.file_name().unwrap_or_default());
    name.push(format!(".{}.part", std::process::id()));
    path.with_file_name(name)
}
