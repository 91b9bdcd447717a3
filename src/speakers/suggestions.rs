//! Which names may be one person's, with the reasons: suggestions for people, who alone decide.

use crate::lexicon::sounds::Sounds;
use crate::model::EntityKind;
use crate::named::named;
use crate::speakers::matching::has_words;
use rustc_hash::FxHashMap;
use std::collections::{BTreeMap, BTreeSet};
use std::hash::{BuildHasher, Hash};

/// A name that articles print, and among what.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Known {
    /// Row ids of the name and of the person whom it stands for.
    pub id: i64,
    pub person: i64,
    pub folded: String,
    pub kind: EntityKind,
    /// In how many articles.
    pub articles: u32,
    /// Folded words of the roles, and folded names of the outlets.
    pub roles: BTreeSet<String>,
    pub outlets: BTreeSet<String>,
}

named! {
/// Why two names may be one person's.
Likeness {
    /// One is inside the other: «Ann Reyes», «Ann B Reyes»; «Reyes» with the same role.
    Inside = "inside",
    /// One has a second surname: «Ann Reyes», «Ann Reyes-Lund».
    SecondSurname = "second_surname",
    /// The same surname, and an initial that fits: «A. Reyes».
    Initial = "initial",
    /// They sound the same: «Zelensky», «Zelenskyy».
    Sound = "sound",
    /// They differ in one letter.
    Letter = "letter",
}
}

/// Two names that may be one person's.
#[derive(Clone, PartialEq, Debug)]
pub struct Suggestion {
    /// Indices into the names: first the one that more articles print.
    pub pair: (usize, usize),
    pub why: Likeness,
    /// A word that roles of both have, and an outlet that prints both.
    pub role: Option<String>,
    pub outlet: Option<String>,
    /// 0 to 1, only to put them in order.
    pub score: f64,
}

/// Names of which one word or two are the same are compared with one another: those that most articles print, so many
/// at most. Of a surname that thousands bear only the best known are compared, and the work stays in proportion.
const COMPARED: usize = 40;
/// Letters of a name that may differ in one: shorter ones are too soon the same by chance.
const LETTERS: usize = 8;
/// A word of a role that says something.
const TELLING: usize = 4;

/// Suggests which of the names are one person's, the likeliest first. Names of one person already are passed over.
///
/// Works through names that share a word, a sound or all letters but one, never through all pairs.
pub fn suggest(names: &[Known], sounds: &Sounds) -> Vec<Suggestion> {
    let plain: Vec<String> = names.iter().map(|name| sounds.plain(&name.folded)).collect();
    let mut found: BTreeMap<(usize, usize), Suggestion> = BTreeMap::new();
    for block in blocks(names, &plain) {
        for (at, &one) in block.iter().enumerate() {
            for &other in &block[at + 1..] {
                let pair = if is_first(&names[one], &names[other]) { (one, other) } else { (other, one) };
                if let Some(suggestion) = compared(names, &plain, pair) {
                    let better = found.get(&pair).is_none_or(|known| known.score < suggestion.score);
                    if better {
                        found.insert(pair, suggestion);
                    }
                }
            }
        }
    }
    let mut all: Vec<Suggestion> = found.into_values().collect();
    let articles = |suggestion: &Suggestion| names[suggestion.pair.1].articles;
    all.sort_by(|a, b| {
        let order = b.score.total_cmp(&a.score).then_with(|| articles(b).cmp(&articles(a)));
        order.then_with(|| a.pair.cmp(&b.pair))
    });
    all
}

fn is_first(one: &Known, other: &Known) -> bool {
    (other.articles, one.id) < (one.articles, other.id)
}

/// Names that have something in common, the best known of each block.
fn blocks(names: &[Known], plain: &[String]) -> Vec<Vec<usize>> {
    let mut keys: FxHashMap<u64, Vec<usize>> = FxHashMap::default();
    let mut put = |key: u64, name: usize| {
        let block = keys.entry(key).or_default();
        if block.last() != Some(&name) {
            block.push(name);
        }
    };
    for (at, name) in names.iter().enumerate() {
        let is_named = matches!(name.kind, EntityKind::Person | EntityKind::Organisation);
        if !is_named {
            continue;
        }
        put(key(("sound", name.kind, &plain[at])), at);
        if plain[at].chars().count() >= LETTERS {
            shortened(&plain[at], |short| put(key(("letter", name.kind, short)), at));
        }
        if name.kind == EntityKind::Person {
            let words: Vec<&str> = name.folded.split(' ').collect();
            let (first, last) = (words[0], words[words.len() - 1]);
            words[1..].iter().for_each(|word| put(key(("given", first, word)), at));
            put(key(("initial", first.chars().next(), last)), at);
        }
    }
    let mut blocks: Vec<Vec<usize>> = keys.into_values().filter(|block| block.len() > 1).collect();
    blocks.extend(surnames(names));
    for block in &mut blocks {
        block.sort_by_key(|&at| (std::cmp::Reverse(names[at].articles), names[at].id));
        block.truncate(COMPARED);
    }
    blocks.sort_unstable();
    blocks.dedup();
    blocks
}

