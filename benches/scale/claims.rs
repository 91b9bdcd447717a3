//! What claims cost and give: `--claims`.

use crate::corpus::Corpus;
use crate::groups::Groups;
use crate::news::News;
use crate::planted::{Planted, Truth};
use crate::process::{Run, output, watched};
use crate::queries::{Query, query, strings};
use serde::Serialize;
use std::fmt::Write;
use std::fs;
use std::io;
use std::path::Path;
use std::time::Instant;

/// Up to so many articles both ingests are run three times, one after the other.
const THREE_PAIRS: usize = 20_000;

/// Of `docs/scale.json`, under `claims`.
#[derive(Serialize)]
pub struct Claims {
    pub version: String,
    pub date: String,
    pub articles: usize,
    pub claims: usize,
    pub statements: u64,
    /// Seconds of an ingest without claims and with them, on two threads, for each pair.
    pub pairs: Vec<[f64; 2]>,
    /// The pace with claims over that without: the middle one of the pairs.
    pub pace: f64,
    pub ingest_peak_mib: Option<f64>,
    pub rebuild_seconds: f64,
    pub rebuild_peak_mib: Option<f64>,
    pub database_bytes: u64,
    /// Of it, in a file without claims.
    pub without_bytes: u64,
    /// Seconds of `claims --format jsonl --limit 0 --no-suggestions`, read by another program.
    pub list_seconds: f64,
    pub queries: Vec<Query>,
    pub planted: Planted,
    /// Claims that a rebuild makes otherwise, by the lists before and after.
    pub rebuilt_otherwise: usize,
    /// Claims that the same articles in another order make otherwise.
    pub shuffled_otherwise: usize,
}

pub fn measure(program: &Path, corpus: &Corpus, seed: u64, tells_missed: bool) -> io::Result<Claims> {
    let database = corpus.database(2);
    let mut pairs = Vec::new();
    let (mut with, mut without_bytes) = (None, 0);
    for _ in 0..if corpus.articles <= THREE_PAIRS { 3 } else { 1 } {
        let without = ingest(program, corpus, &["--no-claims"])?;
        without_bytes = fs::metadata(&database)?.len();
        let run = ingest(program, corpus, &[])?;
        pairs.push([without.seconds, run.seconds]);
        println!("  ingest {:.1} s without claims, {:.1} s with them", without.seconds, run.seconds);
        with = Some(run);
    }
    let news = News::new(seed);
    let mut truth = Truth::new(&news, corpus.articles);
    let started = Instant::now();
    let kept = Groups::read(program, &database, Some(&mut truth))?;
    let list_seconds = started.elapsed().as_secs_f64();
    println!("  {} claims listed in {list_seconds:.1} s", kept.count());
    if tells_missed {
        truth
            .missed()
            .for_each(|(number, source, kind)| println!("  {kind:?}: news-{number} of news-{source}"));
    }
    let queries = pages(program, &database, &kept)?;
    let database_bytes = fs::metadata(&database)?.len();
    let rebuild = rebuild(program, &database)?;
    let rebuilt = Groups::read(program, &database, None)?;
    println!("  rebuilt in {:.1} s", rebuild.seconds);
    fs::remove_file(&database)?;
    let shuffled = corpus.shuffled(seed)?;
    ingest_file(program, &shuffled, &database, &[])?;
    let shuffled = Groups::read(program, &database, None)?;
    Ok(Claims {
        version: output(program, &["--version"])?.trim().to_owned(),
        date: jiff::Timestamp::now().strftime("%Y-%m-%d").to_string(),
        articles: corpus.articles,
        claims: kept.count(),
        statements: kept.statements,
        pace: middle(pairs.iter().map(|[without, with]| without / with).collect()),
        pairs,
        ingest_peak_mib: with.and_then(|run| run.peak_mib),
        rebuild_seconds: rebuild.seconds,
        rebuild_peak_mib: rebuild.peak_mib,
        database_bytes,
        without_bytes,
        list_seconds,
        queries,
        planted: truth.planted(),
        rebuilt_otherwise: kept.differing(&rebuilt),
        shuffled_otherwise: kept.differing(&shuffled),
    })
}

/// Ingests all articles into a new database.
fn ingest(program: &Path, corpus: &Corpus, more: &[&str]) -> io::Result<Run> {
    let database = corpus.database(2);
    if database.exists() {
        fs::remove_file(&database)?;
    }
    ingest_file(program, &corpus.all.path, &database, more)
}

