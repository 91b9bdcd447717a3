//! Filters: what they find, and that nothing typed is ever taken for SQL or search syntax.

mod articles;

use articles::{article, council, follow_up, place, write};
use onrecord::error::Error;
use onrecord::model::{CueClass, QuoteKind};
use onrecord::query::Reader;
use onrecord::query::articles::{ArticleFilter, Found};
use onrecord::query::dates::{first_day, last_day};
use onrecord::query::quotes::{QuoteFilter, QuoteRow};
use onrecord::query::search::Search;
use onrecord::query::speakers::SpeakerFilter;
use onrecord::store::Store;
use tempfile::TempDir;

/// Both articles and one without a date.
fn reader() -> (TempDir, Reader) {
    let (folder, path) = place();
    let mut store = Store::open(&path).unwrap();
    let undated = article("undated.txt", "“Hm,” she thought.").quote(QuoteKind::Direct, &["“Hm,”"]);
    let undated = undated.unknown(onrecord::model::Reason::PronounUnresolved);
    for article in [follow_up(), undated, council()] {
        write(&mut store, &article);
    }
    let reader = Reader::open(&path).unwrap();
    (folder, reader)
}

fn rows(reader: &Reader, filter: &QuoteFilter) -> Vec<QuoteRow> {
    let mut rows = Vec::new();
    let count = reader.quotes(filter, |row| {
        rows.push(row);
        Ok(())
    });
    assert_eq!(count.unwrap(), rows.len() as u64);
    rows
}

fn words(reader: &Reader, filter: &QuoteFilter) -> Vec<String> {
    rows(reader, filter).into_iter().map(|row| row.words).collect()
}

const REBUILD: &str = "“We will rebuild the bridge,” … “whatever it costs.”";
const MONEY: &str = "that the money was gone";
const NOBODY: &str = "“Nobody asked us.”";
const TOLL: &str = "the bridge would “never” be tolled";
const DOUBT: &str = "“I doubt it.”";
const HM: &str = "“Hm,”";

#[test]
fn all_statements_come_by_date_and_place_with_undated_ones_last() {
    let (_folder, reader) = reader();
    assert_eq!(words(&reader, &QuoteFilter::default()), [REBUILD, MONEY, NOBODY, TOLL, DOUBT, HM]);
    let scare = QuoteFilter { kinds: vec![QuoteKind::Scare], ..QuoteFilter::default() };
    assert_eq!(words(&reader, &scare), ["“bridge of sighs”"]);
}

#[test]
fn a_row_has_all_that_is_known() {
    let (_folder, reader) = reader();
    let row = rows(&reader, &QuoteFilter::default()).remove(0);
    assert_eq!(row.speaker.as_deref(), Some("Ana Solís"));
    assert_eq!(row.role.as_deref(), Some("Mayor"));
    assert_eq!(row.source.as_deref(), Some("Mayor Ana Solís"));
    assert_eq!((row.cue.as_deref(), row.cue_class), (Some("said"), Some(CueClass::Say)));
    assert_eq!(row.confidence, Some(0.93));
    assert_eq!(row.runners_up, [("Piotr Wałęsa".to_owned(), 0.04)]);
    assert_eq!(row.content, [[0, 29], [52, 72]], "code points, not bytes");
}

#[test]
fn each_filter_filters() {
    let (_folder, reader) = reader();
    let all = QuoteFilter::default;
    let found = |filter| words(&reader, &filter);
    assert_eq!(found(QuoteFilter { search: Search::new("MONEY gone"), ..all() }), [MONEY]);
    assert_eq!(found(QuoteFilter { search: Search::new("bridge"), ..all() }), [REBUILD, TOLL]);
    assert_eq!(found(QuoteFilter { search: Search::new("\"the bridge would\""), ..all() }), [TOLL]);
    assert_eq!(found(QuoteFilter { search: Search::new("re* bridge"), ..all() }), [REBUILD]);
    assert_eq!(found(QuoteFilter { outlet: Some("gazette".to_owned()), ..all() }), [TOLL, DOUBT]);
    assert_eq!(found(QuoteFilter { since: first_day("2025-11").ok(), ..all() }), [TOLL, DOUBT]);
    assert_eq!(found(QuoteFilter { until: last_day("2025-10").ok(), ..all() }), [REBUILD, MONEY, NOBODY]);
    assert_eq!(
        found(QuoteFilter { kinds: vec![QuoteKind::Mixed, QuoteKind::Indirect], ..all() }),
        [MONEY, TOLL]
    );
    assert_eq!(found(QuoteFilter { cue_class: Some(CueClass::Deny), ..all() }), [MONEY]);
    assert_eq!(found(QuoteFilter { min_confidence: Some(0.94), ..all() }), Vec::<String>::new());
    assert_eq!(found(QuoteFilter { min_confidence: Some(0.93), ..all() }), [REBUILD, MONEY, TOLL, DOUBT]);
    assert_eq!(found(QuoteFilter { limit: Some(2), ..all() }), [REBUILD, MONEY]);
}

