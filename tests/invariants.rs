//! What holds for any text whatever: no panic, exact spans, the same result twice, linear time.
//!
//! `PROPTEST_CASES=20000` looks longer.

mod promises;
mod texts;

use onrecord::model::Markup;
use onrecord::pipeline::analyse;
use onrecord::span::Span;
use proptest::prelude::*;
use std::time::{Duration, Instant};
use texts::{ENGINE, document};

/// Analyses a text twice and asserts everything that is promised of it.
fn check(text: &str, markup: Markup) {
    let document = document(text, markup);
    let analysis = analyse(&document, &ENGINE);
    promises::check(&document, &analysis);
    assert_eq!(analysis, analyse(&document, &ENGINE), "the same text gives the same analysis");
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
        "(it is shut|the bridge would open|that|on Monday|in Geneva|to stay|for 5'11\"|and|but|a “rusty bridge”|the film “Long Way”)",
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
    for text in ["'she said'–", "'a'-", "Ann: .", "«,»"] {
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
        promises::check_analysis(&document, &analysis);
    }
    assert!(slow.is_empty(), "{slow:?}");
}
