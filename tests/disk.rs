//! Disks that are full, files that can't be written to, and files that are damaged or taken away.
#![cfg(unix)]

#[path = "../benches/news/mod.rs"]
mod news;
mod program;

use program::invented::{Expected, INGEST, place, told};
use program::{PROGRAM, Place, Random, Said};
use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::{PermissionsExt, chown};
use std::path::PathBuf;
use std::process::Command;

const NEWS: &str = "news.jsonl";

/// A small disk of its own, in memory; only root may have one.
struct Disk(PathBuf);

impl Disk {
    fn new(place: &Place, options: &str) -> Option<Self> {
        let folder = place.path("disk");
        fs::create_dir(&folder).unwrap();
        let disk = Self(folder);
        let is_mounted = disk.mount(&["-t", "tmpfs", "-o", options, "tmpfs"]);
        if !is_mounted {
            println!("skipped: this user may not mount a disk");
            std::mem::forget(disk);
            return None;
        }
        Some(disk)
    }

    fn mount(&self, args: &[&str]) -> bool {
        let output = Command::new("mount").args(args).arg(&self.0).output();
        output.is_ok_and(|output| output.status.success())
    }

    fn change(&self, options: &str) {
        assert!(self.mount(&["-o", &format!("remount,{options}")]));
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(&self.0).output();
    }
}

fn events(said: &Said) -> Vec<String> {
    said.out.lines().map(str::to_owned).collect()
}

#[track_caller]
fn refused(said: &Said, error: &str) {
    assert_eq!(said.code, Some(3), "{}", said.err);
    assert!(said.err.contains(error), "{}", said.err);
    assert!(!said.err.contains("mistake of onrecord"), "no article is to blame: {}", said.err);
}

#[test]
fn a_full_disk_keeps_what_was_stored() {
    let place = place();
    let expected = Expected::of(&place);
    let size = fs::metadata(place.path("whole.db")).unwrap().len();
    let Some(disk) = Disk::new(&place, &format!("size={}k", size / 1024)) else { return };
    let said = place.run(&[INGEST, &["--db", "disk/news.db"]].concat());
    let full =
        "disk/news.db: the disk is full; what is stored stays. Make room and give the same command again\n";
    refused(&said, &format!("error: {full}"));
    assert!(said.err.starts_with("stopped: "), "{}", said.err);
    let told = told(&events(&said));
    assert!(!told.is_empty() && told.len() < expected.articles.len(), "{}", told.len());
    // Again without any room: still the disk is to blame, and nobody loses anything.
    refused(&place.run(&["ingest", NEWS, "--db", "disk/news.db"]), full);
    let rows = place.run(&["quotes", "--format", "csv", "--db", "disk/news.db"]);
    assert!(rows.code == Some(0) && rows.out.lines().count() > 1, "{}", rows.err);
    let said = place.run(&["backup", "disk/copy.db", "--db", "whole.db"]);
    refused(&said, "error: disk/copy.db: the disk is full");
    let left: Vec<_> = fs::read_dir(&disk.0).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert!(left.iter().all(|name| name.to_string_lossy().starts_with("news.db")), "{left:?}");

    disk.change("size=256m");
    expected.holds(&place, "disk/news.db", &told);
    expected.finishes(&place, "disk/news.db");
}

#[test]
fn a_disk_that_is_full_from_the_start_is_told() {
    let place = place();
    let Some(disk) = Disk::new(&place, "size=16k") else { return };
    refused(&place.run(&["ingest", NEWS, "--db", "disk/news.db"]), "disk/news.db: ");
    disk.change("size=256m");
    place.done(&["ingest", NEWS, "--db", "disk/news.db"]);
    place.is_clean("disk/news.db");
}

#[test]
fn a_file_that_may_not_grow_keeps_what_was_stored() {
    let place = place();
    let expected = Expected::of(&place);
    let ingest = format!("exec \"$ONRECORD\" {} --db", INGEST.join(" "));
    for (name, limit) in [("small", 300), ("smaller", 900)] {
        let said = place.shell(&format!("trap '' XFSZ; ulimit -f {limit}; {ingest} {name}.db"));
        refused(
            &said,
            &format!("error: {name}.db: the system can't read or write more of it; what is stored stays."),
        );
        assert!(said.err.contains("limits on the size of files"), "{}", said.err);
        expected.holds(&place, &format!("{name}.db"), &told(&events(&said)));
        expected.finishes(&place, &format!("{name}.db"));
    }
    // Where the program isn't told of the limit, the system ends it.
    let said = place.shell(&format!("ulimit -f 900; {ingest} ended.db"));
    assert_eq!(said.code, None, "{}", said.err);
    expected.holds(&place, "ended.db", &told(&events(&said)));
    expected.finishes(&place, "ended.db");
}

