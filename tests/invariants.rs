//! What holds for any text whatever: no panic, exact spans, the same result twice, linear time.
//!
//! `PROPTEST_CASES=20000` looks longer.

mod texts;

use onrecord::model::{Analysis, Attribution, Document, Markup, MentionIdx, QuoteKind, Source};
use onrecord::pipeline::analyse;
use onrecord::record::{Record, Sentences, quote_ids, record};
use onrecord::span::Span;
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use texts::{ENGINE, document};

/// Analyses a text twice and asserts everything that this file promises.
fn check(text: &str, markup: Markup) {
    let document = document(text, markup);
    let analysis = analyse(&document, &ENGINE);
    check_tokens(&document, &analysis);
    check_quotes(&document, &analysis);
    check_sources(&document, &analysis);
    check_record(&document, &analysis);
    assert_eq!(analysis, analyse(&document, &ENGINE), "the same text gives the same analysis");
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
        Source::Unknown(_) => assert_eq!(attribution.confidence, 0.0, "nobody is named with no confidence"),
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
    let ids: BTreeSet<String> = quote_ids(document, analysis).into_iter().collect();
    assert_eq!(ids.len(), analysis.quotes.len(), "ids of quotes are unique");
}

/// Text in which marks are frequent and seldom balanced.
fn marks() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        3 => "[“”\"‘’'«»‹›„‚「」『』`]{1,2}",
        3 => "(she said|said Reyes|he added|It is|shut|farmers|[A-Z][a-z]{2,5}|5|rock|’tis|90s)",
        2 => "[ ,.:;!?—–-]{1,2}",
        2 => Just(" ".to_owned()),
        1 => "\n\n?(> |- |# )?",
        1 => any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

/// Text made of what news is made of, in any order.
fn newsish() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        "(Ann Reyes|Reyes|Mr\\. Ito|the minister|officials|she|he|they|it|the report|Orbo Inc\\.|Reuters|the US president)",
        "(said|says|told|according to|claimed that|was quoted as saying|denied|has warned that|asked whether|wrote on|saying|who)",
        "(it is shut|the bridge would open|that|on Monday|in Geneva|to stay|for 5'11\"|and|but|a “wasted meeting”|the film “Long Way”)",
        "(“It is|shut\\.”|,” |: “|\"No,\"|‘Yes’|“|”|\"|'|’s)",
        "([,.:;?!—]|\n\n|\\.\n|\n> )",
    ];
    prop::collection::vec(word, 0..80).prop_map(|words| words.join(" "))
}

fn markup() -> impl Strategy<Value = Markup> {
    prop_oneof![Just(Markup::Plain), Just(Markup::Markdown)]
}

/// Texts that once broke a promise, found by the tests below and by fuzzing.
#[test]
fn texts_that_once_failed() {
    for text in ["'she said'–"] {
        check(text, Markup::Plain);
        check(text, Markup::Markdown);
    }
}

proptest! {
    // A failure goes into the list above, where it has a name.
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text(text in any::<String>(), markup in markup()) {
        check(&text, markup);
    }

    #[test]
    fn any_printable_text(text in "(\\PC|\n){0,300}", markup in markup()) {
        check(&text, markup);
    }

    #[test]
    fn any_marks(text in marks(), markup in markup()) {
        check(&text, markup);
    }

    #[test]
    fn any_news(text in newsish(), markup in markup()) {
        check(&text, markup);
    }

    /// A paragraph ends whatever was wrong in it: what follows a blank line is found the same.
    #[test]
    fn a_bad_mark_costs_its_paragraph_at_most(text in marks()) {
        let good = "The bridge is shut. Ann Reyes said: “It will stay shut.” Nobody else spoke.";
        let whole = document(format!("{text}\n\nIt rained.\n\n{good}"), Markup::Plain);
        let analysis = analyse(&whole, &ENGINE);
        let words = |span: &Span| whole.text.slice(*span) == "“It will stay shut.”";
        prop_assert!(analysis.quotes.iter().any(|quote| quote.parts.iter().any(words)), "{:?}", text);
    }
}

/// Texts that no newspaper prints, by name.
fn hostile() -> Vec<(&'static str, String)> {
    const SIZE: usize = 300_000;
    let fill = |piece: &str| piece.repeat(SIZE / piece.len());
    vec![
        ("straight marks", fill("\"")),
        ("opening marks", fill("“")),
        ("closing marks", fill("”")),
        ("opening marks apart", fill("“ ")),
        ("opening marks and words", fill("“a ")),
        ("single opening marks and words", fill("‘a ")),
        ("apostrophes", fill("'")),
        ("apostrophes apart", fill(" '")),
        ("apostrophes and letters", fill("'a ")),
        ("quoted letters", fill("\"a\" ")),
        ("quoted words in paragraphs", fill("“Yes,” she said.\n\n")),
        ("open quotations in paragraphs", fill("“Yes, she said.\n\n")),
        ("low opening marks", fill("„")),
        ("guillemets", fill("«a ")),
        ("cues", fill("said ")),
        ("cues with that", fill("said that ")),
        ("cues with particles", fill("pointed out ")),
        ("cues with commas", fill("said, ")),
        ("gerunds", fill("saying ")),
        ("commas", fill(",")),
        ("commas apart", fill(", ")),
        ("relays", fill("according to Reuters, ")),
        ("one sentence", "word and ".repeat(30_000)),
        ("one sentence with cues", "she said that he claimed ".repeat(12_000)),
        ("names", "Ann Reyes ".repeat(50_000)),
        ("different names", (0..30_000).map(|n| format!("Ann Reyes{n} said so. ")).collect()),
        ("namesakes", (0..30_000).map(|n| format!("Ann{n} Reyes said so. Reyes said no. ")).collect()),
        ("pronouns", "he said she said ".repeat(18_000)),
        ("roles", "the minister said the minister, a minister, ".repeat(7_000)),
        ("colons", fill("Reyes: ")),
        ("labels", fill("Reyes: yes\n\n")),
        ("dashes", fill("“Yes” — Ann Reyes\n\n")),
        ("brackets", fill("(a ")),
        ("genitives", fill("Reyes's ")),
        ("conjunctions", fill("Reyes and ")),
        ("prepositions", fill("the head of ")),
        ("relative clauses", fill("the man who said that ")),
        ("block quotations", fill("> a\n")),
        ("lines", fill("a\n")),
        ("paragraphs", fill("a\n\n")),
        ("infinitives", fill("to say ")),
        ("auxiliaries", fill("has been ")),
        ("adverbs", fill("never ")),
        ("adjectives", fill("big ")),
    ]
}

#[test]
fn hostile_texts_take_linear_time() {
    let mut slow = Vec::new();
    for (name, text) in hostile() {
        let document = document(text, Markup::Plain);
        let started = Instant::now();
        let analysis = analyse(&document, &ENGINE);
        let took = started.elapsed();
        println!("{:>8.3} s {:>8} bytes  {name}", took.as_secs_f64(), document.text.as_str().len());
        if took > Duration::from_secs(5) {
            slow.push((name, took));
        }
        check_tokens(&document, &analysis);
        check_quotes(&document, &analysis);
        check_sources(&document, &analysis);
    }
    assert!(slow.is_empty(), "{slow:?}");
}
