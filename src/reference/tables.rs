//! The registry of published tables: one line a table. Everything that treats all tables alike follows from it.

use std::collections::BTreeSet;

use crate::model::{DateRange, ProcedureCode, ServiceDate};

use super::builder::{NewRows, Numbers};
use super::codes::CodeId;
use super::look_up::{look_up, some};
use super::open::Opener;
use super::release::{Gap, Loaded, Lookup, Releases, Stale};
use super::row_key::{Fields, RowKey};
#[cfg(feature = "starter")]
use super::starter::{EmbeddedFile, StarterError};
use super::table::{Keys, Opened, Published};
use super::{
    AddOnRow, AnesthesiaRow, AscRow, DmeposRow, EditRow, FeeScheduleRow, GpciRow, HcpcsRow, InRelease, LaboratoryRow,
    LocalityRow, ModifierConflictRow, ModifierRow, MueRow, OutpatientCodeRow, PackedError, PairRows, PartBDrugRow,
    Reference, ReleaseId, SingleDoseRow,
};

/// A table whose rows have this type in a packed file.
type OpenedOf<Rows> = <Rows as Published>::Opened;

/// One release of a table that answers for a date, or why none does.
pub(crate) type InForce<'r, T> = Result<&'r Loaded<T>, Gap>;

/// The whole history in one release, each row with its own dates; or one period a release.
const HISTORY: bool = true;
const SNAPSHOT: bool = false;

macro_rules! tables {
    ($(
        $rows:ident($row_type:ty) {
            $( $table:ident = $number:literal, $field:ident, $cumulative:ident, $title:literal, $file:literal; )+
        }
    )+) => {
        crate::model::closed_set! {
            what: "a published table";
            /// A published table.
            #[derive(strum::FromRepr)]
            #[strum(serialize_all = "kebab-case")]
            #[repr(u8)]
            #[non_exhaustive]
            pub enum Table {
                $($( #[doc = concat!($title, ".")] $table = $number ),+),+
            }
        }

        impl Table {
            /// The table's name in a sentence.
            #[must_use]
            pub fn title(self) -> &'static str {
                match self { $($( Self::$table => $title ),+),+ }
            }

            /// What CMS calls the file of a quarter, with marks for year and quarter.
            pub(super) fn file_pattern(self) -> &'static str {
                match self { $($( Self::$table => $file ),+),+ }
            }

            /// Whether one release carries the whole history, each row with its own dates, or a snapshot of one period.
            #[must_use]
            pub fn is_cumulative(self) -> bool {
                match self { $($( Self::$table => $cumulative ),+),+ }
            }
        }

        /// The rows of one release, as published.
        #[derive(Clone, Debug, PartialEq, Eq)]
        #[non_exhaustive]
        pub enum Rows {
            $( #[doc = concat!("Rows of", $(" [`Table::", stringify!($table), "`]"),+, ".")] $rows($row_type) ),+
        }

        impl Rows {
            /// How many rows there are.
            #[must_use]
            pub fn len(&self) -> usize {
                match self { $( Self::$rows(rows) => Published::len(rows) ),+ }
            }

            /// What the first row is about that only one of two copies of a release has, or in which they differ; none
            /// where they agree. Rows of different tables differ.
            ///
            /// ```
            /// use cleanclaim::code;
            /// use cleanclaim::reference::{Mai, MueRow, Rows};
            ///
            /// let rows = |value| {
            ///     let rationale = "CMS Policy".into();
            ///     Rows::Mue(vec![MueRow { code: code!("64632"), value, mai: Mai::DayPolicy, rationale }])
            /// };
            /// assert_eq!(rows(1).first_difference(&rows(1)), None);
            /// assert_eq!(rows(1).first_difference(&rows(2)).as_deref(), Some("64632"));
            /// ```
            #[must_use]
            pub fn first_difference(&self, other: &Self) -> Option<String> {
                match (self, other) {
                    $( (Self::$rows(rows), Self::$rows(other)) => Published::first_difference(rows, other), )+
                    _ => Some("every row".to_owned()),
                }
            }

            pub(super) fn fit(&self, table: Table) -> bool {
                match self { $( Self::$rows(_) => matches!(table, $( Table::$table )|+) ),+ }
            }

            pub(super) fn each_code<E>(&self, see: impl FnMut(ProcedureCode) -> Result<(), E>) -> Result<(), E> {
                match self { $( Self::$rows(rows) => Published::codes(rows).try_for_each(see) ),+ }
            }

            pub(super) fn words<'a>(&'a self, seen: &mut BTreeSet<&'a str>) {
                match self { $( Self::$rows(rows) => seen.extend(Published::words(rows)) ),+ }
            }

            pub(super) fn twice(&self) -> Option<String> {
                match self { $( Self::$rows(rows) => Published::twice(rows) ),+ }
            }

            pub(super) fn write(&self, numbers: &Numbers<'_>) -> Vec<NewRows> {
                match self { $( Self::$rows(rows) => Published::write(rows, numbers) ),+ }
            }

            #[cfg(feature = "starter")]
            pub(super) fn read(table: Table, file: &EmbeddedFile) -> Result<Self, StarterError> {
                match table { $( $( Table::$table )|+ => <$row_type as Published>::read(file).map(Self::$rows) ),+ }
            }
        }

        /// Every loaded release of every table.
        #[derive(Clone, Debug)]
        pub(crate) struct Tables {
            $($( pub(crate) $field: Releases<OpenedOf<$row_type>> ),+),+
        }

        impl Tables {
            pub(super) fn empty() -> Self {
                Self { $($( $field: Releases::new(Table::$table, Vec::new()) ),+),+ }
            }

            pub(super) fn open(from: &Opener<'_>) -> Result<Self, PackedError> {
                Ok(Self { $($( $field: from.table(Table::$table)? ),+),+ })
            }

            /// How many rows a release has.
            pub(super) fn rows(&self, table: Table, id: ReleaseId) -> Option<usize> {
                match table { $($( Table::$table => self.$field.release(id).map(|loaded| loaded.table.len()) ),+),+ }
            }

            /// The days of all rows that state days of their own.
            pub(super) fn each_days(&self, mut see: impl FnMut(DateRange)) {
                $($( self.$field.all().iter().flat_map(|loaded| loaded.table.days()).for_each(&mut see); )+)+
            }

            /// What every row of a release says that holds on its last day; of pairs nothing, since there are too many.
            pub(super) fn told_of_release(
                &self,
                table: Table,
                id: ReleaseId,
                reference: &Reference,
            ) -> Vec<(RowKey, Fields)> {
                match table {
                    $($( Table::$table => {
                        self.$field.release(id).map_or(Vec::new(), |loaded| told_of_release(loaded, reference))
                    } ),+),+
                }
            }

            /// What a table says of a code; of a table whose keys are no codes, and of pairs, nothing.
            pub(super) fn told(
                &self,
                table: Table,
                reference: &Reference,
                code: ProcedureCode,
                date: ServiceDate,
                stale: Stale,
            ) -> Lookup<InRelease<Vec<(RowKey, Fields)>>> {
                match table { $($( Table::$table => told(&self.$field, reference, code, date, stale) ),+),+ }
            }

            /// The releases that answer for a date.
            pub(crate) fn on(&self, date: ServiceDate, stale: Stale) -> TablesInForce<'_> {
                TablesInForce { $($( $field: self.$field.on(date, stale) ),+),+ }
            }
        }

        /// The releases that answer for a date.
        #[derive(Clone, Debug)]
        pub(crate) struct TablesInForce<'r> {
            $($( pub(crate) $field: InForce<'r, OpenedOf<$row_type>> ),+),+
        }

        impl TablesInForce<'_> {
            /// Whether the table's release is an excerpt; an error where none answers for the date.
            pub(crate) fn is_excerpt(&self, table: Table) -> Result<bool, Gap> {
                match table { $($( Table::$table => is_excerpt(self.$field) ),+),+ }
            }

            /// Why a table does not answer for a code.
            pub(crate) fn gap(&self, table: Table, code: Option<CodeId>) -> Option<Gap> {
                match table { $($( Table::$table => gap(self.$field, code) ),+),+ }
            }

            /// Whether a table has any row of a code, on whatever days it holds. False where it does not answer, and for
            /// tables whose keys are no codes.
            pub(crate) fn is_listed(&self, table: Table, code: CodeId) -> bool {
                match table { $($( Table::$table => is_listed(self.$field, code) ),+),+ }
            }
        }
    };
}

