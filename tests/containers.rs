//! Packed files, archives, web archives, mailboxes and tables, whole and broken. All articles here are invented.

mod packs;

use onrecord::intake::mapping::Mapping;
use onrecord::intake::{Content, Leaf, Limits, Meter, Options, Piece, Unread, total, walk};
use onrecord::lexicon::intake::{FileKind, IntakeWords};
use packs::{capture, gzip, record, tar, zip, zstd};
use std::fs;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// A tar of one member, its name and size written whether or not they are good.
fn raw_tar(name: &[u8], size: u64, bytes: &[u8]) -> Vec<u8> {
    let mut header = tar::Header::new_gnu();
    header.as_old_mut().name[..name.len()].copy_from_slice(name);
    header.set_size(size);
    header.set_cksum();
    let mut all = header.as_bytes().to_vec();
    all.extend_from_slice(bytes);
    all.resize(all.len().next_multiple_of(512), 0);
    all
}

fn page(number: u32) -> Vec<u8> {
    capture(
        &format!("https://orbo.example/{number}"),
        "200 OK",
        "text/html; charset=utf-8",
        &format!("<p>Page {number}."),
    )
}

struct Folder(TempDir);

impl Folder {
    fn new(files: &[(&str, Vec<u8>)]) -> Self {
        let folder = TempDir::new().unwrap();
        files.iter().for_each(|(name, bytes)| fs::write(folder.path().join(name), bytes).unwrap());
        Self(folder)
    }

    /// What comes of the whole folder.
    fn read(&self, options: &Options) -> Vec<String> {
        self.read_inputs(&[self.0.path().to_owned()], options)
    }

    /// What comes of one file of it, named itself.
    fn named(&self, name: &str, options: &Options) -> Vec<String> {
        self.read_inputs(&[self.0.path().join(name)], options)
    }

    fn read_inputs(&self, inputs: &[PathBuf], options: &Options) -> Vec<String> {
        let root = format!("{}/", self.0.path().to_string_lossy());
        let (words, meter) = (IntakeWords::load().unwrap(), Meter::default());
        let mut seen = Vec::new();
        walk(inputs, options, &words, &meter, &mut |piece| {
            let shown = match piece {
                Ok(Piece::Article(unread)) => shown(&unread),
                Ok(Piece::PassedOver(origin)) => format!("passed over {origin}"),
                Err(error) => format!("error {error}"),
            };
            seen.push(shown.replace(&root, ""));
            ControlFlow::Continue(())
        });
        assert!(meter.bytes() >= total(inputs), "the meter ends at the whole");
        seen
    }
}

/// `place kind: content`.
fn shown(unread: &Unread) -> String {
    let (kind, bytes) = match &unread.content {
        Content::Leaf(bytes, Leaf::Html(charset)) => {
            (format!("html {}", charset.as_deref().unwrap_or("-")), bytes)
        }
        Content::Leaf(bytes, leaf) => (format!("{leaf:?}").to_lowercase(), bytes),
        Content::Line(bytes, _) => ("line".to_owned(), bytes),
        Content::Row(bytes, _) => ("row".to_owned(), bytes),
        Content::Ready(_) => unreachable!("no feeds here"),
    };
    let text = String::from_utf8_lossy(bytes);
    let place = unread.place.as_deref().unwrap_or("nowhere");
    assert!(unread.place.is_none() || unread.origin.starts_with(place.split(['!', ':']).next().unwrap()));
    format!("{place} {kind}: {}", text.trim())
}

/// What comes of a folder with this one file in it.
fn one(name: &str, bytes: Vec<u8>) -> Vec<String> {
    one_with(name, bytes, &Options::default())
}

fn one_with(name: &str, bytes: Vec<u8>, options: &Options) -> Vec<String> {
    let folder = Folder::new(&[(name, bytes)]);
    folder
        .read(options)
        .into_iter()
        .map(|line| line.replace(&*folder.0.path().to_string_lossy(), ""))
        .collect()
}

fn limits(limits: Limits) -> Options {
    Options { limits, ..Options::default() }
}

