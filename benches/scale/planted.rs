//! What the generator planted, and how much of it the claims show.

use crate::news::variants::Kind;
use crate::news::{News, Origin};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// A claim, as `onrecord claims --format jsonl` prints it.
#[derive(Deserialize)]
pub struct Claim {
    pub id: String,
    pub speaker: Option<String>,
    pub appearances: Vec<Print>,
}

#[derive(Deserialize)]
pub struct Print {
    pub article: String,
    pub tier: String,
    pub text: String,
    pub speaker: Option<String>,
}

impl Claim {
    /// Its own prints, without suggestions.
    pub fn prints(&self) -> impl Iterator<Item = &Print> {
        self.appearances.iter().filter(|print| print.tier != "suggested")
    }
}

/// A quotation printed in two articles.
struct Pair {
    kind: Kind,
    source: u64,
    /// The speaker's last name.
    speaker: String,
}

/// Every quotation that was planted, by the article that prints it second.
pub struct Truth<'a> {
    news: &'a News,
    pairs: BTreeMap<u64, Pair>,
    found: BTreeSet<u64>,
    /// Pairs of a planted print and another article of its claim that prints it, and that doesn't.
    right: u64,
    wrong: u64,
}

/// How many pairs of a kind there are, and how many stand in one claim.
#[derive(Serialize)]
pub struct OfKind {
    pub kind: Kind,
    pub pairs: usize,
    pub together: usize,
}

#[derive(Serialize)]
pub struct Planted {
    /// Of pairs of prints that belong together, how many do.
    pub recall: f64,
    /// Of the articles that stand in a claim with a planted print, how many print that quotation.
    pub precision: f64,
    /// Pairs of near-misses in one claim.
    pub near_misses_merged: f64,
    pub kinds: Vec<OfKind>,
}

impl<'a> Truth<'a> {
    /// What was planted in the first articles. An article that has a later version may print it no more: it is
    /// left out.
    pub fn new(news: &'a News, articles: usize) -> Self {
        let (mut pairs, mut changed) = (BTreeMap::new(), BTreeSet::new());
        for number in 0..articles as u64 {
            let article = news.article(number);
            if let Origin::VersionOf(first) = article.origin {
                changed.insert(first);
            }
            if let Some(echo) = article.echo {
                pairs.insert(number, Pair { kind: echo.kind, source: echo.source, speaker: echo.speaker });
            }
        }
        pairs.retain(|number, pair| !changed.contains(number) && !changed.contains(&pair.source));
        Self { news, pairs, found: BTreeSet::new(), right: 0, wrong: 0 }
    }

    /// Looks for planted pairs in a claim.
    pub fn look(&mut self, claim: &Claim) {
        let numbers: BTreeSet<u64> = claim.prints().filter_map(|print| number(&print.article)).collect();
        if numbers.len() < 2 {
            return;
        }
        for &planted in &numbers {
            let Some(pair) = self.pairs.get(&planted) else { continue };
            if numbers.contains(&pair.source) {
                self.found.insert(planted);
            }
            let is_print = claim.prints().any(|print| {
                number(&print.article) == Some(planted)
                    && print.speaker.as_ref().is_some_and(|speaker| speaker.ends_with(&pair.speaker))
            });
            if is_print {
                let family = self.family(planted);
                let others = numbers.iter().filter(|&&other| other != planted);
                let right = others.filter(|&&other| self.family(other) == family).count() as u64;
                self.right += right;
                self.wrong += numbers.len() as u64 - 1 - right;
            }
        }
    }

    /// The article whose quotation another one prints, as a copy or planted.
    fn family(&self, number: u64) -> u64 {
        let first = match self.news.origin(number) {
            Origin::Own => number,
            Origin::CopyOf(first) | Origin::VersionOf(first) => first,
        };
        let echo = self.news.article(first).echo.filter(|echo| !echo.kind.is_near_miss());
        echo.map_or(first, |echo| echo.source)
    }

    pub fn planted(&self) -> Planted {
        let kinds: Vec<OfKind> =
            Kind::FORMS.into_iter().chain(Kind::NEAR_MISSES).map(|kind| self.of(kind)).collect();
        let share = |is_near_miss: bool| {
            let of = || kinds.iter().filter(move |of| of.kind.is_near_miss() == is_near_miss);
            let together: usize = of().map(|of| of.together).sum();
            together as f64 / of().map(|of| of.pairs).sum::<usize>().max(1) as f64
        };
        let (recall, near_misses_merged) = (share(false), share(true));
        let precision = self.right as f64 / (self.right + self.wrong).max(1) as f64;
        Planted { recall, precision, near_misses_merged, kinds }
    }

    /// Planted forms that don't stand in one claim with their source: article and source, for looking into.
    pub fn missed(&self) -> impl Iterator<Item = (u64, u64, Kind)> {
        self.pairs
            .iter()
            .filter(|(number, pair)| pair.kind.is_near_miss() == self.found.contains(number))
            .map(|(&number, pair)| (number, pair.source, pair.kind))
    }

    fn of(&self, kind: Kind) -> OfKind {
        let pairs = || self.pairs.iter().filter(move |(_, pair)| pair.kind == kind);
        let together = pairs().filter(|(number, _)| self.found.contains(number)).count();
        OfKind { kind, pairs: pairs().count(), together }
    }
}

fn number(article: &str) -> Option<u64> {
    article.strip_prefix("news-")?.parse().ok()
}
