//! Which checked claims a statement repeats.
//!
//! Candidates are the claims that share most words with the statement, by BM25 over stems, with words that
//! are common in the news counting little. They are ranked by six features (`MatchingWeights::ranking`):
//! those words, runs of four letters, paraphrases, spelling, and the two rarest words in common.
//! `models/README.md` says what the weights were fitted to.

use crate::claims::bm25::Bm25;
use crate::claims::spelling::Spelled;
use crate::claims::stems::{fours, stems};
use crate::lexicon::claim_matching::MatchingTables;
use rustc_hash::{FxHashMap, FxHashSet};
use std::cmp::Ordering;

/// The news count as so many claims when it is asked how rare a word is.
const BACKGROUND: f64 = 10_000.0;
/// So many claims are looked at closely.
const CANDIDATES: usize = 100;
/// So many stems of a statement are looked at.
const MOST_STEMS: usize = 400;
/// BM25 over stems and over runs of letters: how soon more of the same counts no more, and how much length
/// matters.
const WORDS: Bm25 = Bm25 { saturation: 1.5, length: 0.6 };
const LETTERS: Bm25 = Bm25 { saturation: 1.2, length: 0.6 };

/// Checked claims, ready to be compared with statements.
pub struct Collection<'t> {
    tables: &'t MatchingTables,
    claims: Vec<Claim>,
    stems: FxHashMap<String, u32>,
    fours: FxHashMap<[char; 4], u32>,
    /// By stem: how rare it is, and the claims that have it with how often.
    rarity: Vec<f64>,
    postings: Vec<Vec<(u32, u32)>>,
    /// By run of letters: how rare it is.
    four_rarity: Vec<f64>,
    average: f64,
    four_average: f64,
    /// Paraphrases by stem, among the stems of the collection.
    paraphrases: FxHashMap<String, Vec<(u32, f64)>>,
    words: Vec<String>,
}

/// One claim of a collection.
struct Claim {
    /// Stems of its words and title, with how often, by stem.
    counts: Vec<(u32, u32)>,
    length: f64,
    fours: Vec<(u32, u32)>,
    four_length: f64,
    /// The stems that sum it up, each once: of its title, else of its words.
    head: Vec<u32>,
    /// The stems of its words, sorted, each once.
    text: Vec<u32>,
}

/// What makes a claim look like the one that a statement repeats.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Ranked {
    /// Place of the claim in the collection.
    pub claim: usize,
    pub score: f64,
}

/// A statement, its stems looked up.
struct Statement {
    /// Stems, each once, in order.
    stems: Vec<String>,
    /// Those of the collection, by number.
    known: Vec<u32>,
    has: FxHashSet<u32>,
    fours: Vec<u32>,
}

