//! Accuracy of claims against printed forms of invented quotations (`samples/variants/`).

use crate::claims::decision::Decisions;
use crate::claims::grouping::{links, roots};
use crate::claims::name::Name;
use crate::claims::node::{Node, key};
use crate::claims::suggestion::{SUGGESTIONS, likeness};
use crate::claims::wording::{Verbatim, Wording};
use crate::error::{Error, Result};
use crate::model::QuoteKind;
use crate::record::Record;
use jiff::civil::Date;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// How a quotation is printed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Form {
    /// In its own words, more or less: full, same, cut, elided, bracketed, corrected, mixed.
    Own,
    /// In other words: indirect, paraphrase, mistranslated.
    Other,
    /// Given to another person by mistake.
    Misattributed,
    NearMiss,
}

/// An article that prints one.
#[derive(Debug)]
struct Printed {
    id: String,
    claim: String,
    named: String,
    form: Form,
    apart_from: Option<String>,
    differs: Option<String>,
}

/// A statement found in an article.
#[derive(Clone, Debug)]
pub struct Found {
    pub name: Option<Name>,
    pub kind: QuoteKind,
    pub text: String,
}

/// What came of it.
#[derive(Clone, PartialEq, Debug, Default, Serialize)]
pub struct Figures {
    pub articles: u64,
    pub claims: u64,
    pub pairwise: Share,
    pub b_cubed: Share,
    /// By form: articles that share a group with another of their claim's own words, of all.
    pub joined: BTreeMap<String, [u64; 2]>,
    /// By what differs: near misses in a group with what they must stay apart from, of all.
    pub merged: BTreeMap<String, [u64; 2]>,
    pub misattributed_merged: [u64; 2],
    /// By form, of those in other words: articles whose claim is among the three that are likeliest for a statement in
    /// it, or in whose group it is, of all.
    pub suggested: BTreeMap<String, [u64; 2]>,
    pub wrong: Vec<[String; 2]>,
    pub missed: Vec<[String; 2]>,
}

/// Precision and recall, 0 to 1.
#[derive(Clone, Copy, PartialEq, Debug, Default, Serialize)]
pub struct Share {
    pub precision: f64,
    pub recall: f64,
    pub f1: f64,
}

impl Share {
    fn new(precision: f64, recall: f64) -> Self {
        let f1 = if precision + recall > 0.0 { 2.0 * precision * recall / (precision + recall) } else { 0.0 };
        Self { precision, recall, f1 }
    }
}

/// Groups the statements that `find` sees in annotated articles, and compares.
///
/// # Errors
/// Those of the articles, and [`Error::Input`] for one without `claim` and `form`.
pub fn evaluate(
    articles: impl Iterator<Item = Result<Record>>,
    find: impl Fn(&Record) -> Vec<Found>,
) -> Result<Figures> {
    let (mut printed, mut nodes, mut at) = (Vec::new(), BTreeMap::<i64, Node>::new(), Vec::new());
    for article in articles {
        let article = article?;
        printed.push(read(&article)?);
        let published: Option<Date> = article.published.as_deref().and_then(|date| date.parse().ok());
        for found in find(&article) {
            let name = found.name;
            let wording = Wording::remembered(&found.text, Verbatim::from(found.kind));
            if wording.is_term() {
                continue;
            }
            let key = key(name.as_ref(), &found.text, &wording, published);
            at.push((printed.len() - 1, key));
            let node = nodes.entry(key).or_insert(Node { key, name, wording: wording.clone(), days: None });
            if wording.verbatim > node.wording.verbatim {
                node.wording = wording;
            }
            node.days = span(node.days, published);
        }
    }
    let nodes: Vec<Node> = nodes.into_values().collect();
    let roots = roots(&nodes, &links(&nodes, &Decisions::default()));
    let root: BTreeMap<i64, i64> = nodes.iter().map(|node| node.key).zip(roots).collect();
    let mut groups = vec![BTreeSet::new(); printed.len()];
    for &(article, key) in &at {
        groups[article].insert(root[&key]);
    }
    let mut figures = figures(&printed, &groups);
    figures.suggested = suggested(&printed, &groups, &nodes, &root, &at);
    Ok(figures)
}

fn span(days: Option<(Date, Date)>, published: Option<Date>) -> Option<(Date, Date)> {
    match (days, published) {
        (Some((first, last)), Some(date)) => Some((first.min(date), last.max(date))),
        (days, published) => days.or_else(|| published.map(|date| (date, date))),
    }
}

fn read(article: &Record) -> Result<Printed> {
    let field = |name: &str| article.extra.get(name).and_then(|value| value.as_str()).map(str::to_owned);
    let missing = |name: &str| Error::Input {
        origin: article.id.clone(),
        reason: format!("no field «{name}»; see docs/variants.md"),
    };
    let named = field("form").ok_or_else(|| missing("form"))?;
    let form = match named.as_str() {
        "full" | "same" | "cut" | "elided" | "bracketed" | "corrected" | "mixed" => Form::Own,
        "indirect" | "paraphrase" | "mistranslated" => Form::Other,
        "misattributed" => Form::Misattributed,
        "near_miss" => Form::NearMiss,
        _ => return Err(missing("form")),
    };
    Ok(Printed {
        id: article.id.clone(),
        claim: field("claim").ok_or_else(|| missing("claim"))?,
        named,
        form,
        apart_from: field("apart_from"),
        differs: field("differs"),
    })
}

