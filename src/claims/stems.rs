//! The words of a claim as they are compared: without web addresses and name tags, cut to their stems.

/// Longest text that is looked at, in characters; no claim is as long.
const LONGEST: usize = 10_000;

/// The stems of a text, in order. `endings` are cut off where four letters are left.
pub fn stems(text: &str, endings: &[&str]) -> Vec<String> {
    let text = clean(text);
    words(&text).map(|word| normal(word, endings)).filter(|stem| !stem.is_empty()).collect()
}

/// Runs of four letters of a text, spaces and its ends counted, as many times as they occur.
pub fn fours(text: &str) -> impl Iterator<Item = [char; 4]> {
    let mut letters = vec![' '];
    for letter in clean(text).to_lowercase().chars().filter(|&letter| letter != '\'') {
        match (letter.is_alphanumeric(), letters.last()) {
            (true, _) => letters.push(letter),
            (false, Some(' ')) => {}
            (false, _) => letters.push(' '),
        }
    }
    if letters.len() == 1 || letters.last() != Some(&' ') {
        letters.push(' ');
    }
    (3..letters.len()).map(move |end| [letters[end - 3], letters[end - 2], letters[end - 1], letters[end]])
}

/// A text without addresses, handles behind their owners' names, and with tags and handles as words.
fn clean(text: &str) -> String {
    let text: String =
        text.chars().take(LONGEST).map(|c| if matches!(c, '’' | '‘') { '\'' } else { c }).collect();
    tags(&handles(&addresses(&text)))
}

/// Takes web addresses and links to pictures away.
fn addresses(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    let next = |rest: &str| {
        ["http://", "https://", "pic.twitter.com/"].iter().filter_map(|begin| rest.find(begin)).min()
    };
    while let Some(at) = next(rest) {
        kept.push_str(&rest[..at]);
        kept.push(' ');
        let end = rest[at..].find(char::is_whitespace).map_or(rest.len(), |length| at + length);
        rest = &rest[end..];
    }
    kept.push_str(rest);
    kept
}

const fn is_word(letter: char) -> bool {
    letter == '_' || (letter.is_ascii() && letter.is_ascii_alphanumeric())
}

fn is_wordlike(letter: char) -> bool {
    is_word(letter) || letter.is_alphanumeric()
}

/// Takes `(@handle)` away.
fn handles(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("(@") {
        let name = &rest[at + 2..];
        let end = name.find(|letter| !is_wordlike(letter)).unwrap_or(name.len());
        let is_closed = end > 0 && name[end..].starts_with(')');
        let taken = if is_closed { at + 2 + end + 1 } else { at + 2 };
        kept.push_str(if is_closed { &rest[..at] } else { &rest[..taken] });
        if is_closed {
            kept.push(' ');
        }
        rest = &rest[taken..];
    }
    kept.push_str(rest);
    kept
}

/// Writes `#DefundIt` and `@realDonaldTrump` as words.
fn tags(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['#', '@']) {
        let name = &rest[at + 1..];
        let end = name.find(|letter| !is_wordlike(letter)).unwrap_or(name.len());
        kept.push_str(&rest[..at]);
        if end == 0 {
            kept.push_str(&rest[at..=at]);
        } else {
            kept.push(' ');
            parted(&name[..end], &mut kept);
            kept.push(' ');
        }
        rest = &name[end..];
    }
    kept.push_str(rest);
    kept
}

/// `realDonaldTrump` as `real Donald Trump`, `MAGA2020` as `MAGA 2020`.
fn parted(name: &str, out: &mut String) {
    let letters: Vec<char> = name.chars().collect();
    for (at, &letter) in letters.iter().enumerate() {
        let before = at.checked_sub(1).map(|at| letters[at]);
        let after = letters.get(at + 1);
        let begins = before.is_some_and(|before| {
            (before.is_ascii_lowercase() && letter.is_ascii_uppercase())
                || (before.is_ascii_uppercase()
                    && letter.is_ascii_uppercase()
                    && after.is_some_and(char::is_ascii_lowercase))
                || (before.is_ascii_alphabetic() && letter.is_ascii_digit())
                || (before.is_ascii_digit() && letter.is_ascii_alphabetic())
        });
        if begins {
            out.push(' ');
        }
        out.push(if letter == '_' { ' ' } else { letter });
    }
}

