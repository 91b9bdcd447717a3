//! The flow of speech: who spoke last, whose turn it is, and whom the narration names.

use crate::attribution::beside::{Tie, beside};
use crate::attribution::entities::Entities;
use crate::attribution::vocatives::addressed;
use crate::mentions::{FoundMention, mention_at};
use crate::model::{EntityIdx, MentionIdx, Method, QuoteKind, Source};
use crate::quotes::Statement;
use crate::tagging::Tagged;

/// A floating quotation belongs to somebody who spoke at most this many paragraphs before.
const PARAGRAPHS: u32 = 2;

/// The other side of a conversation spoke at most this many paragraphs before the last speaker.
const EXCHANGE: u32 = 6;

/// At most this many turns back are looked at; it bounds the work.
const TURNS: usize = 40;

/// How many statements ahead somebody who answers is looked for.
const AHEAD: usize = 6;

/// The flow of speech so far: who spoke last, and before.
#[derive(Debug)]
pub struct Speech<'a> {
    statements: &'a [Statement],
    mentions: &'a [FoundMention],
    entities: &'a Entities,
    /// One a token: whether it stands in a quotation.
    quoted: Vec<bool>,
    turns: Vec<Turn>,
}

#[derive(Clone, Debug)]
struct Turn {
    mention: MentionIdx,
    source: Source,
    paragraph: u32,
    spoken: bool,
    /// Whether it ends with a question.
    asks: bool,
    /// Who is spoken to by name.
    addressed: Vec<EntityIdx>,
}

impl<'a> Speech<'a> {
    /// The flow before anything is said.
    pub fn new(
        tagged: &Tagged,
        statements: &'a [Statement],
        mentions: &'a [FoundMention],
        entities: &'a Entities,
    ) -> Self {
        let mut quoted = vec![false; tagged.tokens.len()];
        let direct = statements.iter().filter(|statement| statement.kind == QuoteKind::Direct);
        direct.flat_map(|statement| &statement.parts).for_each(|part| quoted[part.clone()].fill(true));
        Self { statements, mentions, entities, quoted, turns: Vec::new() }
    }

    /// Remembers who said a statement.
    pub fn heard(&mut self, tagged: &Tagged, statement: &Statement, source: Source) {
        let mention = match source {
            Source::Speaker { mention, .. } | Source::Mention(mention) => mention,
            Source::Unknown(_) => return,
        };
        self.turns.push(Turn {
            mention,
            source,
            paragraph: tagged.paragraph_of(statement.end() - 1),
            spoken: statement.kind != QuoteKind::Indirect,
            asks: asks(tagged, statement),
            addressed: addressed(tagged, self.mentions, self.entities, statement),
        });
    }

    /// Who may say a quotation that stands without a cue, and by which rule.
    pub fn next_speakers(&self, tagged: &Tagged, statement: &Statement) -> Vec<(MentionIdx, Method)> {
        let paragraph = tagged.paragraph_of(statement.start());
        let narrated = beside(tagged, &self.quoted, self.mentions, statement);
        if let Some((mention, Tie::Sentence)) = narrated {
            return vec![(mention, Method::SameParagraph)];
        }
        let last = self.turns.last();
        if let Some(last) = last.filter(|last| last.paragraph == paragraph) {
            return vec![(last.mention, Method::SameParagraph)];
        }
        if let Some((mention, Tie::Paragraph)) = narrated {
            return vec![(mention, Method::Floating)];
        }
        let Some(last) = last.filter(|last| paragraph - last.paragraph <= PARAGRAPHS) else {
            return Vec::new();
        };
        self.in_turn(tagged, statement, last, paragraph)
    }

