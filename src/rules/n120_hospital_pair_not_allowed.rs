use crate::reference::Table;
use crate::rule::prelude::*;

use super::hospital::{Ruling, ruling};

crate::rule! {
    /// # What it checks
    /// A column 2 code beside its column 1 code on one day, where the hospital PTP edit's indicator is 0.
    ///
    /// The table in force on the claim's first day counts, and the outpatient editor's code table must allow
    /// each code in its column.
    ///
    /// # Why
    /// The edit says that the column 2 service is part of the column 1 service, and that no circumstance makes it
    /// another.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::{Claim, Evaluator};
    ///
    /// let evaluator = Evaluator::starter();
    /// let claim = Claim::from_shorthand("tob=131 2024-08-06: 20553 rev=0360; 20552 rev=0360")?;
    /// let found = evaluator.check(&claim).findings;
    /// assert!(found.iter().any(|finding| finding.rule == "N120" && finding.line == Some(2)));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # What to do
    /// Take the column 2 code off the claim.
    ///
    /// # Limits
    /// Only the lines of this claim are compared. Lines of different providers of the hospital do meet: the
    /// hospital is one.
    pub static N120 = {
        name: "hospital-pair-not-allowed",
        check: Check::Pair(check),
        form: FormKind::Institutional,
        order: Order::AfterSetAside,
        needs: &[Table::HospitalPairs, Table::OutpatientCodes],
        disposition: Disposition::LineRejection,
        carc: Some("236"),
        edit: Some(20),
        sources: &[
            Citation::new("CMS, NCCI PTP coding edits, outpatient hospital", "modifier indicator 0"),
            Citation::new("CMS, I/OCE reference tables", "data_hcpcs, ncci_code1 and ncci_code2"),
            Citation::unverified("CMS, I/OCE specifications", "edit 20"),
        ],
        remedies: &[Remedy::display_only("Take the column 2 code off the claim.")],
        since: "0.1.0",
        message: message,
    };
}

fn check(pair: &Pair<'_>, found: &mut Found<'_>) {
    if ruling(pair) == Ruling::NotAllowed {
        found.raise_beside(&pair.column2, &pair.column1);
    }
}

fn message(raised: &Raised<'_>) -> String {
    format!(
        "{} is part of {} on the same day, and no modifier makes it a service of its own",
        raised.code(),
        raised.other_code(),
    )
}
