//! `onrecord extract` as a person runs it. All articles here are invented.

use assert_cmd::Command;
use onrecord::record::Record;
use std::fs;
use std::io::{Read, Write};
use std::process::Stdio;
use tempfile::TempDir;

fn onrecord() -> Command {
    let mut command = Command::cargo_bin("onrecord").unwrap();
    command.env("NO_COLOR", "1").env_remove("ONRECORD_DB");
    command
}

/// A corpus of different lengths, so that threads finish out of order; every seventh line is bad.
fn corpus(lines: usize) -> String {
    let line = |number: usize| match number % 7 {
        3 => "{\"id\":\n".to_owned(),
        _ => {
            let text = "Ann Reyes said: “We will stay. 🙂” Nobody else did. ".repeat(number * 37 % 200);
            format!("{}\n", serde_json::json!({ "id": format!("a{number}"), "text": text, "mood": number }))
        }
    };
    (0..lines).map(line).collect()
}

fn folder() -> TempDir {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("corpus.jsonl"), corpus(300)).unwrap();
    fs::write(folder.path().join("shut.md"), "# Shut\n\n“It’s *shut*,” said Ann Reyes.\n").unwrap();
    fs::write(folder.path().join("bridge.txt"), "Title: Bridge\n\nIt is shut, Ann Reyes said.\n").unwrap();
    fs::write(folder.path().join("picture.png"), b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR").unwrap();
    folder
}

fn records(out: &[u8]) -> Vec<Record> {
    let lines = std::str::from_utf8(out).unwrap().lines();
    lines.map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let folder = folder();
    let run = |jobs: &str| {
        let output =
            onrecord().args(["extract", "--sentences", "--jobs", jobs]).arg(folder.path()).output().unwrap();
        assert_eq!(output.status.code(), Some(1), "bad lines are failures");
        (output.stdout, String::from_utf8(output.stderr).unwrap())
    };
    let (out, err) = run("1");
    assert_eq!(run("2"), (out.clone(), err.clone()));
    assert_eq!(run("8"), (out.clone(), err.clone()));
    assert_eq!(records(&out).len(), 2 + 300 - 43);
    assert_eq!(
        err.lines().filter(|line| line.contains("corpus.jsonl:") && line.contains("is no record")).count(),
        43
    );
    let last = err.lines().last().unwrap();
    assert!(last.starts_with("259 articles read, 1 skipped") && last.ends_with(", 43 failed"), "{last}");
}

#[test]
fn articles_come_in_the_order_of_the_input() {
    let folder = folder();
    let at = |name: &str| folder.path().join(name);
    let output = onrecord().arg("extract").arg(at("shut.md")).arg(at("bridge.txt")).output().unwrap();
    assert!(output.status.success());
    assert!(output.stderr.is_empty(), "nothing to say when all went well");
    let records = records(&output.stdout);
    let titles: Vec<_> = records.iter().filter_map(|record| record.title.as_deref()).collect();
    assert_eq!(titles, ["Shut", "Bridge"]);
    assert_eq!(records[0].text, "Shut\n\n“It’s shut,” said Ann Reyes.");
    assert_eq!(records[0].sentences, None);
}

#[test]
fn standard_input_is_told_by_its_first_line() {
    let run = |input: &str| {
        let output = onrecord().args(["extract", "--sentences", "-"]).write_stdin(input).output().unwrap();
        assert!(output.status.success());
        records(&output.stdout)
    };
    let lines = run("{\"id\":\"one\",\"text\":\"Yes.\",\"mood\":1}\n{\"id\":\"two\",\"text\":\"\"}\n");
    assert_eq!(lines.iter().map(|record| record.id.as_str()).collect::<Vec<_>>(), ["one", "two"]);
    assert_eq!(lines[0].extra["mood"], 1);
    assert_eq!(lines[0].sentences.as_deref(), Some([[0, 4]].as_slice()));
    let text = run("{She said yes.}\n");
    assert_eq!(text[0].text, "{She said yes.}\n");
}

#[test]
fn a_printed_record_can_be_read_again() {
    let first =
        onrecord().args(["extract", "--sentences", "-"]).write_stdin(corpus(3)).output().unwrap().stdout;
    let again =
        onrecord().args(["extract", "--sentences", "-"]).write_stdin(first.clone()).output().unwrap().stdout;
    assert_eq!(records(&first).len(), 3);
    assert_eq!(first, again);
}

#[test]
fn every_failure_is_named_and_the_rest_is_read() {
    let folder = folder();
    let output = onrecord()
        .args(["extract", "no-such-file.txt"])
        .args([folder.path().join("picture.png"), folder.path().join("bridge.txt")])
        .output()
        .unwrap();
    let err = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(records(&output.stdout).len(), 1);
    assert!(err.contains("error: no-such-file.txt: "), "{err}");
    assert!(err.contains("picture.png: "), "{err}");
    assert!(err.contains("1 article read, 2 failed"), "{err}");
}

#[test]
fn wrong_usage_is_exit_code_2() {
    for args in [
        vec!["extract"],
        vec!["extract", "--jobs", "0", "-"],
        vec!["extract", "--min-confidence", "7", "-"],
        vec!["extract", "--format", "gopher", "-"],
        vec!["nonsense"],
        vec!["man", "nonsense"],
    ] {
        onrecord().args(&args).assert().code(2);
    }
}

#[test]
fn a_reader_that_had_enough_is_no_error() {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("corpus.jsonl"), corpus(400).replace("{\"id\":\n", "")).unwrap();
    for jobs in ["1", "4"] {
        let mut child = std::process::Command::new(assert_cmd::cargo::cargo_bin("onrecord"))
            .args(["extract", "--jobs", jobs])
            .arg(folder.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut start = [0; 100];
        child.stdout.take().unwrap().read_exact(&mut start).unwrap();
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
        assert!(output.stderr.is_empty());
    }
}

#[cfg(unix)]
#[test]
fn an_interrupt_stops_behind_the_current_article() {
    let mut child = std::process::Command::new(assert_cmd::cargo::cargo_bin("onrecord"))
        .args(["extract", "--jobs", "2", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // Long enough to be worked on at once, though more may come.
    let line = format!("{}\n", serde_json::json!({ "id": "a", "text": "Yes. ".repeat(20_000) }));
    let mut input = child.stdin.take().unwrap();
    input.write_all(line.repeat(2).as_bytes()).unwrap();
    let mut out = child.stdout.take().unwrap();
    out.read_exact(&mut [0; 100]).unwrap();
    std::process::Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    out.read_to_end(&mut Vec::new()).unwrap();
    let output = child.wait_with_output().unwrap();
    let err = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{err}");
    assert!(err.contains("stopped: ") && err.contains(" read"), "{err}");
    drop(input);
}

#[test]
fn manual_pages_and_completions_are_written() {
    let folder = TempDir::new().unwrap();
    onrecord().args(["man", "-o"]).arg(folder.path()).assert().success();
    let page = fs::read_to_string(folder.path().join("onrecord-extract.1")).unwrap();
    assert!(page.contains("min\\-confidence"), "{page}");
    assert!(folder.path().join("onrecord.1").exists());
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let output = onrecord().args(["completions", shell]).output().unwrap();
        assert!(String::from_utf8(output.stdout).unwrap().contains("min-confidence"), "{shell}");
    }
}
