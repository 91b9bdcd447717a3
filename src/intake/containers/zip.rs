//! Zip archives, and the documents of word processors, which are zip archives too.

use crate::intake::containers::names::{Name, name};
use crate::intake::folder::open;
use crate::intake::limits::Counted;
use crate::intake::pieces::Leaf;
use crate::intake::sniff::Found;
use crate::intake::streams::{Recover, Stream};
use crate::intake::walk::{Flow, Input, Lost, Walker};
use std::fs::File;
use std::io::{self, BufReader, Read, Seek};
use zip::ZipReadOptions;
use zip::read::{Config, ZipFile};
use zip::result::{ZipError, ZipResult};
use zip::unstable::read::ZipIterable;

/// Reads the members of an archive in the order of its directory.
///
/// The directory stands at the end, so an archive that is itself packed goes to a temporary file first, one that no
/// other program can open and that is gone when this one is.
pub(crate) fn read(walker: &mut Walker, input: &Input, stream: &mut dyn Stream) -> Flow {
    let file = match &input.file {
        Some(path) => open(path),
        None => spooled(stream).map_err(crate::error::Error::io(&input.origin)),
    };
    let file = match file {
        Ok(file) => file,
        Err(crate::error::Error::Io { error, .. }) => return walker.broken(&input.origin, error, Lost::All),
        Err(error) => return walker.fail(&input.origin, error.to_string()),
    };
    if input.file.is_some() {
        walker.budget.read(file.metadata().map_or(0, |file| file.len()));
    }
    let mut archive = match ZipIterable::try_new(BufReader::new(file), Config::default()) {
        Ok(archive) => archive,
        Err(error) => return walker.broken(&input.origin, in_words(error), Lost::All),
    };
    match holds(&mut archive) {
        Holds::Members => members(walker, input, &mut archive),
        Holds::Other if input.found == Found::Inside => walker.pass_over(input.origin.clone()),
        Holds::Document | Holds::Other => document(walker, input, &mut archive),
    }
}

fn spooled(stream: &mut dyn Stream) -> io::Result<File> {
    let mut file = tempfile::tempfile()?;
    io::copy(stream, &mut file)?;
    Ok(file)
}

/// What an archive is by the names in it.
enum Holds {
    Members,
    /// DOCX or ODT.
    Document,
    /// A spreadsheet, a presentation, a book: none of ours.
    Other,
}

/// Members of an office document that are looked at.
const MAX_PARTS: usize = 1000;

fn holds<R: Read + Seek>(archive: &mut ZipIterable<R>) -> Holds {
    let (mut is_package, mut has_text) = (false, false);
    let Ok(entries) = archive.files() else { return Holds::Members };
    for entry in entries.take(MAX_PARTS).flatten() {
        match entry.name_raw() {
            b"[Content_Types].xml" | b"mimetype" => is_package = true,
            b"word/document.xml" | b"content.xml" => has_text = true,
            _ => {}
        }
    }
    match (is_package, has_text) {
        (true, true) => Holds::Document,
        (true, false) => Holds::Other,
        (false, _) => Holds::Members,
    }
}

fn document(walker: &mut Walker, input: &Input, archive: &mut ZipIterable<BufReader<File>>) -> Flow {
    let file = match archive.files() {
        Ok(entries) => entries.reader_mut(),
        Err(error) => return walker.broken(&input.origin, in_words(error), Lost::All),
    };
    match file.rewind() {
        Ok(()) => walker.leaf(input, &mut BufReader::new(Whole(file)), Leaf::Office),
        Err(error) => walker.broken(&input.origin, error, Lost::All),
    }
}

fn members(walker: &mut Walker, input: &Input, archive: &mut ZipIterable<BufReader<File>>) -> Flow {
    let entries = match archive.files() {
        Ok(entries) => entries,
        Err(error) => return walker.broken(&input.origin, in_words(error), Lost::All),
    };
    while let Some(entry) = entries.next() {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => return walker.broken(&input.origin, in_words(error), Lost::Rest),
        };
        if entry.is_dir() || entry.is_symlink() {
            continue;
        }
        match name(entry.name_raw()) {
            Name::LeftOut => {}
            Name::Refused(shown, reason) => walker.fail(&input.member(&shown).origin, reason)?,
            Name::Good(name) => {
                let input = input.member(&name);
                let member = entry.with_reader(entries.reader_mut(), ZipReadOptions::default());
                self::member(walker, &input, member)?;
            }
        }
        if walker.budget.is_spent() {
            return Flow::Continue(());
        }
    }
    Flow::Continue(())
}

fn member(walker: &mut Walker, input: &Input, member: ZipResult<ZipFile<'_, BufReader<File>>>) -> Flow {
    let budget = walker.budget.clone();
    match member {
        Ok(member) => walker.enter(input, &mut BufReader::new(Counted::new(Whole(member), &budget))),
        Err(ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED)) => {
            walker.fail(&input.origin, "is locked with a password; unpack it first".to_owned())
        }
        Err(ZipError::CompressionMethodNotSupported(_)) => {
            walker.fail(&input.origin, "is packed in a way that isn't read; unpack it first".to_owned())
        }
        Err(error) => walker.broken(&input.origin, in_words(error), Lost::All),
    }
}

/// A member, or the archive itself: nothing can be read behind a damaged place.
struct Whole<R>(R);

impl<R: Read> Read for Whole<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        self.0.read(into)
    }
}

impl<R: Read> Recover for Whole<R> {}

fn in_words(error: ZipError) -> io::Error {
    match error {
        ZipError::Io(error) => error,
        error => io::Error::new(io::ErrorKind::InvalidData, error.to_string()),
    }
}
