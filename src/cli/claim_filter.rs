//! The flags that say which claims are meant, for the list and for exports.

use crate::cli::outcome::Usage;
use crate::cli::published::Published;
use crate::cli::quote_filter;
use crate::cli::values::{named, search, share};
use crate::model::QuoteState;
use crate::model::verdicts::Status;
use crate::query::Reader;
use crate::query::claims::{ClaimFilter, Order, Suggestions};
use crate::query::search::Search;
use clap::ValueEnum;

#[derive(Clone, Debug, clap::Args)]
pub struct Claims {
    /// Words of a speaker's name or alias; case and accents make no difference
    #[arg(long, value_name = "NAME")]
    pub speaker: Option<String>,
    /// Words that all stand in one of its statements; "in quotation marks" together, wor* for a beginning
    #[arg(long, value_name = "WORDS", value_parser = search)]
    pub search: Option<Search>,
    /// Words of a person, place, organisation, number or date that it is about
    #[arg(long, value_name = "WORDS", value_parser = about)]
    pub about: Option<String>,
    #[command(flatten)]
    pub published: Published,
    /// How far the work on it is: open, in-progress, checked, not-checkable
    #[arg(long, value_name = "STATUS", value_parser = status)]
    pub status: Option<Status>,
    /// Claims as the program found them (machine), with a statement that a person confirmed, mended or added (reviewed),
    /// or what was said to be no statement (rejected), with commas between them; all but rejected ones unless said
    #[arg(long = "state", value_name = "STATE", value_delimiter = ',',
          value_parser = named::<QuoteState>(QuoteState::ALL.iter().map(|state| state.as_str())))]
    pub states: Vec<QuoteState>,
    /// Claims at least so much worth checking
    #[arg(long, value_name = "0..1", value_parser = share)]
    pub min_worth: Option<f64>,
    /// Which come first [default: spread]
    #[arg(long, value_enum, value_name = "ORDER")]
    pub sort: Option<Sort>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, ValueEnum)]
pub enum Sort {
    /// Those printed most often, copies of one report counted once
    #[default]
    Spread,
    /// Those printed last
    Recent,
    /// Those with the most wordings
    Drift,
    /// Those most worth checking
    Worth,
}

fn status(typed: &str) -> Result<Status, String> {
    let name = typed.to_lowercase().replace('-', "_");
    name.parse().map_err(|_| "a status is needed: open, in-progress, checked or not-checkable".to_owned())
}

fn about(typed: &str) -> Result<String, String> {
    search(typed).map(|_| typed.to_owned())
}

impl Claims {
    /// The filter that they make; speakers are looked up, and on standard error it is said whom a name means when it isn't
    /// just one.
    ///
    /// # Errors
    /// When the database can't be read.
    pub fn filter(&self, reader: &Reader, limit: Option<u64>) -> anyhow::Result<ClaimFilter> {
        Ok(ClaimFilter {
            speakers: self
                .speaker
                .as_deref()
                .map(|typed| quote_filter::speakers(reader, typed))
                .transpose()?,
            search: self.search.clone(),
            outlet: self.published.outlet.clone(),
            since: self.published.since,
            until: self.published.until,
            status: self.status,
            states: self.states.clone(),
            min_worth: self.min_worth,
            about: self.about.clone(),
            order: match self.sort.unwrap_or_default() {
                Sort::Spread => Order::Spread,
                Sort::Recent => Order::Recent,
                Sort::Drift => Order::Drift,
                Sort::Worth => Order::Worth,
            },
            suggestions: Suggestions::default(),
            limit,
        })
    }

    /// The first of the flags that was given.
    pub fn typed(&self) -> Option<&'static str> {
        let Published { outlet, since, until } = &self.published;
        let typed = [
            ("--speaker", self.speaker.is_some()),
            ("--search", self.search.is_some()),
            ("--about", self.about.is_some()),
            ("--outlet", outlet.is_some()),
            ("--since", since.is_some()),
            ("--until", until.is_some()),
            ("--status", self.status.is_some()),
            ("--state", !self.states.is_empty()),
            ("--min-worth", self.min_worth.is_some()),
            ("--sort", self.sort.is_some()),
        ];
        typed.into_iter().find(|(_, is_typed)| *is_typed).map(|(flag, _)| flag)
    }

    /// Says that they go with claims only, where they were given with something else.
    ///
    /// # Errors
    /// [`Usage`] then.
    pub fn refuse(&self, what: &str) -> Result<(), Usage> {
        let Some(flag) = self.typed() else { return Ok(()) };
        let listing = format!("`onrecord {what}` takes filters and the same --format");
        Err(Usage(format!("{flag} goes with `onrecord export claims` only; {listing}")))
    }
}

#[cfg(test)]
mod tests {
    use super::status;
    use crate::model::verdicts::Status;

    #[test]
    fn a_status_is_read_with_either_hyphen() {
        assert_eq!(status("in-progress"), Ok(Status::InProgress));
        assert_eq!(status("not_checkable"), Ok(Status::NotCheckable));
        assert!(status("done").unwrap_err().contains("not-checkable"));
    }
}
