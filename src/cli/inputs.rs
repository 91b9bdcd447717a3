//! The arguments that name articles to read: the same for every command that reads some.

use crate::cli::values::count;
use crate::intake::{self, Pieces};
use clap::ValueEnum;
use std::num::{NonZeroU64, NonZeroUsize};
use std::path::PathBuf;
use std::thread::available_parallelism;

#[derive(Clone, Debug, clap::Args)]
pub struct Inputs {
    /// Files, folders, or - for standard input
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// How the input is written
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT", hide_default_value = true)]
    pub format: Format,
    /// Threads to use; all cores unless said. With 1, each article is printed as soon as it is read
    #[arg(short, long, value_name = "N", value_parser = count, allow_negative_numbers = true)]
    pub jobs: Option<NonZeroU64>,
}

impl Inputs {
    pub fn pieces(&self) -> Pieces {
        let format = match self.format {
            Format::Auto => intake::Format::Auto,
            Format::Text => intake::Format::Text,
            Format::Markdown => intake::Format::Markdown,
            Format::Jsonl => intake::Format::Jsonl,
        };
        intake::pieces(self.paths.clone(), format)
    }

    pub fn meter(&self) -> crate::intake::meter::Meter {
        crate::intake::meter::Meter::default()
    }

    pub fn jobs(&self) -> NonZeroUsize {
        let asked = self.jobs.and_then(|jobs| NonZeroUsize::try_from(jobs).ok());
        asked.or_else(|| available_parallelism().ok()).unwrap_or(NonZeroUsize::MIN)
    }
}

/// The formats of [`intake::Format`] by their names on the command line.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, ValueEnum)]
pub enum Format {
    /// Told by the name of a file: .txt, .md, .markdown, .jsonl, .ndjson; else by its first line
    #[default]
    Auto,
    /// Plain text, one article a file
    Text,
    /// Markdown, one article a file
    Markdown,
    /// JSON Lines, one article a line, with at least "id" and "text"
    Jsonl,
}
