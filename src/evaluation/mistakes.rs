//! The worst errors, with their text.

use crate::evaluation::annotation::Annotated;
use crate::evaluation::comparison::{Comparison, Side};
use crate::evaluation::figures::Group;
use crate::evaluation::matching::LEAST_OVERLAP;
use crate::named::named;
use crate::record::decimal;
use serde::ser::SerializeSeq;
use serde::{Serialize, Serializer};

/// The worst errors of two kinds: the surest of those predicted wrongly, and quotes that were
/// missed, those in quotation marks first. Equals stand in the order of the articles.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Mistakes {
    pub wrong: Vec<Mistake>,
    pub missed: Vec<Mistake>,
    /// How many of each are kept.
    most: usize,
}

/// One error.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Mistake {
    pub article: String,
    pub error: MistakeKind,
    /// Of the annotated quote, or without one, of the predicted.
    #[serde(rename = "type")]
    pub group: Group,
    pub confidence: Option<f64>,
    pub predicted: Option<Shown>,
    pub annotated: Option<Shown>,
}

named! {
/// What is wrong.
#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
MistakeKind {
    /// The quote is found and somebody else is said to be its source.
    WrongSource = "wrong source",
    /// A quote is there, but less than half of its words are the ones predicted.
    WrongContent = "wrong content",
    /// No annotated quote is there, or another prediction is nearer to it.
    Spurious = "spurious",
    /// Nothing was predicted where an annotated quote is.
    Missed = "missed",
}
}

/// A quote in words of the article; several spans have ` … ` between them.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Shown {
    pub content: String,
    pub cue: Option<String>,
    /// The mention as printed.
    pub source: Option<String>,
    pub speaker: Option<String>,
}

impl Mistakes {
    /// Keeps the `most` worst of each kind.
    pub fn keeping(most: usize) -> Self {
        Self { most, ..Self::default() }
    }

    /// Whether none were to be kept.
    pub fn is_unasked(&self) -> bool {
        self.most == 0
    }

    fn add(&mut self, mistakes: Vec<Mistake>) {
        let (missed, wrong): (Vec<_>, Vec<_>) =
            mistakes.into_iter().partition(|mistake| mistake.error == MistakeKind::Missed);
        self.wrong.extend(wrong);
        self.missed.extend(missed);
        let sureness = |mistake: &Mistake| mistake.confidence.unwrap_or(0.0);
        self.wrong.sort_by(|a, b| sureness(b).total_cmp(&sureness(a)));
        self.missed.sort_by_key(|mistake| mistake.group);
        self.wrong.truncate(self.most);
        self.missed.truncate(self.most);
    }
}

impl Comparison<'_> {
    pub fn note_mistakes(&self, mistakes: &mut Mistakes) {
        if mistakes.is_unasked() {
            return;
        }
        let (gold, predicted) = (self.gold_contents(), self.predicted_contents());
        let found = self.pairs(&gold, &predicted, LEAST_OVERLAP);
        let mut noted = Vec::new();
        for &(row, column) in &found {
            if !self.is_right(gold[row], predicted[column]) {
                noted.push(self.mistake(
                    MistakeKind::WrongSource,
                    Some(gold[row].1),
                    Some(predicted[column].1),
                ));
            }
        }
        let missed = left(&gold, |row| found.iter().any(|pair| pair.0 == row));
        let unpaired = left(&predicted, |column| found.iter().any(|pair| pair.1 == column));
        // What is left and shares a word at all is one error, not a missed quote and a spurious one.
        let near = self.pairs(&missed, &unpaired, 0.0);
        for &(row, column) in &near {
            noted.push(self.mistake(
                MistakeKind::WrongContent,
                Some(missed[row].1),
                Some(unpaired[column].1),
            ));
        }
        for (_, quote) in left(&unpaired, |column| near.iter().any(|pair| pair.1 == column)) {
            noted.push(self.mistake(MistakeKind::Spurious, None, Some(quote)));
        }
        for (_, quote) in left(&missed, |row| near.iter().any(|pair| pair.0 == row)) {
            noted.push(self.mistake(MistakeKind::Missed, Some(quote), None));
        }
        mistakes.add(noted);
    }

    fn mistake(
        &self,
        error: MistakeKind,
        gold: Option<&Annotated>,
        predicted: Option<&Annotated>,
    ) -> Mistake {
        let confidence = predicted.and_then(|predicted| predicted.quote.confidence);
        Mistake {
            article: self.article.id.clone(),
            error,
            group: gold.or(predicted).map_or(Group::Untyped, |quote| quote.group),
            confidence: confidence.map(decimal),
            predicted: predicted.map(|quote| self.shown(quote)),
            annotated: gold.map(|quote| self.shown(quote)),
        }
    }

    fn shown(&self, quote: &Annotated) -> Shown {
        let filled = |words: String| Some(words).filter(|words| !words.is_empty());
        Shown {
            content: self.words.printed(&quote.quote.content),
            cue: filled(self.words.printed(&quote.quote.cue)),
            source: filled(self.words.printed(&quote.quote.source)),
            speaker: quote.speaker.map(str::to_owned),
        }
    }
}

/// Those of a side that are not paired.
fn left<'q>(side: &[Side<'q>], is_paired: impl Fn(usize) -> bool) -> Vec<Side<'q>> {
    side.iter().enumerate().filter(|(index, _)| !is_paired(*index)).map(|(_, side)| *side).collect()
}

impl Serialize for Mistakes {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(Some(self.wrong.len() + self.missed.len()))?;
        for mistake in self.wrong.iter().chain(&self.missed) {
            list.serialize_element(mistake)?;
        }
        list.end()
    }
}
