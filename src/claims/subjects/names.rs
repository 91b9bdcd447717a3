//! Names in a statement, and what they are names of.

use crate::claims::phrase::Token;
use crate::claims::subjects::SubjectKind;
use crate::lexicon::claim_words::{ClaimWords, WordClass};
use crate::lexicon::fold::fold;
use crate::lexicon::subject_words::{SubjectWord, SubjectWords};
use crate::lexicon::word::{Function, OrganisationPlace};
use crate::lexicon::words::Words;
use crate::model::EntityKind;
use std::ops::Range;

/// The longest name, in words.
const LONGEST: usize = 8;

/// The names among the words that aren't `used` yet, in order.
pub fn names(
    tokens: &[Token],
    used: &[bool],
    known: &dyn Fn(&str) -> Option<EntityKind>,
) -> Vec<(Range<usize>, SubjectKind)> {
    // Where every word has capitals, none of them tells a name.
    if !tokens.iter().any(|token| token.text.contains(char::is_lowercase)) {
        return Vec::new();
    }
    let mut names = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        if used[at] || !may_be_named(&tokens[at]) {
            at += 1;
            continue;
        }
        let end = end_of(tokens, used, at);
        names.extend(name(tokens, at..end, known));
        at = end;
    }
    names
}

/// A word with a capital that isn't one for the grammar alone.
fn may_be_named(token: &Token) -> bool {
    let word = Words::shared().get(token.text);
    let is_grammar = word.function.is_some() || is_short_form(token);
    token.is_capital() && !word.calendar && !is_grammar && !is_number_word(token)
}

fn is_number_word(token: &Token) -> bool {
    matches!(
        ClaimWords::get().class(&token.lower),
        WordClass::Number | WordClass::Weekday | WordClass::Quantity
    )
}

/// «I’m», «We’ll», «OK».
fn is_short_form(token: &Token) -> bool {
    let words = ClaimWords::get();
    let parted = words.parted(&token.lower);
    words.spoken(&token.lower).is_some()
        || parted.is_some_and(|(stem, _)| Words::shared().get(stem).function.is_some())
}

/// Where the run of names ends that begins at `at`; «of», «de» and the like are taken in between two.
fn end_of(tokens: &[Token], used: &[bool], at: usize) -> usize {
    let takes = |next: usize| {
        let token = tokens.get(next).filter(|token| !token.begins && token.follows());
        token.is_some_and(|token| !used[next] && may_be_named(token))
    };
    let mut end = at + 1;
    while end < tokens.len() && end - at < LONGEST {
        let is_abbreviated = tokens[end].gap == ". " && !tokens[end].begins && may_be_named(&tokens[end]);
        if takes(end) || (is_abbreviated && !used[end]) {
            end += 1;
            continue;
        }
        let token = &tokens[end];
        let is_organised =
            || tokens[at..end].iter().any(|token| Words::shared().get(token.text).organisation.is_some());
        let is_joint = token.follows()
            && (Words::shared().get(&token.lower).particle || (token.is(Function::Of) && is_organised()));
        if !is_joint || !takes(end + 1) {
            break;
        }
        end += 2;
    }
    end
}

/// The name in a run of capitals, without titles, and what it is the name of.
fn name(
    tokens: &[Token],
    mut run: Range<usize>,
    known: &dyn Fn(&str) -> Option<EntityKind>,
) -> Option<(Range<usize>, SubjectKind)> {
    // «Torvian President Goran Mestrovec» is a name from its last title on.
    let is_whole = is_place(tokens, run.clone()) || is_organisation(&tokens[run.clone()]);
    let title = run.clone().rev().skip(1).find(|&at| is_title(&tokens[at])).filter(|_| !is_whole);
    let is_titled = title.is_some();
    run.start = title.map_or(run.start, |at| at + 1);
    // «Tired pilots», «Yesterday Reyes»: a common word that begins a sentence is no part of the name.
    if tokens[run.start].begins && !is_titled && is_common(tokens, &run, known) {
        run.start += 1;
    }
    if run.is_empty() || (run.len() == 1 && is_title(&tokens[run.start])) {
        return None;
    }
    let kind = kind(tokens, run.clone(), is_titled, known)?;
    Some((run, kind))
}

