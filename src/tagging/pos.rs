//! Parts of speech: the commonest tag that the tables allow, then what the neighbours say.
//!
//! A table of commonest tags gets some 93 % of English news right; the rules below mend what
//! matters to who said what: verbs taken for nouns and the two -ed forms.

use crate::lexicon::word::{Function, Word};
use crate::model::{Pos, Token, TokenKind};
use crate::span::Text;
use rustc_hash::FxHashSet;

/// How many tokens back the verbs of a sentence are looked at.
const REACH: usize = 60;

/// Sets the part of speech of every token of one sentence. `words` are their entries.
/// `names` are the capitalised words of the text that don't owe their capital to their place.
pub fn tag_sentence(text: &Text, tokens: &mut [Token], words: &[&Word], names: &FxHashSet<&str>) {
    let capitals = capitals(text, tokens, words);
    for i in 0..tokens.len() {
        tokens[i].pos = first_tag(text, tokens, words, i, capitals, names);
    }
    for i in 0..tokens.len() {
        tokens[i].pos = by_neighbours(text, tokens, words, i);
    }
}

/// The words of a sentence that are capitalised inside it, as names are.
pub fn names_in<'a>(text: &'a Text, tokens: &[Token], words: &[&Word], names: &mut FxHashSet<&'a str>) {
    if capitals(text, tokens, words) == Capitals::Headline {
        return;
    }
    let inside =
        (1..tokens.len()).filter(|&i| tokens[i - 1].kind == TokenKind::Word && words[i].function.is_none());
    names.extend(inside.map(|i| text.slice(tokens[i].span)).filter(|word| is_capital(word)));
}

/// What a capital says in a sentence.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Capitals {
    /// It marks a name.
    Names,
    /// Nothing: nearly every long word has one.
    Headline,
}

fn capitals(text: &Text, tokens: &[Token], words: &[&Word]) -> Capitals {
    let long = |i: &usize| tokens[*i].kind == TokenKind::Word && words[*i].function.is_none();
    let all = (0..tokens.len()).filter(long).count();
    let capitals = (0..tokens.len()).filter(long).filter(|&i| is_capital(text.slice(tokens[i].span))).count();
    if all >= 4 && capitals * 10 >= all * 9 { Capitals::Headline } else { Capitals::Names }
}

fn is_capital(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_uppercase)
}

fn first_tag(
    text: &Text,
    tokens: &[Token],
    words: &[&Word],
    i: usize,
    capitals: Capitals,
    names: &FxHashSet<&str>,
) -> Pos {
    match tokens[i].kind {
        TokenKind::Number => return Pos::Cardinal,
        TokenKind::Punctuation | TokenKind::Mark => return Pos::Punctuation,
        TokenKind::Symbol => return Pos::Other,
        TokenKind::Link => return Pos::Proper,
        TokenKind::Word => {}
    }
    let word = text.slice(tokens[i].span);
    let known = words[i].tags[0];
    if !is_capital(word) {
        return known.unwrap_or_else(|| by_suffix(word));
    }
    let starts = starts_clause(tokens, i);
    let is_closed = words[i].function.is_some() && !words[i].calendar || word == "I";
    match known {
        Some(tag) if is_closed => tag,
        Some(tag) if capitals == Capitals::Headline && !is_name_like(words[i]) => tag,
        Some(tag) if starts && !is_name_like(words[i]) && !names.contains(word) => tag,
        None if starts && words[i].group && !names.contains(word) => Pos::NounPlural,
        None if starts && (words[i].role.is_some() || words[i].document) && !names.contains(word) => {
            Pos::Noun
        }
        _ if starts && is_name_like(words[i]) => Pos::Proper,
        None if starts && i + 1 < tokens.len() && word.ends_with("ly") => Pos::Adverb,
        _ => Pos::Proper,
    }
}

fn is_name_like(word: &Word) -> bool {
    word.given_name.is_some() || word.place || word.calendar || word.title.is_some() && word.role.is_none()
}

/// Whether token `i` is the first word of its sentence or of a quotation or clause after a colon.
fn starts_clause(tokens: &[Token], i: usize) -> bool {
    tokens[..i]
        .iter()
        .rev()
        .take(1)
        .all(|before| matches!(before.kind, TokenKind::Mark | TokenKind::Punctuation))
        && tokens[..i].iter().all(|before| before.kind != TokenKind::Word)
        || i > 0 && tokens[i - 1].kind == TokenKind::Mark
}

