//! Web pages of different make, each beside what is to be read in it; and monsters.

use onrecord::intake::headers::Header;
use onrecord::intake::{Parts, html};
use onrecord::lexicon::intake::IntakeWords;
use onrecord::model::{ParagraphKind, RawArticle};
use proptest::prelude::*;
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

fn words() -> IntakeWords {
    IntakeWords::load().unwrap()
}

/// Header lines, an empty line, and the paragraphs: `#` headings, `*` items, `>` block quotations.
fn shown(parts: Parts) -> String {
    let mut shown = header_lines(&parts.header);
    shown.push('\n');
    let raw = RawArticle {
        key: "page".to_owned(),
        origin: "page".to_owned(),
        url: None,
        title: None,
        outlet: None,
        byline: None,
        published: None,
        language: None,
        markup: parts.markup,
        body: parts.body,
        extra: parts.header.extra,
    };
    let document = onrecord::text::document(raw);
    for paragraph in &document.paragraphs {
        shown.push_str(match paragraph.kind {
            ParagraphKind::Body => "",
            ParagraphKind::Heading => "# ",
            ParagraphKind::Bullet => "* ",
            ParagraphKind::BlockQuote => "> ",
        });
        shown.push_str(&document.text.slice(paragraph.span).replace('\n', " / "));
        shown.push('\n');
    }
    shown
}

fn header_lines(header: &Header) -> String {
    let published = header.published.map(|date| date.to_string());
    let fields = [
        ("id", &header.id),
        ("title", &header.title),
        ("url", &header.url),
        ("outlet", &header.outlet),
        ("byline", &header.byline),
        ("published", &published),
        ("language", &header.language),
    ];
    let lines = fields.into_iter().filter_map(|(name, value)| Some(format!("{name}: {}\n", value.as_ref()?)));
    lines.collect()
}

#[test]
fn pages_are_read_as_expected() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages");
    let mut names: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    names.retain(|path| path.extension().is_some_and(|extension| extension == "html"));
    names.sort();
    assert!(names.len() >= 9);
    let mut wrong = String::new();
    for path in names {
        let read = html::read(&fs::read(&path).unwrap(), None, &words()).map_or_else(|error| error, shown);
        let expected = fs::read_to_string(path.with_extension("expected")).unwrap();
        if read != expected {
            wrong += &format!("{}\n--- read\n{read}\n--- expected\n{expected}\n", path.display());
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}
