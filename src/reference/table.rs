//! What a published table is to a reference: how its rows are laid out in a packed file, found there, and told.
//!
//! Each table implements these traits in a file of its own; `tables.rs` lists the tables.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{DateRange, ProcedureCode, ServiceDate};

use super::builder::{NewRows, Numbers};
use super::bytes::Writer;
use super::codes::CodeId;
use super::open::Opener;
use super::packed::{PackedError, SectionKind};
use super::records::{CodeRows, Record};
use super::row_key::{Fields, RowKey};
#[cfg(feature = "starter")]
use super::starter::{EmbeddedFile, RowError, StarterError, TextRow};
use super::{Locality, MODIFIERS, Reference};

/// What the rows of a table are found by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Keys {
    /// The numbers of the reference's codes.
    Codes,
    /// Numbers below this one.
    Below(usize),
}

impl Keys {
    pub(crate) const MODIFIERS: Self = Self::Below(MODIFIERS);
    pub(crate) const LOCALITIES: Self = Self::Below(Locality::NUMBERS);

    /// How many keys there are, where the reference has so many codes.
    pub(crate) fn count(self, codes: usize) -> usize {
        match self {
            Self::Codes => codes,
            Self::Below(count) => count,
        }
    }
}

/// The rows of one release as published, the content of a variant of [`Rows`](super::Rows).
pub(crate) trait Published: Sized {
    /// The same rows in a packed file.
    type Opened: Opened;

    /// How many rows there are.
    fn len(&self) -> usize;

    /// Every code that a row names.
    fn codes(&self) -> impl Iterator<Item = ProcedureCode>;

    /// Every text that the packed file keeps in its list of words.
    fn words(&self) -> impl Iterator<Item = &str>;

    /// What two rows are about, where a release may have one only.
    fn twice(&self) -> Option<String>;

    /// The subject of the first row that only one of two copies has, or that differs.
    fn first_difference(&self, other: &Self) -> Option<String>;

    /// The sections of the packed file.
    fn write(&self, numbers: &Numbers<'_>) -> Vec<NewRows>;

    /// The rows of an embedded file.
    #[cfg(feature = "starter")]
    fn read(file: &EmbeddedFile) -> Result<Self, StarterError>;
}

/// A row as published, of a table that keeps one record a row.
pub(crate) trait PublishedRow: PartialEq + Sized {
    /// The row in a packed file.
    type Record: Told;

    /// Whether a release has one row of each label only.
    const IS_UNIQUE: bool = false;

    /// What the row is about, in an error.
    fn label(&self) -> String;

    /// Every code that the row names.
    fn codes(&self) -> impl Iterator<Item = ProcedureCode> {
        std::iter::empty()
    }

    /// Every text that the packed file keeps in its list of words.
    fn words(&self) -> impl Iterator<Item = &str> {
        std::iter::empty()
    }

