//! Corrections outlive what they were made on: articles changed, read by another analysis, forgotten and read again. Each
//! stands on the words that it was said of, or waits in the list of orphans; none ever stands on others.

mod articles;
#[path = "../benches/news/mod.rs"]
mod news;
mod program;

use articles::{Article, article, place};
use onrecord::model::QuoteKind;
use onrecord::store::Store;
use onrecord::store::corrections::{Change, Reviewer, SpeakerName};
use onrecord::store::entry::Entry;
use onrecord::store::hash::hash;
use program::Random;
use rusqlite::params;
use std::collections::BTreeMap;

const NAMES: [&str; 6] = ["Ann Reyes", "Bo Lund", "Ida Osk", "Kenji Ito", "Mara Haug", "Piet Voss"];
const THINGS: [&str; 8] = ["bridge", "ferry", "toll", "school", "dam", "market", "library", "tram"];
const CLAIMS: [&str; 6] = [
    "stays shut until the council has found the money for it",
    "is safe",
    "was never ours to sell, whatever the papers say",
    "cost 12 million crowns more than we were told in May",
    "will open again before the first snow falls on Orbo",
    "stays",
];

/// A paragraph: one quotation with its speaker, in or without marks.
#[derive(Clone, PartialEq, Debug)]
struct Passage {
    /// Which one it is, whatever becomes of the article; a copy is none.
    id: Option<usize>,
    words: String,
    speaker: &'static str,
    /// Without marks the machine passes it over.
    is_marked: bool,
}

impl Passage {
    fn text(&self) -> String {
        let (words, speaker) = (&self.words, self.speaker);
        match (self.is_marked, self.words.len() % 3) {
            (false, _) => format!("{words}, so {speaker} on Monday."),
            (true, 0) => format!("“{words},” said {speaker} on Monday."),
            (true, _) => format!("{speaker} said: “{words},” and left."),
        }
    }

    /// The quotation as the machine finds it.
    fn quoted(&self) -> String {
        if self.is_marked { format!("“{},”", self.words) } else { self.words.clone() }
    }
}

fn passages(random: &mut Random) -> Vec<Passage> {
    let count = 3 + random.below(5);
    let passage = |id| {
        let (thing, claim) = (THINGS[random.below(8)], CLAIMS[random.below(6)]);
        let words = format!("The {thing} {claim}");
        Passage { id: Some(id), words, speaker: NAMES[random.below(6)], is_marked: random.below(5) > 0 }
    };
    (0..count).map(passage).collect()
}

/// The article with what a machine finds in it: all that stands in marks.
fn read(key: &str, passages: &[Passage]) -> Article {
    let text = passages.iter().map(Passage::text).collect::<Vec<_>>().join("\n\n");
    let mut made = article(key, &text).of("Harbour Post", "2025-03-01", "News");
    let mut at = 0;
    for passage in passages {
        if passage.is_marked {
            let start = at + text[at..].find('“').unwrap();
            let end = start + passage.quoted().len();
            let name = at + text[at..].find(passage.speaker).unwrap();
            made = made.quote_at(QuoteKind::Direct, start..end).said_at(name, passage.speaker);
        }
        at += passage.text().len() + 2;
    }
    made
}

/// Where each passage's quotation stands.
fn places(passages: &[Passage]) -> BTreeMap<usize, (u32, u32)> {
    let (mut at, mut places) = (0, BTreeMap::new());
    for passage in passages {
        let start = at + passage.text().find(&passage.quoted()).unwrap();
        if let Some(id) = passage.id {
            places.insert(id, (start as u32, (start + passage.quoted().len()) as u32));
        }
        at += passage.text().len() + 2;
    }
    places
}

