//! Values of flags, read as the types that the library works with.

use crate::intake::LARGEST_ARTICLE_BYTES;
use crate::query::search::Search;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use std::error::Error;
use std::num::NonZeroU64;
use std::str::FromStr;

/// Takes the names of one of the closed lists of [`crate::model`], and lists them in the help.
pub fn named<T>(names: impl Iterator<Item = &'static str>) -> impl TypedValueParser<Value = T>
where
    T: FromStr<Err: Error + Send + Sync + 'static> + Clone + Send + Sync + 'static,
{
    PossibleValuesParser::new(names).try_map(|name| name.parse::<T>())
}

/// Takes words to look for.
pub fn search(typed: &str) -> Result<Search, String> {
    Search::new(typed).ok_or_else(|| "there is no letter or digit in it to look for".to_owned())
}

/// Takes how many there should be, at least one.
pub fn count(typed: &str) -> Result<NonZeroU64, String> {
    typed.parse().map_err(|_| "a whole number from 1 is needed".to_owned())
}

/// Takes how many rows there may be, 0 for all.
pub fn limit(typed: &str) -> Result<u64, String> {
    typed.parse().map_err(|_| "a whole number is needed, 0 for all".to_owned())
}

/// Takes a confidence.
pub fn share(typed: &str) -> Result<f64, String> {
    match typed.parse() {
        Ok(share) if (0.0..=1.0).contains(&share) => Ok(share),
        _ => Err("a number from 0 to 1 is needed, such as 0.8".to_owned()),
    }
}

/// Takes a time of up to an hour in seconds.
pub fn seconds(typed: &str) -> Result<f64, String> {
    match typed.parse() {
        Ok(seconds) if (0.0..=3600.0).contains(&seconds) => Ok(seconds),
        _ => Err("a number of seconds from 0 to 3600 is needed, such as 2 or 0.5".to_owned()),
    }
}

/// Takes the size of an article: bytes, or with K, M or G thousands of them as computers count.
pub fn size(typed: &str) -> Result<usize, String> {
    let upper = typed.trim().to_ascii_uppercase();
    let digits = upper.trim_end_matches('B').trim_end_matches('I');
    let (digits, shift) = match digits.strip_suffix(['K', 'M', 'G']) {
        Some(rest) if digits.ends_with('K') => (rest, 10),
        Some(rest) if digits.ends_with('M') => (rest, 20),
        Some(rest) => (rest, 30),
        None => (digits, 0),
    };
    let bytes = digits.trim().parse::<usize>().ok().and_then(|number| number.checked_mul(1 << shift));
    match bytes {
        Some(bytes) if (1..=LARGEST_ARTICLE_BYTES).contains(&bytes) => Ok(bytes),
        _ => Err("a size from 1 byte to 1G is needed, such as 500K or 64M".to_owned()),
    }
}

/// The longest web address taken, in bytes.
const LONGEST_ADDRESS: usize = 2048;

/// Takes a web address.
pub fn web_address(typed: &str) -> Result<String, String> {
    let typed = typed.trim();
    let scheme = typed.split_once("://").map(|(scheme, rest)| (scheme.to_ascii_lowercase(), rest));
    let is_web = scheme.is_some_and(|(scheme, rest)| {
        let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
        ["http", "https"].contains(&scheme.as_str()) && host.chars().any(char::is_alphanumeric)
    });
    let is_plain = !typed.contains(|c: char| c.is_whitespace() || c.is_control() || "<>\"".contains(c));
    if is_web && is_plain && typed.len() <= LONGEST_ADDRESS {
        return Ok(typed.to_owned());
    }
    Err("a web address is needed, such as https://example.org/report".to_owned())
}

#[cfg(test)]
mod tests {
    use super::{size, web_address};

    #[test]
    fn only_web_addresses_are_taken() {
        for typed in ["https://example.org", "HTTP://a.example/x?y#z", "https://münchen.example/ä"] {
            assert_eq!(web_address(typed).as_deref(), Ok(typed));
        }
        for typed in [
            "",
            "example.org",
            "javascript:alert(1)",
            "file:///etc/x",
            "https://",
            "https:///x",
            "https://a b",
            "https://a/<b>",
        ] {
            assert!(web_address(typed).is_err(), "{typed}");
        }
    }

    #[test]
    fn sizes_are_read_as_people_write_them() {
        for (typed, bytes) in
            [("500", 500), ("2K", 2048), ("16MiB", 16 << 20), ("64 mb", 64 << 20), ("1g", 1 << 30)]
        {
            assert_eq!(size(typed), Ok(bytes), "{typed}");
        }
        for typed in ["", "0", "-1", "M", "2G", "1.5M", "99999999999999999999G", "16 apples"] {
            assert!(size(typed).is_err(), "{typed}");
        }
    }
}
