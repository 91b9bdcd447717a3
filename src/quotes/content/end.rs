//! Where a reported clause ends.

use crate::lexicon::word::Function;
use crate::model::Pos;
use crate::quotes::cues::{CueCandidate, reporting_verb};
use crate::quotes::marks::Region;
use crate::quotes::scene::Scene;
use crate::tagging::Tagged;
use crate::tagging::chunks::VerbForm;

/// Whether the quotation closes with a full stop, or with a comma that belongs to the writer.
pub fn stops_inside(tagged: &Tagged, region: &Region) -> bool {
    let last = region.inside.end.checked_sub(1).filter(|&last| last >= region.inside.start);
    last.is_some_and(|last| matches!(tagged.text(last), "." | "!" | "?" | ","))
}

/// One past the last token of the clause that begins at `at` in a sentence that ends at `limit`.
///
/// A quotation that the clause reaches is taken whole, and what its sentence goes on with, once:
/// the work stays in bounds where sentences have no end.
pub fn clause_end(scene: Scene, at: usize, limit: usize, cue: &CueCandidate) -> usize {
    let mut i = at;
    let mut limit = limit;
    let mut extended = false;
    while i < limit {
        let Some(region) = scene.region(i) else {
            if i > at && ends_clause(scene, i, limit, cue) {
                break;
            }
            i += 1;
            continue;
        };
        i = region.tokens.end;
        if i < limit && ends_after_quotation(scene, region, i) {
            break;
        }
        if i >= limit && !extended && !stops_inside(scene.tagged, region) {
            limit = scene.tagged.sentence(i - 1).end.max(i);
            extended = true;
        }
    }
    // Past the limit only a quotation that began before it reaches.
    without_stop(scene, at, i)
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

/// «“a wreck,” *according to*», «“a farce,” *adding that*»: the comma stands inside the marks.
fn ends_after_quotation(scene: Scene, region: &Region, next: usize) -> bool {
    let tagged = scene.tagged;
    let comma = region.inside.end > region.inside.start && tagged.is_mark(region.inside.end - 1, ",");
    let turns =
        matches!(tagged.function(next), Some(Function::According | Function::Relative | Function::But));
    comma && (turns || is_cue_group(tagged, next, VerbForm::Gerund))
}

pub fn is_cue_group(tagged: &Tagged, at: usize, form: VerbForm) -> bool {
    tagged.verb_group(at).is_some_and(|group| {
        group.start == at && group.form == form && reporting_verb(tagged, group.head).is_some()
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
        && reporting_verb(tagged, group.head).is_some()
        && tagged.pos(group.head) == tagged.pos(cue.head)
        && group.form == VerbForm::Finite
}

/// «…, she *said*.»: a chunk and a cue that ends the sentence or goes on after a comma.
pub fn is_reporting_tail(tagged: &Tagged, at: usize, limit: usize) -> bool {
    let Some(chunk) = tagged.noun_chunk(at).filter(|chunk| chunk.start == at) else { return false };
    let Some(group) = tagged.verb_group(chunk.end.min(limit - 1)) else { return false };
    let ends = group.end >= limit || matches!(tagged.text(group.end), "." | ",");
    group.start == chunk.end && reporting_verb(tagged, group.head).is_some() && ends
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
