//! The articles of one size, as files.

use crate::news::{News, Origin};
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use xxhash_rust::xxh3::xxh3_64_with_seed;

/// As many articles as `extract` is measured on, at most.
const EXTRACTED: usize = 10_000;

pub struct Corpus {
    pub articles: usize,
    pub all: Part,
    /// The first of them, or all.
    pub first: Part,
    folder: PathBuf,
}

/// A file of articles and its size.
pub struct Part {
    pub path: PathBuf,
    pub words: usize,
    /// Of the texts, without titles and all that is known about them.
    pub text_bytes: usize,
}

impl Corpus {
    pub fn write(folder: &Path, seed: u64, articles: usize) -> io::Result<Self> {
        let folder = folder.join(articles.to_string());
        fs::create_dir_all(&folder)?;
        let all = part(&folder.join("news.jsonl"), seed, articles)?;
        let first = part(&folder.join("first.jsonl"), seed, articles.min(EXTRACTED))?;
        Ok(Self { articles, all, first, folder })
    }

    pub fn database(&self, jobs: usize) -> PathBuf {
        self.folder.join(format!("jobs-{jobs}.db"))
    }

    /// The same articles in another order, in a file; a later version stays behind what it changes.
    pub fn shuffled(&self, seed: u64) -> io::Result<PathBuf> {
        let news = News::new(seed);
        let numbers = 0..self.articles as u64;
        let is_version = |number: &u64| matches!(news.origin(*number), Origin::VersionOf(_));
        let (versions, mut others): (Vec<u64>, Vec<u64>) = numbers.partition(is_version);
        others.sort_unstable_by_key(|number| xxh3_64_with_seed(&number.to_le_bytes(), seed));
        let path = self.folder.join("shuffled.jsonl");
        let mut out = BufWriter::with_capacity(1 << 20, File::create(&path)?);
        for number in others.into_iter().chain(versions) {
            out.write_all(news.article(number).to_json_line().as_bytes())?;
        }
        out.flush()?;
        Ok(path)
    }

    pub fn remove(self) -> io::Result<()> {
        fs::remove_dir_all(self.folder)
    }
}

fn part(path: &Path, seed: u64, articles: usize) -> io::Result<Part> {
    let mut out = BufWriter::with_capacity(1 << 20, File::create(path)?);
    let (mut words, mut text_bytes) = (0, 0);
    for article in News::new(seed).take(articles) {
        words += article.words();
        text_bytes += article.text.len();
        out.write_all(article.to_json_line().as_bytes())?;
    }
    out.flush()?;
    Ok(Part { path: path.to_owned(), words, text_bytes })
}
