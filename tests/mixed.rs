//! A folder with every format that is read, good and broken files mixed: the counts, what is kept of the good ones,
//! and what is said of the broken ones. All articles are invented.

mod packs;

mod mixed {
    pub mod broken;
    pub mod good;
}

use assert_cmd::Command;
use mixed::{broken, good};
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::process::Output;
use tempfile::TempDir;

/// The folder that is ingested, and a place for the databases.
struct Desk(TempDir);

impl Desk {
    fn new() -> Self {
        let desk = Self(TempDir::new().unwrap());
        let good = good::files().into_iter().map(|file| (file.name, file.bytes));
        let broken = broken::files().into_iter().map(|file| (file.name, file.bytes));
        for (name, bytes) in good.chain(broken).chain(broken::foreign()) {
            desk.put(name, &bytes);
        }
        desk.copies();
        // Left out without a word, as is what is hidden.
        desk.put("web/open_graph_files/saved_resource.html", b"<html><body>Subscribe</body></html>");
        desk.put("web/.hidden.txt", b"Hidden.");
        #[cfg(unix)]
        std::os::unix::fs::symlink("nowhere.txt", desk.0.path().join("news/bad/lost.txt")).unwrap();
        desk
    }

    /// The same texts again under other names: they are there already.
    fn copies(&self) {
        let read = |name: &str| fs::read(self.0.path().join("news").join(name)).unwrap();
        self.put("zz/headed copy.txt", &read("text/headed.txt"));
        self.put("zz/note.txt.gz", &read("packed/note.txt.gz"));
        self.put("zz/page saved again.html", &read("web/open_graph.html"));
    }

