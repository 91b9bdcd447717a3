//! What people want to be told of, and the pages that tell them.

mod articles;
#[path = "../benches/news/mod.rs"]
mod news;
mod program;

use articles::{Article, article, write};
use onrecord::model::QuoteKind;
use onrecord::store::Store;
use program::{Place, Said};
use rusqlite::Connection;
use serde_json::Value;
use std::path::PathBuf;

const WALL: &str = "“The sea wall will be finished before the first storm of the winter,”";
const CUT: &str = "“The sea wall will be finished,”";

struct Desk(Place);

impl Desk {
    fn new() -> Self {
        let desk = Self(Place::new());
        Store::open(&desk.db()).unwrap();
        desk
    }

    fn db(&self) -> PathBuf {
        self.0.path("onrecord.db")
    }

    /// Writes articles that came in at a time.
    fn receive(&self, when: &str, articles: &[Article]) {
        let mut store = Store::open(&self.db()).unwrap();
        for article in articles {
            write(&mut store, article);
        }
        let sql = "UPDATE article_version SET ingested = ?1 WHERE id > (SELECT max(id) - ?2 FROM article_version)";
        store.connection().execute(sql, (when, articles.len() as i64)).unwrap();
    }

    fn run(&self, args: &[&str]) -> Said {
        let mut command = self.0.command(args);
        command.env("ONRECORD_REVIEWER", "Bo Lund");
        Said::from(&command.output().unwrap())
    }

    #[track_caller]
    fn done(&self, args: &[&str]) -> String {
        let said = self.run(args);
        assert_eq!(said.code, Some(0), "{args:?}: {}", said.err);
        said.out
    }

    #[track_caller]
    fn digest(&self, args: &[&str]) -> Value {
        serde_json::from_str(&self.done(&[&["digest", "--format", "json"], args].concat())).unwrap()
    }

    /// The claim of a statement.
    fn claim(&self, words: &str) -> String {
        let connection = Connection::open(self.db()).unwrap();
        let sql = "SELECT w.key FROM wording AS w JOIN quote AS q ON q.id = w.quote WHERE q.text = ?1";
        let key: i64 = connection.query_row(sql, [words], |row| row.get(0)).unwrap();
        format!("c{:016x}", key.cast_unsigned())
    }
}

/// Something that Ann Reyes said, in an article of that outlet.
fn printed(key: &str, outlet: &str, day: &str, words: &str) -> Article {
    said(key, outlet, day, words, "Ann Reyes")
}

fn said(key: &str, outlet: &str, day: &str, words: &str, name: &str) -> Article {
    let mut article = article(key, &format!("{words} said {name}."))
        .of(outlet, day, "The wall")
        .quote(QuoteKind::Direct, &[words])
        .said(name, name, None);
    article.document.url = Some(format!("https://news.example/{key}?a=1&b=2"));
    article
}

fn entries(section: &Value) -> Vec<&str> {
    section["entries"].as_array().unwrap().iter().map(|entry| entry["words"].as_str().unwrap()).collect()
}

const SPRING: &str = "2026-03-01T10:00:00Z";
const SUMMER: &str = "2026-06-01T10:00:00Z";

#[test]
fn a_new_print_of_a_watched_claim_in_another_outlet_is_told() {
    let desk = Desk::new();
    desk.receive(SPRING, &[printed("a", "Harbour Herald", "2026-03-01", WALL)]);
    desk.receive(SPRING, &[said("z", "Harbour Herald", "2026-03-01", "“Nobody asked us about it at all.”", "Bo Lind")]);
    desk.done(&["watch", "add", "--claim", &desk.claim(WALL), "--name", "The wall"]);
    desk.receive(SUMMER, &[printed("b", "Hill Post", "2026-03-05", CUT)]);
    desk.receive(SUMMER, &[said("y", "Hill Post", "2026-03-05", "“We were never there, not even once.”", "Bo Lind")]);
    let digest = desk.digest(&["--since", "2026-05-01"]);
    assert_eq!(digest["sections"].as_array().unwrap().len(), 1);
    let section = &digest["sections"][0];
    assert_eq!((&section["title"], &section["kind"]), (&"The wall".into(), &"watch".into()));
    let claim = &section["entries"][0];
    assert_eq!(entries(section), [CUT]);
    assert_eq!((&claim["is_new"], &claim["outlets"]), (&false.into(), &1.into()));
    assert_eq!((&claim["claim"], &claim["latest"]), (&desk.claim(WALL).into(), &SUMMER.into()));
    assert_eq!(claim["printed_in"], serde_json::json!(["Hill Post"]));
    assert_eq!(claim["shown"][0]["article"], "b");
    let text = desk.done(&["digest", "--since", "2026-05-01"]);
    assert!(text.contains("printed before · 1 outlet (Hill Post) · 1 new print"), "{text}");
    let both = desk.digest(&["--since", "2026-01"]);
    let claim = &both["sections"][0]["entries"][0];
    assert_eq!((&claim["words"], &claim["is_new"], &claim["outlets"]), (&WALL.into(), &true.into(), &2.into()));
    desk.0.is_clean("onrecord.db");
}

