//! What is known of each single word, from all the tables, under one look-up.

use crate::error::Result;
use crate::learn::hash;
use crate::lexicon::cue_verbs::{COLUMNS, CueVerb, frames};
use crate::lexicon::table::{Row, rows};
use crate::lexicon::word::{Function, OrganisationWord, Title, Word};
use crate::model::Pos;
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// Every word of every table.
#[derive(Debug, Default)]
pub struct Words {
    words: FxHashMap<String, Word>,
    /// What is known of a word that no table has.
    unknown: Word,
    /// Cue verbs by head; longer lemmas first.
    pub verbs: Vec<Vec<CueVerb>>,
}

/// No word of the tables is longer, in bytes.
pub const LONGEST: usize = 40;

static WORDS: LazyLock<Words> = LazyLock::new(|| Words::load().expect("the tables are read by the tests"));

impl Words {
    /// The tables built into the program, read once for all who ask.
    pub fn shared() -> &'static Self {
        &WORDS
    }

    /// Reads the tables of single words.
    ///
    /// # Errors
    /// As [`crate::lexicon::Lexicon::load`].
    pub fn load() -> Result<Self> {
        let mut words = Words::default();
        words.read("words.tsv", include_str!("../../data/words.tsv"), &["word", "tags"], |word, row| {
            add_tags(word, row)
        })?;
        let columns = &["form", "lemma"];
        words.read("lemmas.tsv", include_str!("../../data/lemmas.tsv"), columns, |word, row| {
            word.lemma = hash::of(row.cell(1));
            Ok(())
        })?;
        words.read_cue_verbs()?;
        words.read_classes()?;
        words.read_names()?;
        Ok(words)
    }

    /// What is known of `word`, whatever its case and its apostrophes.
    pub fn get(&self, word: &str) -> &Word {
        let mut buffer = [0; LONGEST];
        let Some(key) = fold(word, &mut buffer) else { return &self.unknown };
        let known = self.words.get(key).unwrap_or(&self.unknown);
        // «US» is no «us», nor «WHO» a «who».
        let pronoun = matches!(known.function, Some(Function::We | Function::It | Function::Relative));
        let is_acronym = pronoun && word.len() > 1 && word.bytes().all(|b| b.is_ascii_uppercase());
        if is_acronym { &self.unknown } else { known }
    }

    fn read(
        &mut self,
        table: &'static str,
        text: &'static str,
        columns: &[&str],
        add: impl Fn(&mut Word, &Row) -> Result<()>,
    ) -> Result<()> {
        for row in rows(table, text, columns)? {
            add(self.words.entry(row.cell(0).to_lowercase()).or_default(), &row)?;
        }
        Ok(())
    }

    fn read_classes(&mut self) -> Result<()> {
        let columns = &["word", "class", "form"];
        self.read(
            "function_words.tsv",
            include_str!("../../data/function_words.tsv"),
            columns,
            |word, row| {
                word.function = Some(row.class(1)?);
                word.object_form = match row.cell(2) {
                    "" => false,
                    "object" => true,
                    other => return Err(row.error(format!("form is object or empty, not «{other}»"))),
                };
                Ok(())
            },
        )?;
        let columns = &["lemma", "class"];
        self.read("cue_nouns.tsv", include_str!("../../data/cue_nouns.tsv"), columns, |word, row| {
            word.cue_noun = Some(row.class(1)?);
            Ok(())
        })?;
        self.read(
            "cue_adjectives.tsv",
            include_str!("../../data/cue_adjectives.tsv"),
            columns,
            |word, row| {
                word.cue_adjective = Some(row.class(1)?);
                Ok(())
            },
        )
    }

    fn read_names(&mut self) -> Result<()> {
        let gender = &["name", "gender"];
        self.read("given_names.tsv", include_str!("../../data/given_names.tsv"), gender, |word, row| {
            word.given_name = Some(row.class(1)?);
            Ok(())
        })?;
        let columns = &["title", "gender", "class"];
        self.read("titles.tsv", include_str!("../../data/titles.tsv"), columns, |word, row| {
            word.title = Some(Title { gender: row.class(1)?, class: row.class(2)? });
            Ok(())
        })?;
        self.read("roles.tsv", include_str!("../../data/roles.tsv"), &["role", "gender"], |word, row| {
            word.role = Some(row.class(1)?);
            Ok(())
        })?;
        self.read("groups.tsv", include_str!("../../data/groups.tsv"), &["noun"], |word, _| {
            word.group = true;
            Ok(())
        })?;
        let columns = &["particle"];
        self.read(
            "name_particles.tsv",
            include_str!("../../data/name_particles.tsv"),
            columns,
            |word, _| {
                word.particle = true;
                Ok(())
            },
        )?;
        self.read(
            "post_nominals.tsv",
            include_str!("../../data/post_nominals.tsv"),
            &["word"],
            |word, _| {
                word.post_nominal = true;
                Ok(())
            },
        )?;
        self.read_organisations()?;
        self.read_places()
    }

    fn read_organisations(&mut self) -> Result<()> {
        let columns = &["word", "place", "generic"];
        self.read(
            "organisations.tsv",
            include_str!("../../data/organisations.tsv"),
            columns,
            |word, row| {
                let (generic, describes) = match row.cell(2) {
                    "any" => (true, true),
                    "yes" => (true, false),
                    "no" => (false, false),
                    other => return Err(row.error(format!("generic is any, yes or no, not «{other}»"))),
                };
                word.organisation = Some(OrganisationWord { place: row.class(1)?, generic, describes });
                Ok(())
            },
        )?;
        self.read("documents.tsv", include_str!("../../data/documents.tsv"), &["noun"], |word, _| {
            word.document = true;
            Ok(())
        })
    }

    fn read_places(&mut self) -> Result<()> {
        self.read("places.tsv", include_str!("../../data/places.tsv"), &["name", "kind"], |word, _| {
            word.place = true;
            Ok(())
        })?;
        self.read("demonyms.tsv", include_str!("../../data/demonyms.tsv"), &["word", "place"], |word, _| {
            word.demonym = true;
            Ok(())
        })?;
        let columns = &["word", "kind"];
        self.read(
            "common_capitals.tsv",
            include_str!("../../data/common_capitals.tsv"),
            columns,
            |word, _| {
                // «Will» and «But» stand there too; what the grammar knows isn't decided by its capital.
                let known = word.tags[0].is_some_and(|tag| tag != Pos::Noun);
                word.calendar = word.function.is_none_or(|function| function == Function::Time) && !known;
                Ok(())
            },
        )
    }

    fn read_cue_verbs(&mut self) -> Result<()> {
        for row in rows("cue_verbs.tsv", include_str!("../../data/cue_verbs.tsv"), &COLUMNS)? {
            let verb = CueVerb { lemma: row.cell(0), class: row.class(1)?, frames: frames(&row)? };
            let head = row.cell(0).split(' ').next().unwrap_or_default();
            let forms = [
                (head, &[Pos::VerbBase, Pos::VerbPresent][..]),
                (row.cell(3), &[Pos::VerbThird]),
                (row.cell(4), &[Pos::VerbPast]),
                (row.cell(5), &[Pos::VerbParticiple]),
                (row.cell(6), &[Pos::VerbIng]),
            ];
            let known = self.words.get(head).and_then(|word| word.cue_verb);
            let index = known.unwrap_or(self.verbs.len() as u16);
            for (form, tags) in forms {
                let word = self.words.entry(form.to_owned()).or_default();
                word.cue_verb = Some(index);
                if word.lemma == 0 && form != head {
                    word.lemma = hash::of(head);
                }
                tags.iter().for_each(|&tag| add_tag(word, tag));
            }
            if known.is_none() {
                self.verbs.push(Vec::new());
            }
            let group = &mut self.verbs[usize::from(index)];
            group.push(verb);
            group.sort_by_key(|verb| std::cmp::Reverse(verb.particles().count()));
        }
        Ok(())
    }
}

