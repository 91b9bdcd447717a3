//! Builds canonical text run by run, with its paragraphs and the map back to the raw body.

use crate::model::{Paragraph, ParagraphKind, RawMap, RawRun};
use crate::span::{Span, Text};
use std::ops::Range;

/// The canonical text of an article, and what its markup told.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Canonical {
    pub text: Text,
    pub paragraphs: Vec<Paragraph>,
    pub raw_map: RawMap,
    pub title: Option<String>,
}

/// Text in the making.
// Invariant: text[run] == raw[run] for every run; paragraphs are trimmed, in order and not empty.
pub struct Builder<'a> {
    raw: &'a str,
    text: String,
    runs: Vec<RawRun>,
    paragraphs: Vec<Paragraph>,
    /// Where the open paragraph begins, and its kind.
    open: Option<(usize, ParagraphKind)>,
}

impl<'a> Builder<'a> {
    pub fn new(raw: &'a str) -> Self {
        let text = String::with_capacity(raw.len());
        Self { raw, text, runs: Vec::new(), paragraphs: Vec::new(), open: None }
    }

    /// Adds the raw text at `range` unchanged, opening a paragraph of `kind` if none is open.
    pub fn copy(&mut self, range: Range<usize>, kind: ParagraphKind) {
        if range.is_empty() {
            return;
        }
        self.begin(kind);
        let (text_start, raw_start, len) = (self.text.len() as u32, range.start as u32, range.len() as u32);
        match self.runs.last_mut() {
            Some(run) if run.text_start + run.len == text_start && run.raw_start + run.len == raw_start => {
                run.len += len;
            }
            _ => self.runs.push(RawRun { text_start, raw_start, len }),
        }
        self.text.push_str(&self.raw[range]);
    }

    /// Adds text that doesn't stand in the raw body as it is: a decoded entity, a line break.
    pub fn put(&mut self, text: &str, kind: ParagraphKind) {
        self.begin(kind);
        self.text.push_str(text);
    }

    /// Adds what the raw text at `range` stands for, as a copy where it is one.
    pub fn copy_or_put(&mut self, range: Range<usize>, text: &str, kind: ParagraphKind) {
        if self.raw.get(range.clone()) == Some(text) {
            self.copy(range, kind);
        } else if !text.is_empty() {
            self.put(text, kind);
        }
    }

    /// Ends the open paragraph, if there is one, and gives its words.
    pub fn end_paragraph(&mut self) -> Option<&str> {
        let (start, kind) = self.open.take()?;
        let words = &self.text[start..];
        let start = start + (words.len() - words.trim_start().len());
        let words = words.trim();
        if words.is_empty() {
            return None;
        }
        let span = Span::from_bounds(start, start + words.len());
        self.paragraphs.push(Paragraph { span, kind });
        Some(words)
    }

    /// How many paragraphs are complete.
    pub fn count(&self) -> usize {
        self.paragraphs.len()
    }

    pub fn finish(mut self, title: Option<String>) -> Canonical {
        self.end_paragraph();
        // It fits: a body is at most a quarter of a text's limit, and no byte of it makes more than three.
        let text = Text::new(self.text).unwrap_or_default();
        Canonical { text, paragraphs: self.paragraphs, raw_map: RawMap { runs: self.runs }, title }
    }

    fn begin(&mut self, kind: ParagraphKind) {
        if self.open.is_none() {
            if !self.text.is_empty() {
                self.text.push_str("\n\n");
            }
            self.open = Some((self.text.len(), kind));
        }
    }
}
