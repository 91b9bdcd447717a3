//! Claims one after the other, as far as a list needs them.

use crate::error::Result;
use crate::query::Reader;
use crate::query::claims::ClaimFilter;
use std::vec::IntoIter;

/// So many are found at first, where a list has a limit.
const FIRST: usize = 128;
/// And so many times as many, when these are used up.
const MORE: usize = 16;

/// The fullest wordings of the claims that a filter may let through, in its order.
pub struct Turns<'a> {
    reader: &'a Reader,
    filter: &'a ClaimFilter,
    found: IntoIter<i64>,
    /// How many of all were given out.
    given: usize,
    /// How many to find next; `None` when all are found.
    most: Option<usize>,
}

impl Reader {
    /// The claims that a filter may let through; the first ones are found first.
    pub(in crate::query) fn in_turn<'a>(&'a self, filter: &'a ClaimFilter) -> Turns<'a> {
        let most = Some(if filter.limit.is_some() { FIRST } else { usize::MAX });
        Turns { reader: self, filter, found: Vec::new().into_iter(), given: 0, most }
    }
}

impl Turns<'_> {
    /// The next one.
    ///
    /// # Errors
    /// [`crate::error::Error::Database`] when the file can't be read.
    pub fn another(&mut self) -> Result<Option<i64>> {
        loop {
            if let Some(root) = self.found.next() {
                self.given += 1;
                return Ok(Some(root));
            }
            let Some(most) = self.most else { return Ok(None) };
            let first = match most {
                usize::MAX => None,
                most => self.reader.first_roots(self.filter, most)?,
            };
            self.most = first.as_ref().map(|_| most.saturating_mul(MORE));
            let all = first.map_or_else(|| self.reader.roots(self.filter), Ok)?;
            self.found = all.into_iter();
            // What was given out already stands before all else.
            self.found.by_ref().take(self.given).for_each(drop);
        }
    }
}
