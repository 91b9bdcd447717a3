//! The database: what is written, what is refused, and what never changes.

mod articles;

use articles::{Article, article, council, follow_up, place, write};
use onrecord::error::Error;
use onrecord::model::{Keyed, QuoteIdx, QuoteKind};
use onrecord::store::Store;
use onrecord::store::check::check;
use onrecord::store::migrate::{APPLICATION_ID, VERSION};
use onrecord::store::write::Ingested;
use rusqlite::Connection;
use std::path::Path;

fn number(store: &Store, sql: &str) -> i64 {
    store.connection().query_row(sql, [], |row| row.get(0)).expect(sql)
}

fn strings(connection: &Connection, sql: &str) -> Vec<String> {
    let mut statement = connection.prepare(sql).expect(sql);
    let rows = statement.query_map([], |row| row.get(0)).expect(sql);
    rows.collect::<Result<_, _>>().expect(sql)
}

fn findings(store: &Store) -> Vec<String> {
    let mut findings = Vec::new();
    check(store.connection(), |_| {}, |finding| findings.push(finding)).unwrap();
    findings
}

fn refusal(path: &Path) -> String {
    match Store::open(path) {
        Err(Error::Database { reason, .. }) => reason,
        other => panic!("expected a refusal, got {other:?}"),
    }
}

#[test]
fn a_new_file_is_ours_strict_and_whole() {
    let (_folder, path) = place();
    let store = Store::open(&path).unwrap();
    assert_eq!(number(&store, "PRAGMA application_id"), APPLICATION_ID);
    assert_eq!(number(&store, "PRAGMA user_version"), VERSION);
    assert_eq!(number(&store, "PRAGMA foreign_keys"), 1);
    let loose = "SELECT name FROM pragma_table_list
                  WHERE type = 'table' AND NOT strict AND name NOT LIKE 'sqlite_%' AND schema = 'main'";
    assert_eq!(strings(store.connection(), loose), Vec::<String>::new());
    assert_eq!(number(&store, "SELECT count(*) FROM pragma_table_list WHERE strict"), 27);
    assert_eq!(findings(&store), Vec::<String>::new());
}

#[test]
fn opening_again_changes_nothing() {
    let (_folder, path) = place();
    write(&mut Store::open(&path).unwrap(), &council());
    let before = std::fs::read(&path).unwrap();
    drop(Store::open(&path).unwrap());
    assert_eq!(std::fs::read(&path).unwrap(), before);
}

#[test]
fn a_newer_file_is_refused_and_left_alone() {
    let (_folder, path) = place();
    drop(Store::open(&path).unwrap());
    Connection::open(&path).unwrap().pragma_update(None, "user_version", VERSION + 1).unwrap();
    let before = std::fs::read(&path).unwrap();
    let reason = refusal(&path);
    assert!(reason.contains("use a newer onrecord"), "{reason}");
    assert_eq!(std::fs::read(&path).unwrap(), before);
}

#[test]
fn files_of_others_are_refused_and_left_alone() {
    let (folder, path) = place();
    Connection::open(&path).unwrap().execute_batch("CREATE TABLE diary (day TEXT)").unwrap();
    assert!(refusal(&path).contains("another program's"));
    let text = folder.path().join("article.txt");
    std::fs::write(&text, "This is an article and no database at all.\n".repeat(100)).unwrap();
    assert!(refusal(&text).contains("no SQLite database"));
    assert_eq!(strings(&Connection::open(&path).unwrap(), "SELECT name FROM sqlite_schema"), ["diary"]);
    let nowhere = folder.path().join("no such folder").join("x.db");
    assert!(refusal(&nowhere).contains("check that the folder exists"));
}