#[test]
fn fewer_prints_than_the_threshold_wait_until_there_are_enough() {
    let desk = Desk::new();
    desk.done(&["watch", "add", "--search", "\"sea wall\"", "--outlet", "post", "--at-least", "2"]);
    desk.receive(SPRING, &[printed("a", "Hill Post", "2026-03-01", WALL)]);
    desk.receive(SPRING, &[printed("x", "Herald", "2026-03-01", WALL)]);
    let waiting = desk.digest(&["--since", "last", "--mark"]);
    assert_eq!(waiting["sections"], serde_json::json!([]));
    assert_eq!(waiting["waiting"], serde_json::json!([{"watch": 1, "prints": 1}]));
    assert_eq!(desk.digest(&["--since", "last", "--at-least", "1"])["sections"][0]["prints"], 1);
    desk.receive(SUMMER, &[printed("b", "Valley Post", "2026-06-01", "“No sea wall was ever that dear to us.”")]);
    let told = desk.digest(&["--since", "last", "--mark"]);
    assert_eq!(told["sections"][0]["prints"], 2, "{told}");
    assert_eq!(told["waiting"], serde_json::json!([]));
    assert!(desk.done(&["digest", "--since", "last"]).starts_with("nothing new since "));
    desk.receive(SUMMER, &[printed("c", "Valley Post", "2026-06-02", CUT)]);
    assert_eq!(desk.digest(&["--since", "last"])["waiting"][0]["prints"], 1);
}

#[test]
fn the_copies_of_one_report_count_once() {
    let desk = Desk::new();
    let filler = "The council met in the old customs house on Tuesday evening and spoke of little else. ".repeat(4);
    let body = (1..30).map(|line| format!("Paragraph {line} of the report tells of pier {}. ", line * 7));
    let text = format!("{filler}{}{WALL} said Ann Reyes.", body.collect::<String>());
    let copy = |key: &str, outlet: &str, day: &str| {
        let article = article(key, &text).of(outlet, day, "The wall");
        article.quote(QuoteKind::Direct, &[WALL]).said("Ann Reyes", "Ann Reyes", None)
    };
    let copies = [copy("a", "Wire", "2026-03-01"), copy("b", "Post", "2026-03-02"), copy("c", "Herald", "2026-03-03")];
    desk.receive(SPRING, &copies);
    desk.done(&["watch", "add", "--speaker", "reyes"]);
    let digest = desk.digest(&["--since", "2026-01"]);
    let claim = &digest["sections"][0]["entries"][0];
    assert_eq!((&claim["prints"], &claim["outlets"]), (&1.into(), &3.into()));
    assert_eq!(claim["printed_in"], serde_json::json!(["Wire", "Post", "Herald"]));
    assert_eq!(claim["shown"].as_array().unwrap().len(), 1);
    assert_eq!(digest["sections"][0]["prints"], 1);
}

