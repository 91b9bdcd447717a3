//! One quote of a record, as the evaluation compares it.

use crate::evaluation::figures::{Group, SourceKind};
use crate::evaluation::words::{WordSet, Words};
use crate::record::{Record, RecordQuote};

/// A quote by its words; marks of nobody's statement (`scare`) are never one.
#[derive(Debug)]
pub struct Annotated<'a> {
    /// As the record has it.
    pub quote: &'a RecordQuote,
    pub group: Group,
    /// Words of the content; never empty.
    pub words: WordSet,
    pub cue: WordSet,
    /// Words of the source's mention; empty when there is none.
    pub source: WordSet,
    /// Those words of the source that can identify it.
    pub head: WordSet,
    /// How those are spelled, in lower case.
    pub spelled: Vec<String>,
    pub kind: SourceKind,
    pub speaker: Option<&'a str>,
    /// The speaker, else the mention as printed.
    pub name: String,
    /// Other names of the speaker that the record lists in `characters`.
    pub aliases: Vec<&'a str>,
}

/// The quotes of an annotated article.
pub fn gold<'a>(record: &'a Record, words: &Words) -> Vec<Annotated<'a>> {
    annotated(record, words, |quote, _| declared(quote).unwrap_or(Group::Untyped))
}

/// The quotes that a program found; one that it gave no type has that of its quotation marks.
pub fn predicted<'a>(record: &'a Record, words: &Words) -> Vec<Annotated<'a>> {
    annotated(record, words, |quote, content| declared(quote).unwrap_or_else(|| by_marks(content, words)))
}

impl Annotated<'_> {
    pub fn is_unknown(&self) -> bool {
        self.source.is_empty() && self.speaker.is_none()
    }
}

fn annotated<'a>(
    record: &'a Record,
    words: &Words,
    group: impl Fn(&RecordQuote, &WordSet) -> Group,
) -> Vec<Annotated<'a>> {
    let statements = record.quotes.iter().filter(|quote| quote.kind.as_deref() != Some("scare"));
    let annotated = statements.map(|quote| {
        let (content, source) = (words.touched(&quote.content), words.touched(&quote.source));
        let speaker = quote.speaker.as_deref().filter(|speaker| !speaker.is_empty());
        let head = words.head(&source);
        Annotated {
            quote,
            group: group(quote, &content),
            cue: words.touched(&quote.cue),
            spelled: head.iter().map(|&word| words.spelled(word).to_lowercase()).collect(),
            kind: words.source_kind(&source),
            name: speaker.map_or_else(|| words.surface(&source), str::to_owned),
            aliases: speaker.map_or_else(Vec::new, |speaker| aliases(record, speaker)),
            words: content,
            source,
            head,
            speaker,
        }
    });
    annotated.filter(|quote| !quote.words.is_empty()).collect()
}

fn declared(quote: &RecordQuote) -> Option<Group> {
    match quote.kind.as_deref() {
        Some("direct") => Some(Group::Direct),
        Some("mixed") => Some(Group::Mixed),
        Some("indirect") => Some(Group::Indirect),
        _ => None,
    }
}

fn by_marks(content: &WordSet, words: &Words) -> Group {
    match words.quoted_units(content).iter().map(Vec::len).sum::<usize>() {
        0 => Group::Indirect,
        quoted if quoted == content.len() => Group::Direct,
        _ => Group::Mixed,
    }
}

fn aliases<'a>(record: &'a Record, speaker: &str) -> Vec<&'a str> {
    let listed = record.extra.get("characters").and_then(|characters| characters.get(speaker)?.as_array());
    listed.into_iter().flatten().filter_map(|alias| alias.as_str()).collect()
}