#[test]
fn an_article_is_new_then_the_same_then_changed() {
    let (_folder, path) = place();
    let mut store = Store::open(&path).unwrap();
    assert_eq!(write(&mut store, &council()), Ingested::New);
    let rows = "SELECT (SELECT count(*) FROM quote) + (SELECT count(*) FROM speaker) + total_changes()";
    let before = number(&store, rows);
    assert_eq!(write(&mut store, &council()), Ingested::Same);
    assert_eq!(number(&store, rows), before);

    let mut corrected = council();
    corrected.document.title = Some("Mayor vows to rebuild the bridge".to_owned());
    assert_eq!(write(&mut store, &corrected), Ingested::Changed);
    assert_eq!(write(&mut store, &corrected), Ingested::Same);
    assert_eq!(number(&store, "SELECT count(*) FROM article"), 1);
    let titles = "SELECT title FROM article_version ORDER BY number";
    assert_eq!(
        strings(store.connection(), titles),
        ["Mayor vows to rebuild bridge", "Mayor vows to rebuild the bridge"]
    );
    assert_eq!(number(&store, "SELECT count(*) FROM quote"), 8);
    assert_eq!(number(&store, "SELECT count(*) FROM quote_view"), 4);
    assert_eq!(write(&mut store, &council()), Ingested::Same, "as it once was");
    assert_eq!(write(&mut store, &corrected), Ingested::Same);
    assert_eq!(findings(&store), Vec::<String>::new());
}

/// Everything in the database but row ids, times and the name of the analyser.
fn contents(store: &Store) -> Vec<String> {
    let all = "
        SELECT concat_ws('|', 'quote', v.number, v.is_current, q.public_id, q.position, q.type, q.text, q.cue,
                         q.source, s.name, p.role, q.confidence)
          FROM quote AS q JOIN article_version AS v ON v.id = q.version LEFT JOIN speaker AS s ON s.id = q.speaker
          LEFT JOIN appearance AS p ON p.version = q.version AND p.speaker = q.speaker
        UNION ALL SELECT concat_ws('|', 'speaker', name, kind) FROM speaker
        UNION ALL SELECT concat_ws('|', 'alias', s.name, a.alias, a.printed)
          FROM speaker_alias AS a JOIN speaker AS s ON s.id = a.speaker
        UNION ALL SELECT concat_ws('|', 'appearance', s.name, p.role, p.aliases)
          FROM appearance AS p JOIN speaker AS s ON s.id = p.speaker
        UNION ALL SELECT concat_ws('|', 'part', text, parts, runners_up) FROM quote
        ORDER BY 1";
    strings(store.connection(), all)
}

/// What an older program might have found in the council's meeting: another speaker, wrong names.
fn council_as_once_understood() -> Article {
    let mut older = council();
    older.analysis = Default::default();
    older
        .quote(QuoteKind::Direct, &["“We will rebuild the bridge,”", "“whatever it costs.”"])
        .said("Mayor Ana Solís", "Ana Solís", Some("Mayor"))
        .alias("Piotr")
        .quote(QuoteKind::Direct, &["“Nobody asked us.”"])
        .said("bridge of sighs", "Bridge of Sighs", None)
        .alias("Bridge")
}

#[test]
fn another_analysis_replaces_what_the_last_one_found() {
    let (_folder, path) = place();
    let mut store = Store::open(&path).unwrap();
    write(&mut store, &council_as_once_understood());
    write(&mut store, &follow_up());
    assert_eq!(write(&mut store, &council()), Ingested::Same, "by the same program");
    let made = "SELECT text || ingested FROM article_version ORDER BY id";
    let before = strings(store.connection(), made);
    store
        .connection()
        .execute("UPDATE article_version SET analyser = '0.0.1+older' WHERE id = 1", [])
        .unwrap();
    assert_eq!(write(&mut store, &council()), Ingested::Reanalysed);
    assert_eq!(write(&mut store, &council()), Ingested::Same);
    assert_eq!(write(&mut store, &follow_up()), Ingested::Same);
    assert_eq!(strings(store.connection(), made), before, "the article itself is not touched");

    let (_folder, path) = place();
    let mut fresh = Store::open(&path).unwrap();
    write(&mut fresh, &council());
    write(&mut fresh, &follow_up());
    assert_eq!(contents(&store), contents(&fresh));
    assert!(!contents(&fresh).is_empty());
    assert_eq!(findings(&store), Vec::<String>::new());
}

#[test]
fn an_earlier_version_of_an_article_keeps_what_was_found_in_it() {
    let (_folder, path) = place();
    let mut store = Store::open(&path).unwrap();
    write(&mut store, &council());
    let mut corrected = council();
    corrected.document.title = Some("Another title".to_owned());
    write(&mut store, &corrected);
    let before = contents(&store);
    store.connection().execute("UPDATE article_version SET analyser = '0.0.1+older'", []).unwrap();
    assert_eq!(write(&mut store, &corrected), Ingested::Reanalysed);
    assert_eq!(contents(&store), before);
    assert_eq!(number(&store, "SELECT count(*) FROM article_version WHERE analyser = '0.0.1+older'"), 1);
}

