//! ODT: OpenDocument text (ISO/IEC 26300).

use crate::intake::office::Written;
use crate::intake::office::xml::{Step, attribute, walk};
use std::collections::HashMap;

/// What is no text of the article: notes, comments, what was deleted, frames.
const SKIPPED: [&str; 6] = ["note", "annotation", "tracked-changes", "frame", "custom-shape", "forms"];
/// Spaces that one element may stand for.
const MOST_SPACES: usize = 20;

/// Reads the paragraphs of `content.xml`, with the styles of both files.
///
/// # Errors
/// See [`walk`].
pub fn read(content: &str, styles: &str) -> Result<Written, String> {
    let mut parents = HashMap::new();
    for xml in [styles, content] {
        walk(xml, &["body"], |step| {
            if let Step::Start("style", tag) = step
                && let (Some(name), Some(parent)) =
                    (attribute(tag, "name"), attribute(tag, "parent-style-name"))
            {
                parents.insert(name, parent);
            }
        })?;
    }
    let mut written = Written::default();
    let (mut text, mut style, mut items, mut open) = (String::new(), String::new(), 0_usize, false);
    walk(content, &SKIPPED, |step| match step {
        Step::Start("list-item", _) => items += 1,
        Step::End("list-item") => items = items.saturating_sub(1),
        Step::Start("p" | "h", tag) => {
            text.clear();
            open = true;
            style = style_name(attribute(tag, "style-name"), &parents);
        }
        Step::Start("s", tag) if open => {
            let count = attribute(tag, "c").and_then(|count| count.parse().ok()).unwrap_or(1);
            text.push_str(&" ".repeat(count.min(MOST_SPACES)));
        }
        Step::Start("tab", _) if open => text.push(' '),
        Step::Start("line-break", _) if open => text.push('\n'),
        Step::Text(words) if open => text.push_str(&words.replace(['\n', '\r', '\t'], " ")),
        Step::End(name @ ("p" | "h")) => {
            let style = if name == "h" { "heading" } else { style.as_str() };
            written.add(&text, style, items > 0);
            text.clear();
            open = false;
        }
        _ => {}
    })?;
    Ok(written)
}

/// The name of a style, or of the first one it is made from that has a name of its own.
fn style_name(name: Option<String>, parents: &HashMap<String, String>) -> String {
    const LONGEST_LINE: usize = 4;
    let mut name = name.unwrap_or_default();
    for _ in 0..LONGEST_LINE {
        match parents.get(&name) {
            // `P3`, as programs call a style that was changed for one paragraph.
            Some(parent) if name.starts_with('P') && name[1..].parse::<u32>().is_ok() => {
                name = parent.clone()
            }
            _ => break,
        }
    }
    name.to_lowercase().replace("_20_", " ")
}