    /// What the row is found by.
    fn key(&self, numbers: &Numbers<'_>) -> CodeId;

    /// The row in a packed file; `None` for a row that is in force on no day.
    fn record(&self, numbers: &Numbers<'_>) -> Option<Self::Record>;

    /// The row of an embedded file.
    #[cfg(feature = "starter")]
    fn read(_row: &TextRow<'_>) -> Result<Self, RowError> {
        Err(RowError::NotEmbedded)
    }
}

/// A record that can be put in words.
pub(crate) trait Told: Record {
    /// What records are found by.
    const KEYS: Keys = Keys::Codes;

    /// The days on which the row holds, where it states them itself.
    fn days(&self) -> Option<DateRange> {
        None
    }

    /// What the row is about, and its fields; `code` is that of the key, where the table's keys are codes.
    fn told(&self, code: Option<ProcedureCode>, reference: &Reference) -> Option<(RowKey, Fields)>;
}

/// One release of a table, opened from a packed file.
pub(crate) trait Opened: Sized {
    /// What its rows are found by.
    const KEYS: Keys;

    fn open(from: &Opener<'_>, ordinal: u32) -> Result<Self, PackedError>;

    /// How many rows there are; of pairs, how many unordered ones.
    fn len(&self) -> usize;

    /// Whether there is any row under a key, on whatever days it holds.
    fn has(&self, key: CodeId) -> bool;

    /// The days of the rows that state days of their own.
    fn days(&self) -> impl Iterator<Item = DateRange>;

    /// What the rows under a key say that hold on a day.
    fn told(&self, key: CodeId, day: ServiceDate, reference: &Reference) -> Vec<(RowKey, Fields)>;

    /// Values that all rows share and that are given once.
    fn told_of_all(&self) -> Option<(RowKey, Fields)> {
        None
    }
}

impl<R: Told> Opened for CodeRows<R> {
    const KEYS: Keys = R::KEYS;

    fn open(from: &Opener<'_>, ordinal: u32) -> Result<Self, PackedError> {
        from.rows(R::KEYS, SectionKind::Rows, ordinal)
    }

    fn len(&self) -> usize {
        self.len()
    }

    fn has(&self, key: CodeId) -> bool {
        self.has(key)
    }

    fn days(&self) -> impl Iterator<Item = DateRange> {
        self.all().filter_map(|row| row.days())
    }

    fn told(&self, key: CodeId, day: ServiceDate, reference: &Reference) -> Vec<(RowKey, Fields)> {
        let code = match R::KEYS {
            Keys::Codes => reference.code(key),
            Keys::Below(_) => None,
        };
        let holds = |row: &R| row.days().is_none_or(|days| days.contains(day));
        let rows = self.rows(key).filter(holds);
        joined(rows.filter_map(|row| row.told(code, reference)))
    }
}

/// Rows of one key as one, the values of each field one after the other.
fn joined(rows: impl Iterator<Item = (RowKey, Fields)>) -> Vec<(RowKey, Fields)> {
    let mut joined: BTreeMap<RowKey, Fields> = BTreeMap::new();
    for (key, fields) in rows {
        let Some(before) = joined.get_mut(&key) else {
            joined.insert(key, fields);
            continue;
        };
        for ((_, value), (_, another)) in before.iter_mut().zip(fields) {
            value.push_str("; ");
            value.push_str(&another);
        }
    }
    joined.into_iter().collect()
}

impl<T: PublishedRow> Published for Vec<T> {
    type Opened = CodeRows<T::Record>;

    fn len(&self) -> usize {
        self.len()
    }

    fn codes(&self) -> impl Iterator<Item = ProcedureCode> {
        self.iter().flat_map(T::codes)
    }

    fn words(&self) -> impl Iterator<Item = &str> {
        self.iter().flat_map(T::words)
    }

    fn twice(&self) -> Option<String> {
        if T::IS_UNIQUE { twice(self, T::label) } else { None }
    }

    fn first_difference(&self, other: &Self) -> Option<String> {
        first_difference(self, other, T::label)
    }

    fn write(&self, numbers: &Numbers<'_>) -> Vec<NewRows> {
        let records = self.iter().filter_map(|row| {
            let record = row.record(numbers)?;
            let mut bytes = Writer::default();
            record.encode(&mut bytes);
            Some((row.key(numbers), bytes.into_vec(), record))
        });
        let mut records: Vec<(CodeId, Vec<u8>, T::Record)> = records.collect();
        // Rows of one key in the order of their bytes: any order would do, as long as it is always the same.
        records.sort_by(|a, b| (a.0, &a.1).cmp(&(b.0, &b.1)));
        records.dedup_by(|a, b| (a.0, &a.1) == (b.0, &b.1));
        let keys = T::Record::KEYS.count(numbers.codes());
        let rows = records.iter().map(|(key, _, record)| (*key, record));
        vec![NewRows::of::<T::Record>(SectionKind::Rows, keys, rows)]
    }

    #[cfg(feature = "starter")]
    fn read(file: &EmbeddedFile) -> Result<Self, StarterError> {
        file.each(T::read)
    }
}

/// The label that two rows share.
pub(crate) fn twice<T>(rows: &[T], label: impl Fn(&T) -> String) -> Option<String> {
    let mut seen = BTreeSet::new();
    rows.iter().map(label).find(|label| !seen.insert(label.clone()))
}

/// The label of the first row that only one of the two has, or that differs; `None` if they agree.
pub(crate) fn first_difference<T: PartialEq>(a: &[T], b: &[T], label: impl Fn(&T) -> String) -> Option<String> {
    let by_label = |rows: &'_ [T]| {
        let mut sorted: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (at, row) in rows.iter().enumerate() {
            sorted.entry(label(row)).or_default().push(at);
        }
        sorted
    };
    let (of_a, of_b) = (by_label(a), by_label(b));
    let rows_of_a = |places: &[usize]| places.iter().filter_map(|&at| a.get(at)).collect::<Vec<_>>();
    let rows_of_b = |places: &[usize]| places.iter().filter_map(|&at| b.get(at)).collect::<Vec<_>>();
    let differs = |(label, places): &(&String, &Vec<usize>)| {
        of_b.get(*label).map(|other| rows_of_b(other)) != Some(rows_of_a(places))
    };
    let differing = of_a.iter().find(differs).map(|(label, _)| label);
    let only_b = of_b.keys().find(|label| !of_a.contains_key(*label));
    differing.into_iter().chain(only_b).min().cloned()
}