impl<'t> Collection<'t> {
    /// Makes a collection of claims, each its words and, where there is one, the title of its review.
    pub fn new<'c>(
        claims: impl IntoIterator<Item = (&'c str, Option<&'c str>)>,
        tables: &'t MatchingTables,
    ) -> Self {
        let mut collection = Self {
            tables,
            claims: Vec::new(),
            stems: FxHashMap::default(),
            fours: FxHashMap::default(),
            rarity: Vec::new(),
            postings: Vec::new(),
            four_rarity: Vec::new(),
            average: 1.0,
            four_average: 1.0,
            paraphrases: FxHashMap::default(),
            words: Vec::new(),
        };
        for (text, title) in claims {
            collection.add(text, title.unwrap_or_default());
        }
        collection.finish();
        collection
    }

    fn add(&mut self, text: &str, title: &str) {
        let endings = &self.tables.endings;
        let mut numbered = |text: &str| -> Vec<u32> {
            let stems = stems(text, endings).into_iter();
            stems
                .map(|stem| {
                    let next = self.stems.len() as u32;
                    *self.stems.entry(stem).or_insert(next)
                })
                .collect()
        };
        let (words, title_words) = (numbered(text), numbered(title));
        self.postings.resize(self.stems.len(), Vec::new());
        let runs: Vec<u32> = fours(&format!("{text} {title}"))
            .map(|run| {
                let next = self.fours.len() as u32;
                *self.fours.entry(run).or_insert(next)
            })
            .collect();
        let (length, four_length) = ((words.len() + title_words.len()) as f64, runs.len() as f64);
        let counts = counted(words.iter().chain(&title_words).copied());
        let number = self.claims.len() as u32;
        counts.iter().for_each(|&(stem, count)| self.postings[stem as usize].push((number, count)));
        let head = once(if title_words.is_empty() { &words } else { &title_words });
        let text = counted(words.iter().copied()).into_iter().map(|(stem, _)| stem).collect();
        let fours = counted(runs.into_iter());
        self.claims.push(Claim { counts, length, fours, four_length, head, text });
    }

    fn finish(&mut self) {
        let count = self.claims.len() as f64;
        let mean = |length: fn(&Claim) -> f64| {
            (self.claims.iter().map(length).sum::<f64>() / count.max(1.0)).max(1.0)
        };
        self.average = mean(|claim| claim.length);
        self.four_average = mean(|claim| claim.four_length);
        self.words = vec![String::new(); self.stems.len()];
        for (stem, &number) in &self.stems {
            self.words[number as usize].clone_from(stem);
        }
        self.rarity = (0..self.words.len())
            .map(|number| self.rarity_of(&self.words[number], self.postings[number].len()))
            .collect();
        let mut having = vec![0_u32; self.fours.len()];
        self.claims.iter().flat_map(|claim| &claim.fours).for_each(|&(run, _)| having[run as usize] += 1);
        self.four_rarity =
            having.iter().map(|&having| (1.0 + count / f64::from(having.max(1))).ln()).collect();
        for (&stem, others) in &self.tables.paraphrases {
            let others =
                others.iter().filter_map(|(other, likeness)| Some((*self.stems.get(*other)?, *likeness)));
            self.paraphrases.insert(stem.to_owned(), others.collect());
        }
    }

    /// How rare a stem is that so many claims have.
    fn rarity_of(&self, stem: &str, having: usize) -> f64 {
        let having = having as f64;
        let news = self.tables.background.get(stem).copied().unwrap_or(0.0) * BACKGROUND;
        let others = self.claims.len() as f64 + BACKGROUND - having - news;
        (1.0 + (others + 0.5) / (having + news + 0.5)).ln()
    }

    /// How many claims there are.
    pub fn len(&self) -> usize {
        self.claims.len()
    }

    pub fn is_empty(&self) -> bool {
        self.claims.is_empty()
    }

    /// The claims that a statement most likely repeats, at most `most` of them, best first. Those without any
    /// word in common are none.
    pub fn rank(&self, statement: &str, most: usize) -> Vec<Ranked> {
        let statement = self.statement(statement);
        let mut ranked = self.ranked(&statement);
        ranked.truncate(most);
        ranked
    }

    /// As [`Collection::rank`], by BM25 over stems alone: what the rest has to be better than.
    pub fn rank_by_words(&self, statement: &str, most: usize) -> Vec<Ranked> {
        let mut ranked = self.candidates(&self.statement(statement));
        ranked.truncate(most);
        ranked
    }

    /// The claim that a statement most likely repeats, and how sure it is that it does, 0 to 1.
    pub fn best(&self, statement: &str) -> Option<(usize, f64)> {
        let statement = self.statement(statement);
        let ranked = self.ranked(&statement);
        let best = ranked.first()?;
        let claim = &self.claims[best.claim];
        // A claim that stands there twice is no rival of itself.
        let second = ranked.iter().find(|other| self.claims[other.claim].text != claim.text);
        let second = second.map_or(0.0, |second| second.score);
        let sum =
            |stems: &mut dyn Iterator<Item = u32>| stems.map(|stem| self.rarity[stem as usize]).sum::<f64>();
        let said = sum(&mut claim.text.iter().copied().filter(|stem| statement.has.contains(stem)));
        let all = sum(&mut claim.text.iter().copied());
        let common = sum(&mut statement.known.iter().copied().filter(|stem| count(&claim.counts, *stem) > 0));
        let whole: f64 = statement.stems.iter().map(|stem| self.rarity_here(stem)).sum();
        let share = |part: f64, whole: f64| if whole > 0.0 { part / whole } else { 0.0 };
        let evidence =
            [best.score / 10.0, (best.score - second) / 10.0, share(said, all), share(common, whole)];
        let weights = &self.tables.weights;
        let sum: f64 =
            weights.sureness.iter().zip(evidence).map(|(weight, evidence)| weight * evidence).sum();
        Some((best.claim, 1.0 / (1.0 + (-(weights.bias + sum)).exp())))
    }

    fn rarity_here(&self, stem: &str) -> f64 {
        self.stems.get(stem).map_or_else(|| self.rarity_of(stem, 0), |&number| self.rarity[number as usize])
    }

    fn statement(&self, words: &str) -> Statement {
        let mut seen = FxHashSet::default();
        let mut stems = stems(words, &self.tables.endings);
        stems.retain(|stem| seen.insert(stem.clone()));
        stems.truncate(MOST_STEMS);
        let known: Vec<u32> = stems.iter().filter_map(|stem| self.stems.get(stem).copied()).collect();
        let mut runs: Vec<u32> = fours(words).filter_map(|run| self.fours.get(&run).copied()).collect();
        runs.sort_unstable();
        runs.dedup();
        Statement { has: known.iter().copied().collect(), stems, known, fours: runs }
    }

    /// The claims with most in common by BM25, best first.
    fn candidates(&self, statement: &Statement) -> Vec<Ranked> {
        let mut scores = vec![0.0; self.claims.len()];
        for &stem in &statement.known {
            for &(claim, count) in &self.postings[stem as usize] {
                let length = self.claims[claim as usize].length;
                scores[claim as usize] +=
                    self.rarity[stem as usize] * WORDS.part(count, length, self.average);
            }
        }
        let found = scores.iter().enumerate().filter(|(_, score)| **score > 0.0);
        let mut ranked: Vec<Ranked> =
            found.map(|(claim, &score)| Ranked { claim, score: rounded(score) }).collect();
        if ranked.len() > CANDIDATES {
            ranked.select_nth_unstable_by(CANDIDATES - 1, better);
            ranked.truncate(CANDIDATES);
        }
        ranked.sort_unstable_by(better);
        ranked
    }

    fn ranked(&self, statement: &Statement) -> Vec<Ranked> {
        let mut ranked = self.candidates(statement);
        let others = self.stand_ins(statement);
        let spelled = Spelled::new(&statement.stems);
        let mut alike = FxHashMap::default();
        for one in &mut ranked {
            let claim = &self.claims[one.claim];
            let (rare, next) = self.rarest(statement, claim);
            let features = [
                one.score / 10.0,
                self.letters(statement, claim) / 100.0,
                others.iter().map(|&(stem, likeness)| likeness * self.weighed(claim, stem)).sum::<f64>()
                    / 10.0,
                self.spelling(statement, claim, &spelled, &mut alike),
                rare / 10.0,
                next / 10.0,
            ];
            let weights = self.tables.weights.ranking.iter();
            one.score = rounded(weights.zip(features).map(|(weight, feature)| weight * feature).sum());
        }
        ranked.sort_unstable_by(better);
        ranked
    }

    fn weighed(&self, claim: &Claim, stem: u32) -> f64 {
        match count(&claim.counts, stem) {
            0 => 0.0,
            count => self.rarity[stem as usize] * WORDS.part(count, claim.length, self.average),
        }
    }

    /// Stems that can stand for those of a statement, each with how well, in order.
    fn stand_ins(&self, statement: &Statement) -> Vec<(u32, f64)> {
        let found = statement.stems.iter().filter_map(|stem| self.paraphrases.get(stem)).flatten();
        let mut found: Vec<(u32, f64)> =
            found.copied().filter(|(stem, _)| !statement.has.contains(stem)).collect();
        found.sort_unstable_by(|one, other| one.0.cmp(&other.0).then(other.1.total_cmp(&one.1)));
        found.dedup_by_key(|(stem, _)| *stem);
        found
    }

    /// Runs of letters in common. Both lists are in order.
    fn letters(&self, statement: &Statement, claim: &Claim) -> f64 {
        let mut runs = claim.fours.iter().peekable();
        let mut sum = 0.0;
        for &run in &statement.fours {
            while runs.next_if(|(other, _)| *other < run).is_some() {}
            if let Some(&(_, count)) = runs.next_if(|(other, _)| *other == run) {
                sum += self.four_rarity[run as usize]
                    * LETTERS.part(count, claim.four_length, self.four_average);
            }
        }
        sum
    }

    /// How much of a claim's head the statement has, words of like spelling counting in part.
    fn spelling(
        &self,
        statement: &Statement,
        claim: &Claim,
        spelled: &Spelled,
        alike: &mut FxHashMap<u32, f64>,
    ) -> f64 {
        let (mut said, mut all) = (0.0, 0.0);
        for &stem in &claim.head {
            let rarity = self.rarity[stem as usize];
            let near = match statement.has.contains(&stem) {
                true => 1.0,
                false => *alike.entry(stem).or_insert_with(|| spelled.nearest(&self.words[stem as usize])),
            };
            all += rarity;
            said += rarity * near;
        }
        if all > 0.0 { said / all } else { 0.0 }
    }

    /// The rarity of the two rarest stems in common.
    fn rarest(&self, statement: &Statement, claim: &Claim) -> (f64, f64) {
        let common = statement.known.iter().filter(|stem| count(&claim.counts, **stem) > 0);
        common.fold((0.0, 0.0), |(first, second), &stem| {
            let rarity = self.rarity[stem as usize];
            if rarity > first { (rarity, first) } else { (first, f64::max(second, rarity)) }
        })
    }
}

