//! `onrecord ingest https://…` and `--follow`, against servers started here. All articles are invented.
#![cfg(feature = "fetch")]

mod web;

use assert_cmd::Command;
use serde_json::Value;
use std::fs;
use std::path::Path;
use tempfile::TempDir;
use web::{Server, html, response, routes};

/// Runs `onrecord` in `folder`; its exit code, output and what it said beside.
fn run(folder: &Path, arguments: &[&str]) -> (i32, String, String) {
    let mut command = Command::cargo_bin("onrecord").unwrap();
    let output = command.current_dir(folder).env_remove("ONRECORD_DB").args(arguments).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

fn ingest(folder: &Path, input: &str, flags: &[&str]) -> (i32, String) {
    let arguments = [&["ingest", input, "--allow-private", "--pause", "0"], flags].concat();
    let (code, out, said) = run(folder, &arguments);
    assert_eq!(out, "");
    (code, said)
}

/// The articles of the database, in the order of their addresses.
fn articles(folder: &Path) -> Vec<Value> {
    let (code, out, _) = run(folder, &["articles", "--format", "json"]);
    assert_eq!(code, 0);
    let mut articles: Vec<Value> = serde_json::from_str(&out).unwrap();
    articles.sort_by_key(|article| article["url"].as_str().unwrap().to_owned());
    articles
}

const BRIDGE: &str = "<html><head><title>Bridge stays shut | Harbour Post</title>\
    <meta property='og:title' content='Bridge stays shut'>\
    <meta property='article:published_time' content='2025-03-04T08:00:00Z'></head><body>\
    <nav><a href='/'>Home</a> <a href='/sport'>Sport</a></nav><article><h1>Bridge stays shut</h1>\
    <p>The old bridge over the Orbo stays shut until the summer, the harbour office said on Tuesday after a week of tests.</p>\
    <p>“We won’t open a bridge that we don’t trust,” said harbour master Ann Reyes at the quay on Tuesday morning.</p>\
    </article></body></html>";

/// A page that tells neither its title nor its date.
const FERRY: &str = "<html><body><article>\
    <p>The ferry to Lindholm runs every hour from Monday, and the island’s only shop opens again for the first time this year.</p>\
    <p>“It was a long winter for all of us,” said Tom de Vries, who has kept the shop for thirty years now.</p>\
    </article></body></html>";

fn feed(first: &str) -> String {
    format!(
        "<?xml version='1.0'?><rss version='2.0'><channel><title>Harbour Post</title>\
         <item><title>Bridge</title><link>{first}</link><description>Shut until summer…</description></item>\
         <item><title>Ferry runs again</title><link>/ferry#top</link><pubDate>Wed, 05 Mar 2025 10:00:00 GMT</pubDate></item>\
         <item><title>Gone</title><link>/gone</link></item>\
         <item><title>Nowhere</title><description>No link here.</description></item>\
         <item><title>Odd</title><link>ftp://post.example/odd</link></item>\
         <item><title>Secret</title><link>/secret/a</link></item>\
         <item><title>Itself</title><link>/feed</link></item>\
         </channel></rss>"
    )
}

fn site() -> Server {
    let xml = [("Content-Type", "application/rss+xml")];
    routes(&[
        ("/feed", response(200, &xml, feed("/bridge").as_bytes())),
        ("/bridge", html(BRIDGE)),
        ("/ferry", html(FERRY)),
        ("/secret/a", html(BRIDGE)),
        ("/robots.txt", response(200, &[], b"User-agent: *\nDisallow: /secret/\n")),
    ])
}

#[test]
fn a_page_is_an_article_with_its_address() {
    let (folder, server) = (TempDir::new().unwrap(), site());
    let (code, said) = ingest(folder.path(), &server.url("/bridge#comments"), &[]);
    assert_eq!(code, 0, "{said}");
    assert!(said.starts_with("1 article read: 1 new, 0 changed, 0 there already; "), "{said}");
    let article = &articles(folder.path())[0];
    assert_eq!(article["url"], server.url("/bridge"));
    assert_eq!(
        (&article["title"], &article["published"]),
        (&"Bridge stays shut".into(), &"2025-03-04".into())
    );
    let (_, quotes, _) = run(folder.path(), &["quotes", "--format", "jsonl"]);
    assert!(quotes.contains("We won’t open a bridge") && quotes.contains("Ann Reyes"), "{quotes}");
    assert!(!quotes.contains("Sport"));
}

#[test]
fn the_pages_of_a_feed_are_followed() {
    let (folder, server) = (TempDir::new().unwrap(), site());
    let (code, said) = ingest(folder.path(), &server.url("/feed"), &["--follow"]);
    assert_eq!(code, 1, "{said}");
    assert!(said.contains("2 articles read: 2 new, 0 changed, 0 there already, 5 failed; "), "{said}");
    for failure in [
        "/gone: 404: there is no such page",
        &format!("{}:4: has no link", server.url("/feed")),
        "ftp://post.example/odd: is no address that begins with http",
        "/secret/a: its site's robots.txt asks onrecord not to read this page",
        &format!("error: {}: is no page with an article", server.url("/feed")),
    ] {
        assert!(said.contains(failure), "{failure}: {said}");
    }
    let articles = articles(folder.path());
    let told = |article: &Value| {
        ["url", "title", "published", "outlet"].map(|field| article[field].as_str().unwrap_or("–").to_owned())
    };
    assert_eq!(
        told(&articles[0]),
        [&server.url("/bridge"), "Bridge stays shut", "2025-03-04", "Harbour Post"]
    );
    assert_eq!(told(&articles[1]), [&server.url("/ferry"), "Ferry runs again", "2025-03-05", "Harbour Post"]);
    assert_eq!(articles.len(), 2);
    assert_eq!(server.asked("/robots.txt"), 1);
    let (_, again) = ingest(folder.path(), &server.url("/feed"), &["--follow", "--jobs", "1"]);
    assert!(again.contains("2 articles read: 0 new, 0 changed, 2 there already, 5 failed; "), "{again}");
}

#[test]
fn json_behind_a_link_is_no_article() {
    let answer = response(200, &[("Content-Type", "application/json")], b"{\"error\":\"login required\"}");
    let server = routes(&[("/bridge", answer)]);
    let folder = TempDir::new().unwrap();
    let one = "<rss version='2.0'><channel><title>Post</title><item><link>LINK</link></item></channel></rss>";
    fs::write(folder.path().join("feed.xml"), one.replace("LINK", &server.url("/bridge"))).unwrap();
    let (code, said) = ingest(folder.path(), "feed.xml", &["--follow"]);
    assert_eq!(code, 1, "{said}");
    assert!(said.contains("/bridge: is JSON, not text"), "{said}");
}

#[test]
fn teasers_say_that_they_can_be_followed() {
    let (folder, server) = (TempDir::new().unwrap(), site());
    let (code, said) = ingest(folder.path(), &server.url("/feed"), &[]);
    assert_eq!(code, 1);
    assert!(said.contains("0 articles read: 0 new, 0 changed, 0 there already, 7 failed; "), "{said}");
    assert!(said.contains("add --follow"), "{said}");
    assert_eq!(server.asked("/bridge"), 0);
}

#[test]
fn a_feed_on_the_disk_is_followed_too() {
    let (folder, server) = (TempDir::new().unwrap(), site());
    fs::write(folder.path().join("feed.xml"), feed(&server.url("/bridge"))).unwrap();
    let (code, said) = ingest(folder.path(), "feed.xml", &["--follow"]);
    assert_eq!(code, 1);
    // Of the places that only the site could complete, none is asked for.
    assert!(said.contains("1 article read: 1 new, 0 changed, 0 there already, 6 failed; "), "{said}");
    assert!(said.contains("feed.xml:2: links to «/ferry#top», which is no address"), "{said}");
    assert!(said.contains("feed.xml:4: has no link"), "{said}");
    assert_eq!(server.paths(), ["/robots.txt", "/bridge"]);
}

#[test]
fn a_page_is_known_by_its_content_then_by_its_type() {
    let typed = |kind: &str, body: &str| response(200, &[("Content-Type", kind)], body.as_bytes());
    let bare = FERRY.replace("<html><body><article>", "").replace("</article></body></html>", "");
    let words =
        "The old bridge stays shut, the office said. “We don’t trust it,” said harbour master Ann Reyes.";
    let whole = format!(
        "<?xml version='1.0'?><feed xmlns='http://www.w3.org/2005/Atom'><title>Post</title><id>p</id>\
         <updated>2025-03-04T08:00:00Z</updated><entry><id>1</id><title>Bridge</title><updated>2025-03-04T08:00:00Z</updated>\
         <link href='https://post.example/1'/><content type='html'>&lt;p&gt;{words}&lt;/p&gt;</content></entry></feed>"
    );
    let server = routes(&[
        ("/1-bare", typed("text/html", &bare)),
        ("/2-text", typed("text/plain; charset=utf-8", &format!("Title: Bridge\n\n{words}\n"))),
        ("/3-markdown", typed("text/markdown", &format!("# Bridge\n\n{words}\n"))),
        ("/4-feed", typed("text/plain", &whole)),
    ]);
    let titles = ["/1-bare", "/2-text", "/3-markdown", "/4-feed"].map(|path| {
        let folder = TempDir::new().unwrap();
        let (code, said) = ingest(folder.path(), &server.url(path), &["--format", "auto"]);
        assert_eq!(code, 0, "{path}: {said}");
        let article = articles(folder.path()).remove(0);
        let (_, shown, _) = run(folder.path(), &["show", "1"]);
        assert!(!shown.contains("<p>") && !shown.contains("Title:"), "{path}: {shown}");
        let expected = if path == "/4-feed" { "https://post.example/1".to_owned() } else { server.url(path) };
        assert_eq!(article["url"], expected);
        article["title"].as_str().map(str::to_owned)
    });
    assert_eq!(
        titles.each_ref().map(Option::as_deref),
        [None, Some("Bridge"), Some("Bridge"), Some("Bridge")]
    );
}

#[test]
fn a_page_beyond_the_limit_costs_that_page() {
    let (folder, server) = (TempDir::new().unwrap(), site());
    let (code, said) = ingest(folder.path(), &server.url("/bridge"), &["--max-article", "100"]);
    assert_eq!(code, 1);
    assert!(said.contains("/bridge: is larger than 100 bytes"), "{said}");
}

#[test]
fn a_server_names_the_encoding() {
    let page = BRIDGE.replace("Ann Reyes", "Ann Réyès");
    let (bytes, _, _) = encoding_rs::WINDOWS_1252.encode(&page);
    let typed = response(200, &[("Content-Type", "text/html; charset=windows-1252")], &bytes);
    let (folder, server) = (TempDir::new().unwrap(), routes(&[("/a", typed)]));
    let (code, said) = ingest(folder.path(), &server.url("/a"), &[]);
    assert_eq!(code, 0, "{said}");
    let (_, quotes, _) = run(folder.path(), &["quotes", "--format", "jsonl"]);
    assert!(quotes.contains("Ann Réyès"), "{quotes}");
}

#[test]
fn this_computer_is_asked_only_when_told_so_whatever_the_proxy() {
    let (folder, server) = (TempDir::new().unwrap(), site());
    let proxy = server.url("");
    for url in [server.url("/bridge"), "http://post.invalid/a".to_owned(), "HTTP://LocalHost/a".to_owned()] {
        let mut command = Command::cargo_bin("onrecord").unwrap();
        for variable in ["http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"] {
            command.env(variable, &proxy);
        }
        let output = command.current_dir(folder.path()).args(["extract", &url]).output().unwrap();
        assert_eq!(output.status.code(), Some(1), "{url}");
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(said.contains("--allow-private") || said.contains("knows no host"), "{said}");
    }
    assert_eq!(server.heads(), Vec::<String>::new());
}
