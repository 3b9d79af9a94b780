use crate::evaluation::Reason;
use crate::model::{Modifier, PayerName};
use crate::modifier;
use crate::rule::prelude::*;

crate::rule! {
    /// # What it checks
    /// Two modifiers on one line that exclude each other.
    ///
    /// For every payer: 26 with TC; two of 54, 55 and 56; 59 with XE, XP, XS or XU, or two of these; 76 with 77; two of 80,
    /// 81, 82 and AS; two of 62, 66 and 80 (62 with 66, 62 with 80, 66 with 80); two of 53, 73 and 74. For Medicare also:
    /// 50 with LT or RT; two of PO, PN and ER; two of CT, FX and FY; GA with GZ.
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
    /// let found = evaluator.explain(&claim, &evaluator.evaluate(&claim)).findings;
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
        ],
        remedies: &[
            Remedy::safe("Beside 50, leave out LT or RT: 50 already says both sides."),
            Remedy::display_only("In any other pair, keep the modifier that says what was done and leave out the other."),
        ],
        since: "0.1.0",
        message: message,
    };
}

/// Pairs that exclude each other for one reason.
struct Conflict {
    whose: Payers,
    why: &'static str,
    pairs: &'static [(Modifier, Modifier)],
}

/// A [`Conflict`], its pairs written as they are read.
macro_rules! conflict {
    ($whose:ident, $why:literal, $($first:literal + $second:literal),+ $(,)?) => {
        Conflict {
            whose: Payers::$whose,
            why: $why,
            pairs: &[$((modifier!($first), modifier!($second))),+],
        }
    };
}

#[rustfmt::skip]
static CONFLICTS: &[Conflict] = &[
    conflict!(All, "both components are the whole service, which has no modifier", "26" + "TC"),
    conflict!(Medicare, "50 already says both sides", "50" + "LT", "50" + "RT"),
    conflict!(
        All, "each leaves the other part of the surgical care to another provider",
        "54" + "55", "54" + "56", "55" + "56",
    ),
    conflict!(
        All, "the narrower modifier is used instead of 59",
        "59" + "XE", "59" + "XP", "59" + "XS", "59" + "XU",
    ),
    conflict!(
        All, "one reason for a distinct service is given",
        "XE" + "XP", "XE" + "XS", "XE" + "XU", "XP" + "XS", "XP" + "XU", "XS" + "XU",
    ),
    conflict!(All, "a service is repeated by the same clinician or by another one", "76" + "77"),
    conflict!(
        All, "an assistant at surgery has one role",
        "80" + "81", "80" + "82", "80" + "AS", "81" + "82", "81" + "AS", "82" + "AS",
    ),
    conflict!(
        All, "one surgeon bills one role in an operation",
        "62" + "66", "62" + "80", "66" + "80",
    ),
    conflict!(All, "a facility stops a procedure before anaesthesia or after it", "73" + "74"),
    conflict!(
        All, "53 is the clinician's modifier for a stopped procedure, 73 and 74 are the facility's",
        "53" + "73", "53" + "74",
    ),
    conflict!(
        Medicare, "a department of a hospital is of one of these kinds",
        "PO" + "PN", "PO" + "ER", "PN" + "ER",
    ),
    conflict!(
        Medicare, "an image is taken with one of these kinds of equipment",
        "CT" + "FX", "CT" + "FY", "FX" + "FY",
    ),
    conflict!(Medicare, "a notice of liability is on file or it is not", "GA" + "GZ"),
];

/// The conflicts on a line, with the pair that each is about.
fn conflicts<'a>(line: &'a Line<'_>) -> impl Iterator<Item = (&'static Conflict, Modifier, Modifier)> + 'a {
    CONFLICTS
        .iter()
        .flat_map(|conflict| conflict.pairs.iter().map(move |&(first, second)| (conflict, first, second)))
        .filter(|&(_, first, second)| line.has(first) && line.has(second))
}

fn binds(conflict: &Conflict, line: &Line<'_>) -> bool {
    conflict.whose == Payers::All || line.claim().payer().name == PayerName::Medicare
}

fn check(line: &Line<'_>, found: &mut Found<'_>) {
    let mut open = false;
    for (conflict, _, _) in conflicts(line) {
        if binds(conflict, line) {
            found.raise(line);
            return;
        }
        open = true;
    }
    if open {
        found.not_evaluated(line, Reason::NoPolicyKnown);
    }
}

fn message(raised: &Raised<'_>) -> String {
    let pairs: Vec<String> = raised
        .line()
        .into_iter()
        .flat_map(|line| conflicts(line).filter(|(conflict, _, _)| binds(conflict, line)))
        .map(|(conflict, first, second)| format!("{first} with {second} ({})", conflict.why))
        .collect();
    format!("{} carries {}", raised.code(), pairs.join(", and "))
}
