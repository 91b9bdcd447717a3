//! `onrecord review`: a queue of what is most doubtful, judged with single keys.

pub mod keys;
pub mod card;

use crate::cli::Global;
use crate::cli::outcome::{Outcome, STDOUT};
use crate::cli::patience::Patience;
use crate::cli::published::Published;
use crate::cli::quote_filter::Which;
use crate::cli::quote_filter::speakers;
use crate::cli::review::card::{CLAIM_KEYS, STATEMENT_KEYS, SUGGESTION_KEYS};
use crate::cli::review::keys::Keys;
use crate::cli::reviewer::By;
use crate::cli::tally::counted;
use crate::cli::values::{count, share};
use crate::cli::visible::visible;
use crate::error::{Error, Result};
use crate::lexicon::sounds::Sounds;
use crate::model::QuoteState;
use crate::query::Reader;
use crate::query::claims::ClaimFilter;
use crate::query::claims::decisions::ClaimSuggestion;
use crate::query::doubts::Doubt;
use crate::query::quotes::{QuoteFilter, QuoteRow, Repeats};
use crate::query::suggestions::{Suggested, SuggestionRow};
use crate::store::Store;
use crate::store::corrections::{Change, Part, Reviewer, SpeakerName};
use anstream::AutoStream;
use std::io::{Write, stdout};
use std::num::NonZeroU64;
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// Only suggestions of who is whom
    #[arg(long, conflicts_with_all = ["speaker", "search", "outlet", "since", "until", "kinds", "cue_class", "min_confidence",
          "max_confidence", "once"])]
    pub speakers: bool,
    /// Only suggestions of which claims are one
    #[arg(long, conflicts_with_all = ["speakers", "kinds", "cue_class", "min_confidence", "max_confidence", "once"])]
    pub claims: bool,
    #[command(flatten)]
    pub which: Which,
    /// Quotes that the program is at least this sure of
    #[arg(long, value_name = "0..1", value_parser = share)]
    pub min_confidence: Option<f64>,
    /// Quotes that the program is at most this sure of
    #[arg(long, value_name = "0..1", value_parser = share)]
    pub max_confidence: Option<f64>,
    /// Ask for a statement once, not again in copies of the same story
    #[arg(long)]
    pub once: bool,
    /// So many at most
    #[arg(long, value_name = "N", value_parser = count, default_value = "1000", allow_negative_numbers = true)]
    pub limit: NonZeroU64,
    #[command(flatten)]
    pub by: By,
    #[command(flatten)]
    pub patience: Patience,
}

const EXAMPLES: &str = "\
Examples:
  onrecord review                              what the program is least sure of, first
  onrecord review --speaker 'Ann Reyes' --since 2025
  onrecord review --speakers                   who may be whom
  onrecord review --claims --speaker reyes     which of her claims may be one
  printf 'y\\ns Bo Lund\\nq\\n' | onrecord review

Keys: y it is right, 1-9 it is one of those listed, s type who said it, n it is no quote, e type its
exact words, k skip it, u take the last answer back, q quit. Each answer is stored at once, so Ctrl-C
loses nothing. Without a terminal, each line is a key, with its words behind it. With --claims up
to 1000 claims, those printed most often first, are compared with others: all, or those that --speaker,
--search, --outlet, --since and --until let through. There y makes two claims one, and n keeps them
apart for good.";

/// Something to judge.
enum Asked {
    Statement(Doubt),
    Suggestion(SuggestionRow),
    Claims(ClaimSuggestion),
}

/// What the program is less sure of than this comes before the suggestions of who is whom, the rest after them.
const DOUBTFUL: f64 = 0.5;

pub fn run(args: &Args, global: &Global) -> anyhow::Result<Outcome> {
    let by = args.by.reviewer()?;
    let queue = queue(args, global)?;
    let store = Store::open_existing(&global.db, args.patience.time())?;
    let db = global.db.clone();
    let mut review =
        Review { store, db, by, keys: Keys::standard(), queue, at: 0, made: Vec::new(), answers: 0 };
    while review.at < review.queue.len() {
        if review.step()? == Step::Quit {
            break;
        }
    }
    let left = (review.queue.len() - review.at) as u64;
    let is_all = if left == 0 { "nothing is left" } else { "the rest waits" };
    say!("{} stored; {is_all}", counted(review.answers, "answer"));
    Ok(Outcome::Done)
}

