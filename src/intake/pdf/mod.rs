//! PDF files that hold text.

pub mod extraction;
pub mod layout;

use crate::intake::Parts;
use crate::intake::dates;
use crate::intake::headers::Header;
use crate::intake::html::metadata::byline;
use crate::intake::html::paragraphs;
use crate::lexicon::intake::IntakeWords;
use crate::model::Markup;

/// Reads a PDF file: the text of its pages, put together to paragraphs, without the lines that repeat at their tops and bottoms.
///
/// Takes at most [`extraction::TIME_LIMIT`].
///
/// # Errors
/// Why there is no article in it: no PDF, damaged, locked, a scan without text, or it takes too long.
pub fn read(bytes: &[u8], words: &IntakeWords) -> Result<Parts, String> {
    let extracted = extraction::extract(bytes)?;
    let text = layout::text(&extracted.pages);
    if !text.chars().any(char::is_alphanumeric) {
        return Err("has no text layer; run OCR on it first".to_owned());
    }
    let date = extracted.created.as_deref().and_then(iso);
    let header = Header {
        title: extracted.title.filter(|title| !is_file_name(title)),
        byline: extracted.author.as_deref().and_then(byline),
        published: date.and_then(|date| dates::date(&date, words)),
        ..Header::default()
    };
    Ok(Parts { header, markup: Markup::Html, body: paragraphs(&text) })
}

/// `D:20250304231000-05'00'` as `2025-03-04`.
fn iso(date: &str) -> Option<String> {
    let digits = date.strip_prefix("D:").unwrap_or(date).get(..8)?;
    digits
        .bytes()
        .all(|byte| byte.is_ascii_digit())
        .then(|| format!("{}-{}-{}", &digits[..4], &digits[4..6], &digits[6..]))
}

/// «Microsoft Word - statement.docx», as programs put in.
fn is_file_name(title: &str) -> bool {
    let end = title.rsplit('.').next().unwrap_or_default();
    !title.contains(' ') && end.len() < title.len() || title.starts_with("Microsoft Word - ")
}

#[cfg(test)]
mod tests {
    use super::read;
    use crate::intake::Parts;
    use crate::lexicon::intake::IntakeWords;
    use flate2::Compression;
    use flate2::read::ZlibEncoder;
    use std::io::Read;

