//! Fetching pages and feeds from servers started here. All pages are invented.
#![cfg(feature = "fetch")]

mod web;

use flate2::Compression;
use flate2::write::GzEncoder;
use onrecord::intake::fetch::{Fetched, Fetcher, Options, Reach, USER_AGENT};
use std::io::{Read, Write};
use std::net::TcpListener;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};
use web::{Server, html, moved, response, routes, serve};

/// Options of a fetcher that reaches the servers of the tests and waits for nothing.
fn local() -> Options {
    Options {
        reach: Reach::PrivateToo,
        pause: Duration::ZERO,
        connect: Duration::from_secs(5),
        read: Duration::from_secs(5),
        total: Duration::from_secs(20),
        ..Options::default()
    }
}

fn fetcher(options: Options) -> Fetcher {
    Fetcher::new(options).unwrap()
}

fn fetch(url: &str) -> Fetched {
    fetcher(local()).fetch(url).unwrap()
}

/// Why nothing is fetched from `url`.
fn refusal(options: Options, url: &str) -> String {
    fetcher(options).fetch(url).expect_err("the page should be refused").to_string()
}

fn refused(url: &str) -> String {
    refusal(local(), url)
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn typed(content_type: &str, body: &[u8]) -> Vec<u8> {
    response(200, &[("Content-Type", content_type)], body)
}

#[test]
fn a_page_comes_with_its_address_type_and_encoding() {
    let page = typed("text/HTML; Charset=\"ISO-8859-1\"", b"<p>Caf\xe9");
    let server = routes(&[("/a", page)]);
    let fetched = fetch(&server.url("/a#comments"));
    assert_eq!(fetched.url, server.url("/a"));
    assert_eq!(fetched.content_type.as_deref(), Some("text/html"));
    assert_eq!(fetched.charset.as_deref(), Some("ISO-8859-1"));
    assert_eq!(fetched.body, b"<p>Caf\xe9");
}

#[test]
fn feeds_and_text_are_fetched_too() {
    for kind in
        ["application/rss+xml", "application/atom+xml;charset=utf-8", "application/feed+json", "text/plain"]
    {
        let server = routes(&[("/feed", typed(kind, b"words"))]);
        assert_eq!(fetch(&server.url("/feed")).body, b"words", "{kind}");
    }
    let server = routes(&[("/a", response(200, &[], b"words"))]);
    let untyped = fetch(&server.url("/a"));
    assert_eq!((untyped.content_type, untyped.charset), (None, None));
}

#[test]
fn onrecord_says_who_it_is_and_no_more() {
    let server = routes(&[("/a", moved("/b")), ("/b", response(200, &[("Set-Cookie", "seen=1")], b"words"))]);
    let fetcher = fetcher(local());
    fetcher.fetch(&server.url("/a")).unwrap();
    fetcher.fetch(&server.url("/b")).unwrap();
    assert_eq!(server.paths(), ["/robots.txt", "/a", "/b", "/b"]);
    for head in server.heads() {
        let head = head.to_lowercase();
        assert!(head.contains(&format!("\r\nuser-agent: {}\r\n", USER_AGENT.to_lowercase())), "{head}");
        assert!(head.contains("\r\naccept: text/html, "), "{head}");
        for absent in ["cookie", "referer", "authorization", "from:"] {
            assert!(!head.contains(absent), "{absent}: {head}");
        }
    }
    assert!(USER_AGENT.starts_with(&format!("onrecord/{} (", env!("CARGO_PKG_VERSION"))));
}

#[test]
fn redirects_are_followed_five_times() {
    let chain: Vec<(String, Vec<u8>)> =
        (0..6).map(|step| (format!("/{step}"), moved(&format!("{}?x", step + 1)))).collect();
    let server = serve(move |path, stream| {
        let plain = path.trim_end_matches("?x");
        let found = chain.iter().find(|(route, _)| route == plain);
        stream.write_all(&found.map_or_else(|| html("<p>here"), |(_, response)| response.clone()))
    });
    assert_eq!(fetch(&server.url("/1")).url, server.url("/6?x"));
    assert!(refused(&server.url("/0")).contains("more than 5 times"));
}

#[test]
fn a_redirect_in_a_circle_ends_at_once() {
    let server = routes(&[("/a", moved("/b")), ("/b", moved("/a#again"))]);
    assert!(refused(&server.url("/a")).contains("leads back to itself"));
    assert_eq!(server.paths(), ["/robots.txt", "/a", "/b"]);
}

#[test]
fn a_redirect_must_lead_to_a_page() {
    for (place, reason) in [
        ("file:///etc/passwd", "http:// or https://"),
        ("http://ann:secret@a.example/", "name or password"),
        ("http://[", "no address"),
    ] {
        let server = routes(&[("/a", moved(place))]);
        let refusal = refused(&server.url("/a"));
        assert!(refusal.contains("leads to an address that") && refusal.contains(reason), "{refusal}");
        assert!(!refusal.contains("secret"), "{refusal}");
    }
    let server = routes(&[("/a", response(302, &[], b""))]);
    assert!(refused(&server.url("/a")).contains("302: the server sends on without saying where to"));
}

#[test]
fn this_computer_is_not_asked_unless_allowed() {
    let server = routes(&[("/a", html("<p>secret"))]);
    let port = server.address.port();
    let hosts = [
        "127.0.0.1",
        "localhost",
        "localhost.",
        "LOCALHOST",
        "2130706433",
        "0x7f000001",
        "0177.1",
        "127.1",
        "127.0.0.2",
        "0.0.0.0",
        "0",
        "[::1]",
        "[::]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[64:ff9b::7f00:1]",
        "①②⑦.0.0.1",
    ];
    let public = Options { reach: Reach::PublicOnly, ..local() };
    for host in hosts {
        let refusal = refusal(public.clone(), &format!("http://{host}:{port}/a"));
        // Not every system knows «localhost.»; where it does, it is this computer.
        let is_told = refusal.contains("this computer") && refusal.contains("--allow-private");
        let is_unknown = host == "localhost." && refusal.contains("knows no host");
        assert!(is_told || is_unknown || refusal.contains("in disguise"), "{host}: {refusal}");
    }
    assert_eq!(server.heads(), Vec::<String>::new());
    assert_eq!(fetch(&server.url("/a")).body, b"<p>secret");
}

#[test]
fn a_public_page_cannot_lead_to_a_private_one() {
    let inside = routes(&[("/keys", html("<p>secret"))]);
    let outside = routes(&[("/a", moved(&inside.url("/keys")))]);
    let by_name =
        |reach| Options { reach, known: vec![("post.example".to_owned(), outside.address.ip())], ..local() };
    let url = format!("http://post.example:{}/a", outside.address.port());
    let refusal = refusal(by_name(Reach::PublicOnly), &url);
    let expected =
        format!("{url}: leads to {}: «127.0.0.1» is at 127.0.0.1, this computer itself", inside.url("/keys"));
    assert!(refusal.starts_with(&expected), "{refusal}");
    assert_eq!(outside.paths(), ["/robots.txt", "/a"]);
    assert_eq!(inside.paths(), Vec::<String>::new());
    let fetched = fetcher(by_name(Reach::PrivateToo)).fetch(&url).unwrap();
    assert_eq!(fetched.url, inside.url("/keys"));
}

#[test]
fn a_robots_file_cannot_lead_to_a_private_address() {
    let inside = routes(&[("/robots.txt", typed("text/plain", b""))]);
    let outside = routes(&[("/a", html("<p>words")), ("/robots.txt", moved(&inside.url("/robots.txt")))]);
    let options = Options {
        reach: Reach::PublicOnly,
        known: vec![("post.example".to_owned(), outside.address.ip())],
        ..local()
    };
    let refusal = refusal(options, &format!("http://post.example:{}/a", outside.address.port()));
    assert!(refusal.contains("this computer itself"), "{refusal}");
    assert_eq!(inside.paths(), Vec::<String>::new());
}

#[test]
fn addresses_that_are_none_are_refused_without_a_request() {
    assert!(refused("ftp://a.example/").contains("http:// or https://"));
    assert!(refused("http://").contains("no address"));
    let refusal = refused("http://ann:secret@a.example/");
    assert!(refusal.contains("name or password") && !refusal.contains("secret"), "{refusal}");
    assert!(refused("http://nowhere.invalid/").contains("knows no host «nowhere.invalid»"));
}

#[test]
fn statuses_are_told_in_words() {
    for (status, words) in [
        (401, "401: the page is for those with a name and a password; save it"),
        (403, "403: the server lets no program read this page; save it"),
        (404, "404: there is no such page; check the address"),
        (410, "410: the page was taken down"),
        (418, "418: the server refuses the request"),
        (500, "500: the server made a mistake; try again later"),
        (304, "304: the server sends on"),
    ] {
        let server = routes(&[("/a", response(status, &[], b"<p>sorry"))]);
        let refusal = refused(&server.url("/a"));
        assert!(refusal.starts_with(&format!("{}: {words}", server.url("/a"))), "{refusal}");
        assert_eq!(server.asked("/a"), 1, "{status}");
    }
}

/// Answers `/a` with `first`, and with a page from the second time on.
fn busy_once(first: Vec<u8>) -> Server {
    let was_asked = AtomicBool::new(false);
    serve(move |path, stream| {
        let answer = match path {
            "/a" if was_asked.swap(true, Ordering::Relaxed) => html("<p>words"),
            "/a" => first.clone(),
            _ => response(404, &[], b""),
        };
        stream.write_all(&answer)
    })
}

#[test]
fn a_busy_server_is_asked_once_more() {
    let server = busy_once(response(503, &[("Retry-After", "0")], b""));
    assert_eq!(fetch(&server.url("/a")).body, b"<p>words");
    assert_eq!(server.asked("/a"), 2);
    let start = Instant::now();
    let server = busy_once(response(429, &[("Retry-After", "1")], b""));
    assert_eq!(fetch(&server.url("/a")).body, b"<p>words");
    assert!(start.elapsed() >= Duration::from_secs(1));
}

#[test]
fn a_busy_server_is_not_asked_for_ever() {
    let server = routes(&[("/a", response(503, &[("Retry-After", "0")], b""))]);
    assert!(refused(&server.url("/a")).contains("503: the server is too busy"));
    assert_eq!(server.asked("/a"), 2);
    for (wait, told) in
        [("3600", " (the server says in 60 minutes)"), ("6", " (the server says in 6 seconds)")]
    {
        let server = busy_once(response(429, &[("Retry-After", wait)], b""));
        let refusal = refused(&server.url("/a"));
        assert!(
            refusal.ends_with(&format!("429: the server has had too many requests; try again later{told}")),
            "{refusal}"
        );
        assert_eq!(server.asked("/a"), 1);
    }
    let server = busy_once(response(503, &[], b""));
    refused(&server.url("/a"));
    assert_eq!(server.asked("/a"), 1);
}

#[test]
fn a_silent_server_is_given_up() {
    let server = serve(|_, _| {
        thread::sleep(Duration::from_secs(8));
        Ok(())
    });
    let start = Instant::now();
    let refusal = refusal(Options { read: Duration::from_millis(300), ..local() }, &server.url("/a"));
    assert!(refusal.contains("the server said nothing for 1 second; try again later"), "{refusal}");
    assert!(start.elapsed() < Duration::from_secs(6), "{:?}", start.elapsed());
}

/// Sends a page of which a byte comes every twentieth of a second, for ever.
fn trickle() -> Server {
    serve(|path, stream| {
        if path == "/robots.txt" {
            return stream.write_all(&response(404, &[], b""));
        }
        stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")?;
        for _ in 0..400 {
            stream.write_all(b"a")?;
            thread::sleep(Duration::from_millis(50));
        }
        Ok(())
    })
}

#[test]
fn a_page_that_trickles_is_given_up() {
    let server = trickle();
    let start = Instant::now();
    let refusal = refusal(Options { total: Duration::from_secs(1), ..local() }, &server.url("/a"));
    assert!(refusal.contains("came too slowly"), "{refusal}");
    assert!(start.elapsed() < Duration::from_secs(8), "{:?}", start.elapsed());
}

#[test]
fn ctrl_c_ends_a_page_that_trickles() {
    static STOP: AtomicBool = AtomicBool::new(false);
    let server = trickle();
    let start = Instant::now();
    thread::spawn(|| {
        thread::sleep(Duration::from_millis(300));
        STOP.store(true, Ordering::Relaxed);
    });
    let refusal = refusal(Options { stop: Some(&STOP), ..local() }, &server.url("/a"));
    assert!(refusal.contains("the work was stopped"), "{refusal}");
    assert!(start.elapsed() < Duration::from_secs(6), "{:?}", start.elapsed());
}

#[test]
fn a_page_has_a_limit() {
    let options = Options { max_bytes: 5000, ..local() };
    let fits = routes(&[("/a", typed("text/html", &[b'a'; 5000]))]);
    assert_eq!(fetcher(options.clone()).fetch(&fits.url("/a")).unwrap().body.len(), 5000);
    let too_long = routes(&[("/a", typed("text/html", &[b'a'; 5001]))]);
    assert!(refusal(options.clone(), &too_long.url("/a")).contains("is larger than 5000 bytes"));
    let endless = serve(|path, stream| {
        if path == "/robots.txt" {
            return stream.write_all(&response(404, &[], b""));
        }
        stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")?;
        loop {
            stream.write_all(&[b'a'; 4096])?;
        }
    });
    assert!(refusal(options, &endless.url("/a")).contains("is larger than 5000 bytes"));
}

#[test]
fn an_endless_header_is_given_up() {
    let server = serve(|_, stream| {
        stream.write_all(b"HTTP/1.1 200 OK\r\n")?;
        loop {
            stream.write_all(b"X-More: and more, and more, and more\r\n")?;
        }
    });
    let start = Instant::now();
    let refusal = refused(&server.url("/a"));
    assert!(refusal.contains("too long a header") || refusal.contains("no proper one"), "{refusal}");
    assert!(start.elapsed() < Duration::from_secs(10));
}

#[test]
fn a_compressed_page_is_unpacked_within_the_limit() {
    let packed = |body: &[u8]| {
        response(200, &[("Content-Type", "text/html"), ("Content-Encoding", "gzip")], &gzip(body))
    };
    let server = routes(&[("/a", packed(b"<p>words")), ("/bomb", packed(&vec![b' '; 20 << 20]))]);
    assert_eq!(fetch(&server.url("/a")).body, b"<p>words");
    assert!(server.heads()[0].to_lowercase().contains("\r\naccept-encoding: gzip\r\n"));
    assert!(refused(&server.url("/bomb")).contains("is larger than 16 MiB"));
}

#[test]
fn other_compressions_are_refused() {
    let encoded = |encoding: &str| {
        response(200, &[("Content-Type", "text/html"), ("Content-Encoding", encoding)], b"\x03\x01words")
    };
    let server = routes(&[("/br", encoded("br")), ("/no", encoded("gzip")), ("/plain", encoded("identity"))]);
    assert!(refused(&server.url("/br")).contains("is encoded as «br»"));
    assert!(refused(&server.url("/no")).contains("is said to be compressed with gzip, and isn't"));
    assert_eq!(fetch(&server.url("/plain")).body, b"\x03\x01words");
}

#[test]
fn what_is_no_page_is_refused_before_it_is_read() {
    for kind in ["video/mp4", "application/octet-stream", "image/png; charset=utf-8", "application/zip"] {
        let header = format!("HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: 4000000000\r\n\r\n");
        let server = serve(move |path, stream| match path {
            "/robots.txt" => stream.write_all(&response(404, &[], b"")),
            _ => stream.write_all(header.as_bytes()),
        });
        let refusal = refused(&server.url("/a"));
        let kind = kind.split(';').next().unwrap();
        assert!(refusal.contains(&format!("is {kind}, which is no page, feed or text")), "{refusal}");
    }
}

#[test]
fn a_page_that_breaks_off_is_no_page() {
    let server = serve(|path, stream| match path {
        "/robots.txt" => stream.write_all(&response(404, &[], b"")),
        _ => stream
            .write_all(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 900\r\n\r\n<p>Half"),
    });
    assert!(refused(&server.url("/a")).contains("broke off before its end"));
    let mute = serve(|_, _| Ok(()));
    assert!(refused(&mute.url("/a")).contains("hung up without an answer"));
    let no_http = serve(|_, stream| stream.write_all(b"220 mail.example ESMTP\r\n\r\n"));
    assert!(refused(&no_http.url("/a")).contains("no proper one"));
}

#[test]
fn a_server_that_is_not_there_is_told() {
    // Nothing listens at the port of a service that nobody has run for decades.
    let refusal = refused("http://127.0.0.1:1/a");
    assert!(refusal.contains("no server is there"), "{refusal}");
}

#[test]
fn a_connection_that_is_not_secure_is_told() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("https://{}/a", listener.local_addr().unwrap());
    thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let hello = stream.read(&mut [0; 4096]).unwrap();
        assert!(hello > 0);
        stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").unwrap();
    });
    let refusal = refused(&url);
    assert!(refusal.contains("the connection can't be made secure"), "{refusal}");
}

