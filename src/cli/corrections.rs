//! `onrecord corrections` and `onrecord orphans`: the log of what people said, and what has lost its place.

use crate::cli::Global;
use crate::cli::listing::Listing;
use crate::cli::outcome::Outcome;
use crate::cli::show::found;
use crate::cli::table::{Column, Line, RULED, column, wide, words};
use crate::cli::values::named;
use crate::model::{CorrectionKind, CorrectionStatus, OrphanReason};
use crate::query::Reader;
use crate::query::corrections::{CorrectionFilter, CorrectionRow};
use comfy_table::{Cell, TableStyle};

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// Those of one article: its id, its key, or a part of its key or title
    #[arg(value_name = "ARTICLE")]
    pub article: Option<String>,
    /// Kinds of correction, with commas between them
    #[arg(long = "kind", value_name = "KIND", value_delimiter = ',',
          value_parser = named::<CorrectionKind>(CorrectionKind::ALL.iter().map(|kind| kind.as_str())))]
    pub kinds: Vec<CorrectionKind>,
    /// Those that hold (applied), have lost their place (orphan) or were taken back (undone)
    #[arg(long, value_name = "STATUS",
          value_parser = named::<CorrectionStatus>(CorrectionStatus::ALL.iter().map(|status| status.as_str())))]
    pub status: Option<CorrectionStatus>,
    /// Those of one person
    #[arg(long, value_name = "NAME")]
    pub by: Option<String>,
    #[command(flatten)]
    pub listing: Listing,
}

const EXAMPLES: &str = "\
Examples:
  onrecord corrections                         the latest first
  onrecord corrections 'Mayor vows' --status applied
  onrecord corrections --kind speaker,span --by Rina --format csv";

pub fn run(args: &Args, global: &Global) -> anyhow::Result<Outcome> {
    let reader = Reader::open(&global.db)?;
    let article = args.article.as_deref().map(|typed| found(&reader, typed)).transpose()?;
    let filter = CorrectionFilter {
        kinds: args.kinds.clone(),
        status: args.status,
        reviewer: args.by.clone(),
        article: article.map(|article| article.key),
        limit: args.listing.fetch(),
    };
    args.listing.print("corrections", |each| reader.corrections(&filter, each))?;
    Ok(Outcome::Done)
}

#[derive(Debug, clap::Args)]
#[command(after_help = ORPHAN_EXAMPLES)]
pub struct OrphanArgs {
    #[command(flatten)]
    pub listing: Listing,
}

const ORPHAN_EXAMPLES: &str = "\
Examples:
  onrecord orphans
  onrecord orphans --format csv > orphans.csv

A correction is put in its place again when its article is read anew, as long as its words, and what
stood around them, leave no doubt which place that is. The others are listed here with the reason;
they are taken up again by a later version of the article in which there is no doubt. `onrecord undo`
takes one off the list.";

pub fn orphans(args: &OrphanArgs, global: &Global) -> anyhow::Result<Outcome> {
    let reader = Reader::open(&global.db)?;
    let (status, limit) = (Some(CorrectionStatus::Orphan), args.listing.fetch());
    let filter = CorrectionFilter { status, limit, ..CorrectionFilter::default() };
    args.listing.print("orphans", |each| reader.corrections(&filter, each))?;
    Ok(Outcome::Done)
}

/// Why a correction has no place, in words.
const fn told(reason: OrphanReason) -> &'static str {
    match reason {
        OrphanReason::Gone => "the words are gone",
        OrphanReason::Twice => "the words stand there more than once",
        OrphanReason::Elsewhere => "the words stand among others than before",
        OrphanReason::OtherWords => "the program finds other statements there",
        OrphanReason::Forgotten => "the article is not there",
    }
}

/// The end of a path or an address, as far as it tells anything.
fn ending(key: &str) -> &str {
    let key = key.trim_end_matches('/');
    key.rsplit(['/', '\\']).next().unwrap_or(key)
}

impl Line for CorrectionRow {
    const HEAD: &'static [Column] = &[
        column("id", 6),
        column("when", 12).from(80),
        column("by", 12).from(90),
        column("what", 15),
        wide("words"),
        column("says", 30),
        column("status", 24).from(60),
        column("article", 20).from(100),
    ];
    const STYLE: TableStyle = RULED;

    fn line(&self) -> Vec<Cell> {
        let status = match self.reason {
            Some(reason) => format!("{}: {}", self.status, told(reason)),
            None => self.status.to_string(),
        };
        let says = match (&self.says, self.undoes) {
            (Some(says), _) => says.clone(),
            (None, Some(undone)) => format!("correction {undone}"),
            (None, None) => "–".to_owned(),
        };
        let note = self.note.as_deref().map(|note| format!(" ({note})")).unwrap_or_default();
        vec![
            Cell::new(self.id),
            Cell::new(self.made.split('T').next().unwrap_or_default()),
            words(&self.reviewer, 40),
            Cell::new(self.kind),
            words(self.words.as_deref().unwrap_or("–"), 160),
            words(&format!("{says}{note}"), 160),
            Cell::new(status),
            words(self.article.as_deref().map_or("–", ending), 60),
        ]
    }
}
