//! `onrecord speakers`: lists speakers.

use crate::cli::listing::Listing;
use crate::cli::outcome::Outcome;
use crate::cli::quote_filter;
use crate::cli::table::{Column, Line, column, wide, words};
use crate::cli::values::named;
use crate::cli::who::Who;
use crate::cli::{Global, who};
use crate::model::EntityKind;
use crate::query::Reader;
use crate::query::speakers::{SpeakerFilter, SpeakerRow};
use comfy_table::{Attribute, Cell, CellAlignment};

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES, args_conflicts_with_subcommands = true, disable_help_subcommand = true)]
pub struct Args {
    #[command(subcommand)]
    pub who: Option<Who>,
    /// Words of a name or alias; case and accents make no difference
    #[arg(value_name = "NAME")]
    pub name: Option<String>,
    /// Speakers of one kind
    #[arg(long, value_name = "KIND",
          value_parser = named::<EntityKind>(EntityKind::ALL.iter().map(|kind| kind.as_str())))]
    pub kind: Option<EntityKind>,
    #[command(flatten)]
    pub listing: Listing,
}

const EXAMPLES: &str = "\
Examples:
  onrecord speakers                            those with the most quotes first
  onrecord speakers reyes                      everyone of that name, with roles and aliases
  onrecord speakers --kind person --limit 20
  onrecord speakers show 'Ann Reyes'           names, roles over time, outlets, what was repeated most
  onrecord speakers merge 'Ana Solís' 'A. Solis'

The words merge, split, alias, show and suggest are commands; a speaker of such a name is found by a
longer one.";

pub fn run(args: &Args, global: &Global) -> anyhow::Result<Outcome> {
    if let Some(who) = &args.who {
        return who::run(who, global);
    }
    let reader = Reader::open(&global.db)?;
    let speakers = args.name.as_deref().map(|typed| quote_filter::speakers(&reader, typed)).transpose()?;
    let filter = SpeakerFilter { speakers, kind: args.kind, limit: args.listing.fetch() };
    args.listing.print("speakers", |each| reader.speakers(&filter, each))?;
    Ok(Outcome::Done)
}

impl Line for SpeakerRow {
    const HEAD: &'static [Column] = &[
        column("speaker", 30),
        column("kind", 14).from(70),
        column("quotes", 8),
        column("articles", 10).from(80),
        column("from", 12).from(90),
        column("to", 12).from(90),
        wide("roles; also called").from(50),
    ];

    fn line(&self) -> Vec<Cell> {
        let also = |names: &[String]| names.iter().take(3).cloned().collect::<Vec<_>>().join(", ");
        let more = [also(&self.roles), also(&self.aliases)];
        let more: Vec<&str> = more.iter().map(String::as_str).filter(|names| !names.is_empty()).collect();
        vec![
            words(&self.name, 80).add_attribute(Attribute::Bold),
            Cell::new(self.kind),
            Cell::new(self.quotes).set_alignment(CellAlignment::Right),
            Cell::new(self.articles).set_alignment(CellAlignment::Right),
            Cell::new(self.first.as_deref().unwrap_or("–")),
            Cell::new(self.last.as_deref().unwrap_or("–")),
            words(&more.join("; "), 200),
        ]
    }
}
