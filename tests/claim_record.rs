//! A claim's record: how it was put, what it is about, how much it is worth checking; lists and exports by that.

mod articles;
mod desk;

use articles::{Article, article, place, write};
use desk::{Ran, run};
use onrecord::claims::worth::worth;
use onrecord::model::{CueClass, QuoteKind};
use onrecord::query::Reader;
use onrecord::store::Store;
use rusqlite::Connection;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use tempfile::TempDir;

const SPENT: &str = "“We spent 4.2 billion crowns on the Corrin bridge in 2024,”";
const CUT: &str = "“We spent 4.2 billion crowns on the Corrin bridge,”";
const PROUD: &str = "“Thank you all, I am so proud of this lovely town,”";
const LATE: &str = "that the ferry to Lake Varn had lost 400 passengers to Orbo Lines";

fn print(
    key: &str,
    outlet: &str,
    day: &str,
    words: &str,
    put: (&str, &str, CueClass),
    name: &str,
) -> Article {
    let text = format!("{words} {} {name}.", put.0);
    let kind = if words.starts_with('“') { QuoteKind::Direct } else { QuoteKind::Indirect };
    article(key, &text)
        .of(outlet, day, key)
        .quote(kind, &[words])
        .said(name, name, None)
        .cue(put.0, put.1, put.2)
}

fn prints() -> Vec<Article> {
    let (said, warned) = (("said", "say", CueClass::Say), ("warned", "warn", CueClass::Warn));
    let denied = ("denied", "deny", CueClass::Deny);
    vec![
        print("first", "Harbour Post", "2025-03-01", SPENT, said, "Ann Reyes"),
        print("second", "Valley Echo", "2025-03-02", SPENT, said, "Ann Reyes"),
        print("third", "Valley Echo", "2025-03-03", SPENT, warned, "Ann Reyes"),
        print("fourth", "Hill Times", "2025-03-04", CUT, said, "Ann Reyes"),
        print("thanks", "Hill Times", "2025-04-01", PROUD, said, "Bo Lund"),
        print("ferry", "Valley Echo", "2025-04-02", LATE, denied, "Bo Lund"),
    ]
}

struct Office {
    _folder: TempDir,
    db: PathBuf,
}

fn office_of<'a>(articles: impl IntoIterator<Item = &'a Article>) -> Office {
    let (folder, db) = place();
    let mut store = Store::open(&db).unwrap();
    for article in articles {
        write(&mut store, article);
    }
    Office { _folder: folder, db }
}

fn office() -> Office {
    office_of(&prints())
}

impl Office {
    fn run(&self, args: &[&str]) -> Ran {
        run(&self.db, args)
    }

    #[track_caller]
    fn done(&self, args: &[&str]) -> String {
        let ran = self.run(args);
        assert_eq!(ran.code, Some(0), "{args:?}: {}", ran.err);
        ran.out
    }

    #[track_caller]
    fn claims(&self, args: &[&str]) -> Vec<Value> {
        desk::rows(&self.done(&[&["claims", "--format", "jsonl"], args].concat()))
    }

    /// The keys of the articles in which the claims were printed first.
    #[track_caller]
    fn first(&self, args: &[&str]) -> Vec<String> {
        let claims = self.claims(args);
        claims.iter().map(|claim| claim["appearances"][0]["article"].as_str().unwrap().to_owned()).collect()
    }

    /// What is kept of each wording's worth, by its words.
    fn kept(&self) -> BTreeMap<String, f64> {
        let sql = "SELECT q.text, w.worth FROM wording AS w JOIN quote AS q ON q.id = w.quote";
        let connection = Connection::open(&self.db).unwrap();
        let mut select = connection.prepare(sql).unwrap();
        let rows = select.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
        rows.map(Result::unwrap).collect()
    }
}

