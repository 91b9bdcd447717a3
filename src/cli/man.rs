//! `onrecord man`: the manual pages, made from the same arguments that the program takes.

use crate::cli::outcome::{Outcome, STDOUT, Usage};
use crate::cli::{Cli, Global};
use crate::error::Error;
use clap::CommandFactory;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// Print the page of this command instead of the main page
    #[arg(value_name = "COMMAND", conflicts_with = "output")]
    pub page: Option<String>,
    /// Write the main page and one page a command into this folder
    #[arg(short, long, value_name = "DIR")]
    pub output: Option<PathBuf>,
}

const EXAMPLES: &str = "\
Examples:
  onrecord man | man -l -                      read the main page
  onrecord man quotes | man -l -               read the page of one command
  onrecord man -o ~/.local/share/man/man1      install the pages of all commands";

pub fn run(args: &Args, _global: &Global) -> anyhow::Result<Outcome> {
    let command = built();
    match (&args.output, &args.page) {
        (Some(folder), _) => write_pages(folder, &command)?,
        (None, Some(name)) => print_page(find(&command, name)?)?,
        (None, None) => print_page(&command)?,
    }
    Ok(Outcome::Done)
}

/// The command with its subcommands named in full (`onrecord-quotes`), as their pages are.
fn built() -> clap::Command {
    let mut command = Cli::command().disable_help_subcommand(true);
    command.build();
    command
}

fn find<'a>(command: &'a clap::Command, name: &str) -> Result<&'a clap::Command, Usage> {
    let names = || command.get_subcommands().map(clap::Command::get_name).collect::<Vec<_>>().join(", ");
    command.find_subcommand(name).ok_or_else(|| Usage(format!("no command `{name}`; there are {}", names())))
}

fn print_page(command: &clap::Command) -> anyhow::Result<()> {
    Ok(io::stdout().lock().write_all(&page(command)?).map_err(Error::io(STDOUT))?)
}

fn page(command: &clap::Command) -> io::Result<Vec<u8>> {
    let mut page = Vec::new();
    clap_mangen::Man::new(command.clone()).render(&mut page)?;
    Ok(page)
}

fn write_pages(folder: &Path, command: &clap::Command) -> anyhow::Result<()> {
    std::fs::create_dir_all(folder).map_err(Error::io(folder))?;
    for command in std::iter::once(command).chain(command.get_subcommands()) {
        let name = command.get_display_name().unwrap_or_else(|| command.get_name());
        let path = folder.join(format!("{name}.1"));
        std::fs::write(&path, page(command)?).map_err(Error::io(&path))?;
    }
    Ok(())
}
