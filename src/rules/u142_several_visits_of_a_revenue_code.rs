use crate::model::ConditionCode;
use crate::reference::Table;
use crate::rule::prelude::*;

use super::hospital::{exceed_one, has_final_status};

crate::rule! {
    /// # What it checks
    /// Visits (status indicator V) of one day and revenue code, of more than one unit together, on a claim without
    /// condition code G0: each line.
    ///
    /// # Why
    /// Two visits to one clinic on a day are taken for one billed twice, unless the claim says by condition code G0
    /// that they were two.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::reference::{OutpatientCodeRow, OutpatientEntry, ReferenceBuilder, Release, Rows, Table};
    /// use cleanclaim::{Claim, Evaluator, code};
    ///
    /// let days = "2019-07-01..2026-06-30".parse()?;
    /// let entry = OutpatientEntry::new(days, *b"V ");
    /// let rows = Rows::OutpatientCodes(vec![OutpatientCodeRow { code: code!("G0101"), entry }]);
    /// let mut builder = ReferenceBuilder::new();
    /// builder.add(Release::new(Table::OutpatientCodes, "example", days, "made up"), rows)?;
    /// let evaluator = Evaluator::new(builder.build()?);
    /// let claim = Claim::from_shorthand("tob=131 2024-08-06: G0101 x2 rev=0510")?;
    /// let found = evaluator.check(&claim).findings;
    /// assert!(found.iter().any(|finding| finding.rule == "U142"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # What to do
    /// Where the visits were separate, condition code G0; else bill one.
    ///
    /// # Limits
    /// Where a line has status indicator J1, J2 or Q1 to Q4, the final indicators of the claim's lines follow from
    /// conditional packaging, which is not done here: the claim is not evaluated. Under G0 whether each visit after the
    /// first carries 27 is not looked at.
    pub static U142 = {
        name: "several-visits-of-a-revenue-code",
        check: Check::Claim(check),
        form: FormKind::Institutional,
        order: Order::AfterIncidental,
        needs: &[Table::OutpatientCodes],
        disposition: Disposition::ReturnToProvider,
        edit: Some(42),
        sources: &[
            Citation::new("CMS, I/OCE reference tables", "data_hcpcs, status_indicator V"),
            Citation::unverified("CMS, I/OCE specifications", "edit 42"),
        ],
        remedies: &[Remedy::needs_documentation(
            "Where the visits were separate, condition code G0 says so, with 27 on each visit after the first.",
        )],
        since: "0.1.0",
        message: message,
    };
}

/// Says that the visits of a day were separate.
const DISTINCT_VISITS: Option<ConditionCode> = ConditionCode::try_new("G0");

fn check(claim: &WholeClaim<'_>, found: &mut Found<'_>) {
    let codes = claim.header().condition_codes();
    if codes.iter().any(|&code| Some(code) == DISTINCT_VISITS) {
        return;
    }
    if !has_final_status(claim, found) {
        return;
    }
    let is_visit = |line: &Line<'_>| line.status() == "V" && line.set_aside().is_none();
    for visit in claim.lines().filter(|line| is_visit(line)) {
        let revenue_code = visit.given().revenue_code;
        let same = |line: &Line<'_>| is_visit(line) && line.given().revenue_code == revenue_code;
        if exceed_one(visit.day().filter(same)) {
            found.raise(&visit);
        }
    }
}

fn message(raised: &Raised<'_>) -> String {
    let revenue_code = raised.line().and_then(|line| line.given().revenue_code);
    let revenue_code = revenue_code.map_or("no revenue code".to_owned(), |code| format!("revenue code {code}"));
    format!(
        "{} is one of several visits of the day under {revenue_code}",
        raised.code()
    )
}
