//! One quote of a record, as the evaluation compares it.

use crate::evaluation::scores::Group;
use crate::evaluation::words::{WordSet, Words};
use crate::lexicon::source_words::SourceWords;
use crate::record::{Record, RecordQuote};

/// A quote by its words; marks of nobody's statement (`scare`) are never one.
pub struct Annotated {
    pub group: Group,
    /// Words of the content; never empty.
    pub words: WordSet,
    /// Words of the source's mention; empty when there is none.
    pub source: WordSet,
    /// Those words of the source that can identify it.
    pub head: WordSet,
    pub speaker: Option<String>,
    /// The speaker, else the mention as printed.
    pub name: String,
    /// Other names of the speaker that the record lists in `characters`.
    pub aliases: Vec<String>,
}

/// The quotes of an annotated article.
pub fn gold(record: &Record, words: &Words) -> Vec<Annotated> {
    let group = |quote: &RecordQuote, _: &WordSet| declared(quote).unwrap_or(Group::Untyped);
    annotated(record, words, group)
}

/// The quotes that a program found; one that it gave no type has that of its quotation marks.
pub fn predicted(record: &Record, words: &Words) -> Vec<Annotated> {
    annotated(record, words, |quote, content| declared(quote).unwrap_or_else(|| by_marks(content, words)))
}

impl Annotated {
    /// Whether `predicted` names the source of this quote: shares a telling word with the mention,
    /// or where only the speaker is annotated, bears its name, or where neither is, names nobody.
    pub fn has_source_of(&self, predicted: &Annotated, tables: &SourceWords) -> bool {
        if !self.source.is_empty() {
            return self.head.iter().any(|word| predicted.source.binary_search(word).is_ok());
        }
        if self.speaker.is_some() {
            return self.has_name_like(&predicted.name, tables);
        }
        predicted.source.is_empty() && predicted.speaker.is_none()
    }

    /// Whether `name` is the speaker's or an alias, titles and case aside.
    pub fn has_name(&self, name: &str, tables: &SourceWords) -> bool {
        let name = tables.name(name);
        !name.is_empty() && self.names().any(|known| tables.name(known) == name)
    }

    /// Whether `name` shortens a name of the speaker or makes it longer: «Reyes», «Ann Reyes».
    pub fn has_name_like(&self, name: &str, tables: &SourceWords) -> bool {
        let name = tables.name(name);
        let holds = |all: &[String], part: &[String]| part.iter().all(|word| all.contains(word));
        !name.is_empty()
            && self.names().any(|known| {
                let known = tables.name(known);
                !known.is_empty() && (holds(&known, &name) || holds(&name, &known))
            })
    }

    fn names(&self) -> impl Iterator<Item = &str> {
        self.speaker.iter().chain(&self.aliases).map(String::as_str)
    }
}

fn annotated(
    record: &Record,
    words: &Words,
    group: impl Fn(&RecordQuote, &WordSet) -> Group,
) -> Vec<Annotated> {
    let statements = record.quotes.iter().filter(|quote| quote.kind.as_deref() != Some("scare"));
    let annotated = statements.map(|quote| {
        let (content, source) = (words.touched(&quote.content), words.touched(&quote.source));
        let speaker = quote.speaker.clone().filter(|speaker| !speaker.is_empty());
        Annotated {
            group: group(quote, &content),
            head: words.head(&source),
            name: speaker.clone().unwrap_or_else(|| words.surface(&source)),
            aliases: speaker.as_deref().map_or_else(Vec::new, |speaker| aliases(record, speaker)),
            words: content,
            source,
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

fn aliases(record: &Record, speaker: &str) -> Vec<String> {
    let listed = record.extra.get("characters").and_then(|characters| characters.get(speaker)?.as_array());
    listed.into_iter().flatten().filter_map(|alias| alias.as_str().map(str::to_owned)).collect()
}
