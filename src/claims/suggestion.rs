//! How likely two statements say the same in other words: for a person to judge, never merged by the program.

use crate::claims::name::Fit;
use crate::claims::node::Node;
use crate::claims::words::Word;
use crate::lexicon::claim_words::WordClass;
use std::collections::BTreeMap;

/// So many suggestions a claim has at most.
pub const SUGGESTIONS: usize = 3;

/// How likely two wordings are one claim, 0 to 1; `None` where nothing speaks for it.
///
/// A weighted sum of what they have in common: words, telling ones more than others; the speaker; the days. A number or a
/// negation in the one alone speaks against it. The weights are set by hand on the development half of `samples/variants/`.
pub fn likeness(one: &Node, other: &Node) -> Option<f64> {
    let words = in_common(&one.wording.words, &other.wording.words);
    let speaker = match (&one.name, &other.name) {
        (Some(name), Some(other)) => match name.fit(other) {
            Some(Fit::Equal) => 1.0,
            Some(Fit::Short) => 0.9,
            Some(Fit::Weak) => 0.3,
            None => return None,
        },
        _ => 0.3,
    };
    // Without a word in common it is at most what else the speaker said in these days.
    let words = words
        .or_else(|| (speaker > 0.5 && one.apart(other).is_some_and(|days| days <= SOON)).then_some(0.0))?;
    let time = match one.apart(other) {
        Some(days) => 1.0 / (1.0 + f64::from(days) / 14.0),
        None => 0.2,
    };
    let against = if numbers_differ(&one.wording.words, &other.wording.words) { 0.25 } else { 0.0 };
    let score = 0.6 * words + 0.25 * speaker + 0.15 * time - against;
    (score >= LEAST).then_some(score)
}

const SOON: i32 = 31;
/// What is less likely isn't suggested.
const LEAST: f64 = 0.3;

/// The weight of the words that both have, of the lighter one's; `None` without a telling word or two common ones.
fn in_common(one: &[Word], other: &[Word]) -> Option<f64> {
    let (one, other) = (stems(one), stems(other));
    let shared = one.iter().filter(|(stem, _)| other.contains_key(*stem));
    let (weight, telling) = shared.fold((0.0, 0), |(weight, telling), (_, &(own, is_telling))| {
        (weight + own, telling + if is_telling { 2 } else { 1 })
    });
    let whole = |stems: &BTreeMap<&str, (f64, bool)>| stems.values().map(|(weight, _)| weight).sum::<f64>();
    let (lighter, heavier) = (whole(&one).min(whole(&other)), whole(&one).max(whole(&other)));
    (telling >= 2).then(|| weight / (0.7 * lighter + 0.3 * heavier).max(1.0))
}

/// The stems of the words that say what a statement is about, with their weights.
fn stems(words: &[Word]) -> BTreeMap<&str, (f64, bool)> {
    let content = words.iter().filter(|word| word.is_content());
    content
        .map(|word| {
            let weight = match word.class {
                WordClass::Common => 0.4,
                WordClass::Number => 1.2,
                _ if word.is_name => 1.3,
                _ => 1.0,
            };
            (word.stem.as_str(), (weight, word.is_telling()))
        })
        .collect()
}

/// Whether both have numbers, and none in common.
fn numbers_differ(one: &[Word], other: &[Word]) -> bool {
    let numbers = |words: &[Word]| {
        let numbers = words.iter().filter(|word| word.class == WordClass::Number && word.form != "1");
        numbers.map(|word| word.form.clone()).collect::<Vec<_>>()
    };
    let (one, other) = (numbers(one), numbers(other));
    !one.is_empty() && !other.is_empty() && !one.iter().any(|number| other.contains(number))
}
