//! Ctrl-C: what was found so far is still printed.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use crate::Outcome;

static ASKED: AtomicBool = AtomicBool::new(false);

/// How long a command has to finish: one that waits for input would never.
const PATIENCE: Duration = Duration::from_secs(2);

/// From now on the first Ctrl-C, or the signal to end, only asks: [`is_asked_for`] says so. One that is not heeded in time,
/// and the second, end the process.
pub(crate) fn listen() {
    // Without a handler the process ends at once, as it would have without this.
    let _ = ctrlc::set_handler(|| {
        if ASKED.swap(true, Ordering::Relaxed) {
            std::process::exit(Outcome::Interrupted.code().into());
        }
        std::thread::spawn(|| {
            std::thread::sleep(PATIENCE);
            std::process::exit(Outcome::Interrupted.code().into());
        });
    });
}

pub(crate) fn is_asked_for() -> bool {
    ASKED.load(Ordering::Relaxed)
}
