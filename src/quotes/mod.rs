//! Quoted spans and reported clauses, and the cues beside them.

pub mod content;
pub mod cues;
pub mod learned;
pub mod join;
pub mod marks;
pub mod relay;
pub mod scare;
pub mod scene;
pub mod signature;
pub mod subject;

use crate::model::{CueClass, Method, Pos, QuoteKind};
use crate::quotes::content::{Content, Frame};
use crate::quotes::cues::{CueCandidate, CueKind};
use crate::quotes::learned::hints::Hints;
use crate::quotes::learned::models::StatementModels;
use crate::quotes::learned::view::View;
use crate::quotes::marks::Region;
use crate::quotes::scene::Scene;
use crate::quotes::subject::{Side, Subject};
use crate::tagging::Tagged;
use crate::tagging::chunks::Voice;
use std::ops::Range;

/// A quotation or reported statement with what the grammar says of its source.
#[derive(Clone, PartialEq, Debug)]
pub struct Statement {
    /// Tokens, in text order, not overlapping.
    pub parts: Vec<Range<usize>>,
    pub kind: QuoteKind,
    /// Whether every opening mark found its closing one.
    pub closed: bool,
    pub cue: Option<StatementCue>,
    pub subject: Option<Subject>,
    /// The rule that links content and cue; [`Method::None`] where nothing does.
    pub method: Method,
    /// The outlet that passed it on: «…», according to Reuters.
    pub relay: Option<Subject>,
    /// How likely the models think it a statement with this source, 0 to 1; `None` where no cue led to it.
    pub likelihood: Option<f32>,
}

/// The cue of a statement.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct StatementCue {
    pub tokens: Range<usize>,
    /// The verb, noun or preposition itself.
    pub head: usize,
    pub lemma: String,
    pub class: CueClass,
}

impl Statement {
    /// The first token.
    pub fn start(&self) -> usize {
        self.parts[0].start
    }

    /// One past the last token.
    pub fn end(&self) -> usize {
        self.parts[self.parts.len() - 1].end
    }

    /// How many tokens the content has.
    pub fn length(&self) -> usize {
        self.parts.iter().map(Range::len).sum()
    }
}

/// The statements of a text, in the order of their first tokens.
///
/// Rules propose, models decide; what no cue claims is joined to what was found, or stands on its own.
pub fn statements(tagged: &Tagged, models: &StatementModels) -> Vec<Statement> {
    let regions = marks::regions(tagged);
    let region_at = outermost(tagged, &regions);
    let scene = Scene { tagged, regions: &regions, region_at: &region_at };
    let hints = hints(scene);
    let view = View::new(scene);
    let mut statements = learned::statements::statements(&view, &hints, models);
    relay::pass_on(tagged, &hints, &mut statements);
    put_in_turns(scene, hints.proposals(), &mut statements);
    join::rest(&view, &hints, &models.speech, &mut statements);
    for statement in &mut statements {
        settle(scene, statement);
    }
    statements.sort_by_key(|statement| (statement.start(), statement.end()));
    statements
}

/// Puts the turns of an interview in place of what was found inside them.
fn put_in_turns(scene: Scene, proposed: &[Statement], statements: &mut Vec<Statement>) {
    let turns = signature::turns(scene, proposed);
    let mut in_turn = vec![false; scene.tagged.tokens.len()];
    turns.iter().for_each(|turn| in_turn[turn.start()..turn.end()].fill(true));
    statements.retain(|statement| !in_turn[statement.start()] && !in_turn[statement.end() - 1]);
    statements.extend(turns);
}

/// What the rules propose.
pub fn hints(scene: Scene) -> Hints {
    let quoted: Vec<bool> = scene.region_at.iter().map(Option::is_some).collect();
    let cues = cues::cues(scene.tagged, &quoted);
    let bare: Vec<Range<usize>> = cues.iter().map(|cue| cue.tokens.clone()).collect();
    let mut proposals: Vec<Statement> =
        cues.into_iter().filter_map(|cue| reported(scene, &quoted, cue)).collect();
    proposals.extend(signature::signed(scene));
    Hints::new(scene.tagged, &bare, proposals)
}

