//! Prints what a query finds, as a table for eyes or in a format for programs.

use crate::cli::outcome::STDOUT;
use crate::cli::table::{self, Line};
use crate::cli::values::limit;
use crate::error::{Error, Result};
use crate::export::Row;
use crate::export::stream::{self, Rows};
use clap::ValueEnum;
use std::io::{BufWriter, stdout};

/// How a listing is printed, and how much of it.
#[derive(Clone, Copy, Debug, clap::Args)]
pub struct Listing {
    /// How to print
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub format: Format,
    /// Print at most N, all with 0; a table stops at 100 unless said
    #[arg(long, value_name = "N", value_parser = limit, allow_negative_numbers = true)]
    pub limit: Option<u64>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, ValueEnum)]
pub enum Format {
    /// For reading, fitted to the terminal; long quotes are shortened
    #[default]
    Table,
    /// For spreadsheets; a cell that could be taken for a formula has a ' before it
    Csv,
    /// One array of objects
    Json,
    /// One object a line
    Jsonl,
}

/// Rows of a table, unless a limit is asked for.
const TABLE_ROWS: u64 = 100;

impl Listing {
    /// How many rows to ask the database for: one more than are printed of a table that nobody
    /// limited, to know whether there are more.
    pub fn fetch(&self) -> Option<u64> {
        let most = if self.format == Format::Table { Some(TABLE_ROWS + 1) } else { None };
        self.limit.map_or(most, |limit| (limit > 0).then_some(limit))
    }

    /// Prints the rows that `list` gives one by one; `nouns` names them when there are none.
    ///
    /// # Errors
    /// As `list` or standard output fails.
    pub fn print<R: Row + Line>(
        &self,
        nouns: &str,
        list: impl FnOnce(&mut dyn FnMut(R) -> Result<()>) -> Result<u64>,
    ) -> anyhow::Result<()> {
        match self.format {
            Format::Table => self.table(nouns, list),
            Format::Csv => rows(stream::Format::Csv, list),
            Format::Json => rows(stream::Format::Json, list),
            Format::Jsonl => rows(stream::Format::Jsonl, list),
        }
    }

    fn table<R: Line>(
        &self,
        nouns: &str,
        list: impl FnOnce(&mut dyn FnMut(R) -> Result<()>) -> Result<u64>,
    ) -> anyhow::Result<()> {
        let mut lines = Vec::new();
        list(&mut |row| {
            lines.push(row);
            Ok(())
        })?;
        if lines.is_empty() {
            say!("no {nouns} found");
            return Ok(());
        }
        let has_more = self.limit.is_none() && lines.len() as u64 > TABLE_ROWS;
        if has_more {
            lines.truncate(TABLE_ROWS as usize);
        }
        table::print(&lines).map_err(Error::io(STDOUT))?;
        if has_more {
            say!("these are the first {TABLE_ROWS} {nouns}; --limit N prints more, --format csv all of them");
        }
        Ok(())
    }
}

fn rows<R: Row>(
    format: stream::Format,
    list: impl FnOnce(&mut dyn FnMut(R) -> Result<()>) -> Result<u64>,
) -> anyhow::Result<()> {
    let mut rows = Rows::new(format, BufWriter::new(stdout().lock())).map_err(Error::io(STDOUT))?;
    list(&mut |row| rows.write(&row).map_err(Error::io(STDOUT)))?;
    rows.finish().map_err(Error::io(STDOUT))?;
    Ok(())
}
