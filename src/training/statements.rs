//! Trains the models that find statements, each on what the one before makes of articles that it hasn't seen.

use crate::learn::linear::Linear;
use crate::learn::train::{self, Example, Sequence, Settings};
use crate::quotes::learned::acceptance::Doubt;
use crate::quotes::learned::arguments::{ArgumentField, Scope};
use crate::quotes::learned::choice::{self, Candidate, likely, ranked, readings, weigh};
use crate::quotes::learned::cue_spans::{CueField, CueSpan, Place, cue_spans};
use crate::quotes::learned::models::StatementModels;
use crate::quotes::learned::ranking::Ranked;
use crate::quotes::learned::reading::Reading;
use crate::training::folds::{Trained, chosen, each, folds, with};
use crate::training::gold::{self, GoldStatement, jaccard, words};
use crate::training::lesson::Lesson;
use std::ops::Range;

const CUES: Settings = Settings {
    epochs: 9,
    rate: 0.15,
    decay: 2e-4,
    dropout: 0.4,
    least_count: 4,
    node_bits: 18,
    edge_bits: 16,
    seed: 0,
    repeats: 4,
};

const ARGUMENTS: Settings = Settings { epochs: 8, node_bits: 19, edge_bits: 16, ..CUES };

const RANKING: Settings = Settings {
    epochs: 6,
    rate: 0.08,
    decay: 1e-3,
    dropout: 0.3,
    least_count: 1,
    node_bits: 19,
    edge_bits: 1,
    seed: 0,
    repeats: 1,
};

const ACCEPTANCE: Settings = Settings { rate: 0.1, dropout: 0.0, node_bits: 18, ..RANKING };

/// Trains all models in a row.
pub fn train(lessons: &[Lesson], seed: u64, say: &(dyn Fn(&str) + Sync)) -> Trained<StatementModels> {
    let sequences = each(lessons, cue_sequences);
    let cues: Trained<CueField> =
        folds(|fold| train::crf(&chosen(lessons, &sequences, fold), &Settings { seed, ..CUES }));
    drop(sequences);
    let spans = each(lessons, |lesson| cue_spans(&lesson.view, &lesson.hints, &cues.folds[lesson.fold]));
    say(&format!("cues: {}", cue_recall(lessons, &spans)));
    let sequences = with(lessons, &spans, |lesson, spans| argument_sequences(lesson, spans));
    let arguments: Trained<ArgumentField> =
        folds(|fold| train::crf(&chosen(lessons, &sequences, fold), &Settings { seed, ..ARGUMENTS }));
    drop(sequences);
    say("sources and contents trained");
    let found = with(lessons, &spans, |lesson, spans| {
        readings(&lesson.view, &lesson.hints, spans, &arguments.folds[lesson.fold])
    });
    let pairs: Vec<_> = spans.iter().zip(&found).collect();
    let examples =
        with(lessons, &pairs, |lesson, (spans, readings)| ranking_examples(lesson, spans, readings));
    let ranking: Trained<Linear> =
        folds(|fold| train::linear(&chosen(lessons, &examples, fold), &Settings { seed, ..RANKING }));
    let mut candidates = with(lessons, &pairs, |lesson, (spans, readings)| {
        ranked(&lesson.view, &lesson.hints, spans, readings.to_vec(), &ranking.folds[lesson.fold])
    });
    let examples = with(lessons, &candidates, |lesson, candidates| acceptance_examples(lesson, candidates));
    let acceptance: Trained<Linear> =
        folds(|fold| train::linear(&chosen(lessons, &examples, fold), &Settings { seed, ..ACCEPTANCE }));
    for (lesson, candidates) in lessons.iter().zip(&mut candidates) {
        weigh(&lesson.view, &lesson.hints, candidates, &acceptance.folds[lesson.fold]);
    }
    let (least, f1) = best_threshold(lessons, &candidates);
    say(&format!("statements: F1 end to end {:.2} on unseen articles, from {least:.2} on", 100.0 * f1));
    let models = |cues, arguments, ranking, acceptance| StatementModels {
        cues,
        arguments,
        ranking,
        acceptance,
        speech: Linear::untrained(),
        least,
    };
    let folds = cues.folds.into_iter().zip(arguments.folds).zip(ranking.folds).zip(acceptance.folds);
    Trained {
        whole: models(cues.whole, arguments.whole, ranking.whole, acceptance.whole),
        folds: folds
            .map(|(((cues, arguments), ranking), acceptance)| models(cues, arguments, ranking, acceptance))
            .collect(),
    }
}

