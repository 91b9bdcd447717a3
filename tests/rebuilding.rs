//! `ingest --no-claims` and `claims rebuild`: the same groups as kept step by step, whatever is stopped or said.

#[path = "../benches/news/mod.rs"]
mod news;
mod program;

use news::News;
use program::{Place, Random, timed};
use rusqlite::Connection;
use serde_json::Value;
use std::collections::BTreeSet;
use std::process::Command;
use std::time::Duration;

/// A program without optimisation takes its time.
const ARTICLES: usize = 1000;
/// Where it is run again and again.
const FEWER: usize = 100;

fn news(count: usize) -> String {
    News::new(6).take(count).map(|article| article.to_json_line()).collect()
}

fn place(count: usize) -> Place {
    Place::new().with("news.jsonl", &news(count))
}

/// The claims as lists of their statements, by article and words.
fn groups(place: &Place, db: &str) -> BTreeSet<(String, Vec<(String, String)>)> {
    let connection = Connection::open(place.path(db)).unwrap();
    let sql = "WITH RECURSIVE up (wording, root) AS (
                   SELECT id, id FROM wording WHERE parent IS NULL
                    UNION ALL SELECT w.id, up.root FROM up JOIN wording AS w ON w.parent = up.wording)
               SELECT printf('c%016x', r.key), a.key, q.text
                 FROM up JOIN wording AS r ON r.id = up.root JOIN sighting AS g ON g.wording = up.wording
                 JOIN quote AS q ON q.id = g.quote JOIN article_version AS v ON v.id = q.version
                 JOIN article AS a ON a.id = v.article ORDER BY 1, 2, 3";
    let mut groups: Vec<(String, Vec<(String, String)>)> = Vec::new();
    let mut statement = connection.prepare(sql).unwrap();
    let mut rows = statement.query([]).unwrap();
    while let Some(row) = rows.next().unwrap() {
        let (claim, print): (String, _) = (row.get(0).unwrap(), (row.get(1).unwrap(), row.get(2).unwrap()));
        match groups.last_mut() {
            Some((last, prints)) if *last == claim => prints.push(print),
            _ => groups.push((claim, vec![print])),
        }
    }
    groups.into_iter().collect()
}

fn rows(place: &Place, db: &str, sql: &str) -> i64 {
    Connection::open(place.path(db)).unwrap().query_row(sql, [], |row| row.get(0)).unwrap()
}

fn rebuilt(place: &Place, db: &str) -> Value {
    serde_json::from_str(&place.done(&["claims", "rebuild", "--format", "jsonl", "--db", db])).unwrap()
}

#[test]
fn a_rebuild_makes_the_groups_that_were_kept_step_by_step() {
    let place = place(ARTICLES);
    place.done(&["ingest", "news.jsonl", "--db", "kept.db"]);
    let kept = groups(&place, "kept.db");
    let several = kept.iter().filter(|(_, prints)| prints.len() > 1).count();
    assert!(several > 100, "{several} of {} have several prints", kept.len());

    let said = place.run(&["ingest", "news.jsonl", "--no-claims", "--db", "left.db"]);
    assert!(
        said.err.contains("claims were left for later: `onrecord claims rebuild --db 'left.db'`"),
        "{}",
        said.err
    );
    assert_eq!(place.export("left.db"), place.export("kept.db"), "the quotes are those of any ingest");
    assert!(groups(&place, "left.db").is_empty());
    let told = rebuilt(&place, "left.db");
    assert!(groups(&place, "left.db") == kept, "another grouping than step by step");
    assert_eq!((&told["claims"], &told["changed"]), (&Value::from(kept.len()), &Value::from(kept.len())));
    assert_eq!((&told["claims_before"], &told["statements_before"]), (&Value::from(0), &Value::from(0)));
    place.is_clean("left.db");

    // Once more, of claims that are as they should be.
    let again = rebuilt(&place, "kept.db");
    assert_eq!((&again["changed"], &again["claims"]), (&Value::from(0), &again["claims_before"]));
    assert_eq!(again["statements"], told["statements"]);
    assert!(groups(&place, "kept.db") == kept);
    for table in ["wording", "sighting", "anchor"] {
        let count = |db| rows(&place, db, &format!("SELECT count(*) FROM {table}"));
        assert_eq!(count("kept.db"), count("left.db"), "{table}");
    }
}

