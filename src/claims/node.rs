//! A wording of one speaker, and which fuller one it is a form of.

use crate::claims::anchors::{anchors, telling_pairs, wide_anchors};
use crate::claims::name::{Fit, Name};
use crate::claims::nearness::{Method, Nearness, OCCASION, nearness};
use crate::claims::wording::{Verbatim, Wording};
use crate::copies::same_words;
use crate::lexicon::claim_words::WordClass;
use crate::model::EntityKind;
use jiff::civil::Date;
use std::cmp::{Ordering, Reverse};
use std::collections::BTreeSet;
use std::sync::Arc;
use xxhash_rust::xxh3::xxh3_64;

/// A wording of one speaker with the days on which it was printed.
#[derive(Clone, PartialEq, Debug)]
pub struct Node {
    pub key: i64,
    /// Who said it, where that is known.
    pub name: Option<Name>,
    pub wording: Arc<Wording>,
    /// The first and the last day, where any is known.
    pub days: Option<(Date, Date)>,
}

/// Whether two wordings with such [`Node::numbers`] can be one statement.
pub const fn may_agree(numbers: u32, other: u32) -> bool {
    numbers == 0 || other == 0 || numbers & other != 0
}

/// How many places two wordings share: among the speaker's and among everyone's.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Shared {
    pub own: usize,
    pub wide: usize,
    /// Of all places of a wording: whether only what it has in quotation marks need be found.
    pub in_part: bool,
}

impl Shared {
    /// All places of a wording.
    pub fn all(places: &BTreeSet<(i64, u32)>, wording: &Wording) -> Self {
        let mut all = Self { in_part: wording.is_part(), ..Self::default() };
        places.iter().for_each(|place| all.count(place.0));
        all
    }

    /// Counts a place more, under an owner.
    pub const fn count(&mut self, owner: i64) {
        *self.of(owner) += 1;
    }

    /// The number of places under an owner.
    pub const fn of(&mut self, owner: i64) -> &mut usize {
        if is_wide(owner) { &mut self.wide } else { &mut self.own }
    }

    /// Whether two wordings that share so many of their places may be forms of one statement.
    pub const fn is_enough(self, mine: Self, others: Self) -> bool {
        let in_part = mine.in_part || others.in_part;
        self.own >= least(mine.own, others.own, in_part)
            || self.wide >= least(mine.wide, others.wide, in_part)
    }
}

const fn least(places: usize, other: usize, in_part: bool) -> usize {
    let fewer = if places < other { places } else { other };
    match fewer {
        0..=3 => 1,
        4..=11 if in_part => 2,
        4..=7 => 2,
        _ if in_part => fewer / 4,
        _ => fewer * 2 / 5,
    }
}

/// Whose the places are by which a wording is found whoever is named for it: of those for which no person is named, and of
/// the others.
const NAMELESS: i64 = 0;
const NAMED: i64 = -1;

const fn is_wide(owner: i64) -> bool {
    owner == NAMELESS || owner == NAMED
}

/// Days in which a quotation is the talk of the papers.
const MONTH: i32 = 31;
/// What two quotations share at least that may be one though the speaker of one isn't named.
const SURE: f64 = 0.8;

/// That one wording is a form of another.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Link {
    pub parent: i64,
    pub nearness: Nearness,
}

/// The key of a wording: a hash of the speaker's name and kind and of the words, for a stock phrase also of the month.
pub fn key(name: Option<&Name>, text: &str, wording: &Wording, published: Option<Date>) -> i64 {
    let speaker =
        name.map_or(0, |name| xxh3_64(format!("{}\t{}", name.kind.as_str(), name.folded).as_bytes()));
    let occasion = match published.filter(|_| wording.is_stock()) {
        Some(date) => date.strftime("%Y-%m").to_string(),
        None => String::new(),
    };
    xxh3_64(format!("{speaker:x}\t{:x}\t{occasion}", same_words(text)).as_bytes()).cast_signed()
}

impl Node {
    /// Where it is found: by its anchors among its speaker's wordings, by others among everyone's. Two forms of one
    /// statement share enough of them, nearly always ([`Shared::is_enough`]).
    pub fn places(&self) -> BTreeSet<(i64, u32)> {
        let owner = if self.is_vague() { NAMELESS } else { NAMED };
        let anchors = anchors(&self.wording);
        let keys = self.name.iter().flat_map(Name::keys);
        let own = keys.flat_map(|key| anchors.iter().map(move |&anchor| (key, anchor)));
        wide_anchors(&self.wording).into_iter().map(|anchor| (owner, anchor)).chain(own).collect()
    }

    /// Where wordings are found that may be forms of this one, which has those `places`; with `contested`, those of other
    /// people, too.
    pub fn places_of_others(&self, places: &BTreeSet<(i64, u32)>, contested: bool) -> BTreeSet<(i64, u32)> {
        let others = |&(owner, anchor): &(i64, u32)| {
            let nameless = is_wide(owner).then_some((NAMELESS, anchor));
            // Two people with other names than each other's are two speakers.
            let named = is_wide(owner) && (contested || self.is_vague());
            let own = (!is_wide(owner)).then_some((owner, anchor));
            [nameless, named.then_some((NAMED, anchor)), own].into_iter().flatten()
        };
        places.iter().flat_map(others).collect()
    }

