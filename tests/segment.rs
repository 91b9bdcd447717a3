//! Tokens and sentences: cases by rule, and what holds for any text whatever.

use onrecord::lexicon::Lexicon;
use onrecord::model::{Document, RawArticle, Sentence, Token, TokenKind};
use onrecord::segment::segment;
use onrecord::text;
use proptest::prelude::*;
use std::sync::LazyLock;
use std::time::{Duration, Instant};
use unicode_segmentation::UnicodeSegmentation;

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::load().expect("the tables are sound"));

fn document(text: &str) -> Document {
    text::document(RawArticle::plain("test", text))
}

/// Checks the tokens of a text, given with one space between them.
#[track_caller]
fn tokens(text: &str, expected: &str) {
    let (tokens, _) = segment(&document(text), &LEXICON);
    let words: Vec<&str> = tokens.iter().map(|token| &text[token.span.range()]).collect();
    assert_eq!(words.join(" "), expected);
}

/// Checks the kinds of tokens, one letter each.
#[track_caller]
fn kinds(text: &str, expected: &str) {
    let letter = |token: &Token| match token.kind {
        TokenKind::Word => 'w',
        TokenKind::Number => 'n',
        TokenKind::Punctuation => 'p',
        TokenKind::Mark => 'm',
        TokenKind::Link => 'l',
        TokenKind::Symbol => 's',
    };
    let (tokens, _) = segment(&document(text), &LEXICON);
    assert_eq!(tokens.iter().map(letter).collect::<String>(), expected, "{text}");
}

/// Checks the sentences of a text that is given with `|` where one ends.
#[track_caller]
fn sentences(marked: &str) {
    let text = marked.replace(" | ", " ").replace('|', "");
    let (_, sentences) = segment(&document(&text), &LEXICON);
    let found: Vec<&str> = sentences.iter().map(|sentence| &text[sentence.span.range()]).collect();
    let expected: Vec<&str> = marked.split('|').map(str::trim).collect();
    assert_eq!(found, expected);
}

#[test]
fn clitics_are_tokens() {
    tokens("They didn't say it's Ana's.", "They did n't say it 's Ana 's .");
    tokens("I’m sure she’ll, we’ve, you’re, he’d.", "I ’m sure she ’ll , we ’ve , you ’re , he ’d .");
    tokens("CAN'T", "CA N'T");
    tokens("They couldn't've.", "They could n't 've .");
    tokens("the 1990's, the U.S.'s, Reyes Jr.'s", "the 1990 's , the U.S. 's , Reyes Jr. 's");
}

#[test]
fn apostrophes_inside_words_stay() {
    tokens("O'Neill at six o’clock", "O'Neill at six o’clock");
    tokens("the farmers' market, ’tis", "the farmers ' market , ’ tis");
}

#[test]
fn abbreviations_keep_their_stop() {
    tokens("Mr. Ito of Orbo Inc. left.", "Mr. Ito of Orbo Inc. left .");
    tokens("J. R. Ode, Ana B. Reyes, K.C. Ode", "J. R. Ode , Ana B. Reyes , K.C. Ode");
    tokens("at 6 p.m. in the U.S. (a Ph.D.)", "at 6 p.m. in the U.S. ( a Ph.D. )");
    tokens("No. 5 and no.", "No. 5 and no .");
    tokens("Rep. Mia Ode (D-Mo.), U.S.-led", "Rep. Mia Ode ( D-Mo. ) , U.S.-led");
    tokens("you and I.", "you and I .");
    tokens("the mass. Mass. voters", "the mass . Mass. voters");
}

#[test]
fn numbers_keep_separators_and_units() {
    tokens("2,500.75 on 2025-10-22, 16th, 5km.", "2,500.75 on 2025-10-22 , 16th , 5km .");
    tokens("$3.7m at 10:30, 9/11, 55%", "$ 3.7m at 10:30 , 9/11 , 55 %");
    kinds("$3.7m at 10:30", "snwn");
    kinds("14-year-old 2015-16 .5", "wnn");
    tokens("by 10a.m. today", "by 10 a.m. today");
}

