//! Asks a reference everything it can be asked: whatever bytes it was opened from, no answer may panic.

use std::hint::black_box;

use cleanclaim::model::{Modifier, ProcedureCode, ServiceDate};
use cleanclaim::reference::{Component, Locality, Reference, Setting, Stale};

const SETTINGS: [Setting; 3] = [Setting::Practitioner, Setting::OutpatientHospital, Setting::DmeSupplier];

/// Every look-up for up to `most` codes of the reference, and some that it does not know, round every date on which
/// a release begins or ends.
pub fn ask_everything(reference: &Reference, most: usize) {
    let codes = codes(reference, most);
    for id in reference.release_ids() {
        black_box((reference.release(id), reference.rows(id)));
        black_box(reference.pairs_of(id).take(most).count());
    }
    for &code in &codes {
        let id = reference.code_id(code);
        assert_eq!(id.and_then(|id| reference.code(id)), id.map(|_| code));
    }
    for date in dates(reference) {
        for stale in [Stale::Refuse, Stale::Use] {
            for &code in &codes {
                ask_of_code(reference, code, date, stale);
            }
            for (&a, &b) in codes.iter().zip(codes.iter().skip(1)) {
                for setting in SETTINGS {
                    ask_of_pair(reference, setting, a, b, date, stale);
                    ask_of_pair(reference, setting, b, a, date, stale);
                    ask_of_pair(reference, setting, a, a, date, stale);
                }
            }
            for modifier in (0..Modifier::COUNT).step_by(97).filter_map(Modifier::from_index) {
                black_box(reference.modifier(modifier, date, stale));
            }
            for edit in [0, 1, 999, u16::MAX] {
                black_box(reference.edit(edit, date, stale));
            }
            for locality in [0, 1, 99]
                .into_iter()
                .filter_map(|number| Locality::new(10_112, number))
            {
                black_box(reference.gpci(locality, date, stale));
                black_box(reference.anesthesia_factor(locality, date, stale));
                black_box(reference.locality(locality, date, stale));
            }
        }
    }
}

fn codes(reference: &Reference, most: usize) -> Vec<ProcedureCode> {
    let unknown = ["00000", "99999", "0000A", "Z9999", "ABCDE"];
    let step = (reference.codes().count() / most.max(1)).max(1);
    let known = reference.codes().step_by(step);
    known
        .chain(unknown.iter().filter_map(|text| text.parse().ok()))
        .collect()
}

fn dates(reference: &Reference) -> Vec<ServiceDate> {
    let mut dates = vec![ServiceDate::MIN, ServiceDate::MAX];
    for release in reference.releases().iter().take(3) {
        let (first, last) = (release.in_force.first(), release.in_force.last());
        dates.extend(
            [Some(first), first.previous(), Some(last), last.next()]
                .into_iter()
                .flatten(),
        );
    }
    dates.sort_unstable();
    dates.dedup();
    dates
}

fn ask_of_code(reference: &Reference, code: ProcedureCode, date: ServiceDate, stale: Stale) {
    for &component in Component::ALL {
        black_box(reference.fee_schedule(code, component, date, stale));
    }
    for setting in SETTINGS {
        if let Some(found) = reference.mue(setting, code, date, stale).found() {
            black_box(reference.mue_rationale(found.row));
        }
    }
    black_box(reference.add_on_edits(code, date, stale));
    black_box(reference.asc(code, date, stale));
    black_box(reference.outpatient_code(code, date, stale));
    black_box(reference.laboratory(code, date, stale));
    black_box(reference.dmepos(code, date, stale));
    black_box(reference.hcpcs(code, date, stale));
    black_box(reference.single_dose_drug(code, date, stale));
    black_box(reference.part_b_drug(code, date, stale));
}

fn ask_of_pair(
    reference: &Reference,
    setting: Setting,
    a: ProcedureCode,
    b: ProcedureCode,
    date: ServiceDate,
    stale: Stale,
) {
    let found = reference.pair_edits(setting, a, b, date, stale).found();
    for edit in found.into_iter().flat_map(|found| found.row) {
        black_box(reference.pair_rationale(edit));
    }
}
