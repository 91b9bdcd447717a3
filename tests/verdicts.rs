//! Verdicts on claims, their scale, and ClaimReview in and out.

mod articles;
mod json_schema;

use articles::{article, council, follow_up, place, write};
use assert_cmd::Command;
use json_schema::faults;
use onrecord::model::QuoteKind;
use onrecord::model::verdicts::{ClaimId, Status};
use onrecord::query::Reader;
use onrecord::store::Store;
use rusqlite::Connection;
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// The claim «We will rebuild the bridge … whatever it costs», and a wording of it in another article.
const CLAIM: ClaimId = ClaimId(0xfedc_ba98_7654_3210);
const WORDING: ClaimId = ClaimId(0x1111);
/// A claim of its own: «that the money was gone».
const OTHER: ClaimId = ClaimId(0x2222);

struct Desk {
    folder: TempDir,
    db: PathBuf,
}

/// A database with articles, their claims grouped by hand.
fn desk() -> Desk {
    let (folder, db) = place();
    let mut store = Store::open(&db).unwrap();
    write(&mut store, &council());
    write(&mut store, &follow_up());
    let copy = article("copy", "“We will rebuild the bridge,” said Ana Solís.")
        .of("Hill Post", "2025-10-23", "Bridge </script> to be rebuilt")
        .quote(QuoteKind::Direct, &["“We will rebuild the bridge,”"])
        .said("Ana Solís", "Ana Solís", None);
    write(&mut store, &copy);
    drop(store);
    let connection = Connection::open(&db).unwrap();
    for table in ["sighting", "anchor", "wording"] {
        connection.execute(&format!("DELETE FROM {table}"), []).unwrap();
    }
    let root = wording(&connection, CLAIM, "%whatever it costs%", None);
    wording(&connection, WORDING, "“We will rebuild the bridge,”", Some(root));
    wording(&connection, OTHER, "that the money was gone", None);
    Desk { folder, db }
}

fn wording(connection: &Connection, id: ClaimId, words: &str, parent: Option<i64>) -> i64 {
    connection
        .execute(
            "INSERT INTO wording (key, speaker, quote, verbatim, words, printed, parent, method, score)
             SELECT ?1, speaker, id, 3, 5, 1, ?3, iif(?3 IS NULL, NULL, 'contained'), iif(?3 IS NULL, NULL, 1.0)
               FROM quote WHERE text LIKE ?2",
            (id.key(), words, parent),
        )
        .unwrap();
    let row = connection.last_insert_rowid();
    let sighting = "INSERT INTO sighting SELECT id, quote FROM wording WHERE id = ?1";
    assert_eq!(connection.execute(sighting, [row]).unwrap(), 1);
    row
}

struct Ran {
    out: String,
    err: String,
    code: Option<i32>,
}

impl Desk {
    fn run(&self, args: &[&str]) -> Ran {
        run(&self.db, args)
    }

    #[track_caller]
    fn done(&self, args: &[&str]) -> String {
        let ran = self.run(args);
        assert_eq!(ran.code, Some(0), "{args:?}: {}", ran.err);
        ran.out
    }

    fn file(&self, name: &str, content: &str) -> String {
        let path = self.folder.path().join(name);
        fs::write(&path, content).unwrap();
        path.to_str().unwrap().to_owned()
    }

    fn path(&self, name: &str) -> String {
        self.folder.path().join(name).to_str().unwrap().to_owned()
    }

    fn reader(&self) -> Reader {
        Reader::open(&self.db).unwrap()
    }

    fn set(&self, claim: ClaimId, args: &[&str]) {
        let claim = claim.to_string();
        self.done(&[&["verdict", "set", &claim], args].concat());
    }
}

fn run(db: &Path, args: &[&str]) -> Ran {
    let mut command = Command::new(env!("CARGO_BIN_EXE_onrecord"));
    command.env("ONRECORD_DB", db).env("USER", "desk").env_remove("ONRECORD_REVIEWER").args(args);
    let output = command.output().expect("the program runs");
    Ran {
        out: String::from_utf8(output.stdout).expect("UTF-8"),
        err: String::from_utf8(output.stderr).expect("UTF-8"),
        code: output.status.code(),
    }
}

