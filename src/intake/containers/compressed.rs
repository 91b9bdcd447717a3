//! Files packed with gzip or Zstandard, unpacked as they are read.

use crate::intake::streams::Recover;
use flate2::bufread::GzDecoder;
use memchr::memchr;
use std::io::{self, BufRead, BufReader, Read};
use zstd::stream::read::Decoder;

/// All members of a gzip stream, one behind the other; zeros behind the last are padding.
///
/// flate2's own reader of several members gives up at the first damaged one; web archives are packed one record a
/// member, so that going on behind it is possible and costs one record.
pub struct Gzip<R> {
    state: State<R>,
    /// Whether the member has given any bytes.
    has_given: bool,
}

/// The bytes of the member read last, all of them handed out by now, are not those that were packed.
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error("its checksum is wrong")]
pub struct BadSum;

enum State<R> {
    Between(R),
    /// Boxed: the decoder is large.
    Inside(Box<GzDecoder<R>>),
    /// Never seen from outside: what is left while a state becomes another.
    Moving,
}

impl<R: BufRead> Gzip<R> {
    pub fn new(packed: R) -> Self {
        Self { state: State::Between(packed), has_given: false }
    }

    fn begin_member(&mut self) -> io::Result<bool> {
        let State::Between(packed) = &mut self.state else { return Ok(true) };
        skip_zeros(packed)?;
        let Some(&first) = packed.fill_buf()?.first() else { return Ok(false) };
        if first != MAGIC[0] {
            return Err(io::Error::new(
                io::ErrorKind::InvalidData,
                "bytes that gzip didn't write stand in it",
            ));
        }
        if let State::Between(packed) = std::mem::replace(&mut self.state, State::Moving) {
            self.state = State::Inside(Box::new(GzDecoder::new(packed)));
            self.has_given = false;
        }
        Ok(true)
    }

    fn end_member(&mut self) {
        if let State::Inside(decoder) = std::mem::replace(&mut self.state, State::Moving) {
            self.state = State::Between(decoder.into_inner());
        }
    }
}

impl<R: BufRead> Read for Gzip<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if into.is_empty() {
            return Ok(0);
        }
        while self.begin_member()? {
            let State::Inside(decoder) = &mut self.state else { break };
            match decoder.read(into) {
                Ok(0) => self.end_member(),
                Ok(read) => {
                    self.has_given = true;
                    return Ok(read);
                }
                // Only the crate's own words tell this error from others.
                Err(error) if self.has_given && error.to_string().contains("checksum") => {
                    return Err(io::Error::new(io::ErrorKind::InvalidData, BadSum));
                }
                Err(error) => return Err(error),
            }
        }
        Ok(0)
    }
}

impl<R: BufRead> Recover for Gzip<R> {
    /// Looks for the first bytes of the next member, behind the place where the damage was seen: a member that the
    /// decoder has run into by then is lost too.
    fn recover(&mut self) -> io::Result<bool> {
        self.end_member();
        let State::Between(packed) = &mut self.state else { return Ok(false) };
        loop {
            let buffer = packed.fill_buf()?;
            if buffer.is_empty() {
                return Ok(false);
            }
            match memchr(MAGIC[0], buffer) {
                Some(at) => packed.consume(at),
                None => {
                    let all = buffer.len();
                    packed.consume(all);
                    continue;
                }
            }
            if packed.fill_buf()?.starts_with(&MAGIC) {
                return Ok(true);
            }
            packed.consume(1);
        }
    }
}

/// The first bytes of a member of gzip: its mark, and the only method there is.
///
/// A mark that two buffers share is overlooked, and one more record lost with it.
const MAGIC: [u8; 3] = [0x1f, 0x8b, 8];

fn skip_zeros(packed: &mut impl BufRead) -> io::Result<()> {
    loop {
        let buffer = packed.fill_buf()?;
        let zeros = buffer.iter().take_while(|&&byte| byte == 0).count();
        let ends = zeros < buffer.len() || zeros == 0;
        packed.consume(zeros);
        if ends {
            return Ok(());
        }
    }
}

