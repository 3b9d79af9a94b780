//! What a rule is: a static value with its documentation, its scope and its sources, and one plain function.

mod found;
mod raised;

use crate::claim::FormKind;
use crate::evaluation::{Citation, Disposition, Remedy};
use crate::facts::{CodeDay, Header, Line, LineInClaim, Pair, WholeClaim};
pub use crate::facts::{Order, Trigger};
use crate::model::{Modifier, ServiceDate};
use crate::policy::{CmsEdits, Topic};
use crate::reference::Table;

pub(crate) use self::found::By;
pub use self::found::Found;
pub use self::raised::Raised;

/// One rule. Write one with [`rule!`](crate::rule!).
#[derive(Debug)]
pub struct Rule {
    /// The id, such as `M010`: a family's letter and a number; never used again for another rule.
    pub id: &'static str,
    /// The name, such as `component-not-applicable`; reads well after "skip".
    pub name: &'static str,
    /// The documentation, under fixed headings.
    pub docs: &'static str,
    /// What it looks at, and the function that looks.
    pub check: Check,
    /// The lines it concerns.
    pub on: Trigger,
    /// Where it concerns only some of those lines, by a fact of their code, that fact.
    pub and: Trigger,
    /// The form of the claims it concerns.
    pub form: FormKind,
    /// The institutional claims it concerns, by type of bill.
    pub bills: Bills,
    /// Its stage in the outpatient editor, where earlier edits keep later ones from being evaluated.
    pub order: Order,
    /// Whether it applies to an ambulatory surgical centre's claim.
    pub asc: OnAscClaim,
    /// Whether it says if a code may be billed at a site at all, whatever the modifiers and the other lines:
    /// [`site_eligibility`](crate::Evaluator::site_eligibility) asks such rules. A rule that the site triggers is one of them
    /// in any case: see [`is_about_site`](Rule::is_about_site).
    pub about_site: bool,
    /// Whose claims it concerns.
    pub payers: Payers,
    /// The tables without which it cannot be evaluated.
    pub needs: &'static [Table],
    /// The dates of service on which it begins to answer differently, where its source has such dates.
    pub boundaries: &'static [ServiceDate],
    /// What it raises; a finding may differ.
    pub disposition: Disposition,
    /// The claim adjustment reason code that a payer would give, where one is usual.
    pub carc: Option<&'static str>,
    /// The I/OCE edit that it mirrors.
    pub edit: Option<u16>,
    /// Its sources.
    pub sources: &'static [Citation],
    /// What to do about it.
    pub remedies: &'static [Remedy],
    /// Whether a remedy fits a finding: the others are not said of it.
    pub fits: fn(&Raised<'_>, &Remedy) -> bool,
    /// The release of this library that first had it.
    pub since: &'static str,
    /// Writes the finding in words.
    pub message: fn(&Raised<'_>) -> String,
}

impl Rule {
    /// A part that every rule has and that this one lacks.
    pub(crate) fn missing_part(&self) -> Option<&'static str> {
        let lacks = [
            ("id", self.id.is_empty()),
            ("name", self.name.is_empty()),
            ("documentation", self.docs.trim().is_empty()),
            ("check", matches!(self.check, Check::Missing)),
            ("source", self.sources.is_empty()),
            ("message", std::ptr::fn_addr_eq(self.message, Self::DEFAULTS.message)),
        ];
        lacks.into_iter().find_map(|(part, lacks)| lacks.then_some(part))
    }

    /// A table that one of the triggers reads and that is missing in `needs`.
    pub(crate) fn missing_need(&self) -> Option<Table> {
        let missing = |trigger: Trigger| match trigger {
            Trigger::Listed(table) => (!self.needs.contains(&table)).then_some(table),
            trigger => {
                let tables = trigger.tables();
                let is_needed = tables.iter().any(|table| self.needs.contains(table));
                tables.first().copied().filter(|_| !is_needed)
            }
        };
        [self.on, self.and].into_iter().find_map(missing)
    }

    /// The family: the letter of the id.
    #[must_use]
    pub fn family(&self) -> &'static str {
        self.id.get(..1).unwrap_or(self.id)
    }

    /// Whether it concerns lines because of a modifier.
    pub(crate) fn is_called_by(&self, modifier: Modifier) -> bool {
        matches!(self.on, Trigger::Modifiers(modifiers) if modifiers.contains(&modifier))
    }

