//! E-mail: one message, as a newsletter comes.

use crate::intake::Parts;
use crate::intake::dates;
use crate::intake::headers::{Header, UNREAD_DATE};
use crate::intake::html::{self, fragment, limits, metadata, text_of};
use crate::lexicon::intake::{HeaderField, IntakeWords};
use crate::model::Markup;
use dom_query::Document;
use mail_parser::decoders::charsets::map::charset_decoder;
use mail_parser::parsers::MessageStream;
use mail_parser::{HeaderName, Message, MessageParser, MessagePart, MimeHeaders, PartType};
use std::borrow::Cow;

/// Where the address of the message's page on the web is kept.
pub const ONLINE: &str = "view_online";

/// Reads one message (RFC 5322).
///
/// The sender of a mailing list is the outlet, any other the byline. The text is the plain one where it says as much as the
/// HTML, else the HTML without what stands around it; tracking addresses, «view in browser» and «unsubscribe»
/// are dropped, attachments ignored.
///
/// # Errors
/// Why there is no article in it.
pub fn read(bytes: &[u8], words: &IntakeWords) -> Result<Parts, String> {
    check_depth(bytes)?;
    let none = || "is no e-mail: it has no From, Subject or Date line; save the message as .eml".to_owned();
    let message = parser().parse(bytes).ok_or_else(none)?;
    let is_mail =
        [HeaderName::From, HeaderName::Subject, HeaderName::Date].map(|name| message.header(name).is_some());
    if !is_mail.contains(&true) {
        return Err(none());
    }
    if let Some(page) = saved_page(&message, words) {
        return page;
    }
    let mut header = header(&message, words);
    let html: Vec<Cow<str>> = message
        .html_bodies()
        .filter_map(|part| match &part.body {
            PartType::Html(html) => Some(decoded(&message, part, html)),
            _ => None,
        })
        .collect();
    let html = html.join("\n");
    if let Some(link) = online(&html, words) {
        header.extra.insert(ONLINE.to_owned(), link.into());
    }
    let text = plain(&message, words);
    let body = fragment(&html, words);
    let (text_words, html_words) = (count(&text), count(&body.as_deref().map(text_of).unwrap_or_default()));
    if text_words == 0 && html_words == 0 {
        return Err(body
            .err()
            .unwrap_or_else(|| "has no text, so there is nothing to find in it".to_owned()));
    }
    // «Your program can't show this message» is no text.
    if text_words * 2 >= html_words {
        return Ok(Parts { header, markup: Markup::Plain, body: text });
    }
    Ok(Parts { header, markup: Markup::Html, body: body.unwrap_or_default() })
}

/// A web page that a browser saved in one file with all that it shows (MHTML): the part of HTML says where it was.
fn saved_page(message: &Message, words: &IntakeWords) -> Option<Result<Parts, String>> {
    let page = message.html_bodies().next()?;
    let PartType::Html(html) = &page.body else { return None };
    let url = page.content_location().filter(|url| url.starts_with("http"))?;
    let around = Header {
        url: Some(url.to_owned()),
        title: message.subject().map(str::to_owned),
        ..Header::default()
    };
    let html = decoded(message, page, html);
    let parts = html::read(html.as_bytes(), Some("utf-8"), words);
    Some(parts.map(|parts| Parts { header: parts.header.or(around), ..parts }))
}

/// Parts in parts that a message may have.
const MAX_PARTS: usize = 2_000;

/// Refuses messages of very many parts, which the parser would open in one another.
fn check_depth(bytes: &[u8]) -> Result<(), String> {
    // The parser drops white space wherever it stands in a header's name.
    let is_type = |name: &&[u8]| {
        let name = name.rsplit(|&byte| byte == b'\n').next().unwrap_or_default();
        let letters = name.iter().rev().filter(|byte| !byte.is_ascii_whitespace()).take(12);
        letters.map(u8::to_ascii_lowercase).eq(b"content-type".iter().rev().copied())
    };
    let types = bytes.split(|&byte| byte == b':').filter(is_type);
    if types.take(MAX_PARTS + 1).count() > MAX_PARTS {
        return Err(format!("has more than {MAX_PARTS} parts, so it is no newsletter"));
    }
    Ok(())
}

/// A parser that leaves parts encoded: messages inside them could nest without being seen.
fn parser() -> MessageParser {
    MessageParser::new()
        .with_mime_headers()
        .with_address_headers()
        .with_message_ids()
        .header_text(HeaderName::Subject)
        .header_comma_separated(HeaderName::ContentLanguage)
        .ignore_header(HeaderName::ContentTransferEncoding)
}

