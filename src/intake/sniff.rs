//! What an input is: by its first bytes, then by its name.

use crate::intake::datasets;
use crate::intake::mapping::Mapping;
use crate::intake::rows::Columns;
use crate::lexicon::intake::{FileKind, IntakeWords, MailWeight, Signature};
use encoding_rs::Encoding;
use memchr::memmem;
use serde::de::IgnoredAny;
use std::borrow::Cow;

/// What is known of an input beside its bytes.
pub struct Hints<'a> {
    /// Its name without folders.
    pub name: &'a str,
    /// How `--format` says that articles are written.
    pub format: Option<FileKind>,
    pub mapping: Option<&'a Mapping>,
    pub found: Found,
}

/// How an input was come by.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Found {
    /// Named itself: it is read whatever it is.
    Named,
    /// In a folder or an archive: it is read when it looks like an article.
    Inside,
}

/// What an input that begins with `start` holds; `None` when it should be passed over.
///
/// Packed files and archives are seen by their bytes alone, and a format that was asked for is that of what they hold.
/// Else bytes that can be one thing only come before the name: a web page saved as `.txt` is a web page.
pub fn kind(start: &[u8], hints: &Hints, words: &IntakeWords) -> Option<FileKind> {
    use FileKind::{Csv, Foreign, Gzip, Jsonl, Tar, Text, Xml, Zip, Zstd};
    let certain = certain(start, words);
    let named = named(hints.name, words);
    if let Some(Gzip | Zstd | Zip | Tar) = certain {
        return certain;
    }
    let is_known = named.is_some() || certain.is_some_and(|kind| !matches!(kind, Foreign | Xml));
    if hints.found == Found::Inside && !is_known {
        return None;
    }
    if hints.format.is_some() {
        return hints.format;
    }
    match certain {
        // The reader of text says what such a file is.
        Some(Foreign | Xml) => Some(Text),
        Some(kind) => Some(kind),
        None => named.or_else(|| {
            let start = as_utf8(start);
            Some(if is_record(&start, hints.mapping) {
                Jsonl
            } else if Columns::read(first_line(&start), hints.mapping, words)
                .is_ok_and(|columns| columns.is_table())
            {
                Csv
            } else {
                Text
            })
        }),
    }
}

/// What a file holds by the end of its name.
pub fn named(name: &str, words: &IntakeWords) -> Option<FileKind> {
    let (_, extension) = name.rsplit_once('.')?;
    words.extensions.get(extension.to_lowercase().as_str()).copied()
}

/// The row of the table of first bytes that `start` fits, white space at its front aside.
pub fn signature<'a>(start: &[u8], signatures: &'a [Signature]) -> Option<&'a Signature> {
    const LONGEST: usize = 32;
    let start = start.trim_ascii_start();
    let start = start[..start.len().min(LONGEST)].to_ascii_lowercase();
    signatures.iter().find(|signature| start.starts_with(&signature.bytes))
}

/// What bytes hold that can be one thing only.
pub fn certain(start: &[u8], words: &IntakeWords) -> Option<FileKind> {
    if is_tar(start) {
        return Some(FileKind::Tar);
    }
    let start = as_utf8(start);
    let kind = |start: &[u8]| signature(start, &words.signatures).map(|signature| signature.kind);
    if let Some(first) = kind(&start).filter(|&kind| kind != FileKind::Xml) {
        return Some(first);
    }
    if start.trim_ascii_start().starts_with(b"<") {
        return kind(behind_preamble(&start)).or_else(|| kind(&start));
    }
    if is_mailbox(&start) {
        return Some(FileKind::Mbox);
    }
    if is_mail(&start, words) {
        return Some(FileKind::Mail);
    }
    let object = start.trim_ascii_start();
    if !object.starts_with(b"{") {
        return None;
    }
    if memmem::find(object, b"jsonfeed.org/version").is_some() {
        return Some(FileKind::Feed);
    }
    let line = first_line(object);
    let is_article = names(line, "text") && (names(line, "id") || names(line, "url"));
    (begins_record(line) && (is_article || datasets::looks_like(line).is_some())).then_some(FileKind::Jsonl)
}

/// Why JSON that isn't JSON Lines is refused where text was expected.
pub const IS_JSON: &str = "is JSON, not text; write one article a line, as `jq -c '.[]'` does, and give --format jsonl, with --map where \
                           the text isn't called \"text\"";

