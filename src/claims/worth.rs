//! How much a claim is worth checking, and why.
//!
//! A handful of things are looked for in the wording ([`Mark`]): a number, a comparison, a vote tell that there is something
//! to find out; an opinion, thanks, a question that there isn't. Each weighs the same whatever else is there, so that every
//! score can be told as a sum (`data/worth_weights.tsv`; `models/README.md` says what the weights were fitted to). It is no
//! verdict, and nothing of it hangs on whether a claim is true.

use crate::claims::phrase::{Token, forms, tokens};
use crate::claims::subjects::numbers::{is_money, measure};
use crate::claims::subjects::{Subject, SubjectKind, found};
use crate::lexicon::claim_words::{ClaimWords, WordClass};
use crate::lexicon::subject_words::SubjectWord;
use crate::lexicon::word::Function;
use crate::lexicon::words::Words;
use crate::lexicon::worth::{Mark, Shows, WorthTables};
use crate::model::{CueClass, Pos};
use serde::{Serialize, Serializer};
use std::collections::BTreeMap;

/// Fewer words than these seldom say anything that could be found out.
const FEW: usize = 5;
/// As many telling words go into detail.
const DETAIL: usize = 8;

/// How much a claim is worth checking.
#[derive(Clone, PartialEq, Debug)]
pub struct Worth {
    /// From 0 to 1, in hundredths. At 0.5 the marks are as frequent in sentences that fact-checkers took up as in others.
    pub score: f64,
    /// What tells so, the weightiest first.
    pub reasons: Vec<Reason>,
}

/// One thing that makes a claim more or less worth checking.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Reason {
    #[serde(rename = "reason", serialize_with = "name")]
    pub mark: Mark,
    /// What it adds to the log-odds, in hundredths; below 0 where it takes away.
    pub weight: f64,
    /// The words that show it, where it is words that do.
    pub words: Option<String>,
}

fn name<S: Serializer>(mark: &Mark, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(mark.as_str())
}

/// Weighs a claim by its words and by how it was put.
pub fn worth(text: &str, class: Option<CueClass>) -> Worth {
    let tables = WorthTables::get();
    let marks = marks(text, class);
    let sum = marks.keys().fold(tables.bias, |sum, &mark| sum + tables.weight(mark));
    let mut reasons: Vec<Reason> = marks
        .into_iter()
        .map(|(mark, words)| Reason { mark, weight: hundredths(tables.weight(mark)), words })
        .filter(|reason| reason.weight != 0.0)
        .collect();
    reasons.sort_by(|one, other| {
        other.weight.abs().total_cmp(&one.weight.abs()).then(one.mark.cmp(&other.mark))
    });
    Worth { score: hundredths(1.0 / (1.0 + (-sum).exp())), reasons }
}

fn hundredths(number: f64) -> f64 {
    (number * 100.0).round() / 100.0
}

/// What is seen of a claim, each with the first words that show it.
pub fn marks(text: &str, class: Option<CueClass>) -> BTreeMap<Mark, Option<String>> {
    let tokens = tokens(text);
    let forms = forms(&tokens);
    let mut marks = BTreeMap::new();
    for subject in found(text, &tokens, &|_| None) {
        for mark in of_subject(&subject) {
            marks.entry(mark).or_insert_with(|| Some(subject.text.clone()));
        }
    }
    of_words(&forms, &mut marks);
    if let Some(words) = past(&forms) {
        marks.insert(Mark::PastEvent, Some(words));
    }
    if is_question(text) || class == Some(CueClass::Ask) {
        marks.insert(Mark::Question, None);
    }
    if let Some(words) = request(&tokens) {
        marks.entry(Mark::Request).or_insert(Some(words));
    }
    let telling =
        tokens.iter().filter(|token| ClaimWords::get().class(&token.lower) == WordClass::Telling).count();
    if telling >= DETAIL {
        marks.insert(Mark::Detail, None);
    }
    if forms.len() < FEW {
        marks.insert(Mark::FewWords, None);
    }
    marks.extend(class.and_then(of_cue).map(|mark| (mark, None)));
    marks
}

