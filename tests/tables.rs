//! The tables of words in `data/`: sorted, unique, described, and all of them readable.

use onrecord::lexicon::Lexicon;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data")
}

/// File name and text of every table.
fn tables() -> Vec<(String, String)> {
    let names =
        fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<String> = names.filter(|name| name.ends_with(".tsv")).collect();
    names.sort();
    names.into_iter().map(|name| (name.clone(), fs::read_to_string(folder().join(name)).unwrap())).collect()
}

/// What is wrong with a table, with the line.
fn faults(name: &str, text: &str) -> Vec<String> {
    let mut faults = Vec::new();
    let columns = text.lines().next().unwrap_or_default().split('\t').count();
    let mut before = "";
    for (line, number) in text.lines().zip(1..).skip(1) {
        let mut fault = |what: &str| faults.push(format!("data/{name}, line {number}: {what}"));
        let key = line.split('\t').next().unwrap_or_default();
        if line.split('\t').count() != columns {
            fault("another number of cells than the header");
        }
        if key <= before {
            fault("not after the row before it, bytewise");
        }
        if line.split('\t').any(|cell| cell.trim() != cell || cell.chars().any(char::is_control)) {
            fault("white space at the edge of a cell, or a control character");
        }
        before = key;
    }
    if !text.ends_with('\n') || text.contains('\r') {
        faults.push(format!("data/{name}: every line ends with one line feed"));
    }
    faults
}

#[test]
fn every_table_is_sorted_and_unique() {
    let tables = tables();
    assert!(tables.len() > 15);
    let faults: Vec<String> = tables.iter().flat_map(|(name, text)| faults(name, text)).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn the_check_can_fail() {
    assert!(faults("a.tsv", "word\tclass\na\t1\nb\t\n").is_empty());
    for text in ["word\nb\na\n", "word\na\na\n", "word\na\t1\n", "word\na \n", "word\na", "word\r\na\r\n"] {
        assert!(!faults("a.tsv", text).is_empty(), "{text:?}");
    }
}

#[test]
fn the_readme_describes_every_table_and_no_other() {
    let readme = fs::read_to_string(folder().join("README.md")).unwrap();
    let rows = readme.lines().filter_map(|line| line.strip_prefix("| `")?.split_once("` |"));
    let rows: Vec<(&str, &str)> = rows.collect();
    let described: BTreeSet<&str> = rows.iter().map(|(name, _)| *name).collect();
    assert_eq!(described.len(), rows.len(), "a table has two rows");
    let tables = tables();
    assert_eq!(described, tables.iter().map(|(name, _)| name.as_str()).collect());
    for (name, row) in rows {
        let filled = row.trim_end_matches('|').split('|').filter(|cell| !cell.trim().is_empty()).count();
        assert_eq!(
            filled, 3,
            "data/README.md says of {name} what it holds, its columns and where it is from"
        );
    }
}

#[test]
fn every_table_is_built_in() {
    let files =
        ["lexicon", "store"].map(|module| Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join(module));
    let files = files.iter().flat_map(|folder| fs::read_dir(folder).unwrap());
    let files = files.map(|file| file.unwrap().path()).filter(|path| path.is_file());
    let code: String = files.map(|path| fs::read_to_string(path).unwrap()).collect();
    for (name, _) in tables() {
        assert!(code.contains(&format!("data/{name}\")")), "no code reads data/{name}");
    }
}

#[test]
fn every_table_loads() {
    Lexicon::load().unwrap();
}
