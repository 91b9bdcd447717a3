//! RSS, Atom and JSON Feed: items that carry their whole article.

use crate::intake::Parts;
use crate::intake::article::guarded;
use crate::intake::dates;
use crate::intake::headers::{Header, LONGEST_CLAIM, UNREAD_DATE};
use crate::intake::html::{fragment, metadata, paragraphs, text_of};
use crate::intake::xml_base;
use crate::lexicon::intake::{HeaderField, IntakeWords};
use crate::model::Markup;
use feed_rs::model::{Entry, Feed, Person};
use feed_rs::parser::Builder;
use std::borrow::Cow;
use std::sync::{Arc, Mutex, PoisonError};

/// One item of a feed.
#[derive(Clone, PartialEq, Debug)]
pub struct Item {
    /// The page that it announces.
    pub link: Option<String>,
    /// What the feed says about the article.
    pub header: Header,
    /// The article, or why the item has none.
    pub parts: Result<Parts, String>,
}

/// Words of the shortest summary that is taken for the whole article.
const WHOLE: usize = 80;

/// Reads the items of a feed, one at a time: RSS 0.9 to 2.0, Atom (also a lone entry), JSON Feed.
///
/// An item with its whole text becomes an article: its URL is the link, its id the item's own where there is no
/// link, its outlet the feed's title, its date the day printed. An item of which only a teaser is there becomes
/// the reason why it is no article.
///
/// # Errors
/// Why it is no feed.
pub fn items<'w>(
    bytes: &[u8],
    words: &'w IntakeWords,
) -> Result<impl Iterator<Item = Item> + use<'w>, String> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    xml_base::check(bytes)?;
    let unread = Unread::default();
    let parser = Builder::new()
        // Without an id of its own an item has none: a made-up one would be another the next time.
        .id_generator(|_, _, _| String::new())
        .timestamp_parser(unread.parser(words))
        .build();
    let feed = parser.parse(&*in_known_version(bytes)).map_err(|error| {
        format!("is no feed that can be read ({error}); save the feed again, or the pages that it links to")
    })?;
    let around = around(&feed, words);
    let items = feed.entries.into_iter().map(move |entry| {
        let item = guarded(|| Ok(item(&entry, &around, &unread, words)));
        item.unwrap_or_else(|reason| Item { link: None, header: Header::default(), parts: Err(reason) })
    });
    Ok(items)
}

/// What a feed says of all its items.
fn around(feed: &Feed, words: &IntakeWords) -> Header {
    let mut around = Header {
        outlet: feed
            .title
            .as_ref()
            .and_then(|title| plain(&title.content))
            .filter(|title| title.len() <= LONGEST_CLAIM),
        byline: byline(&feed.authors),
        ..Header::default()
    };
    if let Some(language) = &feed.language {
        around.set(HeaderField::Language, language, words);
    }
    around
}

/// Gives RSS of a version that the reader doesn't know (`0.93`, `2.0.1`, none) one that it does.
fn in_known_version(bytes: &[u8]) -> Cow<'_, [u8]> {
    const KNOWN: [&[u8]; 3] = [b"0.91", b"0.92", b"2.0"];
    let start = &bytes[..bytes.len().min(4096)];
    let known = || {
        let tag = memchr::memmem::find(start, b"<rss")? + b"<rss".len();
        let end = tag + memchr::memchr(b'>', &start[tag..])?;
        let Some(at) = memchr::memmem::find(&start[tag..end], b"version=") else {
            return Some([&bytes[..tag], b" version=\"2.0\"", &bytes[tag..]].concat());
        };
        let value = tag + at + b"version=".len() + 1;
        let quote = *start.get(value - 1)?;
        // The tag may end right behind the equals sign.
        let length = memchr::memchr(quote, start.get(value..end)?)?;
        let is_known = KNOWN.contains(&start[value..value + length].trim_ascii());
        (!is_known).then(|| [&bytes[..value], b"2.0", &bytes[value + length..]].concat())
    };
    known().map_or(Cow::Borrowed(bytes), Cow::Owned)
}