#[test]
fn a_later_ingest_leaves_out_what_was_left_out_until_the_rebuild() {
    let lines = news(60);
    let (first, second) = lines.split_at(lines.match_indices('\n').nth(29).unwrap().0 + 1);
    let place =
        Place::new().with("first.jsonl", first).with("second.jsonl", second).with("all.jsonl", &lines);
    place.done(&["ingest", "first.jsonl", "--no-claims"]);
    place.done(&["ingest", "second.jsonl"]);
    let missing = "SELECT count(*) FROM quote AS q JOIN article_version AS v ON v.id = q.version AND v.is_current = 1
                    WHERE q.type <> 'scare' AND NOT EXISTS (SELECT 1 FROM sighting AS g WHERE g.quote = q.id)";
    let left_out = rows(&place, "onrecord.db", missing);
    assert!(left_out > 50, "{left_out}");
    assert!(rows(&place, "onrecord.db", "SELECT count(*) FROM sighting") > 50, "its own are there");
    let said = place.run(&["check"]);
    assert_eq!((said.out.as_str(), said.code), ("", Some(0)), "{}", said.err);
    let remark = "statements aren't among the claims yet; `onrecord claims rebuild` puts them there";
    let told: i64 = said.err.lines().last().unwrap().strip_suffix(remark).unwrap().trim().parse().unwrap();
    assert!(told >= left_out, "{}", said.err);
    let said = place.run(&["claims", "--limit", "1"]);
    assert!(said.err.contains("not all statements are among the claims yet"), "{}", said.err);

    place.done(&["claims", "rebuild"]);
    assert_eq!(rows(&place, "onrecord.db", missing), 0);
    let said = place.run(&["check"]);
    assert!(said.err.ends_with("nothing is wrong\n"), "{}", said.err);
    assert!(!place.run(&["claims", "--limit", "1"]).err.contains("not all statements"));
    place.done(&["ingest", "all.jsonl", "--db", "kept.db"]);
    assert!(groups(&place, "onrecord.db") == groups(&place, "kept.db"));
}

#[test]
fn an_article_that_changes_under_no_claims_leaves_them() {
    let text = |words: &str| {
        format!(
            r#"{{"id":"bridge","published":"2025-03-01","text":"“The bridge over the Varn stays shut until {words},” said Ann Reyes, the mayor."}}"#
        )
    };
    let place = Place::new().with("a.jsonl", &text("Friday")).with("b.jsonl", &text("Sunday"));
    place.done(&["ingest", "a.jsonl"]);
    place.done(&["ingest", "b.jsonl", "--no-claims"]);
    assert_eq!(rows(&place, "onrecord.db", "SELECT count(*) FROM wording"), 0);
    place.is_clean("onrecord.db");
    place.done(&["claims", "rebuild"]);
    assert!(place.done(&["claims", "--format", "csv"]).contains("until Sunday"));
}

#[test]
fn what_check_finds_out_of_step_a_rebuild_mends() {
    let place = place(40);
    place.done(&["ingest", "news.jsonl"]);
    let whole = groups(&place, "onrecord.db");
    let connection = Connection::open(place.path("onrecord.db")).unwrap();
    connection
        .execute_batch("DELETE FROM sighting WHERE quote % 3 = 0; DELETE FROM anchor WHERE wording % 4 = 0")
        .unwrap();
    drop(connection);
    let said = place.run(&["check"]);
    assert_eq!(said.code, Some(1));
    assert!(
        said.err.contains("all of claims out of step; `onrecord claims rebuild` groups the statements anew"),
        "{}",
        said.err
    );
    let told = rebuilt(&place, "onrecord.db");
    assert!(
        told["changed"].as_i64() > Some(0)
            && told["statements"].as_i64() > told["statements_before"].as_i64()
    );
    place.is_clean("onrecord.db");
    assert!(groups(&place, "onrecord.db") == whole);
}

