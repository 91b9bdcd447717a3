//! What a page may cost: counted before it is parsed, in time linear in its length.

use memchr::{memchr, memmem};

/// Open elements at any place. Articles stay below 60.
pub const MAX_DEPTH: usize = 512;
/// Elements of a page, those counted that a parser repeats for `<b>` and the like left open.
pub const MAX_ELEMENTS: usize = 100_000;
/// Attributes of one tag.
pub const MAX_ATTRIBUTES: usize = 250;

/// Refuses pages that no newsroom makes and that a parser would take very long for.
///
/// # Errors
/// Which limit it is beyond: [`MAX_DEPTH`], [`MAX_ELEMENTS`], [`MAX_ATTRIBUTES`].
pub fn check(html: &str) -> Result<(), String> {
    let mut count = Count::default();
    let mut rest = html.as_bytes();
    while let Some(at) = memchr(b'<', rest) {
        rest = count.take(&rest[at + 1..])?;
    }
    Ok(())
}

/// Elements that a parser closes by itself where the next one begins.
const CLOSED_BY_THE_NEXT: [&[u8]; 14] = [
    b"p",
    b"li",
    b"dd",
    b"dt",
    b"td",
    b"th",
    b"tr",
    b"tbody",
    b"thead",
    b"tfoot",
    b"option",
    b"optgroup",
    b"rt",
    b"rp",
];
const VOID: [&[u8]; 14] = [
    b"area", b"base", b"br", b"col", b"embed", b"hr", b"img", b"input", b"link", b"meta", b"param",
    b"source", b"track", b"wbr",
];
/// Elements that a parser opens again behind the end of what they stood in.
const FORMATTING: [&[u8]; 14] = [
    b"a", b"b", b"big", b"code", b"em", b"font", b"i", b"nobr", b"s", b"small", b"strike", b"strong", b"tt",
    b"u",
];
/// Elements whose content is no markup.
const RAW: [&[u8]; 9] =
    [b"script", b"style", b"title", b"textarea", b"xmp", b"iframe", b"noembed", b"noframes", b"noscript"];
/// Elements beyond which an end tag closes nothing.
const WALLS: [&[u8]; 6] = [b"table", b"object", b"template", b"applet", b"marquee", b"button"];

#[derive(Default)]
struct Count<'a> {
    open: Vec<&'a [u8]>,
    formatting: Vec<&'a [u8]>,
    elements: usize,
}

