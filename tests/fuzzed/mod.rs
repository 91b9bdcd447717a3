//! What the fuzz targets assert of any input. `tests/fuzz_seeds.rs` runs their seeds through it, so that they stay alive.

#![allow(dead_code, reason = "each target uses a part of it")]

pub mod analysis;
pub mod containers;
pub mod documents;
pub mod intake;
pub mod pages;
pub mod store;

#[path = "../promises/mod.rs"]
mod promises;
#[path = "../texts/mod.rs"]
mod texts;

use onrecord::error::Error;
use onrecord::intake::headers::Header;
use onrecord::intake::{Limits, Meter, Options, Parts, Piece, walk};
use onrecord::lexicon::intake::IntakeWords;
use onrecord::model::{Document, Markup, RawArticle, RawMap};
use onrecord::text::document;
use std::io::Write;
use std::ops::ControlFlow;
use std::path::Path;

/// Small ones, so that inputs of a few bytes go beyond them.
pub const LIMITS: Limits = Limits { article: 8 << 10, nesting: 3, unpacked: 20, free: 64 << 10 };

/// Asserts what holds of any bytes.
pub type Target = fn(&[u8]);

/// Each with its name.
pub const TARGETS: [(&str, Target); 7] = [
    ("segment", |bytes| analysis::segment(&String::from_utf8_lossy(bytes))),
    ("quotes", |bytes| analysis::quotes(&String::from_utf8_lossy(bytes))),
    ("intake", intake::check),
    ("pages", pages::check),
    ("documents", documents::check),
    ("containers", containers::check),
    ("store", store::check),
];

pub fn words() -> &'static IntakeWords {
    &texts::ENGINE.lexicon.intake
}

/// What the walk makes of a file without an ending that holds `bytes`.
pub fn walked(bytes: &[u8], options: &Options) -> Vec<Result<Piece, Error>> {
    // In memory where there is such a folder: a disk would be the slowest part.
    let memory = Path::new("/dev/shm");
    let folder = if memory.is_dir() { memory.to_owned() } else { std::env::temp_dir() };
    let mut file = tempfile::Builder::new().prefix("stream").tempfile_in(folder).expect("a place for a file");
    file.write_all(bytes).expect("room for a small file");
    let (mut pieces, meter) = (Vec::new(), Meter::default());
    walk(&[file.path().to_owned()], options, words(), &meter, &mut |piece| {
        pieces.push(piece);
        ControlFlow::Continue(())
    });
    assert!(meter.bytes() >= bytes.len() as u64, "the meter ends at the whole");
    pieces
}

/// A refusal says where and why, and isn't that of a reader that stumbled.
pub fn check_error(error: &Error) {
    let (origin, reason) = error.told();
    assert!(!origin.trim().is_empty(), "{error:?}");
    check_reason(&reason);
}

pub fn check_reason(reason: &str) {
    assert!(!reason.trim().is_empty(), "a refusal has a reason");
    assert!(!reason.contains("a mistake in onrecord"), "{reason}");
}

/// What a reader of one format took makes a sound document, or it was refused with a reason.
pub fn check_parts(parts: Result<Parts, String>) {
    let Parts { header, markup, body } = match parts {
        Ok(parts) => parts,
        Err(reason) => return check_reason(&reason),
    };
    check_header(&header);
    let raw = RawArticle { markup, extra: header.extra, ..RawArticle::plain("fuzz", body.clone()) };
    check_document(&document(raw), markup, &body);
}

pub fn check_header(header: &Header) {
    let Header { id, title, url, outlet, byline, language, .. } = header;
    for value in [id, title, url, outlet, byline, language].into_iter().flatten() {
        assert!(!value.trim().is_empty(), "what is unknown is none: {header:?}");
    }
}

/// Paragraphs stand in the text in order, trimmed, and the way back leads to the same words of `body`.
pub fn check_document(document: &Document, markup: Markup, body: &str) {
    let text = document.text.as_str();
    let mut end = 0;
    for paragraph in &document.paragraphs {
        let range = paragraph.span.range();
        assert!(range.start >= end, "paragraphs stand in order");
        let words = text.get(range.clone()).expect("a span on the bounds of characters");
        assert!(!words.is_empty() && words == words.trim(), "{words:?}");
        end = range.end;
    }
    if markup == Markup::Plain {
        assert_eq!(text, body, "plain text is taken to the letter");
    }
    check_way_back(text, &document.raw_map, body);
}

pub fn check_way_back(text: &str, map: &RawMap, body: &str) {
    let mut end = (0, 0);
    for run in &map.runs {
        let (text_start, raw_start, len) =
            (run.text_start as usize, run.raw_start as usize, run.len as usize);
        assert!(text_start >= end.0 && len > 0, "runs stand in order: {run:?}");
        let copied = body.get(raw_start..raw_start + len);
        assert_eq!(text.get(text_start..text_start + len), copied, "{run:?}");
        end = (text_start + len, raw_start + len);
    }
}
