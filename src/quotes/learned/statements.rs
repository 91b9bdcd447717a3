//! The statements that the models find, in the shape that the later floors take.

use crate::lexicon::word::Function;
use crate::model::{CueClass, Method, Pos, QuoteKind};
use crate::quotes::cues::reporting_verb;
use crate::quotes::learned::choice::{Candidate, accepted, ranked, readings, weigh};
use crate::quotes::learned::cue_spans::cue_spans;
use crate::quotes::learned::hints::Hints;
use crate::quotes::learned::models::StatementModels;
use crate::quotes::learned::view::{Kind, View};
use crate::quotes::subject::{Side, Subject};
use crate::quotes::{Statement, StatementCue};
use crate::tagging::Tagged;
use std::ops::Range;

/// The statements of a text, in text order of their cues.
pub fn statements(view: &View, hints: &Hints, models: &StatementModels) -> Vec<Statement> {
    let cues = cue_spans(view, hints, &models.cues);
    let readings = readings(view, hints, &cues, &models.arguments);
    let mut candidates = ranked(view, hints, &cues, readings, &models.ranking);
    weigh(view, hints, &mut candidates, &models.acceptance);
    let accepted = accepted(view, candidates, models.least);
    accepted.iter().filter_map(|candidate| statement(view, hints, candidate)).collect()
}

fn statement(view: &View, hints: &Hints, candidate: &Candidate) -> Option<Statement> {
    let parts: Vec<Range<usize>> =
        candidate.reading.content.iter().filter_map(|part| without_stop(view, part)).collect();
    let first = parts.first()?.start;
    if parts.iter().flat_map(|part| part.clone()).all(|i| says_nothing(view, i)) {
        return None;
    }
    let subject = subject(view, hints, candidate);
    let cue = cue(view, hints, &candidate.cue.tokens);
    Some(Statement {
        method: method(view.tagged(), &cue, subject.as_ref(), first),
        parts,
        kind: QuoteKind::Indirect,
        closed: true,
        subject,
        cue: Some(cue),
        relay: None,
        likelihood: Some(candidate.probability),
    })
}

/// «few believe *it*», «she said *that*»: words that alone say nothing that could be kept.
fn says_nothing(view: &View, i: usize) -> bool {
    let pos = view.tagged().pos(i);
    view.region(i) == 0 && matches!(pos, Pos::Pronoun | Pos::Determiner | Pos::WhPronoun | Pos::Preposition)
}

/// `part` without the stops and commas at its end, unless they stand inside quotation marks.
fn without_stop(view: &View, part: &Range<usize>) -> Option<Range<usize>> {
    let is_stop = |i: usize| matches!(view.clues[i].kind, Kind::Comma | Kind::Stop) && view.region(i) == 0;
    let last = part.clone().rev().find(|&i| !is_stop(i))?;
    Some(part.start..last + 1)
}

fn cue(view: &View, hints: &Hints, tokens: &Range<usize>) -> StatementCue {
    let tagged = view.tagged();
    let proposed = hints.proposal(tokens.start, tokens.end).and_then(|proposal| proposal.cue.clone());
    if let Some(proposed) = proposed {
        return StatementCue { tokens: tokens.clone(), ..proposed };
    }
    let head = view.cue_head(tokens.start, tokens.end);
    let word = tagged.words[head];
    let verb = reporting_verb(tagged, head).map(|(verb, _)| verb);
    let class = verb.map(|verb| verb.class).or(word.cue_noun).or(word.cue_adjective);
    let lemma = verb.map_or_else(|| tagged.text(head).to_lowercase(), |verb| verb.lemma.to_owned());
    StatementCue { tokens: tokens.clone(), head, lemma, class: class.unwrap_or(CueClass::Say) }
}

fn subject(view: &View, hints: &Hints, candidate: &Candidate) -> Option<Subject> {
    let source = &candidate.reading.source;
    // Of a broken source the longest part names it.
    let longest = source.iter().max_by_key(|part| (part.len(), std::cmp::Reverse(part.start)))?;
    let tokens = without_stop(view, longest)?;
    let side = if tokens.start < candidate.cue.tokens.start { Side::Before } else { Side::After };
    let cue = &candidate.cue.tokens;
    let proposed = hints.proposal(cue.start, cue.end).and_then(|proposal| proposal.subject.as_ref());
    let proposed = proposed.map(|subject| subject.head).filter(|head| tokens.contains(head));
    Some(Subject { head: proposed.unwrap_or_else(|| head(view, &tokens)), tokens, side })
}

/// The noun, name or pronoun that decides who a source is: the head of its first chunk, unless that is a role
/// before a name («a spokesman, Ann Reyes»).
fn head(view: &View, tokens: &Range<usize>) -> usize {
    let chunks = tokens.clone().filter_map(|i| view.noun_chunk(i));
    let inside = |head: usize| tokens.contains(&head).then_some(head);
    chunks.into_iter().find_map(|chunk| inside(chunk.head)).unwrap_or(tokens.end - 1)
}

fn method(tagged: &Tagged, cue: &StatementCue, subject: Option<&Subject>, content: usize) -> Method {
    let first = cue.tokens.start;
    match tagged.text(first) {
        ":" if tagged.function(tagged.sentence(first).start) == Some(Function::From) => Method::FromColon,
        ":" => Method::Colon,
        "—" | "–" | "―" | "--" | "-" => Method::DashSignature,
        _ if tagged.is(cue.head, Function::According) => Method::AccordingTo,
        _ if content > first => Method::VerbBefore,
        _ if subject.is_some_and(|subject| subject.side == Side::After) => Method::InvertedVerb,
        _ => Method::VerbAfter,
    }
}
