use crate::reference::Mai;
use crate::rule::prelude::*;

use super::equipment::{SUPPLIED, above_supplier_mue, raise_day_above_supplier_mue};

crate::rule! {
    /// # What it checks
    /// The units of an item on one day, over all its lines, against a supplier's MUE of adjudication indicator 2.
    ///
    /// # Why
    /// Such a value follows from a statute, a policy or the item's own meaning: a contractor may not pay more. All lines of the
    /// item are denied.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::{Claim, Evaluator};
    ///
    /// let evaluator = Evaluator::starter();
    /// let claim = Claim::from_shorthand("supplier 2026-05-05 @12: K0001-RR x2")?;
    /// let found = evaluator.check(&claim).findings;
    /// assert!(found.iter().any(|finding| finding.rule == "U402"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # What to do
    /// Correct the units.
    ///
    /// # Limits
    /// Equipment, supplies and drugs are looked at: on the claim of a supplier (`biller` supplier), and on a practitioner's or
    /// a surgical centre's for items that the DMEPOS fee schedule gives to the contractors for equipment. Where that schedule
    /// does not answer, the units of such a line are held against the practitioner's MUE alone. Some values are confidential:
    /// an item that the table does not list is not held against one.
    pub static U402 = {
        name: "supplier-units-above-mue-day-policy",
        check: Check::CodeDay(|day, found| raise_day_above_supplier_mue(day, Mai::DayPolicy, found)),
        on: Trigger::Kinds(SUPPLIED),
        payers: Payers::Following(CmsEdits::Mue),
        carc: Some("151"),
        sources: &[Citation::new("CMS, NCCI Medically Unlikely Edits, DME supplier services", "adjudication indicator 2")],
        remedies: &[Remedy::display_only("Correct the units.")],
        since: "0.1.0",
        message: above_supplier_mue,
    };
}