#[test]
fn a_record_says_how_the_claim_was_put_and_what_it_is_about() {
    let claims = office().claims(&["--limit", "0"]);
    let claim = &claims[0];
    assert_eq!(claim["text"], SPENT);
    assert_eq!(
        (&claim["prints"], &claim["outlets"], &claim["state"]),
        (&json!(4), &json!(3), &json!("machine"))
    );
    let cues = json!([
        {"class": "say", "lemma": "say", "count": 3},
        {"class": "warn", "lemma": "warn", "count": 1},
    ]);
    assert_eq!(claim["cues"], cues);
    let subjects = json!([
        {"kind": "number", "text": "4.2 billion crowns"},
        {"kind": "name", "text": "Corrin"},
        {"kind": "date", "text": "2024"},
    ]);
    assert_eq!(claim["subjects"], subjects);
    let reasons: Vec<&str> = claim["reasons"].as_array().unwrap().iter().map(name).collect();
    for reason in ["number", "money", "date", "a name", "past event"] {
        assert!(reasons.contains(&reason), "{reasons:?}");
    }
    assert_eq!(claim["worth"], json!(worth(SPENT, Some(CueClass::Say)).score));
    assert_eq!(claim["appearances"][2]["cue_lemma"], "warn");
    let ferry = claims.iter().find(|claim| claim["speaker"] == "Bo Lund" && claim["text"] == LATE).unwrap();
    assert!(ferry["subjects"].as_array().unwrap().contains(&json!({"kind": "place", "text": "Lake Varn"})));
    assert!(ferry["reasons"].as_array().unwrap().iter().any(|reason| name(reason) == "put as a fact"));
}

fn name(reason: &Value) -> &str {
    reason["reason"].as_str().unwrap()
}

#[test]
fn the_page_of_a_claim_tells_all_of_it() {
    let office = office();
    let id = office.claims(&[])[0]["id"].as_str().unwrap().to_owned();
    let page = office.done(&["claims", "show", &id]);
    assert!(page.contains("\nput as: said 3, warned 1\n"), "{page}");
    assert!(page.contains("\nabout: 4.2 billion crowns (number), Corrin (name), 2024 (date)\n"), "{page}");
    assert!(page.contains("\nworth checking: 0.") && page.contains(", for past event «spent» +"), "{page}");
    let record = office.done(&["claims", "show", &id, "--format", "json"]);
    let record: Value = serde_json::from_str(&record).unwrap();
    assert_eq!(record, json!([office.claims(&[])[0]]));
    let ran = office.run(&["claims", "show", "c0000000000000000"]);
    assert!(ran.code == Some(2) && ran.err.contains("`onrecord claims` lists them"), "{}", ran.err);
}

#[test]
fn claims_are_listed_by_what_they_are_worth() {
    let office = office();
    assert_eq!(office.first(&["--sort", "worth"]), ["ferry", "first", "thanks"]);
    let least = office.claims(&["--sort", "worth"])[1]["worth"].to_string();
    assert_eq!(office.first(&["--min-worth", &least]), ["first", "ferry"]);
    assert_eq!(office.first(&["--min-worth", &least, "--speaker", "lund"]), ["ferry"]);
    let table = office.done(&["claims", "--sort", "worth"]);
    assert!(table.lines().next().unwrap().contains("worth"), "{table}");
    assert!(table.lines().all(|line| line.chars().count() <= 110), "{table}");
    let ran = office.run(&["claims", "--min-worth", "7"]);
    assert!(ran.code == Some(2) && ran.err.contains("0 to 1"), "{}", ran.err);
}

