//! How much of an input is taken, so that none can fill the memory or keep the program busy for ever.

use crate::intake::streams::Recover;
use std::cell::Cell;
use std::io::{self, Read};
use std::rc::Rc;

/// The longest article taken unless the limits say otherwise, in bytes.
pub const MAX_ARTICLE_BYTES: usize = 16 << 20;

/// The longest article that the limits may allow: positions in a text are of 32 bits.
pub const LARGEST_ARTICLE_BYTES: usize = 1 << 30;

/// The limits of an input.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Limits {
    /// Longest article in bytes: a file, a member of an archive, a line, a capture. 16 MiB.
    pub article: usize,
    /// How many packed files and archives may stand one inside the other. 4: a zip of `.tar.gz` of `.html.gz`.
    pub nesting: u32,
    /// How many times its size on the disk a file may unpack to, beside `free`. 200.
    pub unpacked: u64,
    /// Bytes that any file may unpack to. 256 MiB.
    pub free: u64,
}

impl Limits {
    /// The longest article in words.
    pub fn longest(&self) -> String {
        match self.article {
            bytes if bytes.is_multiple_of(1 << 20) => format!("{} MiB", bytes >> 20),
            bytes if bytes.is_multiple_of(1 << 10) => format!("{} KiB", bytes >> 10),
            bytes => format!("{bytes} bytes"),
        }
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self { article: MAX_ARTICLE_BYTES, nesting: 4, unpacked: 200, free: 256 << 20 }
    }
}

/// What one file has unpacked to so far, with all that is packed inside it.
#[derive(Clone)]
pub struct Budget(Rc<Counts>);

struct Counts {
    ratio: u64,
    free: u64,
    packed: Cell<u64>,
    unpacked: Cell<u64>,
}

impl Budget {
    pub fn new(limits: &Limits) -> Self {
        let (packed, unpacked) = (Cell::new(0), Cell::new(0));
        Self(Rc::new(Counts { ratio: limits.unpacked, free: limits.free, packed, unpacked }))
    }

    /// Counts bytes read from the disk.
    pub fn read(&self, bytes: u64) {
        self.0.packed.set(self.0.packed.get().saturating_add(bytes));
    }

    /// Whether the file has unpacked to more than it may; nothing more comes out of it.
    pub fn is_spent(&self) -> bool {
        let most = self.0.packed.get().saturating_mul(self.0.ratio).saturating_add(self.0.free);
        self.0.unpacked.get() > most
    }

    fn unpack(&self, bytes: usize) -> io::Result<()> {
        self.0.unpacked.set(self.0.unpacked.get().saturating_add(bytes as u64));
        if !self.is_spent() {
            return Ok(());
        }
        let reason = format!(
            "unpacks to more than {} times its size, as files made to fill a disk do; if it is none, give \
             --max-unpacked a larger number",
            self.0.ratio
        );
        Err(io::Error::other(reason))
    }
}

/// What comes out of an unpacker, counted.
pub struct Counted<R> {
    inner: R,
    budget: Budget,
}

impl<R> Counted<R> {
    pub fn new(inner: R, budget: &Budget) -> Self {
        Self { inner, budget: budget.clone() }
    }
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(into)?;
        self.budget.unpack(read)?;
        Ok(read)
    }
}

impl<R: Recover> Recover for Counted<R> {
    fn recover(&mut self) -> io::Result<bool> {
        Ok(!self.budget.is_spent() && self.inner.recover()?)
    }
}
