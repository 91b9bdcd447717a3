//! Letters that stand for one sound in names from other scripts and languages.

use crate::error::Result;
use crate::lexicon::table::rows;

/// What stands for the ways to write one sound.
#[derive(Debug, Default)]
pub struct Sounds {
    /// Longer ones first.
    letters: Vec<(&'static str, &'static str)>,
}

impl Sounds {
    /// Reads `data/transliterations.tsv`.
    ///
    /// # Errors
    /// [`crate::error::Error::Table`], naming the file and line of a row that breaks the table's rules.
    pub fn load() -> Result<Self> {
        let text = include_str!("../../data/transliterations.tsv");
        let rows = rows("transliterations.tsv", text, &["letters", "plain"])?;
        let mut letters: Vec<_> = rows.iter().map(|row| (row.cell(0), row.cell(1))).collect();
        letters.sort_by_key(|(letters, _)| (std::cmp::Reverse(letters.len()), *letters));
        Ok(Self { letters })
    }

    /// A folded name by its sounds: equal for «zelenskyy» and «zelensky», «juri» and «jurij».
    pub fn plain(&self, folded: &str) -> String {
        let mut plain = String::with_capacity(folded.len());
        let mut rest = folded;
        while let Some(first) = rest.chars().next() {
            let known = self.letters.iter().find(|(letters, _)| rest.starts_with(letters));
            let (sound, length) = known.map_or_else(
                || (&rest[..first.len_utf8()], first.len_utf8()),
                |(letters, sound)| (*sound, letters.len()),
            );
            for letter in sound.chars() {
                // Doubled letters sound once.
                if !plain.ends_with(letter) || letter == ' ' {
                    plain.push(letter);
                }
            }
            rest = &rest[length..];
        }
        plain
    }
}

#[cfg(test)]
mod tests {
    use super::Sounds;

    #[test]
    fn ways_to_write_one_sound_are_one() {
        let sounds = Sounds::load().unwrap();
        for (one, other) in [
            ("volodymyr zelenskyy", "wolodymyr zelenskiy"),
            ("kadhafi", "qaddafi"),
            ("yussouf khan", "yusuf han"),
            ("joseph", "josef"),
        ] {
            assert_eq!(sounds.plain(one), sounds.plain(other));
        }
        assert_ne!(sounds.plain("ann reyes"), sounds.plain("anna reyes"));
        assert_eq!(sounds.plain("他 ñ"), "他 ñ");
    }
}
