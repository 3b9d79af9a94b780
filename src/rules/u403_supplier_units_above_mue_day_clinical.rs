use crate::reference::Mai;
use crate::rule::prelude::*;

use super::equipment::{SUPPLIED, above_supplier_mue, is_never_supplied, raise_day_above_supplier_mue};
use super::shared::ON_APPEAL;

crate::rule! {
    /// # What it checks
    /// The units of an item on one day, over all its lines, against a supplier's MUE of adjudication indicator 3.
    ///
    /// # Why
    /// Such a value is more than is needed as a rule. All lines of the item are denied; units beyond it are paid on appeal, if the
    /// record supports them.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::{Claim, Evaluator};
    ///
    /// let evaluator = Evaluator::starter();
    /// let claim = Claim::from_shorthand("supplier 2026-05-05 @12: E0601-RR x2")?;
    /// let found = evaluator.check(&claim).findings;
    /// assert!(found.iter().any(|finding| finding.rule == "U403"));
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
    pub static U403 = {
        name: "supplier-units-above-mue-day-clinical",
        check: Check::CodeDay(|day, found| raise_day_above_supplier_mue(day, Mai::DayClinical, found)),
        on: Trigger::Kinds(SUPPLIED),
        payers: Payers::Following(CmsEdits::Mue),
        carc: Some("151"),
        sources: &[Citation::new("CMS, NCCI Medically Unlikely Edits, DME supplier services", "adjudication indicator 3")],
        remedies: &[Remedy::display_only("Correct the units."), ON_APPEAL],
        fits: |raised, remedy| *remedy != ON_APPEAL || !is_never_supplied(raised),
        since: "0.1.0",
        message: above_supplier_mue,
    };
}
