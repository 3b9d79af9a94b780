//! What the arguments of a command name: files, folders with what lies in them, patterns, standard input.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

use crate::CommandError;

/// One input, in the order given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Input {
    Standard,
    /// A file that was named.
    File(PathBuf),
    /// A file that lies in a folder that was named: one that holds no claims is passed over.
    InFolder(PathBuf),
}

impl Input {
    /// Its path, if it is a file.
    pub(crate) fn path(&self) -> Option<&Path> {
        match self {
            Self::Standard => None,
            Self::File(path) | Self::InFolder(path) => Some(path),
        }
    }

    /// What it is called in reports.
    pub(crate) fn name(&self) -> String {
        let name = |path: &Path| path.display().to_string();
        self.path().map_or_else(|| "standard input".to_owned(), name)
    }
}

/// The inputs that arguments name; standard input where there are none. What names nothing is an error of its own, and
/// keeps no other input from being read.
pub(crate) fn named_by(arguments: &[OsString]) -> Vec<Result<Input, CommandError>> {
    if arguments.is_empty() {
        return vec![Ok(Input::Standard)];
    }
    arguments.iter().flat_map(|argument| named_by_one(argument)).collect()
}

fn named_by_one(argument: &OsStr) -> Vec<Result<Input, CommandError>> {
    let path = Path::new(argument);
    if argument == "-" {
        vec![Ok(Input::Standard)]
    } else if path.is_dir() {
        in_folder(path)
    } else if let Some(pattern) = pattern(argument).filter(|_| !path.exists()) {
        by_pattern(pattern)
    } else {
        vec![Ok(Input::File(path.to_owned()))]
    }
}

/// An argument that may be a pattern.
fn pattern(argument: &OsStr) -> Option<&str> {
    argument.to_str().filter(|argument| argument.contains(['*', '?', '[']))
}

/// The files of a folder and of the folders in it, by name.
fn in_folder(folder: &Path) -> Vec<Result<Input, CommandError>> {
    let failed = |error| CommandError::File {
        path: folder.to_owned(),
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
                vec![Ok(Input::InFolder(path))]
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
            Ok(path) => Ok(Input::File(path)),
            Err(error) => Err(CommandError::File {
                path: error.path().to_owned(),
                error: error.into(),
            }),
        })
        .collect();
    if inputs.is_empty() {
        return vec![Err(CommandError::NoFit(pattern.to_owned()))];
    }
    inputs
}
