//! Files whose articles are all read: each format by itself, packed, and under names that say nothing or lie.

use crate::packs::{capture, docx, gzip, odt, record, tar, zip, zstd};

/// A file, and the articles that should come of it.
pub struct Good {
    pub name: &'static str,
    pub bytes: Vec<u8>,
    /// `article | title | outlet | published | url`, `–` where the file says nothing.
    pub articles: Vec<String>,
}

fn good(name: &'static str, bytes: impl Into<Vec<u8>>, articles: &[&str]) -> Good {
    let articles = articles.iter().map(|article| (*article).to_owned()).collect();
    Good { name, bytes: bytes.into(), articles }
}

/// A story of a town that no other story tells: two paragraphs, two statements.
pub fn story(town: &str) -> String {
    format!("{}\n\n{}\n", news(town), said(town))
}

fn news(town: &str) -> String {
    format!("The bridge at {town} will stay shut until the spring, and the ferry will run at night.")
}

/// What is quoted in the story of a town.
pub fn said(town: &str) -> String {
    format!("“We looked at every other way across at {town},” said Mara Quill, who runs the port.")
}

/// A page of the Harbour Post with menus around the story.
pub fn page(town: &str, about: &str) -> String {
    format!(
        "<!DOCTYPE html><html lang=\"en\"><head><title>{town} bridge – Harbour Post</title>{about}</head><body>\
         <nav><ul><li><a href=\"/\">Home</a></li><li><a href=\"/sport\">Sport</a></li></ul></nav>\
         <article><h1>{town} bridge</h1><p>{}</p><p>{}</p></article>\
         <footer><p>© 2025 Harbour Post. All rights reserved.</p></footer></body></html>",
        news(town),
        said(town)
    )
}

fn open_graph(town: &str) -> String {
    format!(
        "<meta property=\"og:title\" content=\"{town} bridge\"><meta property=\"og:site_name\" content=\"Harbour Post\">\
         <meta property=\"article:published_time\" content=\"2025-03-04T22:10:00+00:00\">\
         <link rel=\"canonical\" href=\"https://harbourpost.example/{town}\">"
    )
}

fn json_ld(town: &str) -> String {
    format!(
        "<script type=\"application/ld+json\">{{\"@type\":\"NewsArticle\",\"headline\":\"{town} bridge\",\
         \"datePublished\":\"2025-03-05T01:00:00+09:00\",\"url\":\"https://harbourpost.example/{town}\",\
         \"publisher\":{{\"@type\":\"Organization\",\"name\":\"Harbour Post\"}}}}</script>"
    )
}

/// A page with its style sheet in one file, as browsers save it.
fn mhtml(town: &str) -> String {
    format!(
        "From: <Saved by Blink>\nSnapshot-Content-Location: https://saved.example/{town}\nSubject: {town}\n\
         Date: Sat, 1 Nov 2025 18:00:00 -0000\nMIME-Version: 1.0\nContent-Type: multipart/related; type=\"text/html\"; boundary=\"b\"\n\n\
         --b\nContent-Type: text/html; charset=utf-8\nContent-Location: https://saved.example/{town}\n\n{}\n\
         --b\nContent-Type: text/css\nContent-Location: cid:css@mhtml.blink\n\np {{ color: black }}\n--b--\n",
        page(town, "")
    )
}

fn rss_item(town: &str) -> String {
    format!(
        "<item><title>{town} bridge</title><link>https://tide.example/{town}</link>\
         <pubDate>Tue, 04 Mar 2025 22:10:00 GMT</pubDate>\
         <content:encoded><![CDATA[<p>{}</p><p>{}</p>]]></content:encoded></item>",
        news(town),
        said(town)
    )
}

/// RSS of these items.
pub fn rss(items: &str) -> String {
    format!(
        "<?xml version=\"1.0\"?><rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\">\
         <channel><title>The Tide</title>{items}</channel></rss>"
    )
}

fn atom(town: &str) -> String {
    format!(
        "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>Hill Report</title><entry><title>{town} bridge</title>\
         <link href=\"https://hill.example/{town}\"/><id>tag:1</id><published>2025-03-06T08:00:00Z</published>\
         <content type=\"html\">&lt;p&gt;{}&lt;/p&gt;&lt;p&gt;{}&lt;/p&gt;</content></entry></feed>",
        news(town),
        said(town)
    )
}

