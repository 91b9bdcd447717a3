//! Which quotes, as `onrecord quotes` and `onrecord review` are told.

use crate::cli::published::Published;
use crate::cli::values::{named, search};
use crate::cli::visible::one_line;
use crate::model::{CueClass, QuoteKind};
use crate::query::Reader;
use crate::query::quotes::QuoteFilter;
use crate::query::search::Search;
use crate::query::speakers::SpeakerId;

#[derive(Debug, clap::Args)]
pub struct Which {
    /// Words of a speaker's name or alias; case and accents make no difference
    #[arg(long, value_name = "NAME")]
    pub speaker: Option<String>,
    /// Words that all stand in the quote; "in quotation marks" together, wor* for a beginning
    #[arg(long, value_name = "WORDS", value_parser = search)]
    pub search: Option<Search>,
    #[command(flatten)]
    pub published: Published,
    /// Types of quote, with commas between them; all but scare unless said
    #[arg(long = "type", value_name = "TYPE", value_delimiter = ',',
          value_parser = named::<QuoteKind>(QuoteKind::ALL.iter().map(|kind| kind.as_str())))]
    pub kinds: Vec<QuoteKind>,
    /// Quotes that are claimed, denied, asked, …
    #[arg(long, value_name = "CLASS",
          value_parser = named::<CueClass>(CueClass::ALL.iter().map(|class| class.as_str())))]
    pub cue_class: Option<CueClass>,
}

impl Which {
    /// The filter that lets these quotes through, without a limit. Says on standard error whom the speaker's name means
    /// when it isn't just one.
    pub fn filter(&self, reader: &Reader) -> anyhow::Result<QuoteFilter> {
        Ok(QuoteFilter {
            speakers: self.speaker.as_deref().map(|typed| speakers(reader, typed)).transpose()?,
            search: self.search.clone(),
            outlet: self.published.outlet.clone(),
            since: self.published.since,
            until: self.published.until,
            kinds: self.kinds.clone(),
            cue_class: self.cue_class,
            ..QuoteFilter::default()
        })
    }
}

/// So many of the speakers that a word matches are named, those with the most quotes.
const NAMED: usize = 8;

/// Finds the speakers that `typed` means, and says on standard error whom when it isn't just one.
pub fn speakers(reader: &Reader, typed: &str) -> anyhow::Result<Vec<SpeakerId>> {
    let ids = reader.match_speakers(typed)?;
    let names = if ids.len() > 1 { reader.names(&ids)? } else { Vec::new() };
    let mut names: Vec<String> =
        names.iter().map(|(name, quotes)| format!("{} ({quotes})", one_line(name))).collect();
    match ids.len() {
        0 => say_nobody(reader, typed)?,
        1 => {}
        count => {
            let rest = if count > NAMED { format!(", and {} more", count - NAMED) } else { String::new() };
            names.truncate(NAMED);
            let names = names.join(", ");
            say!("«{}» matches {count} speakers: {names}{rest}", one_line(typed));
        }
    }
    Ok(ids)
}

fn say_nobody(reader: &Reader, typed: &str) -> anyhow::Result<()> {
    let names = reader.suggest_speakers(typed, 3)?;
    let names: Vec<String> = names.iter().map(|name| one_line(name)).collect();
    let hint = match names.is_empty() {
        true => "`onrecord speakers` lists them".to_owned(),
        false => format!("did you mean {}?", names.join(", ")),
    };
    say!("no speaker is named «{}»; {hint}", one_line(typed));
    Ok(())
}