/// Lower-cases `word` into `buffer`, with typewriter apostrophes. `None` when it is too long for any table.
pub fn fold<'a>(word: &str, buffer: &'a mut [u8; LONGEST]) -> Option<&'a str> {
    if word.len() > LONGEST {
        return None;
    }
    if word.is_ascii() {
        let folded = &mut buffer[..word.len()];
        folded.copy_from_slice(word.as_bytes());
        folded.make_ascii_lowercase();
        return std::str::from_utf8(folded).ok();
    }
    let mut len = 0;
    for c in word.chars().flat_map(char::to_lowercase) {
        let c = if c == '’' { '\'' } else { c };
        if len + c.len_utf8() > LONGEST {
            return None;
        }
        len += c.encode_utf8(&mut buffer[len..]).len();
    }
    std::str::from_utf8(&buffer[..len]).ok()
}

fn add_tags(word: &mut Word, row: &Row) -> Result<()> {
    for name in row.cell(1).split(',') {
        let tag = name.parse().map_err(|_| row.error(format!("unknown tag «{name}»")))?;
        add_tag(word, tag);
    }
    Ok(())
}

fn add_tag(word: &mut Word, tag: Pos) {
    if word.tags.contains(&Some(tag)) {
        return;
    }
    if let Some(free) = word.tags.iter_mut().find(|tag| tag.is_none()) {
        *free = Some(tag);
    }
}

#[cfg(test)]
mod tests {
    use super::Words;
    use crate::learn::hash;

    #[test]
    fn forms_know_their_lemmas() {
        let words = Words::load().unwrap();
        let pairs = [("Said", "say"), ("women", "woman"), ("n’t", "not"), ("'ll", "will"), ("were", "be")];
        for (form, lemma) in pairs {
            assert_eq!(words.get(form).lemma, hash::of(lemma), "{form}");
        }
        assert_eq!(["say", "'s", "Reyes"].map(|word| words.get(word).lemma), [0; 3]);
    }
}
