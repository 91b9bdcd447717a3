//! Whether two statements of one speaker are forms of one: cut, elided, corrected or quoted in part.
//!
//! The rule for words in common is Memetracker's (Leskovec, Backstrom and Kleinberg, 2009): of a side of up to five
//! words all, of six words five, of more than that more than half. It alone takes «we will build 300 homes» and «we will never build
//! 450 homes» for one: so what differs may not be a number, a date, a name, a negation, or what is certain in the one
//! and possible in the other.

use crate::claims::alignment::{Alignment, Gap, is_same};
use crate::claims::wording::Wording;
use crate::claims::words::Word;
use crate::lexicon::claim_words::{ClaimWords, WordClass};
use crate::named::named;
use std::ops::Range;

named! {
/// By which rule two statements belong together.
Method {
    /// A person said so.
    Person = "person",
    /// Equal words.
    Same = "same",
    /// All words of the one stand in the other, in order.
    Contained = "contained",
    /// Most of them do.
    Overlap = "overlap",
    /// What the one has in quotation marks stands in the other.
    Fragments = "fragments",
}
}

/// How near two statements are.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Nearness {
    pub method: Method,
    /// The share of the shorter one's weight that both have, 0 to 1.
    pub score: f64,
}

/// A phrase for any occasion is the same statement for so many days.
pub const OCCASION: i32 = 10;

named! {
/// What makes two statements of nearly the same words.
Difference {
    Number = "number",
    Date = "date",
    Name = "name",
    Negation = "negation",
    Modal = "modal",
    Words = "words",
}
}

/// What two statements of nearly the same words differ in; `None` where they are one, or have little in common.
pub fn difference(one: &Wording, other: &Wording) -> Option<Difference> {
    match overlap(&one.words, &other.words, When::Later, LEAST_SHARE) {
        Overlap::Differ(difference) => Some(difference),
        Overlap::Near(_) | Overlap::Far => None,
    }
}

/// How near two statements of one speaker are that were printed so many days `apart`, where that is known; `None` for
/// two statements.
pub fn nearness(one: &Wording, other: &Wording, apart: Option<i32>) -> Option<Nearness> {
    let is_soon = apart.is_some_and(|days| days <= OCCASION);
    if !is_soon && (one.is_stock() || other.is_stock()) {
        return None;
    }
    if one.words.iter().map(|word| &word.form).eq(other.words.iter().map(|word| &word.form)) {
        return Some(Nearness { method: Method::Same, score: 1.0 });
    }
    let when = if is_soon { When::Soon } else { When::Later };
    let least = if is_soon { LEAST_SHARE } else { LEAST_LATER };
    let whole = overlap(&one.words, &other.words, when, least);
    let parts = [(one, other), (other, one)]
        .into_iter()
        .filter(|(part, _)| part.is_part())
        .filter_map(|(part, whole)| fragments(part, whole, is_soon));
    match whole {
        // A reporter's own words around the fragments may differ from what was said.
        Overlap::Differ(Difference::Words | Difference::Negation | Difference::Modal)
            if one.is_part() || other.is_part() =>
        {
            parts.reduce(better)
        }
        Overlap::Differ(_) if one.is_part() || other.is_part() => {
            parts.reduce(better).filter(|near| near.score >= ALL)
        }
        Overlap::Differ(_) => None,
        Overlap::Near(nearness) => Some(parts.fold(nearness, better)),
        Overlap::Far => parts.reduce(better),
    }
}

/// What is found of fragments whose reporter says something else of a number, a day or a name.
const ALL: f64 = 0.99;

fn better(one: Nearness, other: Nearness) -> Nearness {
    if other.score > one.score { other } else { one }
}

/// When the one was printed, seen from the other.
#[derive(Clone, Copy, PartialEq, Eq)]
enum When {
    /// While the same occasion was news, when words are misheard and translated.
    Soon,
    /// At another time, when a quotation is copied, and other words are another statement.
    Later,
}

/// What the words of two statements have in common.
enum Overlap {
    Near(Nearness),
    /// Near but for what makes them two.
    Differ(Difference),
    Far,
}

