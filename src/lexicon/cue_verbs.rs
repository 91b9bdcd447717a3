//! The verbs that report statements, and what they can take as their content.

use crate::error::Result;
use crate::lexicon::table::Row;
use crate::model::CueClass;

/// One verb that reports statements.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CueVerb {
    /// Dictionary form, with its particles: `point out`.
    pub lemma: &'static str,
    pub class: CueClass,
    pub frames: Frames,
}

impl CueVerb {
    /// The words after the verb itself: `out` of `point out`.
    pub fn particles(&self) -> impl Iterator<Item = &'static str> {
        self.lemma.split(' ').skip(1)
    }
}

/// What a reporting verb can take as its content.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Frames {
    /// Words in quotation marks: `added: "…"`.
    pub quote: bool,
    /// `that` and a clause.
    pub that: bool,
    /// A clause without `that`.
    pub clause: bool,
    /// `to` and an infinitive: `vowed to`.
    pub infinitive: bool,
    /// A noun phrase: `denied the charge`.
    pub noun: bool,
    /// Content before the verb: `…, she added`.
    pub after: bool,
    /// Somebody and what they are called: `called it a farce`.
    pub named: bool,
    /// Whom it is said to, before the content: `told reporters that`.
    pub whom: bool,
}

/// Reads the third cell of a row of `data/cue_verbs.tsv`.
pub fn frames(row: &Row) -> Result<Frames> {
    let mut frames = Frames::default();
    for name in row.cell(2).split(',') {
        match name {
            "quote" => frames.quote = true,
            "that" => frames.that = true,
            "clause" => frames.clause = true,
            "infinitive" => frames.infinitive = true,
            "noun" => frames.noun = true,
            "after" => frames.after = true,
            "as" => frames.named = true,
            "whom" => frames.whom = true,
            other => return Err(row.error(format!("unknown frame «{other}»"))),
        }
    }
    Ok(frames)
}
