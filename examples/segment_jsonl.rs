use onrecord::{lexicon::Lexicon, model::*, segment::segment, span::Text, text::paragraphs};
use std::io::{BufRead, Write};
fn main() {
    let lex = Lexicon::load().unwrap();
    let toks = std::env::args().nth(1).as_deref() == Some("--tokens");
    let out = std::io::stdout();
    let mut out = std::io::BufWriter::new(out.lock());
    for line in std::io::stdin().lock().lines() {
        let v: serde_json::Value = serde_json::from_str(&line.unwrap()).unwrap();
        let text = v["text"].as_str().unwrap().to_string();
        let d = doc(text);
        let (t, s) = segment(&d, &lex);
        let text = d.text.as_str();
        if toks {
            for s in &s {
                for k in &t[s.tokens.start as usize..s.tokens.end as usize] {
                    write!(out, "{} ", &text[k.span.range()].replace(' ', "_")).unwrap();
                }
                writeln!(out).unwrap();
            }
            continue;
        }
        let mut cp = vec![0u32; text.len() + 1];
        let mut n = 0;
        for (i, _) in text.char_indices() {
            cp[i] = n;
            n += 1;
        }
        cp[text.len()] = n;
        let ss: Vec<[u32; 2]> =
            s.iter().map(|s| [cp[s.span.range().start], cp[s.span.range().end]]).collect();
        writeln!(out, "{}", serde_json::json!({"id": v["id"], "sentences": ss})).unwrap();
    }
}
fn doc(text: String) -> Document {
    let paragraphs = paragraphs(&text);
    Document {
        key: String::new(),
        origin: String::new(),
        url: None,
        title: None,
        outlet: None,
        byline: None,
        published: None,
        language: None,
        text: Text::new(text).unwrap(),
        paragraphs,
        raw_map: RawMap::default(),
        extra: Default::default(),
    }
}
