//! All figures of one size, and of all sizes together.

use crate::claims::Claims;
use crate::corpus::{Corpus, Part};
use crate::plot;
use crate::process::{output, timed, watched};
use crate::queries::{self, Query};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use std::fs;
use std::io;
use std::path::Path;

/// More articles than this are ingested on two threads only: on one, a million would take half an hour.
const ONE_THREAD: usize = 100_000;

/// Up to so many articles, each figure is the best of three runs.
const THREE_RUNS: usize = 10_000;

/// Of `docs/scale.json`.
#[derive(Serialize)]
pub struct Scale {
    pub version: String,
    pub date: String,
    pub machine: Machine,
    pub seed: u64,
    pub steps: Vec<Figures>,
    /// Of runs with --claims, by the number of articles; kept as they are by the others.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub claims: Vec<Box<RawValue>>,
}

#[derive(Serialize)]
pub struct Machine {
    /// As the processor calls itself; unknown where the system doesn't say.
    pub processor: Option<String>,
    pub cores: usize,
    pub memory_gib: Option<f64>,
}

#[derive(Serialize)]
pub struct Figures {
    pub articles: usize,
    pub words: usize,
    pub text_bytes: usize,
    /// Articles that `extract` read: the first ones.
    pub extracted_words: usize,
    /// Words a second of one and two threads.
    pub extract: [f64; 2],
    /// Unknown on one thread for the largest sizes.
    pub ingest: [Option<f64>; 2],
    /// Of the ingest on two threads.
    pub ingest_peak_mib: Option<f64>,
    pub database_bytes: u64,
    pub ratios: Ratios,
    pub export_rows: usize,
    pub export_rows_a_second: f64,
    pub queries: Vec<Query>,
}

/// What doesn't hang on how fast the machine is.
#[derive(Serialize)]
pub struct Ratios {
    /// `ingest` over `extract`, on two threads each.
    pub ingest_over_extract: f64,
    pub extract_two_threads_over_one: f64,
    pub ingest_two_threads_over_one: Option<f64>,
    pub database_over_text: f64,
}

impl Scale {
    pub fn new(program: &Path, seed: u64, docs: &Path) -> io::Result<Self> {
        let version = output(program, &["--version"])?.trim().to_owned();
        let date = jiff::Timestamp::now().strftime("%Y-%m-%d").to_string();
        Ok(Self {
            version,
            date,
            machine: Machine::here(),
            seed,
            steps: Vec::new(),
            claims: last_claims(docs)?,
        })
    }

    /// Puts the figures of claims among those of the last run, which stay as they are written.
    pub fn put_claims(mut self, claims: &Claims, docs: &Path) -> io::Result<()> {
        #[derive(Serialize, Deserialize)]
        struct Last {
            version: Box<RawValue>,
            date: Box<RawValue>,
            machine: Box<RawValue>,
            seed: Box<RawValue>,
            steps: Box<RawValue>,
            #[serde(default)]
            claims: Vec<Box<RawValue>>,
        }
        self.claims.retain(|other| articles(other) != Some(claims.articles));
        let written = serde_json::to_string_pretty(claims)?.replace('\n', "\n    ");
        self.claims.push(RawValue::from_string(written)?);
        self.claims.sort_by_key(|claims| articles(claims));
        let file = docs.join("scale.json");
        let json = match fs::read_to_string(&file) {
            Ok(json) => {
                let last: Last = serde_json::from_str(&json)?;
                serde_json::to_string_pretty(&Last { claims: self.claims, ..last })?
            }
            Err(_) => serde_json::to_string_pretty(&self)?,
        };
        fs::write(file, json + "\n")
    }

    /// Writes scale.json and scale.svg.
    pub fn write(&self, docs: &Path) -> io::Result<()> {
        let json = serde_json::to_string_pretty(self)? + "\n";
        fs::write(docs.join("scale.json"), json)?;
        fs::write(docs.join("scale.svg"), plot::plot(self))
    }
}

/// The figures of claims that stand in the folder.
fn last_claims(docs: &Path) -> io::Result<Vec<Box<RawValue>>> {
    #[derive(Deserialize)]
    struct Last {
        #[serde(default)]
        claims: Vec<Box<RawValue>>,
    }
    let Ok(json) = fs::read_to_string(docs.join("scale.json")) else { return Ok(Vec::new()) };
    Ok(serde_json::from_str::<Last>(&json)?.claims)
}

