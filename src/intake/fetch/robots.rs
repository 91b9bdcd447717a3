//! What a site's robots.txt lets onrecord read (RFC 9309).
//!
//! The `robotstxt` crate reads the lines, with the misspellings that are common in such files. Rules are matched here:
//! its own matching takes memory and time that grow with the product of a pattern's and an address's length.

use crate::intake::fetch::ROBOTS_NAME;
use robotstxt::{RobotsParseHandler, parse_robotstxt};
use std::time::Duration;
use url::{Position, Url};

/// The part of a robots.txt that is read, in bytes.
pub(crate) const MAX_ROBOTS_BYTES: usize = 500 << 10;

/// The rules of one site for onrecord.
#[derive(Clone, PartialEq, Debug, Default)]
pub(crate) struct Robots {
    rules: Vec<Rule>,
    /// What the site asks to wait between two requests.
    pub(crate) delay: Option<Duration>,
}

#[derive(Clone, PartialEq, Eq, Debug)]
struct Rule {
    verdict: Verdict,
    /// Beginning of a path; `*` stands for anything, a final `$` for the end of the path.
    pattern: String,
}

/// The later one counts where two rules are as long as each other.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Verdict {
    Disallow,
    Allow,
}

impl Robots {
    /// Reads the first [`MAX_ROBOTS_BYTES`] of a robots.txt; anything at all is one.
    pub(crate) fn read(bytes: &[u8]) -> Self {
        let mut lines = Lines::default();
        parse_robotstxt(&in_ascii(whole_lines(bytes)), &mut lines);
        if lines.named.is_there { lines.named.robots } else { lines.any.robots }
    }

    /// About how many bytes of memory the rules take.
    pub(crate) fn weight(&self) -> usize {
        self.rules.iter().map(|rule| size_of::<Rule>() + rule.pattern.len()).sum()
    }

    /// Whether onrecord may read the page: the longest rule that fits counts.
    pub(crate) fn allows(&self, url: &Url) -> bool {
        let path = normal(&url[Position::BeforePath..Position::AfterQuery]);
        let fitting = self.rules.iter().filter(|rule| fits(&rule.pattern, &path));
        let longest = fitting.max_by_key(|rule| (rule.pattern.len(), rule.verdict));
        longest.is_none_or(|rule| rule.verdict == Verdict::Allow)
    }
}

/// The file without the line that the limit cuts in two.
fn whole_lines(bytes: &[u8]) -> &[u8] {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if bytes.len() <= MAX_ROBOTS_BYTES {
        return bytes;
    }
    let start = &bytes[..MAX_ROBOTS_BYTES];
    let end = start.iter().rposition(|&byte| byte == b'\n' || byte == b'\r').unwrap_or(0);
    &start[..end]
}

/// Bytes beyond ASCII as they stand in addresses, `%C3%A9`. The crate would cut long lines of others within a
/// character, which panics.
fn in_ascii(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    for &byte in bytes {
        if byte.is_ascii() {
            text.push(char::from(byte));
        } else {
            text.push_str(&format!("%{byte:02X}"));
        }
    }
    text
}

/// A path or pattern with each character written in one way: `%7e` and `%7E` become `~`, `%c3` becomes `%C3`.
fn normal(path: &str) -> String {
    let mut rest = path;
    let mut normal = String::with_capacity(path.len());
    while let Some(start) = rest.find('%') {
        normal.push_str(&rest[..start]);
        rest = &rest[start + 1..];
        let byte = rest.get(..2).and_then(|digits| u8::from_str_radix(digits, 16).ok());
        match byte {
            Some(byte) if is_unreserved(byte) => normal.push(char::from(byte)),
            Some(byte) => normal.push_str(&format!("%{byte:02X}")),
            None => normal.push('%'),
        }
        rest = if byte.is_some() { &rest[2..] } else { rest };
    }
    normal + rest
}

fn is_unreserved(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~')
}

