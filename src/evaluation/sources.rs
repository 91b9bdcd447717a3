//! Whether a predicted source is the annotated one.

use crate::evaluation::annotation::Annotated;
use crate::evaluation::matching::{LEAST_OVERLAP, jaccard};
use crate::lexicon::source_words::SourceWords;

/// How alike the words of two mentions must be.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Likeness {
    /// They share a telling word, at the same place in the text.
    Head,
    /// They overlap by half.
    Half,
    /// They are the same.
    Exact,
    /// They share the spelling of a telling word, wherever in the text the two stand.
    Spelled,
}

impl Annotated<'_> {
    /// Whether `predicted` names the source of this quote: by the words of the mention, or where
    /// only the speaker is annotated, by the name, or where neither is, by naming nobody.
    pub fn has_source_of(&self, predicted: &Annotated, likeness: Likeness, tables: &SourceWords) -> bool {
        if self.source.is_empty() {
            return match self.speaker {
                Some(_) => self.has_name_like(&predicted.name, tables),
                None => predicted.is_unknown(),
            };
        }
        match likeness {
            Likeness::Head => self.head.iter().any(|word| predicted.source.binary_search(word).is_ok()),
            Likeness::Half => jaccard(&self.source, &predicted.source) >= LEAST_OVERLAP,
            Likeness::Exact => self.source == predicted.source,
            Likeness::Spelled => self.spelled.iter().any(|word| predicted.spelled.contains(word)),
        }
    }

    /// Whether `name` is the speaker's or an alias, titles and case aside.
    pub fn has_name(&self, name: &str, tables: &SourceWords) -> bool {
        let name = tables.name(name);
        !name.is_empty() && self.names().any(|known| tables.name(known) == name)
    }

    /// Whether `name` shortens a name of the speaker or makes it longer: «Reyes», «Ann Reyes».
    pub fn has_name_like(&self, name: &str, tables: &SourceWords) -> bool {
        let name = tables.name(name);
        let holds = |all: &[String], part: &[String]| part.iter().all(|word| all.contains(word));
        !name.is_empty()
            && self.names().any(|known| {
                let known = tables.name(known);
                !known.is_empty() && (holds(&known, &name) || holds(&name, &known))
            })
    }

    fn names(&self) -> impl Iterator<Item = &str> {
        self.speaker.iter().chain(&self.aliases).copied()
    }
}
