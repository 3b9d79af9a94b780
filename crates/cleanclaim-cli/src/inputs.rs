//! What the arguments of a command name: files, folders with what lies in them, patterns, standard input.

use std::path::Path;

use crate::CommandError;

/// One input, in the order given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Input {
    Standard,
    /// A file that was named.
    File(String),
    /// A file that lies in a folder that was named: one that holds no claims is passed over.
    InFolder(String),
}

impl Input {
    /// Its path, if it is a file.
    pub(crate) fn path(&self) -> Option<&str> {
        match self {
            Self::Standard => None,
            Self::File(path) | Self::InFolder(path) => Some(path),
        }
    }

    /// What it is called in reports.
    pub(crate) fn name(&self) -> &str {
        self.path().unwrap_or("standard input")
    }
}

/// The inputs that arguments name; standard input where there are none. What names nothing is an error of its own, and
/// keeps no other input from being read.
pub(crate) fn named_by(arguments: &[String]) -> Vec<Result<Input, CommandError>> {
    if arguments.is_empty() {
        return vec![Ok(Input::Standard)];
    }
    arguments.iter().flat_map(|argument| named_by_one(argument)).collect()
}

fn named_by_one(argument: &str) -> Vec<Result<Input, CommandError>> {
    let path = Path::new(argument);
    if argument == "-" {
        vec![Ok(Input::Standard)]
    } else if path.is_dir() {
        in_folder(path)
    } else if !path.exists() && argument.contains(['*', '?', '[']) {
        by_pattern(argument)
    } else {
        vec![Ok(Input::File(argument.to_owned()))]
    }
}

/// The files of a folder and of the folders in it, by name.
fn in_folder(folder: &Path) -> Vec<Result<Input, CommandError>> {
    let failed = |error| CommandError::File {
        path: folder.display().to_string(),
        error,
    };
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) => return vec![Err(failed(error))],
    };
    let (entries, errors): (Vec<_>, Vec<_>) = entries.partition(Result::is_ok);
    let mut paths: Vec<_> = entries.into_iter().flatten().map(|entry| entry.path()).collect();
    paths.sort_unstable();
    let errors = errors
        .into_iter()
        .filter_map(Result::err)
        .map(|error| Err(failed(error)));
    // A link to a folder may lead back to where it lies.
    let inputs = paths.into_iter().filter(|path| !(path.is_symlink() && path.is_dir()));
    inputs
        .flat_map(|path| {
            if path.is_dir() {
                in_folder(&path)
            } else {
                vec![Ok(Input::InFolder(path.display().to_string()))]
            }
        })
        .chain(errors)
        .collect()
}

/// The files that a pattern fits, for shells that do not expand it, and for quoted patterns.
fn by_pattern(pattern: &str) -> Vec<Result<Input, CommandError>> {
    let fits = match glob::glob(pattern) {
        Ok(fits) => fits,
        Err(error) => {
            return vec![Err(CommandError::Pattern {
                pattern: pattern.to_owned(),
                why: error.msg,
            })];
        }
    };
    let inputs: Vec<Result<Input, CommandError>> = fits
        .filter(|fit| fit.as_ref().map_or(true, |path| path.is_file()))
        .map(|fit| match fit {
            Ok(path) => Ok(Input::File(path.display().to_string())),
            Err(error) => Err(CommandError::File {
                path: error.path().display().to_string(),
                error: error.into(),
            }),
        })
        .collect();
    if inputs.is_empty() {
        return vec![Err(CommandError::NoFit(pattern.to_owned()))];
    }
    inputs
}