#[test]
fn packed_files_are_what_is_in_them() {
    let lines = b"{\"id\":\"a\",\"text\":\"One.\"}\n{\"id\":\"b\",\"text\":\"Two.\"}\n";
    let expected = |name: &str| {
        [
            format!("{name}:1 line: {{\"id\":\"a\",\"text\":\"One.\"}}"),
            format!("{name}:2 line: {{\"id\":\"b\",\"text\":\"Two.\"}}"),
        ]
    };
    assert_eq!(one("a.jsonl.gz", gzip(lines)), expected("a.jsonl.gz"));
    assert_eq!(
        one("a.jsonl.zst", [zstd(&lines[..25]), zstd(&lines[25..])].concat()),
        expected("a.jsonl.zst")
    );
    assert_eq!(one("nameless", gzip(lines)), expected("nameless"));
    assert_eq!(one("a.txt.gz", gzip(b"Shut.")), ["a.txt.gz text: Shut."]);
    assert_eq!(
        one("page.txt", b"<!doctype html><p>Shut.".to_vec()),
        ["page.txt html -: <!doctype html><p>Shut."]
    );
    assert_eq!(one("a.png", b"\x89PNG\r\n".to_vec()), ["passed over a.png"]);
    assert_eq!(one("a.png.gz", gzip(b"\x89PNG\r\n")), ["passed over a.png.gz"]);
    assert_eq!(one("scan", b"%PDF-1.7".to_vec()), ["scan pdf: %PDF-1.7"]);
}

#[test]
fn archives_stream_their_members_with_places_inside() {
    let files: [(&str, &[u8]); 6] = [
        ("a/one.txt", b"One."),
        ("a/.hidden.txt", b"Hidden."),
        ("picture.png", b"\x89PNG"),
        ("lines.jsonl", b"{\"id\":\"x\",\"text\":\"Line.\"}"),
        ("__MACOSX/one.txt", b"Mac."),
        ("b.htm", b"<p>Two."),
    ];
    let expected = |name: &str| {
        [
            format!("{name}!/a/one.txt text: One."),
            format!("passed over {name}!/picture.png"),
            format!("{name}!/lines.jsonl:1 line: {{\"id\":\"x\",\"text\":\"Line.\"}}"),
            format!("{name}!/b.htm html -: <p>Two."),
        ]
    };
    assert_eq!(one("a.zip", zip(&files)), expected("a.zip"));
    assert_eq!(one("a.tar", tar(&files)), expected("a.tar"));
    assert_eq!(one("a.tgz", gzip(&tar(&files))), expected("a.tgz"));
    assert_eq!(one("a.tar.zst", zstd(&tar(&files))), expected("a.tar.zst"));
    let inner = zip(&[("in.tar.gz", &gzip(&tar(&[("deep.txt", b"Deep.")])))]);
    assert_eq!(
        one("out.tar", tar(&[("in.zip", &inner)])),
        ["out.tar!/in.zip!/in.tar.gz!/deep.txt text: Deep."]
    );
}

#[test]
fn long_names_in_tar_are_read() {
    let name = format!("{}/one.txt", "folder".repeat(30));
    assert_eq!(one("a.tar", tar(&[(&name, b"One.")])), [format!("a.tar!/{name} text: One.")]);
    let path = format!("path={name}\n");
    let extended = format!("{} {path}", path.len() + 4);
    let mut header = tar::Header::new_ustar();
    header.set_entry_type(tar::EntryType::XHeader);
    header.set_path("PaxHeaders/short.txt").unwrap();
    header.set_size(extended.len() as u64);
    header.set_cksum();
    let mut bytes = [header.as_bytes(), extended.as_bytes()].concat();
    bytes.resize(bytes.len().next_multiple_of(512), 0);
    bytes.extend(tar(&[("short.txt", b"One.")]));
    assert_eq!(one("a.tar", bytes), [format!("a.tar!/{name} text: One.")]);
}

#[test]
fn documents_are_told_from_archives() {
    let docx = zip(&[("[Content_Types].xml", b"<x/>"), ("word/document.xml", b"<x/>")]);
    let odt = zip(&[("mimetype", b"application/vnd.oasis.opendocument.text"), ("content.xml", b"<x/>")]);
    let sheet = zip(&[("[Content_Types].xml", b"<x/>"), ("xl/workbook.xml", b"<x/>")]);
    let folder = Folder::new(&[
        ("a.docx", docx.clone()),
        ("b.odt", odt),
        ("c.xlsx", sheet),
        ("d.zip", zip(&[("e.docx", &docx)])),
    ]);
    let seen = folder.read(&Options::default());
    assert!(seen[0].starts_with("a.docx office: PK"), "{seen:?}");
    assert!(seen[1].starts_with("b.odt office: PK"), "{seen:?}");
    assert_eq!(seen[2], "passed over c.xlsx");
    assert!(seen[3].starts_with("d.zip!/e.docx office: PK"), "{seen:?}");
}

