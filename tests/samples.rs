//! The invented articles in `samples/` and the annotations beside them fit together.

use onrecord::intake::{Meter, Options, Piece, article, walk};
use onrecord::lexicon::Lexicon;
use onrecord::model::{CueClass, Document, QuoteKind};
use onrecord::record::{Record, RecordQuote};
use onrecord::text::document;
use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("samples")
}

/// The annotations, by the name of their article's file.
fn gold() -> BTreeMap<String, Record> {
    let files = std::fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path());
    let annotations = files.filter(|path| path.to_str().unwrap().ends_with(".gold.jsonl"));
    let records = annotations.map(|path| {
        let record: Record = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
        (record.id.strip_prefix("samples/").unwrap().to_owned(), record)
    });
    records.collect()
}

/// The articles as the program reads them, by the name of their file.
fn articles() -> BTreeMap<String, Document> {
    let lexicon = Lexicon::load().unwrap();
    let mut named = BTreeMap::new();
    walk(&[folder()], &Options::default(), &lexicon.intake, &Meter::default(), &mut |piece| {
        let document = match piece.unwrap() {
            Piece::Article(unread) => document(article(unread, &lexicon.intake).unwrap()),
            Piece::PassedOver(origin) => panic!("{origin} is no article"),
        };
        let name = Path::new(&document.origin).file_name().unwrap().to_str().unwrap().to_owned();
        named.insert(name, document);
        ControlFlow::Continue(())
    });
    named
}

#[test]
fn every_article_is_annotated() {
    let names = |map: Vec<&String>| map.into_iter().cloned().collect::<Vec<_>>();
    let (articles, gold) = (articles(), gold());
    assert!(articles.len() >= 14, "{} articles", articles.len());
    assert_eq!(names(articles.keys().collect()), names(gold.keys().collect()));
}

#[test]
fn annotations_see_the_text_that_the_program_sees() {
    let articles = articles();
    for (name, gold) in gold() {
        let article = &articles[&name];
        assert_eq!(gold.text, article.text.as_str(), "{name}");
        assert_eq!(gold.published, article.published.map(|date| date.to_string()), "{name}");
        let of_gold = (gold.title, gold.url, gold.outlet, gold.byline, gold.language);
        let article = article.clone();
        let of_article = (article.title, article.url, article.outlet, article.byline, article.language);
        assert_eq!(of_gold, of_article, "{name}");
    }
}

#[test]
fn annotated_spans_lie_in_the_text_and_don_t_begin_or_end_with_a_space() {
    for (name, gold) in gold() {
        let text: Vec<char> = gold.text.chars().collect();
        for quote in &gold.quotes {
            assert!(!quote.content.is_empty(), "{name} {}", quote.id);
            let ordered = quote.content.windows(2).all(|pair| pair[0][1] <= pair[1][0]);
            assert!(ordered, "{name} {}", quote.id);
            for &[start, end] in [&quote.content, &quote.cue, &quote.source].into_iter().flatten() {
                let words = &text[start as usize..end as usize];
                assert!(!words[0].is_whitespace() && !words[words.len() - 1].is_whitespace(), "{words:?}");
            }
        }
    }
}

#[test]
fn annotated_types_and_classes_are_known() {
    for (name, gold) in gold() {
        for quote in &gold.quotes {
            let kind: QuoteKind = quote.kind.as_deref().unwrap().parse().unwrap();
            let class = quote.cue_class.as_deref().map(str::parse::<CueClass>);
            assert!(class.is_none_or(|class| class.is_ok()), "{name} {}", quote.id);
            if kind == QuoteKind::Scare {
                let RecordQuote { cue, source, speaker, .. } = quote;
                assert!(cue.is_empty() && source.is_empty() && speaker.is_none(), "{name} {}", quote.id);
            }
        }
    }
}
