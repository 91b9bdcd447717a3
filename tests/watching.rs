//! What people want to be told of: what of it is new, from when on, and how much of it is enough.

mod articles;
#[path = "../benches/news/mod.rs"]
mod news;
mod newsdesk;
mod program;

use articles::article;
use newsdesk::{CUT, Desk, SPRING, SUMMER, WALL, entries, printed, said};
use onrecord::model::QuoteKind;
use serde_json::Value;

#[test]
fn a_new_print_of_a_watched_claim_in_another_outlet_is_told() {
    let desk = Desk::new();
    desk.receive(SPRING, &[printed("a", "Harbour Herald", "2026-03-01", WALL)]);
    desk.receive(
        SPRING,
        &[said("z", "Harbour Herald", "2026-03-01", "“Nobody asked us about it at all.”", "Bo Lind")],
    );
    desk.done(&["watch", "add", "--claim", &desk.claim(WALL), "--name", "The wall"]);
    desk.receive(SUMMER, &[printed("b", "Hill Post", "2026-03-05", CUT)]);
    desk.receive(
        SUMMER,
        &[said("y", "Hill Post", "2026-03-05", "“We were never there, not even once.”", "Bo Lind")],
    );
    let digest = desk.digest(&["--since", "2026-05-01"]);
    assert_eq!(digest["sections"].as_array().unwrap().len(), 1);
    let section = &digest["sections"][0];
    assert_eq!((&section["title"], &section["kind"]), (&"The wall".into(), &"watch".into()));
    let claim = &section["entries"][0];
    assert_eq!(entries(section), [CUT]);
    assert_eq!((&claim["is_new"], &claim["outlets"]), (&false.into(), &1.into()));
    assert_eq!((&claim["claim"], &claim["latest"]), (&desk.claim(WALL).into(), &SUMMER.into()));
    assert_eq!(claim["printed_in"], serde_json::json!(["Hill Post"]));
    assert_eq!(claim["shown"][0]["article"], "b");
    let text = desk.done(&["digest", "--since", "2026-05-01"]);
    assert!(text.contains("printed before · 1 outlet (Hill Post) · 1 new print"), "{text}");
    let both = desk.digest(&["--since", "2026-01"]);
    let claim = &both["sections"][0]["entries"][0];
    assert_eq!(
        (&claim["words"], &claim["is_new"], &claim["outlets"]),
        (&WALL.into(), &true.into(), &2.into())
    );
    desk.0.is_clean("onrecord.db");
}

#[test]
fn fewer_prints_than_the_threshold_wait_until_there_are_enough() {
    let desk = Desk::new();
    desk.done(&["watch", "add", "--search", "\"sea wall\"", "--outlet", "post", "--at-least", "2"]);
    desk.receive(SPRING, &[printed("a", "Hill Post", "2026-03-01", WALL)]);
    desk.receive(SPRING, &[printed("x", "Herald", "2026-03-01", WALL)]);
    let waiting = desk.digest(&["--since", "last", "--mark"]);
    assert_eq!(waiting["sections"], serde_json::json!([]));
    assert_eq!(waiting["waiting"], serde_json::json!([{"watch": 1, "prints": 1}]));
    assert_eq!(desk.digest(&["--since", "last", "--at-least", "1"])["sections"][0]["prints"], 1);
    desk.receive(
        SUMMER,
        &[printed("b", "Valley Post", "2026-06-01", "“No sea wall was ever that dear to us.”")],
    );
    let told = desk.digest(&["--since", "last", "--mark"]);
    assert_eq!(told["sections"][0]["prints"], 2, "{told}");
    assert_eq!(told["waiting"], serde_json::json!([]));
    assert!(desk.done(&["digest", "--since", "last"]).starts_with("nothing new since "));
    desk.receive(SUMMER, &[printed("c", "Valley Post", "2026-06-02", CUT)]);
    assert_eq!(desk.digest(&["--since", "last"])["waiting"][0]["prints"], 1);
}

