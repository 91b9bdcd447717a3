//! An annotated article, ready to learn from.

use crate::model::Document;
use crate::quotes::learned::hints::Hints;
use crate::quotes::learned::view::View;
use crate::quotes::marks::{Region, regions};
use crate::quotes::scene::Scene;
use crate::quotes::{hints, outermost};
use crate::record::Record;
use crate::tagging::Tagged;
use crate::training::gold::{self, GoldStatement};
use std::collections::BTreeMap;

/// An article with its annotations, seen as the models see it.
#[derive(Debug)]
pub struct Lesson<'a> {
    pub view: View<'a>,
    pub hints: Hints,
    pub gold: Vec<GoldStatement>,
    /// How much it counts.
    pub weight: f32,
    /// Which file it is from.
    pub collection: usize,
    /// Which models may not see it.
    pub fold: usize,
}

/// An annotated article as read.
#[derive(Debug)]
pub struct Annotated {
    pub record: Record,
    pub document: Document,
    pub weight: f32,
    pub collection: usize,
    pub fold: usize,
}

/// A small collection counts at most this many times its size.
const MOST_WEIGHT: f32 = 12.0;

/// Sets how much each article counts: by the square root of how many times more statements the largest
/// collection has than its own.
pub fn weigh(articles: &mut [Annotated]) {
    let mut sizes: BTreeMap<usize, usize> = BTreeMap::new();
    for article in articles.iter() {
        *sizes.entry(article.collection).or_default() += article.record.quotes.len();
    }
    let largest = sizes.values().copied().max().unwrap_or(1) as f32;
    for article in articles {
        let size = sizes[&article.collection].max(1) as f32;
        article.weight = (largest / size).sqrt().min(MOST_WEIGHT);
    }
}

/// The quotations of an article.
#[derive(Debug)]
pub struct Quotations {
    regions: Vec<Region>,
    region_at: Vec<Option<u32>>,
}

impl Quotations {
    pub fn of(tagged: &Tagged) -> Self {
        let regions = regions(tagged);
        Self { region_at: outermost(tagged, &regions), regions }
    }
}

/// Makes a lesson of an article and its quotations.
pub fn lesson<'a>(article: &Annotated, tagged: &'a Tagged<'a>, quotations: &'a Quotations) -> Lesson<'a> {
    let scene = Scene { tagged, regions: &quotations.regions, region_at: &quotations.region_at };
    Lesson {
        view: View::new(scene),
        hints: hints(scene),
        gold: gold::statements(&article.record, &tagged.tokens),
        weight: article.weight,
        collection: article.collection,
        fold: article.fold,
    }
}