fn of_subject(subject: &Subject) -> Vec<Mark> {
    match subject.kind {
        SubjectKind::Date => vec![Mark::Date],
        SubjectKind::Number => {
            let mut marks = vec![Mark::Number];
            let words = tokens(&subject.text);
            let last = words.last().and_then(measure);
            let is_percent = subject.text.ends_with('%') || last == Some(SubjectWord::Percent);
            let is_paid = subject.text.contains(is_money) || last == Some(SubjectWord::Currency);
            marks.extend(is_percent.then_some(Mark::Percentage));
            marks.extend(is_paid.then_some(Mark::Money));
            marks
        }
        SubjectKind::Person | SubjectKind::Organisation | SubjectKind::Place | SubjectKind::Name => {
            vec![Mark::Named]
        }
    }
}

/// What single words and phrases show, the longest first, none inside another.
fn of_words(forms: &[&str], marks: &mut BTreeMap<Mark, Option<String>>) {
    let tables = WorthTables::get();
    let mut at = 0;
    while at < forms.len() {
        let Some((shows, length)) = tables.shown(&forms[at..]) else {
            at += 1;
            continue;
        };
        let mark = match shows {
            Shows::Mark(mark) => mark,
            Shows::Future if is_own(&forms[..at]) => Mark::Promise,
            Shows::Future => Mark::Prediction,
        };
        marks.entry(mark).or_insert_with(|| Some(forms[at..at + length].join(" ")));
        at += length;
    }
}

/// Whether «will» behind such words is the speaker's: «I will», «we are going to».
fn is_own(before: &[&str]) -> bool {
    let own = |form: &str| matches!(Words::shared().get(form).function, Some(Function::I | Function::We));
    before.iter().rev().take(2).any(|form| own(form))
}

/// Something that has happened: a verb in the past, or «has» with a participle.
fn past(forms: &[&str]) -> Option<String> {
    forms.iter().enumerate().find_map(|(at, form)| {
        let word = Words::shared().get(form);
        if word.function == Some(Function::Have) {
            let adverbs = forms[at + 1..].iter().take(3).take_while(|form| is_adverb(form)).count();
            let verb = at + 1 + adverbs;
            let has_verb = forms.get(verb).is_some_and(|form| is_participle(form));
            if has_verb {
                return Some(forms[at..=verb].join(" "));
            }
        }
        let is_either = word.tags[0] == Some(Pos::VerbParticiple) && word.tags[1] == Some(Pos::VerbPast);
        let is_past = word.tags[0] == Some(Pos::VerbPast) || (is_either && has_subject(&forms[..at]));
        is_past.then(|| (*form).to_owned())
    })
}

/// Whether a verb behind such words is a statement's own: «they sold», not «are sold», «the sold».
fn has_subject(before: &[&str]) -> bool {
    use Function::{Be, Have, Indefinite, Preposition, The, To};
    let function = before.last().map(|form| Words::shared().get(form).function);
    function.is_some_and(|one| !matches!(one, Some(Be | Have | Indefinite | Preposition | The | To)))
}

fn is_participle(form: &str) -> bool {
    Words::shared().get(form).tags[..2].contains(&Some(Pos::VerbParticiple))
}

/// «Never», «not», «actually», between «has» and its participle.
fn is_adverb(form: &str) -> bool {
    let word = Words::shared().get(form);
    word.function == Some(Function::Not) || word.tags[0] == Some(Pos::Adverb)
}

fn is_question(text: &str) -> bool {
    text.trim_end_matches(|letter: char| !letter.is_alphanumeric() && letter != '?').ends_with('?')
}

/// A verb at the beginning in the form of an order: «Look at them».
fn request(tokens: &[Token]) -> Option<String> {
    let first = tokens.first().filter(|first| first.is_capital())?;
    let word = Words::shared().get(first.text);
    let is_order =
        word.tags[0] == Some(Pos::VerbBase) && word.function.is_none() && word.given_name.is_none();
    is_order.then(|| first.lower.clone())
}

