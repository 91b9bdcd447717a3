//! What people decide of claims: it counts in the groups, whatever the order, is taken back whole, and is asked for and
//! shown by the commands.

#[path = "../benches/news/mod.rs"]
mod news;
mod program;

use onrecord::claims::decision::{Decision, Decisions};
use onrecord::claims::grouping::links;
use onrecord::claims::nearness::Method;
use onrecord::claims::node::Node;
use onrecord::intake::records::records;
use onrecord::model::verdicts::ClaimId;
use onrecord::model::{Document, RawArticle};
use onrecord::pipeline::{Engine, analyse};
use onrecord::store::corrections::Reviewer;
use onrecord::store::wordings::kept;
use onrecord::store::{Store, decided};
use onrecord::text::document;
use program::{Place, Said};
use rusqlite::Connection;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::LazyLock;
use tempfile::TempDir;

static ENGINE: LazyLock<Engine> = LazyLock::new(|| Engine::load().unwrap());

fn by() -> Reviewer {
    Reviewer { name: "Rina".to_owned(), note: None }
}

fn articles(count: usize) -> Vec<Document> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/variants/dev.gold.jsonl");
    let read = |record: onrecord::record::Record| {
        document(RawArticle {
            outlet: record.outlet.clone(),
            published: record.published.as_deref().and_then(|date| date.parse().ok()),
            ..RawArticle::plain(record.id.clone(), record.text.clone())
        })
    };
    records(&path).take(count).map(|record| read(record.unwrap())).collect()
}

fn write(store: &mut Store, article: &Document) {
    store.write(article, &analyse(article, &ENGINE)).unwrap();
}

fn stored<'a>(articles: impl Iterator<Item = &'a Document>) -> (TempDir, PathBuf, Store) {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("a.db");
    let mut store = Store::open(&path).unwrap();
    articles.for_each(|article| write(&mut store, article));
    (folder, path, store)
}

/// The links that are kept: for each wording the fuller one, and by which rule.
fn kept_links(store: &Store) -> BTreeMap<i64, Option<(i64, Method)>> {
    let sql = "SELECT w.key, f.key, w.method FROM wording AS w LEFT JOIN wording AS f ON f.id = w.parent";
    let mut statement = store.connection().prepare(sql).unwrap();
    let rows = statement.query_map([], |row| {
        let fuller: Option<i64> = row.get(1)?;
        let method: Option<String> = row.get(2)?;
        Ok((row.get(0)?, fuller.map(|fuller| (fuller, method.unwrap().parse().unwrap()))))
    });
    rows.unwrap().map(Result::unwrap).collect()
}

/// The same from all wordings and decisions at once.
fn rebuilt(store: &Store) -> BTreeMap<i64, Option<(i64, Method)>> {
    let mut ids = store.connection().prepare("SELECT id FROM wording ORDER BY key").unwrap();
    let ids: Vec<i64> = ids.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    let nodes: Vec<Node> = ids.iter().map(|&id| kept(store.connection(), id).unwrap().node).collect();
    let links = links(&nodes, &decided::all(store.connection()).unwrap());
    let link = |(node, link): (&Node, Option<onrecord::claims::node::Link>)| {
        (node.key, link.map(|link| (link.parent, link.nearness.method)))
    };
    nodes.iter().zip(links).map(link).collect()
}

fn root(links: &BTreeMap<i64, Option<(i64, Method)>>, key: i64) -> i64 {
    let mut at = key;
    while let Some((fuller, _)) = links[&at] {
        at = fuller;
    }
    at
}

#[track_caller]
fn is_sound(store: &Store) {
    let mut faults = Vec::new();
    store.check(|_| {}, |fault| faults.push(fault)).unwrap();
    assert_eq!(faults, Vec::<String>::new());
}

/// Numbers that look like chance, the same in each run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % end
    }
}

