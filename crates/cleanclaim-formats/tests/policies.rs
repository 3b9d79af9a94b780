//! The payers that a file's names mean are those whose policies the library carries.

use cleanclaim::date;
use cleanclaim::policy::{Form, PolicySet};
use cleanclaim_formats::x12::PayerTable;

#[test]
fn names_of_payers_lead_to_their_policies() {
    let table = PayerTable::built_in();
    for (name, entry) in [
        ("BLUE CROSS BLUE SHIELD OF NORTH DAKOTA", "bcbs-nd-both-sides"),
        ("BCBS OF NEBRASKA", "bcbs-ne-both-sides"),
        ("HORIZON BCBS", "horizon-visit-reduction"),
        ("HORIZON NJ HEALTH", "horizon-nj-health-56"),
        ("INDEPENDENCE BLUE CROSS", "ibx-both-sides"),
        ("ANTHEM", "anthem-genicular"),
        ("REGENCE BLUESHIELD", "regence-both-sides-paid"),
        ("FLORIDA BLUE", "florida-blue-spine-pairs"),
        ("TRIPLE-S SALUD", "triple-s-morton"),
        ("UHC COMMUNITY PLAN", "uhc-community-anatomic-modifier"),
        ("OXFORD HEALTH PLANS", "oxford-co-surgeon"),
    ] {
        let payer = table.recognise(name, "", "").payer;
        let resolved = PolicySet::seed().resolve(&payer, Form::Professional, date!(2026, 6, 30));
        let found = resolved.policies().iter().any(|policy| &*policy.id == entry);
        assert!(found, "{name} is read as {payer}, which does not lead to `{entry}`");
    }
}
