//! Every layout with the quirks that its published files have, on made-up excerpts; and every error that a row, a file
//! or a release can meet.

mod add_on;
mod asc;
mod bounds;
mod editor;
mod fee_schedule;
mod files;
mod localities;
mod pairs;
mod schedules;
mod units;

use cleanclaim_cms::{FileSource, Options, ReadError, ReadRelease, read};

fn small() -> Options {
    Options::default().allow_small()
}

fn read_one(name: &str, text: impl Into<Vec<u8>>) -> Result<ReadRelease, ReadError> {
    read(FileSource::bytes(name, text), &small()).map(|mut releases| {
        assert_eq!(releases.len(), 1);
        releases.remove(0)
    })
}

fn problems(read: &ReadRelease) -> Vec<String> {
    read.problems.iter().map(ToString::to_string).collect()
}
