//! Header lines above an article's text, as people write them.
//!
//! Only the very top of a text is looked at, and a line is a header only when its value can be
//! what its label says: «Source: Reuters» is an outlet, «Source: the minister said so.» is text.

use crate::intake::dates;
use crate::intake::front_matter;
use crate::lexicon::intake::{HeaderField, IntakeWords};
use jiff::civil::Date;
use serde_json::{Map, Value};

/// The field that keeps a date which couldn't be read.
pub const UNREAD_DATE: &str = "published_as_written";

/// Bytes of the longest outlet, language or address that a page or feed may claim.
pub const LONGEST_CLAIM: usize = 2_000;

/// What stands above the text of an article.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Header {
    pub id: Option<String>,
    pub title: Option<String>,
    pub url: Option<String>,
    pub outlet: Option<String>,
    pub byline: Option<String>,
    pub published: Option<Date>,
    pub language: Option<String>,
    /// What onrecord has no place for, by its label in lower case.
    pub extra: Map<String, Value>,
}

/// Reads the header of a text, and gives the byte at which the text itself begins: 0 without one.
pub fn split(text: &str, words: &IntakeWords) -> (Header, usize) {
    if let Some((entries, rest)) = front_matter::split(text) {
        return (front_matter_header(entries, words), text.len() - after_blank_lines(rest).len());
    }
    let mut header = Header::default();
    let mut rest = text;
    let mut found = false;
    loop {
        let top = after_blank_lines(rest);
        match header.take_line(top, words) {
            Taken::Line => rest = top.split_once('\n').map_or("", |(_, rest)| rest),
            Taken::Lead(body) => return (header, text.len() - body.len()),
            Taken::Nothing if found => return (header, text.len() - top.len()),
            Taken::Nothing => return (header, 0),
        }
        found = true;
    }
}

fn front_matter_header(entries: Vec<(String, String)>, words: &IntakeWords) -> Header {
    let mut header = Header::default();
    for (key, value) in entries {
        let field = words.labels.get(key.as_str()).copied().unwrap_or(HeaderField::Other);
        let known = field != HeaderField::Other && header.set(field, &value, words);
        if !known {
            set_extra(&mut header.extra, key, value.into());
        }
    }
    header
}

/// The fields of a record, whose names nothing kept beside may take.
const RECORD_FIELDS: [&str; 10] =
    ["id", "title", "url", "outlet", "byline", "published", "language", "text", "quotes", "sentences"];

/// Keeps a value beside the fields of a record, under a name that is none of theirs.
pub(crate) fn set_extra(extra: &mut Map<String, Value>, name: String, value: Value) {
    let is_taken = RECORD_FIELDS.contains(&name.as_str());
    extra.insert(if is_taken { format!("{name}_as_written") } else { name }, value);
}

/// What the line at the top was.
enum Taken<'a> {
    Nothing,
    /// A header line.
    Line,
    /// A label and date on the line that the text begins on.
    Lead(&'a str),
}

impl Header {
    /// Adds what the surroundings of an article told to what it tells itself.
    pub(crate) fn or(self, around: Header) -> Header {
        let mut extra = around.extra;
        extra.extend(self.extra);
        Header {
            id: self.id.or(around.id),
            title: self.title.or(around.title),
            url: self.url.or(around.url),
            outlet: self.outlet.or(around.outlet),
            byline: self.byline.or(around.byline),
            published: self.published.or(around.published),
            language: self.language.or(around.language),
            extra,
        }
    }

