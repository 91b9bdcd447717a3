//! Any bytes, as a file without an ending and as whatever they may be said to be, become articles or refusals.

use crate::fuzzed::{LIMITS, check_document, check_error, walked, words};
use onrecord::intake::{Content, Leaf, Options, Piece, Unread, article};
use onrecord::lexicon::intake::FileKind;
use onrecord::model::Keyed;
use onrecord::text::document;
use std::sync::Arc;

pub fn check(bytes: &[u8]) {
    let formats = FileKind::ALL.iter().copied().map(Some);
    for format in formats.chain([None]) {
        check_as(bytes, &Options { format, limits: LIMITS, ..Options::default() });
    }
    for mapping in ["text=body,published=date.day", "gdelt-gqg", "quotebank"] {
        let mapping = Some(Arc::new(mapping.parse().expect("a mapping")));
        check_as(bytes, &Options { mapping, limits: LIMITS, ..Options::default() });
    }
}

fn check_as(bytes: &[u8], options: &Options) {
    for piece in walked(bytes, options) {
        match piece {
            Ok(Piece::Article(unread)) => check_article(unread),
            Ok(Piece::PassedOver(name)) => assert!(!name.is_empty()),
            Err(error) => check_error(&error),
        }
    }
}

fn check_article(unread: Unread) {
    // The reader of PDF has a target of its own: `documents`.
    if matches!(unread.content, Content::Leaf(_, Leaf::Pdf)) {
        return;
    }
    let place = unread.place.clone();
    let raw = match article(unread, words()) {
        Ok(raw) => raw,
        Err(error) => return check_error(&error),
    };
    assert!(!raw.key.trim().is_empty() && !raw.origin.is_empty());
    assert!(raw.keyed == Keyed::Own || Some(&raw.key) == place.as_ref(), "{}", raw.key);
    for value in [&raw.url, &raw.title, &raw.outlet, &raw.byline, &raw.language].into_iter().flatten() {
        assert!(!value.trim().is_empty(), "what is unknown is none");
    }
    let (markup, body) = (raw.markup, raw.body.clone());
    check_document(&document(raw), markup, &body);
}
