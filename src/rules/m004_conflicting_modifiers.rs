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
const CONFLICTS: &[Conflict] = &[
    conflict!(All, "both components are the whole service, which has no modifier", "26" + "TC"),
    conflict!(Medicare, "50 already says both sides", "50" + "LT", "50" + "RT"),
    conflict!(
        All, "each leaves the other part of the surgical care to another provider",
        "54" + "55", "54" + "56", "55" + "56",
    ),
    conflict!(
        All, "a narrower modifier replaces 59",
        "59" + "XE", "59" + "XP", "59" + "XS", "59" + "XU",
    ),
    conflict!(
        All, "only one of XE, XP, XS and XU goes on a line",
        "XE" + "XP", "XE" + "XS", "XE" + "XU", "XP" + "XS", "XP" + "XU", "XS" + "XU",
    ),
    conflict!(All, "either the same clinician repeats a service or another one does", "76" + "77"),
    conflict!(
        All, "an assistant at surgery has only one role",
        "80" + "81", "80" + "82", "80" + "AS", "81" + "82", "81" + "AS", "82" + "AS",
    ),
    conflict!(
        All, "a surgeon has only one role in an operation",
        "62" + "66", "62" + "80", "66" + "80",
    ),
    conflict!(All, "a procedure is stopped either before anaesthesia or after it", "73" + "74"),
    conflict!(
        All, "53 is the clinician's modifier for a stopped procedure, 73 and 74 are the facility's",
        "53" + "73", "53" + "74",
    ),
    conflict!(
        Medicare, "a department of a hospital is of only one of these kinds",
        "PO" + "PN", "PO" + "ER", "PN" + "ER",
    ),
    conflict!(
        Medicare, "imaging equipment is of only one of these kinds",
        "CT" + "FX", "CT" + "FY", "FX" + "FY",
    ),
    conflict!(Medicare, "a notice of liability either is on file or is not", "GA" + "GZ"),
];

impl Conflict {
    fn is_on(&self, line: &Line<'_>) -> bool {
        self.pairs
            .iter()
            .any(|&(first, second)| line.has(first) && line.has(second))
    }

    /// Whether a modifier of the line is in one of the pairs that the line carries.
    fn is_about(&self, modifier: Modifier, line: &Line<'_>) -> bool {
        self.pairs
            .iter()
            .any(|&(first, second)| (first == modifier && line.has(second)) || (second == modifier && line.has(first)))
    }

    fn binds(&self, line: &Line<'_>) -> bool {
        self.whose == Payers::All || line.header().payer().name == PayerName::Medicare
    }
}

/// What a modifier is among the conflicts: a bit of its own, and the bits of those that it does not go with. Both are empty
/// where no pair names it.
#[derive(Clone, Copy)]
struct Bits {
    own: u64,
    against: u64,
}

/// The bits of every modifier, by its number: most lines have no conflict, and this tells so without looking at the pairs.
#[allow(clippy::indexing_slicing, reason = "evaluated when compiled")]
static BITS: [Bits; Modifier::COUNT] = {
    let mut bits = [Bits { own: 0, against: 0 }; Modifier::COUNT];
    let mut named = 0;
    let mut at = 0;
    while at < CONFLICTS.len() {
        let mut pair = 0;
        while pair < CONFLICTS[at].pairs.len() {
            let (first, second) = CONFLICTS[at].pairs[pair];
            let (first, second) = (first.index(), second.index());
            if bits[first].own == 0 {
                bits[first].own = 1 << named;
                named += 1;
            }
            if bits[second].own == 0 {
                bits[second].own = 1 << named;
                named += 1;
            }
            bits[first].against |= bits[second].own;
            bits[second].against |= bits[first].own;
            pair += 1;
        }
        at += 1;
    }
    bits
};

fn has_conflict(line: &Line<'_>) -> bool {
    let (mut own, mut against) = (0, 0);
    for bits in line
        .modifiers()
        .iter()
        .filter_map(|modifier| BITS.get(modifier.index()))
    {
        own |= bits.own;
        against |= bits.against;
    }
    own & against != 0
}

fn check(line: &Line<'_>, found: &mut Found<'_>) {
    if !has_conflict(line) {
        return;
    }
    let mut open = false;
    for conflict in CONFLICTS.iter().filter(|conflict| conflict.is_on(line)) {
        if conflict.binds(line) {
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
    let mut conflicts = Vec::new();
    if let Some(line) = raised.line() {
        for conflict in CONFLICTS
            .iter()
            .filter(|conflict| conflict.is_on(line) && conflict.binds(line))
        {
            let modifiers = raised.modifiers(|modifier| conflict.is_about(modifier, line));
            conflicts.push(format!("{modifiers} together ({})", conflict.why));
        }
    }
    format!("{} carries {}", raised.code(), conflicts.join(", and "))
}
