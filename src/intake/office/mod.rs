//! Documents of word processors: DOCX and ODT.

pub mod docx;
pub mod odt;
pub mod properties;
pub mod xml;

use crate::intake::Parts;
use crate::intake::html::blocks::push;
use crate::lexicon::intake::IntakeWords;
use crate::model::{Markup, ParagraphKind};
use std::io::{Cursor, Read};
use zip::ZipArchive;
use zip::result::ZipError;

/// Bytes that the parts of a document may have unpacked, all together.
const MAX_UNPACKED: u64 = 64 << 20;

/// Reads a DOCX or ODT file; which of them it is, its contents tell.
///
/// Footnotes, comments, text frames and what tracked changes deleted are left out. The day it was made is its date.
///
/// # Errors
/// Why there is no article in it: it is another kind of file, locked with a password, damaged, larger than 64 MiB unpacked or
/// without text.
pub fn read(bytes: &[u8], words: &IntakeWords) -> Result<Parts, String> {
    let mut package = Package::open(bytes)?;
    let (document, properties) = if let Some(content) = package.part("word/document.xml")? {
        let styles = package.part("word/styles.xml")?.unwrap_or_default();
        (docx::read(&content, &styles)?, package.part("docProps/core.xml")?)
    } else if let Some(content) = package.part("content.xml")? {
        let styles = package.part("styles.xml")?.unwrap_or_default();
        (odt::read(&content, &styles)?, package.part("meta.xml")?)
    } else {
        return Err("is a zip archive without a document of a word processor in it; unpack it".to_owned());
    };
    let mut header = properties.map(|xml| properties::header(&xml, words)).unwrap_or_default();
    header.title = header.title.or(document.title);
    let mut body = String::new();
    for (kind, text) in &document.paragraphs {
        push(&mut body, *kind, text);
    }
    if body.is_empty() {
        return Err("has no text, so there is nothing to find in it".to_owned());
    }
    Ok(Parts { header, markup: Markup::Html, body })
}

/// The text of a document.
#[derive(Default)]
pub struct Written {
    /// A paragraph in the style «Title», which isn't among the others.
    pub title: Option<String>,
    pub paragraphs: Vec<(ParagraphKind, String)>,
}

impl Written {
    /// Adds a paragraph, its style by the name it has in English in lower case.
    pub fn add(&mut self, text: &str, style: &str, is_item: bool) {
        let text = text.trim();
        if text.is_empty() {
            return;
        }
        let kind = match style {
            "title" if self.title.is_none() && self.paragraphs.is_empty() => {
                self.title = Some(text.split_whitespace().collect::<Vec<_>>().join(" "));
                return;
            }
            "title" | "subtitle" => ParagraphKind::Heading,
            _ if style.starts_with("heading") => ParagraphKind::Heading,
            "quote" | "intense quote" | "quotations" | "block text" => ParagraphKind::BlockQuote,
            _ if is_item || style.starts_with("list ") => ParagraphKind::Bullet,
            _ => ParagraphKind::Body,
        };
        self.paragraphs.push((kind, text.to_owned()));
    }
}

struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    left: u64,
}

impl<'a> Package<'a> {
    fn open(bytes: &'a [u8]) -> Result<Self, String> {
        if bytes.starts_with(b"\xd0\xcf\x11\xe0") {
            return Err(
                "is an old Office document, or one locked with a password; save it as DOCX or ODT".to_owned()
            );
        }
        let archive = ZipArchive::new(Cursor::new(bytes))
            .map_err(|error| format!("is no document that can be opened ({error}); save it again"))?;
        Ok(Self { archive, left: MAX_UNPACKED })
    }

    /// The text of one part, if it is there.
    fn part(&mut self, name: &str) -> Result<Option<String>, String> {
        let part = match self.archive.by_name(name) {
            Ok(part) => part,
            Err(ZipError::FileNotFound) => return Ok(None),
            Err(error) => return Err(damaged(name, &error.to_string())),
        };
        let mut bytes = Vec::new();
        part.take(self.left + 1)
            .read_to_end(&mut bytes)
            .map_err(|error| damaged(name, &error.to_string()))?;
        self.left = self.left.checked_sub(bytes.len() as u64).ok_or_else(|| {
            format!("is larger than {} MiB unpacked, so it is no article", MAX_UNPACKED >> 20)
        })?;
        String::from_utf8(bytes).map(Some).map_err(|_| damaged(name, "it is not UTF-8"))
    }
}

