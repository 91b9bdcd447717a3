//! Web archives (WARC 1.0 and 1.1), as crawlers such as Common Crawl's write them.
//!
//! A reader of our own: the crate `rust_warc` reserves as many bytes as a record says that it has, reads lines however
//! long they are, and gives up at the first damaged record.

use crate::intake::containers::compressed::BadSum;
use crate::intake::containers::http::{ContentType, content_type, response};
use crate::intake::headers::Header;
use crate::intake::lines::{Line, next_line};
use crate::intake::pieces::{Content, Leaf, Unread};
use crate::intake::streams::{Peeked, Stream as _};
use crate::intake::walk::{Flow, Input, Lost, Walker};
use memchr::memmem;
use std::io::{self, BufRead, Read};

/// Reads the captures of an archive. Pages and plain texts that a server answered with are articles; other captures are
/// passed over, and records that are none (requests, metadata) left out.
///
/// A record is called by the byte that it begins at, of the unpacked archive.
pub(crate) fn read(walker: &mut Walker, input: &Input, stream: &mut Peeked) -> Flow {
    let (at, begins, next_begins, tried, tries) = (0, 0, 0, 0, 0);
    let mut records =
        Records { stream, at, begins, next_begins, tried, tries, is_at_fields: false, failure: None };
    // Of damaged records that follow one another, the first is told.
    let mut is_told = false;
    loop {
        match records.next(walker.options.limits.article) {
            Ok(None) => return Flow::Continue(()),
            Ok(Some(record)) => {
                let at = records.begins;
                if record.block.is_ok() || !is_told {
                    is_told = record.block.is_err();
                    take(walker, input, at, record)?;
                }
                // What was packed inside captures may have been too much.
                if walker.budget.is_spent() {
                    return Flow::Continue(());
                }
            }
            Err(error) => {
                let origin = format!("{}: record at byte {}", input.origin, records.begins);
                if walker.budget.is_spent() || !matches!(records.go_on(), Ok(true)) {
                    return walker.broken(&input.origin, error, Lost::Rest);
                }
                if !std::mem::replace(&mut is_told, true) {
                    walker.fail(&origin, format!("is damaged ({error}); the record behind it is read on"))?;
                }
            }
        }
    }
}

fn take(walker: &mut Walker, input: &Input, at: u64, record: Record) -> Flow {
    let mut origin = format!("{}: record at byte {at}", input.origin);
    let url = record.field("warc-target-uri").map(|url| url.trim_matches(['<', '>']).to_owned());
    if let Some(url) = &url {
        origin = format!("{origin} ({url})");
    }
    let kind = record.field("warc-type").unwrap_or_default().to_lowercase();
    let block = match &record.block {
        Ok(block) => block.as_slice(),
        Err(Missing::Damaged(reason)) => return walker.fail(&origin, reason.clone()),
        Err(Missing::TooLong) if CAPTURES.contains(&kind.as_str()) => {
            let reason = format!(
                "is longer than {}; give --max-article a larger size",
                walker.options.limits.longest()
            );
            return walker.fail(&origin, reason);
        }
        Err(Missing::TooLong) => return Flow::Continue(()),
    };
    if !CAPTURES.contains(&kind.as_str()) {
        return Flow::Continue(());
    }
    let (bytes, leaf) = match captured(&record, &kind, block, url.as_deref(), walker) {
        Ok(Some(page)) => page,
        Ok(None) => return walker.pass_over(origin),
        Err(reason) => return walker.fail(&origin, reason),
    };
    let mut header = Header { url, ..Header::default() };
    if let Some(date) = record.field("warc-date") {
        header.extra.insert("fetched".to_owned(), date.into());
    }
    let place = input.place.as_deref().map(|place| format!("{place}:{at}"));
    walker.article(Unread { origin, place, header, content: Content::Leaf(bytes, leaf) })
}

/// Kinds of records that hold what was at an address.
const CAPTURES: [&str; 4] = ["response", "resource", "conversion", "revisit"];

type Page = (Vec<u8>, Leaf);

/// The page in a capture; `None` when it is no article.
fn captured(
    record: &Record,
    kind: &str,
    block: &[u8],
    url: Option<&str>,
    walker: &Walker,
) -> Result<Option<Page>, String> {
    if kind == "revisit" || url.is_some_and(|url| url.ends_with("/robots.txt")) {
        return Ok(None);
    }
    if kind != "response" {
        let leaf = record.field("content-type").and_then(|value| leaf(content_type(value)));
        return Ok(leaf.map(|leaf| (block.to_vec(), leaf)));
    }
    let Some(response) = response(block).filter(|response| response.status == 200) else { return Ok(None) };
    let Some(leaf) = response.content_type().and_then(leaf) else { return Ok(None) };
    let body = response.body(walker.options.limits.article, &walker.budget)?;
    Ok((!body.trim_ascii().is_empty()).then_some((body, leaf)))
}

