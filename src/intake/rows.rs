//! Tables (CSV): an article a row, under a line of column names.

use crate::intake::Parts;
use crate::intake::dates;
use crate::intake::encoding::decode;
use crate::intake::headers::{Header, UNREAD_DATE, set_extra};
use crate::intake::limits::Limits;
use crate::intake::lines::{Line, next_line};
use crate::intake::mapping::{ArticleField, Mapping};
use crate::intake::streams::Peeked;
use crate::lexicon::intake::{HeaderField, IntakeWords};
use crate::model::Markup;
use csv::{ByteRecord, ReaderBuilder};
use std::io;

/// The columns of a table.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Columns {
    delimiter: u8,
    /// Names as they are written, with the field that each holds.
    names: Vec<(String, Option<ArticleField>)>,
}

impl Columns {
    /// Reads the line of column names; what stands most often between them, `,`, `;` or a tab, is what divides cells.
    ///
    /// A column is known by the name that `mapping` gives for a field, else by the field's own name or a label that
    /// header lines may have.
    ///
    /// # Errors
    /// When no column holds the text.
    pub fn read(line: &[u8], mapping: Option<&Mapping>, words: &IntakeWords) -> Result<Self, String> {
        let count = |delimiter: u8| line.iter().filter(|&&byte| byte == delimiter).count();
        let delimiter = *b",;\t".iter().rev().max_by_key(|&&delimiter| count(delimiter)).unwrap_or(&b',');
        let line = decode(line.to_vec(), &words.signatures)?;
        let cells = cells(line.as_bytes(), delimiter).unwrap_or_default();
        let mut names: Vec<(String, Option<ArticleField>)> = Vec::new();
        for cell in &cells {
            let name = String::from_utf8_lossy(cell).trim().to_owned();
            let field = field(&name, mapping, words);
            let is_new = !names.iter().any(|(_, other)| *other == field);
            names.push((name, field.filter(|_| is_new)));
        }
        if names.iter().any(|(_, field)| *field == Some(ArticleField::Text)) {
            return Ok(Self { delimiter, names });
        }
        let wanted = mapping.and_then(|mapping| mapping.name(ArticleField::Text)).unwrap_or("text");
        let there = names.iter().map(|(name, _)| name.as_str()).take(20).collect::<Vec<_>>().join(", ");
        Err(format!(
            "has no column «{wanted}» with the text; say which holds it, as in --map text=NAME; there are: {there}"
        ))
    }

    /// Whether more than one column is known: else a line of text may only look like column names.
    pub fn is_table(&self) -> bool {
        self.names.iter().filter(|(_, field)| field.is_some()).count() > 1
    }

    pub(crate) fn count(&self) -> usize {
        self.names.len()
    }
}

fn field(name: &str, mapping: Option<&Mapping>, words: &IntakeWords) -> Option<ArticleField> {
    let is_mapped = |field: &&ArticleField| mapping.and_then(|mapping| mapping.name(**field)) == Some(name);
    if let Some(&field) = ArticleField::ALL.iter().find(is_mapped) {
        return Some(field);
    }
    let name = name.to_lowercase().replace('_', " ");
    let own = name.parse::<ArticleField>().ok().or_else(|| match words.labels.get(name.as_str())? {
        HeaderField::Id => Some(ArticleField::Id),
        HeaderField::Title => Some(ArticleField::Title),
        HeaderField::Url => Some(ArticleField::Url),
        HeaderField::Outlet => Some(ArticleField::Outlet),
        HeaderField::Byline => Some(ArticleField::Byline),
        HeaderField::Published => Some(ArticleField::Published),
        HeaderField::Language => Some(ArticleField::Language),
        HeaderField::Other => None,
    });
    own.filter(|&own| mapping.and_then(|mapping| mapping.name(own)).is_none())
}

/// Reads a row as an article; other columns are kept in `extra`.
///
/// # Errors
/// Why it can't be read as text.
pub fn parts(row: Vec<u8>, columns: &Columns, words: &IntakeWords) -> Result<Parts, String> {
    let row = decode(row, &[])?;
    let cells = cells(row.as_bytes(), columns.delimiter).ok_or("is no row of a table")?;
    let (mut header, mut body) = (Header::default(), String::new());
    for ((name, field), cell) in columns.names.iter().zip(&cells) {
        let value = String::from_utf8_lossy(cell);
        if *field == Some(ArticleField::Text) {
            body = value.into_owned();
        } else if !value.trim().is_empty() {
            set(&mut header, name, *field, value.trim(), words);
        }
    }
    Ok(Parts { header, markup: Markup::Plain, body })
}

fn set(header: &mut Header, name: &str, field: Option<ArticleField>, value: &str, words: &IntakeWords) {
    let place = match field {
        Some(ArticleField::Id) => &mut header.id,
        Some(ArticleField::Title) => &mut header.title,
        Some(ArticleField::Url) => &mut header.url,
        Some(ArticleField::Outlet) => &mut header.outlet,
        Some(ArticleField::Byline) => &mut header.byline,
        Some(ArticleField::Language) if header.set_language(value, words) => return,
        Some(ArticleField::Published) => {
            header.published = dates::date(value, words);
            if header.published.is_none() {
                header.extra.insert(UNREAD_DATE.to_owned(), value.into());
            }
            return;
        }
        _ => return set_extra(&mut header.extra, name.to_owned(), value.into()),
    };
    *place = Some(value.to_owned());
}

