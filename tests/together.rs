//! Several programs at one database, and Ctrl-C.
#![cfg(unix)]

#[path = "../benches/news/mod.rs"]
mod news;
mod program;

use news::Origin;
use program::invented::{Expected, INGEST, lines, place, told};
use program::{Place, Said, timed};
use rusqlite::Connection;
use std::collections::BTreeMap;
use std::fs;
use std::time::Duration;

const BUSY: &str = "another program is writing to it; try again when it is done";

#[test]
fn ctrl_c_finishes_the_batch_and_the_same_command_goes_on() {
    let place = place();
    let expected = Expected::of(&place);
    let mut running = place.start(&[INGEST, &["--db", "some.db"]].concat());
    assert!(running.wait_for_stored(1), "it ended too early");
    running.signal("INT");
    let (lines, complaints, status) = running.end();
    assert_eq!(status.code(), Some(1), "{complaints}");
    assert!(lines.last().unwrap().contains("\"event\":\"stopped\""), "{lines:?}");
    assert!(complaints.contains("\nstopped: "), "{complaints}");
    let there = expected.holds(&place, "some.db", &told(&lines));
    assert!(there < expected.articles.len(), "it was stopped in the middle");
    // What was read was written.
    let read: serde_json::Value = serde_json::from_str(lines.last().unwrap()).unwrap();
    assert_eq!(
        read["read"].as_u64().unwrap(),
        read["new"].as_u64().unwrap() + read["changed"].as_u64().unwrap()
    );
    expected.finishes(&place, "some.db");
}

#[test]
fn whoever_finds_a_database_locked_says_so_after_the_time_to_wait() {
    let place = place();
    place.done(&["ingest", "news.jsonl"]);
    place.done(&["backup", "copy.db"]);
    let other = Connection::open(place.path("onrecord.db")).unwrap();
    other.execute_batch("BEGIN EXCLUSIVE").unwrap();
    fs::write(place.path("more.txt"), "“We stay,” said Ann Reyes.\n").unwrap();
    let refusal = format!("error: onrecord.db: {BUSY}\n");
    for args in [&["ingest", "more.txt"][..], &["forget", "1", "--yes"], &["check"]] {
        let (said, time) = timed(|| place.run(&[args, &["--wait", "0.3"]].concat()));
        assert_eq!(said.code, Some(3), "{args:?}: {}", said.err);
        assert!(said.err.ends_with(&refusal), "{args:?}: {}", said.err);
        assert!(!said.out.contains("out of step"), "a lock is no damage: {}", said.out);
        assert!((Duration::from_millis(250)..Duration::from_secs(20)).contains(&time), "{time:?}");
    }
    assert!(place.done(&["quotes", "--format", "csv"]).lines().count() > 1, "reading goes on");
    place.done(&["backup", "locked.db"]);
    // It waits as long as it may.
    let waiting = place.start(&["ingest", "more.txt", "--json"]);
    std::thread::sleep(Duration::from_millis(800));
    other.execute_batch("COMMIT").unwrap();
    let (lines, complaints, status) = waiting.end();
    assert_eq!((told(&lines).len(), status.code()), (1, Some(0)), "{complaints}");
    place.is_clean("onrecord.db");
}

#[test]
fn a_new_file_that_another_program_has_locked_is_no_failure_of_an_article() {
    let place = place();
    let other = Connection::open(place.path("onrecord.db")).unwrap();
    other.execute_batch("BEGIN EXCLUSIVE").unwrap();
    let said = place.run(&["ingest", "news.jsonl", "--wait", "0.2"]);
    assert_eq!((said.err, said.code), (format!("error: onrecord.db: {BUSY}\n"), Some(3)));
    drop(other);
    place.done(&["ingest", "news.jsonl"]);
    place.is_clean("onrecord.db");
}

/// Starts several ingests at the same moment; all must succeed.
fn at_once(place: &Place, inputs: &[String]) {
    let args = |input: &String| ["ingest".to_owned(), input.clone(), "--batch".to_owned(), "5".to_owned()];
    let running: Vec<_> = inputs
        .iter()
        .map(|input| place.start(&args(input).iter().map(String::as_str).collect::<Vec<_>>()))
        .collect();
    for running in running {
        let (_, complaints, status) = running.end();
        assert_eq!(status.code(), Some(0), "{complaints}");
        assert!(!complaints.contains("error"), "{complaints}");
    }
}