/// The number of articles that figures of claims are of.
fn articles(claims: &RawValue) -> Option<usize> {
    #[derive(Deserialize)]
    struct Of {
        articles: usize,
    }
    serde_json::from_str::<Of>(claims.get()).ok().map(|of| of.articles)
}

impl Machine {
    fn here() -> Self {
        let processor = field("/proc/cpuinfo", "model name");
        let memory = field("/proc/meminfo", "MemTotal");
        let kib = memory.and_then(|memory| memory.trim_end_matches(" kB").parse::<f64>().ok());
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        Self { processor, cores, memory_gib: kib.map(|kib| (kib / 1_048_576.0 * 10.0).round() / 10.0) }
    }
}

/// Measures everything on the articles of one size.
pub fn measure(program: &Path, corpus: &Corpus, seed: u64) -> io::Result<Figures> {
    let extract = [extract(program, &corpus.first, 1)?, extract(program, &corpus.first, 2)?];
    let small = corpus.articles <= ONE_THREAD;
    let one = if small { Some(ingest(program, corpus, 1)?.0) } else { None };
    let (two, ingest_peak_mib) = ingest(program, corpus, 2)?;
    let database = corpus.database(2);
    let database_bytes = fs::metadata(&database)?.len();
    let (export_rows, export_seconds) = export(program, &database)?;
    let ratios = Ratios {
        ingest_over_extract: two / extract[1],
        extract_two_threads_over_one: extract[1] / extract[0],
        ingest_two_threads_over_one: one.map(|one| two / one),
        database_over_text: database_bytes as f64 / corpus.all.text_bytes as f64,
    };
    Ok(Figures {
        articles: corpus.articles,
        words: corpus.all.words,
        text_bytes: corpus.all.text_bytes,
        extracted_words: corpus.first.words,
        extract,
        ingest: [one, Some(two)],
        ingest_peak_mib,
        database_bytes,
        ratios,
        export_rows,
        export_rows_a_second: export_rows as f64 / export_seconds,
        queries: queries::measure(program, &database, corpus, seed)?,
    })
}

/// Words a second, the best of three runs.
fn extract(program: &Path, part: &Part, jobs: usize) -> io::Result<f64> {
    let (jobs, path) = (jobs.to_string(), part.path.to_string_lossy());
    let arguments = ["extract", "--format", "jsonl", "--jobs", &jobs, &path];
    let mut best = f64::INFINITY;
    for _ in 0..3 {
        best = best.min(timed(program, &arguments)?);
    }
    Ok(part.words as f64 / best)
}

/// Words a second into a new database, and peak memory. The database of two threads stays.
fn ingest(program: &Path, corpus: &Corpus, jobs: usize) -> io::Result<(f64, Option<f64>)> {
    let database = corpus.database(jobs);
    let (threads, path) = (jobs.to_string(), corpus.all.path.to_string_lossy());
    let file = database.to_string_lossy();
    let arguments = ["ingest", "--format", "jsonl", "--jobs", &threads, "--db", &file, &path];
    let mut run = watched(program, &arguments)?;
    for _ in 1..if corpus.articles <= THREE_RUNS { 3 } else { 1 } {
        fs::remove_file(&database)?;
        let again = watched(program, &arguments)?;
        run = if again.seconds < run.seconds { again } else { run };
    }
    if jobs == 1 {
        fs::remove_file(&database)?;
    }
    Ok((corpus.all.words as f64 / run.seconds, run.peak_mib))
}

/// Rows of the quotes as CSV, and the seconds of writing them to nowhere, once they are in memory.
fn export(program: &Path, database: &Path) -> io::Result<(usize, f64)> {
    let file = database.to_string_lossy();
    let arguments = ["export", "quotes", "--format", "csv", "--db", &file];
    let rows = queries::rows(program, &arguments)?;
    Ok((rows, timed(program, &arguments)?))
}

fn field(file: &str, name: &str) -> Option<String> {
    let text = fs::read_to_string(file).ok()?;
    let line = text.lines().find(|line| line.starts_with(name))?;
    Some(line.split_once(':')?.1.trim().to_owned())
}