fn overlap(one: &[Word], other: &[Word], when: When, least: f64) -> Overlap {
    let alignment = Alignment::new(one, other);
    let (short, places): (&[Word], Vec<usize>) = if weight(one) <= weight(other) {
        (one, alignment.pairs.iter().map(|pair| pair.0).collect())
    } else {
        (other, alignment.pairs.iter().map(|pair| pair.1).collect())
    };
    let length = short.iter().filter(|word| !word.is_bracketed).count();
    let common = places.iter().filter(|&&at| !short[at].is_bracketed).count();
    let score = places.iter().map(|&at| short[at].weight()).sum::<f64>() / weight(short).max(0.1);
    let content = places.iter().filter(|&&at| short[at].is_content()).count();
    let is_cut = when == When::Soon && common == length && length >= LONG_CUT;
    let is_enough = match length {
        0..=5 => common == length,
        6 => common >= 5,
        _ => common as f64 / (length + 3) as f64 > 0.5,
    };
    if !is_enough || score < least || content < if is_cut { 1 } else { 2 } {
        return Overlap::Far;
    }
    let gaps = alignment.gaps(one.len(), other.len());
    if let Some(difference) = gaps.iter().find_map(|gap| of_gap(gap, one, other, when)) {
        return Overlap::Differ(difference);
    }
    if are_of_two_months(&gaps, one, other) {
        return Overlap::Differ(Difference::Date);
    }
    let method = if common == length { Method::Contained } else { Method::Overlap };
    Overlap::Near(Nearness { method, score: score.min(1.0) })
}

/// So many words in order are a cut, though there be little in them.
const LONG_CUT: usize = 6;

/// Of the weight of the shorter statement so much must be common.
const LEAST_SHARE: f64 = 0.55;
/// And so much where the one is printed at another time.
const LEAST_LATER: f64 = 0.85;

fn weight(words: &[Word]) -> f64 {
    words.iter().filter(|word| !word.is_bracketed).map(Word::weight).sum()
}

/// Whether each names a month that the other doesn't: «from 1 May», «from June 1st».
fn are_of_two_months(gaps: &[Gap], one: &[Word], other: &[Word]) -> bool {
    let has_month = |words: &[Word]| words.iter().any(|word| word.class == WordClass::Month);
    gaps.iter().any(|gap| has_month(&one[gap.one.clone()]))
        && gaps.iter().any(|gap| has_month(&other[gap.other.clone()]))
        && !one
            .iter()
            .any(|word| word.class == WordClass::Month && other.iter().any(|other| other.form == word.form))
}

/// What stands in a gap and makes two statements of it, if anything does.
fn of_gap(gap: &Gap, one: &[Word], other: &[Word], when: When) -> Option<Difference> {
    let is_told = |gap: &Range<usize>, words: &[Word]| {
        gap.is_empty() && words.get(gap.end).is_some_and(|word| word.follows_ellipsis)
    };
    if is_told(&gap.one, one) || is_told(&gap.other, other) {
        return None;
    }
    let denies = one[..gap.one.start].iter().any(|word| word.class == WordClass::Negation);
    let (one, other) = (&one[gap.one.clone()], &other[gap.other.clone()]);
    if is_negated(gap, one, other, denies) || is_negated(gap, other, one, denies) {
        return Some(Difference::Negation);
    }
    if let Some(difference) = definite_difference(gap, one, other, when) {
        return Some(difference);
    }
    if is_weakened(one, other) || is_weakened(other, one) {
        return Some(Difference::Modal);
    }
    if is_reversed(one, other) {
        return Some(Difference::Negation);
    }
    is_another_thing(gap, one, other, when).then_some(Difference::Words)
}

/// What differs where each names a number, a day or somebody, but not the same; in a small gap also where only one does:
/// «this city», «Corrin».
fn definite_difference(gap: &Gap, one: &[Word], other: &[Word], when: When) -> Option<Difference> {
    const SMALL: usize = 3;
    let is_bracketed = |words: &[Word]| words.iter().any(|word| word.is_bracketed);
    let is_addition = one.is_empty() || other.is_empty();
    // What is copied at another time and has a name more, in the middle, isn't copied.
    let is_copy = when == When::Soon || !gap.is_inner;
    if is_addition && is_copy || is_bracketed(one) || is_bracketed(other) {
        return None;
    }
    let definite =
        |words: &[Word]| words.iter().filter(|word| is_definite(word)).cloned().collect::<Vec<_>>();
    let (one_names, other_names) = (definite(one), definite(other));
    let first = one_names.first().or(other_names.first())?;
    let in_common = one_names.iter().any(|word| other_names.iter().any(|other| is_same(word, other)));
    let is_small = gap.is_inner && one.len() <= SMALL && other.len() <= SMALL;
    let is_one_sided = one_names.is_empty() || other_names.is_empty();
    let differs = if is_one_sided { is_small } else { !in_common };
    differs.then_some(match first.class {
        WordClass::Number if is_year(&first.form) => Difference::Date,
        WordClass::Number | WordClass::Quantity => Difference::Number,
        WordClass::Month | WordClass::Weekday => Difference::Date,
        _ => Difference::Name,
    })
}

fn is_year(number: &str) -> bool {
    number.len() == 4 && (number.starts_with("19") || number.starts_with("20"))
}

fn is_definite(word: &Word) -> bool {
    // «One» is said of anything.
    word.form != "1"
        && matches!(
            word.class,
            WordClass::Number | WordClass::Quantity | WordClass::Month | WordClass::Weekday
        )
        || word.is_name
        || word.is_initial
}

