//! Statements found by trained models: cue → arguments → rank → accept.
//!
//! The unit of work is the cue, since nearly every statement has one, with its source and its content close by.

pub mod acceptance;
pub mod arguments;
pub mod choice;
pub mod cue_spans;
pub mod hints;
pub mod memo;
pub mod models;
pub mod ranking;
pub mod reading;
pub mod statements;
pub mod view;
pub mod window;
