//! `correct`, `corrections`, `undo`, `orphans`, `review`, `speakers …`: as a person types them.

#[path = "../benches/news/mod.rs"]
mod news;
mod program;

use onrecord::record::Record;
use program::{Place, Said};
use serde_json::Value;
use std::fs;
use std::process::Stdio;

const FIRST: &str = r#"{"id":"bridge","title":"Bridge shut","outlet":"Harbour Post","published":"2025-03-01","text":"“The bridge stays shut until Friday,” said Ann Reyes, the mayor.\n\n“Nobody asked us,” said Bo Lund. The so-called “bridge of sighs” is old, and nothing can be done, Ida Osk thinks."}
{"id":"ferry","title":"Ferry back","outlet":"Valley Gazette","published":"2025-03-02","text":"“The ferry sails again,” said Ann B. Reyes.\n\n“About time,” said Ida Osk, a sailor."}
"#;

const CHANGED: &str = r#"{"id":"bridge","title":"Bridge shut for longer","outlet":"Harbour Post","published":"2025-03-01","text":"“Nobody asked us,” said Bo Lund.\n\n“The bridge stays shut until Sunday,” said Ann Reyes, the mayor."}
"#;

fn place() -> Place {
    let place = Place::new().with("first.jsonl", FIRST).with("changed.jsonl", CHANGED);
    place.done(&["ingest", "first.jsonl"]);
    place
}

/// Runs the program as Rina.
fn rina(place: &Place, args: &[&str]) -> Said {
    let mut command = place.command(args);
    Said::from(&command.env("ONRECORD_REVIEWER", "Rina").stdin(Stdio::null()).output().unwrap())
}

#[track_caller]
fn done(place: &Place, args: &[&str]) -> String {
    let said = rina(place, args);
    assert_eq!(said.code, Some(0), "{args:?}: {}", said.err);
    said.out
}

#[track_caller]
fn fails(said: &Said, code: i32, error: &str) {
    assert_eq!((said.out.as_str(), said.code), ("", Some(code)), "{}", said.err);
    assert!(said.err.contains(error), "{}", said.err);
}

