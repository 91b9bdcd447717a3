//! The program as other programs see it, run in a folder of its own on invented news.

#![allow(dead_code, reason = "each test program uses a part of it")]

pub mod invented;

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};
use tempfile::TempDir;

pub const PROGRAM: &str = env!("CARGO_BIN_EXE_onrecord");

/// A folder, in which the program runs.
pub struct Place(TempDir);

impl Place {
    pub fn new() -> Self {
        Self(TempDir::new().unwrap())
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// Writes a file into it.
    pub fn with(self, name: &str, content: &str) -> Self {
        fs::write(self.path(name), content).unwrap();
        self
    }

    pub fn command(&self, args: &[&str]) -> Command {
        prepared(Command::new(PROGRAM), self.0.path(), args)
    }

    pub fn run(&self, args: &[&str]) -> Said {
        Said::from(&self.command(args).stdin(Stdio::null()).output().unwrap())
    }

    /// Runs the program by a line of shell, `$ONRECORD` being its name.
    pub fn shell(&self, line: &str) -> Said {
        let mut command = prepared(Command::new("sh"), self.0.path(), &["-c", line]);
        Said::from(&command.env("ONRECORD", PROGRAM).stdin(Stdio::null()).output().unwrap())
    }

    /// Starts the program and listens to the events that it tells.
    pub fn start(&self, args: &[&str]) -> Running {
        Running::new(self.command(args))
    }

    /// Runs the program, which must succeed; gives what it printed.
    #[track_caller]
    pub fn done(&self, args: &[&str]) -> String {
        let said = self.run(args);
        assert_eq!(said.code, Some(0), "{args:?}: {}", said.err);
        said.out
    }

    /// Asserts that nothing is wrong with a database.
    #[track_caller]
    pub fn is_clean(&self, db: &str) {
        let said = self.run(&["check", "--db", db]);
        assert_eq!((said.out.as_str(), said.code), ("", Some(0)), "{db}: {}", said.err);
    }

    /// The quotes in a database as CSV.
    #[track_caller]
    pub fn export(&self, db: &str) -> String {
        self.done(&["export", "quotes", "--format", "csv", "--db", db])
    }

    /// How many versions each article has, and how many quotes each of them.
    pub fn articles(&self, db: &str) -> BTreeMap<String, Vec<i64>> {
        let connection = rusqlite::Connection::open(self.path(db)).unwrap();
        let sql = "SELECT a.key, (SELECT count(*) FROM quote WHERE version = v.id)
                     FROM article AS a JOIN article_version AS v ON v.article = a.id ORDER BY v.number";
        let mut statement = connection.prepare(sql).unwrap();
        let mut rows = statement.query([]).unwrap();
        let mut articles = BTreeMap::<String, Vec<i64>>::new();
        while let Some(row) = rows.next().unwrap() {
            articles.entry(row.get(0).unwrap()).or_default().push(row.get(1).unwrap());
        }
        articles
    }

    pub fn names(&self) -> Vec<String> {
        let names = fs::read_dir(self.0.path()).unwrap();
        let mut names: Vec<String> =
            names.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }
}

fn prepared(mut command: Command, folder: &Path, args: &[&str]) -> Command {
    command
        .current_dir(folder)
        .args(args)
        .env_remove("ONRECORD_DB")
        .env("NO_COLOR", "1")
        .env("COLUMNS", "100");
    command
}

/// What the program printed, and how it ended.
#[derive(Debug)]
pub struct Said {
    pub out: String,
    pub err: String,
    pub code: Option<i32>,
}

impl From<&Output> for Said {
    fn from(output: &Output) -> Self {
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("UTF-8");
        Self { out: text(&output.stdout), err: text(&output.stderr), code: output.status.code() }
    }
}

/// The program at work.
pub struct Running {
    pub child: Child,
    lines: Arc<Mutex<Vec<String>>>,
    listener: JoinHandle<()>,
    complaints: JoinHandle<String>,
}

impl Running {
    fn new(mut command: Command) -> Self {
        let piped = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = piped.spawn().unwrap();
        let lines = Arc::default();
        let (out, err) = (child.stdout.take().unwrap(), child.stderr.take().unwrap());
        let heard: Arc<Mutex<Vec<String>>> = Arc::clone(&lines);
        let listener = thread::spawn(move || {
            // A line that the kill cut in two was not told.
            let mut out = BufReader::new(out);
            let mut line = String::new();
            while out.read_line(&mut line).is_ok_and(|count| count > 0) {
                if line.ends_with('\n') {
                    heard.lock().unwrap().push(line.trim_end().to_owned());
                }
                line.clear();
            }
        });
        let complaints = thread::spawn(move || std::io::read_to_string(err).unwrap_or_default());
        Self { child, lines, listener, complaints }
    }

    /// Waits until `moment` says so, or the program has ended; says whether it still ran.
    pub fn wait_for(&mut self, mut moment: impl FnMut(&[String]) -> bool) -> bool {
        loop {
            if moment(&self.lines.lock().unwrap()) {
                return self.child.try_wait().unwrap().is_none();
            }
            if self.child.try_wait().unwrap().is_some() {
                return false;
            }
            thread::sleep(Duration::from_micros(100));
        }
    }

    /// Waits until so many articles were told to be stored.
    pub fn wait_for_stored(&mut self, count: usize) -> bool {
        self.wait_for(|lines| stored(lines).count() >= count)
    }

    /// Sends a signal by its name.
    pub fn signal(&self, name: &str) {
        let kill = Command::new("kill").args([&format!("-{name}"), &self.child.id().to_string()]).status();
        assert!(kill.unwrap().success());
    }

    /// Waits for its end: the events, what it complained about, and how it ended.
    pub fn end(mut self) -> (Vec<String>, String, ExitStatus) {
        let status = self.child.wait().unwrap();
        self.listener.join().unwrap();
        let lines = std::mem::take(&mut *self.lines.lock().unwrap());
        (lines, self.complaints.join().unwrap(), status)
    }

    /// Kills it at once.
    pub fn kill(mut self) -> (Vec<String>, String, ExitStatus) {
        self.child.kill().unwrap();
        self.end()
    }
}

/// The keys of the articles that events tell to be stored.
pub fn stored(lines: &[String]) -> impl Iterator<Item = String> {
    lines.iter().filter_map(|line| {
        let event: serde_json::Value = serde_json::from_str(line).expect("each event is JSON");
        (event["event"] == "stored").then(|| event["article"].as_str().expect("a key").to_owned())
    })
}

/// Random numbers of a seed (SplitMix64).
pub struct Random(pub u64);

impl Random {
    pub fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % bound.max(1) as u64) as usize
    }

    /// A time shorter than `bound`.
    pub fn within(&mut self, bound: Duration) -> Duration {
        Duration::from_micros(self.below(bound.as_micros() as usize) as u64)
    }
}

/// How long something takes, and what it gives.
pub fn timed<T>(what: impl FnOnce() -> T) -> (T, Duration) {
    let started = Instant::now();
    (what(), started.elapsed())
}
