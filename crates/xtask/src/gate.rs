//! The gate, as CI runs it.

use crate::run::{self, Failed};

pub(crate) fn run() -> Result<(), Failed> {
    run::run("bash", &[".ci/run"])
}
