//! What becomes of speed, size and query times from 1,000 to 1,000,000 articles, all invented: `just bench-scale`.
//!
//! Every figure is that of the program run as a person runs it, start-up and reading included. The last run
//! is kept in `docs/scale.json` and drawn in `docs/scale.svg`.

#[path = "../news/mod.rs"]
mod news;

mod claims;
mod corpus;
mod figures;
mod groups;
mod planted;
mod plot;
mod process;
mod queries;
mod table;

use crate::corpus::Corpus;
use crate::figures::Scale;
use clap::Parser;
use std::io;
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(Parser)]
#[command(name = "scale", about = "Measures onrecord on more and more invented articles")]
struct Args {
    /// The most articles; the steps are 1,000, 10,000, 100,000 and this
    #[arg(long, env = "ONRECORD_BENCH_ARTICLES")]
    articles: Option<usize>,
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Where articles and databases go: 10 GB for a million; the system's temporary folder unless said
    #[arg(long)]
    dir: Option<PathBuf>,
    /// Measure claims instead, at this number of articles only
    #[arg(long)]
    claims: bool,
    /// With --claims: print the planted pairs that don't stand where they should
    #[arg(long, requires = "claims")]
    missed: bool,
    /// Leave the last database and its articles there
    #[arg(long)]
    keep: bool,
    /// Where scale.json and scale.svg go
    #[arg(long, default_value = concat!(env!("CARGO_MANIFEST_DIR"), "/docs"))]
    docs: PathBuf,
    /// The program to measure
    #[arg(long, default_value = env!("CARGO_BIN_EXE_onrecord"))]
    program: PathBuf,
    /// Passed by `cargo bench`, without meaning here
    #[arg(long, hide = true)]
    bench: bool,
}

fn main() -> ExitCode {
    let args = Args::parse();
    let Some(articles) = args.articles.filter(|&articles| articles > 0) else {
        // A bare `cargo bench` comes here, and shall not take an hour.
        eprintln!("scale: say how many articles at most, as in --articles 1000000");
        return ExitCode::SUCCESS;
    };
    match run(&args, articles) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("scale: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(args: &Args, most: usize) -> io::Result<()> {
    let parent = args.dir.clone().unwrap_or_else(std::env::temp_dir);
    std::fs::create_dir_all(&parent)?;
    let mut folder = tempfile::Builder::new().prefix("onrecord-scale-").tempdir_in(parent)?;
    folder.disable_cleanup(args.keep);
    let mut scale = Scale::new(&args.program, args.seed, &args.docs)?;
    if args.claims {
        let corpus = Corpus::write(folder.path(), args.seed, most)?;
        let claims = claims::measure(&args.program, &corpus, args.seed, args.missed)?;
        println!("\n{}", claims::table(&claims));
        scale.put_claims(&claims, &args.docs)?;
        if args.keep {
            println!("kept: {}", folder.path().display());
            return Ok(());
        }
        return corpus.remove();
    }
    for articles in steps(most) {
        println!("{articles} articles …");
        let corpus = Corpus::write(folder.path(), args.seed, articles)?;
        scale.steps.push(figures::measure(&args.program, &corpus, args.seed)?);
        // After each step, so that a run that is broken off leaves what it has.
        scale.write(&args.docs)?;
        if !args.keep || articles < most {
            corpus.remove()?;
        }
    }
    println!("\n{}", table::table(&scale));
    if args.keep {
        println!("kept: {}", folder.path().display());
    }
    Ok(())
}

fn steps(most: usize) -> Vec<usize> {
    let mut steps: Vec<usize> = [1000, 10_000, 100_000].into_iter().filter(|&step| step < most).collect();
    steps.push(most);
    steps
}
