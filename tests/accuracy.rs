//! Accuracy on articles annotated by people, which are not part of this repository.
//!
//! `ONRECORD_SHARED` names the folder that holds them (`eval/`, with its scorers, and `seed/`); without
//! it these tests say that they were skipped and pass. They need `python3` for the scorers.

use onrecord::record::{Record, RecordQuote};
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use tempfile::TempDir;

/// Unpacks the files named and writes them one behind the other.
const UNPACK: &str = "
import gzip, shutil, sys
with open(sys.argv[1], 'wb') as out:
    for path in sys.argv[2:]:
        with gzip.open(path) as file:
            shutil.copyfileobj(file, out)
";

/// A corpus, unpacked, and what `extract` found in it.
struct Extracted {
    folder: TempDir,
    eval: PathBuf,
    /// The files of the corpus, packed.
    parts: Vec<PathBuf>,
}

impl Extracted {
    /// Reads the parts of a corpus, given by their names below `eval/`; `None` without the corpora.
    fn new(parts: &[&str]) -> Option<Self> {
        let eval = shared()?.join("eval");
        let parts = parts.iter().map(|part| eval.join(format!("{part}.jsonl.gz"))).collect();
        let this = Self { folder: TempDir::new().unwrap(), eval, parts };
        run(Command::new("python3").args(["-c", UNPACK]).arg(this.gold()).args(&this.parts));
        let found = extract(&this.gold());
        fs::write(this.found(), found.stdout).unwrap();
        Some(this)
    }

    fn gold(&self) -> PathBuf {
        self.folder.path().join("gold.jsonl")
    }

    fn found(&self) -> PathBuf {
        self.folder.path().join("found.jsonl")
    }

    /// What a scorer says of it.
    fn score(&self, scorer: &str, flags: &[&str]) -> Value {
        let mut command = Command::new("python3");
        command.arg(self.eval.join(scorer)).arg("--json").args(flags);
        command.arg("--gold").arg(self.gold()).arg("--pred").arg(self.found());
        serde_json::from_slice(&run(&mut command).stdout).unwrap()
    }

    /// What `onrecord eval` says of it.
    fn evaluate(&self, flags: &[&str]) -> Value {
        let mut command = Command::new(env!("CARGO_BIN_EXE_onrecord"));
        command.args(["eval", "--format", "json"]).args(flags).arg("--gold").args(&self.parts);
        serde_json::from_slice(&run(&mut command).stdout).unwrap()
    }
}

fn shared() -> Option<PathBuf> {
    let folder = std::env::var_os("ONRECORD_SHARED").filter(|folder| !folder.is_empty());
    if folder.is_none() {
        println!("skipped: ONRECORD_SHARED names no folder of annotated articles");
    }
    folder.map(PathBuf::from)
}

fn extract(path: &Path) -> Output {
    run(Command::new(env!("CARGO_BIN_EXE_onrecord")).args(["extract", "--sentences"]).arg(path))
}

fn run(command: &mut Command) -> Output {
    let output = command.output().unwrap();
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
    output
}

/// Checks that a figure, in per cent, reaches `least`.
#[track_caller]
fn reaches(scores: &Value, pointer: &str, least: f64) {
    let figure =
        scores.pointer(pointer).and_then(Value::as_f64).unwrap_or_else(|| panic!("no {pointer}")) * 100.0;
    println!("{pointer}: {figure:.1}, at least {least}");
    assert!(figure >= least, "{pointer}: {figure:.2} is below {least}");
}

/// Checks boundaries inside lines, and whole sentences.
#[track_caller]
fn sentences(parts: &[&str], hard: f64, whole: f64) {
    let Some(extracted) = Extracted::new(parts) else { return };
    let scores = extracted.score("score_sentences.py", &[]);
    assert_eq!(scores["docs"]["missing_in_pred"], 0);
    reaches(&scores, "/all/hard/f1", hard);
    reaches(&scores, "/all/sentences/f1", whole);
}

#[test]
fn sentences_of_news() {
    sentences(&["sentences/gum_news.train", "sentences/gum_news.dev"], 97.0, 94.5);
}

#[test]
fn sentences_of_many_genres() {
    sentences(&["sentences/gum.dev"], 97.5, 95.0);
}

#[test]
fn sentences_of_the_web() {
    sentences(&["sentences/ewt.dev"], 88.5, 84.0);
}

#[test]
fn golden_rules_of_sentences() {
    let Some(extracted) = Extracted::new(&["sentences/golden_rules.dev"]) else { return };
    reaches(&extracted.score("score_sentences.py", &[]), "/all/exact_docs", 100.0 * 46.0 / 48.0);
}

