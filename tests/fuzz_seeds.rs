//! The seeds of every fuzz target, its findings among them, hold what the target asserts.

mod fuzzed;

use fuzzed::TARGETS;
use std::fs;
use std::path::{Path, PathBuf};

fn seeds(target: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/seeds").join(target);
    let mut seeds: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    seeds.sort();
    seeds
}

fn check(name: &str) {
    let (_, target) = TARGETS.iter().find(|(target, _)| *target == name).unwrap();
    let seeds = seeds(name);
    assert!(!seeds.is_empty(), "{name} has no seeds");
    for seed in seeds {
        // Shown when it fails.
        println!("{}", seed.display());
        target(&fs::read(seed).unwrap());
    }
}

#[test]
fn segment() {
    check("segment");
}

#[test]
fn quotes() {
    check("quotes");
}

#[test]
fn intake() {
    check("intake");
}

#[test]
fn pages() {
    check("pages");
}

#[test]
fn documents() {
    check("documents");
}

#[test]
fn containers() {
    check("containers");
}

#[test]
fn store() {
    check("store");
}

/// At most 500 KB in the repository, and a program to run each.
#[test]
fn every_target_has_its_seeds_and_few_of_them() {
    let fuzz = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz");
    let names = |folder: &str| {
        let entries = fs::read_dir(fuzz.join(folder)).unwrap();
        let mut names: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
        names.sort();
        names.into_iter().map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned()).collect()
    };
    let mut expected: Vec<String> = TARGETS.iter().map(|(name, _)| (*name).to_owned()).collect();
    expected.sort();
    let (programs, folders): (Vec<String>, Vec<String>) = (names("fuzz_targets"), names("seeds"));
    assert_eq!((&programs, &folders), (&expected, &expected));
    let sizes = expected.iter().flat_map(|name| seeds(name)).map(|seed| fs::metadata(seed).unwrap().len());
    assert!(sizes.sum::<u64>() <= 500_000);
}
