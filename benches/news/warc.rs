//! Articles as records of a web archive (WARC 1.0), each compressed for itself, as crawlers write them.

use crate::news::Article;
use crate::news::page::page;
use flate2::Compression;
use flate2::write::GzEncoder;
use std::io::{self, Write};

/// Writes the record that a web archive begins with.
pub fn write_start(out: impl Write) -> io::Result<()> {
    let body = "software: onrecord's benches\r\nformat: WARC File Format 1.0\r\n";
    let headers = "WARC-Type: warcinfo\r\nWARC-Date: 2026-01-01T00:00:00Z\r\n\
                   WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-000000000000>\r\n\
                   Content-Type: application/warc-fields\r\n";
    write_record(out, headers, body.as_bytes())
}

/// Writes an article as the answer of a web server: its headers, then a page around the article.
pub fn write_article(out: impl Write, article: &Article) -> io::Result<()> {
    let page = page(article);
    let answer = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {}\r\n\r\n{page}",
        page.len()
    );
    let hash = xxhash_rust::xxh3::xxh3_128(format!("{} {}", article.url, article.text).as_bytes());
    let headers = format!(
        "WARC-Type: response\r\nWARC-Date: {}T06:00:00Z\r\nWARC-Target-URI: {}\r\n\
         WARC-Record-ID: <urn:uuid:{}>\r\nContent-Type: application/http; msgtype=response\r\n",
        article.published,
        article.url,
        uuid(hash)
    );
    write_record(out, &headers, answer.as_bytes())
}

fn write_record(out: impl Write, headers: &str, body: &[u8]) -> io::Result<()> {
    let mut record = GzEncoder::new(out, Compression::fast());
    write!(record, "WARC/1.0\r\n{headers}Content-Length: {}\r\n\r\n", body.len())?;
    record.write_all(body)?;
    record.write_all(b"\r\n\r\n")?;
    record.finish()?;
    Ok(())
}

fn uuid(hash: u128) -> String {
    let digits = format!("{hash:032x}");
    let (a, b, c) = (&digits[..8], &digits[8..12], &digits[13..16]);
    format!("{a}-{b}-4{c}-8{}-{}", &digits[17..20], &digits[20..32])
}
