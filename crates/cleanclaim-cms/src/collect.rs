//! From any number of files to releases: parts are merged, several forms of one release compared.

use std::collections::BTreeMap;
use std::path::Path;

use cleanclaim::model::Location;
use cleanclaim::reference::{ReferenceBuilder, Release};

use crate::layout::{self, Layout, SheetLayout};
use crate::options::Options;
use crate::period::Quarter;
use crate::problem::{FileProblem, FileProblemKind, ReadError, Severity};
use crate::release::{ReadRelease, differ_in_conversion_factor};
use crate::sheet::Sheet;
use crate::source::{File, FileName, FileSource};
use crate::{asc, fee_schedule, ioce, pairs};

/// How far the reading of files has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Progress<'a> {
    /// A file is being read.
    Reading {
        /// Its name.
        file: &'a str,
        /// Bytes of the files before it.
        done: u64,
        /// Bytes of all files.
        all: u64,
    },
    /// The files are read; releases are put together and compared.
    Merging,
}

/// What was read from many files.
#[derive(Debug)]
#[non_exhaustive]
pub struct Collected {
    /// Holds every release that could be read.
    pub builder: ReferenceBuilder,
    /// Those releases, each with the number of its rows.
    pub releases: Vec<(Release, usize)>,
    /// What there is to say, the errors first.
    pub problems: Vec<FileProblem>,
}

impl Collected {
    /// How many rows, files or releases were lost.
    #[must_use]
    pub fn errors(&self) -> usize {
        self.problems
            .iter()
            .filter(|problem| problem.severity == Severity::Error)
            .count()
    }
}

/// Reads one source, be it a file, a zip or a folder: usually one release, several where it holds several.
///
/// ```
/// use cleanclaim::reference::Table;
/// use cleanclaim_cms::{Options, FileSource, read};
///
/// let table = "HCPCS/CPT Code,Practitioner Services MUE Values,MUE Adjudication Indicator,MUE Rationale\n\
///     64632,1,2 Date of Service Edit: Policy,CMS Policy\n";
/// let source = FileSource::bytes("MCR_MUE_PractitionerServices_Eff_07-01-2024.csv", table);
/// let read = read(source, &Options::default().allow_small())?;
/// assert_eq!(read[0].release.table, Table::PractitionerMue);
/// assert_eq!(read[0].release.in_force, "2024-07-01..2024-09-30".parse()?);
/// assert_eq!(read[0].rows.len(), 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// A file that cannot be read, is in no known layout, does not say which release it is, or is only a part of a release.
/// Rows that cannot be read are no error here: they stand among the release's problems.
pub fn read(source: impl Into<FileSource>, options: &Options) -> Result<Vec<ReadRelease>, ReadError> {
    let source = source.into();
    let name = source.name();
    let mut pool = Pool::new(options);
    pool.read(vec![source], &mut |_| {});
    let (mut releases, errors, notes) = pool.finish();
    if let Some(error) = errors.into_iter().next() {
        return Err(error);
    }
    match releases.first_mut() {
        None => Err(notes.into_iter().next().map_or_else(
            || ReadError::new(&name, FileProblemKind::UnknownLayout),
            |note| ReadError::at(note.location, note.kind),
        )),
        Some(first) => {
            first.problems.extend(notes);
            Ok(releases)
        }
    }
}