/// The sentences of an article, their cues labelled.
fn cue_sequences(lesson: &Lesson) -> Vec<Sequence> {
    let mut labels = vec![0_u8; lesson.view.clues.len()];
    for statement in &lesson.gold {
        for (index, &i) in statement.cue.iter().enumerate() {
            if labels[i] == 0 {
                let goes_on = index > 0 && statement.cue[index - 1] + 1 == i;
                labels[i] = if goes_on { 2 } else { 1 };
            }
        }
    }
    let sentences = lesson.view.tagged().sentences.iter();
    sentences
        .map(|sentence| {
            cue_sequence(lesson, sentence.tokens.start as usize..sentence.tokens.end as usize, &labels)
        })
        .collect()
}

fn cue_sequence(lesson: &Lesson, tokens: Range<usize>, labels: &[u8]) -> Sequence {
    let place = Place::new(&lesson.view, &lesson.hints, tokens.clone());
    let mut sequence = Sequence { weight: lesson.weight, ..Sequence::default() };
    let (mut node, mut edge) = (Vec::new(), Vec::new());
    for i in tokens {
        node.clear();
        edge.clear();
        place.node(i, &mut node);
        place.edge(i, &mut edge);
        sequence.nodes.push(&node);
        sequence.edges.push(&edge);
        let breaks = labels[i] == 2 && sequence.labels.last().is_none_or(|&before| before == 0);
        sequence.labels.push(if breaks { 1 } else { labels[i] });
    }
    sequence
}

/// For each cue span the statement that it belongs to: a statement goes to its likeliest span.
fn matched(spans: &[CueSpan], gold: &[GoldStatement]) -> Vec<Option<usize>> {
    let overlap = |span: &CueSpan, statement: &GoldStatement| {
        statement.cue.iter().filter(|i| span.tokens.contains(i)).count()
    };
    let mut of: Vec<Option<usize>> = spans
        .iter()
        .map(|span| {
            let best = (0..gold.len())
                .max_by_key(|&index| (overlap(span, &gold[index]), std::cmp::Reverse(index)))?;
            (overlap(span, &gold[best]) > 0).then_some(best)
        })
        .collect();
    for statement in 0..gold.len() {
        let owners: Vec<usize> = (0..spans.len()).filter(|&span| of[span] == Some(statement)).collect();
        let best = owners
            .iter()
            .copied()
            .max_by(|&a, &b| spans[a].probability.total_cmp(&spans[b].probability).then(b.cmp(&a)));
        owners.iter().filter(|&&owner| Some(owner) != best).for_each(|&owner| of[owner] = None);
    }
    of
}

fn cue_recall(lessons: &[Lesson], spans: &[Vec<CueSpan>]) -> String {
    let (mut found, mut all, mut spans_all) = (0, 0, 0);
    for (lesson, spans) in lessons.iter().zip(spans) {
        found += matched(spans, &lesson.gold).iter().flatten().count();
        all += lesson.gold.len();
        spans_all += spans.len();
    }
    format!("cue spans: {spans_all}, of {all} statements {found} have one")
}

/// The windows of an article's annotated cues, sources and contents labelled.
fn argument_sequences(lesson: &Lesson, spans: &[CueSpan]) -> Vec<Sequence> {
    let of = matched(spans, &lesson.gold);
    let likely = likely(&lesson.view, spans);
    let mut scope = Scope::default();
    let mut sequences = Vec::new();
    let mut learn = |cue: &Range<usize>, gold: &GoldStatement| {
        scope.fill(&lesson.view, &lesson.hints, cue, &likely);
        sequences.push(argument_sequence(lesson, &scope, gold));
    };
    for (span, of) in spans.iter().zip(&of) {
        if let Some(gold) = of {
            learn(&span.tokens, &lesson.gold[*gold]);
        }
    }
    for (index, gold) in lesson.gold.iter().enumerate() {
        let Some(&start) = gold.cue.first() else { continue };
        if !of.contains(&Some(index)) {
            let run = gold.cue.iter().enumerate().take_while(|(steps, i)| **i == start + steps).count();
            learn(&(start..start + run), gold);
        }
    }
    sequences
}

