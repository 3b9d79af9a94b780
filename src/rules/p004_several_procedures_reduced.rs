use crate::evaluation::Reason;
use crate::model::{Measure, Units};
use crate::policy::{MultipleProcedures, Policy, Ranking};
use crate::reference::{MultipleProcedure, Table};
use crate::rule::prelude::*;

crate::rule! {
    /// # What it checks
    /// Two or more procedures of one provider and day, of multiple procedure indicator 2 or 3, where the payer pays less
    /// for the second and further ones. The first of them on the claim is reported; so is one line of several units, if the
    /// payer counts them as further procedures.
    ///
    /// # Why
    /// Work and supplies overlap between procedures of one session. What is paid less, and by what the procedures are
    /// put in order, differs by payer.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::{Claim, Evaluator};
    ///
    /// let evaluator = Evaluator::starter();
    /// let claim = Claim::from_shorthand("cigna+commercial 2024-08-06 @11: 64640-RT; 64632-RT")?;
    /// let found = evaluator.check(&claim).findings;
    /// assert!(found.iter().any(|finding| finding.rule == "P004"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # What to do
    /// Expect the lower amounts. The order of the lines does not matter to a payer that ranks them itself.
    ///
    /// # Limits
    /// An advisory: nothing is wrong with the claim. Which procedure counts as the first is not said, as the payer's
    /// amounts are not known. Families of endoscopies are not distinguished. A policy that is announced, known at second
    /// hand or not verified only advises, and the rule is then not evaluated.
    pub static P004 = {
        name: "several-procedures-reduced",
        check: Check::LineInClaim(check),
        payers: Payers::Policy(Topic::MultipleProcedures),
        needs: &[Table::FeeSchedule],
        disposition: Disposition::Advisory,
        sources: &[Citation::new("payers' policies (docs/payers.md)", "several procedures of one day")],
        remedies: &[Remedy::display_only("Expect the lower amounts.")],
        since: "0.1.0",
        message: message,
    };
}

fn check(line: &LineInClaim<'_>, found: &mut Found<'_>) {
    if !is_reduced(line) {
        return;
    }
    let number = line.given().number;
    let mut reduced = line.day().filter(is_reduced);
    if reduced.any(|other| other.given().number < number) {
        return;
    }
    let next = line
        .day()
        .filter(|other| is_reduced(other) && other.given().number > number);
    if let Some(next) = next.min_by_key(|other| other.given().number) {
        found.raise_beside(line, &next);
    } else if several(found.policy()).is_some_and(|several| several.units) {
        check_units(line, found);
    }
}

/// One line, for a payer to whom its further units are further procedures.
fn check_units(line: &Line<'_>, found: &mut Found<'_>) {
    if line.given().measure != Measure::Units {
        found.not_evaluated(line, Reason::NotInUnits);
    } else if line.units() > Units::ONE {
        found.raise(line);
    }
}

fn several(policy: Option<&Policy>) -> Option<&MultipleProcedures> {
    policy.and_then(|policy| policy.says.multiple_procedures.as_ref())
}

fn is_reduced(line: &Line<'_>) -> bool {
    let multiple = line.fee().map(|fee| fee.multiple);
    matches!(
        multiple,
        Some(MultipleProcedure::Standard | MultipleProcedure::Endoscopy)
    )
}

fn message(raised: &Raised<'_>) -> String {
    let several = several(raised.policy());
    let percents: Vec<_> = several
        .map_or(&[][..], |several| &several.percents)
        .iter()
        .map(ToString::to_string)
        .collect();
    let ranked = match several.and_then(|several| several.ranking) {
        Some(Ranking::Allowance) => ", ranked by its allowed amount",
        Some(Ranking::Rvu) => ", ranked by relative value units",
        Some(Ranking::FacilityRvu) => ", ranked by relative value units at a facility",
        Some(Ranking::Charge) => ", ranked by the charge",
        _ => "",
    };
    let paid = if percents.is_empty() {
        "less for all but the first".to_owned()
    } else {
        format!("{} percent, the last for all that follow", percents.join(", "))
    };
    let (code, payer) = (raised.code(), raised.payer());
    if raised.other().is_none() {
        let units = raised.line().map_or(Units::ONE, Line::units);
        return format!("{code} is billed with units {units}: {payer} pays {paid}, units counted each");
    }
    let wants = if several.is_some_and(|several| several.modifier_51) {
        ", and wants modifier 51 on all but the first"
    } else {
        ""
    };
    format!(
        "{code} and {} are of one day: {payer} pays {paid}{ranked}{wants}",
        raised.other_code()
    )
}
