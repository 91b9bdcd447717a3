//! What a page says about its article.

use crate::intake::headers::{Header, LONGEST_CLAIM, UNREAD_DATE};
use crate::intake::html::{json_ld, text_of};
use crate::lexicon::intake::{HeaderField, IntakeWords};
use dom_query::Document;

/// Reads a page's header, each field from the best source that has it: JSON-LD; `<meta>` tags by their rank in
/// `data/page_metadata.tsv`, the language of `<html lang>` before them; then marked elements (`<time datetime>`,
/// `rel=canonical`, `rel=author`); the title last from the first `<h1>` and `<title>` without the outlet behind it.
///
/// A date is the day printed there, without regard to its time zone; one that can't be read is kept beside.
pub fn header(page: &Document, words: &IntakeWords) -> Header {
    let mut claims = Claims::default();
    let scripts = json_ld_scripts(page);
    json_ld::read(&scripts, &mut claims, words);
    meta_tags(page, &mut claims, words);
    elements(page, &mut claims);
    claims.header(words)
}

/// The texts of a page's JSON-LD scripts.
pub fn json_ld_scripts(page: &Document) -> Vec<String> {
    let scripts = page.select("script[type]");
    let is_json_ld = |kind: &str| kind.trim().to_ascii_lowercase().starts_with("application/ld+json");
    let scripts = scripts.iter().filter(|script| script.attr("type").is_some_and(|kind| is_json_ld(&kind)));
    scripts.map(|script| script.text().to_string()).collect()
}

/// What sources say of the fields, in the order in which they are to be believed.
#[derive(Default)]
pub struct Claims {
    claims: Vec<(u32, HeaderField, String)>,
    /// Added to the ranks of the kind of source that is being read.
    base: u32,
}

impl Claims {
    /// Adds what one source says; a lower `rank` is better.
    pub fn add(&mut self, field: HeaderField, value: String, rank: u8) {
        let is_text = matches!(field, HeaderField::Title | HeaderField::Byline | HeaderField::Outlet);
        // Entities inside JSON-LD, which knows none.
        let value = if is_text && value.contains('&') { text_of(&value) } else { value };
        self.claims.push((self.base + u32::from(rank), field, value));
    }

    fn header(mut self, words: &IntakeWords) -> Header {
        self.claims.sort_by_key(|claim| claim.0);
        let mut header = Header::default();
        let of =
            |field| self.claims.iter().filter(move |claim| claim.1 == field).map(|claim| claim.2.as_str());
        of(HeaderField::Url).filter_map(address).any(|url| header.set(HeaderField::Url, &url, words));
        for field in [HeaderField::Outlet, HeaderField::Language] {
            of(field).any(|value| value.len() <= LONGEST_CLAIM && header.set(field, value, words));
        }
        header.byline = of(HeaderField::Byline).find_map(byline);
        let outlet = header.outlet.clone();
        header.title = of(HeaderField::Title).find_map(|title| self::title(title, outlet.as_deref()));
        // A date that can't be read must not stand before one that can.
        let mut dates = of(HeaderField::Published);
        header.published = dates.find_map(|value| crate::intake::dates::date(value, words));
        let unread = of(HeaderField::Published).next().filter(|value| value.len() <= 60);
        if let (None, Some(unread)) = (header.published, unread) {
            header.extra.insert(UNREAD_DATE.to_owned(), unread.into());
        }
        header
    }
}

/// A whole web address; one that is relative leads nowhere without the page's own.
fn address(url: &str) -> Option<String> {
    let url = if url.starts_with("//") { format!("https:{url}") } else { url.to_owned() };
    let is_whole = url.starts_with("https://") || url.starts_with("http://");
    (is_whole && url.len() <= LONGEST_CLAIM).then_some(url)
}

/// `<meta>` tags of a page that are looked at.
const MOST_TAGS: usize = 1_000;

