use crate::model::modifier_groups::OFF_CAMPUS;
use crate::model::{Modifier, ServiceDate};
use crate::modifier;
use crate::rule::prelude::*;

crate::rule! {
    /// # What it checks
    /// Modifier PO, PN or ER on a bill other than a hospital's for outpatients (013x), or before its first day.
    ///
    /// The first days are 2015-01-01 for PO, 2017-01-01 for PN and 2019-01-01 for ER.
    ///
    /// # Why
    /// The three tell by which part of the outpatient prospective payment system a department away from the
    /// hospital is paid. A bill outside that system has no use for them.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::{Claim, Evaluator};
    ///
    /// let evaluator = Evaluator::starter();
    /// let claim = Claim::from_shorthand("tob=851 2024-08-06: 64632-PO rev=0360")?;
    /// let found = evaluator.check(&claim).findings;
    /// assert!(found.iter().any(|finding| finding.rule == "S301" && finding.line == Some(1)));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # What to do
    /// Leave the modifier out, or correct the type of bill or the date.
    ///
    /// # Limits
    /// Advice only: the sources' text was not read for this rule. Whether the department is where the modifier says
    /// is not known; a modifier that is missing is not seen. Two of them on one line are M202's.
    pub static S301 = {
        name: "off-campus-modifier-out-of-place",
        check: Check::Line(check),
        on: Trigger::Modifiers(&OFF_CAMPUS),
        form: FormKind::Institutional,
        bills: Bills::Every,
        about_site: true,
        boundaries: &[PO_BEGINS, PN_BEGINS, ER_BEGINS],
        disposition: Disposition::Advisory,
        sources: &[
            Citation::unverified("CMS, Medicare Claims Processing Manual", "chapter 4, section 20.6: PO, PN and ER"),
            Citation::unverified("CMS, Hospital Outpatient Prospective Payment final rules", "2015 (PO), 2017 (PN), 2019 (ER)"),
        ],
        remedies: &[Remedy::display_only("Leave the modifier out, or correct the type of bill or the date.")],
        since: "0.1.0",
        message: message,
    };
}

const PO_BEGINS: ServiceDate = crate::date!(2015, 1, 1);
const PN_BEGINS: ServiceDate = crate::date!(2017, 1, 1);
const ER_BEGINS: ServiceDate = crate::date!(2019, 1, 1);

const FIRST_DAYS: [(Modifier, ServiceDate); 3] = [
    (modifier!("PO"), PO_BEGINS),
    (modifier!("PN"), PN_BEGINS),
    (modifier!("ER"), ER_BEGINS),
];

fn has_the_bill(line: &Line<'_>) -> bool {
    let form = line.header().form().as_institutional();
    form.is_some_and(|form| form.bill_type.is_hospital_outpatient())
}

fn is_out_of_place(modifier: Modifier, line: &Line<'_>) -> bool {
    FIRST_DAYS
        .iter()
        .any(|&(one, first)| one == modifier && (line.date() < first || !has_the_bill(line)))
}

fn check(line: &Line<'_>, found: &mut Found<'_>) {
    if line.modifiers().iter().any(|modifier| is_out_of_place(modifier, line)) {
        found.raise(line);
    }
}

fn message(raised: &Raised<'_>) -> String {
    let Some(line) = raised.line() else {
        return String::new();
    };
    let modifiers = raised.modifiers(|modifier| is_out_of_place(modifier, line));
    if has_the_bill(line) {
        format!(
            "{} carries {modifiers} on {}, before its first day",
            raised.code(),
            line.date()
        )
    } else {
        format!(
            "{} carries {modifiers}, which only a hospital's outpatient bill (013x) has use for",
            raised.code()
        )
    }
}