#[test]
fn hyphens_dashes_and_dots() {
    tokens("a well-known co-op--now—gone", "a well-known co-op -- now — gone");
    tokens("Well... no… yes.... . . .", "Well ... no … yes .... . . .");
    tokens("AT&T and R&D, and/or", "AT&T and R&D , and / or");
}

#[test]
fn marks_are_tokens() {
    tokens("``A'' \"b\" ‘c’ 'd' «e»", "`` A '' \" b \" ‘ c ’ ' d ' « e »");
    kinds("``A'' \"b\"", "mwmmwm");
}

#[test]
fn addresses_are_links() {
    kinds("See https://orbo.example/a_(b)?c=d, (www.orbo.com).", "wlpplpp");
    kinds("ana.ode@orbo.co.uk @ode #Budget #1", "lllsn");
    kinds("orbo.com says pic.orbo.com/P2— so", "lwlpw");
    kinds("the end.The next", "wwpww");
}

#[test]
fn other_scripts_are_cut_at_word_bounds() {
    tokens("«Это правда», сказал он. Ζωή!", "« Это правда » , сказал он . Ζωή !");
    tokens("Zoë Müller, caf\u{e9}, cafe\u{301}s", "Zoë Müller , caf\u{e9} , cafe\u{301}s");
    tokens("👩‍🚀🇫🇷 5️⃣", "👩‍🚀 🇫🇷 5️⃣");
    kinds("Это 👩‍🚀", "ws");
    tokens("http://orbo/\u{600}“", "http://orbo/\u{600}“");
}

#[test]
fn abbreviations_end_few_sentences() {
    sentences("Mr. Ito met Gen. Ode. | He left.");
    sentences("She moved to the U.S. | He stayed in the U.S. with her.");
    sentences("He works for the U.S. Treasury in Ohio.");
    sentences("He came at 6 p.m. | Reyes left at 7 p.m. Monday.");
    sentences("At 5 a.m. Mr. Ito rose.");
    sentences("Ode left Orbo Inc. | The firm said nothing.");
    sentences("Turn to p. 55 of vol. 3 (c. 1871).");
    sentences("He said no. | Reyes agreed.");
    sentences("It was you and I. | Did Ana I. Ode know?");
    sentences("K.C. Ode works at Yahoo! in Ohio.");
    sentences("Her show Harbour Rocks! airs on Monday. | Great! | thanks.");
    sentences("They thank Ito G. and Mia C. Ode and P. V. Reyes, p. 9.");
    sentences("The bill passed in Trenton, N.J. | Together they left.");
}

#[test]
fn stops_take_their_marks_along() {
    sentences("“It works.” | He left. | (It did not.) | So what?");
    sentences("\"Great clock, Ana. | Want to show it?\" | Ode asked.");
    sentences("\"This is great.\" she said.");
    sentences("They met [4]. | It ended.[5] | Then it rained. [6] | All left.");
    sentences("Rights matter. 4 | Even so, few voted.");
    sentences("What?! | No!! | Never.");
    sentences("\" It works . \" | He left .");
}

#[test]
fn ellipses_end_before_a_capital_only() {
    sentences("I never meant that.... | She left.");
    sentences("I was ... well, not . . . what I said.");
    sentences("It was about laws [...] and order.");
    sentences("Some were combined. | . . . The rest went.");
}

#[test]
fn lists_split_at_their_markers() {
    sentences("1. The first entry | 2. The second entry");
    sentences("1.) The first entry. | 2.) The second entry.");
    sentences("• 9. The first entry | • 10. The second entry");
    sentences("a. The first entry | b. The second entry");
    sentences("They scored 1. | The others lost.");
}

#[test]
fn captions_end_before_their_credit() {
    sentences("Ana Reyes at the harbour | Photo: Mia Ode");
}

