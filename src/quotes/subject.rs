//! Finds the grammatical source of a cue: «*Reyes*, a spokeswoman, said», «said *the minister*».

use crate::lexicon::word::Function;
use crate::model::Pos;
use crate::quotes::cues::{CueCandidate, CueKind, reporting_verb};
use crate::tagging::Tagged;
use crate::tagging::chunks::{NounChunk, VerbForm, VerbGroup, Voice};
use std::ops::Range;

/// The words that name the source, as the grammar of the sentence gives them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Subject {
    pub tokens: Range<usize>,
    /// The noun or pronoun that decides who it is.
    pub head: usize,
    pub side: Side,
}

/// On which side of its cue a source stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Side {
    Before,
    After,
    /// Shared with an earlier verb: «*she* nodded and said».
    Shared,
}

/// How many verbs back a shared subject is looked for.
const SHARED_DEPTH: usize = 4;

/// How many tokens an apposition may take between a name and its verb.
const APPOSITION: usize = 32;

/// The source of `cue`, if the sentence names one. `quoted` says of each token whether it stands
/// inside quotation marks.
pub fn subject(tagged: &Tagged, quoted: &[bool], cue: &CueCandidate) -> Option<Subject> {
    match cue.kind {
        CueKind::According => chunk_from(tagged, quoted, cue.tokens.end),
        CueKind::Noun => possessor(tagged, cue),
        CueKind::Adjective => before(tagged, quoted, cue.tokens.start, 0),
        CueKind::Quoted => before(tagged, quoted, cue.tokens.start, 0),
        CueKind::Verb { voice: Voice::Passive, .. } => agent(tagged, quoted, cue),
        CueKind::Verb { .. } => {
            let before = before(tagged, quoted, cue.tokens.start, 0);
            let stands_before = before.as_ref().is_some_and(|subject| subject.side == Side::Before);
            if stands_before { before } else { inverted(tagged, quoted, cue).or(before) }
        }
    }
}

/// «was reported *by the paper*»
fn agent(tagged: &Tagged, quoted: &[bool], cue: &CueCandidate) -> Option<Subject> {
    let by = cue.tokens.end;
    (by < tagged.tokens.len() && tagged.is(by, Function::By)).then(|| chunk_from(tagged, quoted, by + 1))?
}

/// «*Reyes's* claim that», «*her* claim that», «the claim by *Reyes* that»
fn possessor(tagged: &Tagged, cue: &CueCandidate) -> Option<Subject> {
    let chunk = tagged.noun_chunk(cue.head)?;
    let genitive = (chunk.start..cue.head).rev().find(|&i| tagged.pos(i) == Pos::PossessiveEnding);
    if let Some(genitive) = genitive.filter(|&genitive| genitive > chunk.start) {
        return Some(Subject { tokens: chunk.start..genitive, head: genitive - 1, side: Side::Before });
    }
    let pronoun = (chunk.start..cue.head).find(|&i| tagged.pos(i) == Pos::PossessivePronoun);
    if let Some(pronoun) = pronoun {
        return Some(Subject { tokens: pronoun..pronoun + 1, head: pronoun, side: Side::Before });
    }
    let by = cue.tokens.end;
    let follows = by < tagged.tokens.len() && tagged.is(by, Function::By);
    follows.then(|| chunk_from(tagged, &[], by + 1))?
}

/// «“…,” said *the minister*»: a bare verb after a mark or comma, a noun chunk after it, and no
/// further verb.
fn inverted(tagged: &Tagged, quoted: &[bool], cue: &CueCandidate) -> Option<Subject> {
    let finite = matches!(cue.kind, CueKind::Verb { form: VerbForm::Finite | VerbForm::Participle, .. });
    let alone = cue.head == cue.tokens.start && (cue.frames.quote || cue.frames.after) && !cue.frames.whom;
    let opens = cue.head == tagged.sentence(cue.head).start || !tagged.is_word(cue.head - 1);
    if !finite || !alone || !opens {
        return None;
    }
    let subject = chunk_from(tagged, quoted, cue.tokens.end).filter(|subject| can_follow(tagged, subject))?;
    let next = subject.tokens.end;
    let goes_on = next < tagged.sentence(cue.head).end
        && tagged.verb_group(next).is_some_and(|group| matches!(group.form, VerbForm::Finite));
    (!goes_on).then_some(subject)
}

