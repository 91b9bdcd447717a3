//! Whom the narration beside a quotation names: «“Hardly!” *sneered Ito*.», «*Reyes* shrugged: “No.”»

use crate::lexicon::word::Function;
use crate::mentions::FoundMention;
use crate::model::{MentionIdx, MentionKind, Pos};
use crate::quotes::Statement;
use crate::tagging::Tagged;
use std::ops::Range;

/// How many tokens of narration are looked at on either side.
const REACH: usize = 40;

/// How far behind a quotation its speaker may begin: «growled a *very tired Ito*».
const VERB: usize = 3;

/// How closely narration and quotation hang together.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Tie {
    /// One sentence holds both, or a colon leads from one to the other.
    Sentence,
    /// Only the paragraph holds both.
    Paragraph,
}

/// Who does something in the narration beside `statement`, in its paragraph, and how closely the two
/// hang together. `quoted` says of each token whether it stands inside a quotation.
pub fn beside(
    tagged: &Tagged,
    quoted: &[bool],
    mentions: &[FoundMention],
    statement: &Statement,
) -> Option<(MentionIdx, Tie)> {
    let scene = Scene { tagged, quoted, mentions };
    let before = scene.before(statement.start());
    let after = scene.after(statement.end());
    let tie = |found: &(MentionIdx, Tie)| found.1 == Tie::Sentence;
    after.filter(tie).or(before.filter(tie)).or(before).or(after)
}

struct Scene<'a> {
    tagged: &'a Tagged<'a>,
    quoted: &'a [bool],
    mentions: &'a [FoundMention],
}

impl Scene<'_> {
    /// «“…” *Reyes* rose.», «“…” growled *Ito*»
    fn after(&self, end: usize) -> Option<(MentionIdx, Tie)> {
        let narration = end..self.narration_end(end);
        let (index, mention) = self.people(narration.clone()).next()?;
        let is_only = self.people(narration).all(|(other, _)| other == index);
        let verb = self.tagged.verb_group(mention.tokens.end).is_some()
            || mention.tokens.start > end && self.tagged.pos(end).is_verb();
        let same = self.tagged.sentence_at[end] == self.tagged.sentence_at[end - 1]
            || !self.tagged.is_capitalised(end);
        let near = mention.tokens.start <= end + VERB;
        let is_named = is_only && same && mention.kind == MentionKind::Name && self.is_author(mention);
        (verb && near || is_named).then_some((index, if same { Tie::Sentence } else { Tie::Paragraph }))
    }

    /// «“…” is the view *of Ann Reyes*», «“…” was all that *Ann Reyes* had to say»
    fn is_author(&self, mention: &FoundMention) -> bool {
        let before = mention.tokens.start.checked_sub(1).and_then(|before| self.tagged.function(before));
        mention.subject || matches!(before, Some(Function::Of | Function::By | Function::From))
    }

    /// «*Reyes* shrugged: “…”», «In the words of *Reyes*, “…”»
    fn before(&self, start: usize) -> Option<(MentionIdx, Tie)> {
        let last = start.checked_sub(1).filter(|&last| self.is_narration(last, start))?;
        let sentence = self.tagged.sentence(last).start;
        let begin = (sentence.max(start.saturating_sub(REACH))..start).rev();
        let begin = begin.take_while(|&i| !self.quoted[i]).last()?;
        let subject = self.people(begin..start).find(|(_, mention)| mention.subject);
        let leads = matches!(self.tagged.text(last), ":" | ",");
        let only = || self.people(begin..start).next().filter(|_| leads);
        let (index, _) = subject.or_else(only)?;
        Some((index, if leads { Tie::Sentence } else { Tie::Paragraph }))
    }

    /// One past the narration that begins at token `at`: its sentence, up to the next quotation.
    fn narration_end(&self, at: usize) -> usize {
        if at == 0 || at >= self.quoted.len() || !self.is_narration(at, at - 1) {
            return at;
        }
        let end = self.tagged.sentence(at).end.min(at + REACH);
        (at..end).find(|&i| self.quoted[i]).unwrap_or(end)
    }

    /// Whether token `at` is narration in the paragraph of token `by`.
    fn is_narration(&self, at: usize, by: usize) -> bool {
        !self.quoted[at] && self.tagged.paragraph_of(at) == self.tagged.paragraph_of(by)
    }

    /// The people mentioned among `tokens`, in order.
    fn people(&self, tokens: Range<usize>) -> impl Iterator<Item = (MentionIdx, &FoundMention)> {
        let from = self.mentions.partition_point(|mention| mention.tokens.start < tokens.start);
        let to = self.mentions.partition_point(|mention| mention.tokens.start < tokens.end);
        let near = self.mentions[from..to].iter().enumerate();
        near.filter(|(_, mention)| can_speak(self.tagged, mention))
            .map(move |(at, mention)| (MentionIdx::new(from + at), mention))
    }
}

/// Whether a mention is somebody who can speak: a person, «he», «she» or «I».
fn can_speak(tagged: &Tagged, mention: &FoundMention) -> bool {
    let person = match mention.kind {
        MentionKind::Name | MentionKind::Role => true,
        MentionKind::Pronoun => {
            let head = mention.head;
            let function = tagged.function(head);
            let stands = matches!(function, Some(Function::He | Function::She | Function::I));
            stands && tagged.pos(head) == Pos::Pronoun && !tagged.words[head].object_form
        }
        _ => false,
    };
    person && !mention.quoted
}