fn json_feed(town: &str) -> String {
    format!(
        "{{\"version\":\"https://jsonfeed.org/version/1.1\",\"title\":\"The Wire\",\"items\":[{{\"id\":\"1\",\
         \"url\":\"https://wire.example/{town}\",\"title\":\"{town} bridge\",\"date_published\":\"2025-03-07T08:00:00Z\",\
         \"content_html\":\"<p>{}</p><p>{}</p>\"}}]}}",
        news(town),
        said(town)
    )
}

/// A record of onrecord's own form.
pub fn line(town: &str) -> String {
    format!(
        "{{\"id\":\"{town}-1\",\"title\":\"{town} bridge\",\"outlet\":\"Lines\",\"published\":\"2025-03-08\",\"text\":\"{}\"}}\n",
        said(town)
    )
}

/// A row under `text;headline;published`.
pub fn row(town: &str) -> String {
    format!("\"{}\";{town} bridge;2025-03-09\n", said(town))
}

fn graph(town: &str) -> String {
    format!(
        "{{\"date\":\"2025-03-10T00:01:00Z\",\"url\":\"https://graph.example/{town}\",\"title\":\"{town} bridge\",\"lang\":\"English\",\
         \"quotes\":[{{\"pre\":\"\",\"quote\":\"We looked at every other way across at {town},\",\"post\":\"said Mara Quill, who runs the port.\"}}]}}\n"
    )
}

fn by_quotation(town: &str) -> String {
    format!(
        "{{\"quoteID\":\"2019-05-12-7\",\"quotation\":\"We looked at every other way across at {town},\",\"speaker\":\"Mara Quill\",\
         \"date\":\"2019-05-12 07:00:00\",\"numOccurrences\":1,\"urls\":[\"https://a.example\"]}}\n"
    )
}

fn by_article(town: &str) -> String {
    format!(
        "{{\"articleID\":\"2019-8\",\"url\":\"https://bank.example/{town}\",\"date\":\"2019-05-13 00:00:00\",\"title\":\"{town} bridge\",\
         \"quotations\":[{{\"quoteID\":\"q\",\"leftContext\":\"\",\"quotation\":\"We looked at every other way across at {town},\",\
         \"rightContext\":\"said Mara Quill, who runs the port.\"}}]}}\n"
    )
}

/// A newsletter.
pub fn mail(town: &str) -> String {
    format!(
        "From: Evening Letter <news@letter.example>\nList-Id: <letter.example>\nMessage-ID: <{town}@letter.example>\n\
         Subject: {town} bridge\nDate: Tue, 11 Mar 2025 18:00:00 +0000\nContent-Type: text/plain; charset=utf-8\n\n{}",
        story(town)
    )
}

fn mailbox(towns: &[&str]) -> String {
    towns
        .iter()
        .map(|town| format!("From news@letter.example Tue Mar 11 18:00:00 2025\n{}\n", mail(town)))
        .collect()
}

/// A page in a web archive.
pub fn captured(town: &str) -> Vec<u8> {
    let url = format!("https://crawl.example/{town}");
    capture(&url, "200 OK", "text/html; charset=utf-8", &page(town, ""))
}

/// What a crawler writes beside pages: 2 captures that are no articles, and records that are none.
fn beside_pages() -> Vec<u8> {
    [
        record("warcinfo", "", "application/warc-fields", b"software: x\r\n"),
        record("request", "https://crawl.example/", "application/http", b"GET / HTTP/1.1\r\n\r\n"),
        capture("https://crawl.example/robots.txt", "200 OK", "text/plain", "User-agent: *"),
        capture("https://crawl.example/old", "301 Moved", "text/html", "<p>Moved."),
    ]
    .concat()
}

/// A report of an agency, long enough for its copies to be known by their words.
pub fn wire(outlet: &str, first_words: &str) -> String {
    format!(
        "Title: Locks to close\nSource: {outlet}\nDate: 2025-03-20\n\n{first_words} the keepers of the Ostel canal will close all nine \
         locks for a month from Friday, after a gate gave way and flooded two boatyards and a school.\n\n“Nobody will \
         pass before the last bolt is tight,” said Ilse Moran, the canal's engineer. She said that a diver had warned of \
         rust in the hinges twice last year, and that money for new gates had been asked for each time.\n"
    )
}

