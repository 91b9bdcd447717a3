//! Mistakes of the parser that tagged the articles: past tenses that it took for participles.

use crate::lexicon::word::{Function, Word};
use crate::model::Pos;

/// Makes a past tense of a participle that nothing but a predicate can be.
///
/// «Reyes *called* on them to wait.»: the only verb, behind its subject. «Reyes signed and *promised* to
/// pay.»: joined to a past tense that is no auxiliary. CoreNLP takes both for participles now and then.
pub fn past_tenses(tags: &mut [Option<Pos>], words: &[&Word]) {
    if tags.last() != Some(&Some(Pos::Punctuation)) {
        return;
    }
    let mut last_verb = None;
    for i in 1..tags.len() {
        let Some(tag) = tags[i] else { continue };
        let can_be_past = tag == Pos::VerbParticiple && words[i].tags.contains(&Some(Pos::VerbPast));
        if can_be_past && (is_predicate(tags, words, i, last_verb) || is_joined(tags, words, i, last_verb)) {
            tags[i] = Some(Pos::VerbPast);
        }
        if tag.is_verb() || tag == Pos::Modal {
            last_verb = Some(i);
        }
    }
}

/// The nearest token before `i` that is no adverb.
fn before(tags: &[Option<Pos>], i: usize) -> Option<Pos> {
    tags[..i].iter().rev().find(|tag| **tag != Some(Pos::Adverb)).copied().flatten()
}

/// Behind a name or pronoun when no other verb can be theirs, behind a noun when there is no other verb.
fn is_predicate(tags: &[Option<Pos>], words: &[&Word], i: usize, last_verb: Option<usize>) -> bool {
    let leads_by = words.get(i + 1).is_some_and(|word| word.function == Some(Function::By));
    if last_verb.is_some() || leads_by {
        return false;
    }
    let Some(next_verb) = (i + 1..tags.len()).find(|&j| tags[j].is_some_and(is_finite)) else {
        return before(tags, i).is_some_and(|tag| tag.is_noun() || tag == Pos::Pronoun);
    };
    let is_other_clause = (i + 1..next_verb).any(|j| opens_clause(tags[j], words[j]));
    is_other_clause && matches!(before(tags, i), Some(Pos::Proper | Pos::Pronoun))
}

/// Behind «and» and a past tense that is no auxiliary.
fn is_joined(tags: &[Option<Pos>], words: &[&Word], i: usize, last_verb: Option<usize>) -> bool {
    let is_past = |verb: usize| {
        let is_auxiliary = matches!(words[verb].function, Some(Function::Be | Function::Have));
        tags[verb] == Some(Pos::VerbPast) && !is_auxiliary
    };
    before(tags, i) == Some(Pos::Conjunction) && last_verb.is_some_and(is_past)
}

fn opens_clause(tag: Option<Pos>, word: &Word) -> bool {
    matches!(tag, Some(Pos::WhPronoun | Pos::WhAdverb | Pos::Conjunction))
        || matches!(word.function, Some(Function::That | Function::Subordinator | Function::Whether))
}

const fn is_finite(tag: Pos) -> bool {
    matches!(tag, Pos::VerbPast | Pos::VerbThird | Pos::VerbPresent | Pos::Modal)
}

#[cfg(test)]
mod tests {
    use super::past_tenses;
    use crate::lexicon::Lexicon;
    use crate::lexicon::word::Word;
    use crate::model::Pos;

    #[track_caller]
    fn check(sentence: &str, mut tags: Vec<Pos>, at: usize, expected: Pos) {
        let lexicon = Lexicon::load().unwrap();
        let words: Vec<&Word> = sentence.split(' ').map(|word| lexicon.words.get(word)).collect();
        tags.push(Pos::Punctuation);
        let mut tags: Vec<Option<Pos>> = tags.into_iter().map(Some).collect();
        past_tenses(&mut tags, &words);
        assert_eq!(tags[at], Some(expected), "{sentence}");
    }

    #[test]
    fn a_sentence_has_a_verb() {
        let tags = vec![Pos::Proper, Pos::VerbParticiple, Pos::Preposition, Pos::Pronoun];
        check("Reyes called on them .", tags.clone(), 1, Pos::VerbPast);
        check("Reyes called by them .", tags, 1, Pos::VerbParticiple);
    }

    #[test]
    fn what_is_joined_to_a_past_tense_is_one() {
        let tags = vec![Pos::Proper, Pos::VerbPast, Pos::Conjunction, Pos::VerbParticiple, Pos::Pronoun];
        check("Reyes left and called them .", tags.clone(), 3, Pos::VerbPast);
        check("Reyes was and called them .", tags, 3, Pos::VerbParticiple);
    }
}
