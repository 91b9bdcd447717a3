//! `onrecord verdict set`: adds an entry to the history of a claim.

use crate::cli::Global;
use crate::cli::outcome::{Outcome, Usage};
use crate::cli::patience::Patience;
use crate::cli::values::web_address;
use crate::cli::visible::one_line;
use crate::lexicon::fold::fold;
use crate::model::verdicts::{ClaimId, Decision, Rating, Status};
use crate::query::Reader;
use crate::query::dates::first_day;
use crate::store::Store;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// The claim's id; that of any of its wordings will do
    #[arg(value_name = "CLAIM")]
    pub claim: ClaimId,
    /// How far the work is: open, in_progress, checked, not_checkable [checked with a rating]
    #[arg(long, value_name = "STATUS", value_parser = status, required_unless_present = "rating")]
    pub status: Option<Status>,
    /// What the claim is, by a name of the scale (`onrecord verdict scale`)
    #[arg(long, value_name = "NAME")]
    pub rating: Option<String>,
    /// Why, in your words
    #[arg(long, value_name = "WORDS")]
    pub note: Option<String>,
    /// Web addresses that show it
    #[arg(long, value_name = "URL", num_args = 1.., value_parser = web_address)]
    pub evidence: Vec<String>,
    /// Where the verdict can be read
    #[arg(long, value_name = "URL", value_parser = web_address)]
    pub published_at: Option<String>,
    /// The day of the verdict [today]
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub date: Option<Date>,
    /// Who gives it [your name on this computer]
    #[arg(long, value_name = "NAME", env = "ONRECORD_REVIEWER")]
    pub by: Option<String>,
    #[command(flatten)]
    pub patience: Patience,
}

const EXAMPLES: &str = "\
Examples:
  onrecord verdict set c0123456789abcdef --status in_progress
  onrecord verdict set c0123456789abcdef --rating 'mostly false' --by 'Bo Lund' \\
      --note 'Half of the money came.' --evidence https://example.org/audit https://example.org/budget
  onrecord verdict set c0123456789abcdef --status not_checkable --note 'A prediction.'
  onrecord verdict set c0123456789abcdef --status open --note 'New documents turned up.'

Nothing is overwritten: what was said before stays in the history.";

pub fn run(args: &Args, global: &Global) -> anyhow::Result<Outcome> {
    let scale = Reader::open(&global.db)?.scale()?;
    let decision = decision(args, &scale)?;
    let mut store = Store::open_existing(&global.db, args.patience.time())?;
    let Some(verdict) = store.decide(args.claim, &decision)? else {
        let message =
            format!("no claim has the id {}; `onrecord claims` lists them with their ids", args.claim);
        return Err(Usage(message).into());
    };
    let told = decision.rating.as_ref().map(|rating| one_line(&rating.name));
    let told = told.unwrap_or_else(|| decision.status.as_str().replace('_', " "));
    say!("{} is {told} now: {}", verdict.claim.claim, one_line(&verdict.claim.words));
    Ok(Outcome::Done)
}

fn decision(args: &Args, scale: &[Rating]) -> Result<Decision, Usage> {
    let rating = args.rating.as_deref().map(|name| rating(name, scale)).transpose()?;
    let status = args.status.unwrap_or(Status::Checked);
    match (&rating, status) {
        (None, Status::Checked) => return Err(Usage(format!("--rating is needed: one of {}", names(scale)))),
        (Some(_), Status::Open | Status::InProgress | Status::NotCheckable) => {
            return Err(Usage(format!(
                "a claim that is {status} has no rating; leave --rating or --status out"
            )));
        }
        _ => {}
    }
    Ok(Decision {
        status,
        rating,
        reviewer: reviewer(args)?,
        date: args.date.unwrap_or_else(today),
        note: args.note.as_deref().map(str::trim).filter(|note| !note.is_empty()).map(str::to_owned),
        evidence: args.evidence.clone(),
        published_at: args.published_at.clone(),
    })
}

fn rating(name: &str, scale: &[Rating]) -> Result<Rating, Usage> {
    let is_it =
        |rating: &&Rating| fold(&rating.name) == fold(name) || fold(&rating.alternate_name) == fold(name);
    let found = scale.iter().find(is_it).cloned();
    found.ok_or_else(|| Usage(format!("«{}» is not on the scale: {}", one_line(name), names(scale))))
}

fn names(scale: &[Rating]) -> String {
    scale.iter().map(|rating| one_line(&rating.name)).collect::<Vec<_>>().join(", ")
}

fn reviewer(args: &Args) -> Result<String, Usage> {
    let system = || ["USER", "LOGNAME", "USERNAME"].iter().find_map(|name| std::env::var(name).ok());
    let name = args.by.clone().or_else(system).map(|name| name.trim().to_owned());
    name.filter(|name| !name.is_empty())
        .ok_or_else(|| Usage("who gives the verdict? Say it with --by NAME or ONRECORD_REVIEWER".to_owned()))
}

fn today() -> Date {
    Timestamp::now().to_zoned(TimeZone::UTC).date()
}

fn status(typed: &str) -> Result<Status, String> {
    let name = typed.trim().to_lowercase().replace(['-', ' '], "_");
    name.parse().map_err(|_| {
        let names: Vec<&str> = Status::ALL.iter().map(|status| status.as_str()).collect();
        format!("a status is one of {}", names.join(", "))
    })
}

fn day(typed: &str) -> Result<Date, String> {
    match typed.len() {
        10 => first_day(typed).map_err(|error| error.to_string()),
        _ => Err(format!("«{typed}» is no day; write 2025-10-22")),
    }
}
