//! ClaimReview in and out.

mod articles;
mod desk;
mod json_schema;

use desk::{CLAIM, FULL, OTHER, WORDING, desk, rows, run};
use json_schema::faults;
use onrecord::intake::claim_review::reviews;
use onrecord::model::verdicts::Status;
use proptest::collection::{btree_map, vec};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::fs;
use std::path::Path;

fn schema() -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/claimreview.schema.json");
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

/// Reviews as fact-checkers publish them, one of an unknown property, one undated, one of a claim here.
fn others() -> Value {
    json!([
        { "@context": "http://schema.org", "@type": "ClaimReview", "claimReviewed": "The tide <b>wall</b> is finished.",
          "datePublished": "2025-11-04", "url": "https://facts.example/tide", "author": { "@type": "Organization", "name": "Fact Desk" },
          "reviewRating": { "@type": "Rating", "ratingValue": "1", "bestRating": "5", "alternateName": "False" },
          "itemReviewed": { "@type": "CreativeWork", "author": { "name": "Ann Reyes" } }, "deskNumber": [1, 2.5, null] },
        { "@type": "ClaimReview", "claimReviewed": "An undated claim of nobody", "reviewRating": "Unclear" },
        { "@type": ["Review", "ClaimReview"], "claimReviewed": "THAT the money was gone!", "datePublished": "2025-05-03T01:00:00Z",
          "url": "https://facts.example/money", "author": "Fact Desk", "reviewRating": { "ratingValue": 2, "bestRating": 5 },
          "itemReviewed": { "@type": "Claim", "author": { "name": "Piotr Walesa" } } },
    ])
}

#[test]
fn an_export_read_back_into_an_empty_database_is_exported_the_same() {
    let desk = desk();
    desk.set(WORDING, &["--status", "in_progress", "--date", "2025-11-03"]);
    desk.set(CLAIM, FULL);
    desk.set(OTHER, &["--rating", "unproven"]);
    let file = desk.file("others.json", &others().to_string());
    let ran = desk.run(&["verdict", "import", &file]);
    assert!(ran.err.contains("3 reviews read: 3 new, 0 changed, 0 there already"), "{}", ran.err);
    assert!(ran.err.contains("1 review here is in the words of a claim"), "{}", ran.err);
    for (name, options) in [("latest", &[][..]), ("all", &["--history", "--publisher", "The Harbour Herald"])]
    {
        let first = desk.path(&format!("{name}.json"));
        desk.done(&[&["verdict", "export", "-o", &first], options].concat());
        let empty = desk.folder.path().join(format!("{name}.db"));
        let ran = run(&empty, &["verdict", "import", &first]);
        assert_eq!(ran.code, Some(0), "{}", ran.err);
        let second = run(&empty, &["verdict", "export"]);
        let first = fs::read_to_string(&first).unwrap();
        assert_eq!(second.out, first, "{}", second.err);
        assert!(!first.contains('<'));
        let document: Value = serde_json::from_str(&first).unwrap();
        assert_eq!(faults(&schema(), &document), Vec::<String>::new());
        let count = document["@graph"].as_array().unwrap().len();
        assert_eq!(count, if name == "all" { 6 } else { 5 });
    }
}

#[test]
fn an_own_export_brought_back_is_not_taken_for_anothers() {
    let desk = desk();
    desk.set(CLAIM, FULL);
    let file = desk.path("own.json");
    desk.done(&["verdict", "export", "-o", &file]);
    let ran = desk.run(&["verdict", "import", &file]);
    assert!(ran.err.contains("0 new, 0 changed, 0 there already, 1 of this database's own"), "{}", ran.err);
    assert_eq!(desk.done(&["verdict", "export"]), fs::read_to_string(&file).unwrap());
}

#[test]
fn an_entry_says_all_that_is_known_in_schema_orgs_words() {
    let desk = desk();
    desk.set(CLAIM, FULL);
    let document: Value = serde_json::from_str(&desk.done(&["verdict", "export"])).unwrap();
    let review = &document["@graph"][0];
    assert_eq!(review["claimReviewed"], "“We will rebuild the bridge,” … “whatever it costs.”");
    assert_eq!(review["reviewRating"]["alternateName"], "Mostly false");
    assert_eq!(review["reviewRating"]["ratingValue"], 2);
    assert_eq!(review["citation"][1], "https://audit.example/2");
    assert_eq!(review["reviewBody"], "Half of it </script> came.");
    let claim = &review["itemReviewed"];
    assert_eq!(claim["author"], json!({ "@type": "Person", "name": "Ana Solís" }));
    assert_eq!(claim["firstAppearance"]["publisher"]["name"], "The Harbour Herald");
    assert_eq!(claim["datePublished"], "2025-10-22");
    assert_eq!(claim["appearance"].as_array().unwrap().len(), 2);
    assert_eq!(claim["hasPart"][1]["text"], "“We will rebuild the bridge,”");
    assert_eq!(claim["hasPart"][1]["isPartOf"]["identifier"], "copy");
}