/// Numbers in order, each with how often it is there.
fn counted(numbers: impl Iterator<Item = u32>) -> Vec<(u32, u32)> {
    let mut numbers: Vec<u32> = numbers.collect();
    numbers.sort_unstable();
    numbers.chunk_by(PartialEq::eq).map(|same| (same[0], same.len() as u32)).collect()
}

fn count(counts: &[(u32, u32)], number: u32) -> u32 {
    counts.binary_search_by_key(&number, |(other, _)| *other).map_or(0, |at| counts[at].1)
}

fn once(numbers: &[u32]) -> Vec<u32> {
    let mut seen = FxHashSet::default();
    numbers.iter().copied().filter(|number| seen.insert(*number)).collect()
}

/// The higher score first, of equal ones the earlier claim.
fn better(one: &Ranked, other: &Ranked) -> Ordering {
    other.score.total_cmp(&one.score).then(one.claim.cmp(&other.claim))
}

/// So that sums which differ by the order of their parts alone are equal.
fn rounded(score: f64) -> f64 {
    (score * 1e9).round() / 1e9
}

#[cfg(test)]
mod tests {
    use super::Collection;
    use crate::lexicon::claim_matching::MatchingTables;

    const CLAIMS: [(&str, Option<&str>); 4] = [
        (
            "The harbour wall cost the town ten million crowns.",
            Some("Did the harbour wall cost ten million?"),
        ),
        ("Ferries to Orbo were cut by half last winter.", None),
        ("The mayor sold the lighthouse to a hotel.", None),
        ("Crime in Orbo doubled under Mayor Reyes.", None),
    ];

