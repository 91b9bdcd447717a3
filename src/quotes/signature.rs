//! Quotations signed without a verb: «Reyes: …», «From Reyes: …», «"…" — Reyes».

use crate::lexicon::word::Function;
use crate::model::{CueClass, Method, Pos, QuoteKind};
use crate::quotes::scene::Scene;
use crate::quotes::subject::{Side, Subject};
use crate::quotes::{Statement, StatementCue};
use rustc_hash::FxHashMap;
use std::ops::Range;

/// A speaker's label has at most this many tokens.
const LABEL: usize = 8;

/// The signed statements of a text, one a paragraph at most.
pub fn signed(scene: Scene) -> Vec<Statement> {
    let tagged = scene.tagged;
    let mut found = Vec::new();
    let mut start = 0;
    while start < tagged.tokens.len() {
        let paragraph = tagged.paragraph_of(start);
        let end = (start..tagged.tokens.len()).find(|&i| tagged.paragraph_of(i) != paragraph);
        let end = end.unwrap_or(tagged.tokens.len());
        let statement = labelled(scene, start..end).or_else(|| dashed(scene, start..end));
        found.extend(statement);
        start = end;
    }
    without_dateline(scene, found)
}

/// «CORRIN: The council …»: a label in capitals that begins the text, and is the only one, is a place.
fn without_dateline(scene: Scene, mut found: Vec<Statement>) -> Vec<Statement> {
    let is_shouted = |statement: &Statement| {
        let label = statement.subject.as_ref().map(|subject| scene.tagged.printed(subject.tokens.clone()));
        statement.method == Method::Colon
            && !scene.is_quoted(statement.start())
            && label.is_some_and(|label| !label.contains(char::is_lowercase))
    };
    let first = found.first().and_then(|first| first.subject.as_ref()).map(|subject| subject.tokens.start);
    if first == Some(0) && is_shouted(&found[0]) && !found[1..].iter().any(is_shouted) {
        found.remove(0);
    }
    found
}

/// The turns of an interview printed with its speakers' names before them: labelled paragraphs whose label
/// leads another one, too. `proposed` are the statements that the rules propose, the signed ones among them.
pub fn turns(scene: Scene, proposed: &[Statement]) -> Vec<Statement> {
    let is_labelled = |turn: &&Statement| turn.method == Method::Colon && !scene.is_quoted(turn.start());
    let mut found: Vec<Statement> = proposed.iter().filter(is_labelled).cloned().collect();
    let label = |statement: &Statement| {
        let subject = statement.subject.as_ref();
        subject.map_or("", |subject| scene.tagged.printed(subject.tokens.clone()))
    };
    let mut labels: FxHashMap<&str, usize> = FxHashMap::default();
    found.iter().for_each(|statement| *labels.entry(label(statement)).or_default() += 1);
    found.retain(|statement| labels[label(statement)] > 1);
    found
}

/// «REYES: We have begun.», «Poll: Voters …», «From Reyes: “…”»
fn labelled(scene: Scene, paragraph: Range<usize>) -> Option<Statement> {
    let tagged = scene.tagged;
    let colon = paragraph.clone().take(LABEL).find(|&i| tagged.is_mark(i, ":"))?;
    if scene.is_quoted(colon) || colon == paragraph.start {
        return None;
    }
    let from = tagged.is(paragraph.start, Function::From);
    let name = if from { paragraph.start + 1 } else { paragraph.start }..colon;
    let is_label = !name.is_empty()
        && name.clone().all(|i| {
            matches!(tagged.pos(i), Pos::Proper | Pos::Noun | Pos::Determiner | Pos::Adjective)
                || !tagged.is_word(i)
        })
        && name.clone().any(|i| tagged.is_capitalised(i));
    let named = name.clone().any(|i| tagged.pos(i) == Pos::Proper) || tagged.words[colon - 1].document;
    if !is_label || !named || tagged.is(colon - 1, Function::Time) {
        return None;
    }
    let method = if from { Method::FromColon } else { Method::Colon };
    let content = if colon + 1 == paragraph.end {
        // The label stands on a line of its own, the quotation below it.
        scene.region_from(paragraph.end)?.tokens.clone()
    } else {
        colon + 1..without_final_stop(scene, paragraph.end)
    };
    (!content.is_empty()).then(|| statement(scene, content, name, colon, method))
}

fn without_final_stop(scene: Scene, end: usize) -> usize {
    let is_stop = scene.tagged.is_mark(end - 1, ".") && !scene.is_quoted(end - 1);
    if is_stop { end - 1 } else { end }
}

/// «“…” — Ann Reyes, mayor»: a quotation, a dash and a name close the paragraph, or the dash and
/// the name are the next one.
fn dashed(scene: Scene, paragraph: Range<usize>) -> Option<Statement> {
    let tagged = scene.tagged;
    let is_signature = |&i: &usize| is_dash(tagged.text(i)) && !scene.is_quoted(i);
    let dash = paragraph.clone().find(is_signature)?;
    let region = scene.region_to(dash)?;
    let near = region.paragraph + 1 >= tagged.paragraph_of(dash);
    let chunk = tagged.noun_chunk(dash + 1).filter(|chunk| chunk.start == dash + 1)?;
    let named = tagged.pos(chunk.head) == Pos::Proper && chunk.end <= paragraph.end;
    let rest = dash + 1..paragraph.end;
    let short = rest.len() <= 3 * LABEL && !rest.clone().any(|i| tagged.verb_group_at[i].is_some());
    (near && named && short)
        .then(|| statement(scene, region.tokens.clone(), chunk.start..chunk.end, dash, Method::DashSignature))
}

fn is_dash(text: &str) -> bool {
    matches!(text, "—" | "–" | "―" | "--" | "-")
}

fn statement(
    scene: Scene,
    content: Range<usize>,
    name: Range<usize>,
    mark: usize,
    method: Method,
) -> Statement {
    let subject = Subject { head: name.end - 1, tokens: name, side: Side::Before };
    let lemma = scene.tagged.text(mark).to_owned();
    Statement {
        parts: vec![content],
        kind: QuoteKind::Direct,
        closed: true,
        cue: Some(StatementCue { tokens: mark..mark + 1, head: mark, lemma, class: CueClass::Say }),
        subject: Some(subject),
        method,
        relay: None,
        likelihood: None,
    }
}
