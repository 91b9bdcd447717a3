//! What the program says to inputs, places and names that mean it no good. All articles here are invented.

#![cfg(unix)]

use assert_cmd::Command;
use std::ffi::OsStr;
use std::fs::{self, File};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::{Output, Stdio};
use tempfile::TempDir;

const ARTICLE: &str = "“We will stay,” said Ann Reyes. “All of us.”\n";

fn onrecord(folder: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_onrecord"));
    command.current_dir(folder).env_remove("ONRECORD_DB").env("NO_COLOR", "1").args(args);
    command
}

fn run(folder: &Path, args: &[&str]) -> Output {
    onrecord(folder, args).output().expect("the program runs")
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("UTF-8")
}

/// What the program says, and the exit code.
fn said(folder: &Path, args: &[&str]) -> (String, Option<i32>) {
    let output = run(folder, args);
    (err(&output), output.status.code())
}

fn place() -> TempDir {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("stay.txt"), ARTICLE).unwrap();
    folder
}

#[test]
fn the_name_of_a_file_can_not_steer_the_terminal() {
    let folder = place();
    fs::write(folder.path().join("\u{1b}[31m\u{1b}]0;owned\u{7}\n.txt"), b"\0\0").unwrap();
    let mut forced = onrecord(folder.path(), &["extract", "."]);
    // Else escapes are taken out because standard error is no terminal.
    forced.env_remove("NO_COLOR").env("CLICOLOR_FORCE", "1");
    let said = err(&forced.output().unwrap());
    assert!(said.contains("./␛[31m␛]0;owned␇␊.txt: has NUL bytes"), "{said:?}");
}

#[test]
fn two_names_that_are_not_in_unicode_are_two_articles() {
    let folder = place();
    let odd = folder.path().join("odd");
    fs::create_dir(&odd).unwrap();
    for name in [&b"\xff\xfe.txt"[..], b"\xff\xfd.txt"] {
        fs::write(odd.join(OsStr::from_bytes(name)), format!("{name:?} {ARTICLE}")).unwrap();
    }
    for summary in ["2 new, 0 changed", "0 new, 0 changed"] {
        let (said, code) = said(folder.path(), &["ingest", "odd"]);
        assert_eq!(code, Some(0), "{said}");
        assert!(said.contains(summary), "{said}");
    }
}

