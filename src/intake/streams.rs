//! Streams that inputs are read from, one around the other: file, unpacking, member.

use std::io::{self, BufRead, BufReader, Read};

/// A reader that may know a place behind a damaged one where it can go on.
pub trait Recover: Read {
    /// Goes to the next such place; false when there is none.
    ///
    /// # Errors
    /// Those of the reader underneath.
    fn recover(&mut self) -> io::Result<bool> {
        Ok(false)
    }
}

/// A buffered [`Recover`].
pub trait Stream: BufRead {
    /// See [`Recover::recover`].
    ///
    /// # Errors
    /// Those of the reader underneath.
    fn recover(&mut self) -> io::Result<bool>;
}

impl<R: Recover> Stream for BufReader<R> {
    fn recover(&mut self) -> io::Result<bool> {
        // Nothing is buffered when a read has failed.
        self.get_mut().recover()
    }
}

/// Bytes that were read to learn what a stream is, and the rest of it behind them.
pub struct Peeked<'a> {
    start: Vec<u8>,
    at: usize,
    /// Why no more could be looked at; told when all that was is read.
    failure: Option<io::Error>,
    rest: &'a mut dyn Stream,
}

impl<'a> Peeked<'a> {
    /// Reads as much of `rest` as tells what it is: its first line where that is a whole JSON object, so that records
    /// from a pipe come out as they come in; else up to [`PEEK`] bytes.
    pub fn new(rest: &'a mut dyn Stream) -> Self {
        let mut start = Vec::new();
        let failure = peek(rest, &mut start).err();
        Self { start, at: 0, failure, rest }
    }

    /// What stands at the front, without taking it.
    pub fn start(&self) -> &[u8] {
        &self.start[self.at..]
    }

    /// Puts bytes that were read back to the front.
    pub fn put_back(&mut self, mut bytes: Vec<u8>) {
        bytes.extend_from_slice(self.start());
        (self.start, self.at) = (bytes, 0);
    }
}

/// Bytes looked at to learn what a stream is.
pub const PEEK: usize = 64 << 10;

fn peek(mut stream: &mut dyn Stream, start: &mut Vec<u8>) -> io::Result<()> {
    (&mut stream).take(PEEK as u64).read_until(b'\n', start)?;
    let line = start.trim_ascii();
    let is_object = line.starts_with(b"{") && line.ends_with(b"}");
    if !is_object {
        (&mut stream).take((PEEK - start.len()) as u64).read_to_end(start)?;
    }
    Ok(())
}

impl Read for Peeked<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.fill_buf()?.read(into)?;
        self.consume(read);
        Ok(read)
    }
}

impl BufRead for Peeked<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.at < self.start.len() {
            return Ok(&self.start[self.at..]);
        }
        match self.failure.take() {
            Some(failure) => Err(failure),
            None => self.rest.fill_buf(),
        }
    }

    fn consume(&mut self, amount: usize) {
        if self.at < self.start.len() {
            self.at += amount;
            if self.at == self.start.len() {
                (self.start, self.at) = (Vec::new(), 0);
            }
        } else {
            self.rest.consume(amount);
        }
    }
}

impl Stream for Peeked<'_> {
    fn recover(&mut self) -> io::Result<bool> {
        self.failure = None;
        self.rest.recover()
    }
}

/// A stretch of a stream whose length is known: its end before that is an error and no end.
pub struct Exactly<R> {
    inner: R,
    left: u64,
}

impl<R: Read> Exactly<R> {
    pub fn new(inner: R, length: u64) -> Self {
        Self { inner, left: length }
    }
}

impl<R: Read> Read for Exactly<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let most = usize::try_from(self.left).map_or(into.len(), |left| left.min(into.len()));
        let read = self.inner.read(&mut into[..most])?;
        if read == 0 && most > 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        self.left -= read as u64;
        Ok(read)
    }
}

impl<R: Read> Recover for Exactly<R> {}

/// All of a stream, unless it is longer than `limit` bytes.
///
/// # Errors
/// Those of the stream.
pub fn whole(stream: &mut dyn Read, limit: usize) -> io::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    stream.take(limit as u64 + 1).read_to_end(&mut bytes)?;
    Ok((bytes.len() <= limit).then_some(bytes))
}

#[cfg(test)]
mod tests {
    use super::{Exactly, Peeked, Recover, whole};
    use std::io::{BufReader, Read};

    impl Recover for &[u8] {}

    #[test]
    fn what_was_looked_at_is_read_again() {
        let text = "one\ntwo\nthree";
        let mut rest = BufReader::with_capacity(2, text.as_bytes());
        let mut peeked = Peeked::new(&mut rest);
        assert_eq!(peeked.start(), text.as_bytes());
        let mut first = [0; 4];
        peeked.read_exact(&mut first).unwrap();
        peeked.put_back(b"zero\n".to_vec());
        assert_eq!(whole(&mut peeked, 99).unwrap().unwrap(), b"zero\ntwo\nthree");
    }

    #[test]
    fn a_record_is_not_waited_behind() {
        let mut rest = BufReader::new("{\"id\":\"a\"}\nsecond\n".as_bytes());
        let mut peeked = Peeked::new(&mut rest);
        assert_eq!(peeked.start(), b"{\"id\":\"a\"}\n");
        assert_eq!(whole(&mut peeked, 99).unwrap().unwrap(), b"{\"id\":\"a\"}\nsecond\n");
    }

    #[test]
    fn an_early_end_is_an_error() {
        let read = |length| whole(&mut Exactly::new("four".as_bytes(), length), 9);
        assert_eq!(read(3).unwrap().unwrap(), b"fou");
        assert_eq!(read(4).unwrap().unwrap(), b"four");
        assert!(read(5).is_err());
        assert!(read(u64::MAX).is_err());
        assert_eq!(whole(&mut "four".as_bytes(), 3).unwrap(), None);
    }
}
