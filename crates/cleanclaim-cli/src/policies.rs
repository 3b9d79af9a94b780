//! Payers' policies of the user's own.

use cleanclaim::policy::PolicySet;

use crate::CommandError;

/// The policies that come with the library, and those of these files.
pub(crate) fn read(paths: &[String]) -> Result<PolicySet, CommandError> {
    let mut texts = Vec::new();
    for path in paths {
        let text = std::fs::read_to_string(path).map_err(|error| CommandError::File {
            path: path.clone(),
            error,
        })?;
        texts.push(text);
    }
    let files = paths.iter().map(String::as_str).zip(texts.iter().map(String::as_str));
    Ok(PolicySet::seed().with_files(files)?)
}
