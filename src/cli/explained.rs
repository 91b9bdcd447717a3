//! Explanations as people read them, for `onrecord explain`.

use crate::cli::table::shortened;
use crate::cli::visible::one_line;
use crate::explanation::{
    Considered, Explanation, Fate, Place, QuoteSummary, Refusal, Rival, SourceWeighed, StatementWeighed,
    Weighing, Weight,
};
use anstyle::Style;
use std::fmt::Write;

const BOLD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();

/// So many weights are told on either side.
const WEIGHTS: usize = 6;

/// Longer words are shortened, in characters.
const WORDS: usize = 90;

// Writing to a string can't fail: the results of `write!` below are dropped for that reason.

/// The quotes of an article, to choose one.
pub fn listed(quotes: &[QuoteSummary]) -> String {
    let mut page = String::new();
    for quote in quotes {
        let number = quote.number.map_or_else(|| "–".to_owned(), |number| number.to_string());
        let _ = writeln!(
            page,
            "{number:>3}  {}  {:<8}  {}: {}",
            quote.id,
            quote.kind,
            who(quote),
            shortened(one_line(&quote.words), WORDS)
        );
    }
    if quotes.is_empty() {
        page.push_str("no quotes; type some words of the article to learn why they are none\n");
    }
    page
}

/// A quote and why it is one.
pub fn explained(explanation: &Explanation) -> String {
    let mut page = String::new();
    head(&mut page, &explanation.quote);
    match &explanation.statement {
        Some(statement) => {
            cue(&mut page, statement);
            rivals(&mut page, &explanation.rivals);
            readings(&mut page, statement);
            acceptance(&mut page, statement);
            joined(&mut page, &explanation.joined);
        }
        None => {
            heading(&mut page, "No words report it");
            let why = match explanation.source {
                Some(_) => "It stands in quotation marks, or goes on from such words, and no cue claims it.",
                None => "It stands in quotation marks but is a term, title or nickname: nobody’s statement.",
            };
            line(&mut page, why);
            rivals(&mut page, &explanation.rivals);
        }
    }
    if let Some(found) = &explanation.source {
        source(&mut page, found);
    }
    if let Some(confidence) = &explanation.confidence {
        heading(&mut page, &format!("How sure that makes it: {:.2}", confidence.probability));
        weights(&mut page, confidence);
    }
    page
}

/// Why some words are no statement.
pub fn refused(refusal: &Refusal) -> String {
    let mut page = String::new();
    let _ = writeln!(page, "{BOLD}{}{BOLD:#}", shortened(one_line(&refusal.words), WORDS));
    line(&mut page, "stands in no quote.");
    if refusal.considered.is_empty() {
        line(&mut page, "No words near it looked like a cue, so nothing more was considered.");
    }
    for Considered { words_are, statement } in &refusal.considered {
        let chosen = statement.readings.iter().find(|reading| reading.chosen);
        let (content, source) =
            chosen.map_or(("", ""), |reading| (reading.content.as_str(), reading.source.as_str()));
        let (cue, fate) = (or(&statement.cue, ""), fate(statement.fate, statement.taken_by.as_deref()));
        heading(&mut page, &format!("{cue} was considered: {fate}"));
        line(&mut page, place(*words_are));
        line(
            &mut page,
            &format!("{cue} reports something with probability {}", share(statement.cue_probability)),
        );
        line(&mut page, &format!("said by {}: {}", or(source, "nobody"), or(content, "nothing")));
        line(&mut page, &likelihood(statement));
        if statement.fate != Fate::Accepted {
            weights(&mut page, &statement.acceptance);
        }
    }
    page
}

const fn place(words_are: Place) -> &'static str {
    match words_are {
        Place::Content => "the words are what it would report",
        Place::Source => "the words are its source",
        Place::Cue => "the words are the cue itself",
        Place::Beside => "the words stand in its sentence, but are no part of what it reports",
    }
}

fn heading(page: &mut String, words: &str) {
    let _ = writeln!(page, "\n{BOLD}{words}{BOLD:#}");
}

fn line(page: &mut String, words: &str) {
    let _ = writeln!(page, "  {words}");
}

/// Words in guillemets, shortened, or what is said where there are none.
fn or(words: &str, none: &str) -> String {
    if words.is_empty() { none.to_owned() } else { format!("«{}»", shortened(one_line(words), WORDS)) }
}

