//! Files of records: annotated articles, one a line, plain or compressed with gzip or Zstandard.

use crate::error::{Error, Result};
use crate::intake::MAX_ARTICLE_BYTES;
use crate::intake::containers::compressed::unpacked;
use crate::intake::folder::open;
use crate::intake::lines::{Line, next_line};
use crate::record::Record;
use std::io::{BufRead, Read};
use std::path::{Path, PathBuf};

/// The records of the file at `path`, read as they are asked for; blank lines are passed over.
///
/// Whether the file is compressed is seen by its first bytes, not by its name. A line that is no
/// record is an error that names it, and the next call goes on behind it; a file that can't be
/// read, or not any further, is the last thing that comes.
pub fn records(path: &Path) -> Records {
    let path = path.to_owned();
    match open(&path).and_then(|file| unpacked(file).map_err(Error::io(&path))) {
        Ok(stream) => Records { path, line: 0, state: State::Reading(stream) },
        Err(error) => Records { path, line: 0, state: State::Broken(error) },
    }
}

/// See [`records`].
pub struct Records {
    path: PathBuf,
    /// Lines read so far.
    line: u64,
    state: State,
}

enum State {
    Reading(Box<dyn BufRead + Send>),
    /// The error is still to be told.
    Broken(Error),
    Done,
}

impl Iterator for Records {
    type Item = Result<Record>;

    fn next(&mut self) -> Option<Result<Record>> {
        loop {
            let line = match std::mem::replace(&mut self.state, State::Done) {
                State::Done => return None,
                State::Broken(error) => return Some(Err(error)),
                State::Reading(mut stream) => match next_line(&mut stream, MAX_ARTICLE_BYTES) {
                    Ok(line) => {
                        self.state = State::Reading(stream);
                        line
                    }
                    Err(error) => return Some(Err(Error::io(&self.path)(error))),
                },
            };
            let Some(line) = line else {
                self.state = State::Done;
                return None;
            };
            self.line += 1;
            let is_blank = matches!(&line, Line::Whole(bytes) if bytes.trim_ascii().is_empty());
            if !is_blank {
                return Some(record(&line, &format!("{}:{}", self.path.display(), self.line)));
            }
        }
    }
}

/// The whole text of the file at `path`, plain or compressed with gzip or Zstandard.
///
/// # Errors
/// [`Error::Io`] naming the file when it can't be read, is damaged, or is no UTF-8.
pub fn text(path: &Path) -> Result<String> {
    let mut text = String::new();
    let read = open(path)?;
    unpacked(read).and_then(|mut stream| stream.read_to_string(&mut text)).map_err(Error::io(path))?;
    Ok(text)
}

fn record(line: &Line, origin: &str) -> Result<Record> {
    let refused = |reason| Error::Input { origin: origin.to_owned(), reason };
    match line {
        Line::TooLong => Err(refused(format!("longer than {} MiB", MAX_ARTICLE_BYTES >> 20))),
        Line::Whole(bytes) => serde_json::from_slice(bytes)
            .map_err(|error| refused(format!("no annotated article ({error}); see `onrecord eval --help`"))),
    }
}

#[cfg(test)]
mod tests {
    use super::{record, records};
    use crate::intake::lines::Line;
    use std::path::Path;

    #[test]
    fn a_file_that_is_not_there_is_told_once() {
        let mut records = records(Path::new("no/such/gold.jsonl"));
        assert!(records.next().is_some_and(|first| first.is_err()));
        assert!(records.next().is_none());
    }

    #[test]
    fn a_bad_line_is_named() {
        let error = record(&Line::Whole(b"{\"id\":".to_vec()), "gold.jsonl:7").unwrap_err();
        assert!(error.to_string().starts_with("gold.jsonl:7: no annotated article"), "{error}");
    }
}
