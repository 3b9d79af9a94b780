//! Where a service is paid: payment localities, their geographic practice cost indices (GPCI) and anaesthesia conversion
//! factors, one release a year.
//!
//! Source: CMS, PFS Relative Value Files: addendum E (`GPCI`), `ANES` and `LOCCO`.

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use crate::model::{ParseError, ProcedureCode, ServiceDate, fixed};

use super::builder::Numbers;
use super::bytes::{Reader, Writer};
use super::codes::CodeId;
use super::look_up::{answer, some};
use super::records::{CodeRows, Limits, Record};
use super::release::{Lookup, Releases, Stale};
use super::row_key::{Fields, RowKey, or_none};
#[cfg(feature = "starter")]
use super::starter::{RowError, TextRow};
use super::table::{Keys, PublishedRow, Told};
use super::{InRelease, Reference};

/// A payment locality: the number of the Medicare administrative contractor (MAC) and that of the locality.
///
/// ```
/// use cleanclaim::reference::Locality;
///
/// let alabama = Locality::new(10_112, 0).unwrap();
/// assert_eq!(alabama.to_string(), "10112-00");
/// assert_eq!("10112-00".parse::<Locality>()?, alabama);
/// assert!(Locality::new(10_112, 100).is_none());
/// # Ok::<(), cleanclaim::model::ParseError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Locality {
    contractor: u32,
    number: u8,
}

impl Locality {
    /// How many numbers a contractor has for its localities.
    pub(crate) const NUMBERS: usize = 100;

    /// The locality of a contractor's number of five digits and its own number of two digits.
    #[must_use]
    pub const fn new(contractor: u32, number: u8) -> Option<Self> {
        if contractor < 100_000 && number < 100 {
            Some(Self { contractor, number })
        } else {
            None
        }
    }

    /// The number of the Medicare administrative contractor.
    #[must_use]
    pub const fn contractor(self) -> u32 {
        self.contractor
    }

    /// The contractor's number for the locality.
    #[must_use]
    pub const fn number(self) -> u8 {
        self.number
    }

    /// The locality's rows are found by its own number; contractors with the same one are few.
    pub(crate) fn key(self) -> CodeId {
        CodeId(self.number.into())
    }

    fn encode(self, out: &mut Writer) {
        out.u32(self.contractor);
        out.u8(self.number);
    }

    fn decode(from: &mut Reader<'_>) -> Option<Self> {
        Self::new(from.u32()?, from.u8()?)
    }
}

impl FromStr for Locality {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        let parts = text.split_once('-').filter(|(contractor, number)| {
            let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
            contractor.len() == 5 && number.len() == 2 && digits(contractor) && digits(number)
        });
        parts
            .and_then(|(contractor, number)| Self::new(contractor.parse().ok()?, number.parse().ok()?))
            .ok_or_else(|| {
                let expected = "the contractor's five digits, `-` and the locality's two, such as `10112-00`";
                ParseError::new("a payment locality", text, expected)
            })
    }
}

impl fmt::Display for Locality {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:05}-{:02}", self.contractor, self.number)
    }
}

/// The geographic practice cost indices of a locality, in thousandths.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct GpciRow {
    /// The locality.
    pub locality: Locality,
    /// The state, two letters.
    pub state: Box<str>,
    /// The locality's name, with the file's marks (`*`) for a floor set by statute.
    pub name: Box<str>,
    /// The work index with the floor of 1.0, thousandths.
    pub work: u16,
    /// The work index without that floor, thousandths; published since 2026.
    pub work_without_floor: Option<u16>,
    /// The practice expense index, thousandths.
    pub practice_expense: u16,
    /// The malpractice index, thousandths.
    pub malpractice: u16,
}

/// The anaesthesia conversion factor of a locality.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct AnesthesiaRow {
    /// The locality.
    pub locality: Locality,
    /// The locality's name.
    pub name: Box<str>,
    /// Dollars a unit, hundredths.
    pub conversion_factor: u32,
    /// The national factor that it was made from, ten-thousandths.
    pub national: u32,
}

/// The counties of a locality. A locality may have several rows.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct LocalityRow {
    /// The locality.
    pub locality: Locality,
    /// The state, or states, as named.
    pub state: Box<str>,
    /// The fee schedule area.
    pub area: Box<str>,
    /// The counties in it, in words.
    pub counties: Box<str>,
}

const NONE: u16 = u16::MAX;

/// A row with its texts as numbers in the reference's list of words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct PackedGpci {
    pub(crate) locality: Locality,
    pub(crate) state: u16,
    pub(crate) name: u16,
    pub(crate) work: u16,
    pub(crate) work_without_floor: Option<u16>,
    pub(crate) practice_expense: u16,
    pub(crate) malpractice: u16,
}

impl Record for PackedGpci {
    const VERSION: u16 = 1;
    const SIZE: usize = 17;