fn rows(place: &Place, args: &[&str]) -> Vec<Value> {
    let lines = place.done(&[args, &["--format", "jsonl"]].concat());
    lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// The quotes of an article: words, speaker, state.
fn quotes(place: &Place, article: &str) -> Vec<(String, Option<String>, String)> {
    let rows = rows(place, &["quotes", "--state", "machine,reviewed,rejected"]);
    let text = |row: &Value, field: &str| row[field].as_str().map(str::to_owned);
    rows.iter()
        .filter(|row| row["article"] == article)
        .map(|row| (text(row, "quote").unwrap(), text(row, "speaker"), text(row, "state").unwrap()))
        .collect()
}

fn state_of(place: &Place, words: &str) -> String {
    let all = quotes(place, "bridge").into_iter().chain(quotes(place, "ferry"));
    all.into_iter().find(|(quote, ..)| quote.contains(words)).expect(words).2
}

#[test]
fn a_quote_is_corrected_by_its_number_its_id_and_its_words() {
    let place = place();
    let said = rina(&place, &["correct", "bridge", "1", "--speaker", "Zoë Quill", "--note", "ask her"]);
    assert_eq!(said.err, "correction 1 made; `onrecord undo 1` takes it back\n");
    let id = rows(&place, &["quotes", "--search", "asked"])[0]["id"].as_str().unwrap().to_owned();
    done(&place, &["correct", "bridge", &id[..12], "--nobody"]);
    done(&place, &["correct", "ferry", "about time", "--not-a-quote"]);
    done(&place, &["correct", "ferry", "sails again", "--confirm", "--by", "Bea"]);
    place.is_clean("onrecord.db");
    let bridge = quotes(&place, "bridge");
    assert_eq!(bridge[0].1.as_deref(), Some("Zoë Quill"));
    assert_eq!((bridge[1].1.as_deref(), bridge[1].2.as_str()), (None, "reviewed"));
    assert_eq!(
        (state_of(&place, "About time"), state_of(&place, "sails")),
        ("rejected".into(), "reviewed".into())
    );
    // Rejected quotes are out of sight unless asked for.
    assert!(!place.done(&["quotes"]).contains("About time"));
    assert!(!place.done(&["quotes", "--search", "time", "--format", "csv"]).contains("About time"));
    assert!(place.done(&["quotes", "--search", "time", "--state", "rejected"]).contains("About time"));
    assert!(!place.export("onrecord.db").contains("About time"));
    assert!(place.done(&["show", "bridge"]).contains("· reviewed ·"), "{}", place.done(&["show", "bridge"]));
    assert!(!place.done(&["speakers"]).contains("Ida Osk") || quotes(&place, "bridge").len() > 2);
    // The log, the latest first.
    let log = rows(&place, &["corrections"]);
    let told: Vec<String> =
        log.iter().map(|row| format!("{} {} {}", row["kind"], row["by"], row["says"])).collect();
    assert_eq!(told[0], r#""confirm" "Bea" "Ann B. Reyes""#);
    assert_eq!(told[3], r#""speaker" "Rina" "Zoë Quill""#);
    assert_eq!(log[3]["note"], "ask her");
    assert_eq!(rows(&place, &["corrections", "--kind", "speaker,confirm", "--by", "Rina"]).len(), 2);
    assert_eq!(rows(&place, &["corrections", "ferry"]).len(), 2);
    assert!(place.done(&["corrections"]).contains("“About time,”"));
    done(&place, &["undo", "3"]);
    assert_eq!(state_of(&place, "About time"), "machine");
    fails(&rina(&place, &["undo", "3"]), 2, "correction 3: was taken back already");
    fails(&rina(&place, &["undo", "5"]), 2, "is itself an undo");
    fails(&rina(&place, &["undo", "99"]), 2, "`onrecord corrections` lists them");
    place.is_clean("onrecord.db");
}

#[test]
fn what_was_passed_over_is_added_and_found() {
    let place = place();
    let words = "nothing can be done";
    done(&place, &["correct", "bridge", "--missed", words, "--speaker", "Ida Osk"]);
    let found = rows(&place, &["quotes", "--search", "\"nothing can be done\"", "--state", "reviewed"]);
    assert_eq!(
        (&found[0]["speaker"], &found[0]["type"], &found[0]["method"]),
        (&"Ida Osk".into(), &"indirect".into(), &"person".into())
    );
    place.is_clean("onrecord.db");
    fails(&rina(&place, &["correct", "bridge", "--missed", words]), 2, "are a quote already");
    fails(&rina(&place, &["correct", "bridge", "--missed", "never said"]), 2, "don't stand there");
    fails(&rina(&place, &["correct", "bridge", "--missed", "bridge"]), 2, "more than once");
    // Words in marks that are nobody's are somebody's.
    done(&place, &["correct", "bridge", "--missed", "“bridge of sighs”", "--speaker", "Bo Lund"]);
    let sighs = ("“bridge of sighs”".to_owned(), Some("Bo Lund".to_owned()), "reviewed".to_owned());
    assert!(quotes(&place, "bridge").contains(&sighs), "{:?}", quotes(&place, "bridge"));
    place.is_clean("onrecord.db");
    done(&place, &["undo", "2"]);
    done(&place, &["undo", "1"]);
    place.is_clean("onrecord.db");
    assert!(rows(&place, &["quotes", "--state", "reviewed"]).is_empty());
}

#[test]
fn a_changed_article_keeps_what_is_sure_and_lists_the_rest() {
    let place = place();
    done(&place, &["correct", "bridge", "until friday", "--confirm"]);
    done(&place, &["correct", "bridge", "asked", "--speaker", "Uma Stern"]);
    place.done(&["ingest", "changed.jsonl"]);
    place.is_clean("onrecord.db");
    let bridge = quotes(&place, "bridge");
    assert_eq!((bridge[0].0.as_str(), bridge[0].1.as_deref()), ("“Nobody asked us,”", Some("Uma Stern")));
    assert_eq!(bridge[1].2, "machine");
    let orphans = rows(&place, &["orphans"]);
    assert_eq!((orphans.len(), &orphans[0]["reason"], &orphans[0]["id"]), (1, &"gone".into(), &1.into()));
    let table = place.done(&["orphans"]).split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(table.contains("the words are") && table.contains("Friday"), "{table}");
    place.done(&["forget", "bridge", "--yes"]);
    assert_eq!(rows(&place, &["orphans"]).len(), 2);
    place.done(&["ingest", "first.jsonl"]);
    assert!(place.run(&["orphans"]).err.contains("no orphans found"));
    assert_eq!(quotes(&place, "bridge")[1].1.as_deref(), Some("Uma Stern"));
}

#[test]
fn wrong_usage_says_what_would_be_right() {
    let place = place();
    for (args, code, error) in [
        (&["correct", "bridge", "1"][..], 2, "--speaker"),
        (&["correct", "bridge", "--confirm"], 2, "QUOTE"),
        (&["correct", "bridge", "1", "--confirm", "--not-a-quote"], 2, "cannot be used"),
        (&["correct", "bridge", "9", "--confirm"], 2, "the article has quotes 1 to"),
        (&["correct", "bridge", "the", "--confirm"], 2, "name one by its id"),
        (&["correct", "tunnel", "1", "--confirm"], 2, "no article is «tunnel»"),
        (&["speakers", "merge", "Bo Lund", "Nobody"], 2, "no speaker is named «Nobody»"),
        (&["speakers", "merge", "Bo Lund", "Bo Lund"], 2, "they are one already"),
        (&["speakers", "split", "Bo Lund"], 2, "--outlet"),
        (&["speakers", "alias", "Bo Lund", "--wikidata", "42"], 2, "such as Q42"),
        (&["speakers", "alias", "Bo Lund"], 2, "which other name"),
        (&["export", "quotes", "--format", "record"], 2, "export articles --format record"),
        (&["export", "articles", "--format", "csv", "--reviewed"], 2, "--state reviewed"),
        (&["orphans", "--db", "no.db"], 3, "there is no such database"),
        (&["review", "--db", "no.db"], 3, "there is no such database"),
    ] {
        fails(&rina(&place, args), code, error);
    }
    let mut nobody = place.command(&["correct", "bridge", "1", "--confirm"]);
    for name in ["ONRECORD_REVIEWER", "USER", "LOGNAME", "USERNAME"] {
        nobody.env_remove(name);
    }
    fails(&Said::from(&nobody.output().unwrap()), 2, "add --by NAME");
    assert!(rows(&place, &["corrections"]).is_empty());
}

#[test]
fn reviewed_articles_are_gold_for_eval_and_train() {
    let place = place();
    done(&place, &["correct", "bridge", "1", "--speaker", "Zoë Quill"]);
    done(&place, &["correct", "bridge", "asked", "--not-a-quote"]);
    done(&place, &["correct", "bridge", "--missed", "nothing can be done", "--speaker", "Ida Osk"]);
    let said = rina(&place, &["export", "articles", "--format", "record", "--reviewed", "-o", "gold.jsonl"]);
    assert_eq!((said.code, said.err.as_str()), (Some(0), "1 articles written to gold.jsonl\n"));
    let line = fs::read_to_string(place.path("gold.jsonl")).unwrap();
    let record: Record = serde_json::from_str(line.trim_end()).unwrap();
    let told: Vec<(String, Option<&str>, Option<&str>)> = record
        .quotes
        .iter()
        .map(|quote| {
            let [start, end] = quote.content[0].map(|at| at as usize);
            let words = record.text.chars().skip(start).take(end - start).collect();
            (words, quote.speaker.as_deref(), quote.state.as_deref())
        })
        .collect();
    assert!(
        told.contains(&("“The bridge stays shut until Friday,”".into(), Some("Zoë Quill"), Some("reviewed"))),
        "{told:?}"
    );
    assert!(told.contains(&("nothing can be done".into(), Some("Ida Osk"), Some("reviewed"))), "{told:?}");
    assert!(told.iter().all(|(words, ..)| !words.contains("Nobody asked")), "{told:?}");
    assert!(told.is_sorted_by_key(|(words, ..)| record.text.find(words.as_str())));
    // Read back, it is the same article; and what the program finds in it is measured against the corrections.
    let measured = place.done(&["eval", "--gold", "gold.jsonl", "--format", "json"]);
    let measured: Value = serde_json::from_str(&measured).unwrap();
    assert!(!measured.is_null());
    let tagged = "# newdoc id = a\n1\tReyes\t_\t_\tNNP\t_\t0\t_\t_\t_\n2\tleft\t_\t_\tVBD\t_\t0\t_\t_\t_\n\n";
    fs::write(place.path("tagged.conllu"), tagged.repeat(8)).unwrap();
    place.done(&["train", "--gold", "gold.jsonl", "--tagged", "tagged.conllu", "-o", "my.weights"]);
    place.done(&["ingest", "gold.jsonl", "--db", "other.db"]);
    assert_eq!(place.articles("other.db").len(), 1);
    let all = place.done(&["export", "articles", "--format", "record"]);
    assert_eq!(all.lines().count(), 2);
    assert!(all.lines().all(|line| serde_json::from_str::<Record>(line).is_ok()));
}

/// Answers the questions of `review`, line by line.
fn review(place: &Place, args: &[&str], answers: &str) -> Said {
    fs::write(place.path("answers"), answers).unwrap();
    let stdin = fs::File::open(place.path("answers")).unwrap();
    let mut command = place.command(&[&["review"], args].concat());
    Said::from(&command.env("ONRECORD_REVIEWER", "Rina").stdin(stdin).output().unwrap())
}

#[test]
fn a_review_asks_for_the_most_doubtful_first_and_stores_each_answer() {
    let place = place();
    let said = review(&place, &["--outlet", "post"], "k\nk\nk\nk\nk\n");
    assert_eq!(said.code, Some(0), "{}", said.err);
    assert!(said.err.ends_with("0 answers stored; nothing is left\n"), "{}", said.err);
    let confidence: Vec<f64> =
        said.out.lines().filter_map(|line| line.rsplit_once(" · ")?.1.parse().ok()).collect();
    assert!(confidence.len() > 1 && confidence.is_sorted(), "{}", said.out);
    assert!(said.out.contains("⟦“The bridge stays shut until Friday,”⟧ said Ann Reyes"), "{}", said.out);

    // Each key, by the words of the quote that it is for.
    let answer = |search: &str, answers: &str| {
        let said = review(&place, &["--search", search], answers);
        assert_eq!(said.code, Some(0), "{}", said.err);
        place.is_clean("onrecord.db");
        said
    };
    answer("friday", "y\n");
    assert_eq!(state_of(&place, "Friday"), "reviewed");
    answer("asked", "s\nUma Stern\n");
    assert_eq!(quotes(&place, "bridge")[1].1.as_deref(), Some("Uma Stern"));
    answer("ferry", "e “The ferry sails\n");
    assert_eq!(quotes(&place, "ferry")[0].0, "“The ferry sails");
    answer("time", "n\n");
    assert_eq!(state_of(&place, "About time"), "rejected");
    assert_eq!(rows(&place, &["corrections"]).len(), 4);
    // Nothing is asked twice; the end of the input ends it.
    assert_eq!(answer("friday", "y\n").out, "");
}

#[test]
fn a_review_takes_back_and_says_what_cannot_be() {
    let place = place();
    let said = review(&place, &["--search", "friday"], "z\n9\ne words that nobody said\nu\nn\n");
    assert!(said.err.contains("y right · 1-9"), "{}", said.err);
    assert!(said.err.contains("don't stand there"), "{}", said.err);
    assert!(said.err.contains("there is no answer to take back"), "{}", said.err);
    assert!(said.err.ends_with("1 answer stored; nothing is left\n"), "{}", said.err);
    assert_eq!(state_of(&place, "Friday"), "rejected");
    done(&place, &["undo", "1"]);
    let said = review(&place, &["--outlet", "post"], "n\nu\nq\n");
    assert!(said.err.contains("0 answers stored; the rest waits"), "{}", said.err);
    assert!(quotes(&place, "bridge").iter().all(|(_, _, state)| state == "machine"));
    place.is_clean("onrecord.db");
}

#[test]
fn suggestions_are_accepted_or_refused_for_good() {
    let place = place();
    let suggested = rows(&place, &["speakers", "suggest"]);
    assert_eq!(suggested.len(), 1, "{suggested:?}");
    assert_eq!((&suggested[0]["what"], &suggested[0]["other"]), (&"merge".into(), &"Ann B. Reyes".into()));
    assert!(place.done(&["speakers", "suggest"]).contains("one name is inside the other"));
    review(&place, &["--speakers"], "n\n");
    assert!(rows(&place, &["speakers", "suggest"]).is_empty());
    done(&place, &["undo", "1"]);
    let said = review(&place, &["--speakers"], "y\n");
    assert!(said.out.contains("Are Ann Reyes and Ann B. Reyes one?"), "{}", said.out);
    assert!(rows(&place, &["speakers", "suggest"]).is_empty());
    assert_eq!(rows(&place, &["quotes", "--speaker", "Ann B. Reyes"]).len(), 2);
    place.is_clean("onrecord.db");
}

#[test]
fn a_person_is_found_under_any_name_and_shown_under_one() {
    let place = place();
    done(&place, &["speakers", "merge", "Ann Reyes", "Ann B. Reyes"]);
    for name in ["Ann Reyes", "ann b reyes", "reyes"] {
        let said = place.run(&["quotes", "--speaker", name, "--format", "jsonl"]);
        assert_eq!((said.out.lines().count(), said.err.as_str()), (2, ""), "{name}");
    }
    let found = rows(&place, &["quotes", "--speaker", "Ann Reyes"]);
    assert_eq!((&found[1]["speaker"], &found[1]["named"]), (&"Ann Reyes".into(), &"Ann B. Reyes".into()));
    let limited = rows(&place, &["quotes", "--speaker", "Ann Reyes", "--limit", "1"]);
    assert_eq!(limited[0]["article"], "bridge");
    let listed = rows(&place, &["speakers", "reyes"]);
    assert_eq!((listed.len(), &listed[0]["quotes"]), (1, &2.into()));
    assert!(listed[0]["aliases"].to_string().contains("Ann B. Reyes"), "{listed:?}");
    let profile = rows(&place, &["speakers", "show", "Ann B. Reyes"]);
    let told: Vec<String> =
        profile.iter().map(|row| format!("{} {} {}", row["what"], row["value"], row["quotes"])).collect();
    for line in [
        r#""name" "Ann B. Reyes" 1"#,
        r#""role" "mayor" 1"#,
        r#""outlet" "Harbour Post" 1"#,
        r#""year" "2025" 2"#,
    ] {
        assert!(told.contains(&line.to_owned()), "{line} in {told:?}");
    }
    done(&place, &["undo", "1"]);
    assert_eq!(rows(&place, &["speakers", "reyes"]).len(), 2);
    // One name, two people.
    let said = rina(&place, &["speakers", "split", "Ida Osk", "--outlet", "Gazette"]);
    assert!(said.err.contains("it is so in 1 article version;"), "{}", said.err);
    let listed = rows(&place, &["quotes", "--speaker", "Ida Osk Gazette"]);
    assert_eq!(
        (listed.len(), &listed[0]["speaker"], &listed[0]["named"]),
        (1, &"Ida Osk (Gazette)".into(), &"Ida Osk".into())
    );
    place.is_clean("onrecord.db");
}

#[test]
fn names_are_imported_and_exported() {
    let place = place().with("names.csv", "\u{feff}name,alias,kind,wikidata\nAnn Reyes,Ann B. Reyes,person,Q42\nBo Lund,'=Bo,,\nIda Osk,,person,Q7\n");
    let said = rina(&place, &["speakers", "alias", "--import", "names.csv"]);
    assert_eq!((said.code, said.err.as_str()), (Some(0), "3 names read, 3 of them new\n"));
    place.is_clean("onrecord.db");
    assert_eq!(rows(&place, &["speakers", "reyes"])[0]["wikidata"], "Q42");
    let exported = done(&place, &["speakers", "alias", "--export"]);
    assert!(exported.contains("Bo Lund,'=Bo,person,"), "{exported}");
    let other = Place::new().with("first.jsonl", FIRST).with("names.csv", &exported);
    other.done(&["ingest", "first.jsonl"]);
    done(&other, &["speakers", "alias", "--import", "names.csv"]);
    assert_eq!(done(&other, &["speakers", "alias", "--export"]), exported);
    let said = rina(&other, &["speakers", "alias", "--import", "names.csv"]);
    assert!(said.err.ends_with(" 0 of them new\n"), "{}", said.err);
    // All or none.
    for (file, error) in [
        ("name\nx\n", "line 1: the columns name and alias are needed"),
        ("name,alias,kind\nAnn Reyes,Ann,person\nBo,Bob,crowd\n", "line 3: kind is person"),
        ("name,alias,wikidata\nUma Stern,Uma,\nUma Stern,U. Stern,Q0\n", "such as Q42"),
        ("name,alias\nBo Lund,Ann B. Reyes\n", "is another name of Ann Reyes already"),
        ("name,alias\n,Bob\n", "line 2: the name is empty"),
        ("name,alias\nBo,\n", "line 2: there is neither"),
        ("", "line 1"),
    ] {
        fs::write(place.path("wrong.csv"), file).unwrap();
        fails(&rina(&place, &["speakers", "alias", "--import", "wrong.csv"]), 2, error);
    }
    fs::write(place.path("wrong.csv"), b"name,alias\n\xff\xfe,x\n").unwrap();
    fails(&rina(&place, &["speakers", "alias", "--import", "wrong.csv"]), 2, "no CSV in UTF-8");
    assert_eq!(done(&place, &["speakers", "alias", "--export"]), exported);
}
