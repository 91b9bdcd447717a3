//! A digest as one JSON object; docs/digest.md says what its fields are.

use crate::query::digest::{Digest, Section};
use serde::Serialize;
use std::io::{self, Write};

#[derive(Serialize)]
struct Object<'a> {
    since: &'a str,
    until: Option<&'a str>,
    sections: &'a [Section],
    /// Watches with new prints, but fewer than their threshold.
    waiting: Vec<Waiting>,
}

#[derive(Serialize)]
struct Waiting {
    watch: i64,
    prints: usize,
}

/// Writes a digest; words stand in it as they are stored.
///
/// # Errors
/// Those of `out`.
pub fn write(digest: &Digest, out: &mut dyn Write) -> io::Result<()> {
    let waiting = digest.untold.iter().filter(|(_, prints)| *prints > 0);
    let object = Object {
        since: &digest.since,
        until: digest.until.as_deref(),
        sections: &digest.sections,
        waiting: waiting.map(|(watch, prints)| Waiting { watch: watch.0, prints: *prints }).collect(),
    };
    serde_json::to_writer_pretty(&mut *out, &object)?;
    out.write_all(b"\n")
}
