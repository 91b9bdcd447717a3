//! Finds what a cue reports: the clause or quotation beside it.

pub mod after;
pub mod before;
pub mod end;

use crate::lexicon::word::Function;
use crate::quotes::content::after::{after, after_at_once, after_noun};
use crate::quotes::content::before::{before, beside_according, quote_before};
use crate::quotes::cues::{CueCandidate, CueKind};
use crate::quotes::scene::Scene;
use crate::quotes::subject::{Side, Subject};
use crate::tagging::chunks::{VerbForm, Voice};
use std::ops::Range;

/// The content of a cue, and where it was found.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Content {
    /// Tokens, in text order.
    pub parts: Vec<Range<usize>>,
    pub frame: Frame,
}

impl Content {
    fn whole(tokens: Range<usize>, frame: Frame) -> Self {
        Self { parts: vec![tokens], frame }
    }
}

/// How a content stands to its cue.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Frame {
    /// A quotation before the cue.
    QuoteBefore,
    /// A quotation after it.
    QuoteAfter,
    /// A clause before it.
    ClauseBefore,
    /// `that`, `whether` or a bare clause after it.
    ClauseAfter,
    /// An infinitive after it.
    Infinitive,
    /// A noun phrase after it.
    Noun,
}

/// The content of `cue`, whose source is `subject`.
pub fn content(scene: Scene, cue: &CueCandidate, subject: Option<&Subject>) -> Option<Content> {
    match cue.kind {
        CueKind::According => beside_according(scene, cue, subject?),
        CueKind::Noun | CueKind::Adjective => after_noun(scene, cue),
        CueKind::Verb { voice: Voice::Passive, .. } if subject.is_none() => impersonal(scene, cue),
        CueKind::Verb { voice: Voice::Passive, .. } => {
            let from = subject?.tokens.end.max(cue.tokens.end);
            after(scene, cue, from).or_else(|| before(scene, cue, subject))
        }
        CueKind::Verb { form: VerbForm::Infinitive | VerbForm::Gerund, .. } => {
            let end = end_of_tail(cue, subject);
            after_at_once(scene, cue, end).or_else(|| after(scene, cue, end))
        }
        CueKind::Verb { .. } | CueKind::Quoted => beside_verb(scene, cue, subject),
    }
}

/// «*It* was reported that the bridge was shut»: a statement whose source the writer leaves out.
fn impersonal(scene: Scene, cue: &CueCandidate) -> Option<Content> {
    let before = cue.tokens.start.checked_sub(1)?;
    scene.tagged.is(before, Function::It).then(|| after_at_once(scene, cue, cue.tokens.end))?
}

/// The content of a finite verb, the surest place first: `that` after it, a quotation before it in
/// its sentence, what stands after it, a quotation that closes the sentence before, a clause before.
fn beside_verb(scene: Scene, cue: &CueCandidate, subject: Option<&Subject>) -> Option<Content> {
    let end = end_of_tail(cue, subject);
    let earlier = quote_before(scene, cue, subject);
    let is_near = earlier.as_ref().is_some_and(|content| {
        let sentence_at = &scene.tagged.sentence_at;
        sentence_at[content.parts[0].end - 1] == sentence_at[cue.head]
    });
    after_at_once(scene, cue, end)
        .or_else(|| earlier.clone().filter(|_| is_near))
        .or_else(|| after(scene, cue, end))
        .or(earlier)
        .or_else(|| before(scene, cue, subject))
}

/// One past the cue and the source behind it.
fn end_of_tail(cue: &CueCandidate, subject: Option<&Subject>) -> usize {
    match subject {
        Some(subject) if subject.side == Side::After => subject.tokens.end,
        _ => cue.tokens.end,
    }
}

/// The first token of the cue and the source before it.
fn start_of_tail(cue: &CueCandidate, subject: Option<&Subject>) -> usize {
    match subject {
        Some(subject) if subject.side == Side::Before => subject.tokens.start.min(cue.tokens.start),
        _ => cue.tokens.start,
    }
}
