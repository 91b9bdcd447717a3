//! What the rules propose, for the models to weigh: rules carry what the training articles don't show.

use crate::quotes::Statement;
use crate::tagging::Tagged;
use std::ops::Range;

/// The statements that rules propose, by the token that heads their cue.
#[derive(Debug)]
pub struct Hints {
    proposals: Vec<Statement>,
    /// One a token: index into `proposals` of the statement whose cue it heads.
    headed: Vec<Option<u32>>,
    /// One a token: how rules see it as a cue.
    roles: Vec<CueRole>,
}

/// How the rules see a token as a cue.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
#[repr(u8)]
pub enum CueRole {
    #[default]
    None,
    /// In a cue that reports nothing that the rules could find.
    Bare,
    Begins,
    Inside,
}

impl Hints {
    /// `bare` are cues of any kind, `proposals` the statements that the rules make of them.
    pub fn new(tagged: &Tagged, bare: &[Range<usize>], proposals: Vec<Statement>) -> Self {
        let mut headed = vec![None; tagged.tokens.len()];
        let mut roles = vec![CueRole::None; tagged.tokens.len()];
        bare.iter().for_each(|cue| roles[cue.clone()].fill(CueRole::Bare));
        for (index, proposal) in proposals.iter().enumerate() {
            let Some(cue) = &proposal.cue else { continue };
            headed[cue.head] = Some(index as u32);
            roles[cue.tokens.clone()].fill(CueRole::Inside);
            roles[cue.tokens.start] = CueRole::Begins;
        }
        Self { proposals, headed, roles }
    }

    /// Every statement that the rules propose.
    pub fn proposals(&self) -> &[Statement] {
        &self.proposals
    }

    pub fn role(&self, i: usize) -> CueRole {
        self.roles.get(i).copied().unwrap_or_default()
    }

    /// The statement proposed for a cue among tokens `start..end`.
    pub fn proposal(&self, start: usize, end: usize) -> Option<&Statement> {
        let index = (start..end).find_map(|i| self.headed[i])?;
        Some(&self.proposals[index as usize])
    }

    /// The statements proposed whose cue is headed by one of `tokens`.
    pub fn headed_in(&self, tokens: Range<usize>) -> impl Iterator<Item = &Statement> {
        self.headed[tokens].iter().flatten().map(|&index| &self.proposals[index as usize])
    }

    /// The statements proposed whose cue and content lie inside `tokens`.
    pub fn within(&self, tokens: Range<usize>) -> impl Iterator<Item = &Statement> {
        let (start, end) = (tokens.start, tokens.end);
        let inside = move |inner: &&Statement| start <= inner.start() && inner.end() <= end;
        self.headed_in(tokens).filter(inside)
    }
}
