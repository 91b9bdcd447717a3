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
        self.out.write(row, self.count == 1)
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

impl<W: Write> Out<W> {
    fn write(&mut self, row: &impl Row, is_first: bool) -> io::Result<()> {
        match self {
            Self::Csv(out) => write_cells(out, row),
            Self::Json(out) => {
                out.write_all(if is_first { b"\n" } else { b",\n" })?;
                Ok(serde_json::to_writer(out, &Object(row))?)
            }
            Self::Jsonl(out) => {
                serde_json::to_writer(&mut *out, &Object(row))?;
                out.write_all(b"\n")
            }
        }
    }
}

/// Lines end as RFC 4180 wants it.
fn csv_builder() -> csv::WriterBuilder {
    let mut builder = csv::WriterBuilder::new();
    builder.terminator(csv::Terminator::CRLF).buffer_capacity(BUFFER);
    builder
}

/// A writer that has written the names of the columns.
fn csv_writer<W: Write, R: Row>(out: W) -> io::Result<csv::Writer<W>> {
    let mut out = csv_builder().from_writer(out);
    out.write_record(R::COLUMNS)?;
    Ok(out)
}

fn write_cells<W: Write>(out: &mut csv::Writer<W>, row: &impl Row) -> io::Result<()> {
    for cell in row.cells() {
        out.write_field(written(&cell).as_bytes())?;
    }
    Ok(out.write_record(None::<&[u8]>)?)
}

/// Rows as [`Rows`] writes them, but only those: what is before the first, between two lots and behind the last is
/// for [`Join`] to write.
pub struct Lot {
    out: Out<Vec<u8>>,
}

impl Lot {
    pub fn new(format: Format) -> Self {
        let out = match format {
            Format::Csv => Out::Csv(Box::new(csv_builder().from_writer(Vec::new()))),
            Format::Json => Out::Json(Vec::new()),
            Format::Jsonl => Out::Jsonl(Vec::new()),
        };
        Self { out }
    }

    /// Writes one row.
    ///
    /// # Errors
    /// Never, into memory.
    pub fn write(&mut self, row: &impl Row) -> io::Result<()> {
        let is_first = matches!(&self.out, Out::Json(out) if out.is_empty());
        self.out.write(row, is_first)
    }

    /// The bytes of all rows.
    ///
    /// # Errors
    /// Never, into memory.
    pub fn finish(self) -> io::Result<Vec<u8>> {
        match self.out {
            Out::Csv(out) => out.into_inner().map_err(|error| error.into_error()),
            Out::Json(out) | Out::Jsonl(out) => Ok(out),
        }
    }
}

/// Puts lots of rows together to what [`Rows`] would have written.
pub struct Join<W: Write> {
    format: Format,
    out: W,
    is_first: bool,
}

impl<W: Write> Join<W> {
    /// Writes what stands before the first row.
    ///
    /// # Errors
    /// As `out` fails.
    pub fn new<R: Row>(format: Format, mut out: W) -> io::Result<Self> {
        match format {
            Format::Csv => csv_writer::<&mut W, R>(&mut out)?.flush()?,
            Format::Json => out.write_all(b"[")?,
            Format::Jsonl => {}
        }
        Ok(Self { format, out, is_first: true })
    }

    /// Writes the next lot.
    ///
    /// # Errors
    /// As `out` fails.
    pub fn write(&mut self, lot: &[u8]) -> io::Result<()> {
        if lot.is_empty() {
            return Ok(());
        }
        if self.format == Format::Json && !self.is_first {
            self.out.write_all(b",")?;
        }
        self.is_first = false;
        self.out.write_all(lot)
    }

    /// Writes what stands behind the last row.
    ///
    /// # Errors
    /// As `out` fails.
    pub fn finish(mut self) -> io::Result<()> {
        if self.format == Format::Json {
            self.out.write_all(if self.is_first { b"]\n" } else { b"\n]\n" })?;
        }
        self.out.flush()
    }
}