// The number of a table is its mark in packed files: it never changes, and no other table takes it.
tables! {
    FeeSchedule(Vec<FeeScheduleRow>) {
        FeeSchedule = 0, fee_schedule, SNAPSHOT, "Medicare Physician Fee Schedule",
            "PFS Relative Value Files RVU{yy}{a}: PPRRVU{yyyy}_{Mon}";
    }
    Pairs(PairRows) {
        PractitionerPairs = 1, practitioner_pairs, HISTORY, "NCCI PTP edits, practitioner",
            "NCCI PTP edits, practitioner, {yyyy}Q{q}: ccipra-v{ncci}r0-f1 to f4";
        HospitalPairs = 2, hospital_pairs, HISTORY, "NCCI PTP edits, outpatient hospital",
            "NCCI PTP edits, outpatient hospital, {yyyy}Q{q}: ccioph-v{ncci}r0-f1 to f4";
    }
    Mue(Vec<MueRow>) {
        PractitionerMue = 3, practitioner_mue, SNAPSHOT, "MUE, practitioner",
            "MUE {yyyy}Q{q}: MCR_MUE_PractitionerServices_Eff_{mm}-01-{yyyy}";
        HospitalMue = 4, hospital_mue, SNAPSHOT, "MUE, outpatient hospital",
            "MUE {yyyy}Q{q}: MCR_MUE_OutpatientHospitalServices_Eff_{mm}-01-{yyyy}";
        DmeMue = 5, dme_mue, SNAPSHOT, "MUE, DME supplier",
            "MUE {yyyy}Q{q}: MCR_MUE_DMESupplierServices_Eff_{mm}-01-{yyyy}";
    }
    AddOn(Vec<AddOnRow>) {
        AddOn = 6, add_on, HISTORY, "NCCI add-on code edits", "NCCI add-on code edits {yyyy}Q{q}: AOC_V{yyyy}Q{q}-MCR";
    }
    Asc(Vec<AscRow>) {
        Asc = 7, asc, SNAPSHOT, "ASC addenda", "ASC addenda of {Month} {yyyy}: AA, BB and EE";
    }
    Modifiers(Vec<ModifierRow>) {
        Modifiers = 8, modifiers, HISTORY, "I/OCE modifiers", "I/OCE v{ioce}, {yyyy}Q{q}: modifier table";
    }
    ModifierConflicts(Vec<ModifierConflictRow>) {
        ModifierConflicts = 9, modifier_conflicts, HISTORY, "I/OCE modifier conflicts",
            "I/OCE v{ioce}, {yyyy}Q{q}: modifier conflict table";
    }
    OutpatientCodes(Vec<OutpatientCodeRow>) {
        OutpatientCodes = 10, outpatient_codes, HISTORY, "I/OCE codes", "I/OCE v{ioce}, {yyyy}Q{q}: code tables";
    }
    Gpci(Vec<GpciRow>) {
        Gpci = 11, gpci, SNAPSHOT, "geographic practice cost indices", "PFS Relative Value Files RVU{yy}A: GPCI{yyyy}";
    }
    AnesthesiaFactors(Vec<AnesthesiaRow>) {
        AnesthesiaFactors = 12, anesthesia_factors, SNAPSHOT, "anaesthesia conversion factors",
            "PFS Relative Value Files RVU{yy}A: ANES{yyyy}";
    }
    Localities(Vec<LocalityRow>) {
        Localities = 13, localities, SNAPSHOT, "payment localities", "PFS Relative Value Files RVU{yy}A: {yy}LOCCO";
    }
    Edits(Vec<EditRow>) {
        Edits = 14, edits, HISTORY, "I/OCE edits", "I/OCE v{ioce}, {yyyy}Q{q}: edit table";
    }
    Laboratory(Vec<LaboratoryRow>) {
        Laboratory = 15, laboratory, SNAPSHOT, "Clinical Laboratory Fee Schedule",
            "Clinical Laboratory Fee Schedule {yyyy}Q{q}: PUF_CLFS_CY{yyyy}_Q{q}";
    }
    Dmepos(Vec<DmeposRow>) {
        Dmepos = 16, dmepos, SNAPSHOT, "DMEPOS fee schedule", "DMEPOS fee schedule DME{yy}-{a}: DMEPOS{yy}_{MON}";
    }
    HcpcsLevel2(Vec<HcpcsRow>) {
        HcpcsLevel2 = 17, hcpcs_level2, SNAPSHOT, "HCPCS Level II",
            "HCPCS quarterly update of {Month} {yyyy}: HCPC{yyyy}_{MON}_ANWEB";
    }
    SingleDoseDrugs(Vec<SingleDoseRow>) {
        SingleDoseDrugs = 18, single_dose_drugs, SNAPSHOT, "drugs in single-dose containers",
            "CMS's newest list of single-dose containers for JW and JZ";
    }
    PartBDrugs(Vec<PartBDrugRow>) {
        PartBDrugs = 19, part_b_drugs, SNAPSHOT, "Part B drug payment limits",
            "Medicare Part B drug pricing files of {Month} {yyyy}";
    }
}