/// Where a copy can't be told from the passage, nor need be: it alone has its text, or stands among the same words, the
/// passage itself having gone.
fn twins(before: &[Passage], id: usize, after: &[Passage]) -> Vec<(u32, u32)> {
    let around = |passages: &[Passage], at: usize| {
        let text = |at: Option<usize>| at.and_then(|at| passages.get(at)).map(Passage::text);
        let tail = |words: String| words.chars().rev().take(12).collect::<String>();
        let head = |words: String| words.chars().take(12).collect::<String>();
        (text(at.checked_sub(1)).map(tail), text(Some(at)), text(Some(at + 1)).map(head))
    };
    let own = before.iter().position(|passage| passage.id == Some(id)).unwrap();
    let own = around(before, own);
    let is_alone = after.iter().filter(|passage| Some(passage.text()) == own.1).count() == 1;
    let is_twin = |at| if is_alone { around(after, at).1 == own.1 } else { around(after, at) == own };
    let all: Vec<Passage> = after
        .iter()
        .enumerate()
        .map(|(at, passage)| Passage { id: is_twin(at).then_some(at), ..passage.clone() })
        .collect();
    places(&all).into_values().collect()
}

fn edited(mut passages: Vec<Passage>, random: &mut Random) -> Vec<Passage> {
    for _ in 0..=random.below(3) {
        let at = random.below(passages.len());
        match random.below(5) {
            0 => {
                let moved = passages.remove(at);
                passages.insert(random.below(passages.len() + 1), moved);
            }
            1 => {
                let copy = Passage { id: None, ..passages[at].clone() };
                passages.insert(random.below(passages.len() + 1), copy);
            }
            2 => {
                passages[at].words = passages[at].words.replace("The ", "That ");
                passages[at].id = None;
            }
            3 if passages.len() > 1 => drop(passages.remove(at)),
            _ => {
                let id = Some(100 + random.below(100));
                let words = format!("The {} was news to all of us", THINGS[random.below(8)]);
                let new = Passage { id, words, speaker: NAMES[random.below(6)], is_marked: true };
                passages.insert(at, new);
            }
        }
    }
    passages
}

fn entry(article: Article, analyser: &str) -> Entry {
    let hash = hash(&article.document);
    Entry::new(article.document, hash, article.analysis, analyser)
}

fn ingest(store: &mut Store, articles: Vec<Article>, analyser: &str) {
    let entries: Vec<Entry> = articles.into_iter().map(|article| entry(article, analyser)).collect();
    for outcome in store.write_all(&entries).unwrap() {
        outcome.unwrap();
    }
}

fn by() -> Reviewer {
    Reviewer { name: "Rina".to_owned(), note: None }
}

fn named(name: &str) -> SpeakerName {
    SpeakerName { name: name.to_owned(), kind: None }
}

#[track_caller]
fn is_sound(store: &Store) {
    let mut findings = Vec::new();
    store.check(|_| {}, |finding| findings.push(finding)).unwrap();
    assert_eq!(findings, Vec::<String>::new());
}

fn number(store: &Store, sql: &str) -> i64 {
    store.connection().query_row(sql, [], |row| row.get(0)).unwrap()
}

/// All that can be seen of the quotes, and of who is there.
fn seen(store: &Store) -> Vec<String> {
    let sql = "SELECT concat_ws('|', a.key, v.number, q.public_id, q.position, q.type, q.state, q.text, q.parts, q.cue,
                      q.source, q.source_start, q.speaker, s.name, q.unknown_reason, q.method, q.confidence, q.same_words)
                 FROM quote AS q JOIN article_version AS v ON v.id = q.version JOIN article AS a ON a.id = v.article
                 LEFT JOIN speaker AS s ON s.id = q.speaker
               UNION ALL SELECT concat_ws('|', 'speaker', s.id, name, folded, person, qualifier) FROM speaker AS s
               UNION ALL SELECT concat_ws('|', 'in', version, speaker, role, aliases) FROM appearance
               UNION ALL SELECT concat_ws('|', 'word', word, speaker) FROM speaker_word
               UNION ALL SELECT concat_ws('|', 'day', block, hex(days)) FROM statement_day ORDER BY 1";
    let mut statement = store.connection().prepare(sql).unwrap();
    statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
}

/// A correction that a test made.
#[derive(Debug)]
struct Said {
    id: i64,
    article: usize,
    passage: usize,
    change: usize,
}

