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
use std::path::Path;
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
        #[cfg(unix)]
        std::os::unix::fs::symlink("nowhere.txt", desk.0.path().join("bad/lost.txt")).unwrap();
        desk
    }

    /// The same texts again under other names: they are there already.
    fn copies(&self) {
        let read = |name: &str| fs::read(self.0.path().join(name)).unwrap();
        self.put("zz/headed copy.txt", &read("text/headed.txt"));
        self.put("zz/note.txt.gz", &read("packed/note.txt.gz"));
        self.put("zz/page saved again.html", &read("web/open_graph.html"));
    }

    fn put(&self, name: &str, bytes: &[u8]) {
        let path = self.0.path().join(name);
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
        let folders = ["bad", "foreign", "mail", "names", "office", "packed", "records", "text", "warc", "web"];
        let mut args = vec!["ingest", "--db", db, "--failures", &list];
        args.extend(folders.iter().chain(&["wire", "zz"]));
        args.extend(more);
        let output = self.onrecord(&args);
        let said = text(&output.stderr);
        let failures = csv::Reader::from_path(self.0.path().join(&list)).unwrap();
        let failures = failures.into_deserialize().map(Result::unwrap).collect();
        Ingest { said, failures, code: output.status.code() }
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

    /// Exported quotes.
    fn quotes(&self, db: &str) -> Vec<u8> {
        self.onrecord(&["export", "quotes", "--format", "jsonl", "--db", db]).stdout
    }
}

struct Ingest {
    said: String,
    /// Input and reason, as listed in the CSV file.
    failures: Vec<(String, String)>,
    code: Option<i32>,
}

impl Ingest {
    fn summary(&self) -> &str {
        self.said.lines().find(|line| line.contains(" read: ")).unwrap_or_default()
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// `key | title | outlet | published | url` of an article.
fn told(article: &Value) -> String {
    let of = |name: &str| article[name].as_str().unwrap_or("–").to_owned();
    ["key", "title", "outlet", "published", "url"].map(of).join(" | ")
}

/// One failure more where links can be made.
const LOST: &[(&str, &str)] = if cfg!(unix) { &[("bad/lost.txt", "is a link that leads nowhere")] } else { &[] };

fn expected_failures() -> Vec<(&'static str, &'static str)> {
    broken::files().into_iter().flat_map(|file| file.failures).chain(LOST.iter().copied()).collect()
}

#[test]
fn a_folder_of_everything_is_counted_told_and_resumed() {
    let desk = Desk::new();
    let first = desk.ingest("all.db", &[]);
    counted(&first);
    failures_are_named(&first);
    assert_eq!(desk.articles("all.db").len(), 0);
}

#[track_caller]
fn counted(first: &Ingest) {
    let kept = good::files().iter().map(|file| file.articles.len()).sum::<usize>()
        + broken::files().iter().map(|file| file.articles.len()).sum::<usize>();
    assert_eq!(first.summary(), format!("{kept}"), "{}", first.said);
}

#[track_caller]
fn failures_are_named(ingest: &Ingest) {
    let expected = expected_failures();
    for (input, reason) in &expected {
        let is_it = |(name, why): &&(String, String)| name.starts_with(input) && why.contains(reason);
        assert!(ingest.failures.iter().any(|failure| is_it(&failure)), "{input}: {reason}\n{:#?}", ingest.failures);
    }
    assert_eq!(ingest.failures.len(), expected.len(), "{:#?}", ingest.failures);
    for (input, reason) in &ingest.failures {
        assert!(ingest.said.contains(&format!("error: {input}")), "{input}\n{}", ingest.said);
        assert!(ingest.said.contains(reason.as_str()), "{reason}\n{}", ingest.said);
    }
}
