//! `onrecord explain`: why some words are a statement of somebody, or none.

use crate::cli::Global;
use crate::cli::explained::{explained, listed, refused};
use crate::cli::outcome::{Outcome, STDOUT, Usage};
use crate::cli::show::found;
use crate::cli::table::shortened;
use crate::cli::visible::{one_line, whole_line};
use crate::error::Error;
use crate::explanation::{Answer, QuoteSummary, explain};
use crate::intake::{self, Meter, Options, Piece, walk};
use crate::lexicon::feature_names::FeatureNames;
use crate::model::{Document, RawArticle};
use crate::pipeline::Engine;
use crate::query::Reader;
use crate::text::document;
use anstream::AutoStream;
use clap::ValueEnum;
use serde::Serialize;
use std::io::{Write, stdout};
use std::ops::ControlFlow;
use std::path::Path;

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// A file with one article, or - for standard input; else an article of the database, as `show` takes it
    #[arg(value_name = "ARTICLE")]
    pub article: String,
    /// A quote's number or the beginning of its id, or some words of the article; without it, the quotes are listed
    #[arg(value_name = "QUOTE")]
    pub quote: Option<String>,
    /// How to print
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub format: Format,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, ValueEnum)]
pub enum Format {
    /// For reading: what mattered most
    #[default]
    Text,
    /// One object with everything that mattered
    Json,
}

const EXAMPLES: &str = "\
Examples:
  onrecord explain article.txt                         its quotes, with numbers and ids
  onrecord explain article.txt 2                       the second of them
  onrecord explain 'Mayor vows' 'will not gamble'      an article of the database, by words
  onrecord explain article.txt 'rain fell all day'     why these words are no statement

Weights are log-odds: + speaks for, − against; 0.7 doubles the odds. The article is analysed anew.";

pub fn run(args: &Args, global: &Global) -> anyhow::Result<Outcome> {
    let engine = global.engine()?;
    let document = article(&args.article, &engine, global)?;
    let names = FeatureNames::load()?;
    let typed = args.quote.as_deref();
    match explain(&document, &engine, &names, typed) {
        Answer::Quote(explanation) => print(args.format, &*explanation, explained)?,
        Answer::Refusal(refusal) => print(args.format, &*refusal, refused)?,
        Answer::All(quotes) => print(args.format, &quotes, |quotes| listed(quotes))?,
        Answer::Several(quotes) => return Err(Usage(several(typed, &quotes)).into()),
        Answer::Nothing(quotes) => return Err(Usage(nothing(typed, quotes)).into()),
    }
    Ok(Outcome::Done)
}

fn print<T: Serialize>(format: Format, what: &T, text: impl FnOnce(&T) -> String) -> anyhow::Result<()> {
    let page = match format {
        Format::Text => text(what),
        Format::Json => serde_json::to_string_pretty(what)? + "\n",
    };
    let mut out = AutoStream::auto(stdout().lock());
    out.write_all(page.as_bytes()).and_then(|()| out.flush()).map_err(Error::io(STDOUT))?;
    Ok(())
}

/// The article of a file, else of the database.
fn article(typed: &str, engine: &Engine, global: &Global) -> anyhow::Result<Document> {
    let path = Path::new(typed);
    if typed == "-" || path.exists() {
        return from_file(path, engine);
    }
    if !global.db.exists() {
        let typed = whole_line(typed);
        let reason = format!(
            "«{typed}» is no file, and there is no database to look it up in; name a file with an article, or \
             `onrecord ingest` articles first"
        );
        return Err(Usage(reason).into());
    }
    let reader = Reader::open(&global.db)?;
    let row = found(&reader, typed)?;
    let text = reader.article_text(row.id)?;
    Ok(document(RawArticle { title: row.title, outlet: row.outlet, ..RawArticle::plain(row.key, text) }))
}

fn from_file(path: &Path, engine: &Engine) -> anyhow::Result<Document> {
    let (words, mut articles) = (&engine.lexicon.intake, Vec::new());
    walk(&[path.to_owned()], &Options::default(), words, &Meter::default(), &mut |piece| {
        match piece {
            Ok(Piece::Article(unread)) => articles.push(intake::article(unread, words)),
            Ok(Piece::PassedOver(_)) => {}
            Err(error) => articles.push(Err(error)),
        }
        if articles.len() < 2 { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    });
    let mut articles = articles.into_iter();
    let shown = whole_line(&path.to_string_lossy());
    let Some(first) = articles.next() else {
        return Err(Usage(format!("{shown} holds no article")).into());
    };
    let first = document(first?);
    if articles.next().is_some() {
        let reason = format!(
            "{shown} holds several articles, and one is explained at a time; `onrecord ingest {shown}`, then name \
             one by its id or key, such as '{}'",
            one_line(&first.key)
        );
        return Err(Usage(reason).into());
    }
    Ok(first)
}

/// So many characters of a quote tell it from others.
const TOLD: usize = 60;

fn several(typed: Option<&str>, quotes: &[QuoteSummary]) -> String {
    let each = quotes.iter().map(|quote| {
        let number = quote.number.map_or_else(|| "–".to_owned(), |number| number.to_string());
        format!("\n  {number}  {}  {}", quote.id, shortened(one_line(&quote.words), TOLD))
    });
    let typed = one_line(typed.unwrap_or_default());
    format!(
        "«{typed}» is in {} quotes; name one by its number or id:{}",
        quotes.len(),
        each.collect::<String>()
    )
}

fn nothing(typed: Option<&str>, quotes: usize) -> String {
    let numbers = match quotes {
        0 => "the article has no quotes".to_owned(),
        1 => "the article has one quote, 1".to_owned(),
        _ => format!("the article has quotes 1 to {quotes}"),
    };
    let typed = one_line(typed.unwrap_or_default());
    format!(
        "«{typed}» is no number or id of a quote and stands nowhere in the article; {numbers}: leave QUOTE out to \
         list them, or copy some words from the text"
    )
}
