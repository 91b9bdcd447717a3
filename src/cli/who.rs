//! `onrecord speakers merge | split | alias | show | suggest`: who is who.

use crate::cli::Global;
use crate::cli::aliases;
use crate::cli::listing::Listing;
use crate::cli::outcome::{Outcome, Usage};
use crate::cli::patience::Patience;
use crate::cli::reviewer::By;
use crate::cli::show::found;
use crate::cli::table::{Column, Line, column, wide, words};
use crate::cli::tally::counted;
use crate::cli::values::named;
use crate::cli::visible::one_line;
use crate::lexicon::sounds::Sounds;
use crate::model::EntityKind;
use crate::query::Reader;
use crate::query::profile::ProfileRow;
use crate::query::speakers::SpeakerId;
use crate::query::suggestions::SuggestionRow;
use crate::store::Store;
use crate::store::corrections::Part;
use clap::Subcommand;
use comfy_table::{Cell, CellAlignment};

#[derive(Debug, Subcommand)]
pub enum Who {
    /// Say that two speakers are one person, under the name of the first
    #[command(after_help = MERGE)]
    Merge(MergeArgs),
    /// Say that a name is somebody else's in one outlet, in one role or in one article, now and later
    #[command(after_help = SPLIT)]
    Split(SplitArgs),
    /// Say that a name is a person's, now and later; without names, list what was said
    #[command(after_help = aliases::EXAMPLES)]
    Alias(aliases::Args),
    /// Show a person: names, roles over time, outlets, years, what was repeated most
    #[command(after_help = SHOW)]
    Show(ShowArgs),
    /// Suggest which names are one person's, and which are several people's
    #[command(after_help = SUGGEST)]
    Suggest(SuggestArgs),
}

/// Which of the speakers of a name.
#[derive(Clone, Debug, clap::Args)]
pub struct Kind {
    /// What the speaker is, where several kinds have the name
    #[arg(long, value_name = "KIND",
          value_parser = named::<EntityKind>(EntityKind::ALL.iter().map(|kind| kind.as_str())))]
    pub kind: Option<EntityKind>,
}

#[derive(Debug, clap::Args)]
pub struct MergeArgs {
    /// The name that the person keeps
    #[arg(value_name = "NAME")]
    pub name: String,
    /// The other name
    #[arg(value_name = "OTHER")]
    pub other: String,
    #[command(flatten)]
    pub kind: Kind,
    #[command(flatten)]
    pub by: By,
    #[command(flatten)]
    pub patience: Patience,
}

const MERGE: &str = "\
Examples:
  onrecord speakers merge 'Ana Solís' 'A. Solis'

`onrecord quotes --speaker` then finds both under either name. Each quote keeps the name that its
article prints (`named`). `onrecord undo` parts them again.";

#[derive(Debug, clap::Args)]
#[command(group(clap::ArgGroup::new("part").required(true).args(["outlet", "role", "article"])))]
pub struct SplitArgs {
    /// The name that two people have
    #[arg(value_name = "NAME")]
    pub name: String,
    /// In outlets with these words in their name it is the other
    #[arg(long, value_name = "WORDS")]
    pub outlet: Option<String>,
    /// With these words in the role it is the other
    #[arg(long, value_name = "WORDS")]
    pub role: Option<String>,
    /// In this article it is the other: its id, its key, or a part of its key or title
    #[arg(long, value_name = "ARTICLE")]
    pub article: Option<String>,
    #[command(flatten)]
    pub kind: Kind,
    #[command(flatten)]
    pub by: By,
    #[command(flatten)]
    pub patience: Patience,
}

const SPLIT: &str = "\
Examples:
  onrecord speakers split 'Ann Reyes' --role midfielder
  onrecord speakers split 'Ann Reyes' --outlet 'Sports Echo'

The other is listed as «Ann Reyes (midfielder)». The rule holds for later articles, too; of several
rules the one that was made last counts. `onrecord undo` takes it back.";

#[derive(Debug, clap::Args)]
pub struct ShowArgs {
    /// The person's name, or words of it
    #[arg(value_name = "NAME")]
    pub name: String,
    #[command(flatten)]
    pub kind: Kind,
    #[command(flatten)]
    pub listing: Listing,
}

const SHOW: &str = "\
Examples:
  onrecord speakers show 'Ann Reyes'
  onrecord speakers show 'Ann Reyes' --format json";

#[derive(Debug, clap::Args)]
pub struct SuggestArgs {
    #[command(flatten)]
    pub listing: Listing,
}

const SUGGEST: &str = "\
Examples:
  onrecord speakers suggest
  onrecord speakers suggest --format csv > suggestions.csv

Nothing is merged before a person says so: with `merge` and `split`, or in `onrecord review
--speakers`, where a suggestion can also be refused, and is not made again.";

pub fn run(who: &Who, global: &Global) -> anyhow::Result<Outcome> {
    match who {
        Who::Merge(args) => merge(args, global),
        Who::Split(args) => split(args, global),
        Who::Alias(args) => aliases::run(args, global),
        Who::Show(args) => show(args, global),
        Who::Suggest(args) => suggest(args, global),
    }
}

fn merge(args: &MergeArgs, global: &Global) -> anyhow::Result<Outcome> {
    let by = args.by.reviewer()?;
    let reader = Reader::open(&global.db)?;
    let (person, other) =
        (one(&reader, &args.name, args.kind.kind)?, one(&reader, &args.other, args.kind.kind)?);
    drop(reader);
    let mut store = Store::open_existing(&global.db, args.patience.time())?;
    let id = store.merge_speakers(person.0, other.0, &by)?;
    say!("correction {id} made; `onrecord undo {id}` takes it back");
    Ok(Outcome::Done)
}