#[test]
fn quotes_of_political_news() {
    let Some(extracted) = Extracted::new(&["polnear.dev"]) else { return };
    let scores = extracted.score("score.py", &[]);
    assert_eq!(scores["docs"]["unknown_in_pred"], 0);
    reaches(&scores, "/quoted_units/all/found/f1", 95.0);
    reaches(&scores, "/quoted_units/all/attributed/f1", 89.0);
    for (kind, least) in [("all", 67.0), ("direct", 90.0), ("mixed", 77.0), ("indirect", 58.0)] {
        reaches(&scores, &format!("/{kind}/end_to_end/f1"), least);
    }
    for (span, least) in [("source", 74.0), ("cue", 69.0), ("content", 61.0)] {
        reaches(&scores, &format!("/spans_exact/{span}/f1"), least);
    }
    reaches(&extracted.score("score.py", &["--core"]), "/all/end_to_end/f1", 81.0);
}

#[test]
fn confidence_is_right_as_often_as_it_says() {
    let Some(extracted) = Extracted::new(&["polnear.dev"]) else { return };
    let calibration = extracted.evaluate(&[]);
    let error = calibration.pointer("/calibration/expected_error").and_then(Value::as_f64).unwrap();
    assert!(error <= 0.03, "{error}");
}

#[test]
fn speakers_of_news_are_named_in_full() {
    // The articles in train were learnt from; who is who in them was not.
    let Some(extracted) = Extracted::new(&["gum_news.train", "gum_news.dev"]) else { return };
    let scores = extracted.score("score.py", &["--only-types", "direct,mixed"]);
    reaches(&scores, "/all/attribution/speaker_loose/acc", 85.0);
}

/// Where `eval` has the figures of one type of quotes, and where `score.py` has them.
const OF_A_TYPE: [(&str, &str); 14] = [
    ("content/exact", "content_exact"),
    ("content/overlapping", "content_overlap"),
    ("content/words", "content_tokens"),
    ("end_to_end/overlapping", "end_to_end"),
    ("end_to_end/exact", "end_to_end_exact"),
    ("source/right", "attribution/head"),
    ("source/half", "attribution/half"),
    ("source/exact", "attribution/exact"),
    ("source/spelled", "attribution/text"),
    ("source/speaker", "attribution/speaker_loose"),
    ("source/speaker_exact", "attribution/speaker_exact"),
    ("source/cue", "attribution/cue"),
    ("quotes/annotated", "gold"),
    ("quotes/predicted", "pred"),
];

const OF_QUOTED: [(&str, &str); 3] =
    [("found", "found"), ("with_source", "attributed"), ("source", "attribution")];

/// What stands in a figure of `eval` and what it is called by `score.py`.
const PARTS: [(&str, &str); 9] = [
    ("/precision", "/p"),
    ("/recall", "/r"),
    ("/f1", "/f1"),
    ("/found", "/tp"),
    ("/missed", "/fn"),
    ("/spurious", "/fp"),
    ("/rate", "/acc"),
    ("/right", "/right"),
    ("/of", "/of"),
];

/// Every place of a figure in both.
fn places() -> Vec<(String, String)> {
    let mut places = Vec::new();
    for group in ["all", "direct", "mixed", "indirect"] {
        places.extend(OF_A_TYPE.map(|(ours, theirs)| match ours.starts_with("quotes/") {
            true => (format!("/by_type/{group}/{ours}"), format!("/quotes/{theirs}/{group}")),
            false => (format!("/by_type/{group}/{ours}"), format!("/{group}/{theirs}")),
        }));
    }
    for group in ["all", "direct", "mixed"] {
        places.extend(OF_QUOTED.map(|(ours, theirs)| {
            (format!("/by_type/{group}/quoted/{ours}"), format!("/quoted_units/{group}/{theirs}"))
        }));
    }
    let kinds = ["name", "pronoun", "nominal", "none"];
    places.extend(
        kinds.map(|kind| (format!("/source_kinds/{kind}"), format!("/attribution_by_source_kind/{kind}"))),
    );
    places.extend(
        ["source", "cue", "content"].map(|span| (format!("/spans/{span}"), format!("/spans_exact/{span}"))),
    );
    places
}

/// Checks that `eval` and `score.py` have the same figures, to a tenth of a per cent; gives how many.
#[track_caller]
fn agrees(extracted: &Extracted, flags: &[&str]) -> usize {
    let (ours, theirs) = (extracted.evaluate(flags), extracted.score("score.py", flags));
    let mut compared = 0;
    for (our_place, their_place) in places() {
        let parts = std::iter::once(&("", "")).chain(&PARTS);
        for (our_part, their_part) in parts {
            let our_place = our_place.clone() + our_part;
            let our_figure = ours.pointer(&our_place).and_then(Value::as_f64);
            let their_figure = theirs.pointer(&(their_place.clone() + their_part)).and_then(Value::as_f64);
            // A kind of source that no annotated quote has is left out by one and zero for the other.
            let difference = (our_figure.unwrap_or(0.0) - their_figure.unwrap_or(0.0)).abs();
            assert!(difference < 0.001, "{flags:?} {our_place}: {our_figure:?}, score.py {their_figure:?}");
            compared += usize::from(our_figure.is_some() && their_figure.is_some());
        }
    }
    compared
}