/// The dates of a feed that can't be read.
///
/// The library keeps moments, not words. So a date that is read becomes noon of the day printed, and one that
/// isn't a moment of the year 1 that numbers its words here.
#[derive(Default)]
struct Unread(Arc<Mutex<Vec<String>>>);

impl Unread {
    fn parser<Moment: std::str::FromStr>(
        &self,
        words: &IntakeWords,
    ) -> impl Fn(&str) -> Option<Moment> + Send + Sync + 'static + use<Moment> {
        let months = IntakeWords { months: words.months.clone(), ..IntakeWords::default() };
        let unread = Arc::clone(&self.0);
        move |value| {
            let value = value.trim();
            let moment = match dates::date(value, &months) {
                Some(date) => format!("{date}T12:00:00Z"),
                None => {
                    let mut unread = unread.lock().unwrap_or_else(PoisonError::into_inner);
                    unread.push(value.chars().take(60).collect());
                    format!("0001-01-01T00:00:00.{:09}Z", unread.len() - 1)
                }
            };
            moment.parse().ok()
        }
    }

    /// The words of a date, from the moment that stands for it.
    fn words(&self, moment: &str) -> Option<String> {
        let number = moment.strip_prefix("0001-01-01T00:00:00")?.trim_start_matches('.');
        let digits: String = number.chars().take_while(char::is_ascii_digit).collect();
        let number: usize = format!("{digits:0<9}").parse().ok()?;
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(number).cloned()
    }
}

fn item(entry: &Entry, around: &Header, unread: &Unread, words: &IntakeWords) -> Item {
    let is_page = |rel: Option<&str>| matches!(rel, None | Some("alternate"));
    let link = entry.links.iter().find(|link| is_page(link.rel.as_deref()));
    let link = link.map(|link| link.href.trim().to_owned()).filter(|link| !link.is_empty());
    let header = header(entry, around, link.as_deref(), unread, words);
    let parts = body(entry, words).map(|body| Parts { header: header.clone(), markup: Markup::Html, body });
    Item { link, header, parts }
}

fn header(
    entry: &Entry,
    around: &Header,
    link: Option<&str>,
    unread: &Unread,
    words: &IntakeWords,
) -> Header {
    let mut header = Header::default();
    if let Some(link) = link {
        header.set(HeaderField::Url, link, words);
    }
    let id = entry.id.trim();
    header.id = (header.url.is_none() && !id.is_empty()).then(|| id.to_owned());
    header.title = entry.title.as_ref().and_then(|title| plain(&title.content));
    header.outlet.clone_from(&around.outlet);
    header.byline = if entry.authors.is_empty() { around.byline.clone() } else { byline(&entry.authors) };
    if let Some(language) = &entry.language {
        header.set(HeaderField::Language, language, words);
    }
    header.language = header.language.or_else(|| around.language.clone());
    if let Some(moment) = entry.published.or(entry.updated) {
        let moment = moment.to_rfc3339();
        match unread.words(&moment) {
            Some(words) if words.is_empty() => {}
            Some(words) => drop(header.extra.insert(UNREAD_DATE.to_owned(), words.into())),
            None => header.published = dates::iso_prefix(&moment).map(|(date, _)| date),
        }
    }
    header
}

/// The words of a title, which may be HTML or have been escaped twice.
fn plain(title: &str) -> Option<String> {
    let shown = if title.contains(['&', '<']) { text_of(title) } else { title.to_owned() };
    let shown = shown.split_whitespace().collect::<Vec<_>>().join(" ");
    (!shown.is_empty()).then_some(shown)
}

fn byline(authors: &[Person]) -> Option<String> {
    let names: Vec<String> = authors.iter().filter_map(name).take(20).collect();
    (!names.is_empty()).then(|| names.join(", "))
}

