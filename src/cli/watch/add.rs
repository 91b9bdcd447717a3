//! `onrecord watch add`: adds to the watch list.

use crate::cli::Global;
use crate::cli::outcome::{Outcome, Usage};
use crate::cli::patience::Patience;
use crate::cli::quote_filter;
use crate::cli::reviewer::By;
use crate::cli::values::{count, search};
use crate::cli::visible::one_line;
use crate::model::verdicts::ClaimId;
use crate::model::watches::Wanted;
use crate::query::Reader;
use crate::store::Store;
use std::num::NonZeroU64;

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    #[command(flatten)]
    pub watched: Watched,
    /// What to call it in digests [what is watched]
    #[arg(long, value_name = "LABEL", value_parser = words)]
    pub name: Option<String>,
    /// Tell it once there are so many new prints, copies of one report counted once
    #[arg(long, value_name = "N", value_parser = count, default_value = "1", allow_negative_numbers = true)]
    pub at_least: NonZeroU64,
    #[command(flatten)]
    pub by: By,
    #[command(flatten)]
    pub patience: Patience,
}

/// What is watched: of several, all must hold.
#[derive(Debug, clap::Args)]
#[group(required = true, multiple = true)]
pub struct Watched {
    /// Words of a speaker's name or alias; case and accents make no difference
    #[arg(long, value_name = "NAME", value_parser = words)]
    pub speaker: Option<String>,
    /// Words that all stand in the statement; "in quotation marks" together, wor* for a beginning
    #[arg(long, value_name = "WORDS", value_parser = searched)]
    pub search: Option<String>,
    /// Words of the outlet's name
    #[arg(long, value_name = "NAME", value_parser = words)]
    pub outlet: Option<String>,
    /// A claim's id, as `onrecord claims` lists it; that of any of its wordings will do
    #[arg(long, value_name = "CLAIM")]
    pub claim: Option<ClaimId>,
}

const EXAMPLES: &str = "\
Examples:
  onrecord watch add --speaker 'Ann Reyes'
  onrecord watch add --search '\"sea wall\" cost*' --outlet herald --name 'What the wall costs'
  onrecord watch add --claim c0123456789abcdef --at-least 3

Of several flags all must hold. A watch with fewer new prints than --at-least is left out of a digest;
with `onrecord digest --since last --mark` they are kept until there are enough.";

/// The longest words taken, in characters.
const LONGEST: usize = 500;

/// Takes words with a letter or digit in them.
fn words(typed: &str) -> Result<String, String> {
    let typed = typed.trim();
    if !typed.contains(char::is_alphanumeric) {
        return Err("there is no letter or digit in it".to_owned());
    }
    if typed.chars().count() > LONGEST {
        return Err(format!("at most {LONGEST} characters are taken"));
    }
    Ok(typed.to_owned())
}

/// Takes words that can be looked for, as they were typed.
fn searched(typed: &str) -> Result<String, String> {
    search(typed)?;
    words(typed)
}

pub fn run(args: &Args, global: &Global) -> anyhow::Result<Outcome> {
    let by = args.by.reviewer()?;
    let wanted = wanted(&args.watched, &Reader::open(&global.db)?)?;
    let mut store = Store::open_existing(&global.db, args.patience.time())?;
    let id = store.add_watch(args.name.as_deref(), &wanted, args.at_least.get(), &by)?;
    say!("watch {id}: {}", one_line(&wanted.to_string()));
    Ok(Outcome::Done)
}

/// What was typed; says on standard error whom a name means now.
fn wanted(watched: &Watched, reader: &Reader) -> anyhow::Result<Wanted> {
    let Watched { speaker, search, outlet, claim } = watched;
    if let Some(typed) = speaker
        && quote_filter::speakers(reader, typed)?.is_empty()
    {
        say!("it is watched for all the same, for the day when somebody is named so");
    }
    let claim = claim.map(|typed| {
        let found = reader.claim_snapshot(typed)?;
        let found = found.ok_or_else(|| {
            Usage(format!("no claim has the id {typed}; `onrecord claims` lists them with their ids"))
        })?;
        anyhow::Ok((found.claim, found.words))
    });
    Ok(Wanted {
        speaker: speaker.clone(),
        search: search.clone(),
        outlet: outlet.clone(),
        claim: claim.transpose()?,
    })
}
