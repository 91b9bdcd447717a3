//! A digest as text for a terminal or a mail, no line wider than 100 columns.

use crate::export::digest::words::{
    count, difference, link, plain, quoted, quoted_how_often, said, spread, summary, time, verdict,
};
use crate::query::digest::{Claim, Digest, Entry, Kind, Pair, Print, Section, Side, Verdict};
use std::io::{self, Write};
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// The widest line, in columns of a terminal.
const WIDTH: usize = 100;

/// Writes a digest.
///
/// # Errors
/// Those of `out`.
pub fn write(digest: &Digest, out: &mut dyn Write) -> io::Result<()> {
    let mut page = String::new();
    if digest.sections.is_empty() {
        page.push_str(&format!("nothing new {}\n", time(digest)));
    }
    for section in &digest.sections {
        if !page.is_empty() {
            page.push('\n');
        }
        put(&mut page, ["", ""], &plain(&section.title));
        put(&mut page, ["", ""], &summary(section));
        for (at, entry) in section.entries.iter().enumerate() {
            // Entries of one line each stand close together.
            if at == 0 || section.kind != Kind::Speakers {
                page.push('\n');
            }
            entry_to(&mut page, entry);
        }
        if section.more() > 0 {
            page.push('\n');
            more_to(&mut page, section);
        }
    }
    out.write_all(page.as_bytes())
}

/// How many entries aren't shown, and the command that lists them, whole on a line to be copied.
fn more_to(page: &mut String, section: &Section) {
    let more = format!("and {} more:", section.more());
    if more.width() + 1 + section.command.width() <= WIDTH {
        put(page, ["", ""], &format!("{more} {}", section.command));
    } else {
        put(page, ["", ""], &more);
        put(page, ["", "    "], &section.command);
    }
}

/// Before the first line of an entry, and before its others.
const FIRST: [&str; 2] = ["• ", "  "];
const BELOW: [&str; 2] = ["  ", "  "];
const DEEPER: [&str; 2] = ["  ", "              "];

fn entry_to(page: &mut String, entry: &Entry) {
    match entry {
        Entry::Claim(claim) => claim_to(page, claim),
        Entry::Pair(pair) => pair_to(page, pair),
        Entry::Speaker(speaker) => {
            put(page, FIRST, &format!("{}: {}", plain(&speaker.speaker), quoted_how_often(speaker)));
        }
        Entry::Verdict(verdict) => verdict_to(page, verdict),
    }
}

fn claim_to(page: &mut String, claim: &Claim) {
    put(page, FIRST, &said(claim.speaker.as_deref(), &claim.words));
    let id = claim.claim.as_ref().map(|id| format!(" · {id}")).unwrap_or_default();
    put(page, BELOW, &format!("{}{id}", spread(claim)));
    for print in &claim.shown {
        put(page, DEEPER, &where_printed(print));
        if quoted(&print.words) != quoted(&claim.words) {
            put(page, [DEEPER[1]; 2], &quoted(&print.words));
        }
        // An address in two pieces leads nowhere.
        if let Some(url) = link(print.url.as_deref()).filter(|url| url.width() + DEEPER[1].len() <= WIDTH) {
            put(page, [DEEPER[1]; 2], url);
        }
    }
    if claim.more_prints > 0 {
        let command = claim.claim.as_ref().map(|id| format!(": onrecord claims timeline {id}"));
        let command = command.unwrap_or_default();
        put(page, DEEPER, &format!("and {}{command}", count(claim.more_prints, "more print")));
    }
}

/// The day, the outlet and the title, else the article.
fn where_printed(print: &Print) -> String {
    let date = print.published.as_deref().unwrap_or("no date");
    let named: Vec<String> =
        [&print.outlet, &print.title].into_iter().flatten().map(|name| plain(name)).collect();
    let place = if named.is_empty() { plain(&print.article) } else { named.join(": ") };
    format!("{date:<10}  {place}")
}

fn pair_to(page: &mut String, pair: &Pair) {
    put(page, FIRST, &difference(pair.why));
    for Side { claim, speaker, words, outlet, published, article, .. } in [&pair.a, &pair.b] {
        let date = published.as_deref().unwrap_or("no date");
        let place = plain(outlet.as_ref().unwrap_or(article));
        put(page, DEEPER, &format!("{date:<10}  {}", said(speaker.as_deref(), words)));
        put(page, [DEEPER[1]; 2], &format!("{place} · {claim}"));
    }
}

fn verdict_to(page: &mut String, entry: &Verdict) {
    put(page, FIRST, &said(entry.speaker.as_deref(), &entry.words));
    put(page, BELOW, &verdict(entry));
    if let Some(note) = &entry.note {
        put(page, BELOW, &quoted(note));
    }
    if let Some(url) = link(entry.url.as_deref()).filter(|url| url.width() + BELOW[1].len() <= WIDTH) {
        put(page, BELOW, url);
    }
}

/// Puts words on lines that begin with `before`: the first, and the others. A word wider than a line is cut.
fn put(page: &mut String, before: [&str; 2], words: &str) {
    let mut line = before[0].to_owned();
    let mut is_begun = false;
    // Two spaces stand behind a date: a line is cut at single ones only.
    for word in words.split_inclusive(' ') {
        if is_begun && line.width() + word.trim_end().width() > WIDTH {
            end(page, &mut line, before[1]);
        }
        for letter in word.graphemes(true) {
            if line.width() + letter.width() > WIDTH && letter != " " {
                end(page, &mut line, before[1]);
            }
            line.push_str(letter);
        }
        is_begun = true;
    }
    page.push_str(line.trim_end());
    page.push('\n');
}

fn end(page: &mut String, line: &mut String, before: &str) {
    page.push_str(line.trim_end());
    page.push('\n');
    before.clone_into(line);
}

#[cfg(test)]
mod tests {
    use super::{WIDTH, put};
    use proptest::prelude::*;
    use unicode_width::UnicodeWidthStr;

    #[test]
    fn long_lines_go_on_below() {
        let mut page = String::new();
        put(&mut page, ["• ", "  "], &"word ".repeat(30));
        assert_eq!(page.lines().count(), 2);
        assert!(page.lines().nth(1).is_some_and(|line| line.starts_with("  word")));
    }

    proptest! {
        #[test]
        fn no_line_is_wider(words in "[a-z他 🙂é]{0,400}") {
            let mut page = String::new();
            put(&mut page, ["  ", "              "], &words);
            prop_assert!(page.lines().all(|line| line.width() <= WIDTH), "{page}");
            let letters = |text: &str| text.split([' ', '\n']).collect::<String>();
            prop_assert_eq!(letters(&page), letters(&words));
        }
    }
}
