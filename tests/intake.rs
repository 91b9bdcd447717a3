//! Intake: headers, encodings, JSON Lines, folders. All articles here are invented.

use onrecord::error::Error;
use onrecord::intake::headers::Header;
use onrecord::intake::{
    Content, Leaf, MAX_ARTICLE_BYTES, Meter, Options, Piece, Unread, article, total, walk,
};
use onrecord::lexicon::intake::{FileKind, IntakeWords};
use onrecord::model::{Keyed, RawArticle};
use proptest::prelude::*;
use std::fs;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

fn words() -> IntakeWords {
    IntakeWords::load().unwrap()
}

/// Reads `text` as standard input holding one article.
fn read(text: &str) -> RawArticle {
    read_bytes(text.as_bytes()).unwrap()
}

fn read_bytes(bytes: &[u8]) -> Result<RawArticle, Error> {
    article(unread("standard input", Content::Leaf(bytes.to_vec(), Leaf::Text)), &words())
}

fn read_line(line: &str) -> Result<RawArticle, Error> {
    article(unread("corpus.jsonl:7", Content::Line(line.as_bytes().to_vec(), None)), &words())
}

fn unread(origin: &str, content: Content) -> Unread {
    Unread { origin: origin.to_owned(), place: None, header: Header::default(), content }
}

/// What comes of one input: an article's key and body, a file passed over, or an error's words.
fn outcomes(inputs: &[&Path], format: Option<FileKind>) -> Vec<String> {
    let inputs: Vec<PathBuf> = inputs.iter().map(|input| input.to_path_buf()).collect();
    let (words, options, meter) = (words(), Options { format, ..Options::default() }, Meter::default());
    let mut outcomes = Vec::new();
    walk(&inputs, &options, &words, &meter, &mut |piece| {
        let outcome = match piece {
            Ok(Piece::PassedOver(origin)) => Ok(format!("passed over {}", name(Path::new(&origin)))),
            Ok(Piece::Article(unread)) => {
                article(unread, &words).map(|raw| format!("{}: {}", raw.key, raw.body.trim()))
            }
            Err(error) => Err(error),
        };
        outcomes.push(outcome.unwrap_or_else(|error| error.to_string()));
        ControlFlow::Continue(())
    });
    assert_eq!(meter.bytes(), total(&inputs), "all bytes are counted, each once");
    outcomes
}

fn name(path: &Path) -> String {
    path.file_name().unwrap().to_string_lossy().into_owned()
}

fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let folder = TempDir::new().unwrap();
    for (name, bytes) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    folder
}

#[test]
fn header_lines_are_read_and_removed() {
    let raw = read(
        "Title: Bridge to stay shut\r\nBy Ann Reyes and Tom de Vries\r\nPublished: Monday, May 18, 2015\r\n\
         Outlet: Harbour Post\r\nLink: https://harbourpost.example/bridge\r\nLanguage: English\r\n\
         Section: City\r\n\r\nThe bridge stays shut.\r\n\r\nSource: the minister said so.\r\n",
    );
    assert_eq!(raw.title.as_deref(), Some("Bridge to stay shut"));
    assert_eq!(raw.byline.as_deref(), Some("Ann Reyes and Tom de Vries"));
    assert_eq!(raw.published.map(|date| date.to_string()).as_deref(), Some("2015-05-18"));
    assert_eq!(raw.outlet.as_deref(), Some("Harbour Post"));
    assert_eq!(raw.url.as_deref(), Some("https://harbourpost.example/bridge"));
    assert_eq!(raw.language.as_deref(), Some("en"));
    assert_eq!(raw.extra["section"], "City");
    assert_eq!(raw.key, "https://harbourpost.example/bridge");
    assert_eq!(raw.body, "The bridge stays shut.\r\n\r\nSource: the minister said so.\r\n");
}

