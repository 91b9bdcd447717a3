//! Trains how sure an attribution is, on what the other models make of articles that they haven't seen.

use crate::attribution::confidence::add_features;
use crate::attribution::{decisions, entities};
use crate::learn::linear::Linear;
use crate::learn::train::{self, Example, Settings};
use crate::mentions::{FoundMention, mentions};
use crate::model::Source;
use crate::quotes::learned::models::StatementModels;
use crate::quotes::{Statement, statements};
use crate::training::folds::{Trained, each};
use crate::training::gold::is_right;
use crate::training::lesson::Lesson;

const CONFIDENCE: Settings = Settings {
    epochs: 12,
    rate: 0.1,
    decay: 1e-4,
    dropout: 0.0,
    least_count: 1,
    node_bits: 14,
    edge_bits: 1,
    seed: 0,
    repeats: 1,
};

/// Trains the model of confidence. `models` are those of the folds.
pub fn train(lessons: &[Lesson], models: &Trained<StatementModels>, seed: u64) -> Linear {
    let examples = each(lessons, |lesson| examples(lesson, &models.folds[lesson.fold]));
    let examples: Vec<&Example> = examples.iter().flatten().collect();
    train::linear(&examples, &Settings { seed, ..CONFIDENCE })
}

/// Each attribution of an article, and whether it is right. All articles count the same here: what is learnt
/// is how often the models are right.
fn examples(lesson: &Lesson, models: &StatementModels) -> Vec<Example> {
    let tagged = lesson.view.tagged();
    let statements = statements(tagged, models);
    let mentions = mentions(tagged, &statements);
    let entities = entities(tagged, &mentions);
    let decisions = decisions(tagged, &statements, &mentions, &entities);
    let example = |(quote, decision): &(_, _)| {
        let (quote, decision): (&crate::model::QuoteIdx, &crate::attribution::decision::Decision) =
            (quote, decision);
        let statement = &statements[quote.at()];
        let mut features = Vec::new();
        add_features(tagged, statement, decision, &mentions, &mut features);
        let source = printed(decision.source, &mentions);
        let answer = is_right(&lesson.view, &lesson.gold, &content(statement), &source);
        Example { features, answer, weight: 1.0 }
    };
    decisions.iter().map(example).collect()
}

fn content(statement: &Statement) -> Vec<usize> {
    statement.parts.iter().flat_map(|part| part.clone()).collect()
}

fn printed(source: Source, mentions: &[FoundMention]) -> Vec<usize> {
    match source {
        Source::Speaker { mention, .. } | Source::Mention(mention) => {
            mentions[mention.at()].printed.clone().collect()
        }
        Source::Unknown(_) => Vec::new(),
    }
}
