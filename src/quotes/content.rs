//! Finds what a cue reports: the clause or quotation beside it.

use crate::lexicon::words::Function;
use crate::model::Pos;
use crate::quotes::cues::{CueCandidate, CueKind};
use crate::quotes::marks::Region;
use crate::quotes::subject::{Side, Subject};
use crate::tagging::Tagged;
use crate::tagging::chunks::{VerbForm, Voice};
use std::ops::Range;

/// The content of a cue, and where it was found.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Content {
    /// Tokens, in text order.
    pub parts: Vec<Range<usize>>,
    pub frame: Frame,
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

/// What the content of a cue is looked for in.
#[derive(Clone, Copy, Debug)]
pub struct Scene<'a> {
    pub tagged: &'a Tagged<'a>,
    pub regions: &'a [Region],
    /// One a token: index of the outermost region that holds it.
    pub region_at: &'a [Option<u32>],
}

impl Scene<'_> {
    fn region(&self, i: usize) -> Option<&Region> {
        self.region_at.get(i).copied().flatten().map(|region| &self.regions[region as usize])
    }

    /// The outermost region that begins at token `i`.
    pub fn region_from(&self, i: usize) -> Option<&Region> {
        self.region(i).filter(|region| region.tokens.start == i)
    }

    /// The outermost region that ends before token `i`.
    pub fn region_to(&self, i: usize) -> Option<&Region> {
        self.region(i.checked_sub(1)?).filter(|region| region.tokens.end == i)
    }
}

