//! Texts as documents, for tests that need no more of an article than its words.

#![allow(dead_code, reason = "each test program uses a part of it")]

use onrecord::model::{Document, Markup, RawArticle};
use onrecord::pipeline::Engine;
use onrecord::text;
use std::sync::LazyLock;

/// The tables, read once a test program.
pub static ENGINE: LazyLock<Engine> = LazyLock::new(|| Engine::load().expect("the tables are sound"));

/// A document as intake makes it from a file without header lines.
pub fn document(body: impl Into<String>, markup: Markup) -> Document {
    text::document(RawArticle { markup, ..RawArticle::plain("test", body) })
}
