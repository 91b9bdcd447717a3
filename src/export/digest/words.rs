//! The words of a digest, the same in every format that people read.

use crate::query::claims::pairs::CONTESTED;
use crate::query::digest::{Claim, Digest, Kind, Section, Speaker, Verdict};
use unicode_segmentation::UnicodeSegmentation;

/// So much of a statement is shown, in characters as people count them.
const LONGEST: usize = 400;

/// `words` on one line, without what would steer a terminal, turn the direction of writing, or is no
/// character of XML.
pub fn plain(words: &str) -> String {
    let kept = words.chars().map(|letter| if letter.is_whitespace() { ' ' } else { letter });
    let kept: String = kept.filter(|&letter| !is_odd(letter)).collect();
    kept.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// As [`plain`], cut where it is long.
pub fn quoted(words: &str) -> String {
    let words = plain(words);
    match words.grapheme_indices(true).nth(LONGEST) {
        Some((end, _)) => format!("{}…", words[..end].trim_end()),
        None => words,
    }
}

fn is_odd(letter: char) -> bool {
    let turns_direction = matches!(letter,
        '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let is_none = matches!(letter, '\u{fdd0}'..='\u{fdef}') || u32::from(letter) & 0xfffe == 0xfffe;
    letter.is_control() || turns_direction || is_none
}

/// An address that can stand in a link: of the web, and nothing else.
pub fn link(url: Option<&str>) -> Option<&str> {
    let url = url?;
    let (scheme, rest) = url.split_once("://")?;
    let is_web = scheme.eq_ignore_ascii_case("https") || scheme.eq_ignore_ascii_case("http");
    let is_plain = !url.chars().any(|c| c.is_whitespace() || is_odd(c) || "<>\"\\^`{|}".contains(c));
    (is_web && is_plain && rest.starts_with(char::is_alphanumeric)).then_some(url)
}

/// `1 print`, `2 prints`.
pub fn count(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}

/// From when to when a digest is.
pub fn time(digest: &Digest) -> String {
    let until = digest.until.as_ref().map(|until| format!(" until {until}")).unwrap_or_default();
    format!("since {}{until}", digest.since)
}

/// What stands below the title of a section.
pub fn summary(section: &Section) -> String {
    let noun = match section.kind {
        Kind::Watch | Kind::Claims => "claim",
        Kind::Changed | Kind::Conflicts => "pair",
        Kind::Speakers => "speaker",
        Kind::Verdicts => "verdict",
    };
    let prints = section.prints.map(|prints| format!("{} of ", count(prints, "new print")));
    format!("{}{} since {}", prints.unwrap_or_default(), count(section.total, noun), section.since)
}

/// Outlets named in one line.
const NAMED: usize = 8;

/// How far a claim was spread.
pub fn spread(claim: &Claim) -> String {
    let names = claim.printed_in.iter().take(NAMED).map(|name| plain(name)).collect::<Vec<_>>().join(", ");
    let rest = claim.printed_in.len().saturating_sub(NAMED);
    let rest = if rest > 0 { format!(" and {rest} more") } else { String::new() };
    let names = if names.is_empty() { names } else { format!(" ({names}{rest})") };
    let age = if claim.is_new { "new" } else { "printed before" };
    let status = if claim.status == "open" { "" } else { &format!(" · {}", claim.status.replace('_', " ")) };
    let outlets = count(claim.outlets, "outlet");
    let prints = count(claim.prints, if claim.is_new { "print" } else { "new print" });
    format!("{age} · {outlets}{names} · {prints}{status}")
}

/// What somebody was quoted with.
pub fn quoted_how_often(speaker: &Speaker) -> String {
    format!("{} of {}", count(speaker.prints, "new print"), count(speaker.claims, "claim"))
}

/// What a verdict says, and who gave it.
pub fn verdict(verdict: &Verdict) -> String {
    let says = verdict.rating.as_deref().map_or_else(|| verdict.status.replace('_', " "), plain);
    format!("{says} · {} · {} · {}", plain(&verdict.reviewer), verdict.date, verdict.claim)
}

/// What two claims side by side differ in.
pub fn difference(why: &str) -> String {
    match why {
        CONTESTED => "the same words of two speakers".to_owned(),
        why => format!("they differ in a {why}"),
    }
}

/// Whose words they are, and the words.
pub fn said(speaker: Option<&str>, words: &str) -> String {
    let speaker = speaker.map_or_else(|| "Speaker unknown".to_owned(), plain);
    format!("{speaker}: {}", quoted(words))
}

#[cfg(test)]
mod tests {
    use super::{link, plain, quoted};

    #[test]
    fn what_steers_is_left_out() {
        assert_eq!(plain("red \u{1b}[31m\r\nbell\u{7}\u{202e}\u{ffff}\u{0}"), "red [31m bell");
        assert_eq!(plain("«Ça va» 他说 🙂"), "«Ça va» 他说 🙂");
    }

    #[test]
    fn long_statements_are_cut_between_characters() {
        assert_eq!(quoted(&"é".repeat(400)), "é".repeat(400));
        assert_eq!(quoted(&"é".repeat(401)), format!("{}…", "é".repeat(400)));
    }

    #[test]
    fn only_addresses_of_the_web_are_links() {
        for url in ["https://herald.example/a?b=c&d", "HTTP://a.example", "https://münchen.example/ä"] {
            assert_eq!(link(Some(url)), Some(url));
        }
        for url in [
            "javascript:alert(1)",
            "javascript://x",
            "/etc/x",
            "https://",
            "https://a b",
            "http://a/\"><x",
            "data:x",
        ] {
            assert_eq!(link(Some(url)), None, "{url}");
        }
    }
}
