//! The flow of speech: who spoke last, and whose turn it is.

use crate::model::{MentionIdx, Method, QuoteKind, Source};
use crate::quotes::Statement;
use crate::tagging::Tagged;

/// A floating quotation belongs to somebody who spoke at most this many paragraphs before.
const PARAGRAPHS: u32 = 2;

/// The flow of speech so far: who spoke last, and before.
#[derive(Debug, Default)]
pub struct Speech {
    turns: Vec<Turn>,
}

#[derive(Clone, Copy, Debug)]
struct Turn {
    mention: MentionIdx,
    source: Source,
    paragraph: u32,
    spoken: bool,
}

impl Speech {
    /// Remembers who said a statement.
    pub fn heard(&mut self, tagged: &Tagged, statement: &Statement, source: Source) {
        let mention = match source {
            Source::Speaker { mention, .. } | Source::Mention(mention) => mention,
            Source::Unknown(_) => return,
        };
        let paragraph = tagged.paragraph_of(statement.end() - 1);
        let spoken = statement.kind != QuoteKind::Indirect;
        self.turns.push(Turn { mention, source, paragraph, spoken });
    }

    /// Who may say a quotation that stands without a cue, and by which rule.
    pub fn next_speakers(&self, tagged: &Tagged, statement: &Statement) -> Vec<(MentionIdx, Method)> {
        let paragraph = tagged.paragraph_of(statement.start());
        let Some(last) = self.turns.last() else { return Vec::new() };
        if last.paragraph == paragraph {
            return vec![(last.mention, Method::SameParagraph)];
        }
        if paragraph - last.paragraph > PARAGRAPHS {
            return Vec::new();
        }
        match self.other_side(paragraph) {
            Some(other) => vec![(other, Method::DialogueTurn), (last.mention, Method::Floating)],
            None => vec![(last.mention, Method::Floating)],
        }
    }

    /// In a run of quotations by two speakers in turn, a paragraph each, the one whose turn it is.
    fn other_side(&self, paragraph: u32) -> Option<MentionIdx> {
        let mut back = self.turns.iter().rev();
        let last = back.next()?;
        let other = back.find(|turn| turn.paragraph != last.paragraph)?;
        let in_turn = last.paragraph + 1 == paragraph && other.paragraph + 1 == last.paragraph;
        (in_turn && speaker(other) != speaker(last) && other.spoken && last.spoken).then_some(other.mention)
    }
}

fn speaker(turn: &Turn) -> Option<u32> {
    match turn.source {
        Source::Speaker { speaker, .. } => Some(speaker.0),
        Source::Mention(mention) => Some(u32::MAX - mention.0),
        Source::Unknown(_) => None,
    }
}