/// The words of a part whose bytes may be written as base64 or quoted-printable; `text` when they aren't or can't be.
fn decoded<'a>(message: &'a Message, part: &'a MessagePart, text: &'a str) -> Cow<'a, str> {
    let raw = &message.raw_message;
    let between = |from: u32, to: u32| raw.get(from as usize..to as usize).unwrap_or_default();
    let encoding = part.headers.iter().rfind(|header| header.name == HeaderName::ContentTransferEncoding);
    let encoding = encoding.map(|header| between(header.offset_start, header.offset_end).trim_ascii());
    let mut stream = MessageStream::new(between(part.offset_body, part.offset_end));
    let (end, bytes) = match encoding.map(<[u8]>::to_ascii_lowercase).as_deref() {
        Some(b"base64") => stream.decode_base64_mime(b""),
        Some(b"quoted-printable") => stream.decode_quoted_printable_mime(b""),
        _ => return text.into(),
    };
    if end == usize::MAX {
        return text.into();
    }
    let charset = part.content_type().and_then(|kind| kind.attribute("charset"));
    match charset.and_then(|charset| charset_decoder(charset.as_bytes())) {
        Some(decoder) => decoder(&bytes).into(),
        None => String::from_utf8_lossy(&bytes).into_owned().into(),
    }
}

fn count(text: &str) -> usize {
    text.split_whitespace().count()
}

fn header(message: &Message, words: &IntakeWords) -> Header {
    let mut header = Header::default();
    let collapsed = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    header.id = message.message_id().map(str::trim).filter(|id| !id.is_empty()).map(str::to_owned);
    header.title = message.subject().map(collapsed).filter(|title| !title.is_empty());
    let from =
        message.from().and_then(|from| from.first()).and_then(|from| from.name()).and_then(metadata::byline);
    let lists = [HeaderName::ListId, HeaderName::ListPost, HeaderName::ListUnsubscribe];
    if lists.into_iter().any(|name| message.header(name).is_some()) {
        header.outlet = from;
    } else {
        header.byline = from;
    }
    if let Some(language) = message.content_language().as_text() {
        header.set(HeaderField::Language, language, words);
    }
    if let Some(date) = message.header_raw(HeaderName::Date).map(collapsed).filter(|date| !date.is_empty()) {
        let printed = date.split('(').next().unwrap_or_default().trim();
        header.published = dates::date(printed, words);
        if header.published.is_none() {
            header.extra.insert(UNREAD_DATE.to_owned(), date.chars().take(60).collect::<String>().into());
        }
    }
    header
}

/// The message's page on the web: where «view in browser» leads.
fn online(html: &str, words: &IntakeWords) -> Option<String> {
    const MOST_LINKS: usize = 30;
    limits::check(html).ok()?;
    let page = Document::from(html);
    let link = page.select("a[href]").iter().take(MOST_LINKS).find(|link| {
        let text = link.text().trim().to_lowercase();
        let is_line = |(line, furniture): (&&str, &crate::lexicon::intake::Furniture)| {
            furniture.line && line.starts_with("view") && text.starts_with(*line)
        };
        words.furniture.iter().any(is_line)
    })?;
    link.attr("href").map(|href| href.trim().to_owned()).filter(|href| href.starts_with("http"))
}

/// The plain text of a message, its lines unfolded and without what is no text.
fn plain(message: &Message, words: &IntakeWords) -> String {
    let parts = message.text_bodies().filter_map(|part| match &part.body {
        PartType::Text(text) => {
            let kind = part.content_type();
            let attribute =
                |name| kind.and_then(|kind| kind.attribute(name)).unwrap_or_default().to_lowercase();
            let is_plain =
                kind.is_none_or(|kind| kind.subtype().is_none_or(|sub| sub.eq_ignore_ascii_case("plain")));
            let text = decoded(message, part, text).replace("\r\n", "\n");
            is_plain.then(|| match (&*attribute("format"), &*attribute("delsp")) {
                ("flowed", "yes") => unfolded(&text, ""),
                ("flowed", _) => unfolded(&text, " "),
                _ => text,
            })
        }
        _ => None,
    });
    let text = parts.collect::<Vec<_>>().join("\n\n");
    let text = text.split("\n-- \n").next().unwrap_or_default();
    let mut kept: Vec<String> = Vec::new();
    let mut starts = true;
    for line in text.split('\n').map(without_addresses) {
        let is_blank = line.trim().is_empty();
        if !is_furniture(&line, starts, words) {
            kept.push(line);
            starts = is_blank;
        }
    }
    let text = kept.join("\n");
    text.trim().to_owned()
}