/// Merges and splits claims that are picked by chance; gives the corrections.
fn decide(store: &mut Store, count: usize) -> Vec<i64> {
    let mut dice = Dice(7);
    let mut made = Vec::new();
    while made.len() < count {
        let links = kept_links(store);
        let keys: Vec<i64> = links.keys().copied().collect();
        let mut pick = || ClaimId::from_key(keys[dice.below(keys.len())]);
        let (one, other) = (pick(), pick());
        let done = if made.len() % 2 == 0 {
            store.merge_claims(&[one, other], &by())
        } else {
            store.split_claim(ClaimId::from_key(root(&links, one.key())), one, &by())
        };
        // Two of one claim can't be merged, nor a single wording split.
        let Ok((id, _)) = done else { continue };
        let now = kept_links(store);
        assert_eq!(now, rebuilt(store));
        if made.len() % 2 == 0 {
            assert_eq!(root(&now, one.key()), root(&now, other.key()));
        } else if links[&one.key()].is_some() {
            assert_ne!(root(&now, one.key()), root(&links, one.key()));
        }
        made.push(id);
    }
    made
}

/// Copies what was said of claims, and the log of it, from one database into another.
fn copy_decisions(from: &Path, into: &Path) {
    let connection = Connection::open(into).unwrap();
    connection.execute("ATTACH ?1 AS other", [from.to_str().unwrap()]).unwrap();
    let copy = "INSERT INTO correction SELECT * FROM other.correction;
                INSERT INTO claim_decision SELECT * FROM other.claim_decision;";
    connection.execute_batch(copy).unwrap();
}

#[test]
fn the_groups_depend_on_statements_and_decisions_not_on_their_order() {
    let articles = articles(160);
    let (_folder, path, mut store) = stored(articles.iter());
    let machine = kept_links(&store);
    let made = decide(&mut store, 40);
    let expected = kept_links(&store);
    let by_person = expected.values().flatten().filter(|(_, method)| *method == Method::Person).count();
    assert!(by_person >= 15, "{by_person}");
    is_sound(&store);
    // Said before a single article is there, which then come in another order.
    let (_other_folder, other_path, mut other) = stored([].into_iter());
    copy_decisions(&path, &other_path);
    for at in 0..160 {
        write(&mut other, &articles[at * 37 % 160]);
    }
    assert_eq!(kept_links(&other), expected);
    is_sound(&other);
    // Articles that are forgotten and come again.
    let ids: Vec<i64> = (1..=160).step_by(3).collect();
    other.forget(&ids).unwrap();
    assert_eq!(kept_links(&other), rebuilt(&other));
    is_sound(&other);
    articles.iter().for_each(|article| write(&mut other, article));
    assert_eq!(kept_links(&other), expected);
    // Taken back, in whatever order.
    let mut dice = Dice(11);
    let mut left = made;
    while !left.is_empty() {
        store.undo(left.swap_remove(dice.below(left.len())), &by()).unwrap();
        assert_eq!(kept_links(&store), rebuilt(&store));
    }
    assert_eq!(kept_links(&store), machine);
    is_sound(&store);
}

#[test]
fn the_latest_word_counts_and_the_earlier_one_comes_back() {
    let mut decisions = Decisions::default();
    decisions.note(2, 1, Decision::Apart);
    decisions.note(1, 2, Decision::Together);
    assert_eq!(decisions.of(1).get(&2), Some(&Decision::Together));
    assert_eq!(decisions.of(2).get(&1), Some(&Decision::Together));
    assert!(decisions.of(3).is_empty());

    let (_folder, _, mut store) = stored(articles(40).iter());
    let links = kept_links(&store);
    let (&form, &Some((fuller, _))) = links.iter().find(|(_, link)| link.is_some()).unwrap() else {
        panic!()
    };
    let (form, fuller) = (ClaimId::from_key(form), ClaimId::from_key(fuller));
    let (split, _) = store.split_claim(fuller, form, &by()).unwrap();
    assert_ne!(kept_links(&store), links);
    let (merge, _) = store.merge_claims(&[form, fuller], &by()).unwrap();
    assert_eq!(kept_links(&store)[&form.key()], Some((fuller.key(), Method::Person)));
    store.undo(merge, &by()).unwrap();
    assert_ne!(kept_links(&store)[&form.key()].map(|(fuller, _)| fuller), Some(fuller.key()));
    store.undo(split, &by()).unwrap();
    assert_eq!(kept_links(&store), links);
}

