//! The six edits that `benches/peers` compares, the published tables that they run over, and the claims.

use std::path::PathBuf;

use cleanclaim::model::{DateRange, ProcedureCode};
use cleanclaim::reference::{Component, Reference, Stale};
use cleanclaim::{Claim, Evaluator};
use cleanclaim_cms::{Options, collect};

use super::workload::Workload;

/// Pairs by indicator, MUE by line and day, 26 and TC, 50, unknown code, site.
pub(crate) const SIX_EDITS: [&str; 13] = [
    "N001", "N002", "N003", "U001", "U002", "U003", "M010", "M020", "M021", "M022", "C001", "S001", "S002",
];

/// As many codes as the prototype's workload had.
const CODES: usize = 10_000;

/// The quarter that the claims lie in.
pub(crate) fn quarter() -> DateRange {
    "2024-07-01..2024-09-30".parse().unwrap()
}

/// CMS's files beside the checkout; none where they are not there.
pub(crate) fn published() -> Option<PathBuf> {
    let found = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    found.exists().then_some(found)
}

/// The tables of every published file.
pub(crate) fn reference(published: &std::path::Path) -> Reference {
    let paths = ["mpfs", "ncci", "asc", "ioce"].map(|folder| published.join(folder));
    let collected = collect(&paths, &Options::default(), &mut |_| {});
    collected.builder.build().unwrap()
}

pub(crate) fn evaluator(reference: Reference) -> Evaluator {
    let chosen = Evaluator::builder(reference).only(SIX_EDITS);
    chosen.and_then(|builder| builder.build()).unwrap()
}

pub(crate) fn claims(reference: &Reference, count: usize) -> Vec<Claim> {
    Workload::new(codes(reference), quarter()).claims(count)
}

/// Codes that the fee schedule prices.
fn codes(reference: &Reference) -> Vec<ProcedureCode> {
    let day = quarter().first();
    let priced = |&code: &ProcedureCode| {
        let row = reference.fee_schedule(code, Component::Global, day, Stale::Refuse);
        row.found().is_some_and(|found| found.row.indicators.status.is_priced())
    };
    reference.codes().filter(priced).take(CODES).collect()
}
