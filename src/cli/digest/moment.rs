//! Moments as people type them: a day, a time, so long ago, or the last digest.

use crate::query::dates::{first_day, last_day};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp, ToSpan};

/// Since when.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Since {
    /// Since the last digest that was marked.
    Last,
    At(Timestamp),
}

/// Takes a moment to begin with.
pub fn since(typed: &str) -> Result<Since, String> {
    if typed.trim().eq_ignore_ascii_case("last") {
        return Ok(Since::Last);
    }
    moment(typed, |typed| first_day(typed).ok()).map(Since::At).ok_or_else(|| {
        format!("«{typed}» is no moment; write {WAYS}, or last for the last digest with --mark")
    })
}

/// Takes a moment to end with: a day, month or year is taken to its end.
pub fn until(typed: &str) -> Result<Timestamp, String> {
    let after = |typed: &str| last_day(typed).ok()?.checked_add(1.day()).ok();
    moment(typed, after).ok_or_else(|| format!("«{typed}» is no moment; write {WAYS}"))
}

const WAYS: &str = "2025-10-22, 2025-10, 2025-10-22T14:00:00Z or '7 days'";

/// As the database writes it.
pub fn written(moment: Timestamp) -> String {
    moment.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// The day of a moment, UTC.
pub fn day(moment: Timestamp) -> Date {
    moment.to_zoned(TimeZone::UTC).date()
}

fn moment(typed: &str, day: impl Fn(&str) -> Option<Date>) -> Option<Timestamp> {
    let typed = typed.trim();
    if let Some(day) = day(typed) {
        return Some(day.to_zoned(TimeZone::UTC).ok()?.timestamp());
    }
    if let Ok(moment) = typed.parse::<Timestamp>() {
        return is_usual(moment).then_some(moment);
    }
    // «7 days» and «7 days ago» are the same moment.
    let span = typed.parse::<Span>().ok()?.abs();
    let moment = Timestamp::now().to_zoned(TimeZone::UTC).checked_sub(span).ok()?.timestamp();
    is_usual(moment).then_some(moment)
}

/// Whether it is written with four digits of a year, which are compared as text.
fn is_usual(moment: Timestamp) -> bool {
    (0..=9999).contains(&day(moment).year())
}

#[cfg(test)]
mod tests {
    use super::{Since, since, until, written};

    fn begins(typed: &str) -> Option<String> {
        match since(typed).ok()? {
            Since::At(moment) => Some(written(moment)),
            Since::Last => None,
        }
    }

    #[test]
    fn days_begin_and_end() {
        assert_eq!(begins("2025-10-22").as_deref(), Some("2025-10-22T00:00:00Z"));
        assert_eq!(begins("2025-10").as_deref(), Some("2025-10-01T00:00:00Z"));
        assert_eq!(begins("2025-10-22T14:00:00+02:00").as_deref(), Some("2025-10-22T12:00:00Z"));
        assert_eq!(until("2025-10").map(written).as_deref(), Ok("2025-11-01T00:00:00Z"));
        assert_eq!(until("2025-10-22T14:00:00Z").map(written).as_deref(), Ok("2025-10-22T14:00:00Z"));
        assert_eq!(since("Last"), Ok(Since::Last));
    }

    #[test]
    fn so_long_ago_is_before_now() {
        let now = jiff::Timestamp::now();
        for typed in ["7 days", "7 days ago", "1 week", "168 hours", "P7D"] {
            let Ok(Since::At(moment)) = since(typed) else { panic!("{typed}") };
            let hours = (now.as_second() - moment.as_second()) / 3600;
            assert!((167..=168).contains(&hours), "{typed}: {hours}");
        }
    }

    #[test]
    fn anything_else_is_refused_with_the_ways_to_write_it() {
        for typed in ["", "yesterday", "-5", "2025-13", "9999999 years", "7", "99999-01-01"] {
            assert!(since(typed).is_err_and(|told| told.contains("'7 days'")), "{typed}");
            assert!(until(typed).is_err(), "{typed}");
        }
        assert!(until("9999").is_err(), "the day after the last");
    }
}