/// Runs of letters and digits, with single marks inside: `don't`, `1.5`, `10,000`.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let start = rest.find(char::is_alphanumeric)?;
        let mut end = start;
        loop {
            let tail = &rest[end..];
            end += tail.find(|letter: char| !letter.is_alphanumeric()).unwrap_or(tail.len());
            let mut behind = rest[end..].chars();
            let is_inside = matches!(behind.next(), Some('\'' | ',' | '.'))
                && behind.next().is_some_and(char::is_alphanumeric);
            if !is_inside {
                break;
            }
            end += 1;
        }
        let word = &rest[start..end];
        rest = &rest[end..];
        Some(word)
    })
}

fn normal(word: &str, endings: &[&str]) -> String {
    let word = word.to_lowercase();
    if word.starts_with(|letter: char| letter.is_numeric()) {
        return word.replace(',', "");
    }
    let word = word.strip_suffix("'s").unwrap_or(&word);
    stem(&word.replace(['\'', '.', ','], ""), endings)
}

/// A light stemmer for English; it only ever cuts.
fn stem(word: &str, endings: &[&str]) -> String {
    let is_plain = word.len() > 3 && word.bytes().all(|letter| letter.is_ascii_alphabetic());
    if !is_plain {
        return word.to_owned();
    }
    let mut word = singular(word);
    without_tense(&mut word);
    if word.ends_with("ly") && word.len() > 5 {
        word.truncate(word.len() - 2);
    }
    let cut = endings.iter().find(|ending| word.ends_with(**ending) && word.len() - ending.len() >= 4);
    if let Some(ending) = cut {
        word.truncate(word.len() - ending.len());
    }
    if word.ends_with('e') && word.len() > 3 {
        word.pop();
    }
    if word.ends_with('y') && word.len() > 3 {
        word.pop();
        word.push('i');
    }
    word
}

fn singular(word: &str) -> String {
    let is_simple = word.ends_with('s') && !word[..word.len() - 1].ends_with(['u', 's']);
    if let Some(begin) = word.strip_suffix("ies").filter(|_| word.len() > 4) {
        format!("{begin}y")
    } else if word.ends_with("sses") {
        word[..word.len() - 2].to_owned()
    } else if is_simple {
        word[..word.len() - 1].to_owned()
    } else {
        word.to_owned()
    }
}

/// Cuts `ing` and `ed` off, and the letter that was doubled before them.
fn without_tense(word: &mut String) {
    for ending in ["ing", "ed"] {
        let Some(begin) = word.strip_suffix(ending) else { continue };
        if begin.len() < 3 || !begin.contains(['a', 'e', 'i', 'o', 'u', 'y']) {
            continue;
        }
        word.truncate(begin.len());
        let last = word.as_bytes()[word.len() - 1];
        let is_doubled = word.as_bytes()[word.len() - 2] == last && !b"aeioulsz".contains(&last);
        if is_doubled {
            word.pop();
        }
        return;
    }
}

#[cfg(test)]
mod tests {
    use super::{fours, stems};

    fn stemmed(text: &str) -> String {
        stems(text, &["ization", "ation", "ator", "ment", "ness", "ity", "ive", "ful", "ion"]).join(" ")
    }

    #[test]
    fn words_are_cut_to_their_stems() {
        assert_eq!(stemmed("Butterflies surviving the planned fires"), "butterf surviv the plan fir");
        assert_eq!(stemmed("The mayor's governments don’t"), "the mayor govern dont");
        assert_eq!(stemmed("1.5 million of 10,000 U.S. dollars"), "1.5 mill of 10000 us dollar");
    }

    #[test]
    fn tags_and_handles_are_words_and_addresses_none() {
        assert_eq!(stemmed("#DefundCBCNow https://t.co/x?y MAGA2020"), "defund cbc now maga2020");
        assert_eq!(stemmed("Brad Trost (@BradTrost) @realAnnReyes2"), "brad trost real ann rey 2");
        assert_eq!(stemmed("(@ # @ (@x pic.twitter.com/abc ok"), "x ok");
    }

    #[test]
    fn runs_of_letters_cross_words() {
        let runs: Vec<String> = fours("A b-C").map(String::from_iter).collect();
        assert_eq!(runs, [" a b", "a b ", " b c", "b c "]);
        assert_eq!(fours("").count(), 0);
    }
}
