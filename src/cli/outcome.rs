//! How a command ended, and the exit code that says so.

use crate::cli::visible::visible;
use crate::error::Error;
use anstyle::{AnsiColor, Style};
use std::io;
use std::path::Path;
use std::process::ExitCode;

/// How a command ended when nothing stopped it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Outcome {
    Done,
    /// Some inputs failed; each was named on standard error as it happened.
    SomeFailed,
}

/// A mistake in the arguments that only the command itself can see (exit code 2).
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct Usage(pub String);

/// How the word «error» looks on a terminal that takes colours.
const ERROR: Style = AnsiColor::Red.on_default().bold();

/// What standard output is called in messages.
pub const STDOUT: &str = "standard output";

/// Names a failure on standard error.
pub fn complain(message: &str) {
    say!("{ERROR}error:{ERROR:#} {message}");
}

/// Names the error on standard error and gives the exit code of `result`.
///
/// A broken pipe behind standard output is no error: whoever read it had enough.
pub fn exit_code(result: anyhow::Result<Outcome>) -> ExitCode {
    match result {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::SomeFailed) => ExitCode::from(1),
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            complain(&visible(&format!("{error:#}")));
            ExitCode::from(code(&error))
        }
    }
}

fn code(error: &anyhow::Error) -> u8 {
    let is_database = |cause: &Error| matches!(cause, Error::Database { .. });
    let is_refusal = |cause: &Error| matches!(cause, Error::Refused { .. });
    if error.chain().any(|cause| cause.downcast_ref().is_some_and(is_database)) {
        3
    } else if error.chain().any(|cause| cause.is::<Usage>() || cause.downcast_ref().is_some_and(is_refusal)) {
        2
    } else {
        1
    }
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        let plain = cause.downcast_ref::<io::Error>().map(io::Error::kind);
        let wrapped = match cause.downcast_ref::<Error>() {
            Some(Error::Io { path, error }) if path == Path::new(STDOUT) => Some(error.kind()),
            _ => None,
        };
        plain.or(wrapped) == Some(io::ErrorKind::BrokenPipe)
    })
}

#[cfg(test)]
mod tests {
    use super::{STDOUT, Usage, code, is_broken_pipe};
    use crate::error::Error;
    use std::io;

    #[test]
    fn the_kind_of_an_error_decides_the_code() {
        let database = Error::Database { path: "x.db".into(), reason: "newer".into() };
        assert_eq!(code(&anyhow::Error::from(database).context("while opening")), 3);
        assert_eq!(code(&Usage("two files".into()).into()), 2);
        assert_eq!(code(&anyhow::anyhow!("disk full")), 1);
    }

    #[test]
    fn a_broken_pipe_is_seen_through_its_wrappers() {
        let pipe = || io::Error::from(io::ErrorKind::BrokenPipe);
        assert!(is_broken_pipe(&anyhow::Error::from(pipe()).context("writing")));
        assert!(is_broken_pipe(&Error::io(STDOUT)(pipe()).into()));
        assert!(!is_broken_pipe(&Error::io("failed.csv")(pipe()).into()));
        assert!(!is_broken_pipe(&io::Error::from(io::ErrorKind::NotFound).into()));
    }
}
