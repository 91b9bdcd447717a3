//! Tells speech from words in marks that are nobody's statement: titles, nicknames, terms, irony.

use crate::model::{Pos, TokenKind};
use crate::quotes::marks::{Region, Style};
use crate::quotes::scene::Scene;

/// Up to this many words without a verb of their own can be a term.
const TERM: usize = 6;

/// Whether a quotation that no cue claims is a term, title or nickname.
///
/// Speech stands as a sentence of its own: it opens one, or follows a colon, and closes with its
/// own stop. What stands inside a clause without a cue is the writer's use of marks.
pub fn is_scare(scene: Scene, region: &Region) -> bool {
    if region.style == Style::Block || region.continues {
        return false;
    }
    let tagged = scene.tagged;
    let words = region.inside.clone().filter(|&i| tagged.is_word(i)).count();
    let last = region.inside.end - 1;
    let stops = matches!(tagged.text(last), "." | "!" | "?" | "," | "…" | "..." | "—" | "--");
    let finite = tagged.has_finite_verb(region.inside.clone());
    let opens = tagged.sentence(region.tokens.start).start == region.tokens.start
        || region.tokens.start > 0 && tagged.is_mark(region.tokens.start - 1, ":");
    if opens && (stops || region.tokens.end == tagged.sentence(region.tokens.end - 1).end) {
        return words <= 1 && !stops;
    }
    if !opens && is_title(scene, region) {
        return true;
    }
    words <= TERM || !finite || !stops
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
