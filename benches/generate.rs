//! Writes invented news to standard output, for trying onrecord on as many articles as wanted:
//!
//! `cargo bench --bench generate -- --articles 10000 --seed 1 --format jsonl > news.jsonl`

#[path = "news/mod.rs"]
mod news;

use clap::{Parser, ValueEnum};
use std::io::{self, BufWriter, ErrorKind, Write};
use std::process::ExitCode;

#[derive(Parser)]
#[command(name = "generate", about = "Writes invented news to standard output")]
struct Args {
    /// How many articles
    #[arg(long)]
    articles: Option<usize>,
    /// Another seed gives other news, the same seed the same
    #[arg(long, default_value_t = 1)]
    seed: u64,
    #[arg(long, value_enum, default_value = "jsonl")]
    format: Format,
    /// Passed by `cargo bench`, without meaning here
    #[arg(long, hide = true)]
    bench: bool,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// One article a line
    Jsonl,
    /// A web archive of pages, as .warc.gz
    Warc,
}

fn main() -> ExitCode {
    let args = Args::parse();
    let Some(articles) = args.articles else {
        // A bare `cargo bench` comes here.
        eprintln!("generate: say how many articles, as in --articles 1000");
        return ExitCode::SUCCESS;
    };
    match write(&args, articles, BufWriter::new(io::stdout().lock())) {
        Ok(()) => ExitCode::SUCCESS,
        // Whoever reads has had enough.
        Err(error) if error.kind() == ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("generate: can't write: {error}");
            ExitCode::FAILURE
        }
    }
}

fn write(args: &Args, articles: usize, mut out: impl Write) -> io::Result<()> {
    let news = news::News::new(args.seed).take(articles);
    match args.format {
        Format::Jsonl => {
            for article in news {
                out.write_all(article.to_json_line().as_bytes())?;
            }
        }
        Format::Warc => {
            news::warc::write_start(&mut out)?;
            for article in news {
                news::warc::write_article(&mut out, &article)?;
            }
        }
    }
    out.flush()
}
