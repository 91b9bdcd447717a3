//! Tells speech from words in marks that are nobody's statement: titles, nicknames, terms, irony.

use crate::learn::features::Features;
use crate::learn::linear::Linear;
use crate::model::{Pos, TokenKind};
use crate::quotes::learned::cue_spans::bucket;
use crate::quotes::learned::hints::{CueRole, Hints};
use crate::quotes::learned::view::{Kind, View};
use crate::quotes::marks::{Region, Style};
use crate::quotes::scene::Scene;

/// Up to this many words without a verb of their own can be a term.
const TERM: usize = 6;

/// Whether a quotation that no cue claims is nobody's statement, as a trained model sees it.
///
/// A block quotation, one that goes on from the paragraph before, one left open, and one that stands as a sentence
/// of its own are somebody's always.
pub fn is_scare(view: &View, hints: &Hints, region: &Region, model: &Linear) -> bool {
    let is_speech = region.style == Style::Block || region.continues || !region.closed;
    if is_speech || stands_alone(view.scene, region) {
        return false;
    }
    let mut features = Vec::new();
    add_features(view, hints, region, &mut features);
    model.score(&features) < 0.0
}

/// Appends what speaks for and against speech.
pub fn add_features(view: &View, hints: &Hints, region: &Region, out: &mut impl Features) {
    let (tagged, tokens) = (view.tagged(), &region.tokens);
    let clue = |i: isize| view.clue(i);
    let (start, end) = (tokens.start as isize, tokens.end as isize);
    let (before, after) = (clue(start - 1), clue(end));
    let first = clue(region.inside.start as isize);
    let last = region.inside.clone().next_back().map_or(Kind::Other, |i| view.clues[i].kind);
    let sentence = tagged.sentence(tokens.start);
    let opens = u32::from(sentence.start == tokens.start);
    let closes = u32::from(tagged.sentence(tokens.end - 1).end <= tokens.end + 1);
    let paragraph = &view.paragraphs[region.paragraph as usize];
    let alone = u32::from(paragraph.len() <= tokens.len() + 1);
    let finite = u32::from(
        tagged.has_finite_verb(region.inside.start..region.inside.end.min(region.inside.start + 60)),
    );
    let cue = u32::from(sentence.clone().any(|i| !tokens.contains(&i) && hints.role(i) != CueRole::None));
    let (size, last) = (bucket(words(view.scene, region)), last as u32);
    let rule = u32::from(looks_like_a_term(view.scene, region));
    out.bias(1);
    out.one(2, rule);
    out.three(3, rule, size, finite);
    out.two(4, size, finite);
    out.three(5, opens, closes, alone);
    out.three(6, size, last, opens);
    out.two(7, before.pos, u32::from(first.capital));
    out.two(8, before.lemma, opens);
    out.two(9, after.pos, closes);
    out.two(10, cue, opens);
    out.two(11, first.pos, size);
    out.two(12, u32::from(is_title(view.scene, region)), size);
    out.three(13, before.kind as u32, last, finite);
    out.two(14, u32::from(region.closed), region.style as u32);
}

/// Whether a quotation opens a sentence, or follows a colon, and closes with its own stop or with the sentence.
fn stands_alone(scene: Scene, region: &Region) -> bool {
    let tagged = scene.tagged;
    let opens = tagged.sentence(region.tokens.start).start == region.tokens.start
        || region.tokens.start > 0 && tagged.is_mark(region.tokens.start - 1, ":");
    let closes = has_stop(scene, region)
        || region.tokens.end == tagged.sentence(region.tokens.end - 1).end && words(scene, region) > 1;
    opens && closes
}

fn has_stop(scene: Scene, region: &Region) -> bool {
    let last = region.inside.clone().next_back();
    last.is_some_and(|last| {
        matches!(scene.tagged.text(last), "." | "!" | "?" | "," | "…" | "..." | "—" | "--")
    })
}

fn words(scene: Scene, region: &Region) -> usize {
    region.inside.clone().filter(|&i| scene.tagged.is_word(i)).count()
}

/// Whether a quotation inside a sentence looks like a term, title or nickname.
fn looks_like_a_term(scene: Scene, region: &Region) -> bool {
    let finite = scene.tagged.has_finite_verb(region.inside.clone());
    let stops = has_stop(scene, region);
    !stands_alone(scene, region)
        && (is_title(scene, region) || words(scene, region) <= TERM || !finite || !stops)
}

/// «the film “The Long Way Home”»: every long word is capitalised.
fn is_title(scene: Scene, region: &Region) -> bool {
    let tagged = scene.tagged;
    let long = |i: &usize| tagged.tokens[*i].kind == TokenKind::Word && tagged.text(*i).len() > 3;
    let all = region.inside.clone().filter(long).count();
    let capitals = region.inside.clone().filter(long).filter(|&i| tagged.is_capitalised(i)).count();
    let after_noun = region.tokens.start > 0
        && matches!(
            tagged.pos(region.tokens.start - 1),
            Pos::Noun | Pos::Proper | Pos::PossessiveEnding | Pos::Preposition
        );
    all > 0 && capitals == all && after_noun
}
