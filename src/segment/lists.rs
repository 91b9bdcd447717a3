//! Numbers, letters and bullets that start the entries of a list.

use crate::model::{Token, TokenKind};

/// The sign in front of a list's entry: `1.`, `b)`, `• 9.`, `⁃`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Marker {
    bullet: Option<char>,
    /// The number, or the letter's place in the alphabet.
    order: Option<(Order, u32)>,
    /// Tokens it is made of.
    pub len: usize,
}

/// How the entries are told apart.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Order {
    Number(Close),
    Letter(Close),
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Close {
    Stop,
    Bracket,
    StopBracket,
}

/// The greatest number taken as a list's.
const GREATEST: u32 = 199;

impl Marker {
    /// Reads the marker that `tokens` start with.
    pub fn read(text: &str, tokens: &[Token]) -> Option<Marker> {
        let bullet = bullet(text, tokens.first()?);
        let used = usize::from(bullet.is_some());
        let order = order(text, &tokens[used..]);
        let len = used + order.map_or(0, |(_, len)| len);
        (len > 0).then_some(Marker { bullet, order: order.map(|(order, _)| order), len })
    }

    /// Whether `self` marks the entry after the one that `before` marks.
    pub fn follows(&self, before: &Marker) -> bool {
        let next = match (before.order, self.order) {
            (None, None) => true,
            (Some((kind, value)), Some((next, number))) => kind == next && number == value + 1,
            _ => false,
        };
        next && self.bullet == before.bullet
    }
}

fn bullet(text: &str, token: &Token) -> Option<char> {
    let mut chars = text[token.span.range()].chars();
    let sign =
        chars.next().filter(|char| matches!(char, '•' | '‣' | '⁃' | '·' | '▪' | '◦' | '●' | '■' | '*'))?;
    chars.next().is_none().then_some(sign)
}

/// The number or letter with its stop or bracket, and how many tokens they take.
fn order(text: &str, tokens: &[Token]) -> Option<((Order, u32), usize)> {
    let token = tokens.first()?;
    let word = &text[token.span.range()];
    let (close, len) = close(text, tokens)?;
    match token.kind {
        TokenKind::Number if word.len() <= 3 => {
            let value = word.parse().ok().filter(|value| *value <= GREATEST)?;
            Some(((Order::Number(close), value), len))
        }
        TokenKind::Word if word.len() == 1 => {
            let letter = word.chars().next().filter(char::is_ascii_lowercase)?;
            Some(((Order::Letter(close), letter as u32), len))
        }
        _ => None,
    }
}

fn close(text: &str, tokens: &[Token]) -> Option<(Close, usize)> {
    let sign = |index: usize, sign: &str| {
        tokens.get(index).is_some_and(|token| {
            let touches = tokens[index - 1].span.end() == token.span.start();
            touches && &text[token.span.range()] == sign
        })
    };
    match (sign(1, "."), sign(1, ")")) {
        (true, _) if sign(2, ")") => Some((Close::StopBracket, 3)),
        (true, _) => Some((Close::Stop, 2)),
        (_, true) => Some((Close::Bracket, 2)),
        _ => None,
    }
}
