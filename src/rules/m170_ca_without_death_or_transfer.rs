use crate::model::modifier_groups::INPATIENT_EMERGENCY;
use crate::reference::Table;
use crate::rule::prelude::*;

crate::rule! {
    /// # What it checks
    /// Modifier CA where the patient's discharge status says neither death nor transfer.
    ///
    /// CA counts on an inpatient procedure (status indicator C). The statuses that fit are 02, 05, 20, 62, 63, 65,
    /// 66, 82, 85, 90, 91, 93 and 94.
    ///
    /// # Why
    /// CA tells that the patient died, or was transferred, before the admission. A status that says otherwise
    /// contradicts it.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::reference::{OutpatientCodeRow, OutpatientEntry, ReferenceBuilder, Release, Rows, Table};
    /// use cleanclaim::{Claim, Evaluator, code};
    ///
    /// let days = "2019-07-01..2026-06-30".parse()?;
    /// let entry = OutpatientEntry::new(days, *b"C ");
    /// let rows = Rows::OutpatientCodes(vec![OutpatientCodeRow { code: code!("35216"), entry }]);
    /// let mut builder = ReferenceBuilder::new();
    /// builder.add(Release::new(Table::OutpatientCodes, "example", days, "made up"), rows)?;
    /// let evaluator = Evaluator::new(builder.build()?);
    /// let claim = Claim::from_shorthand("tob=131 2024-08-06 status=01: 35216-CA rev=0360")?;
    /// let found = evaluator.check(&claim).findings;
    /// assert!(found.iter().any(|finding| finding.rule == "M170"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # What to do
    /// Correct the patient status if the patient died or was transferred; else take CA off.
    ///
    /// # Limits
    /// Where the claim states no status, none fits.
    pub static M170 = {
        name: "ca-without-death-or-transfer",
        check: Check::LineInClaim(check),
        on: Trigger::Modifiers(&[INPATIENT_EMERGENCY]),
        form: FormKind::Institutional,
        order: Order::AfterIncidental,
        needs: &[Table::OutpatientCodes],
        disposition: Disposition::ReturnToProvider,
        edit: Some(70),
        sources: &[
            Citation::new("CMS, I/OCE reference tables", "data_hcpcs, status_indicator C"),
            Citation::unverified("CMS, I/OCE specifications", "edit 70"),
        ],
        remedies: &[
            Remedy::needs_documentation("Correct the patient status if the patient died or was transferred."),
            Remedy::display_only("Else take CA off."),
        ],
        since: "0.1.0",
        message: message,
    };
}

/// The discharge statuses of a patient who died or was transferred.
const DIED_OR_TRANSFERRED: [&str; 13] = [
    "02", "05", "20", "62", "63", "65", "66", "82", "85", "90", "91", "93", "94",
];

fn check(line: &LineInClaim<'_>, found: &mut Found<'_>) {
    if line.set_aside() != Some(SetAside::UnderCa) {
        return;
    }
    let form = line.header().form().as_institutional();
    let status = form.and_then(|form| form.patient_status);
    if !status.is_some_and(|status| DIED_OR_TRANSFERRED.contains(&status.as_str())) {
        found.raise(line);
    }
}

fn message(raised: &Raised<'_>) -> String {
    let form = raised.line().and_then(|line| line.header().form().as_institutional());
    let status = form
        .and_then(|form| form.patient_status)
        .map_or("states no patient status".to_owned(), |status| {
            format!("has patient status {status}")
        });
    format!(
        "{} carries CA for a patient who died or was transferred, and the claim {status}",
        raised.code()
    )
}