#[test]
fn names_that_lead_elsewhere_are_failures() {
    let seen = one(
        "a.tar",
        [raw_tar(b"../up.txt", 4, b"One."), raw_tar(b"/root.txt", 4, b"Two."), tar(&[("c.txt", b"Three.")])]
            .concat(),
    );
    assert!(seen[0].starts_with("error a.tar!/../up.txt: has .. in its name"), "{seen:?}");
    assert!(seen[1].starts_with("error a.tar!//root.txt: has a name that begins at the root"), "{seen:?}");
    assert_eq!(seen[2..], ["a.tar!/c.txt text: Three."]);
    let seen = one("a.zip", zip(&[("a/../../b.txt", b"One."), ("c.txt", b"Two.")]));
    assert!(seen[0].contains("has .. in its name"), "{seen:?}");
    assert_eq!(seen[1..], ["a.zip!/c.txt text: Two."]);
}

#[test]
fn a_container_that_ends_in_the_middle_keeps_what_came_before() {
    let text: String = (0..2000_u64)
        .map(|line| {
            format!("{{\"id\":\"{line}\",\"text\":\"{}\"}}\n", line.wrapping_mul(0x9e37_79b9_7f4a_7c15))
        })
        .collect();
    let whole = gzip(text.as_bytes());
    let seen = one("a.jsonl.gz", whole[..whole.len() / 2].to_vec());
    assert!((500..1500).contains(&seen.len()), "{}", seen.len());
    let end =
        "error a.jsonl.gz: ends in the middle; what came before is read; fetch or pack it again for the rest";
    assert_eq!(seen.iter().position(|line| line == end), Some(seen.len() - 1));
    assert_eq!(one("a.txt.gz", whole[..whole.len() / 2].to_vec()).len(), seen.len(), "lines by content");

    let whole = tar(&[("a.txt", b"One."), ("b.txt", &[b'x'; 3000]), ("c.txt", b"Three.")]);
    let seen = one("a.tar", whole[..512 + 512 + 512 + 1000].to_vec());
    assert_eq!(seen[0], "a.tar!/a.txt text: One.");
    assert_eq!(seen[1], "error a.tar!/b.txt: ends in the middle; fetch or pack it again");
    assert!(seen.len() <= 3, "{seen:?}");

    let seen = one("a.zip", zip(&[("a.txt", b"One.")])[..40].to_vec());
    assert!(seen.len() == 1 && seen[0].starts_with("error a.zip: is damaged"), "{seen:?}");
}

#[test]
fn a_damaged_member_of_zip_costs_itself() {
    let long: String =
        (0..500_u64).map(|word| format!("{} ", word.wrapping_mul(0x9e37_79b9_7f4a_7c15))).collect();
    let mut bytes = zip(&[("a.txt", b"One."), ("b.txt", long.as_bytes()), ("c.txt", b"Three.")]);
    let at = bytes.windows(5).position(|window| window == b"b.txt").unwrap() + 200;
    bytes[at..at + 8].fill(0x55);
    let seen = one("a.zip", bytes);
    assert_eq!(
        (seen[0].as_str(), seen[2].as_str()),
        ("a.zip!/a.txt text: One.", "a.zip!/c.txt text: Three.")
    );
    assert!(seen[1].starts_with("error a.zip!/b.txt: is damaged"), "{seen:?}");
}

#[test]
fn sizes_that_are_only_claimed_reserve_nothing() {
    let seen = one("a.tar", raw_tar(b"a.txt", 8_000_000_000, b"Four."));
    assert_eq!(seen[0], "error a.tar!/a.txt: ends in the middle; fetch or pack it again");
    let seen = one("a.tar", raw_tar(b"a.txt", u64::MAX, b"Four."));
    assert!(seen.last().unwrap().starts_with("error a.tar"), "{seen:?}");
    let mut warc = page(1);
    warc.extend(
        b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 1000000000000000000\r\n\r\nshort\r\n\r\n",
    );
    let at = warc.len() - 5;
    warc.extend(page(2));
    let seen = one("a.warc", warc.clone());
    assert_eq!(seen.len(), 3, "{seen:?}");
    assert!(
        seen[1].contains("says that it is 1000000000000000000 bytes long, but another begins"),
        "{seen:?}"
    );
    assert!(seen[2].ends_with("html utf-8: <p>Page 2."), "{seen:?}");
    let seen = one("a.warc", warc[..at].to_vec());
    assert!(seen.len() == 2 && seen[1].contains("a.warc: ends in the middle"), "{seen:?}");
}