/// `Ann Reyes`, `desk@herald.example (Ann Reyes)`; a bare address is no name.
fn name(person: &Person) -> Option<String> {
    let name = person.name.as_deref()?;
    let inside = name
        .split_once('(')
        .and_then(|(address, rest)| address.contains('@').then(|| rest.trim_end().trim_end_matches(')')));
    metadata::byline(inside.unwrap_or(name)).filter(|name| !name.contains('@'))
}

/// The article's text, or why there is none.
fn body(entry: &Entry, words: &IntakeWords) -> Result<String, String> {
    let content =
        entry.content.as_ref().and_then(|content| content.body.as_ref().map(|body| (content, body)));
    let (source, is_plain, least) = match (content, &entry.summary) {
        (Some((content, body)), _) => (body, content.content_type.to_string() == "text/plain", 0),
        (None, Some(summary)) => (&summary.content, false, WHOLE),
        (None, None) => return Err(teaser(0)),
    };
    let has_tags = source.contains("</") || source.contains("<p") || source.contains("<br");
    let body = if is_plain && !has_tags { paragraphs(source) } else { fragment(source, words)? };
    let shown = text_of(&body);
    let count = shown.split_whitespace().count();
    let end = shown.trim_end().to_lowercase();
    let is_cut = count < WHOLE && CUT.iter().any(|cut| end.ends_with(cut));
    if count == 0 || count < least || is_cut {
        return Err(teaser(count));
    }
    Ok(body)
}

/// How a text ends that goes on elsewhere.
const CUT: [&str; 8] = ["…", "...", "[…]", "[...]", "…]", "read more", "continue reading", "read more »"];

fn teaser(count: usize) -> String {
    format!("is only a teaser of {count} words in the feed; add --follow to fetch the page it links to")
}

#[cfg(test)]
mod tests {
    use super::{Item, items};
    use crate::intake::Parts;
    use crate::lexicon::intake::IntakeWords;
    use std::time::Instant;

    fn read(feed: &str) -> Vec<Item> {
        items(feed.as_bytes(), &IntakeWords::load().unwrap()).unwrap().collect()
    }

    fn only(feed: &str) -> Parts {
        let mut items = read(feed);
        assert_eq!(items.len(), 1);
        items.remove(0).parts.unwrap()
    }

    fn check(parts: &Parts, title: &str, byline: Option<&str>, published: Option<&str>) {
        assert_eq!(parts.header.title.as_deref(), Some(title));
        assert_eq!(parts.header.byline.as_deref(), byline);
        assert_eq!(parts.header.published.map(|date| date.to_string()).as_deref(), published);
    }

    const RSS: &str = "<?xml version='1.0'?><rss version='2.0' xmlns:content='http://purl.org/rss/1.0/modules/content/' \
        xmlns:dc='http://purl.org/dc/elements/1.1/'><channel><title>Harbour &amp;amp; Hill</title><language>en-us</language>";

    #[test]
    fn rss_with_full_content() {
        let feed = format!(
            "{RSS}<item><title>Ferry &amp;#8216;stops&amp;#8217; &lt;em&gt;now&lt;/em&gt;</title><link>https://h.example/1</link>\
             <guid isPermaLink='false'>77</guid><dc:creator>By Ann Reyes</dc:creator><pubDate>Tue, 04 Mar 2025 23:30:00 -0500</pubDate>\
             <description>The ferry…</description><content:encoded><![CDATA[<p>The ferry stops.</p><p>“Why?” asked Tom.</p>\
             <p>The post <a href='x'>Ferry</a> appeared.</p><script>x()</script>]]></content:encoded></item>"
        );
        let feed = feed + "</channel></rss>";
        let parts = only(&feed);
        check(&parts, "Ferry ‘stops’ now", Some("Ann Reyes"), Some("2025-03-04"));
        assert_eq!(parts.header.outlet.as_deref(), Some("Harbour & Hill"));
        assert_eq!(parts.header.url.as_deref(), Some("https://h.example/1"));
        assert_eq!((parts.header.id.as_deref(), parts.header.language.as_deref()), (None, Some("en-us")));
        assert_eq!(
            parts.body,
            "<p>The ferry stops.</p>\n<p>“Why?” asked Tom.</p>\n<p>The post Ferry appeared.</p>\n"
        );
    }

