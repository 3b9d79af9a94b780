use crate::kinds::ServiceKind;
use crate::model::modifier_groups::DISTINCT;
use crate::reference::{PairIndicator, Table};
use crate::rule::prelude::*;

crate::rule! {
    /// # What it checks
    /// A column 2 code billed beside its column 1 code, by one provider on one day, where the PTP edit's indicator is 1
    /// and neither line carries an NCCI-associated modifier.
    ///
    /// Where the column 2 code is a visit, only 24, 25 and 57 count, on the visit's own line.
    ///
    /// For dates of service before 2019-07-01 the modifiers 59, XE, XP, XS and XU count on the column 2 line only.
    ///
    /// # Why
    /// The edit says that the column 2 service is normally part of the column 1 service. It is paid beside it only where
    /// the two were distinct, and a modifier says so.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::{Claim, Evaluator};
    ///
    /// let evaluator = Evaluator::starter();
    /// let claim = Claim::from_shorthand("2024-08-06 @11: 64632; 64455")?;
    /// let found = evaluator.check(&claim).findings;
    /// assert_eq!((found[0].rule, found[0].line, found[0].other_line), ("N002", Some(2), Some(1)));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # What to do
    /// Take the column 2 code off the claim, unless the record shows a separate site, session or encounter.
    ///
    /// # Limits
    /// Only the lines of this claim are compared; services on other claims of the day are not seen.
    pub static N002 = {
        name: "pair-needs-modifier",
        check: Check::Pair(check),
        asc: OnAscClaim::Applies,
        payers: Payers::Following(CmsEdits::Ptp),
        needs: &[Table::PractitionerPairs, Table::Modifiers],
        boundaries: &[crate::date!(2019, 7, 1)],
        carc: Some("236"),
        sources: &[
            Citation::new("CMS, NCCI PTP coding edits", "modifier indicator 1"),
            Citation::new("CMS, change request 11168", "59 and X{EPSU} on either column from 2019-07-01"),
        ],
        remedies: &[
            Remedy::display_only("Take the column 2 code off the claim if both services were one."),
            SEPARATE_SERVICE,
            SEPARATE_VISIT,
        ],
        fits: |raised, remedy| {
            let is_visit = raised.line().is_some_and(|line| line.is(ServiceKind::Visit));
            *remedy != if is_visit { SEPARATE_SERVICE } else { SEPARATE_VISIT }
        },
        since: "0.1.0",
        message: message,
    };
}

fn check(pair: &Pair<'_>, found: &mut Found<'_>) {
    if pair.edit.indicator == PairIndicator::Allowed && !pair.has_bypassing_modifier() {
        found.raise_beside(&pair.column2, &pair.column1);
    }
}

const SEPARATE_SERVICE: Remedy = Remedy::needs_documentation(
    "Where the record shows a separate site, session or encounter, the modifier that says which.",
)
.adding(&DISTINCT);
const SEPARATE_VISIT: Remedy = Remedy::needs_documentation(
    "Where the record shows a significant visit, separate from the procedure, 25 on the visit's line.",
)
.adding(&[crate::model::modifier_groups::SEPARATE_VISIT]);

fn message(raised: &Raised<'_>) -> String {
    let (column2, column1) = (raised.code(), raised.other_code());
    if raised.line().is_some_and(|line| line.is(ServiceKind::Visit)) {
        format!(
            "{column2} is part of {column1} on the same day unless 25 (or 24, 57) on its own line says that the visit was \
             separate, and it has none of them"
        )
    } else {
        format!(
            "{column2} is part of {column1} on the same day unless a modifier says that it was distinct, and neither line has \
             one"
        )
    }
}
