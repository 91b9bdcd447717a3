//! Golden files by stage: small invented texts in `tests/golden/STAGE/*.txt`, and beside each, in a
//! `.out`, what the program makes of them today.
//!
//! A case is a line `=== name` and the text up to the next. `UPDATE=1 cargo test --test golden` writes
//! the `.out` files anew; read the diff. A result that is known to be wrong has `FIXME` and what it
//! should be in its name.

mod texts;

use onrecord::model::{Analysis, Attribution, Document, Markup, MentionIdx, Quote, QuoteIdx, Source};
use onrecord::pipeline::analyse;
use onrecord::quotes::marks::{Region, regions};
use onrecord::segment::segment;
use onrecord::span::Span;
use onrecord::tagging::tag;
use std::fs;
use std::path::{Path, PathBuf};
use texts::{ENGINE, document};

#[test]
fn sentences_and_tokens() {
    check("segment", sentences);
}

#[test]
fn regions_and_statements() {
    check("quotes", quotes);
}

#[test]
fn quotes_and_speakers() {
    check("attribution", speakers);
}

/// Compares what `render` makes of every case of a stage with its `.out` file, or writes that.
fn check(stage: &str, render: fn(&Document) -> Vec<String>) {
    let files = inputs(stage);
    assert!(!files.is_empty(), "{stage} has cases");
    let wrong = files.iter().filter_map(|input| check_file(input, render));
    let wrong: Vec<String> = wrong.collect();
    assert!(wrong.is_empty(), "{}\n\nIf that is right: UPDATE=1 cargo test --test golden", wrong.join("\n"));
}

fn inputs(stage: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(stage);
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<PathBuf> = files.collect();
    files.sort();
    let (inputs, outputs): (Vec<_>, Vec<_>) =
        files.into_iter().partition(|path| path.extension().is_some_and(|extension| extension == "txt"));
    let stray: Vec<_> = outputs.iter().filter(|path| !inputs.contains(&path.with_extension("txt"))).collect();
    assert!(stray.is_empty(), "no case for {stray:?}");
    inputs
}

/// The first difference between a file's cases and their golden results.
fn check_file(input: &Path, render: fn(&Document) -> Vec<String>) -> Option<String> {
    let cases = fs::read_to_string(input).unwrap();
    let found: String = cases.split("=== ").skip(1).map(|case| rendered(case, render)).collect();
    let golden = input.with_extension("out");
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&golden, &found).unwrap();
        return None;
    }
    let expected = fs::read_to_string(&golden).unwrap_or_default();
    let mut name = "";
    let lines =
        expected.lines().chain(std::iter::repeat("<nothing>")).zip(found.lines().chain(["<nothing>"]));
    for (expected, found) in lines {
        name = if expected.starts_with("=== ") { expected } else { name };
        if expected != found {
            let file = golden.display();
            return Some(format!("{file}, {name}\n  expected {expected}\n  found    {found}"));
        }
    }
    None
}

fn rendered(case: &str, render: fn(&Document) -> Vec<String>) -> String {
    let (name, text) = case.split_once('\n').expect("a case has a text");
    let markup = if name.starts_with("Markdown") { Markup::Markdown } else { Markup::Plain };
    let mut lines = render(&document(text.trim_end(), markup));
    if lines.is_empty() {
        lines.push("nothing".to_owned());
    }
    format!("=== {name}\n{}\n\n", lines.join("\n"))
}

/// One line a sentence: its paragraph and its tokens.
fn sentences(document: &Document) -> Vec<String> {
    let (tokens, sentences) = segment(document, &ENGINE.lexicon);
    let lines = sentences.iter().map(|sentence| {
        let tokens = &tokens[sentence.tokens.start as usize..sentence.tokens.end as usize];
        let words: Vec<&str> = tokens.iter().map(|token| document.text.slice(token.span)).collect();
        format!("{}: {}", sentence.paragraph, words.join(" "))
    });
    lines.collect()
}

/// One line a region, then one line a statement.
fn quotes(document: &Document) -> Vec<String> {
    let (tokens, sentences) = segment(document, &ENGINE.lexicon);
    let tagged = tag(document, tokens, sentences, &ENGINE.lexicon, &ENGINE.models.tagger);
    let regions = regions(&tagged);
    let analysis = analyse(document, &ENGINE);
    let lines = regions.iter().map(|region| region_line(document, region));
    lines.chain(analysis.quotes.iter().map(|quote| content(document, quote))).collect()
}

fn region_line(document: &Document, region: &Region) -> String {
    let open = if region.closed { "" } else { " open" };
    let continues = if region.continues { " continues" } else { "" };
    let depth = "  ".repeat(region.depth as usize);
    let style = format!("{:?}", region.style).to_lowercase();
    format!("region {depth}{style}{open}{continues}: {}", words(document, region.span))
}

/// The kind of a quote and its words, parts set apart by ` + `.
fn content(document: &Document, quote: &Quote) -> String {
    let parts: Vec<String> = quote.parts.iter().map(|&part| words(document, part)).collect();
    format!("{}: {}", quote.kind, parts.join(" + "))
}

fn words(document: &Document, span: Span) -> String {
    document.text.slice(span).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Two lines a quote: its words, and who says them, by which mention, cue and rule.
fn speakers(document: &Document) -> Vec<String> {
    let analysis = analyse(document, &ENGINE);
    let mut lines = Vec::new();
    for (index, quote) in analysis.quotes.iter().enumerate() {
        lines.push(content(document, quote));
        let attribution = analysis.attributions.iter().find(|found| found.quote == QuoteIdx::new(index));
        lines.extend(attribution.map(|found| format!("    {}", speaker(document, &analysis, found))));
    }
    lines
}

fn speaker(document: &Document, analysis: &Analysis, attribution: &Attribution) -> String {
    let printed = |mention: MentionIdx| words(document, analysis.mentions[mention.at()].printed);
    let who = match attribution.source {
        Source::Speaker { mention, speaker } => {
            let entity = &analysis.entities[speaker.at()];
            let role = entity.role.as_ref().map(|role| format!(" ({role})")).unwrap_or_default();
            format!("{}{role}, as «{}»", entity.name, printed(mention))
        }
        Source::Mention(mention) => format!("?, as «{}»", printed(mention)),
        Source::Unknown(reason) => format!("unknown: {reason}"),
    };
    let cue =
        attribution.cue.as_ref().map(|cue| format!("; {} ({})", cue.lemma, cue.class)).unwrap_or_default();
    let relay =
        attribution.relayed_by.map(|relay| format!("; relayed by {}", printed(relay))).unwrap_or_default();
    format!("{who}; {}{cue}{relay}", attribution.method)
}