fn queue(args: &Args, global: &Global) -> anyhow::Result<Vec<Asked>> {
    let reader = Reader::open(&global.db)?;
    let most = usize::try_from(args.limit.get()).unwrap_or(usize::MAX);
    if args.claims {
        let pairs = reader.claim_suggestions(&claim_filter(args, &reader)?, most)?;
        return Ok(pairs.into_iter().map(Asked::Claims).collect());
    }
    let mut statements = Vec::new();
    if !args.speakers {
        let filter = QuoteFilter {
            states: vec![QuoteState::Machine],
            min_confidence: args.min_confidence,
            repeats: if args.once { Repeats::Fold } else { Repeats::Keep },
            limit: Some(args.limit.get()),
            ..args.which.filter(&reader)?
        };
        statements = reader.doubts(&filter)?;
        statements.retain(|doubt| args.max_confidence.is_none_or(|most| doubt.confidence <= most));
    }
    let suggestions = if has_filter(args) { Vec::new() } else { reader.suggestions(&Sounds::load()?)? };
    let rest = statements.partition_point(|doubt| doubt.confidence < DOUBTFUL);
    let rest = statements.split_off(rest);
    let first = statements.into_iter().map(Asked::Statement);
    let all = first
        .chain(suggestions.into_iter().map(Asked::Suggestion))
        .chain(rest.into_iter().map(Asked::Statement));
    Ok(all.take(most).collect())
}

/// The claims that are asked for.
fn claim_filter(args: &Args, reader: &Reader) -> anyhow::Result<ClaimFilter> {
    Ok(ClaimFilter {
        speakers: args.which.speaker.as_deref().map(|typed| speakers(reader, typed)).transpose()?,
        search: args.which.search.clone(),
        outlet: args.which.published.outlet.clone(),
        since: args.which.published.since,
        until: args.which.published.until,
        ..ClaimFilter::default()
    })
}

/// Whether only some statements are asked for.
fn has_filter(args: &Args) -> bool {
    let Published { outlet, since, until } = &args.which.published;
    let is_dated = outlet.is_some() || since.is_some() || until.is_some();
    let is_worded =
        args.which.speaker.is_some() || args.which.search.is_some() || !args.which.kinds.is_empty();
    let is_measured = args.min_confidence.is_some() || args.max_confidence.is_some() || args.once;
    is_dated || is_worded || is_measured || args.which.cue_class.is_some()
}

/// The queue, and what was answered.
struct Review {
    store: Store,
    db: PathBuf,
    by: Reviewer,
    keys: Keys,
    queue: Vec<Asked>,
    at: usize,
    /// The corrections made, each with its place in the queue.
    made: Vec<(usize, i64)>,
    answers: u64,
}

#[derive(PartialEq, Eq)]
enum Step {
    Next,
    Quit,
}

impl Review {
    /// Shows what is next and takes one answer.
    fn step(&mut self) -> anyhow::Result<Step> {
        let Some((shown, row, keys)) = self.shown()? else {
            self.at += 1;
            return Ok(Step::Next);
        };
        let place = format!("{} of {}", self.at + 1, self.queue.len());
        print(&format!("\n[{place}] {shown}"))?;
        if self.keys.is_terminal() {
            print(&format!("{keys}\n"))?;
        }
        loop {
            let Some(key) = self.keys.key().map_err(Error::io("standard input"))? else {
                return Ok(Step::Quit);
            };
            let outcome = match (key, &row) {
                ('q', _) => return Ok(Step::Quit),
                ('k', _) => Ok(true),
                ('u', _) => self.undo(),
                (key, Some(row)) => self.judge(key, &row.clone()),
                (key, None) => self.decide(key),
            };
            match outcome {
                Ok(true) => {
                    self.at += usize::from(key != 'u');
                    return Ok(Step::Next);
                }
                Ok(false) => say!("{keys}"),
                // What can't be is said; the question stays.
                Err(Error::Refused { what, reason }) => say!("{}", visible(&format!("{what}: {reason}"))),
                Err(error) => return Err(error.into()),
            }
        }
    }

