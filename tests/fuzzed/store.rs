//! An article of any words, written, written again, changed, copied and forgotten: the database stays sound.

use crate::fuzzed::texts::ENGINE;
use crate::fuzzed::words;
use onrecord::intake::headers::Header;
use onrecord::intake::{Content, Leaf, Unread, article};
use onrecord::model::{Analysis, Document};
use onrecord::pipeline::analyse;
use onrecord::store::Store;
use onrecord::store::write::Ingested;
use onrecord::text::document;
use std::cell::RefCell;
use std::path::Path;

thread_local! {
    /// In memory, and empty between two inputs: making one takes longer than all that is done with it.
    static STORE: RefCell<Store> = RefCell::new(Store::open(Path::new(":memory:")).expect("an empty database"));
}

pub fn check(bytes: &[u8]) {
    let Some(first) = read("first", bytes) else { return };
    STORE.with_borrow_mut(|store| check_in(store, bytes, &first));
}

type Article = (Document, Analysis);

fn check_in(store: &mut Store, bytes: &[u8], first: &Article) {
    assert_eq!(write(store, first), Ingested::New);
    assert_eq!(write(store, first), Ingested::Same);
    check_sound(store);
    let mut changed = read("first", &bytes[..bytes.len() / 2]).unwrap_or_else(|| first.clone());
    changed.0.key.clone_from(&first.0.key);
    changed.0.keyed = first.0.keyed;
    changed.0.title = Some(format!("{} again", first.0.title.as_deref().unwrap_or_default()));
    assert_eq!(write(store, &changed), Ingested::Changed);
    check_sound(store);
    let mut copy = first.clone();
    copy.0.key = "elsewhere".to_owned();
    copy.0.url = None;
    write(store, &copy);
    check_sound(store);
    for article in ids(store) {
        assert_eq!(store.forget(&[article]).expect("a database in memory"), 1);
        check_sound(store);
    }
    for table in ["article", "article_version", "quote", "speaker", "speaker_alias", "appearance", "known_as"]
    {
        let rows = number(store, &format!("SELECT count(*) FROM {table}"));
        assert_eq!(rows, 0, "rows are left in {table}");
    }
}

/// An article with the header lines that `bytes` begin with.
fn read(place: &str, bytes: &[u8]) -> Option<Article> {
    let content = Content::Leaf(bytes.to_vec(), Leaf::Text);
    let (origin, place) = ("fuzz".to_owned(), Some(place.to_owned()));
    let document =
        document(article(Unread { origin, place, header: Header::default(), content }, words()).ok()?);
    let analysis = analyse(&document, &ENGINE);
    Some((document, analysis))
}

fn write(store: &mut Store, (document, analysis): &Article) -> Ingested {
    store.write(document, analysis).expect("any article can be kept")
}

fn check_sound(store: &Store) {
    let mut findings = Vec::new();
    store.check(|_| {}, |finding| findings.push(finding)).expect("a database in memory");
    assert!(findings.is_empty(), "{findings:?}");
}

fn ids(store: &Store) -> Vec<i64> {
    let ids = "SELECT coalesce(group_concat(id), '') FROM article";
    let ids: String = store.connection().query_row(ids, [], |row| row.get(0)).expect(ids);
    ids.split(',').filter_map(|id| id.parse().ok()).collect()
}

fn number(store: &Store, sql: &str) -> i64 {
    store.connection().query_row(sql, [], |row| row.get(0)).expect("a number")
}
