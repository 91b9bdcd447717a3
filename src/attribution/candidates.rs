//! The mentions that a statement's source is chosen from.

use crate::attribution::decision::Speech;
use crate::attribution::mention_at;
use crate::mentions::FoundMention;
use crate::model::{MentionIdx, MentionKind, Method};
use crate::quotes::Statement;
use crate::tagging::Tagged;

/// How many tokens before a statement a mention may stand.
const REACH: usize = 80;

/// At most this many mentions are looked at, inside the statement too; it bounds the work.
const LOOKED_AT: usize = 200;

/// At most this many candidates a statement.
const MOST: usize = 12;

/// A possible source of one statement, with what speaks for it.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Candidate {
    pub mention: MentionIdx,
    pub method: Method,
    pub features: Features,
}

/// What speaks for a candidate. The weights stand in [`crate::attribution::score`].
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct Features {
    /// The grammar of the cue names it.
    pub grammatical: bool,
    /// It was the source of the statement before, in the same paragraph.
    pub same_paragraph: bool,
    /// It speaks in turn: A, B, A, …
    pub turn: bool,
    /// It was the last source before.
    pub last_speaker: bool,
    pub kind: Option<MentionKind>,
    /// It is the subject of a verb.
    pub subject: bool,
    /// Sentences between it and the statement.
    pub sentences: u32,
}

/// The candidates for the source of `statement`, those that the grammar or the flow of speech
/// names first.
pub fn candidates(
    tagged: &Tagged,
    statement: &Statement,
    mentions: &[FoundMention],
    speech: &Speech,
) -> Vec<Candidate> {
    let mut candidates: Vec<Candidate> = Vec::new();
    if let Some(subject) = &statement.subject {
        let mention = mention_at(mentions, subject.head);
        candidates.extend(mention.map(|mention| {
            let features = Features { grammatical: true, ..features(tagged, statement, mention, mentions) };
            Candidate { mention, method: statement.method, features }
        }));
    } else {
        candidates.extend(speech.next_speakers(tagged, statement).into_iter().map(|(mention, method)| {
            let flow = Features {
                same_paragraph: method == Method::SameParagraph,
                turn: method == Method::DialogueTurn,
                last_speaker: method == Method::Floating,
                sentences: 0,
                ..features(tagged, statement, mention, mentions)
            };
            Candidate { mention, method, features: flow }
        }));
    }
    add_nearby(tagged, statement, mentions, &mut candidates);
    candidates
}

fn add_nearby(
    tagged: &Tagged,
    statement: &Statement,
    mentions: &[FoundMention],
    candidates: &mut Vec<Candidate>,
) {
    let end = mentions.partition_point(|mention| mention.tokens.start < statement.end() + REACH / 4);
    for index in (0..end).rev().take(LOOKED_AT) {
        let near = &mentions[index];
        if near.tokens.end + REACH < statement.start() || candidates.len() >= MOST {
            break;
        }
        let inside = statement.parts.iter().any(|part| part.contains(&near.head));
        let mention = MentionIdx::new(index);
        if inside || near.quoted || candidates.iter().any(|candidate| candidate.mention == mention) {
            continue;
        }
        let method = if statement.subject.is_some() { statement.method } else { Method::Floating };
        candidates.push(Candidate {
            mention,
            method,
            features: features(tagged, statement, mention, mentions),
        });
    }
}

fn features(
    tagged: &Tagged,
    statement: &Statement,
    mention: MentionIdx,
    mentions: &[FoundMention],
) -> Features {
    let found = &mentions[mention.at()];
    let here = tagged.sentence_at[statement.start()];
    let there = tagged.sentence_at[found.head];
    Features {
        kind: Some(found.kind),
        subject: found.subject,
        sentences: here.abs_diff(there),
        ..Features::default()
    }
}
