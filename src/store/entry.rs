//! An article made ready to be written: all that can be worked out without the database.

use crate::copies::Sketch;
use crate::lexicon::fold::fold;
use crate::model::{Analysis, Document, EntityIdx, EntityKind, QuoteIdx, Source};
use crate::record::quote_ids;
use crate::store::hash::Hash;
use crate::store::statements::words;
use crate::store::wordings::Weighed;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// An article with what was found in it. Making one is work for the threads that analyse; writing it is for the
/// one that writes.
#[derive(Clone, PartialEq, Debug)]
pub struct Entry {
    pub document: Document,
    pub(crate) analysis: Analysis,
    /// Which analysis it is ([`crate::pipeline::Engine::analyser`]).
    pub(crate) analyser: String,
    pub(crate) hash: Hash,
    /// The public ids of the quotes, in their order, under the document's own key.
    pub(crate) ids: Vec<String>,
    pub(crate) people: Vec<Person>,
    pub(crate) sketch: Option<Sketch>,
    /// One a quote, or none at all: what claims need to know of it.
    pub(crate) weighed: Vec<Weighed>,
    /// Where a speaker stands in `people`; those who said nothing are not there.
    places: BTreeMap<EntityIdx, usize>,
}

/// Somebody with a statement in the article, under one name whatever the entities are called.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Person {
    pub kind: EntityKind,
    pub name: String,
    pub folded: String,
    pub role: Option<String>,
    /// Other names that differ from it by more than case and accents.
    pub aliases: BTreeSet<String>,
}

impl Entry {
    /// Makes an entry of an article whose hash is known ([`crate::store::hash::hash`]).
    pub fn new(document: Document, hash: Hash, analysis: Analysis, analyser: &str) -> Self {
        let mut entry = Self {
            hash,
            analyser: analyser.to_owned(),
            ids: quote_ids(&document.key, &document, &analysis),
            sketch: Sketch::new(document.text.as_str()),
            people: Vec::new(),
            weighed: Vec::new(),
            places: BTreeMap::new(),
            document,
            // Nothing of them is stored, and there are many.
            analysis: Analysis { tokens: Vec::new(), sentences: Vec::new(), ..analysis },
        };
        entry.meet_people();
        entry
    }

    /// Works out what claims need to know of the quotes, so that the thread that writes needn't.
    pub fn weighed(mut self) -> Self {
        let mut attributions = self.analysis.attributions.iter().peekable();
        let quotes = (0..).map(QuoteIdx).zip(&self.analysis.quotes);
        let weighed = quotes.map(|(index, quote)| {
            let cue = attributions.next_if(|attribution| attribution.quote == index);
            let class = cue.and_then(|attribution| attribution.cue.as_ref()).map(|cue| cue.class);
            let text = words(self.document.text.as_str(), quote.parts.iter().copied());
            Weighed::new(&text, quote.kind, class)
        });
        self.weighed = weighed.collect();
        self
    }

    /// The public ids of the quotes as they are in the article of that key.
    pub(crate) fn ids_under(&self, key: &str) -> Cow<'_, [String]> {
        if key == self.document.key {
            Cow::Borrowed(&self.ids)
        } else {
            Cow::Owned(quote_ids(key, &self.document, &self.analysis))
        }
    }

    /// How many statements were found; words in marks that nobody said are none.
    pub fn statements(&self) -> usize {
        self.analysis.attributions.len()
    }

    /// Bytes that it holds, about.
    pub fn weight(&self) -> usize {
        self.document.text.as_str().len() + 300 * self.ids.len() + 2500 * self.weighed.len() + 1000
    }

    /// Where the speaker of an attribution stands in `people`.
    pub(crate) fn speaker(&self, source: Source) -> Option<usize> {
        match source {
            Source::Speaker { speaker, .. } => self.places.get(&speaker).copied(),
            Source::Mention(_) | Source::Unknown(_) => None,
        }
    }

    fn meet_people(&mut self) {
        for attribution in &self.analysis.attributions {
            let Source::Speaker { speaker, .. } = attribution.source else { continue };
            if self.places.contains_key(&speaker) {
                continue;
            }
            let entity = &self.analysis.entities[speaker.at()];
            let folded = fold(&entity.name);
            let known =
                self.people.iter().position(|person| person.folded == folded && person.kind == entity.kind);
            let place = known.unwrap_or_else(|| {
                let (kind, name) = (entity.kind, entity.name.clone());
                self.people.push(Person { kind, name, folded, role: None, aliases: BTreeSet::new() });
                self.people.len() - 1
            });
            self.people[place].meet(entity.role.as_deref(), &entity.aliases);
            self.places.insert(speaker, place);
        }
    }
}

impl Person {
    fn meet(&mut self, role: Option<&str>, aliases: &[String]) {
        self.role = self.role.take().or_else(|| role.map(str::to_owned));
        let others = aliases.iter().filter(|alias| {
            let folded = fold(alias);
            !folded.is_empty() && folded != self.folded
        });
        self.aliases.extend(others.cloned());
    }
}
