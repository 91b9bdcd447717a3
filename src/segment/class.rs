//! Classes of bytes and characters, so that plain English needs one table look-up a byte.

/// What a byte of UTF-8 can begin or go on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum Byte {
    Space,
    Upper,
    Lower,
    Digit,
    Underscore,
    /// `.`
    Stop,
    Punctuation,
    /// `"`, `'` or a backtick.
    Mark,
    /// Printable, none of the above: `$`. Control characters too.
    Symbol,
    /// Part of a character beyond ASCII.
    Wide,
}

const BYTES: [Byte; 256] = {
    let mut table = [Byte::Symbol; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = class(byte as u8);
        byte += 1;
    }
    table
};

const fn class(byte: u8) -> Byte {
    match byte {
        b' ' | b'\t'..=b'\r' => Byte::Space,
        b'A'..=b'Z' => Byte::Upper,
        b'a'..=b'z' => Byte::Lower,
        b'0'..=b'9' => Byte::Digit,
        b'_' => Byte::Underscore,
        b'.' => Byte::Stop,
        b',' | b';' | b':' | b'!' | b'?' | b'(' | b')' | b'[' | b']' | b'{' | b'}' | b'-' | b'/' => {
            Byte::Punctuation
        }
        b'"' | b'\'' | b'`' => Byte::Mark,
        0x80.. => Byte::Wide,
        _ => Byte::Symbol,
    }
}

/// The class of `byte`.
pub fn byte(byte: u8) -> Byte {
    BYTES[byte as usize]
}

/// Whether `byte` is an ASCII letter, digit or underscore.
pub fn is_word(byte: u8) -> bool {
    matches!(BYTES[byte as usize], Byte::Upper | Byte::Lower | Byte::Digit | Byte::Underscore)
}

/// What a character beyond ASCII is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Wide {
    Space,
    /// A letter of the Latin script.
    Latin,
    /// Belongs to the letter before it: accents, joiners, soft hyphens.
    Joiner,
    /// `’`
    Apostrophe,
    /// A hyphen that joins words, never a dash.
    Hyphen,
    /// A quotation mark other than `’`.
    Mark,
    /// Dashes, ellipses, stops and brackets.
    Punctuation,
    /// Another script, a symbol, an emoji: left to the Unicode rules.
    Foreign,
}

/// The class of a character beyond ASCII.
pub fn wide(char: char) -> Wide {
    match char {
        '’' => Wide::Apostrophe,
        '“' | '”' | '„' | '‟' | '‘' | '‚' | '‛' | '«' | '»' | '‹' | '›' | '「' | '」' | '『' | '』' => {
            Wide::Mark
        }
        '×' | '÷' => Wide::Foreign,
        'ª' | 'º' | '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' => Wide::Latin,
        '\u{ad}' | '\u{200c}' | '\u{200d}' | '\u{2060}' | '\u{300}'..='\u{36f}' => Wide::Joiner,
        '\u{2010}' | '\u{2011}' => Wide::Hyphen,
        '\u{2012}'..='\u{2015}' | '…' | '•' | '‣' | '⁃' | '·' | '¡' | '¿' | '§' | '¶' => {
            Wide::Punctuation
        }
        '†' | '‡' | '、' | '。' | '！' | '？' | '，' | '：' | '；' | '（' | '）' | '〈' | '〉' | '《'
        | '》' => Wide::Punctuation,
        '،' | '؛' | '؟' | '۔' | '।' | '॥' => Wide::Punctuation,
        char if char.is_whitespace() => Wide::Space,
        _ => Wide::Foreign,
    }
}

/// Whether `char` ends sentences in some script.
pub fn ends_sentence(char: char) -> bool {
    matches!(char, '.' | '!' | '?' | '…' | '。' | '！' | '？' | '؟' | '۔' | '।' | '॥')
}

/// Whether a token whose last byte this is can end a sentence: a sieve for [`ends_sentence`].
pub fn may_end(last: u8) -> bool {
    matches!(last, b'.' | b'!' | b'?')
        || (last >= 0x80 && matches!(last & 0x3f, 0x01 | 0x02 | 0x14 | 0x1f | 0x24..=0x26))
}
