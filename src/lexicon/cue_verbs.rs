//! The verbs that report statements, and what they can take as their content.

use crate::error::Result;
use crate::lexicon::table::{Row, rows};
use crate::model::CueClass;
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

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

/// The columns of `data/cue_verbs.tsv`.
pub const COLUMNS: [&str; 7] = ["lemma", "class", "frames", "third", "past", "participle", "ing"];

static PAST: LazyLock<FxHashMap<&'static str, &'static str>> = LazyLock::new(|| {
    let rows = rows("cue_verbs.tsv", include_str!("../../data/cue_verbs.tsv"), &COLUMNS);
    let rows = rows.expect("the tables are read by the tests");
    rows.iter().map(|row| (row.cell(0), row.cell(4))).collect()
});

/// The past tense of a reporting verb with its particles: `pointed out` of `point out`; `None` for a lemma that is none.
pub fn past(lemma: &str) -> Option<String> {
    let verb = PAST.get(lemma)?;
    let particles = lemma.split(' ').skip(1);
    Some([*verb].into_iter().chain(particles).collect::<Vec<_>>().join(" "))
}

#[cfg(test)]
mod tests {
    use super::past;

    #[test]
    fn verbs_have_a_past_with_their_particles() {
        assert_eq!(past("say").as_deref(), Some("said"));
        assert_eq!(past("point out").as_deref(), Some("pointed out"));
        assert_eq!(past("according to"), None);
    }
}