fn cells(row: &[u8], delimiter: u8) -> Option<ByteRecord> {
    let mut reader =
        ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(row);
    let mut record = ByteRecord::new();
    reader.read_byte_record(&mut record).ok()?.then_some(record)
}

/// The rows of a table, one after the other.
///
/// The csv crate reads a row however long it is: a quotation mark that is never closed would take the rest of the file
/// into memory. Rows are divided here, and each is read by that crate.
pub(crate) struct Rows<'s, 'p> {
    pub stream: &'s mut Peeked<'p>,
    pub delimiter: u8,
    /// Cells in a row.
    pub cells: usize,
    pub limits: Limits,
    /// Lines read so far.
    pub line: u64,
    /// Bytes read so far, and up to where rows of several lines have been tried from more than one line on.
    pub at: u64,
    pub tried: u64,
    pub tries: u32,
}

/// One row, or why there is none at this line.
pub(crate) struct Row {
    pub line: u64,
    pub bytes: Result<Vec<u8>, String>,
}

/// From so many lines a row is looked for in the same bytes, so that the time stays linear.
const MAX_TRIES: u32 = 8;

impl<'s, 'p> Rows<'s, 'p> {
    pub fn new(stream: &'s mut Peeked<'p>, columns: &Columns, limits: Limits) -> Self {
        Self {
            stream,
            delimiter: columns.delimiter,
            cells: columns.count(),
            limits,
            line: 1,
            at: 0,
            tried: 0,
            tries: 0,
        }
    }

    /// # Errors
    /// Those of the stream.
    pub fn next(&mut self) -> io::Result<Option<Row>> {
        loop {
            let Some(first) = self.take_line()? else { return Ok(None) };
            let line = self.line;
            match first {
                Line::Whole(first) if first.trim_ascii().is_empty() => {}
                Line::Whole(first) => return self.row(line, first).map(|bytes| Some(Row { line, bytes })),
                Line::TooLong => return Ok(Some(Row { line, bytes: Err(self.too_long()) })),
            }
        }
    }

    fn row(&mut self, line: u64, first: Vec<u8>) -> io::Result<Result<Vec<u8>, String>> {
        let first_length = first.len();
        let mut row = first;
        let mut length = Length::default();
        length.add(&row, self.delimiter);
        while length.at == At::Quoted {
            let is_worn_out = self.at < self.tried && self.tries >= MAX_TRIES;
            let next = if is_worn_out || row.len() > self.limits.article { None } else { self.take_line()? };
            match next {
                Some(Line::Whole(next)) => {
                    row.push(b'\n');
                    length.add(&next, self.delimiter);
                    row.extend(next);
                }
                Some(Line::TooLong) => return Ok(Err(self.too_long())),
                None => {
                    self.give_back(line, &row[first_length..]);
                    return Ok(Err(
                        "has a quotation mark that is never closed; double it or close it".to_owned()
                    ));
                }
            }
        }
        let (found, wanted) = (length.delimiters + 1, self.cells);
        // A mark that closes a cell in the middle of it opened another one, lines before.
        let is_crossed = length.is_odd && row.len() > first_length;
        if found == wanted && !is_crossed {
            return Ok(Ok(row));
        }
        self.give_back(line, &row[first_length..]);
        Ok(Err(if is_crossed {
            "has a quotation mark in the middle of a cell; double it".to_owned()
        } else {
            format!("has {found} cells where the first line has {wanted}; is a quotation mark missing?")
        }))
    }

    /// Goes on behind the first line of a row that is none.
    fn give_back(&mut self, line: u64, behind: &[u8]) {
        let Some(behind) = behind.strip_prefix(b"\n") else { return };
        if self.at > self.tried {
            (self.tried, self.tries) = (self.at, 0);
        }
        self.tries += 1;
        self.at = self.at.saturating_sub(behind.len() as u64 + 1);
        self.line = line;
        self.stream.put_back([behind, b"\n"].concat());
    }

    fn take_line(&mut self) -> io::Result<Option<Line>> {
        let line = next_line(self.stream, self.limits.article)?;
        if let Some(line) = &line {
            self.line += 1;
            self.at += if let Line::Whole(line) = line { line.len() as u64 + 1 } else { 0 };
        }
        Ok(line)
    }

    fn too_long(&self) -> String {
        format!(
            "longer than {}, too long for one article; is a quotation mark missing?",
            self.limits.longest()
        )
    }
}

/// How far a row has come.
#[derive(Default)]
struct Length {
    at: At,
    delimiters: usize,
    /// Whether words stood behind a closing mark.
    is_odd: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, Default)]
