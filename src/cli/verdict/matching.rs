//! `onrecord verdict match`: what was checked already.

use crate::claims::matching::Collection;
use crate::cli::Global;
use crate::cli::listing::Listing;
use crate::cli::outcome::{Outcome, STDOUT};
use crate::cli::show::found;
use crate::cli::table::{Column, Line, RULED, column, wide, words};
use crate::cli::values::{count, share};
use crate::cli::verdict::show::rated;
use crate::error::Error;
use crate::intake::claim_sets::entries;
use crate::lexicon::claim_matching::MatchingTables;
use crate::query::Reader;
use crate::query::checked::Repeat;
use comfy_table::{Cell, CellAlignment, TableStyle};
use serde_json::json;
use std::io::{BufWriter, Write, stdout};
use std::num::NonZeroU64;
use std::path::{Path, PathBuf};

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// An article's id, its key, or a part of its key or title; with --claims a file of statements
    #[arg(value_name = "ARTICLE|FILE")]
    pub what: String,
    /// Compare statements in a file with the claims in this one, and print a ranking for each; no database is
    /// used
    #[arg(long, value_name = "FILE", conflicts_with_all = ["least", "format", "limit"])]
    pub claims: Option<PathBuf>,
    /// With --claims: how many claims to rank for each statement
    #[arg(long, value_name = "N", value_parser = count, default_value = "20", allow_negative_numbers = true)]
    pub top: NonZeroU64,
    /// Only what is at least so sure to be the same claim, from 0 to 1
    #[arg(long = "min-score", id = "least", value_name = "X", value_parser = share, default_value_t = 0.5)]
    pub least: f64,
    #[command(flatten)]
    pub listing: Listing,
}

const EXAMPLES: &str = "\
Examples:
  onrecord verdict match 'Mayor vows'
  onrecord verdict match 1 --min-score 0.9 --format jsonl
  onrecord verdict match statements.jsonl --claims collection.jsonl > ranked.jsonl

Each statement of the article is compared with all claims that have a verdict here (checked, not
checkable), and with all reviews that were imported. The score says how sure it is that the statement
repeats the claim, 1 where the words are the same; below 0.9 it says «perhaps». Words are compared and
not what they mean: read both, for the opposite of a claim and another number look much the same. The
verdict on the statement is still yours to give.

Files have one JSON object a line: {\"id\",\"text\"}, claims also a \"title\". Printed is
{\"id\",\"ranked\",\"scores\"}.";

pub fn run(args: &Args, global: &Global) -> anyhow::Result<Outcome> {
    let tables = MatchingTables::load()?;
    if let Some(claims) = &args.claims {
        return files(Path::new(&args.what), claims, args.top, &tables);
    }
    let reader = Reader::open(&global.db)?;
    let article = found(&reader, &args.what)?;
    args.listing.print("statements that repeat a checked claim", |each| {
        let limit = args.listing.fetch().unwrap_or(u64::MAX);
        let mut count = 0;
        reader.repeats(article.id, &tables, args.least, |repeat| {
            count += 1;
            if count <= limit { each(repeat) } else { Ok(()) }
        })
    })?;
    Ok(Outcome::Done)
}

fn files(
    statements: &Path,
    claims: &Path,
    top: NonZeroU64,
    tables: &MatchingTables,
) -> anyhow::Result<Outcome> {
    let (statements, claims) = (entries(statements)?, entries(claims)?);
    let texts = claims.iter().map(|claim| (claim.text.as_str(), claim.title.as_deref()));
    let collection = Collection::new(texts, tables);
    let top = usize::try_from(top.get()).unwrap_or(usize::MAX);
    let mut out = BufWriter::new(stdout().lock());
    for statement in &statements {
        let ranked = collection.rank(&statement.text, top);
        let ids: Vec<&str> = ranked.iter().map(|one| claims[one.claim].id.as_str()).collect();
        let scores: Vec<f64> = ranked.iter().map(|one| (one.score * 1e4).round() / 1e4).collect();
        let line = json!({ "id": statement.id, "ranked": ids, "scores": scores });
        writeln!(out, "{line}").map_err(Error::io(STDOUT))?;
    }
    out.flush().map_err(Error::io(STDOUT))?;
    Ok(Outcome::Done)
}

/// From here on nearly all are the same claim.
const SURE: f64 = 0.9;

impl Line for Repeat {
    const HEAD: &'static [Column] =
        &[column("speaker", 18).from(70), wide("statement"), wide("checked already"), column("score", 6)];
    const STYLE: TableStyle = RULED;

    fn line(&self) -> Vec<Cell> {
        let checked = &self.checked;
        let perhaps = if self.score < SURE { "perhaps " } else { "" };
        let rated =
            rated(checked.rating.as_deref(), checked.reviewer.as_deref(), checked.date.as_deref(), None);
        vec![
            words(self.speaker.as_deref().unwrap_or("–"), 60),
            words(&self.words, 200),
            words(&format!("{perhaps}{rated}: {}", checked.words), 300),
            Cell::new(format!("{:.2}", self.score)).set_alignment(CellAlignment::Right),
        ]
    }
}
