//! Lines of a stream, none of them longer than a limit.

use memchr::memchr;
use std::io::{BufRead, Result};

/// One line without its line break, or the news that it is too long to be taken.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Line {
    Whole(Vec<u8>),
    /// Passed over; no more than the limit of it was ever held.
    TooLong,
}

/// Reads the next line of at most `limit` bytes; `None` at the end of the stream.
///
/// # Errors
/// Those of the stream.
pub fn next_line(stream: &mut impl BufRead, limit: usize) -> Result<Option<Line>> {
    let mut line = Vec::new();
    let mut length = 0;
    loop {
        let buffer = stream.fill_buf()?;
        if buffer.is_empty() {
            return Ok((length > 0).then(|| taken(line, length, limit)));
        }
        let end = memchr(b'\n', buffer);
        let part = &buffer[..end.unwrap_or(buffer.len())];
        length += part.len();
        if length <= limit {
            line.extend_from_slice(part);
        } else {
            line = Vec::new();
        }
        let used = part.len() + usize::from(end.is_some());
        stream.consume(used);
        if end.is_some() {
            return Ok(Some(taken(line, length, limit)));
        }
    }
}

fn taken(mut line: Vec<u8>, length: usize, limit: usize) -> Line {
    if length > limit {
        return Line::TooLong;
    }
    if line.last() == Some(&b'\r') {
        line.pop();
    }
    Line::Whole(line)
}

#[cfg(test)]
mod tests {
    use super::{Line, next_line};
    use std::io::BufReader;

    fn all(text: &str, limit: usize) -> Vec<Option<String>> {
        // A buffer smaller than the lines, so that they arrive in parts.
        let mut stream = BufReader::with_capacity(3, text.as_bytes());
        std::iter::from_fn(|| next_line(&mut stream, limit).unwrap())
            .map(|line| match line {
                Line::Whole(line) => Some(String::from_utf8(line).unwrap()),
                Line::TooLong => None,
            })
            .collect()
    }

    #[test]
    fn lines_come_whole_or_not_at_all() {
        let line = |line: &str| Some(line.to_owned());
        assert_eq!(all("one\n\ntwo\r\nthree", 9), [line("one"), line(""), line("two"), line("three")]);
        assert_eq!(all("one\nfour\nsix\n", 3), [line("one"), None, line("six")]);
        assert_eq!(all("four", 3), [None]);
        assert!(all("", 3).is_empty());
    }
}
