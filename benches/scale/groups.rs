//! The groups of a database, read claim by claim: what is kept of each is a number.

use crate::planted::{Claim, Truth};
use std::io::{self, BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use xxhash_rust::xxh3::xxh3_64;

/// Claims that were picked at random.
const PICKED: usize = 20;

/// All claims of a database.
pub struct Groups {
    /// A sum over the articles and words of each claim, ascending.
    sums: Vec<u64>,
    /// Statements of all claims.
    pub statements: u64,
    /// Some claims, by id, and who made them.
    pub picked: Vec<(String, Option<String>)>,
}

impl Groups {
    /// Reads them as the program lists them; `truth` looks at each.
    pub fn read(program: &Path, database: &Path, mut truth: Option<&mut Truth>) -> io::Result<Self> {
        let list = ["claims", "--format", "jsonl", "--limit", "0", "--no-suggestions", "--db"];
        let mut child = Command::new(program).args(list).arg(database).stdout(Stdio::piped()).spawn()?;
        let mut lines = BufReader::with_capacity(1 << 20, child.stdout.take().expect("piped"));
        let mut groups = Self { sums: Vec::new(), statements: 0, picked: Vec::new() };
        let mut picked: Vec<(u64, (String, Option<String>))> = Vec::new();
        let mut line = String::new();
        while lines.read_line(&mut line)? > 0 {
            let claim: Claim = serde_json::from_str(&line)?;
            line.clear();
            groups.sums.push(sum(&claim));
            groups.statements += claim.prints().count() as u64;
            if let Some(truth) = truth.as_deref_mut() {
                truth.look(&claim);
            }
            let draw = xxh3_64(claim.id.as_bytes());
            if picked.len() < PICKED || picked.last().is_some_and(|(last, _)| draw < *last) {
                let at = picked.partition_point(|(other, _)| *other < draw);
                picked.insert(at, (draw, (claim.id, claim.speaker)));
                picked.truncate(PICKED);
            }
        }
        if !child.wait()?.success() {
            return Err(io::Error::other("`onrecord claims` failed"));
        }
        groups.sums.sort_unstable();
        groups.picked = picked.into_iter().map(|(_, claim)| claim).collect();
        Ok(groups)
    }

    pub const fn count(&self) -> usize {
        self.sums.len()
    }

    /// How many claims of the one or the other aren't there in both.
    pub fn differing(&self, other: &Self) -> usize {
        let (mut one, mut two) = (self.sums.iter().peekable(), other.sums.iter().peekable());
        let mut differing = 0;
        loop {
            match (one.peek(), two.peek()) {
                (None, None) => return differing,
                (Some(a), Some(b)) if a == b => {
                    one.next();
                    two.next();
                    continue;
                }
                (Some(a), Some(b)) if a > b => drop(two.next()),
                (None, Some(_)) => drop(two.next()),
                (Some(_), _) => drop(one.next()),
            }
            differing += 1;
        }
    }
}

/// Whatever the order of its prints.
fn sum(claim: &Claim) -> u64 {
    let print = |article: &str, text: &str| xxh3_64(format!("{article}\t{text}").as_bytes());
    claim.prints().fold(0, |sum: u64, each| sum.wrapping_add(print(&each.article, &each.text)))
}