#[test]
fn the_schema_refuses_what_is_not_written_here() {
    let desk = desk();
    desk.set(CLAIM, FULL);
    let good: Value = serde_json::from_str(&desk.done(&["verdict", "export"])).unwrap();
    let broken = |pointer: &str, value: Value| {
        let mut document = good.clone();
        let (parent, name) = pointer.rsplit_once('/').unwrap();
        document.pointer_mut(parent).unwrap()[name] = value;
        faults(&schema(), &document)
    };
    for (pointer, value) in [
        ("/@graph/0/verdict", json!("x")),
        ("/@graph/0/itemReviewed/speaker", json!("x")),
        ("/@graph/0/claimReviewed", json!("")),
        ("/@graph/0/creativeWorkStatus", json!("open")),
        ("/@graph/0/citation", json!(["ftp://x"])),
        ("/@graph/0/reviewRating/ratingValue", json!("2")),
        ("/@graph/0/author", json!("Bo Lund")),
        ("/@graph/0/datePublished", json!("May")),
        ("/@graph", json!({})),
        ("/more", json!(1)),
    ] {
        assert!(!broken(pointer, value).is_empty(), "{pointer}");
    }
}

#[test]
fn reviews_of_others_are_found_by_their_words_whichever_came_first() {
    let desk = desk();
    let file = desk.file("others.json", &others().to_string());
    desk.done(&["verdict", "import", &file]);
    let listed = rows(&desk.done(&["verdict", "reviews", "--format", "jsonl"]));
    let claims: Vec<&Value> = listed.iter().map(|row| &row["claim"]).collect();
    assert_eq!(claims, [&json!(OTHER.to_string()), &Value::Null, &Value::Null]);
    assert_eq!(listed[0]["rating"], "2 of 5");
    let shown = desk.run(&["verdict", "show", &OTHER.to_string()]);
    let told = "rated «2 of 5» by Fact Desk on 2025-05-03 (https://facts.example/money)";
    assert!(shown.err.contains(told) && shown.err.contains("nobody has given a verdict"), "{}", shown.err);
    assert_eq!(
        desk.reader().claim_status(OTHER).unwrap(),
        Status::Open,
        "others' reviews are no verdicts here"
    );
    let mut changed = others();
    changed[0]["reviewRating"]["alternateName"] = json!("True after all");
    let file = desk.file("changed.json", &changed.to_string());
    let ran = desk.run(&["verdict", "import", &file]);
    assert!(ran.err.contains("0 new, 1 changed, 2 there already"), "{}", ran.err);
    assert_eq!(rows(&desk.done(&["verdict", "reviews", "--by", "desk", "--format", "jsonl"])).len(), 2);
}

#[test]
fn each_bad_file_and_review_is_named_and_the_rest_is_kept() {
    let desk = desk();
    let good = desk.file("good.json", &others().to_string());
    let bad = desk.file("bad.jsonl", "{\"@type\":\"ClaimReview\"}\n{\"@type\":\"ClaimReview\",\"claimReviewed\":\"Kept all the same.\"}\n{x\n");
    let page = desk.file("page.html", "<p>Nothing here");
    let missing = desk.path("missing.json");
    let ran = desk.run(&["verdict", "import", &bad, &page, &missing, &good]);
    assert_eq!(ran.code, Some(1));
    for told in [
        "bad.jsonl:1: review 1 doesn't say what it reviews",
        "bad.jsonl:3: no JSON",
        "page.html: is a web page without JSON-LD",
        "missing.json: there is no such file",
        "4 reviews read: 4 new, 0 changed, 0 there already; 4 failed",
    ] {
        assert!(ran.err.contains(told), "{told}: {}", ran.err);
    }
}

/// Any JSON in the names that reviews are made of.
fn anything() -> impl Strategy<Value = Value> {
    let words = prop_oneof![
        Just("ClaimReview"),
        Just("#a"),
        Just("https://facts.example/é"),
        Just("2025-05-03T1"),
        Just("2025-é"),
        Just("")
    ];
    let words = prop_oneof![words.prop_map(str::to_owned), any::<String>()];
    let leaf =
        prop_oneof![Just(Value::Null), any::<f64>().prop_map(|n| json!(n)), words.prop_map(Value::String)];
    let name = prop_oneof![
        Just("@type"),
        Just("@id"),
        Just("@graph"),
        Just("@value"),
        Just("claimReviewed"),
        Just("itemReviewed"),
        Just("author"),
        Just("name"),
        Just("url"),
        Just("datePublished"),
        Just("reviewRating"),
        Just("ratingValue"),
        Just("bestRating"),
        Just("text"),
        Just("identifier"),
        Just("dataFeedElement"),
    ];
    leaf.prop_recursive(6, 60, 8, move |inner| {
        let object = btree_map(name.clone().prop_map(str::to_owned), inner.clone(), 0..8);
        prop_oneof![vec(inner, 0..4).prop_map(Value::Array), object.prop_map(|map| json!(map))]
    })
}

proptest! {
    #[test]
    fn any_json_is_read_or_refused(value in anything(), cut in any::<prop::sample::Index>()) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("reviews.json");
        let whole = value.to_string();
        let half = whole.chars().take(cut.index(whole.chars().count() + 1)).collect::<String>();
        for content in [&whole, &half, &format!("{whole}\n{half}\n{whole}")] {
            fs::write(&path, content).unwrap();
            let outcome = reviews(&path, |review| {
                if let Ok(review) = review {
                    assert!(!review.words.is_empty());
                    assert!(review.published.is_none_or(|date| date.len() == 10));
                    assert!(review.url.is_none_or(|url| url.to_lowercase().starts_with("http")));
                }
                Ok(())
            });
            if let Err(error) = outcome {
                prop_assert!(error.to_string().contains("reviews.json"), "{error}");
            }
        }
    }
}
