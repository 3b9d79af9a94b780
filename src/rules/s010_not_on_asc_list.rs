use crate::reference::{Addendum, Table};
use crate::rule::prelude::*;

crate::rule! {
    /// # What it checks
    /// An ambulatory surgical centre's own claim for a code that addendum EE excludes, or that neither addendum AA nor BB
    /// lists.
    ///
    /// # Why
    /// Medicare pays the centre for the procedures of addendum AA and the ancillary services of addendum BB, and for
    /// nothing else. Addendum EE names procedures that it has excluded.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::{Claim, Evaluator};
    ///
    /// let evaluator = Evaluator::starter();
    /// let claim = Claim::from_shorthand("asc 2024-08-06 @24: 64999")?;
    /// let found = evaluator.check(&claim).findings;
    /// assert_eq!(found[0].rule, "S010");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # What to do
    /// Compare the code with the record. A procedure that is not on the list belongs in a hospital or an office, and before
    /// it is done.
    ///
    /// # Limits
    /// Whether a listed code is paid or packaged, and what its payment indicator asks for, is not looked at. The
    /// practitioner's own claim for work in the centre is not concerned.
    pub static S010 = {
        name: "not-on-asc-list",
        check: Check::Line(check),
        asc: OnAscClaim::Only,
        about_site: true,
        needs: &[Table::Asc],
        sources: &[Citation::new("CMS, ASC Approved HCPCS Codes and Payment Rates", "addenda AA, BB and EE")],
        remedies: &[Remedy::display_only(
            "Compare the code with the record: Medicare pays the centre for codes of addendum AA or BB only.",
        )],
        since: "0.1.0",
        message: message,
    };
}

fn check(line: &Line<'_>, found: &mut Found<'_>) {
    let (mut paid, mut excluded) = (false, false);
    for entry in line.asc_entries() {
        match entry.addendum {
            Addendum::Aa | Addendum::Bb => paid = true,
            Addendum::Ee => excluded = true,
        }
    }
    if excluded || !paid {
        found.raise(line);
    }
}

fn message(raised: &Raised<'_>) -> String {
    let code = raised.code();
    let excluded = raised
        .line()
        .is_some_and(|line| line.asc_entries().any(|entry| entry.addendum == Addendum::Ee));
    if excluded {
        format!("{code} is excluded from payment to ambulatory surgical centres: addendum EE lists it")
    } else {
        format!("{code} is not paid to ambulatory surgical centres: neither addendum AA nor addendum BB lists it")
    }
}
