//! Finds the names that a person may have meant.

use strsim::levenshtein;

/// Whether all words of `wanted` stand in `name`, whole and in order.
///
/// Both must be folded. «trump» and «donald trump» match `donald j trump`; «don» and «trump donald»
/// don't; no words match nothing.
pub fn has_words(name: &str, wanted: &str) -> bool {
    let mut words = name.split(' ');
    !wanted.is_empty() && wanted.split(' ').all(|word| words.any(|candidate| candidate == word))
}

/// Whether `alias` is another way to say `wanted`: as [`has_words`], and the last word is the same.
///
/// Both must be folded. An alias may carry words around the name; «trump» is meant by
/// `republican nominee donald trump` and not by `trump ally ann reyes`.
pub fn is_alias(alias: &str, wanted: &str) -> bool {
    let last = |name: &str| name.rsplit(' ').next().map(str::to_owned);
    has_words(alias, wanted) && last(alias) == last(wanted)
}

/// How far `wanted` is from being part of `name`, or `None` when nobody would mistake the two.
///
/// Both must be folded. 0 when `wanted` begins a word of the name; else the edit distance to the
/// whole name or to its nearest word, up to a third of the letters typed.
pub fn distance(name: &str, wanted: &str) -> Option<usize> {
    let begins_word = !wanted.is_empty() && name.match_indices(wanted).any(|(at, _)| is_word_start(name, at));
    if begins_word {
        return Some(0);
    }
    let nearest = name.split(' ').chain([name]).map(|candidate| levenshtein(candidate, wanted)).min()?;
    (nearest <= wanted.chars().count() / 3).then_some(nearest)
}

fn is_word_start(name: &str, at: usize) -> bool {
    at == 0 || name.as_bytes()[at - 1] == b' '
}

#[cfg(test)]
mod tests {
    use super::{distance, has_words, is_alias};
    use strsim::levenshtein;

    #[test]
    fn words_match_whole_and_in_order() {
        assert!(has_words("ann b reyes", "reyes"));
        assert!(has_words("ann b reyes", "ann reyes"));
        assert!(has_words("ann b reyes", "ann b reyes"));
        assert!(!has_words("ann b reyes", "reyes ann"));
        assert!(!has_words("ann b reyes", "rey"));
        assert!(!has_words("ann b reyes", "ann ann"));
        assert!(!has_words("ann b reyes", ""));
    }

    #[test]
    fn an_alias_ends_with_the_name() {
        assert!(is_alias("mayor ann reyes", "reyes"));
        assert!(is_alias("mayor ann reyes", "ann reyes"));
        assert!(!is_alias("reyes ally bo lund", "reyes"));
        assert!(!is_alias("mayor ann reyes", "ann"));
    }

    #[test]
    fn near_names_are_found_and_others_are_not() {
        assert_eq!(distance("ann b reyes", "rey"), Some(0));
        assert_eq!(distance("ann b reyes", "ryes"), Some(1));
        assert_eq!(distance("ann b reyes", "ann reyes"), Some(2));
        assert_eq!(distance("ann b reyes", "kowalski"), None);
        assert_eq!(distance("ann b reyes", ""), None);
    }

    #[test]
    fn edits_are_counted_in_letters() {
        assert_eq!(levenshtein("müller", "muller"), 1);
        assert_eq!(levenshtein("", "ab"), 2);
    }
}
