//! Queries of a finished database, each a whole run of the program, with arguments taken from the news.

use crate::corpus::Corpus;
use crate::news::{News, Origin};
use crate::process::{output, timed};
use serde::Serialize;
use serde_json::Value;
use std::collections::BTreeMap;
use std::io::{self, BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};

/// Different arguments of each query, where there are as many.
const ARGUMENTS: usize = 20;

/// Articles whose quotes the arguments are taken from.
const SAMPLE: usize = 1000;

/// Words that stand in more quotes than these are mostly «the» and «would».
const COMMON: std::ops::Range<usize> = 40..160;

/// One kind of query.
#[derive(Serialize)]
pub struct Query {
    pub name: &'static str,
    pub arguments: usize,
    pub median_ms: f64,
    pub worst_ms: f64,
    /// The arguments that took longest.
    pub worst: String,
}

pub fn measure(program: &Path, database: &Path, corpus: &Corpus, seed: u64) -> io::Result<Vec<Query>> {
    let sample = Sample::read(program, corpus)?;
    let list = |name| vec![vec![name, "--limit", "50"]; 5];
    let search = |words: &[String]| -> Vec<Vec<String>> {
        words.iter().map(|words| strings(&["quotes", "--search", words, "--limit", "50"])).collect()
    };
    let speaker =
        |name: &String| strings(&["quotes", "--speaker", name, "--limit", "50", "--format", "json"]);
    let kinds: Vec<(&'static str, Vec<Vec<String>>)> = vec![
        ("start of the program", vec![strings(&["--version"]); 5]),
        ("quotes by speaker", sample.speakers.iter().map(speaker).collect()),
        ("search, rare word", search(&sample.rare)),
        ("search, middling word", search(&sample.middling)),
        ("search, common word", search(&sample.common)),
        ("search, phrase", search(&sample.phrases)),
        ("article page, by id", ids(corpus.articles)),
        ("article page, by key", keys(corpus.articles, seed)),
        ("list of articles", list("articles").iter().map(|list| strings(list)).collect()),
        ("list of speakers", list("speakers").iter().map(|list| strings(list)).collect()),
    ];
    kinds.into_iter().map(|(name, runs)| query(program, database, name, runs)).collect()
}

/// Lines that the program prints, less the header: rows of a CSV whose cells have no line breaks.
pub fn rows<const N: usize>(program: &Path, arguments: &[&str; N]) -> io::Result<usize> {
    let mut child = Command::new(program).args(arguments).stdout(Stdio::piped()).spawn()?;
    let mut lines = BufReader::with_capacity(1 << 16, child.stdout.take().expect("piped"));
    let mut rows = 0;
    loop {
        let buffer = lines.fill_buf()?;
        if buffer.is_empty() {
            break;
        }
        rows += buffer.iter().filter(|&&byte| byte == b'\n').count();
        let read = buffer.len();
        lines.consume(read);
    }
    child.wait()?;
    Ok(rows.saturating_sub(1))
}

/// Runs each once for warmth and once for the clock.
pub fn query(
    program: &Path,
    database: &Path,
    name: &'static str,
    runs: Vec<Vec<String>>,
) -> io::Result<Query> {
    let mut times: Vec<(f64, String)> = Vec::with_capacity(runs.len());
    for mut arguments in runs {
        let told = arguments.join(" ");
        arguments.extend(strings(&["--db", &database.to_string_lossy()]));
        timed(program, &arguments)?;
        times.push((timed(program, &arguments)? * 1000.0, told));
    }
    times.sort_by(|one, other| one.0.total_cmp(&other.0));
    let median_ms = times.get(times.len() / 2).map_or(f64::NAN, |(time, _)| *time);
    let arguments = times.len();
    let (worst_ms, worst) = times.pop().unwrap_or((f64::NAN, String::new()));
    Ok(Query { name, arguments, median_ms, worst_ms, worst })
}

/// Speakers and words of the first articles.
struct Sample {
    speakers: Vec<String>,
    rare: Vec<String>,
    middling: Vec<String>,
    common: Vec<String>,
    phrases: Vec<String>,
}

