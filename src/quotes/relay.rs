//! «Reyes said …, according to Reuters»: the outlet relays what she said, it is no speaker.

use crate::model::Method;
use crate::quotes::Statement;
use crate::quotes::learned::hints::Hints;
use crate::quotes::subject::Subject;
use crate::tagging::Tagged;
use std::ops::Range;

/// How many statements on either side of a relay it can pass on.
const RELAYED_WITHIN: usize = 6;

/// Gives what outlets relay to those who said it. `hints` know the statements inside a relayed one.
pub fn pass_on(tagged: &Tagged, hints: &Hints, found: &mut Vec<Statement>) {
    cut_relays(tagged, hints, found);
    let mut passed = vec![false; found.len()];
    for index in 0..found.len() {
        let Some(outlet) = relaying_outlet(tagged, &found[index]) else { continue };
        let outer = found[index].clone();
        let near = index.saturating_sub(RELAYED_WITHIN)..found.len().min(index + RELAYED_WITHIN);
        let inner = found[near].iter_mut().filter(|inner| holds(&outer, inner));
        if let Some(inner) = inner.max_by_key(|inner| inner.length()) {
            inner.relay = Some(outlet);
            passed[index] = true;
            continue;
        }
        let proposed = hints.within(outer.start()..outer.end()).filter(|inner| holds(&outer, inner));
        if let Some(inner) = proposed.max_by_key(|inner| inner.length()) {
            found[index] = Statement { relay: Some(outlet), likelihood: outer.likelihood, ..inner.clone() };
        }
    }
    let mut passed = passed.into_iter();
    found.retain(|_| passed.next() == Some(false));
}

/// Whether a statement that somebody made lies inside a relayed one.
fn holds(outer: &Statement, inner: &Statement) -> bool {
    let is_inside = outer.start() <= inner.start() && inner.end() <= outer.end();
    inner.method != Method::AccordingTo && inner.subject.is_some() && is_inside
}

/// Cuts «, according to Reuters» off the end of a content.
fn cut_relays(tagged: &Tagged, hints: &Hints, found: &mut [Statement]) {
    for statement in found.iter_mut().filter(|statement| statement.method != Method::AccordingTo) {
        let last = statement.parts.len() - 1;
        let part = statement.parts[last].clone();
        let relay = hints.headed_in(part.clone()).find_map(|relay| {
            let cue = relay.cue.as_ref()?.tokens.clone();
            Some((cue, relaying_outlet(tagged, relay)?))
        });
        let Some((cue, outlet)) = relay.filter(|(_, outlet)| outlet.tokens.end >= part.end) else { continue };
        let end = before_comma(tagged, part.start..cue.start);
        if end > part.start {
            statement.parts[last].end = end;
            statement.relay = Some(outlet);
        }
    }
}

/// The end of `tokens` without a comma that closes them.
fn before_comma(tagged: &Tagged, tokens: Range<usize>) -> usize {
    let comma = tokens.end > tokens.start && tagged.is_mark(tokens.end - 1, ",");
    tokens.end - usize::from(comma)
}

/// The outlet that a statement is according to.
fn relaying_outlet(tagged: &Tagged, statement: &Statement) -> Option<Subject> {
    let subject = statement.subject.as_ref().filter(|_| statement.method == Method::AccordingTo)?;
    let name = tagged.printed(subject.tokens.clone());
    tagged.lexicon.outlets.contains(name).then(|| subject.clone())
}