/// Each surname that stands alone, with those who bear it.
fn surnames(names: &[Known]) -> Vec<Vec<usize>> {
    let people = || names.iter().enumerate().filter(|(_, name)| name.kind == EntityKind::Person);
    let alone = people().filter(|(_, name)| !name.folded.contains(' '));
    let mut blocks: FxHashMap<&str, Vec<usize>> =
        alone.map(|(at, name)| (name.folded.as_str(), vec![at])).collect();
    for (at, name) in people() {
        if let Some((_, last)) = name.folded.rsplit_once(' ')
            && let Some(block) = blocks.get_mut(last)
        {
            block.push(at);
        }
    }
    blocks.into_values().filter(|block| block.len() > 1).collect()
}

fn key(what: impl Hash) -> u64 {
    rustc_hash::FxBuildHasher.hash_one(what)
}

/// Gives the name itself and each name that is it without one letter: names that differ in one letter share one.
fn shortened(name: &str, mut each: impl FnMut(&str)) {
    each(name);
    let mut short = String::with_capacity(name.len());
    for (at, letter) in name.char_indices() {
        short.clear();
        short.push_str(&name[..at]);
        short.push_str(&name[at + letter.len_utf8()..]);
        each(&short);
    }
}

fn compared(names: &[Known], plain: &[String], pair: (usize, usize)) -> Option<Suggestion> {
    let (one, other) = (&names[pair.0], &names[pair.1]);
    if one.person == other.person || one.kind != other.kind || one.folded == other.folded {
        return None;
    }
    let role = one.roles.intersection(&other.roles).find(|word| word.chars().count() >= TELLING).cloned();
    let outlet = one.outlets.intersection(&other.outlets).next().cloned();
    let common = Common { role: role.is_some(), outlet: outlet.is_some() };
    let (why, base) = likeness(one, other, (&plain[pair.0], &plain[pair.1]), common)?;
    let differs = role.is_none() && !one.roles.is_empty() && !other.roles.is_empty();
    let share = |holds: bool, share: f64| if holds { share } else { 0.0 };
    let score = base + share(common.role, 0.2) + share(common.outlet, 0.1) - share(differs, 0.2);
    Some(Suggestion { pair, why, role, outlet, score: score.clamp(0.0, 1.0) })
}

/// What two names have in common beside their letters.
#[derive(Clone, Copy)]
struct Common {
    role: bool,
    outlet: bool,
}

/// Why two names may be one person's, and how much that says.
fn likeness(
    one: &Known,
    other: &Known,
    (plain, other_plain): (&str, &str),
    common: Common,
) -> Option<(Likeness, f64)> {
    if plain == other_plain {
        return Some((Likeness::Sound, 0.7));
    }
    let is_long = plain.chars().count().min(other_plain.chars().count()) >= LETTERS;
    let words = |name: &str| name.split(' ').count();
    if one.kind == EntityKind::Person {
        let (long, short) = if words(&one.folded) >= words(&other.folded) {
            (&one.folded, &other.folded)
        } else {
            (&other.folded, &one.folded)
        };
        let found = by_words(long, short, common);
        if found.is_some() {
            return found;
        }
    }
    let is_one_letter =
        is_long && words(plain) == words(other_plain) && differ_in_one_letter(plain, other_plain);
    is_one_letter.then_some((Likeness::Letter, 0.4))
}

fn by_words(long: &str, short: &str, common: Common) -> Option<(Likeness, f64)> {
    let last = |name: &str| name.rsplit(' ').next().map(str::to_owned);
    let first = |name: &str| name.split(' ').next().map(str::to_owned);
    let is_inside = long != short && has_words(long, short);
    if !short.contains(' ') {
        // A surname alone is anybody's of that name; what was said in one office is likely one person's.
        let is_one = is_inside && last(long) == last(short) && common.role;
        return is_one.then_some((Likeness::Inside, if common.outlet { 0.5 } else { 0.3 }));
    }
    if is_inside && first(long) == first(short) {
        let same_end = last(long) == last(short);
        return Some(if same_end { (Likeness::Inside, 0.6) } else { (Likeness::SecondSurname, 0.5) });
    }
    let (given, other) = (first(long)?, first(short)?);
    let is_initial = |one: &str, other: &str| one.chars().count() == 1 && other.starts_with(one);
    let fits = last(long) == last(short) && (is_initial(&given, &other) || is_initial(&other, &given));
    (fits && (common.role || common.outlet)).then_some((Likeness::Initial, 0.4))
}

