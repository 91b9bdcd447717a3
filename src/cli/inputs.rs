//! The arguments that name articles to read: the same for every command that reads some.

use crate::cli::interrupt;
use crate::cli::values::{count, seconds, size};
use crate::error::Result;
use crate::intake::mapping::Mapping;
use crate::intake::web::{Links, PAUSE, Reach, WebOptions};
use crate::intake::{self, Flow, Limits, Meter, Options, Piece};
use crate::lexicon::intake::{FileKind, IntakeWords};
use clap::{ValueEnum, value_parser};
use std::num::{NonZeroU64, NonZeroUsize};
use std::path::PathBuf;
use std::sync::Arc;
use std::thread::available_parallelism;
use std::time::Duration;

#[derive(Clone, Debug, clap::Args)]
pub struct Inputs {
    /// Files, folders, addresses of pages and feeds (https://…), or - for standard input
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// How the input is written
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT", hide_default_value = true)]
    pub format: Format,
    /// What the fields of JSON Lines and CSV are called: text=body,published=date; or gdelt-gqg, quotebank
    #[arg(long, value_name = "FIELD=NAME,…")]
    pub map: Option<Mapping>,
    /// Threads to use; all cores unless said. With 1, each article is printed as soon as it is read
    #[arg(short, long, value_name = "N", value_parser = count, allow_negative_numbers = true)]
    pub jobs: Option<NonZeroU64>,
    /// Longest article taken, such as 500K or 64M
    #[arg(long, value_name = "SIZE", value_parser = size, default_value = "16M")]
    pub max_article: usize,
    /// How many packed files and archives may be one inside the other
    #[arg(long, value_name = "N", default_value_t = Limits::default().nesting, value_parser = value_parser!(u32).range(..=32))]
    pub max_nesting: u32,
    /// How many times its size a packed file may unpack to, 256 MiB beside
    #[arg(long, value_name = "N", default_value_t = Limits::default().unpacked)]
    pub max_unpacked: u64,
    /// Fetch the pages that the items of feeds link to, instead of taking the feed's own words
    #[arg(long)]
    pub follow: bool,
    /// Fetch from addresses of this computer and the local network, too
    #[arg(long)]
    pub allow_private: bool,
    /// Time between two requests to one site; a longer one that its robots.txt asks for counts, up to 30 seconds
    #[arg(long, value_name = "SECONDS", value_parser = seconds, default_value_t = PAUSE.as_secs_f64(), allow_negative_numbers = true)]
    pub pause: f64,
}

impl Inputs {
    /// What hands the articles over one by one, for [`crate::cli::ordered::ordered`].
    pub fn feed(
        &self,
        words: &Arc<IntakeWords>,
        meter: &Meter,
    ) -> impl FnOnce(&mut dyn FnMut(Result<Piece>) -> Flow) + Send + use<> {
        let (paths, options, words, meter) =
            (self.paths.clone(), self.options(), words.clone(), meter.clone());
        move |each| intake::walk(&paths, &options, &words, &meter, each)
    }

    fn options(&self) -> Options {
        let limits = Limits {
            article: self.max_article,
            nesting: self.max_nesting,
            unpacked: self.max_unpacked,
            ..Limits::default()
        };
        let mapping = self.map.clone().map(Arc::new);
        Options { format: self.format.kind(), mapping, limits, web: self.web() }
    }

    fn web(&self) -> WebOptions {
        WebOptions {
            links: if self.follow { Links::Follow } else { Links::Leave },
            reach: if self.allow_private { Reach::PrivateToo } else { Reach::PublicOnly },
            pause: Duration::from_secs_f64(self.pause),
            stop: Some(interrupt::flag()),
        }
    }

    /// Bytes of all files that will be read.
    pub fn total(&self) -> u64 {
        intake::total(&self.paths)
    }

    pub fn jobs(&self) -> NonZeroUsize {
        let asked = self.jobs.and_then(|jobs| NonZeroUsize::try_from(jobs).ok());
        asked.or_else(|| available_parallelism().ok()).unwrap_or(NonZeroUsize::MIN)
    }
}

/// The formats that can be asked for, by their names on the command line.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, ValueEnum)]
pub enum Format {
    /// Told by the content of a file, else by its name
    #[default]
    Auto,
    /// Plain text, one article a file
    Text,
    /// Web pages
    Html,
    /// Markdown, one article a file
    Markdown,
    /// JSON Lines, one article a line, with at least "text"
    Jsonl,
    /// RSS, Atom or JSON Feed
    Feed,
    /// A table, one article a row, with a line of column names
    Csv,
    /// E-mail, one message a file
    Mail,
    /// A mailbox
    Mbox,
    /// A web archive
    Warc,
    /// DOCX or ODT
    Office,
    /// PDF
    Pdf,
}

impl Format {
    fn kind(self) -> Option<FileKind> {
        Some(match self {
            Self::Auto => return None,
            Self::Text => FileKind::Text,
            Self::Html => FileKind::Html,
            Self::Markdown => FileKind::Markdown,
            Self::Jsonl => FileKind::Jsonl,
            Self::Feed => FileKind::Feed,
            Self::Csv => FileKind::Csv,
            Self::Mail => FileKind::Mail,
            Self::Mbox => FileKind::Mbox,
            Self::Warc => FileKind::Warc,
            Self::Office => FileKind::Office,
            Self::Pdf => FileKind::Pdf,
        })
    }
}