/// Whether the cue tells of a fact or of an attitude.
const fn of_cue(class: CueClass) -> Option<Mark> {
    use CueClass::{
        Accuse, Admit, Announce, Ask, Claim, Decide, Demand, Deny, Describe, Feel, Praise, Promise, Say,
        Show, Think, Warn, Write,
    };
    match class {
        Claim | Deny | Admit | Accuse | Announce | Show => Some(Mark::PutAsFact),
        Demand | Praise | Think | Feel => Some(Mark::PutAsAttitude),
        Say | Ask | Warn | Promise | Write | Describe | Decide => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{marks, worth};
    use crate::lexicon::worth::Mark;
    use crate::model::CueClass;

    #[track_caller]
    fn shows(text: &str, mark: Mark) {
        let marks = marks(text, None);
        assert!(marks.contains_key(&mark), "{text} {marks:?}");
    }

    #[track_caller]
    fn shows_not(text: &str, mark: Mark) {
        let marks = marks(text, None);
        assert!(!marks.contains_key(&mark), "{text} {marks:?}");
    }

    #[test]
    fn what_can_be_found_out_is_seen() {
        for (text, mark) in [
            ("The harbour lost 400 jobs", Mark::Number),
            ("It cost us 4.2 billion crowns", Mark::Money),
            ("Rents went up by 12 percent", Mark::Percentage),
            ("The mill shut on 3 March 2024", Mark::Date),
            ("Orbo has more doctors than Varn", Mark::Comparison),
            ("Crime in the valley has fallen", Mark::Change),
            ("That is the highest figure in history", Mark::Record),
            ("The flood came because of the dam", Mark::Cause),
            ("She voted against the school bill", Mark::Vote),
            ("We will rebuild the bridge", Mark::Promise),
            ("I'm going to lower the fees", Mark::Promise),
            ("The ferry will be late again", Mark::Prediction),
            ("They won't pay for it", Mark::Prediction),
            ("He sold the boats", Mark::PastEvent),
            ("The council has never paid the men", Mark::PastEvent),
            ("The court ruled the toll illegal", Mark::Law),
            ("According to the audit the money is there", Mark::Evidence),
            ("They stole the pumps", Mark::Wrongdoing),
            ("Nobody was asked", Mark::Sweeping),
            ("The plan came from Ann Reyes", Mark::Named),
            ("He called it a gold mine", Mark::Saying),
            ("That is not true", Mark::Denial),
        ] {
            shows(text, mark);
        }
    }

    #[test]
    fn what_cannot_be_found_out_is_seen() {
        for (text, mark) in [
            ("I think it is a lovely bridge", Mark::Opinion),
            ("“I’m proud of this town”", Mark::Feeling),
            ("Thank you all for coming", Mark::Thanks),
            ("“Who paid for it?”", Mark::Question),
            ("Look at the harbour", Mark::Request),
            ("Let's be honest here", Mark::Request),
            ("It might rain if we wait", Mark::Hypothetical),
            ("No comment", Mark::FewWords),
        ] {
            shows(text, mark);
        }
        assert!(marks("who paid for it", Some(CueClass::Ask)).contains_key(&Mark::Question));
    }

    #[test]
    fn one_and_third_alone_are_no_numbers_nor_is_a_promise_a_prediction() {
        shows_not("One of them came, and no one was there", Mark::Number);
        shows_not("She came third in the third race", Mark::Number);
        shows_not("We will rebuild the bridge", Mark::Prediction);
        shows_not("The ferry will be late", Mark::Promise);
        shows_not("The mayor called the builders", Mark::Request);
    }

    #[test]
    fn the_score_is_the_sum_of_its_reasons() {
        let claim = worth("We spent 4.2 billion crowns on the bridge last year, more than Orbo", None);
        let thanks = worth("Thank you, I am so proud of you all", None);
        let question = worth("What do you think of the bridge?", None);
        assert!(claim.score > 0.8, "{claim:?}");
        assert!(thanks.score < 0.2 && question.score < 0.2, "{thanks:?} {question:?}");
        assert!(claim.reasons.windows(2).all(|pair| pair[0].weight.abs() >= pair[1].weight.abs()));
        let bias = crate::lexicon::worth::WorthTables::get().bias;
        let sum: f64 = bias + claim.reasons.iter().map(|reason| reason.weight).sum::<f64>();
        assert!((1.0 / (1.0 + (-sum).exp()) - claim.score).abs() < 0.02);
        let number = claim.reasons.iter().find(|reason| reason.mark == Mark::Number).unwrap();
        assert_eq!(number.words.as_deref(), Some("4.2 billion crowns"));
    }

    #[test]
    fn how_it_was_put_counts() {
        let text = "that the money was gone";
        assert!(worth(text, Some(CueClass::Deny)).score > worth(text, None).score);
        assert!(worth(text, Some(CueClass::Think)).score < worth(text, None).score);
    }

    #[test]
    fn nothing_at_all_has_a_score() {
        for text in ["", "…", "?", "\u{0}"] {
            assert!((0.0..=1.0).contains(&worth(text, None).score), "{text:?}");
        }
    }
}
