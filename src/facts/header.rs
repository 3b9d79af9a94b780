//! What a claim says outside its lines.

use crate::claim::{Claim, ClaimForm, Patient};
use crate::model::{ConditionCode, DiagnosisCode, Payer, ServiceDate};

/// What a claim says outside its lines: who pays, who bills, the patient and the diagnoses. A rule that sees only this
/// reads no line.
#[derive(Clone, Copy, Debug)]
pub struct Header<'a> {
    claim: &'a Claim,
}

impl<'a> Header<'a> {
    pub(super) fn new(claim: &'a Claim) -> Self {
        Self { claim }
    }

    /// The payer.
    #[must_use]
    pub fn payer(&self) -> &'a Payer {
        self.claim.payer()
    }

    /// The form of the claim, with what only that form says.
    #[must_use]
    pub fn form(&self) -> &'a ClaimForm {
        self.claim.form()
    }

    /// The patient.
    #[must_use]
    pub fn patient(&self) -> Patient {
        self.claim.patient()
    }

    /// The diagnoses, in the order in which lines point to them.
    #[must_use]
    pub fn diagnoses(&self) -> &'a [DiagnosisCode] {
        self.claim.diagnoses()
    }

    /// The condition codes of an institutional claim.
    #[must_use]
    pub fn condition_codes(&self) -> &'a [ConditionCode] {
        self.claim.condition_codes()
    }

    /// The first day of an institutional claim, whose version of the outpatient editor applies to every line. `None` for a
    /// professional claim.
    #[must_use]
    pub fn first_day(&self) -> Option<ServiceDate> {
        Some(self.form().as_institutional()?.dates.first())
    }
}