/// Whether `path` begins as `pattern` says. Taking each part at its first place is enough, and linear.
fn fits(pattern: &str, path: &str) -> bool {
    let (pattern, to_the_end) = match pattern.strip_suffix('$') {
        Some(pattern) => (pattern, true),
        None => (pattern, false),
    };
    let (first, others) =
        pattern.split_once('*').map_or((pattern, None), |(first, rest)| (first, Some(rest)));
    let Some(mut rest) = path.strip_prefix(first) else { return false };
    let Some(others) = others else { return !to_the_end || rest.is_empty() };
    let (middle, last) = others.rsplit_once('*').unwrap_or(("", others));
    for part in middle.split('*') {
        match rest.find(part) {
            Some(place) => rest = &rest[place + part.len()..],
            None => return false,
        }
    }
    if to_the_end { rest.ends_with(last) } else { rest.contains(last) }
}

/// The groups of a file, as its lines come.
#[derive(Debug, Default)]
struct Lines {
    named: Group,
    any: Group,
    /// Whether rules have come since the last line that names a program.
    in_rules: bool,
}

/// The groups of one name, taken together.
#[derive(Debug, Default)]
struct Group {
    is_there: bool,
    /// Whether the lines that come now belong to it.
    is_open: bool,
    robots: Robots,
}

impl Group {
    fn open(&mut self) {
        self.is_there = true;
        self.is_open = true;
    }
}

impl Lines {
    fn open_groups(&mut self) -> impl Iterator<Item = &mut Robots> {
        [&mut self.named, &mut self.any]
            .into_iter()
            .filter(|group| group.is_open)
            .map(|group| &mut group.robots)
    }

    fn rule(&mut self, verdict: Verdict, pattern: &str) {
        self.in_rules = true;
        if pattern.is_empty() {
            return;
        }
        let rule = Rule { verdict, pattern: normal(pattern) };
        self.open_groups().for_each(|robots| robots.rules.push(rule.clone()));
    }
}

impl RobotsParseHandler for Lines {
    fn handle_robots_start(&mut self) {}

    fn handle_robots_end(&mut self) {}

    fn handle_user_agent(&mut self, _line: u32, name: &str) {
        if self.in_rules {
            self.in_rules = false;
            self.named.is_open = false;
            self.any.is_open = false;
        }
        let end = name.find(|c: char| !(c.is_ascii_alphabetic() || matches!(c, '-' | '_')));
        if name.starts_with('*') {
            self.any.open();
        } else if name[..end.unwrap_or(name.len())].eq_ignore_ascii_case(ROBOTS_NAME) {
            self.named.open();
        }
    }

    fn handle_allow(&mut self, _line: u32, pattern: &str) {
        self.rule(Verdict::Allow, pattern);
    }

    fn handle_disallow(&mut self, _line: u32, pattern: &str) {
        self.rule(Verdict::Disallow, pattern);
    }

    fn handle_sitemap(&mut self, _line: u32, _address: &str) {}

    fn handle_unknown_action(&mut self, _line: u32, action: &str, value: &str) {
        if !action.eq_ignore_ascii_case("crawl-delay") {
            return;
        }
        let seconds = value.parse().ok().and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
        self.open_groups().for_each(|robots| robots.delay = robots.delay.max(seconds));
    }
}

#[cfg(test)]
mod tests {
    use super::{MAX_ROBOTS_BYTES, Robots, fits};
    use std::time::{Duration, Instant};
    use url::Url;

    fn allows(robots: &str, path: &str) -> bool {
        Robots::read(robots.as_bytes()).allows(&Url::parse(&format!("https://a.example{path}")).unwrap())
    }

    #[test]
    fn the_longest_rule_counts() {
        let robots =
            "User-agent: *\nDisallow: /news\nAllow: /news/open\nDisallow: /*.pdf$\nAllow: /a\nDisallow: /a\n";
        for (path, expected) in [
            ("/", true),
            ("/news", false),
            ("/newsletter", false),
            ("/news/open/b", true),
            ("/b.pdf", false),
            ("/b.pdf?x", true),
            ("/a", true),
            ("/NEWS", true),
            ("/%6Eews", false),
            ("/sport?/news", true),
        ] {
            assert_eq!(allows(robots, path), expected, "{path}");
        }
    }

