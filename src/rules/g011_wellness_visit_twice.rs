use crate::code;
use crate::model::{ProcedureCode, ServiceDate};
use crate::rule::prelude::*;

crate::rule! {
    /// # What it checks
    /// A wellness visit of Medicare's, G0402, G0438 or G0439, after another on the claim, whoever gave them.
    ///
    /// # Why
    /// The visit on entering Medicare (G0402) and the first annual wellness visit (G0438) are paid once in a life,
    /// the further ones (G0439) once in a year.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::{Claim, Evaluator};
    ///
    /// let evaluator = Evaluator::starter();
    /// let claim = Claim::from_shorthand("@11: G0438 2024-07-09; G0439 2024-08-06")?;
    /// let found = evaluator.check(&claim).findings;
    /// assert!(found.iter().any(|finding| finding.rule == "G011" && finding.line == Some(2)));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # What to do
    /// Take the second visit off, or bill what it was.
    ///
    /// # Limits
    /// Visits on other claims are not seen.
    pub static G011 = {
        name: "wellness-visit-twice",
        check: Check::LineInClaim(check),
        on: Trigger::Codes(&VISITS),
        carc: Some("119"),
        sources: &[Citation::unverified("42 CFR 410.15 and 410.16", "how often the visits are paid")],
        remedies: &[Remedy::display_only("Take the second visit off, or bill what it was.")],
        since: "0.1.0",
        message: message,
    };
}

const VISITS: [ProcedureCode; 3] = [code!("G0402"), code!("G0438"), code!("G0439")];

fn is_visit(line: &Line<'_>) -> bool {
    line.code().is_some_and(|code| VISITS.contains(&code))
}

/// By what the visits of a claim follow each other.
fn place(line: &Line<'_>) -> (ServiceDate, u32) {
    (line.date(), line.given().number)
}

fn check(line: &LineInClaim<'_>, found: &mut Found<'_>) {
    if !is_visit(line) {
        return;
    }
    let visits = line.whole_claim().lines().map(|other| *other);
    let earlier = visits.filter(|other| is_visit(other) && place(other) < place(line));
    if let Some(first) = earlier.min_by_key(place) {
        found.raise_beside(line, &first);
    }
}

fn message(raised: &Raised<'_>) -> String {
    format!(
        "{} follows {} on line {}, and Medicare pays one wellness visit a year",
        raised.code(),
        raised.other_code(),
        raised.other().map_or(0, |other| other.given().number),
    )
}
