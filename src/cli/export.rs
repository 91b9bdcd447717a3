//! `onrecord export`: rows to a file.

use crate::cli::Global;
use crate::cli::claim_filter::Claims;
use crate::cli::export_claims;
use crate::cli::ordered::ordered;
use crate::cli::outcome::{Outcome, STDOUT, Usage};
use crate::cli::visible::whole_line;
use crate::error::{Error, Result};
use crate::export::Row;
use crate::export::file::write_whole;
use crate::export::stream::{self, Join, Lot, Rows};
use crate::query::Reader;
use crate::query::articles::ArticleFilter;
use crate::query::claims::ClaimFilter;
use crate::query::quotes::{QuoteFilter, QuoteRow, QuotesOf, VersionId};
use crate::query::records::Which;
use crate::query::speakers::SpeakerFilter;
use clap::ValueEnum;
use std::io::{self, BufWriter, Write, stdout};
use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::sync::{Mutex, PoisonError};
use std::thread::available_parallelism;

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// What to write
    #[arg(value_enum)]
    pub what: What,
    /// How to write it
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub format: Format,
    /// Of articles, only those in which somebody has looked at a statement
    #[arg(long)]
    pub reviewed: bool,
    #[command(flatten, next_help_heading = "Which claims")]
    pub claims: Claims,
    /// The file, put in its place when it is complete; standard output unless said
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub enum What {
    /// Every statement, without scare quotes
    Quotes,
    /// Everyone with a statement
    Speakers,
    /// Every article as it stands now
    Articles,
    /// Every claim with its prints
    Claims,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub enum Format {
    /// RFC 4180, UTF-8
    Csv,
    /// One array of objects
    Json,
    /// One object a line
    Jsonl,
    /// Articles only: one a line with its text and quotes, as `extract` prints them and `train` and `eval` read them
    Record,
    /// Claims only: schema.org ClaimReview in JSON-LD of those that are checked, as `verdict export` writes it
    Claimreview,
}

const EXAMPLES: &str = "\
Examples:
  onrecord export quotes --format csv -o quotes.csv
  onrecord export speakers --format jsonl | head
  onrecord export articles --format record --reviewed -o reviewed.jsonl
  onrecord export claims --format jsonl --speaker reyes --min-worth 0.6 -o claims.jsonl
  onrecord export claims --format claimreview -o claimreview.json
  onrecord eval --gold reviewed.jsonl                  how right the program was there

A CSV cell that begins with = + - @ ', a tab or a line break has one ' put before it, so that no
spreadsheet takes it for a formula: take one leading ' away to have the words as they are. An empty
cell is something unknown. To export a part of the quotes, `onrecord quotes` takes filters and the same
--format.";

pub fn run(args: &Args, global: &Global) -> anyhow::Result<Outcome> {
    let is_record = args.format == Format::Record;
    if is_record && args.what != What::Articles {
        return Err(Usage(
            "--format record writes whole articles: `onrecord export articles --format record`".to_owned(),
        )
        .into());
    }
    let is_claims = args.what == What::Claims;
    if args.format == Format::Claimreview && !is_claims {
        let reason =
            "--format claimreview writes verdicts on claims: `onrecord export claims --format claimreview`";
        return Err(Usage(reason.to_owned()).into());
    }
    let name = args.what.to_possible_value().map_or_else(String::new, |value| value.get_name().to_owned());
    if !is_claims {
        args.claims.refuse(&name)?;
    }
    if args.reviewed && !is_record {
        let reason = "--reviewed goes with `onrecord export articles --format record`; quotes that somebody has looked at \
                      are listed by `onrecord quotes --state reviewed`";
        return Err(Usage(reason.to_owned()).into());
    }
    // Whom a name means is said before anything is written.
    let filter = match args.what {
        What::Claims => args.claims.filter(&Reader::open(&global.db)?, None)?,
        What::Quotes | What::Speakers | What::Articles => ClaimFilter::default(),
    };
    let export = |path: &Path, out: &mut dyn Write| export(args, &global.db, &filter, path, out);
    let count = match &args.output {
        Some(path) => write_whole(path, |out| export(path, out))?,
        None => export(Path::new(STDOUT), &mut BufWriter::new(stdout().lock()))?,
    };
    if let Some(path) = &args.output {
        let noun = if args.format == Format::Claimreview { "reviews" } else { &name };
        say!("{count} {noun} written to {}", whole_line(&path.to_string_lossy()));
    }
    Ok(Outcome::Done)
}

fn export(args: &Args, db: &Path, claims: &ClaimFilter, path: &Path, out: &mut dyn Write) -> Result<u64> {
    match args.what {
        What::Claims if args.format == Format::Claimreview => {
            export_claims::reviews(&Reader::open(db)?, &args.claims, claims, path, out)
        }
        What::Claims => export_claims::rows(&Reader::open(db)?, claims, args.format.streamed(), path, out),
        What::Quotes => quotes(args.format.streamed(), db, path, out),
        What::Speakers => {
            let reader = Reader::open(db)?;
            fill(args, path, out, |each| reader.speakers(&SpeakerFilter::default(), each))
        }
        What::Articles if args.format == Format::Record => {
            let which = if args.reviewed { Which::Reviewed } else { Which::All };
            Reader::open(db)?.records(which, |record| {
                let written = serde_json::to_writer(&mut *out, &record).map_err(io::Error::from);
                written.and_then(|()| out.write_all(b"\n")).map_err(Error::io(path))
            })
        }
        What::Articles => {
            let reader = Reader::open(db)?;
            fill(args, path, out, |each| reader.articles(&ArticleFilter::default(), each))
        }
    }
}

/// Articles whose quotes are read and written in one piece of work.
const LOT: usize = 256;

/// Writes all quotes, read and formatted on all cores, in the order of lists.
fn quotes(format: stream::Format, db: &Path, path: &Path, out: &mut dyn Write) -> Result<u64> {
    let cores = available_parallelism().map_or(1, NonZeroUsize::get);
    let readers = Reader::open_together(db, cores)?;
    let versions = readers[0].versions(&QuoteFilter::default())?;
    let filter = QuotesOf::new(&QuoteFilter::default());
    let jobs = readers.len();
    let readers = Mutex::new(readers);
    let work = |versions: Vec<VersionId>| {
        let reader = readers.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let reader = reader.expect("there are as many readers as threads");
        let lot = lot(&reader, &versions, &filter, format);
        readers.lock().unwrap_or_else(PoisonError::into_inner).push(reader);
        lot
    };
    let feed = move |each: &mut dyn FnMut(Vec<VersionId>) -> ControlFlow<()>| {
        let _ = versions.chunks(LOT).try_for_each(|some| each(some.to_vec()));
    };
    let mut join = Join::new::<QuoteRow>(format, out).map_err(Error::io(path))?;
    let (mut count, mut outcome) = (0, Ok(()));
    // Each piece is a batch of its own.
    ordered(
        feed,
        |_| 64 << 10,
        jobs,
        &AtomicBool::new(false),
        work,
        |made| {
            outcome = made.map_or(Ok(()), |made| {
                let (lot, rows) = made?;
                count += rows;
                join.write(&lot).map_err(Error::io(path))
            });
            if outcome.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        },
    );
    outcome?;
    join.finish().map_err(Error::io(path))?;
    Ok(count)
}

/// The quotes of some versions, written, and how many they are.
fn lot(
    reader: &Reader,
    versions: &[VersionId],
    filter: &QuotesOf,
    format: stream::Format,
) -> Result<(Vec<u8>, u64)> {
    let mut lot = Lot::new(format);
    let mut count = 0;
    for &version in versions {
        for row in reader.quotes_of(version, filter)? {
            lot.write(&row).map_err(Error::io("memory"))?;
            count += 1;
        }
    }
    Ok((lot.finish().map_err(Error::io("memory"))?, count))
}

impl Format {
    const fn streamed(self) -> stream::Format {
        match self {
            Self::Csv => stream::Format::Csv,
            Self::Json => stream::Format::Json,
            Self::Jsonl | Self::Record | Self::Claimreview => stream::Format::Jsonl,
        }
    }
}

fn fill<R: Row>(
    args: &Args,
    path: &Path,
    out: &mut dyn Write,
    list: impl FnOnce(&mut dyn FnMut(R) -> Result<()>) -> Result<u64>,
) -> Result<u64> {
    let mut rows = Rows::new(args.format.streamed(), out).map_err(Error::io(path))?;
    let count = list(&mut |row| rows.write(&row).map_err(Error::io(path)))?;
    rows.finish().map_err(Error::io(path))?;
    Ok(count)
}