fn by_suffix(word: &str) -> Pos {
    let ends = |suffix: &str| word.len() > suffix.len() + 2 && word.ends_with(suffix);
    if ends("ing") {
        Pos::VerbIng
    } else if ends("ed") {
        Pos::VerbPast
    } else if ends("ly") {
        Pos::Adverb
    } else if ends("ous")
        || ends("ful")
        || ends("able")
        || ends("ible")
        || ends("ive")
        || ends("ish")
        || ends("less")
        || ends("ical")
        || ends("-old")
    {
        Pos::Adjective
    } else if ends("ss") || ends("us") || ends("is") {
        Pos::Noun
    } else if ends("s") {
        Pos::NounPlural
    } else {
        Pos::Noun
    }
}

fn can_be(word: &Word, pos: Pos) -> bool {
    word.tags.contains(&Some(pos))
}

fn is_subject(pos: Pos) -> bool {
    pos.is_noun() || pos == Pos::Pronoun
}

fn by_neighbours(text: &Text, tokens: &[Token], words: &[&Word], i: usize) -> Pos {
    let pos = tokens[i].pos;
    if tokens[i].kind != TokenKind::Word || i == 0 {
        return pos;
    }
    let before = last_but_adverbs(tokens, i);
    match pos {
        Pos::PossessiveEnding | Pos::VerbThird if text.slice(tokens[i].span).starts_with(['\'', '’']) => {
            genitive_or_is(tokens, words, i)
        }
        Pos::PossessivePronoun | Pos::Pronoun if can_be(words[i], Pos::PossessivePronoun) => {
            possessive_or_pronoun(tokens, words, i)
        }
        Pos::VerbPast | Pos::VerbParticiple => past_or_participle(text, tokens, words, i, before),
        Pos::Noun | Pos::VerbBase | Pos::VerbPresent | Pos::Adjective => {
            bare_verb_or_noun(tokens, words, i, before)
        }
        Pos::NounPlural | Pos::VerbThird => third_or_plural(tokens, words, i, before),
        _ => pos,
    }
}

/// The nearest token before `i` that is no adverb.
fn last_but_adverbs(tokens: &[Token], i: usize) -> Option<usize> {
    (0..i).rev().take(4).find(|&j| tokens[j].pos != Pos::Adverb)
}

/// «Reyes's plan», but «he's said».
fn genitive_or_is(tokens: &[Token], words: &[&Word], i: usize) -> Pos {
    let before = &tokens[i - 1];
    let function = words[i - 1].function;
    let stands_alone = before.pos == Pos::Pronoun
        || matches!(
            function,
            Some(Function::That | Function::There | Function::Whether | Function::Relative)
        );
    if stands_alone { Pos::VerbThird } else { Pos::PossessiveEnding }
}

/// «her plan», but «told her that».
fn possessive_or_pronoun(tokens: &[Token], words: &[&Word], i: usize) -> Pos {
    let Some(next) = tokens.get(i + 1) else { return Pos::Pronoun };
    let leads_noun = matches!(
        next.pos,
        Pos::Noun
            | Pos::NounPlural
            | Pos::Adjective
            | Pos::Proper
            | Pos::Cardinal
            | Pos::VerbIng
            | Pos::VerbParticiple
    );
    let is_time = words[i + 1].function == Some(Function::Time);
    if leads_noun && !is_time { Pos::PossessivePronoun } else { Pos::Pronoun }
}

/// «was *told*», «the *proposed* law», but «Reyes *told* them».
fn past_or_participle(
    text: &Text,
    tokens: &[Token],
    words: &[&Word],
    i: usize,
    before: Option<usize>,
) -> Pos {
    let pos = tokens[i].pos;
    let Some(before) = before else { return pos };
    if follows_auxiliary(words, before) && (can_be(words[i], Pos::VerbParticiple) || pos == Pos::VerbPast) {
        return Pos::VerbParticiple;
    }
    let can_past = can_be(words[i], Pos::VerbPast) || words[i].tags[0].is_none();
    if pos == Pos::VerbParticiple && can_past && is_main_verb(text, tokens, words, i, before) {
        return Pos::VerbPast;
    }
    let leads_noun =
        matches!(tokens[before].pos, Pos::Determiner | Pos::PossessivePronoun | Pos::PossessiveEnding);
    if leads_noun { Pos::VerbParticiple } else { pos }
}

/// Whether «have» or «be», with or without «not», ends at `before`.
fn follows_auxiliary(words: &[&Word], before: usize) -> bool {
    let is_auxiliary = |at: usize| matches!(words[at].function, Some(Function::Have | Function::Be));
    is_auxiliary(before)
        || words[before].function == Some(Function::Not) && before > 0 && is_auxiliary(before - 1)
}