/// Whether two articles belong together; `None` where that is for people to say.
fn belong(one: &Printed, other: &Printed) -> Option<bool> {
    let is_own = |form: Form| matches!(form, Form::Own | Form::NearMiss);
    if one.claim != other.claim {
        return Some(false);
    }
    if one.form == Form::Misattributed || other.form == Form::Misattributed {
        return (one.form != other.form).then_some(false);
    }
    (is_own(one.form) && is_own(other.form)).then_some(true)
}

fn figures(printed: &[Printed], groups: &[BTreeSet<i64>]) -> Figures {
    let together = |one: usize, other: usize| !groups[one].is_disjoint(&groups[other]);
    let mut figures = Figures { articles: printed.len() as u64, ..Figures::default() };
    figures.claims = printed.iter().map(|one| &one.claim).collect::<BTreeSet<_>>().len() as u64;
    let (mut right, mut predicted, mut gold) = (0_u64, 0_u64, 0_u64);
    let (mut precision, mut recall, mut own) = (0.0, 0.0, 0_u64);
    for (at, one) in printed.iter().enumerate() {
        let (mut mine_right, mut mine_predicted, mut mine_gold) = (1_u64, 1_u64, 1_u64);
        let mut has_company = false;
        for (other_at, other) in printed.iter().enumerate().filter(|&(other_at, _)| other_at != at) {
            let (is_together, belongs) = (together(at, other_at), belong(one, other));
            let Some(belongs) = belongs else {
                has_company |= is_together && other.form == Form::Own;
                continue;
            };
            has_company |= is_together && belongs;
            mine_right += u64::from(is_together && belongs);
            mine_predicted += u64::from(is_together);
            mine_gold += u64::from(belongs);
            if other_at > at && is_together != belongs {
                let pair = [at, other_at].map(|at| format!("{} {}", printed[at].id, printed[at].named));
                if is_together { figures.wrong.push(pair) } else { figures.missed.push(pair) }
            }
        }
        right += mine_right - 1;
        predicted += mine_predicted - 1;
        if matches!(one.form, Form::Own | Form::NearMiss) {
            gold += mine_gold - 1;
            own += 1;
            precision += mine_right as f64 / mine_predicted as f64;
            recall += mine_right as f64 / mine_gold as f64;
        }
        if one.form == Form::Misattributed {
            let merged = printed.iter().enumerate().any(|(other, its)| {
                its.claim == one.claim && its.form != Form::Misattributed && together(at, other)
            });
            count(&mut figures.misattributed_merged, merged);
        } else if let (Some(apart), Some(differs)) = (&one.apart_from, &one.differs) {
            let merged =
                printed.iter().enumerate().any(|(other, its)| its.claim == *apart && together(at, other));
            count(figures.merged.entry(differs.clone()).or_default(), merged);
        } else {
            count(figures.joined.entry(one.named.clone()).or_default(), has_company);
        }
    }
    let share = |part: u64, whole: u64| if whole == 0 { 1.0 } else { part as f64 / whole as f64 };
    figures.pairwise = Share::new(share(right, predicted), share(right, gold));
    figures.b_cubed = Share::new(precision / own.max(1) as f64, recall / own.max(1) as f64);
    figures
}

fn suggested(
    printed: &[Printed],
    groups: &[BTreeSet<i64>],
    nodes: &[Node],
    root: &BTreeMap<i64, i64>,
    at: &[(usize, i64)],
) -> BTreeMap<String, [u64; 2]> {
    let by_key: BTreeMap<i64, &Node> = nodes.iter().map(|node| (node.key, node)).collect();
    let mut suggested: BTreeMap<String, [u64; 2]> = BTreeMap::new();
    for (article, one) in printed.iter().enumerate().filter(|(_, one)| one.form == Form::Other) {
        let mut theirs: BTreeSet<i64> = groups[article].clone();
        for &(_, key) in at.iter().filter(|&&(of, _)| of == article) {
            let mut likely: BTreeMap<i64, f64> = BTreeMap::new();
            for other in nodes.iter().filter(|other| root[&other.key] != root[&key]) {
                if let Some(score) = likeness(by_key[&key], other) {
                    let best = likely.entry(root[&other.key]).or_insert(score);
                    *best = best.max(score);
                }
            }
            let mut likely: Vec<(i64, f64)> = likely.into_iter().collect();
            likely.sort_by(|one, other| other.1.total_cmp(&one.1).then(one.0.cmp(&other.0)));
            theirs.extend(likely.iter().take(SUGGESTIONS).map(|(root, _)| root));
        }
        let is_found = printed.iter().enumerate().any(|(other, its)| {
            its.claim == one.claim && its.form == Form::Own && !groups[other].is_disjoint(&theirs)
        });
        count(suggested.entry(one.named.clone()).or_default(), is_found);
    }
    suggested
}

fn count(of: &mut [u64; 2], is_so: bool) {
    of[0] += u64::from(is_so);
    of[1] += 1;
}