    #[test]
    fn a_group_of_our_own_replaces_that_of_all() {
        let robots =
            "User-agent: *\nDisallow: /\n\nUser-agent: Other\nUser-agent: OnRecord/2.0\nDisallow: /b\n";
        assert!(allows(robots, "/a"));
        assert!(!allows(robots, "/b"));
        assert!(allows("User-agent: onrecord\nDisallow:\n\nUser-agent: *\nDisallow: /\n", "/a"));
        assert!(allows("User-agent: onrecordings\nDisallow: /\n", "/a"));
        assert!(!allows(
            "User-agent: onrecord\nAllow: /\nUser-agent: x\nDisallow: /\nUser-agent: onrecord\nDisallow: /a\n",
            "/a"
        ));
    }

    #[test]
    fn lines_that_are_no_rules_end_no_group() {
        let robots = "User-agent: onrecord\nCrawl-delay: 2\nSitemap: https://a.example/s\nUser-agent: x\nDisallow: /a\n";
        assert!(!allows(robots, "/a"));
        assert_eq!(Robots::read(robots.as_bytes()).delay, Some(Duration::from_secs(2)));
        for text in ["-1", "x", "", "1e400", "nan"] {
            assert_eq!(
                Robots::read(format!("User-agent: *\nCrawl-delay: {text}\n").as_bytes()).delay,
                None,
                "{text}"
            );
        }
    }

    #[test]
    fn marks_misspellings_and_other_letters_are_read() {
        assert!(!allows("\u{feff}User-agent: *\nDisallow: /\n", "/a"));
        assert!(!allows("user agent: *\rdisalow: /a # all of it\r", "/a/b"));
        assert!(!allows("User-agent: *\nDisallow: /café\n", "/caf%c3%a9"));
        assert!(!allows("User-agent: *\nDisallow: /caf%c3%a9\n", "/café"));
        assert!(!allows("User-agent: *\nDisallow: /~ann\n", "/%7Eann"));
        assert!(allows("<html><body>Not found: /a</body></html>", "/a"));
        assert!(allows("Disallow: /\n", "/a"));
        Robots::read(b"\xff\xfe\0%\0%a\nUser-agent: *\nDisallow: %\nDisallow: %e\nDisallow: %c3%\n");
    }

    #[test]
    fn patterns_fit_from_the_beginning() {
        for (pattern, path, expected) in [
            ("/", "/a", true),
            ("/a$", "/a", true),
            ("/a$", "/ab", false),
            ("*b", "/ab", true),
            ("/*/c", "/a/b/c", true),
            ("/*/c$", "/a/c/c", true),
            ("/a*a$", "/a", false),
            ("/*a*", "/bab", true),
            ("/a**b", "/ab", true),
            ("$", "/", false),
            ("*$", "/a", true),
            ("/*b*d", "/abcd", true),
            ("/*d*b", "/abcd", false),
        ] {
            assert_eq!(fits(pattern, path), expected, "{pattern} {path}");
        }
    }

    #[test]
    fn a_hostile_file_costs_little() {
        let start = Instant::now();
        let path = format!("/{}", "a".repeat(8000));
        let head = "User-agent: *\nDisallow: /";
        assert!(allows(&format!("{head}{}b", "*a".repeat(200_000)), &path));
        allows(&format!("{head}{}", "é".repeat(300_000)), "/x");
        allows(
            &format!("User-agent: *\n{}", "é".repeat(20_000).as_str().to_owned() + "\nDisallow: /b\n"),
            "/x",
        );
        assert!(allows(&format!("User-agent: *\n{}", "Disallow: *b\n".repeat(40_000)), &path));
        assert!(start.elapsed() < Duration::from_secs(10), "{:?}", start.elapsed());
    }

    #[test]
    fn the_line_at_the_limit_is_left_out() {
        let mut robots = format!("User-agent: *\nDisallow: /a\n#{}\n", "x".repeat(MAX_ROBOTS_BYTES - 40));
        robots.push_str("Disallow: /news/old\nDisallow: /b\n");
        assert!(robots.len() > MAX_ROBOTS_BYTES);
        assert!(!allows(&robots, "/a"));
        assert!(allows(&robots, "/b") && allows(&robots, "/news"));
    }
}
