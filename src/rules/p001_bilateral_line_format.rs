use crate::evaluation::Reason;
use crate::model::{Measure, Modifier, Units};
use crate::modifier;
use crate::policy::BilateralFormat;
use crate::reference::{Bilateral, Table};
use crate::rule::prelude::*;

crate::rule! {
    /// # What it checks
    /// A procedure done on both sides that is not billed as the payer takes it, on one line with modifier 50 or on two.
    ///
    /// The lines are of one code, day and provider, of bilateral indicator 1. With modifier 50, the units and whether
    /// another line stands beside it show the format; without, RT on one line and LT on another. Where the fee schedule
    /// does not answer for the code, a line with 50 is taken for such a procedure.
    ///
    /// # Why
    /// Payers differ: the line that one pays, another denies as a duplicate or pays for one side. BCBS North Dakota
    /// took two units with 50 until 2019-06-30 and takes one since.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::{Claim, Evaluator};
    ///
    /// let evaluator = Evaluator::starter();
    /// let claim = Claim::from_shorthand("bcbs/ND 2024-08-06 @11: 64632-50 x2")?;
    /// let found = evaluator.explain(&claim, &evaluator.evaluate(&claim)).findings;
    /// assert!(found.iter().any(|finding| finding.rule == "P001"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # What to do
    /// Bill both sides as the payer takes them, if the service was done once on each side.
    ///
    /// # Limits
    /// Only codes of bilateral indicator 1 are looked at; payers take indicator 3 in more ways than their pages say. A
    /// policy that is announced, known at second hand or not verified only advises, and the rule is then not evaluated.
    pub static P001 = {
        name: "bilateral-line-format",
        check: Check::CodeDay(check),
        on: Trigger::Modifiers(&[BOTH_SIDES, RIGHT, LEFT]),
        reads_day: true,
        payers: Payers::Policy(Topic::BilateralFormats),
        sources: &[Citation::new("payers' policies (docs/payers.md)", "bilateral line format")],
        remedies: &[Remedy::display_only(
            "Bill both sides as the payer takes them, if the service was done once on each side.",
        )],
        since: "0.1.0",
        message: message,
    };
}

const BOTH_SIDES: Modifier = modifier!("50");
const RIGHT: Modifier = modifier!("RT");
const LEFT: Modifier = modifier!("LT");

fn check(day: &CodeDay<'_>, found: &mut Found<'_>) {
    let Some(policy) = found.policy() else { return };
    let formats = &policy.says.bilateral_formats;
    let bilateral = day.first().and_then(|line| line.fee()).map(|fee| fee.bilateral);
    if bilateral.is_some_and(|bilateral| bilateral != Bilateral::Conditional) {
        return;
    }
    for line in day.lines() {
        if line.given().measure != Measure::Units {
            found.not_evaluated(&line, Reason::NotInUnits);
        } else if line.has(BOTH_SIDES) {
            check_both_sides(&line, day, formats, found);
        } else if let Some(opposite) = opposite(&line, day) {
            match line.gap(Table::FeeSchedule) {
                Some(gap) => found.not_evaluated(&line, Reason::Table(gap)),
                None if bilateral.is_none() || formats.contains(&BilateralFormat::RightAndLeftLines) => {}
                None if formats.contains(&BilateralFormat::RightAndLeftInTwoSessions) => {
                    found.raise_as(Disposition::Advisory, &line, Some(&opposite), 0);
                }
                None => found.raise_beside(&line, &opposite),
            }
        }
    }
}

fn check_both_sides(line: &Line<'_>, day: &CodeDay<'_>, formats: &[BilateralFormat], found: &mut Found<'_>) {
    let by_units = match line.units() {
        units if units == Units::ONE => Some(BilateralFormat::OneLineOneUnit),
        units if Some(units) == Units::whole(2) => Some(BilateralFormat::OneLineTwoUnits),
        _ => None,
    };
    let is_plain = |other: &Line<'_>| !other.has_any(&[BOTH_SIDES, RIGHT, LEFT]) && other.units() == Units::ONE;
    let is_second = line.units() == Units::ONE && day.lines().any(|other| is_plain(&other));
    let by_lines = is_second.then_some(BilateralFormat::FiftyOnSecondLine);
    if !by_units.iter().chain(&by_lines).any(|format| formats.contains(format)) {
        found.raise(line);
    }
}

/// The one side that a line names.
fn side(line: &Line<'_>) -> Option<Modifier> {
    match (line.has(RIGHT), line.has(LEFT)) {
        (true, false) => Some(RIGHT),
        (false, true) => Some(LEFT),
        _ => None,
    }
}

/// The first line of the other side.
fn opposite<'a>(line: &Line<'a>, day: &CodeDay<'a>) -> Option<Line<'a>> {
    let others = day.lines().filter(|other| !other.has(BOTH_SIDES));
    others
        .filter(|other| matches!((side(line), side(other)), (Some(one), Some(other)) if one != other))
        .min_by_key(|other| other.given().number)
}

fn words(format: BilateralFormat) -> &'static str {
    match format {
        BilateralFormat::OneLineOneUnit => "one line with modifier 50 and one unit",
        BilateralFormat::OneLineTwoUnits => "one line with modifier 50 and two units",
        BilateralFormat::FiftyOnSecondLine => "two lines of one unit, the second with modifier 50",
        BilateralFormat::RightAndLeftLines => "two lines of one unit, one with RT and one with LT",
        BilateralFormat::RightAndLeftInTwoSessions => {
            "two lines of one unit, one with RT and one with LT, if they were done in two sessions"
        }
    }
}

fn message(raised: &Raised<'_>) -> String {
    let formats = raised.policy().map_or(&[][..], |policy| &policy.says.bilateral_formats);
    let taken: Vec<_> = formats.iter().map(|&format| words(format)).collect();
    let billed = match (raised.line(), raised.other()) {
        (Some(line), Some(other)) => {
            let side = side(line).map_or_else(String::new, |side| side.to_string());
            format!("with {side} beside line {}", other.given().number)
        }
        (Some(line), None) => format!("with modifier 50 and units {}", line.units()),
        (None, _) => String::new(),
    };
    format!(
        "{} is billed {billed}: {} takes both sides as {}",
        raised.code(),
        raised.payer(),
        taken.join(", or as "),
    )
}
