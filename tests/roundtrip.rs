//! Every sample goes into the database, out as CSV, and is read with another CSV library than the one that
//! wrote it: the same quotes as in JSON Lines and as found in the first place.

use assert_cmd::Command;
use onrecord::record::{Record, RecordQuote};
use serde_json::Value;
use simd_csv::{ByteRecord, Reader};
use std::collections::BTreeSet;
use std::path::Path;
use tempfile::TempDir;

/// A statement as each way tells it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
struct Statement {
    article: String,
    id: String,
    kind: String,
    words: String,
    /// Where the words stand, as JSON.
    content: String,
    speaker: Option<String>,
    source: Option<String>,
    cue: Option<String>,
    /// Thousandths: numbers are written in more than one way.
    confidence: u32,
}

fn onrecord(args: &[&str]) -> Vec<u8> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_onrecord"));
    // So that articles are known as samples/….
    command.current_dir(env!("CARGO_MANIFEST_DIR")).env_remove("ONRECORD_DB").args(args);
    let output = command.output().expect("the program runs");
    assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

fn thousandths(share: f64) -> u32 {
    (share * 1000.0).round() as u32
}

/// What `extract` finds, straight from the analysis.
fn extracted() -> BTreeSet<Statement> {
    let out = String::from_utf8(onrecord(&["extract", "samples"])).expect("UTF-8");
    let records = out.lines().map(|line| serde_json::from_str::<Record>(line).expect("a record"));
    records.flat_map(|record| statements(&record)).collect()
}

fn statements(record: &Record) -> Vec<Statement> {
    let letters: Vec<char> = record.text.chars().collect();
    let at = |[start, end]: [u32; 2]| letters[start as usize..end as usize].iter().collect::<String>();
    let one = |spans: &[[u32; 2]]| spans.first().map(|&span| at(span));
    let is_statement = |quote: &&RecordQuote| quote.kind.as_deref() != Some("scare");
    let each = record.quotes.iter().filter(is_statement).map(|quote| Statement {
        article: record.id.clone(),
        id: quote.id.clone(),
        kind: quote.kind.clone().expect("a type"),
        words: quote.content.iter().map(|&span| at(span)).collect::<Vec<_>>().join(" … "),
        content: serde_json::json!(quote.content).to_string(),
        speaker: quote.speaker.clone(),
        source: one(&quote.source),
        cue: one(&quote.cue),
        confidence: thousandths(f64::from(quote.confidence.expect("a confidence"))),
    });
    each.collect()
}

/// What `quotes` prints as JSON Lines.
fn listed(db: &str) -> BTreeSet<Statement> {
    let out = String::from_utf8(onrecord(&["quotes", "--format", "jsonl", "--db", db])).expect("UTF-8");
    let quotes = out.lines().map(|line| serde_json::from_str::<Value>(line).expect("JSON"));
    let each = quotes.map(|quote| {
        let words = |name: &str| quote[name].as_str().map(str::to_owned);
        Statement {
            article: words("article").expect("an article"),
            id: words("id").expect("an id"),
            kind: words("type").expect("a type"),
            words: words("quote").expect("words"),
            content: quote["content"].to_string(),
            speaker: words("speaker"),
            source: words("source"),
            cue: words("cue"),
            confidence: thousandths(quote["confidence"].as_f64().expect("a confidence")),
        }
    });
    each.collect()
}

/// What stands in the CSV, one leading `'` taken from each cell as its documentation says.
fn exported(path: &Path, db: &str) -> BTreeSet<Statement> {
    onrecord(&["export", "quotes", "--format", "csv", "--db", db, "-o", path.to_str().expect("UTF-8")]);
    let mut reader = Reader::from_reader(std::fs::File::open(path).expect("the export"));
    let names: Vec<Vec<u8>> = reader.byte_headers().expect("a head").iter().map(<[u8]>::to_vec).collect();
    let cell = |row: &ByteRecord, name: &str| {
        let column = names.iter().position(|known| known == name.as_bytes()).expect(name);
        let cell = std::str::from_utf8(row.get(column).expect(name)).expect("UTF-8");
        cell.strip_prefix('\'').unwrap_or(cell).to_owned()
    };
    let rows = reader.into_byte_records().map(|row| {
        let row = row.expect("a row");
        let some = |name: &str| Some(cell(&row, name)).filter(|words| !words.is_empty());
        Statement {
            article: cell(&row, "article"),
            id: cell(&row, "id"),
            kind: cell(&row, "type"),
            words: cell(&row, "quote"),
            content: cell(&row, "content"),
            speaker: some("speaker"),
            source: some("source"),
            cue: some("cue"),
            confidence: thousandths(cell(&row, "confidence").parse().expect("a number")),
        }
    });
    rows.collect()
}

/// How many articles stand in the samples.
fn samples() -> usize {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    let files = std::fs::read_dir(samples).expect("samples").map(|entry| entry.expect("a file").path());
    let articles =
        files.filter(|path| path.is_file() && !path.to_str().expect("UTF-8").ends_with(".gold.jsonl"));
    articles.count()
}

#[test]
fn every_sample_comes_back_from_csv_as_it_was_found() {
    let folder = TempDir::new().expect("a temporary folder");
    let db = folder.path().join("samples.db").to_str().expect("UTF-8").to_owned();
    onrecord(&["ingest", "samples", "--db", &db]);
    let extracted = extracted();
    let articles: BTreeSet<&str> = extracted.iter().map(|statement| statement.article.as_str()).collect();
    assert_eq!(articles.len(), samples(), "a statement of every sample: {articles:?}");
    assert!(extracted.iter().any(|statement| statement.words.contains('"')), "marks that CSV must double");
    assert_eq!(listed(&db), extracted);
    assert_eq!(exported(&folder.path().join("quotes.csv"), &db), extracted);
}
