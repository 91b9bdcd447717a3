//! Goes through files, folders and standard input in order, one piece an article.

use crate::error::{Error, Result};
use crate::intake::lines::{Line, next_line};
use crate::intake::{MAX_ARTICLE_BYTES, Piece, Unread, open, path_key, read_whole, unopened};
use crate::model::Markup;
use ignore::{DirEntry, Walk, WalkBuilder};
use std::io::{BufRead, BufReader, Cursor, Read};
use std::path::{Path, PathBuf};
use std::vec;

/// How the inputs are written.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Format {
    /// By name; by their first line where the name tells nothing.
    #[default]
    Auto,
    Text,
    Markdown,
    Jsonl,
}

/// Goes through `inputs`, `-` being standard input, and hands out their articles unread.
///
/// Folders are walked in the order of their file names, hidden files left out; symbolic links are
/// followed. `*.gold.jsonl` files in them are annotations and passed over without a word. Holds at
/// most one piece at a time. An error concerns one input or one line; the next call goes on behind
/// it.
pub fn pieces(inputs: Vec<PathBuf>, format: Format) -> Pieces {
    Pieces { inputs: inputs.into_iter(), format, walk: None, lines: None }
}

/// See [`pieces`].
pub struct Pieces {
    inputs: vec::IntoIter<PathBuf>,
    format: Format,
    walk: Option<Walk>,
    lines: Option<OpenLines>,
}

/// A file of JSON Lines being read.
struct OpenLines {
    path: PathBuf,
    stream: Stream,
    /// Lines read so far.
    line: u64,
}

type Stream = Box<dyn BufRead + Send>;

impl Iterator for Pieces {
    type Item = Result<Piece>;

    fn next(&mut self) -> Option<Result<Piece>> {
        loop {
            if let Some(lines) = &mut self.lines {
                match lines.next() {
                    Some(piece) => return Some(piece),
                    None => self.lines = None,
                }
            }
            let step = match self.walk.as_mut().map(Walk::next) {
                Some(Some(entry)) => self.step_in_folder(entry),
                Some(None) => {
                    self.walk = None;
                    continue;
                }
                None => {
                    let input = self.inputs.next()?;
                    self.step_to_input(input)
                }
            };
            if let Some(piece) = step.transpose() {
                return Some(piece);
            }
        }
    }
}

impl Pieces {
    fn step_to_input(&mut self, input: PathBuf) -> Result<Option<Piece>> {
        if input.as_os_str() == "-" {
            let stdin: Stream = Box::new(BufReader::with_capacity(PEEK, std::io::stdin()));
            return self.open_stream(PathBuf::from(STANDARD_INPUT), None, stdin);
        }
        if input.is_dir() {
            self.walk = Some(walk(&input));
            return Ok(None);
        }
        match kind(&input, self.format) {
            Some(kind) => self.open_file(input, kind),
            None => {
                let stream = Box::new(BufReader::with_capacity(PEEK, open(&input)?));
                // A pipe (`<(…)`) has a name that means nothing the next time.
                let key = input.is_file().then(|| path_key(&input));
                self.open_stream(input, key, stream)
            }
        }
    }

    fn step_in_folder(
        &mut self,
        entry: std::result::Result<DirEntry, ignore::Error>,
    ) -> Result<Option<Piece>> {
        let path = entry.map_err(walk_error)?.into_path();
        if path.is_dir() || path.to_string_lossy().ends_with(".gold.jsonl") {
            return Ok(None);
        }
        match kind(&path, Format::Auto) {
            None => Ok(Some(Piece::PassedOver(path))),
            Some(kind) => self.open_file(path, forced(self.format).unwrap_or(kind)),
        }
    }

    fn open_file(&mut self, path: PathBuf, kind: Kind) -> Result<Option<Piece>> {
        match kind {
            Kind::Article(markup) => Ok(Some(Piece::Article(Unread::File { path, markup }))),
            Kind::Lines => {
                let stream = Box::new(BufReader::with_capacity(PEEK, open(&path)?));
                self.open_lines(path, stream)
            }
        }
    }

