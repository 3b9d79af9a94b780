use crate::reference::{OutpatientFlag, Table};
use crate::rule::prelude::*;

crate::rule! {
    /// # What it checks
    /// A code that the outpatient prospective payment system (OPPS) does not recognise.
    ///
    /// Another code may name the service. The visit codes 99202 to 99215 are such codes: a hospital bills its
    /// clinic visits as G0463.
    ///
    /// # Why
    /// OPPS pays by its own codes. The claim comes back to be coded by them.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::{Claim, Evaluator};
    ///
    /// let evaluator = Evaluator::starter();
    /// let claim = Claim::from_shorthand("tob=131 2024-08-06: 99213 rev=0510")?;
    /// let found = evaluator.check(&claim).findings;
    /// assert!(found.iter().any(|finding| finding.rule == "C162" && finding.line == Some(1)));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # What to do
    /// Bill the code by which OPPS knows the service.
    ///
    /// # Limits
    /// Which code that would be is not said by the editor.
    pub static C162 = {
        name: "not-recognised-under-opps",
        check: Check::Line(check),
        on: Trigger::Outpatient(&[OutpatientFlag::NotRecognizedOpps]),
        form: FormKind::Institutional,
        order: Order::AfterSetAside,
        about_site: true,
        needs: &[Table::OutpatientCodes],
        disposition: Disposition::ReturnToProvider,
        edit: Some(62),
        sources: &[
            Citation::new("CMS, I/OCE reference tables", "data_hcpcs, not_recognized_opps"),
            Citation::unverified("CMS, I/OCE specifications", "edit 62"),
        ],
        remedies: &[Remedy::display_only("Bill the code by which OPPS knows the service: a clinic visit is G0463.")],
        since: "0.1.0",
        message: message,
    };
}

fn check(line: &Line<'_>, found: &mut Found<'_>) {
    found.raise(line);
}

fn message(raised: &Raised<'_>) -> String {
    let status = raised.line().map_or("", |line| line.status());
    format!(
        "OPPS does not recognise {}: its status indicator is {status}",
        raised.code()
    )
}
