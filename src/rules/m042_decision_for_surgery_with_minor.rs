use crate::evaluation::Reason;
use crate::modifier;
use crate::reference::{GlobalPeriod, Table};
use crate::rule::prelude::*;

crate::rule! {
    /// # What it checks
    /// Modifier 57 on a code with global days XXX, where the day's procedures have global days 000 or 010 and none has 090.
    ///
    /// The lines of the same provider and day are compared, whatever the status of their codes.
    ///
    /// # Why
    /// 57 says that the visit led to the decision for major surgery, one with a period of 90 days. The decision for a minor
    /// procedure on the same day is part of the procedure's payment.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::{Claim, Evaluator};
    ///
    /// let evaluator = Evaluator::starter();
    /// let claim = Claim::from_shorthand("2024-08-06 @11: 99213-57; 64632")?;
    /// let found = evaluator.check(&claim).findings;
    /// assert!(found.iter().any(|finding| finding.rule == "M042"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # What to do
    /// Take the visit off the claim, unless the record shows that it was significant and separate from the procedure: then
    /// 25, not 57, says so.
    ///
    /// # Limits
    /// 57 is also right on the day before major surgery: where the day has no procedure at all, nothing is raised. If a major
    /// procedure of the day, or of the day after, is on another claim, the finding is wrong. Where a code of the day
    /// is outside the loaded fee schedule, or a line over several days may hold the procedure that decides, the rule is not
    /// evaluated.
    pub static M042 = {
        name: "decision-for-surgery-with-minor",
        check: Check::LineInClaim(check),
        on: Trigger::Modifiers(&[modifier!("57")]),
        payers: Payers::Following(CmsEdits::GlobalDays),
        needs: &[Table::FeeSchedule],
        carc: Some("97"),
        sources: &[
            Citation::new("CMS, PFS Relative Value File documentation", "global days"),
            Citation::unverified("CMS, Medicare Claims Processing Manual", "chapter 12, section 40.2"),
        ],
        remedies: &[
            Remedy::display_only("Take the visit off the claim if it led to the procedure alone."),
            Remedy::needs_documentation(
                "Use 25 instead of 57, where the record shows a visit that was significant and separate from the procedure.",
            ),
        ],
        since: "0.1.0",
        message: message,
    };
}

fn check(line: &LineInClaim<'_>, found: &mut Found<'_>) {
    if global(line) != Some(GlobalPeriod::NotApplicable) || line.day().any(is_major) {
        return;
    }
    let mut all = line.day().chain(line.lines_over_days());
    if let Some(gap) = all.find_map(|other| other.gap(Table::FeeSchedule)) {
        found.not_evaluated(line, Reason::Table(gap));
        return;
    }
    let minor = line.day().filter(is_minor).min_by_key(|other| other.given().number);
    // A line over several days may hold a procedure of this day: it counts only where it would change the answer.
    let mut over_days = line.lines_over_days();
    let open = match minor {
        Some(_) => over_days.any(is_major),
        None => over_days.any(|other| is_minor(&other)),
    };
    match minor {
        _ if open => found.not_evaluated(line, Reason::OtherLineSeveralDays),
        Some(minor) => found.raise_beside(line, &minor),
        None => {}
    }
}

/// The global days where the fee schedule answers. For the lines of the day it may not, and still a line of 90 days decides.
fn global(line: &Line<'_>) -> Option<GlobalPeriod> {
    line.look_up_fee().found().map(|fee| fee.global)
}

fn is_major(line: Line<'_>) -> bool {
    global(&line) == Some(GlobalPeriod::Days90)
}

fn is_minor(line: &Line<'_>) -> bool {
    matches!(global(line), Some(GlobalPeriod::Days0 | GlobalPeriod::Days10))
}

fn message(raised: &Raised<'_>) -> String {
    let (number, days) = raised.other().map_or_else(Default::default, |other| {
        (other.given().number, global(other).map_or("", GlobalPeriod::text))
    });
    format!(
        "modifier 57 on {} is for the decision for surgery with global days 090, and the day has none: {} on line {number} \
         has {days}",
        raised.code(),
        raised.other_code(),
    )
}
