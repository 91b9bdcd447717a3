//! The pages that tell what is new: all formats, and what stands in them.

mod articles;
#[path = "../benches/news/mod.rs"]
mod news;
mod newsdesk;
mod program;

use articles::{Article, article};
use newsdesk::{CUT, Desk, SPRING, SUMMER, WALL, entries, printed, said};
use onrecord::model::QuoteKind;
use serde_json::Value;

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
        .of(
            "<img src=x onerror=alert(1)> & Söhne\u{1}\u{1b}[31m\u{fffe}",
            "2026-03-01",
            "&amp; <h1>\u{0}Title\u{9b}",
        )
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
        assert!(page.starts_with(
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">"
        ));
        feed_rs::parser::parse(page.as_bytes()).unwrap()
    };
    let first = feed("2026-01");
    desk.receive(SUMMER, &[printed("b", "Herald", "2026-03-04", CUT)]);
    let second = feed("2026-02");
    assert_eq!(first.id, second.id);
    assert_eq!(first.authors[0].name.as_deref(), Some("onrecord"));
    let ids: Vec<&str> = second.entries.iter().map(|entry| entry.id.as_str()).collect();
    assert_eq!(ids.len(), 2);
    assert_ne!(ids[0], ids[1], "one claim under two watches is two entries");
    assert_eq!(first.entries[0].id, ids[0], "the same claim, printed again");
    let updated = |feed: &feed_rs::model::Feed| feed.entries[0].updated.unwrap().to_rfc3339();
    assert_eq!(
        (updated(&first), updated(&second)),
        ("2026-03-01T10:00:00+00:00".into(), "2026-06-01T10:00:00+00:00".into())
    );
    assert!(second.entries.iter().all(|entry| entry.id.starts_with("urn:uuid:")));
    assert_eq!(second.updated.unwrap().to_rfc3339(), "2026-06-01T10:00:00+00:00");
}

#[test]
fn what_is_not_shown_is_counted_with_the_command_that_lists_it() {
    let desk = Desk::new();
    let articles: Vec<Article> = (0..15)
        .map(|number| {
            let words =
                format!("“Pier number {number}{number} has to be rebuilt from the ground up this year.”");
            printed(&format!("a{number}"), "Hill Post", "2026-03-01", &words)
        })
        .collect();
    desk.receive(SPRING, &articles);
    desk.receive(
        SPRING,
        &[printed("b", "Herald", "2026-02-01", WALL), printed("c", "Post", "2026-02-02", WALL)],
    );
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
    let text =
        desk.done(&["digest", "--since", "2026-01-01T00:00:00Z", "--until", "2026-12", "--limit", "1"]);
    let wide = text.lines().find(|line| unicode_width::UnicodeWidthStr::width(*line) > 100);
    assert_eq!(wide, None);
    assert!(text.lines().count() > 10 && text.contains('…'), "{text}");
}

#[test]
fn without_watches_it_tells_what_is_new_overall() {
    let desk = Desk::new();
    desk.receive(
        SPRING,
        &[printed("a", "Hill Post", "2026-03-01", "“We will close 20 schools in the valley this year.”")],
    );
    desk.receive(
        SUMMER,
        &[
            printed("b", "Herald", "2026-03-05", "“We will close 12 schools in the valley this year.”"),
            printed("c", "Post", "2026-03-06", "“We will close 12 schools in the valley this year.”"),
            printed("d", "Herald", "2026-03-06", WALL),
            said("e", "Gazette", "2026-03-07", WALL, "Bo Lind"),
            printed("f", "Gazette", "2026-03-07", "“We will close 20 schools in the valley this year.”"),
        ],
    );
    let claim = desk.claim("“We will close 12 schools in the valley this year.”");
    desk.done(&["verdict", "set", &claim, "--rating", "false", "--note", "It was <20>."]);
    let digest = desk.digest(&["--since", "2026-05"]);
    let sections = digest["sections"].as_array().unwrap();
    let kinds: Vec<&str> = sections.iter().map(|section| section["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["claims", "changed", "conflicts", "speakers", "verdicts"]);
    assert_eq!(entries(&sections[0])[0], "“We will close 12 schools in the valley this year.”");
    assert!(
        !entries(&sections[0]).contains(&"“We will close 20 schools in the valley this year.”"),
        "it isn't new"
    );
    let pair = &sections[1]["entries"][0];
    assert_eq!(
        (&pair["why"], &pair["a"]["article"], &pair["b"]["claim"]),
        (&"number".into(), &"a".into(), &claim.into())
    );
    assert_eq!(sections[2]["entries"][0]["why"], "speaker");
    assert_eq!(
        sections[3]["entries"][0],
        serde_json::json!({"speaker": "Ann Reyes", "prints": 4, "claims": 3})
    );
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