fn rows(jsonl: &str) -> Vec<Value> {
    jsonl.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

const FULL: &[&str] = &[
    "--rating",
    "Mostly FALSE",
    "--by",
    "Bo Lund",
    "--date",
    "2025-11-04",
    "--note",
    "Half of it </script> came.",
    "--evidence",
    "https://audit.example/1",
    "https://audit.example/2",
    "--published-at",
    "https://desk.example/bridge",
];

#[test]
fn a_verdict_on_any_wording_is_the_claims_and_the_latest_counts() {
    let desk = desk();
    assert_eq!(desk.reader().claim_status(CLAIM).unwrap(), Status::Open);
    desk.set(WORDING, &["--status", "in-progress", "--date", "2025-11-03"]);
    desk.set(CLAIM, FULL);
    let reader = desk.reader();
    assert_eq!(reader.claim_status(WORDING).unwrap(), Status::Checked);
    let history = reader.verdict_history(WORDING).unwrap();
    assert_eq!(history.len(), 2);
    assert_eq!((history[0].decision.reviewer.as_str(), history[0].number), ("desk", 1));
    assert_eq!(history[1].id(), format!("{CLAIM}/2"));
    let verdict = reader.verdict_of(&[CLAIM, WORDING]).unwrap().unwrap();
    assert_eq!(verdict, history[1]);
    assert_eq!(verdict.decision.rating.as_ref().unwrap().value, Some(2.0));
    assert_eq!(verdict.claim.words, "“We will rebuild the bridge,” … “whatever it costs.”");
    let printed: Vec<&str> = verdict.claim.printed.iter().map(|printed| printed.article.as_str()).collect();
    assert_eq!(printed, ["https://herald.example/bridge", "copy"]);
    assert_eq!(reader.claim_status(OTHER).unwrap(), Status::Open);
    let listed = rows(&desk.done(&["verdict", "list", "--format", "jsonl"]));
    assert_eq!(listed.len(), 1);
    assert_eq!(listed[0]["rating"], "mostly false");
    assert_eq!(rows(&desk.done(&["verdict", "list", "--history", "--format", "jsonl"])).len(), 2);
    for (filter, count) in [
        (["--rating", "mostly false"], 1),
        (["--rating", "true"], 0),
        (["--by", "lund"], 1),
        (["--by", "desk"], 0),
        (["--speaker", "solis"], 1),
        (["--speaker", "lund"], 0),
        (["--since", "2025-12"], 0),
        (["--until", "2025"], 1),
        (["--status", "in_progress"], 0),
    ] {
        let listed = desk.done(&["verdict", "list", "--format", "jsonl", filter[0], filter[1]]);
        assert_eq!(rows(&listed).len(), count, "{filter:?}");
    }
}

#[test]
fn entries_are_only_ever_added_and_outlive_their_articles() {
    let desk = desk();
    desk.set(CLAIM, FULL);
    let connection = Connection::open(&desk.db).unwrap();
    assert!(connection.execute("DELETE FROM verdict", []).is_err());
    assert!(connection.execute("UPDATE verdict SET note = 'x'", []).is_err());
    connection.execute_batch("DELETE FROM sighting; DELETE FROM anchor; DELETE FROM wording;").unwrap();
    for key in ["https://herald.example/bridge", "copy"] {
        desk.done(&["forget", "--yes", key]);
    }
    let shown = desk.run(&["verdict", "show", &CLAIM.to_string()]);
    assert!(shown.err.contains("Ana Solís: “We will rebuild the bridge,”"), "{}", shown.err);
    assert!(
        shown.out.contains("mostly false") && shown.out.contains("https://audit.example/2"),
        "{}",
        shown.out
    );
    desk.set(CLAIM, &["--status", "open", "--note", "New documents."]);
    assert_eq!(desk.reader().verdict_history(CLAIM).unwrap()[1].claim.printed.len(), 2);
    desk.done(&["check"]);
}

#[test]
fn an_entry_moves_with_its_wording_when_claims_are_grouped_otherwise() {
    let desk = desk();
    desk.set(OTHER, &["--rating", "true", "--date", "2025-11-01"]);
    desk.set(CLAIM, &["--rating", "false", "--date", "2025-11-02"]);
    let listed = |desk: &Desk| rows(&desk.done(&["verdict", "list", "--format", "jsonl"])).len();
    assert_eq!(listed(&desk), 2);
    let connection = Connection::open(&desk.db).unwrap();
    let sql = "UPDATE wording SET method = 'person', score = 1, parent = (SELECT id FROM wording WHERE key = ?2) WHERE key = ?1";
    connection.execute(sql, [OTHER.key(), CLAIM.key()]).unwrap();
    assert_eq!(listed(&desk), 1);
    assert_eq!(desk.reader().verdict_history(OTHER).unwrap().len(), 2);
    assert_eq!(desk.reader().claim_status(OTHER).unwrap(), Status::Checked);
}

#[test]
fn wrong_use_says_what_would_be_right() {
    let desk = desk();
    let claim = CLAIM.to_string();
    for (args, hint) in [
        (&["c0000000000000001", "--rating", "true"][..], "`onrecord claims` lists them"),
        (&["bridge", "--rating", "true"], "one looks like c0123456789abcdef"),
        (&[&claim], "--status"),
        (&[&claim, "--status", "checked"], "one of true, mostly true"),
        (&[&claim, "--rating", "purple"], "«purple» is not on the scale: true,"),
        (&[&claim, "--status", "open", "--rating", "true"], "has no rating"),
        (&[&claim, "--status", "done"], "not_checkable"),
        (&[&claim, "--rating", "true", "--evidence", "audit.pdf"], "a web address is needed"),
        (&[&claim, "--rating", "true", "--date", "2025-11"], "is no day"),
        (&[&claim, "--rating", "true", "--by", " "], "--by NAME or ONRECORD_REVIEWER"),
    ] {
        let ran = desk.run(&[&["verdict", "set"], args].concat());
        assert_eq!(ran.code, Some(2), "{args:?}: {}", ran.err);
        assert!(ran.err.contains(hint), "{args:?}: {}", ran.err);
    }
    assert_eq!(desk.done(&["verdict", "list", "--format", "json"]), "[]\n");
}

#[test]
fn a_scale_of_ones_own_leaves_earlier_verdicts_as_they_were() {
    let desk = desk();
    desk.set(CLAIM, &["--rating", "false"]);
    let table = desk
        .file("scale.csv", "name,alternate_name,value,worst,best\nright,Right,1,0,1\nwrong,Wrong,0,0,1\n");
    desk.done(&["verdict", "scale", "--set", &table]);
    assert_eq!(
        desk.done(&["verdict", "scale", "--format", "csv"]).lines().nth(2),
        Some("wrong,Wrong,0.0,0.0,1.0")
    );
    assert_eq!(desk.run(&["verdict", "set", &CLAIM.to_string(), "--rating", "false"]).code, Some(2));
    let latest = desk.reader().verdict_of(&[CLAIM]).unwrap().unwrap();
    assert_eq!(latest.decision.rating.unwrap().best, Some(5.0));
    let csv = desk.done(&["verdict", "scale", "--format", "csv"]);
    let again = desk.file("again.csv", &csv);
    desk.done(&["verdict", "scale", "--set", &again]);
    assert_eq!(desk.done(&["verdict", "scale", "--format", "csv"]), csv);
    let broken = desk.file("broken.csv", "name,value\nx,1\n");
    let ran = desk.run(&["verdict", "scale", "--set", &broken]);
    assert_eq!(ran.code, Some(1));
    assert!(ran.err.contains("broken.csv: «x» should have value, worst and best"), "{}", ran.err);
    let reset = desk.done(&["verdict", "scale", "--reset", "--format", "csv"]);
    assert_eq!(reset.lines().nth(5), Some("false,False,1.0,1.0,5.0"));
}

fn schema() -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/claimreview.schema.json");
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

/// Reviews as fact-checkers publish them, one of an unknown property, one undated, one of a claim here.
fn others() -> Value {
    json!([
        { "@context": "http://schema.org", "@type": "ClaimReview", "claimReviewed": "The tide <b>wall</b> is finished.",
          "datePublished": "2025-11-04", "url": "https://facts.example/tide", "author": { "@type": "Organization", "name": "Fact Desk" },
          "reviewRating": { "@type": "Rating", "ratingValue": "1", "bestRating": "5", "alternateName": "False" },
          "itemReviewed": { "@type": "CreativeWork", "author": { "name": "Ann Reyes" } }, "deskNumber": [1, 2.5, null] },
        { "@type": "ClaimReview", "claimReviewed": "An undated claim of nobody", "reviewRating": "Unclear" },
        { "@type": ["Review", "ClaimReview"], "claimReviewed": "THAT the money was gone!", "datePublished": "2025-05-03T01:00:00Z",
          "url": "https://facts.example/money", "author": "Fact Desk", "reviewRating": { "ratingValue": 2, "bestRating": 5 },
          "itemReviewed": { "@type": "Claim", "author": { "name": "Piotr Walesa" } } },
    ])
}

#[test]
fn an_export_read_back_into_an_empty_database_is_exported_the_same() {
    let desk = desk();
    desk.set(WORDING, &["--status", "in_progress", "--date", "2025-11-03"]);
    desk.set(CLAIM, FULL);
    desk.set(OTHER, &["--rating", "unproven"]);
    let file = desk.file("others.json", &others().to_string());
    let ran = desk.run(&["verdict", "import", &file]);
    assert!(ran.err.contains("3 reviews read: 3 new, 0 changed, 0 there already"), "{}", ran.err);
    assert!(ran.err.contains("1 review here is in the words of a claim"), "{}", ran.err);
    for (name, options) in [("latest", &[][..]), ("all", &["--history", "--publisher", "The Harbour Herald"])]
    {
        let first = desk.path(&format!("{name}.json"));
        desk.done(&[&["verdict", "export", "-o", &first], options].concat());
        let empty = desk.folder.path().join(format!("{name}.db"));
        let ran = run(&empty, &["verdict", "import", &first]);
        assert_eq!(ran.code, Some(0), "{}", ran.err);
        let second = run(&empty, &["verdict", "export"]);
        let first = fs::read_to_string(&first).unwrap();
        assert_eq!(second.out, first, "{}", second.err);
        assert!(!first.contains('<'));
        let document: Value = serde_json::from_str(&first).unwrap();
        assert_eq!(faults(&schema(), &document), Vec::<String>::new());
        let count = document["@graph"].as_array().unwrap().len();
        assert_eq!(count, if name == "all" { 6 } else { 5 });
    }
}

#[test]
fn an_own_export_brought_back_is_not_taken_for_anothers() {
    let desk = desk();
    desk.set(CLAIM, FULL);
    let file = desk.path("own.json");
    desk.done(&["verdict", "export", "-o", &file]);
    let ran = desk.run(&["verdict", "import", &file]);
    assert!(ran.err.contains("0 new, 0 changed, 0 there already, 1 of this database's own"), "{}", ran.err);
    assert_eq!(desk.done(&["verdict", "export"]), fs::read_to_string(&file).unwrap());
}

#[test]
fn an_entry_says_all_that_is_known_in_schema_orgs_words() {
    let desk = desk();
    desk.set(CLAIM, FULL);
    let document: Value = serde_json::from_str(&desk.done(&["verdict", "export"])).unwrap();
    let review = &document["@graph"][0];
    assert_eq!(review["claimReviewed"], "“We will rebuild the bridge,” … “whatever it costs.”");
    assert_eq!(review["reviewRating"]["alternateName"], "Mostly false");
    assert_eq!(review["reviewRating"]["ratingValue"], 2);
    assert_eq!(review["citation"][1], "https://audit.example/2");
    assert_eq!(review["reviewBody"], "Half of it </script> came.");
    let claim = &review["itemReviewed"];
    assert_eq!(claim["author"], json!({ "@type": "Person", "name": "Ana Solís" }));
    assert_eq!(claim["firstAppearance"]["publisher"]["name"], "The Harbour Herald");
    assert_eq!(claim["datePublished"], "2025-10-22");
    assert_eq!(claim["appearance"].as_array().unwrap().len(), 2);
    assert_eq!(claim["hasPart"][1]["text"], "“We will rebuild the bridge,”");
    assert_eq!(claim["hasPart"][1]["isPartOf"]["identifier"], "copy");
}

#[test]
fn the_schema_refuses_what_is_not_written_here() {
    let desk = desk();
    desk.set(CLAIM, FULL);
    let good: Value = serde_json::from_str(&desk.done(&["verdict", "export"])).unwrap();
    let broken = |pointer: &str, value: Value| {
        let mut document = good.clone();
        let (parent, name) = pointer.rsplit_once('/').unwrap();
        document.pointer_mut(parent).unwrap()[name] = value;
        faults(&schema(), &document)
    };
    for (pointer, value) in [
        ("/@graph/0/verdict", json!("x")),
        ("/@graph/0/itemReviewed/speaker", json!("x")),
        ("/@graph/0/claimReviewed", json!("")),
        ("/@graph/0/creativeWorkStatus", json!("open")),
        ("/@graph/0/citation", json!(["ftp://x"])),
        ("/@graph/0/reviewRating/ratingValue", json!("2")),
        ("/@graph/0/author", json!("Bo Lund")),
        ("/@graph/0/datePublished", json!("May")),
        ("/@graph", json!({})),
        ("/more", json!(1)),
    ] {
        assert!(!broken(pointer, value).is_empty(), "{pointer}");
    }
}

#[test]
fn reviews_of_others_are_found_by_their_words_whichever_came_first() {
    let desk = desk();
    let file = desk.file("others.json", &others().to_string());
    desk.done(&["verdict", "import", &file]);
    let listed = rows(&desk.done(&["verdict", "reviews", "--format", "jsonl"]));
    let claims: Vec<&Value> = listed.iter().map(|row| &row["claim"]).collect();
    assert_eq!(claims, [&json!(OTHER.to_string()), &Value::Null, &Value::Null]);
    assert_eq!(listed[0]["rating"], "2 of 5");
    let shown = desk.run(&["verdict", "show", &OTHER.to_string()]);
    let told = "rated «2 of 5» by Fact Desk on 2025-05-03 (https://facts.example/money)";
    assert!(shown.err.contains(told) && shown.err.contains("nobody has given a verdict"), "{}", shown.err);
    assert_eq!(
        desk.reader().claim_status(OTHER).unwrap(),
        Status::Open,
        "others' reviews are no verdicts here"
    );
    let mut changed = others();
    changed[0]["reviewRating"]["alternateName"] = json!("True after all");
    let file = desk.file("changed.json", &changed.to_string());
    let ran = desk.run(&["verdict", "import", &file]);
    assert!(ran.err.contains("0 new, 1 changed, 2 there already"), "{}", ran.err);
    assert_eq!(rows(&desk.done(&["verdict", "reviews", "--by", "desk", "--format", "jsonl"])).len(), 2);
}

#[test]
fn each_bad_file_and_review_is_named_and_the_rest_is_kept() {
    let desk = desk();
    let good = desk.file("good.json", &others().to_string());
    let bad = desk.file("bad.jsonl", "{\"@type\":\"ClaimReview\"}\n{\"@type\":\"ClaimReview\",\"claimReviewed\":\"Kept all the same.\"}\n{x\n");
    let page = desk.file("page.html", "<p>Nothing here");
    let missing = desk.path("missing.json");
    let ran = desk.run(&["verdict", "import", &bad, &page, &missing, &good]);
    assert_eq!(ran.code, Some(1));
    for told in [
        "bad.jsonl:1: review 1 doesn't say what it reviews",
        "bad.jsonl:3: no JSON",
        "page.html: is a web page without JSON-LD",
        "missing.json: there is no such file",
        "4 reviews read: 4 new, 0 changed, 0 there already; 4 failed",
    ] {
        assert!(ran.err.contains(told), "{told}: {}", ran.err);
    }
}
