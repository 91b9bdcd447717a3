//! What a person types: single keys in a terminal, lines where there is none.

use crossterm::terminal::{disable_raw_mode, enable_raw_mode};
use std::collections::VecDeque;
use std::io::{self, BufRead, IsTerminal, Read, stdin};

/// Where keys come from.
pub enum Keys {
    Terminal,
    /// A key begins its line; what follows it is the words that the key asks for.
    Lines(VecDeque<String>),
}

/// Characters of a line at most.
const LONGEST: u64 = 1 << 20;

impl Keys {
    /// Those of standard input.
    pub fn standard() -> Self {
        if stdin().is_terminal() { Self::Terminal } else { Self::Lines(VecDeque::new()) }
    }

    pub const fn is_terminal(&self) -> bool {
        matches!(self, Self::Terminal)
    }

    /// The next key; `None` when there is nothing more, or Ctrl-C or Ctrl-D was pressed.
    ///
    /// # Errors
    /// As standard input or the terminal fails.
    pub fn key(&mut self) -> io::Result<Option<char>> {
        match self {
            Self::Terminal => pressed(),
            Self::Lines(words) => {
                words.clear();
                loop {
                    let Some(line) = line()? else { return Ok(None) };
                    let line = line.trim();
                    let Some(key) = line.chars().next() else { continue };
                    let rest = line[key.len_utf8()..].trim();
                    if !rest.is_empty() {
                        words.push_back(rest.to_owned());
                    }
                    return Ok(Some(key));
                }
            }
        }
    }

    /// The words that a key asks for, without space at their edges; `None` when nothing was typed.
    ///
    /// # Errors
    /// As standard input fails.
    pub fn words(&mut self) -> io::Result<Option<String>> {
        let words = match self {
            Self::Lines(words) if !words.is_empty() => words.pop_front(),
            _ => line()?,
        };
        Ok(words.map(|words| words.trim().to_owned()).filter(|words| !words.is_empty()))
    }
}

fn line() -> io::Result<Option<String>> {
    let mut bytes = Vec::new();
    let count = stdin().lock().take(LONGEST).read_until(b'\n', &mut bytes)?;
    Ok((count > 0).then(|| String::from_utf8_lossy(&bytes).into_owned()))
}

/// Lets the terminal give single keys, until it is dropped.
struct Raw;

impl Raw {
    fn new() -> io::Result<Self> {
        enable_raw_mode().map(|()| Self)
    }
}

impl Drop for Raw {
    fn drop(&mut self) {
        // There is nothing that could be done about it.
        let _ = disable_raw_mode();
    }
}

/// What Ctrl-C and Ctrl-D send.
const STOPS: [u8; 2] = [3, 4];
const ESCAPE: u8 = 27;

fn pressed() -> io::Result<Option<char>> {
    loop {
        let mut bytes = [0; 16];
        let count = {
            let _raw = Raw::new()?;
            stdin().lock().read(&mut bytes)?
        };
        match bytes[..count] {
            [] => return Ok(None),
            [first, ..] if STOPS.contains(&first) => return Ok(None),
            // Arrows and the like send more than one byte, and mean nothing here.
            [ESCAPE, ..] => {}
            [..] => {
                if let Some(key) = String::from_utf8_lossy(&bytes[..count]).chars().next() {
                    return Ok(Some(key));
                }
            }
        }
    }
}