#[test]
fn the_copies_of_one_report_count_once() {
    let desk = Desk::new();
    let filler =
        "The council met in the old customs house on Tuesday evening and spoke of little else. ".repeat(4);
    let body = (1..30).map(|line| format!("Paragraph {line} of the report tells of pier {}. ", line * 7));
    let text = format!("{filler}{}{WALL} said Ann Reyes.", body.collect::<String>());
    let copy = |key: &str, outlet: &str, day: &str| {
        let article = article(key, &text).of(outlet, day, "The wall");
        article.quote(QuoteKind::Direct, &[WALL]).said("Ann Reyes", "Ann Reyes", None)
    };
    let copies =
        [copy("a", "Wire", "2026-03-01"), copy("b", "Post", "2026-03-02"), copy("c", "Herald", "2026-03-03")];
    desk.receive(SPRING, &copies);
    desk.done(&["watch", "add", "--speaker", "reyes"]);
    let digest = desk.digest(&["--since", "2026-01"]);
    let claim = &digest["sections"][0]["entries"][0];
    assert_eq!((&claim["prints"], &claim["outlets"]), (&1.into(), &3.into()));
    assert_eq!(claim["printed_in"], serde_json::json!(["Wire", "Post", "Herald"]));
    assert_eq!(claim["shown"].as_array().unwrap().len(), 1);
    assert_eq!(digest["sections"][0]["prints"], 1);
}

#[test]
fn all_that_is_watched_must_hold() {
    let desk = Desk::new();
    desk.receive(
        SPRING,
        &[
            printed("a", "Hill Post", "2026-03-01", WALL),
            printed("b", "Harbour Herald", "2026-03-02", "“The bridge is another matter altogether.”"),
            said("c", "Hill Post", "2026-03-03", "“A sea wall is no answer to anything here.”", "Bo Lind"),
        ],
    );
    let cases: &[(&[&str], usize)] = &[
        (&["--speaker", "Reyes"], 2),
        (&["--search", "\"sea wall\""], 2),
        (&["--outlet", "hill post"], 2),
        (&["--speaker", "reyes", "--search", "wall"], 1),
        (&["--outlet", "herald", "--search", "wall"], 0),
        (&["--claim", &desk.claim(WALL), "--speaker", "lind"], 0),
        (&["--claim", &desk.claim(WALL), "--speaker", "reyes", "--outlet", "post", "--search", "wal*"], 1),
    ];
    for (number, (flags, count)) in (1..).zip(cases) {
        desk.done(&[&["watch", "add"], *flags].concat());
        let digest = desk.digest(&["--since", "2026-01", "--watch", &format!("{number}")]);
        let prints = digest["sections"][0]["prints"].as_u64().unwrap_or(0);
        assert_eq!(prints, *count as u64, "{flags:?}");
    }
    let all = desk.digest(&["--since", "2026-01"]);
    let watches: Vec<u64> = all["sections"]
        .as_array()
        .unwrap()
        .iter()
        .map(|section| section["watch"].as_u64().unwrap())
        .collect();
    assert_eq!(watches, [1, 2, 3, 4, 7]);
    let some = desk.digest(&["--since", "2026-01", "--watch", "3", "1"]);
    assert_eq!(some["sections"].as_array().unwrap().len(), 2);
}

