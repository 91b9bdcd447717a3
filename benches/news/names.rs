//! Names of invented people, places, outlets and things, made of syllables: the same number has the same name.

use crate::news::random::Random;
use std::collections::BTreeMap;

const SYLLABLES: &str = include_str!("syllables.tsv");

/// The syllables by the place in a name where they may stand.
pub struct Names {
    first_onset: Vec<&'static str>,
    first_he: Vec<&'static str>,
    first_she: Vec<&'static str>,
    last_onset: Vec<&'static str>,
    last_middle: Vec<&'static str>,
    last_end: Vec<&'static str>,
    place_end: Vec<&'static str>,
    term_onset: Vec<&'static str>,
    term_middle: Vec<&'static str>,
    term_end: Vec<&'static str>,
    outlet_end: Vec<&'static str>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Gender {
    He,
    She,
}

/// An invented person.
#[derive(Clone)]
pub struct Person {
    pub first: String,
    pub last: String,
    pub gender: Gender,
}

impl Names {
    pub fn load() -> Self {
        let rows = SYLLABLES.lines().skip(1).map(|row| row.split_once('\t').expect("two cells a row"));
        let mut rows: BTreeMap<&str, Vec<&str>> =
            rows.map(|(part, syllables)| (part, syllables.split(", ").collect())).collect();
        let mut part = |name| rows.remove(name).expect("a row for each part of a name");
        Self {
            first_onset: part("first_onset"),
            first_he: part("first_he"),
            first_she: part("first_she"),
            last_onset: part("last_onset"),
            last_middle: part("last_middle"),
            last_end: part("last_end"),
            place_end: part("place_end"),
            term_onset: part("term_onset"),
            term_middle: part("term_middle"),
            term_end: part("term_end"),
            outlet_end: part("outlet_end"),
        }
    }

    /// The person of a stream of random numbers.
    pub fn person(&self, random: &mut Random) -> Person {
        let gender = if random.percent(50) { Gender::He } else { Gender::She };
        let ends = if gender == Gender::He { &self.first_he } else { &self.first_she };
        let first = [random.pick(&self.first_onset), random.pick(ends)].concat();
        let mut last = String::new();
        self.surname(random, &mut last);
        Person { first, last, gender }
    }

    /// Some have two syllables and are shared by many, most have three.
    pub fn surname(&self, random: &mut Random, out: &mut String) {
        out.push_str(random.pick(&self.last_onset));
        if random.percent(70) {
            out.push_str(random.pick(&self.last_middle));
        }
        out.push_str(random.pick(&self.last_end));
    }

    /// A place; the higher its number, the longer its name.
    pub fn place(&self, number: u64, out: &mut String) {
        let mut left = digit(number, &self.last_onset, out);
        while left >= self.place_end.len() as u64 {
            left = digit(left, &self.last_middle, out);
            left = digit(left, &self.first_he, out);
        }
        out.push_str(self.place_end[left as usize]);
    }

    /// A word that stands in no dictionary, in small letters.
    pub fn term(&self, number: u64, out: &mut String) {
        let mut left = digit(number, &self.term_onset, out);
        left = digit(left, &self.term_middle, out);
        while left >= self.term_end.len() as u64 {
            left = digit(left, &self.term_middle, out);
        }
        out.push_str(self.term_end[left as usize]);
    }

    pub fn outlet(&self, number: usize) -> String {
        let mut name = String::new();
        self.place(number as u64 * 7 + 1, &mut name);
        name.push(' ');
        name.push_str(self.outlet_end[number % self.outlet_end.len()]);
        name
    }
}

/// Writes the syllable that the last digit of a number stands for, and gives back the other digits.
fn digit(number: u64, syllables: &[&str], out: &mut String) -> u64 {
    let base = syllables.len() as u64;
    out.push_str(syllables[(number % base) as usize]);
    number / base
}
