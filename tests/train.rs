//! `onrecord train`: the same articles and seed give the same weights, and the program can use them.

use assert_cmd::Command;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

fn onrecord() -> Command {
    Command::new(env!("CARGO_BIN_EXE_onrecord"))
}

fn samples() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut gold: Vec<PathBuf> =
        files.filter(|path| path.to_str().unwrap().ends_with(".gold.jsonl")).collect();
    gold.sort();
    gold
}

/// A few invented sentences with parts of speech.
fn tagged(folder: &Path) -> PathBuf {
    let words = "Reyes/NNP said/VBD the/DT bridge/NN is/VBZ shut/VBN ./. She/PRP told/VBD us/PRP that/IN he/PRP left/VBD ./.";
    let row = |(index, word): (usize, &str)| {
        let (form, tag) = word.rsplit_once('/').unwrap();
        format!("{}\t{form}\t_\t_\t{tag}\t_\t0\t_\t_\t_\n", index + 1)
    };
    let sentence: String = words.split(' ').enumerate().map(row).collect();
    let texts = (0..8).map(|text| format!("# newdoc id = text{text}\n{sentence}\n"));
    let path = folder.join("tagged.conllu");
    fs::write(&path, texts.collect::<String>()).unwrap();
    path
}

fn train(folder: &Path, output: &str, seed: &str) -> Vec<u8> {
    let output = folder.join(output);
    let gold = folder.join("gold.jsonl");
    let records: String = samples().iter().map(|path| fs::read_to_string(path).unwrap()).collect();
    fs::write(&gold, records).unwrap();
    let mut command = onrecord();
    command.args(["train", "--seed", seed, "--gold"]).arg(&gold).arg("--tagged").arg(tagged(folder));
    command.arg("--cross-fitted").arg(folder.join("unseen.jsonl")).arg("-o").arg(&output).assert().success();
    fs::read(output).unwrap()
}

#[test]
fn training_repeats_itself_and_its_weights_are_used() {
    let folder = TempDir::new().unwrap();
    let first = train(folder.path(), "first.weights", "1");
    assert!(first == train(folder.path(), "again.weights", "1"), "the same seed gives the same bytes");
    assert!(first != train(folder.path(), "other.weights", "2"), "another seed gives others");
    let unseen = fs::read_to_string(folder.path().join("unseen.jsonl")).unwrap();
    assert_eq!(unseen.lines().count(), samples().len());
    let article = samples()[0].with_extension("").with_extension("txt");
    let extract = |weights: &str| {
        let weights = folder.path().join(weights);
        onrecord().arg("extract").arg(&article).arg("--weights").arg(weights).output().unwrap().stdout
    };
    let built_in = onrecord().arg("extract").arg(&article).output().unwrap().stdout;
    assert_eq!(extract("first.weights"), extract("again.weights"));
    assert_ne!(extract("first.weights"), built_in);
}

#[test]
fn weights_that_are_none_are_named() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("my.weights");
    fs::write(&path, "no weights").unwrap();
    let output = onrecord().args(["extract", "-"]).arg("--weights").arg(&path).output().unwrap();
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(!output.status.success() && told.contains("my.weights"), "{told}");
}
