//! Any bytes as a document of a word processor, packed or as the XML in it, or as a PDF file.

use crate::fuzzed::{check_header, check_parts, check_reason, words};
use onrecord::intake::office::{self, Written, docx, odt, properties};

pub fn check(bytes: &[u8]) {
    #[cfg(feature = "pdf")]
    if is_pdf(bytes) {
        // Its reader keeps the library's panics to the thread that they happen in.
        return check_parts(onrecord::intake::pdf::read(bytes, words()));
    }
    check_parts(office::read(bytes, words()));
    // Mutations seldom keep the check sums of zip whole, so what would be in it is read without.
    let text = String::from_utf8_lossy(bytes);
    let (document, styles) = text.split_once("\n\n").unwrap_or((&text, ""));
    check_written(docx::read(document, styles), bytes.len());
    check_written(odt::read(document, styles), bytes.len());
    check_header(&properties::header(&text, words()));
}

#[cfg(feature = "pdf")]
fn is_pdf(bytes: &[u8]) -> bool {
    bytes[..bytes.len().min(1024)].windows(5).any(|window| window == b"%PDF-")
}

fn check_written(written: Result<Written, String>, length: usize) {
    let written = match written {
        Ok(written) => written,
        Err(reason) => return check_reason(&reason),
    };
    assert!(written.title.is_none_or(|title| !title.trim().is_empty()), "what is unknown is none");
    assert!(written.paragraphs.len() <= length, "a paragraph takes more than a byte");
    for (_, words) in &written.paragraphs {
        assert!(!words.is_empty() && words == words.trim(), "{words:?}");
    }
}
