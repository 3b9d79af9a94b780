//! From typed rows to the bytes of a packed reference: the one place where tables are laid out.

use std::collections::BTreeSet;

use crate::model::{DateRange, ProcedureCode};

use super::add_on::{AddOnEdit, AddOnRow};
use super::asc::{AscEntry, AscRow};
use super::bytes::Writer;
use super::codes::{CodeId, CodeIndex};
use super::fee_schedule::{Component, FeeScheduleRow, FeeValues, PolicyIndicators};
use super::geography::{AnesthesiaRow, GpciRow, Locality, LocalityRow, PackedAnesthesia, PackedGpci, PackedLocality};
use super::modifiers::{ModifierConflictRow, ModifierRow};
use super::mue::{Mue, MueRow};
use super::outpatient::{OutpatientCodeRow, OutpatientEntry};
use super::packed::{self, NewSection, PackedError, SectionKind};
use super::ptp::{Histories, PairEdit, PairIndex, PairRow};
use super::records::{CodeRows, Record};
use super::release::{Release, Table};
use super::{MODIFIERS, Reference};

/// The rows of one release, as published.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Rows {
    /// [`Table::FeeSchedule`].
    FeeSchedule(Vec<FeeScheduleRow>),
    /// [`Table::PractitionerPairs`] and [`Table::HospitalPairs`].
    Pairs {
        /// The pairs.
        rows: Vec<PairRow>,
        /// The rationales that [`PairRow::rationale`] counts into.
        rationales: Vec<Box<str>>,
    },
    /// [`Table::PractitionerMue`], [`Table::HospitalMue`] and [`Table::DmeMue`].
    Mue(Vec<MueRow>),
    /// [`Table::AddOn`].
    AddOn(Vec<AddOnRow>),
    /// [`Table::Asc`].
    Asc(Vec<AscRow>),
    /// [`Table::Modifiers`].
    Modifiers(Vec<ModifierRow>),
    /// [`Table::ModifierConflicts`].
    ModifierConflicts(Vec<ModifierConflictRow>),
    /// [`Table::OutpatientCodes`].
    OutpatientCodes(Vec<OutpatientCodeRow>),
    /// [`Table::Gpci`].
    Gpci(Vec<GpciRow>),
    /// [`Table::AnesthesiaFactors`].
    AnesthesiaFactors(Vec<AnesthesiaRow>),
    /// [`Table::Localities`].
    Localities(Vec<LocalityRow>),
}