#[test]
fn what_only_looks_like_a_header_stays_in_the_text() {
    for body in [
        "Source: the minister said the bridge would stay shut.\n",
        "By Tuesday the storm had passed.\n",
        "By Tuesday the storm had passed\n\nNobody was hurt.\n",
        "Date: to be announced\n\nThe fair is late.\n",
        "Link: see our earlier story\n\nMore soon.\n",
        "Language: plain and simple\n\nThat is her wish.\n",
        "Reyes: We will not close.\n\nVries: We will.\n",
        "One paragraph.\n\nTitle: Mayor of Ossen\n",
        "\n  Indented first line.\n",
    ] {
        let raw = read(body);
        assert_eq!(raw.body, body);
        let found = (raw.title, raw.outlet, raw.byline, raw.published, raw.url, raw.language);
        assert_eq!(found, (None, None, None, None, None, None), "{body}");
    }
}

#[test]
fn a_header_ends_where_the_text_begins() {
    let raw = read("Source: Harbour Post\n\nSource: Reyes Said No\nMore.\n");
    assert_eq!(raw.outlet.as_deref(), Some("Harbour Post"));
    assert_eq!(raw.body, "Source: Reyes Said No\nMore.\n");
    let raw = read("Title: Bridge\nThe bridge is shut: Reyes said so.\n");
    assert_eq!(raw.body, "The bridge is shut: Reyes said so.\n");
}

#[test]
fn a_date_may_lead_the_first_sentence() {
    for text in [
        "date 2025-10-22 A planned walk.\n",
        " Date: 2025-10-22 A planned walk.\n",
        "DATE\t2025-10-22 A planned walk.\n",
    ] {
        let raw = read(text);
        assert_eq!(raw.published.map(|date| date.to_string()).as_deref(), Some("2025-10-22"), "{text}");
        assert_eq!(raw.body, "A planned walk.\n");
    }
    let raw = read("Date: 2025-10-22 at 10:15 am\n\nA planned walk.\n");
    assert_eq!((raw.published.is_some(), raw.body.as_str()), (true, "A planned walk.\n"));
}

#[test]
fn a_date_that_could_be_two_is_kept_as_written() {
    let raw = read("Date: 05/06/2025\n\nThe bridge is shut.\n");
    assert_eq!(raw.published, None);
    assert_eq!(raw.extra["published_as_written"], "05/06/2025");
    assert_eq!(raw.body, "The bridge is shut.\n");
}

#[test]
fn front_matter_is_read_and_removed() {
    let raw = read(
        "---\ntitle: 'Bridge: the end'\nid: bridge-7\nauthors: [Ann Reyes, Tom Vries]\ndate: 2025-03-04\n\
         text: shadow\nmood: grim\nurl: https://harbourpost.example/b\n---\n\nShut.\n",
    );
    assert_eq!(raw.key, "bridge-7");
    assert_eq!(raw.title.as_deref(), Some("Bridge: the end"));
    assert_eq!(raw.byline.as_deref(), Some("Ann Reyes, Tom Vries"));
    assert_eq!(raw.published.map(|date| date.to_string()).as_deref(), Some("2025-03-04"));
    assert_eq!(raw.extra["mood"], "grim");
    assert_eq!(raw.extra["text_as_written"], "shadow");
    assert_eq!(raw.body, "Shut.\n");
}

#[test]
fn the_key_of_a_stream_is_its_hash() {
    let (one, same, other) = (read("Shut.\n"), read("Shut.\n"), read("Open.\n"));
    assert!(one.key.starts_with("stdin:") && one.key.len() == "stdin:".len() + 16, "{}", one.key);
    assert_eq!(one.key, same.key);
    assert_ne!(one.key, other.key);
}

