use crate::reference::Table;
use crate::rule::prelude::*;

use super::hospital::{Ruling, ruling};

crate::rule! {
    /// # What it checks
    /// A column 2 code beside its column 1 code, indicator 1, without an NCCI-associated modifier on either line.
    ///
    /// Both are on one day; the pair is one of the hospital PTP edits. The table in force on the claim's first
    /// day counts, and the outpatient editor's code table must allow each code in its column.
    ///
    /// # Why
    /// The edit says that the column 2 service is normally part of the column 1 service. It is paid beside it only
    /// where the two were distinct, and a modifier says so.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::{Claim, Evaluator};
    ///
    /// let evaluator = Evaluator::starter();
    /// let claim = Claim::from_shorthand("tob=131 2024-08-06: 64632 rev=0360; 64455 rev=0360")?;
    /// let found = evaluator.check(&claim).findings;
    /// assert!(found.iter().any(|finding| finding.rule == "N140" && finding.line == Some(2)));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # What to do
    /// Take the column 2 code off the claim, unless the record shows a separate site, session or encounter.
    ///
    /// # Limits
    /// Only the lines of this claim are compared. The editor asks only whether either line has such a modifier,
    /// not whether it fits.
    pub static N140 = {
        name: "hospital-pair-needs-modifier",
        check: Check::Pair(check),
        form: FormKind::Institutional,
        order: Order::AfterSetAside,
        needs: &[Table::HospitalPairs, Table::OutpatientCodes, Table::Modifiers],
        disposition: Disposition::LineRejection,
        carc: Some("236"),
        edit: Some(40),
        sources: &[
            Citation::new("CMS, NCCI PTP coding edits, outpatient hospital", "modifier indicator 1"),
            Citation::new("CMS, I/OCE reference tables", "data_hcpcs, ncci_code1 and ncci_code2"),
            Citation::unverified("CMS, I/OCE specifications", "edit 40"),
        ],
        remedies: &[
            Remedy::display_only("Take the column 2 code off the claim if both services were one."),
            Remedy::needs_documentation(
                "Where the record shows a separate site, session or encounter, the modifier that says which.",
            ),
        ],
        since: "0.1.0",
        message: message,
    };
}

fn check(pair: &Pair<'_>, found: &mut Found<'_>) {
    if ruling(pair) == Ruling::NeedsModifier {
        found.raise_beside(&pair.column2, &pair.column1);
    }
}

fn message(raised: &Raised<'_>) -> String {
    format!(
        "{} is part of {} on the same day unless a modifier says that it was distinct, and neither line has one",
        raised.code(),
        raised.other_code(),
    )
}
