//! Web pages of different make, each beside what is to be read in it; and monsters.

use onrecord::intake::headers::Header;
use onrecord::intake::{Parts, feed, html, mail, office};
use onrecord::lexicon::intake::IntakeWords;
use onrecord::model::{ParagraphKind, RawArticle};
use proptest::prelude::*;
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

fn words() -> IntakeWords {
    IntakeWords::load().unwrap()
}

/// Header lines, an empty line, and the paragraphs: `#` headings, `*` items, `>` block quotations.
fn shown(parts: Parts) -> String {
    let mut shown = header_lines(&parts.header);
    shown.push('\n');
    let raw = RawArticle {
        markup: parts.markup,
        extra: parts.header.extra,
        ..RawArticle::plain("page", parts.body)
    };
    let document = onrecord::text::document(raw);
    for paragraph in &document.paragraphs {
        shown.push_str(match paragraph.kind {
            ParagraphKind::Body => "",
            ParagraphKind::Heading => "# ",
            ParagraphKind::Bullet => "* ",
            ParagraphKind::BlockQuote => "> ",
        });
        shown.push_str(&document.text.slice(paragraph.span).replace('\n', " / "));
        shown.push('\n');
    }
    shown
}

fn header_lines(header: &Header) -> String {
    let published = header.published.map(|date| date.to_string());
    let fields = [
        ("id", &header.id),
        ("title", &header.title),
        ("url", &header.url),
        ("outlet", &header.outlet),
        ("byline", &header.byline),
        ("published", &published),
        ("language", &header.language),
    ];
    let lines = fields.into_iter().filter_map(|(name, value)| Some(format!("{name}: {}\n", value.as_ref()?)));
    lines.collect()
}