fn with_robots(robots: Vec<u8>) -> Server {
    routes(&[("/robots.txt", robots), ("/news/a", html("<p>words")), ("/b", html("<p>more"))])
}

#[test]
fn robots_txt_is_asked_once_and_obeyed() {
    let robots = "User-agent: *\nDisallow: /\n\nUser-agent: onrecord\nDisallow: /news/\n";
    let server = with_robots(typed("text/plain", robots.as_bytes()));
    let fetcher = fetcher(local());
    let refusal = fetcher.fetch(&server.url("/news/a")).unwrap_err().to_string();
    assert!(refusal.contains("robots.txt asks onrecord not to read this page"), "{refusal}");
    fetcher.fetch(&server.url("/b")).unwrap();
    assert!(fetcher.fetch(&server.url("/n%65ws/a")).is_err());
    assert_eq!(server.paths(), ["/robots.txt", "/b"]);
}

#[test]
fn robots_txt_counts_for_redirects_too() {
    let server = routes(&[
        ("/robots.txt", typed("text/plain", b"User-agent: *\nDisallow: /news/\n")),
        ("/a", moved("/news/a")),
        ("/news/a", html("<p>words")),
    ]);
    let refusal = refused(&server.url("/a"));
    assert!(refusal.contains("leads to") && refusal.contains("robots.txt"), "{refusal}");
    assert_eq!(server.asked("/news/a"), 0);
}