#[test]
fn all_that_is_watched_must_hold() {
    let desk = Desk::new();
    desk.receive(SPRING, &[
        printed("a", "Hill Post", "2026-03-01", WALL),
        printed("b", "Harbour Herald", "2026-03-02", "“The bridge is another matter altogether.”"),
        said("c", "Hill Post", "2026-03-03", "“A sea wall is no answer to anything here.”", "Bo Lind"),
    ]);
    let cases: &[(&[&str], usize)] = &[
        (&["--speaker", "Reyes"], 2),
        (&["--search", "\"sea wall\""], 2),
        (&["--outlet", "hill post"], 2),
        (&["--speaker", "reyes", "--search", "wall"], 1),
        (&["--outlet", "herald", "--search", "wall"], 0),
        (&["--claim", &desk.claim(WALL), "--speaker", "lind"], 0),
        (&["--claim", &desk.claim(WALL), "--speaker", "reyes", "--outlet", "post", "--search", "wal*"], 1),
    ];
    for (number, (flags, count)) in (1..).zip(cases) {
        desk.done(&[&["watch", "add"], *flags].concat());
        let digest = desk.digest(&["--since", "2026-01", "--watch", &format!("{number}")]);
        let prints = digest["sections"][0]["prints"].as_u64().unwrap_or(0);
        assert_eq!(prints, *count as u64, "{flags:?}");
    }
    let all = desk.digest(&["--since", "2026-01"]);
    let watches: Vec<u64> =
        all["sections"].as_array().unwrap().iter().map(|section| section["watch"].as_u64().unwrap()).collect();
    assert_eq!(watches, [1, 2, 3, 4, 7]);
    let some = desk.digest(&["--since", "2026-01", "--watch", "3", "1"]);
    assert_eq!(some["sections"].as_array().unwrap().len(), 2);
}

