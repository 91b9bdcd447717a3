//! Positions in a text: [`Span`] and the [`Text`] that spans point into.

use std::ops::Range;

/// A half-open range of bytes `[start, end)` in one [`Text`].
///
/// Spans are bytes inside the program; code points, UTF-16 units and lines are worked out at
/// the border only (see [`crate::record`]).
// Invariant: start <= end. Spans made by the analysis lie on char boundaries of their text.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Span {
    start: u32,
    end: u32,
}

impl Span {
    /// Makes the span `[start, end)`.
    ///
    /// # Panics
    /// When `start > end`, which is a mistake of the caller and not of the input.
    pub const fn new(start: u32, end: u32) -> Self {
        assert!(start <= end, "a span ends where it starts or after");
        Self { start, end }
    }

    /// Makes a span from `usize` bounds, as string searches give them.
    ///
    /// # Panics
    /// As [`Span::new`]; bounds beyond [`Text::MAX_BYTES`] can't come from a [`Text`].
    pub const fn from_bounds(start: usize, end: usize) -> Self {
        assert!(end <= Text::MAX_BYTES, "a span lies inside a text");
        Self::new(start as u32, end as u32)
    }

    pub const fn start(self) -> u32 {
        self.start
    }

    pub const fn end(self) -> u32 {
        self.end
    }

    /// Length in bytes.
    pub const fn len(self) -> u32 {
        self.end - self.start
    }

    pub const fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether `other` lies wholly inside this span (equal spans do).
    pub const fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// The smallest span that holds both.
    pub fn cover(self, other: Span) -> Span {
        Span::new(self.start.min(other.start), self.end.max(other.end))
    }

    pub const fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// The canonical text of one article: what every stored span points into.
// Invariant: never longer than MAX_BYTES, so that every offset fits a u32.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Text(String);

impl Text {
    /// The longest text taken, in bytes (64 MiB: some eleven million words in one article).
    pub const MAX_BYTES: usize = 64 << 20;

    /// Takes a string as a text, or gives it back when it is longer than [`Text::MAX_BYTES`].
    pub fn new(text: String) -> Result<Self, String> {
        if text.len() > Self::MAX_BYTES { Err(text) } else { Ok(Self(text)) }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The words at `span`.
    ///
    /// # Panics
    /// When the span isn't of this text.
    pub fn slice(&self, span: Span) -> &str {
        &self.0[span.range()]
    }

    /// The span of the whole text.
    pub fn span(&self) -> Span {
        Span::from_bounds(0, self.0.len())
    }

    /// `span` without the white space at its edges.
    pub fn trim(&self, span: Span) -> Span {
        let words = self.slice(span);
        let start = span.range().start + (words.len() - words.trim_start().len());
        Span::from_bounds(start, start + words.trim().len())
    }
}
