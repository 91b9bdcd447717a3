//! What a person sees while long work goes on: a line of progress, and every failure as it happens.

use crate::cli::outcome::complain;
use crate::cli::stream::Tally;
use crate::cli::visible::whole_line;
use crate::error::Error;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::{IsTerminal, stderr, stdout};
use std::time::{Duration, Instant};

/// A line on standard error, when that is a terminal and the work takes longer than a moment.
///
/// Nothing is drawn while results run over the same terminal.
pub struct Progress {
    started: Instant,
    wanted: bool,
    bar: Option<ProgressBar>,
}

impl Progress {
    pub fn new() -> Self {
        let wanted = stderr().is_terminal() && !stdout().is_terminal();
        Self { started: Instant::now(), wanted, bar: None }
    }

    pub fn show(&mut self, tally: &Tally) {
        if self.wanted && self.bar.is_none() && self.started.elapsed() > MOMENT {
            self.bar = Some(bar());
        }
        if let Some(bar) = &self.bar {
            bar.set_message(tally.to_string());
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

impl Default for Progress {
    fn default() -> Self {
        Self::new()
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