/// Whether several telling words stand against several others; at the beginning or the end, where a cut leaves one side
/// empty, one against two.
fn is_another_thing(gap: &Gap, one: &[Word], other: &[Word], when: When) -> bool {
    let count = |words: &[Word], is_of: fn(&Word) -> bool| {
        words.iter().filter(|word| is_of(word) && !word.is_bracketed).count()
    };
    if when == When::Later {
        return count(one, Word::is_content).min(count(other, Word::is_content)) >= 1;
    }
    let (one, other) = (count(one, Word::is_telling), count(other, Word::is_telling));
    if gap.is_inner { one.min(other) >= 2 } else { one.min(other) >= 1 && one + other >= 3 }
}

/// Whether the one denies what the other says: a negation in a gap so small that it is not just a clause left out.
fn is_negated(gap: &Gap, one: &[Word], other: &[Word], denies: bool) -> bool {
    const SMALL: usize = 4;
    const EDGE: usize = 2;
    let negations = |words: &[Word]| words.iter().filter(|word| word.class == WordClass::Negation).count();
    let is_small = !other.is_empty()
        || one.len() <= if gap.is_inner { SMALL } else { EDGE }
        || gap.is_inner && one.last().is_some_and(|word| word.class == WordClass::Negation);
    // «didn't steal nobody's coins», «didn't steal anybody's coins»; «nobody never wrote», «nobody ever wrote».
    let is_doubled = denies && other.iter().any(|word| word.form.starts_with("any") || word.form == "ever");
    negations(one) > negations(other) && is_small && !is_doubled
}

fn is_weakened(one: &[Word], other: &[Word]) -> bool {
    let has = |words: &[Word], class| words.iter().any(|word| word.class == class);
    has(one, WordClass::Certain)
        && has(other, WordClass::Possible)
        && !has(one, WordClass::Possible)
        && !has(other, WordClass::Certain)
}

/// «likely» and «unlikely», «left» and «right».
fn is_reversed(one: &[Word], other: &[Word]) -> bool {
    let is_opposite = |word: &Word, other: &Word| {
        ["un", "in", "im", "dis", "non", "ir"]
            .iter()
            .any(|prefix| word.form.strip_prefix(prefix) == Some(&other.form))
    };
    let words = ClaimWords::get();
    one.iter().any(|word| {
        other.iter().any(|other| {
            is_opposite(word, other)
                || is_opposite(other, word)
                || words.are_opposites(&word.form, &other.form)
        })
    })
}

/// How near a statement is of which `part` has fragments in quotation marks.
fn fragments(part: &Wording, whole: &Wording, is_soon: bool) -> Option<Nearness> {
    let mut found = 0.0;
    let mut asked = 0.0;
    let (mut content, mut telling, mut count) = (0, 0, 0);
    for fragment in &part.fragments {
        let words = &part.words[fragment.clone()];
        if !words.iter().any(Word::is_content) {
            continue;
        }
        asked += weight(words);
        if stands_in(words, &whole.words) {
            found += weight(words);
            count += words.len();
            content += words.iter().filter(|word| word.is_content()).count();
            telling += words.iter().filter(|word| word.is_telling()).count();
        }
    }
    let score = found / asked.max(0.1);
    let is_telling = if is_soon {
        score >= LEAST_FOUND && (telling >= 1 || content >= 2)
    } else {
        score >= SURE && content >= 3 && telling >= 1 && count >= FEW
    };
    is_telling.then_some(Nearness { method: Method::Fragments, score: score.min(1.0) })
}

/// Of the fragments so much must be found.
const LEAST_FOUND: f64 = 0.6;
/// And so much, in so many words, of those printed at another time.
const SURE: f64 = 0.9;
const FEW: usize = 6;

/// Whether a fragment stands in a statement, but for a word in a longer one.
fn stands_in(fragment: &[Word], whole: &[Word]) -> bool {
    let asked: Vec<Word> = fragment.iter().filter(|word| !word.is_bracketed).cloned().collect();
    let spare = if asked.len() >= 5 { 1 + asked.len() / 8 } else { 0 };
    let reach = asked.len() + 3;
    let begins =
        (0..whole.len()).filter(|&at| asked.iter().take(1 + spare).any(|word| is_same(word, &whole[at])));
    for begin in begins {
        let window: Range<usize> = begin..(begin + reach).min(whole.len());
        let window = &whole[window];
        let alignment = Alignment::new(&asked, window);
        if alignment.pairs.len() + spare < asked.len() {
            continue;
        }
        let gaps = alignment.gaps(asked.len(), window.len());
        if !gaps.iter().any(|gap| gap.is_inner && of_gap(gap, &asked, window, When::Soon).is_some()) {
            return true;
        }
    }
    false
}