/// Whether one letter was put in, left out, replaced, or two were swapped.
fn differ_in_one_letter(one: &str, other: &str) -> bool {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let (long, short) = if one.len() >= other.len() { (one, other) } else { (other, one) };
    let head = long.iter().zip(&short).take_while(|(a, b)| a == b).count();
    match long.len() - short.len() {
        0 => {
            let (a, b) = (&long[head..], &short[head..]);
            let swapped = a.len() > 1 && a[0] == b[1] && a[1] == b[0] && a[2..] == b[2..];
            !a.is_empty() && (a[1..] == b[1..] || swapped)
        }
        1 => long[head + 1..] == short[head..],
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::{Known, Likeness, suggest};
    use crate::lexicon::sounds::Sounds;
    use crate::model::EntityKind;

    fn known(names: &[(&str, &str, &str)]) -> Vec<Known> {
        let known = names.iter().zip(1..).map(|((name, role, outlet), id)| Known {
            id,
            person: id,
            folded: (*name).to_owned(),
            kind: EntityKind::Person,
            articles: 100 - id as u32,
            roles: role.split_whitespace().map(str::to_owned).collect(),
            outlets: outlet.split_whitespace().map(str::to_owned).collect(),
        });
        known.collect()
    }

    /// The suggestions as words.
    fn suggested(names: &[(&str, &str, &str)]) -> Vec<(String, String, Likeness)> {
        let names = known(names);
        let all = suggest(&names, &Sounds::load().unwrap());
        let told =
            all.iter().map(|s| (names[s.pair.0].folded.clone(), names[s.pair.1].folded.clone(), s.why));
        told.collect()
    }

    #[track_caller]
    fn one(names: &[(&str, &str, &str)], why: Likeness) {
        let all = suggested(names);
        assert!(all.len() == 1 && all[0].2 == why, "{all:?}");
    }

    #[track_caller]
    fn none(names: &[(&str, &str, &str)]) {
        assert_eq!(suggested(names), []);
    }

    #[test]
    fn names_of_one_person_are_suggested_with_the_reason() {
        one(&[("ann reyes", "mayor", "post"), ("ann b reyes", "", "gazette")], Likeness::Inside);
        one(&[("ann reyes", "mayor of orbo", "post"), ("reyes", "mayor", "gazette")], Likeness::Inside);
        one(&[("ann reyes", "", "post"), ("ann reyes lund", "", "post")], Likeness::SecondSurname);
        one(&[("ann reyes", "mayor", "post"), ("a reyes", "mayor", "post")], Likeness::Initial);
        one(&[("volodymyr zelensky", "", ""), ("wolodymyr zelenskyy", "", "")], Likeness::Sound);
        one(&[("kenji itokawa", "", ""), ("kenji itokava", "", "")], Likeness::Sound);
        one(&[("marta kowalska", "", ""), ("marta kovalsca", "", "")], Likeness::Letter);
    }

    #[test]
    fn people_who_have_less_in_common_are_not() {
        none(&[("ann reyes", "mayor", "post"), ("bo reyes", "mayor", "post")]);
        none(&[("ann reyes", "mayor", "post"), ("reyes", "midfielder", "post")]);
        none(&[("ann reyes", "mayor", "post"), ("a reyes", "midfielder", "gazette")]);
        none(&[("ann reyes", "mayor", "post"), ("ann lund", "mayor", "post")]);
        none(&[("bo lund", "", ""), ("bo lind", "", "")]);
    }

    #[test]
    fn a_person_already_is_not_suggested_again() {
        let mut names = known(&[("ann reyes", "", ""), ("ann b reyes", "", "")]);
        names[1].person = 1;
        assert_eq!(suggest(&names, &Sounds::load().unwrap()), []);
    }

    #[test]
    fn the_work_is_in_proportion_to_the_names() {
        let sounds = Sounds::load().unwrap();
        let names: Vec<Known> = (0..10_000_i64)
            .map(|id| {
                let surname = id % 300;
                Known {
                    id,
                    person: id,
                    folded: format!("given{} family{surname}", id / 300),
                    kind: EntityKind::Person,
                    articles: 1,
                    roles: ["minister".to_owned()].into(),
                    outlets: ["post".to_owned()].into(),
                }
            })
            .collect();
        let started = std::time::Instant::now();
        suggest(&names, &sounds);
        assert!(started.elapsed().as_secs() < 30, "{:?}", started.elapsed());
    }
}
