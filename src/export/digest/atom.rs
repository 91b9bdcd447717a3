//! A digest as an Atom feed (RFC 4287): an entry for each claim, pair and verdict, and one for the speakers.
//!
//! The id of an entry hangs on the section and the claim, so that a claim which is printed again is the same
//! entry with a later `updated`, and a feed written anew every hour repeats nothing.

use crate::export::digest::html;
use crate::export::digest::words::{count, difference, link, plain, said, spread, time, verdict};
use crate::query::digest::{Digest, Entry, Kind, Section};
use crate::store::hash::of_fields;
use maud::html as markup;
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};
use std::io::{self, Write};

type Xml = Writer<Vec<u8>>;

/// Titles of feed readers have room for about so many characters.
const TITLE: usize = 120;

/// Writes a digest.
///
/// # Errors
/// Those of `out`.
pub fn write(digest: &Digest, out: &mut dyn Write) -> io::Result<()> {
    let entries: Vec<Item> = digest.sections.iter().flat_map(items).collect();
    let updated = entries.iter().map(|item| item.updated.as_str()).max().unwrap_or(&digest.since);
    let mut xml = Writer::new_with_indent(Vec::new(), b' ', 2);
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)))?;
    xml.create_element("feed").with_attribute(("xmlns", "http://www.w3.org/2005/Atom")).write_inner_content(
        |xml| {
            element(xml, "id", &urn(&["feed", &digest.seed]))?;
            element(xml, "title", "onrecord digest")?;
            element(xml, "subtitle", &subtitle(digest))?;
            element(xml, "updated", &moment(updated))?;
            xml.create_element("author").write_inner_content(|xml| element(xml, "name", "onrecord"))?;
            let generator = xml.create_element("generator").with_attribute(("version", VERSION));
            generator.write_text_content(BytesText::new("onrecord"))?;
            entries.iter().try_for_each(|item| write_item(xml, item))
        },
    )?;
    out.write_all(&xml.into_inner())?;
    out.write_all(b"\n")
}

const VERSION: &str = env!("CARGO_PKG_VERSION");

/// What becomes an entry of the feed.
struct Item {
    id: String,
    title: String,
    updated: String,
    link: Option<String>,
    summary: String,
    /// HTML.
    content: String,
    section: String,
}

/// The time, and how much isn't shown.
fn subtitle(digest: &Digest) -> String {
    let state = if digest.sections.is_empty() { "Nothing new" } else { "New" };
    let more = digest.sections.iter().filter(|section| section.more() > 0);
    let more = more.map(|one| format!("; {} more: {}", one.more(), one.command));
    plain(&format!("{state} {}{}", time(digest), more.collect::<String>()))
}

fn items(section: &Section) -> Vec<Item> {
    if section.kind == Kind::Speakers {
        return vec![speakers(section)];
    }
    section.entries.iter().filter_map(|entry| item(section, entry)).collect()
}

fn item(section: &Section, entry: &Entry) -> Option<Item> {
    let (key, title, updated, url, summary) = match entry {
        Entry::Claim(claim) => {
            let first = claim.shown.first();
            let key = claim.claim.clone().or_else(|| first.map(|print| print.quote.clone()))?;
            let url = claim.shown.iter().find_map(|print| link(print.url.as_deref()));
            let title = said(claim.speaker.as_deref(), &claim.words);
            (key, title, &claim.latest, url, spread(claim))
        }
        Entry::Pair(pair) => {
            let key = format!("{} {}", pair.a.claim, pair.b.claim);
            let title = said(pair.b.speaker.as_deref(), &pair.b.words);
            (key, title, &pair.latest, None, difference(pair.why))
        }
        Entry::Verdict(entry) => {
            let title = said(entry.speaker.as_deref(), &entry.words);
            (entry.claim.clone(), title, &entry.latest, link(entry.url.as_deref()), verdict(entry))
        }
        Entry::Speaker(_) => return None,
    };
    Some(Item {
        id: urn(&["entry", &section.seed, &key]),
        title: short(&title),
        updated: updated.clone(),
        link: url.map(str::to_owned),
        summary,
        content: html::entry(entry).into_string(),
        section: plain(&section.title),
    })
}

/// All speakers as one entry, a new one for each day since which is told.
fn speakers(section: &Section) -> Item {
    let day = section.since.split('T').next().unwrap_or_default();
    let list = markup! { ul { @for one in &section.entries { li { (html::entry(one)) } } } };
    Item {
        id: urn(&["entry", &section.seed, day]),
        title: format!("{} since {}", plain(&section.title), section.since),
        updated: section.since.clone(),
        link: None,
        summary: count(section.total, "speaker"),
        content: list.into_string(),
        section: plain(&section.title),
    }
}

fn write_item(xml: &mut Xml, item: &Item) -> io::Result<()> {
    xml.create_element("entry").write_inner_content(|xml| {
        element(xml, "id", &item.id)?;
        element(xml, "title", &item.title)?;
        element(xml, "updated", &moment(&item.updated))?;
        if let Some(url) = &item.link {
            let link = xml.create_element("link").with_attribute(("rel", "alternate"));
            link.with_attribute(("href", url.as_str())).write_empty()?;
        }
        xml.create_element("category").with_attribute(("term", item.section.as_str())).write_empty()?;
        element(xml, "summary", &item.summary)?;
        let content = xml.create_element("content").with_attribute(("type", "html"));
        content.write_text_content(BytesText::new(&item.content)).map(drop)
    })?;
    Ok(())
}

fn element(xml: &mut Xml, name: &str, text: &str) -> io::Result<()> {
    xml.create_element(name).write_text_content(BytesText::new(text)).map(drop)
}

/// A day alone is its beginning.
fn moment(when: &str) -> String {
    if when.contains('T') { when.to_owned() } else { format!("{when}T00:00:00Z") }
}

fn short(title: &str) -> String {
    match title.char_indices().nth(TITLE) {
        Some((end, _)) => format!("{}…", title[..end].trim_end()),
        None => title.to_owned(),
    }
}

/// A name that is the same whenever it is made of the same fields: a UUID of version 8 (RFC 9562).
fn urn(fields: &[&str]) -> String {
    let fields: Vec<Option<&str>> = fields.iter().copied().map(Some).collect();
    let hash = of_fields(&fields);
    let mut hex: Vec<u8> = hash[..16].to_vec();
    hex[6] = hex[6] & 0x0f | 0x80;
    hex[8] = hex[8] & 0x3f | 0x80;
    let hex: String = hex.iter().map(|byte| format!("{byte:02x}")).collect();
    let [a, b, c, d, e] = [&hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..]];
    format!("urn:uuid:{a}-{b}-{c}-{d}-{e}")
}

#[cfg(test)]
mod tests {
    use super::urn;

    #[test]
    fn an_id_hangs_on_its_fields() {
        let id = urn(&["entry", "watch 1", "c1"]);
        assert_eq!(id, urn(&["entry", "watch 1", "c1"]));
        assert_ne!(id, urn(&["entry", "watch 1c1", ""]));
        assert_eq!((id.len(), &id[9 + 14..9 + 15]), (45, "8"), "{id}");
    }
}
