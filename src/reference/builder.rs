//! From typed rows to the bytes of a packed reference. Only this file lays tables out.

use std::collections::BTreeSet;

use crate::model::ProcedureCode;

use super::Reference;
use super::bytes::Writer;
use super::codes::{CodeId, CodeIndex};
use super::packed::{self, NewSection, PackedError, SectionKind};
use super::records::{CodeRows, Record};
use super::release::Release;
use super::tables::{Rows, Table};

/// Why rows do not make a reference.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum BuildError {
    /// The rows are not of the release's table.
    #[error("the rows given for release `{release}` are not rows of {table}: give the table that the file holds", table = table.title())]
    WrongRows {
        /// The release.
        release: Box<str>,
        /// Its table.
        table: Table,
    },
    /// A release without rows would answer "not listed" for everything.
    #[error("release `{release}` of {table} has no rows: leave it out", table = table.title())]
    NoRows {
        /// The release.
        release: Box<str>,
        /// Its table.
        table: Table,
    },
    /// Two releases without an order: snapshots that begin on the same day, cumulative tables that end
    /// on it.
    #[error("releases `{first}` and `{second}` of {table} answer for the same days: give one of them", table = table.title())]
    SameRelease {
        /// The table.
        table: Table,
        /// The one.
        first: Box<str>,
        /// The other.
        second: Box<str>,
    },
    /// A code of a shape that no code system uses.
    #[error(
        "`{code}` has the shape of no code system: expected five digits, four digits and a letter, or a letter and four digits"
    )]
    CodeShape {
        /// The code.
        code: ProcedureCode,
    },
    /// One key with two rows.
    #[error("release `{release}` of {table} lists `{key}` twice: remove one of the rows", table = table.title())]
    Duplicate {
        /// The release.
        release: Box<str>,
        /// The table.
        table: Table,
        /// What is listed twice.
        key: String,
    },
    /// More than a packed reference can number.
    #[error("{what}: a packed reference holds at most {most}")]
    TooMany {
        /// What there is too much of.
        what: &'static str,
        /// How much fits.
        most: usize,
    },
    /// The bytes just written do not open; a defect of this library.
    #[error("the reference was written and does not open")]
    Unsound(#[from] PackedError),
}

/// Collects releases and lays them out.
///
/// # Example
/// ```
/// use cleanclaim::code;
/// use cleanclaim::model::DateRange;
/// use cleanclaim::reference::{Mai, MueRow, ReferenceBuilder, Release, Rows, Table};
///
/// let mut builder = ReferenceBuilder::new();
/// let quarter: DateRange = "2024-07-01..2024-09-30".parse()?;
/// builder.add(
///     Release::new(Table::PractitionerMue, "2024-07-01", quarter, "an example"),
///     Rows::Mue(vec![MueRow {
///         code: code!("64632"),
///         value: 1,
///         mai: Mai::DayPolicy,
///         rationale: "CMS Policy".into(),
///     }]),
/// )?;
/// let reference = builder.build()?;
/// assert_eq!(reference.releases().len(), 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct ReferenceBuilder {
    releases: Vec<(Release, Rows)>,
}

impl ReferenceBuilder {
    /// A reference without tables.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a release.
    ///
    /// # Errors
    /// Rows of another table, no rows, a key listed twice, or a second release of the table with the same period.
    pub fn add(&mut self, release: Release, rows: Rows) -> Result<(), BuildError> {
        if !rows.fit(release.table) {
            return Err(BuildError::WrongRows {
                release: release.name,
                table: release.table,
            });
        }
        if rows.is_empty() {
            return Err(BuildError::NoRows {
                release: release.name,
                table: release.table,
            });
        }
        self.refuse_second(&release)?;
        if let Some(key) = rows.twice() {
            return Err(BuildError::Duplicate {
                release: release.name,
                table: release.table,
                key,
            });
        }
        self.releases.push((release, rows));
        Ok(())
    }

    fn refuse_second(&self, release: &Release) -> Result<(), BuildError> {
        let same = |other: &Release| {
            other.table == release.table
                && if release.table.is_cumulative() {
                    other.in_force.last() == release.in_force.last()
                } else {
                    other.in_force.first() == release.in_force.first()
                }
        };
        match self.releases.iter().find(|(other, _)| same(other)) {
            None => Ok(()),
            Some((other, _)) => Err(BuildError::SameRelease {
                table: release.table,
                first: other.name.clone(),
                second: release.name.clone(),
            }),
        }
    }