#[test]
fn ingests_of_different_inputs_make_one_new_file_together() {
    // Versions of an article need their order.
    let news = lines(|origin| !matches!(origin, Origin::VersionOf(_)));
    let place = Place::new().with("all.jsonl", &news);
    place.done(&["ingest", "all.jsonl", "--db", "whole.db"]);
    let all: Vec<&str> = news.lines().collect();
    let parts = all.chunks(all.len().div_ceil(3)).zip(1..);
    let inputs: Vec<String> = parts
        .map(|(lines, number)| {
            let name = format!("{number}.jsonl");
            fs::write(place.path(&name), lines.join("\n")).unwrap();
            name
        })
        .collect();
    for _ in 0..3 {
        at_once(&place, &inputs);
        place.is_clean("onrecord.db");
        assert_eq!(place.articles("onrecord.db"), place.articles("whole.db"));
        assert!(place.export("onrecord.db") == place.export("whole.db"));
        fs::remove_file(place.path("onrecord.db")).unwrap();
    }
}

#[test]
fn many_may_make_a_new_file_at_the_same_moment() {
    let place = Place::new();
    let inputs: Vec<String> = (0..8)
        .map(|number| {
            let name = format!("{number}.txt");
            fs::write(place.path(&name), format!("“We stay,” said Ann Reyes on day {number}.\n")).unwrap();
            name
        })
        .collect();
    for _ in 0..4 {
        at_once(&place, &inputs);
        place.is_clean("onrecord.db");
        assert_eq!(place.articles("onrecord.db").len(), inputs.len());
        fs::remove_file(place.path("onrecord.db")).unwrap();
    }
}

#[test]
fn the_same_input_by_two_at_once_is_there_once() {
    let news = lines(|origin| !matches!(origin, Origin::VersionOf(_)));
    let place = Place::new().with("all.jsonl", &news);
    at_once(&place, &["all.jsonl".to_owned(), "all.jsonl".to_owned()]);
    place.is_clean("onrecord.db");
    let articles = place.articles("onrecord.db");
    assert_eq!(articles.len(), news.lines().count());
    assert!(articles.values().all(|versions| versions.len() == 1), "{articles:?}");
}

#[test]
fn a_second_run_ends_with_the_last_version_that_the_input_has() {
    let place = place();
    let expected = Expected::of(&place);
    for jobs in ["1", "4"] {
        place.done(&["ingest", "news.jsonl", "--db", "whole.db", "--jobs", jobs]);
        assert!(place.export("whole.db") == expected.export, "with {jobs} jobs");
    }
}

#[test]
fn the_order_of_the_input_decides_with_any_number_of_threads() {
    let words = |words: &str| format!("“{words},” said Ann Reyes.\n\nNobody else spoke of it that day.\n");
    for jobs in ["1", "4"] {
        let place = Place::new().with("a.txt", &words("We stay")).with("b.txt", &words("We go"));
        place.done(&["ingest", "a.txt"]);
        // Whether a thread sees a.txt before or after it has changed: its words of old are known.
        fs::write(place.path("a.txt"), words("We may stay")).unwrap();
        fs::write(place.path("copy.txt"), words("We stay")).unwrap();
        let said = place.run(&["ingest", "a.txt", "b.txt", "copy.txt", "--jobs", jobs]);
        assert!(said.err.contains("3 articles read: 1 new, 1 changed, 1 there already"), "{}", said.err);
    }
}

/// How many quotes of each article a listing shows.
fn quotes_of(said: &Said) -> BTreeMap<String, i64> {
    let mut quotes = BTreeMap::new();
    for line in said.out.lines() {
        let row: serde_json::Value = serde_json::from_str(line).expect("whole lines");
        *quotes.entry(row["article"].as_str().unwrap().to_owned()).or_default() += 1;
    }
    quotes
}

#[test]
fn who_reads_while_others_write_sees_whole_articles() {
    let place = place();
    place.done(&[INGEST, &["--db", "whole.db"]].concat());
    let list = |db| place.run(&["export", "quotes", "--format", "jsonl", "--db", db]);
    let mut running = place.start(INGEST);
    assert!(running.wait_for_stored(1));
    let whole = place.articles("whole.db");
    let mut rounds = 0;
    while running.wait_for(|_| true) {
        let said = list("onrecord.db");
        assert_eq!(said.code, Some(0), "{}", said.err);
        for (key, quotes) in quotes_of(&said) {
            // What nobody said isn't exported, so that there may be fewer than are kept.
            assert!(whole[&key].iter().any(|&all| quotes <= all), "{key}: {quotes} of {:?}", whole[&key]);
        }
        let said = place.run(&["quotes", "--format", "csv"]);
        assert_eq!(said.code, Some(0), "{}", said.err);
        place.is_clean("onrecord.db");
        place.done(&["backup", "copy.db", "--replace"]);
        place.is_clean("copy.db");
        for (key, versions) in place.articles("copy.db") {
            assert!(versions.iter().all(|quotes| whole[&key].contains(quotes)), "{key}: {versions:?}");
        }
        rounds += 1;
    }
    let (_, complaints, status) = running.end();
    assert_eq!(status.code(), Some(0), "{complaints}");
    assert!(rounds > 0);
    assert_eq!(quotes_of(&list("onrecord.db")), quotes_of(&list("whole.db")));
}
