//! What people who work on cleanclaim run: `cargo xtask TASK`.

mod gate;
mod generate;
mod quick;
mod run;
mod torture;
mod truth;

use std::process::ExitCode;

use run::Failed;

/// A task: its name, what it does in one line, and how. A new task is a file and a line here.
type Task = (&'static str, &'static str, fn() -> Result<(), Failed>);

const TASKS: &[Task] = &[
    ("gate", "everything that a change must pass, as CI runs it", gate::run),
    (
        "generate",
        "write the registry and the generated pages until nothing changes",
        generate::run,
    ),
    (
        "quick",
        "format, lints, and the tests that need no full reference: a few minutes",
        quick::run,
    ),
    (
        "torture",
        "damage, bombs, signals, full disks and large inputs: the rows of docs/reliability.md",
        torture::run,
    ),
    (
        "truth",
        "the case book and paid lines against the published files, in tables",
        truth::run,
    ),
];

fn main() -> ExitCode {
    let asked = std::env::args().nth(1);
    let Some((_, _, run)) = TASKS.iter().find(|(name, _, _)| Some(*name) == asked.as_deref()) else {
        eprintln!("usage: cargo xtask TASK, where TASK is one of");
        for (name, what, _) in TASKS {
            eprintln!("  {name:10} {what}");
        }
        return ExitCode::from(2);
    };
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(failed) => {
            eprintln!("error: {failed}");
            ExitCode::FAILURE
        }
    }
}