#[test]
fn every_particular_counts_as_a_change_and_the_place_does_not() {
    let changes: [fn(&mut Article); 5] = [
        |article| article.document.url = Some("https://herald.example/".to_owned()),
        |article| article.document.byline = Some("By Nobody".to_owned()),
        |article| article.document.language = Some("en".to_owned()),
        |article| article.document.published = None,
        |article| {
            article.document.extra.insert("section".to_owned(), "local".into());
        },
    ];
    for change in changes {
        let (_folder, path) = place();
        let mut store = Store::open(&path).unwrap();
        write(&mut store, &council());
        let mut changed = council();
        changed.document.origin = "elsewhere.txt".to_owned();
        assert_eq!(write(&mut store, &changed), Ingested::Same);
        change(&mut changed);
        assert_eq!(write(&mut store, &changed), Ingested::Changed);
    }
}

#[test]
fn the_same_words_under_another_key_are_another_article() {
    let (_folder, path) = place();
    let mut store = Store::open(&path).unwrap();
    write(&mut store, &council());
    let mut copy = council();
    copy.document.key = "https://mirror.example/bridge".to_owned();
    assert_eq!(write(&mut store, &copy), Ingested::New);
}

#[test]
fn ids_hang_on_the_words_and_not_on_the_order() {
    let ids = |order: &[Article]| {
        let (_folder, path) = place();
        let mut store = Store::open(&path).unwrap();
        order.iter().for_each(|article| assert_eq!(write(&mut store, article), Ingested::New));
        strings(
            store.connection(),
            "SELECT public_id || quote FROM (SELECT id AS public_id, quote FROM quote_view) ORDER BY 1",
        )
    };
    let forward = ids(&[council(), follow_up()]);
    assert_eq!(forward.len(), 6);
    assert_eq!(forward, ids(&[follow_up(), council()]));
}

#[test]
fn speakers_are_one_when_their_folded_names_are_and_never_else() {
    let (_folder, path) = place();
    let mut store = Store::open(&path).unwrap();
    write(&mut store, &council());
    write(&mut store, &follow_up());
    let names = "SELECT name || ' ' || quotes FROM speaker_view ORDER BY name";
    assert_eq!(strings(store.connection(), names), ["Ana Solís 2", "Bruno Solis 1", "Piotr Wałęsa 1"]);
    let roles =
        "SELECT coalesce(role, 'none') FROM quote_view WHERE speaker = 'Ana Solís' ORDER BY published";
    assert_eq!(strings(store.connection(), roles), ["Mayor", "none"]);
}

#[test]
fn the_view_shows_who_said_what() {
    let (_folder, path) = place();
    let mut store = Store::open(&path).unwrap();
    write(&mut store, &council());
    let sql = "SELECT concat_ws('|', published, outlet, speaker, role, type, cue, quote, confidence, unknown_reason)
                 FROM quote_view ORDER BY position";
    assert_eq!(
        strings(store.connection(), sql),
        [
            "2025-10-22|The Harbour Herald|Ana Solís|Mayor|direct|said|“We will rebuild the bridge,” … “whatever it costs.”|0.93",
            "2025-10-22|The Harbour Herald|Piotr Wałęsa|Councillor|indirect|denied|that the money was gone|0.93",
            "2025-10-22|The Harbour Herald|direct|“Nobody asked us.”|0.0|no_cue",
            "2025-10-22|The Harbour Herald|scare|“bridge of sighs”",
        ]
    );
    let runners_up = "SELECT runners_up FROM quote WHERE runners_up IS NOT NULL";
    assert_eq!(strings(store.connection(), runners_up), ["[[\"Piotr Wałęsa\",94,108,0.04]]"]);
}

