//! What kind of service a code is on a date, and from which source.
//!
//! Published tables say it first: the fee schedule by status, global days, PC/TC and multiple procedure indicators, the
//! outpatient editor by status indicator, the suppliers' unit table by naming the code. What no table says, ranges of
//! numbers say ([`KindRanges`]). A code has any number of kinds, and may have none.
//!
//! ```
//! use cleanclaim::kinds::{KindSource, Known, ServiceKind};
//! use cleanclaim::{code, date};
//!
//! let known = Known::by_number(code!("99213"), date!(2024, 8, 6));
//! assert!(known.kinds().has(ServiceKind::OfficeEstablished));
//! assert!(matches!(known.source(ServiceKind::OfficeEstablished), Some(KindSource::Number(_))));
//! ```

mod kind;
mod ranges;

use crate::model::{ProcedureCode, ServiceDate};
use crate::reference::{
    Component, GlobalPeriod, MultipleProcedure, OutpatientEntry, PcTc, PolicyIndicators, StatusCode,
};

pub use self::kind::{ServiceKind, ServiceKinds};
pub use self::ranges::{KindRange, KindRanges};

pub(crate) use self::ranges::{boundaries, days, period};

/// The source from which a code's kind is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum KindSource<'a> {
    /// An indicator of the fee schedule's row.
    FeeSchedule,
    /// The status indicator of the outpatient editor's row.
    OutpatientEditor,
    /// The table of suppliers' units names the code.
    SupplierUnits,
    /// The number of the code, by this row.
    Number(&'a KindRange),
}

impl KindSource<'_> {
    /// The source in words.
    #[must_use]
    pub fn words(&self) -> &str {
        match self {
            Self::FeeSchedule => "the fee schedule's indicators",
            Self::OutpatientEditor => "the outpatient editor's status indicator",
            Self::SupplierUnits => "the table of suppliers' units",
            Self::Number(row) => &row.source,
        }
    }
}

/// What is known of a code on a date: the rows of the tables that answer, and the ranges of numbers.
#[derive(Clone, Copy, Debug)]
pub struct Known<'a> {
    code: ProcedureCode,
    date: ServiceDate,
    fee: &'a [PolicyIndicators],
    editor: Option<OutpatientEntry>,
    is_suppliers: bool,
    ranges: &'a KindRanges,
}

/// Visits of any kind and the like: never a procedure or a test, whatever their indicators.
const VISITS: ServiceKinds = ServiceKinds::of(&[ServiceKind::Visit, ServiceKind::CareManagement]);

/// Kinds with a section of their own, about which the indicators say nothing more.
const SECTIONS: ServiceKinds = VISITS.and(ServiceKinds::of(&[
    ServiceKind::Anaesthesia,
    ServiceKind::Radiology,
    ServiceKind::Laboratory,
]));

impl<'a> Known<'a> {
    /// What the number of the code tells, by the library's own ranges.
    #[must_use]
    pub fn by_number(code: ProcedureCode, date: ServiceDate) -> Self {
        Self {
            code,
            date,
            fee: &[],
            editor: None,
            is_suppliers: false,
            ranges: KindRanges::seed(),
        }
    }

    /// With the rows that the fee schedule in force has of the code, one a component.
    #[must_use]
    pub fn with_fee_schedule(mut self, rows: &'a [PolicyIndicators]) -> Self {
        self.fee = rows;
        self
    }

    /// With the row that the outpatient editor has of the code on the date.
    #[must_use]
    pub fn with_editor(mut self, row: Option<OutpatientEntry>) -> Self {
        self.editor = row;
        self
    }

    /// With whether the table of suppliers' units names the code.
    #[must_use]
    pub fn with_supplier_units(mut self, is_named: bool) -> Self {
        self.is_suppliers = is_named;
        self
    }

    /// The kinds of the code.
    #[must_use]
    pub fn kinds(&self) -> ServiceKinds {
        let mut kinds = ServiceKinds::NONE;
        self.each(&mut |kind, _| kinds = kinds.with(kind));
        kinds
    }

    /// The source from which the code is known to be of a kind; `None` if it is not of that kind. A table comes before the number.
    #[must_use]
    pub fn source(&self, kind: ServiceKind) -> Option<KindSource<'a>> {
        let (mut by_table, mut by_number) = (None, None);
        self.each(&mut |of, source| match source {
            _ if of != kind => {}
            KindSource::Number(_) => by_number = by_number.or(Some(source)),
            _ => by_table = by_table.or(Some(source)),
        });
        by_table.or(by_number)
    }

    /// Calls `visit` for each kind with what says it; a kind comes once for each that does.
    fn each(&self, visit: &mut impl FnMut(ServiceKind, KindSource<'a>)) {
        let mut by_number = ServiceKinds::NONE;
        let ranges = self.ranges;
        for row in ranges.of(self.code, self.date) {
            by_number = by_number.with(row.kind);
            visit(row.kind, KindSource::Number(row));
        }
        // The row of the whole code says what it is; a few codes have that of a component only.
        let whole = self.fee.iter().find(|row| row.component == Component::Global);
        if let Some(row) = whole.or(self.fee.first()) {
            by_fee_schedule(row, by_number, &mut |kind| visit(kind, KindSource::FeeSchedule));
        }
        if let Some(kind) = self.editor.and_then(|row| by_status(row.status_text())) {
            visit(kind, KindSource::OutpatientEditor);
        }
        if self.is_suppliers {
            visit(ServiceKind::Dmepos, KindSource::SupplierUnits);
        }
    }
}