/// The ids of some claims, those with the most wordings first.
fn claims(place: &Place, count: usize) -> Vec<String> {
    let lines =
        place.done(&["claims", "--sort", "drift", "--format", "jsonl", "--limit", &count.to_string()]);
    lines
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap()["id"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn what_people_said_of_claims_outlives_a_rebuild() {
    let place = place(FEWER);
    place.done(&["ingest", "news.jsonl"]);
    let ids = claims(&place, 6);
    let by = ["--by", "Rina"];
    place.done(&[&["claims", "merge", &ids[0], &ids[1]][..], &by].concat());
    let timeline = place.done(&["claims", "timeline", &ids[2], "--format", "jsonl"]);
    let print: Value = serde_json::from_str(timeline.lines().last().unwrap()).unwrap();
    place.done(&[&["claims", "split", &ids[2], print["quote"].as_str().unwrap()][..], &by].concat());
    place.done(
        &[&["verdict", "set", &ids[3], "--status", "not-checkable", "--note", "an opinion"][..], &by]
            .concat(),
    );
    place.done(&[&["watch", "add", "--claim", &ids[4]][..], &by].concat());
    let listed = || {
        let claim = |id: &String| place.done(&["claims", "show", id, "--format", "json"]);
        let claims: Vec<String> = ids.iter().map(claim).collect();
        (
            claims,
            place.done(&["verdict", "list", "--format", "csv"]),
            place.done(&["watch", "list", "--format", "csv"]),
        )
    };
    let (before, kept) = (listed(), groups(&place, "onrecord.db"));
    assert_eq!(rebuilt(&place, "onrecord.db")["changed"], 0);
    assert!(listed() == before && groups(&place, "onrecord.db") == kept);
    place.is_clean("onrecord.db");
    // Each decision can be taken back afterwards.
    place.done(&[&["undo", "2"][..], &by].concat());
    place.done(&[&["undo", "1"][..], &by].concat());
    place.done(&["ingest", "news.jsonl", "--db", "untouched.db"]);
    assert!(groups(&place, "onrecord.db") == groups(&place, "untouched.db"));
}

#[test]
fn a_rebuild_killed_or_stopped_leaves_the_claims_as_they_were() {
    let place = place(FEWER);
    place.done(&["ingest", "news.jsonl", "--db", "whole.db"]);
    place.done(&["ingest", "news.jsonl", "--no-claims", "--db", "none.db"]);
    let whole = groups(&place, "whole.db");
    let copy = |name: &str, to: &str| {
        std::fs::copy(place.path(name), place.path(to)).unwrap();
    };
    copy("none.db", "timed.db");
    let ((), time) = timed(|| drop(place.done(&["claims", "rebuild", "--db", "timed.db"])));
    let mut random = Random(5);
    let mut unfinished = 0;
    for round in 0..12 {
        let (from, db) = (["whole.db", "none.db"][round % 2], format!("{round}.db"));
        copy(from, &db);
        let before = groups(&place, &db);
        let mut child: std::process::Child = place
            .command(&["claims", "rebuild", "--db", &db])
            .stderr(std::process::Stdio::piped())
            .spawn()
            .unwrap();
        std::thread::sleep(random.within(time));
        if round < 8 {
            child.kill().unwrap();
            child.wait().unwrap();
        } else {
            let _ = Command::new("kill").args(["-INT", &child.id().to_string()]).status();
            let output = child.wait_with_output().unwrap();
            let words = String::from_utf8(output.stderr).unwrap();
            let was_early = output.status.code().is_none();
            assert!(
                was_early
                    || output.status.success() != words.contains("stopped: the claims are as they were"),
                "{words}"
            );
        }
        let after = groups(&place, &db);
        assert!(after == before || after == whole, "{db}: something between");
        unfinished += usize::from(from == "none.db" && after == before);
        place.is_clean(&db);
        place.done(&["claims", "rebuild", "--db", &db]);
        assert!(groups(&place, &db) == whole, "{db}");
    }
    assert!(unfinished >= 2, "{unfinished} were broken off in {time:?}");
}

#[test]
fn nobody_waits_to_read_and_no_database_is_made() {
    let place = place(20);
    let said = place.run(&["claims", "rebuild", "--db", "no.db"]);
    assert_eq!(said.code, Some(3));
    assert!(
        said.err.contains("there is no such database") && place.names() == ["news.jsonl"],
        "{}",
        said.err
    );
    place.done(&["ingest", "news.jsonl"]);
    let writer = Connection::open(place.path("onrecord.db")).unwrap();
    writer.execute_batch("BEGIN IMMEDIATE").unwrap();
    let (said, time) = timed(|| place.run(&["claims", "rebuild", "--wait", "0.1"]));
    assert_eq!(said.code, Some(3), "{}", said.err);
    assert!(
        said.err.contains("another program is writing to it") && time < Duration::from_secs(20),
        "{}",
        said.err
    );
}
