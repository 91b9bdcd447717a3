//! `onrecord claims`: what was claimed, and in which forms it was printed.

use crate::claims::drift::{Piece, drift};
use crate::cli::listing::{Format, Listing};
use crate::cli::outcome::{Outcome, STDOUT, Usage};
use crate::cli::published::Published;
use crate::cli::quotes;
use crate::cli::table::{Column, Line, RULED, column, wide, words};
use crate::cli::values::search;
use crate::cli::visible::one_line;
use crate::cli::{Global, deciding};
use crate::error::Error;
use crate::model::verdicts::ClaimId;
use crate::query::Reader;
use crate::query::claims::decisions::Confirmed;
use crate::query::claims::pairs::PairRow;
use crate::query::claims::{Appearance, ClaimFilter, ClaimRow, Order, Tier};
use crate::query::search::Search;
use clap::{Subcommand, ValueEnum};
use comfy_table::{Attribute, Cell, CellAlignment, TableStyle};
use std::io::Write;

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    #[command(subcommand)]
    pub what: Option<What>,
    #[command(flatten)]
    pub list: List,
}

#[derive(Debug, Subcommand)]
pub enum What {
    /// Show one claim: who printed it when, and how its words drifted
    #[command(after_help = "Examples:\n  onrecord claims show c0123456789abcdef\n  \
                            onrecord claims show c0123456789abcdef --format json")]
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
        }
    }
}

#[derive(Debug, clap::Args)]
pub struct Show {
    #[command(flatten)]
    pub one: One,
    /// How to print
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub format: Format,
}

#[derive(Debug, clap::Args)]
pub struct One {
    /// The claim's id, as `onrecord claims` lists it
    #[arg(value_name = "CLAIM")]
    pub claim: ClaimId,
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
    /// Words of a speaker's name or alias; case and accents make no difference
    #[arg(long, value_name = "NAME")]
    pub speaker: Option<String>,
    /// Words that all stand in one of its statements; "in quotation marks" together, wor* for a beginning
    #[arg(long, value_name = "WORDS", value_parser = search)]
    pub search: Option<Search>,
    #[command(flatten)]
    pub published: Published,
    /// Which come first
    #[arg(long, value_enum, default_value_t, value_name = "ORDER")]
    pub sort: Sort,
    #[command(flatten)]
    pub listing: Listing,
}

impl List {
    /// Refuses what was typed before a word that it says nothing to: it would be passed over in silence.
    fn is_empty_before(&self, word: &str) -> anyhow::Result<()> {
        let Published { outlet, since, until } = &self.published;
        let typed = [
            ("--speaker", self.speaker.is_some()),
            ("--search", self.search.is_some()),
            ("--outlet", outlet.is_some()),
            ("--since", since.is_some()),
            ("--until", until.is_some()),
            ("--sort", self.sort != Sort::default()),
            ("--format", self.listing.format != Format::default()),
            ("--limit", self.listing.limit.is_some()),
        ];
        let Some((flag, _)) = typed.into_iter().find(|(_, is_typed)| *is_typed) else { return Ok(()) };
        let message = format!(
            "{flag} stands before `{word}`, where it counts for nothing; what `{word}` takes stands behind it, and \
             `onrecord claims {word} --help` lists that"
        );
        Err(Usage(message).into())
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, ValueEnum)]
pub enum Sort {
    /// Those printed most often, copies of one report counted once
    #[default]
    Spread,
    /// Those printed last
    Recent,
    /// Those with the most wordings
    Drift,
}

const EXAMPLES: &str = "\
Examples:
  onrecord claims                              those printed most often first
  onrecord claims --speaker 'Ann Reyes' --sort recent
  onrecord claims --search bridge --format jsonl --limit 0
  onrecord claims show c0123456789abcdef
  onrecord claims conflicts
  onrecord claims changed --speaker reyes
  onrecord claims merge c0123456789abcdef cfedcba9876543210

What narrows a list stands behind the name of the list: `onrecord claims changed --speaker reyes`.";

