//! `onrecord verdict show`: the history of a claim.

use crate::cli::Global;
use crate::cli::listing::{Format, Listing};
use crate::cli::outcome::{Outcome, Usage};
use crate::cli::table::{Column, Line, RULED, column, wide, words};
use crate::cli::visible::one_line;
use crate::export::{self, Row};
use crate::model::verdicts::{ClaimId, Verdict};
use crate::query::Reader;
use crate::query::reviews::ReviewRow;
use comfy_table::{Cell, TableStyle};

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// The claim's id; that of any of its wordings will do
    #[arg(value_name = "CLAIM")]
    pub claim: ClaimId,
    #[command(flatten)]
    pub listing: Listing,
}

const EXAMPLES: &str = "\
Examples:
  onrecord verdict show c0123456789abcdef
  onrecord verdict show c0123456789abcdef --format json

Lists every entry, the last of which counts. Reviews that others made of the same words are told on
standard error.";

pub fn run(args: &Args, global: &Global) -> anyhow::Result<Outcome> {
    let reader = Reader::open(&global.db)?;
    let history = reader.verdict_history(args.claim)?;
    let claim = reader.claim_snapshot(args.claim)?;
    let Some(claim) = claim.or_else(|| history.last().map(|verdict| verdict.claim.clone())) else {
        let message =
            format!("no claim has the id {}; `onrecord claims` lists them with their ids", args.claim);
        return Err(Usage(message).into());
    };
    let speaker = claim.speaker.as_ref().map_or("speaker unknown", |(name, _)| name);
    say!("{} {}: {}", claim.claim, one_line(speaker), one_line(&claim.words));
    if history.is_empty() && args.listing.format == Format::Table {
        say!("open: nobody has given a verdict yet");
    } else {
        let limit =
            args.listing.fetch().map_or(usize::MAX, |limit| usize::try_from(limit).unwrap_or(usize::MAX));
        args.listing.print("verdicts", |each| {
            let shown = history.into_iter().take(limit);
            let entries: Vec<Entry> = shown.map(Entry).collect();
            let count = entries.len() as u64;
            entries.into_iter().try_for_each(each)?;
            Ok(count)
        })?;
    }
    for review in reader.reviews_of(args.claim)? {
        let ReviewRow { rating, reviewer, published, url, .. } = &review;
        let rated = rated(rating.as_deref(), reviewer.as_deref(), published.as_deref(), url.as_deref());
        say!("{rated}");
    }
    Ok(Outcome::Done)
}

/// Who rated a claim how, in one line.
pub fn rated(rating: Option<&str>, reviewer: Option<&str>, date: Option<&str>, url: Option<&str>) -> String {
    let date = date.map_or_else(String::new, |date| format!(" on {}", one_line(date)));
    let url = url.map_or_else(String::new, |url| format!(" ({})", one_line(url)));
    let (rating, reviewer) = (rating.unwrap_or("no rating"), reviewer.unwrap_or("somebody unnamed"));
    format!("rated «{}» by {}{date}{url}", one_line(rating), one_line(reviewer))
}

/// An entry in its claim's own history, where the claim need not be named.
#[derive(Debug)]
pub struct Entry(Verdict);

impl Row for Entry {
    const COLUMNS: &'static [&'static str] = Verdict::COLUMNS;

    fn cells(&self) -> Vec<export::Cell<'_>> {
        self.0.cells()
    }
}

impl Line for Entry {
    const HEAD: &'static [Column] = &[
        column("date", 12),
        column("status", 14),
        column("rating", 18),
        column("reviewer", 20),
        wide("note and evidence"),
    ];
    const STYLE: TableStyle = RULED;

    fn line(&self) -> Vec<Cell> {
        let decision = &self.0.decision;
        let note = decision.note.iter().chain(&decision.evidence).chain(&decision.published_at);
        let note: Vec<&str> = note.map(String::as_str).collect();
        vec![
            Cell::new(decision.date),
            Cell::new(decision.status),
            words(decision.rating.as_ref().map_or("–", |rating| &rating.name), 60),
            words(&decision.reviewer, 60),
            words(if note.is_empty() { "–".to_owned() } else { note.join(" · ") }.as_str(), 600),
        ]
    }
}
