//! The record format: code points, stable ids, what stands in each field. All articles are invented.

use onrecord::model::{
    Analysis, Attribution, Cue, CueClass, Document, Entity, EntityIdx, EntityKind, Keyed, Mention,
    MentionIdx, MentionKind, Method, Quote, QuoteIdx, QuoteKind, Reason, Sentence, Source,
};
use onrecord::record::{Record, Sentences, quote_ids, record};
use onrecord::span::{Span, Text};

const TEXT: &str =
    "🙂 “我不去，” said Ana Réyes, the mayor’s “right hand”. “我不去，” she said, the Post reported.";

fn document(key: &str, text: &str) -> Document {
    Document {
        key: key.to_owned(),
        keyed: Keyed::Own,
        origin: "test".to_owned(),
        url: None,
        title: Some("Non".to_owned()),
        outlet: None,
        byline: None,
        published: Some(jiff::civil::date(2025, 10, 22)),
        language: None,
        text: Text::new(text.to_owned()).unwrap(),
        paragraphs: Vec::new(),
        raw_map: onrecord::model::RawMap::default(),
        extra: serde_json::Map::from_iter([("mood".to_owned(), "grim".into())]),
    }
}

/// The span of the `nth` place where `words` stand.
fn span(words: &str, nth: usize) -> Span {
    let (start, _) = TEXT.match_indices(words).nth(nth).unwrap();
    Span::from_bounds(start, start + words.len())
}

fn quote(words: &str, nth: usize, kind: QuoteKind) -> Quote {
    Quote { parts: vec![span(words, nth)], kind, closed: true, nested_in: None }
}

fn mention(words: &str, nth: usize, kind: MentionKind, entity: Option<u32>) -> Mention {
    Mention { span: span(words, nth), printed: span(words, nth), kind, entity: entity.map(EntityIdx) }
}

fn analysis() -> Analysis {
    let reyes = Entity {
        kind: EntityKind::Person,
        name: "Ana Réyes".to_owned(),
        role: Some("aide".to_owned()),
        aliases: Vec::new(),
    };
    let attribution = |quote, source, cue| Attribution {
        quote: QuoteIdx(quote),
        cue,
        source,
        method: Method::InvertedVerb,
        confidence: 0.912_345,
        runners_up: vec![(MentionIdx(1), 0.05), (MentionIdx(0), 0.012_6)],
        relayed_by: Some(MentionIdx(2)),
    };
    let cue = Cue { span: span("said", 0), lemma: "say".to_owned(), class: CueClass::Say };
    let speaker = Source::Speaker { mention: MentionIdx(0), speaker: EntityIdx(0) };
    Analysis {
        sentences: vec![Sentence { span: span(TEXT, 0), tokens: 0..0, paragraph: 0 }],
        quotes: vec![
            quote("“我不去，”", 0, QuoteKind::Direct),
            quote("“right hand”", 0, QuoteKind::Scare),
            quote("“我不去，”", 1, QuoteKind::Direct),
        ],
        mentions: vec![
            mention("Ana Réyes", 0, MentionKind::Name, Some(0)),
            mention("the mayor", 0, MentionKind::Role, None),
            mention("the Post", 0, MentionKind::Organisation, None),
        ],
        entities: vec![reyes],
        attributions: vec![
            attribution(0, speaker, Some(cue)),
            attribution(2, Source::Unknown(Reason::PronounUnresolved), None),
        ],
        ..Analysis::default()
    }
}

/// The words at a range of code points.
fn words([start, end]: [u32; 2]) -> String {
    TEXT.chars().skip(start as usize).take((end - start) as usize).collect()
}

#[test]
fn offsets_are_code_points() {
    let record = record(&document("a", TEXT), &analysis(), Sentences::Include);
    let first = &record.quotes[0];
    assert_eq!(first.content, [[2, 8]]);
    assert_eq!(words(first.content[0]), "“我不去，”");
    assert_eq!(words(first.cue[0]), "said");
    assert_eq!(words(first.source[0]), "Ana Réyes");
    assert_eq!(record.sentences, Some(vec![[0, TEXT.chars().count() as u32]]));
}

#[test]
fn a_quote_says_who_and_why() {
    let record = record(&document("a", TEXT), &analysis(), Sentences::Leave);
    let [first, scare, last] = record.quotes.as_slice() else { panic!("three quotes") };
    assert_eq!(first.speaker.as_deref(), Some("Ana Réyes"));
    assert_eq!(first.role.as_deref(), Some("aide"));
    assert_eq!((first.cue_lemma.as_deref(), first.cue_class.as_deref()), (Some("say"), Some("say")));
    assert_eq!(first.method.as_deref(), Some(Method::InvertedVerb.as_str()));
    assert_eq!(first.confidence, Some(0.912));
    assert_eq!(first.runners_up, [("the mayor".to_owned(), 0.05), ("Ana Réyes".to_owned(), 0.013)]);
    assert_eq!(first.relayed_by.as_deref(), Some("the Post"));
    assert_eq!(first.unknown_reason, None);
    assert_eq!(scare.kind.as_deref(), Some("scare"));
    assert_eq!((scare.confidence, scare.method.as_deref(), scare.source.len()), (None, None, 0));
    assert_eq!(last.unknown_reason.as_deref(), Some(Reason::PronounUnresolved.as_str()));
    assert_eq!((last.speaker.as_deref(), last.source.len(), last.cue.len()), (None, 0, 0));
}

#[test]
fn a_record_comes_back_from_json_as_it_was() {
    for sentences in [Sentences::Include, Sentences::Leave] {
        let record = record(&document("a", TEXT), &analysis(), sentences);
        let json = serde_json::to_string(&record).unwrap();
        assert_eq!(serde_json::from_str::<Record>(&json).unwrap(), record);
        assert_eq!(json.contains("\"sentences\""), sentences == Sentences::Include);
        assert!(json.contains("\"confidence\":0.912,"), "{json}");
        assert!(json.contains("\"published\":\"2025-10-22\""));
        assert!(json.ends_with("\"mood\":\"grim\"}"));
    }
}

#[test]
fn ids_tell_quotes_apart_and_stay() {
    let ids = quote_ids("a", &document("a", TEXT), &analysis());
    assert!(ids.iter().all(|id| id.len() == 16 && id.bytes().all(|byte| byte.is_ascii_hexdigit())));
    assert_ne!(ids[0], ids[2], "the same words, said twice");
    assert_ne!(quote_ids("b", &document("b", TEXT), &analysis())[0], ids[0], "another article");
    // Kept in databases: a change here orphans what people noted on quotes.
    assert_eq!(ids[1], "d2bc1bb82be309ff");
    let mut fewer = analysis();
    fewer.quotes.remove(1);
    assert_eq!(quote_ids("a", &document("a", TEXT), &fewer), [ids[0].clone(), ids[2].clone()]);
}
