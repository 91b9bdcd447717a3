//! Sums that windows share: what speaks for a label beside the words around it is the same for every cue on the
//! same side, and most words stand in the windows of several cues.

use crate::learn::features::Sum;
use crate::learn::table::Table;
use crate::quotes::learned::arguments::{ArgumentField, Scope};

/// Places that are remembered; a window has fewer on one side.
const PLACES: usize = 256;

/// The sums of the places seen last, by side of the cue.
#[derive(Debug)]
pub struct Memo {
    nodes: Vec<Known<8>>,
    edges: Vec<Known<32>>,
}

#[derive(Clone, Copy, Debug)]
struct Known<const LABELS: usize> {
    /// The token, plus one; 0 where nothing is known.
    token: u32,
    sum: [i16; LABELS],
}

impl Default for Memo {
    fn default() -> Self {
        Self {
            nodes: vec![Known { token: 0, sum: [0; 8] }; 2 * PLACES],
            edges: vec![Known { token: 0, sum: [0; 32] }; 2 * PLACES],
        }
    }
}

impl Memo {
    /// The sum of [`Scope::near`] at item `i`.
    pub fn node<'a>(&mut self, scope: &Scope, i: usize, model: &'a ArgumentField) -> Sum<'a, 8> {
        remembered(&mut self.nodes, scope, i, &model.nodes, |sum| scope.near(i, sum))
    }

    /// The sum of [`Scope::edge_near`] at item `i`, whose side doesn't touch the cue.
    pub fn edge<'a>(&mut self, scope: &Scope, i: usize, model: &'a ArgumentField) -> Sum<'a, 32> {
        remembered(&mut self.edges, scope, i, &model.edges, |sum| scope.edge_near(i, sum))
    }
}

fn remembered<'a, const LABELS: usize>(
    known: &mut [Known<LABELS>],
    scope: &Scope,
    i: usize,
    table: &'a Table<LABELS>,
    add: impl Fn(&mut Sum<'a, LABELS>),
) -> Sum<'a, LABELS> {
    let mut sum = Sum::of(table);
    let Some((token, side)) = scope.plain(i) else {
        add(&mut sum);
        return sum;
    };
    let place = &mut known[(token as usize % PLACES) * 2 + side];
    if place.token == token + 1 {
        return Sum::going_on(table, place.sum);
    }
    add(&mut sum);
    *place = Known { token: token + 1, sum: sum.sum() };
    sum
}