/// One a token: the index of the outermost region that holds it.
pub fn outermost(tagged: &Tagged, regions: &[Region]) -> Vec<Option<u32>> {
    let mut region_at = vec![None; tagged.tokens.len()];
    for (index, region) in regions.iter().enumerate().filter(|(_, region)| region.depth == 0) {
        region_at[region.tokens.clone()].fill(Some(index as u32));
    }
    region_at
}

fn reported(scene: Scene, quoted: &[bool], cue: CueCandidate) -> Option<Statement> {
    let subject = subject::subject(scene.tagged, quoted, &cue);
    let content = content::content(scene, &cue, subject.as_ref())?;
    if !is_likely(&cue, subject.as_ref(), &content) || is_naming(scene, &cue, &content) {
        return None;
    }
    let method = method(&cue, subject.as_ref(), content.frame);
    Some(Statement {
        parts: content.parts,
        kind: QuoteKind::Indirect,
        closed: true,
        cue: Some(StatementCue {
            lemma: lemma(scene.tagged, &cue),
            tokens: cue.tokens,
            head: cue.head,
            class: cue.class,
        }),
        subject,
        method,
        relay: None,
        likelihood: None,
    })
}

/// «Engineers call it “scour”»: what is called so for good is a term, nobody's statement.
fn is_naming(scene: Scene, cue: &CueCandidate, content: &Content) -> bool {
    let habit = cue.class == CueClass::Describe && scene.tagged.pos(cue.head) == Pos::VerbPresent;
    let mut tokens = content.parts.iter().flat_map(|part| part.clone());
    let term = tokens.find_map(|i| scene.region(i)).map(|region| region.inside.clone());
    habit && term.is_some_and(|term| term.len() <= 2 && scene.tagged.pos(term.start) != Pos::Determiner)
}

/// Whether cue, source and content together make a statement.
fn is_likely(cue: &CueCandidate, subject: Option<&Subject>, content: &Content) -> bool {
    let is_quote = matches!(content.frame, Frame::QuoteAfter | Frame::QuoteBefore);
    match cue.kind {
        CueKind::Noun => subject.is_some() || content.frame == Frame::ClauseAfter,
        CueKind::Adjective | CueKind::According => subject.is_some(),
        CueKind::Verb { voice: Voice::Passive, .. } => true,
        CueKind::Verb { .. } | CueKind::Quoted => subject.is_some() || is_quote,
    }
}

fn method(cue: &CueCandidate, subject: Option<&Subject>, frame: Frame) -> Method {
    match (cue.kind, frame) {
        (CueKind::According, _) => Method::AccordingTo,
        (_, Frame::QuoteBefore | Frame::ClauseBefore) => match subject {
            Some(subject) if subject.side == Side::After => Method::InvertedVerb,
            _ => Method::VerbAfter,
        },
        _ => Method::VerbBefore,
    }
}

fn lemma(tagged: &Tagged, cue: &CueCandidate) -> String {
    if cue.lemma.is_empty() { tagged.text(cue.head).to_lowercase() } else { cue.lemma.to_owned() }
}

/// Sets the kind from the marks inside the parts.
fn settle(scene: Scene, statement: &mut Statement) {
    let words = |part: &Range<usize>| part.clone().filter(|&i| scene.tagged.is_word(i)).collect::<Vec<_>>();
    let all: Vec<usize> = statement.parts.iter().flat_map(words).collect();
    let quoted = all.iter().filter(|&&i| scene.is_quoted(i)).count();
    // A turn of an interview is the speaker's own words, without marks.
    let is_turn = statement.method == Method::Colon && statement.likelihood.is_none();
    if statement.kind != QuoteKind::Scare && !is_turn {
        statement.kind = match quoted {
            0 => QuoteKind::Indirect,
            n if n == all.len() => QuoteKind::Direct,
            _ => QuoteKind::Mixed,
        };
    }
    let mut regions = statement.parts.iter().flat_map(|part| part.clone()).filter_map(|i| scene.region(i));
    statement.closed = regions.all(|region| region.closed);
}