#[test]
fn new_is_what_came_in_not_what_was_read_again() {
    let desk = Desk::new();
    desk.done(&["watch", "add", "--speaker", "reyes"]);
    let added = "“The bridge is another matter altogether.”";
    let first = printed("a", "Hill Post", "2026-03-01", WALL);
    desk.receive(SPRING, &[first]);
    let mut second = article("a", &format!("{WALL} said Ann Reyes. {added} said Reyes."))
        .of("Hill Post", "2026-03-01", "The wall")
        .quote(QuoteKind::Direct, &[WALL])
        .said("Ann Reyes", "Ann Reyes", None)
        .quote(QuoteKind::Direct, &[added])
        .said("Reyes", "Ann Reyes", None);
    second.document.url = Some("https://news.example/a?a=1&b=2".to_owned());
    desk.receive(SUMMER, &[second]);
    let since = |flags: &[&str]| {
        let digest = desk.digest(flags);
        digest["sections"].as_array().unwrap().iter().flat_map(entries).map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(since(&["--since", "2026-05"]), [added]);
    assert_eq!(
        since(&["--since", "2026-01", "--until", "2026-04"]),
        [WALL],
        "it came with an earlier version"
    );
    assert_eq!(since(&["--since", "2026-01"]).len(), 2);
    assert_eq!(since(&["--since", "2026-06-01T10:00:00Z"]), [added], "the moment itself is of the time");
    assert_eq!(since(&["--since", "2026-06-01T10:00:01Z"]), [""; 0]);
    assert_eq!(since(&["--since", "2026-02", "--until", SUMMER]), [WALL], "and the end is not");
    assert_eq!(since(&["--since", "2026-03-02", "--by", "published"]), [""; 0]);
    assert_eq!(since(&["--since", "2026-03-01", "--until", "2026-03-01", "--by", "published"]).len(), 2);
    assert_eq!(since(&["--since", "2025", "--until", "2026-02", "--by", "published"]), [""; 0]);
    desk.done(&["watch", "add", "--outlet", "post"]);
    desk.done(&["watch", "remove", "1"]);
    assert_eq!(since(&["--since", "2026-05"]), [added], "an outlet alone finds the same");
    assert_eq!(since(&["--since", "2026-01", "--until", "2026-04"]), [WALL]);
    assert_eq!(since(&["--since", "2026-03-01", "--by", "published"]).len(), 2);
}

#[test]
fn since_last_goes_on_where_the_last_marked_digest_ended() {
    let desk = Desk::new();
    desk.receive(SPRING, &[printed("a", "Hill Post", "2026-03-01", WALL)]);
    let unmarked = desk.run(&["digest", "--since", "last"]);
    assert_eq!(unmarked.code, Some(2));
    assert!(unmarked.err.contains("--since '7 days' --mark"), "{}", unmarked.err);
    desk.done(&["watch", "add", "--speaker", "reyes"]);
    let bare = ["digest", "--since", "last"];
    assert!(desk.done(&bare).starts_with("nothing new"), "new is what came after the watch");
    desk.receive(SUMMER, &[printed("b", "Herald", "2026-06-01", CUT)]);
    let failed = desk.run(&["digest", "--since", "last", "--mark", "-o", "missing/digest.html"]);
    assert_eq!(failed.code, Some(1), "{}", failed.err);
    assert!(desk.done(&bare).contains("Herald"), "what wasn't written is not marked");
    desk.done(&["digest", "--since", "last", "--mark", "-o", "digest.txt"]);
    assert!(std::fs::read_to_string(desk.0.path("digest.txt")).unwrap().contains("Herald"));
    assert!(desk.done(&bare).starts_with("nothing new"));
    // Another program had begun to write it before the digest was made, and ended later.
    desk.receive(SPRING, &[printed("c", "Valley Gazette", "2026-06-02", CUT)]);
    let told = desk.done(&bare);
    assert!(told.contains("Valley Gazette") && !told.contains("Hill Post"), "{told}");
    assert!(
        desk.run(&["digest", "--since", "last", "--overall"]).code == Some(2),
        "overall was never marked"
    );
    desk.done(&["digest", "--since", "2026", "--mark", "--overall"]);
    assert!(desk.done(&["digest", "--since", "last", "--overall"]).starts_with("nothing new"));
    assert!(desk.done(&bare).contains("Valley Gazette"), "watches are told for themselves");
    for flags in [["--by", "published"], ["--until", "2026-12"]] {
        assert_eq!(desk.run(&[&["digest", "--since", "2026", "--mark"][..], &flags].concat()).code, Some(2));
    }
}

#[test]
fn the_watch_list_says_who_watches_what() {
    let desk = Desk::new();
    desk.receive(SPRING, &[printed("a", "Hill Post", "2026-03-01", WALL)]);
    assert_eq!(desk.run(&["watch"]).err, "no watches found\n");
    let added =
        desk.run(&["watch", "add", "--speaker", "Nobody Yet", "--search", "a \"b c\"", "--note", "why not"]);
    assert!(
        added.err.contains("no speaker is named «Nobody Yet»") && added.err.contains("watch 1: "),
        "{}",
        added.err
    );
    desk.done(&[
        "watch",
        "add",
        "--claim",
        &desk.claim(WALL),
        "--at-least",
        "3",
        "--name",
        "The wall",
        "--by",
        "Cy Ek",
    ]);
    let rows: Vec<Value> = serde_json::from_str(&desk.done(&["watch", "--format", "json"])).unwrap();
    assert_eq!((&rows[0]["speaker"], &rows[0]["search"]), (&"Nobody Yet".into(), &"a \"b c\"".into()));
    assert_eq!((&rows[0]["added_by"], &rows[0]["note"]), (&"Bo Lund".into(), &"why not".into()));
    assert_eq!((&rows[1]["claim_words"], &rows[1]["at_least"]), (&WALL.into(), &3.into()));
    assert_eq!((&rows[1]["name"], &rows[1]["added_by"]), (&"The wall".into(), &"Cy Ek".into()));
    assert!(desk.done(&["watch", "list", "--format", "csv"]).starts_with("id,name,speaker,search,"));
    assert!(desk.done(&["watch"]).contains("Nobody Yet · “a \"b c\"”"));
    let blind = desk.run(&["digest", "--since", "2026-05"]);
    assert!(blind.err.contains("watch 1: no speaker is named «Nobody Yet» yet"), "{}", blind.err);
    for wrong in [
        &["watch", "add"][..],
        &["watch", "add", "--name", "only a name"],
        &["watch", "add", "--search", " — \"*\""],
        &["watch", "add", "--speaker", "…"],
        &["watch", "add", "--claim", "c0000000000000001"],
        &["watch", "add", "--claim", "the wall"],
        &["watch", "add", "--outlet", "post", "--at-least", "0"],
        &["watch", "remove", "9"],
        &["digest"],
        &["digest", "--since", "soon"],
        &["digest", "--since", "2026-05", "--until", "2026-04"],
        &["digest", "--since", "2026-05", "--watch", "9"],
        &["digest", "--since", "last", "--by", "published"],
    ] {
        let said = desk.run(wrong);
        assert_eq!((said.code, said.out.as_str()), (Some(2), ""), "{wrong:?}: {}", said.err);
    }
    desk.done(&["watch", "remove", "2"]);
    assert_eq!(desk.run(&["watch", "remove", "2"]).code, Some(2));
    desk.done(&["watch", "add", "--outlet", "post"]);
    let rows: Vec<Value> = serde_json::from_str(&desk.done(&["watch", "--format", "json"])).unwrap();
    let ids: Vec<u64> = rows.iter().map(|row| row["id"].as_u64().unwrap()).collect();
    assert_eq!(ids, [1, 3], "a number is given once");
}

#[test]
fn a_watched_claim_that_is_gone_is_said() {
    let desk = Desk::new();
    desk.receive(SPRING, &[printed("a", "Hill Post", "2026-03-01", WALL)]);
    desk.done(&["watch", "add", "--claim", &desk.claim(WALL)]);
    desk.done(&["forget", "--yes", "a"]);
    let said = desk.run(&["digest", "--since", "2026-01"]);
    assert!(
        said.out.starts_with("nothing new") && said.err.contains("watch 1: no statement of claim"),
        "{said:?}"
    );
    desk.receive(SUMMER, &[printed("b", "Herald", "2026-03-01", WALL)]);
    assert_eq!(desk.digest(&["--since", "2026-01"])["sections"][0]["prints"], 1, "and is there again");
}
