//! Claims: what a statement says, followed through all the forms in which it is printed.

pub mod phrase;
pub mod subjects;
pub mod worth;
pub mod words;
pub mod wording;
pub mod name;
pub mod alignment;
pub mod nearness;
pub mod anchors;
pub mod node;
pub mod decision;
pub mod suggestion;
pub mod drift;
pub mod grouping;
pub mod stems;
pub mod bm25;
pub mod spelling;
pub mod matching;
