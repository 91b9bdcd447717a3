//! Writes rows one after another in the format asked for, holding none of them.

use crate::export::Row;
use crate::export::csv::written;
use crate::export::json::Object;
use std::io::{self, Write};
use std::marker::PhantomData;

/// How rows are written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Format {
    /// RFC 4180, with a line of column names.
    Csv,
    /// One array of objects.
    Json,
    /// One object a line.
    Jsonl,
}

/// Rows of one kind on their way into `W`.
///
/// ```
/// use onrecord::export::stream::{Format, Rows};
/// use onrecord::query::quotes::QuoteRow;
///
/// let rows: Rows<_, QuoteRow> = Rows::new(Format::Json, Vec::new())?;
/// assert_eq!(rows.finish()?, b"[]\n");
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Debug)]
pub struct Rows<W, R> {
    format: Format,
    out: W,
    count: u64,
    row: PhantomData<fn(&R)>,
}

impl<W: Write, R: Row> Rows<W, R> {
    /// Writes what stands before the first row.
    ///
    /// # Errors
    /// As `out` fails.
    pub fn new(format: Format, mut out: W) -> io::Result<Self> {
        match format {
            Format::Csv => write_record(&mut out, R::COLUMNS.iter())?,
            Format::Json => out.write_all(b"[")?,
            Format::Jsonl => {}
        }
        Ok(Self { format, out, count: 0, row: PhantomData })
    }

    /// Writes one row.
    ///
    /// # Errors
    /// As `out` fails.
    pub fn write(&mut self, row: &R) -> io::Result<()> {
        self.count += 1;
        match self.format {
            Format::Csv => {
                write_record(&mut self.out, row.cells().iter().map(written).map(|cell| cell.into_owned()))
            }
            Format::Json => {
                self.out.write_all(if self.count == 1 { b"\n" } else { b",\n" })?;
                Ok(serde_json::to_writer(&mut self.out, &Object(row))?)
            }
            Format::Jsonl => {
                serde_json::to_writer(&mut self.out, &Object(row))?;
                self.out.write_all(b"\n")
            }
        }
    }

    /// Writes what stands after the last row and gives `W` back, flushed.
    ///
    /// # Errors
    /// As `out` fails.
    pub fn finish(mut self) -> io::Result<W> {
        if self.format == Format::Json {
            self.out.write_all(if self.count == 0 { b"]\n" } else { b"\n]\n" })?;
        }
        self.out.flush()?;
        Ok(self.out)
    }
}

/// Writes one line of CSV, ended as RFC 4180 wants it.
fn write_record<C: AsRef<[u8]>>(out: &mut impl Write, cells: impl Iterator<Item = C>) -> io::Result<()> {
    let mut line = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    line.write_record(cells)?;
    let line = line.into_inner().map_err(|error| error.into_error())?;
    out.write_all(&line)
}