#[test]
fn a_speaker_is_found_by_any_of_their_names() {
    let (_folder, reader) = reader();
    let said = |typed: &str| {
        let speakers = Some(reader.match_speakers(typed).unwrap());
        words(&reader, &QuoteFilter { speakers, ..QuoteFilter::default() })
    };
    assert_eq!(said("Ana Solís"), [REBUILD, TOLL]);
    assert_eq!(said("ana solis"), [REBUILD, TOLL]);
    assert_eq!(said("SOLIS"), [REBUILD, TOLL, DOUBT]);
    assert_eq!(said("walesa"), [MONEY]);
    for nobody in ["sol", "solis ana", "", "%", "' OR 1=1 --"] {
        assert_eq!(said(nobody), Vec::<String>::new(), "{nobody}");
    }
}

#[test]
fn names_that_were_nearly_typed_are_suggested() {
    let (_folder, reader) = reader();
    assert_eq!(reader.suggest_speakers("wales", 3).unwrap(), ["Piotr Wałęsa"]);
    assert_eq!(reader.suggest_speakers("solsi", 3).unwrap().len(), 0);
    assert_eq!(reader.suggest_speakers("brunp", 3).unwrap(), ["Bruno Solis"]);
    assert_eq!(reader.suggest_speakers("sol", 1).unwrap().len(), 1);
}

#[test]
fn speakers_and_articles_are_counted() {
    let (_folder, reader) = reader();
    let mut speakers = Vec::new();
    let push = |row| {
        speakers.push(row);
        Ok(())
    };
    assert_eq!(reader.speakers(&SpeakerFilter::default(), push).unwrap(), 3);
    let mayor = &speakers[0];
    assert_eq!((mayor.name.as_str(), mayor.quotes, mayor.articles), ("Ana Solís", 2, 2));
    assert_eq!((mayor.first.as_deref(), mayor.last.as_deref()), (Some("2025-10-22"), Some("2025-11-03")));
    assert_eq!(
        (&mayor.roles[..], &mayor.aliases[..]),
        (&["Mayor".to_owned()][..], &["Solís".to_owned()][..])
    );

    let mut articles = Vec::new();
    let push = |row: onrecord::query::articles::ArticleRow| {
        articles.push((row.key, row.quotes, row.versions));
        Ok(())
    };
    assert_eq!(reader.articles(&ArticleFilter::default(), push).unwrap(), 3);
    assert_eq!(articles[0], ("https://herald.example/bridge".to_owned(), 3, 1));
    assert_eq!(articles[2], ("undated.txt".to_owned(), 1, 1));
}

#[test]
fn an_article_is_found_by_id_key_or_part() {
    let (_folder, reader) = reader();
    let key = |typed: &str| match reader.find_article(typed).unwrap() {
        Found::One(row) => row.key,
        other => panic!("{typed}: {other:?}"),
    };
    assert_eq!(key("2"), "undated.txt");
    assert_eq!(key("https://gazette.example/toll"), "https://gazette.example/toll");
    assert_eq!(key("vows TO rebuild"), "https://herald.example/bridge");
    assert_eq!(key("/toll"), "https://gazette.example/toll");
    assert!(matches!(reader.find_article("mayor").unwrap(), Found::Several(rows) if rows.len() == 2));
    for nothing in ["", "99", "%", "' OR 1=1 --"] {
        assert_eq!(reader.find_article(nothing).unwrap(), Found::Nothing, "{nothing}");
    }
}

