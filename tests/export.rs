//! Exports: every format tells the same, and CSV gives back what went in.

mod articles;

use articles::{council, follow_up, place, write};
use onrecord::error::{Error, Result};
use onrecord::export::csv::{neutralise, restore};
use onrecord::export::file::write_whole;
use onrecord::export::stream::{Format, Rows};
use onrecord::export::{Cell, Row};
use onrecord::query::Reader;
use onrecord::query::articles::ArticleFilter;
use onrecord::query::quotes::{QuoteFilter, QuoteRow};
use onrecord::query::speakers::SpeakerFilter;
use onrecord::store::Store;
use proptest::prelude::*;
use serde_json::Value;
use std::fs;

fn reader() -> (tempfile::TempDir, Reader) {
    let (folder, path) = place();
    let mut store = Store::open(&path).unwrap();
    let mut formula = follow_up();
    formula.document.title = Some("=HYPERLINK(\"http://x\",\"open\")\r\n'quoted', twice".to_owned());
    write(&mut store, &council());
    write(&mut store, &formula);
    let reader = Reader::open(&path).unwrap();
    (folder, reader)
}

fn quotes(reader: &Reader, format: Format) -> Vec<u8> {
    let mut rows = Rows::new(format, Vec::new()).unwrap();
    let filter = QuoteFilter::default();
    reader.quotes(&filter, |row: QuoteRow| rows.write(&row).map_err(Error::io("memory"))).unwrap();
    rows.finish().unwrap()
}

fn csv_rows(bytes: &[u8]) -> Vec<Vec<String>> {
    let mut table = csv::ReaderBuilder::new().has_headers(false).from_reader(bytes);
    table.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
}

/// A JSON value as it stands in a CSV cell.
fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(words) => neutralise(words).into_owned(),
        other => other.to_string(),
    }
}

#[test]
fn csv_json_and_json_lines_tell_the_same() {
    let (_folder, reader) = reader();
    let array: Vec<Value> = serde_json::from_slice(&quotes(&reader, Format::Json)).unwrap();
    let lines = String::from_utf8(quotes(&reader, Format::Jsonl)).unwrap();
    let lines: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(array, lines);
    assert_eq!(array.len(), 5);

    let table = csv_rows(&quotes(&reader, Format::Csv));
    assert_eq!(table[0], QuoteRow::COLUMNS);
    for (row, object) in table[1..].iter().zip(&array) {
        let cells: Vec<String> = QuoteRow::COLUMNS.iter().map(|column| cell(&object[column])).collect();
        assert_eq!(row, &cells);
    }
    assert_eq!(table.len(), 6);
}

#[test]
fn fields_stand_in_the_order_of_the_columns() {
    let (_folder, reader) = reader();
    let lines = String::from_utf8(quotes(&reader, Format::Jsonl)).unwrap();
    let places: Vec<usize> =
        QuoteRow::COLUMNS.iter().map(|column| lines.find(&format!("\"{column}\":")).unwrap()).collect();
    assert!(places.is_sorted(), "{places:?}");
}

#[test]
fn what_is_unknown_is_empty_and_never_zero() {
    let (_folder, path) = place();
    write(&mut Store::open(&path).unwrap(), &council());
    let reader = Reader::open(&path).unwrap();
    let mut rows = Rows::new(Format::Csv, Vec::new()).unwrap();
    let scare = QuoteFilter { kinds: vec![onrecord::model::QuoteKind::Scare], ..QuoteFilter::default() };
    reader.quotes(&scare, |row: QuoteRow| rows.write(&row).map_err(Error::io("memory"))).unwrap();
    let table = csv_rows(&rows.finish().unwrap());
    let known: Vec<&str> = QuoteRow::COLUMNS
        .iter()
        .zip(&table[1])
        .filter(|(_, cell)| !cell.is_empty())
        .map(|(name, _)| *name)
        .collect();
    let expected = [
        "id",
        "published",
        "outlet",
        "title",
        "article",
        "position",
        "type",
        "quote",
        "runners_up",
        "content",
        "printed",
        "state",
    ];
    assert_eq!(known, expected);
}

#[test]
fn csv_is_as_rfc_4180_wants_it() {
    let (_folder, reader) = reader();
    let text = String::from_utf8(quotes(&reader, Format::Csv)).unwrap();
    assert!(text.starts_with("id,published,outlet,"));
    assert!(text.ends_with("\r\n"));
    assert!(text.contains("\"'=HYPERLINK(\"\"http://x\"\",\"\"open\"\")\r\n'quoted', twice\""), "{text}");
}

#[test]
fn speakers_and_articles_have_a_cell_for_each_column() {
    let (_folder, reader) = reader();
    let mut speakers = Rows::new(Format::Csv, Vec::new()).unwrap();
    reader
        .speakers(&SpeakerFilter::default(), |row| speakers.write(&row).map_err(Error::io("memory")))
        .unwrap();
    let speakers = csv_rows(&speakers.finish().unwrap());
    assert_eq!(speakers[1][1..5], ["Ana Solís", "person", "2", "2"]);
    let mut articles = Rows::new(Format::Csv, Vec::new()).unwrap();
    reader
        .articles(&ArticleFilter::default(), |row| articles.write(&row).map_err(Error::io("memory")))
        .unwrap();
    let articles = csv_rows(&articles.finish().unwrap());
    assert_eq!(articles[1][1], "https://herald.example/bridge");
}

#[test]
fn a_file_is_written_whole_or_not_at_all() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("quotes.csv");
    fs::write(&path, "the old one").unwrap();
    let failed: Result<()> = write_whole(&path, |out| {
        out.write_all(b"half of the new").map_err(Error::io("memory"))?;
        Err(Error::Input { origin: "a test".to_owned(), reason: "enough".to_owned() })
    });
    assert!(failed.is_err());
    assert_eq!(fs::read_to_string(&path).unwrap(), "the old one");
    write_whole(&path, |out| out.write_all(b"the new one").map_err(Error::io("memory"))).unwrap();
    assert_eq!(fs::read_to_string(&path).unwrap(), "the new one");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "no draft is left behind");
}

/// A row of one cell.
struct Words(String);

impl Row for Words {
    const COLUMNS: &'static [&'static str] = &["words", "more"];

    fn cells(&self) -> Vec<Cell<'_>> {
        vec![Cell::text(Some(&self.0)), Cell::Missing]
    }
}

proptest! {
    #[test]
    fn any_cell_comes_back_from_csv(words in prop_oneof![any::<String>(), "[=+@'\t\r\n\",-]{0,4}[a-z]{0,2}"]) {
        let mut rows = Rows::new(Format::Csv, Vec::new()).unwrap();
        rows.write(&Words(words.clone())).unwrap();
        let table = csv_rows(&rows.finish().unwrap());
        prop_assert_eq!(restore(&table[1][0]), words);
        prop_assert!(!table[1][0].starts_with(['=', '+', '-', '@', '\t', '\r']));
    }

    #[test]
    fn any_cell_comes_back_from_json(words in any::<String>()) {
        let mut rows = Rows::new(Format::Jsonl, Vec::new()).unwrap();
        rows.write(&Words(words.clone())).unwrap();
        let object: Value = serde_json::from_slice(&rows.finish().unwrap()).unwrap();
        prop_assert_eq!(&object["words"], &Value::String(words));
    }
}
