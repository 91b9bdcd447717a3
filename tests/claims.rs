//! Claims: the groups depend on what is stored, not on how it came there; and what the commands print of them.

use assert_cmd::Command;
use onrecord::claims::grouping::{links, roots};
use onrecord::claims::node::Node;
use onrecord::intake::records::records;
use onrecord::model::{Document, RawArticle};
use onrecord::pipeline::{Engine, analyse};
use onrecord::query::Reader;
use onrecord::query::claims::pairs::PairRow;
use onrecord::query::claims::{ClaimFilter, Tier};
use onrecord::record::Record;
use onrecord::store::wordings::kept;
use onrecord::store::{Store, decided};
use onrecord::text::document;
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use tempfile::TempDir;

static ENGINE: LazyLock<Engine> = LazyLock::new(|| Engine::load().unwrap());

fn variants(half: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("samples/variants/{half}.gold.jsonl"))
}

fn read(record: &Record) -> Document {
    document(RawArticle {
        outlet: record.outlet.clone(),
        published: record.published.as_deref().and_then(|date| date.parse().ok()),
        ..RawArticle::plain(record.id.clone(), record.text.clone())
    })
}

fn articles(count: usize) -> Vec<Document> {
    records(&variants("dev")).take(count).map(|record| read(&record.unwrap())).collect()
}

fn stored<'a>(articles: impl Iterator<Item = &'a Document>) -> (TempDir, Store) {
    let folder = TempDir::new().unwrap();
    let mut store = Store::open(&folder.path().join("a.db")).unwrap();
    for article in articles {
        store.write(article, &analyse(article, &ENGINE)).unwrap();
    }
    (folder, store)
}

/// For each wording that is kept the key of the fullest in its group.
fn groups(store: &Store) -> BTreeMap<i64, i64> {
    let mut statement = store.connection().prepare("SELECT id, key, parent FROM wording").unwrap();
    let rows = statement.query_map([], |row| Ok((row.get(0)?, (row.get(1)?, row.get(2)?)))).unwrap();
    let wordings: BTreeMap<i64, (i64, Option<i64>)> = rows.map(Result::unwrap).collect();
    let root = |&(key, parent): &(i64, Option<i64>)| {
        let mut at = (key, parent);
        while let Some(parent) = at.1 {
            at = wordings[&parent];
        }
        (key, at.0)
    };
    wordings.values().map(root).collect()
}

/// The same from all wordings at once.
fn rebuilt(store: &Store) -> BTreeMap<i64, i64> {
    let mut ids = store.connection().prepare("SELECT id FROM wording ORDER BY key").unwrap();
    let ids: Vec<i64> = ids.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    let nodes: Vec<Node> = ids.iter().map(|&id| kept(store.connection(), id).unwrap().node).collect();
    let roots = roots(&nodes, &links(&nodes, &decided::all(store.connection()).unwrap()));
    nodes.iter().map(|node| node.key).zip(roots).collect()
}

#[test]
fn the_groups_are_those_of_a_rebuild_and_of_another_order() {
    let articles = articles(300);
    let (_folder, store) = stored(articles.iter());
    let expected = groups(&store);
    assert!(expected.iter().filter(|(wording, root)| wording != root).count() > 80, "{}", expected.len());
    assert_eq!(rebuilt(&store), expected);
    let (_folder, backward) = stored(articles.iter().rev());
    assert_eq!(groups(&backward), expected);
    let shuffled = (0..300).map(|at| &articles[at * 139 % 300]);
    let (_folder, shuffled) = stored(shuffled);
    assert_eq!(groups(&shuffled), expected);
}

