//! Spots the words that report a statement: `said`, `has warned`, `according to`, `the claim that`.

use crate::lexicon::cue_verbs::{CueVerb, Frames};
use crate::lexicon::word::Function;
use crate::model::{CueClass, Pos};
use crate::tagging::Tagged;
use crate::tagging::chunks::{VerbForm, Voice};
use std::ops::Range;

/// A cue in the text, before it is known whether it reports anything.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CueCandidate {
    /// From the first auxiliary to the last particle.
    pub tokens: Range<usize>,
    /// The verb, noun or preposition itself.
    pub head: usize,
    pub lemma: &'static str,
    pub class: CueClass,
    pub kind: CueKind,
    pub frames: Frames,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CueKind {
    Verb {
        form: VerbForm,
        voice: Voice,
    },
    /// `the claim that`
    Noun,
    /// `is confident that`
    Adjective,
    /// `according to`
    According,
    /// `was quoted as saying`
    Quoted,
}

/// The cues of a text outside its quotations, in text order. `quoted` says of each token whether
/// it stands inside quotation marks.
pub fn cues(tagged: &Tagged, quoted: &[bool]) -> Vec<CueCandidate> {
    let mut cues = Vec::new();
    let mut i = 0;
    while i < tagged.tokens.len() {
        let cue = if quoted[i] { None } else { cue_at(tagged, i) };
        i = cue.as_ref().map_or(i + 1, |cue| cue.tokens.end.max(i + 1));
        cues.extend(cue);
    }
    cues
}

fn cue_at(tagged: &Tagged, i: usize) -> Option<CueCandidate> {
    if let Some(group) = tagged.verb_group(i) {
        return if group.head == i { verb_cue(tagged, i) } else { None };
    }
    let word = tagged.words[i];
    if tagged.is(i, Function::According) {
        return according(tagged, i);
    }
    if let Some(class) = word.cue_noun.filter(|_| tagged.noun_chunk(i).is_some_and(|chunk| chunk.head == i)) {
        let frames = Frames { that: true, ..Frames::default() };
        return Some(cue(i..i + 1, i, "", class, CueKind::Noun, frames));
    }
    let class = word.cue_adjective.filter(|_| !tagged.is_capitalised(i))?;
    let group = (i.saturating_sub(3)..i).rev().find_map(|j| tagged.verb_group(j))?;
    let near = (group.end..i).all(|j| tagged.pos(j) == Pos::Adverb || tagged.is(j, Function::Not));
    let is_be = tagged.is(group.head, Function::Be);
    let frames = Frames { that: true, infinitive: true, ..Frames::default() };
    (near && is_be).then(|| cue(group.start..i + 1, i, "", class, CueKind::Adjective, frames))
}

fn cue(
    tokens: Range<usize>,
    head: usize,
    lemma: &'static str,
    class: CueClass,
    kind: CueKind,
    frames: Frames,
) -> CueCandidate {
    CueCandidate { tokens, head, lemma, class, kind, frames }
}

fn according(tagged: &Tagged, i: usize) -> Option<CueCandidate> {
    let followed = i + 1 < tagged.tokens.len() && tagged.is(i + 1, Function::To);
    followed.then(|| cue(i..i + 2, i, "according to", CueClass::Say, CueKind::According, Frames::default()))
}

/// The reporting verb whose head is token `head`, and one past its last particle: «point» reports
/// only with «out».
pub fn reporting_verb<'a>(tagged: &Tagged<'a>, head: usize) -> Option<(&'a CueVerb, usize)> {
    let verbs = &tagged.lexicon.words.verbs[usize::from(tagged.words[head].cue_verb?)];
    verbs.iter().find_map(|verb| Some((verb, particles_end(tagged, head, verb)?)))
}

fn verb_cue(tagged: &Tagged, head: usize) -> Option<CueCandidate> {
    let group = *tagged.verb_group(head)?;
    let (verb, end) = reporting_verb(tagged, head)?;
    let as_saying =
        group.voice == Voice::Passive && end + 1 < tagged.tokens.len() && tagged.is(end, Function::As);
    if let Some(saying) = as_saying.then(|| quoted_as(tagged, end + 1)).flatten() {
        return Some(CueCandidate { tokens: group.start..saying.tokens.end, ..saying });
    }
    let kind = CueKind::Verb { form: group.form, voice: group.voice };
    Some(cue(group.start..end, head, verb.lemma, verb.class, kind, verb.frames))
}

/// «was quoted as *saying*»: the gerund at token `at` carries the statement.
fn quoted_as(tagged: &Tagged, at: usize) -> Option<CueCandidate> {
    let group = tagged.verb_group(at).filter(|group| group.form == VerbForm::Gerund)?;
    let saying = verb_cue(tagged, group.head)?;
    Some(CueCandidate { kind: CueKind::Quoted, ..saying })
}

/// One past the last particle of `verb`, whose head is at `head`; `None` where one is missing.
fn particles_end(tagged: &Tagged, head: usize, verb: &CueVerb) -> Option<usize> {
    let mut at = head + 1;
    for (index, particle) in verb.particles().enumerate() {
        let is_there = |at: usize| at < tagged.tokens.len() && tagged.text(at).eq_ignore_ascii_case(particle);
        // «made it clear», «spell it out»: a pronoun may stand between.
        if index == 0 && !is_there(at) && at < tagged.tokens.len() && tagged.pos(at) == Pos::Pronoun {
            at += 1;
        }
        if !is_there(at) {
            return None;
        }
        at += 1;
    }
    Some(at)
}
