//! Who is who across articles: names folded for comparing, and matched with what a person typed.

pub mod matching;
pub mod suggestions;
pub mod splits;
