//! Pages for codes over the published files, figure by figure against the tables.

use cleanclaim::Evaluator;
use cleanclaim::model::ProcedureCode;
use cleanclaim::reference::Stale;
use cleanclaim_cms::{Options, collect};

use crate::common;
#[path = "../../../tests/support/page.rs"]
mod page;

/// A visit, anaesthesia, imaging, an endoscopy, a component's own code, laboratory, an add-on, a drug, a new technology.
const CHOSEN: [&str; 12] = [
    "64632", "99213", "00100", "70450", "45385", "93000", "80053", "64634", "J3301", "0440T", "G0105", "ZZZZZ",
];

#[test]
fn every_figure_stands_in_the_tables() {
    let folders = ["mpfs", "ncci", "asc", "ioce"].map(common::published);
    let Some(folders) = folders.into_iter().collect::<Option<Vec<_>>>() else {
        return;
    };
    let collected = collect(&folders, &Options::default(), &mut |_| {});
    let reference = collected.builder.build().unwrap();
    let evaluator = Evaluator::builder(reference.clone()).stale(Stale::Use).build().unwrap();
    let chosen = CHOSEN.map(|code| code.parse::<ProcedureCode>().unwrap());
    let some = reference.codes().skip(7).step_by(997);
    for code in chosen.into_iter().chain(some) {
        page::compare(&evaluator, code, "2026-04-06".parse().unwrap());
    }
}
