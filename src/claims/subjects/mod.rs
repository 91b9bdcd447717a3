//! What a statement is about: the people, places, organisations, numbers and dates in its words.

pub mod numbers;
pub mod dates;
pub mod names;

use crate::claims::phrase::{Token, tokens};
use crate::claims::subjects::dates::dates;
use crate::claims::subjects::names::names;
use crate::claims::subjects::numbers::numbers;
use crate::lexicon::fold::fold;
use crate::model::EntityKind;
use crate::named::named;
use serde::{Serialize, Serializer};
use std::collections::BTreeSet;
use std::ops::Range;

named! {
/// What a subject is.
SubjectKind {
    Person = "person",
    Organisation = "organisation",
    Place = "place",
    Number = "number",
    Date = "date",
    /// A name, and nothing tells whose or of what.
    Name = "name",
}
}

impl Serialize for SubjectKind {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

/// Something that a statement is about.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Subject {
    pub kind: SubjectKind,
    /// As printed, a name without titles, a number with its unit: «4.2 billion crowns».
    pub text: String,
}

/// So many subjects of a statement are kept, the first.
const MOST: usize = 50;

/// Finds the subjects of a statement, each once, in the order of its words.
///
/// `known` tells what a name stands for, folded ([`fold`]), where that is known from elsewhere: of the speakers of a
/// database, say.
pub fn subjects(text: &str, known: &dyn Fn(&str) -> Option<EntityKind>) -> Vec<Subject> {
    let mut seen = BTreeSet::new();
    let mut subjects = found(text, &tokens(text), known);
    subjects.retain(|subject| seen.insert(fold(&subject.text)));
    subjects.truncate(MOST);
    subjects
}

/// As [`subjects`], of words that were told apart already; the same may stand there twice.
pub fn found(text: &str, tokens: &[Token], known: &dyn Fn(&str) -> Option<EntityKind>) -> Vec<Subject> {
    let mut used = vec![false; tokens.len()];
    let mut places: Vec<(Range<usize>, SubjectKind)> = Vec::new();
    let dates = dates(tokens);
    take(&mut used, &mut places, dates.into_iter().map(|date| (date, SubjectKind::Date)));
    let numbers = numbers(tokens, &used);
    let bytes: Vec<Range<usize>> = numbers.iter().map(|number| number.bytes(text, tokens)).collect();
    let ranges = numbers.into_iter().map(|number| (number.tokens, SubjectKind::Number));
    let from = places.len();
    take(&mut used, &mut places, ranges);
    let names = names(tokens, &used, known);
    let behind = places.len();
    take(&mut used, &mut places, names.into_iter());
    let mut subjects: Vec<(usize, Subject)> = Vec::with_capacity(places.len());
    for (at, (range, kind)) in places.into_iter().enumerate() {
        let span = match at {
            at if (from..behind).contains(&at) => bytes[at - from].clone(),
            _ => tokens[range.start].start..tokens[range.end - 1].end,
        };
        subjects.push((span.start, Subject { kind, text: text[span].to_owned() }));
    }
    subjects.sort_by_key(|(start, _)| *start);
    subjects.into_iter().map(|(_, subject)| subject).collect()
}

fn take(
    used: &mut [bool],
    places: &mut Vec<(Range<usize>, SubjectKind)>,
    found: impl Iterator<Item = (Range<usize>, SubjectKind)>,
) {
    for (range, kind) in found {
        used[range.clone()].fill(true);
        places.push((range, kind));
    }
}

#[cfg(test)]
mod tests {
    use super::{SubjectKind, subjects};
    use crate::model::EntityKind;

    fn found(text: &str) -> String {
        let known = |name: &str| (name == "quillon").then_some(EntityKind::Person);
        let subjects = subjects(text, &known);
        let told = subjects.iter().map(|subject| match subject.kind {
            SubjectKind::Number | SubjectKind::Date => format!("{}:{}", subject.kind, subject.text),
            kind => format!("{kind}:{}", subject.text),
        });
        told.collect::<Vec<_>>().join(", ")
    }

    #[test]
    fn numbers_have_their_units() {
        for (text, expected) in [
            ("It will cost 4.2 billion crowns.", "number:4.2 billion crowns"),
            ("“That is 12 percent of the budget”", "number:12 percent"),
            ("It rose by 3.5% and then 2 percentage points", "number:3.5%, number:2 percentage points"),
            ("We paid €1,500 for it, or $4bn in all", "number:€1,500, number:$4bn"),
            ("Twenty-five schools were shut", "number:Twenty-five schools"),
            ("We built 12 new schools", "number:12 new schools"),
            ("Thousands of homes are dark", "number:Thousands of homes"),
            ("two thirds of voters and a third of the rest", "number:two thirds, number:a third"),
            ("One million came", "number:One million"),
            ("one of us came third, and no one was there on the third day", ""),
            ("He is the one; one can tell", ""),
            ("It is 5pm on the 20th floor, or 2:40 by the clock", ""),
        ] {
            assert_eq!(found(text), expected, "{text}");
        }
    }

    #[test]
    fn dates_are_days_months_and_years() {
        for (text, expected) in [
            ("It opened on 22 October 2025 and shut on Monday", "date:22 October 2025, date:Monday"),
            ("By May 2030, or on October 22, it may end", "date:May 2030, date:October 22"),
            ("May we ask? March on!", ""),
            ("In 2019 prices rose last year, as in the 1990s", "date:2019, date:last year, date:1990s"),
            ("2000 people came ten years ago", "number:2000 people, date:ten years ago"),
            ("on Feb. 11, in March of 2019, since ’22", "date:Feb. 11, date:March of 2019, date:22"),
            ("It ends 2026-01-31, or tomorrow", "date:2026-01-31, date:tomorrow"),
        ] {
            assert_eq!(found(text), expected, "{text}");
        }
    }

    #[test]
    fn names_have_their_kind_where_something_tells_it() {
        for (text, expected) in [
            ("We met Ann Reyes and Mr Lund in Oslo", "person:Ann Reyes, person:Lund, place:Oslo"),
            ("The Ministry of Health and NATO agreed", "organisation:Ministry of Health, organisation:NATO"),
            ("Tired pilots of Orbo Airways sleep at Lake Varn", "organisation:Orbo Airways, place:Lake Varn"),
            (
                "Torvian President Goran Mestrovec met First Minister Reid",
                "person:Goran Mestrovec, person:Reid",
            ),
            ("Quillon lied to us about Corrin", "person:Quillon, name:Corrin"),
            ("Bolts rust. The President knows that I do.", ""),
            ("The American people know the U.S. well", "place:U.S"),
            ("I told Valley Water so; “Never” is no name", "name:Valley Water"),
            ("ALL OF THIS IS SHOUTED AT NOBODY", ""),
        ] {
            assert_eq!(found(text), expected, "{text}");
        }
    }

    #[test]
    fn odd_texts_have_no_subjects_and_none_twice() {
        for text in ["", "…", "«»", "$", "%", "’s", "- - -", "\u{0}\u{feff}"] {
            assert_eq!(found(text), "", "{text}");
        }
        assert_eq!(found("Oslo, Oslo and OSLO"), "place:Oslo");
        let many = "Oslo 1, Rome 2, ".repeat(9999);
        assert_eq!(found(&many), "place:Oslo, number:1, place:Rome, number:2");
    }
}
