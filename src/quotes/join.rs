//! What no cue claimed: second halves of broken quotations, quotations that go on in the next
//! paragraph, and quotations on their own.

use crate::learn::linear::Linear;
use crate::model::{Method, QuoteKind};
use crate::quotes::Statement;
use crate::quotes::content::end::is_reporting_tail;
use crate::quotes::learned::hints::Hints;
use crate::quotes::learned::view::View;
use crate::quotes::marks::{Region, Style};
use crate::quotes::scare;
use crate::quotes::scene::Scene;
use crate::tagging::REACH;
use crate::tagging::chunks::VerbForm;

/// How many tokens may stand between a tail («he said late on Friday,») and the second half.
const TAIL: usize = 14;

/// Gives every outermost region that no statement holds to one, or makes it one of its own.
///
/// `speech` tells which of the latter are somebody's words.
pub fn rest(view: &View, hints: &Hints, speech: &Linear, statements: &mut Vec<Statement>) {
    let scene = view.scene;
    let mut taken = vec![false; scene.tagged.tokens.len()];
    for part in statements.iter().flat_map(|statement| &statement.parts) {
        taken[part.clone()].fill(true);
    }
    statements.sort_by_key(Statement::start);
    prepend_earlier_paragraphs(scene, statements, &mut taken);
    let mut before: Option<usize> = None;
    let mut next = 0;
    let known = statements.len();
    for (index, region) in scene.regions.iter().enumerate() {
        if region.depth > 0 || region.inside.is_empty() {
            continue;
        }
        while next < known && statements[next].start() <= region.tokens.start {
            before = Some(latest(statements, before, next));
            next += 1;
        }
        if taken[region.tokens.start] || taken[region.tokens.end - 1] {
            continue;
        }
        match before.filter(|&before| continues(scene, &statements[before], index)) {
            Some(before) => statements[before].parts.push(region.tokens.clone()),
            None => {
                statements.push(alone(view, hints, region, speech));
                if statements[statements.len() - 1].kind != QuoteKind::Scare {
                    before = Some(statements.len() - 1);
                }
            }
        }
    }
}

/// «“It is shut. ¶ It will stay shut,” Reyes said.»: a quotation that no cue claims and that goes on
/// in the next paragraph belongs to the statement there.
fn prepend_earlier_paragraphs(scene: Scene, statements: &mut [Statement], taken: &mut [bool]) {
    let mut outer = scene.regions.iter().rev().filter(|region| region.depth == 0);
    let Some(mut next) = outer.next() else { return };
    let mut at = statements.len();
    let mut held = None;
    for region in outer {
        while at > 0 && statements[at - 1].start() > next.tokens.start {
            at -= 1;
        }
        let begins = at > 0 && statements[at - 1].start() == next.tokens.start;
        held = if begins { Some(at - 1) } else { held };
        let is_free = !taken[region.tokens.start] && !taken[region.tokens.end - 1];
        held = held.filter(|_| next.continues && is_free && can_go_on(scene, region));
        if let Some(held) = held {
            statements[held].parts.push(region.tokens.clone());
            taken[region.tokens.clone()].fill(true);
        }
        next = region;
    }
    statements.iter_mut().for_each(|statement| statement.parts.sort_by_key(|part| part.start));
    statements.sort_by_key(Statement::start);
}

/// Of the statement before and the next one, the one that ends later.
fn latest(statements: &[Statement], before: Option<usize>, next: usize) -> usize {
    match before {
        Some(before) if statements[before].end() > statements[next].end() => before,
        _ => next,
    }
}

/// Whether region `index` goes on with `statement`, which begins before it.
fn continues(scene: Scene, statement: &Statement, index: usize) -> bool {
    let region = &scene.regions[index];
    if region.tokens.start < statement.end() {
        return false;
    }
    if region.continues {
        let last = scene.region_at[statement.end() - 1].map(|last| &scene.regions[last as usize]);
        return last.is_some_and(|last| {
            !last.closed && last.paragraph + 1 == region.paragraph && can_go_on(scene, last)
        });
    }
    let paragraph = scene.tagged.paragraph_of(statement.end() - 1);
    region.style != Style::Block && paragraph == region.paragraph && after_tail(scene, statement, region)
}

/// Whether an open quotation can go on in the next paragraph. «“It is shut, Reyes said.» can't: its
/// closing mark was forgotten.
fn can_go_on(scene: Scene, region: &Region) -> bool {
    let end = region.inside.end;
    let mut commas = region.inside.clone().filter(|&i| scene.tagged.is_mark(i, ",") && i + 1 < end);
    !commas.any(|comma| is_reporting_tail(scene.tagged, comma + 1, end))
}

/// «“A,” *he said.* “B.”»: between the halves stand only the cue, its source and adverbials.
fn after_tail(scene: Scene, statement: &Statement, region: &Region) -> bool {
    if statement.kind == QuoteKind::Scare || scene.region_at[statement.end() - 1].is_none() {
        return false;
    }
    let gap = statement.end()..region.tokens.start;
    if gap.is_empty() || gap.len() > REACH {
        return gap.is_empty();
    }
    let Some(cue) = &statement.cue else { return false };
    if cue.head < statement.start() {
        return false;
    }
    let tail = cue.tokens.end.max(statement.subject.as_ref().map_or(0, |subject| subject.tokens.end));
    let rest = tail.min(gap.end)..gap.end;
    let starts = scene.tagged.sentence(region.tokens.start).start == region.tokens.start;
    let verbs = rest.clone().any(|i| {
        scene.tagged.verb_group(i).is_some_and(|group| group.form == VerbForm::Finite && group.start >= tail)
    });
    rest.len() <= TAIL && !verbs || starts && scene.tagged.sentence(cue.head).end == gap.end
}

/// A quotation without a cue: a statement of its own, or a term in marks.
fn alone(view: &View, hints: &Hints, region: &Region, speech: &Linear) -> Statement {
    let is_scare = scare::is_scare(view, hints, region, speech);
    Statement {
        parts: vec![region.tokens.clone()],
        kind: if is_scare { QuoteKind::Scare } else { QuoteKind::Direct },
        closed: region.closed,
        cue: None,
        subject: None,
        method: Method::None,
        relay: None,
        likelihood: None,
    }
}