impl Rows {
    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

fn is_excerpt<T>(table: InForce<'_, T>) -> Result<bool, Gap> {
    table.map(|loaded| loaded.covered.is_some())
}

fn gap<T: Opened>(table: InForce<'_, T>, code: Option<CodeId>) -> Option<Gap> {
    match table {
        Err(gap) => Some(gap),
        Ok(_) if T::KEYS != Keys::Codes => None,
        Ok(loaded) => loaded.gap(code),
    }
}

fn is_listed<T: Opened>(table: InForce<'_, T>, code: CodeId) -> bool {
    T::KEYS == Keys::Codes && table.is_ok_and(|loaded| loaded.table.has(code))
}

fn told<T: Opened>(
    table: &Releases<T>,
    reference: &Reference,
    code: ProcedureCode,
    date: ServiceDate,
    stale: Stale,
) -> Lookup<InRelease<Vec<(RowKey, Fields)>>> {
    if T::KEYS != Keys::Codes {
        return Lookup::NotListed;
    }
    look_up(table, reference.code_id(code), date, stale, |table, id| {
        some(table.told(id, date, reference).into_iter())
    })
}

fn told_of_release<T: Opened>(loaded: &Loaded<T>, reference: &Reference) -> Vec<(RowKey, Fields)> {
    let day = loaded.in_force.last();
    let keys = T::KEYS.count(reference.codes().count());
    let covered = |key: &CodeId| T::KEYS != Keys::Codes || loaded.covers(Some(*key));
    let rows = (0..keys).map(|key| CodeId(key as u16)).filter(covered);
    let rows = rows.flat_map(|key| loaded.table.told(key, day, reference));
    rows.chain(loaded.table.told_of_all()).collect()
}
