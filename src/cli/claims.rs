//! `onrecord claims`: what was claimed, and in which forms it was printed.

use crate::cli::claim_filter::Claims;
use crate::cli::claim_page::shown;
use crate::cli::listing::{Format, Listing};
use crate::cli::outcome::{Outcome, STDOUT, Usage};
use crate::cli::table::{Column, Line, RULED, column, wide, words};
use crate::cli::{Global, deciding, rebuilding};
use crate::error::Error;
use crate::model::QuoteState;
use crate::model::verdicts::ClaimId;
use crate::query::Reader;
use crate::query::claims::pairs::PairRow;
use crate::query::claims::{Appearance, ClaimFilter, ClaimRow, Suggestions, Tier};
use clap::Subcommand;
use comfy_table::{Attribute, Cell, CellAlignment, TableStyle};
use std::io::Write;

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    #[command(subcommand)]
    pub what: Option<What>,
    #[command(flatten)]
    pub list: List,
    /// Leave out what may be the same claim in other words, which a table doesn't show anyway: much quicker for long lists
    #[arg(long)]
    pub no_suggestions: bool,
}

#[derive(Debug, Subcommand)]
pub enum What {
    /// Show one claim: what it is about, how it was put, who printed it when, and how its words drifted
    #[command(after_help = SHOW_EXAMPLES)]
    Show(Show),
    /// List where one claim was printed, by date
    #[command(after_help = "Examples:\n  onrecord claims timeline c0123456789abcdef --format csv")]
    Timeline(Timeline),
    /// List quotations that two outlets give to two speakers
    #[command(after_help = "Examples:\n  onrecord claims conflicts --since 2026-01")]
    Conflicts(List),
    /// List pairs of claims of one speaker that differ in a number, a date, a negation or a modal
    #[command(after_help = "Examples:\n  onrecord claims changed --speaker 'Ann Reyes'")]
    Changed(List),
    /// Say that claims are one, whatever their words
    #[command(after_help = deciding::MERGE)]
    Merge(deciding::MergeArgs),
    /// Say that a statement is none of a claim's, whatever its words
    #[command(after_help = deciding::SPLIT)]
    Split(deciding::SplitArgs),
    /// Group all statements anew from what is stored; decisions and verdicts of people stay
    #[command(after_help = rebuilding::EXAMPLES)]
    Rebuild(rebuilding::Args),
}

impl What {
    const fn word(&self) -> &'static str {
        match self {
            Self::Show(_) => "show",
            Self::Timeline(_) => "timeline",
            Self::Conflicts(_) => "conflicts",
            Self::Changed(_) => "changed",
            Self::Merge(_) => "merge",
            Self::Split(_) => "split",
            Self::Rebuild(_) => "rebuild",
        }
    }
}

#[derive(Debug, clap::Args)]
pub struct One {
    /// The claim's id, as `onrecord claims` lists it
    #[arg(value_name = "CLAIM")]
    pub claim: ClaimId,
}

#[derive(Debug, clap::Args)]
pub struct Show {
    #[command(flatten)]
    pub one: One,
    /// How to print: as a page (table), or the record in a format for programs
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub format: Format,
}

#[derive(Debug, clap::Args)]
pub struct Timeline {
    #[command(flatten)]
    pub one: One,
    #[command(flatten)]
    pub listing: Listing,
}

#[derive(Debug, clap::Args)]
pub struct List {
    #[command(flatten)]
    pub claims: Claims,
    #[command(flatten)]
    pub listing: Listing,
}

const SHOW_EXAMPLES: &str = "\
Examples:
  onrecord claims show c0123456789abcdef
  onrecord claims show c0123456789abcdef --format json

«Worth checking» is a sum: each thing that was seen adds or takes away what stands beside it.
docs/claims.md says how.";

impl Args {
    /// Refuses what was typed before a word that it says nothing to: it would be passed over in silence.
    fn is_empty_before(&self, word: &str) -> anyhow::Result<()> {
        let listing = [
            ("--format", self.list.listing.format != Format::default()),
            ("--limit", self.list.listing.limit.is_some()),
            ("--no-suggestions", self.no_suggestions),
        ];
        let listing = listing.into_iter().find(|(_, is_typed)| *is_typed).map(|(flag, _)| flag);
        let Some(flag) = self.list.claims.typed().or(listing) else { return Ok(()) };
        let message = format!(
            "{flag} stands before `{word}`, where it counts for nothing; what `{word}` takes stands behind it, and \
             `onrecord claims {word} --help` lists that"
        );
        Err(Usage(message).into())
    }
}

const EXAMPLES: &str = "\
Examples:
  onrecord claims                              those printed most often first
  onrecord claims --speaker 'Ann Reyes' --sort recent
  onrecord claims --search bridge --format jsonl --limit 0
  onrecord claims --format jsonl --limit 0 --no-suggestions > claims.jsonl
  onrecord claims --sort worth --status open --min-worth 0.6
  onrecord claims --about 'Lake Varn' --state reviewed
  onrecord claims show c0123456789abcdef
  onrecord claims conflicts
  onrecord claims changed --speaker reyes
  onrecord claims merge c0123456789abcdef cfedcba9876543210

