//! Throughput of segmentation, tokens and sentences together, on one thread.
//!
//! `ONRECORD_BENCH_TEXT=FILE` names a file of records (JSON Lines with a `text` each) to measure
//! on, beside the invented text.

use divan::Bencher;
use divan::counter::{BytesCount, ItemsCount};
use onrecord::lexicon::Lexicon;
use onrecord::model::{Document, RawArticle};
use onrecord::record::Record;
use onrecord::segment::segment;
use onrecord::text;

const INVENTED: &str = "\
“We can’t sign a text that nobody has read,” Prime Minister Ana B. Reyes told reporters on Jan. 14, \
adding that the E.U. had asked for 2,500 pages at 6 p.m. The delegation didn't answer. Dr. Ito, \
who chairs the well-known committee, said: \"It isn't over. We'll meet again in Geneva.\"\n\n";

fn main() {
    divan::main();
}

#[divan::bench]
fn invented(bencher: Bencher) {
    measure(bencher, &[document(INVENTED.repeat(4000))]);
}

#[divan::bench]
fn given(bencher: Bencher) {
    let Ok(path) = std::env::var("ONRECORD_BENCH_TEXT") else { return };
    let lines = std::fs::read_to_string(path).expect("ONRECORD_BENCH_TEXT names a file of text");
    let record = |line| serde_json::from_str::<Record>(line).expect("every line is a record");
    let documents: Vec<Document> = lines.lines().map(|line| document(record(line).text)).collect();
    measure(bencher, &documents);
}

fn measure(bencher: Bencher, documents: &[Document]) {
    let lexicon = Lexicon::load().expect("the tables are sound");
    let texts = || documents.iter().map(|document| document.text.as_str());
    let words: usize = texts().map(|text| text.split_whitespace().count()).sum();
    let bytes: usize = texts().map(str::len).sum();
    bencher.counter(ItemsCount::new(words)).counter(BytesCount::new(bytes)).bench(|| {
        for document in documents {
            divan::black_box(segment(divan::black_box(document), &lexicon));
        }
    });
}

fn document(text: String) -> Document {
    text::document(RawArticle::plain("bench", text))
}
