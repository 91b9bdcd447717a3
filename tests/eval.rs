//! `onrecord eval` as a person runs it. All articles here are invented.

use assert_cmd::Command;
use flate2::Compression;
use flate2::read::GzEncoder;
use serde_json::{Value, json};
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

const TEXT: &str = "“We stay,” said Ann Reyes.\n\nThe harbour has \u{9b}31m two gates.\n\nShe hopes to win.";

fn eval(flags: &[&str], gold: &[PathBuf]) -> std::process::Output {
    let mut command = Command::cargo_bin("onrecord").unwrap();
    command.env("NO_COLOR", "1").args(["eval"]).args(flags).arg("--gold").args(gold);
    command.output().unwrap()
}

/// The span of `words` in the text, in code points.
fn span(words: &str) -> [usize; 2] {
    let start = TEXT[..TEXT.find(words).unwrap()].chars().count();
    [start, start + words.chars().count()]
}

/// One annotated article: a quotation with the wrong source, one that nobody made, and a hope.
fn line() -> String {
    let quote = |number: usize, kind: &str, content: &str, cue: &str, source: &str| {
        let [content, cue, source] = [content, cue, source].map(|words| json!([span(words)]));
        json!({"id": number.to_string(), "type": kind, "content": content, "cue": cue, "source": source})
    };
    let quotes = [
        quote(1, "direct", "“We stay,”", "said", "harbour"),
        quote(2, "indirect", "has \u{9b}31m two gates", "harbour", "gates"),
        quote(3, "indirect", "to win", "hopes", "She"),
    ];
    format!("{}\n", json!({"id": "quay\u{1b}.txt", "text": TEXT, "quotes": quotes}))
}

fn write(folder: &Path, name: &str, bytes: &[u8]) -> Vec<PathBuf> {
    fs::write(folder.join(name), bytes).unwrap();
    vec![folder.join(name)]
}

fn printed(output: std::process::Output) -> String {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn a_packed_file_gives_what_the_plain_one_gives() {
    let folder = TempDir::new().unwrap();
    let mut packed = Vec::new();
    GzEncoder::new(line().as_bytes(), Compression::fast()).read_to_end(&mut packed).unwrap();
    let plain = printed(eval(&[], &write(folder.path(), "gold.gz", line().as_bytes())));
    assert_eq!(printed(eval(&[], &write(folder.path(), "gold.jsonl", &packed))), plain);
    assert!(plain.starts_with("1 annotated article, figures"), "{plain}");
}

#[test]
fn errors_are_shown_when_asked_and_steer_no_terminal() {
    let folder = TempDir::new().unwrap();
    let gold = write(folder.path(), "gold.jsonl", line().as_bytes());
    assert!(!printed(eval(&[], &gold)).contains("wrong source"));
    assert!(!printed(eval(&["--errors", "0"], &gold)).contains("wrong source"));
    let shown = printed(eval(&["--errors"], &gold));
    assert!(shown.contains("wrong source · direct"), "{shown}");
    assert!(shown.contains("quay␛.txt") && shown.contains("has ‹U+009B›31m two gates"), "{shown}");
    assert!(!shown.chars().any(|letter| letter.is_control() && letter != '\n'), "{shown}");
}

#[test]
fn json_has_the_errors_whole() {
    let folder = TempDir::new().unwrap();
    let gold = write(folder.path(), "gold.jsonl", line().as_bytes());
    let figures = |flags: &[&str]| -> Value {
        serde_json::from_str(&printed(eval(&[&["--format", "json"], flags].concat(), &gold))).unwrap()
    };
    assert_eq!(figures(&[]).get("errors"), None, "nobody asked for them");
    let errors = figures(&["--errors", "1"])["errors"].clone();
    assert_eq!(errors.as_array().unwrap().len(), 2, "one predicted wrongly, one missed");
    assert_eq!(errors[0]["error"], "wrong_source");
    assert_eq!(errors[0]["annotated"]["source"], "harbour");
    assert_eq!(errors[0]["predicted"]["speaker"], "Ann Reyes");
    assert_eq!(errors[1]["error"], "missed");
    assert_eq!(errors[1]["annotated"]["content"], "has \u{9b}31m two gates");
}

#[test]
fn a_hope_is_left_aside_among_claims() {
    let folder = TempDir::new().unwrap();
    let gold = write(folder.path(), "gold.jsonl", line().as_bytes());
    let shown = printed(eval(&["--core"], &gold));
    assert!(shown.starts_with("1 annotated article, claims only"), "{shown}");
    let rows: Vec<&str> = shown.lines().filter(|line| line.starts_with(" all ")).collect();
    assert_eq!(rows[0].split_whitespace().nth(1), Some("1"), "{shown}");
}

#[test]
fn a_line_that_is_no_record_is_named() {
    let folder = TempDir::new().unwrap();
    let gold = write(folder.path(), "gold.jsonl", format!("{}\n{{\n", line()).as_bytes());
    let output = eval(&[], &gold);
    assert_eq!(output.status.code(), Some(1));
    let message = String::from_utf8(output.stderr).unwrap();
    assert!(message.contains("gold.jsonl:3: no annotated article"), "{message}");
}
