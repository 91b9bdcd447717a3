//! Words of articles on their way to a terminal, which must not obey them.

use std::borrow::Cow;
use std::fmt::Write;

/// `words` with every character that could steer a terminal, or turn the direction of writing,
/// shown instead of sent: an escape is `␛`, a right-to-left override `‹U+202E›`.
///
/// Line feeds and tabs stay.
pub fn visible(words: &str) -> Cow<'_, str> {
    if !words.chars().any(steers) {
        return Cow::Borrowed(words);
    }
    let mut shown = String::with_capacity(words.len() + 8);
    for letter in words.chars() {
        match letter {
            '\n' | '\t' => shown.push(letter),
            '\0'..='\u{1f}' => shown.push(picture(letter)),
            '\u{7f}' => shown.push('␡'),
            // Writing to a string can't fail.
            _ if steers(letter) => drop(write!(shown, "‹U+{:04X}›", u32::from(letter))),
            _ => shown.push(letter),
        }
    }
    Cow::Owned(shown)
}

/// As [`visible`], with line feeds and tabs shown too: for the names of files, which may hold both.
pub fn whole_line(words: &str) -> String {
    visible(words).replace('\n', "␊").replace('\t', "␉")
}

/// As [`visible`], on one line: white space of any kind becomes single spaces.
pub fn one_line(words: &str) -> String {
    visible(&words.split_whitespace().collect::<Vec<_>>().join(" ")).into_owned()
}

fn steers(letter: char) -> bool {
    let turns_direction = matches!(letter, '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    turns_direction || (letter.is_control() && letter != '\n' && letter != '\t')
}

/// The picture that Unicode has for a control character, in the same order from U+2400.
fn picture(control: char) -> char {
    char::from_u32(0x2400 + u32::from(control)).unwrap_or(char::REPLACEMENT_CHARACTER)
}

#[cfg(test)]
mod tests {
    use super::{one_line, visible};
    use proptest::prelude::*;

    #[test]
    fn what_steers_is_shown() {
        assert_eq!(visible("red \u{1b}[31m\rbell\u{7}\u{7f}"), "red ␛[31m␍bell␇␡");
        assert_eq!(visible("\u{9b}31m \u{202e}gnp.exe"), "‹U+009B›31m ‹U+202E›gnp.exe");
        assert_eq!(one_line("two\n\n lines\tand \u{1b}]0;title"), "two lines and ␛]0;title");
    }

    #[test]
    fn prose_of_any_script_is_left_alone() {
        let prose = "“Ça va,” said Zoë.\n\t他说：「好」。 🙂 هي قالت";
        assert_eq!(visible(prose), prose);
    }

    proptest! {
        #[test]
        fn no_control_character_is_left(words in any::<String>()) {
            prop_assert!(!visible(&words).chars().any(|c| c.is_control() && c != '\n' && c != '\t'));
            prop_assert!(!one_line(&words).chars().any(char::is_control));
        }
    }
}
