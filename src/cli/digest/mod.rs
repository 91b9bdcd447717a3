//! `onrecord digest`: what is new, in one page.

pub mod moment;

use crate::cli::Global;
use crate::cli::digest::moment::{Since, day, since, until, written};
use crate::cli::outcome::{Outcome, STDOUT, Usage};
use crate::cli::patience::Patience;
use crate::cli::values::{count, limit};
use crate::cli::visible::{one_line, whole_line};
use crate::error::Error;
use crate::export::digest::{atom, html, json, text};
use crate::export::file::write_whole;
use crate::model::watches::{Mark, Watch, WatchId};
use crate::query::Reader;
use crate::query::digest::window::Window;
use crate::query::digest::{Digest, Plan};
use crate::store::Store;
use clap::ValueEnum;
use jiff::{Timestamp, ToSpan};
use std::io::{self, BufWriter, Write, stdout};
use std::num::NonZeroU64;
use std::path::{Path, PathBuf};

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// What came in since a day, a time or so long ago (UTC): 2025-10-22, 2025-10, '7 days'; or last, for
    /// since the last digest with --mark
    #[arg(long, value_name = "WHEN", value_parser = since)]
    pub since: Since,
    /// And up to a day, month or year, or before a time
    #[arg(long, value_name = "WHEN", value_parser = until)]
    pub until: Option<Timestamp>,
    /// Which time counts
    #[arg(long, value_enum, default_value_t, value_name = "TIME")]
    pub by: By,
    /// Only these watches, by their numbers
    #[arg(long = "watch", value_name = "ID", value_delimiter = ',', num_args = 1.., value_parser = count)]
    pub watches: Vec<NonZeroU64>,
    /// What is new overall, as where nothing is watched: claims, changed positions, conflicts, speakers,
    /// verdicts
    #[arg(long)]
    pub overall: bool,
    /// Show at most N of each section, all with 0
    #[arg(long, value_name = "N", value_parser = limit, default_value = "10", allow_negative_numbers = true)]
    pub limit: u64,
    /// Tell a watch once it has so many new prints, whatever its own threshold; overall, leave out claims and
    /// speakers printed less often
    #[arg(long, value_name = "N", value_parser = count, allow_negative_numbers = true)]
    pub at_least: Option<NonZeroU64>,
    /// How to write it
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub format: Format,
    /// The file, put in its place when it is complete; standard output unless said
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Note, once it is written, how far it told, for the next `--since last`
    #[arg(long, conflicts_with = "until")]
    pub mark: bool,
    #[command(flatten)]
    pub patience: Patience,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, ValueEnum)]
pub enum By {
    /// When it came into this database; the words of an article read again are not new
    #[default]
    Arrival,
    /// The day on which the article was published; undated ones never count
    Published,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, ValueEnum)]
pub enum Format {
    /// For reading, no line wider than 100 columns
    #[default]
    Text,
    /// One object; docs/digest.md says what is in it
    Json,
    /// A feed for feed readers
    Atom,
    /// The body of a mail: styles inside, nothing loaded
    Html,
}

const EXAMPLES: &str = "\
Examples:
  onrecord digest --since '7 days'
  onrecord digest --since last --mark --format html -o digest.html
  onrecord digest --since '7 days' --format atom -o public/onrecord.xml
  onrecord digest --overall --since '1 day' --at-least 2
  onrecord digest --watch 3 --since 2025-10 --until 2025-10 --by published --limit 0

Without --watch and --overall it tells of all watches, and overall where nothing is watched.
Statements of one claim stand together, the most printed first, copies of one report counted once.";

