//! From the words that a person typed to an expression of SQLite's full-text search.

/// A search that finds something: at least one word.
// Invariant: a well-formed FTS5 expression, every word of which stands in double quotes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Search(String);

impl Search {
    /// Reads `typed` as words that must all be there, in any order; words in double quotes must
    /// stand together, and a word ending in `*` may go on.
    ///
    /// Nothing else has a meaning: `AND`, `NEAR(`, `-` and `:` are looked for as words. `None`
    /// when there is no letter or digit to look for.
    pub fn new(typed: &str) -> Option<Self> {
        let mut terms = Vec::new();
        // Odd pieces stand between double quotes; a quote that never closes runs to the end.
        for (index, piece) in typed.split('"').enumerate() {
            if index % 2 == 1 {
                terms.extend(term(piece));
            } else {
                terms.extend(piece.split_whitespace().filter_map(term));
            }
        }
        (!terms.is_empty()).then(|| Self(terms.join(" ")))
    }

    /// The FTS5 expression.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn term(words: &str) -> Option<String> {
    let has_words = words.chars().any(char::is_alphanumeric);
    let ending = if words.ends_with('*') { "*" } else { "" };
    // SQLite ends a string at a NUL.
    has_words.then(|| format!("\"{}\"{ending}", words.trim_end_matches('*').replace('\0', " ")))
}

#[cfg(test)]
mod tests {
    use super::Search;

    fn expression(typed: &str) -> Option<String> {
        Search::new(typed).map(|search| search.as_str().to_owned())
    }

    #[test]
    fn words_phrases_and_beginnings() {
        assert_eq!(expression("rusty bridge").as_deref(), Some(r#""rusty" "bridge""#));
        assert_eq!(expression(r#"a "rusty bridge" now"#).as_deref(), Some(r#""a" "rusty bridge" "now""#));
        assert_eq!(expression("meet*").as_deref(), Some(r#""meet"*"#));
        assert_eq!(expression(r#""never closed"#).as_deref(), Some(r#""never closed""#));
    }

    #[test]
    fn the_language_of_fts_has_no_meaning() {
        assert_eq!(expression("a OR text:b").as_deref(), Some(r#""a" "OR" "text:b""#));
        assert_eq!(expression("NEAR(a^b)").as_deref(), Some(r#""NEAR(a^b)""#));
        assert_eq!(expression("a\0b").as_deref(), Some("\"a b\""));
    }

    #[test]
    fn nothing_to_look_for_is_no_search() {
        assert_eq!(expression(""), None);
        assert_eq!(expression(r#" — "*" * "#), None);
    }
}
