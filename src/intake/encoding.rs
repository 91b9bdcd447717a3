//! Bytes to text: UTF-8, UTF-16 with its mark, else what the bytes look like; or a refusal.

use crate::intake::sniff::signature;
use crate::lexicon::intake::Signature;
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::Encoding;
use memchr::memchr;

/// Turns the bytes of a file into text, without a byte order mark.
///
/// UTF-8 is taken as it is. Other bytes are read in the encoding that chardetng, the detector of
/// Firefox, takes them for.
///
/// # Errors
/// What the file is instead of text, and what to do: a file of another kind, NUL bytes, many
/// control characters, or UTF-8 with broken places (read in another encoding it would turn to
/// gibberish in silence).
pub fn decode(bytes: Vec<u8>, signatures: &[Signature]) -> Result<String, String> {
    if let Some((encoding, mark)) = Encoding::for_bom(&bytes) {
        return checked(converted(&bytes[mark..], encoding)?);
    }
    if let Some(kind) = signature(&bytes, signatures) {
        return Err(format!("is {}, not text; {}", kind.what, kind.advice));
    }
    if memchr(0, &bytes).is_some() {
        return Err(
            "has NUL bytes, so it is no text file, or UTF-16 without its mark; save it as UTF-8".to_owned()
        );
    }
    match String::from_utf8(bytes) {
        Ok(text) => checked(text),
        Err(error) => other(error.as_bytes(), error.utf8_error().valid_up_to()),
    }
}

fn other(bytes: &[u8], broken_at: usize) -> Result<String, String> {
    if is_broken_utf8(bytes) {
        return Err(format!(
            "is UTF-8 but for a broken character at byte {broken_at}; save it as UTF-8 again"
        ));
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    checked(converted(bytes, detector.guess(None, Utf8Detection::Deny))?)
}

fn converted(bytes: &[u8], encoding: &'static Encoding) -> Result<String, String> {
    let text = encoding.decode_without_bom_handling_and_without_replacement(bytes);
    let refused =
        || format!("is not text in {} nor in any encoding known; save it as UTF-8", encoding.name());
    Ok(text.ok_or_else(refused)?.into_owned())
}

/// Whether the bytes beyond ASCII are nearly all well-formed UTF-8, which no other encoding is by
/// chance: two bytes in a row seldom are, three (as of a curly mark) hardly ever.
fn is_broken_utf8(bytes: &[u8]) -> bool {
    let weight = |c: char| match c.len_utf8() {
        1 => 0,
        2 => 1,
        _ => 4,
    };
    let (mut good, mut bad) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().map(weight).sum::<usize>();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good > 4 * bad
}

/// Text may hold a stray control character, but not one in a hundred.
fn checked(text: String) -> Result<String, String> {
    let controls =
        text.chars().filter(|&c| c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\x0c')).count();
    if controls * 100 > text.len() {
        return Err(
            "is full of control characters, so it is no text; save the article as text in UTF-8".to_owned()
        );
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::decode;
    use crate::lexicon::intake::IntakeWords;

    fn read(bytes: &[u8]) -> Result<String, String> {
        decode(bytes.to_vec(), &IntakeWords::load().unwrap().signatures)
    }

    fn refusal(bytes: &[u8]) -> String {
        read(bytes).expect_err("the bytes should be refused")
    }

    #[test]
    fn utf8_with_and_without_its_mark() {
        assert_eq!(read("“Déjà vu” 🙂".as_bytes()).unwrap(), "“Déjà vu” 🙂");
        assert_eq!(read(b"\xef\xbb\xbfYes").unwrap(), "Yes");
    }

    #[test]
    fn utf16_with_its_mark() {
        assert_eq!(read(b"\xff\xfeY\0e\0s\0").unwrap(), "Yes");
        assert_eq!(read(b"\xfe\xff\0Y\0e\0s").unwrap(), "Yes");
        assert!(refusal(b"Y\0e\0s\0").contains("UTF-16 without its mark"));
    }

    #[test]
    fn older_encodings_are_detected() {
        let western = b"The caf\xe9 owner said: \x93We won\x92t close,\x94 and went home.";
        assert_eq!(read(western).unwrap(), "The café owner said: “We won’t close,” and went home.");
        let (russian, _, _) = encoding_rs::WINDOWS_1251.encode("Министр сказал, что поезда не ходят.");
        assert_eq!(read(&russian).unwrap(), "Министр сказал, что поезда не ходят.");
        let japanese = "首相は「会談は延期する」と述べた。詳細は明らかにしなかった。";
        let (bytes, _, _) = encoding_rs::SHIFT_JIS.encode(japanese);
        assert_eq!(read(&bytes).unwrap(), japanese);
    }

    #[test]
    fn files_of_other_kinds_are_named() {
        assert!(refusal(b"%PDF-1.7 ...").starts_with("is a PDF"));
        assert!(refusal(b"\x1f\x8b\x08\0\0").contains("unpack it first"));
        assert!(refusal(b"\n<!DOCTYPE html><p>Hello").starts_with("is an HTML page"));
        assert!(refusal(&[1, 2, 3, 4, 5, 6, 7, 8]).contains("control characters"));
    }

    #[test]
    fn broken_utf8_is_not_taken_for_another_encoding() {
        let mut bytes = "“Où est-elle ?” «Là-bas.»".as_bytes().to_vec();
        bytes.extend(b" \xe2\x80");
        assert_eq!(
            refusal(&bytes),
            format!(
                "is UTF-8 but for a broken character at byte {}; save it as UTF-8 again",
                bytes.len() - 2
            )
        );
    }
}