#[test]
fn pages_are_read_as_expected() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages");
    let mut names: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    names.retain(|path| path.extension().is_some_and(|extension| extension == "html"));
    names.sort();
    assert!(names.len() >= 9);
    let mut wrong = String::new();
    for path in names {
        let read = html::read(&fs::read(&path).unwrap(), None, &words()).map_or_else(|error| error, shown);
        let expected = fs::read_to_string(path.with_extension("expected")).unwrap();
        if read != expected {
            wrong += &format!("{}\n--- read\n{read}\n--- expected\n{expected}\n", path.display());
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn a_page_without_an_article_says_so() {
    let reason = |page: &str| html::read(page.as_bytes(), None, &words()).map(shown).unwrap_err();
    let shell =
        "<html><body><nav><a href=/>Home</a></nav><div id=root>Please wait while the page loads.</div>";
    assert!(reason(shell).starts_with("has no article text: 6 words between the menus"), "{}", reason(shell));
    assert!(reason("").starts_with("has no article text: 0 words"));
    let teaser = |n: u32| {
        format!(
            "<div class=teaser><h2><a href=/{n}>Bridge number {n} to be shut for a whole year</a></h2></div>"
        )
    };
    let front: String = (0..30).map(teaser).collect();
    assert!(reason(&front).starts_with("has no article text"), "{}", reason(&front));
    assert!(reason("\0\0\0").contains("NUL"));
}

/// Pages that no one makes, each grown to about `size` bytes.
fn monsters(size: usize) -> Vec<(&'static str, String)> {
    let many = |piece: &str| piece.repeat(size / piece.len() + 1);
    let numbered =
        |from: &str, to: &str| -> String { (0..size / 30).map(|n| format!("{from}{n}{to}")).collect() };
    vec![
        ("nested div", many("<div>")),
        ("nested b", many("<b>")),
        ("nested a", many("<a href=x>")),
        ("nested table", many("<table><tr><td>")),
        ("unclosed p", many("<p>word ")),
        ("unclosed li", many("<li>word ")),
        ("long paragraphs", many("<p>“We will see,” she said, and she did see.</p>\n")),
        ("links", many("<p><a href=x>One two three</a> four</p>")),
        ("divs in a row", many("<div><span>a</span></div>")),
        ("breaks", many("one<br><br>two<br>")),
        ("only breaks", many("<br>")),
        ("attributes", format!("<p {}>", numbered("a", "='x' "))),
        ("long attribute", format!("<p title='{}'>", many("x "))),
        ("entities", many("&rsquo;&#x41;&amp")),
        ("less than", many("<")),
        ("ends", many("</div></b></p>")),
        ("comments", many("<!-->")),
        ("open comment", many("<!--")),
        ("block quotations", many("<blockquote>one two three four five six</blockquote>")),
        ("classes", format!("<p class='{}'>", numbered("ad-", " "))),
        ("class words", format!("<p class='{}'>", many("no-"))),
        ("meta", many("<meta name=author content=x>")),
        ("json", format!("<script type=application/ld+json>{}", many("["))),
        ("misnested", many("<b><p></b></p>")),
        ("tables", many("<table><tr><td>word</td></tr></table>")),
        ("bare cells", many("<td>word ")),
        ("forms", many("<form><p>one two three</form>")),
        ("selects", many("<select><option>one")),
        ("drawings", many("<svg><p>one</svg>")),
        ("templates", many("<template><td>one")),
        ("one line", many("word ")),
        ("spaces", many(" ")),
        ("quotes in tags", many("<a '=\"")),
    ]
}

#[test]
fn four_times_a_monster_takes_about_four_times_as_long() {
    let words = words();
    let time = |page: &str| {
        let start = Instant::now();
        let _ = html::read(page.as_bytes(), None, &words);
        start.elapsed()
    };
    for ((name, small), (_, large)) in monsters(50_000).into_iter().zip(monsters(200_000)) {
        let (small, large) = (time(&small), time(&large));
        // Where time grew with the square it would be 16 times as long; one of these once took 15.
        assert!(large <= small * 8 + Duration::from_millis(500), "{name}: {small:?}, then {large:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_page_is_read_or_refused(
        pieces in prop::collection::vec(
            prop::sample::select(vec![
                "<p>", "</p>", "<div class=ad>", "</div>", "<b>", "</b>", "<a href=x>", "</a>", "<table>", "<td>", "<li>", "<ul>",
                "</ul>", "<svg>", "<template>", "<h1>", "<blockquote>", "</blockquote>", "<br>", "<br>", "<figure>", "<figcaption>",
                "<script type=application/ld+json>", "</script>", "{\"@type\":\"Article\",\"author\":", "}", "[", "<!--", "-->", "<select>",
                "“We will see,” she said, and went on to say much more about it. ", "By Ann Reyes", "word ", "&amp;", "&#0;", "\0", "<pre>", "\n",
                "<time datetime=2025-01-01>", "<meta name=date content='", "' ", "<frameset>", "<html lang=>", "<form>", "İ", "<noscript>",
            ]),
            0..60,
        )
    ) {
        let page = pieces.concat();
        if let Ok(parts) = html::read(page.as_bytes(), None, &words()) {
            shown(parts);
        }
        let _ = html::fragment(&page, &words());
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let _ = html::read(&bytes, Some("shift_jis"), &words());
        let _ = html::read(&bytes, None, &words());
        let _ = feed::items(&bytes, &words());
        let _ = mail::read(&bytes, &words());
        let _ = office::read(&bytes, &words());
        #[cfg(feature = "pdf")]
        let _ = onrecord::intake::pdf::read(&[b"%PDF-1.4\n", bytes.as_slice()].concat(), &words());
    }

    #[test]
    fn any_feed_or_mail_is_read_or_refused(
        pieces in prop::collection::vec(
            prop::sample::select(vec![
                "<rss version='2.0'>", "<channel>", "<item>", "</item>", "<title>", "</title>", "<link>", "</link>", "<pubDate>",
                "</pubDate>", "<feed xmlns='http://www.w3.org/2005/Atom'>", "<entry>", "</entry>", "<content type='xhtml'>", "</content>",
                "<description>", "</description>", "<![CDATA[", "]]>", "&amp;", "&#0;", "&x;", "{\"version\":\"https://jsonfeed.org/version/1\",",
                "\"items\":[", "{\"id\":1}", "]", "}", "From: a (b <c@d.example>\r\n", "Date: Tue, 04 Mar 2025 1:2:3\r\n", "Subject: =?utf-8?B?4oCc?=\r\n",
                "Content-Type: multipart/mixed; boundary=b\r\n", "Content-Type: text/html; charset=x\r\n", "Content-Type: text/plain; format=flowed\r\n",
                "Content-Transfer-Encoding: base64\r\n", "Content-Transfer-Encoding: quoted-printable\r\n", "\r\n", "\r\n--b\r\n", "=\r\n", "=E2=80",
                "4oCc\r\n", "<table>", "<p>", "text ", "> “Yes” \r\n", "(https://x.example)", "2025-02-30",
            ]),
            0..40,
        )
    ) {
        let text = pieces.concat();
        let _ = mail::read(text.as_bytes(), &words());
        let _ = feed::items(text.as_bytes(), &words());
    }
}
