use crate::kinds::ServiceKind;
use crate::model::modifier_groups::{COMPONENTS, PROFESSIONAL, TECHNICAL};
use crate::reference::{PcTc, PolicyIndicators, StatusCode, Table};
use crate::rule::prelude::*;

crate::rule! {
    /// # What it checks
    /// Modifier 26 on a code without a professional component, or TC on a code without a technical one.
    ///
    /// 26 goes with a PC/TC indicator of 1 or 6, TC with 1 only; the rows of status A, R, T and C are looked at. On a
    /// laboratory test of status X with indicator 9 the line is sent back.
    ///
    /// # Why
    /// Only diagnostic tests and radiology services divide into a professional and a technical component. On any other
    /// code the modifier asks for a part that the fee schedule does not have.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::{Claim, Evaluator};
    ///
    /// let evaluator = Evaluator::starter();
    /// let claim = Claim::from_shorthand("2024-08-06 @11: 64632-26")?;
    /// let found = evaluator.check(&claim).findings;
    /// assert_eq!(found[0].rule, "M010");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # What to do
    /// Bill the code without the modifier if the whole service was done; else the code that names the part.
    ///
    /// # Limits
    /// Whether the part was done, and by whom, is not looked at. A hospital's editor accepts 26 and TC on any code.
    pub static M010 = {
        name: "component-not-applicable",
        check: Check::Line(check),
        on: Trigger::Modifiers(&COMPONENTS),
        payers: Payers::Following(CmsEdits::PcTcIndicator),
        needs: &[Table::FeeSchedule],
        carc: Some("4"),
        sources: &[
            Citation::new("CMS, PFS Relative Value File documentation", "PC/TC indicator"),
            Citation::new("First Coast, tips to prevent reason code CO 4", "26 and TC on laboratory tests"),
        ],
        remedies: &[Remedy::display_only(
            "Bill the code without the component modifier if the whole service was done.",
        )],
        since: "0.1.0",
        message: message,
    };
}

fn check(line: &Line<'_>, found: &mut Found<'_>) {
    let Some(fee) = line.fee() else {
        return;
    };
    if line.is(ServiceKind::Laboratory) && is_laboratorys(&fee) {
        found.raise_as(Disposition::ReturnToProvider, line, None, 0);
        return;
    }
    if !fee.status.has_payment_policy() {
        return;
    }
    let professional = matches!(fee.pc_tc, PcTc::BothComponents | PcTc::LaboratoryInterpretation);
    let technical = fee.pc_tc == PcTc::BothComponents;
    if (line.has(PROFESSIONAL) && !professional) || (line.has(TECHNICAL) && !technical) {
        found.raise(line);
    }
}

/// Whether the laboratory fee schedule pays the code, which knows no components.
fn is_laboratorys(fee: &PolicyIndicators) -> bool {
    fee.status == StatusCode::NotPhysicianService && fee.pc_tc == PcTc::NotApplicable
}

fn message(raised: &Raised<'_>) -> String {
    let indicator = raised.line().and_then(Line::fee).map_or("", |fee| fee.pc_tc.text());
    format!(
        "modifier {} asks for a component that {} does not have: its PC/TC indicator is {indicator}",
        raised.modifier(&COMPONENTS),
        raised.code(),
    )
}