#[test]
fn eval_agrees_with_the_scorer() {
    for parts in [&["polnear.dev"][..], &["gum_news.train", "gum_news.dev"]] {
        let Some(extracted) = Extracted::new(parts) else { return };
        for flags in [&[][..], &["--core"]] {
            let compared = agrees(&extracted, flags);
            println!("{parts:?} {flags:?}: {compared} figures agree");
            assert!(compared > 250, "{parts:?} {flags:?}: {compared} figures compared");
        }
    }
}

/// The first article that onrecord was written for.
fn seed() -> Option<Record> {
    let output = extract(&shared()?.join("seed/article.txt"));
    Some(serde_json::from_slice(&output.stdout).unwrap())
}

/// The words at the first part of a quote's content or source.
fn words(record: &Record, spans: &[[u32; 2]]) -> String {
    let [start, end] = spans[0];
    record.text.chars().skip(start as usize).take((end - start) as usize).collect()
}

#[test]
fn the_seed_is_dated() {
    let Some(record) = seed() else { return };
    assert_eq!(record.published.as_deref(), Some("2025-10-22"));
}

#[test]
fn the_quotations_of_the_seed_have_their_speakers() {
    let Some(record) = seed() else { return };
    let marks: Vec<u32> = record.text.chars().zip(0..).filter(|(c, _)| *c == '“').map(|(_, at)| at).collect();
    let holds =
        |quote: &&RecordQuote, at: u32| quote.content.iter().any(|&[start, end]| start <= at && at < end);
    let speaker = |at: u32| {
        record.quotes.iter().find(|quote| holds(quote, at)).and_then(|quote| quote.speaker.as_deref())
    };
    let speakers: Vec<Option<&str>> = marks.into_iter().map(speaker).collect();
    let expected = ["officials", "Donald Trump", "Dmitry Peskov", "Donald Trump", "Donald Trump"];
    assert_eq!(speakers, expected.map(Some));
    let peskov = record.quotes.iter().find(|quote| quote.speaker.as_deref() == Some("Dmitry Peskov"));
    assert_eq!(peskov.and_then(|quote| quote.role.as_deref()), Some("Kremlin spokesperson"));
}

#[test]
fn the_reported_statements_of_the_seed_have_their_speakers() {
    let Some(record) = seed() else { return };
    let found = |speaker: &str, cue: &str| {
        let fits = |quote: &&RecordQuote| {
            quote.speaker.as_deref() == Some(speaker) && quote.cue_lemma.as_deref() == Some(cue)
        };
        record.quotes.iter().find(fits)
    };
    let expected = [
        ("US and Russian officials", "according to"),
        ("Dmitry Peskov", "say"),
        ("Dmitry Peskov", "confirm"),
        ("Dmitry Peskov", "acknowledge"),
        ("Kirill Dmitriev", "say"),
        ("Donald Trump", "rule out"),
        ("Donald Trump", "announce"),
        ("Donald Trump", "state"),
    ];
    let missing: Vec<_> = expected.iter().filter(|(speaker, cue)| found(speaker, cue).is_none()).collect();
    assert!(missing.is_empty(), "{missing:?}");
    let stated = found("Donald Trump", "state").map(|quote| words(&record, &quote.source));
    assert_eq!(stated.as_deref(), Some("He"));
    let mut indicated = record.quotes.iter().filter(|quote| quote.cue_lemma.as_deref() == Some("indicate"));
    let last = indicated.next_back().and_then(|quote| quote.speaker.as_deref()).unwrap_or_default();
    assert!(last.contains("US") && last.contains("Russian officials"), "{last}");
}

#[test]
fn the_agency_of_the_seed_passes_on_and_says_nothing() {
    let Some(record) = seed() else { return };
    let relayed = record.quotes.iter().filter(|quote| quote.relayed_by.is_some());
    let relays: Vec<_> =
        relayed.map(|quote| (quote.speaker.as_deref(), quote.relayed_by.as_deref())).collect();
    assert_eq!(relays, [(Some("Donald Trump"), Some("Xinhua News Agency"))]);
    let speaks = record
        .quotes
        .iter()
        .filter(|quote| quote.speaker.as_deref().is_some_and(|name| name.contains("Xinhua")));
    assert_eq!(speaks.count(), 0);
}
