//! Reads articles from files, folders, archives, the web and standard input as they come.
//!
//! Two steps, so that the slow one can run on many threads: [`walk()`] goes through the inputs in order, and through what is
//! packed in them, and hands out one piece an article without understanding it; [`article()`] reads a piece.

mod article;
pub mod claim_review;
pub mod claim_sets;
pub mod containers;
pub mod datasets;
pub mod dates;
pub mod encoding;
pub mod feed;
#[cfg(feature = "fetch")]
pub mod fetch;
mod folder;
pub mod front_matter;
pub mod headers;
pub mod html;
pub mod jsonl;
mod limits;
pub mod lines;
pub mod mail;
pub mod mapping;
mod meter;
pub mod office;
#[cfg(feature = "pdf")]
pub mod pdf;
mod pieces;
pub mod records;
pub mod rows;
pub mod scale;
pub mod sniff;
pub mod streams;
mod walk;
pub mod web;
mod xml_base;

use crate::intake::headers::Header;
use crate::model::Markup;

pub use crate::intake::article::article;
pub use crate::intake::folder::total;
pub use crate::intake::limits::{LARGEST_ARTICLE_BYTES, Limits, MAX_ARTICLE_BYTES};
pub use crate::intake::meter::Meter;
pub use crate::intake::pieces::{Content, Leaf, Piece, Unread};
pub use crate::intake::walk::{Flow, Options, walk};

/// An article's own words and what it says about itself, as a reader of one format takes it from the bytes.
#[derive(Clone, PartialEq, Debug)]
pub struct Parts {
    pub header: Header,
    pub markup: Markup,
    pub body: String,
}
