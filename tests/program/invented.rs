//! Invented news in a folder, and what an undisturbed ingest makes of it.

use crate::news::{News, Origin};
use crate::program::{Place, stored, timed};
use std::collections::BTreeMap;
use std::time::Duration;

const SEED: u64 = 4;

/// So many, and their copies and later versions. A program without optimisation takes its time.
pub const ARTICLES: u64 = if cfg!(debug_assertions) { 60 } else { 300 };

/// Reads the news, in many small transactions.
pub const INGEST: &[&str] = &["ingest", "news.jsonl", "--json", "--batch", "7"];

/// A folder with the news.
pub fn place() -> Place {
    Place::new().with("news.jsonl", &lines(|_| true))
}

/// The articles of the news that are of a certain origin, as JSON Lines.
pub fn lines(is_wanted: impl Fn(Origin) -> bool) -> String {
    let news = News::new(SEED);
    let is_of_these = |number: &u64| match news.origin(*number) {
        Origin::Own => *number < ARTICLES,
        Origin::CopyOf(first) | Origin::VersionOf(first) => first < ARTICLES,
    };
    // An article and its copies and versions stand up to some thousand others apart.
    let numbers = (0..3000).filter(is_of_these).filter(|number| is_wanted(news.origin(*number)));
    numbers.map(|number| news.article(number).to_json_line()).collect()
}

/// What an undisturbed run makes.
pub struct Expected {
    pub export: String,
    pub articles: BTreeMap<String, Vec<i64>>,
    pub time: Duration,
}

impl Expected {
    /// Ingests the news into `whole.db`.
    pub fn of(place: &Place) -> Self {
        let (said, time) = timed(|| place.done(&[INGEST, &["--db", "whole.db"]].concat()));
        let lines: Vec<String> = said.lines().map(str::to_owned).collect();
        let articles = place.articles("whole.db");
        assert!(stored(&lines).all(|key| articles.contains_key(&key)));
        assert!(articles.values().any(|versions| versions.len() > 1), "there are versions");
        Self { export: place.export("whole.db"), articles, time }
    }

    /// Asserts that what is in a database is whole, and that all of `told` is there; gives how many articles.
    #[track_caller]
    pub fn holds(&self, place: &Place, db: &str, told: &BTreeMap<String, usize>) -> usize {
        place.is_clean(db);
        let articles = place.articles(db);
        let versions = |key| articles.get(key).map_or(0, Vec::len);
        let lost: Vec<_> = told.iter().filter(|&(key, &count)| versions(key) < count).collect();
        assert!(lost.is_empty(), "told to be stored, and not there: {lost:?}");
        for (key, versions) in &articles {
            let whole = &self.articles[key];
            assert!(versions.iter().all(|quotes| whole.contains(quotes)), "{key}: {versions:?} of {whole:?}");
        }
        articles.len()
    }

    /// Goes on undisturbed, and asserts that it comes to the same end.
    #[track_caller]
    pub fn finishes(&self, place: &Place, db: &str) {
        place.done(&[INGEST, &["--db", db]].concat());
        place.is_clean(db);
        assert_eq!(place.articles(db).len(), self.articles.len());
        assert!(place.export(db) == self.export, "{db}: another export than that of an undisturbed run");
    }
}

/// How often each article was told to be stored.
pub fn told(lines: &[String]) -> BTreeMap<String, usize> {
    let mut told = BTreeMap::new();
    stored(lines).for_each(|key| *told.entry(key).or_default() += 1);
    told
}