impl Rows {
    /// How many rows there are.
    #[must_use]
    pub fn len(&self) -> usize {
        match self {
            Self::FeeSchedule(rows) => rows.len(),
            Self::Pairs { rows, .. } => rows.len(),
            Self::Mue(rows) => rows.len(),
            Self::AddOn(rows) => rows.len(),
            Self::Asc(rows) => rows.len(),
            Self::Modifiers(rows) => rows.len(),
            Self::ModifierConflicts(rows) => rows.len(),
            Self::OutpatientCodes(rows) => rows.len(),
            Self::Gpci(rows) => rows.len(),
            Self::AnesthesiaFactors(rows) => rows.len(),
            Self::Localities(rows) => rows.len(),
        }
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn fit(&self, table: Table) -> bool {
        match self {
            Self::FeeSchedule(_) => table == Table::FeeSchedule,
            Self::Pairs { .. } => matches!(table, Table::PractitionerPairs | Table::HospitalPairs),
            Self::Mue(_) => matches!(table, Table::PractitionerMue | Table::HospitalMue | Table::DmeMue),
            Self::AddOn(_) => table == Table::AddOn,
            Self::Asc(_) => table == Table::Asc,
            Self::Modifiers(_) => table == Table::Modifiers,
            Self::ModifierConflicts(_) => table == Table::ModifierConflicts,
            Self::OutpatientCodes(_) => table == Table::OutpatientCodes,
            Self::Gpci(_) => table == Table::Gpci,
            Self::AnesthesiaFactors(_) => table == Table::AnesthesiaFactors,
            Self::Localities(_) => table == Table::Localities,
        }
    }

    fn codes(&self, seen: &mut BTreeSet<u32>) -> Result<(), BuildError> {
        let mut see = |code: ProcedureCode| {
            let index = code.index().ok_or(BuildError::CodeShape { code })?;
            seen.insert(index);
            Ok(())
        };
        match self {
            Self::FeeSchedule(rows) => rows.iter().try_for_each(|row| see(row.code)),
            Self::Pairs { rows, .. } => rows
                .iter()
                .try_for_each(|row| see(row.column1).and_then(|()| see(row.column2))),
            Self::Mue(rows) => rows.iter().try_for_each(|row| see(row.code)),
            Self::AddOn(rows) => rows
                .iter()
                .flat_map(|row| [Some(row.add_on), row.primary])
                .flatten()
                .try_for_each(see),
            Self::Asc(rows) => rows.iter().try_for_each(|row| see(row.code)),
            Self::OutpatientCodes(rows) => rows.iter().try_for_each(|row| see(row.code)),
            Self::Modifiers(_) | Self::ModifierConflicts(_) => Ok(()),
            Self::Gpci(_) | Self::AnesthesiaFactors(_) | Self::Localities(_) => Ok(()),
        }
    }

    fn words<'a>(&'a self, seen: &mut BTreeSet<&'a str>) {
        match self {
            Self::Pairs { rationales, .. } => seen.extend(rationales.iter().map(AsRef::as_ref)),
            Self::Mue(rows) => seen.extend(rows.iter().map(|row| row.rationale.as_ref())),
            Self::Gpci(rows) => seen.extend(rows.iter().flat_map(|row| [row.state.as_ref(), &row.name])),
            Self::AnesthesiaFactors(rows) => seen.extend(rows.iter().map(|row| row.name.as_ref())),
            Self::Localities(rows) => {
                seen.extend(
                    rows.iter()
                        .flat_map(|row| [row.state.as_ref(), &row.area, &row.counties]),
                );
            }
            _ => {}
        }
    }
}

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
    /// Two releases of which neither could be preferred: snapshots that begin on the same day, cumulative tables that end
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
        refuse_duplicates(&release, &rows)?;
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
        let layout = Layout::new(&releases)?;
        let mut sections = vec![
            layout.section(
                SectionKind::Codes,
                0,
                CodeIndex::VERSION,
                CodeIndex::write(&layout.codes),
            ),
            layout.section(SectionKind::Words, 0, WORDS_VERSION, layout.write_words()),
            layout.section(
                SectionKind::Releases,
                0,
                RELEASES_VERSION,
                layout.write_releases(&releases),
            ),
        ];
        for (ordinal, (_, rows)) in releases.iter().enumerate() {
            layout.write_rows(ordinal as u32, rows, &mut sections);
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

fn refuse_duplicates(release: &Release, rows: &Rows) -> Result<(), BuildError> {
    let mut keys: Vec<(ProcedureCode, u8)> = match rows {
        Rows::FeeSchedule(rows) => rows
            .iter()
            .map(|row| (row.code, row.indicators.component as u8))
            .collect(),
        Rows::Mue(rows) => rows.iter().map(|row| (row.code, 0)).collect(),
        Rows::Asc(rows) => rows.iter().map(|row| (row.code, row.entry.addendum as u8)).collect(),
        _ => return Ok(()),
    };
    keys.sort_unstable();
    let twice = keys.windows(2).find(|pair| pair.first() == pair.last());
    match twice.and_then(|pair| pair.first()) {
        None => Ok(()),
        Some((code, sub)) => Err(BuildError::Duplicate {
            release: release.name.clone(),
            table: release.table,
            key: match (rows, Component::from_repr(*sub)) {
                (Rows::FeeSchedule(_), Some(component)) => format!("{code} {component}").trim_end().to_owned(),
                _ => code.to_string(),
            },
        }),
    }
}

/// The numbering that all sections share.
struct Layout<'a> {
    codes: Vec<u32>,
    words: Vec<&'a str>,
}