#[test]
fn nesting_has_a_limit() {
    let deep = (0..50).fold(b"Deep.".to_vec(), |inner, _| gzip(&inner));
    let seen = one("a.txt.gz", deep);
    assert_eq!(
        seen,
        [
            "error a.txt.gz: is packed more than 4 times over; unpack it, or give --max-nesting a larger number"
        ]
    );
    let six = (0..6).fold(b"Deep.".to_vec(), |inner, _| gzip(&inner));
    let options = limits(Limits { nesting: 6, ..Limits::default() });
    let folder = Folder::new(&[("a.txt.gz", six)]);
    assert!(folder.named("a.txt.gz", &options)[0].ends_with("a.txt.gz text: Deep."));
}

#[test]
fn bombs_are_stopped_once() {
    let options = limits(Limits { free: 1 << 20, unpacked: 2, ..Limits::default() });
    let zeros = vec![b'0'; 100 << 10];
    let member = gzip(&zeros);
    let names: Vec<String> = (0..40).map(|number| format!("{number}.txt.gz")).collect();
    let files: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), member.as_slice())).collect();
    for (name, bytes) in [("a.zip", zip(&files)), ("a.tar.gz", gzip(&tar(&files)))] {
        let seen = one_with(name, bytes.clone(), &options);
        let errors: Vec<&String> = seen.iter().filter(|line| line.starts_with("error")).collect();
        assert!(errors.len() == 1 && errors[0].contains("--max-unpacked"), "{name}: {errors:?}");
        assert!((4..15).contains(&seen.len()), "{name}: {}", seen.len());
        let options = limits(Limits { free: 1 << 20, unpacked: 10_000, ..Limits::default() });
        assert_eq!(one_with(name, bytes, &options).len(), 40);
    }
}

#[test]
fn bombs_in_captures_are_stopped_once() {
    let body = gzip(&vec![b'0'; 100 << 10]);
    let head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n";
    let response = [&head[..], &body].concat();
    let warc = record("response", "https://orbo.example/1", "application/http", &response).repeat(40);
    let options = limits(Limits { free: 1 << 20, unpacked: 2, ..Limits::default() });
    for (name, bytes) in [("a.warc", warc.clone()), ("a.warc.gz", gzip(&warc))] {
        let seen = one_with(name, bytes.clone(), &options);
        let errors: Vec<&String> = seen.iter().filter(|line| line.starts_with("error")).collect();
        assert!(errors.len() == 1 && errors[0].contains("--max-unpacked"), "{name}: {errors:?}");
        assert!((4..15).contains(&seen.len()), "{name}: {}", seen.len());
        assert_eq!(one(name, bytes).len(), 40);
    }
}

#[test]
fn records_that_say_they_are_long_are_not_read_for_ever() {
    let lie = "WARC/1.0\r\nContent-Length: 16777216\r\n\r\nx\r\n";
    let start = Instant::now();
    let warc = [page(1), lie.repeat((17 << 20) / lie.len()).into(), page(2), page(3)].concat();
    let seen = one("a.warc", warc);
    assert!(start.elapsed() < Duration::from_secs(60), "{:?}", start.elapsed());
    let pages: Vec<&String> = seen.iter().filter(|line| line.contains("<p>Page ")).collect();
    assert!(pages.len() == 3 && pages[2].ends_with("<p>Page 3."), "{pages:?}");
}

