use crate::evaluation::Reason;
use crate::model::{Modifier, ModifierColumn, Percent};
use crate::policy::{ModifierPercent, PAYMENT_MODIFIERS, Policy};
use crate::reference::Table;
use crate::rule::prelude::*;

crate::rule! {
    /// # What it checks
    /// A modifier for which the payer states what it pays.
    ///
    /// Where it states that by the fee schedule's indicator (both sides at bilateral indicator 1, an assistant at
    /// indicator 2), only codes of that indicator are looked at: of others it states nothing.
    ///
    /// # Why
    /// What a payer pays for both sides, a reduced service, an assistant or a part of the care is its own: payers that
    /// follow the fee schedule's indicators still differ in the percentage.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::{Claim, Evaluator};
    ///
    /// let evaluator = Evaluator::starter();
    /// let claim = Claim::from_shorthand("bcbs/ND 2024-08-06 @11: 64632-52")?;
    /// let found = evaluator.check(&claim).findings;
    /// assert!(found.iter().any(|finding| finding.rule == "P005"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # What to do
    /// Expect that amount.
    ///
    /// # Limits
    /// An advisory: nothing is wrong with the claim. Whether the modifier may be used on the code is for
    /// another rule. Several such modifiers on one line are reported one by one. Where the payer uses an indicator and no fee
    /// schedule answers for the code, the rule is not evaluated; a code that the fee schedule does not list has none. A
    /// policy that is announced, known at second hand or not verified only advises, and the rule is then not evaluated.
    pub static P005 = {
        name: "modifier-changes-payment",
        check: Check::Line(check),
        on: Trigger::Modifiers(&PAYMENT_MODIFIERS),
        payers: Payers::Policy(Topic::ModifierPercents),
        disposition: Disposition::Advisory,
        sources: &[Citation::new("payers' policies (docs/payers.md)", "payment by modifier")],
        remedies: &[Remedy::display_only("Expect that amount.")],
        since: "0.1.0",
        message: message,
    };
}

fn check(line: &Line<'_>, found: &mut Found<'_>) {
    let (Some(stated), Some(code)) = (stated(found.policy(), found.modifier()), line.code()) else {
        return;
    };
    if stated.for_line(line).is_some() {
        found.raise_modifier(line);
    } else if stated.percent.asks_column(code) {
        if let Some(gap) = line.gap(Table::FeeSchedule) {
            found.not_evaluated(line, Reason::Table(gap));
        }
    }
}

/// What a policy states of a modifier.
struct Stated<'p> {
    modifier: Modifier,
    percent: &'p ModifierPercent,
}

fn stated<'p>(policy: Option<&'p Policy>, modifier: Option<Modifier>) -> Option<Stated<'p>> {
    let modifier = modifier?;
    let percent = policy?.says.modifier_percents.get(&modifier)?;
    Some(Stated { modifier, percent })
}

impl Stated<'_> {
    /// What the fee schedule prints for the line's code in the column that goes with the modifier.
    fn printed(&self, line: &Line<'_>) -> Option<(ModifierColumn, &'static str)> {
        let column = ModifierColumn::of(self.modifier)?;
        line.look_up_fee().found().map(|fee| (column, fee.printed(column)))
    }

    fn for_line(&self, line: &Line<'_>) -> Option<Percent> {
        let printed = self.printed(line).map(|(_, value)| value);
        self.percent.of(line.code()?, printed)
    }

    /// The indicator by which the percentage is chosen, where it is.
    fn because(&self, line: &Line<'_>) -> String {
        let printed = self.printed(line).filter(|_| {
            let code = line.code();
            code.is_some_and(|code| self.percent.asks_column(code))
        });
        printed.map_or_else(String::new, |(column, value)| {
            format!(", its {} being {value}", column.name())
        })
    }
}

fn message(raised: &Raised<'_>) -> String {
    let stated = stated(raised.policy(), raised.raised_modifier()).zip(raised.line());
    let Some((stated, line)) = stated else {
        return String::new();
    };
    format!(
        "{} pays {}-{} at {} percent of its amount{}",
        raised.payer(),
        raised.code(),
        stated.modifier,
        stated
            .for_line(line)
            .map_or_else(String::new, |percent| percent.to_string()),
        stated.because(line),
    )
}