fn is_title(token: &Token) -> bool {
    let word = Words::shared().get(token.text);
    let dotted = Words::shared().get(&format!("{}.", token.lower));
    let is_role = (word.title.is_some() || dotted.title.is_some() || word.role.is_some()) && !word.place;
    is_role && (word.given_name.is_none() || word.role.is_some())
}

/// Whether nothing but its place gives the first word of a run its capital.
fn is_common(tokens: &[Token], run: &Range<usize>, known: &dyn Fn(&str) -> Option<EntityKind>) -> bool {
    let token = &tokens[run.start];
    let word = Words::shared().get(token.text);
    let is_name = word.given_name.is_some() || word.place || word.demonym || word.organisation.is_some();
    let is_acronym = token.text.chars().filter(|letter| letter.is_uppercase()).count() > 1;
    let is_repeated = tokens.iter().any(|other| !other.begins && other.text == token.text);
    if is_acronym || is_repeated || known(&fold(token.text)).is_some() {
        return false;
    }
    let is_known_word = word.tags[0].is_some() || ClaimWords::get().class(&token.lower) != WordClass::Telling;
    if run.len() > 1 {
        return is_known_word && !is_name;
    }
    // «Grace is all we need»: a given name that is a word, too, isn't sure.
    !(word.place || (word.given_name.is_some() && !is_known_word))
}

fn is_place(tokens: &[Token], run: Range<usize>) -> bool {
    let words: Vec<String> = tokens[run].iter().map(|token| token.text.to_lowercase()).collect();
    let name = words.join(" ");
    let is_known = |name: &str| Words::shared().get(name).place;
    is_known(&name)
        || (name.contains('.') && (is_known(&format!("{name}.")) || is_known(&name.replace('.', ""))))
}

fn kind(
    tokens: &[Token],
    run: Range<usize>,
    is_titled: bool,
    known: &dyn Fn(&str) -> Option<EntityKind>,
) -> Option<SubjectKind> {
    let words = &tokens[run.clone()];
    let (first, last) = (&words[0], &words[words.len() - 1]);
    let printed: Vec<&str> = words.iter().map(|token| token.text).collect();
    match known(&fold(&printed.join(" "))) {
        Some(EntityKind::Person) => return Some(SubjectKind::Person),
        Some(EntityKind::Organisation) => return Some(SubjectKind::Organisation),
        Some(EntityKind::Group | EntityKind::Document) | None => {}
    }
    let is_of = |token: &Token, class| SubjectWords::get().class(&token.lower) == Some(class);
    if is_titled {
        return Some(SubjectKind::Person);
    }
    if is_place(tokens, run) || is_spelled_place(first) {
        return Some(SubjectKind::Place);
    }
    if words.len() == 1 {
        return alone(first);
    }
    if is_organisation(words) {
        return Some(SubjectKind::Organisation);
    }
    let is_before = |token: &Token| is_of(token, SubjectWord::PlaceBefore);
    if is_before(first) || is_before(last) || is_of(last, SubjectWord::Place) {
        return Some(SubjectKind::Place);
    }
    let is_person = Words::shared().get(first.text).given_name.is_some();
    Some(if is_person { SubjectKind::Person } else { SubjectKind::Name })
}

/// «U.S.», whose last stop is no part of the word.
fn is_spelled_place(token: &Token) -> bool {
    token.text.contains('.') && Words::shared().get(&format!("{}.", token.text)).place
}

/// A name of one word.
fn alone(token: &Token) -> Option<SubjectKind> {
    let word = Words::shared().get(token.text);
    let letters = token.text.chars().count();
    let is_acronym = letters >= 2 && token.text.chars().all(|letter| letter.is_uppercase() || letter == '.');
    if is_acronym {
        return Some(SubjectKind::Organisation);
    }
    // «American», «Democrats»: of a place or party, not the name of one.
    if word.demonym || letters < 2 {
        return None;
    }
    Some(if word.given_name.is_some() { SubjectKind::Person } else { SubjectKind::Name })
}

fn is_organisation(words: &[Token]) -> bool {
    let place = |token: &Token| Words::shared().get(token.text).organisation.map(|word| word.place);
    let last = words.len() - 1;
    words.iter().enumerate().any(|(at, token)| match place(token) {
        Some(OrganisationPlace::Head | OrganisationPlace::Inside) => true,
        Some(OrganisationPlace::Suffix) => at == last,
        None => false,
    })
}
