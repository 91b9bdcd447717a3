//! The fingerprint that tells «the same article again» from «a changed article».

use crate::model::Document;
use sha2::{Digest, Sha256};

/// SHA-256 of an article's text and of what is known about it.
pub type Hash = [u8; 32];

/// The hash of an article.
///
/// Where the article was read from is left out: the same article read from another place is the
/// same. Fields are told apart by their lengths, so that no two articles share the bytes hashed.
pub fn hash(document: &Document) -> Hash {
    let published = document.published.map(|date| date.to_string());
    let extra = extra(document);
    let fields = [
        document.url.as_deref(),
        document.title.as_deref(),
        document.outlet.as_deref(),
        document.byline.as_deref(),
        published.as_deref(),
        document.language.as_deref(),
        extra.as_deref(),
        Some(document.text.as_str()),
    ];
    of_fields(&fields)
}

/// The input's other fields as one JSON object, or `None` when there are none.
pub fn extra(document: &Document) -> Option<String> {
    (!document.extra.is_empty()).then(|| serde_json::Value::Object(document.extra.clone()).to_string())
}

/// As [`hash`], for fields read back from the database in the same order.
pub fn of_fields(fields: &[Option<&str>]) -> Hash {
    let mut sha = Sha256::new();
    for field in fields {
        match field {
            None => sha.update([0]),
            Some(words) => {
                sha.update([1]);
                sha.update((words.len() as u64).to_le_bytes());
                sha.update(words.as_bytes());
            }
        }
    }
    sha.finalize().into()
}