#[test]
fn nothing_typed_is_taken_for_sql_or_search_syntax() {
    let (_folder, reader) = reader();
    let attacks = [
        "'",
        "\"",
        "\"\"\"",
        "' OR '1'='1",
        "'; DROP TABLE quote; --",
        "a\" OR \"b",
        "text : bridge",
        "{text}: x",
        "NEAR(",
        "NEAR(a b, 2)",
        "^",
        "*",
        "-",
        "(",
        ")",
        "AND",
        "OR",
        "NOT",
        "a NOT",
        "+ +",
        "%",
        "_",
        "?1",
        ":x",
        "\\",
        "a\0b",
        "\u{202e}",
        "bridge)",
        "\"bridge",
        "🙂",
    ];
    for attack in attacks {
        let speakers = Some(reader.match_speakers(attack).unwrap());
        assert_eq!(words(&reader, &QuoteFilter { speakers, ..QuoteFilter::default() }).len(), 0, "{attack}");
        let outlet = QuoteFilter { outlet: Some(attack.to_owned()), ..QuoteFilter::default() };
        assert_eq!(words(&reader, &outlet).len(), 0, "{attack}");
        let search = Search::new(attack);
        if search.is_some() {
            let found = words(&reader, &QuoteFilter { search, ..QuoteFilter::default() });
            let bridges = if attack.contains("bridge") && !attack.contains("text") { 2 } else { 0 };
            assert_eq!(found.len(), bridges, "{attack}");
        }
        reader.suggest_speakers(attack, 3).unwrap();
        reader.find_article(attack).unwrap();
    }
    assert_eq!(words(&reader, &QuoteFilter::default()).len(), 6);
}

#[test]
fn a_reader_refuses_what_it_cannot_read_and_makes_nothing() {
    let (_folder, path) = place();
    let reason = |path: &std::path::Path| match Reader::open(path) {
        Err(Error::Database { reason, .. }) => reason,
        other => panic!("expected a refusal, got {other:?}"),
    };
    assert!(reason(&path).contains("onrecord ingest"));
    assert!(!path.exists());
    std::fs::write(&path, "").unwrap();
    assert!(reason(&path).contains("nothing is in it yet"));
}

#[test]
fn what_a_caller_cannot_take_ends_the_listing() {
    let (_folder, reader) = reader();
    let mut seen = 0;
    let full = || Error::Input { origin: "a test".to_owned(), reason: "enough".to_owned() };
    let result = reader.quotes(&QuoteFilter::default(), |_| {
        seen += 1;
        if seen == 2 { Err(full()) } else { Ok(()) }
    });
    assert!(matches!(result, Err(Error::Input { reason, .. }) if reason == "enough"));
    assert_eq!(seen, 2);
}

#[test]
fn a_limited_search_finds_the_earliest_and_only_of_today() {
    let (_folder, path) = place();
    let mut store = Store::open(&path).unwrap();
    // Not in the order of their dates, several on one day, one undated, one superseded.
    let dates = ["2025-03-07", "2025-03-01", "2025-03-05", "2025-03-01", "2025-02-01", "2025-03-02"];
    for (number, date) in dates.iter().enumerate() {
        let key = format!("bridge-{number}");
        let said = article(&key, &format!("“The bridge {number},” she thought."))
            .of("Post", date, "Bridge")
            .quote(QuoteKind::Direct, &[&format!("“The bridge {number},”")])
            .unknown(onrecord::model::Reason::NoCue);
        write(&mut store, &said);
    }
    let undated =
        article("bridge-x", "“The bridge x,” she thought.").quote(QuoteKind::Direct, &["“The bridge x,”"]);
    write(&mut store, &undated.unknown(onrecord::model::Reason::NoCue));
    let later = article("bridge-4", "“The tunnel,” she thought.")
        .of("Post", "2025-02-01", "Tunnel")
        .quote(QuoteKind::Direct, &["“The tunnel,”"])
        .unknown(onrecord::model::Reason::NoCue);
    write(&mut store, &later);
    let reader = Reader::open(&path).unwrap();
    let found = |limit, since: Option<&str>| {
        let since = since.map(|day| first_day(day).unwrap());
        let filter = QuoteFilter { search: Search::new("bridge"), since, limit, ..QuoteFilter::default() };
        words(&reader, &filter).iter().map(|words| words[14..15].to_owned()).collect::<Vec<_>>().join("")
    };
    assert_eq!(found(None, None), "13520x");
    for limit in 0..8 {
        let all = "13520x";
        assert_eq!(found(Some(limit), None), all[..all.len().min(limit as usize)]);
    }
    assert_eq!(found(Some(2), Some("2025-03-02")), "52");
}