#[test]
fn the_worth_that_is_kept_is_that_of_the_words_whatever_comes_and_goes() {
    let expected: BTreeMap<String, f64> = prints()
        .iter()
        .map(|print| {
            let span = print.analysis.quotes[0].parts[0];
            let words = print.document.text.as_str()[span.range()].to_owned();
            let class = print.analysis.attributions[0].cue.as_ref().map(|cue| cue.class);
            let score = worth(&words, class).score;
            (words, score)
        })
        .collect();
    assert_eq!(office().kept().len(), expected.len());
    let (forward, backward) = (office(), office_of(prints().iter().rev()));
    assert_eq!(forward.kept(), expected);
    assert_eq!(backward.kept(), expected);
    // The print that shows the claim goes; another one, put otherwise, shows it.
    let denied = ("denied", "deny", CueClass::Deny);
    let other =
        print("other", "Hill Times", "2025-06-01", LATE, ("claimed", "claim", CueClass::Claim), "Bo Lund");
    let thought =
        print("late", "Hill Times", "2025-07-01", LATE, ("thinks", "think", CueClass::Think), "Bo Lund");
    let ferry = print("ferry", "Valley Echo", "2025-04-02", LATE, denied, "Bo Lund");
    let office = office_of([&thought, &ferry]);
    assert_eq!(office.kept()[LATE], worth(LATE, Some(CueClass::Deny)).score);
    office.done(&["forget", "--yes", "ferry"]);
    assert_eq!(office.kept()[LATE], worth(LATE, Some(CueClass::Think)).score);
    assert!(worth(LATE, Some(CueClass::Think)).score < worth(LATE, Some(CueClass::Claim)).score);
    write(&mut Store::open(&office.db).unwrap(), &other);
    assert_eq!(office.kept()[LATE], worth(LATE, Some(CueClass::Claim)).score);
    office.done(&["check"]);
}

#[test]
fn filters_find_outlets_subjects_and_the_work_of_people() {
    let office = office();
    for (filter, expected) in [
        (&["--outlet", "harbour"][..], &["first"][..]),
        (&["--outlet", "hill"], &["first", "thanks"]),
        (&["--about", "corrin"], &["first"]),
        (&["--about", "4.2 billion"], &["first"]),
        (&["--about", "lake varn"], &["ferry"]),
        (&["--about", "ferry"], &[]),
        (&["--about", "corrin", "--search", "bridge"], &["first"]),
        (&["--about", "corrin", "--search", "ferry"], &[]),
        (&["--status", "open", "--since", "2025-04"], &["thanks", "ferry"]),
        (&["--status", "checked"], &[]),
    ] {
        let mut found = office.first(filter);
        found.sort();
        let mut expected: Vec<String> = expected.iter().map(|&key| key.to_owned()).collect();
        expected.sort();
        assert_eq!(found, expected, "{filter:?}");
    }
    let id = office.claims(&["--about", "corrin"])[0]["id"].as_str().unwrap().to_owned();
    office.done(&["verdict", "set", &id, "--status", "in-progress", "--by", "Bea"]);
    assert_eq!(office.first(&["--status", "in-progress"]), ["first"]);
    assert_eq!(office.first(&["--status", "open"]).len(), 2);
    let ran = office.run(&["claims", "--status", "done"]);
    assert!(ran.code == Some(2) && ran.err.contains("not-checkable"), "{}", ran.err);
}

#[test]
fn machine_reviewed_and_rejected_claims_stay_three() {
    let office = office();
    office.done(&["correct", "second", "1", "--confirm", "--by", "Bea"]);
    let rejected = office.claims(&["--about", "lake varn"])[0]["id"].as_str().unwrap().to_owned();
    office.done(&["correct", "ferry", "1", "--not-a-quote", "--by", "Bea"]);
    assert_eq!(office.first(&["--state", "reviewed"]), ["first"]);
    assert_eq!(office.first(&["--state", "machine"]), ["thanks"]);
    assert_eq!(office.first(&["--state", "rejected"]), ["ferry"]);
    assert_eq!(office.first(&[]), ["first", "thanks"]);
    assert_eq!(office.first(&["--state", "machine,reviewed,rejected"]).len(), 3);
    assert_eq!(office.first(&["--state", "rejected", "--speaker", "reyes"]), Vec::<String>::new());
    assert_eq!(office.first(&["--state", "rejected", "--speaker", "lund"]), ["ferry"]);
    let claim = &office.claims(&["--state", "rejected"])[0];
    assert_eq!(
        (&claim["id"], &claim["text"], &claim["state"]),
        (&json!(rejected), &json!(LATE), &json!("rejected"))
    );
    assert!(office.done(&["claims", "show", &rejected]).contains("· rejected ·"));
    assert!(office.done(&["claims"]).contains("reviewed"));
}

