//! Values of flags, read as the types that the library works with.

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

/// Takes a confidence.
pub fn share(typed: &str) -> Result<f64, String> {
    match typed.parse() {
        Ok(share) if (0.0..=1.0).contains(&share) => Ok(share),
        _ => Err("a number from 0 to 1 is needed, such as 0.8".to_owned()),
    }
}
