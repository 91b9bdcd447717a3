//! What people say about quotes, kept for good, and put upon what the machine finds.
//!
//! A correction is a row of a log that is only ever added to. What stands in `quote` is what the machine found with the
//! corrections on top, in their order: so one of them can be taken back and the others stay, and when the machine
//! finds quotes anew, because the article changed or another analysis read it, they are put upon these again. Each is
//! found again by its words ([`crate::anchor`]); one that can't be found for sure is an orphan until it can.

pub mod trouble;
pub mod log;
pub mod version;
pub mod row;
pub mod sources;
pub mod effect;
pub mod placing;
pub mod replay;
pub mod quotes;
pub mod names;
pub mod decisions;
pub mod undo;

pub use crate::store::corrections::log::Reviewer;
pub use crate::store::corrections::names::{Alias, Part};
pub use crate::store::corrections::quotes::{Change, SpeakerName};