fn meta_tags(page: &Document, claims: &mut Claims, words: &IntakeWords) {
    claims.base = 100;
    if let Some(language) = page.select_single("html[lang]").attr("lang") {
        claims.add(HeaderField::Language, language.to_string(), 0);
    }
    for tag in page.select("meta[content]").iter().take(MOST_TAGS) {
        let names = ["property", "name", "itemprop", "http-equiv"];
        let known = names.iter().filter_map(|name| tag.attr(name)).find_map(|names| {
            names.split_whitespace().find_map(|name| words.metadata.get(name.to_lowercase().as_str()))
        });
        let content = tag.attr("content").unwrap_or_default();
        if let Some(&(field, rank)) = known.filter(|_| !content.trim().is_empty()) {
            claims.add(field, collapsed(&content), rank);
        }
    }
}

fn elements(page: &Document, claims: &mut Claims) {
    claims.base = 200;
    let attributes = [
        ("time[itemprop=datePublished][datetime]", "datetime", HeaderField::Published, 1),
        ("time[pubdate][datetime]", "datetime", HeaderField::Published, 2),
        ("[itemprop=datePublished][content]", "content", HeaderField::Published, 3),
        ("article time[datetime]", "datetime", HeaderField::Published, 4),
        ("time[datetime]", "datetime", HeaderField::Published, 5),
        ("link[rel~=canonical][href]", "href", HeaderField::Url, 1),
    ];
    for (selector, attribute, field, rank) in attributes {
        let value = page.select_single(selector).attr(attribute);
        if let Some(value) = value.filter(|value| !value.trim().is_empty()) {
            claims.add(field, collapsed(&value), rank);
        }
    }
    let texts = [
        ("[itemprop=author] [itemprop=name]", HeaderField::Byline, 1),
        ("[itemprop=author]", HeaderField::Byline, 2),
        ("[rel~=author]", HeaderField::Byline, 3),
        (".byline", HeaderField::Byline, 4),
        ("[itemprop=headline]", HeaderField::Title, 1),
        ("h1", HeaderField::Title, 2),
        ("title", HeaderField::Title, 3),
    ];
    for (selector, field, rank) in texts {
        let text = collapsed(&page.select_single(selector).text());
        if !text.is_empty() {
            claims.add(field, text, rank);
        }
    }
}

fn collapsed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Bytes of the longest byline.
const LONGEST_BYLINE: usize = 200;

/// The names of a byline without «By»; a web address and a handle are none.
pub fn byline(text: &str) -> Option<String> {
    let text = collapsed(text);
    let by = text.get(..3).is_some_and(|by| by.eq_ignore_ascii_case("by "));
    let names = if by { text[3..].trim() } else { text.as_str() };
    let is_by = names.eq_ignore_ascii_case("by");
    let is_address =
        is_by || names.contains("://") || names.starts_with(['@', '/', '#']) || names.starts_with("www.");
    let is_name = names.starts_with(char::is_alphabetic) && names.len() <= LONGEST_BYLINE;
    (is_name && !is_address).then(|| names.to_owned())
}

/// Separators between a title and the outlet's name.
const SEPARATORS: [&str; 7] = [" | ", " - ", " – ", " — ", " · ", " :: ", " » "];
/// Words of the longest outlet's name that is cut off without being known.
const LONGEST_NAME: usize = 4;

/// A title without the outlet's name behind it.
fn title(text: &str, outlet: Option<&str>) -> Option<String> {
    let text = collapsed(text);
    let cut = SEPARATORS.iter().filter_map(|mark| Some((text.rfind(mark)?, *mark))).max();
    let title = match cut {
        Some((at, mark)) => {
            let (before, tail) = (&text[..at], &text[at + mark.len()..]);
            let (name, end) = (outlet.unwrap_or_default().to_lowercase(), tail.to_lowercase());
            let is_outlet = outlet.is_some() && (name.contains(&end) || end.contains(&name));
            let is_short = tail.split_whitespace().count() <= LONGEST_NAME;
            // A dash may stand in a title; a bar doesn't.
            let is_name = (is_short && is_outlet) || (outlet.is_none() && mark == " | " && is_short);
            let is_enough = before.split_whitespace().count() >= 2;
            if is_name && is_enough { before.trim() } else { &text }
        }
        None => &text,
    };
    (!title.is_empty() && title.len() <= 1_000).then(|| title.to_owned())
}

