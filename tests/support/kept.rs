//! Files of the repository that tests write.

use std::path::{Path, PathBuf};

/// The package's folder.
pub(crate) fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Keeps a written file as it should be: rewrites it where it is stale, then fails saying so.
pub(crate) fn keep(path: &Path, text: &str) {
    if std::fs::read_to_string(path).is_ok_and(|found| found == text) {
        return;
    }
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, text).unwrap();
    panic!(
        "{} was stale and has been rewritten: run the tests again",
        path.display()
    );
}
