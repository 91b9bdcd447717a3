//! Memory does not grow with the size of the input, only with its largest article.
#![cfg(target_os = "linux")]

use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};

/// Some 45 MB in all.
const ARTICLES: usize = 10_000;

/// When the program has settled: its batches and queues are full.
const EARLY: usize = 3000;

/// More lines than a pipe holds, so that the program can't end before its peak is read.
const LAST: usize = 200;

/// Growth that the allocator may cause, in KiB: a tenth of the input.
const SLACK: u64 = 4500;

/// The most memory that a process has held so far, in KiB.
fn peak(process: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).expect("Linux says so");
    line.trim().trim_end_matches(" kB").parse().unwrap()
}

#[test]
fn a_long_input_takes_no_more_memory_than_a_short_one() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_onrecord"))
        .args(["extract", "--format", "jsonl", "--jobs", "2", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    let mut output = BufReader::new(child.stdout.take().unwrap()).lines();
    let text = "Ann Reyes said: “The bridge stays shut.” Nobody else spoke of it on Monday. ".repeat(60);
    let line = format!("{}\n", serde_json::json!({ "id": "a", "text": text }));
    let writer =
        std::thread::spawn(move || (0..ARTICLES).for_each(|_| input.write_all(line.as_bytes()).unwrap()));
    assert_eq!(output.by_ref().take(EARLY).count(), EARLY);
    let early = peak(child.id());
    assert_eq!(output.by_ref().take(ARTICLES - EARLY - LAST).count(), ARTICLES - EARLY - LAST);
    let late = peak(child.id());
    assert_eq!(output.count(), LAST);
    writer.join().unwrap();
    assert!(child.wait().unwrap().success());
    assert!(late < early + SLACK, "{early} KiB early, {late} KiB late");
}
