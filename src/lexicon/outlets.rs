//! Names of news outlets and agencies.

use crate::error::Result;
use crate::lexicon::table::rows;
use rustc_hash::FxHashSet;

/// The known outlets, by name as printed without «The»: «Time» is one, «time» isn't.
#[derive(Debug, Default)]
pub struct Outlets {
    names: FxHashSet<String>,
}

impl Outlets {
    /// Reads `data/outlets.tsv`.
    ///
    /// # Errors
    /// As [`crate::lexicon::Lexicon::load`].
    pub fn load() -> Result<Self> {
        let rows = rows("outlets.tsv", include_str!("../../data/outlets.tsv"), &["name", "kind"])?;
        Ok(Self { names: rows.iter().map(|row| key(row.cell(0)).to_owned()).collect() })
    }

    /// Whether `name`, as printed, is an outlet's.
    pub fn contains(&self, name: &str) -> bool {
        self.names.contains(key(name))
    }
}

fn key(name: &str) -> &str {
    name.strip_prefix("The ").or_else(|| name.strip_prefix("the ")).unwrap_or(name)
}
