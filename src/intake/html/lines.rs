//! Paragraphs that are no part of the article's text: «Read more: …», the title once more, the byline.

use crate::intake::dates;
use crate::intake::headers::{Header, by_line};
use crate::intake::html::blocks::Block;
use crate::lexicon::intake::{HeaderField, IntakeWords};
use crate::model::ParagraphKind;
use jiff::civil::Date;

/// Words of the longest such paragraph.
const LONGEST: usize = 30;
/// Paragraphs at the top among which the title and byline may stand once more.
const TOP: usize = 6;

/// Drops such paragraphs, and headings behind which no text is left. A byline or date at the top that the page has told
/// nowhere else goes into `header`.
pub fn remove(blocks: &mut Vec<Block>, header: &mut Header, words: &IntakeWords) {
    let mut at = 0;
    blocks.retain(|block| {
        at += 1;
        let repeats = at <= TOP && (repeats(&block.text, header, words) || tells(&block.text, header));
        !repeats && !is_furniture(block, words) && block.text.chars().any(char::is_alphanumeric)
    });
    while blocks.last().is_some_and(|block| block.kind == ParagraphKind::Heading) {
        blocks.pop();
    }
}

fn is_furniture(block: &Block, words: &IntakeWords) -> bool {
    let count = block.text.split_whitespace().take(LONGEST + 1).count();
    if count > LONGEST || block.kind == ParagraphKind::BlockQuote {
        return false;
    }
    let is_linked = block.links * 2 >= block.text.len();
    // «“Share this,” she said»
    if block.text.contains(['“', '"', '«', '„', '‘']) && !is_linked {
        return false;
    }
    let is_open = count <= 8
        && block.kind != ParagraphKind::Heading
        && !block.text.trim_end().ends_with(['.', '!', '?', '”', '"', '’', '»']);
    let text = block.text.to_lowercase();
    let text = text.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '©');
    let starts = text.char_indices().map(|(at, _)| at).chain([text.len()]).skip(1).take(60);
    starts.into_iter().any(|end| {
        let (start, rest) = text.split_at(end);
        let ends_word = !rest.starts_with(char::is_alphanumeric);
        ends_word
            && words.furniture.get(start.trim_end()).is_some_and(|furniture| {
                let is_led = rest.starts_with(':') || start.ends_with(':') || rest.trim().is_empty();
                furniture.line || (furniture.lead && (is_linked || is_led || is_open))
            })
    }) || is_menu(block, is_linked)
}

/// Nothing but links, in a list or without a sentence's end: tags, «More stories».
fn is_menu(block: &Block, is_linked: bool) -> bool {
    let is_sentence = block.text.ends_with(['.', '!', '?', '”', '"', '’']);
    let all = block.links * 10 >= block.text.len() * 9 && block.kind != ParagraphKind::Heading;
    is_linked && all && (block.kind == ParagraphKind::Bullet || !is_sentence)
}

fn repeats(text: &str, header: &mut Header, words: &IntakeWords) -> bool {
    let letters = |text: &str| -> String {
        text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    if text.len() > 300 {
        return false;
    }
    let whole = letters(text);
    let is_title = header.title.as_deref().is_some_and(|title| letters(title) == whole);
    let bylines = header.byline.as_deref().map(letters).unwrap_or_default();
    let named = whole.strip_prefix("by").unwrap_or(&whole);
    let is_byline = !bylines.is_empty() && named == bylines;
    let date = date(text, words);
    if let (None, Some(Some(date))) = (header.published, date) {
        header.published = Some(date);
    }
    is_title || is_byline || date.is_some()
}

/// Takes a byline or a date where there is none yet.
fn tells(text: &str, header: &mut Header) -> bool {
    if let (None, Some(names)) = (&header.byline, by_line(text)) {
        header.byline = Some(names.to_owned());
        return true;
    }
    false
}

/// `Published 22 October 2025`, `Oct. 22, 2025 at 8:15 am`, `22 October 2025 | Updated 3 hours ago`.
///
/// The first date in it, if it can be read.
fn date(text: &str, words: &IntakeWords) -> Option<Option<Date>> {
    if text.len() > 120 {
        return None;
    }
    let mut first = None;
    for part in text.split(['|', '·', '•', '\n']).map(str::trim) {
        let value = behind_label(part, words).unwrap_or(part);
        let is_ago = value.len() < part.len()
            && value.contains(|c: char| c.is_ascii_digit())
            && value.split_whitespace().count() <= 8
            && !value.ends_with('.');
        let date = dates::date(value, words);
        if !is_ago && date.is_none() {
            return None;
        }
        first = first.or(date);
    }
    Some(first)
}

/// What stands behind `Published`, `Last updated on`, `Date:`.
fn behind_label<'a>(part: &'a str, words: &IntakeWords) -> Option<&'a str> {
    let ends = part.char_indices().filter(|(_, c)| !c.is_alphabetic()).map(|(at, _)| at).take(3);
    let is_label = |end: &usize| {
        let field = words.labels.get(part[..*end].to_lowercase().as_str());
        matches!(field, Some(HeaderField::Published | HeaderField::Other))
    };
    let end = ends.filter(is_label).last()?;
    let value = part[end..].trim_start_matches([':', ' ']);
    Some(value.strip_prefix("on ").unwrap_or(value))
}
