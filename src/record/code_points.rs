//! From bytes to Unicode code points, the unit of offsets in the record format.

use crate::span::Span;

/// A half-open range of code points.
pub type CodePoints = [u32; 2];

/// Counts the code points before a byte of one text: made in one pass, asked in constant time.
#[derive(Debug)]
pub struct CodePointIndex<'a> {
    bytes: &'a [u8],
    // Invariant: one count for each started block of BLOCK bytes; empty when the text is ASCII.
    before: Vec<u32>,
}

impl<'a> CodePointIndex<'a> {
    pub fn new(text: &'a str) -> Self {
        let bytes = text.as_bytes();
        let before = if text.is_ascii() { Vec::new() } else { counts(bytes) };
        Self { bytes, before }
    }

    /// The code points that `span` covers.
    ///
    /// # Panics
    /// When `span` isn't of the text.
    pub fn range(&self, span: Span) -> CodePoints {
        [self.at(span.start()), self.at(span.end())]
    }

    fn at(&self, byte: u32) -> u32 {
        if self.before.is_empty() {
            return byte;
        }
        let block = byte as usize / BLOCK;
        self.before[block] + starts(&self.bytes[block * BLOCK..byte as usize])
    }
}

const BLOCK: usize = 64;

fn counts(bytes: &[u8]) -> Vec<u32> {
    let mut count = 0;
    let mut before = vec![0];
    for block in bytes.chunks(BLOCK) {
        count += starts(block);
        before.push(count);
    }
    before
}

/// Bytes that begin a code point: all but the continuation bytes `0b10xxxxxx`.
fn starts(bytes: &[u8]) -> u32 {
    bytes.iter().filter(|&&byte| byte & 0xc0 != 0x80).count() as u32
}

#[cfg(test)]
mod tests {
    use super::CodePointIndex;
    use crate::span::Span;
    use proptest::prelude::*;

    #[test]
    fn emoji_and_han_count_once() {
        let text = "🙂 他说：“好”。";
        let quote = text.find('“').unwrap()..text.find('。').unwrap();
        let span = Span::from_bounds(quote.start, quote.end);
        assert_eq!(CodePointIndex::new(text).range(span), [5, 8]);
    }

    proptest! {
        #[test]
        fn agrees_with_counting_chars(text in "(?s)[a-z]{0,70}.{0,90}") {
            let index = CodePointIndex::new(&text);
            for (count, (byte, _)) in text.char_indices().enumerate() {
                let span = Span::from_bounds(byte, text.len());
                prop_assert_eq!(index.range(span), [count as u32, text.chars().count() as u32]);
            }
        }
    }
}