    fn encode(&self, out: &mut Writer) {
        self.locality.encode(out);
        for number in [
            self.state,
            self.name,
            self.work,
            self.work_without_floor.unwrap_or(NONE),
            self.practice_expense,
            self.malpractice,
        ] {
            out.u16(number);
        }
    }

    fn decode(bytes: &[u8]) -> Option<Self> {
        let mut from = Reader::new(bytes);
        Some(Self {
            locality: Locality::decode(&mut from)?,
            state: from.u16()?,
            name: from.u16()?,
            work: from.u16()?,
            work_without_floor: Some(from.u16()?).filter(|&index| index != NONE),
            practice_expense: from.u16()?,
            malpractice: from.u16()?,
        })
    }

    fn is_sound(&self, key: CodeId, limits: Limits) -> bool {
        self.locality.key() == key && limits.has_words(&[self.state, self.name])
    }
}

/// A row with its texts as numbers in the reference's list of words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct PackedAnesthesia {
    pub(crate) locality: Locality,
    pub(crate) name: u16,
    pub(crate) conversion_factor: u32,
    pub(crate) national: u32,
}

impl Record for PackedAnesthesia {
    const VERSION: u16 = 1;
    const SIZE: usize = 15;

    fn encode(&self, out: &mut Writer) {
        self.locality.encode(out);
        out.u16(self.name);
        out.u32(self.conversion_factor);
        out.u32(self.national);
    }

    fn decode(bytes: &[u8]) -> Option<Self> {
        let mut from = Reader::new(bytes);
        Some(Self {
            locality: Locality::decode(&mut from)?,
            name: from.u16()?,
            conversion_factor: from.u32()?,
            national: from.u32()?,
        })
    }

    fn is_sound(&self, key: CodeId, limits: Limits) -> bool {
        self.locality.key() == key && limits.has_words(&[self.name])
    }
}

/// A row with its texts as numbers in the reference's list of words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct PackedLocality {
    pub(crate) locality: Locality,
    pub(crate) state: u16,
    pub(crate) area: u16,
    pub(crate) counties: u16,
}

impl Record for PackedLocality {
    const VERSION: u16 = 1;
    const SIZE: usize = 11;

    fn encode(&self, out: &mut Writer) {
        self.locality.encode(out);
        out.u16(self.state);
        out.u16(self.area);
        out.u16(self.counties);
    }

    fn decode(bytes: &[u8]) -> Option<Self> {
        let mut from = Reader::new(bytes);
        Some(Self {
            locality: Locality::decode(&mut from)?,
            state: from.u16()?,
            area: from.u16()?,
            counties: from.u16()?,
        })
    }

    fn is_sound(&self, key: CodeId, limits: Limits) -> bool {
        self.locality.key() == key && limits.has_words(&[self.state, self.area, self.counties])
    }
}

impl PublishedRow for GpciRow {
    type Record = PackedGpci;

    fn label(&self) -> String {
        self.locality.to_string()
    }

    fn words(&self) -> impl Iterator<Item = &str> {
        [self.state.as_ref(), self.name.as_ref()].into_iter()
    }

    fn key(&self, _numbers: &Numbers<'_>) -> CodeId {
        self.locality.key()
    }

    fn record(&self, numbers: &Numbers<'_>) -> Option<PackedGpci> {
        Some(PackedGpci {
            locality: self.locality,
            state: numbers.word(&self.state),
            name: numbers.word(&self.name),
            work: self.work,
            work_without_floor: self.work_without_floor,
            practice_expense: self.practice_expense,
            malpractice: self.malpractice,
        })
    }

    #[cfg(feature = "starter")]
    fn read(row: &TextRow<'_>) -> Result<Self, RowError> {
        let index = |column| {
            let value = row.decimal(column, 3)?;
            u16::try_from(value).map_err(|_| RowError::Number(value.to_string()))
        };
        Ok(Self {
            locality: row.value("locality")?,
            state: row.text("state")?.into(),
            name: row.text("name")?.into(),
            work: index("work")?,
            work_without_floor: match row.text("work_without_floor")? {
                "" => None,
                _ => Some(index("work_without_floor")?),
            },
            practice_expense: index("practice_expense")?,
            malpractice: index("malpractice")?,
        })
    }
}

impl Told for PackedGpci {
    const KEYS: Keys = Keys::LOCALITIES;

    fn told(&self, _code: Option<ProcedureCode>, reference: &Reference) -> Option<(RowKey, Fields)> {
        let index = |value: u16| fixed::text(value, 3);
        let (name, state) = (reference.word(self.name), reference.word(self.state));
        let fields = vec![
            ("name", format!("{name}, {state}")),
            ("work", index(self.work)),
            ("work without the floor", or_none(self.work_without_floor.map(index))),
            ("practice expense", index(self.practice_expense)),
            ("malpractice", index(self.malpractice)),
        ];
        Some((RowKey::Locality(self.locality), fields))
    }
}

impl PublishedRow for AnesthesiaRow {
    type Record = PackedAnesthesia;