/// Reads files, and folders with everything below them, into the releases of one reference.
///
/// Nothing is skipped without a word: what is in no known layout is named in a note, what is lost in an error. A release
/// that is there in several forms is read once, and the forms must agree.
///
/// ```
/// use cleanclaim_cms::{Options, collect};
///
/// let collected = collect(&["no/such/folder"], &Options::default(), &mut |_| {});
/// assert_eq!(collected.errors(), 1);
/// assert!(collected.releases.is_empty());
/// ```
pub fn collect<P: AsRef<Path>>(paths: &[P], options: &Options, progress: &mut dyn FnMut(Progress<'_>)) -> Collected {
    collect_sources(
        paths.iter().map(|path| FileSource::path(path.as_ref())).collect(),
        options,
        progress,
    )
}

/// [`collect`] for sources that need not be files.
pub fn collect_sources(
    sources: Vec<FileSource>,
    options: &Options,
    progress: &mut dyn FnMut(Progress<'_>),
) -> Collected {
    let mut pool = Pool::new(options);
    pool.read(sources, progress);
    progress(Progress::Merging);
    let (read, errors, notes) = pool.finish();
    let mut problems: Vec<FileProblem> = errors
        .into_iter()
        .flat_map(ReadError::into_problems)
        .chain(notes)
        .collect();
    let mut builder = ReferenceBuilder::new();
    let mut releases = Vec::new();
    for one in read {
        let (file, count) = (one.file().to_owned(), one.rows.len());
        problems.extend(one.problems);
        match builder.add(one.release.clone(), one.rows) {
            Ok(()) => releases.push((one.release, count)),
            Err(error) => problems.extend(ReadError::new(&file, error.into()).into_problems()),
        }
    }
    problems.sort_by_key(|problem| std::cmp::Reverse(problem.severity));
    Collected {
        builder,
        releases,
        problems,
    }
}

/// Everything read so far.
struct Pool<'a> {
    options: &'a Options,
    releases: Vec<ReadRelease>,
    pairs: Vec<pairs::Part>,
    pair_workbooks: Vec<FileName>,
    addenda: Vec<asc::Part>,
    editor: Vec<ioce::Part>,
    errors: Vec<ReadError>,
    notes: Vec<FileProblem>,
}

impl<'a> Pool<'a> {
    fn new(options: &'a Options) -> Self {
        Self {
            options,
            releases: Vec::new(),
            pairs: Vec::new(),
            pair_workbooks: Vec::new(),
            addenda: Vec::new(),
            editor: Vec::new(),
            errors: Vec::new(),
            notes: Vec::new(),
        }
    }

    fn note(&mut self, file: &str, kind: FileProblemKind) {
        self.notes.push(FileProblem {
            severity: Severity::Note,
            location: Location::in_file(file),
            kind,
        });
    }

    fn read(&mut self, sources: Vec<FileSource>, progress: &mut dyn FnMut(Progress<'_>)) {
        let mut files = Vec::new();
        for source in sources {
            let (found, errors, notes) = source.files();
            files.extend(found);
            self.errors.extend(errors);
            self.notes.extend(notes);
        }
        let sizes: Vec<u64> = files.iter().map(crate::source::Listed::size).collect();
        let all = sizes.iter().sum();
        let mut done = 0;
        for (file, size) in files.into_iter().zip(sizes) {
            progress(Progress::Reading {
                file: &file.name(),
                done,
                all,
            });
            let mut errors = Vec::new();
            file.open(&mut |file| self.file(&file), &mut errors);
            self.errors.extend(errors);
            done += size;
        }
    }

    fn file(&mut self, file: &File) {
        let read = if file.bytes.starts_with(b"PK\x03\x04") {
            self.workbook(file)
        } else {
            self.text(file)
        };
        if let Err(error) = read {
            self.errors.push(error);
        }
    }

    fn text(&mut self, file: &File) -> Result<(), ReadError> {
        let File { name, bytes } = file;
        match layout::of_text(name, bytes) {
            Some(Layout::FeeScheduleText) => self.releases.push(fee_schedule::text::read(name, bytes, self.options)?),
            Some(Layout::Pairs) => self.pairs.push(pairs::read(name, bytes, self.options)?),
            Some(Layout::Separated(separator, layout, heading)) => {
                let sheet = Sheet::separated(bytes, separator, usize::MAX);
                let sheet = sheet.map_err(|kind| ReadError::new(name.display(), kind))?;
                self.sheet(name, layout, heading, sheet)?;
            }
            None => self.note(name.display(), FileProblemKind::UnknownLayout),
        }
        Ok(())
    }

    fn workbook(&mut self, file: &File) -> Result<(), ReadError> {
        let name = &file.name;
        // Hundreds of thousands of rows as a workbook, beside the same as text.
        if pairs::is_name(name.base()) {
            self.pair_workbooks.push(name.clone());
            return Ok(());
        }
        let sheets = match Sheet::workbook(&file.bytes) {
            Ok(sheets) => sheets,
            // Documents of other kinds are zip files too.
            Err(_) if !name.base().to_ascii_lowercase().ends_with(".xlsx") => Vec::new(),
            Err(kind) => return Err(ReadError::new(name.display(), kind)),
        };
        let mut known = false;
        for sheet in sheets {
            if let Some((layout, heading)) = layout::of_rows(name, &sheet.rows) {
                known = true;
                self.sheet(name, layout, heading, sheet)?;
            }
        }
        if !known {
            self.note(name.display(), FileProblemKind::UnknownLayout);
        }
        Ok(())
    }

    fn sheet(&mut self, name: &FileName, layout: SheetLayout, heading: usize, sheet: Sheet) -> Result<(), ReadError> {
        let options = self.options;
        match layout {
            SheetLayout::Release(release) => self.releases.push((release.read)(name, &sheet, heading, options)?),
            SheetLayout::Addendum(addendum) => {
                self.addenda.push(asc::read(name, &sheet, heading, addendum, options)?);
            }
            SheetLayout::OtherAddendum(which) => {
                let what = format!("addendum {which}").into();
                self.note(name.display(), FileProblemKind::NoPlace { what });
            }
            SheetLayout::Editor(ioce::Table::Other) => {
                let columns = sheet.rows.get(heading).map(|row| (row.text(0), row.text(1)));
                let (first, second) = columns.unwrap_or_default();
                let what = format!("the I/OCE table of {first}, {second}").into();
                self.note(name.display(), FileProblemKind::NoPlace { what });
            }
            SheetLayout::Editor(table) => self.editor.push(ioce::Part::new(name, table, sheet)),
        }
        Ok(())
    }

    /// The releases, what was lost, and what there is to say besides.
    fn finish(mut self) -> (Vec<ReadRelease>, Vec<ReadError>, Vec<FileProblem>) {
        self.merge_pairs();
        self.merge_addenda();
        self.merge_editor();
        let found = std::mem::take(&mut self.releases);
        let releases = self.keep_one_of_each(found);
        if self.options.states_something() && releases.len() > 1 {
            let file = releases.iter().map(ReadRelease::file).next().unwrap_or_default();
            let found = releases.len();
            self.errors
                .push(ReadError::new(file, FileProblemKind::StatedForSeveral { found }));
            return (Vec::new(), self.errors, self.notes);
        }
        (releases, self.errors, self.notes)
    }

    fn take(&mut self, merged: Result<ReadRelease, ReadError>) {
        match merged {
            Ok(release) => self.releases.push(release),
            Err(error) => self.errors.push(error),
        }
    }

    fn merge_pairs(&mut self) {
        let mut editions: BTreeMap<pairs::Edition, Vec<pairs::Part>> = BTreeMap::new();
        for part in std::mem::take(&mut self.pairs) {
            let parts = editions.entry(part.edition.clone()).or_default();
            let twin = parts
                .iter()
                .find_map(|other| Some((other.file().into(), pairs::same_part(other, &part)?)));
            match twin {
                None => parts.push(part),
                Some((other, true)) => self.note(part.file(), FileProblemKind::Agrees { other }),
                Some((other, false)) => self.errors.push(ReadError::new(
                    part.file(),
                    FileProblemKind::Differs {
                        other,
                        difference: "some row".into(),
                    },
                )),
            }
        }
        let none = editions.is_empty();
        for (edition, parts) in editions {
            let merged = pairs::merge(edition, parts, self.options);
            self.take(merged);
        }
        for name in std::mem::take(&mut self.pair_workbooks) {
            if none {
                self.errors
                    .push(ReadError::new(name.display(), FileProblemKind::PairsWorkbook));
            } else {
                self.note(name.display(), FileProblemKind::PairsWorkbook);
            }
        }
    }

    fn merge_addenda(&mut self) {
        let mut parts = std::mem::take(&mut self.addenda);
        asc::complete_quarters(&mut parts);
        let mut quarters: BTreeMap<Option<Quarter>, Vec<asc::Part>> = BTreeMap::new();
        for part in parts {
            let parts = quarters.entry(part.quarter).or_default();
            let twin = parts.iter().find(|other| other.addendum == part.addendum);
            match twin.map(|other| (Box::from(other.file()), asc::difference(other, &part))) {
                None => parts.push(part),
                Some((other, None)) => self.note(part.file(), FileProblemKind::Agrees { other }),
                Some((other, Some(difference))) => self.errors.push(ReadError::new(
                    part.file(),
                    FileProblemKind::Differs {
                        other,
                        difference: difference.into(),
                    },
                )),
            }
        }
        for (quarter, parts) in quarters {
            let merged = asc::merge(quarter, parts, self.options);
            self.take(merged);
        }
    }

    fn merge_editor(&mut self) {
        let mut folders: BTreeMap<Box<str>, Vec<ioce::Part>> = BTreeMap::new();
        for part in std::mem::take(&mut self.editor) {
            folders.entry(part.folder.clone()).or_default().push(part);
        }
        let only = ioce::only_versions(folders.values());
        for parts in folders.into_values() {
            let (releases, errors) = ioce::merge(parts, only.as_ref(), self.options);
            self.releases.extend(releases);
            self.errors.extend(errors);
        }
    }

    fn keep_one_of_each(&mut self, found: Vec<ReadRelease>) -> Vec<ReadRelease> {
        let mut kept: Vec<ReadRelease> = Vec::new();
        for mut release in found {
            let Some(at) = kept.iter().position(|other| other.is_same_release(&release)) else {
                kept.push(release);
                continue;
            };
            let Some(other) = kept.get_mut(at) else { continue };
            // The schedule that stands in for all others is the one of those who do not take part in the QPP.
            if other.release.name.ends_with("QPP") && !release.release.name.ends_with("QPP") {
                std::mem::swap(other, &mut release);
            }
            let other_file: Box<str> = other.file().into();
            let file = release.file().to_owned();
            match other.rows.first_difference(&release.rows) {
                None => self.note(&file, FileProblemKind::Agrees { other: other_file }),
                Some(_) if differ_in_conversion_factor(&other.rows, &release.rows) => {
                    self.note(&file, FileProblemKind::OtherConversionFactor { other: other_file });
                }
                Some(difference) => self.errors.push(ReadError::new(
                    &file,
                    FileProblemKind::Differs {
                        other: other_file,
                        difference: difference.into(),
                    },
                )),
            }
            // What was lost in reading the other form is still worth knowing.
            self.notes.extend(release.problems);
        }
        kept
    }
}
