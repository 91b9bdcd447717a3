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
pub struct Rows<W: Write, R> {
    out: Out<W>,
    count: u64,
    row: PhantomData<fn(&R)>,
}

/// Where rows go.
#[derive(Debug)]
enum Out<W: Write> {
    Csv(Box<csv::Writer<W>>),
    Json(W),
    Jsonl(W),
}

/// Bytes of CSV that are collected before they are written.
const BUFFER: usize = 64 << 10;

impl<W: Write, R: Row> Rows<W, R> {
    /// Writes what stands before the first row.
    ///
    /// # Errors
    /// As `out` fails.
    pub fn new(format: Format, mut out: W) -> io::Result<Self> {
        let out = match format {
            Format::Csv => Out::Csv(Box::new(csv_writer::<W, R>(out)?)),
            Format::Json => {
                out.write_all(b"[")?;
                Out::Json(out)
            }
            Format::Jsonl => Out::Jsonl(out),
        };
        Ok(Self { out, count: 0, row: PhantomData })
    }

    /// Writes one row.
    ///
    /// # Errors
    /// As `out` fails.
    pub fn write(&mut self, row: &R) -> io::Result<()> {
        self.count += 1;
        match &mut self.out {
            Out::Csv(out) => write_cells(out, row),
            Out::Json(out) => {
                out.write_all(if self.count == 1 { b"\n" } else { b",\n" })?;
                Ok(serde_json::to_writer(out, &Object(row))?)
            }
            Out::Jsonl(out) => {
                serde_json::to_writer(&mut *out, &Object(row))?;
                out.write_all(b"\n")
            }
        }
    }

    /// Writes what stands after the last row and gives `W` back, flushed.
    ///
    /// # Errors
    /// As `out` fails.
    pub fn finish(self) -> io::Result<W> {
        let mut out = match self.out {
            Out::Csv(out) => out.into_inner().map_err(|error| error.into_error())?,
            Out::Json(mut out) => {
                out.write_all(if self.count == 0 { b"]\n" } else { b"\n]\n" })?;
                out
            }
            Out::Jsonl(out) => out,
        };
        out.flush()?;
        Ok(out)
    }
}

/// Lines end as RFC 4180 wants it.
fn csv_writer<W: Write, R: Row>(out: W) -> io::Result<csv::Writer<W>> {
    let mut builder = csv::WriterBuilder::new();
    let mut out = builder.terminator(csv::Terminator::CRLF).buffer_capacity(BUFFER).from_writer(out);
    out.write_record(R::COLUMNS)?;
    Ok(out)
}

fn write_cells<W: Write>(out: &mut csv::Writer<W>, row: &impl Row) -> io::Result<()> {
    for cell in row.cells() {
        out.write_field(written(&cell).as_bytes())?;
    }
    Ok(out.write_record(None::<&[u8]>)?)
}
