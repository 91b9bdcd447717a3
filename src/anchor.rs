//! Finds words again in a text that was changed: by the words themselves and by what stood around them, never by a guess.
//!
//! White space and the ways to write quotation marks make no difference, all else does. Words are found by their
//! surroundings on both sides where these tell them from all their like; else alone, when they stand there once and
//! stood there once before. Whatever is not sure is not found.

use crate::span::Span;
use serde::{Deserialize, Serialize};

/// Some words of a text and what stood around them, all in plain writing ([`Plain`]).
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Anchor {
    pub words: String,
    /// About 40 characters before the words and behind them, more where fewer tell them from others; fewer at the
    /// edges of a text.
    pub before: String,
    pub after: String,
    /// Where the words began, in bytes of the text that they were taken from.
    pub start: u32,
    /// Whether the words stood there once only.
    pub is_single: bool,
    /// Whether there was a place with the same words and surroundings.
    pub has_double: bool,
    /// How many places had the same words and the same surroundings on one side.
    pub rivals: u32,
    /// Whether the words begin or end inside a word.
    pub cuts_word: bool,
}

/// Whether an anchor is looked for in the very text that it was taken from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Known {
    SameText,
    OtherText,
}

/// Why words can't be found.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Lost {
    Gone,
    Twice,
    Elsewhere,
}

/// Characters kept on each side; of words that stand there more than once; and at most so many where fewer don't tell.
const CONTEXT: usize = 40;
const WIDE: usize = 160;
const WIDEST: usize = 400;
/// So many equal words in one text are looked at; beyond, nothing can be told apart.
const MOST: usize = 1000;
/// From so many words on, a passage that stands in two versions once each is the same passage wherever it stands.
const LONG: usize = 6;
/// A shorter one needs so many characters of its surroundings on one side.
const TOUCH: usize = 8;

/// A text in plain writing: single spaces, one kind of double and of single quotation marks, no invisible characters.
#[derive(Debug)]
pub struct Plain<'t> {
    text: &'t str,
    plain: String,
    // Invariant: pairs of rising places in `plain` and in `text`, each place of a character where the distance between
    // the two changes.
    turns: Vec<(usize, usize)>,
}

impl<'t> Plain<'t> {
    pub fn new(text: &'t str) -> Self {
        let (mut plain, mut turns) = (String::with_capacity(text.len()), Vec::new());
        let mut distance = 0;
        for (at, letter) in text.char_indices() {
            let Some(letter) = plainly(letter) else { continue };
            if letter == ' ' && plain.ends_with(' ') {
                continue;
            }
            if at - plain.len() != distance || turns.is_empty() {
                distance = at - plain.len();
                turns.push((plain.len(), at));
            }
            plain.push(letter);
        }
        Self { text, plain, turns }
    }

    /// Makes an anchor of the words at `span`; `None` when there is nothing but white space.
    pub fn anchor(&self, span: Span) -> Option<Anchor> {
        let words = written(self.text.get(span.range())?);
        let all = self.places(&words, true);
        let whole = self.places(&words, false);
        let first = first(self.text, span);
        // «bb» stands twice in «bbb», and both hold the second letter.
        let begins = all.iter().find(|&&at| self.original(at, &words).range().start == first);
        let holds = || all.iter().find(|&&at| self.original(at, &words).range().contains(&first));
        let own = *begins.or_else(holds)?;
        let cuts_word = !whole.contains(&own);
        let like = if cuts_word { all } else { whole };
        // Words that have their like need more to be told by.
        let mut width = if like.len() == 1 { CONTEXT } else { WIDE };
        loop {
            let around = self.around(own, &words, width);
            let (whole, rivals) = self.likeness(&like, &words, around);
            let has_double = like.len() >= MOST || whole.len() > 1;
            if !has_double || width >= WIDEST {
                let (before, after) = (around.0.to_owned(), around.1.to_owned());
                let (start, is_single) = (span.start(), like.len() == 1);
                return Some(Anchor {
                    words,
                    before,
                    after,
                    start,
                    is_single,
                    has_double,
                    rivals,
                    cuts_word,
                });
            }
            width *= 2;
        }
    }

