//! Which names may be several people's, with the reasons: suggestions for people, who alone decide.

use crate::lexicon::fold::fold;
use std::collections::BTreeSet;

/// What one outlet calls a speaker.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Called {
    pub role: String,
    pub outlet: String,
    /// The first and the last day, as ISO 8601 dates, where any is known.
    pub first: Option<String>,
    pub last: Option<String>,
    /// In how many articles.
    pub articles: u32,
}

/// A name that may be two people's.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Split {
    /// The roles of the one that more articles print, and of the other; the latter's outlets.
    pub roles: (String, String),
    pub outlets: (String, String),
    /// A word that all roles of the second have and no role of the first.
    pub by: String,
}

/// A word of a role that says something.
const TELLING: usize = 4;

/// Suggests that a name is two people's: roles that share no word, in outlets of which none uses both, at one time. One
/// person has several offices over the years, and those of one outlet know whom they write about.
pub fn split(called: &[Called]) -> Option<Split> {
    let groups = groups(called);
    for (at, second) in groups.iter().enumerate().skip(1) {
        let first = groups[..at].iter().find(|first| are_two(called, first, second));
        let Some(first) = first else { continue };
        let others: BTreeSet<String> = called
            .iter()
            .enumerate()
            .filter(|(at, _)| !second.contains(at))
            .flat_map(|(_, called)| words(&called.role))
            .collect();
        let shared = second.iter().map(|&at| words(&called[at].role)).reduce(|a, b| &a & &b)?;
        let by = shared.difference(&others).next().cloned();
        let Some(by) = by else { continue };
        let of = |group: &[usize]| &called[group[0]];
        return Some(Split {
            roles: (of(first).role.clone(), of(second).role.clone()),
            outlets: (of(first).outlet.clone(), of(second).outlet.clone()),
            by,
        });
    }
    None
}

/// What hangs together by a common word of the roles; first what most articles print.
fn groups(called: &[Called]) -> Vec<Vec<usize>> {
    let mut groups: Vec<(BTreeSet<String>, Vec<usize>)> = Vec::new();
    let mut order: Vec<usize> = (0..called.len()).collect();
    order.sort_by_key(|&at| (std::cmp::Reverse(called[at].articles), &called[at].role, &called[at].outlet));
    for at in order {
        let words = words(&called[at].role);
        if words.is_empty() {
            continue;
        }
        let (mut joined, rest): (Vec<_>, Vec<_>) =
            groups.into_iter().partition(|(known, _)| !known.is_disjoint(&words));
        let mut group = (words, Vec::new());
        for (known, members) in joined.drain(..) {
            group.0.extend(known);
            group.1.extend(members);
        }
        group.1.push(at);
        groups = rest;
        groups.push(group);
    }
    let mut groups: Vec<Vec<usize>> = groups.into_iter().map(|(_, members)| members).collect();
    groups.sort_by_key(|members| {
        let articles: u32 = members.iter().map(|&at| called[at].articles).sum();
        (std::cmp::Reverse(articles), members[0])
    });
    groups
}

fn are_two(called: &[Called], one: &[usize], other: &[usize]) -> bool {
    let outlets = |group: &[usize]| group.iter().map(|&at| fold(&called[at].outlet)).collect::<BTreeSet<_>>();
    let days = |group: &[usize]| {
        let first = group.iter().filter_map(|&at| called[at].first.clone()).min();
        first.zip(group.iter().filter_map(|&at| called[at].last.clone()).max())
    };
    let at_one_time = match (days(one), days(other)) {
        (Some((first, last)), Some((other_first, other_last))) => first <= other_last && other_first <= last,
        _ => true,
    };
    outlets(one).is_disjoint(&outlets(other)) && at_one_time
}

fn words(role: &str) -> BTreeSet<String> {
    let folded = fold(role);
    folded.split(' ').filter(|word| word.chars().count() >= TELLING).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::{Called, split};

    fn called(rows: &[(&str, &str, &str, u32)]) -> Vec<Called> {
        let each = rows.iter().map(|(role, outlet, day, articles)| Called {
            role: (*role).to_owned(),
            outlet: (*outlet).to_owned(),
            first: Some((*day).to_owned()),
            last: Some(format!("{}-12-31", &day[..4])),
            articles: *articles,
        });
        each.collect()
    }

    #[test]
    fn a_mayor_and_a_midfielder_of_one_year_may_be_two() {
        let rows = called(&[
            ("mayor of Orbo", "Harbour Post", "2025-01-01", 9),
            ("Orbo mayor", "Valley Gazette", "2025-02-01", 3),
            ("midfielder", "Sports Echo", "2025-03-01", 2),
        ]);
        let split = split(&rows).unwrap();
        assert_eq!((split.by.as_str(), split.outlets.1.as_str()), ("midfielder", "Sports Echo"));
    }

    #[test]
    fn one_person_has_several_offices() {
        let later = [("mayor", "Post", "2021-01-01", 9), ("minister", "Gazette", "2025-01-01", 9)];
        assert_eq!(split(&called(&later)), None);
        let one_outlet = [("mayor", "Post", "2025-01-01", 9), ("author", "Post", "2025-01-01", 9)];
        assert_eq!(split(&called(&one_outlet)), None);
        let linked = [
            ("mayor", "Post", "2025-01-01", 9),
            ("deputy", "Gazette", "2025-01-01", 2),
            ("deputy mayor", "Echo", "2025-01-01", 2),
        ];
        assert_eq!(split(&called(&linked)), None);
        assert_eq!(split(&[]), None);
    }
}
