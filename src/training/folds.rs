//! Cross-fitting: what a model says of an article, by one that hasn't seen it.

use crate::learn::hash;
use crate::training::lesson::Lesson;
use std::thread;

/// Articles are split into this many parts.
pub const FOLDS: usize = 4;

/// The part that an article is of: by its id behind the last `/`, so that two files about it agree.
pub fn fold_of(id: &str) -> usize {
    let name = id.rsplit('/').next().unwrap_or(id);
    hash::mix(hash::of(name), 1) as usize % FOLDS
}

/// A model trained on all articles, and for each fold one that hasn't seen it.
#[derive(Debug)]
pub struct Trained<T> {
    pub whole: T,
    pub folds: Vec<T>,
}

/// Trains a model without each fold, and one with all, on two threads.
pub fn folds<T: Send>(train: impl Fn(Option<usize>) -> T + Sync) -> Trained<T> {
    let train = &train;
    let (first, second) = (0..FOLDS / 2, FOLDS / 2..FOLDS);
    let some = move |folds: std::ops::Range<usize>| folds.map(|fold| train(Some(fold))).collect::<Vec<T>>();
    thread::scope(|scope| {
        let other = scope.spawn(move || some(second));
        let mut folds = some(first);
        let whole = train(None);
        match other.join() {
            Ok(second) => folds.extend(second),
            Err(panic) => std::panic::resume_unwind(panic),
        }
        Trained { whole, folds }
    })
}

/// The examples of the articles that aren't of `fold`.
pub fn chosen<'a, T>(lessons: &[Lesson], examples: &'a [Vec<T>], fold: Option<usize>) -> Vec<&'a T> {
    let kept = lessons.iter().zip(examples).filter(|(lesson, _)| fold != Some(lesson.fold));
    kept.flat_map(|(_, examples)| examples).collect()
}

/// What `make` makes of each article, on two threads.
pub fn each<T: Send>(lessons: &[Lesson], make: impl Fn(&Lesson) -> T + Sync) -> Vec<T> {
    let (first, second) = lessons.split_at(lessons.len() / 2);
    let make = &make;
    thread::scope(|scope| {
        let other = scope.spawn(move || second.iter().map(make).collect::<Vec<T>>());
        let mut made: Vec<T> = first.iter().map(make).collect();
        match other.join() {
            Ok(second) => made.extend(second),
            Err(panic) => std::panic::resume_unwind(panic),
        }
        made
    })
}

/// What `make` makes of each article and what was found in it.
pub fn with<S, T>(lessons: &[Lesson], found: &[S], make: impl Fn(&Lesson, &S) -> T) -> Vec<T> {
    lessons.iter().zip(found).map(|(lesson, found)| make(lesson, found)).collect()
}
