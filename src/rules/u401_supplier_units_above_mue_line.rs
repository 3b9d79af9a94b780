use crate::rule::prelude::*;

use super::equipment::{SUPPLIED, above_supplier_mue, raise_line_above_supplier_mue};

crate::rule! {
    /// # What it checks
    /// One line's units of an item against a supplier's MUE of adjudication indicator 1.
    ///
    /// # Why
    /// Such a value is compared with each line alone; the whole line is denied if it is exceeded.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::reference::{Mai, MueRow, ReferenceBuilder, Release, Rows, Table};
    /// use cleanclaim::{Claim, Evaluator, code};
    ///
    /// let mut builder = ReferenceBuilder::new();
    /// builder.add(
    ///     Release::new(Table::DmeMue, "example", "2026-04-01..2026-06-30".parse()?, "made up"),
    ///     Rows::Mue(vec![MueRow { code: code!("E0601"), value: 1, mai: Mai::Line, rationale: "example".into() }]),
    /// )?;
    /// let evaluator = Evaluator::new(builder.build()?);
    /// let claim = Claim::from_shorthand("supplier 2026-05-05 @12: E0601-RR x2")?;
    /// let found = evaluator.check(&claim).findings;
    /// assert!(found.iter().any(|finding| finding.rule == "U401"));
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
    pub static U401 = {
        name: "supplier-units-above-mue-line",
        check: Check::Line(raise_line_above_supplier_mue),
        on: Trigger::Kinds(SUPPLIED),
        payers: Payers::Following(CmsEdits::Mue),
        carc: Some("151"),
        sources: &[Citation::new("CMS, NCCI Medically Unlikely Edits, DME supplier services", "adjudication indicator 1")],
        remedies: &[Remedy::display_only("Correct the units.")],
        since: "0.1.0",
        message: above_supplier_mue,
    };
}
