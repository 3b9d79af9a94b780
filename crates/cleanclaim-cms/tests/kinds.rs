//! Kinds of service over every code of the published files.

use crate::common;

use std::collections::BTreeMap;
use std::io::Write as _;

use cleanclaim::kinds::{KindSource, Known, ServiceKind, ServiceKinds};
use cleanclaim::model::{ProcedureCode, ServiceDate};
use cleanclaim::reference::{Component, Lookup, Reference, Setting, Stale};
use cleanclaim::{code, date};
use cleanclaim_cms::{Options, collect};
use common::published;

const DAY: ServiceDate = date!(2026, 5, 5);

fn reference() -> Option<Reference> {
    let paths: Option<Vec<_>> = ["current/mpfs", "mpfs", "current/ncci", "ncci", "ioce"]
        .into_iter()
        .map(published)
        .collect();
    let collected = collect(&paths?, &Options::default(), &mut |_| {});
    Some(collected.builder.build().unwrap())
}

/// The fee schedule, the editor and the suppliers' units, as they answer for a code.
fn asked<T>(reference: &Reference, code: ProcedureCode, ask: impl FnOnce(Known<'_>) -> T) -> T {
    let row = |component| reference.fee_schedule(code, component, DAY, Stale::Use).found();
    let rows: Vec<_> = Component::ALL
        .iter()
        .filter_map(|&component| Some(row(component)?.row.indicators))
        .collect();
    let editor = reference.outpatient_code(code, DAY, Stale::Use).found();
    let supplier = reference.mue(Setting::DmeSupplier, code, DAY, Stale::Use);
    let known = Known::by_number(code, DAY)
        .with_fee_schedule(&rows)
        .with_editor(editor.map(|found| found.row))
        .with_supplier_units(matches!(supplier, Lookup::Found(_)));
    ask(known)
}

/// How many codes of the files in force have which kinds; run with `--nocapture` to see it.
#[test]
fn nearly_every_code_in_force_has_a_kind() {
    let Some(reference) = reference() else { return };
    let (mut counts, mut none, mut all) = (BTreeMap::new(), Vec::new(), 0);
    for code in reference.codes() {
        let is_in_force = reference.outpatient_code(code, DAY, Stale::Use).found().is_some();
        if !is_in_force {
            continue;
        }
        all += 1;
        let kinds = asked(&reference, code, |known| known.kinds());
        if kinds.is_empty() {
            none.push(code.to_string());
        }
        for kind in kinds.iter() {
            *counts.entry(kind).or_insert(0) += 1;
        }
    }
    let mut out = std::io::stderr();
    let _ = writeln!(out, "{all} codes, {} of no kind: {}", none.len(), none.join(" "));
    for (kind, count) in &counts {
        let _ = writeln!(out, "{kind:<24}{count:>6}");
    }
    assert!(none.len() * 50 < all, "{} of {all} codes have no kind", none.len());
}

/// Every answer says by what it is known, and by nothing where it is not.
#[test]
fn every_kind_has_a_source() {
    let Some(reference) = reference() else { return };
    for code in reference.codes() {
        asked(&reference, code, |known| {
            let kinds = known.kinds();
            for &kind in ServiceKind::ALL {
                assert_eq!(known.source(kind).is_some(), kinds.has(kind), "{code} {kind}");
            }
        });
    }
}

/// What the tables say takes nothing away from what the number says.
#[test]
fn tables_only_add() {
    let Some(reference) = reference() else { return };
    for code in reference.codes() {
        let by_number = Known::by_number(code, DAY).kinds();
        let kinds = asked(&reference, code, |known| known.kinds());
        assert_eq!(kinds.and(by_number), kinds, "{code}");
    }
}

#[test]
fn the_tables_decide_where_they_answer() {
    let Some(reference) = reference() else { return };
    let source = |code, kind| {
        asked(&reference, code, |known| {
            known.source(kind).map(|source| source.words().to_owned())
        })
    };
    let table = |source: KindSource<'static>| Some(source.words().to_owned());
    assert_eq!(
        source(code!("97110"), ServiceKind::TherapyAlways),
        table(KindSource::FeeSchedule)
    );
    assert_eq!(
        source(code!("00100"), ServiceKind::Anaesthesia),
        table(KindSource::FeeSchedule)
    );
    assert_eq!(
        source(code!("E0601"), ServiceKind::Dmepos),
        table(KindSource::OutpatientEditor)
    );
}

/// CMS's own sorting of codes, by category and subcategory, against ours: they may differ on few.
#[test]
fn cms_sorts_codes_the_same_way() {
    let (Some(path), Some(reference)) = (published("current/kinds/rbcs.csv"), reference()) else {
        return;
    };
    let wanted = |category: &str, subcategory: &str| {
        use ServiceKind as K;
        Some(ServiceKinds::of(match (category, subcategory) {
            ("Anesthesia", _) => &[K::Anaesthesia, K::Dental],
            ("Procedure", _) => &[
                K::Procedure,
                K::Test,
                K::Medicine,
                K::NewTechnology,
                K::HospitalOnly,
                K::Blood,
                K::Laboratory,
            ],
            ("DME", "Drugs Administered Through DME") => &[K::Drug],
            ("DME", _) => &[K::Dmepos, K::SkinSubstitute, K::HospitalOnly, K::NewTechnology],
            ("E&M", "Behavioral Health Services") => {
                &[K::Behavioural, K::StateProgramme, K::CareManagement, K::NewTechnology]
            }
            ("E&M", "Critical Care Services") => &[K::CriticalCare, K::HospitalVisit, K::Visit, K::Medicine],
            ("E&M", "Hospital Inpatient Services") => &[K::HospitalVisit, K::Consultation, K::Visit],
            ("E&M", "Nursing Facility Services") => &[K::NursingFacilityVisit, K::Measure],
            ("Test", "General Laboratory" | "Molecular Testing" | "Anatomic Pathology") => &[K::Laboratory],
            ("Other", "Ambulance") => &[K::Ambulance, K::Transport],
            _ => return None,
        }))
    };
    let (mut unlike, mut all) = (Vec::new(), 0);
    for line in std::fs::read_to_string(path).unwrap().lines().skip(1) {
        let fields: Vec<&str> = line.split(',').collect();
        let (Some(kinds), Ok(code)) = (wanted(fields[2], fields[3]), fields[0].parse::<ProcedureCode>()) else {
            continue;
        };
        if !line.contains(",99991231,") || code.index().is_none() {
            continue;
        }
        all += 1;
        let ours = asked(&reference, code, |known| known.kinds());
        if !ours.has_any_of(kinds) {
            unlike.push(format!("{code} {}/{}: {ours}", fields[2], fields[3]));
        }
    }
    let _ = writeln!(
        std::io::stderr(),
        "{} of {all} codes unlike\n{}",
        unlike.len(),
        unlike.join("\n")
    );
    assert!(
        unlike.len() * 50 < all,
        "{} of {all} codes are sorted differently",
        unlike.len()
    );
}
