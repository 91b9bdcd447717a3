//! Throughput of `extract` on one and two threads and of `ingest` into a new database, as a person
//! runs them: start-up, reading and writing are part of it. Items are words.
//!
//! `ONRECORD_BENCH_TEXT=FILE` names a file of records (JSON Lines with an `id` and a `text` each) to
//! measure on, instead of the articles of `samples/` over and over.

use divan::Bencher;
use divan::counter::{BytesCount, ItemsCount};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use tempfile::TempDir;

/// As many words as PolNeAR's training part.
const WORDS: usize = 640_000;

fn main() {
    divan::main();
}

#[divan::bench(args = [1, 2], sample_count = 5)]
fn extract(bencher: Bencher, jobs: usize) {
    let corpus = Corpus::new();
    bencher
        .counter(corpus.words)
        .counter(corpus.bytes)
        .bench(|| corpus.run("extract", jobs, &corpus.database(0)));
}

#[divan::bench(args = [1, 2], sample_count = 3)]
fn ingest(bencher: Bencher, jobs: usize) {
    let corpus = Corpus::new();
    let mut runs = 0;
    let new_database = || {
        runs += 1;
        corpus.database(runs)
    };
    let bencher = bencher.counter(corpus.words).counter(corpus.bytes).with_inputs(new_database);
    bencher.bench_local_values(|database| corpus.run("ingest", jobs, &database));
}

/// A file of records and its size.
struct Corpus {
    folder: TempDir,
    path: PathBuf,
    words: ItemsCount,
    bytes: BytesCount,
}

impl Corpus {
    fn new() -> Self {
        let folder = TempDir::new().expect("a folder for temporary files");
        let given = std::env::var_os("ONRECORD_BENCH_TEXT").map(PathBuf::from);
        let path = given.unwrap_or_else(|| write_samples(&folder));
        let lines = fs::read_to_string(&path).expect("ONRECORD_BENCH_TEXT names a file of text");
        let texts =
            lines.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).expect("a record"));
        let texts: Vec<String> =
            texts.map(|record| record["text"].as_str().unwrap_or_default().to_owned()).collect();
        let words: usize = texts.iter().map(|text| text.split_whitespace().count()).sum();
        let bytes: usize = texts.iter().map(String::len).sum();
        Self { folder, path, words: ItemsCount::new(words), bytes: BytesCount::new(bytes) }
    }

    fn database(&self, run: usize) -> PathBuf {
        self.folder.path().join(format!("{run}.db"))
    }

    fn run(&self, command: &str, jobs: usize, database: &Path) {
        let mut program = Command::new(env!("CARGO_BIN_EXE_onrecord"));
        program.arg(command).args(["--format", "jsonl", "--jobs", &jobs.to_string()]).arg(&self.path);
        program.arg("--db").arg(database).stdout(Stdio::null()).stderr(Stdio::null());
        assert!(program.status().expect("the program runs").success());
    }
}

/// Writes the articles of `samples/`, over and over, each time with another id.
fn write_samples(folder: &TempDir) -> PathBuf {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    let mut files: Vec<PathBuf> =
        fs::read_dir(samples).expect("samples").flatten().map(|entry| entry.path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "txt"));
    files.sort();
    let texts: Vec<String> = files.iter().map(|path| fs::read_to_string(path).expect("a text")).collect();
    let mut lines = String::new();
    let mut words = 0;
    for (number, text) in texts.iter().cycle().enumerate() {
        if words >= WORDS {
            break;
        }
        words += text.split_whitespace().count();
        lines.push_str(&serde_json::json!({ "id": number.to_string(), "text": text }).to_string());
        lines.push('\n');
    }
    let path = folder.path().join("samples.jsonl");
    fs::write(&path, lines).expect("room for the corpus");
    path
}