/// A statement in four forms, and another that only a person can know to be the same.
const BRIDGE: &str = r#"{"id":"full","outlet":"Harbour Post","published":"2025-03-01","text":"“The bridge stays shut until the last rusty bolt is replaced, whatever it costs the city,” said Ann Reyes, the mayor."}
{"id":"cut","outlet":"Valley Echo","published":"2025-03-02","text":"“The bridge stays shut until the last rusty bolt is replaced,” said Ann Reyes, the mayor."}
{"id":"short","outlet":"Hill Times","published":"2025-03-02","text":"“The bridge stays shut until the last rusty bolt,” said Ann Reyes, the mayor."}
{"id":"other","outlet":"Daily Lens","published":"2025-03-03","text":"“Nobody drives across it before the ironwork is sound,” said Ann Reyes, the mayor."}
{"id":"toll","outlet":"Daily Lens","published":"2025-03-04","text":"“There will be no toll on the ferry this summer,” said Bo Lund, a councillor."}
"#;

fn place() -> Place {
    let place = Place::new().with("bridge.jsonl", BRIDGE);
    place.done(&["ingest", "bridge.jsonl"]);
    place
}

/// Runs the program as Rina.
fn rina(place: &Place, args: &[&str]) -> Said {
    let mut command = place.command(args);
    Said::from(&command.env("ONRECORD_REVIEWER", "Rina").stdin(Stdio::null()).output().unwrap())
}

#[track_caller]
fn says(place: &Place, args: &[&str]) -> String {
    let said = rina(place, args);
    assert_eq!(said.code, Some(0), "{args:?}: {}", said.err);
    place.is_clean("onrecord.db");
    said.err
}

#[track_caller]
fn fails(place: &Place, args: &[&str], error: &str) {
    let said = rina(place, args);
    assert_eq!((said.out.as_str(), said.code), ("", Some(2)), "{args:?}: {}", said.err);
    assert!(said.err.contains(error), "{args:?}: {}", said.err);
}