enum At {
    #[default]
    CellStart,
    Plain,
    Quoted,
    /// At a mark inside quotation marks: the end, or the first of two.
    Mark,
}

impl Length {
    fn add(&mut self, line: &[u8], delimiter: u8) {
        for &byte in line {
            self.at = match (self.at, byte) {
                (At::CellStart, b'"') | (At::Mark, b'"') => At::Quoted,
                (At::Quoted, b'"') => At::Mark,
                (At::Quoted, _) => At::Quoted,
                (_, byte) if byte == delimiter => {
                    self.delimiters += 1;
                    At::CellStart
                }
                (at, _) => {
                    self.is_odd |= at == At::Mark;
                    At::Plain
                }
            };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Columns, Row, Rows, parts};
    use crate::intake::limits::Limits;
    use crate::intake::mapping::Mapping;
    use crate::intake::streams::Peeked;
    use crate::lexicon::intake::IntakeWords;
    use std::io::BufReader;

    /// The rows under `header`, each with its line: its text, or why it is none.
    fn rows(header: &str, table: &str, limit: usize) -> Vec<(u64, Result<String, String>)> {
        let words = IntakeWords::load().unwrap();
        let columns = Columns::read(header.as_bytes(), None, &words).unwrap();
        let mut rest = BufReader::new(table.as_bytes());
        let mut stream = Peeked::new(&mut rest);
        let mut rows = Rows::new(&mut stream, &columns, Limits { article: limit, ..Limits::default() });
        let next = || rows.next().unwrap();
        let read =
            |Row { line, bytes }| (line, bytes.map(|bytes| parts(bytes, &columns, &words).unwrap().body));
        std::iter::from_fn(next).map(read).collect()
    }

    #[test]
    fn rows_may_have_lines_and_marks_in_them() {
        let table = "1,\"One,\n\ntwo \"\"three\"\"\"\r\n\n2,5\" pipes\n3,last";
        let read = |text: &str| Ok(text.to_owned());
        assert_eq!(
            rows("id,text", table, 99),
            [(2, read("One,\n\ntwo \"three\"")), (6, read("5\" pipes")), (7, read("last"))]
        );
        assert_eq!(rows("text;id", "a, b;1\n", 99), [(2, read("a, b"))]);
        assert_eq!(rows("text\tid", "a, b\t1\n", 99), [(2, read("a, b"))]);
    }

    #[test]
    fn a_mark_that_is_never_closed_costs_its_line() {
        let table = "1,\"open\n2,two\n3,three\n";
        let all = rows("id,text", table, 99);
        assert!(all[0].1.as_ref().unwrap_err().contains("never closed"), "{all:?}");
        assert_eq!(all[1..], [(3, Ok("two".to_owned())), (4, Ok("three".to_owned()))]);
        // The mark that opens the next row's text closes it too early.
        let all = rows("id,text", "1,\"open\n2,\"two\nlines\"\n3,three\n", 99);
        assert!(all[0].1.as_ref().unwrap_err().contains("middle of a cell"), "{all:?}");
        assert_eq!(all[1..], [(3, Ok("two\nlines".to_owned())), (5, Ok("three".to_owned()))]);
    }

    #[test]
    fn the_limit_holds_for_a_row_and_for_a_line() {
        let table = format!("1,\"open\n{}3,three\n4,{}\n5,five\n", "2,two\n".repeat(50), "x".repeat(200));
        let all = rows("id,text", &table, 99);
        assert_eq!(all.len(), 1 + 50 + 3, "{all:?}");
        assert_eq!(all.iter().filter(|(_, row)| row.is_err()).count(), 2);
        assert_eq!(all.last().unwrap().0, 55);
    }

    #[test]
    fn marks_that_open_on_every_line_are_not_tried_for_ever() {
        let table = "a\",b,\"c\n".repeat(20_000);
        let all = rows("text,b,c", &table, 1 << 20);
        assert_eq!(all.len(), 20_000);
    }

    #[test]
    fn columns_are_known_by_mapping_name_or_label() {
        let words = IntakeWords::load().unwrap();
        let mapping: Mapping = "text=body,published=when".parse().unwrap();
        let columns =
            Columns::read("Headline;when;body;source;text;mood".as_bytes(), Some(&mapping), &words).unwrap();
        let row = b"Bridge;2025-10-22;Shut.;Harbour Post;raw;grim".to_vec();
        let read = parts(row, &columns, &words).unwrap();
        assert_eq!(read.body, "Shut.");
        assert_eq!(read.header.title.as_deref(), Some("Bridge"));
        assert_eq!(read.header.published.unwrap().to_string(), "2025-10-22");
        assert_eq!(read.header.outlet.as_deref(), Some("Harbour Post"));
        assert_eq!(
            serde_json::to_string(&read.header.extra).unwrap(),
            r#"{"mood":"grim","text_as_written":"raw"}"#
        );
        let error = Columns::read(b"a,b", None, &words).unwrap_err();
        assert!(error.contains("no column «text»") && error.ends_with("a, b"), "{error}");
    }
}
