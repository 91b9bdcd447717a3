//! When the next request may go out, and whether one may at all.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

/// The longest that a site makes us wait between two requests, whatever its robots.txt asks for.
pub(crate) const LONGEST_PAUSE: Duration = Duration::from_secs(30);

/// Keeps requests to one host apart.
#[derive(Debug)]
pub(crate) struct Pace {
    pause: Duration,
    stop: Option<&'static AtomicBool>,
    /// When each host was asked last. Those asked too long ago to matter are dropped.
    last: Mutex<BTreeMap<String, Instant>>,
}

impl Pace {
    pub(crate) fn new(pause: Duration, stop: Option<&'static AtomicBool>) -> Self {
        Self { pause, stop, last: Mutex::default() }
    }

    /// Waits until `host` may be asked again; the site may have asked for a longer `delay`.
    ///
    /// # Errors
    /// That the person at the keyboard stopped the work meanwhile.
    pub(crate) fn wait_for(&self, host: &str, delay: Option<Duration>) -> Result<(), String> {
        let pause = self.pause.max(delay.unwrap_or_default().min(LONGEST_PAUSE));
        let last = self.hosts().get(host).copied();
        let left = last.map_or(Duration::ZERO, |last| pause.saturating_sub(last.elapsed()));
        self.sleep(left)?;
        self.note(host);
        Ok(())
    }

    /// Does nothing for `time`.
    ///
    /// # Errors
    /// As [`Pace::wait_for`].
    pub(crate) fn sleep(&self, time: Duration) -> Result<(), String> {
        const SLICE: Duration = Duration::from_millis(50);
        let end = Instant::now() + time;
        loop {
            self.go_on()?;
            match end.saturating_duration_since(Instant::now()) {
                Duration::ZERO => return Ok(()),
                left => thread::sleep(left.min(SLICE)),
            }
        }
    }

    /// # Errors
    /// As [`Pace::wait_for`].
    pub(crate) fn go_on(&self) -> Result<(), String> {
        let stopped = self.stop.is_some_and(|stop| stop.load(Ordering::Relaxed));
        if stopped { Err("was not fetched, because the work was stopped".to_owned()) } else { Ok(()) }
    }

    fn note(&self, host: &str) {
        const MANY: usize = 1000;
        let mut hosts = self.hosts();
        if hosts.len() >= MANY {
            let longest = self.pause.max(LONGEST_PAUSE);
            hosts.retain(|_, last| last.elapsed() < longest);
        }
        hosts.insert(host.to_owned(), Instant::now());
    }

    fn hosts(&self) -> std::sync::MutexGuard<'_, BTreeMap<String, Instant>> {
        self.last.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::Pace;
    use std::sync::atomic::AtomicBool;
    use std::time::{Duration, Instant};

    fn waited(pace: &Pace, host: &str, delay: Option<Duration>) -> Duration {
        let start = Instant::now();
        pace.wait_for(host, delay).unwrap();
        start.elapsed()
    }

    #[test]
    fn one_host_is_asked_after_a_pause() {
        let pause = Duration::from_millis(120);
        let pace = Pace::new(pause, None);
        assert!(waited(&pace, "a.example", None) < pause);
        assert!(waited(&pace, "b.example", None) < pause);
        assert!(waited(&pace, "a.example", None) > pause / 3);
        assert!(waited(&pace, "a.example", Some(pause * 2)) > pause);
    }

    #[test]
    fn a_stop_ends_the_wait() {
        static STOP: AtomicBool = AtomicBool::new(true);
        let pace = Pace::new(Duration::from_secs(60), Some(&STOP));
        let start = Instant::now();
        assert!(pace.sleep(Duration::from_secs(60)).unwrap_err().contains("stopped"));
        assert!(pace.wait_for("a.example", None).is_err());
        assert!(start.elapsed() < Duration::from_secs(10));
    }
}