fn leaf(content_type: ContentType) -> Option<Leaf> {
    match content_type.essence.as_str() {
        "text/html" | "application/xhtml+xml" => Some(Leaf::Html(content_type.charset)),
        "text/plain" => Some(Leaf::Text),
        _ => None,
    }
}

/// One record: its fields, names in lower case, and what stands under them.
struct Record {
    fields: Vec<(String, String)>,
    block: Result<Vec<u8>, Missing>,
}

/// Why the block of a record wasn't read.
enum Missing {
    TooLong,
    Damaged(String),
}

impl Record {
    fn field(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(field, _)| field == name).map(|(_, value)| value.as_str())
    }

    fn damaged(fields: Vec<(String, String)>, reason: impl Into<String>) -> Self {
        Self { fields, block: Err(Missing::Damaged(reason.into())) }
    }
}

struct Records<'s, 'p> {
    stream: &'s mut Peeked<'p>,
    /// Bytes read so far.
    at: u64,
    /// Where the record that was read last begins.
    begins: u64,
    /// The one behind it begins at.
    next_begins: u64,
    /// Up to where blocks were read that weren't what they said, and how many since one began behind that.
    tried: u64,
    tries: u32,
    /// Whether the line that begins the next record is read already.
    is_at_fields: bool,
    /// What went wrong behind the record that was read last.
    failure: Option<io::Error>,
}

/// What stands where a record should begin.
enum Start {
    Record,
    End,
    Else(Vec<u8>),
}

/// The longest line of a record's fields, and how many there may be.
const LONGEST_LINE: usize = 16 << 10;
const MAX_FIELDS: usize = 200;

const OTHER_LENGTH: &str = "has another length than it says (Content-Length); what follows it is read";

/// Blocks that are read whole and given back in the same bytes, so that the time stays linear.
const MAX_TRIES: u32 = 8;

/// How a record begins that stands behind something else.
const NEXT: &[u8] = b"\nWARC/1.";

impl Records<'_, '_> {
    fn next(&mut self, limit: usize) -> io::Result<Option<Record>> {
        // For a failure before the first line of the record is read.
        self.begins = self.at;
        if let Some(failure) = self.failure.take() {
            return Err(failure);
        }
        if !self.is_at_fields {
            match self.start()? {
                Start::Record => {}
                Start::End => return Ok(None),
                Start::Else(_) => {
                    let record =
                        Record::damaged(Vec::new(), "doesn't begin like a record; what follows it is read");
                    self.is_at_fields = self.search()?;
                    return Ok(Some(record));
                }
            }
        }
        (self.is_at_fields, self.begins) = (false, self.next_begins);
        let Some(fields) = self.fields()? else {
            self.is_at_fields = self.search()?;
            return Ok(Some(Record::damaged(Vec::new(), "has fields that can't be read")));
        };
        let length =
            fields.iter().find(|(name, _)| name == "content-length").map(|(_, value)| value.parse::<u64>());
        let Some(Ok(length)) = length else {
            self.is_at_fields = self.search()?;
            return Ok(Some(Record::damaged(fields, "doesn't say how long it is (Content-Length)")));
        };
        match usize::try_from(length) {
            Ok(length) if length <= limit => self.block(fields, length).map(Some),
            _ => self.long_block(fields, length).map(Some),
        }
    }

    /// Goes on behind a place that can't be read, where there is a way.
    fn go_on(&mut self) -> io::Result<bool> {
        self.is_at_fields = false;
        while self.stream.recover()? {
            match self.search() {
                Ok(is_found) => {
                    self.is_at_fields = is_found;
                    return Ok(is_found);
                }
                // What looked like the next member of gzip was none.
                Err(_) => continue,
            }
        }
        Ok(false)
    }

    fn line(&mut self) -> io::Result<Option<Line>> {
        let line = next_line(self.stream, LONGEST_LINE)?;
        if let Some(Line::Whole(line)) = &line {
            // Lines end with two characters by the standard; where one is used, places are a little off.
            self.at += line.len() as u64 + 2;
        }
        Ok(line)
    }

    /// Reads the line that a record begins with.
    fn start(&mut self) -> io::Result<Start> {
        loop {
            let at = self.at;
            match self.line()? {
                None => return Ok(Start::End),
                Some(Line::Whole(line)) if line.is_empty() => {}
                Some(Line::Whole(line)) if line.starts_with(&NEXT[1..]) => {
                    self.next_begins = at;
                    return Ok(Start::Record);
                }
                Some(Line::Whole(line)) => return Ok(Start::Else(line)),
                Some(Line::TooLong) => return Ok(Start::Else(Vec::new())),
            }
        }
    }

    /// Looks for the next line that a record begins with.
    fn search(&mut self) -> io::Result<bool> {
        loop {
            match self.start()? {
                Start::Record => return Ok(true),
                Start::End => return Ok(false),
                Start::Else(_) => {}
            }
        }
    }

