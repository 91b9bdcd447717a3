//! Tokens and sentences of a file of records (JSON Lines with a `text` each), for `just bench-peers`: prints
//! what they took as one line of JSON. `just bench` has the same on invented text.

use onrecord::model::{Document, RawArticle};
use onrecord::pipeline::Engine;
use onrecord::segment::segment;
use onrecord::text;
use std::hint::black_box;
use std::time::Instant;

/// The best of so many passes is told.
const PASSES: usize = 5;

fn main() {
    // `cargo bench` and `cargo test --benches` put options of their own beside the file.
    let Some(path) = std::env::args().skip(1).find(|argument| !argument.starts_with('-')) else { return };
    let start = Instant::now();
    let engine = Engine::load().expect("tables and weights are sound");
    let loading_seconds = start.elapsed().as_secs_f64();
    let documents = documents(&path);
    let mut cpu_seconds = f64::INFINITY;
    let mut found = 0;
    for _ in 0..PASSES {
        let start = Instant::now();
        found = documents.iter().map(|document| black_box(segment(document, &engine.lexicon)).1.len()).sum();
        cpu_seconds = cpu_seconds.min(start.elapsed().as_secs_f64());
    }
    let peak_mib = peak_mib();
    let figures = serde_json::json!({
        "cpu_seconds": cpu_seconds, "loading_seconds": loading_seconds, "peak_mib": peak_mib, "found": found,
    });
    println!("{figures}");
}

fn documents(path: &str) -> Vec<Document> {
    let lines = std::fs::read_to_string(path).expect("a file of records");
    let text = |line: &str| -> String {
        let record: serde_json::Value = serde_json::from_str(line).expect("every line is JSON");
        record["text"].as_str().expect("every record has a text").to_owned()
    };
    lines.lines().map(|line| text::document(RawArticle::plain("bench", text(line)))).collect()
}

/// Not a number where the system doesn't say, which JSON shows as null.
fn peak_mib() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kib = peak.and_then(|peak| peak.trim().trim_end_matches(" kB").parse::<f64>().ok());
    kib.map_or(f64::NAN, |kib| kib / 1024.0)
}