    /// The other side of a conversation, else the last speaker going on.
    fn in_turn(
        &self,
        tagged: &Tagged,
        statement: &Statement,
        last: &Turn,
        paragraph: u32,
    ) -> Vec<(MentionIdx, Method)> {
        let spoken_to = addressed(tagged, self.mentions, self.entities, statement);
        let can_say =
            |mention: MentionIdx| self.entity(mention).is_none_or(|entity| !spoken_to.contains(&entity));
        let named = self.named_after(tagged, statement);
        let next = named.iter().find(|(_, at)| *at == paragraph + 1).and_then(|(next, _)| self.entity(*next));
        let taken = [self.entity(last.mention), next];
        let is_free = |other: &MentionIdx| {
            can_say(*other) && self.entity(*other).is_none_or(|entity| !taken.contains(&Some(entity)))
        };
        let converse = last.spoken && (last.asks || self.spoke_in_turn(last) || !can_say(last.mention));
        let later = || named.iter().map(|(mention, _)| *mention).find(is_free);
        let answers = self.other_side(last).filter(is_free).or_else(later);
        match answers {
            Some(other) if converse => vec![(other, Method::DialogueTurn)],
            None if converse && !can_say(last.mention) => Vec::new(),
            _ => vec![(last.mention, Method::Floating)],
        }
    }

    /// Whom the last speaker talks with: who spoke before, or is spoken to by name.
    fn other_side(&self, last: &Turn) -> Option<MentionIdx> {
        let recent = |turn: &&Turn| last.paragraph - turn.paragraph <= EXCHANGE;
        let earlier = self.turns.iter().rev().take(TURNS).take_while(recent).filter(|turn| turn.spoken);
        let mut others = earlier.filter(|turn| speaker(turn) != speaker(last)).map(|turn| turn.mention);
        let named = last.addressed.first().and_then(|&entity| self.mention_of(entity, last.mention));
        named.or_else(|| others.next())
    }

    /// Whether the paragraphs before go to and fro between two speakers.
    fn spoke_in_turn(&self, last: &Turn) -> bool {
        let before = self.turns.iter().rev().take(TURNS).find(|turn| turn.paragraph != last.paragraph);
        before.is_some_and(|before| {
            before.spoken
                && last.paragraph - before.paragraph <= PARAGRAPHS
                && speaker(before) != speaker(last)
        })
    }

    /// Whom the grammar names as the sources of the statements after `statement`, and in which paragraphs.
    fn named_after(&self, tagged: &Tagged, statement: &Statement) -> Vec<(MentionIdx, u32)> {
        let paragraph = |statement: &Statement| tagged.paragraph_of(statement.start());
        let next = self.statements.partition_point(|other| other.start() <= statement.start());
        let later = self.statements[next..].iter().take(AHEAD);
        let near = later.take_while(|later| paragraph(later) - paragraph(statement) <= EXCHANGE);
        let named = near.filter_map(|later| {
            let mention = mention_at(self.mentions, later.subject.as_ref()?.head)?;
            self.entity(mention).map(|_| (mention, paragraph(later)))
        });
        named.collect()
    }

    /// The last mention of an entity before another.
    fn mention_of(&self, entity: EntityIdx, before: MentionIdx) -> Option<MentionIdx> {
        let end = before.at() + 1;
        let near = self.entities.of[..end].iter().enumerate().rev().take(200);
        near.filter(|(at, _)| !self.mentions[*at].quoted)
            .find(|(_, of)| of.is_some_and(|of| of.0 == entity))
            .map(|(at, _)| MentionIdx::new(at))
    }

    fn entity(&self, mention: MentionIdx) -> Option<EntityIdx> {
        self.entities.of[mention.at()].map(|of| of.0)
    }
}

/// Whether a statement ends with a question mark.
fn asks(tagged: &Tagged, statement: &Statement) -> bool {
    let end = statement.end();
    (end.saturating_sub(3)..end).any(|i| tagged.is_mark(i, "?"))
}

fn speaker(turn: &Turn) -> Option<u32> {
    match turn.source {
        Source::Speaker { speaker, .. } => Some(speaker.0),
        Source::Mention(mention) => Some(u32::MAX - mention.0),
        Source::Unknown(_) => None,
    }
}
