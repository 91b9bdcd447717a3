//! Kills at any moment: nothing that was told to be stored is lost, and nothing is stored by halves.
//!
//! `ONRECORD_KILLS=200` kills so many times; without it there are [`KILLS`]. The moments are those of a fixed seed, over
//! the time that an undisturbed run takes; what a kill finds under way depends on the machine.
#![cfg(unix)]

#[path = "../benches/news/mod.rs"]
mod news;
mod program;

use program::invented::{ARTICLES, Expected, INGEST, place};
use program::{Place, Random, stored, timed};
use std::collections::BTreeMap;
use std::path::Path;
use std::time::{Duration, Instant};

/// Kills of an ingest in a common run of the tests.
const KILLS: usize = 40;

const SEED: u64 = 7;

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
    let place = place();
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
            expected.finishes(&place, &db);
            (round, told) = (round + 1, BTreeMap::new());
        }
    }
    println!("{phases:?}");
    expected.finishes(&place, &format!("killed-{round}.db"));
    let at_work = phases.get(&Phase::Storing).copied().unwrap_or(0);
    assert!(at_work * 8 >= kills(), "many kills should find it at work: {phases:?}");
    assert!(phases.contains_key(&Phase::Opening), "{phases:?}");
}

/// Kills of each shorter command in a common run of the tests.
const FEWER: usize = 6;

#[test]
fn a_forget_killed_at_any_moment_forgets_whole_articles() {
    let place = place();
    let expected = Expected::of(&place);
    // All invented outlets have a vowel in their name; what is asked for are words.
    let outlets: Vec<String> = place
        .done(&["articles", "--format", "jsonl", "--db", "whole.db"])
        .lines()
        .filter_map(|line| {
            serde_json::from_str::<serde_json::Value>(line).ok()?["outlet"].as_str().map(str::to_owned)
        })
        .collect();
    let mut random = Random(SEED);
    for kill in 0..FEWER {
        let db = format!("forgetting-{kill}.db");
        std::fs::copy(place.path("whole.db"), place.path(&db)).unwrap();
        let outlet = &outlets[random.below(outlets.len())];
        let args = ["forget", "--outlet", outlet, "--yes", "--db", &db];
        let started = Instant::now();
        let time = random.within(Duration::from_millis(60));
        let mut running = place.start(&args);
        running.wait_for(|_| started.elapsed() >= time);
        running.kill();
        expected.holds(&place, &db, &BTreeMap::new());
        place.done(&args);
        let left = expected.holds(&place, &db, &BTreeMap::new());
        assert!(left < expected.articles.len(), "{outlet} is forgotten");
    }
}

#[test]
fn a_backup_killed_at_any_moment_leaves_the_last_one_in_its_place() {
    let place = place();
    let expected = Expected::of(&place);
    let mut random = Random(SEED);
    let backup = ["backup", "copy.db", "--replace", "--db", "whole.db"];
    let ((), time) = timed(|| drop(place.done(&backup)));
    for kill in 0..FEWER {
        let is_first = kill % 2 == 0;
        if is_first {
            std::fs::remove_file(place.path("copy.db")).unwrap();
        }
        let started = Instant::now();
        let wait = random.within(time);
        let mut running = place.start(&backup);
        running.wait_for(|_| started.elapsed() >= wait);
        running.kill();
        if place.path("copy.db").exists() {
            expected.holds(&place, "copy.db", &BTreeMap::new());
            assert!(place.export("copy.db") == expected.export);
        } else {
            assert!(is_first, "the last copy is gone");
        }
        place.done(&backup);
    }
    assert!(place.export("copy.db") == expected.export);
}
