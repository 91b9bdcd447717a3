//! The program, run and watched from outside.

use std::ffi::OsStr;
use std::io;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// How often the memory of a running program is looked at; its peak can only rise, so that no more than
/// its last moments are missed.
const LOOK: Duration = Duration::from_millis(20);

/// What a run took.
#[derive(Clone, Copy)]
pub struct Run {
    pub seconds: f64,
    /// The most memory in use at once, in MiB; unknown where the system doesn't say.
    pub peak_mib: Option<f64>,
}

/// Runs the program to its end, its output thrown away.
pub fn timed<S: AsRef<OsStr>>(program: &Path, arguments: &[S]) -> io::Result<f64> {
    let start = Instant::now();
    let status = silent(program, arguments).status()?;
    let seconds = start.elapsed().as_secs_f64();
    if status.success() { Ok(seconds) } else { Err(failed(program, arguments)) }
}

/// Runs the program to its end, its memory watched.
pub fn watched<S: AsRef<OsStr>>(program: &Path, arguments: &[S]) -> io::Result<Run> {
    let start = Instant::now();
    let mut child = silent(program, arguments).spawn()?;
    let watcher = watch(&child);
    let status = child.wait()?;
    let seconds = start.elapsed().as_secs_f64();
    let peak_mib = watcher.join().expect("reading a file doesn't panic");
    if status.success() { Ok(Run { seconds, peak_mib }) } else { Err(failed(program, arguments)) }
}

/// What the program prints.
pub fn output<S: AsRef<OsStr>>(program: &Path, arguments: &[S]) -> io::Result<String> {
    let output = Command::new(program).args(arguments).stderr(Stdio::inherit()).output()?;
    if !output.status.success() {
        return Err(failed(program, arguments));
    }
    String::from_utf8(output.stdout).map_err(io::Error::other)
}

fn silent<S: AsRef<OsStr>>(program: &Path, arguments: &[S]) -> Command {
    let mut command = Command::new(program);
    command.args(arguments).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command
}

/// Reads the peak until the process is gone (its entry stays, without memory, until it is waited for).
fn watch(child: &Child) -> thread::JoinHandle<Option<f64>> {
    let status = format!("/proc/{}/status", child.id());
    thread::spawn(move || {
        let mut peak = None;
        while let Some(now) = std::fs::read_to_string(&status).ok().and_then(|text| peak_of(&text)) {
            peak = Some(now);
            thread::sleep(LOOK);
        }
        peak
    })
}

fn peak_of(status: &str) -> Option<f64> {
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kib: f64 = line.trim().trim_end_matches(" kB").parse().ok()?;
    Some(kib / 1024.0)
}

fn failed<S: AsRef<OsStr>>(program: &Path, arguments: &[S]) -> io::Error {
    let arguments: Vec<_> = arguments.iter().map(|argument| argument.as_ref().to_string_lossy()).collect();
    let command = format!("{} {}", program.display(), arguments.join(" "));
    io::Error::other(format!("this failed, run it yourself to see why: {command}"))
}
