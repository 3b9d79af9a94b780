//! The files that tests write from the code: they rewrite what is stale and fail once saying so, so they run until
//! nothing changes.

use crate::run::{self, Failed};

/// The registry comes first, since the pages are written from the rules that it lists.
const WRITERS: &[&str] = &["generated::", "payers_page::", "modifiers_page::"];

/// One run writes the registry, one the pages; the third finds nothing to write.
const MOST_RUNS: usize = 4;

pub(crate) fn run() -> Result<(), Failed> {
    let mut last = Ok(());
    for _ in 0..MOST_RUNS {
        last = WRITERS.iter().try_for_each(|writer| {
            run::run(
                "cargo",
                &["test", "-p", "cleanclaim", "--all-features", "--test", "all", writer],
            )
        });
        if last.is_ok() {
            break;
        }
    }
    last?;
    // What the examples print: read the difference before it is committed.
    run::run(
        "env",
        &[
            "UPDATE=1",
            "cargo",
            "test",
            "-p",
            "cleanclaim",
            "--all-features",
            "--test",
            "all",
            "examples::",
        ],
    )
}
