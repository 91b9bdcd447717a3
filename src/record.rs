//! The record format: one article a line of JSON, what `extract` prints and `eval` reads.
//!
//! Offsets in it are Unicode code points, `[start, end)`; inside the program they are bytes.

pub mod code_points;

use crate::model::{Analysis, Attribution, Document, Entity, MentionIdx, Quote, QuoteKind, Source};
use crate::record::code_points::{CodePointIndex, CodePoints};
use crate::span::Span;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::fmt::Write;

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
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
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
    /// Whose word it is, in exports: see [`crate::model::QuoteState`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<String>,
}

/// Whether a record lists its sentences.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Sentences {
    Include,
    Leave,
}

/// Writes what was found in `document` as a record.
pub fn record(document: &Document, analysis: &Analysis, sentences: Sentences) -> Record {
    let scribe = Scribe { document, analysis, index: CodePointIndex::new(document.text.as_str()) };
    Record {
        id: document.key.clone(),
        title: document.title.clone(),
        url: document.url.clone(),
        outlet: document.outlet.clone(),
        byline: document.byline.clone(),
        published: document.published.map(|date| date.to_string()),
        language: document.language.clone(),
        text: document.text.as_str().to_owned(),
        quotes: scribe.quotes(),
        sentences: match sentences {
            Sentences::Include => {
                Some(scribe.ranges(analysis.sentences.iter().map(|sentence| sentence.span)))
            }
            Sentences::Leave => None,
        },
        extra: document.extra.clone(),
    }
}

/// A stable id for each quote of the analysis, in their order: 16 hexadecimal digits of a hash of
/// the article's `key`, the quote's words and, for words that stand there twice, which one it is.
///
/// White space is not part of the words, so an article that is wrapped anew keeps its ids.
pub fn quote_ids(key: &str, document: &Document, analysis: &Analysis) -> Vec<String> {
    let mut seen = HashMap::new();
    let ids = analysis.quotes.iter().map(|quote| {
        let words = words(document, quote);
        let id = quote_id(key, &words, *seen.get(&words).unwrap_or(&0));
        *seen.entry(words).or_insert(0) += 1;
        id
    });
    ids.collect()
}

fn words(document: &Document, quote: &Quote) -> String {
    identifying(quote.parts.iter().map(|&part| document.text.slice(part)))
}

/// The words of a quote's parts as its id is made of them.
pub fn identifying<'t>(parts: impl Iterator<Item = &'t str>) -> String {
    parts.flat_map(str::split_whitespace).collect::<Vec<_>>().join(" ")
}

/// The id of the quote of these [`identifying`] words in the article of that key, `before` others of which stand before it.
pub fn quote_id(key: &str, words: &str, before: u32) -> String {
    let mut hash = Sha256::new();
    for part in [key.as_bytes(), words.as_bytes()] {
        hash.update(part);
        hash.update([0]);
    }
    hash.update(before.to_be_bytes());
    hash.finalize().iter().take(8).fold(String::with_capacity(16), |mut id, byte| {
        // Writing to a string can't fail.
        let _ = write!(id, "{byte:02x}");
        id
    })
}

/// What the fields of one record are written from.
struct Scribe<'a> {
    document: &'a Document,
    analysis: &'a Analysis,
    index: CodePointIndex<'a>,
}

impl Scribe<'_> {
    fn quotes(&self) -> Vec<RecordQuote> {
        let mut attributions = vec![None; self.analysis.quotes.len()];
        for attribution in &self.analysis.attributions {
            attributions[attribution.quote.at()] = Some(attribution);
        }
        let ids = quote_ids(&self.document.key, self.document, self.analysis);
        let quotes = self.analysis.quotes.iter().zip(ids).zip(attributions);
        quotes
            .map(|((quote, id), attribution)| match attribution {
                Some(attribution) if quote.kind != QuoteKind::Scare => {
                    self.attributed(id, quote, attribution)
                }
                _ => self.bare(id, quote),
            })
            .collect()
    }

    fn bare(&self, id: String, quote: &Quote) -> RecordQuote {
        let content = self.ranges(quote.parts.iter().copied());
        RecordQuote { id, kind: Some(quote.kind.to_string()), content, ..RecordQuote::default() }
    }

    fn attributed(&self, id: String, quote: &Quote, attribution: &Attribution) -> RecordQuote {
        let (mention, speaker) = match attribution.source {
            Source::Speaker { mention, speaker } => (Some(mention), Some(speaker)),
            Source::Mention(mention) => (Some(mention), None),
            Source::Unknown(_) => (None, None),
        };
        let speaker: Option<&Entity> = speaker.map(|speaker| &self.analysis.entities[speaker.at()]);
        let cue = attribution.cue.as_ref();
        let runners_up = attribution.runners_up.iter();
        RecordQuote {
            cue: self.ranges(cue.map(|cue| cue.span)),
            source: self.ranges(mention.map(|mention| self.analysis.mentions[mention.at()].printed)),
            speaker: speaker.map(|speaker| speaker.name.clone()),
            role: speaker.and_then(|speaker| speaker.role.clone()),
            cue_lemma: cue.map(|cue| cue.lemma.clone()),
            cue_class: cue.map(|cue| cue.class.to_string()),
            confidence: Some(rounded(attribution.confidence)),
            method: Some(attribution.method.to_string()),
            runners_up: runners_up.map(|&(mention, share)| (self.name(mention), rounded(share))).collect(),
            unknown_reason: attribution.unknown_reason().map(|reason| reason.to_string()),
            relayed_by: attribution.relayed_by.map(|outlet| self.name(outlet)),
            ..self.bare(id, quote)
        }
    }

    /// Whom a mention stands for, else its own words.
    fn name(&self, mention: MentionIdx) -> String {
        let mention = &self.analysis.mentions[mention.at()];
        match mention.entity {
            Some(entity) => self.analysis.entities[entity.at()].name.clone(),
            None => self.document.text.slice(mention.span).to_owned(),
        }
    }

    fn ranges(&self, spans: impl IntoIterator<Item = Span>) -> Vec<CodePoints> {
        spans.into_iter().map(|span| self.index.range(span)).collect()
    }
}

/// A confidence as it is written everywhere: three decimals, more would pretend to a precision that no
/// calibration has.
pub fn decimal(share: f32) -> f64 {
    (f64::from(share) * 1000.0).round() / 1000.0
}

fn rounded(share: f32) -> f32 {
    decimal(share) as f32
}
