use crate::evaluation::Reason;
use crate::model::modifier_groups::{
    BOTH_SIDES, DISTINCT, IN_GLOBAL_PERIOD, LEFT, REPEATED, RIGHT, SIDES, join, one_side,
};
use crate::model::{Measure, Modifier, Units};
use crate::policy::{BilateralFormat, DeniedFormat, Parameters};
use crate::reference::Table;
use crate::rule::prelude::*;

crate::rule! {
    /// # What it checks
    /// A procedure done on both sides that is not billed as the payer takes it, on one line with modifier 50 or on two.
    ///
    /// The lines are of one code, day and provider, of bilateral indicator 1, or of those that the policy names. With
    /// modifier 50, the units and any other line of the code show the format; without, RT on one line and LT
    /// on another, both on one line, or two units of a side. Where the fee schedule does not answer for the code, a line
    /// with 50 is taken for such a procedure.
    ///
    /// A format that the payer does not take is raised. Lines that may as well be two services of one side (a further
    /// line beside both sides, two units of a side) are raised where the payer says that it denies them, unless the
    /// further line says that it is another service; else they are an advisory.
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
    /// let found = evaluator.check(&claim).findings;
    /// assert!(found.iter().any(|finding| finding.rule == "P001"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # What to do
    /// Bill both sides as the payer takes them, if the service was done once on each side.
    ///
    /// # Limits
    /// Codes of bilateral indicator 3 are looked at only where the policy names it; payers take them in more ways than
    /// their pages say. Whether two lines are two services the record shows, not the claim. A policy that is announced, known at second hand or not verified only advises, and the rule is then not evaluated.
    pub static P001 = {
        name: "bilateral-line-format",
        check: Check::CodeDay(check),
        on: Trigger::Modifiers(&[BOTH_SIDES, RIGHT, LEFT]),
        asc: OnAscClaim::Applies,
        payers: Payers::Policy(Topic::BilateralFormats),
        sources: &[Citation::new("payers' policies (docs/payers.md)", "bilateral line format")],
        remedies: &[Remedy::display_only(
            "Bill both sides as the payer takes them, if the service was done once on each side.",
        )],
        since: "0.1.0",
        message: message,
    };
}

/// The modifiers by which a line says that it is another service than a line of the same code.
const ANOTHER_SERVICE: [Modifier; 10] = join(&[&IN_GLOBAL_PERIOD, &REPEATED, &DISTINCT]);

/// Kept with a finding on lines that may as well be two services of one side.
const MAY_BE_ANOTHER: u32 = 1;

fn check(day: &CodeDay<'_>, found: &mut Found<'_>) {
    let Some(says) = found.policy().map(|policy| &policy.says) else {
        return;
    };
    let bilateral = day
        .first()
        .and_then(|line| line.look_up_fee().found())
        .map(|fee| fee.bilateral);
    if bilateral.is_some_and(|bilateral| !says.takes_both_sides_at(bilateral.text())) {
        return;
    }
    for line in day.lines() {
        if line.given().measure != Measure::Units {
            found.not_evaluated(&line, Reason::NotInUnits);
        } else if line.has(BOTH_SIDES) {
            check_with_fifty(&line, day, says, found);
        } else if let Some(billed) = WithoutFifty::of(&line, day) {
            match line.gap(Table::FeeSchedule) {
                Some(gap) => found.not_evaluated(&line, Reason::Table(gap)),
                None if bilateral.is_none() => {}
                None => billed.check(&line, says, found),
            }
        }
    }
}

fn check_with_fifty(line: &Line<'_>, day: &CodeDay<'_>, says: &Parameters, found: &mut Found<'_>) {
    let takes = |format| says.bilateral_formats.contains(&format);
    let is_plain = |other: &Line<'_>| !other.has_any(&[BOTH_SIDES, RIGHT, LEFT]) && other.units() == Units::ONE;
    let is_second = line.units() == Units::ONE && day.lines().any(|other| is_plain(&other));
    if is_second && takes(BilateralFormat::FiftyOnSecondLine) {
        return;
    }
    if !by_units(line.units()).is_some_and(takes) {
        found.raise(line);
    } else if says.bilateral_denied.contains(&DeniedFormat::TwoLines) {
        check_further_line(line, day, found);
    } else if let Some(other) = first(others(line, day).filter(|other| is_plain(other) && !are_distinct(line, other))) {
        found.raise_as(Disposition::Advisory, line, Some(&other), MAY_BE_ANOTHER);
    }
}

/// The format of a line with modifier 50, by its units.
fn by_units(units: Units) -> Option<BilateralFormat> {
    match units {
        units if units == Units::ONE => Some(BilateralFormat::OneLineOneUnit),
        units if Some(units) == Units::whole(2) => Some(BilateralFormat::OneLineTwoUnits),
        _ => None,
    }
}

