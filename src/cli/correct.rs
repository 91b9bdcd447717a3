//! `onrecord correct`: says what is right where the program was wrong.

use crate::cli::Global;
use crate::cli::outcome::{Outcome, Usage};
use crate::cli::patience::Patience;
use crate::cli::reviewer::By;
use crate::cli::show::found;
use crate::cli::table::shortened;
use crate::cli::values::named;
use crate::cli::visible::one_line;
use crate::lexicon::fold::fold;
use crate::model::{EntityKind, QuoteKind, QuoteState};
use crate::query::Reader;
use crate::query::articles::ArticleId;
use crate::query::quotes::{QuoteFilter, QuoteRow};
use crate::store::Store;
use crate::store::corrections::{Change, SpeakerName};
use clap::ArgGroup;

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
#[command(group(ArgGroup::new("what").required(true).multiple(true)
    .args(["speaker", "nobody", "span", "not_a_quote", "confirm", "missed"])))]
pub struct Args {
    /// The article's id, its key, or a part of its key or title
    #[arg(value_name = "ARTICLE")]
    pub article: String,
    /// The quote's number in `show`, its id, or some of its words
    #[arg(value_name = "QUOTE", required_unless_present = "missed", conflicts_with = "missed")]
    pub quote: Option<String>,
    /// This is who said it
    #[arg(long, value_name = "NAME", conflicts_with_all = ["nobody", "span", "not_a_quote", "confirm"])]
    pub speaker: Option<String>,
    /// What the speaker is, where it is no person
    #[arg(long, value_name = "KIND", requires = "speaker",
          value_parser = named::<EntityKind>(EntityKind::ALL.iter().map(|kind| kind.as_str())))]
    pub kind: Option<EntityKind>,
    /// The article names nobody as the speaker
    #[arg(long, conflicts_with_all = ["span", "not_a_quote", "confirm"])]
    pub nobody: bool,
    /// These are its exact words, with … between parts
    #[arg(long, value_name = "WORDS", conflicts_with_all = ["not_a_quote", "confirm", "missed"])]
    pub span: Option<String>,
    /// Nobody said it: it is no quote
    #[arg(long, conflicts_with_all = ["confirm", "missed"])]
    pub not_a_quote: bool,
    /// It is right as it stands
    #[arg(long, conflicts_with = "missed")]
    pub confirm: bool,
    /// These exact words are a quote that the program passed over
    #[arg(long, value_name = "WORDS")]
    pub missed: Option<String>,
    #[command(flatten)]
    pub by: By,
    #[command(flatten)]
    pub patience: Patience,
}

const EXAMPLES: &str = "\
Examples:
  onrecord correct 1 2 --speaker 'Ann Reyes'         the second quote of article 1 is hers
  onrecord correct 'Mayor vows' 'stays shut' --not-a-quote
  onrecord correct 1 2 --span '“It stays shut until Friday,”'
  onrecord correct 1 --missed 'that nobody had asked' --speaker 'Bo Lund' --note 'second paragraph'

Nothing is ever lost: `onrecord corrections` lists what was said, `onrecord undo` takes it back. A
correction is kept with the words around it, and put in its place again when the article changes or
is read anew; where that isn't sure, `onrecord orphans` lists it.";

pub fn run(args: &Args, global: &Global) -> anyhow::Result<Outcome> {
    let by = args.by.reviewer()?;
    let reader = Reader::open(&global.db)?;
    let article = found(&reader, &args.article)?;
    let speaker = args.speaker.clone().map(|name| SpeakerName { name, kind: args.kind });
    let quote = args.quote.as_deref().map(|typed| quote(&reader, article.id, typed)).transpose()?;
    drop(reader);
    let mut store = Store::open_existing(&global.db, args.patience.time())?;
    let id = match (quote, &args.missed) {
        (Some(quote), _) => store.correct(&article.key, &quote.id, &change(args, speaker), &by)?,
        (None, Some(words)) => store.add_missed(&article.key, words, speaker.as_ref(), &by)?,
        (None, None) => return Err(Usage("name a quote, or give its words with --missed".to_owned()).into()),
    };
    say!("correction {id} made; `onrecord undo {id}` takes it back");
    Ok(Outcome::Done)
}

fn change(args: &Args, speaker: Option<SpeakerName>) -> Change {
    match (speaker, &args.span) {
        (Some(speaker), _) => Change::Speaker(speaker),
        (_, Some(words)) => Change::Span(words.clone()),
        _ if args.nobody => Change::Nobody,
        _ if args.not_a_quote => Change::NotAQuote,
        _ => Change::Confirm,
    }
}

/// An id is told from a number or a word by so many digits at least.
const ID: usize = 8;

/// The one quote of an article that `typed` means: its number in `show`, its id or the beginning of it, or some words.
fn quote(reader: &Reader, article: ArticleId, typed: &str) -> anyhow::Result<QuoteRow> {
    let list = |filter: QuoteFilter| {
        let mut rows = Vec::new();
        let filter = QuoteFilter { article: Some(article), ..filter };
        let listed = reader.quotes(&filter, |row| {
            rows.push(row);
            Ok(())
        });
        listed.map(|_| rows)
    };
    let shown = list(QuoteFilter::default())?;
    let number = typed.parse::<usize>().ok().filter(|_| typed.len() < ID);
    if let Some(row) = number.and_then(|number| shown.get(number.checked_sub(1)?)) {
        return Ok(row.clone());
    }
    let states = QuoteState::ALL.to_vec();
    let mut all = list(QuoteFilter { kinds: QuoteKind::ALL.to_vec(), states, ..QuoteFilter::default() })?;
    let count = shown.len();
    if typed.len() >= ID && all.iter().any(|row| row.id.starts_with(typed)) {
        all.retain(|row| row.id.starts_with(typed));
    } else {
        let wanted = fold(typed);
        all.retain(|row| !wanted.is_empty() && fold(&row.words).contains(&wanted));
    }
    match all.len() {
        0 => Err(Usage(nothing(typed, count)).into()),
        1 => Ok(all.remove(0)),
        _ => Err(Usage(several(typed, &all)).into()),
    }
}

fn nothing(typed: &str, count: usize) -> String {
    let numbers = match count {
        0 => "the article has no quotes".to_owned(),
        1 => "the article has one quote, 1".to_owned(),
        _ => format!("the article has quotes 1 to {count}"),
    };
    let typed = one_line(typed);
    format!(
        "«{typed}» is no number, id or words of a quote; {numbers}, as `onrecord show` lists them; for words that \
         the program passed over there is --missed"
    )
}

/// So many quotes are named, with so many characters of each.
const NAMED: usize = 10;
const TOLD: usize = 60;

fn several(typed: &str, rows: &[QuoteRow]) -> String {
    let each = |row: &QuoteRow| format!("\n  {}  {}", row.id, shortened(one_line(&row.words), TOLD));
    let names: String = rows.iter().take(NAMED).map(each).collect();
    let more = if rows.len() > NAMED { "\n  …" } else { "" };
    format!("«{}» is in {} quotes; name one by its id:{names}{more}", one_line(typed), rows.len())
}