    fn label(&self) -> String {
        self.locality.to_string()
    }

    fn words(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.name.as_ref())
    }

    fn key(&self, _numbers: &Numbers<'_>) -> CodeId {
        self.locality.key()
    }

    fn record(&self, numbers: &Numbers<'_>) -> Option<PackedAnesthesia> {
        Some(PackedAnesthesia {
            locality: self.locality,
            name: numbers.word(&self.name),
            conversion_factor: self.conversion_factor,
            national: self.national,
        })
    }
}

impl Told for PackedAnesthesia {
    const KEYS: Keys = Keys::LOCALITIES;

    fn told(&self, _code: Option<ProcedureCode>, reference: &Reference) -> Option<(RowKey, Fields)> {
        let fields = vec![
            ("name", reference.word(self.name).to_owned()),
            ("conversion factor", fixed::text(self.conversion_factor, 2)),
        ];
        Some((RowKey::Locality(self.locality), fields))
    }
}

impl PublishedRow for LocalityRow {
    type Record = PackedLocality;

    fn label(&self) -> String {
        format!("{} {}", self.locality, self.area)
    }

    fn words(&self) -> impl Iterator<Item = &str> {
        [self.state.as_ref(), self.area.as_ref(), self.counties.as_ref()].into_iter()
    }

    fn key(&self, _numbers: &Numbers<'_>) -> CodeId {
        self.locality.key()
    }

    fn record(&self, numbers: &Numbers<'_>) -> Option<PackedLocality> {
        Some(PackedLocality {
            locality: self.locality,
            state: numbers.word(&self.state),
            area: numbers.word(&self.area),
            counties: numbers.word(&self.counties),
        })
    }
}

impl Told for PackedLocality {
    const KEYS: Keys = Keys::LOCALITIES;

    fn told(&self, _code: Option<ProcedureCode>, reference: &Reference) -> Option<(RowKey, Fields)> {
        let [state, area, counties] = [self.state, self.area, self.counties].map(|word| reference.word(word));
        let fields = vec![("areas", format!("{state}, {area}: {counties}"))];
        Some((RowKey::Locality(self.locality), fields))
    }
}

impl Reference {
    /// Every payment locality that some table names, in order.
    ///
    /// ```
    /// use cleanclaim::reference::Reference;
    ///
    /// assert!(Reference::starter().localities().iter().any(|locality| locality.to_string() == "10112-00"));
    /// ```
    #[must_use]
    pub fn localities(&self) -> Vec<Locality> {
        fn named<R: Record>(tables: &Releases<CodeRows<R>>, of: fn(&R) -> Locality) -> impl Iterator<Item = Locality> {
            tables
                .all()
                .iter()
                .flat_map(|loaded| loaded.table.all())
                .map(move |row| of(&row))
        }
        let named: BTreeSet<Locality> = named(&self.tables.gpci, |row| row.locality)
            .chain(named(&self.tables.anesthesia_factors, |row| row.locality))
            .chain(named(&self.tables.localities, |row| row.locality))
            .collect();
        named.into_iter().collect()
    }

    /// The geographic practice cost indices of a locality.
    #[must_use]
    pub fn gpci(&self, locality: Locality, date: ServiceDate, stale: Stale) -> Lookup<InRelease<GpciRow>> {
        answer(&self.tables.gpci, date, stale, |loaded| {
            let mut rows = loaded.table.rows(locality.key());
            Ok(rows.find(|row| row.locality == locality).map(|row| GpciRow {
                locality,
                state: self.word(row.state).into(),
                name: self.word(row.name).into(),
                work: row.work,
                work_without_floor: row.work_without_floor,
                practice_expense: row.practice_expense,
                malpractice: row.malpractice,
            }))
        })
    }

    /// The anaesthesia conversion factor of a locality.
    #[must_use]
    pub fn anesthesia_factor(
        &self,
        locality: Locality,
        date: ServiceDate,
        stale: Stale,
    ) -> Lookup<InRelease<AnesthesiaRow>> {
        answer(&self.tables.anesthesia_factors, date, stale, |loaded| {
            let mut rows = loaded.table.rows(locality.key());
            Ok(rows.find(|row| row.locality == locality).map(|row| AnesthesiaRow {
                locality,
                name: self.word(row.name).into(),
                conversion_factor: row.conversion_factor,
                national: row.national,
            }))
        })
    }

    /// The counties of a locality, in one row or several.
    #[must_use]
    pub fn locality(&self, locality: Locality, date: ServiceDate, stale: Stale) -> Lookup<InRelease<Vec<LocalityRow>>> {
        answer(&self.tables.localities, date, stale, |loaded| {
            let rows = loaded.table.rows(locality.key());
            let rows = rows.filter(|row| row.locality == locality);
            Ok(some(rows.map(|row| LocalityRow {
                locality,
                state: self.word(row.state).into(),
                area: self.word(row.area).into(),
                counties: self.word(row.counties).into(),
            })))
        })
    }
}
