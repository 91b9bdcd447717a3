//! One statement or suggestion as it is shown to whoever judges it.

use crate::cli::table::shortened;
use crate::cli::tally::counted;
use crate::cli::visible::{one_line, visible};
use crate::query::claims::ClaimRow;
use crate::query::quotes::QuoteRow;
use crate::query::suggestions::{Suggested, SuggestionRow};
use anstyle::{AnsiColor, Style};
use std::fmt::Write;

const BOLD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();
const WORDS: Style = AnsiColor::Green.on_default();

/// Characters of the article shown before and behind a statement, and inside where the writer breaks in.
const AROUND: usize = 300;
/// Characters of a title.
const TITLE: usize = 80;

/// What can be typed at a statement, and at a suggestion.
pub const STATEMENT_KEYS: &str =
    "y right · 1-9 one of these · s another speaker · n no quote · e other words · k skip · u undo · q quit";
pub const SUGGESTION_KEYS: &str = "y yes, they are · n no · k skip · u undo · q quit";
pub const CLAIM_KEYS: &str = "y the same claim · n not the same · k skip · u undo · q quit";

// Writing to a string can't fail: the results of `write!` below are dropped for that reason.

/// Two claims that may be one, the earlier one first.
pub fn claims(pair: &(ClaimRow, ClaimRow), score: f64) -> String {
    let mut card = format!("Do they say the same? · {score:.2}\n");
    for claim in [&pair.0, &pair.1] {
        let speaker = one_line(claim.speaker.as_deref().unwrap_or("speaker unknown"));
        let first = claim.appearances.first();
        let place = first.map_or("–", |print| print.outlet.as_deref().unwrap_or(&print.article));
        let date = claim.first_seen.as_deref().unwrap_or("–");
        let prints = counted(u64::try_from(claim.prints).unwrap_or(0), "print");
        let known = format!("{date} · {} · {prints}", shortened(one_line(place), TITLE));
        let _ = writeln!(card, "  {BOLD}{speaker}{BOLD:#} {DIM}· {known} · {}{DIM:#}", claim.id);
        let words = shortened(one_line(&claim.text), 2 * AROUND);
        let _ = writeln!(card, "    {WORDS}{words}{WORDS:#}");
    }
    card
}

/// A statement with what stands around it, and whom the program weighed.
pub fn statement(row: &QuoteRow, text: &str) -> String {
    let mut card = String::new();
    let known = [&row.outlet, &row.published, &row.title];
    let mut known: Vec<String> =
        known.into_iter().flatten().map(|words| shortened(one_line(words), TITLE)).collect();
    if known.is_empty() {
        known.push(one_line(&row.article));
    }
    let _ = writeln!(card, "{DIM}{}{DIM:#}", known.join(" · "));
    let _ = writeln!(card, "{}", context(row, text));
    let speaker = match (&row.speaker, &row.source) {
        (Some(name), Some(source)) if **name != **source => {
            format!("{} («{}»)", one_line(name), one_line(source))
        }
        (Some(name), _) => one_line(name),
        (None, Some(source)) => format!("«{}», whoever that is", one_line(source)),
        (None, None) => "nobody is named".to_owned(),
    };
    let role = row.role.as_deref().map(|role| format!(", {}", one_line(role))).unwrap_or_default();
    let cue = row.cue.as_deref().map(|cue| format!(" · «{}»", one_line(cue))).unwrap_or_default();
    let sure = row.confidence.map(|sure| format!(" · {sure:.2}")).unwrap_or_default();
    let _ = writeln!(card, "{BOLD}{speaker}{BOLD:#}{role} · {}{cue}{sure}", row.kind);
    for ((name, sure), number) in row.runners_up.iter().zip(1..10) {
        let _ = writeln!(card, "  {number}  {} {sure:.2}", one_line(name));
    }
    card
}

/// The words of a statement among those around them, on one line.
fn context(row: &QuoteRow, text: &str) -> String {
    let mut line = String::new();
    let mut done = 0;
    for (at, part) in row.parts.iter().enumerate() {
        let range = part.range();
        let before = text.get(done..range.start).unwrap_or_default();
        let before = if at == 0 { ending(before) } else { middle(before) };
        let words = text.get(range.clone()).unwrap_or_default();
        let _ = write!(line, "{}{WORDS}⟦{}⟧{WORDS:#}", visible(&before), visible(words));
        done = range.end;
    }
    let after = text.get(done..).unwrap_or_default();
    line.push_str(&visible(&shortened(after.to_owned(), AROUND)));
    line.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn ending(words: &str) -> String {
    match words.char_indices().rev().nth(AROUND) {
        Some((start, letter)) => format!("…{}", words[start + letter.len_utf8()..].trim_start()),
        None => words.to_owned(),
    }
}

fn middle(words: &str) -> String {
    if words.chars().count() <= 2 * AROUND { words.to_owned() } else { " […] ".to_owned() }
}

/// A suggestion with its reasons.
pub fn suggestion(row: &SuggestionRow) -> String {
    let name = one_line(&row.name);
    let asked = match (&row.other, &row.by) {
        (Some((_, other)), _) => {
            format!("Are {BOLD}{name}{BOLD:#} and {BOLD}{}{BOLD:#} one?", one_line(other))
        }
        (None, Some(by)) => format!("Is {BOLD}{name}{BOLD:#} somebody else as «{}»?", one_line(by)),
        (None, None) => format!("{BOLD}{name}{BOLD:#}"),
    };
    let what = if row.what == Suggested::Split { "the roles are" } else { "because" };
    format!("{asked}\n  {what}: {} ({} articles)\n", one_line(&row.why), row.articles)
}