    /// Whether it says if a code may be billed at a site: it [declares so](Self::about_site), or the site triggers it.
    #[must_use]
    pub fn is_about_site(&self) -> bool {
        self.about_site || [self.on, self.and].into_iter().any(Trigger::is_of_site)
    }

    /// The first sentence of *What it checks*.
    #[must_use]
    pub fn summary(&self) -> String {
        let text = self.section("What it checks");
        let paragraph = text.split_once("\n\n").map_or(text, |(first, _)| first);
        let words: Vec<&str> = paragraph.split_whitespace().collect();
        let ends = |word: &&str| word.trim_end_matches(['"', ')', '*', '`']).ends_with('.');
        let last = words.iter().position(ends).unwrap_or(words.len());
        words.get(..=last).unwrap_or(&words).join(" ")
    }

    /// The text under one of the documentation's headings; empty where there is none.
    #[must_use]
    pub fn section(&self, heading: &str) -> &'static str {
        let mut rest = self.docs;
        while let Some(at) = rest.find("# ") {
            let after = rest.get(at + 2..).unwrap_or_default();
            let (title, body) = after.split_once('\n').unwrap_or((after, ""));
            if title.trim() == heading {
                return body.split("\n # ").next().unwrap_or(body).trim();
            }
            rest = body;
        }
        ""
    }
}

/// What a rule looks at. The engine owns the loops.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Check {
    /// Each line, without the others.
    Line(fn(&Line<'_>, &mut Found<'_>)),
    /// Each line, together with the other lines of its claim.
    LineInClaim(fn(&LineInClaim<'_>, &mut Found<'_>)),
    /// Each PTP edit in force between two lines of one day and provider.
    Pair(fn(&Pair<'_>, &mut Found<'_>)),
    /// The lines of one code, day and provider.
    CodeDay(fn(&CodeDay<'_>, &mut Found<'_>)),
    /// What the claim says outside its lines.
    Header(fn(&Header<'_>, &mut Found<'_>)),
    /// The claim as a whole, with its lines.
    Claim(fn(&WholeClaim<'_>, &mut Found<'_>)),
    /// None was given: an evaluator refuses such a rule.
    #[doc(hidden)]
    Missing,
}

impl Check {
    /// Whether the answer on a line can depend on another line. Such a rule is not evaluated on a line over several days,
    /// as nobody knows which lines share each of its days.
    #[must_use]
    pub fn reads_other_lines(self) -> bool {
        matches!(
            self,
            Self::LineInClaim(_) | Self::Pair(_) | Self::CodeDay(_) | Self::Claim(_)
        )
    }
}

/// The institutional claims that a rule concerns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Bills {
    /// Those of a hospital for outpatients, 013x. Of another type of bill it says that it is not evaluated.
    HospitalOutpatient,
    /// Those of every type.
    Every,
}

/// Whether a rule for professional claims applies to an ambulatory surgical centre's own claim (`biller` asc).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum OnAscClaim {
    /// It applies there too.
    Applies,
    /// It applies there only.
    Only,
    /// It does not apply there.
    NotApplicable,
    /// Whether it applies is not settled: it is not evaluated there, for this reason.
    NotSettled(&'static str),
}

/// Whose claims a rule concerns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Payers {
    /// Every payer's: the code sets that all must use.
    All,
    /// Medicare's. For another payer the rule is not evaluated: no policy is known.
    Medicare,
    /// Medicare's own way. Other payers have their own, which rules of family P ask for: this rule is not applicable to them.
    OnlyMedicare,
    /// Medicare's, and those of the payers whose policy says that they follow these edits of CMS.
    Following(CmsEdits),
    /// Those of payers other than Medicare, by what their policy says on this. The check finds it with [`Found::policy`].
    Policy(Topic),
}

impl Payers {
    /// Whether the rule looks at Medicare's claims.
    #[must_use]
    pub fn has_medicare(self) -> bool {
        !matches!(self, Self::Policy(_))
    }

    /// What the policy of a payer other than Medicare must speak to for the rule to look at its claims, where it is up to
    /// the policy.
    #[must_use]
    pub fn topic(self) -> Option<Topic> {
        match self {
            Self::Following(edits) => Some(Topic::Follows(edits)),
            Self::Policy(topic) => Some(topic),
            Self::All | Self::Medicare | Self::OnlyMedicare => None,
        }
    }
}