#[test]
fn a_nested_quote_knows_the_one_around_it_wherever_it_stands() {
    let text = "He said she told him “go” and left. “A ‘b’ c.”";
    let mut nested = article("nested", text)
        .quote(QuoteKind::Scare, &["“go”"])
        .quote(QuoteKind::Scare, &["she told him “go” and left"])
        .quote(QuoteKind::Scare, &["‘b’"]);
    nested.analysis.quotes[0].nested_in = Some(QuoteIdx(1));
    let (_folder, path) = place();
    let mut store = Store::open(&path).unwrap();
    write(&mut store, &council());
    write(&mut store, &nested);
    let pairs = "SELECT i.text || ' in ' || o.text FROM quote AS i JOIN quote AS o ON o.id = i.nested_in";
    assert_eq!(strings(store.connection(), pairs), ["“go” in she told him “go” and left"]);
    assert_eq!(findings(&store), Vec::<String>::new());
}

#[test]
fn the_check_finds_words_that_were_changed() {
    let damages = [
        ("UPDATE quote SET text = 'We will not rebuild.' WHERE position = 1", "its words don't stand"),
        ("UPDATE quote SET cue = 'claimed' WHERE position = 1", "its cue doesn't stand"),
        ("UPDATE quote SET source_end = source_end + 1 WHERE position = 1", "its source doesn't stand"),
        ("UPDATE quote SET parts = '[[0,5]]'", "its words don't stand"),
        ("UPDATE quote SET same_words = 1", "its hash is not that of its words"),
        ("UPDATE quote SET published = '2020-01-01'", "its quotes have another date"),
        ("UPDATE speaker_alias SET printed = 7", "its other names are counted wrongly"),
        ("DELETE FROM speaker_word", "it can't be found by its name"),
        ("UPDATE article_version SET is_current = 0", "it has no current version"),
        (
            "UPDATE statement_day SET days = zeroblob(8000)",
            "not listed with the statements of today, or wrongly",
        ),
        ("DELETE FROM statement_day", "not listed with the statements of today"),
        ("UPDATE article SET story = 1", "nobody else tells its story"),
        ("UPDATE quote SET speaker = NULL", "the speaker said nothing that is kept"),
        ("DELETE FROM appearance", "the speaker doesn't appear in the article version"),
        ("INSERT INTO quote_words (quote_words) VALUES ('delete-all')", "out of step"),
        ("UPDATE article_version SET title = 'Another title'", "differs from its hash"),
        ("PRAGMA foreign_keys = OFF; DELETE FROM speaker", "broken reference"),
    ];
    for (damage, finding) in damages {
        let (_folder, path) = place();
        let mut store = Store::open(&path).unwrap();
        write(&mut store, &council());
        store.connection().execute_batch(damage).expect(damage);
        let findings = findings(&store);
        assert!(findings.iter().any(|found| found.contains(finding)), "{damage}: {findings:?}");
    }
}

#[test]
fn the_index_of_words_follows_every_change() {
    let (_folder, path) = place();
    let mut store = Store::open(&path).unwrap();
    write(&mut store, &council());
    let found = |words: &str| {
        let sql = "SELECT count(*) FROM quote_words WHERE quote_words MATCH ?1";
        store.connection().query_row(sql, [words], |row| row.get::<_, i64>(0)).unwrap()
    };
    assert_eq!((found("bridge"), found("viaduct")), (2, 0));
    store.connection().execute("UPDATE quote SET text = 'a viaduct' WHERE position = 1", []).unwrap();
    assert_eq!((found("bridge"), found("viaduct")), (1, 1));
    store.connection().execute("DELETE FROM article", []).unwrap();
    assert_eq!((found("bridge"), found("viaduct")), (0, 0));
    assert_eq!(number(&store, "SELECT count(*) FROM quote"), 0);
}

#[test]
fn an_article_that_breaks_a_rule_fails_alone() {
    let (_folder, path) = place();
    let mut store = Store::open(&path).unwrap();
    let mut broken = council();
    broken.last().confidence = 1.5;
    match store.write(&broken.document, &broken.analysis) {
        Err(Error::Input { origin, .. }) => assert_eq!(origin, "https://herald.example/bridge, in a test"),
        other => panic!("expected the article to be refused, got {other:?}"),
    }
    assert_eq!(number(&store, "SELECT count(*) FROM article"), 0);
    assert_eq!(number(&store, "SELECT count(*) FROM speaker"), 0);
    assert_eq!(write(&mut store, &council()), Ingested::New);
}