/// Where both sides stand on one line as the payer takes them, and it denies two lines: a further line of the code.
fn check_further_line(line: &Line<'_>, day: &CodeDay<'_>, found: &mut Found<'_>) {
    let is_second_side = |other: &Line<'_>| !other.has(BOTH_SIDES) && !are_distinct(line, other);
    if let Some(other) = first(others(line, day).filter(is_second_side)) {
        found.raise_beside(line, &other);
    } else if let Some(other) = first(others(line, day)) {
        found.raise_as(Disposition::Advisory, line, Some(&other), MAY_BE_ANOTHER);
    }
}

fn others<'a>(line: &Line<'a>, day: &CodeDay<'a>) -> impl Iterator<Item = Line<'a>> {
    let position = line.position();
    day.lines().filter(move |other| other.position() != position)
}

fn first<'a>(lines: impl Iterator<Item = Line<'a>>) -> Option<Line<'a>> {
    lines.min_by_key(|line| line.given().number)
}

fn are_distinct(one: &Line<'_>, two: &Line<'_>) -> bool {
    one.has_any(&ANOTHER_SERVICE) || two.has_any(&ANOTHER_SERVICE)
}

/// Both sides, or perhaps both, on lines without modifier 50.
enum WithoutFifty<'a> {
    /// One line with RT and LT.
    BothOnOneLine,
    /// A line of the other side beside this one.
    Opposite(Line<'a>),
    /// Two units of one side: the second may be meant as the other side.
    TwoUnitsOfASide,
}

impl<'a> WithoutFifty<'a> {
    fn of(line: &Line<'a>, day: &CodeDay<'a>) -> Option<Self> {
        if line.has(RIGHT) && line.has(LEFT) {
            return Some(Self::BothOnOneLine);
        }
        let of_other_side = |other: &Line<'_>| {
            !other.has(BOTH_SIDES) && matches!((side(line), side(other)), (Some(one), Some(other)) if one != other)
        };
        let opposite = first(day.lines().filter(of_other_side)).map(Self::Opposite);
        let of_a_side = side(line).is_some() && is_two(line.units());
        opposite.or(of_a_side.then_some(Self::TwoUnitsOfASide))
    }

    fn check(&self, line: &Line<'_>, says: &Parameters, found: &mut Found<'_>) {
        let takes = |format| says.bilateral_formats.contains(&format);
        let two_lines = takes(BilateralFormat::RightAndLeftLines) || takes(BilateralFormat::TwoLinesWithoutFifty);
        let two_units = is_two(line.units()) && takes(BilateralFormat::TwoUnitsWithoutFifty);
        match self {
            Self::BothOnOneLine | Self::TwoUnitsOfASide if two_units => {}
            Self::Opposite(_) if two_lines => {}
            Self::Opposite(other) if takes(BilateralFormat::RightAndLeftInTwoSessions) => {
                found.raise_as(Disposition::Advisory, line, Some(other), 0);
            }
            Self::Opposite(other) => found.raise_beside(line, other),
            Self::TwoUnitsOfASide if !says.bilateral_denied.contains(&DeniedFormat::TwoUnitsWithASide) => {
                found.raise_as(Disposition::Advisory, line, None, MAY_BE_ANOTHER);
            }
            Self::BothOnOneLine | Self::TwoUnitsOfASide => found.raise(line),
        }
    }
}

fn is_two(units: Units) -> bool {
    Some(units) == Units::whole(2)
}

/// The one side that a line names.
fn side(line: &Line<'_>) -> Option<Modifier> {
    one_side(line.modifiers())
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
        BilateralFormat::TwoLinesWithoutFifty => "two lines of one unit, without modifier 50",
        BilateralFormat::TwoUnitsWithoutFifty => "one line of two units, without modifier 50",
    }
}

/// How the line is billed.
fn billed(line: &Line<'_>, other: Option<&Line<'_>>) -> String {
    let sides: Vec<&str> = SIDES
        .iter()
        .filter(|&&side| line.has(side))
        .map(|side| side.as_str())
        .collect();
    let with = if line.has(BOTH_SIDES) {
        "modifier 50".to_owned()
    } else {
        sides.join(" and ")
    };
    match other {
        Some(other) if line.has(BOTH_SIDES) => {
            format!(
                "with {with} and units {} beside line {}",
                line.units(),
                other.given().number
            )
        }
        Some(other) => format!("with {with} beside line {}", other.given().number),
        None => format!("with {with} and units {}", line.units()),
    }
}

fn message(raised: &Raised<'_>) -> String {
    let formats = raised.policy().map_or(&[][..], |policy| &policy.says.bilateral_formats);
    let taken: Vec<_> = formats.iter().map(|&format| words(format)).collect();
    let billed = raised.line().map(|line| billed(line, raised.other()));
    let but = match (raised.finding().detail(), raised.other()) {
        (MAY_BE_ANOTHER, Some(other)) => format!("; line {} may be another service", other.given().number),
        (MAY_BE_ANOTHER, None) => "; they may be two services of one side".to_owned(),
        _ => String::new(),
    };
    format!(
        "{} is billed {}: {} takes both sides as {}{but}",
        raised.code(),
        billed.unwrap_or_default(),
        raised.payer(),
        taken.join(", or as "),
    )
}
