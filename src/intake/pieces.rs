//! What the walk hands out: articles that were found, before anything of them is understood.

use crate::intake::Parts;
use crate::intake::headers::Header;
use crate::intake::mapping::Mapping;
use crate::intake::rows::Columns;
use std::sync::Arc;

/// A stretch of input.
#[derive(Clone, PartialEq, Debug)]
#[expect(clippy::large_enum_variant, reason = "nearly every piece is an article")]
pub enum Piece {
    Article(Unread),
    /// A file of a folder, a member of an archive or a capture that is no article; its name.
    PassedOver(String),
}

/// The input of one article.
#[derive(Clone, PartialEq, Debug)]
pub struct Unread {
    /// Where it was read, for messages: `a/b.txt`, `corpus.jsonl:12`, `archive.zip!/b.html`.
    pub origin: String,
    /// Its key where it has no id and no URL of its own: the same every time the same input is named. Without one
    /// (standard input), its words name it.
    pub place: Option<String>,
    /// What its surroundings told: an archive the URL. What the article tells itself comes first.
    pub header: Header,
    pub content: Content,
}

#[derive(Clone, PartialEq, Debug)]
pub enum Content {
    /// A whole file.
    Leaf(Vec<u8>, Leaf),
    /// One line of JSON Lines, without its line break.
    Line(Vec<u8>, Option<Arc<Mapping>>),
    /// One row of a table.
    Row(Vec<u8>, Arc<Columns>),
    /// Read already, with the feed that it stood in.
    Ready(Box<Parts>),
}

/// How a file that is one article is written.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Leaf {
    Text,
    Markdown,
    /// With the encoding that the server named.
    Html(Option<String>),
    Mail,
    Office,
    Pdf,
}

impl Unread {
    /// About how many bytes of input the article is, to share work out by.
    pub fn weight(&self) -> usize {
        match &self.content {
            // A file costs more than its bytes, so that some small ones spread over threads.
            Content::Leaf(bytes, _) => bytes.len().max(16 << 10),
            Content::Line(bytes, _) | Content::Row(bytes, _) => bytes.len(),
            Content::Ready(parts) => parts.body.len(),
        }
    }
}
