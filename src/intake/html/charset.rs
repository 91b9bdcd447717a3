//! The encoding of a page.

use crate::intake::encoding;
use encoding_rs::{Encoding, UTF_8};
use std::borrow::Cow;

/// Bytes of a page in which its encoding is looked for.
const PEEK: usize = 4096;

/// Turns the bytes of a page into text.
///
/// A byte order mark comes first; then well-formed UTF-8 is taken for UTF-8, whatever the page says: browsers
/// save pages as UTF-8 and leave the old name in them. Then come `charset` (the server's word), the page's own
/// (`<meta charset>`, `<?xml encoding>`), and last a guess. A character broken in the encoding that the page
/// names becomes U+FFFD, as in a browser.
///
/// # Errors
/// When it is no text: see [`encoding::decode`], or one character in a hundred is broken.
pub fn decode(bytes: &[u8], charset: Option<&str>) -> Result<String, String> {
    let named =
        charset.and_then(|name| Encoding::for_label(name.trim().as_bytes())).or_else(|| declared(bytes));
    let has_mark = Encoding::for_bom(bytes).is_some();
    let is_utf8 = std::str::from_utf8(bytes).is_ok() && !bytes.contains(&0x1b);
    match named {
        Some(encoding) if !has_mark && !is_utf8 => checked(encoding.decode_without_bom_handling(bytes).0),
        _ => encoding::decode(bytes.to_vec(), &[]),
    }
}

/// The encoding that the page names. One that names UTF-16 in ASCII letters isn't in it.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let start = bytes[..bytes.len().min(PEEK)].to_ascii_lowercase();
    let names = [&b"charset="[..], b"encoding="];
    let at = names.iter().find_map(|name| Some(memchr::memmem::find(&start, name)? + name.len()))?;
    let label = start[at..].trim_ascii_start();
    let label =
        label.strip_prefix(b"\"").or_else(|| label.strip_prefix(b"'")).unwrap_or(label).trim_ascii_start();
    let end = label.iter().position(|&byte| !(byte.is_ascii_alphanumeric() || b"-_.:".contains(&byte)));
    let encoding = Encoding::for_label(&label[..end.unwrap_or(label.len())])?;
    Some(if encoding.is_ascii_compatible() || encoding.name() == "ISO-2022-JP" { encoding } else { UTF_8 })
}

fn checked(text: Cow<str>) -> Result<String, String> {
    let broken = text.matches('\u{fffd}').count();
    if text.contains('\0') || broken * 100 > text.len() {
        return Err("is not text in the encoding that it names; save the page again, as UTF-8".to_owned());
    }
    Ok(text.into_owned())
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[test]
    fn an_encoding_is_found_where_it_is_named() {
        let western = b"<meta charset=windows-1252><p>\x93Caf\xe9\x94";
        assert!(decode(western, None).unwrap().ends_with("“Café”"));
        let named =
            b"<meta http-equiv='Content-Type' content='text/html; charset=\"iso-8859-2\"'><p>Wa\xb3\xeasa";
        assert!(decode(named, None).unwrap().ends_with("Wałęsa"));
        assert_eq!(decode(b"Wa\xb3\xeasa", Some("ISO-8859-2")).unwrap(), "Wałęsa");
        assert_eq!(decode(b"caf\xe9 \x93no\x94 and more of it", None).unwrap(), "café “no” and more of it");
    }

    #[test]
    fn saved_as_utf8_under_an_old_name() {
        let page = "<meta charset=\"windows-1252\"><p>“Café”";
        assert_eq!(decode(page.as_bytes(), Some("iso-8859-1")).unwrap(), page);
        assert!(decode(b"<meta charset=utf-16><p>Yes", None).is_ok());
    }

    #[test]
    fn a_broken_character_is_shown_as_one() {
        let page =
            [b"<meta charset=utf-8>".as_slice(), &b"<p>All is well. ".repeat(20), b"\xe2\x80"].concat();
        assert!(decode(&page, None).unwrap().ends_with('\u{fffd}'));
        assert!(decode(b"<meta charset=utf-8>\xff\xff\xff\xff\xff", None).is_err());
    }
}
