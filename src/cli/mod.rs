//! The command line: arguments, and one file a command.
//!
//! A command is a `struct Args` and a `run`; what it prints goes to standard output, everything about
//! the work itself (failed inputs, progress, counts) to standard error.

/// Writes a line to standard error, with the style that it takes. One that is closed or full is no reason to stop.
macro_rules! say {
    ($($words:tt)*) => {{
        use std::io::Write as _;
        let _ = writeln!(anstream::stderr(), $($words)*);
    }};
}

pub mod aliases;
pub mod articles;
pub mod backup;
pub mod check;
pub mod claim_filter;
pub mod claim_page;
pub mod claims;
pub mod completions;
pub mod correct;
pub mod corrections;
pub mod deciding;
pub mod digest;
pub mod eval;
pub mod explain;
pub mod explained;
pub mod export;
pub mod export_claims;
pub mod extract;
pub mod forget;
pub mod history;
pub mod ingest;
pub mod inputs;
pub mod interrupt;
pub mod keeper;
pub mod listing;
pub mod man;
pub mod marked;
pub mod ordered;
pub mod outcome;
pub mod patience;
pub mod progress;
pub mod published;
pub mod quotes;
pub mod quote_filter;
pub mod rebuilding;
pub mod report;
pub mod review;
pub mod reviewer;
pub mod room;
pub mod show;
pub mod speakers;
pub mod stream;
pub mod table;
pub mod tally;
pub mod train;
pub mod undo;
pub mod values;
pub mod verdict;
pub mod visible;
pub mod watch;
pub mod who;

use crate::cli::outcome::Outcome;
use crate::error::Result;
use crate::pipeline::Engine;
use clap::{Parser, Subcommand};
use std::path::PathBuf;
use std::process::ExitCode;

/// Finds every quotation and reported statement in news articles and says who said it.
#[derive(Debug, Parser)]
#[command(name = "onrecord", version, propagate_version = true, after_help = EXAMPLES, max_term_width = 100)]
pub struct Cli {
    #[command(flatten)]
    pub global: Global,
    #[command(subcommand)]
    pub command: Command,
}

/// The database that is looked for in this folder unless another is named.
pub const DEFAULT_DB: &str = "onrecord.db";

/// What every command takes.
#[derive(Debug, clap::Args)]
pub struct Global {
    /// The database file; made by `ingest` when it isn't there
    #[arg(long, global = true, env = "ONRECORD_DB", value_name = "FILE", default_value = DEFAULT_DB)]
    pub db: PathBuf,
    /// A weights file to find quotes with, made by `train`, in place of the built-in one
    #[arg(long, global = true, env = "ONRECORD_WEIGHTS", value_name = "FILE")]
    pub weights: Option<PathBuf>,
}

impl Global {
    /// The tables and models that quotes are found with.
    pub fn engine(&self) -> Result<Engine> {
        self.weights.as_deref().map_or_else(Engine::load, Engine::with_weights)
    }
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Read articles and keep their quotes in the database
    Ingest(ingest::Args),
    /// Read articles and print what is found in them, without a database
    Extract(extract::Args),
    /// List the quotes in the database: who said what, where and when
    Quotes(quotes::Args),
    /// List the speakers in the database, show one of them, say who is who
    Speakers(speakers::Args),
    /// List claims: statements followed through all their prints
    Claims(claims::Args),
    /// List the articles in the database
    Articles(articles::Args),
    /// Show one article with its quotes and speakers marked
    Show(show::Args),
    /// Show how an article changed: which quotes came, went or were reworded
    History(history::Args),
    /// Say why some words are a statement of somebody, or none
    Explain(explain::Args),
    /// Keep verdicts on claims, and the reviews of others
    Verdict(verdict::Args),
    /// Say what to be told of: speakers, words, outlets, claims
    Watch(watch::Args),
    /// Tell what is new since a moment, of all watches or overall, in one page
    Digest(digest::Args),
    /// Go through what the program is least sure of, and say what is right, key by key
    Review(review::Args),
    /// Correct what the program found: a quote's speaker or words, no quote at all, one passed over
    Correct(correct::Args),
    /// List the corrections that people made
    Corrections(corrections::Args),
    /// Take a correction back
    Undo(undo::Args),
    /// List the corrections that lost their place, and why
    Orphans(corrections::OrphanArgs),
    /// Write quotes, speakers or articles to a file
    Export(export::Args),
    /// Look for damage in the database
    Check(check::Args),
    /// Copy the database, also while it is in use
    Backup(backup::Args),
    /// Take articles out of the database
    Forget(forget::Args),
    /// Measure accuracy against annotated articles
    Eval(eval::Args),
    /// Train the models anew from annotated articles
    Train(train::Args),
    /// Print a completion script for a shell
    Completions(completions::Args),
    /// Print the manual page, or write the pages of all commands
    Man(man::Args),
}

const EXAMPLES: &str = "\
Examples:
  onrecord ingest articles/                    read a folder of articles into onrecord.db
  onrecord quotes --speaker 'Ann Reyes'        who said what
  onrecord extract article.txt                 one article, as JSON, no database

Exit codes: 0 done, 1 some inputs failed, 2 wrong usage, 3 the database can't be used.";

/// Runs the program with the arguments of the process.
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    outcome::exit_code(dispatch(&cli))
}

fn dispatch(cli: &Cli) -> anyhow::Result<Outcome> {
    let global = &cli.global;
    match &cli.command {
        Command::Ingest(args) => ingest::run(args, global),
        Command::Extract(args) => extract::run(args, global),
        Command::Quotes(args) => quotes::run(args, global),
        Command::Speakers(args) => speakers::run(args, global),
        Command::Claims(args) => claims::run(args, global),
        Command::Articles(args) => articles::run(args, global),
        Command::Show(args) => show::run(args, global),
        Command::History(args) => history::run(args, global),
        Command::Explain(args) => explain::run(args, global),
        Command::Verdict(args) => verdict::run(args, global),
        Command::Watch(args) => watch::run(args, global),
        Command::Digest(args) => digest::run(args, global),
        Command::Review(args) => review::run(args, global),
        Command::Correct(args) => correct::run(args, global),
        Command::Corrections(args) => corrections::run(args, global),
        Command::Undo(args) => undo::run(args, global),
        Command::Orphans(args) => corrections::orphans(args, global),
        Command::Export(args) => export::run(args, global),
        Command::Check(args) => check::run(args, global),
        Command::Backup(args) => backup::run(args, global),
        Command::Forget(args) => forget::run(args, global),
        Command::Eval(args) => eval::run(args, global),
        Command::Train(args) => train::run(args, global),
        Command::Completions(args) => completions::run(args, global),
        Command::Man(args) => man::run(args, global),
    }
}

#[cfg(test)]
mod tests {
    use super::Cli;
    use clap::CommandFactory;

    #[test]
    fn arguments_are_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn every_command_shows_examples() {
        for command in Cli::command().get_subcommands() {
            let help = command.get_after_help().map(ToString::to_string).unwrap_or_default();
            assert!(help.contains("onrecord "), "`{}` has no example", command.get_name());
        }
    }
}
