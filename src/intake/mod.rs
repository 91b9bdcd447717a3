//! Reads articles from files, folders, standard input and JSON Lines as they come.
//!
//! Two steps, so that the slow one can run on many threads: [`pieces`] goes through the inputs in
//! order and hands out one piece an article without understanding it; [`article`] reads a piece.

pub mod dates;
pub mod encoding;
pub mod feed;
#[cfg(feature = "fetch")]
pub mod fetch;
pub mod front_matter;
pub mod headers;
pub mod html;
pub mod jsonl;
pub mod lines;
pub mod mail;
pub mod meter;
pub mod office;
#[cfg(feature = "pdf")]
pub mod pdf;
pub mod pieces;
pub mod records;

use crate::error::{Error, Result};
use crate::intake::headers::Header;
use crate::lexicon::intake::IntakeWords;
use crate::model::{Keyed, Markup, RawArticle};
use sha2::{Digest, Sha256};
use std::ffi::OsStr;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};

pub use crate::intake::pieces::{Format, Pieces, pieces};

/// The longest article taken, in bytes: a file, or a line of JSON Lines.
pub const MAX_ARTICLE_BYTES: usize = 16 << 20;

/// A stretch of input, before anything of it is understood.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Piece {
    Article(Unread),
    /// A file of a folder whose name is not an article's.
    PassedOver(PathBuf),
}

/// The input of one article.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Unread {
    /// A file that is one article, not opened yet.
    File { path: PathBuf, markup: Markup },
    /// One article that had to be read to learn what it is. Without a key, its words name it.
    Bytes { origin: String, key: Option<String>, bytes: Vec<u8>, markup: Markup },
    /// One line of JSON Lines, without its line break.
    Line { origin: String, line: Vec<u8> },
}

/// An article's own words and what it says about itself, as a reader of one format takes it from the bytes.
#[derive(Clone, PartialEq, Debug)]
pub struct Parts {
    pub header: Header,
    pub markup: Markup,
    pub body: String,
}

/// Reads one article.
///
/// Its key is the id it carries (a record's `id`, `id:` in front matter), else its URL, else its
/// path written with `/` and without `.` and `..`, else (standard input) `stdin:` and a hash of
/// its bytes.
///
/// # Errors
/// [`Error::Io`] when the file can't be read; [`Error::Input`], with the reason and what to do,
/// when it isn't text, has no words, is larger than [`MAX_ARTICLE_BYTES`] or isn't a record.
pub fn article(unread: Unread, words: &IntakeWords) -> Result<RawArticle> {
    match unread {
        Unread::Line { origin, line } => jsonl::article(&origin, &line, words),
        Unread::Bytes { origin, key, bytes, markup } => {
            let key = key.unwrap_or_else(|| hashed_key(&bytes));
            text_article(origin, key, bytes, markup, words)
        }
        Unread::File { path, markup } => {
            let origin = path.display().to_string();
            let bytes = read_whole(open(&path)?, &path)?;
            text_article(origin, path_key(&path), bytes, markup, words)
        }
    }
}

pub(crate) fn open(path: &Path) -> Result<File> {
    File::open(path).map_err(|error| unopened(path, error))
}

/// Says why the input at `path` can't be opened.
pub(crate) fn unopened(path: &Path, error: io::Error) -> Error {
    let leads_nowhere = error.kind() == io::ErrorKind::NotFound && path.is_symlink();
    if leads_nowhere {
        let reason = "is a link that leads nowhere".to_owned();
        return Error::Input { origin: path.display().to_string(), reason };
    }
    Error::io(path)(error)
}

/// Reads a stream that holds one article, up to the limit.
pub(crate) fn read_whole(stream: impl Read, path: &Path) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    stream.take(MAX_ARTICLE_BYTES as u64 + 1).read_to_end(&mut bytes).map_err(Error::io(path))?;
    if bytes.len() > MAX_ARTICLE_BYTES {
        let limit = MAX_ARTICLE_BYTES >> 20;
        let reason = format!(
            "larger than {limit} MiB, too long for one article; split it, or write many articles as JSON Lines"
        );
        return Err(Error::Input { origin: path.display().to_string(), reason });
    }
    Ok(bytes)
}

fn text_article(
    origin: String,
    key: String,
    bytes: Vec<u8>,
    markup: Markup,
    words: &IntakeWords,
) -> Result<RawArticle> {
    let refused = |reason| Error::Input { origin: origin.clone(), reason };
    let mut body = encoding::decode(bytes, &words.signatures).map_err(refused)?;
    let (header, start) = headers::split(&body, words);
    body.drain(..start);
    if body.trim().is_empty() {
        return Err(refused("has no text, so there is nothing to find in it".to_owned()));
    }
    let Header { id, title, url, outlet, byline, published, language, extra } = header;
    let own = id.or_else(|| url.clone());
    let keyed = if own.is_some() { Keyed::Own } else { Keyed::Place };
    let key = own.unwrap_or(key);
    Ok(RawArticle {
        key,
        keyed,
        origin,
        url,
        title,
        outlet,
        byline,
        published,
        language,
        markup,
        body,
        extra,
    })
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
    let chunks = name.as_encoded_bytes().utf8_chunks();
    chunks.fold(String::new(), |mut key, chunk| {
        key.push_str(chunk.valid());
        key.extend(chunk.invalid().iter().map(|byte| format!("\\x{byte:02X}")));
        key
    })
}

fn hashed_key(bytes: &[u8]) -> String {
    let hash = Sha256::digest(bytes);
    let digits: String = hash.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    format!("stdin:{digits}")
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
