//! From the features of a decision to what mattered: weights by template, told in plain words.

use crate::explanation::{Weighing, Weight};
use crate::learn::linear::Linear;
use crate::learn::math::logistic;
use crate::lexicon::feature_names::{Fact, FeatureNames, Piece, ScoredModel};
use crate::record::decimal;
use std::collections::BTreeMap;

/// Features with the templates that they are made by.
pub type Templated = Vec<(u32, u32)>;

/// What was seen, as far as it can be told.
pub type Facts = BTreeMap<Fact, String>;

/// A model with the words for what it looks at.
#[derive(Clone, Copy, Debug)]
pub struct Scorer<'a> {
    pub name: ScoredModel,
    pub model: &'a Linear,
    pub names: &'a FeatureNames,
}

impl Scorer<'_> {
    /// What the model makes of `features`.
    pub fn weigh(&self, features: &Templated, facts: &Facts) -> Weighing {
        let weights = self.by_template(features);
        self.weighing(weights, |fact| facts.get(&fact).cloned())
    }

    /// How much more the model makes of `features` than of those of `other`.
    pub fn compare(
        &self,
        (features, facts): (&Templated, &Facts),
        (other, other_facts): (&Templated, &Facts),
    ) -> Weighing {
        let mut weights = self.by_template(features);
        for (template, weight) in self.by_template(other) {
            *weights.entry(template).or_default() -= weight;
        }
        self.weighing(weights, |fact| match (facts.get(&fact), other_facts.get(&fact)) {
            (Some(here), Some(there)) if here != there => Some(format!("{here}, not {there}")),
            (here, there) => here.or(there).cloned(),
        })
    }

    /// The log-odds that the model gives.
    pub fn score(&self, features: &Templated) -> f32 {
        let features: Vec<u32> = features.iter().map(|&(_, feature)| feature).collect();
        self.model.score(&features)
    }

    fn by_template(&self, features: &Templated) -> BTreeMap<u32, f32> {
        let mut weights = BTreeMap::new();
        for &(template, feature) in features {
            *weights.entry(template).or_default() += self.model.score(&[feature]);
        }
        weights
    }

    fn weighing(&self, weights: BTreeMap<u32, f32>, told: impl Fn(Fact) -> Option<String>) -> Weighing {
        let score: f32 = weights.values().sum();
        let mut weights: Vec<(u32, f32)> =
            weights.into_iter().filter(|(_, weight)| weight.abs() >= 0.005).collect();
        weights.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()).then(a.0.cmp(&b.0)));
        let weights = weights.into_iter().map(|(template, weight)| Weight {
            template,
            looks_at: filled(self.names.of(self.name, template), &told),
            log_odds: decimal(weight),
        });
        Weighing {
            log_odds: decimal(score),
            probability: decimal(logistic(score)),
            weights: weights.collect(),
        }
    }
}

fn filled(pieces: &[Piece], told: &impl Fn(Fact) -> Option<String>) -> String {
    let words = pieces.iter().map(|piece| match piece {
        Piece::Words(words) => (*words).to_owned(),
        Piece::Fact(fact) => told(*fact).unwrap_or_else(|| "–".to_owned()),
    });
    words.collect()
}