pub fn run(args: &Args, global: &Global) -> anyhow::Result<Outcome> {
    if args.by == By::Published && (args.mark || args.since == Since::Last) {
        let reason = "--mark and --since last go by when articles came in; leave --by published out";
        return Err(Usage(reason.to_owned()).into());
    }
    let reader = Reader::open(&global.db)?;
    let digest = reader.digest(&plan(args, &reader)?)?;
    drop(reader);
    for blind in &digest.blind {
        say!("watch {}: {}", blind.watch, one_line(&blind.reason));
    }
    match &args.output {
        Some(path) => {
            write_whole(path, |out| write(args.format, &digest, out).map_err(Error::io(path)))?;
            say!("digest written to {}", whole_line(&path.to_string_lossy()));
        }
        None => {
            let mut out = BufWriter::new(stdout().lock());
            let written = write(args.format, &digest, &mut out).and_then(|()| out.flush());
            written.map_err(Error::io(Path::new(STDOUT)))?;
        }
    }
    if args.mark {
        let mut store = Store::open_existing(&global.db, args.patience.time())?;
        store.mark_told(&marks(args, &digest))?;
    }
    Ok(Outcome::Done)
}

fn write(format: Format, digest: &Digest, out: &mut dyn Write) -> io::Result<()> {
    match format {
        Format::Text => text::write(digest, out),
        Format::Json => json::write(digest, out),
        Format::Atom => atom::write(digest, out),
        Format::Html => html::write(digest, out),
    }
}

fn plan(args: &Args, reader: &Reader) -> anyhow::Result<Plan> {
    let watches = watches(args, reader.watches()?)?;
    let is_overall = args.overall || watches.is_empty();
    let overall = is_overall.then(|| match args.since {
        Since::At(moment) => window(args, Mark::at(written(moment))),
        Since::Last => window(args, reader.last_digest()?.ok_or_else(unmarked)?),
    });
    let watches = watches.into_iter().map(|watch| {
        let from = match args.since {
            Since::At(moment) => Mark::at(written(moment)),
            Since::Last => watch.told.clone(),
        };
        anyhow::Ok((watch, window(args, from)?))
    });
    Ok(Plan {
        watches: watches.collect::<anyhow::Result<_>>()?,
        overall: overall.transpose()?,
        limit: (args.limit > 0).then(|| usize::try_from(args.limit).unwrap_or(usize::MAX)),
        at_least: args.at_least.map(NonZeroU64::get),
    })
}

fn unmarked() -> Usage {
    let reason =
        "no digest of what is new overall was marked yet; give a first one with --since '7 days' --mark";
    Usage(reason.to_owned())
}

/// The watches that are told of, in the order of their numbers.
fn watches(args: &Args, all: Vec<Watch>) -> Result<Vec<Watch>, Usage> {
    if args.watches.is_empty() {
        return Ok(if args.overall { Vec::new() } else { all });
    }
    let wanted = args.watches.iter().map(|id| WatchId(i64::try_from(id.get()).unwrap_or(i64::MAX)));
    let wanted: Vec<WatchId> = wanted.collect();
    if let Some(missing) = wanted.iter().find(|id| all.iter().all(|watch| watch.id != **id)) {
        return Err(Usage(format!("there is no watch {missing}; `onrecord watch` lists them")));
    }
    Ok(all.into_iter().filter(|watch| wanted.contains(&watch.id)).collect())
}

fn window(args: &Args, from: Mark) -> anyhow::Result<Window> {
    let until = args.until.map(written);
    if until.as_ref().is_some_and(|until| *until <= from.since) {
        let reason = format!("--until ends before {} begins; give a later one", from.since);
        return Err(Usage(reason).into());
    }
    Ok(match (args.by, args.since) {
        (By::Published, Since::At(moment)) => {
            let last = args.until.and_then(|until| until.checked_sub(1.second()).ok());
            Window::Published { since: day(moment), until: last.map(day) }
        }
        _ => Window::Arrived { from, until },
    })
}

/// How far each watch was told, and what is new overall. A watch that has less than its threshold waits where
/// it is.
fn marks(args: &Args, digest: &Digest) -> Vec<(Option<WatchId>, Mark)> {
    let told = digest.sections.iter().filter_map(|section| section.watch);
    let idle = digest.untold.iter().filter(|(_, prints)| *prints == 0).map(|(watch, _)| *watch);
    let mut marks: Vec<_> = told.chain(idle).map(|watch| (Some(watch), digest.mark.clone())).collect();
    let has_watches = !marks.is_empty() || !digest.untold.is_empty();
    if args.overall || !has_watches {
        marks.push((None, digest.mark.clone()));
    }
    marks
}
