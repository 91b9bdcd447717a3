//! Days of the years that the news is spread over.

use jiff::civil::Date;

/// 1 January 2019.
const FIRST: Date = Date::constant(2019, 1, 1);

/// Until the end of 2025.
pub const DAYS: usize = 2557;

pub const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

const WEEKDAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// The day with this number, counted from the first.
pub fn day(number: usize) -> Date {
    let days = jiff::Span::new().days(i64::try_from(number).expect("a few thousand days"));
    FIRST.checked_add(days).expect("a day of this century")
}

pub fn month(date: Date) -> &'static str {
    MONTHS[date.month() as usize - 1]
}

pub fn weekday(date: Date) -> &'static str {
    WEEKDAYS[date.weekday().to_monday_zero_offset() as usize]
}
