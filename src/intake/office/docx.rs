//! DOCX: Office Open XML (ECMA-376, part 1).

use crate::intake::office::Written;
use crate::intake::office::xml::{Step, attribute, walk};
use std::collections::HashMap;

/// What is no text of the article: what was deleted or moved away, pictures and their text frames.
const SKIPPED: [&str; 8] = ["del", "moveFrom", "drawing", "pict", "object", "Fallback", "txbxContent", "rPr"];

/// Reads the paragraphs of `document.xml`, with the names of their styles from `styles.xml`.
///
/// # Errors
/// See [`walk`].
pub fn read(document: &str, styles: &str) -> Result<Written, String> {
    let names = style_names(styles)?;
    let mut written = Written::default();
    let (mut text, mut style, mut is_item, mut in_text) = (String::new(), String::new(), false, false);
    walk(document, &SKIPPED, |step| match step {
        Step::Start("p", _) => {
            text.clear();
            style.clear();
            is_item = false;
        }
        Step::Start("pStyle", tag) => {
            let id = attribute(tag, "val").unwrap_or_default();
            style = names.get(&id).cloned().unwrap_or_else(|| spaced(&id));
        }
        Step::Start("numPr", _) => is_item = true,
        Step::Start("t", _) => in_text = true,
        Step::End("t") => in_text = false,
        Step::Start("tab", _) => text.push(' '),
        Step::Start("br" | "cr", _) => text.push('\n'),
        Step::Start("noBreakHyphen", _) => text.push('-'),
        Step::Text(words) if in_text => text.push_str(words),
        Step::End("p") => {
            written.add(&text, &style, is_item);
            text.clear();
        }
        _ => {}
    })?;
    Ok(written)
}

/// The English names of styles, which stay when the program is in another language, by their ids.
fn style_names(styles: &str) -> Result<HashMap<String, String>, String> {
    let mut names = HashMap::new();
    let mut id = None;
    walk(styles, &[], |step| match step {
        Step::Start("style", tag) => id = attribute(tag, "styleId"),
        Step::Start("name", tag) => {
            if let (Some(id), Some(name)) = (id.take(), attribute(tag, "val")) {
                names.insert(id, name.to_lowercase());
            }
        }
        _ => {}
    })?;
    Ok(names)
}

/// `Heading1` and `IntenseQuote` as `heading1` and `intense quote`.
fn spaced(id: &str) -> String {
    let mut name = String::new();
    for c in id.chars() {
        if c.is_uppercase() && !name.is_empty() {
            name.push(' ');
        }
        name.extend(c.to_lowercase());
    }
    name
}
