//! The flags that say where and when articles were published.

use crate::query::dates::{first_day, last_day};
use jiff::civil::Date;

#[derive(Clone, Debug, clap::Args)]
pub struct Published {
    /// Words of the outlet's name
    #[arg(long, value_name = "NAME")]
    pub outlet: Option<String>,
    /// Articles published on this day or later: 2025-10-22, 2025-10 or 2025
    #[arg(long, value_name = "DATE", value_parser = first_day)]
    pub since: Option<Date>,
    /// Articles published up to this day, month or year
    #[arg(long, value_name = "DATE", value_parser = last_day)]
    pub until: Option<Date>,
}