fn damaged(name: &str, why: &str) -> String {
    format!("is damaged or locked at {name} ({why}); save it again, without a password")
}

#[cfg(test)]
mod tests {
    use super::read;
    use crate::intake::Parts;
    use crate::lexicon::intake::IntakeWords;
    use proptest::prelude::*;
    use std::io::{Cursor, Write};
    use zip::write::SimpleFileOptions;

    fn package(parts: &[(&str, &str)]) -> Vec<u8> {
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, text) in parts {
            zip.start_file(*name, SimpleFileOptions::default()).unwrap();
            zip.write_all(text.as_bytes()).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    fn document(parts: &[(&str, &str)]) -> Result<Parts, String> {
        read(&package(parts), &IntakeWords::load().unwrap())
    }

    fn p(style: &str, runs: &str) -> String {
        format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr>{runs}</w:p>")
    }

    fn r(text: &str) -> String {
        format!("<w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r>")
    }

    #[test]
    fn a_docx() {
        let body = [
            p("Titre", &r("Ferry stops")),
            p("berschrift1", &r("The port")),
            p("Normal", &(r("“We looked at every other way,” ") + &r("said Mara Quill &amp; Co&#46;"))),
            p(
                "Normal",
                &format!(
                    "{}<w:del><w:r><w:delText>old</w:delText><w:t>old</w:t></w:r></w:del><w:ins>{}</w:ins>\
                <w:r><w:br/><w:t>line</w:t><w:footnoteReference w:id=\"1\"/></w:r>",
                    r("It has "),
                    r("new")
                ),
            ),
            p("Quote", &r("Nobody asked us.")),
            "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"0\"/></w:numPr></w:pPr><w:r><w:t>A bus</w:t></w:r></w:p>"
                .to_owned(),
            "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Cell</w:t></w:r></w:p></w:tc></w:tr></w:tbl>".to_owned(),
            format!(
                "<w:p><w:r><mc:AlternateContent><mc:Choice><w:drawing><a:p><a:t>Box</a:t></a:p></w:drawing></mc:Choice>\
                <mc:Fallback><w:pict><w:p>{}</w:p></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>",
                r("Box")
            ),
        ];
        let text =
            format!("<?xml version=\"1.0\"?><w:document><w:body>{}</w:body></w:document>", body.concat());
        let styles = "<w:styles><w:style w:styleId=\"Titre\"><w:name w:val=\"Title\"/></w:style>\
            <w:style w:styleId=\"berschrift1\"><w:name w:val=\"heading 1\"/></w:style></w:styles>";
        let core = "<cp:coreProperties><dc:creator>Ann Reyes</dc:creator><dc:title></dc:title>\
            <dcterms:created>2025-03-04T23:10:00Z</dcterms:created><dcterms:modified>2025-03-09T00:00:00Z</dcterms:modified>\
            <dc:language>en-GB</dc:language></cp:coreProperties>";
        let parts = document(&[
            ("word/document.xml", &text),
            ("word/styles.xml", styles),
            ("docProps/core.xml", core),
        ])
        .unwrap();
        assert_eq!(
            parts.body,
            "<h2>The port</h2>\n<p>“We looked at every other way,” said Mara Quill &amp; Co.</p>\n<p>It has new<br>line</p>\n\
             <blockquote>Nobody asked us.</blockquote>\n<li>A bus</li>\n<p>Cell</p>\n"
        );
        assert_eq!(parts.header.title.as_deref(), Some("Ferry stops"));
        assert_eq!(parts.header.byline.as_deref(), Some("Ann Reyes"));
        assert_eq!(parts.header.published.unwrap().to_string(), "2025-03-04");
        assert_eq!(parts.header.language.as_deref(), Some("en-gb"));
    }

    #[test]
    fn an_odt() {
        let text = "<office:document-content><office:automatic-styles><style:style style:name=\"P3\" \
            style:parent-style-name=\"Quotations\"/></office:automatic-styles><office:body><office:text><text:tracked-changes>\
            <text:changed-region><text:deletion><text:p>gone</text:p></text:deletion></text:changed-region></text:tracked-changes>\
            <text:h text:outline-level=\"1\">The <text:span>port</text:span></text:h>\
            <text:p>One<text:s text:c=\"2\"/>two<text:note><text:note-body><text:p>note</text:p></text:note-body></text:note><text:line-break/>three</text:p>\
            <text:list><text:list-item><text:p>A bus</text:p></text:list-item></text:list><text:p text:style-name=\"P3\">No one asked.</text:p>\
            <text:p><office:annotation><text:p>comment</text:p></office:annotation>End.</text:p></office:text></office:body></office:document-content>";
        let meta = "<office:document-meta><office:meta><dc:title>Ferry</dc:title><meta:initial-creator>Tom Vries</meta:initial-creator>\
            <dc:creator>Desk</dc:creator><meta:creation-date>2024-02-29T08:00:00.123</meta:creation-date></office:meta></office:document-meta>";
        let parts = document(&[
            ("mimetype", "application/vnd.oasis.opendocument.text"),
            ("content.xml", text),
            ("meta.xml", meta),
        ])
        .unwrap();
        assert_eq!(
            parts.body,
            "<h2>The port</h2>\n<p>One  two<br>three</p>\n<li>A bus</li>\n<blockquote>No one asked.</blockquote>\n<p>End.</p>\n"
        );
        assert_eq!(parts.header.title.as_deref(), Some("Ferry"));
        assert_eq!(parts.header.byline.as_deref(), Some("Tom Vries"));
        assert_eq!(parts.header.published.unwrap().to_string(), "2024-02-29");
    }

    #[test]
    fn what_is_no_document_is_refused() {
        let refused = |parts: &[(&str, &str)]| document(parts).unwrap_err();
        let words = IntakeWords::load().unwrap();
        assert!(read(b"PK\x03\x04 and nothing", &words).unwrap_err().starts_with("is no document"));
        assert!(read(b"\xd0\xcf\x11\xe0", &words).unwrap_err().starts_with("is an old Office document"));
        assert!(refused(&[("a.txt", "a")]).starts_with("is a zip archive without"));
        assert!(refused(&[("word/document.xml", "<w:document/>")]).starts_with("has no text"));
        assert!(refused(&[("word/document.xml", "<w:p><w:t>a</w:q>")]).starts_with("is damaged"));
    }

    #[test]
    fn bombs_do_not_go_off() {
        let zeros = " ".repeat(65 << 20);
        assert!(document(&[("word/document.xml", &zeros)]).unwrap_err().starts_with("is larger than 64 MiB"));
        let deep = "<w:p><w:r><w:t>a".repeat(200_000);
        assert!(document(&[("word/document.xml", &deep)]).is_err());
        let deep = "<text:p><text:note>".repeat(200_000);
        assert!(document(&[("content.xml", &deep)]).is_err());
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn any_document_is_read_or_refused(
            pieces in prop::collection::vec(
                prop::sample::select(vec![
                    "<w:p>", "</w:p>", "<w:t>", "</w:t>", "<w:pStyle w:val='Quote'/>", "<w:del>", "</w:del>", "<text:p text:style-name='P1'>", "</text:p>",
                    "<text:s text:c='-1'/>", "<text:s text:c='99999999999'/>", "<style:style style:name='P1' style:parent-style-name='P1'/>", "&amp;", "&#xD800;",
                    "&x;", "<![CDATA[<]]>", "<!--", "-->", "word “and” ", "<w:p/>", "<?x?>", "<w:br/>", "<a b=>", "<", "é",
                ]),
                0..30,
            )
        ) {
            let text = pieces.concat();
            for name in ["word/document.xml", "content.xml"] {
                let _ = document(&[(name, &text), ("styles.xml", &text), ("meta.xml", &text)]);
            }
        }
    }
}
