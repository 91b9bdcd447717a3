//! Makes models from annotated articles.

pub mod gold;
pub mod statements;
