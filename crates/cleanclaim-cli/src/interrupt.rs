//! Ctrl-C: what was found so far is still printed.

use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use crate::Outcome;

static ASKED: AtomicBool = AtomicBool::new(false);

/// A file that is none until it is finished.
static UNFINISHED: Mutex<Option<PathBuf>> = Mutex::new(None);

/// How long a command has to finish: one that waits for input would never.
const PATIENCE: Duration = Duration::from_secs(2);

/// From now on the first Ctrl-C, or the signal to end, only asks: [`is_asked_for`] says so. One that is not heeded in time,
/// and the second, end the process.
pub(crate) fn listen() {
    // A handler that is there stays. Without one the process ends at once, as it would have without this.
    let _ = ctrlc::set_handler(|| {
        if ASKED.swap(true, Ordering::Relaxed) {
            end();
        }
        std::thread::spawn(|| {
            std::thread::sleep(PATIENCE);
            end();
        });
    });
}

/// A file that is taken away where the process is ended before it is finished.
pub(crate) fn take_away_unless_finished(path: &Path) {
    if let Ok(mut unfinished) = UNFINISHED.lock() {
        *unfinished = Some(path.to_owned());
    }
}

fn end() {
    let path = UNFINISHED.lock().ok().and_then(|mut unfinished| unfinished.take());
    if let Some(path) = path {
        // Where it is in its place already, there is none of this name.
        let _ = std::fs::remove_file(path);
    }
    std::process::exit(Outcome::Interrupted.code().into());
}

pub(crate) fn is_asked_for() -> bool {
    ASKED.load(Ordering::Relaxed)
}
