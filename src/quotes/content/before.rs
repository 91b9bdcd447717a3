//! Content before its cue: «…, she said», and both sides of «according to».

use crate::lexicon::word::Function;
use crate::quotes::content::after::{clause, over_adverbial};
use crate::quotes::content::end::{clause_end, is_cue_group};
use crate::quotes::content::{Content, Frame, end_of_tail, start_of_tail};
use crate::quotes::cues::CueCandidate;
use crate::quotes::marks::Region;
use crate::quotes::scene::Scene;
use crate::quotes::subject::{Side, Subject};
use crate::tagging::chunks::VerbForm;
use std::ops::Range;

/// A quotation that ends right before the cue and its source, with its second half after them.
pub fn quote_before(scene: Scene, cue: &CueCandidate, subject: Option<&Subject>) -> Option<Content> {
    if !(cue.frames.quote || cue.frames.after) {
        return None;
    }
    let start = start_of_tail(cue, subject);
    let end = if start > 0 && scene.tagged.is_mark(start - 1, ",") { start - 1 } else { start };
    let region = scene.region_to(end)?;
    let same = region.paragraph == scene.tagged.paragraph_of(cue.head);
    same.then(|| Content::whole(quoted_clause(scene, region), Frame::QuoteBefore))
}

/// The quotation, or the clause that ends with it: «the plan was “a farce,” she said».
fn quoted_clause(scene: Scene, region: &Region) -> Range<usize> {
    let tagged = scene.tagged;
    let start = region.tokens.start;
    let sentence = tagged.sentence(start).start;
    let whole = start == sentence || !tagged.is_word(start - 1);
    if whole { region.tokens.clone() } else { sentence..region.tokens.end }
}

/// The clause before the cue and its source: «…, she said».
pub fn before(scene: Scene, cue: &CueCandidate, subject: Option<&Subject>) -> Option<Content> {
    let tagged = scene.tagged;
    if !cue.frames.after || subject.is_none_or(|subject| subject.side == Side::Shared) {
        return None;
    }
    let tail = start_of_tail(cue, subject);
    let sentence = tagged.sentence(cue.head).start;
    if tail < sentence + 2 || !matches!(tagged.text(tail - 1), "," | "—" | "–" | "--" | "?" | "!") {
        return None;
    }
    let end = tail - 1;
    let subordinate =
        tagged.is(sentence, Function::Subordinator) && !(sentence..end).any(|i| tagged.is_mark(i, ","));
    let has_verb = tagged.has_finite_verb(sentence..end) && !subordinate;
    let mut content = Content::whole(sentence..end, Frame::ClauseBefore);
    match rest_of_clause(scene, cue, subject) {
        Some(rest) if !has_verb || scene.tagged.verb_group_at[rest.start].is_some() => {
            content.parts.push(rest)
        }
        _ if !has_verb => return None,
        _ => {}
    }
    Some(content)
}

/// «The plan, she said, *is “a farce”*»: what follows the comma after the cue and its source.
fn rest_of_clause(scene: Scene, cue: &CueCandidate, subject: Option<&Subject>) -> Option<Range<usize>> {
    let tagged = scene.tagged;
    let limit = tagged.sentence(cue.head).end;
    let mut comma = end_of_tail(cue, subject);
    while comma < limit && !tagged.is_mark(comma, ",") {
        comma = over_adverbial(scene, cue, comma, limit)?;
    }
    let next = comma + 1;
    if next >= limit || !tagged.is_mark(comma, ",") {
        return None;
    }
    let joins = matches!(tagged.function(next), Some(Function::And | Function::But | Function::Relative));
    let verb = tagged.has_finite_verb(next..limit);
    if joins || !verb || is_cue_group(tagged, next, VerbForm::Gerund) {
        return None;
    }
    let end = clause_end(scene, next, limit, cue);
    (end > next).then_some(next..end)
}

/// «According to Reyes, …» and «…, according to Reyes».
pub fn beside_according(scene: Scene, cue: &CueCandidate, subject: &Subject) -> Option<Content> {
    let tagged = scene.tagged;
    let sentence = tagged.sentence(cue.head);
    let leads = cue.tokens.start < sentence.start + 2;
    if leads {
        let comma = (subject.tokens.end..sentence.end).find(|&i| tagged.is_mark(i, ","))?;
        return clause(scene, comma + 1, sentence.end, cue, Frame::ClauseAfter);
    }
    let tail = cue.tokens.start;
    let end = if tagged.is_mark(tail - 1, ",") { tail - 1 } else { tail };
    if let Some(region) = scene.region_to(end) {
        return Some(Content::whole(quoted_clause(scene, region), Frame::QuoteBefore));
    }
    (end > sentence.start + 1).then(|| Content::whole(sentence.start..end, Frame::ClauseBefore))
}