    /// Finds an anchor's words again.
    ///
    /// # Errors
    /// [`Lost`], when it can't be told where they are.
    pub fn find(&self, anchor: &Anchor, known: Known) -> Result<Span, Lost> {
        let words = written(&anchor.words);
        let places = self.places(&words, anchor.cuts_word);
        if known == Known::SameText {
            let own = places.iter().map(|&at| self.original(at, &words));
            if let Some(span) = own.into_iter().find(|span| span.start() == anchor.start) {
                return Ok(span);
            }
        }
        if places.len() >= MOST || (anchor.has_double && !places.is_empty()) {
            return Err(Lost::Twice);
        }
        let around = (anchor.before.as_str(), anchor.after.as_str());
        let (sure, rivals) = self.likeness(&places, &words, around);
        match (sure.as_slice(), places.as_slice()) {
            (_, []) => Err(Lost::Gone),
            // A copy that stands beside can have come between the words and what stood around them.
            (&[at], _) if rivals <= anchor.rivals => Ok(self.original(at, &words)),
            ([], &[at]) if anchor.is_single => {
                let is_sure = words.split(' ').count() >= LONG || self.touches(at, &words, around);
                if is_sure { Ok(self.original(at, &words)) } else { Err(Lost::Elsewhere) }
            }
            _ => Err(Lost::Twice),
        }
    }

    /// Finds words that a person typed or copied; they may stand in several parts, with `…` between them.
    ///
    /// # Errors
    /// [`Lost::Gone`] or [`Lost::Twice`].
    pub fn find_typed(&self, typed: &str, separator: &str) -> Result<Vec<Span>, Lost> {
        match self.find_once(typed) {
            Err(Lost::Gone) if typed.contains(separator.trim()) => {}
            found => return found.map(|span| vec![span]),
        }
        let parts = typed.split(separator.trim()).filter(|part| !part.trim().is_empty());
        let spans = parts.map(|part| self.find_once(part)).collect::<Result<Vec<_>, _>>()?;
        let is_ordered = spans.windows(2).all(|pair| pair[0].end() <= pair[1].start());
        if is_ordered && !spans.is_empty() { Ok(spans) } else { Err(Lost::Gone) }
    }

    fn find_once(&self, typed: &str) -> Result<Span, Lost> {
        let words = written(typed);
        let whole = self.places(&words, false);
        let places = if whole.is_empty() { self.places(&words, true) } else { whole };
        match places.as_slice() {
            [] => Err(Lost::Gone),
            &[at] => Ok(self.original(at, &words)),
            _ => Err(Lost::Twice),
        }
    }

    /// Where `words` stand, at most [`MOST`] places of `plain`; those that cut a word only when asked for.
    fn places(&self, words: &str, cut: bool) -> Vec<usize> {
        let Some(step) = words.chars().next().map(char::len_utf8) else { return Vec::new() };
        let mut places = Vec::new();
        let mut from = 0;
        while places.len() < MOST {
            let Some(found) = self.plain.get(from..).and_then(|rest| rest.find(words)) else { break };
            let at = from + found;
            if cut || !self.cuts(at, words) {
                places.push(at);
            }
            from = at + step;
        }
        places
    }

    fn cuts(&self, at: usize, words: &str) -> bool {
        let (before, rest) = self.plain.split_at(at);
        let after = &rest[words.len()..];
        let inside = |left: Option<char>, right: Option<char>| {
            left.is_some_and(is_letter) && right.is_some_and(is_letter)
        };
        inside(before.chars().next_back(), words.chars().next())
            || inside(words.chars().next_back(), after.chars().next())
    }

    /// At most `width` characters on each side of the words at `at`.
    fn around(&self, at: usize, words: &str, width: usize) -> (&str, &str) {
        let (before, rest) = self.plain.split_at(at);
        let after = &rest[words.len()..];
        let start = before.char_indices().rev().nth(width - 1).map_or(0, |(start, _)| start);
        let end = after.char_indices().nth(width).map_or(after.len(), |(end, _)| end);
        (&before[start..], &after[..end])
    }

    /// The places with the same surroundings on both sides, and how many have them on one side.
    fn likeness(&self, places: &[usize], words: &str, (before, after): (&str, &str)) -> (Vec<usize>, u32) {
        let (mut whole, mut half) = (Vec::new(), 0);
        for &at in places {
            let (left, right) = (&self.plain[..at], &self.plain[at + words.len()..]);
            // Less than was asked for is kept at the edges of a text only.
            let is_left = left.ends_with(before) && (left.len() == before.len() || is_full(before));
            let is_right = right.starts_with(after) && (right.len() == after.len() || is_full(after));
            if is_left && is_right {
                whole.push(at);
            } else {
                half += u32::from(is_left || is_right);
            }
        }
        (whole, half)
    }

