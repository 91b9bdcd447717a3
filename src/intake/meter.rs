//! How far the reading has come.

use crate::intake::limits::Budget;
use crate::intake::streams::Recover;
use std::io::{self, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Counts the bytes of named files read so far, as they are on the disk; its clones count together.
#[derive(Clone, Debug, Default)]
pub struct Meter(Arc<AtomicU64>);

impl Meter {
    /// Bytes so far. Of a file that was passed over or could be read only in part, all bytes count.
    pub fn bytes(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }

    pub(crate) fn add(&self, bytes: u64) {
        self.0.fetch_add(bytes, Ordering::Relaxed);
    }
}

/// A file on the disk, or standard input, counted as it is read.
pub(crate) struct Metered<R> {
    pub inner: R,
    pub meter: Meter,
    pub budget: Budget,
}

impl<R: Read> Read for Metered<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(into)?;
        self.meter.add(read as u64);
        self.budget.read(read as u64);
        Ok(read)
    }
}

impl<R: Read> Recover for Metered<R> {}
