use crate::model::Modifier;
use crate::reference::{PairIndicator, Table};
use crate::rule::prelude::*;

crate::rule! {
    /// # What it checks
    /// A column 2 code billed beside its column 1 code, by one provider on one day, where the PTP edit's indicator is 1 and
    /// an NCCI-associated modifier on either line sets it aside.
    ///
    /// Where the column 2 code is a visit, only 24, 25 and 57 on the visit's own line set the edit aside.
    ///
    /// For dates of service before 2019-07-01 the modifiers 59, XE, XP, XS and XU count on the column 2 line only.
    ///
    /// # Why
    /// The modifier says that the two services were distinct, and the claim is paid on that word. The record must show it: a
    /// modifier may not be added only to get past an edit.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::{Claim, Evaluator, Verdict};
    ///
    /// let evaluator = Evaluator::starter();
    /// let claim = Claim::from_shorthand("2024-08-06 @11: 64632; 64455-59")?;
    /// let evaluation = evaluator.evaluate(&claim);
    /// assert_eq!(evaluation.verdict(), Verdict::Clean);
    /// assert_eq!(evaluator.explain(&claim, &evaluation)?.findings[0].rule, "N003");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # What to do
    /// Make sure that the record shows the separate site, session or encounter that the modifier claims; else take the
    /// column 2 code and the modifier off.
    ///
    /// # Limits
    /// That a modifier is present does not show that the services were distinct, nor that it is the right one: the same side
    /// on both lines, or a visit's modifier on a procedure, sets an edit aside as well. Only the lines of this claim are
    /// compared.
    pub static N003 = {
        name: "pair-bypassed",
        check: Check::Pair(check),
        asc: OnAscClaim::Applies,
        payers: Payers::Following(CmsEdits::Ptp),
        needs: &[Table::PractitionerPairs, Table::Modifiers],
        boundaries: &[crate::date!(2019, 7, 1)],
        disposition: Disposition::Advisory,
        sources: &[
            Citation::new("CMS, NCCI PTP coding edits", "modifier indicator 1"),
            Citation::new("CMS, change request 11168", "59 and X{EPSU} on either column from 2019-07-01"),
        ],
        remedies: &[Remedy::needs_documentation(
            "Make sure that the record shows the separate site, session or encounter that the modifier claims.",
        )],
        since: "0.1.0",
        message: message,
    };
}

fn check(pair: &Pair<'_>, found: &mut Found<'_>) {
    if pair.edit.indicator != PairIndicator::Allowed {
        return;
    }
    if let Some(modifier) = pair.bypassing_modifier() {
        let index = u32::try_from(modifier.index()).unwrap_or_default();
        found.raise_as(Disposition::Advisory, &pair.column2, Some(&pair.column1), index);
    }
}

fn message(raised: &Raised<'_>) -> String {
    let modifier = Modifier::from_index(raised.finding().detail() as usize);
    let on_column2 = modifier.is_some_and(|modifier| raised.line().is_some_and(|line| line.has(modifier)));
    let (column2, column1) = (raised.code(), raised.other_code());
    format!(
        "{column2} is paid beside {column1} only because modifier {} on line {} sets an edit of indicator 1 aside, and \
         the record must support it",
        modifier.map(|modifier| modifier.to_string()).unwrap_or_default(),
        if on_column2 { raised.line() } else { raised.other() }.map_or(0, |line| line.given().number),
    )
}
