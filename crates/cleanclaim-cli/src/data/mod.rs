//! `cleanclaim data`: packed references, built, described and compared.

mod build;
mod diff;
mod info;

use crate::args::DataCommand;
use crate::{CommandError, Outcome};

pub(crate) fn run(command: &DataCommand) -> Result<Outcome, CommandError> {
    match command {
        DataCommand::Build(args) => build::run(args),
        DataCommand::Info(args) => info::run(args),
        DataCommand::Diff(args) => diff::run(args),
    }
}