#[test]
fn claims_are_exported_as_they_are_listed() {
    let office = office();
    let file = office.db.with_file_name("claims.jsonl");
    let path = file.to_str().unwrap();
    let ran = office.run(&["export", "claims", "--format", "jsonl", "-o", path]);
    assert!(ran.code == Some(0) && ran.err.starts_with("3 claims written to "), "{}", ran.err);
    assert_eq!(
        fs::read_to_string(&file).unwrap(),
        office.done(&["claims", "--format", "jsonl", "--limit", "0"])
    );
    let json: Value = serde_json::from_str(&office.done(&["export", "claims", "--format", "json"])).unwrap();
    assert_eq!(json.as_array().unwrap().len(), 3);
    for field in ["id", "speaker", "text", "first_seen", "last_seen", "status", "appearances"] {
        assert!(json[0].get(field).is_some(), "{field}");
    }
    let csv =
        office.done(&["export", "claims", "--format", "csv", "--about", "corrin", "--min-worth", "0.5"]);
    let mut csv = csv::Reader::from_reader(csv.as_bytes());
    let rows: Vec<csv::StringRecord> = csv.records().map(Result::unwrap).collect();
    assert_eq!((rows.len(), &rows[0][3]), (1, SPENT));
    for (args, hint) in [
        (["export", "quotes", "--format", "csv", "--speaker", "lund"], "`onrecord quotes` takes filters"),
        (["export", "quotes", "--format", "claimreview", "--state", "machine"], "onrecord export claims"),
    ] {
        let ran = office.run(&args);
        assert!(ran.code == Some(2) && ran.err.contains(hint), "{}", ran.err);
    }
}

#[test]
fn verdicts_are_exported_of_the_claims_that_are_asked_for() {
    let office = office();
    for (about, rating) in [("corrin", "true"), ("lake varn", "false")] {
        let id = office.claims(&["--about", about])[0]["id"].as_str().unwrap().to_owned();
        office.done(&["verdict", "set", &id, "--rating", rating, "--by", "Bea", "--date", "2025-05-01"]);
    }
    let all = office.done(&["export", "claims", "--format", "claimreview"]);
    assert_eq!(all, office.done(&["verdict", "export"]));
    let some = office.done(&["export", "claims", "--format", "claimreview", "--about", "corrin"]);
    let some: Value = serde_json::from_str(&some).unwrap();
    let graph = some["@graph"].as_array().unwrap();
    assert_eq!((graph.len(), &graph[0]["claimReviewed"]), (1, &json!(SPENT)));
    assert_eq!(office.first(&["--status", "checked"]).len(), 2);
}

#[test]
fn whom_a_name_stands_for_is_asked_of_the_speakers() {
    let mut articles = prints();
    let words = "“Valdane and Ann Reyes lied about Reyes to the Corrin council,”";
    articles.push(print("x", "Echo", "2025-05-01", words, ("said", "say", CueClass::Say), "Bo Lund"));
    articles.push(print(
        "y",
        "Echo",
        "2025-05-02",
        "“Nobody has asked us,”",
        ("said", "say", CueClass::Say),
        "Valdane",
    ));
    let office = office_of(&articles);
    let claims = office.claims(&["--search", "lied"]);
    let people = json!([
        {"kind": "person", "text": "Valdane"},
        {"kind": "person", "text": "Ann Reyes"},
        {"kind": "person", "text": "Reyes"},
        {"kind": "name", "text": "Corrin"},
    ]);
    assert_eq!(claims[0]["subjects"], people);
    let reader = Reader::open(&office.db).unwrap();
    assert!(reader.match_speakers("Valdane").is_ok());
}

#[test]
fn nothing_of_an_article_steers_the_terminal() {
    let evil = "“Boom \u{1b}[31m Zo\u{9b}2J and 5 \u{202e}crowns in Rome,”";
    let said = ("said", "say", CueClass::Say);
    let office = office_of(&[print("evil", "Out\u{1b}[2Jlet", "2025-05-01", evil, said, "Bo Lund")]);
    let id = office.claims(&[])[0]["id"].as_str().unwrap().to_owned();
    for args in [&["claims"][..], &["claims", "show", &id]] {
        let ran = office.run(args);
        let steers = |c: char| (c.is_control() && c != '\n') || c == '\u{202e}';
        assert!(!ran.out.contains(steers), "{:?}", ran.out);
    }
}
