//! Statements compared with claims that were checked.

mod articles;
mod desk;

use articles::{article, write};
use desk::{CLAIM, Desk, FULL, desk, rows};
use onrecord::claims::matching::Collection;
use onrecord::lexicon::claim_matching::MatchingTables;
use onrecord::model::QuoteKind;
use onrecord::store::Store;
use serde_json::{Value, json};
use std::fmt::Write;

const CLAIMS: [(&str, &str, Option<&str>); 6] = [
    (
        "wall",
        "The harbour wall cost the town ten million crowns.",
        Some("Did the harbour wall cost ten million?"),
    ),
    ("ferry", "Ferries to Orbo were cut by half last winter.", None),
    ("light", "The mayor sold the lighthouse to a hotel.", None),
    ("crime", "Crime in Orbo doubled under Mayor Reyes.", None),
    ("crime2", "CRIME in Orbo doubled under mayor Reyes!", None),
    ("school", "A child of 16 can vote in Orbo’s school elections, the #SchoolBoard says.", None),
];

/// Statements with the first three claims and their scores, and how sure the first is, as the procedure in
/// Python that the weights were fitted with gives them.
type Expected = (&'static str, &'static [(&'static str, f64)], f64);

const EXPECTED: [Expected; 4] = [
    ("Our Harbor wall has cost us 10 millions! https://t.co/abc", &[("wall", 10.767_535)], 0.908_266),
    (
        "They halved the ferry to Orbo in winter (@OrboFerry)",
        &[("ferry", 14.819_501), ("crime", 7.361_375), ("crime2", 7.361_375)],
        0.903_302,
    ),
    (
        "@MayorReyes sold #TheLighthouse to the hotel",
        &[("light", 17.281_380), ("crime", 10.653_718), ("crime2", 10.653_718)],
        0.951_263,
    ),
    (
        "crimes doubled in Orbo, under Reyes",
        &[("crime", 16.978_769), ("crime2", 16.978_769), ("school", 6.897_997)],
        0.990_991,
    ),
];

#[test]
fn scores_are_those_that_the_weights_were_fitted_to() {
    let tables = MatchingTables::load().unwrap();
    let collection = Collection::new(CLAIMS.map(|(_, text, title)| (text, title)), &tables);
    assert_eq!(collection.len(), 6);
    for (statement, expected, sure) in EXPECTED {
        let ranked = collection.rank(statement, 3);
        let ids: Vec<&str> = ranked.iter().map(|one| CLAIMS[one.claim].0).collect();
        assert_eq!(ids, expected.iter().map(|(id, _)| *id).collect::<Vec<_>>(), "{statement}");
        for (one, (_, score)) in ranked.iter().zip(expected) {
            assert!((one.score - score).abs() < 1e-5, "{statement}: {one:?} and not {score}");
        }
        let best = collection.best(statement).unwrap();
        assert!((best.1 - sure).abs() < 1e-5, "{statement}: {best:?} and not {sure}");
    }
}

#[test]
fn hostile_texts_are_compared_in_bounded_time() {
    let tables = MatchingTables::load().unwrap();
    let long =
        ["@".repeat(100_000), "(@a".repeat(50_000), "a'".repeat(90_000), "é \u{301}'.,".repeat(50_000)];
    let mut words = String::new();
    (0..50_000).for_each(|number| write!(words, "w{number} ").unwrap());
    let texts = long.iter().chain([&words]);
    let collection = Collection::new(texts.clone().map(|text| (text.as_str(), Some(text.as_str()))), &tables);
    for text in texts {
        collection.rank(text, 5);
        let sure = collection.best(text).map(|(_, sure)| sure);
        assert!(sure.is_none_or(|sure| (0.0..=1.0).contains(&sure)), "{sure:?}");
    }
}

fn lines(entries: impl IntoIterator<Item = Value>) -> String {
    entries.into_iter().map(|entry| format!("{entry}\n")).collect()
}

/// The files of a collection and of statements.
fn files(desk: &Desk) -> (String, String) {
    let claims = CLAIMS.map(|(id, text, title)| json!({ "id": id, "text": text, "title": title }));
    let wanted = [&["wall"][..], &["ferry"], &["light"], &["crime2"]];
    let statements = EXPECTED.iter().zip(wanted).enumerate();
    let statements =
        statements.map(|(id, ((text, ..), matches))| json!({ "id": id, "text": text, "matches": matches }));
    (desk.file("claims.jsonl", &lines(claims)), desk.file("statements.jsonl", &lines(statements)))
}

#[test]
fn files_are_ranked_without_a_database() {
    let desk = desk();
    let (claims, statements) = files(&desk);
    std::fs::remove_file(&desk.db).unwrap();
    let ranked = rows(&desk.done(&["verdict", "match", &statements, "--claims", &claims, "--top", "2"]));
    assert_eq!(ranked[3], json!({ "id": "3", "ranked": ["crime", "crime2"], "scores": [16.9788, 16.9788] }));
    assert_eq!(ranked.len(), 4);
    let broken = desk.file("broken.jsonl", "{\"id\":1,\"text\":\"x\"}\n{\"id\":2}\n");
    let ran = desk.run(&["verdict", "match", &statements, "--claims", &broken]);
    assert_eq!(ran.code, Some(1));
    assert!(ran.err.contains("broken.jsonl:2: no claim (missing field `text`"), "{}", ran.err);
}

#[test]
fn eval_measures_the_ranking() {
    let desk = desk();
    let (claims, statements) = files(&desk);
    let out = desk.done(&["eval", "--matching", &statements, "--claims", &claims, "--format", "json"]);
    let figures: Value = serde_json::from_str(&out).unwrap();
    assert_eq!((&figures["statements"], &figures["claims"]), (&json!(4), &json!(6)));
    assert_eq!(figures["procedure"]["map@5"], 0.875, "of two equal claims the second is wanted");
    assert_eq!(figures["procedure"]["recall@5"], 1.0);
    assert!(figures["bm25"]["mrr"].is_number());
    assert!(desk.done(&["eval", "--matching", &statements, "--claims", &claims]).contains("BM25 alone"));
    assert_eq!(desk.run(&["eval", "--matching", &statements]).code, Some(2));
    assert_eq!(desk.run(&["eval"]).code, Some(2));
}

#[test]
fn an_article_is_told_what_in_it_was_checked_already() {
    let desk = desk();
    desk.set(CLAIM, FULL);
    let review = json!({ "@type": "ClaimReview", "claimReviewed": "The mayor sold the lighthouse to a hotel.",
        "datePublished": "2025-05-03", "author": "Fact Desk", "reviewRating": { "alternateName": "False" } });
    let file = desk.file("review.json", &review.to_string());
    desk.done(&["verdict", "import", &file]);
    let text = "“We will rebuild the bridge, whatever it costs.”\n\nBo Lund said the mayor has sold the lighthouse to \
                a hotel.\n\nBo Lund said ferries are late.";
    let news = article("news", text)
        .of("Hill Post", "2025-12-01", "Lighthouse again")
        .quote(QuoteKind::Direct, &["“We will rebuild the bridge, whatever it costs.”"])
        .said("Bo Lund", "Bo Lund", None)
        .quote(QuoteKind::Indirect, &["the mayor has sold the lighthouse to a hotel"])
        .said("Bo Lund", "Bo Lund", None)
        .quote(QuoteKind::Indirect, &["ferries are late"])
        .said("Bo Lund", "Bo Lund", None);
    write(&mut Store::open(&desk.db).unwrap(), &news);
    let found = rows(&desk.done(&["verdict", "match", "news", "--format", "jsonl"]));
    assert_eq!(found.len(), 2, "{found:?}");
    assert_eq!((&found[0]["score"], &found[0]["rating"]), (&json!(1.0), &json!("mostly false")));
    assert_eq!(found[0]["claim"], CLAIM.to_string());
    assert_eq!((&found[1]["reviewer"], &found[1]["date"]), (&json!("Fact Desk"), &json!("2025-05-03")));
    let score = found[1]["score"].as_f64().unwrap();
    assert!(score > 0.5 && score < 1.0, "{score}");
    let surer = rows(&desk.done(&["verdict", "match", "news", "--min-score", "1", "--format", "jsonl"]));
    assert_eq!(surer.len(), 1);
    let table = desk.done(&["verdict", "match", "Lighthouse again"]);
    assert!(table.contains("rated «False» by"), "{table}");
    assert_eq!(desk.reader().verdict_history(CLAIM).unwrap().len(), 1, "nothing is decided by the program");
    assert_eq!(desk.run(&["verdict", "match", "no such article"]).code, Some(2));
}
