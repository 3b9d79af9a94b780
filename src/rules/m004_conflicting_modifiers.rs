use crate::evaluation::Reason;
use crate::model::{Modifier, PayerName};
use crate::modifiers::Companion;
use crate::rule::prelude::*;

crate::rule! {
    /// # What it checks
    /// Two modifiers on one line that exclude each other.
    ///
    /// The table of modifiers says which do not go together. For every payer: 26 with TC; two of 54, 55 and 56; 59 with XE,
    /// XP, XS or XU, or two of these; 76 with 77; two of 80, 81, 82 and AS; two of 62, 66 and 80; two of 53, 73 and 74; two of
    /// AA, AD, QK, QX, QY and QZ. For Medicare also: 50 with LT, RT or 78; two of PO, PN and ER; two of CT, FX and FY; GZ with
    /// GA or GY; AT with GA or GZ; two of EA, EB and EC; two of UN, UP, UQ, UR and US. Of many others only the field knows:
    /// there the rule advises, and stays not evaluated.
    ///
    /// The first four modifiers of the line are looked at.
    ///
    /// # Why
    /// Each pair says two things that cannot both be so, or one thing twice over: a part of the service and the other part,
    /// the same clinician and another one, both sides and one side.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::{Claim, Evaluator};
    ///
    /// let evaluator = Evaluator::starter();
    /// let claim = Claim::from_shorthand("2024-08-06 @11: 64632-50-LT")?;
    /// let found = evaluator.check(&claim).findings;
    /// assert_eq!(found[0].rule, "M004");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # What to do
    /// Keep the modifier that says what was done. Where both components were done, bill the code without 26 and TC; where one
    /// provider gave all the care of an operation, without 54, 55 and 56.
    ///
    /// # Limits
    /// RT with LT on one line is not a conflict here: payers read it differently. For a payer other than Medicare the pairs
    /// that are Medicare's are not evaluated. CMS's outpatient editor refuses only those of PO, PN and ER, and of CT, FX
    /// and FY (edit 102).
    pub static M004 = {
        name: "conflicting-modifiers",
        check: Check::Line(check),
        on: Trigger::SeveralModifiers,
        asc: OnAscClaim::Applies,
        payers: Payers::All,
        carc: Some("4"),
        sources: &[
            Citation::new("CMS, I/OCE", "modifier conflict table, edit 102"),
            Citation::new("CMS, PFS Relative Value File documentation", "PC/TC indicator"),
            Citation::new("CMS, MLN SE1422", "bilateral surgery: one line, modifier 50, one unit"),
            Citation::unverified(
                "CMS, Proper Use of Modifiers 59, XE, XP, XS and XU",
                "the four are used instead of 59",
            ),
            Citation::unverified("CMS, Medicare Claims Processing Manual", "chapter 12, sections 20.4.3, 40.2 and 40.8"),
            Citation::unverified("CMS, Medicare Claims Processing Manual", "chapter 30, section 50"),
            Citation::new("CGS, CPT modifier 50 (2013-08-06)", "50 with 78"),
            Citation::new("Palmetto GBA, chiropractic claims with both AT and GA to reject", "AT with GA"),
            Citation::new("Table of modifiers of this library", "the modifier's row, which names its source"),
        ],
        remedies: &[
            Remedy::safe("Beside 50, leave out LT or RT: 50 already says both sides."),
            Remedy::display_only("In any other pair, keep the modifier that says what was done and leave out the other."),
        ],
        since: "0.1.0",
        message: message,
    };
}

/// Calls `visit` for each two modifiers of the line that do not go together, with what the first one's row says of the other.
fn conflicts(line: &Line<'_>, visit: &mut impl FnMut(Modifier, Companion)) {
    let modifiers = line.modifiers();
    for (place, first) in modifiers.iter().enumerate() {
        let excludes = line.row_of(first).map_or(&[][..], |row| &row.excludes);
        for excluded in excludes {
            let mut after = modifiers.iter().skip(place + 1);
            if after.any(|other| other == excluded.modifier) && !is_of_ambulance(line, [first, excluded.modifier]) {
                visit(first, *excluded);
            }
        }
    }
}

/// Whether one of two modifiers says where an ambulance's trip begins and ends: it excludes nothing there.
fn is_of_ambulance(line: &Line<'_>, modifiers: [Modifier; 2]) -> bool {
    modifiers.iter().any(|&modifier| line.is_ambulance_pair(modifier))
}

fn binds(line: &Line<'_>, excluded: Companion) -> bool {
    !excluded.is_medicares || line.header().payer().name == PayerName::Medicare
}

fn check(line: &Line<'_>, found: &mut Found<'_>) {
    let (mut stops, mut advises, mut open) = (false, None, false);
    conflicts(line, &mut |first, excluded| {
        if !binds(line, excluded) {
            open = true;
        } else if excluded.stops {
            stops = true;
        } else {
            advises = advises.or(Some(first));
        }
    });
    if stops {
        found.raise(line);
        return;
    }
    if let Some(modifier) = advises {
        found.raise_as(Disposition::Advisory, line, None, 0);
        found.not_evaluated(line, Reason::KnowledgeOnly(modifier));
    }
    if open {
        found.not_evaluated(line, Reason::NoPolicyKnown);
    }
}

fn message(raised: &Raised<'_>) -> String {
    let stops = raised.finding().disposition().stops();
    let mut said = Vec::new();
    if let Some(line) = raised.line() {
        let meaning = |modifier| line.row_of(modifier).map_or("", |row| &row.meaning);
        conflicts(line, &mut |first, excluded| {
            if binds(line, excluded) && excluded.stops == stops {
                let second = excluded.modifier;
                said.push(format!(
                    "{first} and {second} together ({}; {})",
                    meaning(first),
                    meaning(second)
                ));
            }
        });
    }
    format!("{} carries {}", raised.code(), said.join(", and "))
}