#[test]
fn every_name_of_the_closed_lists_is_taken_by_the_schema() {
    use onrecord::model::{CueClass, EntityKind, MentionKind, Method, Reason};
    let schema = include_str!("../schema.sql");
    let all = [
        QuoteKind::ALL.iter().map(|name| name.as_str()).collect::<Vec<_>>(),
        CueClass::ALL.iter().map(|name| name.as_str()).collect(),
        EntityKind::ALL.iter().map(|name| name.as_str()).collect(),
        MentionKind::ALL.iter().map(|name| name.as_str()).collect(),
        Method::ALL.iter().map(|name| name.as_str()).collect(),
        Reason::ALL.iter().map(|name| name.as_str()).collect(),
    ];
    for names in all {
        let list = names.iter().map(|name| format!("'{name}'")).collect::<Vec<_>>().join(",");
        let page: String = schema.split_whitespace().collect();
        assert!(page.contains(&format!("IN({list})")), "schema.sql has another list than {list}");
    }
}

/// Sixty different words of a report, with a few of them edited.
fn report(key: &str, published: &str, edited: &[usize]) -> Article {
    let word = |at| if edited.contains(&at) { format!("edited{at}") } else { format!("word{at}") };
    let words: Vec<String> = (0..60).map(word).collect();
    let text = format!("{} “We stay,” said Ann Reyes.", words.join(" "));
    article(key, &text).of(key, published, "A report").quote(QuoteKind::Direct, &["“We stay,”"]).said(
        "Ann Reyes",
        "Ann Reyes",
        None,
    )
}

/// The keys of the articles of each story.
fn stories(store: &Store) -> Vec<String> {
    strings(
        store.connection(),
        "SELECT group_concat(key, ' ' ORDER BY key) FROM article WHERE story IS NOT NULL GROUP BY story ORDER BY 1",
    )
}

#[test]
fn copies_are_one_story_whatever_the_order_of_ingest() {
    let reports = [
        report("agency", "2025-03-01", &[]),
        report("herald", "2025-03-02", &[7, 31]),
        report("post", "2025-03-02", &[50]),
        report("other", "2025-03-02", &(0..60).collect::<Vec<_>>()),
        report("later", "2025-08-01", &[]),
    ];
    for order in [[0, 1, 2, 3, 4], [4, 3, 2, 1, 0], [1, 4, 0, 2, 3]] {
        let (_folder, path) = place();
        let mut store = Store::open(&path).unwrap();
        for at in order {
            write(&mut store, &reports[at]);
        }
        assert_eq!(stories(&store), ["agency herald post"], "{order:?}");
        assert_eq!(findings(&store), Vec::<String>::new());
    }
}

#[test]
fn two_stories_become_one_when_a_copy_is_near_to_both() {
    let (_folder, path) = place();
    let mut store = Store::open(&path).unwrap();
    let some: Vec<usize> = (5..60).step_by(15).collect();
    let others: Vec<usize> = (10..60).step_by(15).collect();
    write(&mut store, &report("one", "2025-03-01", &some));
    write(&mut store, &report("two", "2025-03-01", &others));
    assert_eq!(stories(&store), Vec::<String>::new());
    write(&mut store, &report("middle", "2025-03-01", &[]));
    assert_eq!(stories(&store), ["middle one two"]);
}

#[test]
fn what_is_forgotten_leaves_no_trace() {
    let (_folder, path) = place();
    let mut store = Store::open(&path).unwrap();
    for key in ["agency", "herald", "post"] {
        write(&mut store, &report(key, "2025-03-01", &[]));
    }
    write(&mut store, &council());
    let mut corrected = council();
    corrected.document.title = Some("Another title".to_owned());
    write(&mut store, &corrected);
    let id = |key: &str| number(&store, &format!("SELECT id FROM article WHERE key LIKE '%{key}%'"));
    let (agency, herald, bridge) = (id("agency"), id("herald"), id("bridge"));
    assert_eq!(store.forget(&[agency, 4711]).unwrap(), 1);
    assert_eq!(stories(&store), ["herald post"]);
    assert_eq!(findings(&store), Vec::<String>::new());
    assert_eq!(store.forget(&[herald, bridge]).unwrap(), 2);
    assert_eq!(stories(&store), Vec::<String>::new());
    assert_eq!(strings(store.connection(), "SELECT name FROM speaker"), ["Ann Reyes"]);
    assert_eq!(findings(&store), Vec::<String>::new());
    let leftovers = "SELECT (SELECT count(*) FROM article_version) || (SELECT count(*) FROM speaker_alias)
                         || (SELECT count(*) FROM quote)";
    assert_eq!(strings(store.connection(), leftovers), ["101"]);
}