pub fn run(args: &Args, global: &Global) -> anyhow::Result<Outcome> {
    if let Some(what) = &args.what {
        args.list.is_empty_before(what.word())?;
    }
    let reader = Reader::open(&global.db)?;
    match &args.what {
        None => {
            let filter = filter(&args.list, &reader)?;
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
            let filter = filter(list, &reader)?;
            list.listing.print("conflicts", |each| reader.conflicts(&filter, each))?;
        }
        Some(What::Changed(list)) => {
            let filter = filter(list, &reader)?;
            list.listing.print("pairs", |each| reader.changed(&filter, each))?;
        }
        Some(What::Merge(args)) => return deciding::merge(args, global),
        Some(What::Split(args)) => return deciding::split(args, global),
    }
    Ok(Outcome::Done)
}

fn filter(list: &List, reader: &Reader) -> anyhow::Result<ClaimFilter> {
    Ok(ClaimFilter {
        speakers: list.speaker.as_deref().map(|typed| quotes::speakers(reader, typed)).transpose()?,
        search: list.search.clone(),
        outlet: list.published.outlet.clone(),
        since: list.published.since,
        until: list.published.until,
        order: match list.sort {
            Sort::Spread => Order::Spread,
            Sort::Recent => Order::Recent,
            Sort::Drift => Order::Drift,
        },
        limit: list.listing.fetch(),
    })
}

fn find(reader: &Reader, id: ClaimId) -> anyhow::Result<ClaimRow> {
    let claim = reader.claim(id)?;
    Ok(claim.ok_or_else(|| Usage(format!("no claim has the id {id}; `onrecord claims` lists them")))?)
}

/// A claim on a page.
fn shown(claim: &ClaimRow) -> String {
    let mut page = format!(
        "{}  {}\n{}\n\nstatus {} · first seen {} · last seen {} · prints {} · outlets {} · wordings {}\n",
        claim.id,
        one_line(claim.speaker.as_deref().unwrap_or("speaker unknown")),
        one_line(&claim.text),
        claim.status.as_str(),
        claim.first_seen.as_deref().unwrap_or("–"),
        claim.last_seen.as_deref().unwrap_or("–"),
        claim.prints,
        claim.outlets,
        claim.wordings,
    );
    for print in &claim.appearances {
        let date = print.published.as_deref().unwrap_or("–");
        let place = print.outlet.as_deref().unwrap_or(&print.article);
        let cue = print.cue.as_deref().map(|cue| format!(", {}", one_line(cue))).unwrap_or_default();
        let id = print.claim.as_ref().unwrap_or(&print.quote);
        page.push_str(&format!("\n{date:<12}{} ({}{cue})  {id}\n", one_line(place), print.tier.as_str()));
        let words = match print.tier {
            Tier::Same => "the same words".to_owned(),
            Tier::Near if print.confirmed.correction.is_none() => drifted(&claim.text, &print.text),
            Tier::Near | Tier::Suggested => one_line(&print.text),
        };
        page.push_str(&format!("            {words}\n"));
        page.extend(confirmed(print));
    }
    page
}

/// Who said that a print belongs to the claim, where somebody did.
fn confirmed(print: &Appearance) -> Option<String> {
    let Confirmed { confirmed_by: Some(by), confirmed_at: Some(at), correction: Some(id) } = &print.confirmed
    else {
        return None;
    };
    let day = at.split('T').next().unwrap_or_default();
    Some(format!("            of this claim, said {} on {day} (correction {id})\n", one_line(by)))
}

/// The words of a print with what it dropped in [-…-] and what it added in {+…+}.
fn drifted(from: &str, to: &str) -> String {
    let pieces = drift(from, to).into_iter().map(|piece| match piece {
        Piece::Kept(words) => one_line(&words),
        Piece::Dropped(words) => format!("[-{}-]", one_line(&words)),
        Piece::Added(words) => format!("{{+{}+}}", one_line(&words)),
    });
    pieces.collect::<Vec<_>>().join(" ")
}

impl Line for ClaimRow {
    const HEAD: &'static [Column] = &[
        column("claim", 19),
        column("speaker", 20),
        wide("words"),
        column("status", 13).from(100),
        column("prints", 8),
        column("wordings", 10).from(80),
        column("first", 12).from(70),
        column("last", 12).from(90),
    ];
    const STYLE: TableStyle = RULED;

    fn line(&self) -> Vec<Cell> {
        vec![
            Cell::new(self.id),
            words(self.speaker.as_deref().unwrap_or("–"), 80).add_attribute(Attribute::Bold),
            words(&self.text, 280),
            Cell::new(self.status.as_str()),
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
