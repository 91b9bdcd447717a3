//! Any bytes are an article, or refused with a reason, as a file and as a line of JSON Lines.
#![no_main]

#[path = "../../tests/texts/mod.rs"]
mod texts;

use libfuzzer_sys::fuzz_target;
use onrecord::intake::{Unread, article};
use onrecord::model::Markup;
use onrecord::text::document;
use texts::ENGINE;

fuzz_target!(|bytes: &[u8]| {
    let origin = || "fuzz".to_owned();
    let text = |markup| Unread::Bytes { origin: origin(), key: None, bytes: bytes.to_vec(), markup };
    let line = Unread::Line { origin: origin(), line: bytes.to_vec() };
    for unread in [text(Markup::Plain), text(Markup::Markdown), line] {
        match article(unread, &ENGINE.lexicon.intake) {
            Ok(raw) => {
                assert!(!raw.key.is_empty());
                let document = document(raw);
                let text = document.text.as_str();
                assert!(
                    document.paragraphs.iter().all(|paragraph| text.get(paragraph.span.range()).is_some())
                );
            }
            Err(error) => assert!(error.to_string().len() > "fuzz: ".len()),
        }
    }
});
