//! Throughput of segmentation, tokens and sentences together, and of tagging, on one thread.
//!
//! `ONRECORD_BENCH_TEXT=FILE` names a file of records (JSON Lines with a `text` each) to measure
//! on, beside the invented text.

use divan::Bencher;
use divan::counter::{BytesCount, ItemsCount};
use onrecord::model::{Document, RawArticle};
use onrecord::pipeline::Engine;
use onrecord::record::Record;
use onrecord::segment::segment;
use onrecord::tagging::tag;
use onrecord::text;

const INVENTED: &str = "\
“We can’t sign a text that nobody has read,” Prime Minister Ana B. Reyes told reporters on Jan. 14, \
adding that the E.U. had asked for 2,500 pages at 6 p.m. The delegation didn't answer. Dr. Ito, \
who chairs the well-known committee, said: \"It isn't over. We'll meet again in Geneva.\"\n\n";

fn main() {
    divan::main();
}

#[divan::bench]
fn segment_invented(bencher: Bencher) {
    measure_segment(bencher, &[document(INVENTED.repeat(4000))]);
}

#[divan::bench]
fn segment_given(bencher: Bencher) {
    measure_segment(bencher, &given());
}

/// Segments, too, outside the time that is measured.
#[divan::bench]
fn tag_invented(bencher: Bencher) {
    measure_tag(bencher, &[document(INVENTED.repeat(4000))]);
}

#[divan::bench]
fn tag_given(bencher: Bencher) {
    measure_tag(bencher, &given());
}

/// The documents of `ONRECORD_BENCH_TEXT`; none when it isn't set.
fn given() -> Vec<Document> {
    let Ok(path) = std::env::var("ONRECORD_BENCH_TEXT") else { return Vec::new() };
    let lines = std::fs::read_to_string(path).expect("ONRECORD_BENCH_TEXT names a file of text");
    let record = |line| serde_json::from_str::<Record>(line).expect("every line is a record");
    lines.lines().map(|line| document(record(line).text)).collect()
}

fn measure_segment(bencher: Bencher, documents: &[Document]) {
    let engine = Engine::load().expect("tables and weights are sound");
    bencher.counter(words(documents)).counter(bytes(documents)).bench(|| {
        for document in documents {
            divan::black_box(segment(divan::black_box(document), &engine.lexicon));
        }
    });
}

fn measure_tag(bencher: Bencher, documents: &[Document]) {
    let engine = Engine::load().expect("tables and weights are sound");
    let segmented = || -> Vec<_> {
        documents.iter().map(|document| (document, segment(document, &engine.lexicon))).collect()
    };
    let bencher = bencher.counter(words(documents)).counter(bytes(documents)).with_inputs(segmented);
    bencher.bench_local_values(|segmented| {
        for (document, (tokens, sentences)) in segmented {
            let tagger = &engine.models.tagger;
            divan::black_box(tag(document, tokens, sentences, &engine.lexicon, tagger));
        }
    });
}

fn words(documents: &[Document]) -> ItemsCount {
    ItemsCount::new(
        documents.iter().map(|document| document.text.as_str().split_whitespace().count()).sum::<usize>(),
    )
}

fn bytes(documents: &[Document]) -> BytesCount {
    BytesCount::new(documents.iter().map(|document| document.text.as_str().len()).sum::<usize>())
}

fn document(text: String) -> Document {
    text::document(RawArticle::plain("bench", text))
}