    fn take_line<'a>(&mut self, top: &'a str, words: &IntakeWords) -> Taken<'a> {
        let line = top.split('\n').next().unwrap_or_default().trim();
        if let Some(body) = self.take_lead(top, words) {
            return Taken::Lead(body);
        }
        let taken = match (by_line(line), label(line, words)) {
            (Some(names), _) => self.set(HeaderField::Byline, names, words),
            (None, Some((HeaderField::Other, value))) => self.keep(line, value),
            (None, Some((field, value))) => self.set(field, value, words),
            (None, None) => false,
        };
        if taken { Taken::Line } else { Taken::Nothing }
    }

    /// Takes `date 2025-10-22 ` from before the first words: «date 2025-10-22 A meeting …».
    fn take_lead<'a>(&mut self, top: &'a str, words: &IntakeWords) -> Option<&'a str> {
        let (name, rest) = top.split_at(top.find(|c: char| c == ':' || c.is_whitespace())?);
        let is_date = words.labels.get(name.to_lowercase().as_str()) == Some(&HeaderField::Published);
        (is_date && self.published.is_none()).then_some(())?;
        let rest = rest.strip_prefix(':').unwrap_or(rest).trim_start_matches([' ', '\t']);
        let is_whole_line = dates::date(rest.lines().next()?, words).is_some();
        let (date, rest) = dates::iso_prefix(rest).filter(|_| !is_whole_line)?;
        let body = rest.trim_start_matches([' ', '\t']);
        let goes_on =
            body.len() < rest.len() && body.starts_with(|c: char| !c.is_ascii_digit() && !c.is_whitespace());
        goes_on.then(|| {
            self.published = Some(date);
            body
        })
    }

    /// Sets a field that is not set yet, when the value can be one of its kind.
    pub(crate) fn set(&mut self, field: HeaderField, value: &str, words: &IntakeWords) -> bool {
        let value = value.trim();
        let (place, accepted) = match field {
            HeaderField::Published => return self.set_date(value, words),
            HeaderField::Other => return false,
            HeaderField::Id => (&mut self.id, is_word(value)),
            HeaderField::Title => (&mut self.title, true),
            HeaderField::Url => (&mut self.url, is_word(value) && value.contains(['.', ':'])),
            HeaderField::Outlet => (&mut self.outlet, is_word(value) || is_name(value)),
            HeaderField::Byline => (&mut self.byline, is_name(value)),
            HeaderField::Language => return self.set_language(value, words),
        };
        let sets = accepted && !value.is_empty() && place.is_none();
        if sets {
            *place = Some(value.to_owned());
        }
        sets
    }

    fn set_date(&mut self, value: &str, words: &IntakeWords) -> bool {
        let is_first = self.published.is_none() && !self.extra.contains_key(UNREAD_DATE);
        if !is_first {
            return false;
        }
        self.published = dates::date(value, words);
        let is_short = value.len() <= 40 && value.contains(|c: char| c.is_ascii_digit());
        if self.published.is_none() && is_short {
            self.extra.insert(UNREAD_DATE.to_owned(), value.into());
        }
        self.published.is_some() || is_short
    }

    pub(crate) fn set_language(&mut self, value: &str, words: &IntakeWords) -> bool {
        let value = value.to_lowercase();
        let is_tag = value.split(['-', '_']).enumerate().all(|(at, part)| {
            let letters = part.bytes().all(|byte| byte.is_ascii_alphanumeric());
            letters && if at == 0 { matches!(part.len(), 2..=3) } else { matches!(part.len(), 2..=8) }
        });
        let tag = match words.languages.get(value.as_str()) {
            Some(&tag) => Some(tag.to_owned()),
            None => is_tag.then(|| value.replace('_', "-")),
        };
        let sets = self.language.is_none() && tag.is_some();
        if sets {
            self.language = tag;
        }
        sets
    }

    fn keep(&mut self, line: &str, value: &str) -> bool {
        let label = line.split(':').next().unwrap_or_default().trim().to_lowercase();
        let is_new = !value.is_empty() && !self.extra.contains_key(&label);
        if is_new {
            self.extra.insert(label, value.into());
        }
        is_new
    }
}

/// Splits `Label: value`, when the label is known.
fn label<'a>(line: &'a str, words: &IntakeWords) -> Option<(HeaderField, &'a str)> {
    let (label, value) = line.split_once(':')?;
    // Bold labels, as Markdown has them: **Source:** Reuters.
    let (label, value) = (label.trim_matches(['*', ' ']), value.trim_matches(['*', ' ', '\t']));
    let field = words.labels.get(label.to_lowercase().as_str())?;
    Some((*field, value))
}

/// The names in `By Jane Doe`: after the word, each word a name or short (`and`, `in`, `de`).
pub(crate) fn by_line(line: &str) -> Option<&str> {
    let (by, names) = line.split_at_checked(3)?;
    let is_by = by.eq_ignore_ascii_case("by ") && by.starts_with('B');
    let fits = |word: &str| word.starts_with(char::is_uppercase) || word.chars().count() <= 3;
    (is_by && is_name(names) && names.split_whitespace().all(fits)).then_some(names.trim())
}

/// A few words that begin like a name and don't end like a sentence.
fn is_name(value: &str) -> bool {
    let starts = value.starts_with(|c: char| c.is_numeric() || (c.is_alphabetic() && !c.is_lowercase()));
    let is_short = value.split_whitespace().count() <= 10 && value.len() <= 120;
    starts && is_short && !value.ends_with(['.', '!', '?', ':', ';', ',', '”', '"', '’'])
}

fn is_word(value: &str) -> bool {
    !value.is_empty() && !value.contains(char::is_whitespace)
}

fn after_blank_lines(text: &str) -> &str {
    text.trim_start()
}
