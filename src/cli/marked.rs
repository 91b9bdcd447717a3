//! One article with its statements marked, for `onrecord show`.

use crate::cli::visible::{one_line, visible};
use crate::model::{QuoteKind, QuoteState};
use crate::query::articles::ArticleRow;
use crate::query::quotes::QuoteRow;
use anstyle::{AnsiColor, Reset, Style};
use std::fmt::Write;

/// How the words of a statement are told from the rest.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Marks {
    Colours,
    /// `⟦…⟧`, where there are no colours.
    Brackets,
}

/// The article as it is printed: what is known about it, its text with every statement marked and
/// numbered, and the list of statements with all that is known about them.
pub fn marked(article: &ArticleRow, text: &str, quotes: &[QuoteRow], marks: Marks) -> String {
    let mut page = String::new();
    head(&mut page, article);
    body(&mut page, text, quotes, marks);
    page.push_str("\n\n");
    for (number, quote) in (1..).zip(quotes) {
        page.push_str(&entry(number, quote));
    }
    page
}

const BOLD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();

const fn style(kind: QuoteKind) -> Style {
    match kind {
        QuoteKind::Direct => AnsiColor::Green.on_default(),
        QuoteKind::Mixed => AnsiColor::Yellow.on_default(),
        QuoteKind::Indirect => AnsiColor::Cyan.on_default(),
        QuoteKind::Scare => Style::new(),
    }
}

// Writing to a string can't fail: the results of `write!` below are dropped for that reason.

fn head(page: &mut String, article: &ArticleRow) {
    let title = article.title.as_deref().unwrap_or(&article.key);
    let _ = writeln!(page, "{BOLD}{}{BOLD:#}", one_line(title));
    let known = [&article.outlet, &article.published, &article.byline, &article.url];
    let known: Vec<String> = known.into_iter().flatten().map(|words| one_line(words)).collect();
    if !known.is_empty() {
        let _ = writeln!(page, "{DIM}{}{DIM:#}", known.join(" · "));
    }
    page.push('\n');
}

/// Where a part of a statement begins or ends.
// Ordered by place; at one place what ends comes before what begins, the inner end before the
// outer one and the outer beginning before the inner one.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Edge {
    at: usize,
    turn: Turn,
    /// Index of the quote, and of the part in it.
    quote: usize,
    part: usize,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Turn {
    /// Ordered by the part's length: short ones end first.
    End(usize),
    /// Ordered by the part's end: long ones begin first.
    Begin(std::cmp::Reverse<usize>),
}

fn edges(quotes: &[QuoteRow]) -> Vec<Edge> {
    let mut edges = Vec::new();
    for (quote, row) in quotes.iter().enumerate() {
        for (part, span) in row.parts.iter().enumerate() {
            let range = span.range();
            let begin = Turn::Begin(std::cmp::Reverse(range.end));
            edges.push(Edge { at: range.start, turn: begin, quote, part });
            edges.push(Edge { at: range.end, turn: Turn::End(range.len()), quote, part });
        }
    }
    edges.sort_unstable();
    edges
}

fn body(page: &mut String, text: &str, quotes: &[QuoteRow], marks: Marks) {
    let mut done = 0;
    // The statements that run on at this place, the innermost last.
    let mut open: Vec<usize> = Vec::new();
    for edge in edges(quotes) {
        page.push_str(&visible(&text[done..edge.at]));
        done = edge.at;
        match edge.turn {
            Turn::Begin(_) => open.push(edge.quote),
            Turn::End(_) => open.retain(|&quote| quote != edge.quote),
        }
        match (marks, edge.turn) {
            (Marks::Brackets, Turn::Begin(_)) => page.push('⟦'),
            (Marks::Brackets, Turn::End(_)) => page.push('⟧'),
            (Marks::Colours, _) => {
                let outer = open.last().map(|&quote| style(quotes[quote].kind)).unwrap_or_default();
                let _ = write!(page, "{}{outer}", Reset);
            }
        }
        if matches!(edge.turn, Turn::End(_)) {
            tag(page, edge, &quotes[edge.quote]);
        }
    }
    page.push_str(&visible(&text[done..]));
}

/// What stands behind the words: everything behind the last part, the number behind the others.
fn tag(page: &mut String, edge: Edge, quote: &QuoteRow) {
    let number = edge.quote + 1;
    if edge.part + 1 < quote.parts.len() {
        let _ = write!(page, " {DIM}[{number} …]{DIM:#}");
        return;
    }
    let cue = quote.cue.as_deref().map(|cue| format!(", {}", one_line(cue))).unwrap_or_default();
    let sure = match (quote.unknown_reason, quote.confidence) {
        (Some(reason), _) => format!(", {reason}"),
        (None, Some(confidence)) => format!(", {confidence:.2}"),
        (None, None) => String::new(),
    };
    let _ = write!(page, " {DIM}[{number} {}{cue}{sure}]{DIM:#}", speaker(quote));
}

fn speaker(quote: &QuoteRow) -> String {
    match (&quote.speaker, &quote.source) {
        (Some(name), _) => one_line(name),
        (None, Some(source)) => format!("({})", one_line(source)),
        (None, None) => "unknown".to_owned(),
    }
}

fn entry(number: usize, quote: &QuoteRow) -> String {
    let mut entry = format!("[{number}] {BOLD}{}{BOLD:#}", speaker(quote));
    let mut add = |words: String| entry.push_str(&words);
    if let Some(role) = &quote.role {
        add(format!(", {}", one_line(role)));
    }
    add(format!(" · {}", quote.kind));
    if let (Some(cue), Some(class)) = (&quote.cue, quote.cue_class) {
        add(format!(" · «{}» ({class})", one_line(cue)));
    }
    match (quote.unknown_reason, quote.method) {
        (Some(reason), _) => add(format!(" · {reason}")),
        (None, Some(method)) => add(format!(" · {method}")),
        (None, None) => {}
    }
    if let (Some(confidence), None) = (quote.confidence, quote.unknown_reason) {
        add(format!(" · {confidence:.2}"));
    }
    for (name, confidence) in &quote.runners_up {
        add(format!(" · or {} {confidence:.2}", one_line(name)));
    }
    if let Some(outlet) = &quote.relayed_by {
        add(format!(" · relayed by {}", one_line(outlet)));
    }
    if quote.state != QuoteState::Machine {
        add(format!(" · {}", quote.state));
    }
    add(format!(" · {}\n", quote.id));
    entry
}
