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

/// Elements that a parser closes by itself where the next one begins, or that stand in none of their kind.
const SHORT: &str = "p li dd dt td th tr tbody thead tfoot option html head body caption colgroup";
const VOID: [&[u8]; 14] = [
    b"area", b"base", b"br", b"col", b"embed", b"hr", b"img", b"input", b"link", b"meta", b"param",
    b"source", b"track", b"wbr",
];
/// Elements that a parser opens again behind the end of what they stood in.
const FORMATTING: [&[u8]; 14] = [
    b"a", b"b", b"big", b"code", b"em", b"font", b"i", b"nobr", b"s", b"small", b"strike", b"strong", b"tt",
    b"u",
];
/// Elements whose content is no markup, but in a drawing.
const RAW: [&[u8]; 8] =
    [b"script", b"style", b"title", b"textarea", b"xmp", b"iframe", b"noembed", b"noframes"];
/// Elements of drawings that may be closed in their own tag; they hold nothing that ends the drawing.
const DRAWN: &str = "svg g defs symbol use path rect circle ellipse line polyline polygon text tspan image \
                     linearGradient radialGradient stop clipPath mask pattern marker animate style";
/// Elements whose end tags close all that is open in them, and that other end tags don't reach beyond.
const SOLID: &str = "address article aside blockquote button center details dialog dir div dl fieldset \
                     figcaption figure footer header hgroup listing main menu nav ol pre search section \
                     select summary ul h1 h2 h3 h4 h5 h6 applet marquee object table template";
/// Those that only stop other end tags.
const STOPS: &str = "form noscript frameset plaintext foreignObject desc title";
/// Elements beyond which an end tag closes nothing.
const WALLS: &str = "table object template applet marquee button";

/// An element that is open.
struct Open<'a> {
    name: &'a [u8],
    stops: Stops,
}

/// Which end tags don't reach beyond an element.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Stops {
    None,
    Ordinary,
    All,
}

#[derive(Default)]
struct Count<'a> {
    open: Vec<Open<'a>>,
    formatting: Vec<&'a [u8]>,
    elements: usize,
    /// Whether something in a drawing may have ended it.
    is_odd: bool,
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
                Ok(behind_attributes(&rest[1 + name.len()..]).behind)
            }
            Some(byte) if byte.is_ascii_alphabetic() => self.start(rest),
            _ => Ok(rest),
        }
    }

    fn start(&mut self, rest: &'a [u8]) -> Result<&'a [u8], String> {
        let name = name(rest);
        let Attributes { behind: rest, count, is_closed } = behind_attributes(&rest[name.len()..]);
        if count > MAX_ATTRIBUTES {
            return Err(format!(
                "has a tag of more than {MAX_ATTRIBUTES} attributes, so it is no article's page"
            ));
        }
        let raw = RAW.iter().find(|raw| raw.eq_ignore_ascii_case(name));
        match (self.drawing(), raw) {
            (None, Some(raw)) => return Ok(behind_raw(rest, raw)),
            (None, None) => self.open(name, is_closed && is_drawing(name)),
            (Some(_), _) => {
                self.is_odd |= !is_one(DRAWN, name);
                self.open(name, is_closed && !self.is_odd);
            }
        }
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

    /// Where the outermost drawing is among the open elements.
    fn drawing(&self) -> Option<usize> {
        self.open.iter().position(|open| is_drawing(open.name))
    }

    fn open(&mut self, name: &'a [u8], is_closed: bool) {
        self.elements += 1;
        if is_in(&FORMATTING, name) {
            self.formatting.push(name);
            return;
        }
        self.elements += self.formatting.len();
        // In a drawing nothing is closed by itself.
        let is_short = self.drawing().is_none() && (is_in(&VOID, name) || is_one(SHORT, name));
        if !is_closed && !is_short {
            let stops = if is_one(WALLS, name) {
                Stops::All
            } else if is_one(SOLID, name) || is_one(STOPS, name) {
                Stops::Ordinary
            } else {
                Stops::None
            };
            self.open.push(Open { name, stops });
        }
    }

    fn end(&mut self, name: &[u8]) {
        let is_it = |open: &Open| open.name.eq_ignore_ascii_case(name);
        if let Some(drawing) = self.drawing() {
            let drawn = self.open[drawing..].iter().rposition(is_it);
            if let (Some(at), false) = (drawn, self.is_odd) {
                return self.open.truncate(drawing + at);
            }
            self.is_odd |= drawn.is_none();
        }
        if let Some(at) = self.formatting.iter().rposition(|open| open.eq_ignore_ascii_case(name)) {
            self.formatting.remove(at);
            return;
        }
        let reach = if is_one(SOLID, name) || name.eq_ignore_ascii_case(b"form") {
            Stops::Ordinary
        } else {
            Stops::None
        };
        let Some(at) = self.open.iter().rposition(|open| is_it(open) || open.stops > reach) else { return };
        if !is_it(&self.open[at]) {
            return;
        }
        // What is open in a form stays so.
        if name.eq_ignore_ascii_case(b"form") {
            self.open.remove(at);
        } else {
            self.open.truncate(at);
        }
    }
}

/// Whether a name is one of those in a list with spaces between.
fn is_one(names: &str, name: &[u8]) -> bool {
    names.split_ascii_whitespace().any(|one| one.as_bytes().eq_ignore_ascii_case(name))
}

fn is_in(names: &[&[u8]], name: &[u8]) -> bool {
    names.iter().any(|one| one.eq_ignore_ascii_case(name))
}

fn is_drawing(name: &[u8]) -> bool {
    is_in(&[b"svg", b"math"], name)
}

fn name(rest: &[u8]) -> &[u8] {
    let end = rest.iter().position(|byte| byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>'));
    &rest[..end.unwrap_or(rest.len())]
}

/// What stands in a tag behind its name.
struct Attributes<'a> {
    behind: &'a [u8],
    count: usize,
    /// Whether it ends with `/>`.
    is_closed: bool,
}

/// Reads up to the `>` of a tag, as the standard says.
fn behind_attributes(mut rest: &[u8]) -> Attributes<'_> {
    let (mut count, mut is_closed, mut at) = (0, false, In::Tag);
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        if byte == b'>' {
            return Attributes { behind: rest, count, is_closed };
        }
        let is_space = byte.is_ascii_whitespace();
        is_closed = byte == b'/' && at != In::Value;
        at = match (at, byte) {
            (In::Value, _) if !is_space => In::Value,
            (In::Name, b'=') => {
                rest = rest.trim_ascii_start();
                match rest.first() {
                    Some(quote @ (b'"' | b'\'')) => {
                        rest = behind(&rest[1..], &[*quote]);
                        In::Tag
                    }
                    _ => In::Value,
                }
            }
            (_, b'/') => In::Tag,
            (In::Name, _) if is_space && rest.trim_ascii_start().starts_with(b"=") => In::Name,
            _ if is_space => In::Tag,
            (at, _) => {
                count += usize::from(at == In::Tag);
                In::Name
            }
        };
    }
    Attributes { behind: rest, count, is_closed }
}

