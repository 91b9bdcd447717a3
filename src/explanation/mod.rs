//! Why the program takes some words for a statement, or doesn't, and why it gives them to whom.
//!
//! The analysis keeps only what it decided. Here one article is analysed once more and all that was weighed
//! is kept: [`explain`] is where to begin.

pub mod facts;
pub mod lookup;
pub mod source;
pub mod statement;
pub mod trace;
pub mod weighing;

use crate::explanation::lookup::{Asked, asked};
use crate::explanation::trace::{Trace, trace};
use crate::lexicon::feature_names::FeatureNames;
use crate::model::{Analysis, Document, QuoteIdx, QuoteKind};
use crate::pipeline::{Engine, Stages, analyse, stages};
use crate::quotes::learned::reading::shared;
use crate::quotes::learned::view::View;
use crate::quotes::scene::Scene;
use crate::quotes::{hints, marks, outermost};
use crate::record::{RecordQuote, Sentences, decimal, record};
use crate::span::Span;
use serde::Serialize;
use std::ops::Range;

/// What there is to say to somebody who asks for an explanation.
#[derive(Clone, PartialEq, Debug)]
pub enum Answer {
    Quote(Box<Explanation>),
    /// The words are nobody's statement.
    Refusal(Box<Refusal>),
    /// The quotes of the article, since none was asked for.
    All(Vec<QuoteSummary>),
    /// What was typed means several quotes.
    Several(Vec<QuoteSummary>),
    /// What was typed stands nowhere; the article has so many quotes.
    Nothing(usize),
}

/// A quote in short.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct QuoteSummary {
    /// As `show` counts; scare quotes have none.
    pub number: Option<usize>,
    pub id: String,
    #[serde(rename = "type")]
    pub kind: &'static str,
    pub words: String,
    pub cue: Option<String>,
    pub cue_lemma: Option<String>,
    pub cue_class: Option<String>,
    /// As printed.
    pub source: Option<String>,
    pub speaker: Option<String>,
    pub role: Option<String>,
    pub method: Option<String>,
    pub confidence: Option<f64>,
    pub unknown_reason: Option<String>,
    pub relayed_by: Option<String>,
}

/// Why a quote is one, and why its source is who it is.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Explanation {
    pub quote: QuoteSummary,
    /// `None` where no cue led to it.
    pub statement: Option<StatementWeighed>,
    /// Quotations without a cue of their own that were joined to it.
    pub joined: Vec<String>,
    /// Other cues that were considered for the same words, the likeliest first.
    pub rivals: Vec<Rival>,
    /// `None` for a scare quote, as is the next.
    pub source: Option<SourceWeighed>,
    pub confidence: Option<Weighing>,
}

/// Why some words are no statement.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Refusal {
    pub words: String,
    /// The cues near them that were considered, the likeliest to claim the words first.
    pub considered: Vec<Considered>,
}

/// A cue near words that are no statement.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Considered {
    /// What the words are to it.
    pub words_are: Place,
    #[serde(flatten)]
    pub statement: StatementWeighed,
}

/// What some words are to a cue with its best reading.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    Content,
    Source,
    Cue,
    /// In the same sentence, but no part of it.
    Beside,
}

/// What became of a candidate.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Fate {
    Accepted,
    /// Less likely than a statement must be.
    Unlikely,
    /// Its best reading has no words that it reports.
    ReportsNothing,
    /// A likelier candidate has its words.
    WordsTaken,
}

/// A cue and the statement that it would make, in short.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Rival {
    pub cue: String,
    pub cue_probability: f64,
    pub source: String,
    pub content: String,
    pub likelihood: f64,
    pub fate: Fate,
    /// The cue of the statement that has the words.
    pub taken_by: Option<String>,
}

/// A cue, its readings, and why the best of them is a statement or none.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct StatementWeighed {
    pub cue: String,
    pub cue_probability: f64,
    /// The likeliest labelling first.
    pub readings: Vec<ReadingWeighed>,
    /// What sets the chosen reading apart from the next best; `None` where it is the only one.
    pub preferred: Option<Weighing>,
    pub acceptance: Weighing,
    /// The likelihood from which on a candidate is a statement.
    pub needed: f64,
    pub fate: Fate,
    pub taken_by: Option<String>,
}