#[test]
fn articles_that_change_or_go_leave_the_groups_of_those_that_stay() {
    let articles = articles(240);
    let (staying, going): (Vec<_>, Vec<_>) = articles.iter().enumerate().partition(|(at, _)| at % 3 != 0);
    let (_folder, mut store) = stored(articles.iter());
    for (at, article) in &going {
        if at % 2 == 0 {
            let id = "SELECT id FROM article WHERE key = ?1";
            let id = store.connection().query_row(id, [&article.key], |row| row.get(0)).unwrap();
            assert_eq!(store.forget(&[id]).unwrap(), 1);
        } else {
            let changed = document(RawArticle::plain(article.key.clone(), "Nothing was said here."));
            store.write(&changed, &analyse(&changed, &ENGINE)).unwrap();
        }
    }
    let (_folder, fresh) = stored(staying.into_iter().map(|(_, article)| article));
    assert_eq!(groups(&store), groups(&fresh));
    let left = "SELECT (SELECT count(*) FROM anchor WHERE wording NOT IN (SELECT id FROM wording)),
                       (SELECT count(*) FROM sighting WHERE wording NOT IN (SELECT id FROM wording))";
    let left: (i64, i64) =
        store.connection().query_row(left, [], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
    assert_eq!(left, (0, 0));
    let mut faults = Vec::new();
    store.check(|_| {}, |fault| faults.push(fault)).unwrap();
    assert_eq!(faults, Vec::<String>::new());
}

#[test]
fn forms_of_one_quotation_come_together_and_near_misses_stay_apart() {
    let mut eval = Command::cargo_bin("onrecord").unwrap();
    let ran = eval.args(["eval", "--format", "json", "--variants"]).arg(variants("dev")).output().unwrap();
    let figures: Value = serde_json::from_slice(&ran.stdout).unwrap();
    assert_eq!(figures["articles"], 2175);
    let pairwise = &figures["pairwise"];
    assert!(pairwise["precision"].as_f64().unwrap() >= 0.97, "{pairwise}");
    assert!(pairwise["recall"].as_f64().unwrap() >= 0.88, "{pairwise}");
    let merged = figures["merged"].as_object().unwrap().values();
    let merged: u64 = merged.map(|of| of[0].as_u64().unwrap()).sum();
    assert!(merged <= 9, "{}", figures["merged"]);
}

/// Five articles on a bridge.
fn bridge() -> Vec<Document> {
    let shut = "“The bridge stays shut until the last bolt is replaced, whatever it costs,” said";
    let print = |key: &str, outlet: &str, published: &str, text: String| {
        document(RawArticle {
            outlet: Some(outlet.into()),
            published: Some(published.parse().unwrap()),
            ..RawArticle::plain(key, text)
        })
    };
    let bolts = |count: u32| format!("“We will replace {count} bolts by the autumn,” said Ann Reyes.");
    vec![
        print("full", "Harbour Post", "2025-03-01", format!("{shut} Ann Reyes, the mayor.")),
        print(
            "cut",
            "Valley Echo",
            "2025-03-02",
            format!("{shut} Ann Reyes.").replace(", whatever it costs", ""),
        ),
        print("number", "Valley Echo", "2025-06-02", bolts(400)),
        print("other", "Harbour Post", "2025-09-02", bolts(900)),
        print("mistake", "Daily Wrong", "2025-03-02", format!("{shut} Bo Lund.")),
    ]
}

#[test]
fn claims_are_listed_with_their_prints() {
    let (folder, _store) = stored(bridge().iter());
    let reader = Reader::open(&folder.path().join("a.db")).unwrap();
    let mut claims = Vec::new();
    let collect = |claim| {
        claims.push(claim);
        Ok(())
    };
    reader.claims(&ClaimFilter::default(), collect).unwrap();
    assert_eq!(claims.len(), 4);
    assert_eq!(claims[0].speaker.as_deref(), Some("Ann Reyes"));
    assert_eq!(claims[0].last_seen.as_deref(), Some("2025-03-02"));
    let prints: Vec<_> = claims[0].appearances.iter().filter(|print| print.tier != Tier::Suggested).collect();
    let seen: Vec<_> = prints.iter().map(|print| (print.article.as_str(), print.tier)).collect();
    assert_eq!(seen, [("full", Tier::Same), ("cut", Tier::Near)]);
    assert_eq!(prints[1].method.as_deref(), Some("contained"));
    assert_eq!(reader.claim(claims[0].id).unwrap().as_ref(), Some(&claims[0]));
}

#[test]
fn pairs_that_differ_and_quotations_of_two_people_are_listed() {
    let (folder, _store) = stored(bridge().iter());
    let reader = Reader::open(&folder.path().join("a.db")).unwrap();
    let mut pairs = Vec::new();
    let mut collect = |pair: PairRow| {
        pairs.push((pair.a.article, pair.b.article, pair.why));
        Ok(())
    };
    reader.changed(&ClaimFilter::default(), &mut collect).unwrap();
    reader.conflicts(&ClaimFilter::default(), &mut collect).unwrap();
    let of = |a: &str, b: &str, why| (a.to_owned(), b.to_owned(), why);
    assert_eq!(pairs, [of("number", "other", "number"), of("full", "mistake", "speaker")]);
}
