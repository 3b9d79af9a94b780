use crate::evaluation::Reason;
use crate::kinds::ServiceKind;
use crate::model::Modifier;
use crate::modifiers::{ModifierEntry, Refusal};
use crate::rule::prelude::*;

crate::rule! {
    /// # What it checks
    /// A modifier on a kind of service that it is not for.
    ///
    /// The table of modifiers says for each what it may stand on: AA on anaesthesia, TA on toes, GP on therapy. Where a source
    /// says that Medicare refuses the modifier on the service, the line is stopped. Where that it does not belong is known
    /// from the field only, the rule advises and the modifier stays not evaluated; so does one that no row is about, one on
    /// a code whose kind of service is not known, and one that Medicare makes no use of. On an ambulance's service the hundred
    /// pairs of origin and destination may stand.
    ///
    /// # Why
    /// A modifier that says nothing of the service is an error, or the right modifier on the wrong line. A line is only clean
    /// where something judged each of its modifiers.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::{Claim, Evaluator, Verdict};
    ///
    /// let evaluator = Evaluator::starter();
    /// let claim = Claim::from_shorthand("2024-08-06 @11: 64632-AA")?;
    /// let answer = evaluator.check(&claim);
    /// assert_eq!(answer.verdict, Verdict::Incomplete);
    /// assert_eq!(answer.findings[0].rule, "M070");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # What to do
    /// Take the modifier off, or put it on the line of the service that it speaks of.
    ///
    /// # Limits
    /// Whether what the modifier says was done is not looked at. Which codes are of a toe, a finger, an eyelid or a coronary
    /// artery is known by their numbers only, so that the rule advises there. Modifiers that an indicator of the fee schedule
    /// decides on (26, 50, 80 and their like) are left to the rules of that indicator where the fee schedule lists the code.
    pub static M070 = {
        name: "modifier-not-for-this-service",
        check: Check::Line(check),
        on: Trigger::ModifierInDoubt,
        asc: OnAscClaim::Applies,
        payers: Payers::All,
        disposition: Disposition::LineRejection,
        carc: Some("4"),
        sources: &[
            Citation::new("First Coast Service Options, tips to prevent reason code CO 4", "modifier inconsistent with the procedure"),
            Citation::new("Table of modifiers of this library", "the modifier's row, which names its source"),
        ],
        remedies: &[Remedy::display_only(
            "Take the modifier off, or put it on the line of the service that it speaks of.",
        )],
        since: "0.1.0",
        message: message,
    };
}

fn check(line: &Line<'_>, found: &mut Found<'_>) {
    for modifier in line.modifiers().iter() {
        let detail = modifier.index() as u32;
        match line.standing_of(modifier) {
            ModifierStanding::Fits | ModifierStanding::JudgedByRule => {}
            ModifierStanding::Refused(refusal) => {
                let disposition = match refusal {
                    Refusal::Denied => Disposition::LineDenial,
                    Refusal::Returned => Disposition::LineRejection,
                };
                found.raise_as(disposition, line, None, detail);
            }
            ModifierStanding::OutOfPlace | ModifierStanding::NotUsed | ModifierStanding::OutOfDays => {
                found.raise_as(Disposition::Advisory, line, None, detail);
                found.not_evaluated(line, Reason::KnowledgeOnly(modifier));
            }
            ModifierStanding::KindNotKnown => found.not_evaluated(line, Reason::KindNotKnown(modifier)),
            // One that the table of the editor does not list either is the matter of the rule of unknown modifiers.
            ModifierStanding::NoRow if line.is_unknown(modifier) => {}
            ModifierStanding::NoRow => found.not_evaluated(line, Reason::NothingSpeaksOf(modifier)),
        }
    }
}

fn message(raised: &Raised<'_>) -> String {
    let Some((line, modifier)) = raised.line().zip(raised.raised_modifier()) else {
        return String::new();
    };
    let Some(row) = line.row_of(modifier) else {
        return format!("{} carries {modifier}, about which nothing is known", raised.code());
    };
    format!(
        "{} carries {modifier} ({}), {}",
        raised.code(),
        row.meaning,
        why(line, modifier, row)
    )
}

fn why(line: &Line<'_>, modifier: Modifier, row: &ModifierEntry) -> String {
    match line.standing_of(modifier) {
        ModifierStanding::NotUsed => "which Medicare does not use".to_owned(),
        ModifierStanding::OutOfDays => {
            let (first, last) = (row.in_force.first(), row.in_force.last());
            if line.date() < first {
                format!("which came into use on {first}")
            } else {
                format!("whose use ended on {last}")
            }
        }
        _ if !row.fits(line.kinds()) => format!(
            "which is for {}; {} is {}",
            row.stands_on_words(),
            line.code().map(|code| code.to_string()).unwrap_or_default(),
            kinds_in_words(line),
        ),
        _ => "which is not for claims of this form".to_owned(),
    }
}

/// The narrowest of what the code is: `anaesthesia`, `an office established`.
fn kinds_in_words(line: &Line<'_>) -> String {
    const SAID: usize = 3;
    let says_what_it_is = |kind: &ServiceKind| !kind.is_way_of_payment();
    let kinds = line.kinds().iter().filter(says_what_it_is);
    let words: Vec<String> = kinds.take(SAID).map(ServiceKind::words).collect();
    words.join(", ")
}
