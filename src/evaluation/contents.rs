//! Contents of quotes, whole and word by word, and the sources of those found.

use crate::evaluation::annotation::Annotated;
use crate::evaluation::comparison::{Comparison, Pair, tally};
use crate::evaluation::figures::{Figures, Group};
use crate::evaluation::matching::LEAST_OVERLAP;
use crate::evaluation::sources::Likeness;
use crate::evaluation::tally::{Share, Tally};
use std::collections::{BTreeMap, BTreeSet};

impl Comparison<'_> {
    pub fn count_quotes(&self, figures: &mut Figures) {
        for quote in &self.gold {
            figures.count(quote.group, |counts| counts.quotes.annotated += 1);
        }
        for quote in &self.predicted {
            figures.count(quote.group, |counts| {
                counts.quotes.predicted += 1;
                counts.quotes.unknown.add(quote.is_unknown());
            });
        }
    }

    pub fn count_contents(&self, figures: &mut Figures) {
        let (gold, predicted) = (self.gold_contents(), self.predicted_contents());
        let exact = self.pairs(&gold, &predicted, 1.0);
        tally(figures, &gold, &predicted, &exact, |counts| &mut counts.content.exact);
        let wholly = |&(row, column): &Pair| self.shares_source(row, column, Likeness::Exact);
        let exact: Vec<Pair> = exact.into_iter().filter(wholly).collect();
        tally(figures, &gold, &predicted, &exact, |counts| &mut counts.end_to_end.exact);
        let overlapping = self.pairs(&gold, &predicted, LEAST_OVERLAP);
        tally(figures, &gold, &predicted, &overlapping, |counts| &mut counts.content.overlapping);
        let right = self.attributed(&gold, &predicted, &overlapping);
        tally(figures, &gold, &predicted, &right, |counts| &mut counts.end_to_end.overlapping);
        for &(row, column) in &overlapping {
            self.count_sources(figures, row, column);
            self.count_names(figures, &self.gold[row], &self.predicted[column]);
        }
    }

    fn shares_source(&self, row: usize, column: usize, likeness: Likeness) -> bool {
        self.gold[row].has_source_of(&self.predicted[column], likeness, self.tables)
    }

    fn count_sources(&self, figures: &mut Figures, row: usize, column: usize) {
        let gold = &self.gold[row];
        let likenesses = [Likeness::Head, Likeness::Half, Likeness::Exact, Likeness::Spelled];
        let [head, half, exact, spelled] =
            likenesses.map(|likeness| self.shares_source(row, column, likeness));
        figures.source_kinds.entry(gold.kind).or_default().add(head);
        figures.count(gold.group, |counts| {
            counts.source.right.add(head);
            counts.source.half.add(half);
            counts.source.exact.add(exact);
            counts.source.spelled.add(spelled);
        });
    }

    fn count_names(&self, figures: &mut Figures, gold: &Annotated, predicted: &Annotated) {
        let if_annotated = |share: &mut Share, is_annotated: bool, is_right| {
            if is_annotated {
                share.add(is_right)
            }
        };
        let is_same = gold.has_name(&predicted.name, self.tables);
        let is_like = gold.has_name_like(&predicted.name, self.tables);
        let shares_cue = gold.cue.iter().any(|word| predicted.cue.binary_search(word).is_ok());
        figures.count(gold.group, |counts| {
            if_annotated(&mut counts.source.speaker, gold.speaker.is_some(), is_like);
            if_annotated(&mut counts.source.speaker_exact, gold.speaker.is_some(), is_same);
            if_annotated(&mut counts.source.cue, !gold.cue.is_empty(), shares_cue);
        });
    }

    /// Words of contents, each counted once however many quotes it is in.
    pub fn count_words(&self, figures: &mut Figures) {
        let (gold, mut predicted) = (words_by_type(&self.gold), words_by_type(&self.predicted));
        let all_gold: BTreeSet<u32> = gold.values().flatten().copied().collect();
        let is_counted = |word: &u32| all_gold.contains(word) || self.free.binary_search(word).is_err();
        for words in predicted.values_mut() {
            words.retain(is_counted);
        }
        let all_predicted: BTreeSet<u32> = predicted.values().flatten().copied().collect();
        let spurious = |words: &BTreeSet<u32>| words.difference(&all_gold).count();
        let found = |words: &BTreeSet<u32>| Tally {
            found: words.intersection(&all_predicted).count(),
            missed: words.difference(&all_predicted).count(),
            spurious: 0,
        };
        for (group, words) in &gold {
            figures.of(*group).content.words += found(words);
        }
        for (group, words) in &predicted {
            figures.of(*group).content.words.spurious += spurious(words);
        }
        if !(all_gold.is_empty() && all_predicted.is_empty()) {
            let all = Tally { spurious: spurious(&all_predicted), ..found(&all_gold) };
            figures.of(Group::All).content.words += all;
        }
    }
}

fn words_by_type(quotes: &[Annotated]) -> BTreeMap<Group, BTreeSet<u32>> {
    let mut words: BTreeMap<Group, BTreeSet<u32>> = BTreeMap::new();
    for quote in quotes {
        words.entry(quote.group).or_default().extend(&quote.words);
    }
    words
}
