//! The folder and the server that the commands of docs/ingest.md run in. All articles are invented.

use crate::packs::{capture, docx, gzip, odt, pdf, record, tar, zip, zstd};
use crate::web::{Server, response, routes};
use regex::Regex;
use std::fs;
use std::path::{Path, PathBuf};

/// The site that the page names; the server here stands for it.
const SITE: &str = "https://harbourpost.example";

fn here() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/docs")
}

/// Puts every input that the page names into `folder`: copies those of `inputs/`, and makes those that are no text.
pub fn furnish(folder: &Path) {
    copy(&here().join("inputs"), folder);
    let put = |name: &str, bytes: Vec<u8>| fs::write(folder.join(name), bytes).unwrap();
    let harvest = "The apple harvest at Corda was the smallest in ten years.\n\n“We picked it in a week,” said Rosa Haug, who has \
                   grown apples there since 1994.";
    put("statement.docx", docx("Statement on the harvest", "Rosa Haug", "2025-10-17", harvest));
    put(
        "minutes.odt",
        odt("Minutes", "Jon Abel", "2025-10-16", "Abel said that the mill would need a new wheel."),
    );
    let audit =
        "The council's books are in order.\n\n“Every krone is where it should be,” said auditor Olga Finn.";
    put("audit.pdf", pdf("Audit of the council", "Olga Finn", "2025-10-15", audit));
    put("crawl.warc.gz", crawl());
    let note = "“The lamp burns again,” said keeper Paul Rask.\n".as_bytes();
    put("lighthouse.txt.zst", zstd(note));
    let week = tar(&[
        ("mon.txt", b"Rask said that he would stay."),
        ("tue.html.gz", &gzip(&page("Choir sings again"))),
    ]);
    put("week.tar.gz", gzip(&week));
    put(
        "desk.zip",
        zip(&[("notes/a.txt", "“No comment,” said Lena Roth.".as_bytes()), ("../b.txt", b"Shut.")]),
    );
    let whole = gzip(note);
    put("broken/cut.txt.gz", whole[..whole.len() - 12].to_vec());
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

fn page(title: &str) -> Vec<u8> {
    format!(
        "<!DOCTYPE html><html><head><title>{title}</title></head><body><article><p>The choir of Brell sang on Sunday for the \
         first time since the church was closed for repairs.</p><p>“We had forgotten nothing,” said its leader, Eva \
         Storm.</p></article></body></html>"
    )
    .into_bytes()
}

/// As crawlers write it: each record by itself in gzip.
fn crawl() -> Vec<u8> {
    let html = "text/html; charset=utf-8";
    let body = String::from_utf8(page("Choir sings")).unwrap();
    let records = [
        record("warcinfo", "", "application/warc-fields", b"software: crawler\r\n"),
        capture("https://brell.example/robots.txt", "200 OK", "text/plain", "User-agent: *"),
        capture("https://brell.example/choir", "200 OK", html, &body),
        capture("https://brell.example/old", "404 Not Found", html, "<p>Gone."),
    ];
    records.iter().flat_map(|record| gzip(record)).collect()
}

/// A server with the pages of `web/`.
pub fn site() -> Server {
    let page = |name: &str, kind: &str| {
        let body = fs::read(here().join("web").join(name)).unwrap();
        response(200, &[("Content-Type", kind)], &body)
    };
    // Links between its pages are relative, as the server doesn't know where it will listen.
    let feed = fs::read_to_string(here().join("web/feed.xml")).unwrap().replace(SITE, "");
    routes(&[
        (
            "/robots.txt",
            response(200, &[("Content-Type", "text/plain")], b"User-agent: *\nDisallow: /drafts/\n"),
        ),
        ("/ferry", page("ferry.html", "text/html; charset=utf-8")),
        ("/school", page("school.html", "text/html; charset=utf-8")),
        ("/feed.xml", response(200, &[("Content-Type", "application/rss+xml")], feed.as_bytes())),
    ])
}

/// A command of the page as it is run here: the server's address for the site's.
pub fn localised(command: &str, site: &Server) -> String {
    let local = command.replace(SITE, &site.url(""));
    if local == command { local } else { local.replace(" ingest ", " ingest --allow-private --pause 0 ") }
}

/// What a command printed, without what is another each time: addresses, the time it took, and today's date.
pub fn steady(printed: &str, site: &Server) -> String {
    let today = jiff::Timestamp::now().strftime("%Y-%m-%d").to_string();
    let printed = printed
        .replace(&site.url(""), SITE)
        .replace(&site.address.to_string(), SITE.trim_start_matches("https://"))
        .replace(&today, "2025-11-03");
    let varying = [
        (r#""seconds":[0-9.]+"#, r#""seconds":0.02"#),
        // Another version of SQLite may need another number of pages.
        (r"[0-9.]+ KiB written", "248.00 KiB written"),
        (r#""seconds_left":null"#, r#""seconds_left":0"#),
        (r#""bytes_total":null"#, r#""bytes_total":95"#),
    ];
    varying.iter().fold(printed, |printed, (from, to)| {
        Regex::new(from).unwrap().replace_all(&printed, *to).into_owned()
    })
}
