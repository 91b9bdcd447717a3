//! A database of invented articles whose claims are grouped by hand, and the program run on it.

#![allow(dead_code, reason = "each test program uses a part of it")]

use crate::articles::{article, council, follow_up, place, write};
use assert_cmd::Command;
use onrecord::model::QuoteKind;
use onrecord::model::verdicts::ClaimId;
use onrecord::query::Reader;
use onrecord::store::Store;
use rusqlite::Connection;
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// The claim «We will rebuild the bridge … whatever it costs», and a wording of it in another article.
pub const CLAIM: ClaimId = ClaimId(0xfedc_ba98_7654_3210);
pub const WORDING: ClaimId = ClaimId(0x1111);
/// A claim of its own: «that the money was gone».
pub const OTHER: ClaimId = ClaimId(0x2222);

pub struct Desk {
    pub folder: TempDir,
    pub db: PathBuf,
}

/// A database with articles, their claims grouped by hand.
pub fn desk() -> Desk {
    let (folder, db) = place();
    let mut store = Store::open(&db).unwrap();
    write(&mut store, &council());
    write(&mut store, &follow_up());
    let copy = article("copy", "“We will rebuild the bridge,” said Ana Solís.")
        .of("Hill Post", "2025-10-23", "Bridge </script> to be rebuilt")
        .quote(QuoteKind::Direct, &["“We will rebuild the bridge,”"])
        .said("Ana Solís", "Ana Solís", None);
    write(&mut store, &copy);
    drop(store);
    let connection = Connection::open(&db).unwrap();
    for table in ["sighting", "anchor", "wording"] {
        connection.execute(&format!("DELETE FROM {table}"), []).unwrap();
    }
    let root = wording(&connection, CLAIM, "%whatever it costs%", None);
    wording(&connection, WORDING, "“We will rebuild the bridge,”", Some(root));
    wording(&connection, OTHER, "that the money was gone", None);
    Desk { folder, db }
}

pub fn wording(connection: &Connection, id: ClaimId, words: &str, parent: Option<i64>) -> i64 {
    connection
        .execute(
            "INSERT INTO wording (key, speaker, quote, verbatim, printed, parent, method, score)
             SELECT ?1, speaker, id, 3, 1, ?3, iif(?3 IS NULL, NULL, 'contained'), iif(?3 IS NULL, NULL, 1.0)
               FROM quote WHERE text LIKE ?2",
            (id.key(), words, parent),
        )
        .unwrap();
    let row = connection.last_insert_rowid();
    let sighting = "INSERT INTO sighting (wording, quote) SELECT id, quote FROM wording WHERE id = ?1";
    assert_eq!(connection.execute(sighting, [row]).unwrap(), 1);
    row
}

pub struct Ran {
    pub out: String,
    pub err: String,
    pub code: Option<i32>,
}

impl Desk {
    pub fn run(&self, args: &[&str]) -> Ran {
        run(&self.db, args)
    }

    #[track_caller]
    pub fn done(&self, args: &[&str]) -> String {
        let ran = self.run(args);
        assert_eq!(ran.code, Some(0), "{args:?}: {}", ran.err);
        ran.out
    }

    pub fn file(&self, name: &str, content: &str) -> String {
        let path = self.folder.path().join(name);
        fs::write(&path, content).unwrap();
        path.to_str().unwrap().to_owned()
    }

    pub fn path(&self, name: &str) -> String {
        self.folder.path().join(name).to_str().unwrap().to_owned()
    }

    pub fn reader(&self) -> Reader {
        Reader::open(&self.db).unwrap()
    }

    pub fn set(&self, claim: ClaimId, args: &[&str]) {
        let claim = claim.to_string();
        self.done(&[&["verdict", "set", &claim], args].concat());
    }
}

pub fn run(db: &Path, args: &[&str]) -> Ran {
    let mut command = Command::new(env!("CARGO_BIN_EXE_onrecord"));
    command.env("ONRECORD_DB", db).env("USER", "desk").env_remove("ONRECORD_REVIEWER").args(args);
    let output = command.output().expect("the program runs");
    Ran {
        out: String::from_utf8(output.stdout).expect("UTF-8"),
        err: String::from_utf8(output.stderr).expect("UTF-8"),
        code: output.status.code(),
    }
}

pub fn rows(jsonl: &str) -> Vec<Value> {
    jsonl.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

pub const FULL: &[&str] = &[
    "--rating",
    "Mostly FALSE",
    "--by",
    "Bo Lund",
    "--date",
    "2025-11-04",
    "--note",
    "Half of it </script> came.",
    "--evidence",
    "https://audit.example/1",
    "https://audit.example/2",
    "--published-at",
    "https://desk.example/bridge",
];
