//! Front matter: the `---` block of `key: value` lines above a Markdown or plain text.
//!
//! Only what people put above articles is read, not all of YAML: plain and quoted values, lists
//! of values (joined with commas) and folded blocks (joined with spaces). Keys inside other keys
//! are passed over.

/// Splits front matter from the text behind it; keys are in lower case, in their order.
///
/// `None` when the text doesn't begin with a closed block that holds at least one key: a lone
/// `---` is a ruler.
pub fn split(text: &str) -> Option<(Vec<(String, String)>, &str)> {
    let mut rest = text.trim_start();
    if next_line(&mut rest)? != "---" {
        return None;
    }
    let mut entries: Vec<(String, String)> = Vec::new();
    for _ in 0..MAX_LINES {
        let line = next_line(&mut rest)?;
        if matches!(line, "---" | "...") {
            return (!entries.is_empty()).then_some((entries, rest));
        }
        match entry(line) {
            Some(entry) => entries.push(entry),
            None if line.is_empty() || line.starts_with('#') => {}
            None => go_on(entries.last_mut()?, line)?,
        }
    }
    None
}

const MAX_LINES: usize = 500;

fn next_line<'a>(rest: &mut &'a str) -> Option<&'a str> {
    if rest.is_empty() {
        return None;
    }
    let (line, behind) = rest.split_once('\n').unwrap_or((rest, ""));
    *rest = behind;
    Some(line.trim_end())
}

fn entry(line: &str) -> Option<(String, String)> {
    let (key, value) = line.split_once(':')?;
    let is_key = key.starts_with(char::is_alphabetic)
        && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | ' '));
    let is_value = value.is_empty() || value.starts_with([' ', '\t']);
    (is_key && is_value).then(|| (key.trim().to_lowercase(), plain(value)))
}

/// Adds a further line to the entry above it; `None` when the line is neither list nor indented.
fn go_on((_, value): &mut (String, String), line: &str) -> Option<()> {
    let is_indented = line.starts_with([' ', '\t']);
    let inner = line.trim_start();
    let (more, glue) = match inner.strip_prefix("- ") {
        Some(one) => (plain(one), ", "),
        None if is_indented => (inner.to_owned(), " "),
        None => return None,
    };
    if matches!(value.as_str(), ">" | "|" | ">-" | "|-") {
        value.clear();
    }
    if !value.is_empty() {
        value.push_str(glue);
    }
    value.push_str(&more);
    Some(())
}

/// A value as plain text; a list in a list stays as it is written.
fn plain(value: &str) -> String {
    let value = value.trim();
    match value.strip_prefix('[').and_then(|list| list.strip_suffix(']')) {
        Some(list) => list.split(',').map(scalar).collect::<Vec<_>>().join(", "),
        None => scalar(value),
    }
}

/// A value without its quotation marks or the comment behind it.
fn scalar(value: &str) -> String {
    let value = value.trim();
    for (mark, escaped) in [('"', "\\\""), ('\'', "''")] {
        let inner = value.strip_prefix(mark).and_then(|inner| inner.strip_suffix(mark));
        if let Some(inner) = inner {
            return inner.replace(escaped, &mark.to_string());
        }
    }
    value.split(" #").next().unwrap_or_default().trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::split;

    fn entries(text: &str) -> Option<Vec<(String, String)>> {
        split(text).map(|(entries, _)| entries)
    }

    fn pair(key: &str, value: &str) -> (String, String) {
        (key.to_owned(), value.to_owned())
    }

    #[test]
    fn values_as_people_write_them() {
        let text = "---\nTitle: \"The \\\"long\\\" road\"\r\ndate: 2025-03-04 # filed\nauthors:\n  - Ann Reyes\n\
                    - 'Tom O''Hara'\ntags: [rail, \"city hall\"]\nsummary: >\n  One\n  two.\n---\nBody\n";
        let expected = vec![
            pair("title", "The \"long\" road"),
            pair("date", "2025-03-04"),
            pair("authors", "Ann Reyes, Tom O'Hara"),
            pair("tags", "rail, city hall"),
            pair("summary", "One two."),
        ];
        assert_eq!(split(text), Some((expected, "Body\n")));
    }

    #[test]
    fn lists_in_lists_are_survived() {
        let deep = |depth| "[".repeat(depth) + "a" + &"]".repeat(depth);
        let text = format!("---\ntags: {}\nmore: [[b, c], d]\n---\n", deep(200_000));
        let expected = vec![pair("tags", &deep(199_999)), pair("more", "[b, c], d")];
        assert_eq!(entries(&text), Some(expected));
    }

    #[test]
    fn a_ruler_is_no_front_matter() {
        assert_eq!(entries("---\n\n“We will,” she said.\n\n---\n"), None);
        assert_eq!(entries("---\ntitle: never closed\n"), None);
        assert_eq!(entries("---\n---\nBody"), None);
        assert_eq!(entries("Body\n---\ntitle: x\n---\n"), None);
    }
}
