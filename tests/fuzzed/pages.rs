//! Any bytes as a web page, a fragment of one, a feed and a message.

use crate::fuzzed::{check_header, check_parts, check_reason, check_way_back, words};
use onrecord::intake::{feed, html, mail};
use onrecord::text::html::canonical;

pub fn check(bytes: &[u8]) {
    check_parts(html::read(bytes, None, words()));
    check_parts(mail::read(bytes, words()));
    check_feed(bytes);
    let source = String::from_utf8_lossy(bytes);
    check_text(&source);
    match html::fragment(&source, words()) {
        Ok(fragment) => check_text(&fragment),
        Err(reason) => check_reason(&reason),
    }
    check_text(&html::paragraphs(&source));
}

/// The text of HTML is little longer than its source, and stands there.
fn check_text(source: &str) {
    let canonical = canonical(source);
    let text = canonical.text.as_str();
    assert!(text.len() <= 3 * source.len() + 3, "{} of {}", text.len(), source.len());
    for paragraph in &canonical.paragraphs {
        let words = &text[paragraph.span.range()];
        assert!(!words.is_empty() && words == words.trim(), "{words:?}");
    }
    check_way_back(text, &canonical.raw_map, source);
}

fn check_feed(bytes: &[u8]) {
    let items = match feed::items(bytes, words()) {
        Ok(items) => items,
        Err(reason) => return check_reason(&reason),
    };
    for (before, item) in items.enumerate() {
        assert!(before < bytes.len(), "an item takes more than a byte");
        assert!(item.link.is_none_or(|link| !link.trim().is_empty()), "what is unknown is none");
        check_header(&item.header);
        check_parts(item.parts);
    }
}