pub fn files() -> Vec<Good> {
    [texts(), pages_and_feeds(), records(), mails_and_documents(), web_archives(), packed(), misnamed()]
        .into_iter()
        .flatten()
        .collect()
}

fn texts() -> Vec<Good> {
    let headed = format!(
        "Title: Albon bridge\nBy Ann Reyes\nDate: 2 March 2025\nSource: The Beacon\n\n{}",
        story("Albon")
    );
    let front =
        format!("---\ntitle: Brell bridge\ndate: 2025-03-02\noutlet: Notes\n---\n\n{}", story("Brell"));
    let sixteen: Vec<u8> =
        std::iter::once(0xfeff).chain(story("Corda").encode_utf16()).flat_map(u16::to_le_bytes).collect();
    vec![
        good(
            "text/headed.txt",
            headed,
            &["news/text/headed.txt | Albon bridge | The Beacon | 2025-03-02 | –"],
        ),
        good("text/front.md", front, &["news/text/front.md | Brell bridge | Notes | 2025-03-02 | –"]),
        good("text/sixteen.txt", sixteen, &["news/text/sixteen.txt | – | – | – | –"]),
        good(
            "wire/first.txt",
            wire("The Beacon", "Officials said"),
            &["news/wire/first.txt | Locks to close | The Beacon | 2025-03-20 | –"],
        ),
        good(
            "wire/second.txt",
            wire("Hill Report", "Late on Tuesday"),
            &["news/wire/second.txt | Locks to close | Hill Report | 2025-03-20 | –"],
        ),
    ]
}

fn pages_and_feeds() -> Vec<Good> {
    let items = rss_item("Fenmoor") + &rss_item("Garrow");
    vec![
        good(
            "web/open_graph.html",
            page("Dunmar", &open_graph("Dunmar")),
            &[
                "https://harbourpost.example/Dunmar | Dunmar bridge | Harbour Post | 2025-03-04 | https://harbourpost.example/Dunmar",
            ],
        ),
        good(
            "web/json_ld.htm",
            page("Estwick", &json_ld("Estwick")),
            &[
                "https://harbourpost.example/Estwick | Estwick bridge | Harbour Post | 2025-03-05 | https://harbourpost.example/Estwick",
            ],
        ),
        good(
            "web/saved.mhtml",
            mhtml("Lustleigh"),
            &["https://saved.example/Lustleigh | Lustleigh bridge | – | – | https://saved.example/Lustleigh"],
        ),
        good(
            "web/tide.rss",
            rss(&items),
            &[
                "https://tide.example/Fenmoor | Fenmoor bridge | The Tide | 2025-03-04 | https://tide.example/Fenmoor",
                "https://tide.example/Garrow | Garrow bridge | The Tide | 2025-03-04 | https://tide.example/Garrow",
            ],
        ),
        good(
            "web/hill.atom",
            atom("Hollin"),
            &[
                "https://hill.example/Hollin | Hollin bridge | Hill Report | 2025-03-06 | https://hill.example/Hollin",
            ],
        ),
        good(
            "web/wire.json",
            json_feed("Iverton"),
            &[
                "https://wire.example/Iverton | Iverton bridge | The Wire | 2025-03-07 | https://wire.example/Iverton",
            ],
        ),
    ]
}

fn records() -> Vec<Good> {
    let table = format!("text;headline;published\n{}{}", row("Jarrow"), row("Kestrel"));
    vec![
        good(
            "records/lines.jsonl",
            line("Lorne") + "\n" + &line("Marn"),
            &[
                "Lorne-1 | Lorne bridge | Lines | 2025-03-08 | –",
                "Marn-1 | Marn bridge | Lines | 2025-03-08 | –",
            ],
        ),
        good(
            "records/table.csv",
            table,
            &[
                "news/records/table.csv:2 | Jarrow bridge | – | 2025-03-09 | –",
                "news/records/table.csv:3 | Kestrel bridge | – | 2025-03-09 | –",
            ],
        ),
        good(
            "records/graph.json",
            graph("Norby"),
            &["https://graph.example/Norby | Norby bridge | – | 2025-03-10 | https://graph.example/Norby"],
        ),
        good("records/quotebank.json", by_quotation("Orrin"), &["2019-05-12-7 | – | – | 2019-05-12 | –"]),
        good(
            "records/quotebank-articles.json",
            by_article("Pellow"),
            &["2019-8 | Pellow bridge | – | 2019-05-13 | https://bank.example/Pellow"],
        ),
    ]
}

