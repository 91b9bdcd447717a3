//! `onrecord explain`, and that what it says is what the analysis does. All articles here are invented.

use assert_cmd::Command;
use onrecord::attribution::confidence::add_features;
use onrecord::attribution::each_decision;
use onrecord::explanation::trace::{Trace, trace};
use onrecord::explanation::{Answer, Explanation, Fate, Place, explain};
use onrecord::lexicon::feature_names::{FeatureNames, ScoredModel};
use onrecord::model::{Document, RawArticle};
use onrecord::pipeline::{Engine, Stages, stages};
use onrecord::quotes::learned::acceptance::Doubt;
use onrecord::quotes::learned::view::View;
use onrecord::quotes::scene::Scene;
use onrecord::quotes::{hints, marks, outermost};
use onrecord::text::document;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

/// The articles of `samples/`, and one with what they lack.
fn articles() -> Vec<Document> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension != "jsonl"));
    paths.sort();
    let each = paths.iter().map(|path| {
        let text = fs::read_to_string(path).unwrap();
        document(RawArticle::plain(path.display().to_string(), text))
    });
    each.collect()
}

/// Gives `look` the stages of an article and the trace of its statements.
fn with_trace(document: &Document, engine: &Engine, look: impl FnOnce(&Stages, &Trace)) {
    let stages = stages(document, engine);
    let regions = marks::regions(&stages.tagged);
    let region_at = outermost(&stages.tagged, &regions);
    let scene = Scene { tagged: &stages.tagged, regions: &regions, region_at: &region_at };
    let (view, hints) = (View::new(scene), hints(scene));
    look(&stages, &trace(&view, &hints, &engine.models.statements));
}

/// The templates that the models of this article looked at.
fn templates(stages: &Stages, trace: &Trace) -> BTreeSet<(ScoredModel, u32)> {
    let mut seen = BTreeSet::new();
    let mut note = |model, features: Vec<(u32, u32)>| {
        seen.extend(features.iter().map(|&(template, _)| (model, template)));
    };
    for (index, candidate) in trace.candidates.iter().enumerate() {
        let readings = trace.readings_of(candidate);
        for rank in 0..readings.len() {
            let mut features = Vec::new();
            trace.ranked(&candidate.cue, readings, rank).add_to(&mut features);
            note(ScoredModel::Ranking, features);
        }
        let mut features = Vec::new();
        let (view, hints) = (trace.view, trace.hints);
        Doubt { view, hints, candidates: &trace.candidates, index }.add_to(&mut features);
        note(ScoredModel::Acceptance, features);
    }
    let Stages { tagged, statements, mentions, entities, .. } = stages;
    each_decision(tagged, statements, mentions, entities, |quote, _, decision| {
        let mut features = Vec::new();
        add_features(tagged, &statements[quote.at()], &decision, mentions, &mut features);
        note(ScoredModel::Confidence, features);
    });
    seen
}

#[test]
fn every_template_has_a_name_and_every_name_is_used() {
    let (engine, names) = (Engine::load().unwrap(), FeatureNames::load().unwrap());
    let mut seen = BTreeSet::new();
    for article in articles() {
        with_trace(&article, &engine, |stages, trace| seen.extend(templates(stages, trace)));
    }
    let named: BTreeSet<_> = names.templates().collect();
    let unnamed: Vec<_> = seen.difference(&named).collect();
    assert!(unnamed.is_empty(), "data/feature_names.tsv has no row for {unnamed:?}");
    let unused: Vec<_> = named.difference(&seen).collect();
    assert!(unused.is_empty(), "no model looks at {unused:?} of data/feature_names.tsv");
}

#[test]
fn the_trace_accepts_what_the_analysis_accepts() {
    let engine = Engine::load().unwrap();
    for article in articles() {
        with_trace(&article, &engine, |stages, trace| {
            let with_cue = stages.statements.iter().filter(|statement| statement.likelihood.is_some());
            for statement in with_cue {
                let cue = statement.cue.as_ref().unwrap();
                let candidate = &trace.candidates[trace.candidate_from(cue.tokens.start).unwrap()];
                assert_eq!(statement.likelihood, Some(candidate.probability), "{}", article.key);
                assert_eq!(trace.fate(candidate).0, Fate::Accepted, "{}", article.key);
            }
        });
    }
}

/// What is told adds up to what was decided, for every quote of the samples.
#[test]
fn weights_add_up_to_likelihood_and_confidence() {
    let (engine, names) = (Engine::load().unwrap(), FeatureNames::load().unwrap());
    let mut explained = 0;
    for article in articles() {
        let Answer::All(quotes) = explain(&article, &engine, &names, None) else {
            panic!("a list is asked for")
        };
        for quote in &quotes {
            let Answer::Quote(found) = explain(&article, &engine, &names, Some(&quote.id)) else {
                panic!("{} has {}", article.key, quote.id)
            };
            assert_eq!(found.quote, *quote);
            adds_up(&found);
            explained += 1;
        }
    }
    assert!(explained > 200, "{explained}");
}

