//! What annotators marked, as tokens.

use crate::model::Token;
use crate::quotes::learned::view::View;
use crate::record::Record;
use crate::record::code_points::{CodePointIndex, CodePoints};
use crate::tagging::Tagged;

/// One annotated statement; tokens in order.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct GoldStatement {
    pub cue: Vec<usize>,
    pub source: Vec<usize>,
    pub content: Vec<usize>,
}

/// The annotated statements of an article whose tokens are `tokens`; marks that are nobody's statement are none.
pub fn statements(record: &Record, tokens: &[Token]) -> Vec<GoldStatement> {
    let index = CodePointIndex::new(&record.text);
    let spans: Vec<CodePoints> = tokens.iter().map(|token| index.range(token.span)).collect();
    let touched = |ranges: &[CodePoints]| touched(&spans, ranges);
    let quotes = record.quotes.iter().filter(|quote| quote.kind.as_deref() != Some("scare"));
    let statements = quotes.map(|quote| GoldStatement {
        cue: touched(&quote.cue),
        source: touched(&quote.source),
        content: touched(&quote.content),
    });
    statements.filter(|statement| !statement.content.is_empty()).collect()
}

/// The tokens that share a character with one of `ranges`.
fn touched(spans: &[CodePoints], ranges: &[CodePoints]) -> Vec<usize> {
    let mut tokens: Vec<usize> = Vec::new();
    for &[start, end] in ranges {
        let first = spans.partition_point(|span| span[1] <= start);
        tokens.extend((first..spans.len()).take_while(|&i| spans[i][0] < end));
    }
    tokens.sort_unstable();
    tokens.dedup();
    tokens
}

/// The words among tokens, punctuation left out.
pub fn words(view: &View, tokens: impl IntoIterator<Item = usize>) -> Vec<usize> {
    tokens.into_iter().filter(|&i| view.is_word(i)).collect()
}

/// Shared tokens over all tokens of both, 0 to 1; both in order.
pub fn jaccard(a: &[usize], b: &[usize]) -> f32 {
    let shared = a.iter().filter(|i| b.binary_search(i).is_ok()).count();
    if shared == 0 { 0.0 } else { shared as f32 / (a.len() + b.len() - shared) as f32 }
}

/// Whether found words are an annotated statement: half of the words of both shared, and the source the same.
pub fn is_right(view: &View, gold: &[GoldStatement], content: &[usize], source: &[usize]) -> bool {
    let content = words(view, content.iter().copied());
    let near = |gold: &GoldStatement| {
        gold.content.first() <= content.last() && content.first() <= gold.content.last()
    };
    let same = |gold: &GoldStatement| jaccard(&words(view, gold.content.iter().copied()), &content) >= 0.5;
    let mut gold = gold.iter().filter(|gold| near(gold) && same(gold));
    !content.is_empty() && gold.any(|gold| has_source(view.tagged(), source, &gold.source))
}

/// Whether a source shares a telling word with the annotated one, or both name nobody.
fn has_source(tagged: &Tagged, found: &[usize], gold: &[usize]) -> bool {
    let tells = |i: &usize| tagged.is_word(*i) && tagged.function(*i).is_none();
    let is_found = |i: &usize| found.contains(i);
    if gold.is_empty() {
        return found.is_empty();
    }
    if gold.iter().any(tells) {
        gold.iter().filter(|i| tells(i)).any(is_found)
    } else {
        gold.iter().any(is_found)
    }
}

#[cfg(test)]
mod tests {
    use super::{jaccard, touched};

    #[test]
    fn tokens_that_share_a_character_are_touched() {
        let spans = [[0, 3], [4, 8], [8, 9], [10, 12]];
        assert_eq!(touched(&spans, &[[2, 5]]), [0, 1]);
        assert_eq!(touched(&spans, &[[8, 9], [4, 5]]), [1, 2]);
        assert!(touched(&spans, &[[3, 4]]).is_empty());
    }

    #[test]
    fn jaccard_is_shared_over_all() {
        assert_eq!(jaccard(&[1, 2, 3], &[2, 3, 4]), 0.5);
        assert_eq!(jaccard(&[], &[]), 0.0);
    }
}