    /// Whether so much as [`TOUCH`] characters on one side are as they were.
    fn touches(&self, at: usize, words: &str, (before, after): (&str, &str)) -> bool {
        let equal = |pairs: &mut dyn Iterator<Item = (char, char)>| pairs.take_while(|(a, b)| a == b).count();
        let left = equal(&mut self.plain[..at].chars().rev().zip(before.chars().rev()));
        let right = equal(&mut self.plain[at + words.len()..].chars().zip(after.chars()));
        left.max(right) >= TOUCH
    }

    /// Where the words at a place of `plain` stand in the text.
    fn original(&self, at: usize, words: &str) -> Span {
        let last = words.char_indices().next_back().map_or(0, |(last, _)| last);
        let (start, last) = (self.back(at), self.back(at + last));
        let length = self.text[last..].chars().next().map_or(0, char::len_utf8);
        Span::from_bounds(start, last + length)
    }

    fn back(&self, at: usize) -> usize {
        let turn = self.turns.partition_point(|&(plain, _)| plain <= at);
        let (plain, original) = turn.checked_sub(1).map_or((0, 0), |turn| self.turns[turn]);
        original + (at - plain)
    }
}

/// Whether so much is kept of one side as of places that are not at the edge of a text.
fn is_full(side: &str) -> bool {
    side.chars().nth(CONTEXT - 1).is_some()
}

/// The place of the first character at `span` that is written.
fn first(text: &str, span: Span) -> usize {
    let inside = text[span.range()].char_indices();
    let mut shown = inside.filter(|&(_, letter)| plainly(letter).is_some_and(|letter| letter != ' '));
    span.range().start + shown.next().map_or(0, |(at, _)| at)
}

/// Words in plain writing, without space at their edges.
fn written(words: &str) -> String {
    Plain::new(words).plain.trim().to_owned()
}

/// A character in plain writing; `None` for one that nobody sees.
fn plainly(letter: char) -> Option<char> {
    match letter {
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' => None,
        '“' | '”' | '„' | '‟' | '«' | '»' | '″' => Some('"'),
        '‘' | '’' | '‚' | '‛' | '‹' | '›' | '′' | '`' | '´' => Some('\''),
        letter if letter.is_whitespace() => Some(' '),
        letter => Some(letter),
    }
}

/// Whether a word goes on from one such character to the next; scripts that write no spaces have none.
fn is_letter(letter: char) -> bool {
    let is_unspaced = matches!(letter, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}'
        | '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}');
    letter.is_alphanumeric() && !is_unspaced
}

#[cfg(test)]
mod tests {
    use super::{Known, Lost, Plain};
    use crate::span::Span;
    use proptest::prelude::*;

    fn span(text: &str, words: &str) -> Span {
        let start = text.find(words).unwrap();
        Span::from_bounds(start, start + words.len())
    }

