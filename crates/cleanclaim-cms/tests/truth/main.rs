//! What the library says of claims whose end is known: the case book of the public record, and lines that practices were
//! paid. Both are read beside the checkout and are no part of it.

use crate::common;

mod casebook;
mod practice;

use std::sync::LazyLock;

use cleanclaim::Evaluator;
use cleanclaim_cms::{Options, collect};
use common::published;

/// The whole catalogue over every published file.
static EVALUATOR: LazyLock<Option<Evaluator>> = LazyLock::new(|| {
    let folders = ["mpfs", "ncci", "asc", "ioce", "current"];
    let paths: Vec<_> = folders.into_iter().filter_map(published).collect();
    if paths.len() < folders.len() {
        return None;
    }
    let collected = collect(&paths, &Options::default(), &mut |_| {});
    Some(Evaluator::new(collected.builder.build().unwrap()))
});

/// Shows lines whatever the harness keeps of a test's output.
fn show(lines: &[String]) {
    use std::io::Write as _;
    let _ = writeln!(std::io::stderr(), "{}", lines.join("\n"));
}
