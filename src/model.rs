//! The nouns of onrecord: plain data, no algorithms.
//!
//! An article comes in as a [`RawArticle`], becomes a [`Document`], and its [`Analysis`] holds
//! what was found in it: tokens, sentences, quotes, mentions, entities and attributions.

mod pos;
mod review;
pub mod verdicts;
pub mod watches;

pub use crate::model::pos::Pos;
pub use crate::model::review::{CorrectionKind, CorrectionStatus, OrphanReason, QuoteState};

use crate::named::{index, named};
use crate::span::{Span, Text};
use jiff::civil::Date;
use std::ops::Range;

index!(/// Index into [`Analysis::quotes`].
    QuoteIdx);
index!(/// Index into [`Analysis::mentions`].
    MentionIdx);
index!(/// Index into [`Analysis::entities`].
    EntityIdx);

/// How the body of an article is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Markup {
    Plain,
    Markdown,
    /// A fragment of HTML that holds the article alone.
    Html,
}

/// What an article's key is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Keyed {
    /// An id or URL of its own.
    Own,
    /// The place that it was read at, or a hash of its words.
    Place,
}

/// One article as read from a file, a line or a stream, before anything is understood.
#[derive(Clone, PartialEq, Debug)]
pub struct RawArticle {
    /// What identifies the article across versions: the id it carries, else its URL, else its path.
    pub key: String,
    pub keyed: Keyed,
    /// Where it was read, for messages: `samples/summit.txt`, `corpus.jsonl:12`, `standard input`.
    pub origin: String,
    pub url: Option<String>,
    pub title: Option<String>,
    pub outlet: Option<String>,
    pub byline: Option<String>,
    pub published: Option<Date>,
    /// BCP 47 language tag, where the input says it.
    pub language: Option<String>,
    pub markup: Markup,
    /// The body, UTF-8, header lines removed.
    pub body: String,
    /// Other fields that a JSON Lines record carried; kept and printed back, never read.
    pub extra: serde_json::Map<String, serde_json::Value>,
}

impl RawArticle {
    /// An article of which only the text is known.
    pub fn plain(key: impl Into<String>, body: impl Into<String>) -> Self {
        let key = key.into();
        Self {
            origin: key.clone(),
            key,
            keyed: Keyed::Own,
            url: None,
            title: None,
            outlet: None,
            byline: None,
            published: None,
            language: None,
            markup: Markup::Plain,
            body: body.into(),
            extra: serde_json::Map::new(),
        }
    }
}

/// One article ready for analysis: canonical text, its paragraphs, and what is known about it.
#[derive(Clone, PartialEq, Debug)]
pub struct Document {
    pub key: String,
    pub keyed: Keyed,
    pub origin: String,
    pub url: Option<String>,
    pub title: Option<String>,
    pub outlet: Option<String>,
    pub byline: Option<String>,
    pub published: Option<Date>,
    pub language: Option<String>,
    pub text: Text,
    /// In order, not overlapping, without white space at their edges, never empty; all text
    /// between them is white space.
    pub paragraphs: Vec<Paragraph>,
    pub raw_map: RawMap,
    pub extra: serde_json::Map<String, serde_json::Value>,
}

/// A stretch of text set off by the writer.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Paragraph {
    pub span: Span,
    pub kind: ParagraphKind,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ParagraphKind {
    Body,
    /// A headline or subheading that the markup declares as one.
    Heading,
    /// A list item.
    Bullet,
    /// A block quotation (Markdown `>`, HTML `blockquote`).
    BlockQuote,
}

/// The way back from canonical text to the raw body: runs of bytes copied unchanged.
///
/// Sorted by `text_start`. Empty for a plain text, which is the raw body itself; of a body with markup it is empty only when not
/// one byte was copied (all of it entities). The raw body of a page is the fragment that intake cleaned, not the file.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct RawMap {
    pub runs: Vec<RawRun>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct RawRun {
    pub text_start: u32,
    pub raw_start: u32,
    pub len: u32,
}

/// What a token is made of.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum TokenKind {
    /// Letters, with inner hyphens or apostrophes: `co-operate`, `O'Neill`; an abbreviation keeps
    /// its stop (`Mr.`, `U.S.`); a clitic is a token of its own (`n't`, `'s`).
    Word,
    /// Digits with inner separators or a unit: `2,500`, `3.7`, `16th`, `2025-10-22`.
    Number,
    /// One punctuation mark, or one run of the same: `,`, `...`, `--`.
    Punctuation,
    /// A quotation mark or an apostrophe standing alone: `“`, `"`, `''`.
    Mark,
    /// A URL, e-mail address, @handle or #tag.
    Link,
    /// Anything else: `$`, `%`, an emoji.
    Symbol,
}

/// A word, number, mark or other smallest piece of text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Token {
    pub span: Span,
    pub kind: TokenKind,
    pub pos: Pos,
}

/// A sentence: a run of tokens inside one paragraph.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sentence {
    pub span: Span,
    /// Indices into [`Analysis::tokens`].
    pub tokens: Range<u32>,
    /// Index into [`Document::paragraphs`].
    pub paragraph: u32,
}

named! {
/// What a stretch of somebody's words is.
QuoteKind {
    /// All of it stands in quotation marks.
    Direct = "direct",
    /// A reported clause, part of which stands in quotation marks.
    Mixed = "mixed",
    /// Reported in the writer's words.
    Indirect = "indirect",
    /// In quotation marks, but a term, title or nickname: nobody's statement.
    Scare = "scare",
}
}