#[cfg(test)]
mod tests {
    use super::{byline, header, title};
    use crate::intake::headers::Header;
    use crate::lexicon::intake::IntakeWords;
    use dom_query::Document;

    fn read(page: &str) -> Header {
        header(&Document::from(page), &IntakeWords::load().unwrap())
    }

    #[test]
    fn names_without_what_stands_around_them() {
        assert_eq!(byline("By Ann Reyes and Tom Vries").as_deref(), Some("Ann Reyes and Tom Vries"));
        assert_eq!(byline("BY  Ann\n Reyes").as_deref(), Some("Ann Reyes"));
        assert_eq!(byline("Byron Lund").as_deref(), Some("Byron Lund"));
        for none in ["https://herald.example/reyes", "@annreyes", "", "By ", "www.herald.example"] {
            assert_eq!(byline(none), None, "{none}");
        }
    }

    #[test]
    fn an_outlet_is_no_part_of_a_title() {
        let cut = |text: &str, outlet| title(text, outlet).unwrap();
        assert_eq!(cut("Ferry stops - The Herald", Some("The Herald")), "Ferry stops");
        assert_eq!(cut("Ferry stops - Herald", Some("The Herald")), "Ferry stops");
        assert_eq!(cut("Ferry stops - in May", Some("The Herald")), "Ferry stops - in May");
        assert_eq!(cut("Ferry stops | The Herald", None), "Ferry stops");
        assert_eq!(cut("Ferry stops – for a year", None), "Ferry stops – for a year");
        assert_eq!(cut("Ferry | Herald", None), "Ferry | Herald");
    }

    #[test]
    fn the_best_source_is_taken() {
        let page = "<html lang=en-GB><title>Title tag | Herald</title><link rel=canonical href=https://h.example/1>\
            <meta property=og:title content='Social title'><meta name=author content='Desk'>\
            <meta property=article:published_time content='soon'><meta name=date content='2025-03-04'>\
            <script type=application/ld+json>{broken</script>\
            <script type='application/ld+json; charset=utf-8'>{\"@graph\":[{\"@type\":\"WebSite\",\"name\":\"Herald site\"},\
            {\"@type\":\"Person\",\"@id\":\"#ann\",\"name\":\"Ann Reyes\"},\
            {\"@type\":[\"Thing\",\"ReportageNewsArticle\"],\"headline\":\"Ferry\n stops\",\"author\":[{\"@id\":\"#ann\"},\"Tom Vries\"]}]}</script>";
        let header = read(page);
        assert_eq!(header.title.as_deref(), Some("Ferry stops"));
        assert_eq!(header.byline.as_deref(), Some("Ann Reyes, Tom Vries"));
        assert_eq!(header.published.unwrap().to_string(), "2025-03-04");
        assert_eq!(header.language.as_deref(), Some("en-gb"));
        assert_eq!(header.url.as_deref(), Some("https://h.example/1"));
        assert_eq!(header.outlet, None);
    }

    #[test]
    fn entities_are_decoded_and_addresses_whole() {
        let page = "<link rel=canonical href='/news/1.html'><meta property=og:url content='//h.example/1'>\
            <script type=application/ld+json>{\"@type\":\"http://schema.org/NewsArticle\",\"headline\":\"Port &amp; town say &#8216;no&#8217;\"}</script>";
        let header = read(page);
        assert_eq!(header.title.as_deref(), Some("Port & town say ‘no’"));
        assert_eq!(header.url.as_deref(), Some("https://h.example/1"));
    }

    #[test]
    fn the_printed_day_counts() {
        let day = |datetime: &str| read(&format!("<time datetime='{datetime}'>x</time>")).published;
        assert_eq!(day("2025-03-04T23:30:00-05:00").unwrap().to_string(), "2025-03-04");
        assert_eq!(day("2025-03-04T23:30:00.123+0200").unwrap().to_string(), "2025-03-04");
        assert_eq!(read("<time datetime=soon>").extra["published_as_written"], "soon");
    }
}
