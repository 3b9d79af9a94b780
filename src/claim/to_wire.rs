//! The wire form of a claim.

use std::borrow::Cow;

use serde::{Serialize, Serializer};

use super::wire::{ClaimObject, LineObject, Number, PatientObject, PayerObject, Scalar, Scalars, Wire};
use super::{Biller, Claim, ClaimForm, InstitutionalForm, Patient, ServiceLine};
use crate::model::{DiagnosisPointers, Frequency, Measure, Payer, Units};

impl Serialize for Claim {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        ClaimObject::from(self).serialize(serializer)
    }
}

impl<'a> From<&'a Claim> for ClaimObject<'a> {
    fn from(claim: &'a Claim) -> Self {
        let common = Self {
            id: Wire::Text(Cow::Borrowed(claim.id())),
            form: text(&claim.form().kind()),
            payer: payer(claim.payer()),
            patient: patient(claim.patient()),
            diagnoses: if claim.diagnoses().is_empty() {
                Wire::Absent
            } else {
                list(claim.diagnoses())
            },
            condition_codes: if claim.condition_codes().is_empty() {
                Wire::Absent
            } else {
                list(claim.condition_codes())
            },
            original_reference: optional(claim.original_reference().as_ref()),
            unread_lines: if claim.unread_lines().is_empty() {
                Wire::Absent
            } else {
                let number = |&number: &u32| Wire::Number(Number::Whole(number.into()));
                Wire::List(claim.unread_lines().iter().map(number).collect())
            },
            lines: Wire::List(claim.lines().iter().map(|line| Wire::Object(line.into())).collect()),
            ..Self::default()
        };
        match claim.form() {
            ClaimForm::Professional { biller } => Self {
                biller: optional(Some(biller).filter(|&&biller| biller != Biller::Practitioner)),
                frequency: optional(
                    Some(claim.frequency())
                        .filter(|&frequency| frequency != Frequency::ORIGINAL)
                        .as_ref(),
                ),
                ..common
            },
            ClaimForm::Institutional(InstitutionalForm {
                bill_type,
                dates,
                patient_status,
            }) => Self {
                bill_type: text(bill_type),
                from: text(&dates.first()),
                through: text(&dates.last()),
                patient_status: optional(patient_status.as_ref()),
                ..common
            },
        }
    }
}

impl From<&ServiceLine> for LineObject<'_> {
    fn from(line: &ServiceLine) -> Self {
        Self {
            number: Wire::Number(Number::Whole(line.number.into())),
            date: text(&line.dates.first()),
            through: if line.dates.is_single() {
                Wire::Absent
            } else {
                text(&line.dates.last())
            },
            code: optional(line.code.as_ref()),
            modifiers: list(&line.all_modifiers().collect::<Vec<_>>()),
            units: units(line.units),
            measure: optional(Some(&line.measure).filter(|&&measure| measure != Measure::Units)),
            site: optional(line.site.as_ref()),
            provider: optional(line.provider.as_ref()),
            diagnosis_pointers: pointers(line.diagnosis_pointers),
            revenue_code: optional(line.revenue_code.as_ref()),
            charge: optional(line.charge.as_ref()),
        }
    }
}

fn payer(payer: &Payer) -> Wire<'_, PayerObject<'_>> {
    if payer.licensee.is_none() && payer.line_of_business.is_none() && payer.state.is_none() {
        return Wire::Text(Cow::Owned(payer.name.to_string()));
    }
    Wire::Object(PayerObject {
        name: text(&payer.name),
        licensee: payer
            .licensee
            .as_deref()
            .map_or(Wire::Absent, |licensee| Wire::Text(Cow::Borrowed(licensee))),
        line_of_business: optional(payer.line_of_business.as_ref()),
        state: optional(payer.state.as_ref()),
    })
}

fn patient<'a>(patient: Patient) -> Wire<'a, PatientObject<'a>> {
    if patient == Patient::unknown() {
        return Wire::Absent;
    }
    Wire::Object(PatientObject {
        age: patient
            .age
            .map_or(Wire::Absent, |years| Wire::Number(Number::Whole(years.into()))),
        sex: optional(patient.sex.as_ref()),
    })
}

/// A fraction is written as a text, so that no reader takes it for a float.
fn units<'a>(units: Units) -> Scalar<'a> {
    if units.is_whole() {
        Wire::Number(Number::Whole(units.thousandths() / 1_000))
    } else {
        text(&units)
    }
}

fn pointers<'a>(pointers: DiagnosisPointers) -> Scalars<'a> {
    if pointers.is_empty() {
        return Wire::Absent;
    }
    let number = |pointer: u8| Wire::Number(Number::Whole(pointer.into()));
    Wire::List(pointers.iter().map(number).collect())
}

fn text<'a>(value: &impl ToString) -> Scalar<'a> {
    Wire::Text(Cow::Owned(value.to_string()))
}

fn optional<'a>(value: Option<&impl ToString>) -> Scalar<'a> {
    value.map_or(Wire::Absent, text)
}

fn list<'a>(values: &[impl ToString]) -> Scalars<'a> {
    Wire::List(values.iter().map(text).collect())
}
