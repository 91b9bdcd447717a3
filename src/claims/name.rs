//! Who may be the same speaker, by name alone.

use crate::lexicon::fold::fold;
use crate::model::EntityKind;
use xxhash_rust::xxh3::xxh3_64;

/// The name of a speaker, for comparing.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Name {
    pub kind: EntityKind,
    /// As [`crate::lexicon::fold::fold`] makes it.
    pub folded: String,
    /// Whether it names anybody: «the council leader» and «a spokesman for Severn Water» don't.
    pub is_proper: bool,
}

/// How the names of two speakers fit.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Fit {
    /// One names nobody, or the two are a body and somebody who speaks for it.
    Weak,
    /// One is the other's surname alone, or has an initial where the other has a name.
    Short,
    Equal,
}

impl Name {
    /// The name of a speaker as printed.
    pub fn new(kind: EntityKind, name: &str) -> Self {
        let last = name.rsplit(' ').next().unwrap_or(name);
        let is_role = kind == EntityKind::Person
            && ["the ", "a ", "an "].iter().any(|article| name.to_lowercase().starts_with(article));
        let is_proper = !is_role && !last.starts_with(char::is_lowercase);
        Self { kind, folded: fold(name), is_proper }
    }

    /// How two names fit; `None` for two speakers.
    pub fn fit(&self, other: &Self) -> Option<Fit> {
        // «The company» is another one in another article.
        if self.folded == other.folded && self.kind == other.kind {
            return Some(if self.is_proper { Fit::Equal } else { Fit::Weak });
        }
        let are_people = self.kind == EntityKind::Person && other.kind == EntityKind::Person;
        if are_people && is_short_for(&self.folded, &other.folded) {
            return Some(Fit::Short);
        }
        let is_weak = !self.is_proper || !other.is_proper || (!are_people && self.shares_a_word(other));
        is_weak.then_some(Fit::Weak)
    }

    /// Whether both have a word of some length.
    fn shares_a_word(&self, other: &Self) -> bool {
        const LONG: usize = 4;
        let mut words = self.folded.split(' ').filter(|word| word.chars().count() >= LONG);
        words.any(|word| other.folded.split(' ').any(|candidate| candidate == word))
    }

    /// 0 for none, 1 for a surname alone, 2 for a full name.
    pub fn rank(&self) -> u8 {
        match (self.is_proper, self.kind == EntityKind::Person && !self.folded.contains(' ')) {
            (false, _) => 0,
            (true, true) => 1,
            (true, false) => 2,
        }
    }

    /// Two names that fit well share one of these: hashes of a person's last word and, of three words or more, the last but
    /// one («Solís» of «Ana Solís Reyes»); of another's whole name. What names nobody has none.
    pub fn keys(&self) -> impl Iterator<Item = i64> {
        let words = if !self.is_proper {
            [None, None]
        } else if self.kind == EntityKind::Person {
            let mut words = self.folded.rsplit(' ');
            let (last, middle, first) = (words.next(), words.next(), words.next());
            [last, middle.filter(|_| first.is_some())]
        } else {
            [Some(self.folded.as_str()), None]
        };
        // Half the hash: a smaller number is a shorter row.
        words.into_iter().flatten().map(|telling| i64::from(xxh3_64(telling.as_bytes()) as u32))
    }
}

/// «Reyes», «A. Reyes» and «Ann Reyes» for «Ann B. Reyes»; not «Ben Reyes».
fn is_short_for(one: &str, other: &str) -> bool {
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    // A surname of several words: «van Dijk», «Reyes-Dahl».
    if long.strip_suffix(short).is_some_and(|given| given.ends_with(' ')) {
        return true;
    }
    if !short.contains(' ') && long.split(' ').skip(1).any(|word| word == short) {
        return true;
    }
    let parts = |name: &str| {
        name.rsplit_once(' ')
            .map_or((String::new(), name.to_owned()), |(given, last)| (given.to_owned(), last.to_owned()))
    };
    let ((short, surname), (long, other)) = (parts(short), parts(long));
    let is_same = |word: &str, full: &str| {
        let is_initial =
            |initial: &str, name: &str| initial.chars().count() == 1 && name.starts_with(initial);
        word == full || is_initial(word, full) || is_initial(full, word)
    };
    // What stands before the surname: the first names fit, and of the others those that the short name has.
    let (mut given, mut full) = (short.split(' '), long.split(' '));
    let first = given.next().zip(full.next()).is_none_or(|(one, other)| is_same(one, other));
    surname == other
        && (short.is_empty() || (first && given.all(|word| full.any(|full| is_same(word, full)))))
}

#[cfg(test)]
mod tests {
    use super::{Fit, Name};
    use crate::model::EntityKind;

    #[test]
    fn a_surname_fits_its_person() {
        let name = |name: &str| Name::new(EntityKind::Person, name);
        let full = name("Ann B Reyes");
        for short in ["Reyes", "Ann Reyes", "A. Reyes", "A. B. Reyes"] {
            assert_eq!(name(short).fit(&full), Some(Fit::Short), "{short}");
            assert!(name(short).keys().any(|key| full.keys().any(|other| other == key)));
        }
        assert_eq!(name("Solís").fit(&name("Ana Solís Reyes")), Some(Fit::Short));
        assert!(name("Solís").keys().any(|key| name("Ana Solís Reyes").keys().any(|other| other == key)));
        assert_eq!(name("Reyes-Dahl").fit(&name("Ann Reyes-Dahl")), Some(Fit::Short));
        for other in ["Ben Reyes", "Ann", "Ann Lund", "B. Ann Reyes"] {
            assert_eq!(name(other).fit(&full), None, "{other}");
        }
        assert_eq!(full.fit(&full.clone()), Some(Fit::Equal));
        assert_eq!(full.fit(&name("the mayor")), Some(Fit::Weak));
        let [body, voice] = ["Severn Water", "Severn Water spokeswoman Bo Lund"];
        assert_eq!(Name::new(EntityKind::Organisation, body).fit(&name(voice)), Some(Fit::Weak));
    }
}