    #[test]
    fn an_item_that_is_a_teaser_is_none() {
        let long = "<p>The council met for the third time this week and again could not agree.</p>".repeat(8);
        let item = |inner: &str| {
            format!("{RSS}<item><link>https://h.example/2</link>{inner}</item></channel></rss>")
        };
        let items = read(&item("<description>The council met. It will meet again.</description>"));
        assert_eq!(items[0].link.as_deref(), Some("https://h.example/2"));
        let reason = items[0].parts.as_ref().unwrap_err();
        assert_eq!(
            reason,
            "is only a teaser of 7 words in the feed; add --follow to fetch the page it links to"
        );
        assert!(read(&item(""))[0].parts.is_err());
        assert!(read(&item("<content:encoded>The council met […]</content:encoded>"))[0].parts.is_err());
        assert!(read(&item(&format!("<description><![CDATA[{long}]]></description>")))[0].parts.is_ok());
        assert!(read(&item("<content:encoded>The council met.</content:encoded>"))[0].parts.is_ok());
    }

    #[test]
    fn dates_that_are_none_are_kept_as_written() {
        let item = |date: &str| {
            format!(
                "<item><guid>a</guid><pubDate>{date}</pubDate><content:encoded>Text here.</content:encoded></item>"
            )
        };
        let dates = ["soon", "2025-13-40", "", "5 March 2025"].map(item).concat();
        let items = read(&format!("{RSS}{dates}</channel></rss>"));
        let kept: Vec<_> = items
            .iter()
            .map(|item| {
                let header = &item.parts.as_ref().unwrap().header;
                assert_eq!(header.id.as_deref(), Some("a"));
                let date = header.published.map(|date| date.to_string());
                date.or(header
                    .extra
                    .get("published_as_written")
                    .map(|date| date.as_str().unwrap().to_owned()))
            })
            .collect();
        let expected = [Some("soon"), Some("2025-13-40"), None, Some("2025-03-05")];
        assert_eq!(kept, expected.map(|date| date.map(str::to_owned)));
    }

    #[test]
    fn atom_with_xhtml_and_relative_links() {
        let feed = "<feed xmlns='http://www.w3.org/2005/Atom' xml:base='https://hill.example/' xml:lang='en-GB'><title>The Hill</title>\
            <id>x</id><updated>2025-01-01T00:00:00Z</updated><author><name>Desk</name></author><entry><title type='html'>Snow &amp;amp; ice</title>\
            <link rel='self' href='self.xml'/><link rel='alternate' href='/snow'/><id>tag:1</id><updated>2025-01-09T23:59:00+14:00</updated>\
            <author><name>Nils Ek</name></author><author><name>Inga Moe</name></author>\
            <content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><p>Snow fell.</p><blockquote>So much.</blockquote></div></content></entry></feed>";
        let parts = only(feed);
        check(&parts, "Snow & ice", Some("Nils Ek, Inga Moe"), Some("2025-01-09"));
        assert_eq!(parts.header.url.as_deref(), Some("https://hill.example/snow"));
        assert_eq!(parts.body, "<p>Snow fell.</p>\n<blockquote>So much.</blockquote>\n");
    }

    #[test]
    fn json_feed() {
        let feed = "\u{feff}{\"version\":\"https://jsonfeed.org/version/1.1\",\"title\":\"Wire\",\"language\":\"en\",\"items\":[\
            {\"id\":\"1\",\"url\":\"https://w.example/1\",\"title\":\"One\",\"content_html\":\"<p>“No,” he said.</p>\",\
            \"date_published\":\"2025-02-07T14:04:00-05:00\",\"authors\":[{\"name\":\"Kit Moran\"}]},\
            {\"id\":\"2\",\"content_text\":\"First.\\n\\nA < B & C.\"}]}";
        let items = read(feed);
        check(items[0].parts.as_ref().unwrap(), "One", Some("Kit Moran"), Some("2025-02-07"));
        let second = items[1].parts.as_ref().unwrap();
        assert_eq!(second.body, "<p>First.</p>\n<p>A &lt; B &amp; C.</p>\n");
        assert_eq!(second.header.id.as_deref(), Some("2"));
    }

