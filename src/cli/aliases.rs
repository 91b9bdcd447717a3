//! `onrecord speakers alias`: names of persons, one by one or from a CSV file.

use crate::cli::Global;
use crate::cli::listing::{Format, Listing};
use crate::cli::outcome::{Outcome, Usage};
use crate::cli::patience::Patience;
use crate::cli::reviewer::By;
use crate::cli::table::{Column, Line, column, wide, words};
use crate::cli::tally::counted;
use crate::cli::values::named;
use crate::cli::visible::whole_line;
use crate::error::Error;
use crate::export::csv::restore;
use crate::model::EntityKind;
use crate::query::Reader;
use crate::query::aliases::AliasRow;
use crate::store::Store;
use crate::store::corrections::Alias;
use comfy_table::Cell;
use csv::StringRecord;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

#[derive(Debug, clap::Args)]
pub struct Args {
    /// The person's name
    #[arg(value_name = "NAME", conflicts_with_all = ["import", "export"])]
    pub name: Option<String>,
    /// Another name of the person, met already or not
    #[arg(value_name = "OTHER", conflicts_with_all = ["import", "export"])]
    pub other: Option<String>,
    /// What the speaker is
    #[arg(long, value_name = "KIND", default_value = "person",
          value_parser = named::<EntityKind>(EntityKind::ALL.iter().map(|kind| kind.as_str())))]
    pub kind: EntityKind,
    /// The person's id in Wikidata, such as Q42
    #[arg(long, value_name = "ID", requires = "name")]
    pub wikidata: Option<String>,
    /// Take all names of a CSV file with the columns name, alias, kind and wikidata; the last two may be missing
    #[arg(long, value_name = "FILE", conflicts_with = "export")]
    pub import: Option<PathBuf>,
    /// Print what was said as such a file
    #[arg(long)]
    pub export: bool,
    #[command(flatten)]
    pub by: By,
    #[command(flatten)]
    pub patience: Patience,
    #[command(flatten)]
    pub listing: Listing,
}

pub const EXAMPLES: &str = "\
Examples:
  onrecord speakers alias 'Ana Solís' 'Ana Solís-Reyes'
  onrecord speakers alias 'Ana Solís' --wikidata Q42
  onrecord speakers alias --import names.csv          all of them, or none when one is wrong
  onrecord speakers alias --export > names.csv

Whoever is called so in an article, now or later, is that person. Whoever imports a file answers for
it: the log has each name under their name.";

/// Bytes and rows of a file at most: nobody can have looked at more.
const LARGEST: u64 = 64 << 20;
const MOST: usize = 1_000_000;

pub fn run(args: &Args, global: &Global) -> anyhow::Result<Outcome> {
    if let Some(path) = &args.import {
        return import(args, path, global);
    }
    let Some(name) = &args.name else { return list(args, global) };
    if args.other.is_none() && args.wikidata.is_none() {
        let reason = "say which other name is theirs, or which --wikidata id";
        return Err(Usage(reason.to_owned()).into());
    }
    let by = args.by.reviewer()?;
    let alias = Alias {
        name: name.clone(),
        alias: args.other.clone(),
        kind: args.kind,
        wikidata: args.wikidata.clone(),
    };
    let mut store = Store::open_existing(&global.db, args.patience.time())?;
    match store.alias(&alias, &by)? {
        Some(id) => say!("correction {id} made; `onrecord undo {id}` takes it back"),
        None => say!("that was said already"),
    }
    Ok(Outcome::Done)
}

fn list(args: &Args, global: &Global) -> anyhow::Result<Outcome> {
    let reader = Reader::open(&global.db)?;
    let mut listing = args.listing;
    if args.export {
        listing.format = Format::Csv;
    }
    listing.print("aliases", |each| reader.aliases(listing.fetch(), each))?;
    Ok(Outcome::Done)
}

fn import(args: &Args, path: &Path, global: &Global) -> anyhow::Result<Outcome> {
    let by = args.by.reviewer()?;
    let aliases = read(path)?;
    let mut store = Store::open_existing(&global.db, args.patience.time())?;
    let new = store.aliases(&aliases, &by)?;
    say!("{} read, {new} of them new", counted(aliases.len() as u64, "name"));
    Ok(Outcome::Done)
}

/// The aliases of a file; a row that can't be understood is told with its line.
fn read(path: &Path) -> anyhow::Result<Vec<Alias>> {
    let shown = whole_line(&path.to_string_lossy());
    let wrong =
        |line: u64, reason: &str| Usage(format!("{shown}, line {line}: {reason}; nothing was taken from it"));
    let file = File::open(path).map_err(Error::io(path))?;
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(file.take(LARGEST));
    let unreadable =
        |error: csv::Error| wrong(error.position().map_or(1, csv::Position::line), "this is no CSV in UTF-8");
    let header = reader.headers().map_err(unreadable)?.clone();
    let column =
        |name: &str| header.iter().position(|cell| cell.trim_start_matches('\u{feff}').trim() == name);
    let (Some(name), Some(alias)) = (column("name"), column("alias")) else {
        return Err(
            wrong(1, "the columns name and alias are needed, and kind and wikidata can be there").into()
        );
    };
    let columns = [Some(name), Some(alias), column("kind"), column("wikidata")];
    let mut aliases = Vec::new();
    for record in reader.records() {
        let record = record.map_err(unreadable)?;
        let line = record.position().map_or(0, csv::Position::line);
        aliases.push(row(&record, columns).map_err(|reason| wrong(line, reason))?);
        if aliases.len() > MOST {
            return Err(wrong(line, "a file of so many names can't have been looked at by anybody").into());
        }
    }
    if reader.into_inner().limit() == 0 {
        return Err(wrong(0, "the file is too large").into());
    }
    Ok(aliases)
}

/// A row with its name, alias, kind and id in Wikidata; or what is wrong with it.
fn row(record: &StringRecord, columns: [Option<usize>; 4]) -> Result<Alias, &'static str> {
    let [name, alias, kind, wikidata] = columns.map(|column| {
        let cell = restore(record.get(column?)?).trim();
        (!cell.is_empty()).then(|| cell.to_owned())
    });
    let kind = kind.map_or(Ok(EntityKind::Person), |kind| kind.parse());
    let kind = kind.map_err(|_| "kind is person, organisation, group or document")?;
    if alias.is_none() && wikidata.is_none() {
        return Err("there is neither an alias nor an id of Wikidata");
    }
    Ok(Alias { name: name.ok_or("the name is empty")?, alias, kind, wikidata })
}

impl Line for AliasRow {
    const HEAD: &'static [Column] =
        &[wide("name"), wide("alias"), column("kind", 14), column("wikidata", 14)];

    fn line(&self) -> Vec<Cell> {
        vec![
            words(&self.name, 80),
            words(self.alias.as_deref().unwrap_or("–"), 80),
            Cell::new(self.kind),
            Cell::new(self.wikidata.as_deref().unwrap_or("–")),
        ]
    }
}