/// A quotation or reported statement.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Quote {
    /// One span, or several when the writer broke in («"A," she said, "B."»). In order.
    pub parts: Vec<Span>,
    pub kind: QuoteKind,
    /// Whether every opening quotation mark found its closing one.
    pub closed: bool,
    /// The quote inside which this one stands.
    pub nested_in: Option<QuoteIdx>,
}

named! {
MentionKind {
    /// A person's name: `Senator Ann Reyes`.
    Name = "name",
    /// A role that stands for a person: `the minister`.
    Role = "role",
    /// `the Ministry of Health`.
    Organisation = "organisation",
    /// `she`.
    Pronoun = "pronoun",
    /// `two people familiar with the matter`.
    Group = "group",
    /// `the report`.
    Document = "document",
}
}

/// A place in the text that names or stands for a possible source.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Mention {
    /// The name or noun with what leads it: `Ann Reyes`.
    pub span: Span,
    /// All words that a statement gives to it as its source, else the same: `Ann Reyes, mayor of Orbo`.
    pub printed: Span,
    pub kind: MentionKind,
    pub entity: Option<EntityIdx>,
}

named! {
EntityKind {
    Person = "person",
    Organisation = "organisation",
    Group = "group",
    Document = "document",
}
}

/// One person, organisation, group or document of an article, whatever words name it there.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Entity {
    pub kind: EntityKind,
    /// The fullest name printed in the article, without titles: `Kenji Ito`.
    pub name: String,
    /// Role or affiliation as printed: `harbour spokesperson`.
    pub role: Option<String>,
    /// Other names printed for it, sorted: `Ito`, `Mr Ito`.
    pub aliases: Vec<String>,
}

named! {
/// How a statement is put; «claimed» and «admitted» are not «said».
CueClass {
    Say = "say",
    Claim = "claim",
    Deny = "deny",
    Admit = "admit",
    Ask = "ask",
    Warn = "warn",
    Promise = "promise",
    Demand = "demand",
    Accuse = "accuse",
    Praise = "praise",
    Think = "think",
    Feel = "feel",
    Write = "write",
    Announce = "announce",
    Show = "show",
    Describe = "describe",
    Decide = "decide",
}
}

/// The words that report a statement: `said`, `has warned`, `according to`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Cue {
    pub span: Span,
    /// Dictionary form: `say`, `point out`, `according to`.
    pub lemma: String,
    pub class: CueClass,
}

named! {
/// The rule that linked a statement to its source.
Method {
    /// `She said (that) …`
    VerbBefore = "verb_before",
    /// `…, she said`
    VerbAfter = "verb_after",
    /// `…, said the minister`
    InvertedVerb = "inverted_verb",
    /// `Reyes: …`, transcripts and headlines
    Colon = "colon",
    /// `"…" — Reyes`
    DashSignature = "dash_signature",
    /// `From Reyes: …`
    FromColon = "from_colon",
    /// `according to Reyes`
    AccordingTo = "according_to",
    /// A further quotation of the same paragraph, without a cue of its own.
    SameParagraph = "same_paragraph",
    /// The same quotation going on in the next paragraph.
    OpenParagraph = "open_paragraph",
    /// Two speakers taking turns.
    DialogueTurn = "dialogue_turn",
    /// A quotation without a cue, given to the last speaker.
    Floating = "floating",
    /// A person said so.
    Person = "person",
    /// No rule applied.
    None = "none",
}
}

named! {
/// Why a source is unknown.
Reason {
    NoCue = "no_cue",
    Tie = "tie",
    PronounUnresolved = "pronoun_unresolved",
    /// The writer names nobody: `it was reported that …`.
    NoSource = "no_source",
}
}

/// Who a statement is from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Source {
    /// The mention printed beside it, and whom that stands for.
    Speaker {
        mention: MentionIdx,
        speaker: EntityIdx,
    },
    /// A pronoun that couldn't be resolved.
    Mention(MentionIdx),
    Unknown(Reason),
}

impl Source {
    /// The mention printed beside the statement, where there is one.
    pub const fn mention(self) -> Option<MentionIdx> {
        match self {
            Self::Speaker { mention, .. } | Self::Mention(mention) => Some(mention),
            Self::Unknown(_) => None,
        }
    }
}

/// Who said a quote, and why the program thinks so.
#[derive(Clone, PartialEq, Debug)]
pub struct Attribution {
    pub quote: QuoteIdx,
    pub cue: Option<Cue>,
    pub source: Source,
    pub method: Method,
    /// 0 to 1.
    pub confidence: f32,
    /// Other candidates with their confidence, best first, at most three.
    pub runners_up: Vec<(MentionIdx, f32)>,
    /// The outlet that passed the statement on: «…», according to Reuters.
    pub relayed_by: Option<MentionIdx>,
}

impl Attribution {
    /// Why no speaker is named, where none is.
    pub const fn unknown_reason(&self) -> Option<Reason> {
        match self.source {
            Source::Speaker { .. } => None,
            Source::Mention(_) => Some(Reason::PronounUnresolved),
            Source::Unknown(reason) => Some(reason),
        }
    }
}

/// Everything found in one document. Vectors are in text order.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Analysis {
    pub tokens: Vec<Token>,
    pub sentences: Vec<Sentence>,
    pub quotes: Vec<Quote>,
    pub mentions: Vec<Mention>,
    pub entities: Vec<Entity>,
    /// One for each quote that is not [`QuoteKind::Scare`], in the order of the quotes.
    pub attributions: Vec<Attribution>,
}
