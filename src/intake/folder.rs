//! Files on the disk: folders, links, and what a path is called as a key.

use crate::error::{Error, Result};
use ignore::{Walk, WalkBuilder};
use std::ffi::OsStr;
use std::fs::File;
use std::io;
use std::path::{Component, Path, PathBuf};

/// Goes through the files of a folder in the order of names; hidden ones, annotations (`*.gold.jsonl`) and what a browser saved
/// beside a page are left out. Links are followed. Rules of version control are not: an article is an article whether or not a repository keeps it.
pub(crate) fn files(folder: &Path) -> impl Iterator<Item = Result<PathBuf>> {
    let wanted = |path: &PathBuf| !path.is_dir() && !path.to_string_lossy().ends_with(ANNOTATIONS);
    walk(folder).map(|entry| entry.map(ignore::DirEntry::into_path).map_err(walk_error)).filter(move |path| {
        match path {
            Ok(path) => wanted(path),
            Err(_) => true,
        }
    })
}

/// How the names of files with annotated articles end.
pub(crate) const ANNOTATIONS: &str = ".gold.jsonl";

/// The bytes of all files that would be read, as [`crate::intake::Meter`] counts them: 0 for standard input and pipes.
pub fn total(inputs: &[PathBuf]) -> u64 {
    let size = |path: &Path| path.metadata().map_or(0, |file| if file.is_file() { file.len() } else { 0 });
    let sizes = inputs.iter().map(|input| {
        if input.is_dir() { files(input).flatten().map(|path| size(&path)).sum() } else { size(input) }
    });
    sizes.sum()
}

pub(crate) fn open(path: &Path) -> Result<File> {
    File::open(path).map_err(|error| unopened(path, error))
}

/// Says why the input at `path` can't be opened.
fn unopened(path: &Path, error: io::Error) -> Error {
    let leads_nowhere = error.kind() == io::ErrorKind::NotFound && path.is_symlink();
    if leads_nowhere {
        let reason = "is a link that leads nowhere".to_owned();
        return Error::Input { origin: path.display().to_string(), reason };
    }
    Error::io(path)(error)
}

fn walk_error(error: ignore::Error) -> Error {
    match error {
        ignore::Error::WithDepth { err, .. } => walk_error(*err),
        ignore::Error::Loop { ancestor, child } => {
            let reason = format!("leads back to {}, so it isn't followed", ancestor.display());
            Error::Input { origin: child.display().to_string(), reason }
        }
        ignore::Error::WithPath { path, err } => {
            let reason = err.to_string();
            match err.into_io_error() {
                Some(error) => unopened(&path, error),
                None => Error::Input { origin: path.display().to_string(), reason },
            }
        }
        error => Error::Input { origin: "folder".to_owned(), reason: error.to_string() },
    }
}

fn walk(folder: &Path) -> Walk {
    WalkBuilder::new(folder)
        .standard_filters(false)
        .hidden(true)
        .follow_links(true)
        .sort_by_file_name(Ord::cmp)
        .filter_entry(|entry| !is_beside_page(entry.path()))
        .build()
}

/// Whether a folder holds the pictures, frames and scripts of a saved page: `Bridge_files` beside `Bridge.html`.
fn is_beside_page(path: &Path) -> bool {
    let name = path.file_name().and_then(OsStr::to_str);
    let Some(page) = name.and_then(|name| name.strip_suffix("_files")) else { return false };
    path.is_dir() && ["html", "htm"].iter().any(|end| path.with_file_name(format!("{page}.{end}")).is_file())
}

/// A path as a key: the same for `./a/b.txt`, `a//b.txt` and `a/c/../b.txt`. Bytes that are no
/// Unicode are written `\xFF`, so that two names of such bytes are two keys.
pub(crate) fn path_key(path: &Path) -> String {
    let mut parts: Vec<String> = Vec::new();
    let mut root = String::new();
    for component in path.components() {
        match component {
            Component::Prefix(prefix) => root.push_str(&in_unicode(prefix.as_os_str())),
            Component::RootDir => root.push('/'),
            Component::CurDir => {}
            Component::ParentDir if parts.last().is_some_and(|part| part != "..") => drop(parts.pop()),
            Component::ParentDir => parts.push("..".to_owned()),
            Component::Normal(name) => parts.push(in_unicode(name)),
        }
    }
    root + &parts.join("/")
}

fn in_unicode(name: &OsStr) -> String {
    bytes_in_unicode(name.as_encoded_bytes())
}

/// A name of any bytes, those that are no Unicode written `\xFF`.
pub(crate) fn bytes_in_unicode(name: &[u8]) -> String {
    name.utf8_chunks().fold(String::new(), |mut key, chunk| {
        key.push_str(chunk.valid());
        key.extend(chunk.invalid().iter().map(|byte| format!("\\x{byte:02X}")));
        key
    })
}

#[cfg(test)]
mod tests {
    use super::path_key;
    use std::path::Path;

    #[test]
    fn one_file_has_one_key() {
        for path in ["a/b.txt", "./a/b.txt", "a//b.txt", "a/./b.txt", "a/c/../b.txt"] {
            assert_eq!(path_key(Path::new(path)), "a/b.txt", "{path}");
        }
        assert_eq!(path_key(Path::new("../b.txt")), "../b.txt");
        assert_eq!(path_key(Path::new("../../b.txt")), "../../b.txt");
        assert_eq!(path_key(Path::new("/a/../b.txt")), "/b.txt");
    }
}