#[test]
fn a_failure_is_told_once_and_in_words() {
    let folder = place();
    symlink("nowhere.txt", folder.path().join("lost.txt")).unwrap();
    symlink(".", folder.path().join("loop")).unwrap();
    let tells = |args: &[&str], expected: &str| {
        let (said, code) = said(folder.path(), args);
        assert_eq!((said.lines().next(), code), (Some(expected), Some(1)));
    };
    tells(&["extract", "no.txt"], "error: no.txt: there is no such file or folder");
    tells(&["extract", "lost.txt"], "error: lost.txt: is a link that leads nowhere");
    let (said, _) = said(folder.path(), &["extract", "."]);
    assert!(said.contains("error: ./lost.txt: is a link that leads nowhere\n"), "{said}");
    assert!(said.contains("error: ./loop: leads back to ., so it isn't followed\n"), "{said}");

    run(folder.path(), &["ingest", "stay.txt"]);
    let export = ["export", "quotes", "--format", "csv", "-o"];
    tells(&[&export[..], &["no/x.csv"]].concat(), "error: no/x.csv: there is no such file or folder");
    tells(&[&export[..], &["loop"]].concat(), "error: loop: is a folder and no file");
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_told_with_the_place_that_is_full() {
    let folder = place();
    run(folder.path(), &["ingest", "stay.txt"]);
    for args in [
        &["extract", "stay.txt"][..],
        &["quotes"],
        &["quotes", "--format", "json"],
        &["show", "1"],
        &["man"],
        &["completions", "bash"],
    ] {
        let full = File::options().write(true).open("/dev/full").unwrap();
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_onrecord"));
        command.current_dir(&folder).args(args).stdout(full).stderr(Stdio::piped());
        let output = command.output().unwrap();
        assert_eq!(
            (err(&output).as_str(), output.status.code()),
            ("error: standard output: the disk is full\n", Some(1)),
            "{args:?}"
        );
    }
}

#[test]
fn a_database_that_can_not_be_one_is_named_with_the_reason() {
    let folder = place();
    run(folder.path(), &["ingest", "stay.txt"]);
    let whole = fs::read(folder.path().join("onrecord.db")).unwrap();
    fs::write(folder.path().join("half.db"), &whole[..whole.len() / 2]).unwrap();
    fs::create_dir(folder.path().join("folder")).unwrap();
    for command in [&["quotes"][..], &["ingest", "stay.txt"]] {
        let refused = |db: &str, reason: &str| {
            let (said, code) = said(folder.path(), &[command, &["--db", db]].concat());
            assert_eq!((said, code), (format!("error: {db}: {reason}\n"), Some(3)), "{command:?}");
        };
        refused("folder", "is a folder; name a file with --db");
        refused("stay.txt", "the file is no SQLite database; choose another with --db");
        refused(
            "half.db",
            "the file is damaged; put back a copy, or move it away and ingest the articles again",
        );
    }
}

#[test]
fn reading_leaves_nothing_beside_the_database() {
    let folder = place();
    run(folder.path(), &["ingest", "stay.txt"]);
    run(folder.path(), &["quotes"]);
    let mut names: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    names.sort();
    assert_eq!(names, ["onrecord.db", "stay.txt"]);
}

#[test]
fn nothing_is_asked_for_with_a_reason() {
    let folder = place();
    run(folder.path(), &["ingest", "stay.txt"]);
    for args in [&["quotes", "--limit", "-1"][..], &["extract", ".", "--jobs", "0"]] {
        let (said, code) = said(folder.path(), args);
        assert_eq!(code, Some(2), "{said}");
        assert!(said.contains("a whole number"), "{said}");
    }
}

#[test]
fn a_folder_without_articles_is_said_to_have_none() {
    let folder = TempDir::new().unwrap();
    fs::create_dir(folder.path().join("empty")).unwrap();
    let (said, code) = said(folder.path(), &["extract", "empty"]);
    assert_eq!(code, Some(0));
    assert_eq!(said, "0 articles read\n");
}

#[test]
fn the_command_to_type_next_works() {
    let folder = place();
    let (said, _) = said(folder.path(), &["ingest", "stay.txt"]);
    assert!(said.ends_with("\nnext: onrecord quotes --speaker 'Ann Reyes'\n"), "{said}");
    let output = run(folder.path(), &["ingest", "stay.txt", "--db", "its news.db"]);
    assert!(!err(&run(folder.path(), &["ingest", "."])).contains("next:"), "a database of old needs no hint");
    let next = "\nnext: onrecord quotes --speaker 'Ann Reyes' --db 'its news.db'\n";
    assert!(err(&output).ends_with(next), "{}", err(&output));
}

#[test]
fn a_database_in_a_place_that_can_not_be_written_to_is_read() {
    use std::os::unix::fs::PermissionsExt;
    let folder = place();
    let shut = folder.path().join("shut");
    fs::create_dir(&shut).unwrap();
    run(folder.path(), &["ingest", "stay.txt", "--db", "shut/a?b#c%d.db"]);
    fs::set_permissions(shut.join("a?b#c%d.db"), fs::Permissions::from_mode(0o444)).unwrap();
    fs::set_permissions(&shut, fs::Permissions::from_mode(0o555)).unwrap();
    // Proves little when run by root, who may write anywhere.
    let output = run(folder.path(), &["quotes", "--db", "shut/a?b#c%d.db", "--format", "jsonl"]);
    fs::set_permissions(&shut, fs::Permissions::from_mode(0o755)).unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    assert!(String::from_utf8_lossy(&output.stdout).contains("We will stay"));
}

#[test]
fn an_article_changed_behind_our_back_is_refused_and_named() {
    let folder = place();
    run(folder.path(), &["ingest", "stay.txt"]);
    let database = rusqlite::Connection::open(folder.path().join("onrecord.db")).unwrap();
    database.execute("UPDATE article_version SET text = 'ééé'", []).unwrap();
    drop(database);
    for args in [
        &["quotes"][..],
        &["quotes", "--format", "csv"],
        &["show", "1"],
        &["export", "quotes", "--format", "json"],
    ] {
        let (said, code) = said(folder.path(), args);
        assert_eq!(code, Some(3), "{said}");
        assert!(said.contains("doesn't stand in its article any more"), "{said}");
    }
}