fn split(args: &SplitArgs, global: &Global) -> anyhow::Result<Outcome> {
    let by = args.by.reviewer()?;
    let reader = Reader::open(&global.db)?;
    let speaker = one(&reader, &args.name, args.kind.kind)?;
    let part = match (&args.outlet, &args.role, &args.article) {
        (Some(words), ..) => Part::Outlet(words.clone()),
        (_, Some(words), _) => Part::Role(words.clone()),
        (.., article) => Part::Article(found(&reader, article.as_deref().unwrap_or_default())?.key),
    };
    drop(reader);
    let mut store = Store::open_existing(&global.db, args.patience.time())?;
    let (id, moved) = store.split_speaker(speaker.0, &part, &by)?;
    let versions = counted(moved, "article version");
    say!("correction {id} made: it is so in {versions}; `onrecord undo {id}` takes it back");
    Ok(Outcome::Done)
}

fn show(args: &ShowArgs, global: &Global) -> anyhow::Result<Outcome> {
    let reader = Reader::open(&global.db)?;
    let speaker = one(&reader, &args.name, args.kind.kind)?;
    let person = reader.persons(&[speaker])?.first().copied().unwrap_or(speaker);
    say!("{}", one_line(&reader.speaker_name(person)?.0));
    args.listing
        .print("statements", |each| cut(args.listing.fetch(), each, |each| reader.profile(person, each)))?;
    Ok(Outcome::Done)
}

fn suggest(args: &SuggestArgs, global: &Global) -> anyhow::Result<Outcome> {
    let reader = Reader::open(&global.db)?;
    let rows = reader.suggestions(&Sounds::load()?)?;
    args.listing.print("suggestions", |each| {
        cut(args.listing.fetch(), each, |each| {
            let count = rows.len() as u64;
            rows.into_iter().try_for_each(each).map(|()| count)
        })
    })?;
    Ok(Outcome::Done)
}

/// Passes on so many rows.
fn cut<R>(
    limit: Option<u64>,
    each: &mut dyn FnMut(R) -> crate::error::Result<()>,
    list: impl FnOnce(&mut dyn FnMut(R) -> crate::error::Result<()>) -> crate::error::Result<u64>,
) -> crate::error::Result<u64> {
    let mut left = limit.unwrap_or(u64::MAX);
    list(&mut |row| {
        if left == 0 {
            return Ok(());
        }
        left -= 1;
        each(row)
    })
}

/// So many of the speakers that a name may mean are named.
const NAMED: usize = 8;

/// The one speaker of that name; where none has it, the one person of whose name these are words.
pub fn one(reader: &Reader, typed: &str, kind: Option<EntityKind>) -> anyhow::Result<SpeakerId> {
    let of_kind = |ids: Vec<SpeakerId>| -> anyhow::Result<Vec<(SpeakerId, String)>> {
        let mut found = Vec::new();
        for id in ids {
            let (name, its) = reader.speaker_name(id)?;
            if kind.is_none_or(|kind| kind == its) {
                found.push((id, format!("{} ({its})", one_line(&name))));
            }
        }
        Ok(found)
    };
    let mut found = of_kind(reader.speakers_named(typed)?)?;
    if found.is_empty() {
        found = of_kind(reader.match_speakers(typed)?)?;
    }
    let typed = one_line(typed);
    match found.len() {
        1 => Ok(found[0].0),
        0 => {
            let near: Vec<String> =
                reader.suggest_speakers(&typed, 3)?.iter().map(|name| one_line(name)).collect();
            let hint = match near.is_empty() {
                true => "`onrecord speakers` lists them".to_owned(),
                false => format!("did you mean {}?", near.join(", ")),
            };
            Err(Usage(format!("no speaker is named «{typed}»; {hint}")).into())
        }
        count => {
            let names: Vec<String> = found.into_iter().take(NAMED).map(|(_, name)| name).collect();
            let more = if count > NAMED { ", …" } else { "" };
            let reason = format!(
                "«{typed}» matches {count} speakers: {}{more}; write the whole name, or add --kind",
                names.join(", ")
            );
            Err(Usage(reason).into())
        }
    }
}

impl Line for ProfileRow {
    const HEAD: &'static [Column] = &[
        column("what", 10),
        wide("value"),
        column("quotes", 8),
        column("from", 12).from(60),
        column("to", 12).from(60),
    ];

    fn line(&self) -> Vec<Cell> {
        vec![
            Cell::new(self.what),
            words(&self.value, 200),
            Cell::new(self.quotes).set_alignment(CellAlignment::Right),
            Cell::new(self.first.as_deref().unwrap_or("–")),
            Cell::new(self.last.as_deref().unwrap_or("–")),
        ]
    }
}

impl Line for SuggestionRow {
    const HEAD: &'static [Column] = &[
        column("what", 7),
        column("name", 28),
        column("other", 28),
        column("articles", 10).from(80),
        wide("why"),
    ];

    fn line(&self) -> Vec<Cell> {
        let other = self.other.as_ref().map_or("–", |(_, name)| name);
        vec![
            Cell::new(self.what),
            words(&self.name, 60),
            words(other, 60),
            Cell::new(self.articles).set_alignment(CellAlignment::Right),
            words(&self.why, 200),
        ]
    }
}