#[test]
fn wrapped_lines_go_on_and_own_lines_end() {
    let wrapped = "The council met late on Tuesday and heard three of the\n\
        speakers who had waited since noon, among them Ana Reyes of\nthe harbour office.";
    let (_, found) = segment(&document(wrapped), &LEXICON);
    assert_eq!(found.len(), 1);
    sentences("Council meets late to hear the speakers of the harbour;|\nAna Reyes spoke.");
    sentences("Council meets late|\nAna Reyes spoke.|\n\n• Ships|\n• Boats");
}

#[test]
fn hostile_texts_take_linear_time() {
    let pieces = [
        "'", "\"", ".", "x", "a.", "' ", ". ", "(", "a-", "a'", "a@", ".) ", "x.y ", "1.", "А", "\u{301}",
        "🇫🇷", "A. ", "[1]", "www.", "a://(", "\n", "a\n", "1) A ", "-а", "\u{600}", "n't", "1,", "ab.",
    ];
    for piece in pieces {
        let document = document(&piece.repeat((1 << 20) / piece.len()));
        let started = Instant::now();
        let (tokens, sentences) = segment(&document, &LEXICON);
        assert!(started.elapsed() < Duration::from_secs(2), "{piece:?} took {:?}", started.elapsed());
        check(&document, &tokens, &sentences);
    }
}

/// Asserts what holds for any text.
fn check(document: &Document, tokens: &[Token], sentences: &[Sentence]) {
    let text = document.text.as_str();
    let mut at = 0;
    for token in tokens {
        let range = token.span.range();
        assert!(text[at..range.start].trim().is_empty(), "only white space between tokens");
        assert!(!text[range.clone()].contains(char::is_whitespace), "no white space inside a token");
        assert!(!range.is_empty());
        at = range.end;
    }
    assert!(text[at..].trim().is_empty(), "the last token ends the text");
    let mut next = 0;
    for sentence in sentences {
        assert_eq!(sentence.tokens.start, next, "sentences cover every token");
        next = sentence.tokens.end;
        let first = tokens[sentence.tokens.start as usize].span;
        let last = tokens[sentence.tokens.end as usize - 1].span;
        assert_eq!(sentence.span, first.cover(last));
        assert!(document.paragraphs[sentence.paragraph as usize].span.contains(sentence.span));
    }
    assert_eq!(next as usize, tokens.len());
}

/// Text in which everything that a rule looks for is frequent.
fn newsish() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[A-Za-z]{1,6}",
        "[ \n]{1,2}",
        "[.!?,;:'\"’‘“”()\\[\\]@#/&*_=°-]{1,3}",
        "[0-9]{1,4}",
        "(Mr\\.|U\\.S\\.|p\\.m\\.|No\\.|1\\.|• |www\\.|http://|n't|’s)",
        any::<char>().prop_map(String::from),
        "[а-яא-ת一-三\u{300}-\u{303}\u{200d}\u{600}\u{e01}\u{e33}🇫🇷👩🚀\u{fe0f}]{1,3}",
    ];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn any_text_is_covered(text in prop_oneof![any::<String>(), newsish()]) {
        let document = document(&text);
        let (tokens, sentences) = segment(&document, &LEXICON);
        check(&document, &tokens, &sentences);
    }

    #[test]
    fn no_grapheme_is_split(text in newsish()) {
        let document = document(&text);
        let (tokens, _) = segment(&document, &LEXICON);
        let bounds: Vec<usize> = text.grapheme_indices(true).map(|(at, _)| at).collect();
        for pair in tokens.windows(2) {
            let at = pair[1].span.range().start;
            if pair[0].span.range().end == at {
                prop_assert!(bounds.binary_search(&at).is_ok(), "{:?} at {at}", text);
            }
        }
    }

    #[test]
    fn paragraphs_are_trimmed_and_cover(text in newsish()) {
        let mut at = 0;
        for paragraph in text::paragraphs(&text) {
            let range = paragraph.span.range();
            prop_assert!(text[at..range.start].trim().is_empty());
            let words = &text[range.clone()];
            prop_assert!(!words.is_empty() && words.trim() == words);
            at = range.end;
        }
        prop_assert!(text[at..].trim().is_empty());
    }
}
