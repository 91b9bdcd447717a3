//! Packed files, archives, web archives and documents, made for tests.

#![allow(dead_code, reason = "each test file uses some of it")]

use flate2::Compression;
use flate2::read::GzEncoder;
use std::io::{Cursor, Read, Write};
use zip::write::SimpleFileOptions;

pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packed = Vec::new();
    GzEncoder::new(bytes, Compression::fast()).read_to_end(&mut packed).unwrap();
    packed
}

pub fn zstd(bytes: &[u8]) -> Vec<u8> {
    zstd::encode_all(bytes, 1).unwrap()
}

pub fn tar(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut builder = tar::Builder::new(Vec::new());
    for (name, bytes) in members {
        let mut header = tar::Header::new_gnu();
        header.set_size(bytes.len() as u64);
        header.set_mode(0o644);
        if name.contains("..") {
            // The crate refuses to write a name that leads out of the archive.
            header.as_old_mut().name[..name.len()].copy_from_slice(name.as_bytes());
            header.set_cksum();
            builder.append(&header, *bytes).unwrap();
        } else {
            builder.append_data(&mut header, name, *bytes).unwrap();
        }
    }
    builder.into_inner().unwrap()
}

pub fn zip(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// One record of a web archive.
pub fn record(kind: &str, url: &str, content_type: &str, block: &[u8]) -> Vec<u8> {
    let head = format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2025-10-22T08:00:00Z\r\n\
         Content-Type: {content_type}\r\nContent-Length: {}\r\n\r\n",
        block.len()
    );
    [head.as_bytes(), block, b"\r\n\r\n"].concat()
}

/// What a server answered, as a record of a web archive.
pub fn capture(url: &str, status: &str, content_type: &str, body: &str) -> Vec<u8> {
    let block = format!("HTTP/1.1 {status}\r\nContent-Type: {content_type}\r\n\r\n{body}");
    record("response", url, "application/http; msgtype=response", block.as_bytes())
}

/// A document of Word with a title, an author, a date and a paragraph for each line of `text`.
pub fn docx(title: &str, author: &str, date: &str, text: &str) -> Vec<u8> {
    let paragraph = |words: &str| format!("<w:p><w:r><w:t>{words}</w:t></w:r></w:p>");
    let body: String = text.lines().filter(|line| !line.is_empty()).map(paragraph).collect();
    let document = format!("<?xml version=\"1.0\"?><w:document><w:body>{body}</w:body></w:document>");
    let core = format!(
        "<cp:coreProperties><dc:title>{title}</dc:title><dc:creator>{author}</dc:creator>\
         <dcterms:created>{date}T09:00:00Z</dcterms:created></cp:coreProperties>"
    );
    zip(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("word/document.xml", document.as_bytes()),
        ("docProps/core.xml", core.as_bytes()),
    ])
}

/// A document of LibreOffice, as [`docx`].
pub fn odt(title: &str, author: &str, date: &str, text: &str) -> Vec<u8> {
    let paragraph = |words: &str| format!("<text:p>{words}</text:p>");
    let body: String = text.lines().filter(|line| !line.is_empty()).map(paragraph).collect();
    let content = format!(
        "<office:document-content><office:body><office:text>{body}</office:text></office:body></office:document-content>"
    );
    let meta = format!(
        "<office:document-meta><office:meta><dc:title>{title}</dc:title><meta:initial-creator>{author}</meta:initial-creator>\
         <meta:creation-date>{date}T09:00:00</meta:creation-date></office:meta></office:document-meta>"
    );
    zip(&[
        ("mimetype", b"application/vnd.oasis.opendocument.text"),
        ("content.xml", content.as_bytes()),
        ("meta.xml", meta.as_bytes()),
    ])
}

/// A PDF of one page with a title, an author, a date and the paragraphs of `text`.
pub fn pdf(title: &str, author: &str, date: &str, text: &str) -> Vec<u8> {
    let mut lines = Vec::new();
    for paragraph in text.split("\n\n") {
        lines.extend(wrapped(paragraph.trim()));
        lines.push(String::new());
    }
    let shown = lines.iter().zip(0..).filter(|(line, _)| !line.is_empty()).map(|(line, at)| {
        // Letters beyond ASCII by their numbers in the font's encoding.
        let line = line.replace('“', "\\223").replace('”', "\\224");
        format!("BT /F 10 Tf 50 {} Td ({line}) Tj ET\n", 750 - 12 * at)
    });
    let info =
        format!("<</Title({title})/Author({author})/CreationDate(D:{}090000Z)>>", date.replace('-', ""));
    raw_pdf(&shown.collect::<String>(), &info, "null", "")
}

/// A PDF of one page that is a picture.
pub fn scanned_pdf() -> Vec<u8> {
    raw_pdf("q 600 0 0 800 0 0 cm Q", "<<>>", "null", "")
}

/// A PDF that asks for a password.
pub fn locked_pdf() -> Vec<u8> {
    let key = "a".repeat(32);
    let lock = format!("<</Filter/Standard/V 1/R 2/O({key})/U({key})/P -4>>");
    raw_pdf("BT /F 10 Tf 50 750 Td (Shut.) Tj ET", "<<>>", &lock, "/Encrypt 5 0 R/ID[(a)(a)]")
}

fn raw_pdf(page: &str, info: &str, more: &str, trailer: &str) -> Vec<u8> {
    let font = format!(
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding/FirstChar 32/LastChar 255/Widths[{}]>>",
        "500 ".repeat(224)
    );
    let objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[6 0 R]/Count 1/MediaBox[0 0 600 800]>>",
        &font,
        info,
        more,
        "<</Type/Page/Parent 2 0 R/Resources<</Font<</F 3 0 R>>>>/Contents 7 0 R>>",
        &format!("<</Length {}>>stream\n{page}\nendstream", page.len()),
    ];
    let (mut pdf, mut places) = ("%PDF-1.4\n".to_owned(), String::new());
    for (object, number) in objects.iter().zip(1..) {
        places += &format!("{:010} 00000 n \n", pdf.len());
        pdf += &format!("{number} 0 obj\n{object}\nendobj\n");
    }
    let start = pdf.len();
    pdf += &format!("xref\n0 8\n0000000000 65535 f \n{places}");
    pdf += &format!("trailer<</Size 8/Root 1 0 R/Info 4 0 R{trailer}>>\nstartxref\n{start}\n%%EOF");
    pdf.into_bytes()
}

/// Lines of at most 70 letters.
fn wrapped(paragraph: &str) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in paragraph.split_whitespace() {
        if lines.last().is_some_and(|line| line.len() + word.len() > 70) {
            lines.push(String::new());
        }
        let line = lines.last_mut().expect("there is a first line");
        let space = if line.is_empty() { "" } else { " " };
        *line += &format!("{space}{word}");
    }
    lines
}
