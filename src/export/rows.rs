//! Which columns quotes, speakers and articles have, in every format.

use crate::export::{Cell, Row};
use crate::query::aliases::AliasRow;
use crate::query::articles::ArticleRow;
use crate::query::claims::pairs::PairRow;
use crate::query::claims::{Appearance, ClaimRow};
use crate::query::corrections::CorrectionRow;
use crate::query::history::HistoryRow;
use crate::query::profile::ProfileRow;
use crate::query::quotes::QuoteRow;
use crate::query::speakers::SpeakerRow;
use crate::query::suggestions::SuggestionRow;
use std::borrow::Cow;

impl Row for QuoteRow {
    const COLUMNS: &'static [&'static str] = &[
        "id",
        "published",
        "outlet",
        "title",
        "url",
        "article",
        "position",
        "type",
        "speaker",
        "speaker_kind",
        "role",
        "source",
        "cue",
        "cue_lemma",
        "cue_class",
        "quote",
        "confidence",
        "method",
        "unknown_reason",
        "relayed_by",
        "runners_up",
        "content",
        "printed",
        "state",
        "named",
    ];

    fn cells(&self) -> Vec<Cell<'_>> {
        vec![
            name(&self.id),
            Cell::text(self.published.as_deref()),
            Cell::text(self.outlet.as_deref()),
            Cell::text(self.title.as_deref()),
            Cell::text(self.url.as_deref()),
            name(&self.article),
            Cell::Count(i64::from(self.position)),
            name(self.kind.as_str()),
            Cell::text(self.speaker.as_deref()),
            Cell::text(self.speaker_kind.map(|kind| kind.as_str())),
            Cell::text(self.role.as_deref()),
            Cell::text(self.source.as_deref()),
            Cell::text(self.cue.as_deref()),
            Cell::text(self.cue_lemma.as_deref()),
            Cell::text(self.cue_class.map(|class| class.as_str())),
            name(&self.words),
            self.confidence.map_or(Cell::Missing, Cell::Share),
            Cell::text(self.method.map(|method| method.as_str())),
            Cell::text(self.unknown_reason.map(|reason| reason.as_str())),
            Cell::text(self.relayed_by.as_deref()),
            Cell::list(&self.runners_up),
            Cell::list(&self.content),
            Cell::Count(i64::from(self.printed)),
            name(self.state.as_str()),
            Cell::text(self.named.as_deref()),
        ]
    }
}

impl Row for SpeakerRow {
    const COLUMNS: &'static [&'static str] =
        &["id", "name", "kind", "quotes", "articles", "first", "last", "roles", "aliases", "wikidata"];

    fn cells(&self) -> Vec<Cell<'_>> {
        vec![
            Cell::Count(self.id.0),
            name(&self.name),
            name(self.kind.as_str()),
            Cell::Count(self.quotes),
            Cell::Count(self.articles),
            Cell::text(self.first.as_deref()),
            Cell::text(self.last.as_deref()),
            Cell::list(&self.roles),
            Cell::list(&self.aliases),
            Cell::text(self.wikidata.as_deref()),
        ]
    }
}

impl Row for ArticleRow {
    const COLUMNS: &'static [&'static str] = &[
        "id",
        "article",
        "published",
        "outlet",
        "title",
        "byline",
        "language",
        "url",
        "quotes",
        "versions",
        "copies",
        "first_seen",
        "ingested",
    ];

    fn cells(&self) -> Vec<Cell<'_>> {
        vec![
            Cell::Count(self.id.0),
            name(&self.key),
            Cell::text(self.published.as_deref()),
            Cell::text(self.outlet.as_deref()),
            Cell::text(self.title.as_deref()),
            Cell::text(self.byline.as_deref()),
            Cell::text(self.language.as_deref()),
            Cell::text(self.url.as_deref()),
            Cell::Count(self.quotes),
            Cell::Count(self.versions),
            Cell::Count(self.copies),
            name(&self.first_seen),
            name(&self.ingested),
        ]
    }
}

impl Row for CorrectionRow {
    const COLUMNS: &'static [&'static str] =
        &["id", "made", "by", "kind", "status", "reason", "article", "words", "says", "note", "undoes"];

    fn cells(&self) -> Vec<Cell<'_>> {
        vec![
            Cell::Count(self.id),
            name(&self.made),
            name(&self.reviewer),
            name(self.kind.as_str()),
            name(self.status.as_str()),
            Cell::text(self.reason.map(|reason| reason.as_str())),
            Cell::text(self.article.as_deref()),
            Cell::text(self.words.as_deref()),
            Cell::text(self.says.as_deref()),
            Cell::text(self.note.as_deref()),
            self.undoes.map_or(Cell::Missing, Cell::Count),
        ]
    }
}

impl Row for AliasRow {
    const COLUMNS: &'static [&'static str] = &["name", "alias", "kind", "wikidata"];

    fn cells(&self) -> Vec<Cell<'_>> {
        vec![
            name(&self.name),
            Cell::text(self.alias.as_deref()),
            name(self.kind.as_str()),
            Cell::text(self.wikidata.as_deref()),
        ]
    }
}

