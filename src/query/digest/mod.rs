//! What is new since a moment, put together for reading: of each watch, or overall.

pub mod window;
pub mod groups;
pub mod watched;
pub mod overall;

use crate::error::Result;
use crate::model::watches::{Mark, Watch, WatchId};
use crate::named::named;
use crate::query::Reader;
use crate::query::digest::window::Window;
use serde::{Serialize, Serializer};

/// What a digest is to tell.
#[derive(Clone, Debug)]
pub struct Plan {
    /// Watches, and which time each of them is told of.
    pub watches: Vec<(Watch, Window)>,
    /// The time that is told of overall, if it is.
    pub overall: Option<Window>,
    /// At most so many of each section are read; the others are counted.
    pub limit: Option<usize>,
    /// In place of the thresholds of the watches; overall, claims and speakers printed less often are left
    /// out.
    pub at_least: Option<u64>,
}

/// What is new.
#[derive(Clone, PartialEq, Debug)]
pub struct Digest {
    /// What tells a feed of such digests from others.
    pub seed: String,
    /// The earliest moment that something is new since, and the one up to which it is, if there is one.
    pub since: String,
    pub until: Option<String>,
    /// Only those in which something is new.
    pub sections: Vec<Section>,
    /// Watches that have less than their threshold, and how many new prints they have.
    pub untold: Vec<(WatchId, usize)>,
    /// Watches whose claim isn't there any more, or whose speaker was never named.
    pub blind: Vec<Blind>,
    /// The moment behind all that was looked at.
    pub mark: Mark,
}

/// A watch that can't find anything as things are.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Blind {
    pub watch: WatchId,
    pub reason: String,
}

named! {
/// What a section tells.
Kind {
    Watch = "watch",
    /// Claims that were never printed before.
    Claims = "claims",
    /// Positions that may have changed with a new claim.
    Changed = "changed",
    /// New quotations that were given to another speaker too.
    Conflicts = "conflicts",
    Speakers = "speakers",
    Verdicts = "verdicts",
}
}

impl Serialize for Kind {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

/// What there is to tell of a watch.
pub(in crate::query) enum Told {
    Section(Section),
    /// Less than its threshold: so many prints.
    TooFew(usize),
}

/// One part of a digest.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Section {
    pub kind: Kind,
    pub watch: Option<WatchId>,
    /// What tells the section from others in feeds, whatever numbers the watches of a database have.
    #[serde(skip)]
    pub seed: String,
    pub title: String,
    pub since: String,
    /// How many entries there are, those included that aren't shown.
    pub total: usize,
    /// New prints, copies of one report counted once; `None` where prints aren't counted.
    pub prints: Option<usize>,
    pub entries: Vec<Entry>,
    /// The command that lists all of them.
    pub command: String,
}

impl Section {
    /// How many entries aren't shown.
    pub const fn more(&self) -> usize {
        self.total.saturating_sub(self.entries.len())
    }
}

/// One thing that is new.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[serde(untagged)]
pub enum Entry {
    Claim(Claim),
    Pair(Pair),
    Speaker(Speaker),
    Verdict(Verdict),
}

/// A claim with its new prints.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Claim {
    /// The id that people cite; `None` for a statement that is of no claim.
    pub claim: Option<String>,
    pub speaker: Option<String>,
    /// The fullest of the prints that are shown.
    pub words: String,
    /// Whether nobody had printed it before.
    pub is_new: bool,
    /// How far people's work on it is.
    pub status: &'static str,
    /// Outlets that printed it newly; an article without one counts for itself.
    pub outlets: usize,
    /// New prints, copies of one report counted once.
    pub prints: usize,
    /// When the last of them came.
    pub latest: String,
    /// The outlets by name, those that printed it first before others.
    pub printed_in: Vec<String>,
    /// The first new prints, by date, a copied report once.
    pub shown: Vec<Print>,
    pub more_prints: usize,
}

/// A print.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Print {
    /// Public id of the quote, and key of the article.
    pub quote: String,
    pub article: String,
    pub url: Option<String>,
    pub outlet: Option<String>,
    pub title: Option<String>,
    pub published: Option<String>,
    pub speaker: Option<String>,
    pub words: String,
}

/// Two claims side by side, the earlier one first.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Pair {
    /// What they differ in.
    pub why: &'static str,
    pub a: Side,
    pub b: Side,
    /// When the new one of them came.
    pub latest: String,
}

/// One of two claims, in its earliest print.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Side {
    pub claim: String,
    pub speaker: Option<String>,
    pub words: String,
    pub quote: String,
    pub article: String,
    pub outlet: Option<String>,
    pub published: Option<String>,
}

/// Somebody who was quoted.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Speaker {
    pub speaker: String,
    /// New prints, copies of one report counted once, and of how many claims.
    pub prints: usize,
    pub claims: usize,
}

/// A verdict that was entered.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Verdict {
    pub claim: String,
    pub speaker: Option<String>,
    pub words: String,
    pub status: String,
    pub rating: Option<String>,
    pub reviewer: String,
    pub date: String,
    pub note: Option<String>,
    /// Where it can be read.
    pub url: Option<String>,
    pub latest: String,
}

impl Reader {
    /// Puts together what is new.
    ///
    /// # Errors
    /// [`crate::error::Error::Database`] when the file can't be read.
    pub fn digest(&self, plan: &Plan) -> Result<Digest> {
        let windows = || plan.watches.iter().map(|(_, window)| window).chain(&plan.overall);
        let seeds = plan.watches.iter().map(|(watch, _)| seed(watch));
        let seeds = seeds.chain(plan.overall.is_some().then(|| "overall".to_owned()));
        let mut digest = Digest {
            seed: seeds.collect::<Vec<_>>().join("\n"),
            since: windows().map(Window::since).min().unwrap_or_default(),
            until: windows().find_map(Window::until),
            sections: Vec::new(),
            untold: Vec::new(),
            blind: Vec::new(),
            mark: self.mark()?,
        };
        for (watch, window) in &plan.watches {
            digest.blind.extend(self.blind(watch)?);
            match self.watch_section(watch, window, plan)? {
                Told::Section(section) => digest.sections.push(section),
                Told::TooFew(prints) => digest.untold.push((watch.id, prints)),
            }
        }
        if let Some(window) = &plan.overall {
            digest.sections.extend(self.overall(window, plan)?);
        }
        Ok(digest)
    }
}

fn seed(watch: &Watch) -> String {
    format!("watch {} {} {}", watch.id, watch.added, watch.wanted)
}