fn adds_up(found: &Explanation) {
    let confidence = found.confidence.as_ref().map(|weighing| weighing.probability);
    match (confidence, found.quote.confidence) {
        (Some(told), Some(printed)) => assert!((told - printed).abs() < 0.002, "{told} {found:?}"),
        (told, printed) => assert_eq!(told, printed),
    }
    let Some(statement) = &found.statement else { return };
    assert_eq!(statement.fate, Fate::Accepted);
    assert!(statement.acceptance.probability >= statement.needed - 0.001);
    assert_eq!(statement.readings.iter().filter(|reading| reading.chosen).count(), 1);
    let chosen = statement.readings.iter().find(|reading| reading.chosen).unwrap();
    assert!(statement.readings.iter().all(|reading| reading.score <= chosen.score + 0.001), "{statement:?}");
    let sum: f64 = statement.acceptance.weights.iter().map(|weight| weight.log_odds).sum();
    assert!((sum - statement.acceptance.log_odds).abs() < 0.15, "{sum} {:?}", statement.acceptance);
    for weight in &statement.acceptance.weights {
        assert!(!weight.looks_at.is_empty() && !weight.looks_at.contains(['{', '}']), "{weight:?}");
    }
}

const FERRY: &str = "The ferry will not sail before Friday, according to the harbour office. \
                     Mona Lindqvist, who runs the pier, said that the engine was broken.\n\n\
                     Rain fell all day. The so-called “ghost pier” was open.\n";

fn answer(typed: &str) -> Answer {
    let document = document(RawArticle::plain("ferry", FERRY));
    explain(&document, &Engine::load().unwrap(), &FeatureNames::load().unwrap(), Some(typed))
}

#[test]
fn words_that_are_no_statement_are_told_what_they_are() {
    let Answer::Refusal(refusal) = answer("who runs the pier") else { panic!("no quote has these words") };
    let first = &refusal.considered[0];
    assert_eq!((first.words_are, first.statement.cue.as_str()), (Place::Source, "said"));
    assert_eq!(first.statement.fate, Fate::Accepted);
    let Answer::Refusal(refusal) = answer("rain fell") else { panic!("no quote has these words") };
    assert_eq!((refusal.words.as_str(), refusal.considered.len()), ("Rain fell", 0));
}

#[test]
fn hostile_text_is_explained_too() {
    let (engine, names) = (Engine::load().unwrap(), FeatureNames::load().unwrap());
    for text in ["said ".repeat(3000), "“a” ".repeat(3000), "He said she said, “".repeat(800)] {
        let document = document(RawArticle::plain("a", text));
        for typed in ["1", "said", "a", "zz"] {
            let _ = explain(&document, &engine, &names, Some(typed));
        }
    }
}

fn onrecord(folder: &Path) -> Command {
    let mut command = Command::cargo_bin("onrecord").unwrap();
    command.current_dir(folder).env("NO_COLOR", "1").env_remove("ONRECORD_DB");
    command
}

fn folder() -> TempDir {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("ferry.txt"), FERRY).unwrap();
    let line = |id: &str| format!("{}\n", serde_json::json!({ "id": id, "text": FERRY }));
    fs::write(folder.path().join("one.jsonl"), line("one")).unwrap();
    fs::write(folder.path().join("two.jsonl"), line("one") + &line("two")).unwrap();
    folder
}

fn printed(folder: &Path, arguments: &[&str], code: i32) -> String {
    let output = onrecord(folder).args(arguments).output().unwrap();
    let said = if code == 0 { &output.stdout } else { &output.stderr };
    let said = String::from_utf8(said.clone()).unwrap();
    assert_eq!(output.status.code(), Some(code), "{arguments:?}: {said}");
    said
}

#[test]
fn an_article_is_a_file_or_one_of_the_database() {
    let folder = folder();
    let explained = printed(folder.path(), &["explain", "ferry.txt", "before Friday"], 0);
    assert!(explained.contains("«according to» reports something"), "{explained}");
    let missing = printed(folder.path(), &["explain", "ferry", "1"], 2);
    assert!(missing.contains("«ferry» is no file") && missing.contains("onrecord ingest"), "{missing}");
    printed(folder.path(), &["ingest", "ferry.txt"], 0);
    assert_eq!(printed(folder.path(), &["explain", "ferry", "1"], 0), explained);
    let unknown = printed(folder.path(), &["explain", "tram", "1"], 2);
    assert!(unknown.contains("`onrecord articles` lists them"), "{unknown}");
}

#[test]
fn one_article_is_explained_at_a_time() {
    let folder = folder();
    assert!(printed(folder.path(), &["explain", "one.jsonl"], 0).contains("the harbour office"));
    let several = printed(folder.path(), &["explain", "two.jsonl", "1"], 2);
    assert!(several.contains("holds several articles") && several.contains("onrecord ingest"), "{several}");
}

#[test]
fn json_has_the_same_content() {
    let folder = folder();
    let json = |typed: &[&str]| -> serde_json::Value {
        let arguments = [&["explain", "ferry.txt", "--format", "json"], typed].concat();
        serde_json::from_str(&printed(folder.path(), &arguments, 0)).unwrap()
    };
    assert_eq!(json(&[])[0]["number"], 1);
    assert_eq!(json(&["1"])["statement"]["fate"], "accepted");
    assert_eq!(json(&["rain fell"])["words"], "Rain fell");
    assert_eq!(json(&["ghost pier"])["quote"]["number"], serde_json::Value::Null);
}