/// A probability; one that would be rounded to 0 is told to be more.
fn share(probability: f64) -> String {
    if probability < 0.005 { "<0.01".to_owned() } else { format!("{probability:.2}") }
}

fn who(quote: &QuoteSummary) -> String {
    match (&quote.speaker, &quote.source) {
        (Some(name), _) => one_line(name),
        (None, Some(source)) => format!("({})", one_line(source)),
        (None, None) => "unknown".to_owned(),
    }
}

fn head(page: &mut String, quote: &QuoteSummary) {
    let _ = writeln!(page, "{BOLD}{}{BOLD:#}", one_line(&quote.words));
    let number = quote.number.map(|number| format!("quote {number} · ")).unwrap_or_default();
    let _ = writeln!(page, "{DIM}{number}{} · {}{DIM:#}", quote.kind, quote.id);
    let Some(confidence) = quote.confidence else { return };
    let role = quote.role.as_deref().map(|role| format!(", {}", one_line(role))).unwrap_or_default();
    let printed = quote.source.as_deref().map(|source| format!(", printed as {}", or(source, "")));
    line(page, &format!("speaker     {}{role}{}", who(quote), printed.unwrap_or_default()));
    if let (Some(cue), Some(lemma), Some(class)) = (&quote.cue, &quote.cue_lemma, &quote.cue_class) {
        line(page, &format!("cue         {} ({}, class {class})", or(cue, ""), one_line(lemma)));
    }
    if let Some(method) = &quote.method {
        line(page, &format!("method      {method}: {}", rule(method)));
    }
    if let Some(outlet) = &quote.relayed_by {
        line(page, &format!("relayed by  {}", one_line(outlet)));
    }
    line(page, &format!("confidence  {confidence:.2}"));
}

/// A rule in words.
fn rule(method: &str) -> &'static str {
    match method {
        "verb_before" => "she said …",
        "verb_after" => "…, she said",
        "inverted_verb" => "…, said the minister",
        "colon" => "Reyes: …",
        "dash_signature" => "“…” — Reyes",
        "from_colon" => "From Reyes: …",
        "according_to" => "according to Reyes",
        "same_paragraph" => "a further quotation in the paragraph of somebody who speaks or acts there",
        "open_paragraph" => "the quotation of the paragraph before goes on",
        "dialogue_turn" => "two people take turns",
        "floating" => "no cue; given to who spoke or was named last",
        _ => "no rule names anybody",
    }
}

fn cue(page: &mut String, statement: &StatementWeighed) {
    heading(page, "The cue");
    let (words, probability) = (or(&statement.cue, ""), share(statement.cue_probability));
    line(page, &format!("{words} reports something with probability {probability}"));
}

fn rivals(page: &mut String, rivals: &[Rival]) {
    for rival in rivals {
        let fate = fate(rival.fate, rival.taken_by.as_deref());
        let (cue, probability) = (or(&rival.cue, ""), share(rival.cue_probability));
        let source = or(&rival.source, "nobody");
        line(page, &format!("{cue} ({probability}) was considered for these words too, by {source}: {fate}"));
        line(
            page,
            &format!("{:4}{}, likelihood {}", "", or(&rival.content, "nothing"), share(rival.likelihood)),
        );
    }
}

fn readings(page: &mut String, statement: &StatementWeighed) {
    heading(page, "How it can be read (probability of the labelling, score of the ranking)");
    for reading in &statement.readings {
        let mark = if reading.chosen { "→" } else { " " };
        let (probability, score) = (share(reading.probability), signed(reading.score));
        let (source, content) = (or(&reading.source, "nobody"), or(&reading.content, "nothing"));
        line(page, &format!("{mark} {probability:>5} {score}  {source}: {content}"));
    }
    if let Some(preferred) = &statement.preferred {
        heading(
            page,
            &format!("What sets it apart from the next best: {}", signed(preferred.log_odds).trim()),
        );
        weights(page, preferred);
    }
}

fn acceptance(page: &mut String, statement: &StatementWeighed) {
    heading(page, &format!("Why it is a statement: {}", likelihood(statement)));
    weights(page, &statement.acceptance);
}

