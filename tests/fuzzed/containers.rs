//! Any bytes as packed files, archives, web archives, mailboxes, lines and tables.

use crate::fuzzed::{LIMITS, check_error, walked};
use onrecord::intake::{Content, Options, Piece};
use onrecord::lexicon::intake::FileKind::{Csv, Jsonl, Mbox, Warc};

pub fn check(bytes: &[u8]) {
    // What is packed is seen by its bytes alone; the format said is that of what it holds.
    for format in [None, Some(Warc), Some(Mbox), Some(Jsonl), Some(Csv)] {
        check_as(bytes, &Options { format, limits: LIMITS, ..Options::default() });
    }
}

/// No article is beyond the limits, and all of them together are no more than the input may unpack to.
fn check_as(bytes: &[u8], options: &Options) {
    let pieces = walked(bytes, options);
    // What has been read at once when the limit is reached may come out still.
    const AT_ONCE: u64 = 128 << 10;
    let most = bytes.len() as u64 * (1 + LIMITS.unpacked) + LIMITS.free + AT_ONCE;
    let mut taken = 0;
    assert!(pieces.len() as u64 <= most, "a piece takes at least a byte");
    for piece in &pieces {
        match piece {
            Ok(Piece::Article(unread)) => {
                assert!(!unread.origin.is_empty());
                taken += length(&unread.content) as u64;
            }
            Ok(Piece::PassedOver(name)) => assert!(!name.is_empty()),
            Err(error) => check_error(error),
        }
    }
    assert!(taken <= most, "{taken} bytes of articles, {most} at most");
}

fn length(content: &Content) -> usize {
    match content {
        Content::Leaf(bytes, _) | Content::Line(bytes, _) | Content::Row(bytes, _) => {
            assert!(bytes.len() <= LIMITS.article, "{} bytes of one article", bytes.len());
            bytes.len()
        }
        // Read already: its references may have grown.
        Content::Ready(_) => 0,
    }
}