impl Sample {
    fn read(program: &Path, corpus: &Corpus) -> io::Result<Self> {
        let path = corpus.first.path.to_string_lossy();
        let records = output(program, &["extract", "--format", "jsonl", &path])?;
        let (mut speakers, mut words) = (BTreeMap::new(), BTreeMap::new());
        let mut phrases = Vec::new();
        for line in records.lines().take(SAMPLE) {
            let record: Value = serde_json::from_str(line)?;
            let letters: Vec<char> = record["text"].as_str().unwrap_or_default().chars().collect();
            for quote in record["quotes"].as_array().into_iter().flatten() {
                if let Some(name) = quote["speaker"].as_str().filter(|name| name.contains(' ')) {
                    *speakers.entry(name.to_owned()).or_insert(0) += 1;
                }
                let said = words_of(quote, &letters);
                phrases.extend(
                    said.windows(2).nth(said.len() / 2).map(|pair| format!("\"{}\"", pair.join(" "))),
                );
                said.into_iter().for_each(|word| *words.entry(word).or_insert(0) += 1);
            }
        }
        let ranked = ranked(words);
        let of_count = |least, most| -> Vec<String> {
            let wanted = ranked.iter().filter(|(_, count)| (least..=most).contains(count));
            wanted.map(|(word, _)| word.clone()).collect()
        };
        let all: Vec<String> = ranked.iter().map(|(word, _)| word.clone()).collect();
        let common = &all[COMMON.start.min(all.len())..COMMON.end.min(all.len())];
        let speakers: Vec<String> = self::ranked(speakers).into_iter().map(|(name, _)| name).collect();
        Ok(Self {
            speakers: spread(&speakers),
            rare: spread(&of_count(1, 1)),
            middling: spread(&of_count(5, 20)),
            common: spread(common),
            phrases: spread(&phrases),
        })
    }
}

/// The words of a quote that have four letters or more and nothing else, small.
fn words_of(quote: &Value, letters: &[char]) -> Vec<String> {
    let parts = quote["content"].as_array().into_iter().flatten();
    let parts = parts.filter_map(|part| Some((part[0].as_u64()? as usize, part[1].as_u64()? as usize)));
    let text: String = parts.flat_map(|(start, end)| letters[start..end].iter()).collect();
    let words = text.split_whitespace().map(|word| word.trim_matches(|letter: char| !letter.is_alphabetic()));
    let long = words.filter(|word| word.len() >= 4 && word.chars().all(char::is_alphabetic));
    long.map(str::to_lowercase).collect()
}

/// The most frequent first; equal ones by the alphabet.
fn ranked(counts: BTreeMap<String, usize>) -> Vec<(String, usize)> {
    let mut ranked: Vec<_> = counts.into_iter().collect();
    ranked.sort_by(|one, other| other.1.cmp(&one.1).then_with(|| one.0.cmp(&other.0)));
    ranked
}

/// Some twenty of them, from the first to the last.
fn spread(all: &[String]) -> Vec<String> {
    let step = all.len().div_ceil(ARGUMENTS).max(1);
    all.iter().step_by(step).cloned().collect()
}

fn ids(articles: usize) -> Vec<Vec<String>> {
    let step = (articles / ARGUMENTS).max(1);
    // The last ids may not be there: versions are no articles of their own.
    (1..articles * 9 / 10).step_by(step).map(|id| strings(&["show", &id.to_string()])).collect()
}

fn keys(articles: usize, seed: u64) -> Vec<Vec<String>> {
    let news = News::new(seed);
    let step = (articles / ARGUMENTS).max(1);
    let own = (0..articles).step_by(step).filter(|&number| news.origin(number as u64) == Origin::Own);
    own.map(|number| strings(&["show", &news.article(number as u64).id])).collect()
}

pub fn strings(arguments: &[&str]) -> Vec<String> {
    arguments.iter().map(|&argument| argument.to_owned()).collect()
}
