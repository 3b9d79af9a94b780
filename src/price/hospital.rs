//! A hospital's outpatient claim: the classification of each line, as far as the outpatient editor's tables hold it. Rates
//! are not among those tables, so no line has an amount.

use crate::claim::InstitutionalForm;
use crate::reference::{Lookup, Reference, Table};

use super::draft::Draft;
use super::outcome::{NotPaid, Outcome, Unpriced};
use super::terms::Terms;

/// The status indicator of items packaged into other services.
const PACKAGED: [u8; 2] = *b"N ";

/// Settles the lines.
pub(super) fn price(drafts: &mut [Draft<'_>], form: &InstitutionalForm, reference: &Reference, terms: &Terms) {
    for draft in drafts {
        draft.settle(outcome(draft, form, reference, terms));
    }
}

fn outcome(draft: &Draft<'_>, form: &InstitutionalForm, reference: &Reference, terms: &Terms) -> Outcome {
    if !form.bill_type.is_hospital_outpatient() {
        return Outcome::NotPriced(Unpriced::OtherBillType);
    }
    let Some(code) = draft.line.code else {
        return Outcome::NotPriced(Unpriced::NoCode);
    };
    // A claim is edited with one version, that of its first day.
    match reference.outpatient_code(code, form.dates.first(), terms.stale) {
        Lookup::Found(found) if found.row.status == PACKAGED => Outcome::NotPaid(NotPaid::Packaged(PACKAGED)),
        Lookup::Found(found) => Outcome::NotPriced(Unpriced::Outpatient {
            status: found.row.status,
            apc: found.row.apc,
        }),
        Lookup::NotListed => Outcome::NotPriced(Unpriced::NotListed(Table::OutpatientCodes)),
        Lookup::NotCovered(gap) => Outcome::NotPriced(Unpriced::Table(gap)),
    }
}
