//! Who corrects: the same flags for every command that does.

use crate::cli::outcome::Usage;
use crate::store::corrections::Reviewer;
use std::env;

#[derive(Clone, Debug, clap::Args)]
pub struct By {
    /// Who says so; else the user's name on this computer
    #[arg(long, env = "ONRECORD_REVIEWER", value_name = "NAME")]
    pub by: Option<String>,
    /// Why, for whoever reads the log
    #[arg(long, value_name = "WORDS")]
    pub note: Option<String>,
}

/// Where systems keep the name of their user.
const USERS: [&str; 3] = ["USER", "LOGNAME", "USERNAME"];

impl By {
    /// # Errors
    /// [`Usage`] when nobody is named.
    pub fn reviewer(&self) -> anyhow::Result<Reviewer> {
        let users = USERS.into_iter().filter_map(|name| env::var(name).ok());
        let mut names = self.by.iter().cloned().chain(users).map(|name| name.trim().to_owned());
        let Some(name) = names.find(|name| !name.is_empty()) else {
            let reason = "nobody is named who says so; add --by NAME, or set ONRECORD_REVIEWER";
            return Err(Usage(reason.to_owned()).into());
        };
        let note = self.note.as_deref().map(str::trim).filter(|note| !note.is_empty());
        Ok(Reviewer { name, note: note.map(str::to_owned) })
    }
}
