//! Mailboxes: messages one behind the other, each under a line `From ann@orbo.example Mon Nov 24 10:15:00 2025`.

use crate::intake::lines::{Line, next_line};
use crate::intake::pieces::{Content, Leaf};
use crate::intake::sniff::is_from_line;
use crate::intake::streams::Peeked;
use crate::intake::walk::{Flow, Input, Lost, Walker};

/// Reads the messages of a mailbox; each is called by the line that it begins on.
///
/// A line `From ` begins a message at the top and behind a blank line only; elsewhere, and with `>` before it (the
/// forms mboxo and mboxrd), it is text.
pub(crate) fn read(walker: &mut Walker, input: &Input, stream: &mut Peeked) -> Flow {
    let mut message = Message { starts: 1, bytes: Some(Vec::new()) };
    let mut is_behind_blank = true;
    let limit = walker.options.limits.article;
    for number in 1.. {
        let line = match next_line(stream, limit) {
            Ok(Some(line)) => line,
            Ok(None) => break,
            Err(error) => {
                message.end(walker, input, Message::default())?;
                return walker.broken(&input.origin, error, Lost::Rest);
            }
        };
        let Line::Whole(line) = line else {
            message.bytes = None;
            is_behind_blank = false;
            continue;
        };
        if is_behind_blank && is_from_line(&line) {
            message.end(walker, input, Message { starts: number, bytes: Some(Vec::new()) })?;
        } else {
            message.add(unescaped(&line), limit);
        }
        is_behind_blank = line.is_empty();
    }
    message.end(walker, input, Message::default())
}

/// A message being read; without bytes when it is too long.
#[derive(Default)]
struct Message {
    starts: u64,
    bytes: Option<Vec<u8>>,
}

impl Message {
    fn add(&mut self, line: &[u8], limit: usize) {
        if let Some(bytes) = &mut self.bytes {
            bytes.extend_from_slice(line);
            bytes.push(b'\n');
        }
        if self.bytes.as_ref().is_some_and(|bytes| bytes.len() > limit) {
            self.bytes = None;
        }
    }

    /// Hands out the message and begins the next.
    fn end(&mut self, walker: &mut Walker, input: &Input, next: Message) -> Flow {
        let Message { starts, bytes } = std::mem::replace(self, next);
        match bytes {
            Some(bytes) if bytes.trim_ascii().is_empty() => Flow::Continue(()),
            Some(bytes) => walker.article(input.unread_at(starts, Content::Leaf(bytes, Leaf::Mail))),
            None => {
                let reason = format!(
                    "longer than {}, too long for one message; give --max-article a larger size",
                    walker.options.limits.longest()
                );
                walker.fail(&format!("{}:{starts}", input.origin), reason)
            }
        }
    }
}

/// A line without the `>` that keeps it from beginning a message.
fn unescaped(line: &[u8]) -> &[u8] {
    let behind = &line[line.iter().take_while(|&&byte| byte == b'>').count()..];
    if behind.starts_with(b"From ") && behind.len() < line.len() { &line[1..] } else { line }
}