/// All frames of a Zstandard stream.
pub struct Zstd<R: BufRead>(Decoder<'static, R>);

impl<R: BufRead> Zstd<R> {
    /// # Errors
    /// When there is no memory for the decoder.
    pub fn new(packed: R) -> io::Result<Self> {
        let mut decoder = Decoder::with_buffer(packed)?;
        // 128 MiB, zstd's own limit: a frame can ask for no more memory.
        decoder.window_log_max(27)?;
        Ok(Self(decoder))
    }
}

impl<R: BufRead> Read for Zstd<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        self.0.read(into)
    }
}

impl<R: BufRead> Recover for Zstd<R> {}

/// The first bytes of a gzip and of a Zstandard stream.
const GZIP: &[u8] = &MAGIC;
const ZSTD: &[u8] = &[0x28, 0xb5, 0x2f, 0xfd];

/// A file, unpacked when its first bytes say that it is packed.
///
/// # Errors
/// Those of the file.
pub fn unpacked(file: impl Read + Send + 'static) -> io::Result<Box<dyn BufRead + Send>> {
    let mut file = BufReader::new(file);
    let mut first = Vec::new();
    file.by_ref().take(ZSTD.len() as u64).read_to_end(&mut first)?;
    let stream = BufReader::new(io::Cursor::new(first.clone()).chain(file));
    Ok(if first.starts_with(GZIP) {
        Box::new(BufReader::new(Gzip::new(stream)))
    } else if first == ZSTD {
        Box::new(BufReader::new(Zstd::new(stream)?))
    } else {
        Box::new(stream)
    })
}

#[cfg(test)]
mod tests {
    use super::{Gzip, unpacked};
    use crate::intake::streams::Recover;
    use flate2::Compression;
    use flate2::read::GzEncoder;
    use std::io::{Cursor, Read};

    fn packed(text: &str) -> Vec<u8> {
        let mut packed = Vec::new();
        GzEncoder::new(text.as_bytes(), Compression::fast()).read_to_end(&mut packed).unwrap();
        packed
    }

    fn read(bytes: Vec<u8>) -> std::io::Result<String> {
        let mut text = String::new();
        unpacked(Cursor::new(bytes))?.read_to_string(&mut text).map(|_| text)
    }

    #[test]
    fn packed_and_plain_are_told_apart_by_their_bytes() {
        assert_eq!(read(b"{}\n".to_vec()).unwrap(), "{}\n");
        assert_eq!(read(packed("{}\n")).unwrap(), "{}\n");
        assert_eq!(read([packed("one\n"), packed("two\n"), vec![0; 700]].concat()).unwrap(), "one\ntwo\n");
        let frames = ["one\n", "two\n"].map(|text| zstd::encode_all(text.as_bytes(), 1).unwrap());
        assert_eq!(read(frames.concat()).unwrap(), "one\ntwo\n");
        for text in ["", "\u{1f}", "a"] {
            assert_eq!(read(text.as_bytes().to_vec()).unwrap(), text);
        }
    }

    #[test]
    fn a_damaged_file_is_an_error() {
        let whole = packed("a long line of one article\n");
        assert!(read(whole[..whole.len() - 9].to_vec()).is_err());
        assert!(read([whole, b"rubbish".to_vec()].concat()).is_err());
        let frame = zstd::encode_all("a long line of one article\n".as_bytes(), 1).unwrap();
        assert!(read(frame[..frame.len() - 3].to_vec()).is_err());
    }

    #[test]
    fn the_member_behind_a_damaged_one_is_found() {
        let lines =
            (0..400_u64).map(|line| format!("clerk {} of Orbo\n", line.wrapping_mul(0x9e37_79b9_7f4a_7c15)));
        let mut bad = packed(&lines.collect::<String>());
        let middle = bad.len() / 2;
        bad[middle] ^= 0xff;
        let all = [packed("one\n"), bad, packed("three\n")].concat();
        let mut gzip = Gzip::new(all.as_slice());
        let mut text = String::new();
        assert!(gzip.read_to_string(&mut text).is_err());
        assert!(gzip.recover().unwrap());
        let mut rest = String::new();
        gzip.read_to_string(&mut rest).unwrap();
        assert_eq!(rest, "three\n");
        assert!(!gzip.recover().unwrap());
    }
}
