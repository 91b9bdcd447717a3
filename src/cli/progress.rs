//! What a person or a program sees while long work goes on.

use crate::cli::tally::Tally;
use indicatif::{HumanCount, HumanDuration, ProgressBar, ProgressDrawTarget, ProgressStyle};
use serde_json::json;
use std::io::{IsTerminal, Write, stderr, stdout};
use std::time::{Duration, Instant};

/// Where a piece of long work stands.
#[derive(Clone, Copy, Debug)]
pub struct Standing {
    pub tally: Tally,
    /// Bytes of the inputs read so far.
    pub done: u64,
    /// Bytes of all inputs, once that is known.
    pub total: Option<u64>,
}

/// Progress as it is shown: when the work takes longer than a moment, and not too often.
pub struct Progress {
    started: Instant,
    next: Instant,
    display: Display,
}

/// Where and how progress is shown.
enum Display {
    Nowhere,
    /// One line of a terminal, written over again; drawn from the first time on.
    Bar(Option<ProgressBar>),
    /// A line on standard error now and then, for logs.
    Lines,
    /// One JSON object a line on standard output.
    Events,
}

impl Progress {
    /// For a command that prints nothing while it works.
    pub fn alone() -> Self {
        let is_terminal = stderr().is_terminal();
        Self::new(if is_terminal { Display::Bar(None) } else { Display::Lines })
    }

    /// For a command that prints results as they come: nothing is drawn where they run over the
    /// same terminal.
    pub fn beside_results() -> Self {
        let is_apart = stderr().is_terminal() && !stdout().is_terminal();
        Self::new(if is_apart { Display::Bar(None) } else { Display::Nowhere })
    }

    /// For a program that reads standard output.
    pub fn events() -> Self {
        Self::new(Display::Events)
    }

    fn new(display: Display) -> Self {
        let started = Instant::now();
        let mut progress = Self { started, next: started, display };
        progress.next += progress.pause();
        progress
    }

    /// How long it takes from one showing to the next.
    fn pause(&self) -> Duration {
        match self.display {
            Display::Nowhere | Display::Lines => Duration::from_secs(10),
            Display::Events => Duration::from_secs(1),
            Display::Bar(None) => Duration::from_secs(1),
            Display::Bar(Some(_)) => Duration::from_millis(100),
        }
    }

    /// Shows where the work stands, when it is time.
    pub fn show(&mut self, standing: impl FnOnce() -> Standing) {
        let now = Instant::now();
        if now < self.next {
            return;
        }
        let standing = standing();
        match &mut self.display {
            Display::Nowhere => {}
            Display::Bar(bar) => {
                let bar = bar.get_or_insert_with(|| new_bar(self.started));
                bar.set_message(line(&standing, self.started.elapsed()));
                bar.tick();
            }
            Display::Lines => say!("{}", line(&standing, self.started.elapsed())),
            Display::Events => self.event("progress", &standing),
        }
        self.next = now + self.pause();
    }

    /// Prints something between two showings of progress.
    pub fn interrupt(&self, print: impl FnOnce()) {
        match &self.display {
            Display::Bar(Some(bar)) => bar.suspend(print),
            _ => print(),
        }
    }

    /// Says how the work ended, where a program is told.
    pub fn finish(&self, standing: &Standing) {
        match &self.display {
            Display::Bar(Some(bar)) => bar.finish_and_clear(),
            Display::Events => {
                self.event(if standing.tally.interrupted { "stopped" } else { "done" }, standing)
            }
            Display::Nowhere | Display::Bar(None) | Display::Lines => {}
        }
    }

    /// Whether a program is told of every event.
    pub const fn tells_events(&self) -> bool {
        matches!(self.display, Display::Events)
    }

    fn event(&self, name: &str, standing: &Standing) {
        let elapsed = self.started.elapsed();
        let mut event = json!({ "event": name });
        if let (Some(event), serde_json::Value::Object(tally)) =
            (event.as_object_mut(), json!(standing.tally))
        {
            event.extend(tally);
            event.insert("bytes_read".to_owned(), standing.done.into());
            event.insert("bytes_total".to_owned(), standing.total.into());
            event.insert("seconds".to_owned(), json!((elapsed.as_secs_f64() * 1000.0).round() / 1000.0));
            event
                .insert("seconds_left".to_owned(), json!(left(standing, elapsed).map(|left| left.as_secs())));
        }
        tell(&event);
    }
}

/// Prints an event on standard output. Whoever reads it may have had enough: that is no reason to stop the work.
pub fn tell(event: &serde_json::Value) {
    let mut out = stdout().lock();
    let _ = writeln!(out, "{event}").and_then(|()| out.flush());
}

/// Where the work stands, in one line.
fn line(standing: &Standing, elapsed: Duration) -> String {
    let pace = standing.tally.articles as f64 / elapsed.as_secs_f64().max(0.001);
    let mut line = format!("{}, {} articles a second", standing.tally, HumanCount(pace as u64));
    if let Some(total) = standing.total.filter(|&total| total > 0) {
        line.push_str(&format!(", {} %", standing.done.min(total) * 100 / total));
    }
    if let Some(left) = left(standing, elapsed) {
        line.push_str(&format!(", {} left", HumanDuration(left)));
    }
    line
}

/// How long the rest takes at the pace so far.
fn left(standing: &Standing, elapsed: Duration) -> Option<Duration> {
    let total = standing.total.filter(|_| standing.done > 0)?;
    let rest = total.saturating_sub(standing.done) as f64 / standing.done as f64;
    // An hour of nothing but reading headers would promise centuries.
    Duration::try_from_secs_f64(elapsed.as_secs_f64() * rest).ok().filter(|left| left.as_secs() < 10_000_000)
}

fn new_bar(started: Instant) -> ProgressBar {
    // Ten times a second: drawing must not slow the work down.
    let target = ProgressDrawTarget::stderr_with_hz(10);
    let style = ProgressStyle::with_template("{spinner} {msg}, {elapsed}");
    let bar = ProgressBar::with_draw_target(None, target).with_elapsed(started.elapsed());
    bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_spinner()));
    bar
}

#[cfg(test)]
mod tests {
    use super::{Standing, left, line};
    use crate::cli::tally::Tally;
    use std::time::Duration;

    fn standing(done: u64, total: Option<u64>) -> Standing {
        Standing { tally: Tally { articles: 500, ..Tally::default() }, done, total }
    }

    #[test]
    fn the_time_left_follows_from_the_bytes() {
        let ten = Duration::from_secs(10);
        assert_eq!(left(&standing(25, Some(100)), ten), Some(Duration::from_secs(30)));
        assert_eq!(left(&standing(0, Some(100)), ten), None);
        assert_eq!(left(&standing(25, None), ten), None);
        assert_eq!(left(&standing(120, Some(100)), ten), Some(Duration::ZERO));
        assert_eq!(left(&standing(1, Some(u64::MAX)), ten), None);
    }

    #[test]
    fn a_line_says_rate_share_and_time_left() {
        let line = line(&standing(25, Some(100)), Duration::from_secs(10));
        assert_eq!(line, "500 articles read, 50 articles a second, 25 %, 30 seconds left");
    }
}
