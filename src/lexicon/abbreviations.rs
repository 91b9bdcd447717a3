//! Abbreviations, and what they mean for the end of a sentence.

use crate::error::Result;
use crate::lexicon::table;
use crate::named::named;
use rustc_hash::FxHashMap;

named! {
/// Whether a sentence can end with an abbreviation that more text follows.
Ending {
    /// Never: `Mr.`, `e.g.`
    Never = "never",
    /// Only before a word that starts sentences: `U.S.`, `Inc.`
    Seldom = "seldom",
    /// Before any word with a capital: `p.m.`, `etc.`
    Often = "often",
    /// An abbreviation before a number, else a word and a full stop: `No.`
    Number = "number",
}
}

/// The abbreviations of `data/abbreviations.tsv`.
#[derive(Debug, Default)]
pub struct Abbreviations {
    /// By their lower-case form.
    // Invariant: no key is longer than MAX_BYTES.
    endings: FxHashMap<String, Forms>,
}

/// What is known about one lower-case form.
#[derive(Clone, Copy, Debug, Default)]
struct Forms {
    /// Of the word as written with a capital (`Co.`).
    capital: Option<Ending>,
    /// Of the word in any case (`co.`).
    any: Option<Ending>,
}

impl Abbreviations {
    /// The longest abbreviation, its stop included.
    pub const MAX_BYTES: usize = 16;

    pub(super) fn load() -> Result<Self> {
        let text = include_str!("../../data/abbreviations.tsv");
        let mut endings = FxHashMap::<String, Forms>::default();
        for row in table::rows("abbreviations.tsv", text, &["abbreviation", "ends"])? {
            let word = row.cell(0);
            if word.len() > Self::MAX_BYTES {
                return Err(row.error(format!("longer than {} bytes", Self::MAX_BYTES)));
            }
            let forms = endings.entry(word.to_ascii_lowercase()).or_default();
            let form = if starts_upper(word) { &mut forms.capital } else { &mut forms.any };
            *form = Some(row.class(1)?);
        }
        Ok(Self { endings })
    }

    /// How a word that carries its stop ends sentences, or `None` when it is no known abbreviation.
    ///
    /// `Mass.` is one, `mass.` and `MASS.` are none; `P.M.` counts as `p.m.`
    pub fn ending(&self, word: &str) -> Option<Ending> {
        let mut buffer = [0; Self::MAX_BYTES];
        let lower = buffer.get_mut(..word.len())?;
        lower.copy_from_slice(word.as_bytes());
        lower.make_ascii_lowercase();
        let forms = self.endings.get(std::str::from_utf8(lower).ok()?)?;
        let capital = if starts_upper(word) { forms.capital } else { None };
        // «the VA. Reyes» is the agency, «MR. REYES» a headline.
        let acronym = is_acronym(word) && capital != Some(Ending::Never);
        capital.filter(|_| !acronym).or(forms.any)
    }
}

fn starts_upper(word: &str) -> bool {
    word.starts_with(|first: char| first.is_ascii_uppercase())
}

/// Whether `word` is capitals with one stop behind them.
fn is_acronym(word: &str) -> bool {
    let letters = word.trim_end_matches('.');
    letters.len() > 1 && letters.bytes().all(|byte| byte.is_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_capital_in_the_table_needs_one_in_the_text() {
        let abbreviations = Abbreviations::load().unwrap();
        assert_eq!(abbreviations.ending("Mass."), Some(Ending::Seldom));
        assert_eq!(abbreviations.ending("mass."), None);
        assert_eq!(abbreviations.ending("MASS."), None);
        assert_eq!(abbreviations.ending("MR."), Some(Ending::Never));
        assert_eq!(abbreviations.ending("P.M."), Some(Ending::Often));
        assert_eq!(abbreviations.ending("co."), Some(Ending::Often));
        assert_eq!(abbreviations.ending("Co."), Some(Ending::Seldom));
        assert_eq!(abbreviations.ending("antidisestablishmentarianism."), None);
    }
}
