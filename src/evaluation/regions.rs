//! Stretches of text inside double quotation marks, as the evaluation sees them.
//!
//! Deliberately not the machine of [`crate::quotes`]: a measure that shared its code with what it
//! measures would share its mistakes. Single marks are not looked at, because nothing here could
//! tell them from apostrophes.

use crate::record::code_points::CodePoints;

/// The stretches between quotation marks, marks included, in order; offsets are code points.
///
/// A stretch ends with its line, except that a quotation left open there goes on in the next line
/// when that has a closing mark and no opening one before it. Sees “ ” „ « » " ＂ `` ''.
pub fn regions(text: &[char]) -> Vec<CodePoints> {
    let mut found = Found::default();
    for line in lines(text) {
        if text[line[0]..line[1]].iter().any(|c| !c.is_whitespace()) {
            found.read_line(text, line);
        }
    }
    found.regions
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Open,
    Close,
    /// A straight mark, which may be either.
    Straight,
}

struct Mark {
    side: Side,
    at: usize,
    len: usize,
}

#[derive(Default)]
struct Found {
    regions: Vec<CodePoints>,
    /// Whether the line before ended inside a quotation.
    left_open: bool,
}

impl Found {
    fn read_line(&mut self, text: &[char], [start, end]: [usize; 2]) {
        let carried = std::mem::take(&mut self.left_open);
        let mut open = None;
        for (count, mark) in marks(text, [start, end]).into_iter().enumerate() {
            let may_end_carried = carried && count == 0;
            match (side(text, [start, end], &mark, open, may_end_carried), open) {
                (Side::Open, None) => open = Some(mark.at),
                (Side::Close, Some(from)) => {
                    self.push(from, mark.at + mark.len);
                    open = None;
                }
                (Side::Close, None) if may_end_carried => self.push(start, mark.at + mark.len),
                _ => {}
            }
        }
        if let Some(from) = open {
            self.push(from, end);
            self.left_open = true;
        }
    }

    fn push(&mut self, start: usize, end: usize) {
        self.regions.push([start as u32, end as u32]);
    }
}

/// Settles whether a mark opens or closes; wrongly curled ones are put right by their neighbours.
fn side(
    text: &[char],
    [start, end]: [usize; 2],
    mark: &Mark,
    open: Option<usize>,
    may_end_carried: bool,
) -> Side {
    let before = if mark.at > start { text[mark.at - 1] } else { ' ' };
    let after = if mark.at + mark.len < end { text[mark.at + mark.len] } else { ' ' };
    let leans_open = before.is_whitespace() || "([{—–-‘'“".contains(before);
    let leans_close = after.is_whitespace() || ".,;:!?)]}—–-’'”".contains(after);
    let neighbours = match (leans_open, leans_close) {
        (true, false) => Some(Side::Open),
        (false, true) => Some(Side::Close),
        _ => None,
    };
    let turn = if open.is_some() { Side::Close } else { Side::Open };
    match mark.side {
        Side::Straight => neighbours.unwrap_or(turn),
        Side::Close if open.is_none() && !may_end_carried => neighbours.unwrap_or(Side::Close),
        Side::Open if open.is_some() => neighbours.unwrap_or(Side::Open),
        side => side,
    }
}

fn marks(text: &[char], [start, end]: [usize; 2]) -> Vec<Mark> {
    let mut marks = Vec::new();
    let mut at = start;
    while at < end {
        let next = (at + 1 < end).then(|| text[at + 1]);
        let found = match (text[at], next) {
            ('“' | '«' | '„', _) => Some((Side::Open, 1)),
            ('”' | '»', _) => Some((Side::Close, 1)),
            ('"' | '＂', _) => Some((Side::Straight, 1)),
            ('`', Some('`')) => Some((Side::Open, 2)),
            ('\'', Some('\'')) => Some((Side::Straight, 2)),
            _ => None,
        };
        if let Some((side, len)) = found {
            marks.push(Mark { side, at, len });
        }
        at += found.map_or(1, |(_, len)| len);
    }
    marks
}

/// The bounds of the lines of a text, line breaks left out.
fn lines(text: &[char]) -> Vec<[usize; 2]> {
    let mut lines = Vec::new();
    let mut start = 0;
    for (at, &c) in text.iter().enumerate() {
        if is_line_break(c) {
            lines.push([start, at]);
            start = at + 1;
        }
    }
    lines.push([start, text.len()]);
    lines
}

fn is_line_break(c: char) -> bool {
    matches!(c, '\n'..='\r' | '\u{1c}'..='\u{1e}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

#[cfg(test)]
mod tests {
    use super::regions;

    fn found(text: &str) -> Vec<String> {
        let chars: Vec<char> = text.chars().collect();
        regions(&chars).iter().map(|&[s, e]| chars[s as usize..e as usize].iter().collect()).collect()
    }

    #[test]
    fn every_style_of_double_marks() {
        assert_eq!(found("He said “go” and \"come\"."), ["“go”", "\"come\""]);
        assert_eq!(found("``Go,'' he said, ''now.''"), ["``Go,''", "''now.''"]);
        assert_eq!(found("«Oui», „ja“ und so"), ["«Oui»", "„ja“"]);
        assert_eq!(found("don't 'mind' me"), Vec::<String>::new());
    }

    #[test]
    fn wrongly_curled_marks_are_put_right() {
        assert_eq!(found("He said ”go“ to her."), ["”go“"]);
    }

    #[test]
    fn an_open_quotation_ends_with_its_line_unless_the_next_one_closes_it() {
        assert_eq!(found("“One.\n\n“Two.”"), ["“One.", "“Two.”"]);
        assert_eq!(found("“One\n\nand a half.” Two."), ["“One", "and a half.”"]);
        assert_eq!(found("One.” Two."), Vec::<String>::new());
    }
}
