//! XML as documents of word processors use it: names without their prefix, text decoded.

use quick_xml::Reader;
use quick_xml::XmlVersion;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};

/// Elements in one another that a document may have.
const MAX_DEPTH: usize = 1_000;

/// A step through a document.
pub enum Step<'a> {
    Start(&'a str, &'a BytesStart<'a>),
    End(&'a str),
    Text(&'a str),
}

/// Goes through `xml` and hands each step to `take`; an empty element starts and ends. Nothing is told of elements named in
/// `skipped`, nor of what is in them.
///
/// # Errors
/// That the document is damaged, or nested deeper than any real one.
pub fn walk(xml: &str, skipped: &[&str], mut take: impl FnMut(Step)) -> Result<(), String> {
    let damaged = |error: quick_xml::Error| format!("is damaged ({error}); save it again");
    let mut reader = Reader::from_str(xml);
    let (mut depth, mut skipping) = (0, 0);
    loop {
        match reader.read_event().map_err(damaged)? {
            Event::Start(tag) => {
                let name = tag.local_name();
                let name = name.as_ref();
                depth += 1;
                if depth > MAX_DEPTH {
                    return Err(format!(
                        "has more than {MAX_DEPTH} elements in one another, so it is no article"
                    ));
                }
                if skipping > 0 || skipped.contains(&name) {
                    skipping += 1;
                } else {
                    take(Step::Start(name, &tag));
                }
            }
            Event::End(tag) => {
                depth -= 1;
                if skipping > 0 {
                    skipping -= 1;
                } else {
                    take(Step::End(tag.local_name().as_ref()));
                }
            }
            Event::Empty(tag) if skipping == 0 => {
                let name = tag.local_name();
                if !skipped.contains(&name.as_ref()) {
                    take(Step::Start(name.as_ref(), &tag));
                    take(Step::End(name.as_ref()));
                }
            }
            Event::Text(text) if skipping == 0 => take(Step::Text(&text.xml10_content())),
            Event::CData(text) if skipping == 0 => take(Step::Text(&text.xml10_content())),
            Event::GeneralRef(entity) if skipping == 0 => take(Step::Text(&decoded(&entity))),
            Event::Eof if depth > 0 => return Err("is damaged (it ends too early); save it again".to_owned()),
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

fn decoded(entity: &BytesRef) -> String {
    let char = entity.resolve_char_ref().ok().flatten();
    char.map(String::from)
        .or_else(|| resolve_predefined_entity(entity).map(str::to_owned))
        .unwrap_or_default()
}

/// The attribute with this name, whatever its prefix.
pub fn attribute(tag: &BytesStart, name: &str) -> Option<String> {
    let mut attributes = tag.attributes();
    let mut attributes = attributes.with_checks(false).flatten().take(100);
    let attribute = attributes.find(|attribute| attribute.key.local_name().as_ref() == name)?;
    attribute.normalized_value(XmlVersion::Implicit1_0).ok().map(String::from)
}