/// Whether a text is objects and lists of JSON and nothing else: braces and names are nobody's words.
pub fn is_json(text: &[u8]) -> bool {
    let begins = matches!(text.trim_ascii_start(), [b'{' | b'[', ..]);
    let mut values = serde_json::Deserializer::from_slice(text).into_iter::<IgnoredAny>();
    begins && values.all(|value| value.is_ok())
}

/// The bytes in UTF-8, without their mark, where a mark tells how they are encoded.
fn as_utf8(start: &[u8]) -> Cow<'_, [u8]> {
    match Encoding::for_bom(start) {
        Some((encoding, mark)) if encoding == encoding_rs::UTF_8 => Cow::Borrowed(&start[mark..]),
        Some((encoding, mark)) => {
            let (text, _) = encoding.decode_without_bom_handling(&start[mark..]);
            Cow::Owned(text.into_owned().into_bytes())
        }
        None => Cow::Borrowed(start),
    }
}

fn first_line(start: &[u8]) -> &[u8] {
    start.split(|&byte| byte == b'\n').next().unwrap_or_default()
}

/// XML and HTML behind declarations, comments and white space. A `<!DOCTYPE` other than HTML's is one of these.
fn behind_preamble(start: &[u8]) -> &[u8] {
    let mut rest = start.trim_ascii_start();
    loop {
        let end: &[u8] = if rest.starts_with(b"<!--") {
            b"-->"
        } else if rest.starts_with(b"<?") {
            b"?>"
        } else if rest.starts_with(b"<!")
            && !rest[..rest.len().min(14)].eq_ignore_ascii_case(b"<!doctype html")
        {
            b">"
        } else {
            return rest;
        };
        match memmem::find(rest, end) {
            Some(at) => rest = rest[at + end.len()..].trim_ascii_start(),
            None => return rest,
        }
    }
}

/// Whether the first 512 bytes are the header of a member of a tar file: their sum stands in them.
fn is_tar(start: &[u8]) -> bool {
    let Some(header) = start.get(..512) else { return false };
    let digits = std::str::from_utf8(&header[148..156]).unwrap_or_default();
    let written = u32::from_str_radix(digits.trim_matches([' ', '\0']), 8);
    let summed =
        header.iter().zip(0..).map(|(&byte, at)| if (148..156).contains(&at) { 32 } else { u32::from(byte) });
    header[0] != 0 && written.is_ok_and(|written| written == summed.sum::<u32>())
}

/// A mailbox begins `From ann@orbo.example Mon Nov 24 10:15:00 2025` and goes on with header fields.
fn is_mailbox(start: &[u8]) -> bool {
    let mut lines = start.split(|&byte| byte == b'\n');
    let from = lines.next().unwrap_or_default().trim_ascii_end();
    is_from_line(from) && lines.next().is_some_and(|next| field_name(next).is_some())
}

/// Whether a line begins a message of a mailbox.
pub fn is_from_line(line: &[u8]) -> bool {
    let line = line.trim_ascii_end();
    // The time stands behind the address, and a colon in it.
    line.starts_with(b"From ") && line.contains(&b':') && line[line.len() - 1].is_ascii_alphanumeric()
}

/// Whether header fields of e-mail stand at the very top.
fn is_mail(start: &[u8], words: &IntakeWords) -> bool {
    let mut likely = 0;
    for line in start.split(|&byte| byte == b'\n').take(MAX_FIELDS) {
        if line.starts_with(b" ") || line.starts_with(b"\t") {
            continue;
        }
        let Some(name) = field_name(line) else { return false };
        match words.mail_headers.get(name.to_ascii_lowercase().as_str()) {
            Some(MailWeight::Sure) => return true,
            Some(MailWeight::Likely) => likely += 1,
            None => {}
        }
        if likely == 2 {
            return true;
        }
    }
    false
}

/// Header fields looked at.
const MAX_FIELDS: usize = 200;

/// The name of the header field that a line is.
fn field_name(line: &[u8]) -> Option<&str> {
    let name = line.split(|&byte| byte == b':').next().filter(|name| name.len() < line.len())?;
    let is_name = !name.is_empty() && name.iter().all(|byte| byte.is_ascii_graphic());
    if is_name { std::str::from_utf8(name).ok() } else { None }
}

/// Whether a stream whose name tells nothing is one of records: its first line begins one.
fn is_record(start: &[u8], mapping: Option<&Mapping>) -> bool {
    let line = first_line(start.trim_ascii_start());
    begins_record(line) && (mapping.is_some() || names(line, "id") || names(line, "text"))
}