impl<'a> Layout<'a> {
    fn new(releases: &[&'a (Release, Rows)]) -> Result<Self, BuildError> {
        let (mut codes, mut words) = (BTreeSet::new(), BTreeSet::new());
        for (release, rows) in releases {
            rows.codes(&mut codes)?;
            rows.words(&mut words);
            for code in release.excerpt.iter().flatten() {
                codes.insert(code.index().ok_or(BuildError::CodeShape { code: *code })?);
            }
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

    fn id(&self, code: ProcedureCode) -> CodeId {
        let place = code.index().and_then(|index| self.codes.binary_search(&index).ok());
        CodeId(place.unwrap_or_default() as u16)
    }

    fn word(&self, word: &str) -> u16 {
        self.words.binary_search(&word).unwrap_or_default() as u16
    }

    fn section(&self, kind: SectionKind, ordinal: u32, version: u16, bytes: Vec<u8>) -> NewSection {
        NewSection {
            kind,
            ordinal,
            version,
            bytes,
        }
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

    fn write_rows(&self, ordinal: u32, rows: &Rows, out: &mut Vec<NewSection>) {
        match rows {
            Rows::FeeSchedule(rows) => self.write_fee_schedule(ordinal, rows, out),
            Rows::Pairs { rows, rationales } => self.write_pairs(ordinal, rows, rationales, out),
            Rows::Mue(rows) => out.push(
                self.by_code(
                    ordinal,
                    rows.iter()
                        .map(|row| (row.code, Mue::new(row.value, row.mai, self.word(&row.rationale)))),
                ),
            ),
            Rows::AddOn(rows) => out.push(self.by_code(
                ordinal,
                rows.iter().filter_map(|row| {
                    let primary = row.primary.map(|code| self.id(code));
                    Some((row.add_on, AddOnEdit::new(row, primary)?))
                }),
            )),
            Rows::Asc(rows) => {
                out.push(self.by_code::<AscEntry>(ordinal, rows.iter().map(|row| (row.code, row.entry))))
            }
            Rows::OutpatientCodes(rows) => {
                out.push(self.by_code::<OutpatientEntry>(ordinal, rows.iter().map(|row| (row.code, row.entry))));
            }
            Rows::Modifiers(rows) => {
                out.push(self.by_modifier(ordinal, rows, |row: &ModifierRow| row.modifier.index()))
            }
            Rows::ModifierConflicts(rows) => {
                out.push(self.by_modifier(ordinal, rows, |row: &ModifierConflictRow| row.first.index()));
            }
            Rows::Gpci(rows) => out.push(self.by_locality(ordinal, rows, |row| row.locality, |row| self.gpci(row))),
            Rows::AnesthesiaFactors(rows) => {
                out.push(self.by_locality(ordinal, rows, |row| row.locality, |row| self.anesthesia_factor(row)));
            }
            Rows::Localities(rows) => {
                out.push(self.by_locality(ordinal, rows, |row| row.locality, |row| self.locality(row)));
            }
        }
    }

    fn write_fee_schedule(&self, ordinal: u32, rows: &[FeeScheduleRow], out: &mut Vec<NewSection>) {
        let mut rows: Vec<&FeeScheduleRow> = rows.iter().collect();
        rows.sort_by_key(|row| (self.id(row.code), row.indicators.component));
        let (count, ids) = (self.codes.len(), |row: &&FeeScheduleRow| self.id(row.code));
        let indicators = CodeRows::<PolicyIndicators>::write(count, rows.iter().map(|row| (ids(row), &row.indicators)));
        let values = CodeRows::<FeeValues>::write(count, rows.iter().map(|row| (ids(row), &row.values)));
        out.push(self.section(SectionKind::Rows, ordinal, PolicyIndicators::VERSION, indicators));
        out.push(self.section(SectionKind::FeeValues, ordinal, FeeValues::VERSION, values));
    }

    fn by_code<R: Record>(&self, ordinal: u32, rows: impl Iterator<Item = (ProcedureCode, R)>) -> NewSection {
        self.by_key(ordinal, self.codes.len(), rows.map(|(code, row)| (self.id(code), row)))
    }

    fn by_key<R: Record>(&self, ordinal: u32, keys: usize, rows: impl Iterator<Item = (CodeId, R)>) -> NewSection {
        let mut rows: Vec<(CodeId, Vec<u8>, R)> = rows
            .map(|(key, row)| {
                let mut bytes = Writer::default();
                row.encode(&mut bytes);
                (key, bytes.into_vec(), row)
            })
            .collect();
        // Rows of one key in the order of their bytes: any order would do, as long as it is always the same.
        rows.sort_by(|a, b| (a.0, &a.1).cmp(&(b.0, &b.1)));
        rows.dedup_by(|a, b| (a.0, &a.1) == (b.0, &b.1));
        let bytes = CodeRows::<R>::write(keys, rows.iter().map(|(key, _, row)| (*key, row)));
        self.section(SectionKind::Rows, ordinal, R::VERSION, bytes)
    }

    fn by_modifier<R: Record + Copy>(&self, ordinal: u32, rows: &[R], index: impl Fn(&R) -> usize) -> NewSection {
        let keyed = rows.iter().map(|row| (CodeId(index(row) as u16), *row));
        self.by_key(ordinal, MODIFIERS, keyed)
    }

    fn by_locality<T, R: Record>(
        &self,
        ordinal: u32,
        rows: &[T],
        locality: impl Fn(&T) -> Locality,
        pack: impl Fn(&T) -> R,
    ) -> NewSection {
        let keyed = rows.iter().map(|row| (locality(row).key(), pack(row)));
        self.by_key(ordinal, Locality::NUMBERS, keyed)
    }

    fn gpci(&self, row: &GpciRow) -> PackedGpci {
        PackedGpci {
            locality: row.locality,
            state: self.word(&row.state),
            name: self.word(&row.name),
            work: row.work,
            work_without_floor: row.work_without_floor,
            practice_expense: row.practice_expense,
            malpractice: row.malpractice,
        }
    }

    fn anesthesia_factor(&self, row: &AnesthesiaRow) -> PackedAnesthesia {
        PackedAnesthesia {
            locality: row.locality,
            name: self.word(&row.name),
            conversion_factor: row.conversion_factor,
            national: row.national,
        }
    }

    fn locality(&self, row: &LocalityRow) -> PackedLocality {
        PackedLocality {
            locality: row.locality,
            state: self.word(&row.state),
            area: self.word(&row.area),
            counties: self.word(&row.counties),
        }
    }

    /// A row's edit between the lower and the higher of its codes; none for a row that is in force on no day.
    fn pair_edit(&self, row: &PairRow, words: &[u16]) -> Option<(CodeId, CodeId, PairEdit)> {
        let (one, two) = (self.id(row.column1), self.id(row.column2));
        let in_force = row.in_force().filter(|_| one != two)?;
        let rationale = words.get(usize::from(row.rationale)).copied().unwrap_or_default();
        let edit = PairEdit::new(in_force, row.indicator, two < one, rationale);
        Some((one.min(two), one.max(two), edit))
    }

    fn write_pairs(&self, ordinal: u32, rows: &[PairRow], rationales: &[Box<str>], out: &mut Vec<NewSection>) {
        let words: Vec<u16> = rationales.iter().map(|word| self.word(word)).collect();
        let mut edits: Vec<_> = rows.iter().filter_map(|row| self.pair_edit(row, &words)).collect();
        edits.sort_unstable();
        let mut histories = Histories::default();
        let same_pair = |a: &(CodeId, CodeId, PairEdit), b: &(CodeId, CodeId, PairEdit)| (a.0, a.1) == (b.0, b.1);
        let table: Vec<_> = edits
            .chunk_by(same_pair)
            .filter_map(|pair| {
                let &(low, high, _) = pair.first()?;
                let history = settle(pair.iter().map(|&(_, _, edit)| edit).collect());
                Some((low, high, histories.number(history)))
            })
            .collect();
        let sections = PairIndex::write(self.codes.len(), &table, histories);
        for (kind, bytes) in [
            (SectionKind::PairCodes, sections.codes),
            (SectionKind::PairBlocks, sections.blocks),
            (SectionKind::PairPayload, sections.payload),
            (SectionKind::PairHistories, sections.histories),
        ] {
            out.push(self.section(kind, ordinal, PairIndex::VERSION, bytes));
        }
    }
}

/// Makes the intervals of each direction of a pair disjoint. Where two rows overlap, the one that ends first holds until
/// its end: it was in force, and the other succeeded it. Published tables do not overlap; copies that lost the effective
/// dates do.
fn settle(mut edits: Vec<PairEdit>) -> Vec<PairEdit> {
    edits.sort_by_key(|edit| (edit.reversed, edit.in_force.last(), edit.in_force.first(), *edit));
    let mut settled: Vec<PairEdit> = Vec::with_capacity(edits.len());
    for edit in edits {
        let before = settled.last().filter(|before| before.reversed == edit.reversed);
        let first = match before.map(|before| before.in_force.last().next()) {
            None => edit.in_force.first(),
            Some(None) => continue,
            Some(Some(next)) => edit.in_force.first().max(next),
        };
        if let Some(in_force) = DateRange::new(first, edit.in_force.last()) {
            settled.push(PairEdit { in_force, ..edit });
        }
    }
    settled
}
