//! What speaks for a candidate.

use crate::mentions::FoundMention;
use crate::model::{MentionIdx, MentionKind, Method};
use crate::quotes::Statement;
use crate::tagging::Tagged;

/// What speaks for a candidate. The weights stand in [`crate::attribution::score`].
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Features {
    pub kind: MentionKind,
    /// The grammar of the cue names it.
    pub grammatical: bool,
    /// It was the source of the statement before, in the same paragraph.
    pub same_paragraph: bool,
    /// It speaks in turn: A, B, A, …
    pub turn: bool,
    /// It was the last source before.
    pub last_speaker: bool,
    /// It is the subject of a verb.
    pub subject: bool,
    /// Sentences between it and the statement; 0 where the flow of speech brings it near.
    pub sentences: u32,
}

impl Features {
    /// Whether the grammar or the flow of speech names it; standing near is not enough.
    pub const fn is_named(&self) -> bool {
        self.grammatical || self.same_paragraph || self.turn || self.last_speaker
    }
}

/// The features of a mention that only stands near `statement`.
pub fn nearby(
    tagged: &Tagged,
    statement: &Statement,
    mention: MentionIdx,
    mentions: &[FoundMention],
) -> Features {
    let found = &mentions[mention.at()];
    let here = tagged.sentence_at[statement.start()];
    let there = tagged.sentence_at[found.head];
    Features {
        kind: found.kind,
        grammatical: false,
        same_paragraph: false,
        turn: false,
        last_speaker: false,
        subject: found.subject,
        sentences: here.abs_diff(there),
    }
}

/// The features of a mention that the flow of speech names by the rule `method`.
pub fn in_flow(near: Features, method: Method) -> Features {
    Features {
        same_paragraph: method == Method::SameParagraph,
        turn: method == Method::DialogueTurn,
        last_speaker: method == Method::Floating,
        sentences: 0,
        ..near
    }
}
