//! Everything that the evaluation counts.

use crate::evaluation::confidence::{Calibration, Thresholds};
use crate::evaluation::mistakes::Mistakes;
use crate::evaluation::tally::{Share, Tally};
use crate::named::named;
use serde::Serialize;
use std::collections::BTreeMap;

named! {
/// The quotes that a figure is about.
#[derive(Serialize)]
#[serde(rename_all = "lowercase")]
Group {
    All = "all",
    Direct = "direct",
    Mixed = "mixed",
    Indirect = "indirect",
    /// Annotated without a type.
    Untyped = "untyped",
}
}

named! {
/// What an annotated source is, by its words.
#[derive(Serialize)]
#[serde(rename_all = "lowercase")]
SourceKind {
    /// A word of it has a capital: «Ann Reyes», «the White House».
    Name = "name",
    /// «she», «who».
    Pronoun = "pronoun",
    /// «the aide».
    Nominal = "nominal",
    /// No words are annotated.
    None = "none",
}
}

/// What is counted, over all articles.
#[derive(Clone, PartialEq, Debug, Default, Serialize)]
pub struct Figures {
    pub articles: usize,
    /// A quote counts for the type of its gold, a spurious one for the type it claims.
    pub by_type: BTreeMap<Group, Counts>,
    /// By the kind of the annotated source: of the overlapping quotes, those whose source is right.
    pub source_kinds: BTreeMap<SourceKind, Share>,
    pub spans: Spans,
    pub calibration: Calibration,
    /// What is left when quotes of less confidence are dropped.
    pub min_confidence: Thresholds,
    #[serde(skip_serializing_if = "Mistakes::is_unasked")]
    pub errors: Mistakes,
}

/// Everything counted about one group of quotes.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Counts {
    pub quotes: Quotes,
    pub content: Content,
    pub end_to_end: EndToEnd,
    pub source: Sources,
    pub quoted: Quoted,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Quotes {
    pub annotated: usize,
    pub predicted: usize,
    /// Predicted quotes for which no source is given.
    pub unknown: Share,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Content {
    /// The very same words.
    pub exact: Tally,
    /// Words that overlap by half (Jaccard).
    pub overlapping: Tally,
    /// Word by word, whichever quote they are of.
    pub words: Tally,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize)]
pub struct EndToEnd {
    /// Overlapping content, and the source is right.
    pub overlapping: Tally,
    /// The very same words of content and source.
    pub exact: Tally,
}

/// Of the quotes whose content overlaps: how many have the right source, in several senses
/// (see [`crate::evaluation::sources::Likeness`]).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Sources {
    pub right: Share,
    pub half: Share,
    pub exact: Share,
    pub spelled: Share,
    /// Where the gold names the speaker: the name is a shorter or longer form of it.
    pub speaker: Share,
    /// … or the very same.
    pub speaker_exact: Share,
    /// Where the gold has a cue: the predicted one shares a word.
    pub cue: Share,
}

/// Stretches between quotation marks.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Quoted {
    pub found: Tally,
    pub with_source: Tally,
    /// Of those found, how many have the right source.
    pub source: Share,
}

/// Unbroken runs of words that play a part, whichever quote they are of: right when the very same
/// run is predicted in that part.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Spans {
    pub source: Tally,
    pub cue: Tally,
    pub content: Tally,
}

impl Figures {
    /// Counts for `group` and for all quotes together.
    pub fn count(&mut self, group: Group, change: impl Fn(&mut Counts)) {
        for group in [Group::All, group] {
            change(self.of(group));
        }
    }

    /// The counts of `group` alone.
    pub fn of(&mut self, group: Group) -> &mut Counts {
        self.by_type.entry(group).or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::{Figures, Group};

    #[test]
    fn a_group_counts_for_all_too() {
        let mut figures = Figures::default();
        figures.count(Group::Mixed, |counts| counts.quotes.annotated += 1);
        figures.count(Group::Direct, |counts| counts.quotes.annotated += 1);
        let counted = figures.by_type.iter().map(|(group, counts)| (*group, counts.quotes.annotated));
        let counted: Vec<_> = counted.collect();
        assert_eq!(counted, [(Group::All, 2), (Group::Direct, 1), (Group::Mixed, 1)]);
    }
}