What narrows a list stands behind the name of the list: `onrecord claims changed --speaker reyes`.";

impl List {
    fn filter(&self, reader: &Reader) -> anyhow::Result<ClaimFilter> {
        self.claims.filter(reader, self.listing.fetch())
    }
}

pub fn run(args: &Args, global: &Global) -> anyhow::Result<Outcome> {
    if let Some(what) = &args.what {
        args.is_empty_before(what.word())?;
    }
    match &args.what {
        Some(What::Merge(args)) => return deciding::merge(args, global),
        Some(What::Split(args)) => return deciding::split(args, global),
        Some(What::Rebuild(args)) => return rebuilding::run(args, global),
        _ => {}
    }
    let reader = Reader::open(&global.db)?;
    if reader.has_left_claims()? {
        say!("not all statements are among the claims yet: `onrecord claims rebuild` puts them there");
    }
    match &args.what {
        None => {
            let mut filter = args.list.filter(&reader)?;
            if args.no_suggestions || args.list.listing.format == Format::Table {
                filter.suggestions = Suggestions::LeftOut;
            }
            args.list.listing.print("claims", |each| reader.claims(&filter, each))?;
        }
        Some(What::Show(show)) => {
            let claim = find(&reader, show.one.claim)?;
            if show.format == Format::Table {
                anstream::stdout().write_all(shown(&claim).as_bytes()).map_err(Error::io(STDOUT))?;
            } else {
                let listing = Listing { format: show.format, limit: None };
                listing.print("claims", |each| each(claim).map(|()| 1))?;
            }
        }
        Some(What::Timeline(timeline)) => {
            let claim = find(&reader, timeline.one.claim)?;
            let prints = claim.appearances.into_iter().filter(|print| print.tier != Tier::Suggested);
            timeline.listing.print("prints", |each| {
                let mut count = 0;
                for print in prints {
                    each(print)?;
                    count += 1;
                }
                Ok(count)
            })?;
        }
        Some(What::Conflicts(list)) => {
            let filter = list.filter(&reader)?;
            list.listing.print("conflicts", |each| reader.conflicts(&filter, each))?;
        }
        Some(What::Changed(list)) => {
            let filter = list.filter(&reader)?;
            list.listing.print("pairs", |each| reader.changed(&filter, each))?;
        }
        Some(What::Merge(_) | What::Split(_) | What::Rebuild(_)) => {}
    }
    Ok(Outcome::Done)
}

fn find(reader: &Reader, id: ClaimId) -> anyhow::Result<ClaimRow> {
    let claim = reader.claim(id)?;
    Ok(claim.ok_or_else(|| Usage(format!("no claim has the id {id}; `onrecord claims` lists them")))?)
}

/// The status, and below it whose word it is, where that is a person's.
fn standing(claim: &ClaimRow) -> String {
    let status = claim.status.as_str().replace('_', " ");
    match claim.state {
        QuoteState::Machine => status,
        state => format!("{status}\n{state}"),
    }
}

impl Line for ClaimRow {
    const HEAD: &'static [Column] = &[
        column("claim", 19),
        column("speaker", 20),
        wide("words"),
        column("worth", 7).from(70),
        column("status", 15).from(90),
        column("prints", 8),
        column("wordings", 10).from(120),
        column("first", 12).from(130),
        column("last", 12).from(100),
    ];
    const STYLE: TableStyle = RULED;

    fn line(&self) -> Vec<Cell> {
        vec![
            Cell::new(self.id),
            words(self.speaker.as_deref().unwrap_or("–"), 80).add_attribute(Attribute::Bold),
            words(&self.text, 280),
            Cell::new(format!("{:.2}", self.worth.score)),
            Cell::new(standing(self)),
            Cell::new(self.prints).set_alignment(CellAlignment::Right),
            Cell::new(self.wordings).set_alignment(CellAlignment::Right),
            Cell::new(self.first_seen.as_deref().unwrap_or("–")),
            Cell::new(self.last_seen.as_deref().unwrap_or("–")),
        ]
    }
}

impl Line for Appearance {
    const HEAD: &'static [Column] = &[
        column("date", 12),
        column("where", 24),
        column("how", 10),
        column("cue", 15).from(80),
        wide("words"),
    ];

    fn line(&self) -> Vec<Cell> {
        vec![
            Cell::new(self.published.as_deref().unwrap_or("–")),
            words(self.outlet.as_deref().unwrap_or(&self.article), 60),
            Cell::new(self.tier.as_str()),
            words(self.cue.as_deref().unwrap_or("–"), 60),
            words(&self.text, 280),
        ]
    }
}

impl Line for PairRow {
    const HEAD: &'static [Column] = &[column("differs in", 12), wide("one"), wide("the other")];
    const STYLE: TableStyle = RULED;

    fn line(&self) -> Vec<Cell> {
        let side = |print: &Appearance| {
            let speaker = print.speaker.as_deref().unwrap_or("–");
            let place = print.outlet.as_deref().unwrap_or(&print.article);
            words(
                &format!("{speaker}, {place}, {}: {}", print.published.as_deref().unwrap_or("–"), print.text),
                280,
            )
        };
        vec![Cell::new(self.why), side(&self.a), side(&self.b)]
    }
}