#[test]
fn articles_have_a_limit_wherever_they_stand() {
    let options = limits(Limits { article: 100, ..Limits::default() });
    let long = "x".repeat(101);
    for (name, bytes) in [
        ("a.txt", long.clone().into_bytes()),
        ("a.zip", zip(&[("a.txt", long.as_bytes())])),
        ("a.jsonl", format!("{{\"id\":\"a\",\"text\":\"{long}\"}}\n").into_bytes()),
        ("a.csv", format!("id,text\na,{long}\n").into_bytes()),
        ("a.mbox", format!("From a@x.example Mon Nov 24 10:15:00 2025\nFrom: a\n\n{long}\n").into_bytes()),
        ("a.warc", capture("https://x.example", "200 OK", "text/html", &long)),
    ] {
        let seen = one_with(name, bytes, &options);
        assert!(
            seen.len() == 1 && seen[0].starts_with("error") && seen[0].contains("100 bytes"),
            "{name}: {seen:?}"
        );
    }
}

#[test]
fn web_archives_give_their_pages() {
    let chunked = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n7\r\n<p>Chun\r\n4\r\nked.\r\n0\r\n\r\n";
    let parts = [
        record("warcinfo", "", "application/warc-fields", b"software: x\r\n"),
        page(1),
        record("request", "https://orbo.example/1", "application/http", b"GET / HTTP/1.1\r\n\r\n"),
        capture("https://orbo.example/robots.txt", "200 OK", "text/plain", "User-agent: *"),
        capture("https://orbo.example/old", "301 Moved", "text/html", "<p>Moved."),
        capture("https://orbo.example/gone", "404 Not Found", "text/html", "<p>Gone."),
        capture("https://orbo.example/a.png", "200 OK", "image/png", "\u{1}PNG"),
        record("response", "<https://orbo.example/2>", "application/http", chunked),
        record("conversion", "https://orbo.example/3", "text/plain", b"Three."),
    ];
    let expected = |name: &str| {
        let places: Vec<usize> = (0..parts.len()).map(|part| parts[..part].concat().len()).collect();
        let passed = |part: usize, url: &str| {
            format!("passed over {name}: record at byte {} (https://orbo.example/{url})", places[part])
        };
        vec![
            format!("{name}:{} html utf-8: <p>Page 1.", places[1]),
            passed(3, "robots.txt"),
            passed(4, "old"),
            passed(5, "gone"),
            passed(6, "a.png"),
            format!("{name}:{} html -: <p>Chunked.", places[7]),
            format!("{name}:{} text: Three.", places[8]),
        ]
    };
    assert_eq!(one("a.warc", parts.concat()), expected("a.warc"));
    assert_eq!(one("a.warc.gz", parts.iter().flat_map(|part| gzip(part)).collect()), expected("a.warc.gz"));
    assert_eq!(one("a.warc.gz", gzip(&parts.concat())), expected("a.warc.gz"));
    assert_eq!(one("a.warc.zst", parts.iter().flat_map(|part| zstd(part)).collect()), expected("a.warc.zst"));
    let bare =
        "WARC/1.1\nWARC-Type: conversion\nContent-Type: text/plain\nContent-Length: 4\n\nOne.\n\n".repeat(2);
    let seen: Vec<String> = one("a.warc", bare.into());
    assert!(seen.len() == 2 && seen.iter().all(|line| line.ends_with(" text: One.")), "{seen:?}");
}

#[test]
fn a_capture_carries_what_the_archive_knows() {
    let folder = Folder::new(&[("a.warc", page(1))]);
    let words = IntakeWords::load().unwrap();
    let mut headers = Vec::new();
    walk(&[folder.0.path().to_owned()], &Options::default(), &words, &Meter::default(), &mut |piece| {
        if let Ok(Piece::Article(unread)) = piece {
            headers.push(unread.header);
        }
        ControlFlow::Continue(())
    });
    assert_eq!(headers[0].url.as_deref(), Some("https://orbo.example/1"));
    assert_eq!(headers[0].extra["fetched"], "2025-10-22T08:00:00Z");
    assert_eq!(headers[0].published, None);
}