fn ingest_file(program: &Path, articles: &Path, database: &Path, more: &[&str]) -> io::Result<Run> {
    let (path, file) = (articles.to_string_lossy(), database.to_string_lossy());
    let arguments = ["ingest", "--format", "jsonl", "--jobs", "2", "--db", &file, &path];
    watched(program, &[&arguments[..], more].concat())
}

/// Groups the claims anew.
fn rebuild(program: &Path, database: &Path) -> io::Result<Run> {
    watched(program, &["claims", "rebuild", "--db", &database.to_string_lossy()])
}

fn middle(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures.get(figures.len() / 2).copied().unwrap_or(f64::NAN)
}

/// Pages of single claims, and short lists.
fn pages(program: &Path, database: &Path, groups: &Groups) -> io::Result<Vec<Query>> {
    let file = database.to_string_lossy();
    let drift = ["claims", "--sort", "drift", "--limit", "20", "--format", "csv", "--db", &file];
    let drift = output(program, &drift)?;
    let most =
        drift.lines().skip(1).filter_map(|line| line.split(',').next()).filter(|id| id.starts_with('c'));
    let show = |id: &str| strings(&["claims", "show", id]);
    let speakers = groups.picked.iter().filter_map(|(_, speaker)| speaker.as_deref());
    let list = |more: &[&str]| vec![[&strings(&["claims", "--limit", "20"])[..], &strings(more)].concat(); 3];
    let kinds = [
        ("claim page, most wordings", most.map(show).collect()),
        ("claim page, at random", groups.picked.iter().map(|(id, _)| show(id)).collect()),
        (
            "claims of a speaker",
            speakers.map(|name| strings(&["claims", "--limit", "20", "--speaker", name])).collect(),
        ),
        ("list of claims", list(&[])),
        ("list of claims by worth", list(&["--sort", "worth"])),
        ("list of claims by day", list(&["--sort", "recent"])),
        ("list of claims by wordings", list(&["--sort", "drift"])),
        ("claims since a day", list(&["--since", "2025-06"])),
    ];
    kinds.into_iter().map(|(name, runs)| query(program, database, name, runs)).collect()
}

/// The figures as Markdown.
pub fn table(claims: &Claims) -> String {
    let mut table = String::new();
    let mut row = |name: &str, figure: String| {
        writeln!(table, "| {name} | {figure} |").expect("a String takes everything");
    };
    row("articles", claims.articles.to_string());
    row("---", "---:".to_owned());
    row("claims of statements", format!("{} of {}", claims.claims, claims.statements));
    for [without, with] in &claims.pairs {
        row("ingest without claims and with, s", format!("{without:.1} {with:.1}"));
    }
    row("pace with claims ÷ without", format!("{:.2}", claims.pace));
    let mib = |peak: Option<f64>| peak.map_or_else(|| "–".to_owned(), |peak| format!("{peak:.0}"));
    row("peak memory of ingest, MiB", mib(claims.ingest_peak_mib));
    row("rebuild, s (peak MiB)", format!("{:.1} ({})", claims.rebuild_seconds, mib(claims.rebuild_peak_mib)));
    let megabytes = |bytes: u64| bytes as f64 / 1e6;
    row(
        "database without claims and with, MB",
        format!("{:.0} {:.0}", megabytes(claims.without_bytes), megabytes(claims.database_bytes)),
    );
    row("claims --limit 0 --no-suggestions, s", format!("{:.1}", claims.list_seconds));
    for query in &claims.queries {
        row(
            &format!("{}, ms (worst)", query.name),
            format!("{:.1} ({:.1})", query.median_ms, query.worst_ms),
        );
    }
    let planted = &claims.planted;
    row("planted pairs together", format!("{:.3}", planted.recall));
    row("of what stands with a planted print, right", format!("{:.3}", planted.precision));
    row("planted near-misses together", format!("{:.3}", planted.near_misses_merged));
    for kind in &planted.kinds {
        row(&format!("– {:?}", kind.kind), format!("{} of {}", kind.together, kind.pairs));
    }
    row("other claims after a rebuild", claims.rebuilt_otherwise.to_string());
    row("other claims in another order", claims.shuffled_otherwise.to_string());
    table
}
