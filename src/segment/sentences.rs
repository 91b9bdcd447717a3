//! Sentences of a paragraph: where one ends, or the next starts by itself.

use crate::lexicon::Lexicon;
use crate::model::{Sentence, Token};
use crate::segment::sequence::Sequence;

/// Appends the sentences of the paragraph whose tokens are `tokens[first..]`.
pub fn split(
    text: &str,
    tokens: &[Token],
    first: usize,
    paragraph: u32,
    lexicon: &Lexicon,
    sentences: &mut Vec<Sentence>,
) {
    let sequence = Sequence { text, tokens: &tokens[first..], lexicon };
    each(&sequence, |start, end| {
        let span = tokens[first + start].span.cover(tokens[first + end - 1].span);
        let tokens = (first + start) as u32..(first + end) as u32;
        sentences.push(Sentence { span, tokens, paragraph });
    });
}

/// Calls `found` with the first token of each sentence and the one behind its last.
fn each(sequence: &Sequence, mut found: impl FnMut(usize, usize)) {
    let mut start = 0;
    let mut list = None;
    let mut at = sequence.skip_marker(0, &mut list);
    while at < sequence.tokens.len() {
        let candidate = sequence.candidate(at);
        let next = candidate.map_or(at + 1, |candidate| candidate.next);
        let ends = candidate.is_some_and(|candidate| sequence.ends(start, &candidate));
        at = next;
        if ends || sequence.starts_by_itself(next, list.as_ref()) {
            found(start, next);
            start = next;
            at = sequence.skip_marker(next, &mut list);
        }
    }
    if start < sequence.tokens.len() {
        found(start, sequence.tokens.len());
    }
}
