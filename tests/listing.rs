//! The commands that read the database, as a person runs them.

mod articles;

use articles::{article, council, follow_up, place, write};
use assert_cmd::Command;
use onrecord::model::QuoteKind;
use onrecord::store::Store;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

fn database() -> (TempDir, PathBuf) {
    let (folder, path) = place();
    let mut store = Store::open(&path).unwrap();
    write(&mut store, &council());
    write(&mut store, &follow_up());
    let mut evil =
        article("evil.txt", "“Boom \u{1b}[31m\u{9b}2J\u{202e}” he said.").quote(QuoteKind::Scare, &["“Boom"]);
    evil.analysis.quotes[0].kind = QuoteKind::Direct;
    evil = evil.said("he", "Mal\u{1b}]0;owned\u{7} Lory", Some("\u{1b}[8mhidden"));
    evil.document.title = Some("\u{1b}[2JTitle".to_owned());
    write(&mut store, &evil);
    (folder, path)
}

struct Ran {
    out: String,
    err: String,
    code: Option<i32>,
}

fn run(path: &Path, args: &[&str]) -> Ran {
    let mut command = Command::new(env!("CARGO_BIN_EXE_onrecord"));
    command.env("ONRECORD_DB", path).env_remove("NO_COLOR").args(args);
    let output = command.output().expect("the program runs");
    Ran {
        out: String::from_utf8(output.stdout).expect("UTF-8"),
        err: String::from_utf8(output.stderr).expect("UTF-8"),
        code: output.status.code(),
    }
}