/// One way to read a cue.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct ReadingWeighed {
    pub source: String,
    pub content: String,
    /// Of the labelling as a whole.
    pub probability: f64,
    /// How it was ranked, a log-odds.
    pub score: f64,
    pub chosen: bool,
}

/// What a model summed up.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Weighing {
    pub log_odds: f64,
    pub probability: f64,
    /// Those that mattered, the heaviest first.
    pub weights: Vec<Weight>,
}

/// What one template contributed.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Weight {
    pub template: u32,
    pub looks_at: String,
    pub log_odds: f64,
}

/// How the source was chosen.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct SourceWeighed {
    /// The rule that named it.
    pub method: Option<&'static str>,
    pub mention: Option<String>,
    pub kind: Option<&'static str>,
    pub stands_for: Option<StandsFor>,
    /// Whom a pronoun can stand for, the best first.
    pub antecedents: Vec<AntecedentWeighed>,
    /// One a person, the best first.
    pub candidates: Vec<CandidateWeighed>,
    /// The share that no candidate has.
    pub nobody: f64,
    pub unknown_reason: Option<&'static str>,
}

/// Whom a mention stands for.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct StandsFor {
    pub name: String,
    pub role: Option<String>,
    pub sure: f64,
    /// So sure it must be to be told as the speaker.
    pub needed: f64,
}

#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct AntecedentWeighed {
    pub name: String,
    /// A log-odds against the others.
    pub score: f64,
}

/// A mention that could be the source.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct CandidateWeighed {
    pub mention: String,
    pub stands_for: Option<String>,
    /// A log-odds against there being no source.
    pub score: f64,
    /// Of the probability, among all candidates and nobody.
    pub share: f64,
    pub chosen: bool,
    pub terms: Vec<TermWeighed>,
}

#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct TermWeighed {
    pub what: &'static str,
    pub log_odds: f64,
}

/// Other cues told beside a quote, and cues told of words that are no statement.
const TOLD: usize = 4;

/// Explains what `typed` means in a document: a quote by its number, the beginning of its id or some of its
/// words, or other words of the text. Without `typed` lists the quotes.
pub fn explain(document: &Document, engine: &Engine, names: &FeatureNames, typed: Option<&str>) -> Answer {
    // Twice the work of an analysis, once somebody asks.
    let analysis = analyse(document, engine);
    let summaries = summaries(document, &analysis);
    let Some(typed) = typed else { return Answer::All(summaries) };
    let ids: Vec<String> = summaries.iter().map(|summary| summary.id.clone()).collect();
    let numbered: Vec<QuoteIdx> =
        (0..ids.len()).filter(|&quote| summaries[quote].number.is_some()).map(QuoteIdx::new).collect();
    let quotes = match asked(document, &analysis, &numbered, &ids, typed) {
        Asked::Nothing => return Answer::Nothing(numbered.len()),
        Asked::Several(quotes) => {
            return Answer::Several(quotes.iter().map(|quote| summaries[quote.at()].clone()).collect());
        }
        found => found,
    };
    let stages = stages(document, engine);
    let regions = marks::regions(&stages.tagged);
    let region_at = outermost(&stages.tagged, &regions);
    let scene = Scene { tagged: &stages.tagged, regions: &regions, region_at: &region_at };
    let (view, hints) = (View::new(scene), hints(scene));
    let trace = trace(&view, &hints, &engine.models.statements);
    match quotes {
        Asked::One(quote) => {
            let summary = summaries[quote.at()].clone();
            Answer::Quote(Box::new(explanation(&stages, &trace, engine, names, (quote, summary))))
        }
        Asked::Words(span) => Answer::Refusal(Box::new(refusal(&trace, names, span))),
        Asked::Several(_) | Asked::Nothing => Answer::Nothing(numbered.len()),
    }
}