/// Declares a rule as a `static`, capturing its documentation.
///
/// A rule needs documentation, a `name`, a `check`, `sources` and a `message`: without one of them it does not compile.
///
/// The documentation has the headings *What it checks*, *Why*, *Example*, *What to do* and *Limits*. Fields that are left
/// out take the value that most rules have: every line, professional claims, not applicable to an ambulatory surgical
/// centre, Medicare, no tables, a line denial, no codes, no remedies.
///
/// # Example
/// ```
/// use cleanclaim::rule::prelude::*;
/// use cleanclaim::modifier;
///
/// cleanclaim::rule! {
///     /// # What it checks
///     /// Modifier 22 on any line.
///     /// # Why
///     /// A house rule: a second person reads the operative report first.
///     pub static H001 = {
///         name: "unusual-work-reviewed",
///         check: Check::Line(check),
///         on: Trigger::Modifiers(&[modifier!("22")]),
///         disposition: Disposition::Suspension,
///         sources: &[Citation::new("house rules", "1")],
///         since: "1.0.0",
///         message: |raised| format!("{} carries 22", raised.code()),
///     };
/// }
///
/// fn check(line: &Line<'_>, found: &mut Found<'_>) {
///     found.raise(line);
/// }
///
/// assert_eq!(H001.id, "H001");
/// assert!(H001.docs.contains("Modifier 22"));
/// ```
///
/// Without a message it does not compile, and so without the other parts:
///
/// ```compile_fail
/// use cleanclaim::rule::prelude::*;
///
/// cleanclaim::rule! {
///     /// # What it checks
///     /// Modifier 22 on any line.
///     pub static H001 = {
///         name: "unusual-work-reviewed",
///         check: Check::Line(|line, found| found.raise(line)),
///         sources: &[Citation::new("house rules", "1")],
///     };
/// }
/// ```
#[macro_export]
macro_rules! rule {
    (
        $(#[doc = $doc:expr])*
        $vis:vis static $id:ident = { $($field:ident : $value:expr),+ $(,)? };
    ) => {
        $(#[doc = $doc])*
        $vis static $id: $crate::rule::Rule = {
            #[allow(clippy::needless_update)]
            let rule = $crate::rule::Rule {
                id: stringify!($id),
                docs: concat!($($doc, "\n"),*),
                $($field: $value,)+
                ..$crate::rule::Rule::DEFAULTS
            };
            $crate::rule!(@check $($field)+);
            $crate::rule!(@message $($field)+);
            assert!(!rule.name.is_empty(), "a rule needs a `name`");
            assert!(!rule.docs.is_empty(), "a rule needs documentation");
            assert!(!rule.sources.is_empty(), "a rule needs `sources`, at least one");
            rule
        };
    };
    (@check check $($rest:ident)*) => {};
    (@check $other:ident $($rest:ident)*) => { $crate::rule!(@check $($rest)*) };
    (@check) => { compile_error!("a rule needs a `check`") };
    (@message message $($rest:ident)*) => {};
    (@message $other:ident $($rest:ident)*) => { $crate::rule!(@message $($rest)*) };
    (@message) => { compile_error!("a rule needs a `message`") };
}

impl Rule {
    /// What a rule has where [`rule!`](crate::rule!) does not say.
    #[doc(hidden)]
    pub const DEFAULTS: Self = Self {
        id: "",
        name: "",
        docs: "",
        check: Check::Missing,
        on: Trigger::EveryLine,
        and: Trigger::EveryLine,
        form: FormKind::Professional,
        bills: Bills::HospitalOutpatient,
        order: Order::Always,
        asc: OnAscClaim::NotApplicable,
        about_site: false,
        payers: Payers::Medicare,
        needs: &[],
        boundaries: &[],
        disposition: Disposition::LineDenial,
        carc: None,
        edit: None,
        sources: &[],
        remedies: &[],
        fits: |_, _| true,
        since: "",
        message: no_message,
    };
}

fn no_message(_: &Raised<'_>) -> String {
    String::new()
}

/// What a rule's file needs.
pub mod prelude {
    pub use super::{Bills, Check, Found, OnAscClaim, Order, Payers, Raised, Rule, Trigger};
    pub use crate::claim::FormKind;
    pub use crate::evaluation::{Applicability, Citation, Disposition, Remedy};
    pub use crate::facts::{CodeDay, Header, Line, LineInClaim, ModifierStanding, Pair, SetAside, WholeClaim};
    pub use crate::policy::{CmsEdits, Topic};
}