/// Runs the program as somebody who isn't root and has no files.
fn as_nobody(place: &Place, args: &[&str]) -> Option<Said> {
    let own = |user: &[&str]| {
        let mut command = Command::new(user.first().unwrap_or(&PROGRAM));
        command.args(user.iter().skip(1)).args(user.first().map(|_| PROGRAM));
        command.args(args).current_dir(place.path("")).env_remove("ONRECORD_DB").env("NO_COLOR", "1");
        command.output().ok().map(|output| Said::from(&output))
    };
    let is_root = Command::new("id").arg("-u").output().is_ok_and(|output| output.stdout == b"0\n");
    if !is_root {
        return own(&[]);
    }
    let said = own(&["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]);
    let runs = said.filter(|said| said.code.is_some_and(|code| code < 100) && !said.err.contains("setpriv"));
    if runs.is_none() {
        println!("skipped: the program can't be run as somebody else than root");
    }
    runs
}

fn allow(place: &Place, name: &str, mode: u32) {
    fs::set_permissions(place.path(name), fs::Permissions::from_mode(mode)).unwrap();
}

#[test]
fn what_may_not_be_written_to_is_told_and_left_as_it_is() {
    let place = place();
    fs::create_dir(place.path("shut")).unwrap();
    place.done(&["ingest", NEWS, "--db", "shut/news.db"]);
    fs::write(place.path("more.txt"), "“We stay,” said Ann Reyes.\n").unwrap();
    let before = fs::read(place.path("shut/news.db")).unwrap();
    let run = |args: &[&str], db| as_nobody(&place, &[args, &["--db", db]].concat());
    allow(&place, "", 0o755);
    allow(&place, "shut/news.db", 0o444);

    // The file, in a folder where others may write.
    allow(&place, "shut", 0o777);
    for args in [&["ingest", "more.txt"][..], &["forget", "1", "--yes"], &["check"]] {
        let Some(said) = run(args, "shut/news.db") else { return };
        refused(
            &said,
            "error: shut/news.db: the file can't be written to; check its permissions and its folder's",
        );
    }
    // The folder, too.
    allow(&place, "shut", 0o555);
    let Some(said) = run(&["ingest", "more.txt"], "shut/news.db") else { return };
    refused(&said, "error: shut/news.db: ");
    assert!(said.err.contains("check"), "{}", said.err);
    let Some(said) = run(&["ingest", "more.txt"], "shut/new.db") else { return };
    refused(&said, "error: shut/new.db: can't be opened; check that the folder exists and can be written to");
    let Some(said) = run(&["quotes", "--format", "csv"], "shut/news.db") else { return };
    assert!(said.code == Some(0) && said.out.lines().count() > 1, "{}", said.err);
    // The folder alone, of a file that may be written to.
    let Ok(()) = chown(place.path("shut/news.db"), Some(65534), None) else { return };
    allow(&place, "shut/news.db", 0o644);
    let Some(said) = run(&["ingest", "more.txt"], "shut/news.db") else { return };
    refused(
        &said,
        "error: shut/news.db: the file can't be written to; check its permissions and its folder's",
    );
    assert!(fs::read(place.path("shut/news.db")).unwrap() == before);
    assert!(!place.path("shut/new.db").exists());
    allow(&place, "shut", 0o755);
    place.is_clean("shut/news.db");
}

#[test]
fn a_database_taken_away_while_it_is_written_to_is_noticed() {
    let place = place();
    let expected = Expected::of(&place);
    let mut running = place.start(&[INGEST, &["--db", "some.db"]].concat());
    assert!(running.wait_for_stored(1));
    for end in ["", "-wal", "-shm"] {
        fs::rename(place.path(&format!("some.db{end}")), place.path(&format!("moved.db{end}"))).unwrap();
    }
    let (lines, complaints, status) = running.end();
    assert_eq!(status.code(), Some(3), "{complaints}");
    let moved = "error: some.db: was moved, replaced or deleted while it was being written to";
    assert!(complaints.contains(moved), "{complaints}");
    expected.holds(&place, "moved.db", &told(&lines));
    assert!(!place.path("some.db").exists());
    expected.finishes(&place, "moved.db");

    let mut running = place.start(&[INGEST, &["--db", "lost.db"]].concat());
    assert!(running.wait_for_stored(1));
    fs::remove_file(place.path("lost.db")).unwrap();
    let (_, complaints, status) = running.end();
    assert_eq!(status.code(), Some(3), "{complaints}");
    assert!(complaints.contains("error: lost.db: was moved, replaced or deleted"), "{complaints}");
    // Another one in its place, beside the log of the lost one.
    expected.finishes(&place, "lost.db");
    place.is_clean("lost.db");
    assert!(place.export("lost.db") == expected.export);
}

/// A database as a killed program leaves it, with a part of it in the log; what it told.
fn killed(place: &Place, db: &str) -> BTreeMap<String, usize> {
    let mut running = place.start(&[INGEST, &["--db", db]].concat());
    assert!(running.wait_for_stored(30));
    let (lines, ..) = running.kill();
    assert!(fs::metadata(place.path(&format!("{db}-wal"))).unwrap().len() > 0);
    told(&lines)
}

#[test]
fn a_torn_log_costs_the_articles_in_it_and_none_by_halves() {
    let place = place();
    let expected = Expected::of(&place);
    let all = killed(&place, "torn.db").len();
    let (db, log) = (fs::read(place.path("torn.db")).unwrap(), fs::read(place.path("torn.db-wal")).unwrap());
    let mut random = Random(5);
    let mut counts = Vec::new();
    for at in (0..6).map(|_| random.below(log.len())) {
        let torn = log[..at].to_vec();
        let mut spoilt = log.clone();
        spoilt[at..(at + 600).min(log.len())].fill(0x5a);
        for log in [torn, spoilt] {
            fs::write(place.path("torn.db"), &db).unwrap();
            fs::write(place.path("torn.db-wal"), &log).unwrap();
            let _ = fs::remove_file(place.path("torn.db-shm"));
            counts.push(expected.holds(&place, "torn.db", &BTreeMap::new()));
        }
    }
    assert!(counts.iter().any(|&count| count > 0 && count < all), "{counts:?} of {all}");
    expected.finishes(&place, "torn.db");
}

#[test]
fn the_log_of_a_database_that_is_gone_is_none_of_the_next_ones() {
    let place = place();
    let expected = Expected::of(&place);
    killed(&place, "gone.db");
    fs::remove_file(place.path("gone.db")).unwrap();
    let said = place.run(&["backup", "gone.db", "--db", "whole.db"]);
    assert_eq!(said.code, Some(2));
    assert!(
        said.err.contains("gone.db isn't there, but the log of a database of this name (…-wal) is"),
        "{}",
        said.err
    );
    expected.finishes(&place, "gone.db");

    killed(&place, "old.db");
    let said = place.run(&["backup", "old.db", "--replace", "--db", "whole.db"]);
    assert_eq!(said.code, Some(2));
    assert!(
        said.err.contains("old.db is a database in use, or one whose program was ended at once"),
        "{}",
        said.err
    );
    // As the message says.
    place.is_clean("old.db");
    place.done(&["backup", "old.db", "--replace", "--db", "whole.db"]);
    place.is_clean("old.db");
    assert!(place.export("old.db") == expected.export);
}

#[test]
fn a_damaged_database_is_told_and_no_article_is_blamed() {
    const PAGE: usize = 8192;
    let place = place();
    place.done(&["ingest", NEWS, "--db", "whole.db"]);
    let whole = fs::read(place.path("whole.db")).unwrap();
    let mut random = Random(6);
    let again = "“We stay,” said Ann Reyes.\n\nShe said that nobody would leave.\n";
    fs::write(place.path("more.txt"), again).unwrap();
    let mut damages: Vec<Vec<u8>> = Vec::new();
    for _ in 0..12 {
        let mut spoilt = whole.clone();
        let page = 1 + random.below(whole.len() / PAGE - 1);
        for byte in &mut spoilt[page * PAGE..(page + 1) * PAGE] {
            *byte = random.below(256) as u8;
        }
        damages.push(spoilt);
        damages.push(whole[..random.below(whole.len())].to_vec());
    }
    for (damage, number) in damages.iter().zip(0..) {
        fs::write(place.path("damaged.db"), damage).unwrap();
        let said = place.run(&["check", "--db", "damaged.db"]);
        let is_told = said.code == Some(1) && !said.out.is_empty() || said.code == Some(3);
        assert!(is_told, "damage {number}: {said:?}");
        for args in [
            &["ingest", "more.txt", "news.jsonl"][..],
            &["quotes", "--format", "csv"],
            &["forget", "3", "--yes"],
        ] {
            let said = place.run(&[args, &["--db", "damaged.db"]].concat());
            assert!(matches!(said.code, Some(0 | 3)), "damage {number}, {args:?}: {said:?}");
            assert!(!said.err.contains("mistake"), "damage {number}, {args:?}: {said:?}");
            let says = said.code == Some(0) || said.err.contains("error: damaged.db: the file is ");
            assert!(says, "damage {number}, {args:?}: {said:?}");
        }
        for end in ["", "-wal", "-shm"] {
            let _ = fs::remove_file(place.path(&format!("damaged.db{end}")));
        }
    }
}