    /// The fields up to the blank line; `None` when they are none.
    fn fields(&mut self) -> io::Result<Option<Vec<(String, String)>>> {
        let mut fields: Vec<(String, String)> = Vec::new();
        for _ in 0..MAX_FIELDS {
            let line = match self.line()? {
                None => return Err(io::ErrorKind::UnexpectedEof.into()),
                Some(Line::Whole(line)) if line.is_empty() => return Ok(Some(fields)),
                Some(Line::Whole(line)) => String::from_utf8_lossy(&line).into_owned(),
                Some(Line::TooLong) => return Ok(None),
            };
            match (line.starts_with([' ', '\t']), line.split_once(':'), fields.last_mut()) {
                (true, _, Some((_, value))) => *value = format!("{value} {}", line.trim()),
                (false, Some((name, value)), _) => {
                    fields.push((name.trim().to_lowercase(), value.trim().to_owned()))
                }
                _ => return Ok(None),
            }
        }
        Ok(None)
    }

    fn block(&mut self, fields: Vec<(String, String)>, length: usize) -> io::Result<Record> {
        if self.begins < self.tried && self.tries >= MAX_TRIES {
            let start = self.stream.start();
            if let Some(at) = memmem::find(&start[..start.len().min(length)], NEXT) {
                self.stream.consume(at + 1);
                self.at += at as u64 + 1;
                return Ok(Record::damaged(fields, OTHER_LENGTH));
            }
        }
        let mut block = Vec::new();
        self.stream.by_ref().take(length as u64).read_to_end(&mut block)?;
        let is_short = block.len() < length;
        self.at += block.len() as u64;
        let ends = match self.end_block() {
            Ok(ends) => ends,
            Err(error) if is_bad_sum(&error) => return Err(error),
            // The record is whole; what is broken stands behind it.
            Err(error) => {
                self.failure = Some(error);
                return Ok(Record { fields, block: Ok(block) });
            }
        };
        if is_short && memmem::find(&block, NEXT).is_none() {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        // Two line ends stand behind every block, so it is whole, whatever comes then.
        if !is_short && ends >= 2 {
            return Ok(Record { fields, block: Ok(block) });
        }
        let behind = if is_short { Start::End } else { self.start()? };
        match behind {
            Start::Record => self.is_at_fields = true,
            Start::End if !is_short => {}
            other => {
                let line = if let Start::Else(line) = other { line } else { Vec::new() };
                self.put_back(&block, line)?;
                return Ok(Record::damaged(fields, OTHER_LENGTH));
            }
        }
        Ok(Record { fields, block: Ok(block) })
    }

    /// Takes the line ends behind a block and counts them: an error here is one of what packed the block.
    fn end_block(&mut self) -> io::Result<usize> {
        let mut lines = 0;
        loop {
            let buffer = self.stream.fill_buf()?;
            let ends = buffer.iter().take_while(|&&byte| matches!(byte, b'\r' | b'\n')).count();
            lines += buffer[..ends].iter().filter(|&&byte| byte == b'\n').count();
            let is_done = ends < buffer.len() || ends == 0;
            self.stream.consume(ends);
            self.at += ends as u64;
            if is_done {
                return Ok(lines);
            }
        }
    }

    /// Goes back to a record that was taken for a part of `block`, or on to the next.
    fn put_back(&mut self, block: &[u8], line: Vec<u8>) -> io::Result<()> {
        match memmem::find(block, NEXT) {
            Some(at) => {
                if self.begins >= self.tried {
                    self.tries = 0;
                }
                (self.tried, self.tries) = (self.tried.max(self.at), self.tries + 1);
                let mut rest = block[at + 1..].to_vec();
                self.at = self.at.saturating_sub(rest.len() as u64 + line.len() as u64 + 2);
                if !line.is_empty() {
                    rest.extend([&line, &b"\r\n"[..]].concat());
                }
                self.stream.put_back(rest);
            }
            None => self.is_at_fields = self.search()?,
        }
        Ok(())
    }

    /// Passes over a block that is too long to be an article, or only says so.
    fn long_block(&mut self, fields: Vec<(String, String)>, length: u64) -> io::Result<Record> {
        let mut left = length;
        while left > 0 {
            let buffer = self.stream.fill_buf()?;
            if buffer.is_empty() {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            let part = usize::try_from(left).map_or(buffer.len(), |left| left.min(buffer.len()));
            // One that two buffers share is overlooked, and a further record lost with the damaged one.
            if let Some(at) = memmem::find(&buffer[..part], NEXT) {
                self.stream.consume(at + 1);
                self.at += at as u64 + 1;
                let reason =
                    format!("says that it is {length} bytes long, but another begins before its end");
                return Ok(Record::damaged(fields, reason));
            }
            self.stream.consume(part);
            self.at += part as u64;
            left -= part as u64;
        }
        Ok(Record { fields, block: Err(Missing::TooLong) })
    }
}

/// Whether the error tells that what was read just before is not what was packed.
fn is_bad_sum(error: &io::Error) -> bool {
    error.get_ref().is_some_and(|error| error.is::<BadSum>())
}
