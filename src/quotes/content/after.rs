//! Content after its cue: a quotation, a clause, an infinitive or a noun phrase.

use crate::lexicon::word::Function;
use crate::model::Pos;
use crate::quotes::content::end::{clause_end, stops_inside};
use crate::quotes::content::{Content, Frame};
use crate::quotes::cues::CueCandidate;
use crate::quotes::scene::Scene;
use crate::tagging::Tagged;
use crate::tagging::chunks::VerbForm;

/// `that` or `whether` directly after the cue: nothing is stronger.
pub fn after_at_once(scene: Scene, cue: &CueCandidate, end: usize) -> Option<Content> {
    let tagged = scene.tagged;
    let limit = tagged.sentence(cue.head).end;
    let opens = end < limit && tagged.is(end, Function::That) && cue.frames.that;
    opens.then(|| clause(scene, end, limit, cue, Frame::ClauseAfter))?
}

/// «the claim that …», «is confident that …», «is willing to …»
pub fn after_noun(scene: Scene, cue: &CueCandidate) -> Option<Content> {
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
pub fn after(scene: Scene, cue: &CueCandidate, from: usize) -> Option<Content> {
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
    if let Some(region) = scene.region_from(at) {
        let takes_words = frames.quote || frames.noun || frames.named;
        let takes_clause = (frames.that || frames.clause) && tagged.has_finite_verb(region.inside.clone());
        return if takes_words || takes_clause { quotation(scene, at, cue) } else { None };
    }
    let follows = tagged.is_mark(at, ",") && frames.quote || tagged.is(at, Function::As) && frames.named;
    if follows && scene.region_from(at + 1).is_some() {
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
        return Some(Content::whole(at..end, Frame::QuoteAfter));
    }
    let limit = tagged.sentence(end).end;
    let last = clause_end(scene, end, limit, cue);
    // «spoke of “a wreck” too»
    if (end..last).all(|i| tagged.pos(i) == Pos::Adverb) {
        return Some(Content::whole(at..end, Frame::QuoteAfter));
    }
    Some(Content::whole(at..last.max(end), Frame::QuoteAfter))
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
    let says_something = tagged.has_finite_verb(at..limit) || (at..limit).any(|i| scene.is_quoted(i));
    opens && says_something && !(cue.frames.whom && is_addressee(scene, at, limit))
}

/// «told *reporters* that …»: a chunk followed by the content itself.
fn is_addressee(scene: Scene, at: usize, limit: usize) -> bool {
    let tagged = scene.tagged;
    let Some(chunk) = tagged.noun_chunk(at) else { return false };
    let next = chunk.end;
    next >= limit || tagged.verb_group(next).is_none_or(|group| group.form != VerbForm::Finite)
}

fn is_adverbial_chunk(tagged: &Tagged, at: usize) -> bool {
    tagged.noun_chunk(at).is_some_and(|chunk| tagged.is(chunk.head, Function::Time))
}

/// One past the adverb, date, addressee or prepositional phrase at `at`.
pub fn over_adverbial(scene: Scene, cue: &CueCandidate, at: usize, limit: usize) -> Option<usize> {
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
    // «few believe it» says nothing that could be kept.
    let says_nothing = end == at + 1 && tagged.pos(at) == Pos::Pronoun;
    (end > at && !says_nothing).then(|| Content::whole(at..end, Frame::Noun))
}

/// One past a noun phrase with what hangs on it: to the first comma that no list explains.
fn noun_end(scene: Scene, at: usize, limit: usize, cue: &CueCandidate) -> usize {
    let tagged = scene.tagged;
    let stop = clause_end(scene, at, limit, cue);
    let mut i = at + 1;
    while i < stop {
        let inside = scene.region(i).is_some_and(|region| region.tokens.start < i && i < region.tokens.end);
        let parts = matches!(tagged.function(i), Some(Function::Subordinator | Function::But));
        if !inside && (parts || tagged.is_mark(i, ",")) {
            match over_named_apposition(tagged, i, stop) {
                Some(next) => i = next,
                None => return i,
            }
        }
        i += 1;
    }
    stop
}

/// «accused the leader, *Anders Hole*, of “recklessness”»: one past a name between commas that open at `comma`.
fn over_named_apposition(tagged: &Tagged, comma: usize, stop: usize) -> Option<usize> {
    let chunk = tagged.noun_chunk(comma + 1)?;
    let close = chunk.end;
    let named = chunk.start == comma + 1 && tagged.pos(chunk.head) == Pos::Proper;
    (named && close + 1 < stop && tagged.is_mark(close, ",")).then_some(close)
}

/// A clause from `at`, if it holds more than its first word.
pub fn clause(scene: Scene, at: usize, limit: usize, cue: &CueCandidate, frame: Frame) -> Option<Content> {
    let end = clause_end(scene, at, limit, cue);
    (end > at + 1).then(|| Content::whole(at..end, frame))
}
