//! Decides whether a cue with its best reading is a statement, and how sure that is.

use crate::learn::features::Features;

use crate::quotes::learned::choice::Candidate;
use crate::quotes::learned::cue_spans::bucket;
use crate::quotes::learned::hints::Hints;
use crate::quotes::learned::ranking::odds;
use crate::quotes::learned::reading::{length, shared};
use crate::quotes::learned::view::{Kind, View};

/// Other candidates further away than this, in tokens, don't matter.
const NEAR: usize = 200;

/// At most this many on each side.
const NEIGHBOURS: usize = 24;

/// A candidate among the others of its text.
pub struct Doubt<'a> {
    pub view: &'a View<'a>,
    pub hints: &'a Hints,
    pub candidates: &'a [Candidate],
    pub index: usize,
}

/// No neighbour.
const NONE: u32 = 99;

impl Doubt<'_> {
    fn candidate(&self) -> &Candidate {
        &self.candidates[self.index]
    }

    /// Appends the features.
    pub fn add_to(&self, out: &mut impl Features) {
        let (view, candidate) = (self.view, self.candidate());
        let (cue, reading) = (&candidate.cue, &candidate.reading);
        let head = view.cue_head(cue.tokens.start, cue.tokens.end);
        let lemma = view.clues[head].lemma;
        let shape = reading.shape as u32;
        let source = self.source_kind();
        let path = reading.log_probability.floor() as i32 as u32;
        let (likely, least) = (odds(cue.probability), odds(reading.least_content));
        out.bias(1);
        out.one(2, likely);
        out.two(3, likely, shape);
        out.one(4, path);
        out.two(5, path, shape);
        out.two(6, odds(reading.least_source), source);
        out.two(7, least, shape);
        out.two(8, odds(reading.mean_content), shape);
        out.two(9, odds(reading.mean_source), source);
        out.two(10, bucket(length(&reading.content)), shape);
        out.one(11, lemma);
        out.two(12, lemma, shape);
        out.two(13, source, shape);
        out.two(14, likely, least);
        let halved = |odds: u32| (odds as i32).div_euclid(2) as u32;
        out.three(15, halved(likely), halved(least), halved(odds(reading.least_source)));
        out.two(16, u32::from(view.region(cue.tokens.start) > 0), shape);
        out.two(17, bucket(cue.tokens.len()), shape);
        out.one(31, view.clues[cue.tokens.end - 1].lemma);
        out.one(32, bucket(view.paragraph(cue.tokens.start) as usize));
        let rank = (candidate.rank_score * 1.5).floor() as i32 as u32;
        out.two(60, rank, shape);
        out.two(61, rank, likely);
        self.add_neighbours(out);
        self.add_content(lemma, out);
        self.add_hints(source, out);
        if let Some(last) = reading.source.last() {
            out.two(29, view.clues[last.end - 1].lemma, shape);
            out.two(30, view.clues[last.end - 1].pos, lemma);
        }
    }

    /// What the source is: nobody, a noun, a name, a pronoun.
    fn source_kind(&self) -> u32 {
        let source = &self.candidate().reading.source;
        let has =
            |kind: Kind| source.iter().flat_map(|part| part.clone()).any(|i| self.view.clues[i].kind == kind);
        match source.is_empty() {
            true => 0,
            _ if has(Kind::Name) => 2,
            _ if has(Kind::Pronoun) => 3,
            _ => 1,
        }
    }

    fn neighbours(&self) -> impl Iterator<Item = &Candidate> {
        let here = self.candidate().cue.tokens.start;
        let left = self.candidates[..self.index].iter().rev().take(NEIGHBOURS);
        let right = self.candidates[self.index + 1..].iter().take(NEIGHBOURS);
        left.chain(right).filter(move |other| other.cue.tokens.start.abs_diff(here) <= NEAR)
    }

    /// Whether it stands inside the content of another, or shares its content with one.
    fn add_neighbours(&self, out: &mut impl Features) {
        let candidate = self.candidate();
        let own = length(&candidate.reading.content);
        let (mut holders, mut rivals) = (0, 0);
        let (mut holder, mut rival) = (NONE, NONE);
        let better =
            |known: u32, new: u32| if known == NONE { new } else { (known as i32).max(new as i32) as u32 };
        for other in self.neighbours() {
            let cue = std::slice::from_ref(&candidate.cue.tokens);
            if shared(&other.reading.content, cue) > 0 {
                holders += 1;
                holder = better(holder, odds(other.cue.probability * other.reading.least_content));
            }
            if own > 0 && 2 * shared(&other.reading.content, &candidate.reading.content) > own {
                rivals += 1;
                rival = better(rival, odds(other.cue.probability * other.reading.mean_content));
            }
        }
        let likely = (odds(candidate.cue.probability) as i32).div_euclid(2) as u32;
        out.two(20, holder, holders.min(2));
        out.two(21, rival, rivals.min(2));
        out.two(22, holder, likely);
        out.two(23, rival, likely);
        out.three(24, rival, holder, candidate.reading.shape as u32);
    }

    fn add_content(&self, lemma: u32, out: &mut impl Features) {
        let (view, candidate) = (self.view, self.candidate());
        let shape = candidate.reading.shape as u32;
        let content = &candidate.reading.content;
        let Some(first) = content.first().map(|part| part.start) else { return out.two(25, 0, shape) };
        let cue = candidate.cue.tokens.start;
        let place = u32::from(view.sentence(first) == view.sentence(cue))
            + 2 * u32::from(content.len() == 1)
            + 4 * u32::from(first > cue);
        out.two(25, place, shape);
        out.two(26, view.clues[first].pos, shape);
        out.two(27, view.clues[first].word, shape);
        out.two(28, lemma, view.clues[first].pos);
    }

    /// What the tables and the rules say.
    fn add_hints(&self, source: u32, out: &mut impl Features) {
        let candidate = self.candidate();
        let cue = &candidate.cue.tokens;
        let shape = candidate.reading.shape as u32;
        let head = self.view.cue_head(cue.start, cue.end);
        let class = self.view.clues[head].cue_class;
        let overlap = self.hints.proposal(cue.start, cue.end).map_or(11, |proposal| {
            let same = shared(&proposal.parts, &candidate.reading.content);
            let both = length(&proposal.parts) + length(&candidate.reading.content) - same;
            10 * same / both.max(1)
        }) as u32;
        out.two(70, class, shape);
        out.two(71, class, source);
        out.two(72, overlap, shape);
        out.two(73, overlap, class);
        out.three(74, overlap, odds(candidate.cue.probability), shape);
        out.two(75, self.hints.role(head) as u32, shape);
    }
}