#[test]
fn a_site_without_robots_txt_allows_everything() {
    for status in [400, 401, 403, 404, 410] {
        let server = with_robots(response(status, &[], b"User-agent: *\nDisallow: /\n"));
        assert_eq!(fetch(&server.url("/news/a")).body, b"<p>words", "{status}");
    }
    let server = with_robots(moved("/robots.txt"));
    assert_eq!(fetch(&server.url("/news/a")).body, b"<p>words");
}

#[test]
fn a_site_that_fails_to_send_robots_txt_allows_nothing() {
    for status in [429, 500, 503] {
        let server = with_robots(response(status, &[], b""));
        let fetcher = fetcher(local());
        for _ in 0..2 {
            let refusal = fetcher.fetch(&server.url("/news/a")).unwrap_err().to_string();
            assert!(
                refusal.contains("doesn't say what may be read") && refusal.contains("try again later"),
                "{refusal}"
            );
        }
        assert_eq!(server.paths(), ["/robots.txt"], "{status}");
    }
}

#[test]
fn robots_txt_may_be_elsewhere() {
    let server = routes(&[
        ("/robots.txt", moved("/robots")),
        ("/robots", typed("text/plain", b"User-agent: *\nDisallow: /a\n")),
        ("/a", html("<p>words")),
    ]);
    assert!(refused(&server.url("/a")).contains("robots.txt"));
}

