//! Dates as people type them in a filter: a day, a month or a whole year.

use jiff::civil::Date;

/// A word that is no date.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("«{0}» is no date; write 2025-10-22, 2025-10 or 2025")]
pub struct BadDate(String);

/// The first day that `typed` stands for: `2025-10` is 1 October 2025.
///
/// # Errors
/// [`BadDate`] when it is neither a day nor a month nor a year.
pub fn first_day(typed: &str) -> Result<Date, BadDate> {
    let parsed = match typed.len() {
        4 => day(&format!("{typed}-01-01")),
        7 => day(&format!("{typed}-01")),
        _ => day(typed),
    };
    parsed.ok_or_else(|| BadDate(typed.to_owned()))
}

/// The last day that `typed` stands for: `2025-10` is 31 October 2025.
///
/// # Errors
/// As [`first_day`].
pub fn last_day(typed: &str) -> Result<Date, BadDate> {
    let first = first_day(typed)?;
    Ok(match typed.len() {
        4 => first.last_of_year(),
        7 => first.last_of_month(),
        _ => first,
    })
}

/// Takes ISO 8601 days only: the parser itself would take times and week dates too.
fn day(typed: &str) -> Option<Date> {
    let is_shaped = typed.len() == 10
        && typed.bytes().enumerate().all(|(at, byte)| match at {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    if is_shaped { typed.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::{first_day, last_day};
    use jiff::civil::date;

    #[test]
    fn a_day_a_month_and_a_year_are_taken() {
        assert_eq!(first_day("2025-10-22"), Ok(date(2025, 10, 22)));
        assert_eq!(last_day("2025-10-22"), Ok(date(2025, 10, 22)));
        assert_eq!(first_day("2024-02"), Ok(date(2024, 2, 1)));
        assert_eq!(last_day("2024-02"), Ok(date(2024, 2, 29)));
        assert_eq!(first_day("2025"), Ok(date(2025, 1, 1)));
        assert_eq!(last_day("2025"), Ok(date(2025, 12, 31)));
    }

    #[test]
    fn anything_else_is_refused_with_the_ways_to_write_it() {
        for typed in
            ["", "22/10/2025", "2025-13", "2025-02-30", "202", "2025-W01", "2025-10-22T10:00", "２０２５"]
        {
            let error = first_day(typed).expect_err(typed);
            assert_eq!(error.to_string(), format!("«{typed}» is no date; write 2025-10-22, 2025-10 or 2025"));
        }
    }
}
