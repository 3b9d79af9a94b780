use crate::reference::Table;
use crate::rule::prelude::*;

crate::rule! {
    /// # What it checks
    /// A claim of nothing but incidental services: each code that the editor lists has status indicator N.
    ///
    /// No later edit is evaluated on such a claim.
    ///
    /// # Why
    /// The payment of an incidental service is part of that of the service it belongs to. Without one there is
    /// nothing to pay.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::{Claim, Evaluator};
    ///
    /// let evaluator = Evaluator::starter();
    /// let claim = Claim::from_shorthand("tob=131 2024-08-06: 64634 rev=0360")?;
    /// let found = evaluator.check(&claim).findings;
    /// assert!(found.iter().any(|finding| finding.rule == "E127"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # What to do
    /// Bill the incidental services with the service they belong to, on one claim.
    ///
    /// # Limits
    /// Codes that the editor does not list are left aside, as the editor does; services on other claims of the day
    /// are not seen.
    pub static E127 = {
        name: "incidental-services-only",
        check: Check::Claim(check),
        form: FormKind::Institutional,
        about_site: true,
        needs: &[Table::OutpatientCodes],
        disposition: Disposition::ClaimRejection,
        edit: Some(27),
        sources: &[
            Citation::new("CMS, I/OCE reference tables", "data_hcpcs, status_indicator"),
            Citation::unverified("CMS, I/OCE specifications", "edit 27"),
        ],
        remedies: &[Remedy::display_only("Bill the incidental services with the service they belong to.")],
        since: "0.1.0",
        message: message,
    };
}

fn check(claim: &WholeClaim<'_>, found: &mut Found<'_>) {
    if claim.is_incidental_only() {
        found.raise_claim();
    }
}

fn message(_: &Raised<'_>) -> String {
    "every service of the claim is incidental to one that the claim does not have".to_owned()
}
