//! `history`, `forget`, `check` and `backup`: what they print, and what they leave.

#[path = "../benches/news/mod.rs"]
mod news;
mod program;

use program::{Place, Said};
use rusqlite::Connection;
use serde_json::Value;
use std::fs;

const FIRST: &str = r#"{"id":"bridge","title":"Bridge shut","outlet":"Harbour Post","published":"2025-03-01","text":"“The bridge stays shut until Friday,” said Ann Reyes, the mayor.\n\n“Nobody asked us,” said Bo Lund."}
{"id":"ferry","title":"Ferry back","outlet":"Valley Gazette","published":"2025-03-02","text":"“The ferry sails again,” said Ann Reyes.\n\n“About time,” said Ida Osk."}
{"id":"toll","title":"No toll","outlet":"Valley Gazette","published":"2025-03-03","text":"“There will be no toll,” said Ida Osk."}
"#;

const CHANGED: &str = r#"{"id":"bridge","title":"Bridge shut for longer","outlet":"Harbour Post","published":"2025-03-01","text":"“The bridge stays shut until Sunday,” said Ann Reyes, the mayor.\n\n“We found a crack,” said Ida Osk."}
"#;

/// A folder with a database of three articles, one of which was changed.
fn place() -> Place {
    let place = Place::new().with("first.jsonl", FIRST).with("changed.jsonl", CHANGED);
    place.done(&["ingest", "first.jsonl", "changed.jsonl"]);
    place
}

#[track_caller]
fn fails(said: &Said, code: i32, error: &str) {
    assert_eq!((said.out.as_str(), said.code), ("", Some(code)), "{}", said.err);
    assert!(said.err.contains(&format!("error: {error}")), "{}", said.err);
}

fn count(place: &Place, sql: &str) -> i64 {
    let connection = Connection::open(place.path("onrecord.db")).unwrap();
    connection.query_row(sql, [], |row| row.get(0)).unwrap()
}

/// How many quotes a search finds, through the index and without it.
fn found(place: &Place, word: &str) -> (i64, i64) {
    let rows = place.done(&["quotes", "--search", word, "--format", "jsonl"]).lines().count();
    let sql = format!("SELECT count(*) FROM quote_view WHERE quote LIKE '%{word}%'");
    (rows as i64, count(place, &sql))
}

#[test]
fn without_a_database_each_says_how_to_make_one_and_makes_none() {
    let place = Place::new();
    let missing = "no.db: there is no such database";
    for args in [
        &["history", "1"][..],
        &["forget", "1", "--yes"],
        &["forget", "--outlet", "Post"],
        &["check"],
        &["backup", "x.db"],
    ] {
        fails(&place.run(&[args, &["--db", "no.db"]].concat()), 3, missing);
    }
    assert_eq!(place.names(), Vec::<String>::new());
}

#[test]
fn an_article_that_is_not_there_is_wrong_usage() {
    let place = place();
    let unknown = "no article is «tunnel»; `onrecord articles` lists them";
    fails(&place.run(&["history", "tunnel"]), 2, unknown);
    fails(&place.run(&["forget", "tunnel", "--yes"]), 2, unknown);
    fails(&place.run(&["history", "r"]), 2, "«r» is a part of 2 articles; name one of them by its id:");
    fails(
        &place.run(&["forget", "r", "--yes"]),
        2,
        "«r» is a part of 2 articles; name one of them by its id:",
    );
    let said = place.run(&["forget"]);
    assert_eq!(said.code, Some(2), "{}", said.err);
    let said = place.run(&["forget", "bridge", "--outlet", "Gazette"]);
    assert_eq!(said.code, Some(2), "{}", said.err);
    assert_eq!(place.articles("onrecord.db").len(), 3);
}

#[test]
fn history_tells_what_came_went_and_changed() {
    let place = place();
    let table = place.done(&["history", "bridge"]);
    let table = table.split_whitespace().collect::<Vec<_>>().join(" ");
    for row in [
        ["title changed", "Bridge shut → Bridge shut for longer"],
        ["quote changed", "until Friday,” → “The bridge stays shut until Sunday,”"],
        ["quote came", "“We found a crack,”"],
        ["quote went", "“Nobody asked us,”"],
    ] {
        assert!(row.iter().all(|words| table.contains(words)), "{row:?} in\n{table}");
    }
    let rows = place.done(&["history", "bridge", "--format", "jsonl"]);
    let rows: Vec<Value> = rows.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let told = |row: &Value| format!("{} {} {}", row["version"], row["what"], row["how"]);
    let told: Vec<String> = rows.iter().map(told).collect();
    let all: Vec<Value> =
        serde_json::from_str(&place.done(&["history", "bridge", "--format", "json"])).unwrap();
    assert_eq!(all, rows, "{told:?}");
    assert!(told.iter().any(|row| row == "2 \"title\" \"changed\""), "{told:?}");
    assert_eq!(place.done(&["history", "bridge", "--format", "csv"]).lines().count(), rows.len() + 1);
    let limited = place.done(&["history", "bridge", "--format", "jsonl", "--limit", "1"]);
    assert_eq!(limited.lines().count(), 1);
    let once = place.done(&["history", "toll", "--format", "jsonl"]);
    assert!(once.lines().all(|line| line.contains("\"version\":1")), "{once}");
}

