use crate::claim::ServiceLine;
use crate::model::modifier_groups::REPEATED;
use crate::rule::prelude::*;

crate::rule! {
    /// # What it checks
    /// Two lines that are alike: provider, day, code, modifiers, units, site and charge. The later one is raised.
    ///
    /// # Why
    /// The contractor takes the second for a duplicate of the first. A service that was repeated is billed with 76 or
    /// 77, or as units of one line.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::{Claim, Evaluator};
    ///
    /// let evaluator = Evaluator::starter();
    /// let claim = Claim::from_shorthand("2024-08-06 @22: 93010 $20.00; 93010 $20.00")?;
    /// let found = evaluator.check(&claim).findings;
    /// assert!(found.iter().any(|finding| finding.rule == "G006" && finding.line == Some(2)));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # What to do
    /// Take the second line off; if the service was done again, bill it with 76 (or 77 by another practitioner), the
    /// further ones as units of that line.
    ///
    /// # Limits
    /// Modifiers count whatever their order. Lines of other claims are not seen.
    pub static G006 = {
        name: "line-billed-twice",
        check: Check::CodeDay(check),
        carc: Some("18"),
        sources: &[
            Citation::new("Noridian, act questions and answers of 2021-04-14", "repeated services and exact duplicates"),
            Citation::new("NGS and First Coast, modifier 76", "the further services as units of one line"),
        ],
        remedies: &[
            Remedy::display_only("Take the second line off, if the service was done once."),
            Remedy::needs_documentation(
                "If the service was done again, bill it with 76, or 77 by another practitioner, the further ones as units of that line.",
            )
            .adding(&REPEATED),
        ],
        since: "0.1.0",
        message: message,
    };
}

/// Whether two lines carry the same modifiers, in whatever order. There are so few that counting beats sorting, and nothing is
/// allocated.
fn carry_the_same(one: &ServiceLine, two: &ServiceLine) -> bool {
    let count = |line: &ServiceLine, wanted| line.all_modifiers().filter(|&modifier| modifier == wanted).count();
    one.all_modifiers().count() == two.all_modifiers().count()
        && one
            .all_modifiers()
            .all(|modifier| count(one, modifier) == count(two, modifier))
}

/// Whether two lines of one code, provider and day say the same.
fn are_alike(one: &Line<'_>, two: &Line<'_>) -> bool {
    let (a, b) = (one.given(), two.given());
    (a.units, a.measure, a.site, a.charge) == (b.units, b.measure, b.site, b.charge) && carry_the_same(a, b)
}

fn check(day: &CodeDay<'_>, found: &mut Found<'_>) {
    if day.is_one_line() {
        return;
    }
    for line in day.lines() {
        let earlier = day.lines().filter(|other| other.given().number < line.given().number);
        let same = earlier.filter(|other| are_alike(&line, other));
        if let Some(first) = same.min_by_key(|other| other.given().number) {
            found.raise_beside(&line, &first);
        }
    }
}

fn message(raised: &Raised<'_>) -> String {
    format!(
        "{} is billed here just as on line {}, and is taken for a duplicate",
        raised.code(),
        raised.other().map_or(0, |other| other.given().number),
    )
}
