use crate::evaluation::Reason;
use crate::reference::{OutpatientFlag, Table};
use crate::rule::prelude::*;

crate::rule! {
    /// # What it checks
    /// An item that only the equipment contractor takes, on a claim without a comprehensive primary.
    ///
    /// That is the contractor for durable medical equipment. A comprehensive primary is a line of status indicator
    /// J1, or an inpatient procedure under modifier CA: its payment is for everything on the claim.
    ///
    /// # Why
    /// A hospital's contractor does not pay for equipment separately. The claim comes back.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::reference::{OutpatientCodeRow, OutpatientEntry, OutpatientFlag, ReferenceBuilder, Release, Rows, Table};
    /// use cleanclaim::{Claim, Evaluator, code};
    ///
    /// let days = "2019-07-01..2026-06-30".parse()?;
    /// let mut entry = OutpatientEntry::new(days, *b"Y ");
    /// entry.flags = entry.flags.with(OutpatientFlag::DmercBillableOnly);
    /// let rows = Rows::OutpatientCodes(vec![OutpatientCodeRow { code: code!("E0110"), entry }]);
    /// let mut builder = ReferenceBuilder::new();
    /// builder.add(Release::new(Table::OutpatientCodes, "example", days, "made up"), rows)?;
    /// let evaluator = Evaluator::new(builder.build()?);
    /// let claim = Claim::from_shorthand("tob=131 2024-08-06: E0110 rev=0270")?;
    /// let found = evaluator.check(&claim).findings;
    /// assert!(found.iter().any(|finding| finding.rule == "C161"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # What to do
    /// Bill the item to the contractor for durable medical equipment.
    ///
    /// # Limits
    /// Where another line has status indicator J2 or Q1 to Q4, conditional packaging may choose a comprehensive
    /// primary: then this is not evaluated.
    pub static C161 = {
        name: "equipment-contractor-only",
        check: Check::LineInClaim(check),
        on: Trigger::Outpatient(&[OutpatientFlag::DmercBillableOnly]),
        form: FormKind::Institutional,
        order: Order::AfterSetAside,
        about_site: true,
        needs: &[Table::OutpatientCodes],
        disposition: Disposition::ReturnToProvider,
        edit: Some(61),
        sources: &[
            Citation::new("CMS, I/OCE reference tables", "data_hcpcs, dmerc_billable_only"),
            Citation::unverified("CMS, I/OCE specifications", "edit 61"),
        ],
        remedies: &[Remedy::display_only("Bill the item to the contractor for durable medical equipment.")],
        since: "0.1.0",
        message: message,
    };
}

fn check(line: &LineInClaim<'_>, found: &mut Found<'_>) {
    let claim = line.whole_claim();
    if claim.has_comprehensive_primary() {
        return;
    }
    if claim.has_conditional_packaging() {
        found.not_evaluated(line, Reason::NotSettled(PRIMARY_UNKNOWN));
    } else {
        found.raise(line);
    }
}

const PRIMARY_UNKNOWN: &str = "a line of status indicator J2 or Q1 to Q4 may choose a comprehensive primary, whose \
    payment would be for this item too";

fn message(raised: &Raised<'_>) -> String {
    format!(
        "only the contractor for durable medical equipment takes {}",
        raised.code()
    )
}
