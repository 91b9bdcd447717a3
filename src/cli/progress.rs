//! What a person sees while long work goes on: a line of progress, and every failure as it happens.

use crate::cli::outcome::complain;
use crate::cli::stream::Tally;
use crate::cli::visible::whole_line;
use crate::error::Error;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::{IsTerminal, stderr, stdout};
use std::time::{Duration, Instant};

/// A line on standard error, when that is a terminal and the work takes longer than a moment.
pub struct Progress {
    started: Instant,
    wanted: bool,
    bar: Option<ProgressBar>,
}

impl Progress {
    /// For a command that prints nothing while it works.
    pub fn alone() -> Self {
        Self { started: Instant::now(), wanted: stderr().is_terminal(), bar: None }
    }

    /// For a command that prints results as they come: nothing is drawn where they run over the
    /// same terminal.
    pub fn beside_results() -> Self {
        Self { wanted: stderr().is_terminal() && !stdout().is_terminal(), ..Self::alone() }
    }

    pub fn show(&mut self, tally: &Tally) {
        if self.wanted && self.bar.is_none() && self.started.elapsed() > MOMENT {
            self.bar = Some(bar().with_elapsed(self.started.elapsed()));
        }
        if let Some(bar) = &self.bar {
            let pace = tally.articles as f64 / self.started.elapsed().as_secs_f64();
            bar.set_message(format!("{tally}, {pace:.0} articles a second"));
            bar.tick();
        }
    }

    /// Names a failed input above the line of progress.
    pub fn error(&self, error: &Error) {
        let print = || complain(&whole_line(&error.to_string()));
        match &self.bar {
            Some(bar) => bar.suspend(print),
            None => print(),
        }
    }

    pub fn clear(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

const MOMENT: Duration = Duration::from_secs(1);

fn bar() -> ProgressBar {
    // Ten times a second: drawing must not slow the work down.
    let target = ProgressDrawTarget::stderr_with_hz(10);
    let style = ProgressStyle::with_template("{spinner} {msg}, {elapsed}");
    let bar = ProgressBar::with_draw_target(None, target);
    bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_spinner()));
    bar
}
