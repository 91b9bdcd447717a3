//! A database that articles come into at times, and a person who watches it.

#![allow(dead_code, reason = "each test program uses a part of it")]

use crate::articles::{Article, article, write};
use crate::program::{Place, Said};
use onrecord::model::QuoteKind;
use onrecord::store::Store;
use rusqlite::Connection;
use serde_json::Value;
use std::path::PathBuf;

pub const WALL: &str = "“The sea wall will be finished before the first storm of the winter,”";
pub const CUT: &str = "“The sea wall will be finished,”";

/// A folder with a database, in which a person watches.
pub struct Desk(pub Place);

impl Desk {
    pub fn new() -> Self {
        let desk = Self(Place::new());
        Store::open(&desk.db()).unwrap();
        desk
    }

    pub fn db(&self) -> PathBuf {
        self.0.path("onrecord.db")
    }

    /// Writes articles that came in at a time.
    pub fn receive(&self, when: &str, articles: &[Article]) {
        let mut store = Store::open(&self.db()).unwrap();
        for article in articles {
            write(&mut store, article);
        }
        let sql =
            "UPDATE article_version SET ingested = ?1 WHERE id > (SELECT max(id) - ?2 FROM article_version)";
        store.connection().execute(sql, (when, articles.len() as i64)).unwrap();
    }

    pub fn run(&self, args: &[&str]) -> Said {
        let mut command = self.0.command(args);
        command.env("ONRECORD_REVIEWER", "Bo Lund");
        Said::from(&command.output().unwrap())
    }

    #[track_caller]
    pub fn done(&self, args: &[&str]) -> String {
        let said = self.run(args);
        assert_eq!(said.code, Some(0), "{args:?}: {}", said.err);
        said.out
    }

    #[track_caller]
    pub fn digest(&self, args: &[&str]) -> Value {
        serde_json::from_str(&self.done(&[&["digest", "--format", "json"], args].concat())).unwrap()
    }

    /// The claim of a statement.
    pub fn claim(&self, words: &str) -> String {
        let connection = Connection::open(self.db()).unwrap();
        let sql = "SELECT w.key FROM wording AS w JOIN quote AS q ON q.id = w.quote WHERE q.text = ?1";
        let key: i64 = connection.query_row(sql, [words], |row| row.get(0)).unwrap();
        format!("c{:016x}", key.cast_unsigned())
    }
}

/// Something that Ann Reyes said, in an article of that outlet.
pub fn printed(key: &str, outlet: &str, day: &str, words: &str) -> Article {
    said(key, outlet, day, words, "Ann Reyes")
}

pub fn said(key: &str, outlet: &str, day: &str, words: &str, name: &str) -> Article {
    let mut article = article(key, &format!("{words} said {name}."))
        .of(outlet, day, "The wall")
        .quote(QuoteKind::Direct, &[words])
        .said(name, name, None);
    article.document.url = Some(format!("https://news.example/{key}?a=1&b=2"));
    article
}

pub fn entries(section: &Value) -> Vec<&str> {
    section["entries"].as_array().unwrap().iter().map(|entry| entry["words"].as_str().unwrap()).collect()
}

pub const SPRING: &str = "2026-03-01T10:00:00Z";
pub const SUMMER: &str = "2026-06-01T10:00:00Z";