/// Whether a chunk after a verb can be its subject: no date, no «him».
fn can_follow(tagged: &Tagged, subject: &Subject) -> bool {
    let head = subject.head;
    let is_time = tagged.is(head, Function::Time) || tagged.is(subject.tokens.start, Function::Time);
    !is_time && !tagged.words[head].object_form
}

/// The noun chunk that begins at token `at`, with what belongs to it on its right.
fn chunk_from(tagged: &Tagged, quoted: &[bool], at: usize) -> Option<Subject> {
    let end = tagged.sentence(at.min(tagged.tokens.len().checked_sub(1)?)).end;
    if at >= end || quoted.get(at) == Some(&true) {
        return None;
    }
    let chunk = tagged.noun_chunk(at).filter(|chunk| chunk.start == at)?;
    let mut tokens = at..chunk.end;
    let mut head = chunk.head;
    while tokens.end + 1 < end
        && (tagged.is(tokens.end, Function::Of) || tagged.is(tokens.end, Function::And))
    {
        let Some(next) = tagged.noun_chunk(tokens.end + 1).filter(|next| next.start == tokens.end + 1) else {
            break;
        };
        if tagged.is(tokens.end, Function::And) && shares_noun(tagged, head) {
            head = next.head;
        }
        tokens.end = next.end;
    }
    Some(Subject { tokens, head, side: Side::After })
}

/// «*US* and Russian officials»: the first word of a pair goes with the noun of the second.
fn shares_noun(tagged: &Tagged, head: usize) -> bool {
    let word = tagged.words[head];
    word.place || word.demonym || tagged.pos(head) == Pos::Adjective || tagged.is_acronym(head)
}

/// The subject that ends before token `at`.
fn before(tagged: &Tagged, quoted: &[bool], at: usize, depth: usize) -> Option<Subject> {
    let start = tagged.sentence(at).start;
    let mut end = at;
    while end > start && tagged.pos(end - 1) == Pos::Adverb && at - end < 4 {
        end -= 1;
    }
    if end == start {
        return None;
    }
    let last = end - 1;
    if quoted.get(last) == Some(&true) {
        let is_gerund = tagged.verb_group(at).is_some_and(|group| group.form == VerbForm::Gerund);
        return is_gerund.then(|| shared(tagged, quoted, at, start, depth))?;
    }
    if tagged.noun_chunk(last).is_some() {
        return adjacent(tagged, quoted, start, last);
    }
    if tagged.is(last, Function::Relative) || tagged.is(last, Function::That) {
        return antecedent(tagged, quoted, start, last);
    }
    let closes = matches!(tagged.text(last), "," | "—" | "–" | "--" | ")");
    let named = closes.then(|| over_apposition(tagged, quoted, start, last)).flatten();
    if named.is_some() {
        return named;
    }
    over_adjective(tagged, quoted, start, last).or_else(|| shared(tagged, quoted, at, start, depth))
}

/// «two people familiar with the matter said»: the chunk before a trailing adjective.
fn over_adjective(tagged: &Tagged, quoted: &[bool], start: usize, last: usize) -> Option<Subject> {
    let trails = tagged.pos(last) == Pos::Adjective && last > start && tagged.noun_chunk(last - 1).is_some();
    trails.then(|| adjacent(tagged, quoted, start, last - 1))?
}

