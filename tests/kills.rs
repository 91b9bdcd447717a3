//! Kills at any moment: nothing that was told to be stored is lost, and nothing is stored by halves.
//!
//! `ONRECORD_KILLS=200` kills so many times; without it there are [`KILLS`]. The moments are those of a fixed seed, over
//! the time that an undisturbed run takes; what a kill finds under way depends on the machine.
#![cfg(unix)]

#[path = "../benches/news/mod.rs"]
mod news;
mod program;

use news::{News, Origin};
use program::{Place, Random, stored, timed};
use std::collections::BTreeMap;
use std::path::Path;
use std::time::{Duration, Instant};

/// Kills of an ingest in a common run of the tests.
const KILLS: usize = 40;

const SEED: u64 = 4;

/// So many, and their copies and later versions. A program without optimisation takes its time.
const ARTICLES: u64 = if cfg!(debug_assertions) { 60 } else { 300 };

const INGEST: &[&str] = &["ingest", "news.jsonl", "--json", "--batch", "7"];

/// When to kill.
#[derive(Clone, Copy, Debug)]
enum Moment {
    /// So long after the start.
    After(Duration),
    /// So long after the file was made.
    Made(Duration),
    /// So long after so many articles were told to be stored.
    Stored(usize, Duration),
    /// So long after the end was told; what is left is to go.
    Told(Duration),
}

/// What a kill found under way.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Phase {
    /// There was no database yet, or an empty one.
    Opening,
    /// Some articles were there.
    Storing,
    /// All were there.
    Closing,
    /// It had ended.
    Late,
}

fn kills() -> usize {
    std::env::var("ONRECORD_KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(KILLS)
}

fn news() -> Place {
    let news = News::new(SEED);
    let is_of_these = |number: &u64| match news.origin(*number) {
        Origin::Own => *number < ARTICLES,
        Origin::CopyOf(first) | Origin::VersionOf(first) => first < ARTICLES,
    };
    // Copies and versions are told apart from what they are of by up to some thousand others.
    let numbers = (0..3000).filter(is_of_these);
    let lines: String = numbers.map(|number| news.article(number).to_json_line()).collect();
    Place::new().with("news.jsonl", &lines)
}

/// What an undisturbed run makes.
struct Expected {
    export: String,
    articles: BTreeMap<String, Vec<i64>>,
    time: Duration,
}

impl Expected {
    fn of(place: &Place) -> Self {
        let (said, time) = timed(|| place.done(&[INGEST, &["--db", "whole.db"]].concat()));
        let lines: Vec<String> = said.lines().map(str::to_owned).collect();
        let articles = place.articles("whole.db");
        assert!(stored(&lines).all(|key| articles.contains_key(&key)));
        assert!(articles.values().any(|versions| versions.len() > 1), "there are versions");
        Self { export: place.export("whole.db"), articles, time }
    }

    /// Asserts that what is in a database is whole, and that all of `told` is there.
    fn holds(&self, place: &Place, db: &str, told: &BTreeMap<String, usize>) -> usize {
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
}

fn moment(random: &mut Random, time: Duration) -> Moment {
    // What is long is hit by chance; what is short needs an aim.
    let soon = random.within(Duration::from_millis(3));
    match random.below(10) {
        0..=5 => Moment::After(random.within(time)),
        6 => Moment::Made(soon),
        7 | 8 => Moment::Stored(1 + random.below(ARTICLES as usize / 2), soon),
        _ => Moment::Told(soon),
    }
}

/// Runs the ingest until the moment, and kills it.
fn killed(place: &Place, db: &str, moment: Moment) -> (Vec<String>, bool) {
    let file = place.path(db);
    let started = Instant::now();
    let mut running = place.start(&[INGEST, &["--db", db]].concat());
    let wait = match moment {
        Moment::After(time) => {
            running.wait_for(|_| started.elapsed() >= time);
            Duration::ZERO
        }
        Moment::Made(wait) => {
            running.wait_for(|_| is_begun(&file));
            wait
        }
        Moment::Stored(count, wait) => {
            running.wait_for_stored(count);
            wait
        }
        Moment::Told(wait) => {
            running.wait_for(|lines| lines.last().is_some_and(|line| line.contains("\"event\":\"done\"")));
            wait
        }
    };
    std::thread::sleep(wait);
    let (lines, complaints, status) = running.kill();
    assert!(status.code().is_none_or(|code| code == 0), "{moment:?}: {complaints}");
    (lines, status.code().is_none())
}

/// Whether SQLite is at work on a file.
fn is_begun(file: &Path) -> bool {
    file.exists() || file.with_extension("db-journal").exists()
}

#[test]
fn an_ingest_killed_at_any_moment_loses_nothing_and_goes_on() {
    let place = news();
    let expected = Expected::of(&place);
    let mut random = Random(SEED);
    let mut told = BTreeMap::new();
    let (mut round, mut phases) = (0, BTreeMap::<Phase, usize>::new());
    for kill in 0..kills() {
        let db = format!("killed-{round}.db");
        let moment = moment(&mut random, expected.time);
        let (lines, was_killed) = killed(&place, &db, moment);
        stored(&lines).for_each(|key| *told.entry(key).or_default() += 1);
        let there = if place.path(&db).exists() { expected.holds(&place, &db, &told) } else { 0 };
        assert!(there >= told.len(), "kill {kill}, {moment:?}");
        let phase = match there {
            _ if !was_killed => Phase::Late,
            0 => Phase::Opening,
            _ if there < expected.articles.len() => Phase::Storing,
            _ => Phase::Closing,
        };
        *phases.entry(phase).or_default() += 1;
        if phase == Phase::Late || phase == Phase::Closing {
            finish(&place, &db, &expected);
            (round, told) = (round + 1, BTreeMap::new());
        }
    }
    println!("{phases:?}");
    finish(&place, &format!("killed-{round}.db"), &expected);
    let at_work = phases.get(&Phase::Storing).copied().unwrap_or(0);
    assert!(at_work * 4 >= kills(), "most kills should find it at work: {phases:?}");
    assert!(phases.contains_key(&Phase::Opening), "{phases:?}");
}

/// Goes on undisturbed, to the same end.
fn finish(place: &Place, db: &str, expected: &Expected) {
    place.done(&[INGEST, &["--db", db]].concat());
    place.is_clean(db);
    assert_eq!(place.articles(db).len(), expected.articles.len());
    assert!(place.export(db) == expected.export, "{db}: another export than that of an undisturbed run");
}
