//! `onrecord export`: rows to a file.

use crate::cli::Global;
use crate::cli::outcome::{Outcome, STDOUT};
use crate::cli::visible::whole_line;
use crate::error::{Error, Result};
use crate::export::Row;
use crate::export::file::write_whole;
use crate::export::stream::{self, Rows};
use crate::query::Reader;
use crate::query::articles::ArticleFilter;
use crate::query::quotes::QuoteFilter;
use crate::query::speakers::SpeakerFilter;
use clap::ValueEnum;
use std::io::{BufWriter, Write, stdout};
use std::path::{Path, PathBuf};

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// What to write
    #[arg(value_enum)]
    pub what: What,
    /// How to write it
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub format: Format,
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
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub enum Format {
    /// RFC 4180, UTF-8
    Csv,
    /// One array of objects
    Json,
    /// One object a line
    Jsonl,
}

const EXAMPLES: &str = "\
Examples:
  onrecord export quotes --format csv -o quotes.csv
  onrecord export speakers --format jsonl | head

A CSV cell that begins with = + - @ ', a tab or a line break has one ' put before it, so that no
spreadsheet takes it for a formula: take one leading ' away to have the words as they are. An empty
cell is something unknown. To export a part, `onrecord quotes` takes filters and the same --format.";

pub fn run(args: &Args, global: &Global) -> anyhow::Result<Outcome> {
    let reader = Reader::open(&global.db)?;
    let count = match &args.output {
        Some(path) => write_whole(path, |out| export(args, &reader, path, out))?,
        None => export(args, &reader, Path::new(STDOUT), &mut BufWriter::new(stdout().lock()))?,
    };
    if let Some(path) = &args.output {
        let noun =
            args.what.to_possible_value().map_or_else(String::new, |value| value.get_name().to_owned());
        anstream::eprintln!("{count} {noun} written to {}", whole_line(&path.to_string_lossy()));
    }
    Ok(Outcome::Done)
}

fn export(args: &Args, reader: &Reader, path: &Path, out: &mut dyn Write) -> Result<u64> {
    match args.what {
        What::Quotes => fill(args, path, out, |each| reader.quotes(&QuoteFilter::default(), each)),
        What::Speakers => fill(args, path, out, |each| reader.speakers(&SpeakerFilter::default(), each)),
        What::Articles => fill(args, path, out, |each| reader.articles(&ArticleFilter::default(), each)),
    }
}

fn fill<R: Row>(
    args: &Args,
    path: &Path,
    out: &mut dyn Write,
    list: impl FnOnce(&mut dyn FnMut(R) -> Result<()>) -> Result<u64>,
) -> Result<u64> {
    let format = match args.format {
        Format::Csv => stream::Format::Csv,
        Format::Json => stream::Format::Json,
        Format::Jsonl => stream::Format::Jsonl,
    };
    let mut rows = Rows::new(format, out).map_err(Error::io(path))?;
    let count = list(&mut |row| rows.write(&row).map_err(Error::io(path)))?;
    rows.finish().map_err(Error::io(path))?;
    Ok(count)
}