/// Joins the lines of `format=flowed` (RFC 3676): one that ends in a space goes on in the next.
fn unfolded(text: &str, glue: &str) -> String {
    let mut unfolded = String::with_capacity(text.len());
    for line in text.split('\n') {
        // A space was put before lines that begin with «From» or «>».
        let line = line.strip_prefix(' ').unwrap_or(line);
        match line.strip_suffix(' ') {
            Some(start) if line != "-- " => {
                unfolded.push_str(start);
                unfolded.push_str(glue);
            }
            _ => {
                unfolded.push_str(line);
                unfolded.push('\n');
            }
        }
    }
    unfolded
}

/// Bytes of the longest web address that is dropped.
const LONGEST_ADDRESS: usize = 1_000;

/// A line without the web addresses that stand in brackets behind its words, as mail programs write links.
fn without_addresses(line: &str) -> String {
    let mut kept = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(at) = rest.find(['<', '(', '[']) {
        let (before, bracket) = rest.split_at(at);
        let close = match bracket.as_bytes()[0] {
            b'<' => '>',
            b'(' => ')',
            _ => ']',
        };
        let inside = &bracket[1..];
        let is_address = inside.starts_with("http://") || inside.starts_with("https://");
        let is_end = |&(at, c): &(usize, char)| c == close || c.is_whitespace() || at > LONGEST_ADDRESS;
        let end = inside.char_indices().find(is_end).filter(|&(_, c)| is_address && c == close);
        kept.push_str(before);
        match end.map(|(at, _)| at) {
            Some(end) => {
                kept.truncate(kept.trim_end().len());
                rest = &inside[end + 1..];
            }
            None => {
                kept.push_str(&bracket[..1]);
                rest = inside;
            }
        }
    }
    kept.push_str(rest);
    kept
}

/// A line that is no text: an address alone, a ruler, «Unsubscribe», «View in browser: …».
///
/// Words count only where a paragraph `starts`: a wrapped line may begin with any.
fn is_furniture(line: &str, starts: bool, words: &IntakeWords) -> bool {
    let line = line.trim();
    if line.is_empty() {
        return false;
    }
    let is_address = !line.contains(' ') && (line.starts_with("http://") || line.starts_with("https://"));
    let is_ruler = !line.contains(char::is_alphanumeric);
    let is_short = line.split_whitespace().count() <= 20 && !line.contains(['“', '"']);
    let text = line.to_lowercase();
    let starts_known =
        || words.furniture.iter().any(|(start, furniture)| furniture.line && text.starts_with(start));
    is_address || is_ruler || (starts && is_short && starts_known())
}

#[cfg(test)]
mod tests {
    use super::read;
    use crate::intake::Parts;
    use crate::lexicon::intake::IntakeWords;
    use crate::model::Markup;
    use std::time::Instant;

    fn mail(message: &str) -> Parts {
        read(message.replace('\n', "\r\n").as_bytes(), &IntakeWords::load().unwrap()).unwrap()
    }

    #[test]
    fn a_newsletter_in_html() {
        let parts = mail(
            "From: \"The Morning Harbour\" <news@harbour.example>\nTo: you@x.example\nSubject: =?utf-8?Q?The_ferry_=E2=80=93_and_more?=\n\
             Date: Tue, 04 Mar 2025 23:10:00 -0500 (EST)\nMessage-ID: <m1@harbour.example>\nList-Unsubscribe: <https://harbour.example/u>\n\
             MIME-Version: 1.0\nContent-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/plain\n\n\
             Your program can't show this message.\n\n--b\nContent-Type: text/html; charset=windows-1252\nContent-Transfer-Encoding: quoted-printable\n\n\
             <div style=3D\"display:none\">Preview words</div><table><tr><td><a href=3D\"https://harbour.example/w/1?t=3D9\">View in browser</a></td></tr>\n\
             <tr><td><h2><a href=3D\"https://t.example/1\">Ferry stops</a></h2><p>=93There is no other way,=94 said Mara Qu=\nill, who runs the port.</p></td></tr>\n\
             <tr><td><h2><a href=3D\"https://t.example/2\">School roof leaks</a></h2><p>=93Bring a bucket,=94 the head teacher wrote.</p></td></tr>\n\
             <tr><td>You are receiving this because you signed up. <a href=3D\"x\">Unsubscribe</a></td></tr></table>\n--b--\n",
        );
        assert_eq!(parts.header.outlet.as_deref(), Some("The Morning Harbour"));
        assert_eq!(parts.header.byline, None);
        assert_eq!(parts.header.title.as_deref(), Some("The ferry – and more"));
        assert_eq!(parts.header.id.as_deref(), Some("m1@harbour.example"));
        assert_eq!(parts.header.published.unwrap().to_string(), "2025-03-04");
        assert_eq!(parts.header.extra["view_online"], "https://harbour.example/w/1?t=9");
        assert_eq!(
            parts.body,
            "<h2>Ferry stops</h2>\n<p>“There is no other way,” said Mara Quill, who runs the port.</p>\n\
             <h2>School roof leaks</h2>\n<p>“Bring a bucket,” the head teacher wrote.</p>\n"
        );
    }

