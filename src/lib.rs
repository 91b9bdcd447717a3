//! Finds every quotation and reported statement in news articles and says who said it.
//!
//! The modules stand in floor order: each imports only from those above it in this list
//! (`tests/floors.rs` holds them to it). Newcomers read [`model`], then [`pipeline`].

pub mod named;
pub mod span;
pub mod error;
pub mod model;
pub mod record;
pub mod learn;
pub mod lexicon;
pub mod intake;
pub mod text;
pub mod segment;
pub mod tagging;
pub mod quotes;
pub mod mentions;
pub mod attribution;
pub mod speakers;
pub mod models;
pub mod pipeline;
pub mod copies;
pub mod claims;
pub mod explanation;
pub mod training;
pub mod evaluation;
pub mod anchor;
pub mod store;
pub mod query;
pub mod export;
pub mod cli;