/// Makes a correction of a passage that nobody has corrected yet.
fn correct(store: &mut Store, key: &str, passage: &Passage, place: (u32, u32), change: usize) -> Option<i64> {
    let public_id = |store: &Store| {
        let sql = "SELECT public_id FROM quote_at WHERE key = ?1 AND parts = ?2";
        let parts = format!("[[{},{}]]", place.0, place.1);
        let sql = sql.replace(
            "quote_at",
            "(SELECT a.key, q.parts, q.public_id FROM quote AS q JOIN article_version AS v ON v.id = q.version
               JOIN article AS a ON a.id = v.article)",
        );
        store.connection().query_row(&sql, params![key, parts], |row| row.get::<_, String>(0)).unwrap()
    };
    if !passage.is_marked {
        // Words that stand there twice are refused.
        return store.add_missed(key, &passage.words, Some(&named("Zoë Quill")), &by()).ok();
    }
    let id = public_id(store);
    let change = match change {
        0 => Change::Confirm,
        1 => Change::Speaker(named("Zoë Quill")),
        2 => Change::NotAQuote,
        3 => Change::Nobody,
        _ => Change::Span(passage.words.clone()),
    };
    Some(store.correct(key, &id, &change, &by()).unwrap())
}

/// Asserts what became of each correction; gives how many stand, and how many of those that could have.
fn weigh(store: &Store, said: &[Said], articles: &[Vec<Passage>], before: &[Vec<Passage>]) -> (usize, usize) {
    let (mut standing, mut could) = (0, 0);
    for said in said {
        let passage = before[said.article].iter().find(|passage| passage.id == Some(said.passage)).unwrap();
        let place = places(&articles[said.article]).get(&said.passage).copied();
        let (status, reason): (String, Option<String>) = store
            .connection()
            .query_row("SELECT status, reason FROM correction WHERE id = ?1", [said.id], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })
            .unwrap();
        let rows: Vec<(String, String, String, Option<String>)> = store
            .connection()
            .prepare(
                "SELECT q.text, q.parts, q.state, s.name FROM correction_quote AS k JOIN quote AS q ON q.id = k.quote
                   JOIN article_version AS v ON v.id = q.version AND v.is_current = 1
                   LEFT JOIN speaker AS s ON s.id = q.speaker WHERE k.correction = ?1",
            )
            .unwrap()
            .query_map([said.id], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))
            .unwrap()
            .map(Result::unwrap)
            .collect();
        could += usize::from(place.is_some());
        if status == "orphan" {
            assert!(reason.is_some() && rows.is_empty(), "{said:?} {rows:?}");
            continue;
        }
        standing += 1;
        assert_eq!((status.as_str(), rows.len()), ("applied", 1), "{said:?}");
        let (words, parts, state, speaker) = &rows[0];
        let is_cut = passage.is_marked && said.change > 3;
        let twins = twins(&before[said.article], said.passage, &articles[said.article]);
        let right = place.into_iter().chain(twins).any(|(start, end)| {
            let right = if is_cut { (start + 3, end - 4) } else { (start, end) };
            *parts == format!("[[{},{}]]", right.0, right.1)
        });
        assert!(right, "{said:?} stands on {words} at {parts}");
        let rejects = passage.is_marked && said.change == 2;
        assert_eq!(state, if rejects { "rejected" } else { "reviewed" }, "{said:?}");
        let name = match (passage.is_marked, said.change) {
            (false, _) | (true, 1) => Some("Zoë Quill"),
            (true, 3) => None,
            (true, _) => Some(passage.speaker),
        };
        assert_eq!(speaker.as_deref(), name, "{said:?}");
    }
    (standing, could)
}

