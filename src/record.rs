//! The record format: one article a line of JSON, what `extract` prints and `eval` reads.
//!
//! Offsets in it are Unicode code points, `[start, end)`; inside the program they are bytes.

use crate::model::{Analysis, Document};
use serde::{Deserialize, Serialize};

/// A half-open range of code points.
pub type CodePoints = [u32; 2];

/// One article with what was found in it.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Record {
    pub id: String,
    #[serde(default)]
    pub title: Option<String>,
    #[serde(default)]
    pub url: Option<String>,
    #[serde(default)]
    pub outlet: Option<String>,
    #[serde(default)]
    pub byline: Option<String>,
    /// ISO 8601 date.
    #[serde(default)]
    pub published: Option<String>,
    #[serde(default)]
    pub language: Option<String>,
    pub text: String,
    #[serde(default)]
    pub quotes: Vec<RecordQuote>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sentences: Option<Vec<CodePoints>>,
    /// Fields of the input that are none of ours, kept.
    #[serde(flatten)]
    pub extra: serde_json::Map<String, serde_json::Value>,
}

/// One quotation or reported statement of a [`Record`].
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct RecordQuote {
    pub id: String,
    /// `direct`, `mixed`, `indirect` or `scare`.
    #[serde(rename = "type")]
    pub kind: Option<String>,
    pub content: Vec<CodePoints>,
    #[serde(default)]
    pub cue: Vec<CodePoints>,
    /// The mention as printed («he»).
    #[serde(default)]
    pub source: Vec<CodePoints>,
    /// The person, organisation, group or document that the source stands for.
    #[serde(default)]
    pub speaker: Option<String>,
    #[serde(default)]
    pub role: Option<String>,
    /// Dictionary form of the cue: `say`, `according to`.
    #[serde(default)]
    pub cue_lemma: Option<String>,
    /// `say`, `claim`, `deny`, …: see [`crate::model::CueClass`].
    #[serde(default)]
    pub cue_class: Option<String>,
    #[serde(default)]
    pub confidence: Option<f32>,
    #[serde(default)]
    pub method: Option<String>,
    #[serde(default)]
    pub runners_up: Vec<(String, f32)>,
    #[serde(default)]
    pub unknown_reason: Option<String>,
    /// The outlet that passed the statement on.
    #[serde(default)]
    pub relayed_by: Option<String>,
}

/// Whether a record lists its sentences.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Sentences {
    Include,
    Leave,
}

/// Writes what was found in `document` as a record.
pub fn record(document: &Document, analysis: &Analysis, sentences: Sentences) -> Record {
    let _ = (analysis, sentences);
    todo!("{}", document.key)
}

/// A stable id for each quote of the analysis, in their order: 16 hexadecimal digits of a hash of
/// the article's key, the quote's words and, for words that stand there twice, which one it is.
pub fn quote_ids(document: &Document, analysis: &Analysis) -> Vec<String> {
    let _ = analysis;
    todo!("{}", document.key)
}