#[test]
fn new_is_what_came_in_not_what_was_read_again() {
    let desk = Desk::new();
    desk.done(&["watch", "add", "--speaker", "reyes"]);
    let added = "“The bridge is another matter altogether.”";
    let first = printed("a", "Hill Post", "2026-03-01", WALL);
    desk.receive(SPRING, &[first]);
    let mut second = article("a", &format!("{WALL} said Ann Reyes. {added} said Reyes."))
        .of("Hill Post", "2026-03-01", "The wall")
        .quote(QuoteKind::Direct, &[WALL])
        .said("Ann Reyes", "Ann Reyes", None)
        .quote(QuoteKind::Direct, &[added])
        .said("Reyes", "Ann Reyes", None);
    second.document.url = Some("https://news.example/a?a=1&b=2".to_owned());
    desk.receive(SUMMER, &[second]);
    let since = |flags: &[&str]| {
        let digest = desk.digest(flags);
        digest["sections"].as_array().unwrap().iter().flat_map(entries).map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(since(&["--since", "2026-05"]), [added]);
    assert_eq!(since(&["--since", "2026-01", "--until", "2026-04"]), [WALL], "it came with an earlier version");
    assert_eq!(since(&["--since", "2026-01"]).len(), 2);
    assert_eq!(since(&["--since", "2026-06-01T10:00:00Z"]), [added], "the moment itself is of the time");
    assert_eq!(since(&["--since", "2026-06-01T10:00:01Z"]), [""; 0]);
    assert_eq!(since(&["--since", "2026-02", "--until", SUMMER]), [WALL], "and the end is not");
    assert_eq!(since(&["--since", "2026-03-02", "--by", "published"]), [""; 0]);
    assert_eq!(since(&["--since", "2026-03-01", "--until", "2026-03-01", "--by", "published"]).len(), 2);
    assert_eq!(since(&["--since", "2025", "--until", "2026-02", "--by", "published"]), [""; 0]);
    desk.done(&["watch", "add", "--outlet", "post"]);
    desk.done(&["watch", "remove", "1"]);
    assert_eq!(since(&["--since", "2026-05"]), [added], "an outlet alone finds the same");
    assert_eq!(since(&["--since", "2026-01", "--until", "2026-04"]), [WALL]);
    assert_eq!(since(&["--since", "2026-03-01", "--by", "published"]).len(), 2);
}

#[test]
fn since_last_goes_on_where_the_last_marked_digest_ended() {
    let desk = Desk::new();
    desk.receive(SPRING, &[printed("a", "Hill Post", "2026-03-01", WALL)]);
    let unmarked = desk.run(&["digest", "--since", "last"]);
    assert_eq!(unmarked.code, Some(2));
    assert!(unmarked.err.contains("--since '7 days' --mark"), "{}", unmarked.err);
    desk.done(&["watch", "add", "--speaker", "reyes"]);
    let bare = ["digest", "--since", "last"];
    assert!(desk.done(&bare).starts_with("nothing new"), "new is what came after the watch");
    desk.receive(SUMMER, &[printed("b", "Herald", "2026-06-01", CUT)]);
    let failed = desk.run(&["digest", "--since", "last", "--mark", "-o", "missing/digest.html"]);
    assert_eq!(failed.code, Some(1), "{}", failed.err);
    assert!(desk.done(&bare).contains("Herald"), "what wasn't written is not marked");
    desk.done(&["digest", "--since", "last", "--mark", "-o", "digest.txt"]);
    assert!(std::fs::read_to_string(desk.0.path("digest.txt")).unwrap().contains("Herald"));
    assert!(desk.done(&bare).starts_with("nothing new"));
    // Another program had begun to write it before the digest was made, and ended later.
    desk.receive(SPRING, &[printed("c", "Valley Gazette", "2026-06-02", CUT)]);
    let told = desk.done(&bare);
    assert!(told.contains("Valley Gazette") && !told.contains("Hill Post"), "{told}");
    assert!(desk.run(&["digest", "--since", "last", "--overall"]).code == Some(2), "overall was never marked");
    desk.done(&["digest", "--since", "2026", "--mark", "--overall"]);
    assert!(desk.done(&["digest", "--since", "last", "--overall"]).starts_with("nothing new"));
    assert!(desk.done(&bare).contains("Valley Gazette"), "watches are told for themselves");
    for flags in [["--by", "published"], ["--until", "2026-12"]] {
        assert_eq!(desk.run(&[&["digest", "--since", "2026", "--mark"][..], &flags].concat()).code, Some(2));
    }
}

#[test]
fn nothing_new_is_no_failure_in_any_format() {
    let desk = Desk::new();
    desk.receive(SPRING, &[printed("a", "Hill Post", "2026-03-01", WALL)]);
    let page = |format| desk.done(&["digest", "--since", "2026-10-01", "--format", format]);
    assert_eq!(page("text"), "nothing new since 2026-10-01T00:00:00Z\n");
    assert!(page("html").contains("nothing new since 2026-10-01T00:00:00Z"));
    let json: Value = serde_json::from_str(&page("json")).unwrap();
    assert_eq!((&json["since"], &json["sections"]), (&"2026-10-01T00:00:00Z".into(), &serde_json::json!([])));
    let feed = feed_rs::parser::parse(page("atom").as_bytes()).unwrap();
    assert_eq!(feed.entries.len(), 0);
    assert_eq!(feed.updated.unwrap().to_rfc3339(), "2026-10-01T00:00:00+00:00");
}

/// An article the words of which try to be markup, and to steer whoever shows them.
fn hostile() -> Article {
    let words = "“</script><script>alert(1)</script> & <b>we go ]]> \u{202e}on,”";
    let mut article = article("h\"><i>", &format!("{words} said <Cy> & Ek."))
        .of("<img src=x onerror=alert(1)> & Söhne\u{1}\u{1b}[31m\u{fffe}", "2026-03-01", "&amp; <h1>\u{0}Title\u{9b}")
        .quote(QuoteKind::Direct, &[words])
        .said("<Cy> & Ek", "<Cy> & Ek", None);
    article.document.url = Some("javascript:alert(1)".to_owned());
    article
}

#[test]
fn no_words_of_an_article_are_obeyed() {
    let desk = Desk::new();
    desk.receive(SPRING, &[hostile(), printed("ok", "Herald & Söhne", "2026-03-01", WALL)]);
    desk.done(&["watch", "add", "--search", "alert", "--name", "<u>A & B</u>\u{1b}]0;x"]);
    desk.done(&["watch", "add", "--speaker", "reyes"]);
    let page = |format| desk.done(&["digest", "--since", "2026-01", "--format", format]);
    let html = page("html");
    for tag in ["<script", "<img", "<b>", "<i>", "<u>", "<h1", "javascript:"] {
        assert!(!html.contains(tag), "{tag} in {html}");
    }
    assert!(html.contains("&lt;/script&gt;&lt;script&gt;alert(1)"), "{html}");
    assert!(html.contains("href=\"https://news.example/ok?a=1&amp;b=2\""), "{html}");
    for format in ["text", "html", "atom"] {
        let page = page(format);
        let is_odd = |c: char| (c.is_control() && c != '\n') || c == '\u{202e}' || c == '\u{fffe}';
        assert!(!page.contains(is_odd), "{format}: {page:?}");
    }
    let feed = feed_rs::parser::parse(page("atom").as_bytes()).unwrap();
    assert_eq!(feed.entries.len(), 2);
    let entry = &feed.entries[0];
    assert_eq!(
        entry.title.as_ref().unwrap().content,
        "<Cy> & Ek: “</script><script>alert(1)</script> & <b>we go ]]> on,”"
    );
    let content = entry.content.as_ref().unwrap().body.as_ref().unwrap();
    assert!(content.contains("&lt;img src=x onerror") && !content.contains("<img"), "{content}");
    assert!(entry.links.is_empty(), "{:?}", entry.links);
    assert_eq!(feed.entries[1].links[0].href, "https://news.example/ok?a=1&b=2");
    let json = desk.digest(&["--since", "2026-01", "--watch", "1"]);
    let print = &json["sections"][0]["entries"][0]["shown"][0];
    assert_eq!(print["outlet"], "<img src=x onerror=alert(1)> & Söhne\u{1}\u{1b}[31m\u{fffe}");
    let listed = desk.done(&["watch", "list"]);
    assert!(!listed.contains('\u{1b}') && listed.contains("<u>A & B</u>"), "{listed}");
}

#[test]
fn a_feed_is_valid_and_its_ids_stay() {
    let desk = Desk::new();
    desk.done(&["watch", "add", "--speaker", "reyes"]);
    desk.done(&["watch", "add", "--outlet", "post"]);
    desk.receive(SPRING, &[printed("a", "Hill Post", "2026-03-01", WALL)]);
    let feed = |since: &str| {
        let page = desk.done(&["digest", "--since", since, "--format", "atom"]);
        assert!(page.starts_with("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">"));
        feed_rs::parser::parse(page.as_bytes()).unwrap()
    };
    let first = feed("2026-01");
    desk.receive(SUMMER, &[printed("b", "Herald", "2026-06-01", CUT)]);
    let second = feed("2026-02");
    assert_eq!(first.id, second.id);
    assert_eq!(first.authors[0].name.as_deref(), Some("onrecord"));
    let ids: Vec<&str> = second.entries.iter().map(|entry| entry.id.as_str()).collect();
    assert_eq!(ids.len(), 2);
    assert_ne!(ids[0], ids[1], "one claim under two watches is two entries");
    assert_eq!(first.entries[0].id, ids[0], "the same claim, printed again");
    let updated = |feed: &feed_rs::model::Feed| feed.entries[0].updated.unwrap().to_rfc3339();
    assert_eq!((updated(&first), updated(&second)), ("2026-03-01T10:00:00+00:00".into(), "2026-06-01T10:00:00+00:00".into()));
    assert!(second.entries.iter().all(|entry| entry.id.starts_with("urn:uuid:")));
    assert_eq!(second.updated.unwrap().to_rfc3339(), "2026-06-01T10:00:00+00:00");
}

#[test]
fn what_is_not_shown_is_counted_with_the_command_that_lists_it() {
    let desk = Desk::new();
    let articles: Vec<Article> = (0..15)
        .map(|number| {
            let words = format!("“Pier number {number}{number} has to be rebuilt from the ground up this year.”");
            printed(&format!("a{number}"), "Hill Post", "2026-03-01", &words)
        })
        .collect();
    desk.receive(SPRING, &articles);
    desk.receive(SPRING, &[printed("b", "Herald", "2026-02-01", WALL), printed("c", "Post", "2026-02-02", WALL)]);
    desk.done(&["watch", "add", "--speaker", "reyes"]);
    let text = desk.done(&["digest", "--since", "2026-01", "--limit", "4"]);
    let command = "onrecord digest --watch 1 --since 2026-01-01T00:00:00Z --limit 0";
    assert!(text.contains(&format!("and 12 more: {command}")), "{text}");
    assert!(text.contains("17 new prints of 16 claims"), "{text}");
    let first = text.lines().find(|line| line.starts_with('•')).unwrap();
    assert!(first.contains("sea wall"), "the most spread stands first: {text}");
    let args: Vec<&str> = command.split(' ').skip(1).collect();
    let all = desk.done(&args);
    assert_eq!(all.lines().filter(|line| line.starts_with('•')).count(), 16);
    assert_eq!(all, desk.done(&args), "the same bytes again");
}

#[test]
fn no_line_of_text_is_wider_than_a_hundred_columns() {
    let desk = Desk::new();
    let long = format!("“{} 他说{} end”", "word ".repeat(80), "長".repeat(90));
    let mut article = printed("a", &"Outlet".repeat(40), "2026-03-01", &long);
    article.document.url = Some(format!("https://news.example/{}", "x".repeat(200)));
    desk.receive(SPRING, &[article]);
    let text = desk.done(&["digest", "--since", "2026-01-01T00:00:00Z", "--until", "2026-12", "--limit", "1"]);
    let wide = text.lines().find(|line| unicode_width::UnicodeWidthStr::width(*line) > 100);
    assert_eq!(wide, None);
    assert!(text.lines().count() > 10 && text.contains('…'), "{text}");
}

#[test]
fn without_watches_it_tells_what_is_new_overall() {
    let desk = Desk::new();
    desk.receive(SPRING, &[printed("a", "Hill Post", "2026-03-01", "“We will close 20 schools in the valley this year.”")]);
    desk.receive(SUMMER, &[
        printed("b", "Herald", "2026-03-05", "“We will close 12 schools in the valley this year.”"),
        printed("c", "Post", "2026-03-06", "“We will close 12 schools in the valley this year.”"),
        printed("d", "Herald", "2026-03-06", WALL),
        said("e", "Gazette", "2026-03-07", WALL, "Bo Lind"),
        printed("f", "Gazette", "2026-03-07", "“We will close 20 schools in the valley this year.”"),
    ]);
    let claim = desk.claim("“We will close 12 schools in the valley this year.”");
    desk.done(&["verdict", "set", &claim, "--rating", "false", "--note", "It was <20>."]);
    let digest = desk.digest(&["--since", "2026-05"]);
    let sections = digest["sections"].as_array().unwrap();
    let kinds: Vec<&str> = sections.iter().map(|section| section["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["claims", "changed", "conflicts", "speakers", "verdicts"]);
    assert_eq!(entries(&sections[0])[0], "“We will close 12 schools in the valley this year.”");
    assert!(!entries(&sections[0]).contains(&"“We will close 20 schools in the valley this year.”"), "it isn't new");
    let pair = &sections[1]["entries"][0];
    assert_eq!((&pair["why"], &pair["a"]["article"], &pair["b"]["claim"]), (&"number".into(), &"a".into(), &claim.into()));
    assert_eq!(sections[2]["entries"][0]["why"], "speaker");
    assert_eq!(sections[3]["entries"][0], serde_json::json!({"speaker": "Ann Reyes", "prints": 4, "claims": 3}));
    assert_eq!(sections[4]["entries"][0]["rating"], "false");
    let spread = desk.digest(&["--since", "2026-05", "--at-least", "2"]);
    assert_eq!(entries(&spread["sections"][0]).len(), 1);
    let text = desk.done(&["digest", "--since", "2026-05"]);
    assert!(text.contains("they differ in a number") && text.contains("false · Bo Lund"), "{text}");
    let feed = desk.done(&["digest", "--since", "2026-05", "--format", "atom"]);
    let feed = feed_rs::parser::parse(feed.as_bytes()).unwrap();
    let ids: std::collections::BTreeSet<&str> = feed.entries.iter().map(|entry| entry.id.as_str()).collect();
    assert_eq!(ids.len(), feed.entries.len(), "each entry has an id of its own");
    desk.done(&["watch", "add", "--speaker", "lind"]);
    let watched = desk.digest(&["--since", "2026-05"]);
    assert_eq!(watched["sections"][0]["kind"], "watch");
    assert_eq!(desk.digest(&["--since", "2026-05", "--overall"]), digest);
}

#[test]
fn the_watch_list_says_who_watches_what() {
    let desk = Desk::new();
    desk.receive(SPRING, &[printed("a", "Hill Post", "2026-03-01", WALL)]);
    assert_eq!(desk.run(&["watch"]).err, "no watches found\n");
    let added = desk.run(&["watch", "add", "--speaker", "Nobody Yet", "--search", "a \"b c\"", "--note", "why not"]);
    assert!(added.err.contains("no speaker is named «Nobody Yet»") && added.err.contains("watch 1: "), "{}", added.err);
    desk.done(&["watch", "add", "--claim", &desk.claim(WALL), "--at-least", "3", "--name", "The wall", "--by", "Cy Ek"]);
    let rows: Vec<Value> = serde_json::from_str(&desk.done(&["watch", "--format", "json"])).unwrap();
    assert_eq!((&rows[0]["speaker"], &rows[0]["search"]), (&"Nobody Yet".into(), &"a \"b c\"".into()));
    assert_eq!((&rows[0]["added_by"], &rows[0]["note"]), (&"Bo Lund".into(), &"why not".into()));
    assert_eq!((&rows[1]["claim_words"], &rows[1]["at_least"]), (&WALL.into(), &3.into()));
    assert_eq!((&rows[1]["name"], &rows[1]["added_by"]), (&"The wall".into(), &"Cy Ek".into()));
    assert!(desk.done(&["watch", "list", "--format", "csv"]).starts_with("id,name,speaker,search,"));
    assert!(desk.done(&["watch"]).contains("Nobody Yet · “a \"b c\"”"));
    let blind = desk.run(&["digest", "--since", "2026-05"]);
    assert!(blind.err.contains("watch 1: no speaker is named «Nobody Yet» yet"), "{}", blind.err);
    for wrong in [
        &["watch", "add"][..],
        &["watch", "add", "--name", "only a name"],
        &["watch", "add", "--search", " — \"*\""],
        &["watch", "add", "--speaker", "…"],
        &["watch", "add", "--claim", "c0000000000000001"],
        &["watch", "add", "--claim", "the wall"],
        &["watch", "add", "--outlet", "post", "--at-least", "0"],
        &["watch", "remove", "9"],
        &["digest"],
        &["digest", "--since", "soon"],
        &["digest", "--since", "2026-05", "--until", "2026-04"],
        &["digest", "--since", "2026-05", "--watch", "9"],
        &["digest", "--since", "last", "--by", "published"],
    ] {
        let said = desk.run(wrong);
        assert_eq!((said.code, said.out.as_str()), (Some(2), ""), "{wrong:?}: {}", said.err);
    }
    desk.done(&["watch", "remove", "2"]);
    assert_eq!(desk.run(&["watch", "remove", "2"]).code, Some(2));
    desk.done(&["watch", "add", "--outlet", "post"]);
    let rows: Vec<Value> = serde_json::from_str(&desk.done(&["watch", "--format", "json"])).unwrap();
    let ids: Vec<u64> = rows.iter().map(|row| row["id"].as_u64().unwrap()).collect();
    assert_eq!(ids, [1, 3], "a number is given once");
}

#[test]
fn a_watched_claim_that_is_gone_is_said() {
    let desk = Desk::new();
    desk.receive(SPRING, &[printed("a", "Hill Post", "2026-03-01", WALL)]);
    desk.done(&["watch", "add", "--claim", &desk.claim(WALL)]);
    desk.done(&["forget", "--yes", "a"]);
    let said = desk.run(&["digest", "--since", "2026-01"]);
    assert!(said.out.starts_with("nothing new") && said.err.contains("watch 1: no statement of claim"), "{said:?}");
    desk.receive(SUMMER, &[printed("b", "Herald", "2026-03-01", WALL)]);
    assert_eq!(desk.digest(&["--since", "2026-01"])["sections"][0]["prints"], 1, "and is there again");
}