    fn put(&self, name: &str, bytes: &[u8]) {
        let path = self.0.path().join("news").join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    fn onrecord(&self, args: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_onrecord"));
        command.current_dir(self.0.path()).env_remove("ONRECORD_DB").env("NO_COLOR", "1");
        command.args(args).output().unwrap()
    }

    /// Ingests all files into `db`, with a list of failures beside it.
    fn ingest(&self, db: &str, more: &[&str]) -> Ingest {
        let list = format!("{db}.csv");
        let mut args = vec!["ingest", "news", "--db", db, "--failures", &list];
        args.extend(more);
        let output = self.onrecord(&args);
        let said = text(&output.stderr);
        let failures = csv::Reader::from_path(self.0.path().join(&list)).unwrap();
        let failures = failures.into_deserialize().map(Result::unwrap).collect();
        let events = text(&output.stdout).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        Ingest { said, events, failures, code: output.status.code() }
    }

    /// What a command prints, line by line.
    fn lines(&self, args: &[&str]) -> Vec<Value> {
        let output = self.onrecord(args);
        assert!(output.status.success(), "{args:?}: {}", text(&output.stderr));
        text(&output.stdout).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    fn articles(&self, db: &str) -> Vec<Value> {
        self.lines(&["articles", "--db", db, "--format", "jsonl"])
    }

    #[track_caller]
    fn check(&self, db: &str) {
        let check = self.onrecord(&["check", "--db", db]);
        assert_eq!(
            (text(&check.stdout).as_str(), check.status.code()),
            ("", Some(0)),
            "{}",
            text(&check.stderr)
        );
    }

    /// Exported quotes.
    fn quotes(&self, db: &str) -> Vec<u8> {
        self.onrecord(&["export", "quotes", "--format", "jsonl", "--db", db]).stdout
    }
}

struct Ingest {
    said: String,
    /// With `--json`.
    events: Vec<Value>,
    /// Input and reason, as listed in the CSV file.
    failures: Vec<(String, String)>,
    code: Option<i32>,
}

impl Ingest {
    /// How many events of a kind there were.
    fn count(&self, kind: &str) -> usize {
        self.events.iter().filter(|event| event["event"] == kind).count()
    }

    fn summary(&self) -> &str {
        self.said.lines().find(|line| line.contains(" read: ")).unwrap_or_default()
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// `article | title | outlet | published | url` of an article.
fn told(article: &Value) -> String {
    let of = |name: &str| article[name].as_str().unwrap_or("–").to_owned();
    ["article", "title", "outlet", "published", "url"].map(of).join(" | ")
}

const LOST: (&str, &str) = ("news/bad/lost.txt", "is a link that leads nowhere");

#[test]
fn a_folder_of_everything_is_counted_kept_and_told() {
    let desk = Desk::new();
    let first = desk.ingest("all.db", &[]);
    let articles = desk.articles("all.db");
    failures_are_named(&first);
    articles_tell_of_themselves(&articles);
    quotes_are_found(&desk, &articles);
    wire_copies_are_linked(&desk);
    let again = desk.ingest("all.db", &[]);
    if cfg!(all(unix, feature = "pdf")) {
        assert_eq!((first.summary(), first.code), (FIRST, Some(1)), "{}", first.said);
        assert_eq!((again.summary(), again.code), (AGAIN, Some(1)), "{}", again.said);
    }
    assert_eq!(again.failures, first.failures);
    assert_eq!(desk.articles("all.db"), articles);
    desk.check("all.db");
}

/// Without links, or a reader of PDF, there is a failure or an article less.
const FIRST: &str = "54 articles read: 51 new, 0 changed, 3 there already, 7 skipped (no articles by name or content), \
                     29 failed; 54 quotes found";
const AGAIN: &str = "54 articles read: 0 new, 0 changed, 54 there already, 7 skipped (no articles by name or content), \
                     29 failed; 0 quotes found";

#[test]
fn one_job_and_two_make_the_same_of_it() {
    let desk = Desk::new();
    let one = desk.ingest("one.db", &["--jobs", "1"]);
    let two = desk.ingest("two.db", &["--jobs", "2"]);
    assert_eq!((one.summary(), &one.failures), (two.summary(), &two.failures));
    let quotes = desk.quotes("one.db");
    assert!(!quotes.is_empty());
    assert!(quotes == desk.quotes("two.db"), "other quotes with two jobs than with one");
    ["one.db", "two.db"].into_iter().for_each(|db| desk.check(db));
}

#[test]
fn a_program_is_told_of_everything() {
    let desk = Desk::new();
    let told = desk.ingest("told.db", &["--json"]);
    let done = told.events.last().unwrap();
    assert_eq!(done["event"], "done");
    for (kind, count) in [("stored", "new"), ("failed", "failed"), ("skipped", "skipped")] {
        assert!(done[count].as_u64().unwrap() > 5, "{done}");
        assert_eq!(told.count(kind), done[count].as_u64().unwrap() as usize, "{kind}: {done}");
    }
    let skipped = told.events.iter().filter(|event| event["event"] == "skipped");
    assert!(skipped.into_iter().any(|event| event["input"] == "news/foreign/picture.png"));
}

#[track_caller]
fn failures_are_named(ingest: &Ingest) {
    let expected = broken::files().into_iter().flat_map(|file| file.failures);
    let mut missing: Vec<_> = expected.chain(cfg!(unix).then_some(LOST)).collect();
    for (input, reason) in &ingest.failures {
        let at = missing.iter().position(|(name, part)| input.starts_with(name) && reason.contains(part));
        missing.remove(at.unwrap_or_else(|| panic!("not expected: {input}: {reason}")));
        let told = format!("error: {input}: {reason}\n");
        assert!(ingest.said.contains(&told), "{told}is not in\n{}", ingest.said);
    }
    assert!(missing.is_empty(), "{missing:#?}");
}

#[track_caller]
fn articles_tell_of_themselves(articles: &[Value]) {
    let told: BTreeSet<String> = articles.iter().map(told).collect();
    let expected: BTreeSet<String> = good::files().into_iter().flat_map(|file| file.articles).collect();
    let missing: Vec<_> = expected.difference(&told).collect();
    assert!(missing.is_empty(), "missing {missing:#?} in {told:#?}");
    // Whatever else is there was saved from broken files.
    let saved: BTreeSet<&str> = broken::files().into_iter().flat_map(|file| file.articles).collect();
    let keys: BTreeSet<&str> =
        told.difference(&expected).map(|line| line.split(" | ").next().unwrap()).collect();
    assert_eq!(keys, saved);
    assert_eq!(articles.len(), expected.len() + saved.len());
}

#[track_caller]
fn quotes_are_found(desk: &Desk, articles: &[Value]) {
    let quotes = desk.lines(&["quotes", "--db", "all.db", "--format", "jsonl"]);
    for article in articles {
        let speaker = if article["title"] == "Locks to close" { "Ilse Moran" } else { "Mara Quill" };
        let is_it = |quote: &Value| quote["article"] == article["article"] && quote["speaker"] == speaker;
        assert!(quotes.iter().any(is_it), "{article}");
    }
}

#[track_caller]
fn wire_copies_are_linked(desk: &Desk) {
    let printed = |more: &[&str]| -> Vec<u64> {
        let all = ["quotes", "--db", "all.db", "--format", "jsonl", "--search", "last bolt"];
        desk.lines(&[&all, more].concat()).iter().map(|quote| quote["printed"].as_u64().unwrap()).collect()
    };
    assert_eq!(printed(&[]), [2, 2]);
    assert_eq!(printed(&["--once"]), [2]);
}
