//! `onrecord show`: one article in the terminal.

use crate::cli::Global;
use crate::cli::marked::{Marks, marked};
use crate::cli::outcome::{Outcome, STDOUT, Usage};
use crate::cli::visible::one_line;
use crate::error::Error;
use crate::query::Reader;
use crate::query::articles::{ArticleRow, Found};
use crate::query::quotes::QuoteFilter;
use anstream::{AutoStream, ColorChoice};
use std::io::{Write, stdout};

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// The article's id, its key, or a part of its key or title
    #[arg(value_name = "ARTICLE")]
    pub article: String,
}

const EXAMPLES: &str = "\
Examples:
  onrecord show 1
  onrecord show 'Mayor vows'
  onrecord show https://example.org/bridge | less

Each statement is numbered behind its words: who said it, the reporting words, how sure the program
is. The list at the end says the rest.";

pub fn run(args: &Args, global: &Global) -> anyhow::Result<Outcome> {
    let reader = Reader::open(&global.db)?;
    let article = found(&reader, &args.article)?;
    let text = reader.article_text(article.id)?;
    let mut quotes = Vec::new();
    let filter = QuoteFilter { article: Some(article.id), ..QuoteFilter::default() };
    reader.quotes(&filter, |row| {
        quotes.push(row);
        Ok(())
    })?;
    let marks = match AutoStream::choice(&stdout()) {
        ColorChoice::Never => Marks::Brackets,
        _ => Marks::Colours,
    };
    let mut out = AutoStream::auto(stdout().lock());
    let page = marked(&article, &text, &quotes, marks);
    out.write_all(page.as_bytes()).and_then(|()| out.flush()).map_err(Error::io(STDOUT))?;
    Ok(Outcome::Done)
}

/// The one article that `typed` means.
pub fn found(reader: &Reader, typed: &str) -> anyhow::Result<ArticleRow> {
    match reader.find_article(typed)? {
        Found::One(article) => Ok(*article),
        Found::Several(articles) => Err(Usage(candidates(typed, &articles)).into()),
        Found::Nothing => {
            let typed = one_line(typed);
            Err(Usage(format!("no article is «{typed}»; `onrecord articles` lists them")).into())
        }
    }
}

/// So many articles are named when a part stands in several.
const CANDIDATES: usize = 10;

fn candidates(typed: &str, articles: &[ArticleRow]) -> String {
    let named = |row: &ArticleRow| {
        let title = row.title.as_deref().unwrap_or("no title");
        format!("\n  {}  {}  ({})", row.id.0, one_line(title), one_line(&row.key))
    };
    let names: String = articles.iter().take(CANDIDATES).map(named).collect();
    let more = if articles.len() > CANDIDATES { "\n  …" } else { "" };
    let typed = one_line(typed);
    format!("«{typed}» is a part of {} articles; name one of them by its id:{names}{more}", articles.len())
}