    /// Where wordings are found that may say the same in other words: as its own places, and quotations of anybody with two
    /// words of it side by side, also where it is a report.
    pub fn places_of_likely(&self) -> BTreeSet<(i64, u32)> {
        let pairs = telling_pairs(&self.wording).into_iter();
        let quoted = pairs.flat_map(|anchor| [(NAMELESS, anchor), (NAMED, anchor)]);
        self.places_of_others(&self.places(), true).into_iter().chain(quoted).collect()
    }

    /// Whether it may be of a speaker with another name: nobody is named for it, or a role or a body.
    fn is_vague(&self) -> bool {
        !self.name.as_ref().is_some_and(|name| name.is_proper && name.kind == EntityKind::Person)
    }

    /// A bit for each number in it, one of thirty-one. Two wordings that both have numbers, and none in common, are two
    /// statements: of those that an outlet prints every month («exports rose by 4.1 percent») there are so many that
    /// this has to be seen without reading them.
    pub fn numbers(&self) -> u32 {
        let numbers =
            self.wording.words.iter().filter(|word| word.class == WordClass::Number && word.form != "1");
        numbers.fold(0, |bits, word| bits | 1 << (xxh3_64(word.form.as_bytes()) % 31))
    }

    /// Whether this one is fuller: named in full, more verbatim, longer without what writers put in, earlier; by its
    /// key where all is equal.
    pub fn is_fuller(&self, other: &Self) -> bool {
        self.fullness(other) == Ordering::Greater
    }

    fn fullness(&self, other: &Self) -> Ordering {
        let rank = |node: &Self| {
            (
                node.name.as_ref().map_or(0, Name::rank),
                node.wording.verbatim,
                node.wording.own_words(),
                Reverse(node.days.map_or(Date::MAX, |days| days.0)),
                node.key,
            )
        };
        rank(self).cmp(&rank(other))
    }

    /// How near another wording is, if it may be the same speaker's.
    pub fn nearness(&self, other: &Self) -> Option<Nearness> {
        let fit = match (&self.name, &other.name) {
            (Some(name), Some(other)) => name.fit(other)?,
            _ => Fit::Weak,
        };
        if !may_agree(self.numbers(), other.numbers()) {
            return None;
        }
        let apart = self.apart(other);
        let nearness = nearness(&self.wording, &other.wording, apart)?;
        let is_enough = match fit {
            Fit::Equal => true,
            // A set phrase of two people of one surname isn't one person's.
            Fit::Short => self.length(other) >= 4 || apart.is_some_and(|days| days <= MONTH),
            Fit::Weak => {
                let is_whole =
                    nearness.method != Method::Fragments && self.wording.verbatim != Verbatim::Marked;
                let days = if is_whole { MONTH } else { OCCASION };
                self.is_long_quotation(other)
                    && nearness.score >= SURE
                    && apart.is_none_or(|apart| apart <= days)
            }
        };
        is_enough.then_some(nearness)
    }

    /// Whether two quotations are nearly one, printed in the same weeks, and given to two speakers.
    pub fn is_contested_by(&self, other: &Self) -> bool {
        let (Some(name), Some(other_name)) = (&self.name, &other.name) else { return false };
        name.fit(other_name).is_none()
            && self.is_long_quotation(other)
            && self.apart(other).is_none_or(|days| days <= MONTH)
            && nearness(&self.wording, &other.wording, self.apart(other))
                .is_some_and(|near| near.score >= SURE)
    }

    fn length(&self, other: &Self) -> usize {
        self.wording.words.len().min(other.wording.words.len())
    }

    /// Whether both are quotations so long that nobody else would say them by chance.
    fn is_long_quotation(&self, other: &Self) -> bool {
        [self, other].into_iter().all(|node| {
            let (words, telling) = node.wording.in_marks();
            match node.wording.verbatim {
                Verbatim::Whole => words >= 8 && telling >= 3 || words >= 11 && telling >= 1,
                Verbatim::Part | Verbatim::Marked => words >= 4 && telling >= 2,
                Verbatim::Reported => false,
            }
        })
    }

    /// Days between two wordings; 0 where the one was printed while the other still was.
    pub fn apart(&self, other: &Self) -> Option<i32> {
        let ((first, last), (other_first, other_last)) = (self.days?, other.days?);
        let days = |from: Date, to: Date| from.until(to).map_or(i32::MAX, |span| span.get_days());
        Some(days(last, other_first).max(days(other_last, first)).max(0))
    }

    /// Whether a link to `candidate` is better than the present one, if there is one; both are fuller: what a person said,
    /// the greater share in common, where one was printed on the same occasion a greater one, then the fuller wording.
    pub fn is_better(&self, candidate: (&Self, Nearness), present: Option<(&Self, Nearness)>) -> bool {
        /// A cut that fits what was said in May and in June is of the month in which it was printed.
        const SOON: f64 = 0.2;
        let rank = |(parent, nearness): (&Self, Nearness)| {
            let is_soon = self.apart(parent).is_some_and(|days| days <= OCCASION);
            nearness.score + if is_soon { SOON } else { 0.0 }
        };
        present.is_none_or(|present| {
            let is_said = |link: (&Self, Nearness)| link.1.method == Method::Person;
            let by_person = is_said(candidate).cmp(&is_said(present));
            let by_rank = by_person.then(rank(candidate).total_cmp(&rank(present)));
            by_rank.then_with(|| candidate.0.fullness(present.0)) == Ordering::Greater
        })
    }
}
