//! `onrecord verdict`: what people found out about claims, and what others did.

pub mod export;
pub mod import;
pub mod list;
pub mod matching;
pub mod reviews;
pub mod scale;
pub mod set;
pub mod show;

use crate::cli::Global;
use crate::cli::outcome::Outcome;
use crate::query::dates::{first_day, last_day};
use clap::Subcommand;
use jiff::civil::Date;

/// Which days a list is of.
#[derive(Clone, Copy, Debug, clap::Args)]
pub struct Days {
    /// Only from this day, month or year on
    #[arg(long, value_name = "DATE", value_parser = first_day)]
    pub since: Option<Date>,
    /// Only up to this day, month or year
    #[arg(long, value_name = "DATE", value_parser = last_day)]
    pub until: Option<Date>,
}

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES, subcommand_required = true, arg_required_else_help = true)]
pub struct Args {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Give a verdict on a claim: an entry is added to its history
    Set(set::Args),
    /// Show the history of a claim, and the reviews of others
    Show(show::Args),
    /// List the verdicts, of each claim the latest
    List(list::Args),
    /// Show or change the scale that verdicts are given on
    Scale(scale::Args),
    /// Read reviews of others: schema.org ClaimReview
    Import(import::Args),
    /// List the reviews of others, and which claims they are of
    Reviews(reviews::Args),
    /// Find what was checked already: which statements repeat a claim that has a verdict
    Match(matching::Args),
    /// Write verdicts as schema.org ClaimReview
    Export(export::Args),
}

const EXAMPLES: &str = "\
Examples:
  onrecord verdict set c0123456789abcdef --rating false --evidence https://example.org/audit --by 'Bo Lund'
  onrecord verdict show c0123456789abcdef
  onrecord verdict list --rating false --since 2025-10
  onrecord verdict import fact-checks.json
  onrecord verdict match 'Mayor vows'
  onrecord verdict export -o claimreview.json

A claim without an entry is open. Entries are only ever added, and the latest counts. Each keeps the
words of the claim, its speaker and where it was printed, also when those articles are forgotten.
`onrecord verdict COMMAND --help` says more of each.";

pub fn run(args: &Args, global: &Global) -> anyhow::Result<Outcome> {
    match &args.command {
        Command::Set(args) => set::run(args, global),
        Command::Show(args) => show::run(args, global),
        Command::List(args) => list::run(args, global),
        Command::Scale(args) => scale::run(args, global),
        Command::Import(args) => import::run(args, global),
        Command::Reviews(args) => reviews::run(args, global),
        Command::Match(args) => matching::run(args, global),
        Command::Export(args) => export::run(args, global),
    }
}