#[test]
fn a_damaged_record_of_a_web_archive_costs_itself() {
    let noise: String =
        (0..300_u64).map(|word| format!("{} ", word.wrapping_mul(0x9e37_79b9_7f4a_7c15))).collect();
    let long = capture("https://orbo.example/long", "200 OK", "text/html", &noise);
    let pages = |seen: &[String]| -> String {
        seen.iter().filter_map(|line| line.split("<p>Page ").nth(1)).collect()
    };
    // In the middle of a member of gzip, at any place.
    let packed = gzip(&long);
    for at in (12..packed.len() - 1).step_by(97) {
        let mut bad = packed.clone();
        bad[at] ^= 0xff;
        let seen = one("a.warc.gz", [gzip(&page(1)), bad, gzip(&page(3)), gzip(&page(4))].concat());
        assert!(pages(&seen).starts_with("1.") && pages(&seen).ends_with("4."), "byte {at}: {seen:?}");
        assert_eq!(
            seen.iter().filter(|line| line.starts_with("error a.warc.gz: record at byte")).count(),
            1,
            "byte {at}: {seen:?}"
        );
        assert!(!seen.iter().any(|line| line.starts_with("a.warc.gz") && line.contains("long")), "byte {at}");
    }
    // In the lengths, and between the records.
    let text = String::from_utf8(long).unwrap();
    let length = text.split("Content-Length: ").nth(1).unwrap().split('\r').next().unwrap();
    for (lie, means) in [("9", "short"), ("7000", "long"), ("x", "none"), ("-1", "negative")] {
        let bad = text.replace(&format!("Content-Length: {length}"), &format!("Content-Length: {lie}"));
        let tail: Vec<u8> = (3..60).flat_map(page).collect();
        let seen = one("a.warc", [page(1), bad.into_bytes(), tail].concat());
        assert_eq!(seen.iter().filter(|line| line.starts_with("error")).count(), 1, "{means}: {seen:?}");
        assert_eq!(seen.len(), 1 + 1 + 57, "{means}: {seen:?}");
        assert!(
            seen[1].starts_with(&format!("error a.warc: record at byte {}", page(1).len())),
            "{means}: {}",
            seen[1]
        );
    }
    let seen = one("a.warc", [page(1), b"rubbish\r\nand more\r\n".to_vec(), page(2)].concat());
    assert_eq!(seen.len(), 3, "{seen:?}");
    assert!(
        seen[0].ends_with("Page 1.") && seen[1].starts_with("error") && seen[2].ends_with("Page 2."),
        "{seen:?}"
    );
}

#[test]
fn mailboxes_give_their_messages() {
    let mbox = "From a@orbo.example Mon Nov 24 10:15:00 2025\nFrom: a@orbo.example\nSubject: One\n\nOne.\n>From here on.\n\
                From there: no blank line before it.\n\nFrom b@orbo.example Mon Nov 24 10:16:00 2025\r\nFrom: b@orbo.example\r\n\r\nTwo.\n";
    let expected = [
        "news:1 mail: From: a@orbo.example\nSubject: One\n\nOne.\nFrom here on.\nFrom there: no blank line before it.",
        "news:9 mail: From: b@orbo.example\n\nTwo.",
    ];
    assert_eq!(one("news", mbox.into()), expected);
    assert_eq!(
        one("news.mbox.gz", gzip(mbox.as_bytes())),
        expected.map(|line| line.replace("news:", "news.mbox.gz:"))
    );
    let mail = "Message-ID: <1@orbo.example>\nSubject: One\n\nOne.";
    assert_eq!(one("saved.txt", mail.into()), [format!("saved.txt mail: {mail}")]);
}

#[test]
fn tables_give_their_rows() {
    let table = "id,text\n1,One.\n2,\"Two,\nthree.\"\nbad\n4,Four.\n";
    assert_eq!(
        one("a.csv", table.into()),
        [
            "a.csv:2 row: 1,One.",
            "a.csv:3 row: 2,\"Two,\nthree.\"",
            "error a.csv:5: has 1 cells where the first line has 2; is a quotation mark missing?",
            "a.csv:6 row: 4,Four.",
        ]
    );
    let seen = one("a.csv", "headline,body\nx,y\n".into());
    assert!(seen.len() == 1 && seen[0].contains("--map text=NAME; there are: headline, body"), "{seen:?}");
    let mapping: Mapping = "text=body".parse().unwrap();
    let options = Options { mapping: Some(Arc::new(mapping)), ..Options::default() };
    assert_eq!(one_with("a.csv.gz", gzip(b"headline,body\nx,y\n"), &options), ["a.csv.gz:2 row: x,y"]);
}

