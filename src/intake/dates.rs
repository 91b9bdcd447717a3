//! Dates as newsrooms print them.

use crate::lexicon::intake::IntakeWords;
use jiff::civil::Date;

/// Reads a value that is a date and nothing else but a weekday before it and a time after it:
/// `2025-10-22`, `2025-10-22T08:00:00Z`, `22 October 2025`, `Oct. 22nd, 2025 at 8:15 am`,
/// `Monday, May 18, 2015`, `22/10/2025`.
///
/// The date is the one printed; no time zone is applied. A date in figures whose day and month
/// can't be told apart (`05/06/2025`) is none.
pub fn date(value: &str, words: &IntakeWords) -> Option<Date> {
    let value = value.trim();
    if let Some((date, rest)) = iso_prefix(value) {
        return is_time(rest).then_some(date);
    }
    let mut rest = value;
    let pieces = [(); 3].map(|()| next_piece(&mut rest));
    if let Some(date) = prose(pieces, words) {
        return is_time(rest).then_some(date);
    }
    // Not at once: the first word may be a weekday, of which no table is needed.
    let weekday = pieces[0].chars().all(char::is_alphabetic);
    let date = prose([pieces[1], pieces[2], next_piece(&mut rest)], words)?;
    (weekday && is_time(rest)).then_some(date)
}

/// Reads the ISO date that `text` begins with, and gives what stands behind it.
pub fn iso_prefix(text: &str) -> Option<(Date, &str)> {
    let (date, rest) = text.split_at_checked("2025-10-22".len())?;
    let cut = rest.starts_with(|next: char| next.is_ascii_digit());
    let dashed = date.bytes().zip(0..).all(|(byte, at)| match at {
        4 | 7 => byte == b'-',
        _ => byte.is_ascii_digit(),
    });
    if !dashed || cut {
        return None;
    }
    Some((checked(&date[..4], &date[5..7], &date[8..])?, rest))
}

/// What may follow a date: nothing, or a time of day with whatever names its zone.
fn is_time(rest: &str) -> bool {
    let rest =
        rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ',' | 'T' | '|' | '-' | '–'));
    let rest = rest.strip_prefix("at ").unwrap_or(rest);
    let behind = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    let has_hour = matches!(rest.len() - behind.len(), 1..=2);
    let is_hour = behind.trim_start().starts_with([':', '.', 'h', 'a', 'p', 'A', 'P']);
    rest.is_empty() || (rest.len() <= 40 && has_hour && is_hour)
}

/// Takes the next word or number, without the comma or stop behind it.
fn next_piece<'a>(rest: &mut &'a str) -> &'a str {
    let from = rest.trim_start();
    let end = from.find(|c: char| c.is_whitespace() || c == ',').unwrap_or(from.len());
    let (piece, behind) = from.split_at(end);
    *rest = behind.strip_prefix(',').unwrap_or(behind);
    piece.trim_end_matches('.')
}

fn prose([first, second, third]: [&str; 3], words: &IntakeWords) -> Option<Date> {
    let month = |name: &str| words.months.get(name.to_lowercase().as_str()).copied();
    if let Some(month) = month(first) {
        return assembled(third, month, second);
    }
    match month(second) {
        Some(month) => assembled(third, month, first),
        None if second.is_empty() => figures(first),
        None => None,
    }
}

/// `22/10/2025`, `10/22/2025`, `22.10.2025`, `2025/10/22`, where only one reading is a date.
fn figures(value: &str) -> Option<Date> {
    let parts: Vec<&str> = value.split(['/', '.', '-']).collect();
    let &[first, second, third] = parts.as_slice() else { return None };
    if first.len() == 4 {
        return checked(first, second, third);
    }
    let (day_first, month_first) = (checked(third, second, first), checked(third, first, second));
    match (day_first, month_first) {
        (Some(one), Some(other)) if one != other => None,
        (date, other) => date.or(other),
    }
}

fn assembled(year: &str, month: i8, day: &str) -> Option<Date> {
    let suffix = day.trim_start_matches(|c: char| c.is_ascii_digit());
    let is_ordinal = suffix.len() <= 2 && suffix.chars().all(|c| c.is_ascii_alphabetic());
    let day = day.strip_suffix(suffix)?;
    is_ordinal.then_some(())?;
    checked(year, &month.to_string(), day)
}

fn checked(year: &str, month: &str, day: &str) -> Option<Date> {
    let digits = |number: &str| number.bytes().all(|byte| byte.is_ascii_digit());
    let plain =
        year.len() == 4 && month.len() <= 2 && day.len() <= 2 && [year, month, day].into_iter().all(digits);
    plain.then_some(())?;
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::date;
    use crate::lexicon::intake::IntakeWords;

    fn read(value: &str) -> Option<String> {
        date(value, &IntakeWords::load().unwrap()).map(|date| date.to_string())
    }

    #[test]
    fn dates_as_people_write_them() {
        let october = [
            "2025-10-22",
            "2025-10-22T08:15:00Z",
            "2025-10-22 08:15:00+02:00",
            "22 October 2025",
            "October 22, 2025",
            "Oct. 22, 2025",
            "OCT 22 2025",
            "22nd Oct 2025",
            "Wednesday, October 22, 2025",
            "Wednesday 22 October 2025",
            "Wed, 22 Oct 2025 10:15:00 GMT",
            "October 22, 2025 at 10:15 am GMT",
            "October 22, 2025, 10:15 a.m.",
            "22/10/2025",
            "10/22/2025",
            "2025/10/22",
        ];
        for value in october {
            assert_eq!(read(value).as_deref(), Some("2025-10-22"), "{value}");
        }
        assert_eq!(read("Monday, May 18, 2015").as_deref(), Some("2015-05-18"));
        assert_eq!(read("1 Sept. 2024").as_deref(), Some("2024-09-01"));
        assert_eq!(read("05/05/2025").as_deref(), Some("2025-05-05"));
    }

    #[test]
    fn what_is_no_date_or_more_than_one() {
        let none = [
            "",
            "yesterday",
            "October 2025",
            "05/06/2025",
            "2025-13-01",
            "2025-02-30",
            "2025-10-223",
            "31 June 2025",
            "22 October 2025 was cold",
            "2025-10-22 was cold",
            "22 October 25",
            "the 22nd October 2025 20",
            "2025-1é-22",
        ];
        for value in none {
            assert_eq!(read(value), None, "{value}");
        }
    }
}