    #[test]
    fn a_plain_letter() {
        let parts = mail(
            "From: Ann Reyes <ann@x.example>\nSubject: Statement\nDate: soon\nContent-Type: text/plain; charset=utf-8; format=flowed\n\
             Content-Transfer-Encoding: 8bit\n\n“We will go \non,” she said (https://t.example/x?y=z).\nHe may \nor may not\nsign up for it.\n\nUnsubscribe: https://x.example/u\n\
             https://x.example/track\n\n> Did you \n> mean it?\n-- \nAnn\n",
        );
        assert_eq!((parts.header.byline.as_deref(), parts.header.outlet), (Some("Ann Reyes"), None));
        assert_eq!(parts.header.extra["published_as_written"], "soon");
        assert_eq!(parts.markup, Markup::Plain);
        let start = "“We will go on,” she said.\nHe may or may not\nsign up for it.\n";
        assert!(parts.body.starts_with(start), "{}", parts.body);
        assert!(!parts.body.contains("http") && !parts.body.contains("Unsub"), "{}", parts.body);
        assert!(!parts.body.ends_with("Ann"));
    }

    #[test]
    fn attachments_are_ignored_and_base64_is_read() {
        let parts = mail(
            "Subject: Note\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain; charset=utf-8\n\
             Content-Transfer-Encoding: base64\n\n4oCcTm8s4oCdIGhlIHNhaWQu\n--b\nContent-Type: text/plain\n\
             Content-Disposition: attachment; filename=a.txt\n\nsecret words\n--b\nContent-Type: application/pdf\n\nx\n--b--\n",
        );
        assert_eq!(parts.body, "“No,” he said.");
    }

    #[test]
    fn what_is_no_mail_is_refused() {
        let words = IntakeWords::load().unwrap();
        for none in ["", "Just some text.\n\nAnd more.", "\0\0"] {
            assert!(read(none.as_bytes(), &words).unwrap_err().starts_with("is no e-mail"), "{none}");
        }
        assert!(read(b"Subject: a\r\n\r\n", &words).unwrap_err().starts_with("has no text"));
    }

    #[test]
    fn parts_in_parts_are_survived() {
        let words = IntakeWords::load().unwrap();
        let kinds = ["message/rfc822", "multipart/mixed; boundary=b", "multipart/digest; boundary=b"];
        let nested = |kind: &str, count| {
            format!("Subject: a\r\nContent-Type: {kind}\r\n\r\n--b\r\n\r\n").repeat(count)
        };
        let mut monsters: Vec<String> =
            kinds.iter().flat_map(|kind| [nested(kind, 1_900), nested(kind, 50_000)]).collect();
        monsters.push("Content-Type: message/rfc822\r\nSubject: a\r\n\r\n".repeat(1_900));
        let multipart =
            |n| format!("Subject: a\r\nContent-Type: multipart/mixed; boundary=b{n}\r\n\r\n--b{n}\r\n");
        monsters.push((0..1_900).map(multipart).collect());
        for name in ["Content-Type ", "C ontent-\tType", ": Content-Type\r"] {
            monsters.push(format!("{name}: message/rfc822\n\n").repeat(100_000));
        }
        let hidden = "C=6Fntent-Type: message/rfc822\r\n\r\n".repeat(100_000);
        let encoded = "Content-Type: message/rfc822\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n";
        monsters.push(format!("{encoded}{hidden}"));
        monsters.push(format!("Subject: {}", "=?utf-8?Q?a?= ".repeat(20_000)));
        monsters.push(format!("From: {}", "(<\"".repeat(50_000)));
        monsters.push(format!("Subject: a\r\n\r\n{}", "(https://".repeat(20_000)));
        monsters.push(format!("Subject: a\r\n\r\n{}", "a\r\n".repeat(50_000)));
        for monster in monsters {
            let started = Instant::now();
            let _ = read(monster.as_bytes(), &words);
            assert!(started.elapsed().as_secs() < 10, "{}", &monster[..60]);
        }
    }
}