fn argument_sequence(lesson: &Lesson, scope: &Scope, gold: &GoldStatement) -> Sequence {
    let mut sequence = Sequence { weight: lesson.weight, ..Sequence::default() };
    let (mut node, mut edge) = (Vec::new(), Vec::new());
    let mut before = 0;
    for (index, item) in scope.window.items.iter().enumerate() {
        node.clear();
        edge.clear();
        let in_cue = scope.window.cue.contains(&index);
        if !in_cue {
            scope.node(&lesson.view, index, &mut node);
        }
        scope.edge(&lesson.view, index, &mut edge);
        sequence.nodes.push(&node);
        sequence.edges.push(&edge);
        sequence.fixed.push(in_cue);
        let count = |tokens: &[usize]| item.tokens().filter(|i| tokens.binary_search(i).is_ok()).count();
        let all = item.tokens().len();
        let base = match (count(&gold.source), count(&gold.content)) {
            _ if in_cue => 0,
            (_, content) if content > 0 && 2 * content >= all => 3,
            (source, _) if 2 * source > all => 1,
            _ => 0,
        };
        let label = if base > 0 && (before == base || before == base + 1) { base + 1 } else { base };
        sequence.labels.push(label);
        before = label;
    }
    sequence
}

fn tokens(ranges: &[Range<usize>]) -> Vec<usize> {
    ranges.iter().flat_map(|range| range.clone()).collect()
}

/// A reading is right when its content is nearly the annotated one and its source exactly.
fn ranking_examples(lesson: &Lesson, spans: &[CueSpan], found: &[Vec<Reading>]) -> Vec<Example> {
    let view = &lesson.view;
    let of = matched(spans, &lesson.gold);
    let likely = likely(view, spans);
    let mut examples = Vec::new();
    for ((span, of), readings) in spans.iter().zip(&of).zip(found) {
        let Some(gold) = of.map(|gold| &lesson.gold[gold]) else { continue };
        let content = words(view, gold.content.iter().copied());
        let source = words(view, gold.source.iter().copied());
        for (rank, reading) in readings.iter().enumerate() {
            let mut features = Vec::new();
            Ranked { view, hints: &lesson.hints, cue: span, readings, rank, likely: &likely }
                .add_to(&mut features);
            let close = jaccard(&words(view, tokens(&reading.content)), &content) >= 0.9;
            let same = words(view, tokens(&reading.source)) == source;
            examples.push(Example { features, answer: close && same, weight: lesson.weight });
        }
    }
    examples
}

/// Whether a candidate is an annotated statement.
fn is_right(lesson: &Lesson, candidate: &Candidate) -> bool {
    let (content, source) = (tokens(&candidate.reading.content), tokens(&candidate.reading.source));
    gold::is_right(&lesson.view, &lesson.gold, &content, &source)
}

fn acceptance_examples(lesson: &Lesson, candidates: &[Candidate]) -> Vec<Example> {
    let example = |index: usize| {
        let mut features = Vec::new();
        Doubt { view: &lesson.view, hints: &lesson.hints, candidates, index }.add_to(&mut features);
        Example { features, answer: is_right(lesson, &candidates[index]), weight: lesson.weight }
    };
    (0..candidates.len()).map(example).collect()
}

/// So much F1 is given for a lower threshold: what is left out can't be asked for, what is doubtful can be
/// filtered by its confidence.
const TOLERANCE: f32 = 0.003;

/// The lowest threshold whose F1 end to end is close to the best, and that: the mean over the collections, so that
/// a small one of another kind of news counts as much as a large one.
fn best_threshold(lessons: &[Lesson], candidates: &[Vec<Candidate>]) -> (f32, f32) {
    let collections = lessons.iter().map(|lesson| lesson.collection + 1).max().unwrap_or(0);
    let f1 = |least: f32| {
        let mut counts = vec![(0, 0, 0); collections];
        for (lesson, candidates) in lessons.iter().zip(candidates) {
            let accepted = choice::accepted(&lesson.view, candidates.clone(), least);
            let (right, found, all) = &mut counts[lesson.collection];
            *right += accepted.iter().filter(|candidate| is_right(lesson, candidate)).count();
            *found += accepted.len();
            *all += lesson.gold.len();
        }
        let each = counts.iter().map(|&(right, found, all)| 2.0 * right as f32 / (all + found).max(1) as f32);
        each.sum::<f32>() / collections.max(1) as f32
    };
    let tried = (10..70).step_by(2).map(|percent| percent as f32 / 100.0);
    let tried: Vec<(f32, f32)> = tried.map(|least| (least, f1(least))).collect();
    let best = tried.iter().fold(0.0_f32, |best, tried| best.max(tried.1));
    let close = tried.into_iter().find(|tried| tried.1 + TOLERANCE >= best);
    close.unwrap_or((0.4, best))
}