fn mails_and_documents() -> Vec<Good> {
    let letter =
        |town: &str| format!("{town}@letter.example | {town} bridge | Evening Letter | 2025-03-11 | –");
    vec![
        good("mail/one.eml", mail("Quarne"), &[&letter("Quarne")]),
        good("mail/box.mbox", mailbox(&["Rushey", "Selby"]), &[&letter("Rushey"), &letter("Selby")]),
        good(
            "office/report.docx",
            docx("Tarrant bridge", "Ann Reyes", "2025-03-12", &story("Tarrant")),
            &["news/office/report.docx | Tarrant bridge | – | 2025-03-12 | –"],
        ),
        good(
            "office/report.odt",
            odt("Ulwen bridge", "Ann Reyes", "2025-03-13", &story("Ulwen")),
            &["news/office/report.odt | Ulwen bridge | – | 2025-03-13 | –"],
        ),
        #[cfg(feature = "pdf")]
        good(
            "office/report.pdf",
            crate::packs::pdf("Varley bridge", "Ann Reyes", "2025-03-14", &story("Varley")),
            &["news/office/report.pdf | Varley bridge | – | 2025-03-14 | –"],
        ),
    ]
}

fn web_archives() -> Vec<Good> {
    let capture = |town: &str| {
        let url = format!("https://crawl.example/{town}");
        format!("{url} | {town} bridge | – | – | {url}")
    };
    let plain = [beside_pages(), captured("Wexcombe")].concat();
    let gzipped = [gzip(&captured("Yarrow")), gzip(&captured("Zennor"))].concat();
    vec![
        good("warc/plain.warc", plain, &[&capture("Wexcombe")]),
        good("warc/packed.warc.gz", gzipped, &[&capture("Yarrow"), &capture("Zennor")]),
        good("warc/packed.warc.zst", zstd(&captured("Aldmoor")), &[&capture("Aldmoor")]),
    ]
}

fn packed() -> Vec<Good> {
    let story = |town: &str| story(town).into_bytes();
    let inner = zip(&[("deep/note.txt", &story("Coldham"))]);
    let tarred = tar(&[("a.txt", &story("Dray")), ("b.html", page("Elver", "").as_bytes())]);
    vec![
        good("packed/note.txt.gz", gzip(&story("Barrow")), &["news/packed/note.txt.gz | – | – | – | –"]),
        good("packed/note.txt.zst", zstd(&story("Birkin")), &["news/packed/note.txt.zst | – | – | – | –"]),
        good(
            "packed/two.zip",
            zip(&[("one.txt", &story("Ashcott")), ("more/two.eml", mail("Bramley").as_bytes())]),
            &[
                "news/packed/two.zip!/one.txt | – | – | – | –",
                "Bramley@letter.example | Bramley bridge | Evening Letter | 2025-03-11 | –",
            ],
        ),
        good(
            "packed/two.tar.gz",
            gzip(&tarred),
            &[
                "news/packed/two.tar.gz!/a.txt | – | – | – | –",
                "news/packed/two.tar.gz!/b.html | Elver bridge | – | – | –",
            ],
        ),
        good(
            "packed/nested.tar",
            tar(&[("inner.zip", &inner)]),
            &["news/packed/nested.tar!/inner.zip!/deep/note.txt | – | – | – | –"],
        ),
    ]
}

fn misnamed() -> Vec<Good> {
    vec![
        good("names/page", page("Farrow", ""), &["news/names/page | Farrow bridge | – | – | –"]),
        good("names/page.txt", page("Gorse", ""), &["news/names/page.txt | Gorse bridge | – | – | –"]),
        good(
            "names/letter.dat",
            mail("Hask"),
            &["Hask@letter.example | Hask bridge | Evening Letter | 2025-03-11 | –"],
        ),
        good("names/packed.txt", gzip(story("Inver").as_bytes()), &["news/names/packed.txt | – | – | – | –"]),
        good(
            "names/report.zip",
            docx("Joppa bridge", "Ann Reyes", "2025-03-12", &story("Joppa")),
            &["news/names/report.zip | Joppa bridge | – | 2025-03-12 | –"],
        ),
    ]
}
