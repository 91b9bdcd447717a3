//! The documentation says what the program does: `UPDATE=1 cargo test --test docs` writes what it prints
//! today into docs/commands.md and behind the commands of README.md and docs/ingest.md.

#[cfg(all(feature = "fetch", feature = "pdf"))]
mod docs {
    pub mod newsroom;
}
#[cfg(all(feature = "fetch", feature = "pdf"))]
mod packs;
#[cfg(all(feature = "fetch", feature = "pdf"))]
mod web;

use clap::CommandFactory;
use onrecord::cli::Cli;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;

const PROGRAM: &str = env!("CARGO_BIN_EXE_onrecord");

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn read(name: &str) -> String {
    fs::read_to_string(root().join(name)).unwrap_or_default()
}

/// Compares a page with what it should be, or writes it.
#[track_caller]
fn check(name: &str, expected: &str) {
    if std::env::var_os("UPDATE").is_some() {
        fs::write(root().join(name), expected).unwrap();
    }
    let page = read(name);
    let differs = page.lines().zip(expected.lines()).zip(1..).find(|((page, expected), _)| page != expected);
    let first = differs
        .map(|((page, expected), line)| format!("line {line}\n  has       {page}\n  should be {expected}"));
    assert!(
        page == expected,
        "{name} is out of date: {}\nUPDATE=1 cargo test --test docs",
        first.unwrap_or_default()
    );
}

/// Runs a line of shell where the samples are, with the program in the path; gives what it printed.
fn shell(folder: &Path, line: &str) -> String {
    let path = std::env::var("PATH").unwrap();
    let bin = Path::new(PROGRAM).parent().unwrap().display().to_string();
    let line = format!("{{ {}\n}} 2>&1", line.replace("cargo run --release -q --", "onrecord"));
    let mut command = Command::new("sh");
    command.args(["-c", &line]).current_dir(folder).env("PATH", format!("{bin}:{path}"));
    command.env("NO_COLOR", "1").env("COLUMNS", "100").env_remove("ONRECORD_DB");
    let output = command.output().unwrap();
    let printed = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "`{line}` fails: {printed}");
    printed
}

fn help(arguments: &[&str]) -> String {
    let folder = TempDir::new().unwrap();
    let printed = shell(folder.path(), &format!("onrecord {} --help", arguments.join(" ")));
    printed.lines().map(|line| format!("{}\n", line.trim_end())).collect()
}

#[test]
fn the_page_of_commands_is_their_help() {
    let mut page = "# Commands\n\nWhat `onrecord --help` and `onrecord COMMAND --help` print. Written by \
                    `UPDATE=1 cargo test --test docs`; change it in `src/cli/`.\n"
        .to_owned();
    page.push_str(&section("onrecord", &help(&[])));
    for command in Cli::command().get_subcommands() {
        let help = help(&[command.get_name()]);
        documents(command, &help);
        page.push_str(&section(&format!("onrecord {}", command.get_name()), &help));
    }
    check("docs/commands.md", &page);
}

fn section(title: &str, help: &str) -> String {
    format!("\n## {title}\n\n```text\n{help}```\n")
}

/// Asserts that the help of a command names everything that it takes and says what that is.
fn documents(command: &clap::Command, help: &str) {
    let name = command.get_name();
    assert!(command.get_about().is_some(), "`{name}` says what it does");
    for argument in command.get_arguments() {
        let id = argument.get_id();
        assert!(argument.get_help().is_some(), "`{name}` says what {id} is");
        let flag = argument.get_long().map(|long| format!("--{long}"));
        assert!(flag.is_none_or(|flag| help.contains(&flag)), "the help of `{name}` leaves out {id}");
    }
}

#[test]
fn the_readme_prints_what_its_commands_print() {
    let folder = TempDir::new().unwrap();
    let samples = root().join("samples");
    shell(folder.path(), &format!("cp -R '{}' samples", samples.display()));
    let page = rerun(&read("README.md"), |command| shell(folder.path(), command));
    check("README.md", &page);
}

#[test]
fn the_page_of_claims_prints_what_its_commands_print() {
    let folder = TempDir::new().unwrap();
    let samples = root().join("samples");
    shell(folder.path(), &format!("cp -R '{}' samples", samples.display()));
    let page = rerun(&read("docs/claims.md"), |command| shell(folder.path(), command));
    check("docs/claims.md", &page);
}

#[cfg(all(feature = "fetch", feature = "pdf"))]
#[test]
fn the_page_of_formats_prints_what_its_commands_print() {
    use docs::newsroom::{furnish, localised, site, steady};
    let (folder, site) = (TempDir::new().unwrap(), site());
    furnish(folder.path());
    let run = |command: &str| steady(&shell(folder.path(), &localised(command, &site)), &site);
    check("docs/ingest.md", &rerun(&read("docs/ingest.md"), run));
}

/// A page with what its commands print now.
fn rerun(page: &str, run: impl Fn(&str) -> String) -> String {
    let mut renewed = String::new();
    let mut in_console = false;
    for line in page.lines() {
        in_console = if in_console { line != "```" } else { line == "```console" };
        let command = line.strip_prefix("$ ").filter(|_| in_console);
        // What a console holds beside its commands is what they printed: written anew.
        if !in_console || command.is_some() || line == "```console" {
            renewed.push_str(&format!("{line}\n"));
        }
        if let Some(command) = command {
            renewed.extend(run(command).lines().map(|line| format!("{}\n", line.trim_end())));
        }
    }
    renewed
}

#[test]
fn the_readme_leads_with_the_two_commands() {
    let readme = read("README.md");
    let lines: Vec<&str> = readme.lines().collect();
    let commands = lines.iter().filter(|line| line.starts_with("$ ") || line.starts_with("cargo "));
    let first: Vec<&&str> = commands.take(2).collect();
    assert!(first[0].starts_with("$ cargo run --release -q -- ingest samples/ && "), "{first:?}");
    assert_eq!(*first[1], "cargo test --release");
    assert!(read(".ci/run").lines().any(|line| line == *first[1]), ".ci/run runs the README's test command");
    assert!(read("justfile").lines().any(|line| line.trim() == *first[1]), "so does just test");
}

/// Links to files of this repository lead somewhere.
#[test]
fn links_lead_somewhere() {
    let pages = [
        "README.md",
        "ARCHITECTURE.md",
        "CHANGELOG.md",
        "docs/input.md",
        "docs/ingest.md",
        "docs/database.md",
        "docs/record.md",
        "docs/annotating.md",
        "docs/corrections.md",
        "docs/claims.md",
        "data/README.md",
    ];
    let mut links = 0;
    for page in pages {
        let folder = root().join(page).parent().unwrap().to_owned();
        let text = read(page);
        assert!(!text.is_empty(), "{page} is there");
        for target in
            text.split("](").skip(1).filter_map(|rest| rest.split_once(')')).map(|(target, _)| target)
        {
            let file = target.split('#').next().unwrap_or_default();
            assert!(
                target.starts_with("http") || folder.join(file).exists(),
                "{page}: {target} leads nowhere"
            );
            links += 1;
        }
    }
    assert!(links > 5);
}
