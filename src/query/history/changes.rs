//! Which quotes came, went or changed from one version of an article to the next.

use std::collections::BTreeMap;

/// A quote of one version.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Quote {
    /// The id that the same words keep.
    pub id: String,
    pub words: String,
    pub speaker: Option<String>,
    /// How it is put, as printed: «denied».
    pub cue: Option<String>,
}

/// What became of a quote.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Change<'a> {
    Came(&'a Quote),
    Went(&'a Quote),
    /// The words are others, as far as can be told of the same statement.
    Reworded(&'a Quote, &'a Quote),
    /// The same words are another speaker's.
    Reassigned(&'a Quote, &'a Quote),
    /// The same speaker's same words are put otherwise: admitted, where it was denied.
    Recast(&'a Quote, &'a Quote),
}

/// The share of common words from which a quote that went and one that came are one statement reworded.
const ALIKE: f64 = 0.5;

/// Compares the quotes of two versions; changes come in the order of the new version, what went last.
pub fn changes<'a>(before: &'a [Quote], after: &'a [Quote]) -> Vec<Change<'a>> {
    let known: BTreeMap<&str, &Quote> = before.iter().map(|quote| (quote.id.as_str(), quote)).collect();
    let stays: BTreeMap<&str, ()> = after.iter().map(|quote| (quote.id.as_str(), ())).collect();
    let mut gone: Vec<&Quote> =
        before.iter().filter(|quote| !stays.contains_key(quote.id.as_str())).collect();
    let mut changes = Vec::new();
    for quote in after {
        match known.get(quote.id.as_str()) {
            Some(old) if old.speaker != quote.speaker => changes.push(Change::Reassigned(old, quote)),
            Some(old) if old.cue != quote.cue => changes.push(Change::Recast(old, quote)),
            Some(_) => {}
            None => match likest(quote, &gone) {
                Some(at) => changes.push(Change::Reworded(gone.remove(at), quote)),
                None => changes.push(Change::Came(quote)),
            },
        }
    }
    changes.extend(gone.into_iter().map(Change::Went));
    changes
}

/// The quote among `gone` that shares the most words with `quote`, if it shares enough.
fn likest(quote: &Quote, gone: &[&Quote]) -> Option<usize> {
    // Comparing each with each must not take for ever in an article of nothing but quotation marks.
    const COMPARED: usize = 200;
    let shares = gone.iter().take(COMPARED).map(|old| likeness(&old.words, &quote.words)).enumerate();
    let best = shares.fold(None, |best: Option<(usize, f64)>, (at, share)| match best {
        Some((_, most)) if most >= share => best,
        _ => Some((at, share)),
    });
    best.filter(|&(_, share)| share >= ALIKE).map(|(at, _)| at)
}

/// The share of words that two quotes have in common, counted with their repetitions (Dice's coefficient).
fn likeness(one: &str, other: &str) -> f64 {
    let count = |words: &str| {
        let mut counts = BTreeMap::new();
        let letters = |c: char| !c.is_alphanumeric();
        for word in words.split(letters).filter(|word| !word.is_empty()) {
            *counts.entry(word.to_lowercase()).or_insert(0_u32) += 1;
        }
        counts
    };
    let (one, other) = (count(one), count(other));
    let common: u32 = one.iter().map(|(word, count)| *count.min(other.get(word).unwrap_or(&0))).sum();
    let all: u32 = one.values().sum::<u32>() + other.values().sum::<u32>();
    if all == 0 { 0.0 } else { f64::from(2 * common) / f64::from(all) }
}

#[cfg(test)]
mod tests {
    use super::{Change, Quote, changes};

    fn quote(id: &str, words: &str, speaker: &str) -> Quote {
        let cue = Some("said".to_owned());
        Quote { id: id.to_owned(), words: words.to_owned(), speaker: Some(speaker.to_owned()), cue }
    }

    #[test]
    fn each_quote_is_told_once() {
        let before = [
            quote("1", "“We will stay here for good.”", "Reyes"),
            quote("2", "“No.”", "Ito"),
            quote("3", "that it rained all day", "Lund"),
            quote("4", "“A lie, all of it.”", "Ito"),
            quote("7", "that the dam was safe", "Ito"),
        ];
        let after = [
            quote("5", "“We will not stay here.”", "Reyes"),
            quote("2", "“No.”", "Lund"),
            quote("3", "that it rained all day", "Lund"),
            quote("6", "“Perhaps tomorrow.”", "Reyes"),
            Quote { cue: Some("denied".to_owned()), ..before[4].clone() },
        ];
        let expected = [
            Change::Reworded(&before[0], &after[0]),
            Change::Reassigned(&before[1], &after[1]),
            Change::Came(&after[3]),
            Change::Recast(&before[4], &after[4]),
            Change::Went(&before[3]),
        ];
        assert_eq!(changes(&before, &after), expected);
        assert!(changes(&before, &before).is_empty());
    }
}
