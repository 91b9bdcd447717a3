//! `onrecord eval --variants`: how well forms of one quotation are brought together.

use crate::claims::name::Name;
use crate::cli::eval::{Format, unannotated};
use crate::cli::outcome::{Outcome, STDOUT};
use crate::error::Error;
use crate::evaluation::variants::{Figures, Found, Share, evaluate};
use crate::intake::records::records;
use crate::model::{EntityIdx, QuoteIdx, Source};
use crate::pipeline::{Engine, analyse};
use crate::record::Record;
use crate::store::statements::words;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::PathBuf;

pub fn run(paths: &[PathBuf], format: Format, engine: &Engine) -> anyhow::Result<Outcome> {
    let articles = paths.iter().flat_map(|path| records(path));
    let figures = evaluate(articles, |article| find(article, engine))?;
    let shown = match format {
        Format::Table => shown(&figures),
        Format::Json => serde_json::to_string_pretty(&figures)? + "\n",
    };
    anstream::stdout().write_all(shown.as_bytes()).map_err(Error::io(STDOUT))?;
    Ok(Outcome::Done)
}

/// The statements that the program finds in an article.
fn find(article: &Record, engine: &Engine) -> Vec<Found> {
    let document = unannotated(article);
    let analysis = analyse(&document, engine);
    let speakers: BTreeMap<QuoteIdx, EntityIdx> = analysis
        .attributions
        .iter()
        .filter_map(|attribution| match attribution.source {
            Source::Speaker { speaker, .. } => Some((attribution.quote, speaker)),
            Source::Mention(_) | Source::Unknown(_) => None,
        })
        .collect();
    let found = analysis.quotes.iter().enumerate().map(|(at, quote)| {
        let entity = speakers.get(&QuoteIdx::new(at)).map(|speaker| &analysis.entities[speaker.at()]);
        Found {
            name: entity.map(|entity| Name::new(entity.kind, &entity.name)),
            kind: quote.kind,
            text: words(document.text.as_str(), quote.parts.iter().copied()),
        }
    });
    found.collect()
}

fn shown(figures: &Figures) -> String {
    let mut shown = format!("{} articles, {} claims\n\n", figures.articles, figures.claims);
    let mut line = |name: &str, share: &Share| {
        let [precision, recall, f1] = [share.precision, share.recall, share.f1].map(|share| 100.0 * share);
        let _ = writeln!(shown, "{name:<14} P {precision:5.1}   R {recall:5.1}   F1 {f1:5.1}");
    };
    line("pairs", &figures.pairwise);
    line("B³", &figures.b_cubed);
    let mut list = |title: &str, of: Vec<(&str, [u64; 2])>| {
        let _ = writeln!(shown, "\n{title}");
        for (name, [count, all]) in of {
            let _ = writeln!(shown, "  {name:<14} {count:>4} of {all:>4}");
        }
    };
    list(
        "In a group with their claim's own words",
        figures.joined.iter().map(|(name, count)| (name.as_str(), *count)).collect(),
    );
    list(
        "In a group with them, or their claim among the three that are likeliest",
        figures.suggested.iter().map(|(name, count)| (name.as_str(), *count)).collect(),
    );
    let mut apart: Vec<_> = figures.merged.iter().map(|(name, count)| (name.as_str(), *count)).collect();
    apart.push(("misattributed", figures.misattributed_merged));
    list("In a group that they must stay apart from", apart);
    shown
}
