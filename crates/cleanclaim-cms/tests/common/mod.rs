//! Where the published files lie, if they are there.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use cleanclaim_cms::{FileSource, Options, ReadRelease, read};

/// A file or folder of published files beside the repository; where it is missing, the test says so and ends.
pub(crate) fn published(path: &str) -> Option<PathBuf> {
    let found = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../../shared/data")
        .join(path);
    if !found.exists() {
        // Not by a macro, whose words the harness keeps from who runs the tests.
        let _ = writeln!(std::io::stderr(), "skipped: {} is not here", found.display());
        return None;
    }
    Some(found)
}

/// The releases in a published file or folder.
#[allow(dead_code, reason = "not every test reads files")]
pub(crate) fn releases(path: &str) -> Option<Vec<ReadRelease>> {
    let found = published(path)?;
    Some(read(FileSource::path(found), &Options::default()).unwrap_or_else(|error| panic!("{error}")))
}