    /// What is found in `new` of the first `words` of `old`.
    fn found<'n>(old: &str, words: &str, new: &'n str) -> Result<&'n str, Lost> {
        let anchor = Plain::new(old).anchor(span(old, words)).unwrap();
        Plain::new(new).find(&anchor, Known::OtherText).map(|span| &new[span.range()])
    }

    const OLD: &str =
        "The council met on Monday.\n\n“We stay,” said Ann Reyes.\n\nBo Lund agreed with her at length.";

    #[test]
    fn other_marks_and_spaces_are_the_same_words() {
        let new = "The council met  on Monday. \"We\u{a0}stay,\" said Ann Reyes. Bo Lund agreed with her at length.";
        assert_eq!(found(OLD, "“We stay,”", new), Ok("\"We\u{a0}stay,\""));
    }

    #[test]
    fn a_passage_that_moved_is_found_by_what_moved_with_it() {
        let new = "Bo Lund agreed with her at length.\n\n“We stay,” said Ann Reyes.\n\nIt rained.";
        assert_eq!(found(OLD, "“We stay,”", new), Ok("“We stay,”"));
    }

    #[test]
    fn short_words_in_another_mouth_are_not_found() {
        let new = "The ferry is back. “We stay,” its captain told everyone.";
        assert_eq!(found(OLD, "“We stay,”", new), Err(Lost::Elsewhere));
    }

    #[test]
    fn doubled_words_are_found_only_among_their_own_surroundings() {
        let beside = format!("{OLD}\n\n“We stay,” said the captain.");
        assert_eq!(found(OLD, "“We stay,”", &beside), Ok("“We stay,”"));
        let doubled = format!("{OLD}\n\n{OLD}");
        assert_eq!(found(OLD, "“We stay,”", &doubled), Err(Lost::Twice));
        // The first of two went: what is left need not be it.
        let two = "“Yes.” That was Ann Reyes of Orbo.\n\n“Yes.” That was Bo Lund of Corda.";
        assert_eq!(found(two, "“Yes.”", "They spoke. “Yes.” That was all."), Err(Lost::Twice));
    }

    #[test]
    fn twins_in_the_same_surroundings_are_found_in_their_own_text_alone() {
        let line = "“Yes,” said Ann Reyes, and there was nothing more that anybody wanted to hear of it. ";
        let twins = line.repeat(20);
        let third = twins.match_indices("“Yes,”").nth(10).unwrap().0;
        let place = Span::from_bounds(third, third + "“Yes,”".len());
        let anchor = Plain::new(&twins).anchor(place).unwrap();
        assert_eq!(Plain::new(&twins).find(&anchor, Known::SameText), Ok(place));
        assert_eq!(Plain::new(&twins).find(&anchor, Known::OtherText), Err(Lost::Twice));
        assert_eq!(Plain::new(line).find(&anchor, Known::OtherText), Err(Lost::Twice));
    }

    #[test]
    fn words_are_not_found_inside_longer_ones() {
        assert_eq!(found("He said that we stay", "we stay", "He said that we stayed"), Err(Lost::Gone));
        assert_eq!(found(OLD, "“We stay,”", "Nothing."), Err(Lost::Gone));
        assert_eq!(found("他说：好的。", "好的", "他说：好的。"), Ok("好的"));
    }

    #[test]
    fn what_is_typed_may_have_parts() {
        let text = "“We stay,” she said, “whatever it costs.”";
        let plain = Plain::new(text);
        let parts = plain.find_typed("\"We stay,\" … \"whatever it costs.\"", " … ").unwrap();
        assert_eq!(
            parts.iter().map(|part| &text[part.range()]).collect::<Vec<_>>(),
            ["“We stay,”", "“whatever it costs.”"]
        );
        assert_eq!(plain.find_typed("“whatever it costs.” … “We stay,”", " … "), Err(Lost::Gone));
        assert_eq!(plain.find_typed(" … ", " … "), Err(Lost::Gone));
        assert_eq!(plain.find_typed("", " … "), Err(Lost::Gone));
    }

    #[test]
    fn words_that_overlap_their_like_are_told_apart() {
        let text = "abbb";
        let plain = Plain::new(text);
        let span = Span::from_bounds(2, 4);
        let anchor = plain.anchor(span).unwrap();
        assert_eq!((anchor.before.as_str(), anchor.after.as_str()), ("ab", ""));
        assert_eq!(plain.find(&anchor, Known::SameText), Ok(span));
        assert_eq!(plain.find(&anchor, Known::OtherText), Ok(span));
    }

    proptest! {
        #[test]
        fn what_is_found_again_is_the_same_place(text in "(?s)[ab“” \u{a0}\u{ad}é]{1,40}.{0,9}", from in 0_usize..40, to in 0_usize..50) {
            let bounds: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
            let (from, to) = (from.min(bounds.len() - 1), to.min(bounds.len() - 1));
            let span = Span::from_bounds(bounds[from.min(to)], bounds[from.max(to)]);
            let plain = Plain::new(&text);
            if let Some(anchor) = plain.anchor(span) {
                let trimmed = text[span.range()].trim_matches(|letter| super::plainly(letter).is_none_or(|l| l == ' '));
                for known in [Known::SameText, Known::OtherText] {
                    if let Ok(found) = plain.find(&anchor, known) {
                        prop_assert_eq!(&text[found.range()], trimmed);
                        prop_assert!(span.contains(found));
                    }
                }
            }
        }
    }
}
