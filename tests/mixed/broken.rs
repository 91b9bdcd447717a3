//! Files that fail, or parts of which do, and those that are passed over.

use crate::mixed::good::{captured, line, page, row, rss, story};
use crate::packs::{capture, gzip, locked_pdf, scanned_pdf, tar, zip};
use std::io::Read;

/// A file, what fails of it, and the articles that are read all the same.
pub struct Broken {
    pub name: &'static str,
    pub bytes: Vec<u8>,
    /// The input that is named, and what its reason says.
    pub failures: Vec<(&'static str, &'static str)>,
    /// Keys.
    pub articles: Vec<&'static str>,
}

fn broken(name: &'static str, bytes: impl Into<Vec<u8>>, failure: (&'static str, &'static str)) -> Broken {
    Broken { name, bytes: bytes.into(), failures: vec![failure], articles: Vec::new() }
}

impl Broken {
    fn but(self, articles: &[&'static str]) -> Self {
        Self { articles: articles.to_vec(), ..self }
    }
}

pub fn files() -> Vec<Broken> {
    [texts(), pages_and_feeds(), records(), documents(), archives()].into_iter().flatten().collect()
}

/// Files that are no articles: passed over and counted.
pub fn foreign() -> Vec<(&'static str, Vec<u8>)> {
    vec![
        ("foreign/picture.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec()),
        ("foreign/table.sqlite", b"SQLite format 3\0".to_vec()),
        ("foreign/program", b"\x7fELF\x02\x01\x01\0\0\0".to_vec()),
        ("foreign/sums.xlsx", zip(&[("[Content_Types].xml", b"<Types/>"), ("xl/workbook.xml", b"<x/>")])),
        ("foreign/map.xml", b"<?xml version=\"1.0\"?><urlset><url/></urlset>".to_vec()),
    ]
}

fn texts() -> Vec<Broken> {
    let cut = gzip(story("Kelling").as_bytes());
    let half = cut.len() / 2;
    vec![
        broken("bad/empty.txt", "", ("news/bad/empty.txt", "has no text, so there is nothing to find in it")),
        broken("bad/nul.txt", "The bridge\0 is shut.", ("news/bad/nul.txt", "has NUL bytes")),
        broken(
            "bad/rich.txt",
            "{\\rtf1 Shut.}",
            ("news/bad/rich.txt", "is an RTF document, not text; save the article as"),
        ),
        broken(
            "bad/torn.txt",
            [story("Looe").as_bytes(), b"Caf\xc3"].concat(),
            ("news/bad/torn.txt", "is UTF-8 but for a broken character at byte"),
        ),
        broken(
            "bad/cut.txt.gz",
            &cut[..half],
            ("news/bad/cut.txt.gz", "ends in the middle; fetch or pack it again"),
        ),
        broken(
            "bad/plain.gz",
            story("Lydd"),
            ("news/bad/plain.gz", "is no gzip file, though its name ends like one"),
        ),
        broken(
            "bad/list.txt",
            format!("[\n{},{}]", line("Hexham"), line("Holt")),
            ("news/bad/list.txt", "is JSON, not text; write one article a line"),
        ),
        broken(
            "bad/long.txt.gz",
            gzip(&vec![b'x'; 17 << 20]),
            ("news/bad/long.txt.gz", "larger than 16 MiB, too long for one article"),
        ),
    ]
}

fn pages_and_feeds() -> Vec<Broken> {
    let deep = format!("<html><body>{}<p>Shut.", "<div>".repeat(600));
    let empty = "<!DOCTYPE html><html><head><title>Home</title></head><body><nav><a href=\"/\">Home</a></nav>\
                 <div id=\"app\"></div></body></html>";
    let teaser = "<item><title>Short</title><link>https://tide.example/short</link><description>The bridge is shut. \
                  Read on …</description></item>";
    vec![
        broken("bad/app.html", empty, ("news/bad/app.html", "has no article text")),
        broken("bad/deep.html", deep, ("news/bad/deep.html", "has more than 512 elements in one another")),
        broken(
            "bad/torn.rss",
            "<rss version='2.0'><channel><item><tit",
            ("news/bad/torn.rss", "is no feed that can be read"),
        ),
        broken("bad/teaser.rss", rss(teaser), ("news/bad/teaser.rss:1", "is only a teaser")),
    ]
}

fn records() -> Vec<Broken> {
    let lines = format!(
        "{}{{\"id\":\"x\",\"text\":\n{{\"id\":\"y\",\"text\":\"\\ud800\"}}\n{{\"id\":\"z\"}}\n{}",
        line("Mott"),
        line("Nairn")
    );
    let table =
        |[before, after]: [String; 2]| format!("text;headline;published\n{before}\"The bridge;x;y\n{after}");
    // In the first there is no other mark; in the second the rows behind have marks of their own.
    let open = table(["Otham", "Penrith"].map(|town| row(town).replace('"', "")));
    let inner = table(["Ottery", "Penryn"].map(row));
    vec![
        Broken {
            failures: vec![
                ("news/bad/lines.jsonl:2", "is no record: it ends in the middle (column"),
                ("news/bad/lines.jsonl:3", "half of a surrogate pair stands alone"),
                ("news/bad/lines.jsonl:4", "lacks \"text\""),
            ],
            ..broken("bad/lines.jsonl", lines, ("", "")).but(&["Mott-1", "Nairn-1"])
        },
        broken("bad/open.csv", open, ("news/bad/open.csv:3", "has a quotation mark that is never closed"))
            .but(&["news/bad/open.csv:2", "news/bad/open.csv:4"]),
        broken(
            "bad/inner.csv",
            inner,
            ("news/bad/inner.csv:3", "has a quotation mark in the middle of a cell"),
        )
        .but(&["news/bad/inner.csv:2", "news/bad/inner.csv:4"]),
        broken(
            "bad/nameless.csv",
            "body,headline\nx,y\n",
            ("news/bad/nameless.csv", "--map text=NAME; there are: body, headline"),
        ),
    ]
}

fn documents() -> Vec<Broken> {
    let no_text = zip(&[("[Content_Types].xml", b"<Types/>"), ("word/document.xml", b"<w:document/>")]);
    let nothing_read =
        if cfg!(feature = "pdf") { "has no text layer; run OCR on it first" } else { "is a PDF" };
    let locked = if cfg!(feature = "pdf") { "password" } else { "is a PDF" };
    vec![
        broken("bad/blank.docx", no_text, ("news/bad/blank.docx", "has no text")),
        broken("bad/renamed.docx", "Shut.", ("news/bad/renamed.docx", "is no document")),
        broken("bad/scan.pdf", scanned_pdf(), ("news/bad/scan.pdf", nothing_read)),
        broken("bad/locked.pdf", locked_pdf(), ("news/bad/locked.pdf", locked)),
        broken("bad/bare.eml", "no header\n\nShut.", ("news/bad/bare.eml", "is no e-mail")),
    ]
}

fn archives() -> Vec<Broken> {
    let lie =
        String::from_utf8(capture("https://crawl.example/lie", "200 OK", "text/html", &page("Quorn", "")))
            .unwrap();
    let lie = lie.replace("Content-Length: ", "Content-Length: x");
    let warc = [captured("Rye"), lie.into_bytes(), captured("Stroud")].concat();
    let mut zipped = zip(&[("a.txt", story("Thirsk").as_bytes()), ("b.txt", story("Upwey").as_bytes())]);
    // The first byte of what is packed, behind 30 of the header and 5 of the name.
    zipped[35] ^= 0xff;
    let escape = tar(&[("../x.txt", story("Wick").as_bytes()), ("y.txt", story("Yeovil").as_bytes())]);
    let bomb = zstd::encode_all(std::io::repeat(b'x').take(280 << 20), 1).unwrap();
    let boxes = (0..6).fold(story("Ware").into_bytes(), |inner, _| gzip(&inner));
    vec![
        broken("bad/lie.warc", warc, ("news/bad/lie.warc: record at byte", "doesn't say how long it is"))
            .but(&["https://crawl.example/Rye", "https://crawl.example/Stroud"]),
        broken("bad/damaged.zip", zipped, ("news/bad/damaged.zip!/a.txt", "is damaged"))
            .but(&["news/bad/damaged.zip!/b.txt"]),
        broken(
            "bad/escape.tar",
            escape,
            ("news/bad/escape.tar!/../x.txt", "has .. in its name, which leads out of the archive"),
        )
        .but(&["news/bad/escape.tar!/y.txt"]),
        broken(
            "bad/bomb.jsonl.zst",
            bomb,
            ("news/bad/bomb.jsonl.zst", "unpacks to more than 200 times its size"),
        ),
        broken("bad/boxes.txt.gz", boxes, ("news/bad/boxes.txt.gz", "is packed more than 4 times over")),
    ]
}
