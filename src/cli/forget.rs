//! `onrecord forget`: takes articles out of the database.

use crate::cli::outcome::{Outcome, Usage};
use crate::cli::patience::Patience;
use crate::cli::show::found;
use crate::cli::tally::counted;
use crate::cli::visible::one_line;
use crate::cli::{Global, interrupt};
use crate::query::Reader;
use crate::query::articles::ArticleFilter;
use crate::store::Store;
use std::io::{IsTerminal, Write, stdin};
use std::sync::atomic::Ordering;

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// The article's id, its key, or a part of its key or title
    #[arg(value_name = "ARTICLE", required_unless_present = "outlet", conflicts_with = "outlet")]
    pub article: Option<String>,
    /// All articles of the outlets that have these words in their name
    #[arg(long, value_name = "WORDS")]
    pub outlet: Option<String>,
    /// Don't ask
    #[arg(short, long)]
    pub yes: bool,
    #[command(flatten)]
    pub patience: Patience,
}

const EXAMPLES: &str = "\
Examples:
  onrecord forget 1
  onrecord forget --outlet 'Valley Gazette' --yes

All versions of the articles go, with their quotes, and the speakers whom nobody else quotes. There is no way
back but a copy made by `onrecord backup`. The room in the file is used again by later articles.";

/// Articles forgotten in one transaction: others may write between two.
const AT_ONCE: usize = 200;

pub fn run(args: &Args, global: &Global) -> anyhow::Result<Outcome> {
    let articles = asked_for(args, global)?;
    if articles.is_empty() {
        say!("no articles found");
        return Ok(Outcome::Done);
    }
    if !args.yes && !confirmed(articles.len())? {
        say!("nothing was forgotten");
        return Ok(Outcome::Done);
    }
    let stop = interrupt::flag();
    let mut store = Store::open_existing(&global.db, args.patience.time())?;
    let mut forgotten = 0;
    for some in articles.chunks(AT_ONCE) {
        if stop.load(Ordering::Relaxed) {
            break;
        }
        forgotten += store.forget(some)?;
    }
    say!("{} forgotten", counted(forgotten, "article"));
    let was_stopped = stop.load(Ordering::Relaxed) && forgotten < articles.len() as u64;
    Ok(if was_stopped { Outcome::SomeFailed } else { Outcome::Done })
}

fn asked_for(args: &Args, global: &Global) -> anyhow::Result<Vec<i64>> {
    let reader = Reader::open(&global.db)?;
    if let Some(typed) = &args.article {
        let article = found(&reader, typed)?;
        say!("{} ({})", one_line(article.title.as_deref().unwrap_or("no title")), one_line(&article.key));
        return Ok(vec![article.id.0]);
    }
    let mut articles = Vec::new();
    let filter = ArticleFilter { outlet: args.outlet.clone(), ..ArticleFilter::default() };
    reader.articles(&filter, |row| {
        articles.push(row.id.0);
        Ok(())
    })?;
    Ok(articles)
}

fn confirmed(count: usize) -> anyhow::Result<bool> {
    let count = counted(count as u64, "article");
    if !stdin().is_terminal() {
        return Err(
            Usage(format!("{count} would be forgotten for good; --yes does it without asking")).into()
        );
    }
    let _ = write!(anstream::stderr(), "Forget {count} for good? [y/N] ");
    let mut answer = String::new();
    stdin().read_line(&mut answer)?;
    Ok(matches!(answer.trim(), "y" | "Y" | "yes"))
}
