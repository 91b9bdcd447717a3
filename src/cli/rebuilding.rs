//! `onrecord claims rebuild`: all statements grouped anew.

use crate::cli::Global;
use crate::cli::interrupt;
use crate::cli::listing::{Format, Listing};
use crate::cli::outcome::Outcome;
use crate::cli::patience::Patience;
use crate::cli::table::{Column, Line, column};
use crate::cli::tally::counted;
use crate::store::Store;
use crate::store::rebuild::Rebuilt;
use comfy_table::{Cell, CellAlignment};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::{IsTerminal, stderr};
use std::ops::ControlFlow;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

#[derive(Debug, clap::Args)]
pub struct Args {
    /// How to print what became of the claims
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub format: Format,
    #[command(flatten)]
    pub patience: Patience,
}

pub const EXAMPLES: &str = "\
Examples:
  onrecord ingest archive/ --no-claims && onrecord claims rebuild
  onrecord claims rebuild --format json

Groups all statements from what is stored, as if they came one by one: after `ingest --no-claims`, when
`onrecord check` finds claims out of step, and with a new onrecord that groups by other rules. Verdicts,
watches and what people said of claims stay and count. Nothing is changed before the last moment: after Ctrl-C
the claims are as they were. Others can read meanwhile, and wait to write. It takes room in the system's
temporary folder (TMPDIR) for as much as the claims take.";

pub fn run(args: &Args, global: &Global) -> anyhow::Result<Outcome> {
    let stop = interrupt::flag_saying("stopping; the claims stay as they were; Ctrl-C again to stop at once");
    let mut store = Store::open_existing(&global.db, args.patience.time())?;
    let mut progress = Progress::new();
    let rebuilt = store.rebuild_claims(|done, all| {
        progress.show(done, all);
        if stop.load(Ordering::Relaxed) { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    progress.finish();
    let Some(rebuilt) = rebuilt? else {
        say!("stopped: the claims are as they were");
        return Ok(Outcome::SomeFailed);
    };
    let listing = Listing { format: args.format, limit: None };
    listing.print("claims", |each| each(rebuilt).map(|()| 1))?;
    let ([_, statements], [_, claims]) = (rebuilt.statements, rebuilt.claims);
    let (statements, claims) = (counted(statements, "statement"), counted(claims, "claim"));
    say!("{statements} grouped into {claims}, {} of them other than before", rebuilt.changed);
    Ok(Outcome::Done)
}

/// How far it is, shown when it takes longer than a moment.
struct Progress {
    started: Instant,
    next: Instant,
    /// Where a terminal is.
    bar: Option<ProgressBar>,
}

impl Progress {
    /// A line in a log is enough now and then.
    const LOG: Duration = Duration::from_secs(10);

    fn new() -> Self {
        let started = Instant::now();
        let bar = stderr().is_terminal().then(|| {
            let style = ProgressStyle::with_template(
                "{spinner} {percent} % of the quotes grouped, {elapsed}, {eta} left",
            );
            let bar = ProgressBar::with_draw_target(Some(1), ProgressDrawTarget::stderr_with_hz(10));
            bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
        });
        Self { started, next: started + Self::LOG, bar }
    }

    fn show(&mut self, done: u64, all: u64) {
        if let Some(bar) = &self.bar {
            bar.set_length(all);
            bar.set_position(done);
            return;
        }
        let now = Instant::now();
        if now >= self.next {
            let share = u128::from(done) * 100 / u128::from(all.max(1));
            say!("{share} % of the quotes grouped after {} s", (now - self.started).as_secs());
            self.next = now + Self::LOG;
        }
    }

    fn finish(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

impl Line for Rebuilt {
    const HEAD: &'static [Column] = &[
        column("statements", 12),
        column("before", 12),
        column("claims", 12),
        column("before", 12),
        column("changed", 12),
    ];

    fn line(&self) -> Vec<Cell> {
        let ([old_statements, statements], [old_claims, claims]) = (self.statements, self.claims);
        let counts = [statements, old_statements, claims, old_claims, self.changed];
        counts.into_iter().map(|count| Cell::new(count).set_alignment(CellAlignment::Right)).collect()
    }
}
