//! What the rules of this floor look at: a tagged text and its quotations.

use crate::quotes::marks::Region;
use crate::tagging::Tagged;

/// A tagged text with its quotations.
#[derive(Clone, Copy, Debug)]
pub struct Scene<'a> {
    pub tagged: &'a Tagged<'a>,
    pub regions: &'a [Region],
    /// One a token: index of the outermost region that holds it.
    pub region_at: &'a [Option<u32>],
}

impl<'a> Scene<'a> {
    /// The outermost region that holds token `i`.
    pub fn region(&self, i: usize) -> Option<&'a Region> {
        self.region_at.get(i).copied().flatten().map(|region| &self.regions[region as usize])
    }

    /// The outermost region that begins at token `i`.
    pub fn region_from(&self, i: usize) -> Option<&'a Region> {
        self.region(i).filter(|region| region.tokens.start == i)
    }

    /// The outermost region that ends before token `i`.
    pub fn region_to(&self, i: usize) -> Option<&'a Region> {
        self.region(i.checked_sub(1)?).filter(|region| region.tokens.end == i)
    }

    /// Whether token `i` stands inside quotation marks.
    pub fn is_quoted(&self, i: usize) -> bool {
        self.region_at.get(i).is_some_and(Option::is_some)
    }
}