#[test]
fn a_huge_robots_txt_is_read_to_its_limit() {
    let server = serve(|path, stream| {
        if path != "/robots.txt" {
            return stream.write_all(&html("<p>words"));
        }
        stream.write_all(
            b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\nUser-agent: *\nDisallow: /news/\n",
        )?;
        loop {
            stream.write_all(b"Disallow: /b*and/so*on\n".repeat(100).as_slice())?;
        }
    });
    let start = Instant::now();
    let fetcher = fetcher(local());
    assert!(fetcher.fetch(&server.url("/news/a")).unwrap_err().to_string().contains("robots.txt asks"));
    assert_eq!(fetcher.fetch(&server.url("/b")).unwrap().body, b"<p>words");
    assert!(start.elapsed() < Duration::from_secs(15));
}

#[test]
fn one_site_is_not_asked_in_a_rush() {
    let server = with_robots(typed("text/plain", b"User-agent: *\nCrawl-delay: 0.4\n"));
    let elapsed = |pause| {
        let fetcher = fetcher(Options { pause, ..local() });
        let start = Instant::now();
        for _ in 0..3 {
            fetcher.fetch(&server.url("/b")).unwrap();
        }
        start.elapsed()
    };
    assert!(elapsed(Duration::ZERO) >= Duration::from_millis(800));
    assert!(elapsed(Duration::from_millis(600)) >= Duration::from_millis(1200));
}
