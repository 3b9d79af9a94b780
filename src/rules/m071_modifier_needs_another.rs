use crate::evaluation::Reason;
use crate::model::{Modifier, PayerName};
use crate::modifiers::{Companion, ModifierEntry};
use crate::rule::prelude::*;

crate::rule! {
    /// # What it checks
    /// A modifier that says nothing without another one of the line, such as the month of a rental (KH, KI, KJ) without RR.
    ///
    /// The table of modifiers says which others a modifier needs. Where only the field knows it, the rule advises and the
    /// modifier stays not evaluated. Where a rule of its own asks for the other one (the therapy assistant's CQ and CO, QS
    /// and its like on anaesthesia), that rule speaks.
    ///
    /// # Why
    /// The modifier tells more of what the other one says. Alone, the payer cannot price the line.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::{Claim, Evaluator};
    ///
    /// let evaluator = Evaluator::starter();
    /// let claim = Claim::from_shorthand("2024-08-06 @12: E0601-KH")?;
    /// assert!(evaluator.check(&claim).findings.iter().any(|finding| finding.rule == "M071"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # What to do
    /// Add the other modifier if it says what was done; else take this one off.
    ///
    /// # Limits
    /// The first four modifiers of the line are looked at.
    pub static M071 = {
        name: "modifier-needs-another",
        check: Check::Line(check),
        on: Trigger::ModifierNeedsAnother,
        payers: Payers::All,
        disposition: Disposition::LineRejection,
        carc: Some("4"),
        sources: &[Citation::new("Table of modifiers of this library", "the modifier's row, which names its source")],
        remedies: &[Remedy::needs_documentation(
            "Add the modifier that this one goes with, if the record shows that it is right; else take this one off.",
        )],
        since: "0.1.0",
        message: message,
    };
}

fn check(line: &Line<'_>, found: &mut Found<'_>) {
    for modifier in line.modifiers().iter() {
        let Some(row) = line.row_of(modifier).filter(|row| lacks(row, line)) else {
            continue;
        };
        let detail = modifier.index() as u32;
        if row.needs.iter().all(|needed| needed.stops) {
            found.raise_with(line, detail);
        } else {
            found.raise_as(Disposition::Advisory, line, None, detail);
            found.not_evaluated(line, Reason::KnowledgeOnly(modifier));
        }
    }
}

/// Whether none of the modifiers that a row needs is on the line.
fn lacks(row: &ModifierEntry, line: &Line<'_>) -> bool {
    let is_medicare = line.header().payer().name == PayerName::Medicare;
    let binds = |needed: &Companion| is_medicare || !needed.is_medicares;
    row.judged_by.is_none()
        && row.needs.iter().any(binds)
        && !row.needs.iter().any(|needed| line.has(needed.modifier))
        && !line.is_ambulance_pair(row.modifier)
}

fn message(raised: &Raised<'_>) -> String {
    let row = raised
        .line()
        .zip(raised.raised_modifier())
        .and_then(|(line, modifier)| line.row_of(modifier));
    let Some(row) = row else { return String::new() };
    let needed: Vec<Modifier> = row.needs.iter().map(|needed| needed.modifier).collect();
    let needed: Vec<&str> = needed.iter().map(|modifier| modifier.as_str()).collect();
    format!(
        "{} carries {} ({}) without {}",
        raised.code(),
        row.modifier,
        row.meaning,
        needed.join(" or "),
    )
}