/// The content of `cue`, whose source is `subject`.
pub fn content(scene: Scene, cue: &CueCandidate, subject: Option<&Subject>) -> Option<Content> {
    match cue.kind {
        CueKind::According => beside_according(scene, cue, subject?),
        CueKind::Noun | CueKind::Adjective => after_noun(scene, cue),
        CueKind::Verb { voice: Voice::Passive, .. } => {
            subject?;
            after(scene, cue, subject?.tokens.end.max(cue.tokens.end)).or_else(|| before(scene, cue, subject))
        }
        CueKind::Verb { .. } | CueKind::Quoted => {
            let end = end_of_tail(cue, subject);
            let strong = after_at_once(scene, cue, end);
            let is_finite = match cue.kind {
                CueKind::Verb { form, .. } => matches!(form, VerbForm::Finite | VerbForm::Participle),
                _ => true,
            };
            let earlier = if is_finite { quote_before(scene, cue, subject) } else { None };
            let beside = |content: &Content| {
                scene.tagged.sentence_at[content.parts[0].end - 1] == scene.tagged.sentence_at[cue.head]
            };
            strong
                .or_else(|| earlier.clone().filter(beside))
                .or_else(|| after(scene, cue, end))
                .or(earlier)
                .or_else(|| if is_finite { before(scene, cue, subject) } else { None })
        }
    }
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

/// `that` or `whether` directly after the cue: nothing is stronger.
fn after_at_once(scene: Scene, cue: &CueCandidate, end: usize) -> Option<Content> {
    let tagged = scene.tagged;
    let limit = tagged.sentence(cue.head).end;
    let opens = end < limit && tagged.is(end, Function::That) && cue.frames.that;
    opens.then(|| clause(scene, end, limit, cue, Frame::ClauseAfter))?
}

/// «the claim that …», «is confident that …», «is willing to …»
fn after_noun(scene: Scene, cue: &CueCandidate) -> Option<Content> {
    let tagged = scene.tagged;
    let limit = tagged.sentence(cue.head).end;
    let at = cue.tokens.end;
    if at >= limit {
        return None;
    }
    if tagged.is(at, Function::That) {
        return clause(scene, at, limit, cue, Frame::ClauseAfter);
    }
    let infinitive = cue.frames.infinitive && is_infinitive(tagged, at);
    infinitive.then(|| clause(scene, at, limit, cue, Frame::Infinitive))?
}

fn is_infinitive(tagged: &Tagged, at: usize) -> bool {
    tagged.verb_group(at).is_some_and(|group| group.start == at && group.form == VerbForm::Infinitive)
}

/// What stands after the cue: over adverbs, dates, addressees and places to a quotation, a clause,
/// an infinitive or a noun phrase.
fn after(scene: Scene, cue: &CueCandidate, from: usize) -> Option<Content> {
    let tagged = scene.tagged;
    let limit = tagged.sentence(cue.head).end;
    let mut at = from;
    while at < limit {
        if let Some(content) = content_at(scene, cue, at, limit) {
            return Some(content);
        }
        if starts_bare_clause(scene, cue, at, limit) {
            return clause(scene, at, limit, cue, Frame::ClauseAfter);
        }
        if at == from && cue.frames.noun && !cue.frames.whom && tagged.noun_chunk(at).is_some() {
            break;
        }
        let Some(next) = over_adverbial(scene, cue, at, limit) else { break };
        at = next;
    }
    if at >= limit {
        return next_paragraph(scene, cue, at);
    }
    noun_phrase(scene, cue, from, limit)
}

/// Content that shows itself by its first token: a mark, a colon, `that`, `whether`, `to`.
fn content_at(scene: Scene, cue: &CueCandidate, at: usize, limit: usize) -> Option<Content> {
    let tagged = scene.tagged;
    let frames = cue.frames;
    if scene.region_from(at).is_some()
        && (frames.quote || frames.that || frames.clause || frames.noun || frames.named)
    {
        return quotation(scene, at, cue);
    }
    if tagged.is_mark(at, ",") && scene.region_from(at + 1).is_some() && frames.quote {
        return quotation(scene, at + 1, cue);
    }
    if tagged.is_mark(at, ":") {
        return after_colon(scene, cue, at + 1, limit);
    }
    if tagged.is(at, Function::That) && frames.that
        || tagged.is(at, Function::Whether) && (frames.that || frames.clause || frames.quote)
    {
        return clause(scene, at, limit, cue, Frame::ClauseAfter);
    }
    if tagged.is(at, Function::To) && scene.region_from(at + 1).is_some() {
        return clause(scene, at, limit, cue, Frame::Infinitive);
    }
    (frames.infinitive && is_infinitive(tagged, at))
        .then(|| clause(scene, at, limit, cue, Frame::Infinitive))?
}

fn after_colon(scene: Scene, cue: &CueCandidate, at: usize, limit: usize) -> Option<Content> {
    if at >= limit {
        return next_paragraph(scene, cue, at);
    }
    if scene.region_from(at).is_some() {
        return quotation(scene, at, cue);
    }
    let starts = scene.tagged.is_capitalised(at) || cue.frames.that;
    starts.then(|| clause(scene, at, limit, cue, Frame::ClauseAfter))?
}

/// A quotation that opens the next paragraph, after a colon at the end of this one.
fn next_paragraph(scene: Scene, cue: &CueCandidate, at: usize) -> Option<Content> {
    let tagged = scene.tagged;
    let after_colon = at > 0 && at < tagged.tokens.len() && tagged.is_mark(at - 1, ":");
    let adjoins = after_colon && tagged.paragraph_of(at) == tagged.paragraph_of(cue.head) + 1;
    (adjoins && scene.region_from(at).is_some()).then(|| quotation(scene, at, cue))?
}

/// The quotation that begins at token `at`, with the clause that it is a part of.
fn quotation(scene: Scene, at: usize, cue: &CueCandidate) -> Option<Content> {
    let region = scene.region_from(at)?;
    let end = region.tokens.end;
    let tagged = scene.tagged;
    let ends_sentence = end >= tagged.sentence(end - 1).end || stops_inside(tagged, region);
    let goes_on = !ends_sentence && tagged.is_word(end) && tagged.paragraph_of(end) == region.paragraph;
    if !goes_on {
        return Some(Content { parts: vec![at..end], frame: Frame::QuoteAfter });
    }
    let limit = tagged.sentence(end).end;
    let last = clause_end(scene, end, limit, cue);
    Some(Content { parts: vec![at..last.max(end)], frame: Frame::QuoteAfter })
}

/// Whether the quotation closes with a full stop, or with a comma that belongs to the writer.
fn stops_inside(tagged: &Tagged, region: &Region) -> bool {
    let last = region.inside.end.checked_sub(1).filter(|&last| last >= region.inside.start);
    last.is_some_and(|last| matches!(tagged.text(last), "." | "!" | "?" | ","))
}

/// Whether a clause without `that` begins at `at`: a noun chunk, and a finite verb after it.
fn starts_bare_clause(scene: Scene, cue: &CueCandidate, at: usize, limit: usize) -> bool {
    let tagged = scene.tagged;
    if !cue.frames.clause {
        return false;
    }
    let opens =
        tagged.noun_chunk(at).is_some_and(|chunk| chunk.start == at && !is_adverbial_chunk(tagged, at))
            || tagged.pos(at) == Pos::Existential
            || matches!(tagged.function(at), Some(Function::Subordinator));
    opens && !(cue.frames.whom && is_addressee(scene, at, limit)) && has_finite_verb(scene, at, limit)
}

/// «told *reporters* that …»: a chunk followed by the content itself.
fn is_addressee(scene: Scene, at: usize, limit: usize) -> bool {
    let tagged = scene.tagged;
    let Some(chunk) = tagged.noun_chunk(at) else { return false };
    let next = chunk.end;
    next >= limit || tagged.verb_group(next).is_none_or(|group| group.form != VerbForm::Finite)
}

fn has_finite_verb(scene: Scene, at: usize, limit: usize) -> bool {
    (at..limit)
        .take_while(|&i| !matches!(scene.tagged.text(i), ";" | ":"))
        .any(|i| scene.tagged.verb_group(i).is_some_and(|group| group.form == VerbForm::Finite))
}

fn is_adverbial_chunk(tagged: &Tagged, at: usize) -> bool {
    tagged.noun_chunk(at).is_some_and(|chunk| tagged.is(chunk.head, Function::Time))
}

/// One past the adverb, date, addressee or prepositional phrase at `at`.
fn over_adverbial(scene: Scene, cue: &CueCandidate, at: usize, limit: usize) -> Option<usize> {
    let tagged = scene.tagged;
    if tagged.pos(at) == Pos::Adverb || tagged.pos(at) == Pos::Particle || tagged.is(at, Function::Time) {
        return Some(at + 1);
    }
    if tagged.pos(at) == Pos::PossessiveEnding {
        return over_short_quotation(scene, at + 1);
    }
    if let Some(chunk) = tagged.noun_chunk(at) {
        let skips = is_adverbial_chunk(tagged, at) || cue.frames.whom;
        return skips.then_some(chunk.end);
    }
    // «said, however, that»
    if tagged.is_mark(at, ",") && at + 2 < limit && tagged.is_mark(at + 2, ",") && tagged.is_word(at + 1) {
        return Some(at + 3);
    }
    let is_preposition = tagged.pos(at) == Pos::Preposition || tagged.is(at, Function::To);
    let subordinates =
        matches!(tagged.function(at), Some(Function::That | Function::Subordinator | Function::Whether));
    if !is_preposition || subordinates || at + 1 >= limit {
        return None;
    }
    if let Some(chunk) = tagged.noun_chunk(at + 1) {
        return Some(chunk.end);
    }
    over_short_quotation(scene, at + 1)
}

/// «on CNN's “New Day” that»
fn over_short_quotation(scene: Scene, at: usize) -> Option<usize> {
    scene.region_from(at).filter(|region| region.inside.len() <= 5).map(|region| region.tokens.end)
}

/// «denied the charge», «called the plan “a farce”»
fn noun_phrase(scene: Scene, cue: &CueCandidate, from: usize, limit: usize) -> Option<Content> {
    let tagged = scene.tagged;
    if !(cue.frames.noun || cue.frames.named) || from >= limit {
        return None;
    }
    let at = if tagged.pos(from) == Pos::Adverb && from + 1 < limit { from + 1 } else { from };
    let opens = tagged.noun_chunk(at).is_some()
        || tagged.pos(at) == Pos::Determiner
        || tagged.pos(at) == Pos::VerbIng;
    if !opens {
        return None;
    }
    let end = noun_end(scene, at, limit, cue);
    (end > at).then(|| Content { parts: vec![at..end], frame: Frame::Noun })
}

/// One past a noun phrase with what hangs on it: to the first comma that no list explains.
fn noun_end(scene: Scene, at: usize, limit: usize, cue: &CueCandidate) -> usize {
    let tagged = scene.tagged;
    let stop = clause_end(scene, at, limit, cue);
    let comma = (at + 1..stop).find(|&i| {
        scene.region(i).is_none_or(|region| region.tokens.start == i || region.tokens.end <= i)
            && (tagged.is_mark(i, ",") || tagged.is(i, Function::Subordinator) || tagged.is(i, Function::But))
    });
    comma.unwrap_or(stop)
}

/// A clause from `at`, if it holds more than its first word.
fn clause(scene: Scene, at: usize, limit: usize, cue: &CueCandidate, frame: Frame) -> Option<Content> {
    let end = clause_end(scene, at, limit, cue);
    (end > at + 1).then(|| Content { parts: vec![at..end], frame })
}

/// One past the last token of the clause that begins at `at` in a sentence that ends at `limit`.
pub fn clause_end(scene: Scene, at: usize, limit: usize, cue: &CueCandidate) -> usize {
    let tagged = scene.tagged;
    let mut limit = limit;
    let mut i = at;
    while i < limit {
        if let Some(region) =
            scene.region(i).filter(|region| region.tokens.start <= i && region.tokens.end > i)
        {
            i = region.tokens.end;
            if i < limit && i > at && ends_after_quotation(scene, region, i) {
                break;
            }
            if i >= limit && i > 0 {
                limit = if stops_inside(tagged, region) { i } else { tagged.sentence(i - 1).end.max(i) };
            }
            continue;
        }
        if i > at && ends_clause(scene, i, limit, cue) {
            break;
        }
        i += 1;
    }
    without_stop(scene, at, i.min(limit))
}

/// Whether the content ends before token `i`: «…, according to», «…, adding that», «… and confirmed
/// that», «…, she said».
fn ends_clause(scene: Scene, i: usize, limit: usize, cue: &CueCandidate) -> bool {
    let tagged = scene.tagged;
    let comma = tagged.is_mark(i, ",") || matches!(tagged.text(i), "—" | "–" | "--");
    let next = i + 1;
    if comma && next < limit {
        return tagged.is(next, Function::According)
            || is_cue_group(tagged, next, VerbForm::Gerund)
            || joins(tagged, next) && same_subject_cue(tagged, next + 1, cue)
            || is_reporting_tail(tagged, next, limit);
    }
    if tagged.is(i, Function::According) || tagged.is_mark(i, ";") {
        return true;
    }
    joins(tagged, i) && same_subject_cue(tagged, next, cue)
}

fn joins(tagged: &Tagged, i: usize) -> bool {
    matches!(tagged.function(i), Some(Function::And | Function::But))
}

/// «“a wasted meeting,” *according to*», «“a farce,” *adding that*»: the comma stands inside the marks.
fn ends_after_quotation(scene: Scene, region: &Region, next: usize) -> bool {
    let tagged = scene.tagged;
    let comma = region.inside.end > region.inside.start && tagged.is_mark(region.inside.end - 1, ",");
    let turns = matches!(tagged.function(next), Some(Function::According | Function::Relative | Function::But));
    comma && (turns || is_cue_group(tagged, next, VerbForm::Gerund))
}

fn is_cue_group(tagged: &Tagged, at: usize, form: VerbForm) -> bool {
    tagged.verb_group(at).is_some_and(|group| {
        group.start == at && group.form == form && tagged.words[group.head].cue_verb.is_some()
    })
}

/// «… and *confirmed* that»: a cue in the tense of the first one, without a subject of its own.
fn same_subject_cue(tagged: &Tagged, at: usize, cue: &CueCandidate) -> bool {
    if at >= tagged.tokens.len() {
        return false;
    }
    let at = if tagged.pos(at) == Pos::Adverb && at + 1 < tagged.tokens.len() { at + 1 } else { at };
    let Some(group) = tagged.verb_group(at) else { return false };
    group.start == at
        && tagged.words[group.head].cue_verb.is_some()
        && tagged.pos(group.head) == tagged.pos(cue.head)
        && group.form == VerbForm::Finite
}

/// «…, she *said*.»: a chunk and a cue that ends the sentence or goes on after a comma.
fn is_reporting_tail(tagged: &Tagged, at: usize, limit: usize) -> bool {
    let Some(chunk) = tagged.noun_chunk(at).filter(|chunk| chunk.start == at) else { return false };
    let Some(group) = tagged.verb_group(chunk.end.min(limit - 1)) else { return false };
    let ends = group.end >= limit || matches!(tagged.text(group.end), "." | ",");
    group.start == chunk.end && tagged.words[group.head].cue_verb.is_some() && ends
}

/// `end` without the stop, comma or dash before it, unless that stands inside quotation marks.
fn without_stop(scene: Scene, start: usize, end: usize) -> usize {
    let mut end = end;
    while end > start + 1 && scene.region(end - 1).is_none() && !scene.tagged.is_word(end - 1) {
        if !matches!(scene.tagged.text(end - 1), "." | "," | "?" | "!" | "—" | "–" | "--" | "-" | ":" | ";")
        {
            break;
        }
        end -= 1;
    }
    end
}

/// A quotation that ends right before the cue and its source, with its second half after them.
fn quote_before(scene: Scene, cue: &CueCandidate, subject: Option<&Subject>) -> Option<Content> {
    if !(cue.frames.quote || cue.frames.after) {
        return None;
    }
    let start = start_of_tail(cue, subject);
    let end = if start > 0 && scene.tagged.is_mark(start - 1, ",") { start - 1 } else { start };
    let region = scene.region_to(end)?;
    let same = region.paragraph == scene.tagged.paragraph_of(cue.head);
    same.then(|| Content { parts: vec![quoted_clause(scene, region)], frame: Frame::QuoteBefore })
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
fn before(scene: Scene, cue: &CueCandidate, subject: Option<&Subject>) -> Option<Content> {
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
    let is_finite = |i| tagged.verb_group(i).is_some_and(|group| group.form == VerbForm::Finite);
    let subordinate =
        tagged.is(sentence, Function::Subordinator) && !(sentence..end).any(|i| tagged.is_mark(i, ","));
    let has_verb = (sentence..end).any(is_finite) && !subordinate;
    let mut parts = vec![sentence..end];
    match rest_of_clause(scene, cue, subject) {
        Some(rest) if !has_verb || scene.tagged.verb_group_at[rest.start].is_some() => parts.push(rest),
        _ if !has_verb => return None,
        _ => {}
    }
    Some(Content { parts, frame: Frame::ClauseBefore })
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
    let verb =
        (next..limit).any(|i| tagged.verb_group(i).is_some_and(|group| group.form == VerbForm::Finite));
    if joins || !verb || is_cue_group(tagged, next, VerbForm::Gerund) {
        return None;
    }
    let end = clause_end(scene, next, limit, cue);
    (end > next).then_some(next..end)
}

/// «According to Reyes, …» and «…, according to Reyes».
fn beside_according(scene: Scene, cue: &CueCandidate, subject: &Subject) -> Option<Content> {
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
        return Some(Content { parts: vec![quoted_clause(scene, region)], frame: Frame::QuoteBefore });
    }
    (end > sentence.start + 1)
        .then(|| Content { parts: vec![sentence.start..end], frame: Frame::ClauseBefore })
}