    /// What is next as it is shown, the statement if it is one, and the keys for it; `None` when it needs no answer any
    /// more.
    fn shown(&self) -> Result<Option<(String, Option<QuoteRow>, &'static str)>> {
        Ok(match &self.queue[self.at] {
            Asked::Statement(doubt) => {
                self.open(doubt)?.map(|(row, text)| (card::statement(&row, &text), Some(row), STATEMENT_KEYS))
            }
            Asked::Suggestion(row) => Some((card::suggestion(row), None, SUGGESTION_KEYS)),
            Asked::Claims(pair) => Reader::open(&self.db)?
                .suggested_claims(pair)?
                .map(|claims| (card::claims(&claims, pair.score), None, CLAIM_KEYS)),
        })
    }

    /// A statement and the text of its article; none when it was judged meanwhile, here or by somebody else.
    fn open(&self, doubt: &Doubt) -> Result<Option<(QuoteRow, String)>> {
        let there = Reader::open(&self.db)?.doubted(doubt)?;
        Ok(there.filter(|(row, _)| row.state == QuoteState::Machine))
    }

    /// Answers a statement; false when the key means nothing, or nothing was typed behind it.
    fn judge(&mut self, key: char, row: &QuoteRow) -> Result<bool> {
        let speaker = |name: &str| Change::Speaker(SpeakerName { name: name.to_owned(), kind: None });
        let change = match key {
            'y' => Some(Change::Confirm),
            'n' => Some(Change::NotAQuote),
            's' => self.typed("who said it: ")?.map(|name| speaker(&name)),
            'e' => self.typed("its exact words: ")?.map(Change::Span),
            '1'..='9' => {
                let number = key.to_digit(10).unwrap_or(0) as usize;
                row.runners_up.get(number - 1).map(|(name, _)| speaker(name))
            }
            _ => None,
        };
        let Some(change) = change else { return Ok(false) };
        let id = self.store.correct(&row.article, &row.id, &change, &self.by)?;
        self.note(id);
        Ok(true)
    }

    /// Answers a suggestion; false when the key means nothing.
    fn decide(&mut self, key: char) -> Result<bool> {
        let row = match &self.queue[self.at] {
            Asked::Statement(_) => return Ok(false),
            Asked::Claims(pair) => return self.decide_claims(key, *pair),
            Asked::Suggestion(row) => row,
        };
        let id = match (key, row.what, &row.other) {
            ('y', Suggested::Merge, Some((other, _))) => {
                self.store.merge_speakers(row.speaker.0, other.0, &self.by)?
            }
            ('y', ..) => {
                let part = Part::Role(row.by.clone().unwrap_or_default());
                self.store.split_speaker(row.speaker.0, &part, &self.by)?.0
            }
            ('n', ..) => self.store.refuse_suggestion(&row.folded.0, &row.folded.1, row.kind, &self.by)?,
            _ => return Ok(false),
        };
        self.note(id);
        Ok(true)
    }

    /// Answers whether two claims are one; false when the key means nothing.
    fn decide_claims(&mut self, key: char, pair: ClaimSuggestion) -> Result<bool> {
        let id = match key {
            'y' => self.store.merge_claims(&[pair.a, pair.b], &self.by)?.0,
            'n' => self.store.refuse_claims(pair.a, pair.b, &self.by)?,
            _ => return Ok(false),
        };
        self.note(id);
        Ok(true)
    }

    fn typed(&mut self, prompt: &str) -> Result<Option<String>> {
        if self.keys.is_terminal() {
            print(prompt)?;
        }
        self.keys.words().map_err(Error::io("standard input"))
    }

    fn note(&mut self, correction: i64) {
        self.made.push((self.at, correction));
        self.answers += 1;
    }

    /// Takes the last answer back, and asks again.
    fn undo(&mut self) -> Result<bool> {
        let Some((at, correction)) = self.made.pop() else {
            say!("there is no answer to take back; `onrecord undo ID` takes earlier corrections back");
            return Ok(true);
        };
        self.store.undo(correction, &self.by)?;
        self.at = at;
        self.answers -= 1;
        Ok(true)
    }
}

fn print(words: &str) -> Result<()> {
    let mut out = AutoStream::auto(stdout().lock());
    out.write_all(words.as_bytes()).and_then(|()| out.flush()).map_err(Error::io(STDOUT))
}