impl<'a> Count<'a> {
    /// Counts the tag whose `<` stands before `rest`, and gives what is behind it.
    fn take(&mut self, rest: &'a [u8]) -> Result<&'a [u8], String> {
        match rest.first() {
            Some(b'!') if rest.starts_with(b"!--") => Ok(behind_comment(&rest[1..])),
            Some(b'!' | b'?') => Ok(behind(rest, b">")),
            Some(b'/') => {
                let name = name(&rest[1..]);
                self.end(name);
                Ok(&rest[1 + name.len()..])
            }
            Some(byte) if byte.is_ascii_alphabetic() => self.start(rest),
            _ => Ok(rest),
        }
    }

    fn start(&mut self, rest: &'a [u8]) -> Result<&'a [u8], String> {
        let name = name(rest);
        let (rest, attributes) = behind_attributes(&rest[name.len()..]);
        if attributes > MAX_ATTRIBUTES {
            return Err(format!(
                "has a tag of more than {MAX_ATTRIBUTES} attributes, so it is no article's page"
            ));
        }
        if let Some(raw) = RAW.iter().find(|raw| raw.eq_ignore_ascii_case(name)) {
            return Ok(behind_raw(rest, raw));
        }
        self.open(name);
        if self.open.len() + self.formatting.len() > MAX_DEPTH {
            return Err(format!(
                "has more than {MAX_DEPTH} elements in one another, so it is no article's page"
            ));
        }
        if self.elements > MAX_ELEMENTS {
            return Err(format!("has more than {MAX_ELEMENTS} elements, so it is no article's page"));
        }
        Ok(rest)
    }

    fn open(&mut self, name: &'a [u8]) {
        let is = |names: &[&[u8]]| names.iter().any(|one| one.eq_ignore_ascii_case(name));
        self.elements += 1;
        if is(&FORMATTING) {
            self.formatting.push(name);
            return;
        }
        self.elements += self.formatting.len();
        // In a drawing nothing is closed by itself.
        let in_drawing = self
            .open
            .iter()
            .any(|open| open.eq_ignore_ascii_case(b"svg") || open.eq_ignore_ascii_case(b"math"));
        if !is(&VOID) && (in_drawing || !is(&CLOSED_BY_THE_NEXT)) {
            self.open.push(name);
        }
    }

    fn end(&mut self, name: &[u8]) {
        if let Some(at) = self.formatting.iter().rposition(|open| open.eq_ignore_ascii_case(name)) {
            self.formatting.remove(at);
            return;
        }
        for at in (0..self.open.len()).rev() {
            if self.open[at].eq_ignore_ascii_case(name) {
                self.open.truncate(at);
                return;
            }
            if WALLS.iter().any(|wall| wall.eq_ignore_ascii_case(self.open[at])) {
                return;
            }
        }
    }
}

fn name(rest: &[u8]) -> &[u8] {
    let end = rest.iter().position(|byte| byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>'));
    &rest[..end.unwrap_or(rest.len())]
}

/// What is behind the `>` of a tag, and how many attributes stand before it.
fn behind_attributes(mut rest: &[u8]) -> (&[u8], usize) {
    let mut attributes = 0;
    let mut is_between = true;
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        match byte {
            b'>' => return (rest, attributes),
            b'=' => {
                let value = rest.trim_ascii_start();
                rest = match value.first() {
                    Some(quote @ (b'"' | b'\'')) => behind(&value[1..], &[*quote]),
                    _ => value,
                };
                is_between = !rest.is_empty() && rest.len() < value.len();
            }
            b'/' => is_between = true,
            _ if byte.is_ascii_whitespace() => is_between = true,
            _ => {
                attributes += usize::from(is_between);
                is_between = false;
            }
        }
    }
    (rest, attributes)
}

fn behind<'a>(rest: &'a [u8], end: &[u8]) -> &'a [u8] {
    memmem::find(rest, end).map_or(&[], |at| &rest[at + end.len()..])
}

fn behind_comment(rest: &[u8]) -> &[u8] {
    // `<!-->` is a whole comment.
    let mut at = 0;
    while let Some(found) = memmem::find(&rest[at..], b"--") {
        at += found + 1;
        let end = &rest[at + 1..];
        if let Some(behind) = end.strip_prefix(b">").or_else(|| end.strip_prefix(b"!>")) {
            return behind;
        }
    }
    &[]
}

fn behind_raw<'a>(rest: &'a [u8], name: &[u8]) -> &'a [u8] {
    let mut at = 0;
    while let Some(found) = memmem::find(&rest[at..], b"</") {
        at += found + 2;
        if rest[at..].get(..name.len()).is_some_and(|end| end.eq_ignore_ascii_case(name)) {
            return &rest[at..];
        }
    }
    &[]
}

#[cfg(test)]
mod tests {
    use super::{MAX_DEPTH, check};

    #[test]
    fn pages_of_newsrooms_pass() {
        let table = "<table><tr><td><p>One<p>Two<br>".repeat(100);
        for page in [&table, &"<p>One <b>two</b> <li>three".repeat(10_000), "", "<", "<b", "</", "a<b c='"] {
            assert_eq!(check(page), Ok(()));
        }
        assert!(check("<script>if (a<b && c<d) x = '<div>'.repeat(9)</script>").is_ok());
        assert!(check(&format!("<!--{}-->", "<div>".repeat(9999))).is_ok());
    }

    #[test]
    fn monsters_are_refused() {
        let deep = |piece: &str| check(&piece.repeat(MAX_DEPTH + 1)).unwrap_err();
        for piece in [
            "<div>",
            "<b>",
            "<table>",
            "<DIV><table><td></div></table>",
            "<div><b></div>",
            "<svg><td>",
            "<!--><i>",
        ] {
            assert!(deep(piece).ends_with("no article's page"), "{piece}");
        }
        assert!(check(&format!("<p {}>", "a=1 b='x y' c ".repeat(100))).unwrap_err().contains("attributes"));
        assert!(check(&"<br>".repeat(100_001)).unwrap_err().contains("100000 elements"));
        let repeated = "<b id=1>".repeat(400) + &"<p>".repeat(400);
        assert!(check(&repeated).unwrap_err().contains("100000 elements"));
    }
}
