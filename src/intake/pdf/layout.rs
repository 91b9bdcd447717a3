//! From the lines of printed pages to paragraphs.

use std::collections::{HashMap, HashSet};

/// Lines at the top and at the bottom of a page that may be its header or footer.
const EDGE: usize = 2;

/// Puts the lines of pages together to paragraphs, which a blank line sets apart.
///
/// Lines that stand at the top or bottom of most pages, and page numbers, are dropped. A paragraph ends at a gap, or with a
/// sentence that ends well before the edge; one that a page cuts in the middle of a sentence goes on behind it. A
/// hyphen at the end of a line goes, unless both halves stand in the text as words and the whole doesn't.
pub fn text(pages: &[String]) -> String {
    let repeated = repeated(pages);
    let pages: Vec<Vec<&str>> = pages.iter().map(|page| lines(page, &repeated)).collect();
    let is_spaced = is_spaced(&pages);
    let width = width(&pages);
    let words: HashSet<&str> =
        pages.iter().flatten().flat_map(|line| line.split(|c: char| !c.is_alphanumeric())).collect();
    let mut text = String::new();
    for page in &pages {
        let mut gap = false;
        let mut is_first = true;
        for line in page {
            if line.is_empty() {
                gap = !is_first && !is_spaced;
                continue;
            }
            let ends = text.trim_end_matches(LINE_END).ends_with(['.', '!', '?', ':', '”', '"', '’', ')']);
            let last = last_line_width(&text);
            let is_new = gap || (ends && (is_first || last * 4 < width * 3));
            if is_new && !text.is_empty() {
                text.push_str("\n\n");
            } else {
                join(&mut text, line, &words);
            }
            text.push_str(line);
            text.push(LINE_END);
            (gap, is_first) = (false, false);
        }
    }
    text.replace(LINE_END, "")
}

/// Marks where a line ended; no text holds it.
const LINE_END: char = '\u{fdd0}';

fn last_line_width(text: &str) -> usize {
    text.trim_end_matches(LINE_END).rsplit([LINE_END, '\n']).next().unwrap_or_default().chars().count()
}

/// Prepares the end of `text` for `line` to be written behind it.
fn join(text: &mut String, line: &str, words: &HashSet<&str>) {
    if text.is_empty() {
        return;
    }
    let end = text.trim_end_matches(LINE_END);
    let next = line.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let half = end.strip_suffix(['-', '\u{2010}', '\u{ad}']).and_then(|end| {
        end.rsplit(|c: char| !c.is_alphanumeric()).next().filter(|half| half.ends_with(char::is_lowercase))
    });
    let Some(half) = half.filter(|_| next.starts_with(char::is_lowercase)) else {
        text.push(' ');
        return;
    };
    let whole = format!("{half}{next}");
    let is_compound = !words.contains(whole.as_str()) && half.len() > 2 && words_beside(words, half, next);
    if !is_compound {
        let hyphen = text.trim_end_matches(LINE_END).chars().next_back().map_or(0, char::len_utf8);
        let end = text.trim_end_matches(LINE_END).len() - hyphen;
        text.replace_range(end..end + hyphen, "");
    }
}

/// Whether both halves stand in the text by themselves: they always do once, where they are cut.
fn words_beside(words: &HashSet<&str>, half: &str, next: &str) -> bool {
    let capital = |word: &str| {
        let mut chars = word.chars();
        chars.next().map(|first| first.to_uppercase().chain(chars).collect::<String>())
    };
    [half, next].iter().all(|word| capital(word).is_some_and(|word| words.contains(word.as_str())))
}

/// The lines of a page without its header and footer.
fn lines<'a>(page: &'a str, repeated: &HashSet<String>) -> Vec<&'a str> {
    let mut lines: Vec<&str> = page.lines().map(str::trim).collect();
    let written: Vec<usize> = (0..lines.len()).filter(|&at| !lines[at].is_empty()).collect();
    let edges = written.iter().take(EDGE).chain(written.iter().rev().take(EDGE));
    for &at in edges {
        let shape = shape(lines[at]);
        if repeated.contains(&shape) || is_page_number(&shape) {
            lines[at] = "";
        }
    }
    let start = lines.iter().position(|line| !line.is_empty()).unwrap_or(lines.len());
    lines.split_off(start)
}

/// A line with its numbers made alike.
fn shape(line: &str) -> String {
    line.chars().filter(|c| !c.is_whitespace()).map(|c| if c.is_ascii_digit() { '#' } else { c }).collect()
}

fn is_page_number(shape: &str) -> bool {
    let has_number = shape.contains('#') && shape.len() <= 20;
    let letters: String = shape.chars().filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase).collect();
    has_number && matches!(letters.as_str(), "" | "page" | "pageof" | "of" | "p")
}

/// The shapes of lines that stand at the edges of at least three pages, and of half of all.
fn repeated(pages: &[String]) -> HashSet<String> {
    let mut counts: HashMap<String, usize> = HashMap::new();
    for page in pages {
        let lines: Vec<&str> = page.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        let edges: HashSet<String> =
            lines.iter().take(EDGE).chain(lines.iter().rev().take(EDGE)).map(|line| shape(line)).collect();
        edges.into_iter().for_each(|shape| *counts.entry(shape).or_default() += 1);
    }
    counts.retain(|_, count| *count >= 3 && *count * 2 >= pages.len());
    counts.into_keys().collect()
}

/// Whether a gap stands behind nearly every line, so that it tells nothing.
fn is_spaced(pages: &[Vec<&str>]) -> bool {
    let pairs = pages.iter().flat_map(|page| page.windows(2));
    let (mut gaps, mut direct) = (0, 0);
    for pair in pairs {
        match (pair[0].is_empty(), pair[1].is_empty()) {
            (false, true) => gaps += 1,
            (false, false) => direct += 1,
            _ => {}
        }
    }
    gaps > 10 && direct * 10 < gaps
}

/// Characters of a full line: nine in ten are no longer.
fn width(pages: &[Vec<&str>]) -> usize {
    let mut widths: Vec<usize> =
        pages.iter().flatten().map(|line| line.chars().count()).filter(|width| *width > 0).collect();
    widths.sort_unstable();
    widths.get(widths.len() * 9 / 10).copied().unwrap_or(0)
}
