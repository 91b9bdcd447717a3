//! Lists of claims: the first ones are found without looking at all of them, and are those of the whole list.

#[path = "../benches/news/mod.rs"]
mod news;
mod program;

use news::News;
use program::Place;
use rusqlite::Connection;

const SORTS: [&str; 4] = ["spread", "recent", "drift", "worth"];

fn place() -> Place {
    let news: String = News::new(9).take(160).map(|article| article.to_json_line()).collect();
    let place = Place::new().with("news.jsonl", &news);
    place.done(&["ingest", "news.jsonl"]);
    place
}

/// The ids of a list, in its order.
fn ids(place: &Place, more: &[&str], limit: usize) -> Vec<String> {
    let limit = limit.to_string();
    let args = [&["claims", "--format", "csv", "--no-suggestions", "--limit", &limit][..], more].concat();
    let rows = place.done(&args);
    let ids = rows.lines().filter_map(|line| line.split(',').next());
    ids.filter(|id| id.len() == 17 && id.starts_with('c')).map(str::to_owned).collect()
}

#[test]
fn the_first_claims_are_those_of_the_whole_list() {
    let place = place();
    let narrow: [&[&str]; 5] =
        [&[], &["--min-worth", "0.5"], &["--since", "2022"], &["--outlet", "post"], &["--status", "checked"]];
    let marked = ids(&place, &["--sort", "worth"], 3);
    place.done(&["verdict", "set", &marked[2], "--rating", "false", "--by", "Rina"]);
    for sort in SORTS {
        for more in narrow {
            let asked = [&["--sort", sort][..], more].concat();
            let all = ids(&place, &asked, 0);
            assert!(!all.is_empty(), "{asked:?}");
            for limit in [1, 20, 129] {
                let first = ids(&place, &asked, limit);
                assert_eq!(first, all[..limit.min(all.len())], "{asked:?} --limit {limit}");
            }
        }
    }
    assert!(ids(&place, &[], 0).len() > 400);
}

#[test]
fn a_list_of_a_speaker_is_the_whole_list_without_the_others() {
    let place = place();
    let connection = Connection::open(place.path("onrecord.db")).unwrap();
    let sql = "SELECT s.name FROM wording AS w JOIN speaker AS s ON s.id = w.speaker WHERE s.name LIKE '% %'
                GROUP BY s.name ORDER BY count(*) DESC, s.name LIMIT 1";
    let name: String = connection.query_row(sql, [], |row| row.get(0)).unwrap();
    for sort in SORTS {
        let mut own = ids(&place, &["--sort", sort, "--speaker", &name], 0);
        let mut all = ids(&place, &["--sort", sort], 0);
        let mut sorted = own.clone();
        sorted.sort();
        all.retain(|id| sorted.binary_search(id).is_ok());
        assert!(own.len() > 3, "{name}: {own:?}");
        // Claims of one rank stand in another order.
        own.sort();
        all.sort();
        assert_eq!(own, all, "{sort}");
    }
}

#[test]
fn suggestions_are_left_out_where_nobody_asks_for_them() {
    let place = place();
    let list =
        |more: &[&str]| place.done(&[&["claims", "--format", "jsonl", "--limit", "0"][..], more].concat());
    let (with, without) = (list(&[]), list(&["--no-suggestions"]));
    assert!(with.contains(r#""tier":"suggested""#) && !without.contains(r#""tier":"suggested""#));
    assert_eq!(with.lines().count(), without.lines().count());
    let said = place.run(&["claims", "--no-suggestions", "conflicts"]);
    assert_eq!(said.code, Some(2));
    assert!(said.err.contains("--no-suggestions stands before `conflicts`"), "{}", said.err);
}
