//! The mentions that a statement's source is chosen from.

use crate::attribution::features::{self, Features};
use crate::attribution::speech::Speech;
use crate::mentions::{FoundMention, mention_at};
use crate::model::{MentionIdx, Method};
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

/// The candidates for the source of `statement`, those that the grammar or the flow of speech
/// names first.
pub fn candidates(
    tagged: &Tagged,
    statement: &Statement,
    mentions: &[FoundMention],
    speech: &Speech,
) -> Vec<Candidate> {
    let mut candidates: Vec<Candidate> = Vec::new();
    let near = |mention| features::nearby(tagged, statement, mention, mentions);
    if let Some(subject) = &statement.subject {
        candidates.extend(mention_at(mentions, subject.head).map(|mention| {
            let features = Features { grammatical: true, ..near(mention) };
            Candidate { mention, method: statement.method, features }
        }));
    } else if statement.cue.is_none() {
        candidates.extend(speech.next_speakers(tagged, statement).into_iter().map(|(mention, method)| {
            Candidate { mention, method, features: features::in_flow(near(mention), method) }
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
            features: features::nearby(tagged, statement, mention, mentions),
        });
    }
}
