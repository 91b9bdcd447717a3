//! How long a command waits for another program: the same for every command that writes to the database.

use crate::cli::values::seconds;
use crate::store::BUSY;
use std::time::Duration;

#[derive(Clone, Copy, Debug, clap::Args)]
pub struct Patience {
    /// How long to wait for another program that is writing to the database
    #[arg(long, value_name = "SECONDS", value_parser = seconds, default_value_t = BUSY.as_secs_f64(), allow_negative_numbers = true)]
    pub wait: f64,
}

impl Patience {
    pub fn time(self) -> Duration {
        Duration::from_secs_f64(self.wait)
    }
}