#[test]
fn a_table_of_quotes_fits_the_page_and_has_no_colours() {
    let (_folder, path) = database();
    let ran = run(&path, &["quotes"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert!(ran.out.contains("Ana Solís, Mayor"), "{}", ran.out);
    assert!(ran.out.contains("that the money was gone"), "{}", ran.out);
    assert!(!ran.out.contains("bridge of sighs"), "scare quotes are nobody's statements");
    assert!(ran.out.lines().all(|line| line.chars().count() <= 110), "{}", ran.out);
    assert!(ran.out.lines().all(|line| !line.ends_with(' ')), "{}", ran.out);
}

#[test]
fn no_command_sends_an_escape_of_an_article_to_the_terminal() {
    let (_folder, path) = database();
    for args in [
        &["quotes"][..],
        &["speakers"],
        &["articles"],
        &["show", "evil.txt"],
        &["quotes", "--speaker", "lory"],
    ] {
        let ran = run(&path, args);
        assert_eq!(ran.code, Some(0), "{}", ran.err);
        let steers = |c: char| (c.is_control() && c != '\n') || c == '\u{202e}';
        assert!(
            !ran.out.contains(steers) && !ran.err.contains(steers),
            "{args:?}: {:?} {:?}",
            ran.out,
            ran.err
        );
    }
    assert!(run(&path, &["show", "evil.txt"]).out.contains("␛[31m‹U+009B›2J‹U+202E›"));
}

#[test]
fn several_speakers_of_a_name_are_all_shown_and_named() {
    let (_folder, path) = database();
    let ran = run(&path, &["quotes", "--speaker", "SOLIS", "--format", "jsonl"]);
    assert_eq!(ran.err, "«SOLIS» matches 2 speakers: Ana Solís (2), Bruno Solis (1)\n");
    assert_eq!(ran.out.lines().count(), 3);
}

#[test]
fn nobody_of_a_name_is_no_failure_but_is_said() {
    let (_folder, path) = database();
    let ran = run(&path, &["quotes", "--speaker", "walesah", "--format", "json"]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(0), "[]\n"));
    assert_eq!(ran.err, "no speaker is named «walesah»; did you mean Piotr Wałęsa?\n");
    let ran = run(&path, &["quotes", "--speaker", "nobody"]);
    assert_eq!(ran.err, "no speaker is named «nobody»; `onrecord speakers` lists them\nno quotes found\n");
}

#[test]
fn an_article_is_shown_with_its_statements_marked() {
    let (_folder, path) = database();
    let shown = run(&path, &["show", "vows to rebuild"]).out;
    let lines: Vec<&str> = shown.lines().collect();
    assert_eq!(lines[0], "Mayor vows to rebuild bridge");
    assert_eq!(
        lines[3],
        "⟦“We will rebuild the bridge,”⟧ [1 …] Mayor Ana Solís said, ⟦“whatever it costs.”⟧ [1 Ana Solís, said, 0.93]"
    );
    assert_eq!(lines[7], "⟦“Nobody asked us.”⟧ [3 unknown, no_cue]");
    assert!(lines[11].starts_with(
        "[1] Ana Solís, Mayor · direct · «said» (say) · verb_after · 0.93 · or Piotr Wałęsa 0.04"
    ));
}

#[test]
fn a_part_of_several_titles_names_them_and_is_wrong_usage() {
    let (_folder, path) = database();
    let ran = run(&path, &["show", "mayor"]);
    assert_eq!(ran.code, Some(2));
    assert!(
        ran.err.contains("\n  1  Mayor vows to rebuild bridge") && ran.err.contains("\n  2  No toll"),
        "{}",
        ran.err
    );
    assert_eq!(run(&path, &["show", "nothing of the kind"]).code, Some(2));
}

#[test]
fn exports_go_to_a_file_or_to_standard_output_alike() {
    let (folder, path) = database();
    let file = folder.path().join("quotes.csv");
    let ran = run(&path, &["export", "quotes", "--format", "csv", "-o", file.to_str().unwrap()]);
    assert_eq!(ran.out, "");
    assert!(ran.err.starts_with("6 quotes written to "), "{}", ran.err);
    let printed = run(&path, &["export", "quotes", "--format", "csv"]).out;
    assert_eq!(std::fs::read_to_string(&file).unwrap(), printed);
    assert_eq!(printed, run(&path, &["quotes", "--format", "csv"]).out);
}

#[test]
fn a_database_that_cannot_be_used_is_exit_code_3() {
    let (folder, path) = place();
    for args in [
        &["quotes"][..],
        &["speakers"],
        &["articles"],
        &["show", "1"],
        &["export", "quotes", "--format", "csv"],
    ] {
        let ran = run(&path, args);
        assert_eq!(ran.code, Some(3), "{args:?}");
        assert!(ran.err.contains("onrecord ingest"), "{}", ran.err);
    }
    let text = folder.path().join("a.txt");
    std::fs::write(&text, "“Yes,” said Ann Reyes.\n").unwrap();
    let ran = run(&text, &["ingest", text.to_str().unwrap()]);
    assert_eq!(ran.code, Some(3), "{}", ran.err);
    assert_eq!(std::fs::read_to_string(&text).unwrap(), "“Yes,” said Ann Reyes.\n");
}

#[test]
fn wrong_values_say_what_would_be_right() {
    let (_folder, path) = database();
    let cases = [
        (["--since", "yesterday"], "write 2025-10-22, 2025-10 or 2025"),
        (["--type", "indirct"], "[possible values: direct, mixed, indirect, scare]"),
        (["--min-confidence", "93"], "a number from 0 to 1"),
        (["--search", "—"], "no letter or digit"),
    ];
    for (args, hint) in cases {
        let ran = run(&path, &["quotes", args[0], args[1]]);
        assert_eq!(ran.code, Some(2));
        assert!(ran.err.contains(hint), "{}", ran.err);
    }
}

#[test]
fn ingest_says_what_became_of_each_article() {
    let (folder, path) = place();
    let file = folder.path().join("a.txt");
    let ingest = |text: &str| {
        std::fs::write(&file, text).unwrap();
        let ran = run(&path, &["ingest", file.to_str().unwrap()]);
        assert_eq!(ran.code, Some(0), "{}", ran.err);
        ran.err
    };
    let first = "“The bridge will open in May,” said Ann Reyes.\n";
    assert!(ingest(first).contains("1 article read: 1 new, 0 changed, 0 there already"));
    assert!(ingest(first).contains("0 new, 0 changed, 1 there already"));
    let database = rusqlite::Connection::open(&path).unwrap();
    database.execute("UPDATE article_version SET analyser = 'older'", []).unwrap();
    assert!(ingest(first).contains("0 new, 0 changed, 1 reanalysed, 0 there already; 1 quote found"));
    assert!(ingest(first).contains("0 new, 0 changed, 1 there already; 0 quotes found"));
    assert!(
        ingest("“The bridge will open in June,” said Ann Reyes.\n")
            .contains("0 new, 1 changed, 0 there already")
    );
    let quotes = run(&path, &["quotes", "--format", "csv"]).out;
    assert!(quotes.contains("June") && !quotes.contains("May"), "{quotes}");
}
