//! What holds for any document and its analysis: asserted by `tests/invariants.rs` and by `fuzz/`.

#![allow(dead_code, reason = "each program uses a part of it")]

use onrecord::model::{Analysis, Attribution, Document, MentionIdx, QuoteKind, Source};
use onrecord::record::{Record, Sentences, quote_ids, record};
use onrecord::span::Span;
use std::collections::BTreeSet;

/// Asserts everything.
pub fn check(document: &Document, analysis: &Analysis) {
    check_analysis(document, analysis);
    check_record(document, analysis);
}

/// Asserts what can be seen without writing a record.
pub fn check_analysis(document: &Document, analysis: &Analysis) {
    check_tokens(document, analysis);
    check_quotes(document, analysis);
    check_sources(document, analysis);
}

fn check_span(document: &Document, span: Span) {
    let words = document.text.as_str().get(span.range());
    let words = words.unwrap_or_else(|| panic!("{span:?} isn't on the bounds of characters"));
    assert!(
        !words.is_empty() && words == words.trim(),
        "{words:?} at {span:?} is empty or has white space at its edges"
    );
}

fn check_tokens(document: &Document, analysis: &Analysis) {
    let text = document.text.as_str();
    let mut at = 0;
    for token in &analysis.tokens {
        check_span(document, token.span);
        let range = token.span.range();
        assert!(text[at..range.start].trim().is_empty(), "only white space between tokens");
        at = range.end;
    }
    assert!(text[at..].trim().is_empty(), "the last token ends the text");
    let covered: u32 = analysis.sentences.iter().map(|sentence| sentence.tokens.len() as u32).sum();
    assert_eq!(covered as usize, analysis.tokens.len(), "sentences cover every token once");
    analysis.sentences.iter().for_each(|sentence| check_span(document, sentence.span));
}

fn check_quotes(document: &Document, analysis: &Analysis) {
    let starts: Vec<u32> = analysis.quotes.iter().map(|quote| quote.parts[0].start()).collect();
    assert!(starts.is_sorted(), "quotes stand in text order");
    for (index, quote) in analysis.quotes.iter().enumerate() {
        quote.parts.iter().for_each(|&part| check_span(document, part));
        let in_order = quote.parts.windows(2).all(|pair| pair[0].end() <= pair[1].start());
        assert!(in_order, "parts of a quote stand in order: {:?}", quote.parts);
        assert!(
            quote.nested_in.is_none_or(|outer| outer.at() < analysis.quotes.len() && outer.at() != index)
        );
    }
}

fn check_sources(document: &Document, analysis: &Analysis) {
    let mentions: Vec<Span> = analysis.mentions.iter().map(|mention| mention.span).collect();
    mentions.iter().for_each(|&span| check_span(document, span));
    analysis.mentions.iter().for_each(|mention| check_span(document, mention.printed));
    assert!(mentions.is_sorted_by_key(|span| span.start()), "mentions stand in text order");
    for mention in &analysis.mentions {
        assert!(mention.entity.is_none_or(|entity| entity.at() < analysis.entities.len()));
    }
    assert!(analysis.entities.iter().all(|entity| !entity.name.trim().is_empty()), "entities have names");
    let quotes = (0..).zip(&analysis.quotes).filter(|(_, quote)| quote.kind != QuoteKind::Scare);
    let spoken: Vec<u32> = quotes.map(|(index, _)| index).collect();
    let attributed: Vec<u32> = analysis.attributions.iter().map(|attribution| attribution.quote.0).collect();
    assert_eq!(attributed, spoken, "one attribution a quote that is no scare quote, in their order");
    analysis.attributions.iter().for_each(|attribution| check_attribution(document, analysis, attribution));
}

fn check_attribution(document: &Document, analysis: &Analysis, attribution: &Attribution) {
    let share = |share: f32| (0.0..=1.0).contains(&share);
    let known = |mention: MentionIdx| mention.at() < analysis.mentions.len();
    attribution.cue.iter().for_each(|cue| check_span(document, cue.span));
    assert!(share(attribution.confidence), "{attribution:?}");
    assert!(attribution.relayed_by.is_none_or(known));
    let shares: Vec<f32> = attribution.runners_up.iter().map(|&(_, share)| share).collect();
    assert!(shares.len() <= 3 && shares.iter().all(|&runner| share(runner)), "{attribution:?}");
    assert!(shares.is_sorted_by(|a, b| a >= b), "runners-up stand best first: {attribution:?}");
    assert!(attribution.runners_up.iter().all(|&(mention, _)| known(mention)));
    match attribution.source {
        Source::Speaker { mention, speaker } => {
            assert!(known(mention) && speaker.at() < analysis.entities.len())
        }
        Source::Mention(mention) => assert!(known(mention)),
        // The confidence is then how sure it is a statement of nobody named.
        Source::Unknown(_) => {}
    }
}

/// The record's code points are the bytes of the analysis, and its line of JSON reads back.
fn check_record(document: &Document, analysis: &Analysis) {
    let record = record(document, analysis, Sentences::Include);
    let chars: Vec<char> = record.text.chars().collect();
    for (quote, printed) in analysis.quotes.iter().zip(&record.quotes) {
        let words = |&[start, end]: &[u32; 2]| chars[start as usize..end as usize].iter().collect::<String>();
        let printed: Vec<String> = printed.content.iter().map(words).collect();
        let parts = quote.parts.iter().map(|&part| document.text.slice(part));
        assert!(parts.eq(printed.iter().map(String::as_str)), "a quote is verbatim");
    }
    let line = serde_json::to_string(&record).unwrap();
    assert_eq!(serde_json::from_str::<Record>(&line).unwrap(), record);
    let ids: BTreeSet<String> = quote_ids(&document.key, document, analysis).into_iter().collect();
    assert_eq!(ids.len(), analysis.quotes.len(), "ids of quotes are unique");
}