/// What the fee schedule's indicators tell. The section of the code is known before: a visit has global days, too, and
/// radiology a professional component.
fn by_fee_schedule(row: &PolicyIndicators, section: ServiceKinds, visit: &mut impl FnMut(ServiceKind)) {
    if row.status.has_payment_policy() {
        visit(ServiceKind::FeeSchedule);
    }
    match row.status {
        StatusCode::Anesthesia => visit(ServiceKind::Anaesthesia),
        StatusCode::MeasurementOnly => visit(ServiceKind::Measure),
        _ => {}
    }
    if row.multiple == MultipleProcedure::Therapy {
        visit(ServiceKind::TherapyAlways);
    }
    if row.status.has_payment_policy() && section.has(ServiceKind::Laboratory) {
        visit(ServiceKind::Pathology);
    }
    if let Some(kind) = by_global_days(row.global) {
        visit(kind);
    }
    let has_period = matches!(
        row.global,
        GlobalPeriod::Days0 | GlobalPeriod::Days10 | GlobalPeriod::Days90 | GlobalPeriod::Maternity
    );
    if has_period && !section.has_any_of(VISITS) {
        visit(ServiceKind::Procedure);
    }
    let has_components = matches!(
        row.pc_tc,
        PcTc::BothComponents | PcTc::ProfessionalOnly | PcTc::TechnicalOnly | PcTc::GlobalOnly
    );
    if has_components && !section.has_any_of(SECTIONS) {
        visit(ServiceKind::Test);
    }
}

fn by_global_days(global: GlobalPeriod) -> Option<ServiceKind> {
    match global {
        GlobalPeriod::Days0 => Some(ServiceKind::Global0),
        GlobalPeriod::Days10 => Some(ServiceKind::Global10),
        GlobalPeriod::Days90 => Some(ServiceKind::Global90),
        GlobalPeriod::AddOn => Some(ServiceKind::AddOn),
        GlobalPeriod::Maternity => Some(ServiceKind::Maternity),
        GlobalPeriod::ByContractor => Some(ServiceKind::GlobalByContractor),
        GlobalPeriod::NotApplicable => None,
    }
}

/// What the outpatient editor's status indicator tells.
///
/// Source: CMS, OPPS addendum D1: G pass-through drugs, K drugs paid apart, Q4 conditionally packaged laboratory tests, R
/// blood, Y equipment that the supplier's contractor pays.
fn by_status(status: &str) -> Option<ServiceKind> {
    match status {
        "G" | "K" => Some(ServiceKind::Drug),
        "Q4" => Some(ServiceKind::Laboratory),
        "R" => Some(ServiceKind::Blood),
        "Y" => Some(ServiceKind::Dmepos),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{code, date};

    const DAY: ServiceDate = date!(2024, 8, 6);

    fn of(code: ProcedureCode) -> ServiceKinds {
        Known::by_number(code, DAY).kinds()
    }

    #[test]
    fn a_table_comes_before_the_number() {
        let mut row = PolicyIndicators::plain();
        row.status = StatusCode::Anesthesia;
        let rows = [row];
        let known = Known::by_number(code!("00100"), DAY).with_fee_schedule(&rows);
        assert_eq!(known.source(ServiceKind::Anaesthesia), Some(KindSource::FeeSchedule));
        assert_eq!(known.source(ServiceKind::Visit), None);
    }

    #[test]
    fn a_visit_is_no_procedure_whatever_its_global_days() {
        let mut row = PolicyIndicators::plain();
        row.global = GlobalPeriod::Days0;
        let rows = [row];
        let kinds = |code| Known::by_number(code, DAY).with_fee_schedule(&rows).kinds();
        assert!(!kinds(code!("99291")).has(ServiceKind::Procedure));
        assert!(kinds(code!("92920")).has(ServiceKind::Procedure));
    }

    #[test]
    fn ended_codes_have_their_kind_to_their_last_day() {
        let kinds = |date| Known::by_number(code!("99318"), date).kinds();
        assert!(kinds(date!(2022, 12, 31)).has(ServiceKind::NursingFacilityVisit));
        assert!(!kinds(date!(2023, 1, 1)).has(ServiceKind::NursingFacilityVisit));
    }

    #[test]
    fn the_sections_are_told_apart() {
        for (code, kind) in [
            (code!("27447"), ServiceKind::Procedure),
            (code!("85025"), ServiceKind::Laboratory),
            (code!("J1885"), ServiceKind::Drug),
            (code!("E0601"), ServiceKind::Dmepos),
            (code!("A0428"), ServiceKind::Ambulance),
            (code!("97110"), ServiceKind::TherapyAlways),
            (code!("36415"), ServiceKind::SpecimenCollection),
            (code!("0001U"), ServiceKind::Laboratory),
        ] {
            assert!(of(code).has(kind), "{code} is of {}", of(code));
        }
        assert!(!of(code!("36415")).has(ServiceKind::Procedure));
        assert!(of(code!("Z0000")).is_empty());
    }
}