#[test]
fn history_tells_of_a_denial_that_became_an_admission() {
    let place = Place::new()
        .with("first.jsonl", r#"{"id":"dam","text":"Ida Osk denied that the dam was unsafe."}"#)
        .with("later.jsonl", r#"{"id":"dam","text":"Ida Osk admitted that the dam was unsafe."}"#);
    place.done(&["ingest", "first.jsonl", "later.jsonl"]);
    let rows = place.done(&["history", "dam", "--format", "jsonl"]);
    let told = rows.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let cue = told.filter(|row| row["what"] == "cue").collect::<Vec<_>>();
    assert_eq!(cue.len(), 1, "{rows}");
    assert_eq!((&cue[0]["before"], &cue[0]["after"]), (&"denied".into(), &"admitted".into()));
    assert!(place.done(&["history", "dam"]).contains("denied → admitted"));
}

/// The ids of all quotes.
fn ids(place: &Place) -> Vec<Value> {
    let rows = place.done(&["quotes", "--format", "jsonl"]);
    rows.lines().map(|line| serde_json::from_str::<Value>(line).unwrap()["id"].clone()).collect()
}

#[test]
fn an_article_that_gets_an_id_later_stays_itself() {
    const TEXT: &str = r#""text":"“We stay,” said Ann Reyes.""#;
    let line = |particulars: &str| format!("{{{particulars},{TEXT}}}");
    let place = Place::new()
        .with("page.jsonl", &line(r#""url":"https://post.example/stay""#))
        .with("known.jsonl", &line(r#""id":"stay","url":"https://post.example/stay","title":"They stay""#))
        .with("moved.jsonl", &line(r#""id":"stay","url":"https://post.example/archive/stay""#));
    place.done(&["ingest", "page.jsonl"]);
    let first = ids(&place);
    for file in ["known.jsonl", "moved.jsonl"] {
        place.done(&["ingest", file]);
        assert_eq!(place.articles("onrecord.db").len(), 1, "{file}");
        assert_eq!(ids(&place), first, "{file}");
    }
    let history = place.done(&["history", "1", "--format", "jsonl"]);
    assert!(history.lines().count() > 1 && !history.contains(r#""what":"quote""#), "{history}");
}

#[test]
fn quotes_found_with_other_weights_are_replaced() {
    let weights = concat!(env!("CARGO_MANIFEST_DIR"), "/models/onrecord.weights");
    let place = place();
    for (more, becomes) in [(&["--weights", weights][..], "1 reanalysed"), (&[], "1 reanalysed")] {
        let said = place.run(&[&["ingest", "changed.jsonl"], more].concat());
        assert!(said.err.contains(becomes), "{more:?}: {}", said.err);
    }
}

#[test]
fn a_standard_error_that_is_full_stops_nothing() {
    let place = Place::new().with("first.jsonl", FIRST).with("broken.jsonl", "{\"text\":7}\n");
    let said = place.shell("$ONRECORD ingest broken.jsonl first.jsonl 2>/dev/full");
    assert_eq!(said.code, Some(1));
    assert_eq!(place.articles("onrecord.db").len(), 3);
}

#[test]
fn forget_without_a_terminal_asks_for_a_yes() {
    let place = place();
    let would = "article would be forgotten for good; --yes does it without asking\n";
    fails(&place.run(&["forget", "toll"]), 2, &format!("1 {would}"));
    let said = place.run(&["forget", "--outlet", "Gazette"]);
    fails(&said, 2, "2 articles would be forgotten for good; --yes does it without asking\n");
    assert_eq!(place.articles("onrecord.db").len(), 3);
    let said = place.run(&["forget", "--outlet", "Nowhere", "--yes"]);
    assert_eq!((said.err.as_str(), said.code), ("no articles found\n", Some(0)));
}

#[test]
fn what_is_forgotten_is_out_of_every_index() {
    let place = place();
    assert_eq!(found(&place, "ferry"), (1, 1));
    let said = place.run(&["forget", "ferry", "--yes"]);
    assert_eq!((said.err.as_str(), said.code), ("Ferry back (ferry)\n1 article forgotten\n", Some(0)));
    place.is_clean("onrecord.db");
    assert_eq!(found(&place, "ferry"), (0, 0));
    assert_eq!(found(&place, "toll"), (1, 1));
    // All versions, and whom only they quote.
    place.done(&["forget", "bridge", "--yes"]);
    place.is_clean("onrecord.db");
    let speakers = place.done(&["speakers", "--format", "jsonl"]);
    assert!(
        speakers.contains("Ida Osk") && !speakers.contains("Reyes") && !speakers.contains("Lund"),
        "{speakers}"
    );
    let said = place.run(&["forget", "--outlet", "gazette", "--yes"]);
    assert_eq!((said.err.as_str(), said.code), ("1 article forgotten\n", Some(0)));
    place.is_clean("onrecord.db");
    for table in ["article", "article_version", "quote", "speaker", "appearance", "sketch_band", "known_as"] {
        assert_eq!(count(&place, &format!("SELECT count(*) FROM {table}")), 0, "{table}");
    }
    // And can come back.
    let back = place.run(&["ingest", "first.jsonl"]);
    assert!(back.err.contains("3 new, 0 changed"), "{}", back.err);
    place.is_clean("onrecord.db");
    assert_eq!(found(&place, "ferry"), (1, 1));
}

#[test]
fn check_counts_what_it_looked_at_and_lists_what_is_wrong() {
    let place = place();
    let said = place.run(&["check"]);
    assert_eq!(
        (said.out.as_str(), said.err.as_str(), said.code),
        ("", "4 article versions looked at: nothing is wrong\n", Some(0))
    );
    let connection = Connection::open(place.path("onrecord.db")).unwrap();
    connection.execute("UPDATE quote SET text = 'We never said that.' WHERE id = 1", []).unwrap();
    drop(connection);
    let said = place.run(&["check"]);
    assert_eq!(said.code, Some(1));
    assert!(said.out.contains("quote 1: its words don't stand in its article\n"), "{}", said.out);
    let findings = said.out.lines().count();
    let told = format!(
        "4 article versions looked at: {findings} findings; put back a copy made by `onrecord backup`"
    );
    assert!(said.err.starts_with(&told), "{}", said.err);
}

#[test]
fn backup_keeps_what_is_there_unless_told_otherwise() {
    let place = place().with("mine.txt", "not a database");
    let said = place.run(&["backup", "mine.txt"]);
    fails(&said, 2, "mine.txt is there already; --replace writes over it\n");
    assert_eq!(fs::read_to_string(place.path("mine.txt")).unwrap(), "not a database");
    let said = place.run(&["backup", "mine.txt", "--replace"]);
    assert_eq!(said.code, Some(0), "{}", said.err);
    assert!(said.err.ends_with(" written to mine.txt\n"), "{}", said.err);
    place.is_clean("mine.txt");

    let itself = "is the database itself; choose another name\n";
    fails(&place.run(&["backup", "onrecord.db", "--replace"]), 2, &format!("onrecord.db {itself}"));
    fails(&place.run(&["backup", "./onrecord.db", "--replace"]), 2, &format!("./onrecord.db {itself}"));
    fs::create_dir(place.path("folder")).unwrap();
    fails(&place.run(&["backup", "folder", "--replace"]), 2, "folder is a folder; name a file\n");
    fails(
        &place.run(&["backup", "nowhere/x.db"]),
        3,
        "nowhere/x.db: can't be opened; check that the folder exists",
    );
    place.is_clean("onrecord.db");
    let left: Vec<String> = place.names().into_iter().filter(|name| name.starts_with('.')).collect();
    assert_eq!(left, Vec::<String>::new());
}

#[test]
fn a_backup_is_a_database_like_any_other() {
    let place = place();
    place.done(&["backup", "copy.db"]);
    assert_eq!(place.export("copy.db"), place.export("onrecord.db"));
    assert_eq!(place.articles("copy.db"), place.articles("onrecord.db"));
    let list = |args: &[&str], db| place.done(&[args, &["--db", db, "--format", "jsonl"]].concat());
    for args in [&["quotes", "--search", "ferry"][..], &["speakers"], &["articles"], &["history", "bridge"]] {
        assert_eq!(list(args, "copy.db"), list(args, "onrecord.db"), "{args:?}");
    }
    fs::write(place.path("more.txt"), "“We stay,” said Ann Reyes.\n").unwrap();
    let said = place.run(&["ingest", "more.txt", "first.jsonl", "changed.jsonl", "--db", "copy.db"]);
    assert_eq!(said.code, Some(0), "{}", said.err);
    assert!(said.err.contains("1 new, "), "{}", said.err);
    place.is_clean("copy.db");
    place.done(&["forget", "ferry", "--yes", "--db", "copy.db"]);
    place.is_clean("copy.db");
    assert_eq!(place.articles("onrecord.db").len(), 3, "the first is not touched");
}
