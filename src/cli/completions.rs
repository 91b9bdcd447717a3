//! `onrecord completions`: a completion script for a shell.

use crate::cli::outcome::{Outcome, STDOUT};
use crate::cli::{Cli, Global};
use crate::error::Error;
use clap::CommandFactory;
use clap_complete::Shell;
use std::io::{self, Write};

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// The shell that will read the script
    pub shell: Shell,
}

const EXAMPLES: &str = "\
Examples:
  onrecord completions bash > ~/.local/share/bash-completion/completions/onrecord
  onrecord completions zsh > ~/.zfunc/_onrecord
  onrecord completions fish > ~/.config/fish/completions/onrecord.fish";

pub fn run(args: &Args, _global: &Global) -> anyhow::Result<Outcome> {
    // Written to memory first: the generator panics where a pipe breaks.
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "onrecord", &mut script);
    io::stdout().lock().write_all(&script).map_err(Error::io(STDOUT))?;
    Ok(Outcome::Done)
}
