//! Ctrl-C: the first one asks for a stop behind the current article, the second one ends at once.

use std::process;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Once, OnceLock};

/// The flag that Ctrl-C sets from now on.
pub fn flag() -> &'static AtomicBool {
    flag_saying("stopping after the current article; Ctrl-C again to stop at once")
}

/// As [`flag`], with what is said when it is set.
pub fn flag_saying(words: &'static str) -> &'static AtomicBool {
    let _ = WORDS.set(words);
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        // Where no handler can be set, Ctrl-C ends the program as it always did.
        let _ = ctrlc::set_handler(on_interrupt);
    });
    &STOP
}

static WORDS: OnceLock<&str> = OnceLock::new();
static STOP: AtomicBool = AtomicBool::new(false);

/// What shells expect of a program ended by Ctrl-C.
const EXIT_INTERRUPTED: i32 = 130;

fn on_interrupt() {
    if STOP.swap(true, Ordering::Relaxed) {
        process::exit(EXIT_INTERRUPTED);
    }
    say!("{}", WORDS.get().unwrap_or(&"stopping"));
}