fn claims(place: &Place) -> Vec<Value> {
    let lines = place.done(&["claims", "--format", "jsonl"]);
    lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn own(claim: &Value) -> Vec<&Value> {
    let prints = claim["appearances"].as_array().unwrap();
    prints.iter().filter(|print| print["tier"] != "suggested").collect()
}

/// The claim that an article's statement is of: its id, the statement's, and the articles that print it.
fn claim_of(place: &Place, article: &str) -> (String, String, Vec<String>) {
    for claim in claims(place) {
        let prints = own(&claim);
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        if let Some(print) = prints.iter().find(|print| print["article"] == article) {
            let articles = prints.iter().map(|print| text(&print["article"])).collect();
            return (text(&claim["id"]), text(&print["quote"]), articles);
        }
    }
    panic!("{article} has no claim");
}

fn forget(place: &Place, articles: &[&str]) {
    for article in articles {
        place.done(&["forget", article, "--yes"]);
    }
}

#[test]
fn claims_are_merged_shown_and_parted_again() {
    let place = place();
    let (bridge, _, prints) = claim_of(&place, "full");
    assert_eq!(prints, ["full", "cut", "short"]);
    let (other, quote, _) = claim_of(&place, "other");
    let before = place.done(&["claims", "--format", "jsonl"]);
    let said = says(&place, &["claims", "merge", &other, &bridge, "--note", "her own words"]);
    assert_eq!(said, format!("merged as {bridge}; undo with `onrecord undo 1`\n"));
    assert_eq!(claim_of(&place, "other").2, ["full", "cut", "short", "other"]);
    let page = place.done(&["claims", "show", &other]);
    assert!(page.starts_with(&format!("{bridge}  Ann Reyes\n")), "{page}");
    let told = page.lines().find(|line| line.contains("said Rina on ")).unwrap();
    assert!(told.ends_with(" (correction 1)"), "{told}");
    assert!(page.contains(&quote), "{page}");
    // Its words aren't a form of the fullest ones: nothing is marked as dropped.
    assert!(page.contains("            “Nobody drives across it before the ironwork is sound,”\n"), "{page}");
    let shown: Value =
        serde_json::from_str(&place.done(&["claims", "show", &bridge, "--format", "json"])).unwrap();
    let prints = own(&shown[0]);
    assert_eq!(
        (&prints[3]["method"], &prints[3]["confirmed_by"], &prints[3]["correction"]),
        (&"person".into(), &"Rina".into(), &1.into())
    );
    assert!(prints[3]["confirmed_at"].as_str().unwrap().ends_with('Z'));
    assert_eq!((&prints[1]["method"], &prints[1]["confirmed_by"]), (&"contained".into(), &Value::Null));
    let log = place.done(&["corrections", "--format", "jsonl"]);
    assert!(log.contains(&format!("\"says\":\"{other} and {bridge} are one\"")), "{log}");

    fails(&place, &["claims", "merge", &bridge, &other], &format!("{other}: is of claim {bridge}"));
    fails(&place, &["claims", "merge", &bridge, &bridge], "name claims that are two");
    fails(&place, &["claims", "merge", &bridge, "c0000000000000001"], "`onrecord claims` lists them");
    fails(&place, &["claims", "merge", &bridge, "bridge"], "one looks like c0123456789abcdef");
    says(&place, &["undo", "1"]);
    assert_eq!(place.done(&["claims", "--format", "jsonl"]), before);
}

#[test]
fn several_claims_are_merged_at_once_and_stay_so_without_the_fullest() {
    let place = place();
    let ids = ["full", "other", "toll"].map(|article| claim_of(&place, article).0);
    says(&place, &["claims", "merge", &ids[2], &ids[1], &ids[0]]);
    assert_eq!(claim_of(&place, "toll").2.len(), 5);
    forget(&place, &["full", "cut", "short"]);
    assert_eq!(claim_of(&place, "toll").2, ["other", "toll"]);
    place.done(&["ingest", "bridge.jsonl"]);
    assert_eq!(claim_of(&place, "toll").2.len(), 5);
    place.is_clean("onrecord.db");
    let many: Vec<String> = (0..101).map(|number| format!("c{number:016x}")).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    fails(&place, &[&["claims", "merge"][..], &many].concat(), "at most 100 are made one at a time");
}

#[test]
fn a_wording_that_is_split_off_does_not_come_back_over_a_third() {
    let place = place();
    let (bridge, _, _) = claim_of(&place, "full");
    let (_, cut, _) = claim_of(&place, "cut");
    let (_, short, _) = claim_of(&place, "short");
    let before = place.done(&["claims", "--format", "jsonl"]);
    // It would be a form of the full one, and of the cut one, which stays.
    let said = says(&place, &["claims", "split", &bridge, &short[..8]]);
    let (alone, _, prints) = claim_of(&place, "short");
    assert_eq!(said, format!("split: {alone} is a claim of its own now; undo with `onrecord undo 1`\n"));
    assert_eq!(prints, ["short"]);
    assert_eq!(claim_of(&place, "full").2, ["full", "cut"]);
    // Nor is it suggested.
    let page = place.done(&["claims", "show", &alone]);
    assert!(!page.contains(&format!("  {bridge}\n")), "{page}");
    // It is so when the articles come again.
    forget(&place, &["short", "full"]);
    place.done(&["ingest", "bridge.jsonl"]);
    assert_eq!(claim_of(&place, "short").2, ["short"]);
    fails(&place, &["claims", "split", &bridge, &short], "is no id of a quote or wording of claim");
    fails(
        &place,
        &["claims", "split", &bridge, &alone],
        &format!("is not of claim {bridge}, but of {alone}"),
    );
    fails(&place, &["claims", "split", &bridge, "bolt"], "`onrecord claims show");
    fails(&place, &["claims", "split", &alone, &alone], "has one wording only");
    says(&place, &["undo", "1"]);
    assert_eq!(place.done(&["claims", "--format", "jsonl"]), before);
    // The fullest leaves the others, which are forms of each other.
    let said = says(&place, &["claims", "split", &bridge, &bridge]);
    assert!(said.starts_with(&format!("split: {bridge} is a claim of its own now")), "{said}");
    assert_eq!(claim_of(&place, "full").2, ["full"]);
    assert_eq!(claim_of(&place, "cut").1, cut);
    assert!(place.done(&["corrections"]).contains("is none of"));
}

/// Answers a review with these lines.
fn review(place: &Place, args: &[&str], answers: &str) -> Said {
    fs::write(place.path("answers"), answers).unwrap();
    let stdin = fs::File::open(place.path("answers")).unwrap();
    let mut command = place.command(&[&["review", "--claims"], args].concat());
    Said::from(&command.env("ONRECORD_REVIEWER", "Rina").stdin(stdin).output().unwrap())
}

#[test]
fn a_review_asks_which_claims_are_one_and_not_again() {
    let place = place();
    let bridge = claim_of(&place, "full").0;
    let asked = review(&place, &["--speaker", "reyes"], "z\nq\n");
    assert!(asked.out.contains("[1 of 1] Do they say the same?"), "{}", asked.out);
    assert!(asked.out.contains("Ann Reyes · 2025-03-01 · Harbour Post · 3 prints"), "{}", asked.out);
    assert!(asked.err.contains("y the same claim"), "{}", asked.err);
    let ferry = r#"{"id":"ferry","published":"2025-03-04","text":"“The ferry has no toll at all until the autumn,” said Bo Lund, a councillor."}"#;
    fs::write(place.path("ferry.jsonl"), ferry).unwrap();
    place.done(&["ingest", "ferry.jsonl"]);
    let said = review(&place, &[], "n\nu\nk\ny\n");
    assert_eq!(said.out.matches("[1 of 2]").count(), 2, "{}", said.out);
    let sure: Vec<f64> =
        said.out.lines().filter_map(|line| line.rsplit_once("same? · ")?.1.parse().ok()).collect();
    assert!(sure.len() == 4 && sure[0] > sure[1], "{sure:?}");
    assert!(said.err.ends_with("1 answer stored; nothing is left\n"), "{}", said.err);
    place.done(&["undo", "3", "--by", "Rina"]);
    forget(&place, &["ferry"]);
    let refused = review(&place, &["--speaker", "reyes"], "n\n");
    assert!(refused.err.ends_with("1 answer stored; nothing is left\n"), "{}", refused.err);
    place.is_clean("onrecord.db");
    assert_eq!(review(&place, &["--speaker", "reyes"], "y\n").out, "");
    assert_eq!(claim_of(&place, "other").2, ["other"]);
    assert!(!place.done(&["claims", "show", &bridge]).contains("Nobody drives"));
    place.done(&["undo", "5", "--by", "Rina"]);
    let merged = review(&place, &["--speaker", "reyes"], "y\n");
    assert!(merged.err.ends_with("1 answer stored; nothing is left\n"), "{}", merged.err);
    assert_eq!(claim_of(&place, "other").2.len(), 4);
    assert_eq!(review(&place, &["--speaker", "lund"], "").out, "");
    fails(&place, &["review", "--claims", "--once"], "cannot be used with");
}

#[test]
fn flags_of_a_list_before_the_word_are_refused() {
    let place = place();
    let bridge = claim_of(&place, "full").0;
    for (flags, words) in [
        (&["--speaker", "reyes"][..], &["show", bridge.as_str()][..]),
        (&["--format", "json"], &["show", &bridge]),
        (&["--limit", "3"], &["timeline", &bridge]),
        (&["--sort", "recent"], &["changed"]),
        (&["--since", "2025"], &["conflicts"]),
        (&["--outlet", "Echo"], &["merge", &bridge, &bridge]),
        (&["--search", "bolt"], &["split", &bridge, &bridge]),
    ] {
        let error = format!("error: {} stands before `{}`", flags[0], words[0]);
        fails(&place, &[&["claims"], flags, words].concat(), &error);
    }
    // Where the database is may stand anywhere.
    place.done(&["claims", "--db", "onrecord.db", "show", &bridge]);
    place.done(&["claims", "changed", "--speaker", "reyes"]);
}

/// Damages a database and asserts that `check` tells of it.
#[track_caller]
fn told(place: &Place, damage: &str, told: &str) {
    fs::copy(place.path("onrecord.db"), place.path("damaged.db")).unwrap();
    let connection = Connection::open(place.path("damaged.db")).unwrap();
    connection.execute_batch("PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON;").unwrap();
    connection.execute_batch(damage).unwrap();
    drop(connection);
    let said = place.run(&["check", "--db", "damaged.db"]);
    assert_eq!(said.code, Some(1), "{damage}: {}", said.err);
    assert!(said.out.contains(told), "{damage}: {}", said.out);
}

#[test]
fn check_tells_of_damaged_claims() {
    let place = place();
    let (bridge, other) = (claim_of(&place, "full").0, claim_of(&place, "other").0);
    rina(&place, &["claims", "merge", &bridge, &other]);
    rina(
        &place,
        &["verdict", "set", &bridge, "--rating", "true", "--note", "seen", "--evidence", "https://e.org/a"],
    );
    let connection = Connection::open(place.path("onrecord.db")).unwrap();
    // What is in the log is in the file itself.
    connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())).unwrap();
    let review = "INSERT INTO review (mark, document, words, same_words, imported)
                  VALUES (zeroblob(32), '{}', 'Hello', 1, '2025-01-01T00:00:00Z')";
    for (damage, finding) in [
        ("DELETE FROM sighting WHERE quote = 1", "quote 1: it is a statement, but not among the claims"),
        ("UPDATE quote SET state = 'rejected' WHERE id = 1", "quote 1: it is among the claims, but rejected"),
        ("UPDATE sighting SET wording = 99 WHERE quote = 1", "quote 1: its wording isn't there"),
        ("UPDATE sighting SET wording = 99 WHERE quote = 1", "wording 1: no statement has it"),
        ("UPDATE wording SET speaker = NULL WHERE id = 1", "quote 1: its speaker is not that of its wording"),
        ("UPDATE wording SET quote = 2 WHERE id = 1", "wording 1: it is not shown by"),
        ("UPDATE wording SET quote = 99 WHERE id = 1", "wording 1: it is not shown by"),
        ("UPDATE wording SET printed = 2 WHERE id = 1", "wording 1: its statements are counted wrongly"),
        ("UPDATE wording SET last = '2026-01-01' WHERE id = 1", "wording 1: its statements are counted"),
        ("UPDATE wording SET verbatim = 1 WHERE id = 1", "how verbatim it is are not theirs"),
        ("DELETE FROM wording WHERE id = 1", "a broken reference to wording"),
        ("DELETE FROM wording WHERE id = 1", "wording 1: an anchor is of no wording"),
        (
            "UPDATE wording SET parent = 3, method = 'same', score = 1 WHERE id = 1",
            "wording 1: it is a form of one that is not fuller",
        ),
        (
            "DELETE FROM anchor WHERE wording = 1 AND anchor = (SELECT min(anchor) FROM anchor WHERE wording = 1)",
            "wording 1: its anchors are not all there",
        ),
        ("DELETE FROM anchor WHERE wording = 1", "wording 1: it can't be found by its anchors"),
        ("UPDATE anchor SET numbers = 4 WHERE wording = 1", "wording 1: it can't be found by its anchors"),
        ("UPDATE wording SET method = 'same' WHERE method = 'person'", "by a person's word that nobody gave"),
        (
            "UPDATE wording SET method = 'person' WHERE method = 'contained'",
            "by a person's word that nobody gave",
        ),
        (
            "UPDATE claim_decision SET what = 'apart'",
            "correction 1: what it said of claims is not what counts",
        ),
        ("DELETE FROM claim_decision", "correction 1: what it said of claims is not what counts"),
        ("UPDATE correction SET status = 'undone'", "correction 1: what it said of claims is not"),
        (
            "DROP TRIGGER verdict_update; UPDATE verdict SET number = 2",
            ": its entries are not numbered from 1 on",
        ),
        ("DROP TRIGGER verdict_update; UPDATE verdict SET evidence = '{}'", "verdict 1: its evidence"),
        (review, "review 1: its hash is not that of its words"),
    ] {
        told(&place, damage, finding);
    }
    place.is_clean("onrecord.db");
}

#[test]
fn the_same_words_with_other_capitals_leave_nothing_of_how_they_were_found() {
    let said = |key: &str, day: &str, month: &str| {
        let text = format!("“The ferry to Corrin sails again in {month} with new lamps,” said Ann Reyes.");
        let published = Some(day.parse().unwrap());
        document(RawArticle { published, ..RawArticle::plain(key, text) })
    };
    // The earlier one, which shows the wording, comes later.
    let articles = [said("late", "2025-03-09", "may"), said("early", "2025-03-01", "May")];
    let (_folder, _, store) = stored(articles.iter());
    assert_eq!(kept_links(&store).len(), 1);
    is_sound(&store);
    let anchors = |store: &Store| {
        let mut statement = store.connection().prepare("SELECT owner, anchor, among FROM anchor").unwrap();
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).unwrap();
        rows.map(Result::unwrap).collect::<Vec<(i64, i64, i64)>>()
    };
    let (_folder, _, other) = stored(articles.iter().rev());
    assert_eq!(anchors(&store), anchors(&other));
}