    /// Opens a stream whose name tells nothing: standard input, or a file such as `/dev/fd/63`.
    fn open_stream(
        &mut self,
        path: PathBuf,
        key: Option<String>,
        mut stream: Stream,
    ) -> Result<Option<Piece>> {
        let mut first = Vec::new();
        stream.by_ref().take(PEEK as u64).read_until(b'\n', &mut first).map_err(Error::io(&path))?;
        let kind = forced(self.format).unwrap_or_else(|| sniffed(&first));
        let stream = Box::new(Cursor::new(first).chain(stream));
        match kind {
            Kind::Lines => self.open_lines(path, stream),
            Kind::Article(markup) => {
                let bytes = read_whole(stream, &path)?;
                let origin = path.display().to_string();
                Ok(Some(Piece::Article(Unread::Bytes { origin, key, bytes, markup })))
            }
        }
    }

    /// Begins with the lines of `stream`, unless it can't be lines of text at all.
    fn open_lines(&mut self, path: PathBuf, mut stream: Stream) -> Result<Option<Piece>> {
        let start = stream.fill_buf().map_err(Error::io(&path))?;
        if start.contains(&0) {
            let reason =
                "is compressed or not in UTF-8, so it is no JSON Lines; unpack it, or save it as UTF-8";
            return Err(Error::Input { origin: path.display().to_string(), reason: reason.to_owned() });
        }
        if start.starts_with(UTF8_MARK) {
            stream.consume(UTF8_MARK.len());
        }
        self.lines = Some(OpenLines { path, stream, line: 0 });
        Ok(None)
    }
}

impl OpenLines {
    fn next(&mut self) -> Option<Result<Piece>> {
        loop {
            let line = match next_line(&mut self.stream, MAX_ARTICLE_BYTES) {
                Ok(line) => line?,
                Err(error) => return Some(Err(Error::io(&self.path)(error))),
            };
            self.line += 1;
            let origin = format!("{}:{}", self.path.display(), self.line);
            match line {
                Line::Whole(line) if line.trim_ascii().is_empty() => {}
                Line::Whole(line) => return Some(Ok(Piece::Article(Unread::Line { origin, line }))),
                Line::TooLong => {
                    let limit = MAX_ARTICLE_BYTES >> 20;
                    let reason = format!("longer than {limit} MiB, too long for one article; split it");
                    return Some(Err(Error::Input { origin, reason }));
                }
            }
        }
    }
}

/// What standard input is called in messages.
const STANDARD_INPUT: &str = "standard input";
const UTF8_MARK: &[u8] = b"\xef\xbb\xbf";
/// Bytes looked at to learn what a stream is.
const PEEK: usize = 64 << 10;

/// What a file holds.
#[derive(Clone, Copy)]
enum Kind {
    Article(Markup),
    Lines,
}

fn forced(format: Format) -> Option<Kind> {
    match format {
        Format::Auto => None,
        Format::Text => Some(Kind::Article(Markup::Plain)),
        Format::Markdown => Some(Kind::Article(Markup::Markdown)),
        Format::Jsonl => Some(Kind::Lines),
    }
}

/// What a file holds by its name, when the name tells.
fn kind(path: &Path, format: Format) -> Option<Kind> {
    let extension = path.extension().map(|extension| extension.to_string_lossy().to_lowercase());
    forced(format).or_else(|| match extension.as_deref()? {
        "txt" => Some(Kind::Article(Markup::Plain)),
        "md" | "markdown" => Some(Kind::Article(Markup::Markdown)),
        "jsonl" | "ndjson" => Some(Kind::Lines),
        _ => None,
    })
}

/// What a stream holds by (the start of) its first line: lines when it begins a record.
fn sniffed(first: &[u8]) -> Kind {
    let first = first.strip_prefix(UTF8_MARK).unwrap_or(first).trim_ascii_start();
    let is_object = first.strip_prefix(b"{").is_some_and(|inner| inner.trim_ascii_start().starts_with(b"\""));
    let names = |field: &[u8]| first.windows(field.len()).any(|window| window == field);
    if is_object && (names(b"\"id\"") || names(b"\"text\"")) {
        Kind::Lines
    } else {
        Kind::Article(Markup::Plain)
    }
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

/// Walks a folder in the order of names. Rules of version control are not followed: an article is
/// an article whether or not a repository keeps it.
fn walk(folder: &Path) -> Walk {
    WalkBuilder::new(folder)
        .standard_filters(false)
        .hidden(true)
        .follow_links(true)
        .sort_by_file_name(Ord::cmp)
        .build()
}
