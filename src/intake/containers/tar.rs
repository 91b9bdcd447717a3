//! Tar archives.

use crate::intake::containers::names::{Name, name};
use crate::intake::streams::{Exactly, Recover, Stream, whole};
use crate::intake::walk::{Flow, Input, Lost, Walker};
use std::io::{self, BufReader, Read};
use tar::{Archive, EntryType};

/// Reads the members of an archive as they stream.
///
/// Entries are taken raw, because the crate reads long names and extended headers into memory however long they say
/// they are. A size in an extended header, which members over 8 GiB have, is not read.
pub(crate) fn read(walker: &mut Walker, input: &Input, stream: &mut dyn Stream) -> Flow {
    let mut archive = Archive::new(stream);
    let entries = match archive.entries() {
        Ok(entries) => entries.raw(true),
        Err(error) => return walker.broken(&input.origin, error, Lost::All),
    };
    let mut long_name: Option<Vec<u8>> = None;
    for entry in entries {
        let mut entry = match entry {
            Ok(entry) => entry,
            Err(error) => return walker.broken(&input.origin, in_middle(error), Lost::Rest),
        };
        let (kind, size) = (entry.header().entry_type(), entry.size());
        if kind == EntryType::GNULongName || kind == EntryType::XHeader {
            match whole(&mut Exactly::new(&mut entry, size), LONGEST_EXTENSION) {
                Ok(extension) => {
                    long_name = extension.and_then(|bytes| extended_name(kind, bytes)).or(long_name)
                }
                Err(error) => return walker.broken(&input.origin, error, Lost::Rest),
            }
            continue;
        }
        if kind == EntryType::GNULongLink || kind == EntryType::XGlobalHeader {
            continue;
        }
        let bytes = long_name.take().unwrap_or_else(|| entry.path_bytes().into_owned());
        match (kind.is_file() || kind == EntryType::Continuous, name(&bytes)) {
            (false, _) | (_, Name::LeftOut) => {}
            (_, Name::Refused(shown, reason)) => walker.fail(&input.member(&shown).origin, reason)?,
            (_, Name::Good(name)) => {
                let mut member = BufReader::new(Member(Exactly::new(entry, size)));
                walker.enter(&input.member(&name), &mut member)?;
            }
        }
        if walker.budget.is_spent() {
            return Flow::Continue(());
        }
    }
    Flow::Continue(())
}

/// The longest header of other headers taken.
const LONGEST_EXTENSION: usize = 64 << 10;

struct Member<R>(Exactly<R>);

impl<R: Read> Read for Member<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        self.0.read(into)
    }
}

impl<R: Read> Recover for Member<R> {}

/// The name in a header that stands before that of its member.
fn extended_name(kind: EntryType, bytes: Vec<u8>) -> Option<Vec<u8>> {
    if kind == EntryType::GNULongName {
        let end = bytes.iter().position(|&byte| byte == 0).unwrap_or(bytes.len());
        return Some(bytes[..end].to_vec());
    }
    // Lines of a length, a space, a keyword, `=` and a value: `30 path=a/long/name.txt`.
    let mut rest = bytes.as_slice();
    while let Some(space) = rest.iter().position(|&byte| byte == b' ') {
        let length = std::str::from_utf8(&rest[..space]).ok()?.parse::<usize>().ok()?;
        let line = rest.get(space + 1..length)?;
        if let Some(path) = line.strip_prefix(b"path=") {
            return Some(path.strip_suffix(b"\n").unwrap_or(path).to_vec());
        }
        rest = &rest[length..];
    }
    None
}

/// The crate calls an archive that ends in the middle by several names.
fn in_middle(error: io::Error) -> io::Error {
    if error.to_string().contains("unexpected EOF")
        || error.to_string().contains("failed to read entire block")
    {
        io::ErrorKind::UnexpectedEof.into()
    } else {
        error
    }
}
