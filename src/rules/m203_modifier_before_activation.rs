use crate::model::Modifier;
use crate::reference::Table;
use crate::rule::prelude::*;

use super::hospital::raise_where;

crate::rule! {
    /// # What it checks
    /// A modifier on a line dated before the day from which the modifier may be used.
    ///
    /// Most modifiers begin with a version of the editor; a few begin inside a quarter, on a day that the version
    /// states.
    ///
    /// # Why
    /// Before that day the modifier had no meaning. The line is denied.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::model::DateRange;
    /// use cleanclaim::reference::{ModifierFlags, ModifierRow, ReferenceBuilder, Release, Rows, Table};
    /// use cleanclaim::{Claim, Evaluator, date, modifier};
    ///
    /// let days: DateRange = "2024-07-01..2024-09-30".parse()?;
    /// let row = ModifierRow {
    ///     modifier: modifier!("QA"),
    ///     in_force: days,
    ///     activated: Some(date!(2024, 8, 6)),
    ///     flags: ModifierFlags::default(),
    /// };
    /// let mut builder = ReferenceBuilder::new();
    /// builder.add(Release::new(Table::Modifiers, "example", days, "made up"), Rows::Modifiers(vec![row]))?;
    /// let evaluator = Evaluator::new(builder.build()?);
    /// let claim = Claim::from_shorthand("tob=131 2024-08-05: 64632-QA rev=0360")?;
    /// let found = evaluator.check(&claim).findings;
    /// assert!(found.iter().any(|finding| finding.rule == "M203"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # What to do
    /// Leave the modifier out.
    ///
    /// # Limits
    /// The first four modifiers of a line are looked at.
    pub static M203 = {
        name: "modifier-before-activation",
        check: Check::Line(|line, found| raise_where(holds, line, found)),
        on: Trigger::DatedModifier,
        form: FormKind::Institutional,
        order: Order::AfterSetAside,
        needs: &[Table::Modifiers],
        edit: Some(103),
        sources: &[
            Citation::new("CMS, I/OCE reference tables", "data_modifier, date_activated"),
            Citation::unverified("CMS, I/OCE specifications", "edit 103"),
        ],
        remedies: &[Remedy::display_only("Leave the modifier out.")],
        since: "0.1.0",
        message: message,
    };
}

pub(super) fn holds(line: &Line<'_>) -> bool {
    line.modifiers().iter().any(|modifier| is_too_early(modifier, line))
}

fn is_too_early(modifier: Modifier, line: &Line<'_>) -> bool {
    let activated = line.modifier_row(modifier).and_then(|row| row.activated);
    activated.is_some_and(|first| line.date() < first)
}

fn message(raised: &Raised<'_>) -> String {
    let (early, date) = raised.line().map_or_else(Default::default, |line| {
        let early = raised.modifiers(|modifier| is_too_early(modifier, line));
        (early, line.date().to_string())
    });
    format!("{} carries {early} on {date}, before it may be used", raised.code())
}