fn joined(page: &mut String, joined: &[String]) {
    if !joined.is_empty() {
        heading(page, "What was joined to it, without reporting words of its own");
        joined.iter().for_each(|words| line(page, &or(words, "")));
    }
}

fn likelihood(statement: &StatementWeighed) -> String {
    format!("likelihood {}, {:.2} is needed", share(statement.acceptance.probability), statement.needed)
}

fn fate(fate: Fate, taken_by: Option<&str>) -> String {
    match (fate, taken_by) {
        (Fate::Accepted, _) => "accepted".to_owned(),
        (Fate::Unlikely, _) => "refused as too unlikely".to_owned(),
        (Fate::ReportsNothing, _) => "refused, as it reports nothing".to_owned(),
        (Fate::WordsTaken, Some(cue)) => format!("refused, as the likelier {} has its words", or(cue, "")),
        (Fate::WordsTaken, None) => "refused, as a likelier one has its words".to_owned(),
    }
}

/// The heaviest weights for and against, and the sum of the others.
fn weights(page: &mut String, weighing: &Weighing) {
    let (fors, againsts): (Vec<&Weight>, Vec<&Weight>) =
        weighing.weights.iter().partition(|weight| weight.log_odds > 0.0);
    let told = fors.into_iter().take(WEIGHTS).chain(againsts.into_iter().take(WEIGHTS));
    let mut rest = weighing.log_odds;
    for weight in told {
        rest -= weight.log_odds;
        line(page, &format!("{}  {}", signed(weight.log_odds), one_line(&weight.looks_at)));
    }
    if rest.abs() >= 0.005 {
        line(page, &format!("{}  everything else together", signed(rest)));
    }
}

/// A number with a true minus, 6 wide.
fn signed(number: f64) -> String {
    format!("{number:>+6.2}").replace('-', "−")
}

fn source(page: &mut String, source: &SourceWeighed) {
    heading(page, "Who says it");
    if let Some(reason) = source.unknown_reason {
        line(page, &format!("nobody is named ({reason}): {}", unknown(reason)));
    }
    if let (Some(mention), Some(kind)) = (&source.mention, source.kind) {
        let method = source.method.unwrap_or_default();
        line(page, &format!("{}, a mention of kind {kind}, by the rule {method}", or(mention, "")));
    }
    match (&source.stands_for, &source.mention) {
        (Some(stands), _) => {
            let (name, sure, needed) = (one_line(&stands.name), share(stands.sure), stands.needed);
            line(
                page,
                &format!("stands for {name}, sure to {sure}; {needed:.2} is needed to name a speaker"),
            );
        }
        (None, Some(_)) => line(page, "nobody is known whom it stands for"),
        (None, None) => {}
    }
    if !source.antecedents.is_empty() {
        let each = source.antecedents.iter();
        let each: Vec<String> =
            each.map(|one| format!("{} {}", one_line(&one.name), signed(one.score).trim())).collect();
        line(page, &format!("it could stand for: {}", each.join(", ")));
    }
    candidates(page, source);
}

fn unknown(reason: &str) -> &'static str {
    match reason {
        "no_cue" => "no reporting words, and nobody near enough who speaks",
        "tie" => "two candidates are as likely",
        "pronoun_unresolved" => "it isn’t clear whom the pronoun stands for",
        _ => "the reporting words name nobody",
    }
}

/// So many candidates for the source are told.
const CANDIDATES: usize = 5;

fn candidates(page: &mut String, source: &SourceWeighed) {
    if !source.candidates.is_empty() {
        line(page, "candidates, one a person (share of the probability, score):");
    }
    for candidate in source.candidates.iter().take(CANDIDATES) {
        let mark = if candidate.chosen { "→" } else { " " };
        let stands = candidate.stands_for.as_deref().filter(|name| *name != candidate.mention);
        let stands = stands.map(|name| format!(", {}", one_line(name))).unwrap_or_default();
        let (share, score, mention) =
            (share(candidate.share), signed(candidate.score), or(&candidate.mention, ""));
        line(page, &format!("{mark} {share:>5} {score}  {mention}{stands}"));
        let terms = candidate.terms.iter();
        let terms: Vec<String> =
            terms.map(|term| format!("{} {}", signed(term.log_odds).trim(), term.what)).collect();
        line(page, &format!("{:16}{DIM}{}{DIM:#}", "", terms.join("; ")));
    }
}
