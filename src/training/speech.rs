//! Trains what tells speech from words in marks that are nobody's statement, on the quotations that no cue led to.

use crate::learn::train::{self, Example, Settings};
use crate::model::Method;
use crate::quotes::learned::models::StatementModels;
use crate::quotes::learned::view::View;
use crate::quotes::marks::Region;
use crate::quotes::scare::add_features;
use crate::quotes::statements;
use crate::training::folds::{Trained, chosen, each, folds};
use crate::training::gold::{GoldStatement, jaccard, words};
use crate::training::lesson::Lesson;

const SPEECH: Settings = Settings {
    epochs: 10,
    rate: 0.1,
    decay: 1e-3,
    dropout: 0.0,
    least_count: 1,
    node_bits: 14,
    edge_bits: 1,
    seed: 0,
    repeats: 1,
};

/// Trains it and puts it into the models of each fold and the whole.
pub fn train(lessons: &[Lesson], models: &mut Trained<StatementModels>, seed: u64) {
    let examples = each(lessons, |lesson| examples(lesson, &models.folds[lesson.fold]));
    let speech = folds(|fold| train::linear(&chosen(lessons, &examples, fold), &Settings { seed, ..SPEECH }));
    models.whole.speech = speech.whole;
    models.folds.iter_mut().zip(speech.folds).for_each(|(models, speech)| models.speech = speech);
}

/// The quotations without a cue, and whether each is somebody's.
fn examples(lesson: &Lesson, models: &StatementModels) -> Vec<Example> {
    let view = &lesson.view;
    let statements = statements(view.tagged(), models);
    let alone = statements.iter().filter(|statement| statement.method == Method::None);
    let regions = alone.filter_map(|statement| view.scene.region_from(statement.start()));
    let examples = regions.map(|region| {
        let mut features = Vec::new();
        add_features(view, &lesson.hints, region, &mut features);
        let answer = lesson.gold.iter().any(|gold| is_speech(view, region, gold));
        Example { features, answer, weight: lesson.weight.sqrt() }
    });
    examples.collect()
}

/// Whether a quotation is at least half of an annotated content, or a part of one that is quoted throughout.
/// Words in marks inside a clause are part of that clause, and no quotation without a cue.
fn is_speech(view: &View, region: &Region, gold: &GoldStatement) -> bool {
    let quoted = words(view, region.inside.clone());
    let content = words(view, gold.content.iter().copied());
    let held = quoted.iter().filter(|word| content.binary_search(word).is_ok()).count();
    let throughout = || content.iter().all(|&word| view.region(word) > 0);
    2 * held > quoted.len() && (jaccard(&quoted, &content) >= 0.5 || throughout())
}