    /// A PDF with one stream of content a page, and whatever `more` adds to its objects.
    fn pdf(pages: &[String], more: &str, trailer: &str) -> Vec<u8> {
        let mut objects = vec![
            "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
            {
                let kids: String = (0..pages.len()).map(|page| format!("{} 0 R ", 10 + 2 * page)).collect();
                format!("<</Type/Pages/Kids[{kids}]/Count {}/MediaBox[0 0 600 800]>>", pages.len())
            },
            format!(
                "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding/FirstChar 32/LastChar 255/Widths[{}]>>",
                "500 ".repeat(224)
            ),
            "<</Title(Ferry stops)/Author(By Ann Reyes)/CreationDate(D:20250304231000-05'00')>>".to_owned(),
            more.to_owned(),
        ];
        objects.resize(9, "null".to_owned());
        for (at, page) in pages.iter().enumerate() {
            objects.push(format!(
                "<</Type/Page/Parent 2 0 R/Resources<</Font<</F 3 0 R>>/XObject<</X 5 0 R>>>>/Contents {} 0 R>>",
                11 + 2 * at
            ));
            objects.push(format!("<</Length {}>>stream\n{page}\nendstream", page.len()));
        }
        let mut pdf = b"%PDF-1.4\n".to_vec();
        let mut places = Vec::new();
        for (at, object) in objects.iter().enumerate() {
            places.push(pdf.len());
            pdf.extend(format!("{} 0 obj\n{object}\nendobj\n", at + 1).bytes());
        }
        let start = pdf.len();
        pdf.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).bytes());
        places.iter().for_each(|place| pdf.extend(format!("{place:010} 00000 n \n").bytes()));
        let size = objects.len() + 1;
        pdf.extend(
            format!("trailer<</Size {size}/Root 1 0 R/Info 4 0 R{trailer}>>\nstartxref\n{start}\n%%EOF")
                .bytes(),
        );
        pdf
    }

    /// A page of lines; an empty line is a gap.
    fn page(lines: &[&str]) -> String {
        let line = |(at, line): (usize, &&str)| {
            format!("BT /F 10 Tf 50 {} Td ({line}) Tj ET\n", 750 - 12 * at as i32)
        };
        lines.iter().enumerate().filter(|(_, line)| !line.is_empty()).map(line).collect()
    }

    fn document(bytes: &[u8]) -> Result<Parts, String> {
        read(bytes, &IntakeWords::load().unwrap())
    }

    #[test]
    fn lines_are_joined_to_paragraphs_and_what_repeats_is_dropped() {
        let pages = [
            page(&[
                "Harbour Post 4 March",
                "",
                "The harbour ferry will stop running in June for re-",
                "pairs. The repairs take a year.",
                "",
                "\\223We looked at it,\\224 said Mara Quill, who runs the",
                "",
                "Page 1 of 3",
            ]),
            page(&[
                "Harbour Post 4 March",
                "",
                "port. She left.",
                "",
                "The council meets soon.",
                "",
                "Page 2 of 3",
            ]),
            page(&["Harbour Post 4 March", "", "It was late.", "", "Page 3 of 3"]),
        ];
        let parts = document(&pdf(&pages, "null", "")).unwrap();
        assert_eq!(
            parts.body,
            "<p>The harbour ferry will stop running in June for repairs. The repairs take a year.</p>\n\
             <p>“We looked at it,” said Mara Quill, who runs the port. She left.</p>\n<p>The council meets soon.</p>\n<p>It was late.</p>\n"
        );
        assert_eq!(parts.header.title.as_deref(), Some("Ferry stops"));
        assert_eq!(parts.header.byline.as_deref(), Some("Ann Reyes"));
        assert_eq!(parts.header.published.unwrap().to_string(), "2025-03-04");
    }

    #[test]
    fn a_scan_says_so() {
        let scan = pdf(&["q 600 0 0 800 0 0 cm Q".to_owned()], "null", "");
        assert_eq!(document(&scan).unwrap_err(), "has no text layer; run OCR on it first");
    }

    #[test]
    fn what_is_no_pdf_or_locked_is_refused() {
        assert!(document(b"").unwrap_err().starts_with("is no PDF"));
        assert!(document(b"%PDF-1.4\n%%EOF").unwrap_err().starts_with("is damaged"));
        let locked = pdf(
            &[page(&["Text"])],
            "<</Filter/Standard/V 1/R 2/O(aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa)/U(aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa)/P -4>>",
            "/Encrypt 5 0 R/ID[(a)(a)]",
        );
        assert!(document(&locked).unwrap_err().contains("password"), "{}", document(&locked).unwrap_err());
    }

    #[test]
    fn what_would_never_end_is_refused() {
        let form = |resources: &str| {
            format!(
                "<</Type/XObject/Subtype/Form/BBox[0 0 1 1]{resources}/Length 5>>stream\n/X Do\nendstream"
            )
        };
        for resources in ["/Resources<</XObject<</X 5 0 R>>>>", ""] {
            assert!(document(&pdf(&["/X Do".to_owned()], &form(resources), "")).is_err());
        }
        let mut looped = String::from_utf8(pdf(&[page(&["Text"])], "null", "")).unwrap();
        looped = looped.replace("/MediaBox[0 0 600 800]", "/Parent 2 0 R         ");
        assert!(document(looped.as_bytes()).is_err());
        let streams = [b"%PDF-1.4\n".as_slice(), &b"stream\n\x78\x9c\0\0\0\xff\xff".repeat(50_000)].concat();
        assert!(document(&streams).is_err());
        assert!(document(&[b"%PDF-1.4\n1 0 obj ".as_slice(), &b"[".repeat(200_000)].concat()).is_err());
    }

    fn zlib(bytes: &[u8], level: u32) -> Vec<u8> {
        let mut packed = Vec::new();
        ZlibEncoder::new(bytes, Compression::new(level)).read_to_end(&mut packed).unwrap();
        packed
    }

    fn ascii85(bytes: &[u8]) -> Vec<u8> {
        let mut text = Vec::new();
        for group in bytes.chunks(4) {
            let mut four = [0; 4];
            four[..group.len()].copy_from_slice(group);
            let number = u32::from_be_bytes(four);
            let digits = [4, 3, 2, 1, 0].map(|power| (number / 85_u32.pow(power) % 85) as u8 + b'!');
            text.extend(&digits[..=group.len()]);
        }
        [text.as_slice(), b"~>"].concat()
    }

    /// A PDF whose only page is `content`, packed as `filters` say.
    fn packed(filters: &str, content: &[u8]) -> Vec<u8> {
        let mark = "@".repeat(content.len());
        let mut pdf = pdf(std::slice::from_ref(&mark), "null", "");
        let at = memchr::memmem::find(&pdf, format!("stream\n{mark}").as_bytes()).unwrap();
        pdf[at + 7..][..content.len()].copy_from_slice(content);
        // Its object is the last; what is behind it is found without the table.
        let filter = format!("/Filter{filters}");
        let dict = memchr::memmem::rfind(&pdf[..at], b"<<").unwrap() + 2;
        pdf.splice(dict..dict, filter.bytes());
        let text = memchr::memmem::rfind(&pdf, b"startxref\n").unwrap() + 10;
        let end = format!("{}\n%%EOF", memchr::memmem::rfind(&pdf, b"\nxref\n").unwrap() + 1);
        pdf.truncate(text);
        pdf.extend(end.bytes());
        pdf
    }

    #[test]
    fn streams_are_unpacked_where_their_size_is_counted() {
        let text = page(&["The ferry will stop running in June."]).into_bytes();
        for (filters, content) in [
            ("/FlateDecode", zlib(&text, 0)),
            ("[/FlateDecode]", zlib(&text, 9)),
            ("[/ASCII85Decode/FlateDecode]", ascii85(&zlib(&text, 6))),
        ] {
            let read = document(&packed(filters, &content));
            assert_eq!(read.unwrap().body, "<p>The ferry will stop running in June.</p>\n", "{filters}");
        }
        let twice = zlib(&zlib(&text, 6), 6);
        for (filters, content) in [("[/FlateDecode/FlateDecode]", &twice), ("/LZWDecode", &text)] {
            let error = document(&packed(filters, content)).err().unwrap();
            assert!(error.contains("hide a bomb"), "{filters}: {error}");
        }
    }

    #[test]
    fn bombs_are_counted_whatever_begins_them() {
        let bomb = zlib(&vec![b' '; 257 << 20], 6);
        let mut odd = bomb.clone();
        odd[..2].copy_from_slice(&[0x38, 0x11]);
        let twice = zlib(&bomb, 6);
        let in_text = ascii85(&bomb);
        for (filters, content) in [
            ("/FlateDecode", &bomb),
            ("/FlateDecode", &odd),
            ("[/FlateDecode/FlateDecode]", &twice),
            ("[/ASCII85Decode/FlateDecode]", &in_text),
        ] {
            let error = document(&packed(filters, content)).err().unwrap();
            assert!(error.contains("256 MiB unpacked"), "{filters}: {error}");
        }
    }

    #[test]
    fn a_cut_file_is_no_panic() {
        let whole = pdf(&[page(&["Some text of it."])], "null", "");
        for end in (0..whole.len()).step_by(37) {
            let _ = document(&whole[..end]);
            let mut broken = whole.clone();
            broken[end] = b'<';
            let _ = document(&broken);
        }
    }
}
