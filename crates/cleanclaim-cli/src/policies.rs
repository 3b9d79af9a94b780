//! Payers' policies of the user's own.

use std::path::PathBuf;

use cleanclaim::policy::PolicySet;

use crate::{CommandError, whole};

/// Far more than all policies of all payers.
const MOST_MIB: u64 = 16;

/// The policies that come with the library, and those of these files.
pub(crate) fn read(paths: &[PathBuf]) -> Result<PolicySet, CommandError> {
    let mut texts = Vec::new();
    for path in paths {
        let text = whole::text(path, MOST_MIB).map_err(|error| CommandError::File {
            path: path.clone(),
            error,
        })?;
        texts.push(text);
    }
    let names: Vec<String> = paths.iter().map(|path| path.display().to_string()).collect();
    let files = names.iter().map(String::as_str).zip(texts.iter().map(String::as_str));
    Ok(PolicySet::seed().with_files(files)?)
}