#[test]
fn an_unclosed_mark_swallows_no_more_than_an_article() {
    let options = limits(Limits { article: 10_000, ..Limits::default() });
    let rows: String = (0..5000).map(|row| format!("{row},Row {row}.\n")).collect();
    let seen = one_with("a.csv", format!("id,text\nx,\"open\n{rows}").into(), &options);
    assert_eq!(seen.len(), 5001);
    assert!(seen[0].starts_with("error a.csv:2: has a quotation mark that is never closed"), "{}", seen[0]);
    assert_eq!(seen[5000], "a.csv:5002 row: 4999,Row 4999.");
}

#[test]
fn a_format_that_is_asked_for_is_that_of_what_is_packed() {
    let options = Options { format: Some(FileKind::Text), ..Options::default() };
    let line = "{\"id\":\"a\",\"text\":\"One.\"}";
    assert_eq!(one_with("a.jsonl.gz", gzip(line.as_bytes()), &options), [format!("a.jsonl.gz text: {line}")]);
    assert_eq!(one_with("a.png", b"\x89PNG".to_vec(), &options), ["passed over a.png"]);
    let seen = one("a.gz", b"not packed".to_vec());
    assert_eq!(
        seen,
        ["error a.gz: is no gzip file, though its name ends like one; fetch it again or rename it"]
    );
}

/// A zip of so many members `N.txt` that hold `x`. The crate's own writer takes a time that grows with their square.
fn zip_of(members: u32) -> Vec<u8> {
    let (mut files, mut directory) = (Vec::new(), Vec::new());
    let mut sum = flate2::Crc::new();
    sum.update(b"x");
    for number in 0..members {
        let name = format!("{number}.txt");
        let mut entry = vec![20, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        entry.extend(sum.sum().to_le_bytes());
        entry.extend([1, 0, 0, 0, 1, 0, 0, 0, name.len() as u8, 0, 0, 0]);
        let at = files.len() as u32;
        files.extend([&b"PK\x03\x04"[..], &entry, name.as_bytes(), b"x"].concat());
        directory.extend(
            [&b"PK\x01\x02\x14\0"[..], &entry, &[0; 10], &at.to_le_bytes(), name.as_bytes()].concat(),
        );
    }
    let (at, size) = (files.len() as u32, directory.len() as u32);
    // More members than 16 bits count stand in the records of zip64.
    let mut end = b"PK\x06\x06".to_vec();
    end.extend(44_u64.to_le_bytes());
    end.extend([45, 0, 45, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    for number in [u64::from(members), u64::from(members), u64::from(size), u64::from(at)] {
        end.extend(number.to_le_bytes());
    }
    end.extend(b"PK\x06\x07\0\0\0\0");
    end.extend(u64::from(at + size).to_le_bytes());
    end.extend(b"\x01\0\0\0PK\x05\x06\0\0\0\0\xff\xff\xff\xff");
    end.extend([size.to_le_bytes(), at.to_le_bytes()].concat());
    end.extend([0, 0]);
    [files, directory, end].concat()
}

#[test]
fn an_archive_of_many_members_is_read_to_its_end() {
    let seen = one("a.zip", zip_of(100_000));
    assert_eq!(seen.len(), 100_000, "{:?}", seen.first());
    assert_eq!(seen[99_999], "a.zip!/99999.txt text: x");
}

#[test]
fn members_that_overlap_cost_no_more_than_a_bomb() {
    // Two entries of the directory that point at the same bytes.
    let mut bytes = zip(&[("a.txt", b"One."), ("b.txt", b"Two.")]);
    let entries: Vec<usize> = bytes
        .windows(4)
        .enumerate()
        .filter(|(_, window)| window == b"PK\x01\x02")
        .map(|(at, _)| at)
        .collect();
    bytes[entries[1] + 42..entries[1] + 46].fill(0);
    let seen = one("a.zip", bytes);
    assert_eq!(seen.len(), 2, "{seen:?}");
    assert_eq!(seen[0], "a.zip!/a.txt text: One.");
}

#[test]
fn nothing_more_is_read_when_nothing_more_is_wanted() {
    let folder = Folder::new(&[
        ("a.zip", zip(&[("a.txt", b"One."), ("b.txt", b"Two.")])),
        ("b.warc", [page(1), page(2)].concat()),
    ]);
    let mut seen = 0;
    let words = IntakeWords::load().unwrap();
    walk(&[folder.0.path().to_owned()], &Options::default(), &words, &Meter::default(), &mut |_| {
        seen += 1;
        if seen == 3 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    assert_eq!(seen, 3);
}