/// Whether an -ed form is the verb of its clause: behind its subject, behind an apposition that no
/// verb stands before, or behind «and» and another verb.
fn is_main_verb(text: &Text, tokens: &[Token], words: &[&Word], i: usize, before: usize) -> bool {
    let earlier = &tokens[before.saturating_sub(REACH)..before];
    if is_subject(tokens[before].pos) || words[before].function == Some(Function::Relative) {
        return words.get(i + 1).is_none_or(|word| word.function != Some(Function::By));
    }
    if text.slice(tokens[before].span) == "," {
        return before > 0 && !earlier.iter().any(|token| token.pos.is_verb() || token.pos == Pos::Modal);
    }
    let last_verb = earlier.iter().rev().find(|token| token.pos.is_verb());
    words[before].function == Some(Function::And)
        && last_verb.is_some_and(|verb| verb.pos != Pos::VerbParticiple)
}

fn bare_verb_or_noun(tokens: &[Token], words: &[&Word], i: usize, before: Option<usize>) -> Pos {
    let pos = tokens[i].pos;
    let Some(before) = before else { return pos };
    let as_noun = [Pos::Noun, Pos::Adjective].into_iter().find(|&noun| can_be(words[i], noun));
    let auxiliary = matches!(words[before].function, Some(Function::Be | Function::Have));
    if auxiliary && can_be(words[i], Pos::VerbParticiple) && !can_be(words[i], Pos::Adjective) {
        return Pos::VerbParticiple;
    }
    let wants_base =
        matches!(words[before].function, Some(Function::To | Function::Do | Function::Not | Function::Let))
            || tokens[before].pos == Pos::Modal;
    if wants_base && can_be(words[i], Pos::VerbBase) {
        return Pos::VerbBase;
    }
    // «Reyes shut the bridge»: a verb whose past is its base form.
    if pos == Pos::VerbBase && can_be(words[i], Pos::VerbPast) && is_subject(tokens[before].pos) {
        return Pos::VerbPast;
    }
    let after_noun_leader = matches!(
        tokens[i - 1].pos,
        Pos::Determiner | Pos::PossessivePronoun | Pos::PossessiveEnding | Pos::Adjective | Pos::Preposition
    );
    if after_noun_leader && matches!(pos, Pos::VerbBase | Pos::VerbPresent) {
        return as_noun.unwrap_or(pos);
    }
    // «Reyes and Ito call *them* …»
    let object_next = words.get(i + 1).is_some_and(|word| word.object_form);
    if object_next && is_subject(tokens[before].pos) && can_be(words[i], Pos::VerbPresent) {
        return Pos::VerbPresent;
    }
    let plural_subject = matches!(tokens[before].pos, Pos::NounPlural)
        || matches!(
            words[before].function,
            Some(Function::They | Function::We | Function::I | Function::You)
        ) && tokens[before].pos == Pos::Pronoun;
    if plural_subject && can_be(words[i], Pos::VerbPresent) { Pos::VerbPresent } else { pos }
}

fn third_or_plural(tokens: &[Token], words: &[&Word], i: usize, before: Option<usize>) -> Pos {
    let pos = tokens[i].pos;
    let Some(before) = before else { return pos };
    let after_noun_leader = matches!(
        tokens[i - 1].pos,
        Pos::Determiner
            | Pos::PossessivePronoun
            | Pos::PossessiveEnding
            | Pos::Adjective
            | Pos::Preposition
            | Pos::Cardinal
    );
    if pos == Pos::VerbThird {
        return if after_noun_leader && can_be(words[i], Pos::NounPlural) { Pos::NounPlural } else { pos };
    }
    if after_noun_leader || !can_be(words[i], Pos::VerbThird) {
        return pos;
    }
    let is_pronoun = matches!(words[before].function, Some(Function::He | Function::She | Function::It));
    if is_pronoun && tokens[before].pos == Pos::Pronoun {
        return Pos::VerbThird;
    }
    let single_subject = matches!(tokens[before].pos, Pos::Noun | Pos::Proper)
        || matches!(words[before].function, Some(Function::He | Function::She | Function::It));
    let opens_clause = tokens.get(i + 1).is_some_and(|next| {
        matches!(next.pos, Pos::Pronoun | Pos::Determiner | Pos::PossessivePronoun | Pos::Proper | Pos::To)
            || matches!(words[i + 1].function, Some(Function::That | Function::Whether))
            || next.kind == TokenKind::Mark
    });
    if single_subject && opens_clause { Pos::VerbThird } else { pos }
}
