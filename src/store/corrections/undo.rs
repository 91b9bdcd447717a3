//! Takes corrections back.

use crate::error::Result;
use crate::model::{CorrectionKind, CorrectionStatus};
use crate::store::Store;
use crate::store::corrections::log::{self, Reviewer};
use crate::store::corrections::trouble::{Made, refused};
use crate::store::corrections::{decisions, names, replay};
use rusqlite::Connection;

impl Store {
    /// Takes a correction back, and gives the id of the entry that says so. What other corrections say stays.
    ///
    /// # Errors
    /// [`crate::error::Error::Refused`] when there is no such correction, or it was taken back already;
    /// [`crate::error::Error::Database`] when the file can't be written to.
    pub fn undo(&mut self, correction: i64, by: &Reviewer) -> Result<i64> {
        self.correcting(|connection| undo(connection, correction, by))
    }
}

fn undo(connection: &Connection, id: i64, by: &Reviewer) -> Made<i64> {
    let what = format!("correction {id}");
    let Some(correction) = log::get(connection, id)? else {
        return refused(what, "there is none; `onrecord corrections` lists them");
    };
    if correction.kind == CorrectionKind::Undo {
        return refused(what, "is itself an undo; to have what it took back, make that correction again");
    }
    if correction.status == CorrectionStatus::Undone {
        return refused(what, "was taken back already");
    }
    let entry = log::add_undo(connection, by, id)?;
    match correction.kind {
        CorrectionKind::Confirm
        | CorrectionKind::Speaker
        | CorrectionKind::Span
        | CorrectionKind::NotAQuote
        | CorrectionKind::MissedQuote => replay::take_back(connection, &correction)?,
        CorrectionKind::MergeClaims | CorrectionKind::SplitClaim => {
            decisions::take_back(connection, &correction)?;
        }
        _ => names::take_back(connection, &correction)?,
    }
    Ok(entry)
}
