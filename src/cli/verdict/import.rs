//! `onrecord verdict import`: reads the reviews of others.

use crate::cli::Global;
use crate::cli::outcome::{Outcome, complain};
use crate::cli::patience::Patience;
use crate::cli::tally::counted;
use crate::cli::visible::visible;
use crate::error::{Error, Result};
use crate::intake::claim_review::reviews;
use crate::model::verdicts::Review;
use crate::query::Reader;
use crate::store::Store;
use crate::store::reviews::Kept;
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// Files with ClaimReview: JSON-LD, a data feed, JSON Lines or a web page, also compressed
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    #[command(flatten)]
    pub patience: Patience,
}

const EXAMPLES: &str = "\
Examples:
  onrecord verdict import fact-checks.json
  onrecord verdict import feed.jsonl.gz page.html --db news.db

Reviews are kept with all their properties, unknown ones too, apart from the verdicts of this database.
One that is read again replaces the one before: the same address, reviewer and words. Claims in the same
words are found whichever came first. A review that doesn't say what it reviews, is longer than 1 MiB or
nested more than 40 deep is named on standard error and left out (exit code 1).";

/// Reviews that are written in one transaction.
const AT_ONCE: usize = 500;

#[derive(Default)]
struct Count {
    new: u64,
    changed: u64,
    same: u64,
    own: u64,
    failed: u64,
}

pub fn run(args: &Args, global: &Global) -> anyhow::Result<Outcome> {
    let mut store = Store::open_waiting(&global.db, args.patience.time())?;
    let mut count = Count::default();
    for path in &args.files {
        match import(path, &mut store, &mut count) {
            Err(error @ Error::Database { .. }) => return Err(error.into()),
            Err(error) => count.fail(&error),
            Ok(()) => {}
        }
    }
    drop(store);
    count.tell(Reader::open(&global.db)?.reviewed_claims()?.len() as u64);
    Ok(if count.failed > 0 { Outcome::SomeFailed } else { Outcome::Done })
}

fn import(path: &std::path::Path, store: &mut Store, count: &mut Count) -> Result<()> {
    let mut waiting = Vec::new();
    let read = reviews(path, |review| {
        match review {
            Ok(review) => waiting.push(review),
            Err(error) => count.fail(&error),
        }
        if waiting.len() >= AT_ONCE { count.keep(store, &mut waiting) } else { Ok(()) }
    });
    // What was read before a file broke off is kept.
    count.keep(store, &mut waiting).and(read)
}

impl Count {
    fn keep(&mut self, store: &mut Store, waiting: &mut Vec<Review>) -> Result<()> {
        for kept in store.keep_reviews(waiting)? {
            *match kept {
                Kept::New => &mut self.new,
                Kept::Changed => &mut self.changed,
                Kept::Same => &mut self.same,
                Kept::Own => &mut self.own,
            } += 1;
        }
        waiting.clear();
        Ok(())
    }

    fn fail(&mut self, error: &Error) {
        self.failed += 1;
        complain(&visible(&error.to_string()));
    }

    fn tell(&self, matched: u64) {
        let read = counted(self.new + self.changed + self.same + self.own, "review");
        let own = if self.own > 0 { format!(", {} of this database's own", self.own) } else { String::new() };
        let failed = if self.failed > 0 { format!("; {} failed", self.failed) } else { String::new() };
        say!(
            "{read} read: {} new, {} changed, {} there already{own}{failed}; {} here {} in the words of a claim",
            self.new,
            self.changed,
            self.same,
            counted(matched, "review"),
            if matched == 1 { "is" } else { "are" }
        );
    }
}