fn explanation(
    stages: &Stages,
    trace: &Trace,
    engine: &Engine,
    names: &FeatureNames,
    (asked, quote): (QuoteIdx, QuoteSummary),
) -> Explanation {
    let found = &stages.statements[asked.at()];
    let index =
        found.likelihood.and(found.cue.as_ref()).and_then(|cue| trace.candidate_from(cue.tokens.start));
    let rivals = trace.rivals(&found.parts, index).into_iter().take(TOLD);
    let confidence = &engine.models.confidence;
    let (source, confidence) = source::source(stages, trace, names, confidence, asked).unzip();
    Explanation {
        quote,
        statement: index.map(|index| statement::statement(trace, names, index)),
        joined: index.map(|index| joined(trace, index, &found.parts)).unwrap_or_default(),
        rivals: rivals.map(|rival| statement::rival(trace, rival)).collect(),
        source,
        confidence,
    }
}

/// The words of those `parts` of a statement that its candidate doesn't have.
fn joined(trace: &Trace, index: usize, parts: &[Range<usize>]) -> Vec<String> {
    let content = &trace.candidates[index].reading.content;
    let each = parts.iter().map(std::slice::from_ref).filter(|part| shared(content, part) == 0);
    each.map(|part| statement::words(trace.view, part)).collect()
}

fn refusal(trace: &Trace, names: &FeatureNames, span: Span) -> Refusal {
    let tagged = trace.view.tagged();
    let considered = tokens(trace, span).map(|tokens| trace.near(&tokens)).unwrap_or_default();
    let considered = considered.into_iter().take(TOLD).map(|(words_are, index)| Considered {
        words_are,
        statement: statement::statement(trace, names, index),
    });
    Refusal { words: tagged.document.text.slice(span).to_owned(), considered: considered.collect() }
}

/// The tokens that a span touches.
fn tokens(trace: &Trace, span: Span) -> Option<Range<usize>> {
    let tokens = &trace.view.tagged().tokens;
    let start = tokens.partition_point(|token| token.span.end() <= span.start());
    let end = tokens.partition_point(|token| token.span.start() < span.end());
    (start < end).then_some(start..end)
}

fn summaries(document: &Document, analysis: &Analysis) -> Vec<QuoteSummary> {
    let printed = |spans: &[Span]| {
        let words: Vec<&str> = spans.iter().map(|&span| document.text.slice(span)).collect();
        words.join(" … ")
    };
    let mut attributions = vec![None; analysis.quotes.len()];
    for attribution in &analysis.attributions {
        attributions[attribution.quote.at()] = Some(attribution);
    }
    let mut count = 0;
    let records = record(document, analysis, Sentences::Leave).quotes;
    let each = analysis.quotes.iter().zip(records).zip(attributions);
    each.map(|((quote, record), attribution)| {
        count += usize::from(quote.kind != QuoteKind::Scare);
        let cue = attribution.and_then(|attribution| attribution.cue.as_ref());
        let mention = attribution.and_then(|attribution| attribution.source.mention());
        QuoteSummary {
            number: (quote.kind != QuoteKind::Scare).then_some(count),
            kind: quote.kind.as_str(),
            words: printed(&quote.parts),
            cue: cue.map(|cue| printed(&[cue.span])),
            source: mention.map(|mention| printed(&[analysis.mentions[mention.at()].printed])),
            ..summary(record)
        }
    })
    .collect()
}

/// What a record says of a quote.
fn summary(record: RecordQuote) -> QuoteSummary {
    QuoteSummary {
        number: None,
        id: record.id,
        kind: "",
        words: String::new(),
        cue: None,
        source: None,
        cue_lemma: record.cue_lemma,
        cue_class: record.cue_class,
        speaker: record.speaker,
        role: record.role,
        method: record.method,
        confidence: record.confidence.map(decimal),
        unknown_reason: record.unknown_reason,
        relayed_by: record.relayed_by,
    }
}
