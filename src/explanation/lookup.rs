//! Which quote of an article somebody means who typed a number, an id or some words.

use crate::model::{Analysis, Document, QuoteIdx};
use crate::span::Span;

/// What was typed means.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Asked {
    One(QuoteIdx),
    /// A part of several quotes, in their order.
    Several(Vec<QuoteIdx>),
    /// Words of the article that stand in no quote.
    Words(Span),
    Nothing,
}

/// Fewer characters than this are no beginning of an id.
const LEAST_ID: usize = 3;

/// Finds what `typed` means. `numbered` are the quotes that have a number, from 1 on; `ids` has one id a quote.
pub fn asked(
    document: &Document,
    analysis: &Analysis,
    numbered: &[QuoteIdx],
    ids: &[String],
    typed: &str,
) -> Asked {
    let typed = typed.trim();
    let number: Option<usize> = typed.parse().ok();
    if let Some(&quote) = number.and_then(|number| numbered.get(number.checked_sub(1)?)) {
        return Asked::One(quote);
    }
    let lower = typed.to_ascii_lowercase();
    let has_id = |quote: &usize| typed.len() >= LEAST_ID && ids[*quote].starts_with(&lower);
    let with_id: Vec<QuoteIdx> = (0..ids.len()).filter(has_id).map(QuoteIdx::new).collect();
    if !with_id.is_empty() {
        return one_or_several(with_id);
    }
    let places = places(document.text.as_str(), typed);
    let held = held(analysis, &places);
    match places.first() {
        None => Asked::Nothing,
        Some(&place) if held.is_empty() => Asked::Words(place),
        Some(_) => one_or_several(held),
    }
}

fn one_or_several(quotes: Vec<QuoteIdx>) -> Asked {
    if let [quote] = quotes[..] { Asked::One(quote) } else { Asked::Several(quotes) }
}

/// The quotes that hold a place, or a part of it. Both lists are in text order, but for parts of quotes that
/// are broken: a quote's parts are looked for among the places by bisection.
fn held(analysis: &Analysis, places: &[Span]) -> Vec<QuoteIdx> {
    let holds = |part: &Span| {
        let first = places.partition_point(|place| place.end() <= part.start());
        places.get(first).is_some_and(|place| place.start() < part.end())
    };
    let quotes = analysis.quotes.iter().enumerate();
    quotes.filter(|(_, quote)| quote.parts.iter().any(holds)).map(|(index, _)| QuoteIdx::new(index)).collect()
}

/// Where words stand in a text, whatever the case, white space and form of quotation marks.
fn places(text: &str, words: &str) -> Vec<Span> {
    let (wanted, _) = plain(words);
    let wanted = wanted.trim();
    if !wanted.chars().any(char::is_alphanumeric) {
        return Vec::new();
    }
    let (plain, origins) = plain(text);
    let found =
        plain.match_indices(wanted).map(|(start, _)| (origins[start], origins[start + wanted.len() - 1]));
    found
        .map(|(first, last)| {
            let length = text[last..].chars().next().map_or(0, char::len_utf8);
            Span::from_bounds(first, last + length)
        })
        .collect()
}

/// A text in small letters, single spaces and typewriter marks, and for each of its bytes the byte of `text`
/// where the character begins that it is from.
fn plain(text: &str) -> (String, Vec<usize>) {
    let (mut plain, mut origins) = (String::with_capacity(text.len()), Vec::with_capacity(text.len()));
    for (at, letter) in text.char_indices() {
        match letter {
            '‘' | '’' | '‚' | '‛' => plain.push('\''),
            '“' | '”' | '„' | '«' | '»' => plain.push('"'),
            _ if letter.is_whitespace() && plain.ends_with(' ') => {}
            _ if letter.is_whitespace() => plain.push(' '),
            _ => plain.extend(letter.to_lowercase()),
        }
        origins.resize(plain.len(), at);
    }
    (plain, origins)
}

#[cfg(test)]
mod tests {
    use super::{Asked, asked, places};
    use crate::model::{Analysis, Document, Quote, QuoteIdx, QuoteKind, RawArticle};
    use crate::span::Span;
    use crate::text::document;

    const TEXT: &str =
        "Ann Reyes said the bridge\nis shut. “It’s over,” she said, “the bridge is gone.” Rain fell.";

    fn article() -> (Document, Analysis) {
        let document = document(RawArticle::plain("a", TEXT));
        let part = |words: &str| {
            let start = TEXT.find(words).unwrap();
            Span::from_bounds(start, start + words.len())
        };
        let quote = |parts: &[&str]| Quote {
            parts: parts.iter().map(|words| part(words)).collect(),
            kind: QuoteKind::Direct,
            closed: true,
            nested_in: None,
        };
        let quotes = vec![quote(&["the bridge\nis shut"]), quote(&["“It’s over,”", "“the bridge is gone.”"])];
        (document, Analysis { quotes, ..Analysis::default() })
    }

    fn find(typed: &str) -> Asked {
        let (document, analysis) = article();
        let ids = ["1234567890abcdef", "12345fffffffffff"].map(str::to_owned);
        asked(&document, &analysis, &[QuoteIdx(0), QuoteIdx(1)], &ids, typed)
    }

    #[test]
    fn by_number() {
        assert_eq!(find("2"), Asked::One(QuoteIdx(1)));
        assert_eq!(find("3"), Asked::Nothing);
        assert_eq!(find("0"), Asked::Nothing);
    }

    #[test]
    fn by_the_beginning_of_an_id() {
        assert_eq!(find("123456"), Asked::One(QuoteIdx(0)));
        assert_eq!(find("12345F"), Asked::One(QuoteIdx(1)));
        assert_eq!(find("12345"), Asked::Several(vec![QuoteIdx(0), QuoteIdx(1)]));
    }

    #[test]
    fn by_words() {
        assert_eq!(find("bridge is SHUT"), Asked::One(QuoteIdx(0)));
        assert_eq!(find("\"it's  over"), Asked::One(QuoteIdx(1)));
        assert_eq!(find("is gone"), Asked::One(QuoteIdx(1)));
        assert_eq!(find("the bridge is"), Asked::Several(vec![QuoteIdx(0), QuoteIdx(1)]));
    }

    #[test]
    fn words_in_no_quote_have_their_place() {
        let Asked::Words(span) = find("rain  fell") else { panic!("{:?}", find("rain fell")) };
        assert_eq!(&TEXT[span.range()], "Rain fell");
        assert_eq!(find("snow fell"), Asked::Nothing);
        assert_eq!(find(" … "), Asked::Nothing);
        assert_eq!(find(""), Asked::Nothing);
    }

    #[test]
    fn places_stand_on_the_bounds_of_characters() {
        for (text, words) in [("İ İstanbul ß", "i̇stanbul"), ("a 🙂 b", "🙂 b"), ("“Ça va”", "ÇA VA\"")]
        {
            for place in places(text, words) {
                assert!(text.get(place.range()).is_some(), "{text}");
            }
        }
        assert_eq!(places("“Ça va”", "ÇA VA\"").len(), 1);
    }
}
