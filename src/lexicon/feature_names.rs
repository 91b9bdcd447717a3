//! What the templates of the models look at, in plain words.

use crate::error::Result;
use crate::lexicon::table::{Row, rows};
use crate::named::named;
use std::collections::BTreeMap;

named! {
/// The models whose features are explained.
ScoredModel {
    /// Whether a cue with its reading is a statement.
    Acceptance = "acceptance",
    /// How sure an attribution is.
    Confidence = "confidence",
    /// Which reading of a cue is the best.
    Ranking = "ranking",
}
}

named! {
/// What can be told beside a template, as it stands in braces in the table.
Fact {
    Agrees = "agrees",
    Before = "before",
    Behind = "behind",
    Class = "class",
    Closed = "closed",
    Cue = "cue",
    CueLast = "cue_last",
    Ends = "ends",
    First = "first",
    Kind = "kind",
    Last = "last",
    Least = "least",
    LeastSource = "least_source",
    Length = "length",
    Likelihood = "likelihood",
    Likely = "likely",
    Mean = "mean",
    MeanSource = "mean_source",
    Mention = "mention",
    Method = "method",
    Next = "next",
    Overlap = "overlap",
    Paragraph = "paragraph",
    Parts = "parts",
    Path = "path",
    Rank = "rank",
    Role = "role",
    Score = "score",
    Shape = "shape",
    Side = "side",
    Source = "source",
    SourceAfter = "source_after",
    SourceBefore = "source_before",
    SourceFirst = "source_first",
    SourceLast = "source_last",
}
}

/// A stretch of a description.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Piece {
    Words(&'static str),
    Fact(Fact),
}

/// What each template of a model looks at.
#[derive(Debug)]
pub struct FeatureNames {
    names: BTreeMap<(ScoredModel, u32), Vec<Piece>>,
}

impl FeatureNames {
    /// Reads the table built into the program.
    ///
    /// # Errors
    /// [`crate::error::Error::Table`] when a row breaks the table's rules.
    pub fn load() -> Result<Self> {
        let text = include_str!("../../data/feature_names.tsv");
        let rows = rows("feature_names.tsv", text, &["feature", "looks_at"])?;
        let names = rows.iter().map(|row| Ok((feature(row)?, pieces(row)?)));
        Ok(Self { names: names.collect::<Result<_>>()? })
    }

    /// What a template looks at; nothing where it has no row, which a test forbids.
    pub fn of(&self, model: ScoredModel, template: u32) -> &[Piece] {
        self.names.get(&(model, template)).map_or(&[], Vec::as_slice)
    }

    /// The templates that have a row.
    pub fn templates(&self) -> impl Iterator<Item = (ScoredModel, u32)> {
        self.names.keys().copied()
    }
}

/// `ranking 12`: a model and a template.
fn feature(row: &Row) -> Result<(ScoredModel, u32)> {
    let cell = row.cell(0);
    let (model, number) = cell.split_once(' ').unwrap_or((cell, ""));
    match (model.parse(), number.parse()) {
        (Ok(model), Ok(number)) => Ok((model, number)),
        _ => Err(row.error(format!("«{cell}» is no model and number"))),
    }
}

fn pieces(row: &Row) -> Result<Vec<Piece>> {
    let mut pieces = Vec::new();
    let mut rest = row.cell(1);
    while let Some((words, after)) = rest.split_once('{') {
        let Some((name, after)) = after.split_once('}') else {
            return Err(row.error("a brace is not closed"));
        };
        let fact = name.parse().map_err(|_| row.error(format!("unknown fact «{name}»")))?;
        pieces.extend([Piece::Words(words), Piece::Fact(fact)]);
        rest = after;
    }
    pieces.push(Piece::Words(rest));
    Ok(pieces)
}

#[cfg(test)]
mod tests {
    use super::{Fact, FeatureNames, Piece, ScoredModel, pieces};
    use crate::lexicon::table::Row;

    fn row(looks_at: &'static str) -> Row {
        Row { table: "feature_names.tsv", line: 2, cells: vec!["ranking 1", looks_at] }
    }

    #[test]
    fn facts_stand_in_braces() {
        let read = pieces(&row("the cue ({cue})")).unwrap();
        assert_eq!(read, [Piece::Words("the cue ("), Piece::Fact(Fact::Cue), Piece::Words(")")]);
        assert!(pieces(&row("the {hue}")).is_err());
        assert!(pieces(&row("the {cue")).is_err());
    }

    #[test]
    fn every_fact_is_told_somewhere() {
        let names = FeatureNames::load().unwrap();
        let told: Vec<Piece> =
            names.templates().flat_map(|(model, template)| names.of(model, template).to_vec()).collect();
        for &fact in Fact::ALL {
            assert!(told.contains(&Piece::Fact(fact)), "no row of data/feature_names.tsv tells {fact}");
        }
        assert!(names.of(ScoredModel::Confidence, 999).is_empty());
    }
}
