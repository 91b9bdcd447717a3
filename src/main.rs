//! The `onrecord` program; everything it does is in [`onrecord::cli`].

use std::process::ExitCode;

fn main() -> ExitCode {
    onrecord::cli::run()
}
