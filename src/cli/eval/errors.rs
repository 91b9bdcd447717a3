//! The worst errors, for people to read.

use crate::cli::table::shortened;
use crate::cli::visible::one_line;
use crate::evaluation::mistakes::{Mistake, Mistakes, Shown};

/// Both lists of errors, where they aren't empty.
pub fn shown(mistakes: &Mistakes) -> String {
    list("The surest of those predicted wrongly", &mistakes.wrong) + &list("Missed quotes", &mistakes.missed)
}

fn list(title: &str, mistakes: &[Mistake]) -> String {
    if mistakes.is_empty() {
        return String::new();
    }
    let mistakes: Vec<String> = mistakes.iter().map(mistake).collect();
    format!("\n{title}\n{}", mistakes.concat())
}

fn mistake(mistake: &Mistake) -> String {
    let confidence = mistake.confidence.map(|confidence| format!(" · {confidence:.2}")).unwrap_or_default();
    let article = one_line(&mistake.article);
    let head = format!("\n {} · {}{confidence} · {article}\n", mistake.error, mistake.group);
    let parts = [("predicted", &mistake.predicted), ("annotated", &mistake.annotated)];
    let parts = parts.into_iter().filter_map(|(side, quote)| Some(part(side, quote.as_ref()?)));
    head + &parts.collect::<String>()
}

/// Longest stretches shown of a quote, and of a cue or source, in characters.
const MOST: usize = 200;
const MOST_OF_NAME: usize = 60;

fn part(side: &str, quote: &Shown) -> String {
    let cut = |words: &str, most| shortened(one_line(words), most);
    let named = |name: &str, words: &Option<String>| {
        words.as_ref().map(|words| format!("{name}: {}", cut(words, MOST_OF_NAME)))
    };
    let source = named("source", &quote.source);
    let is_unknown = source.is_none() && quote.speaker.is_none();
    let source = if is_unknown { Some("source unknown".to_owned()) } else { source };
    let parts = [named("cue", &quote.cue), source, named("speaker", &quote.speaker)];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    format!("   {side}  {}\n              {}\n", cut(&quote.content, MOST), parts.join(" · "))
}

#[cfg(test)]
mod tests {
    use super::{mistake, part};
    use crate::evaluation::figures::Group;
    use crate::evaluation::mistakes::{Mistake, MistakeKind, Shown};

    fn quote(content: &str, source: Option<&str>) -> Shown {
        Shown { content: content.to_owned(), cue: None, source: source.map(str::to_owned), speaker: None }
    }

    #[test]
    fn an_error_says_what_was_predicted_and_what_is_annotated() {
        let wrong = Mistake {
            article: "a\u{1b}.txt".to_owned(),
            error: MistakeKind::WrongSource,
            group: Group::Direct,
            confidence: Some(0.975),
            predicted: Some(quote("“We\n\nstay”", Some("the \u{202e}aide"))),
            annotated: Some(quote("“We stay”", None)),
        };
        let lines = [
            "",
            " wrong source · direct · 0.97 · a␛.txt",
            "   predicted  “We stay”",
            "              source: the ‹U+202E›aide",
            "   annotated  “We stay”",
            "              source unknown",
            "",
        ];
        assert_eq!(mistake(&wrong), lines.join("\n"));
    }

    #[test]
    fn a_long_quote_is_cut() {
        let shown = part("predicted", &quote(&"Löwe ".repeat(100), None));
        assert!(shown.lines().all(|line| line.chars().count() < 220), "{shown}");
        assert!(shown.contains("Löwe…"), "{shown}");
    }
}
