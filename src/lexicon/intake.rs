//! The tables that intake reads header lines, dates and file kinds with.

use crate::error::Result;
use crate::lexicon::table::{Row, rows};
use crate::named::named;
use std::collections::{BTreeMap, BTreeSet};
use std::str::FromStr;

/// What a header line or a front matter key tells.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum HeaderField {
    Id,
    Title,
    Url,
    Outlet,
    Byline,
    Published,
    Language,
    /// Nothing that onrecord has a place for; kept beside.
    Other,
}

impl FromStr for HeaderField {
    type Err = ();

    fn from_str(name: &str) -> std::result::Result<Self, ()> {
        Ok(match name {
            "id" => Self::Id,
            "title" => Self::Title,
            "url" => Self::Url,
            "outlet" => Self::Outlet,
            "byline" => Self::Byline,
            "published" => Self::Published,
            "language" => Self::Language,
            "other" => Self::Other,
            _ => return Err(()),
        })
    }
}

named! {
/// What a file or stream holds.
FileKind {
    Text = "text",
    Markdown = "markdown",
    /// A web page.
    Html = "html",
    /// RSS, Atom or JSON Feed.
    Feed = "feed",
    /// One message.
    Mail = "mail",
    /// A mailbox of messages.
    Mbox = "mbox",
    Pdf = "pdf",
    /// DOCX or ODT.
    Office = "office",
    /// One JSON object a line.
    Jsonl = "jsonl",
    /// Rows under a line of column names, apart by commas, semicolons or tabs.
    Csv = "csv",
    /// A web archive.
    Warc = "warc",
    Gzip = "gzip",
    Zstd = "zstd",
    Zip = "zip",
    Tar = "tar",
    /// XML that is neither page nor feed.
    Xml = "xml",
    /// Known, and not read.
    Foreign = "foreign",
}
}

named! {
/// How sure a header field makes that a file is e-mail.
MailWeight {
    /// Enough by itself.
    Sure = "sure",
    /// Two of these are enough.
    Likely = "likely",
}
}

/// A kind of file known by its first bytes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Signature {
    /// First bytes, ASCII letters in lower case.
    pub bytes: Vec<u8>,
    pub kind: FileKind,
    /// What such a file is: `a PDF`.
    pub what: &'static str,
    /// What to do with it: `save the article as plain text`.
    pub advice: &'static str,
}

/// Where the words stand that tell what is around the article on a page.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Furniture {
    /// In an element's class or id.
    pub class: bool,
    /// At the start of a short paragraph that is mostly a link or ends without a stop, or with a colon behind them.
    pub lead: bool,
    /// At the start of a short paragraph.
    pub line: bool,
}

impl FromStr for Furniture {
    type Err = ();

    fn from_str(places: &str) -> std::result::Result<Self, ()> {
        let mut furniture = Self::default();
        for place in places.split(' ') {
            match place {
                "class" => furniture.class = true,
                "lead" => furniture.lead = true,
                "line" => furniture.line = true,
                _ => return Err(()),
            }
        }
        Ok(furniture)
    }
}

/// The words that intake knows. Keys are in lower case.
#[derive(Debug, Default)]
pub struct IntakeWords {
    pub labels: BTreeMap<&'static str, HeaderField>,
    /// `oct` and `october` to 10.
    pub months: BTreeMap<&'static str, i8>,
    /// `english` to `en`.
    pub languages: BTreeMap<&'static str, &'static str>,
    pub signatures: Vec<Signature>,
    /// Endings of file names: `htm` to [`FileKind::Html`].
    pub extensions: BTreeMap<&'static str, FileKind>,
    /// Header fields that e-mail begins with.
    pub mail_headers: BTreeMap<&'static str, MailWeight>,
    /// Types of JSON-LD that are articles: `newsarticle`.
    pub article_types: BTreeSet<&'static str>,
    /// What stands around an article.
    pub furniture: BTreeMap<&'static str, Furniture>,
    /// Names of `<meta>` tags, with the field and how good a source of it they are, 1 being the best.
    pub metadata: BTreeMap<&'static str, (HeaderField, u8)>,
}

impl IntakeWords {
    /// # Errors
    /// [`crate::error::Error::Table`], naming the file and line of a row that breaks its table's rules.
    pub fn load() -> Result<Self> {
        let labels = include_str!("../../data/header_labels.tsv");
        let months = include_str!("../../data/months.tsv");
        let languages = include_str!("../../data/languages.tsv");
        let signatures = include_str!("../../data/file_signatures.tsv");
        let names = include_str!("../../data/file_names.tsv");
        let mail = include_str!("../../data/mail_headers.tsv");
        let types = include_str!("../../data/article_types.tsv");
        let furniture = include_str!("../../data/page_furniture.tsv");
        let metadata = include_str!("../../data/page_metadata.tsv");
        Ok(Self {
            extensions: classes(rows("file_names.tsv", names, &["extension", "kind"])?)?,
            mail_headers: classes(rows("mail_headers.tsv", mail, &["header", "weight"])?)?,
            article_types: rows("article_types.tsv", types, &["type"])?
                .iter()
                .map(|row| row.cell(0))
                .collect(),
            furniture: classes(rows("page_furniture.tsv", furniture, &["words", "where"])?)?,
            metadata: rows("page_metadata.tsv", metadata, &["name", "field", "rank"])?
                .iter()
                .map(|row| Ok((row.cell(0), (row.class(1)?, row.class(2)?))))
                .collect::<Result<_>>()?,
            labels: classes(rows("header_labels.tsv", labels, &["label", "field"])?)?,
            months: classes(rows("months.tsv", months, &["name", "month"])?)?,
            languages: rows("languages.tsv", languages, &["name", "tag"])?
                .iter()
                .map(|row| (row.cell(0), row.cell(1)))
                .collect(),
            signatures: rows("file_signatures.tsv", signatures, &["bytes", "kind", "what", "advice"])?
                .iter()
                .map(signature)
                .collect::<Result<_>>()?,
        })
    }
}

fn classes<T: FromStr>(rows: Vec<Row>) -> Result<BTreeMap<&'static str, T>> {
    rows.iter().map(|row| Ok((row.cell(0), row.class(1)?))).collect()
}

fn signature(row: &Row) -> Result<Signature> {
    let bytes = hex(row.cell(0)).ok_or_else(|| row.error("the bytes are not pairs of hexadecimal digits"))?;
    Ok(Signature { bytes, kind: row.class(1)?, what: row.cell(2), advice: row.cell(3) })
}

fn hex(digits: &str) -> Option<Vec<u8>> {
    let pair = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok();
    digits.len().is_multiple_of(2).then_some(())?;
    digits.as_bytes().chunks(2).map(pair).collect()
}

#[cfg(test)]
mod tests {
    use super::{FileKind, HeaderField, IntakeWords, hex};

    #[test]
    fn the_tables_load() {
        let words = IntakeWords::load().unwrap();
        assert_eq!(words.labels["headline"], HeaderField::Title);
        assert_eq!(words.months["sept"], 9);
        assert_eq!(words.languages["welsh"], "cy");
        assert!(words.signatures.iter().any(|signature| signature.bytes == b"%pdf-"));
        assert_eq!(words.extensions["htm"], FileKind::Html);
        assert!(words.months.values().all(|month| (1..=12).contains(month)));
    }

    #[test]
    fn hexadecimal_digits_come_in_pairs() {
        assert_eq!(hex("1f8b"), Some(vec![0x1f, 0x8b]));
        assert_eq!(hex("1f8"), None);
        assert_eq!(hex("zz"), None);
    }
}
