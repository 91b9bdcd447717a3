//! Claims: what statements say, wherever and by whomever they are printed.

pub mod stems;
pub mod bm25;
pub mod spelling;
pub mod matching;