    #[test]
    fn a_statement_finds_the_claim_that_it_repeats() {
        let tables = MatchingTables::load().unwrap();
        let collection = Collection::new(CLAIMS, &tables);
        let first = |statement: &str| collection.rank(statement, 10).first().map(|ranked| ranked.claim);
        assert_eq!(first("Our Harbor wall has cost us 10 millions!"), Some(0));
        assert_eq!(first("They halved the ferry to Orbo in winter"), Some(1));
        assert_eq!(first("#SoldTheLighthouse @MayorReyes"), Some(2));
        assert_eq!(first("…"), None);
        assert_eq!(first("zzz"), None);
        assert_eq!(collection.rank("Orbo", 1).len(), 1);
    }

    #[test]
    fn sureness_tells_the_same_claim_from_one_that_only_shares_words() {
        let tables = MatchingTables::load().unwrap();
        let collection = Collection::new(CLAIMS, &tables);
        let sure = |statement: &str| collection.best(statement).unwrap().1;
        assert!(sure("The mayor has sold the lighthouse to a hotel, he said") > 0.9);
        assert!(sure("The mayor will open a school next to the hotel in May") < 0.5);
    }

    #[test]
    fn an_empty_collection_has_nothing() {
        let tables = MatchingTables::load().unwrap();
        let collection = Collection::new([], &tables);
        assert!(collection.is_empty() && collection.rank("Orbo", 5).is_empty());
        assert_eq!(collection.best("Orbo"), None);
    }
}
