//! Claims: what statements say, wherever and by whomever they are printed.

pub mod stems;
pub mod matching;
