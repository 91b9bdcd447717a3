//! `onrecord watch`: what somebody wants to be told of.

pub mod add;
pub mod remove;

use crate::cli::Global;
use crate::cli::listing::Listing;
use crate::cli::outcome::Outcome;
use crate::cli::table::{Column, Line, column, wide, words};
use crate::model::watches::Watch;
use crate::query::Reader;
use clap::Subcommand;
use comfy_table::{Cell, CellAlignment};

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES, args_conflicts_with_subcommands = true)]
pub struct Args {
    #[command(subcommand)]
    pub command: Option<Command>,
    #[command(flatten)]
    pub listing: Listing,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Add a speaker, words, an outlet or a claim to the watch list
    Add(add::Args),
    /// List what is watched
    #[command(
        after_help = "Examples:\n  onrecord watch list\n  onrecord watch list --format csv > watches.csv"
    )]
    List(Listing),
    /// Take a watch off the list
    Remove(remove::Args),
}

const EXAMPLES: &str = "\
Examples:
  onrecord watch add --speaker 'Ann Reyes' --search bridge
  onrecord watch add --claim c0123456789abcdef --name 'The bridge' --at-least 3
  onrecord watch                               what is watched
  onrecord watch remove 2

`onrecord digest --since last` tells what is new of all watches in one page.";

pub fn run(args: &Args, global: &Global) -> anyhow::Result<Outcome> {
    match &args.command {
        None => list(&args.listing, global),
        Some(Command::List(listing)) => list(listing, global),
        Some(Command::Add(args)) => add::run(args, global),
        Some(Command::Remove(args)) => remove::run(args, global),
    }
}

fn list(listing: &Listing, global: &Global) -> anyhow::Result<Outcome> {
    let mut watches = Reader::open(&global.db)?.watches()?;
    let most = listing.fetch().map_or(usize::MAX, |limit| usize::try_from(limit).unwrap_or(usize::MAX));
    watches.truncate(most);
    listing.print("watches", |each| {
        let count = watches.len() as u64;
        watches.into_iter().try_for_each(each)?;
        Ok(count)
    })?;
    Ok(Outcome::Done)
}

impl Line for Watch {
    const HEAD: &'static [Column] = &[
        column("id", 6),
        column("name", 24),
        wide("watched"),
        column("at least", 10),
        column("by", 16).from(80),
        column("told up to", 22).from(100),
    ];

    fn line(&self) -> Vec<Cell> {
        vec![
            Cell::new(self.id),
            words(self.name.as_deref().unwrap_or("–"), 80),
            words(&self.wanted.to_string(), 280),
            Cell::new(self.at_least).set_alignment(CellAlignment::Right),
            words(&self.added_by, 60),
            Cell::new(&self.told.since),
        ]
    }
}