/// The subject whose last chunk holds token `last`: back over «of the agency», «on Monday», «and».
fn adjacent(tagged: &Tagged, quoted: &[bool], start: usize, last: usize) -> Option<Subject> {
    let mut chunk = *tagged.noun_chunk(last)?;
    let end = chunk.end;
    let mut first = chunk.start;
    let mut head = chunk.head;
    if let Some(relative) = relative_before(tagged, start, chunk.start) {
        return antecedent(tagged, quoted, start, relative);
    }
    while let Some(earlier) = attached_to(tagged, quoted, start, &chunk) {
        let shared = tagged.is(chunk.start - 1, Function::And) && shares_noun(tagged, earlier.head);
        chunk = earlier;
        first = chunk.start;
        head = if shared { head } else { chunk.head };
    }
    if tagged.is(head, Function::Time) {
        return None;
    }
    Some(Subject { tokens: first..end, head, side: Side::Before })
}

/// «the engineer *who* built the bridge said»: the relative pronoun of the clause whose object
/// begins at token `object`.
fn relative_before(tagged: &Tagged, start: usize, object: usize) -> Option<usize> {
    let verb = tagged.verb_group(object.checked_sub(1).filter(|&before| before >= start)?)?;
    let relative = verb.start.checked_sub(1).filter(|&relative| relative > start)?;
    (verb.form == VerbForm::Finite && tagged.is(relative, Function::Relative)).then_some(relative)
}

/// The chunk that `chunk` hangs on: «*the head* of the agency», «*Reyes* on Monday», «*Reyes* and Olsen».
fn attached_to(tagged: &Tagged, quoted: &[bool], start: usize, chunk: &NounChunk) -> Option<NounChunk> {
    let link = chunk.start.checked_sub(1).filter(|&link| link > start)?;
    let free = |i: usize| quoted.get(i) != Some(&true);
    if tagged.is(chunk.head, Function::Time) && free(link) {
        // «The company last week said»
        if let Some(earlier) = tagged.noun_chunk(link) {
            return Some(*earlier);
        }
    }
    let links = matches!(
        tagged.function(link),
        Some(Function::Of | Function::From | Function::Preposition | Function::And | Function::As)
    ) || tagged.pos(link) == Pos::Preposition
        && !tagged.is(link, Function::That)
        && !tagged.is(link, Function::Subordinator);
    if !links || !free(link - 1) {
        return None;
    }
    let mut before = link - 1;
    // «people familiar with the matter»
    if tagged.pos(before) == Pos::Adjective && before > start && tagged.noun_chunk(before).is_none() {
        before -= 1;
    }
    let earlier = tagged.noun_chunk(before)?;
    let is_object = tagged.is(link, Function::And)
        && earlier.start > start
        && is_inside_clause(tagged, start, earlier.start);
    (!is_object).then_some(*earlier)
}

/// Whether a verb stands between the start of the sentence and `at`, so that what ends there
/// belongs to it: «met the mayor and …».
fn is_inside_clause(tagged: &Tagged, start: usize, at: usize) -> bool {
    at > start && tagged.verb_group(at - 1).is_some()
}

/// «the woman who said»
fn antecedent(tagged: &Tagged, quoted: &[bool], start: usize, relative: usize) -> Option<Subject> {
    let mut last = relative.checked_sub(1).filter(|&last| last >= start)?;
    if tagged.is_mark(last, ",") {
        last = last.checked_sub(1).filter(|&last| last >= start)?;
    }
    tagged.noun_chunk(last)?;
    adjacent(tagged, quoted, start, last)
}

/// «*Reyes*, a spokeswoman for the ministry, said»: the chunk before the comma that opens what
/// closes at `close`.
fn over_apposition(tagged: &Tagged, quoted: &[bool], start: usize, close: usize) -> Option<Subject> {
    let opener = if tagged.is_mark(close, ")") { "(" } else { tagged.text(close) };
    let far = start.max(close.saturating_sub(APPOSITION));
    let mut openers = (far + 1..close).rev().filter(|&comma| tagged.is_mark(comma, opener));
    let (comma, subject) = openers.find_map(|comma| {
        before_apposition(tagged, quoted, start, comma..close).map(|subject| (comma, subject))
    })?;
    // «Reyes, *41*, a former engineer, said», «Reyes, *the minister of roads*, who …, said»: an apposition again.
    let first = subject.tokens.start;
    let again = first > start + 1
        && tagged.is_mark(first - 1, ",")
        && matches!(tagged.pos(first), Pos::Determiner | Pos::Cardinal);
    let earlier = again.then(|| before_apposition(tagged, quoted, start, first - 1..comma)).flatten();
    earlier.or(Some(subject))
}