#[test]
fn five_hundred_corrections_survive_a_thousand_articles_read_again() {
    let (_folder, path) = place();
    let mut store = Store::open(&path).unwrap();
    let mut random = Random(5);
    let key = |number: usize| format!("news-{number}");
    let first: Vec<Vec<Passage>> = (0..1000).map(|_| passages(&mut random)).collect();
    let all = |articles: &[Vec<Passage>]| -> Vec<Article> {
        articles.iter().enumerate().map(|(number, passages)| read(&key(number), passages)).collect()
    };
    ingest(&mut store, all(&first), "one");
    let mut said = Vec::new();
    while said.len() < 500 {
        let article = random.below(1000);
        let passage = &first[article][random.below(first[article].len())];
        let id = passage.id.unwrap();
        if said.iter().any(|said: &Said| said.article == article && said.passage == id) {
            continue;
        }
        let (place, change) = (places(&first[article])[&id], said.len() % 5);
        if let Some(made) = correct(&mut store, &key(article), passage, place, change) {
            said.push(Said { id: made, article, passage: id, change });
        }
    }
    is_sound(&store);
    assert_eq!(weigh(&store, &said, &first, &first), (500, 500));

    // Another analysis of the same words: all stay.
    ingest(&mut store, all(&first), "two");
    assert_eq!(weigh(&store, &said, &first, &first), (500, 500));

    // The articles changed.
    let second: Vec<Vec<Passage>> =
        first.iter().map(|article| edited(article.clone(), &mut random)).collect();
    ingest(&mut store, all(&second), "two");
    is_sound(&store);
    let (standing, could) = weigh(&store, &said, &second, &first);
    assert!(standing * 100 >= could * 85, "{standing} of {could} corrections were found again");
    assert!(standing < 500 && could < 500, "some passages went");
    let orphans = number(&store, "SELECT count(*) FROM correction WHERE status = 'orphan'");
    assert_eq!(orphans as usize, 500 - standing);

    // And changed back, in other particulars: all are found again, but those whose words are in a place like another.
    let third: Vec<Article> = all(&first)
        .into_iter()
        .map(|mut article| {
            article.document.title = Some("Old news".to_owned());
            article
        })
        .collect();
    ingest(&mut store, third, "two");
    is_sound(&store);
    let (standing, _) = weigh(&store, &said, &first, &first);
    assert_eq!(standing, 500);

    // Forgotten and read again.
    let ids: Vec<i64> = (1..=1000).collect();
    assert_eq!(store.forget(&ids).unwrap(), 1000);
    is_sound(&store);
    assert_eq!(number(&store, "SELECT count(*) FROM correction WHERE reason = 'forgotten'"), 500);
    assert_eq!(number(&store, "SELECT count(*) FROM speaker"), 0);
    ingest(&mut store, all(&first), "one");
    is_sound(&store);
    assert_eq!(weigh(&store, &said, &first, &first).0, 500);

    // All taken back: nothing is left of them.
    for said in &said {
        store.undo(said.id, &by()).unwrap();
    }
    is_sound(&store);
    assert_eq!(number(&store, "SELECT count(*) FROM corrected"), 0);
    assert_eq!(number(&store, "SELECT count(*) FROM quote WHERE state <> 'machine'"), 0);
}