#[test]
fn an_article_is_recognised_by_its_url_or_its_words_where_it_has_no_id() {
    let (_folder, path) = place();
    let mut store = Store::open(&path).unwrap();
    let mut with_id = council();
    with_id.document.key = "bridge-7".to_owned();
    with_id.document.url = Some("https://herald.example/bridge".to_owned());
    assert_eq!(write(&mut store, &with_id), Ingested::New);
    let mut page = with_id.clone();
    page.document.key = "https://herald.example/bridge".to_owned();
    assert_eq!(write(&mut store, &page), Ingested::Same, "its page");
    page.document.title = Some("Bridge to be rebuilt".to_owned());
    assert_eq!(write(&mut store, &page), Ingested::Changed);
    let mut other_id = with_id.clone();
    other_id.document.key = "bridge-8".to_owned();
    assert_eq!(write(&mut store, &other_id), Ingested::New, "an id decides");

    let mut file = follow_up();
    file.document.keyed = Keyed::Place;
    file.document.key = "news/toll.txt".to_owned();
    assert_eq!(write(&mut store, &file), Ingested::New);
    let mut copy = file.clone();
    copy.document.key = "copies/toll.txt".to_owned();
    assert_eq!(write(&mut store, &copy), Ingested::Same, "the same words in another file");
    copy.document.title = Some("No toll".to_owned());
    assert_eq!(write(&mut store, &copy), Ingested::New, "other words in another file");
    assert_eq!(findings(&store), Vec::<String>::new());
}

#[test]
fn a_file_that_is_full_is_told_to_be_so_and_keeps_what_was_there() {
    for room in 1..12 {
        let (_folder, path) = place();
        let mut store = Store::open(&path).unwrap();
        write(&mut store, &council());
        let pages = number(&store, "PRAGMA page_count");
        number(&store, &format!("PRAGMA max_page_count = {}", pages + room));
        let long = |at: i32| report(&format!("long-{at}"), "2025-03-01", &(0..60).collect::<Vec<_>>());
        let outcome = (0..500).map(long).find_map(|article| {
            let written = store.write(&article.document, &article.analysis);
            written.err()
        });
        match outcome {
            Some(Error::Database { reason, .. }) => {
                assert!(reason.starts_with("the disk is full"), "{reason}")
            }
            other => panic!("expected a full disk, got {other:?}"),
        }
        assert_eq!(findings(&store), Vec::<String>::new());
        number(&store, "PRAGMA max_page_count = 100000");
        assert_eq!(write(&mut store, &council()), Ingested::Same);
        assert_eq!(write(&mut store, &follow_up()), Ingested::New);
        assert_eq!(findings(&store), Vec::<String>::new());
    }
}

#[test]
fn a_new_file_that_another_program_is_about_to_write_to_is_waited_for() {
    let (_folder, path) = place();
    let other = Connection::open(&path).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let opening = {
        let path = path.clone();
        std::thread::spawn(move || Store::open(&path).map(drop))
    };
    std::thread::sleep(std::time::Duration::from_millis(300));
    assert!(!opening.is_finished(), "it should wait");
    other.execute_batch("ROLLBACK").unwrap();
    opening.join().unwrap().unwrap();
}

#[test]
fn many_may_open_a_new_file_at_the_same_moment() {
    const PROGRAMS: usize = 8;
    for _ in 0..10 {
        let (_folder, path) = place();
        let start = std::sync::Barrier::new(PROGRAMS);
        std::thread::scope(|scope| {
            for _ in 0..PROGRAMS {
                scope.spawn(|| {
                    start.wait();
                    let mut store = Store::open(&path).unwrap();
                    write(&mut store, &council());
                });
            }
        });
        let store = Store::open(&path).unwrap();
        assert_eq!(number(&store, "SELECT count(*) FROM article_version"), 1);
        assert_eq!(findings(&store), Vec::<String>::new());
    }
}