/// The subject before an apposition that stands between the marks at `marks.start` and `marks.end`.
fn before_apposition(tagged: &Tagged, quoted: &[bool], start: usize, marks: Range<usize>) -> Option<Subject> {
    let (inside, last) = (marks.start + 1..marks.end, marks.start - 1);
    let chunk = tagged.noun_chunk(last)?;
    let named = (chunk.start..chunk.end).any(|i| tagged.pos(i) == Pos::Proper);
    let leads = chunk.start == start
        || !tagged.is_word(chunk.start - 1)
        || tagged.is(chunk.start - 1, Function::That);
    let fits = quoted.get(marks.start) != Some(&true) && opens_apposition(tagged, inside.start, inside.end);
    let names = !named && is_name(tagged, inside.clone());
    if !fits || !(named || leads || names) {
        return None;
    }
    let subject = adjacent(tagged, quoted, start, last)?;
    if names {
        // «the envoy, *Ann Reyes*, said»
        let tokens = subject.tokens.start..inside.end;
        return Some(Subject { tokens, head: inside.end - 1, side: Side::Before });
    }
    Some(subject)
}

fn is_name(tagged: &Tagged, tokens: Range<usize>) -> bool {
    !tokens.is_empty() && tokens.clone().all(|i| tagged.pos(i) == Pos::Proper && !tagged.words[i].place)
}

/// Whether tokens from `at` to `close` can stand between a name and its verb.
fn opens_apposition(tagged: &Tagged, at: usize, close: usize) -> bool {
    let relative = tagged.is(at, Function::Relative) || tagged.is(at, Function::Whether);
    let finite = tagged.has_finite_verb(at..close);
    at < close && (relative || !finite || relative_inside(tagged, at, close))
}

/// «the agency that runs the lines»: the finite verb belongs to a relative clause.
fn relative_inside(tagged: &Tagged, at: usize, close: usize) -> bool {
    let verb = (at..close).find(|&i| tagged.is_finite_verb(i));
    verb.is_some_and(|verb| {
        (at..verb).any(|i| {
            tagged.is(i, Function::Relative)
                || tagged.is(i, Function::That)
                || tagged.is(i, Function::Whether)
        })
    })
}

/// The subject of the verb that this one goes on from: «she nodded and *said*», «went on to *say*»,
/// «called it off, *saying*».
fn shared(tagged: &Tagged, quoted: &[bool], at: usize, start: usize, depth: usize) -> Option<Subject> {
    if depth >= SHARED_DEPTH {
        return None;
    }
    let earlier = (start..at).rev().filter_map(|i| tagged.verb_group(i)).filter(|group| {
        group.end <= at && quoted.get(group.head) != Some(&true) && group.form == VerbForm::Finite
    });
    let governor = tagged.verb_group(at).and_then(|group| governing(tagged, earlier.clone(), group));
    let earlier = governor.or_else(|| earlier.clone().next())?;
    let subject = before(tagged, quoted, earlier.start, depth + 1)?;
    Some(Subject { side: Side::Shared, ..subject })
}

/// The cue that the verb at hand goes on from: «*said* the timing is open, adding that»; for a
/// finite verb one in the same tense.
fn governing<'a>(
    tagged: &Tagged,
    mut earlier: impl Iterator<Item = &'a VerbGroup>,
    group: &VerbGroup,
) -> Option<&'a VerbGroup> {
    earlier.find(|earlier| {
        let is_cue = reporting_verb(tagged, earlier.head).is_some();
        is_cue && (group.form != VerbForm::Finite || tagged.pos(earlier.head) == tagged.pos(group.head))
    })
}
