//! Verdicts on claims, and the scale that they are given on.

mod articles;
mod desk;

use desk::{CLAIM, Desk, FULL, OTHER, WORDING, desk, rows};
use onrecord::model::verdicts::Status;
use rusqlite::Connection;

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
    // Its statements are of no claim, by the way in which this test took them away.
    desk.done(&["forget", "--yes", "https://gazette.example/toll"]);
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
    let sql = "UPDATE wording SET method = 'contained', score = 1,
                      parent = (SELECT id FROM wording WHERE key = ?2) WHERE key = ?1";
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
