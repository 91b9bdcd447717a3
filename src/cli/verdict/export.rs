//! `onrecord verdict export`: verdicts as ClaimReview.

use crate::cli::Global;
use crate::cli::outcome::{Outcome, STDOUT};
use crate::cli::tally::counted;
use crate::cli::visible::whole_line;
use crate::error::{Error, Result};
use crate::export::claim_review::{Document, claim_review};
use crate::export::file::write_whole;
use crate::model::verdicts::Status;
use crate::query::Reader;
use crate::query::verdicts::{Entries, VerdictFilter};
use std::io::{BufWriter, Write, stdout};
use std::path::{Path, PathBuf};

#[derive(Debug, Default, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// The file, put in its place when it is complete; standard output unless said
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Every entry, whatever its status: the whole history, for another database
    #[arg(long)]
    pub history: bool,
    /// Leave the reviews of others out
    #[arg(long)]
    pub own: bool,
    /// The organisation that publishes the verdicts
    #[arg(long, value_name = "NAME")]
    pub publisher: Option<String>,
}

const EXAMPLES: &str = "\
Examples:
  onrecord verdict export -o claimreview.json
  onrecord verdict export --own --publisher 'The Harbour Herald' > claimreview.json
  onrecord verdict export --history -o everything.json

Writes one JSON-LD document: the latest entry of each claim that is checked, and the reviews that were
imported, as they came. It can be pasted into a page as it is, inside <script
type=\"application/ld+json\">. `onrecord verdict import` reads it back with nothing lost.
docs/claimreview.schema.json says what is in it.";

pub fn run(args: &Args, global: &Global) -> anyhow::Result<Outcome> {
    let reader = Reader::open(&global.db)?;
    let count = match &args.output {
        Some(path) => write_whole(path, |out| export(args, &reader, path, out))?,
        None => export(args, &reader, Path::new(STDOUT), &mut BufWriter::new(stdout().lock()))?,
    };
    if let Some(path) = &args.output {
        say!("{} written to {}", counted(count, "review"), whole_line(&path.to_string_lossy()));
    }
    Ok(Outcome::Done)
}

/// Writes both kinds in one order, by date and then by their bytes, so that a database that imported the one
/// as the other writes the same.
///
/// # Errors
/// As the database can't be read and `out` fails.
pub fn export(args: &Args, reader: &Reader, path: &Path, out: &mut dyn Write) -> Result<u64> {
    let mut own = own(args, reader)?.into_iter().peekable();
    let mut document = Document::new(out).map_err(Error::io(path))?;
    if !args.own {
        reader.review_documents(|(date, review)| {
            let key = (date.unwrap_or_else(|| UNDATED.to_owned()), review);
            while let Some((_, before)) = own.next_if(|before| *before < key) {
                document.write(&before).map_err(Error::io(path))?;
            }
            document.write(&key.1).map_err(Error::io(path))
        })?;
    }
    for (_, review) in own {
        document.write(&review).map_err(Error::io(path))?;
    }
    document.finish().map_err(Error::io(path))
}

/// Behind every date.
const UNDATED: &str = "~";

fn own(args: &Args, reader: &Reader) -> Result<Vec<(String, String)>> {
    let (status, entries) =
        if args.history { (None, Entries::All) } else { (Some(Status::Checked), Entries::Latest) };
    let filter = VerdictFilter { status, entries, ..VerdictFilter::default() };
    let mut own = Vec::new();
    reader.verdicts(&filter, |verdict| {
        let review = claim_review(&verdict, args.publisher.as_deref()).to_string();
        own.push((verdict.decision.date.to_string(), review));
        Ok(())
    })?;
    own.sort();
    Ok(own)
}
