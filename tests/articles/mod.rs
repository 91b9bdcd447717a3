//! Invented articles with their analysis, made by hand, for the tests of the database.

#![allow(dead_code, reason = "each test program uses a part of it")]

use onrecord::model::{
    Analysis, Attribution, Cue, CueClass, Document, Entity, EntityIdx, EntityKind, Mention, MentionIdx,
    MentionKind, Method, Quote, QuoteIdx, QuoteKind, RawArticle, Reason, Source,
};
use onrecord::span::Span;
use onrecord::store::Store;
use onrecord::store::write::Ingested;
use onrecord::text;
use std::ops::Range;
use std::path::PathBuf;
use tempfile::TempDir;

/// An article and what is found in it so far.
#[derive(Clone)]
pub struct Article {
    pub document: Document,
    pub analysis: Analysis,
}

/// An article that says nothing about itself.
pub fn article(key: &str, words: &str) -> Article {
    let document =
        text::document(RawArticle { origin: format!("{key}, in a test"), ..RawArticle::plain(key, words) });
    Article { document, analysis: Analysis::default() }
}

impl Article {
    pub fn of(mut self, outlet: &str, published: &str, title: &str) -> Self {
        self.document.outlet = Some(outlet.to_owned());
        self.document.published = Some(published.parse().expect("a date"));
        self.document.title = Some(title.to_owned());
        self
    }

    /// Adds a quote by its words, each part the first place where they stand.
    pub fn quote(mut self, kind: QuoteKind, parts: &[&str]) -> Self {
        let parts = parts.iter().map(|words| self.span(words)).collect();
        self.analysis.quotes.push(Quote { parts, kind, closed: true, nested_in: None });
        self
    }

    /// Adds a quote by its place.
    pub fn quote_at(mut self, kind: QuoteKind, range: Range<usize>) -> Self {
        let parts = vec![Span::from_bounds(range.start, range.end)];
        self.analysis.quotes.push(Quote { parts, kind, closed: true, nested_in: None });
        self
    }

    /// Says who the last quote is from: a name that stands at that place.
    pub fn said_at(mut self, at: usize, name: &str) -> Self {
        let speaker = self.entity(EntityKind::Person, name, None);
        let (span, entity) = (Span::from_bounds(at, at + name.len()), Some(speaker));
        self.analysis.mentions.push(Mention { span, printed: span, kind: MentionKind::Name, entity });
        let mention = MentionIdx::new(self.analysis.mentions.len() - 1);
        self.attribute(Source::Speaker { mention, speaker }, Method::VerbAfter, 0.9);
        self
    }

    /// Says who the last quote is from: the words of the source, the name in full, its role.
    pub fn said(mut self, source: &str, name: &str, role: Option<&str>) -> Self {
        let speaker = self.entity(EntityKind::Person, name, role);
        let mention = self.mention(source, Some(speaker));
        self.attribute(Source::Speaker { mention, speaker }, Method::VerbAfter, 0.93);
        self
    }

    /// Leaves the last quote without a speaker.
    pub fn unknown(mut self, reason: Reason) -> Self {
        self.attribute(Source::Unknown(reason), Method::None, 0.0);
        self
    }

    /// Adds a cue to the last quote.
    pub fn cue(mut self, words: &str, lemma: &str, class: CueClass) -> Self {
        let span = self.span(words);
        self.last().cue = Some(Cue { span, lemma: lemma.to_owned(), class });
        self
    }

    /// Adds a runner-up to the last quote.
    pub fn or(mut self, source: &str, confidence: f32) -> Self {
        let mention = self.mention(source, None);
        self.last().runners_up.push((mention, confidence));
        self
    }

    /// Adds another name to the last speaker.
    pub fn alias(mut self, alias: &str) -> Self {
        self.analysis.entities.last_mut().expect("a speaker").aliases.push(alias.to_owned());
        self
    }

    pub fn last(&mut self) -> &mut Attribution {
        self.analysis.attributions.last_mut().expect("an attributed quote")
    }

    pub fn mention(&mut self, words: &str, entity: Option<EntityIdx>) -> MentionIdx {
        let span = self.span(words);
        self.analysis.mentions.push(Mention { span, printed: span, kind: MentionKind::Name, entity });
        MentionIdx::new(self.analysis.mentions.len() - 1)
    }

    fn entity(&mut self, kind: EntityKind, name: &str, role: Option<&str>) -> EntityIdx {
        let entities = &mut self.analysis.entities;
        let known = entities.iter().position(|entity| entity.name == name);
        let index = known.unwrap_or_else(|| {
            let (name, role) = (name.to_owned(), role.map(str::to_owned));
            entities.push(Entity { kind, name, role, aliases: Vec::new() });
            entities.len() - 1
        });
        EntityIdx::new(index)
    }

    fn attribute(&mut self, source: Source, method: Method, confidence: f32) {
        let quote = QuoteIdx::new(self.analysis.quotes.len() - 1);
        let (cue, runners_up, relayed_by) = (None, Vec::new(), None);
        self.analysis.attributions.push(Attribution {
            quote,
            cue,
            source,
            method,
            confidence,
            runners_up,
            relayed_by,
        });
    }

    fn span(&self, words: &str) -> Span {
        let start = self.document.text.as_str().find(words).expect("words of the text");
        Span::from_bounds(start, start + words.len())
    }
}

/// A folder that goes away, with the path of a database in it.
pub fn place() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("test.db");
    (folder, path)
}

pub fn write(store: &mut Store, article: &Article) -> Ingested {
    store.write(&article.document, &article.analysis).expect("an article that can be kept")
}

/// A council meeting: one quote in two parts, a denial, a quote of nobody and a scare quote.
pub fn council() -> Article {
    let text = "“We will rebuild the bridge,” Mayor Ana Solís said, “whatever it costs.”\n\n\
                Councillor Piotr Wałęsa denied that the money was gone.\n\n\
                “Nobody asked us.”\n\nThe so-called “bridge of sighs” closed in May.";
    article("https://herald.example/bridge", text)
        .of("The Harbour Herald", "2025-10-22", "Mayor vows to rebuild bridge")
        .quote(QuoteKind::Direct, &["“We will rebuild the bridge,”", "“whatever it costs.”"])
        .said("Mayor Ana Solís", "Ana Solís", Some("Mayor"))
        .alias("Solís")
        .cue("said", "say", CueClass::Say)
        .or("Piotr Wałęsa", 0.04)
        .quote(QuoteKind::Indirect, &["that the money was gone"])
        .said("Councillor Piotr Wałęsa", "Piotr Wałęsa", Some("Councillor"))
        .alias("Wałęsa")
        .cue("denied", "deny", CueClass::Deny)
        .quote(QuoteKind::Direct, &["“Nobody asked us.”"])
        .unknown(Reason::NoCue)
        .quote(QuoteKind::Scare, &["“bridge of sighs”"])
}

/// Another outlet, later, with the mayor in other words and another person of her surname.
pub fn follow_up() -> Article {
    let text = "ANA SOLIS said the bridge would “never” be tolled. Bruno Solis said: “I doubt it.”";
    article("https://gazette.example/toll", text)
        .of("Valley Gazette", "2025-11-03", "No toll, says mayor")
        .quote(QuoteKind::Mixed, &["the bridge would “never” be tolled"])
        .said("ANA SOLIS", "ANA SOLIS", None)
        .quote(QuoteKind::Direct, &["“I doubt it.”"])
        .said("Bruno Solis", "Bruno Solis", None)
}