#[test]
fn what_is_taken_back_is_as_it_was() {
    let (_folder, path) = place();
    let mut store = Store::open(&path).unwrap();
    let mut random = Random(11);
    let articles: Vec<Vec<Passage>> = (0..40).map(|_| passages(&mut random)).collect();
    let all = articles.iter().enumerate().map(|(number, passages)| read(&format!("news-{number}"), passages));
    ingest(&mut store, all.collect(), "one");
    let untouched = seen(&store);
    let mut made = Vec::new();
    for (number, passages) in articles.iter().enumerate() {
        let key = format!("news-{number}");
        if let Some(passage) = passages.iter().find(|passage| !passage.is_marked) {
            made.extend(store.add_missed(&key, &passage.words, Some(&named("Zoë Quill")), &by()));
        }
        for _ in 0..6 {
            // Several stand on one quote, and change its words and its id.
            let sql = "SELECT public_id FROM quote AS q JOIN article_version AS v ON v.id = q.version
                         JOIN article AS a ON a.id = v.article WHERE a.key = ?1";
            let ids: Vec<String> = {
                let mut statement = store.connection().prepare(sql).unwrap();
                statement.query_map([&key], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
            };
            let Some(id) = ids.get(random.below(ids.len())) else { continue };
            let words: String = store
                .connection()
                .query_row("SELECT text FROM quote WHERE public_id = ?1", [id], |row| row.get(0))
                .unwrap();
            let shorter = words.rsplit_once(' ').map(|(words, _)| words.to_owned());
            let change = match (random.below(6), shorter) {
                (0, _) => Change::Confirm,
                (1, _) => Change::NotAQuote,
                (2, _) => Change::Nobody,
                (3, _) => Change::Speaker(named(NAMES[random.below(6)])),
                (4, Some(words)) => Change::Span(words),
                _ => Change::Speaker(named("Uma Stern")),
            };
            made.push(store.correct(&key, id, &change, &by()).unwrap());
            if random.below(4) == 0 {
                let at = made[random.below(made.len())];
                made.retain(|&id| id != at);
                store.undo(at, &by()).unwrap();
            }
        }
    }
    is_sound(&store);
    assert!(made.len() > 150 && seen(&store) != untouched);
    while !made.is_empty() {
        let id = made.remove(random.below(made.len()));
        store.undo(id, &by()).unwrap();
    }
    is_sound(&store);
    let now = seen(&store);
    let different: Vec<&String> = now.iter().filter(|line| !untouched.contains(line)).collect();
    assert_eq!(different, Vec::<&String>::new());
    assert_eq!(now.len(), untouched.len());
}

/// The quotes of an article as they stand now: words, speaker, state.
fn quotes(store: &Store, key: &str) -> Vec<String> {
    let sql = "SELECT concat_ws(' | ', quote, coalesce(speaker, '-'), state, coalesce(source, '-'))
                 FROM quote_view WHERE article = ?1 ORDER BY position";
    let mut statement = store.connection().prepare(sql).unwrap();
    statement.query_map([key], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
}

fn id_of(store: &Store, words: &str) -> String {
    let sql = "SELECT id FROM quote_view WHERE quote = ?1";
    store.connection().query_row(sql, [words], |row| row.get(0)).unwrap()
}

const FERRY: &str = "“The ferry sails again,” said Ann Reyes of Orbo.\n\nBo Lund nodded. She wept.";

fn ferry(words: &str, speaker: Option<&str>) -> Article {
    let made = article("ferry", FERRY).of("Post", "2025-03-01", "Ferry").quote(QuoteKind::Direct, &[words]);
    match speaker {
        Some(name) => made.said(name, name, None),
        None => made.unknown(onrecord::model::Reason::NoCue),
    }
}

#[test]
fn a_confirmed_speaker_outlives_what_another_analysis_says() {
    let (_folder, path) = place();
    let mut store = Store::open(&path).unwrap();
    let words = "“The ferry sails again,”";
    ingest(&mut store, vec![ferry(words, Some("Ann Reyes"))], "one");
    store.correct("ferry", &id_of(&store, words), &Change::Confirm, &by()).unwrap();
    assert_eq!(quotes(&store, "ferry"), ["“The ferry sails again,” | Ann Reyes | reviewed | Ann Reyes"]);
    // Another speaker, other bounds, nobody, nothing at all.
    for (other, analyser) in [
        (ferry(words, Some("Bo Lund")), "two"),
        (ferry("“The ferry sails again,” said", Some("Bo Lund")), "three"),
        (ferry(words, None), "four"),
        (article("ferry", FERRY).of("Post", "2025-03-01", "Ferry"), "five"),
    ] {
        ingest(&mut store, vec![other], analyser);
        is_sound(&store);
        let expected = ["“The ferry sails again,” | Ann Reyes | reviewed | Ann Reyes"];
        assert_eq!(quotes(&store, "ferry"), expected, "{analyser}");
    }
    // Taken back: this analysis finds nothing.
    store.undo(1, &by()).unwrap();
    is_sound(&store);
    assert_eq!(quotes(&store, "ferry"), Vec::<String>::new());
}

#[test]
fn what_nobody_looked_at_is_not_reviewed() {
    let (_folder, path) = place();
    let mut store = Store::open(&path).unwrap();
    let words = "“The ferry sails again,”";
    ingest(&mut store, vec![ferry(words, None)], "one");
    let untouched = seen(&store);
    store.correct("ferry", &id_of(&store, words), &Change::Confirm, &by()).unwrap();
    let only_state: Vec<String> =
        seen(&store).iter().map(|line| line.replace("|reviewed|", "|machine|")).collect();
    assert_eq!(only_state, untouched);
    // Another analysis knows a speaker, whom nobody confirmed.
    ingest(&mut store, vec![ferry(words, Some("Bo Lund"))], "two");
    assert_eq!(quotes(&store, "ferry"), ["“The ferry sails again,” | - | reviewed | -"]);
    is_sound(&store);
    store.undo(1, &by()).unwrap();
    assert_eq!(quotes(&store, "ferry"), ["“The ferry sails again,” | Bo Lund | machine | Bo Lund"]);
}

#[test]
fn a_rejected_quote_stays_rejected_and_out_of_sight() {
    let (_folder, path) = place();
    let mut store = Store::open(&path).unwrap();
    let words = "“The ferry sails again,”";
    ingest(&mut store, vec![ferry(words, Some("Ann Reyes"))], "one");
    store.correct("ferry", &id_of(&store, words), &Change::NotAQuote, &by()).unwrap();
    let seen = |store: &Store| number(store, "SELECT count(*) FROM current_statement");
    assert_eq!(seen(&store), 0);
    assert_eq!(number(&store, "SELECT quotes FROM article_view"), 0);
    assert_eq!(number(&store, "SELECT count(*) FROM speaker_view"), 0);
    ingest(&mut store, vec![ferry(words, Some("Bo Lund"))], "two");
    assert_eq!((seen(&store), quotes(&store, "ferry").len()), (0, 1));
    // Nearly these words are no longer those that were looked at.
    ingest(&mut store, vec![ferry("“The ferry sails again,” said", None)], "three");
    assert_eq!(number(&store, "SELECT count(*) FROM correction WHERE reason = 'other_words'"), 1);
    assert_eq!(seen(&store), 1);
    ingest(&mut store, vec![ferry(words, None)], "four");
    assert_eq!(
        (seen(&store), number(&store, "SELECT count(*) FROM correction WHERE status = 'orphan'")),
        (0, 0)
    );
    is_sound(&store);
}

#[test]
fn the_log_can_only_be_added_to() {
    let (_folder, path) = place();
    let mut store = Store::open(&path).unwrap();
    ingest(&mut store, vec![ferry("“The ferry sails again,”", Some("Ann Reyes"))], "one");
    store.correct("ferry", &id_of(&store, "“The ferry sails again,”"), &Change::Confirm, &by()).unwrap();
    for sql in
        ["DELETE FROM correction", "UPDATE correction SET note = 'x'", "UPDATE correction SET words = 'x'"]
    {
        let error = store.connection().execute(sql, []).unwrap_err().to_string();
        assert!(error.contains("onrecord undo takes one back"), "{error}");
    }
}

#[test]
fn what_cannot_be_said_is_refused_and_changes_nothing() {
    let (_folder, path) = place();
    let mut store = Store::open(&path).unwrap();
    let words = "“The ferry sails again,”";
    ingest(&mut store, vec![ferry(words, Some("Ann Reyes"))], "one");
    let (id, untouched) = (id_of(&store, words), seen(&store));
    let span = |words: &str| Change::Span(words.to_owned());
    let reasons = [
        store.correct("ferry", "0123456789abcdef", &Change::Confirm, &by()).unwrap_err(),
        store.correct("quay", &id, &Change::Confirm, &by()).unwrap_err(),
        store.correct("ferry", &id, &span("“The ferry sails now,”"), &by()).unwrap_err(),
        store.correct("ferry", &id, &span(" "), &by()).unwrap_err(),
        store.correct("ferry", &id, &Change::Speaker(named("—")), &by()).unwrap_err(),
        store.add_missed("ferry", words, None, &by()).unwrap_err(),
        store.add_missed("ferry", "a", None, &by()).unwrap_err(),
        store.undo(7, &by()).unwrap_err(),
    ];
    for reason in &reasons {
        assert!(matches!(reason, onrecord::error::Error::Refused { .. }), "{reason}");
    }
    assert_eq!(seen(&store), untouched);
    assert_eq!(number(&store, "SELECT count(*) FROM correction"), 0);
}

/// Who said how much, under which names.
fn speakers(store: &Store) -> Vec<String> {
    let sql =
        "SELECT concat_ws(' | ', name, quotes, articles, coalesce(aliases, '-'), coalesce(wikidata, '-'))
                 FROM speaker_view ORDER BY name";
    let mut statement = store.connection().prepare(sql).unwrap();
    statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
}

fn row(store: &Store, name: &str) -> i64 {
    store.connection().query_row("SELECT id FROM speaker WHERE name = ?1", [name], |row| row.get(0)).unwrap()
}

/// An article in which somebody says something.
fn says(key: &str, outlet: &str, name: &str, role: Option<&str>) -> Article {
    let words = format!("“We open the {key} in spring,”");
    article(key, &format!("{words} said {name} on Monday, and nothing else."))
        .of(outlet, "2025-03-01", "News")
        .quote(QuoteKind::Direct, &[&words])
        .said(name, name, role)
}

fn alias(name: &str, alias: &str, wikidata: Option<&str>) -> onrecord::store::corrections::Alias {
    onrecord::store::corrections::Alias {
        name: name.to_owned(),
        alias: (!alias.is_empty()).then(|| alias.to_owned()),
        kind: onrecord::model::EntityKind::Person,
        wikidata: wikidata.map(str::to_owned),
    }
}

#[test]
fn one_person_has_many_names_now_and_later() {
    let (_folder, path) = place();
    let mut store = Store::open(&path).unwrap();
    ingest(
        &mut store,
        vec![says("ferry", "Post", "Ana Solís", Some("Mayor")), says("quay", "Post", "A. Solis", None)],
        "one",
    );
    let untouched = seen(&store);
    let (person, other) = (row(&store, "Ana Solís"), row(&store, "A. Solis"));
    store.merge_speakers(person, other, &by()).unwrap();
    assert_eq!(speakers(&store), ["Ana Solís | 2 | 2 | A. Solis | -"]);
    assert!(store.merge_speakers(other, person, &by()).is_err(), "they are one already");
    // Names that nobody bears yet, and a person whom nobody names so.
    store.alias(&alias("Ana Solís", "Ana Solís-Reyes", Some("Q42")), &by()).unwrap();
    store.alias(&alias("Boris Lund the Elder", "Bo Lund", None), &by()).unwrap();
    assert_eq!(store.alias(&alias("Boris Lund the Elder", "Bo Lund", None), &by()).unwrap(), None);
    is_sound(&store);
    ingest(
        &mut store,
        vec![says("dam", "Post", "ANA SOLIS-REYES", None), says("toll", "Post", "Bo Lund", None)],
        "one",
    );
    is_sound(&store);
    let together =
        ["Ana Solís | 3 | 3 | A. Solis; ANA SOLIS-REYES | Q42", "Boris Lund the Elder | 1 | 1 | Bo Lund | -"];
    assert_eq!(speakers(&store), together);
    // Forgotten and read again, the names are still theirs.
    assert_eq!(store.forget(&[1, 2, 3, 4]).unwrap(), 4);
    is_sound(&store);
    assert_eq!(number(&store, "SELECT count(*) FROM speaker"), 0);
    ingest(
        &mut store,
        vec![
            says("toll", "Post", "Bo Lund", None),
            says("quay", "Post", "A. Solis", None),
            says("ferry", "Post", "Ana Solís", Some("Mayor")),
        ],
        "one",
    );
    is_sound(&store);
    assert_eq!(speakers(&store), ["Ana Solís | 2 | 2 | A. Solis | Q42", together[1]]);
    for id in [1, 2, 3] {
        store.undo(id, &by()).unwrap();
        is_sound(&store);
    }
    assert_eq!(speakers(&store).len(), 3);
    assert_eq!(
        number(&store, "SELECT count(*) FROM name_rule") + number(&store, "SELECT count(*) FROM wikidata"),
        0
    );
    assert_eq!(number(&store, "SELECT count(*) FROM speaker WHERE person <> id"), 0);
    drop(untouched);
}

#[test]
fn what_made_two_people_one_is_taken_back_wholly() {
    let (_folder, path) = place();
    let mut store = Store::open(&path).unwrap();
    let articles = ["Ana Solís", "A. Solis", "Ana S.", "Anita Solis"].into_iter().enumerate();
    let articles = articles.map(|(at, name)| says(THINGS[at], "Post", name, None)).collect();
    ingest(&mut store, articles, "one");
    let untouched = seen(&store);
    let [a, b, c, d] = ["Ana Solís", "A. Solis", "Ana S.", "Anita Solis"].map(|name| row(&store, name));
    let first = store.merge_speakers(b, c, &by()).unwrap();
    let second = store.merge_speakers(a, c, &by()).unwrap();
    let third = store.merge_speakers(d, b, &by()).unwrap();
    assert_eq!(speakers(&store), ["Anita Solis | 4 | 4 | A. Solis; Ana S.; Ana Solís | -"]);
    is_sound(&store);
    // In another order than they were made.
    store.undo(second, &by()).unwrap();
    is_sound(&store);
    assert_eq!(speakers(&store), ["A. Solis | 2 | 2 | Ana S. | -", "Anita Solis | 2 | 2 | Ana Solís | -"]);
    store.undo(first, &by()).unwrap();
    store.undo(third, &by()).unwrap();
    is_sound(&store);
    assert_eq!(seen(&store), untouched);
}

#[test]
fn two_people_of_one_name_are_kept_apart_now_and_later() {
    use onrecord::store::corrections::Part;
    let (_folder, path) = place();
    let mut store = Store::open(&path).unwrap();
    let first = vec![
        says("ferry", "Harbour Post", "Ann Reyes", Some("mayor of Orbo")),
        says("match", "Sports Gazette", "Ann Reyes", Some("midfielder")),
        says("cup", "Harbour Post", "Ann Reyes", Some("midfielder")),
    ];
    ingest(&mut store, first, "one");
    let untouched = seen(&store);
    let ann = row(&store, "Ann Reyes");
    let (role, moved) = store.split_speaker(ann, &Part::Role("Midfielder".to_owned()), &by()).unwrap();
    assert_eq!(moved, 2);
    is_sound(&store);
    assert_eq!(speakers(&store), ["Ann Reyes | 1 | 1 | - | -", "Ann Reyes (Midfielder) | 2 | 2 | - | -"]);
    let later = vec![
        says("goal", "Sports Gazette", "Ann Reyes", Some("former midfielder")),
        says("dam", "Sports Gazette", "Ann Reyes", None),
    ];
    ingest(&mut store, later, "one");
    assert_eq!(speakers(&store), ["Ann Reyes | 2 | 2 | - | -", "Ann Reyes (Midfielder) | 3 | 3 | - | -"]);
    let (outlet, moved) = store.split_speaker(ann, &Part::Outlet("gazette".to_owned()), &by()).unwrap();
    assert_eq!(moved, 3, "what was said last counts");
    is_sound(&store);
    let (one, _) = store.split_speaker(ann, &Part::Article("dam".to_owned()), &by()).unwrap();
    is_sound(&store);
    assert_eq!(speakers(&store).len(), 4);
    for id in [role, one, outlet] {
        store.undo(id, &by()).unwrap();
        is_sound(&store);
    }
    assert_eq!(speakers(&store), ["Ann Reyes | 5 | 5 | - | -"]);
    store.forget(&[4, 5]).unwrap();
    assert_eq!(seen(&store), untouched);
    assert!(store.split_speaker(ann, &Part::Role(" ".to_owned()), &by()).is_err());
}
