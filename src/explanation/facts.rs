//! What can be told of a decision beside its features, whose values are hashed.

use crate::attribution::decision::Decision;
use crate::explanation::trace::Trace;
use crate::explanation::weighing::Facts;
use crate::learn::math::exp;
use crate::lexicon::feature_names::Fact;
use crate::mentions::FoundMention;
use crate::model::CueClass;
use crate::quotes::Statement;
use crate::quotes::learned::cue_spans::CueSpan;
use crate::quotes::learned::hints::CueRole;
use crate::quotes::learned::reading::{Reading, Shape, length, shared};
use crate::quotes::learned::view::{Kind, View};
use std::ops::Range;

/// A probability as it is told.
pub fn share(probability: f32) -> String {
    if probability > 0.0 && probability < 0.005 { "<0.01".to_owned() } else { format!("{probability:.2}") }
}

/// A log-odds as it is told, with a true minus.
fn number(log_odds: f32) -> String {
    format!("{log_odds:.1}").replace('-', "−")
}

/// What can be told of the reading at `rank`, which was ranked with `score`.
pub fn of_reading(trace: &Trace, cue: &CueSpan, readings: &[Reading], rank: usize, score: f32) -> Facts {
    let (view, reading) = (trace.view, &readings[rank]);
    let head = view.cue_head(cue.tokens.start, cue.tokens.end);
    let mut facts = Facts::from([
        (Fact::Cue, word(view, Some(head))),
        (Fact::CueLast, word(view, cue.tokens.end.checked_sub(1))),
        (Fact::Class, class(view.clues[head].cue_class)),
        (Fact::Role, role(trace.hints.role(head)).to_owned()),
        (Fact::Likely, share(cue.probability)),
        (Fact::Paragraph, (view.paragraph(cue.tokens.start) + 1).to_string()),
        (Fact::Path, share(exp(reading.log_probability))),
        (Fact::Behind, number(readings[0].log_probability - reading.log_probability)),
        (Fact::Rank, format!("{} of {}", rank + 1, readings.len())),
        (Fact::Score, number(score)),
        (Fact::Shape, shape(reading.shape).to_owned()),
        (Fact::Source, source(view, reading).to_owned()),
        (Fact::Least, share(reading.least_content)),
        (Fact::LeastSource, share(reading.least_source)),
        (Fact::Mean, share(reading.mean_content)),
        (Fact::MeanSource, share(reading.mean_source)),
        (Fact::Length, format!("{} words and marks", length(&reading.content))),
        (Fact::Parts, reading.content.len().to_string()),
    ]);
    proposal(trace, cue, reading, &mut facts);
    edges(view, cue, reading, &mut facts);
    facts
}

/// What can be told of an attribution.
pub fn of_decision(
    trace: &Trace,
    statement: &Statement,
    decision: &Decision,
    mentions: &[FoundMention],
) -> Facts {
    let tagged = trace.view.tagged();
    let words = statement.parts.iter().flat_map(|part| part.clone()).filter(|&i| tagged.is_word(i)).count();
    let mention = decision.source.mention();
    let mention = mention.map_or("nobody", |mention| mentions[mention.at()].kind.as_str());
    let mut facts = Facts::from([
        (Fact::Kind, statement.kind.to_string()),
        (Fact::Mention, mention.to_owned()),
        (Fact::Method, decision.method.to_string()),
        (Fact::Parts, statement.parts.len().to_string()),
        (Fact::Length, format!("{words} words")),
        (Fact::Closed, if statement.closed { "all closed" } else { "one isn’t" }.to_owned()),
    ]);
    facts.extend(statement.likelihood.map(|likelihood| (Fact::Likelihood, share(likelihood))));
    facts
}

/// A token's words, or that there is none.
fn word(view: &View, i: Option<usize>) -> String {
    let i = i.filter(|&i| i < view.clues.len());
    i.map_or_else(|| "edge of the text".to_owned(), |i| format!("«{}»", view.tagged().text(i)))
}

/// Undoes the numbers that [`View`] gives to what the tables know of a cue.
fn class(number: u32) -> String {
    let (kind, index) = match number {
        0 => return "no reporting word".to_owned(),
        1..33 => ("verb", number - 1),
        33..65 => ("noun", number - 33),
        _ => ("adjective", number - 65),
    };
    let class = CueClass::ALL.get(index as usize).map_or("unknown", |class| class.as_str());
    format!("{kind} of the class {class}")
}

const fn role(role: CueRole) -> &'static str {
    match role {
        CueRole::None => "no",
        CueRole::Bare => "yes, but they find nothing that it reports",
        CueRole::Begins | CueRole::Inside => "yes",
    }
}

const fn shape(shape: Shape) -> &'static str {
    match shape {
        Shape::Quoted => "all of it",
        Shape::Mixed => "some of it",
        Shape::Unquoted => "nothing",
        Shape::Empty => "no words",
    }
}

/// What the source is: nobody, a noun, a name, a pronoun.
fn source(view: &View, reading: &Reading) -> &'static str {
    let mut tokens = reading.source.iter().flat_map(|part| part.clone());
    let has = |kind: Kind, tokens: &[usize]| tokens.iter().any(|&i| view.clues[i].kind == kind);
    let tokens: Vec<usize> = tokens.by_ref().collect();
    match tokens.is_empty() {
        true => "nobody",
        false if has(Kind::Name, &tokens) => "a name",
        false if has(Kind::Pronoun, &tokens) => "a pronoun",
        false => "a noun",
    }
}

fn proposal(trace: &Trace, cue: &CueSpan, reading: &Reading, facts: &mut Facts) {
    let Some(proposal) = trace.hints.proposal(cue.tokens.start, cue.tokens.end) else {
        facts.insert(Fact::Overlap, "they propose nothing".to_owned());
        return;
    };
    let same = shared(&proposal.parts, &reading.content);
    let both = length(&proposal.parts) + length(&reading.content) - same;
    let source: Vec<Range<usize>> = proposal.subject.iter().map(|subject| subject.tokens.clone()).collect();
    let agrees = if source == reading.source { "the same" } else { "another" };
    facts.insert(Fact::Overlap, format!("{} %", 100 * same / both.max(1)));
    facts.insert(Fact::Agrees, agrees.to_owned());
}

/// The words at and around the ends of content and source.
fn edges(view: &View, cue: &CueSpan, reading: &Reading, facts: &mut Facts) {
    let bounds = |parts: &[Range<usize>]| Some((parts.first()?.start, parts.last()?.end));
    if let Some((start, end)) = bounds(&reading.content) {
        let side = match (start < cue.tokens.start, end > cue.tokens.end) {
            (true, true) => "on both sides",
            (true, false) => "before it",
            _ => "after it",
        };
        let next_sentence = end >= view.clues.len() || view.sentence(end) != view.sentence(end - 1);
        let ends = next_sentence || view.clues[end].kind == Kind::Stop;
        facts.extend([
            (Fact::Before, word(view, start.checked_sub(1))),
            (Fact::First, word(view, Some(start))),
            (Fact::Last, word(view, Some(end - 1))),
            (Fact::Next, word(view, Some(end))),
            (Fact::Side, side.to_owned()),
            (Fact::Ends, if ends { "yes" } else { "no" }.to_owned()),
        ]);
    }
    if let Some((start, end)) = bounds(&reading.source) {
        facts.extend([
            (Fact::SourceBefore, word(view, start.checked_sub(1))),
            (Fact::SourceFirst, word(view, Some(start))),
            (Fact::SourceLast, word(view, Some(end - 1))),
            (Fact::SourceAfter, word(view, Some(end))),
        ]);
    }
}