/// What part of a tag a byte stands in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum In {
    Tag,
    Name,
    /// A value without marks around it.
    Value,
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
        match end.strip_prefix(b"!>") {
            Some(behind) if at > 2 => return behind,
            _ => {}
        }
        if let Some(behind) = end.strip_prefix(b">") {
            return behind;
        }
    }
    &[]
}

fn behind_raw<'a>(rest: &'a [u8], name: &[u8]) -> &'a [u8] {
    let mut at = 0;
    while let Some(found) = memmem::find(&rest[at..], b"</") {
        at += found + 2;
        if self::name(&rest[at..]).eq_ignore_ascii_case(name) {
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
        let map = format!("<svg><style>p{{}}</style>{}</svg><svg/>", "<path d='M0 0' />".repeat(2_000));
        assert_eq!(check(&format!("{map}<script>{}</script>", "'<div>'".repeat(999))), Ok(()));
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
            "<rt>",
            "<rp>",
            "<optgroup>",
            "<svg><input>",
            "<svg><p><path/>",
            "<svg><title>",
            "<p b=c\"><div>",
            "<div></p title='</div>'>",
            "<span><div></span>",
            "<form><div></form>",
            "<body><div></body>",
            "<head><div></head>",
            "<caption><div></caption>",
            "<noscript><div></noscript>",
            "<svg><foreignObject><div></svg>",
            "<div><!--!></div>-->",
            "<div><style></styles></div></style>",
        ] {
            assert!(deep(piece).ends_with("no article's page"), "{piece}");
        }
        for start in ["<body><noscript>", "<svg><style>", "<math><title>", "<svg><script>"] {
            assert!(check(&(start.to_owned() + &"<div>".repeat(MAX_DEPTH + 1))).is_err(), "{start}");
        }
        assert!(check(&format!("<p {}>", "a=1 b='x y' c ".repeat(100))).unwrap_err().contains("attributes"));
        assert!(check(&"<br>".repeat(100_001)).unwrap_err().contains("100000 elements"));
        let repeated = "<b id=1>".repeat(400) + &"<p>".repeat(400);
        assert!(check(&repeated).unwrap_err().contains("100000 elements"));
    }
}