    /// The packed file. The same releases give the same bytes, in whatever order they were added.
    ///
    /// # Errors
    /// A code that no code system could hold, or more codes or words than a file can number.
    pub fn pack(&self) -> Result<Vec<u8>, BuildError> {
        let mut releases: Vec<&(Release, Rows)> = self.releases.iter().collect();
        releases.sort_by_key(|(release, _)| (release.table, release.in_force, release.name.clone()));
        let numbers = Numbers::of(&releases)?;
        let shared = [
            (SectionKind::Codes, CodeIndex::VERSION, CodeIndex::write(&numbers.codes)),
            (SectionKind::Words, WORDS_VERSION, numbers.write_words()),
            (
                SectionKind::Releases,
                RELEASES_VERSION,
                numbers.write_releases(&releases),
            ),
        ];
        let shared = shared.map(|(kind, version, bytes)| NewRows { kind, version, bytes });
        let mut sections: Vec<NewSection> = shared.into_iter().map(|rows| rows.of_release(0)).collect();
        for (ordinal, (_, rows)) in releases.iter().enumerate() {
            let of_release = rows.write(&numbers).into_iter();
            sections.extend(of_release.map(|rows| rows.of_release(ordinal as u32)));
        }
        Ok(packed::write(&sections))
    }

    /// The reference itself, held in memory.
    ///
    /// # Errors
    /// As for [`pack`](Self::pack).
    pub fn build(&self) -> Result<Reference, BuildError> {
        Ok(Reference::open(self.pack()?)?)
    }
}

pub(crate) const WORDS_VERSION: u16 = 1;
pub(crate) const RELEASES_VERSION: u16 = 1;

/// A section of one release, before its offset is known.
pub(crate) struct NewRows {
    pub(crate) kind: SectionKind,
    pub(crate) version: u16,
    pub(crate) bytes: Vec<u8>,
}

impl NewRows {
    /// Rows that are sorted by their keys, below `keys`.
    pub(crate) fn of<'a, R: Record + 'a>(
        kind: SectionKind,
        keys: usize,
        rows: impl Iterator<Item = (CodeId, &'a R)>,
    ) -> Self {
        Self {
            kind,
            version: R::VERSION,
            bytes: CodeRows::<R>::write(keys, rows),
        }
    }

    fn of_release(self, ordinal: u32) -> NewSection {
        NewSection {
            kind: self.kind,
            ordinal,
            version: self.version,
            bytes: self.bytes,
        }
    }
}

/// The numbers of codes and words that all sections share.
pub(crate) struct Numbers<'a> {
    codes: Vec<u32>,
    words: Vec<&'a str>,
}

impl<'a> Numbers<'a> {
    fn of(releases: &[&'a (Release, Rows)]) -> Result<Self, BuildError> {
        let (mut codes, mut words) = (BTreeSet::new(), BTreeSet::new());
        for (release, rows) in releases {
            let mut see = |code: ProcedureCode| -> Result<(), BuildError> {
                let index = code.index().ok_or(BuildError::CodeShape { code })?;
                codes.insert(index);
                Ok(())
            };
            rows.each_code(&mut see)?;
            release.excerpt.iter().flatten().copied().try_for_each(see)?;
            rows.words(&mut words);
        }
        let most = usize::from(u16::MAX - 1);
        for (what, count) in [
            ("procedure codes", codes.len()),
            ("rationales", words.len()),
            ("releases", releases.len()),
        ] {
            if count > most {
                return Err(BuildError::TooMany { what, most });
            }
        }
        Ok(Self {
            codes: codes.into_iter().collect(),
            words: words.into_iter().collect(),
        })
    }

    /// How many codes there are.
    pub(crate) fn codes(&self) -> usize {
        self.codes.len()
    }

    /// The number of a code that some row names.
    pub(crate) fn id(&self, code: ProcedureCode) -> CodeId {
        let place = code.index().and_then(|index| self.codes.binary_search(&index).ok());
        CodeId(place.unwrap_or_default() as u16)
    }

    /// The number of a text that some row has.
    pub(crate) fn word(&self, word: &str) -> u16 {
        self.words.binary_search(&word).unwrap_or_default() as u16
    }

    fn write_words(&self) -> Vec<u8> {
        let mut out = Writer::default();
        out.u32(self.words.len() as u32);
        for word in &self.words {
            out.text(word);
        }
        out.into_vec()
    }

    fn write_releases(&self, releases: &[&(Release, Rows)]) -> Vec<u8> {
        let mut out = Writer::default();
        out.u32(releases.len() as u32);
        for (release, _) in releases {
            out.u8(release.table as u8);
            out.u16(release.in_force.first().day_number());
            out.u16(release.in_force.last().day_number());
            out.text(&release.name);
            out.text(&release.source);
            let covered = release.excerpt.as_deref().map(|codes| self.bits(codes));
            out.u8(u8::from(covered.is_some()));
            out.bytes(&covered.unwrap_or_default());
        }
        out.into_vec()
    }

    fn bits(&self, codes: &[ProcedureCode]) -> Vec<u8> {
        let mut bits = vec![0_u8; self.codes.len().div_ceil(8)];
        for code in codes {
            let id = self.id(*code).index();
            if let Some(byte) = bits.get_mut(id / 8) {
                *byte |= 1 << (id % 8);
            }
        }
        bits
    }
}
