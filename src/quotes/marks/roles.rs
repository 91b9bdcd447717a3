//! What a quotation mark does where it stands: opens, closes, or is none.

use crate::model::TokenKind;
use crate::quotes::marks::{Open, Style};
use crate::tagging::Tagged;
use std::ops::Range;

/// What a mark does.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Role {
    Open,
    Close,
}

/// How many tokens away a single mark looks for its partner.
const PARTNER_WITHIN: usize = 400;

/// What the mark at token `i` does, and in which style; `None` for an apostrophe, a measure and what is
/// no mark. `tokens` are those of its paragraph, `stack` the marks that are open.
pub fn role(tagged: &Tagged, i: usize, tokens: &Range<usize>, stack: &[Open]) -> Option<(Style, Role)> {
    if tagged.tokens[i].kind != TokenKind::Mark {
        return None;
    }
    let top = stack.last().map(|open| open.style);
    let open = |style: Style| is_open(stack, style);
    let sides = Sides::of(tagged, i, tokens);
    let found = match tagged.text(i) {
        "“" if top == Some(Style::Low) => (Style::Low, Role::Close),
        "“" | "``" if open(Style::Double) && sides.ends() => (Style::Double, Role::Close),
        "“" | "``" => (Style::Double, Role::Open),
        "”" if open(Style::Low) && !open(Style::Double) => (Style::Low, Role::Close),
        "”" if !open(Style::Double) && sides.starts() => (Style::Double, Role::Open),
        "”" => (Style::Double, Role::Close),
        "\"" | "''" | "＂" => (Style::Double, straight(tagged, i, tokens, sides, stack)?),
        "„" => (Style::Low, Role::Open),
        "‚" if sides.starts() => (Style::Low, Role::Open),
        "«" | "‹" if open(Style::Angle) && sides.ends() => (Style::Angle, Role::Close),
        "«" | "‹" => (Style::Angle, Role::Open),
        "»" | "›" if !open(Style::Angle) && sides.starts() => (Style::Angle, Role::Open),
        "»" | "›" => (Style::Angle, Role::Close),
        "「" | "『" => (Style::Corner, Role::Open),
        "」" | "』" => (Style::Corner, Role::Close),
        "‘" if top == Some(Style::Low) && sides.ends() => (Style::Low, Role::Close),
        "‘" | "'" | "’" => (Style::Single, single(tagged, i, tokens, sides, stack)?),
        _ => return None,
    };
    Some(found)
}

fn is_open(stack: &[Open], style: Style) -> bool {
    stack.iter().any(|open| open.style == style)
}

/// Straight marks: what the neighbours say, else what is open.
fn straight(tagged: &Tagged, i: usize, tokens: &Range<usize>, sides: Sides, stack: &[Open]) -> Option<Role> {
    let open = is_open(stack, Style::Double);
    if sides.measures && (!open || closes_later(tagged, i, tokens)) {
        return None;
    }
    Some(match (sides.starts(), sides.ends()) {
        (true, false) => Role::Open,
        (false, true) => Role::Close,
        _ if open => Role::Close,
        _ => Role::Open,
    })
}

/// «"The pipe is 6" wide," she said.»: whether the next straight mark closes too, so that this one
/// can be an inch mark.
fn closes_later(tagged: &Tagged, i: usize, tokens: &Range<usize>) -> bool {
    let next = (i + 1..tokens.end.min(i + PARTNER_WITHIN)).find(|&j| tagged.is_mark(j, tagged.text(i)));
    next.is_some_and(|next| Sides::of(tagged, next, tokens).ends())
}

/// Single marks: an opening one needs a left edge and a partner; the rest are apostrophes.
fn single(tagged: &Tagged, i: usize, tokens: &Range<usize>, sides: Sides, stack: &[Open]) -> Option<Role> {
    if sides.measures {
        return None;
    }
    let mark = tagged.text(i);
    if is_open(stack, Style::Single) && sides.ends() && mark != "‘" {
        return (!is_plural_possessive(tagged, i, tokens)).then_some(Role::Close);
    }
    let opens = mark == "‘" && sides.left_edge || mark == "'" && sides.starts();
    (opens && has_partner(tagged, i, tokens)).then_some(Role::Open)
}

/// «the farmers’ market»: an s before, a small letter after, and a later mark that can close.
fn is_plural_possessive(tagged: &Tagged, i: usize, tokens: &Range<usize>) -> bool {
    let after_s = i > tokens.start && tagged.text(i - 1).ends_with(['s', 'S']);
    let before_word = i + 1 < tokens.end
        && tagged.is_word(i + 1)
        && tagged.text(i + 1).starts_with(char::is_lowercase)
        && tagged.verb_group(i + 1).is_none();
    after_s && before_word && has_partner(tagged, i, tokens)
}

/// Whether a single mark that can close stands after token `i`, before the next that can open.
fn has_partner(tagged: &Tagged, i: usize, tokens: &Range<usize>) -> bool {
    for j in i + 1..tokens.end.min(i + PARTNER_WITHIN) {
        if tagged.tokens[j].kind != TokenKind::Mark || !matches!(tagged.text(j), "'" | "’" | "‘") {
            continue;
        }
        let sides = Sides::of(tagged, j, tokens);
        if sides.measures {
            continue;
        }
        if tagged.text(j) != "‘" && sides.ends() {
            return true;
        }
        if tagged.text(j) == "‘" || sides.starts() {
            return false;
        }
    }
    false
}

/// What stands on the two sides of a mark.
#[derive(Clone, Copy, Debug)]
struct Sides {
    /// White space, the paragraph's edge or an opening bracket, mark or dash before it.
    left_edge: bool,
    /// The same after it, or closing punctuation.
    right_edge: bool,
    /// A digit before it: feet or inches.
    measures: bool,
}

impl Sides {
    fn of(tagged: &Tagged, i: usize, tokens: &Range<usize>) -> Self {
        let text = tagged.document.text.as_str();
        let span = tagged.tokens[i].span;
        let before = text[..span.range().start].chars().next_back();
        let after = text[span.range().end..].chars().next();
        let left_edge =
            i == tokens.start || before.is_none_or(|c| c.is_whitespace() || "([{—–-‘'“\"„«‹/".contains(c));
        let right_edge = i + 1 == tokens.end
            || after.is_none_or(|c| c.is_whitespace() || ".,;:!?)]}—–-’'”\"»›/…".contains(c));
        let is_measure_mark = matches!(&text[span.range()], "'" | "\"" | "’" | "”" | "''");
        let measures = is_measure_mark
            && before.is_some_and(|c| c.is_ascii_digit())
            && !after.is_some_and(char::is_alphabetic);
        Self { left_edge, right_edge, measures }
    }

    fn starts(self) -> bool {
        self.left_edge && !self.right_edge
    }

    fn ends(self) -> bool {
        self.right_edge && !self.left_edge
    }
}