impl Row for ProfileRow {
    const COLUMNS: &'static [&'static str] = &["what", "value", "quotes", "first", "last"];

    fn cells(&self) -> Vec<Cell<'_>> {
        vec![
            name(self.what.as_str()),
            name(&self.value),
            Cell::Count(self.quotes),
            Cell::text(self.first.as_deref()),
            Cell::text(self.last.as_deref()),
        ]
    }
}

impl Row for SuggestionRow {
    const COLUMNS: &'static [&'static str] = &["what", "name", "other", "kind", "articles", "by", "why"];

    fn cells(&self) -> Vec<Cell<'_>> {
        vec![
            name(self.what.as_str()),
            name(&self.name),
            Cell::text(self.other.as_ref().map(|(_, name)| name.as_str())),
            name(self.kind.as_str()),
            Cell::Count(i64::from(self.articles)),
            Cell::text(self.by.as_deref()),
            name(&self.why),
        ]
    }
}

impl Row for HistoryRow {
    const COLUMNS: &'static [&'static str] =
        &["version", "read", "what", "how", "quote", "speaker", "before", "after"];

    fn cells(&self) -> Vec<Cell<'_>> {
        vec![
            Cell::Count(i64::from(self.version)),
            name(&self.read),
            name(self.what.as_str()),
            name(self.how.as_str()),
            Cell::text(self.quote.as_deref()),
            Cell::text(self.speaker.as_deref()),
            Cell::text(self.before.as_deref()),
            Cell::text(self.after.as_deref()),
        ]
    }
}

impl Row for ClaimRow {
    const COLUMNS: &'static [&'static str] = &[
        "id",
        "speaker",
        "speaker_kind",
        "text",
        "first_seen",
        "last_seen",
        "status",
        "prints",
        "outlets",
        "wordings",
        "state",
        "worth",
        "reasons",
        "cues",
        "subjects",
        "appearances",
    ];

    fn cells(&self) -> Vec<Cell<'_>> {
        vec![
            Cell::Text(self.id.to_string().into()),
            Cell::text(self.speaker.as_deref()),
            Cell::text(self.speaker_kind.map(|kind| kind.as_str())),
            name(&self.text),
            Cell::text(self.first_seen.as_deref()),
            Cell::text(self.last_seen.as_deref()),
            name(self.status.as_str()),
            Cell::Count(self.prints),
            Cell::Count(self.outlets),
            Cell::Count(self.wordings),
            name(self.state.as_str()),
            Cell::Share(self.worth.score),
            Cell::list(&self.worth.reasons),
            Cell::list(&self.cues),
            Cell::list(&self.subjects),
            Cell::list(&self.appearances),
        ]
    }
}

impl Row for Appearance {
    const COLUMNS: &'static [&'static str] = &[
        "article",
        "quote",
        "outlet",
        "published",
        "tier",
        "text",
        "speaker",
        "type",
        "cue",
        "cue_class",
        "cue_lemma",
        "state",
        "method",
        "score",
        "claim",
        "confirmed_by",
        "confirmed_at",
        "correction",
    ];

    fn cells(&self) -> Vec<Cell<'_>> {
        vec![
            name(&self.article),
            name(&self.quote),
            Cell::text(self.outlet.as_deref()),
            Cell::text(self.published.as_deref()),
            name(self.tier.as_str()),
            name(&self.text),
            Cell::text(self.speaker.as_deref()),
            name(&self.kind),
            Cell::text(self.cue.as_deref()),
            Cell::text(self.cue_class.as_deref()),
            Cell::text(self.cue_lemma.as_deref()),
            name(self.state.as_str()),
            Cell::text(self.method.as_deref()),
            self.score.map_or(Cell::Missing, Cell::Share),
            Cell::text(self.claim.as_deref()),
            Cell::text(self.confirmed.confirmed_by.as_deref()),
            Cell::text(self.confirmed.confirmed_at.as_deref()),
            self.confirmed.correction.map_or(Cell::Missing, Cell::Count),
        ]
    }
}

impl Row for PairRow {
    const COLUMNS: &'static [&'static str] = &[
        "a",
        "b",
        "why",
        "a_claim",
        "b_claim",
        "a_speaker",
        "b_speaker",
        "a_text",
        "b_text",
        "a_published",
        "b_published",
    ];

    fn cells(&self) -> Vec<Cell<'_>> {
        vec![
            name(&self.a.article),
            name(&self.b.article),
            name(self.why),
            Cell::Text(self.a_claim.to_string().into()),
            Cell::Text(self.b_claim.to_string().into()),
            Cell::text(self.a.speaker.as_deref()),
            Cell::text(self.b.speaker.as_deref()),
            name(&self.a.text),
            name(&self.b.text),
            Cell::text(self.a.published.as_deref()),
            Cell::text(self.b.published.as_deref()),
        ]
    }
}

fn name(words: &str) -> Cell<'_> {
    Cell::Text(Cow::Borrowed(words))
}