    #[test]
    fn old_and_odd_versions() {
        let rdf = "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/' \
            xmlns:content='http://purl.org/rss/1.0/modules/content/'><channel><title>Old</title></channel>\
            <item><title>T</title><link>https://o.example/1</link><content:encoded>Some text.</content:encoded></item></rdf:RDF>";
        assert_eq!(only(rdf).header.outlet.as_deref(), Some("Old"));
        for version in ["", " version='0.94'", " version=\"2.0.1\"", " version='0.91'"] {
            let feed = RSS.replace(" version='2.0'", version)
                + "<item><title>T</title><link>https://o.example/1</link></item></channel></rss>";
            assert_eq!(read(&feed).len(), 1, "{version}");
        }
    }

    #[test]
    fn what_is_no_feed_is_refused_and_bombs_do_not_go_off() {
        let words = IntakeWords::load().unwrap();
        let refused = |bytes: &[u8]| items(bytes, &words).err().unwrap();
        let items = |bytes: &[u8]| items(bytes, &words).map(Iterator::count);
        assert!(refused(b"").starts_with("is no feed"));
        assert!(refused(b"<html><p>Page</html>").starts_with("is no feed"));
        assert!(refused(b"{\"a\":1}").starts_with("is no feed"));
        let bomb = "<!DOCTYPE rss [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;\">]>".to_owned()
            + RSS
            + "<item><title>&b;&b;</title><link>https://h.example/1</link></item></channel></rss>";
        assert!(items(bomb.as_bytes()).is_ok_and(|items| items <= 1) || items(bomb.as_bytes()).is_err());
        let _ = items("<a>".repeat(100_000).as_bytes());
        let _ = items(format!("{RSS}{}", "<item><content:encoded>".repeat(50_000)).as_bytes());
        let atom = "<feed xmlns='http://www.w3.org/2005/Atom'><entry><content type='xhtml'>";
        let _ = items(format!("{atom}{}", "<div>".repeat(100_000)).as_bytes());
        let _ = items(
            format!(
                "{atom}{}",
                "<div>".repeat(100_000) + &"</div>".repeat(100_000) + "</content></entry></feed>"
            )
            .as_bytes(),
        );
        let _ = items(format!("<feed>{}", "<link><author>".repeat(50_000)).as_bytes());
        let _ = items(format!("{}1", "{\"a\":[".repeat(50_000)).as_bytes());
    }

    #[test]
    fn what_a_feed_says_once_is_kept_once() {
        let started = Instant::now();
        let long = "word ".repeat(100_000);
        let named = |title: &str, count| {
            let top = RSS.replace("Harbour &amp;amp; Hill", title).replace("en-us", &long);
            read(&format!("{top}{}</channel></rss>", "<item/>".repeat(count)))
        };
        assert!(named(&long, 70_000).iter().all(|item| item.header.outlet.is_none()));
        assert_eq!(named(&long[..1_999], 1)[0].header.outlet.as_deref(), Some(long[..1_999].trim()));
        assert!(started.elapsed().as_secs() < 20, "{:?}", started.elapsed());
    }

    #[test]
    fn ten_thousand_items() {
        let started = Instant::now();
        let item = "<item><link>https://h.example/1</link><content:encoded>&lt;p&gt;Text of one.&lt;/p&gt;</content:encoded></item>";
        assert_eq!(read(&format!("{RSS}{}</channel></rss>", item.repeat(10_000))).len(), 10_000);
        assert!(started.elapsed().as_secs() < 30, "{:?}", started.elapsed());
    }
}