#[test]
fn a_record_keeps_its_text_to_the_letter() {
    let text = " “Yes,” \\r\\n she said.\\t\\n\\n🙂 ";
    let raw = read_line(&format!(
        r#"{{"id":"a/1","text":"{text}","published":"2025-10-22T07:00:00Z","url":"https://x.example/1","title":null,
            "outlet":"","mood":[1,{{"deep":true}}],"quotes":[{{"bad":[]}}],"sentences":7}}"#
    ))
    .unwrap();
    assert_eq!(raw.body, " “Yes,” \r\n she said.\t\n\n🙂 ");
    assert_eq!(raw.key, "a/1");
    assert_eq!(raw.published.map(|date| date.to_string()).as_deref(), Some("2025-10-22"));
    assert_eq!((raw.title, raw.outlet), (None, None));
    assert_eq!(serde_json::to_string(&raw.extra).unwrap(), r#"{"mood":[1,{"deep":true}]}"#);
    assert_eq!(read_line(r#"{"id":7,"text":"x"}"#).unwrap().key, "7");
    let raw = read_line(r#"{"id":"a","text":"x","published":"last spring"}"#).unwrap();
    assert_eq!((raw.published, raw.extra["published_as_written"].as_str()), (None, Some("last spring")));
}

#[test]
fn a_record_is_known_by_its_id_its_url_or_its_place() {
    let key = |line: &str| read_line(line).map(|raw| (raw.key, raw.keyed)).unwrap();
    let url = "https://x.example/1".to_owned();
    assert_eq!(key(r#"{"id":"a","url":"https://x.example/1","text":"x"}"#), ("a".to_owned(), Keyed::Own));
    assert_eq!(key(r#"{"id":"","url":"https://x.example/1","text":"x"}"#), (url, Keyed::Own));
    let (hash, keyed) = key(r#"{"text":"x"}"#);
    assert!(hash.starts_with("stdin:") && keyed == Keyed::Place, "{hash}");
    let folder = folder(&[("corpus.jsonl", b"\n{\"text\":\"x\"}\n")]);
    let outcomes = outcomes(&[&folder.path().join("corpus.jsonl")], None);
    assert!(outcomes[0].ends_with("/corpus.jsonl:2: x"), "{outcomes:?}");
}

#[test]
fn a_bad_record_says_where_and_why() {
    for (line, why) in [
        ("{", "is no record: it ends in the middle (column 1)"),
        ("[1]", "expected a JSON object"),
        (r#"{"id":"a"}"#, "lacks \"text\""),
        (r#"{"id":"a","text":7}"#, "\"text\" is not a string"),
        (
            r#"{"id":"a","text":"\ud800"}"#,
            "half of a surrogate pair stands alone, such as \\ud800; write the whole character (column 25)",
        ),
        (
            r#"{"id":"a","text":"\udc00 x"}"#,
            "half of a surrogate pair stands alone, such as \\ud800; write the whole character (column 24)",
        ),
    ] {
        let error = read_line(line).unwrap_err().to_string();
        assert!(error.starts_with("corpus.jsonl:7: ") && error.contains(why), "{line}: {error}");
    }
}

#[test]
fn lines_are_read_on_behind_a_bad_one() {
    let long = format!("{{\"id\":\"b\",\"text\":\"{}\"}}", "x".repeat(MAX_ARTICLE_BYTES));
    let corpus = format!(
        "\u{feff}{{\"id\":\"a\",\"text\":\"One.\"}}\n\nnonsense\n{long}\n{{\"id\":\"c\",\"text\":\"Three.\"}}"
    );
    let folder = folder(&[("corpus.jsonl", corpus.as_bytes())]);
    let path = folder.path().join("corpus.jsonl");
    let outcomes = outcomes(&[&path], None);
    assert_eq!(outcomes.len(), 4, "{outcomes:?}");
    assert_eq!(outcomes[0], "a: One.");
    assert!(outcomes[1].contains("corpus.jsonl:3: is no record"), "{}", outcomes[1]);
    assert!(outcomes[2].contains("corpus.jsonl:4: longer than 16 MiB"), "{}", outcomes[2]);
    assert_eq!(outcomes[3], "c: Three.");
}

#[test]
fn a_folder_is_walked_in_order() {
    let folder = folder(&[
        ("b.txt", b"Bee."),
        ("a/z.md", b"# Zed"),
        ("a/a.markdown", b"Ay."),
        ("c.jsonl", br#"{"id":"sea","text":"Sea."}"#),
        ("c.gold.jsonl", br#"{"id":"sea","text":"Sea.","quotes":[]}"#),
        ("d.png", b"\x89PNG"),
        ("e.txt", b"\x7fELF\0\0"),
        (".hidden.txt", b"Hidden."),
        (".gitignore", b"*.txt"),
        ("f.TXT", b"Eff."),
        ("g.txt", b" \n"),
    ]);
    let root = folder.path().to_string_lossy().into_owned();
    let outcomes: Vec<String> =
        outcomes(&[folder.path()], None).iter().map(|outcome| outcome.replace(&root, "")).collect();
    let expected = [
        "/a/a.markdown: Ay.",
        "/a/z.md: # Zed",
        "/b.txt: Bee.",
        "sea: Sea.",
        "passed over d.png",
        "/e.txt: has NUL bytes, so it is no text file, or UTF-16 without its mark; save it as UTF-8",
        "/f.TXT: Eff.",
        "/g.txt: has no text, so there is nothing to find in it",
    ];
    assert_eq!(outcomes, expected);
}

#[cfg(unix)]
#[test]
fn links_are_followed_but_not_in_a_circle() {
    let folder = folder(&[("a/one.txt", b"One."), ("b/two.txt", b"Two.")]);
    let (root, link) = (folder.path(), std::os::unix::fs::symlink::<PathBuf, PathBuf>);
    link(root.join("b"), root.join("a/b")).unwrap();
    link(root.join("a"), root.join("a/loop")).unwrap();
    let outcomes = outcomes(&[&root.join("a")], None).join("\n");
    assert!(outcomes.contains("/a/one.txt: One."), "{outcomes}");
    assert!(outcomes.contains("/a/b/two.txt: Two."), "{outcomes}");
    assert!(outcomes.contains("/a/loop: leads back to "), "{outcomes}");
}

#[test]
fn a_named_file_is_read_whatever_its_name() {
    let folder = folder(&[
        ("article", b"Plain."),
        ("x.gold.jsonl", br#"{"id":"g","text":"Gold."}"#),
        ("records.data", br#"{"id":"r","text":"Record."}"#),
        ("old.txt.gz", b"\x1f\x8b\x08\0\0\0"),
        ("packed.jsonl", b"\x1f\x8b\x08\0\0\0"),
        ("wide.jsonl", b"\xff\xfe{\0\"\0"),
    ]);
    let at = |name: &str| folder.path().join(name);
    let one = |name: &str| outcomes(&[&at(name)], None).join("\n");
    assert!(one("article").ends_with("/article: Plain."));
    assert_eq!(one("x.gold.jsonl"), "g: Gold.");
    assert_eq!(one("records.data"), "r: Record.");
    assert!(one("old.txt.gz").contains("/old.txt.gz: ends in the middle"));
    assert!(one("packed.jsonl").contains("/packed.jsonl: ends in the middle"));
    assert!(one("wide.jsonl").contains("/wide.jsonl: is not in UTF-8"));
    assert!(one("missing.txt").contains("missing.txt: there is no such file"));
    let forced = outcomes(&[&at("records.data")], Some(FileKind::Text));
    assert!(forced[0].ends_with(r#": {"id":"r","text":"Record."}"#), "{forced:?}");
}

#[test]
fn a_file_over_the_limit_is_refused() {
    let folder = folder(&[
        ("long.txt", &vec![b'x'; MAX_ARTICLE_BYTES + 1]),
        ("fits.txt", &vec![b'x'; MAX_ARTICLE_BYTES]),
    ]);
    let outcomes = outcomes(&[folder.path()], None);
    assert!(outcomes[0].ends_with(&"x".repeat(MAX_ARTICLE_BYTES)));
    assert!(outcomes[1].contains("long.txt: larger than 16 MiB"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        if let Err(error) = read_bytes(&bytes) {
            prop_assert!(error.to_string().starts_with("standard input: "));
        }
        let line = article(unread("l:1", Content::Line(bytes, None)), &words());
        prop_assert!(line.is_ok() || line.is_err_and(|error| error.to_string().starts_with("l:1: ")));
    }

    #[test]
    fn a_header_takes_nothing_from_the_text(
        top in "(Title: [A-Za-z ]{1,20}\n|By [A-Z][a-z]{1,8}\n|Date: [0-9/a-z ]{1,12}\n|Source: [a-zA-Z. ]{1,20}\n|---\n|\n){0,5}",
        body in "[a-z]\\PC{0,60}",
    ) {
        let text = format!("{top}{body}");
        if let Ok(raw) = read_bytes(text.as_bytes()) {
            prop_assert!(text.ends_with(&raw.body));
        }
    }
}
