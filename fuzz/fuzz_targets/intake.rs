//! Any bytes are an article, or refused with a reason, as a file and as a line of JSON Lines.
#![no_main]

#[path = "../../tests/texts/mod.rs"]
mod texts;

use libfuzzer_sys::fuzz_target;
use onrecord::intake::headers::Header;
use onrecord::intake::{Content, Leaf, Unread, article};
use onrecord::text::document;
use texts::ENGINE;

fuzz_target!(|bytes: &[u8]| {
    let unread = |content| Unread { origin: "fuzz".to_owned(), place: None, header: Header::default(), content };
    let leaf = |leaf| unread(Content::Leaf(bytes.to_vec(), leaf));
    let line = unread(Content::Line(bytes.to_vec(), None));
    let leaves = [Leaf::Text, Leaf::Markdown, Leaf::Html(None), Leaf::Mail, Leaf::Office].map(leaf);
    for unread in leaves.into_iter().chain([line]) {
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