fn begins_record(line: &[u8]) -> bool {
    line.strip_prefix(b"{").is_some_and(|inner| inner.trim_ascii_start().starts_with(b"\""))
}

fn names(line: &[u8], field: &str) -> bool {
    memmem::find(line, format!("\"{field}\"").as_bytes()).is_some()
}

#[cfg(test)]
mod tests {
    use super::{Found, Hints, is_json, kind};
    use crate::lexicon::intake::FileKind::{
        self, Csv, Feed, Html, Jsonl, Mail, Markdown, Mbox, Pdf, Text, Warc,
    };
    use crate::lexicon::intake::IntakeWords;

    fn seen(name: &str, start: &str, found: Found) -> Option<FileKind> {
        kind(
            start.as_bytes(),
            &Hints { name, format: None, mapping: None, found },
            &IntakeWords::load().unwrap(),
        )
    }

    #[test]
    fn content_comes_before_the_name() {
        for (start, expected) in [
            ("<!DOCTYPE html><p>x", Html),
            ("\u{feff}\n <?xml version='1.0'?>\n<!-- saved -->\n<html xmlns='x'>", Html),
            ("<?xml version='1.0'?><!-- a > b --><rss version='2.0'>", Feed),
            ("<?xml version='1.0'?><feed xmlns='x'>", Feed),
            ("{\"version\": \"https://jsonfeed.org/version/1.1\",", Feed),
            ("%PDF-1.7", Pdf),
            ("WARC/1.0\r\n", Warc),
            ("From a@x.example Mon Nov 24 10:15:00 2025\nFrom: a@x.example\n", Mbox),
            ("Received: from x\n\tby y\n", Mail),
            ("Date: Mon\nFrom: Ann <a@x.example>\nSubject: Bridge\n\nShut.", Mail),
            ("{\"id\":\"a\",\"text\":\"One.\"}\n", Jsonl),
            ("{\"date\":\"2020\",\"quotes\":[{\"pre\":\"a\",\"quote\":\"b\",\"post\":\"c\"}]}", Jsonl),
        ] {
            assert_eq!(seen("a.txt", start, Found::Inside), Some(expected), "{start}");
            assert_eq!(seen("a.foreign", start, Found::Inside), Some(expected), "{start}");
        }
    }

    #[test]
    fn what_looks_like_another_thing_only_in_part_is_text() {
        for start in [
            "From Monday the bridge is shut: so said the mayor.\nFrom: nobody\n",
            "Title: Bridge\nBy Ann Reyes\nSource: Harbour Post\n\nShut.",
            "From: the desk\n\nThe bridge is shut.",
            "<p>A paragraph.",
            "{ shut }",
            "text",
            "WARC is a format.",
        ] {
            assert_eq!(seen("a.txt", start, Found::Inside), Some(Text), "{start}");
            assert_eq!(seen("a", start, Found::Named), Some(Text), "{start}");
            assert_eq!(seen("a.foreign", start, Found::Inside), None, "{start}");
        }
    }

    #[test]
    fn json_is_no_text_but_brackets_may_be() {
        for json in ["[\n{\"text\": \"One.\"},\n{\"text\": \"Two.\"}]\n", " {}", "{\"a\": 1}\n{\"a\": 2}"] {
            assert!(is_json(json.as_bytes()), "{json}");
        }
        for text in ["[1] The bridge is shut.", "{ shut }", "{\"a\": 1} he typed", "1", "\"Shut.\"", "", "["]
        {
            assert!(!is_json(text.as_bytes()), "{text}");
        }
        assert!(!is_json("[".repeat(1_000_000).as_bytes()));
    }

    #[test]
    fn the_name_tells_where_the_content_does_not() {
        assert_eq!(seen("a.MD", "# Bridge", Found::Inside), Some(Markdown));
        assert_eq!(seen("a.htm", "<p>Shut.", Found::Inside), Some(Html));
        assert_eq!(seen("a.csv", "body;date\n", Found::Inside), Some(Csv));
        assert_eq!(seen("a", "id;text\n1;Shut.\n", Found::Named), Some(Csv));
        assert_eq!(seen("a.txt", "id;text\n1;Shut.\n", Found::Named), Some(Text));
        assert_eq!(seen("a.xml", "<?xml version='1.0'?><sitemap>", Found::Inside), None);
    }
}
