//! The weights file: named sections behind a header, read without copying.

use crate::error::{Error, Result};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// What a weights file begins with.
const MAGIC: &[u8; 8] = b"onrecord";

/// The format of the file; a program reads its own only.
const VERSION: u32 = 1;

/// The sections of a weights file, by name.
///
/// Layout, all numbers little-endian: `onrecord`, version (u32), number of sections (u32), then for each its
/// name's length (u32), name, length in bytes (u32) and bytes.
#[derive(Clone, Debug, Default)]
pub struct Weights {
    sections: BTreeMap<String, Cow<'static, [u8]>>,
}

impl Weights {
    /// Reads a weights file; bytes that live as long as the program aren't copied.
    ///
    /// # Errors
    /// [`Error::Weights`] naming `origin` when it is no weights file, one of another version, or damaged.
    pub fn read(file: Cow<'static, [u8]>, origin: &str) -> Result<Self> {
        let refused = |reason: &str| Error::Weights { origin: origin.to_owned(), reason: reason.to_owned() };
        let mut all = Section { bytes: file };
        if all.bytes(MAGIC.len()).as_deref() != Some(MAGIC) {
            return Err(refused("no weights file of onrecord"));
        }
        if all.u32() != Some(VERSION) {
            return Err(refused("written by another version of onrecord: train again"));
        }
        all.sections().map(|sections| Self { sections }).ok_or_else(|| refused("cut off or damaged"))
    }

    /// The section of that name, to be read from its start; empty where there is none.
    pub fn section(&self, name: &str) -> Section {
        Section { bytes: self.sections.get(name).cloned().unwrap_or_default() }
    }

    /// Puts a section in, in place of one of that name.
    pub fn put(&mut self, name: &str, writer: Writer) {
        self.sections.insert(name.to_owned(), Cow::Owned(writer.bytes));
    }

    /// The bytes of the whole file.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut writer = Writer::default();
        writer.bytes(MAGIC);
        writer.u32(VERSION);
        writer.u32(self.sections.len() as u32);
        for (name, bytes) in &self.sections {
            writer.text(name);
            writer.u32(bytes.len() as u32);
            writer.bytes(bytes);
        }
        writer.bytes
    }
}

/// A part of a weights file that is being read. Every reader gives `None` at its end.
#[derive(Clone, Debug, Default)]
pub struct Section {
    bytes: Cow<'static, [u8]>,
}

impl Section {
    pub fn bytes(&mut self, length: usize) -> Option<Cow<'static, [u8]>> {
        if length > self.bytes.len() {
            return None;
        }
        match &mut self.bytes {
            Cow::Borrowed(bytes) => {
                let (first, rest) = bytes.split_at(length);
                *bytes = rest;
                Some(Cow::Borrowed(first))
            }
            Cow::Owned(bytes) => {
                let rest = bytes.split_off(length);
                Some(Cow::Owned(std::mem::replace(bytes, rest)))
            }
        }
    }

    pub fn u32(&mut self) -> Option<u32> {
        Some(u32::from_le_bytes(self.bytes(4)?.as_ref().try_into().ok()?))
    }

    pub fn f32(&mut self) -> Option<f32> {
        Some(f32::from_bits(self.u32()?))
    }

    pub fn text(&mut self) -> Option<String> {
        let length = self.u32()? as usize;
        String::from_utf8(self.bytes(length)?.into_owned()).ok()
    }

    fn sections(&mut self) -> Option<BTreeMap<String, Cow<'static, [u8]>>> {
        let count = self.u32()?;
        let mut sections = BTreeMap::new();
        for _ in 0..count {
            let name = self.text()?;
            let length = self.u32()? as usize;
            sections.insert(name, self.bytes(length)?);
        }
        self.bytes.is_empty().then_some(sections)
    }
}

/// A section that is being written.
#[derive(Clone, Debug, Default)]
pub struct Writer {
    bytes: Vec<u8>,
}

impl Writer {
    pub fn bytes(&mut self, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes);
    }

    pub fn u32(&mut self, number: u32) {
        self.bytes(&number.to_le_bytes());
    }

    pub fn f32(&mut self, number: f32) {
        self.u32(number.to_bits());
    }

    /// A string behind its length.
    pub fn text(&mut self, text: &str) {
        self.u32(text.len() as u32);
        self.bytes(text.as_bytes());
    }
}

#[cfg(test)]
mod tests {
    use super::{Weights, Writer};
    use std::borrow::Cow;

    fn file() -> Vec<u8> {
        let mut writer = Writer::default();
        writer.u32(7);
        writer.f32(0.5);
        writer.text("said");
        let mut weights = Weights::default();
        weights.put("cue", writer);
        weights.to_bytes()
    }

    #[test]
    fn what_was_written_is_read_back() {
        let weights = Weights::read(Cow::Owned(file()), "test").unwrap();
        let mut section = weights.section("cue");
        assert_eq!(
            (section.u32(), section.f32(), section.text().as_deref()),
            (Some(7), Some(0.5), Some("said"))
        );
        assert_eq!(section.u32(), None);
        assert_eq!(weights.section("none").u32(), None);
    }

    #[test]
    fn a_damaged_file_is_named() {
        let whole = file();
        for end in [0, 5, 12, whole.len() - 1] {
            let error = Weights::read(Cow::Owned(whole[..end].to_vec()), "my.weights").unwrap_err();
            assert!(error.to_string().starts_with("my.weights: "), "{error}");
        }
    }
}
