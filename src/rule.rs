//! What a rule is: a static value with its documentation, its scope and its sources, and one plain function.

use crate::claim::FormKind;
use crate::evaluation::{NotEvaluated, Reason};
use crate::finding::{Citation, Disposition, Finding, Ground, Remedy};
use crate::model::{Modifier, ServiceDate};
use crate::policy::{CmsEdits, Policy, Topic};
use crate::reference::Table;
use crate::resolve::{CodeDay, Line, Pair, WholeClaim};
pub use crate::resolve::{Order, Trigger};

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
    /// Whether it looks at the other lines of the day, so that a line over several days cannot be evaluated.
    pub reads_day: bool,
    /// The form of the claims it concerns.
    pub form: FormKind,
    /// The institutional claims it concerns, by type of bill.
    pub bills: Bills,
    /// Where it stands among the edits of the outpatient editor that keep others from being evaluated.
    pub order: Order,
    /// How it stands to an ambulatory surgical centre's claim.
    pub asc: OnAscClaim,
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
    /// The release of this library that first had it.
    pub since: &'static str,
    /// Says in words what was found.
    pub message: fn(&Raised<'_>) -> String,
}

impl Rule {
    /// The family: the letter of the id.
    #[must_use]
    pub fn family(&self) -> &'static str {
        self.id.get(..1).unwrap_or(self.id)
    }

    /// Whether it concerns lines because of a modifier.
    pub(crate) fn is_called_by(&self, modifier: Modifier) -> bool {
        matches!(self.on, Trigger::Modifiers(modifiers) if modifiers.contains(&modifier))
    }

    /// The first sentence of *What it checks*.
    #[must_use]
    pub fn summary(&self) -> &'static str {
        self.section("What it checks").lines().next().unwrap_or_default()
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
    /// Each line.
    Line(fn(&Line<'_>, &mut Found<'_>)),
    /// Each PTP edit in force between two lines of one day and provider.
    Pair(fn(&Pair<'_>, &mut Found<'_>)),
    /// The lines of one code, day and provider.
    CodeDay(fn(&CodeDay<'_>, &mut Found<'_>)),
    /// The claim as a whole.
    Claim(fn(&WholeClaim<'_>, &mut Found<'_>)),
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

/// How a rule for professional claims stands to an ambulatory surgical centre's own claim (`biller` asc).
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
    /// Medicare's own way, of which other payers have theirs: a rule of family P asks for it. Not applicable to them.
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

/// Takes what a check finds.
#[derive(Debug)]
pub struct Found<'a> {
    pub(crate) rule: u16,
    pub(crate) disposition: Disposition,
    pub(crate) by: By<'a>,
    pub(crate) out: &'a mut Vec<Finding>,
    pub(crate) gaps: &'a mut Vec<NotEvaluated>,
}

/// What a check answers by: the rule itself, or a payer's policy. By one that only advises, nothing that is found stops a
/// claim, and nothing counts as evaluated.
#[derive(Clone, Copy, Debug)]
pub(crate) struct By<'a> {
    pub(crate) ground: Ground,
    pub(crate) policy: Option<&'a Policy>,
    pub(crate) modifier: Option<Modifier>,
}

impl By<'_> {
    pub(crate) const RULE: Self = Self {
        ground: Ground::Decided,
        policy: None,
        modifier: None,
    };
}

impl<'a> Found<'a> {
    /// The payer's policy that the check answers by, for rules whose payers are [`Payers::Policy`]: it speaks to their topic,
    /// and to the line's code where the topic is about codes.
    #[must_use]
    pub fn policy(&self) -> Option<&'a Policy> {
        self.by.policy
    }

    /// The modifier of the line that the policy is asked about, where its topic is about modifiers.
    #[must_use]
    pub fn modifier(&self) -> Option<Modifier> {
        self.by.modifier
    }

    /// Raises the rule on a line for the [modifier](Self::modifier) that the policy is asked about.
    pub fn raise_modifier(&mut self, line: &Line<'_>) {
        if let Some(modifier) = self.modifier() {
            self.raise_with(line, u32::try_from(modifier.index()).unwrap_or_default());
        }
    }

    fn push(&mut self, finding: Finding) {
        self.out.push(finding.on_ground(self.by.ground));
    }

    fn push_gap(&mut self, gap: NotEvaluated) {
        if self.by.ground == Ground::Decided {
            self.gaps.push(gap);
        }
    }

    /// Raises the rule on a line, with its own disposition.
    pub fn raise(&mut self, line: &Line<'_>) {
        self.raise_as(self.disposition, line, None, 0);
    }

    /// Raises the rule on a line because of another.
    pub fn raise_beside(&mut self, line: &Line<'_>, other: &Line<'_>) {
        self.raise_as(self.disposition, line, Some(other), 0);
    }

    /// Raises the rule on a line and keeps a number for the message.
    pub fn raise_with(&mut self, line: &Line<'_>, detail: u32) {
        self.raise_as(self.disposition, line, None, detail);
    }

    /// Raises the rule with everything said.
    pub fn raise_as(&mut self, disposition: Disposition, line: &Line<'_>, other: Option<&Line<'_>>, detail: u32) {
        let finding = Finding::new(self.rule, disposition, Some(line.position()))
            .beside(other.map(Line::position))
            .with_detail(detail);
        self.push(finding);
    }

    /// Raises the rule on the claim as a whole.
    pub fn raise_claim(&mut self) {
        self.push(Finding::new(self.rule, self.disposition, None));
    }

    /// Says that the rule could not be evaluated on the claim as a whole.
    pub fn claim_not_evaluated(&mut self, why: Reason) {
        self.push_gap(NotEvaluated::new(self.rule, None, why));
    }

    /// Says that the rule could not be evaluated on a line, where the tables that it needs are not what is missing.
    pub fn not_evaluated(&mut self, line: &Line<'_>, why: Reason) {
        self.push_gap(NotEvaluated::new(self.rule, Some(line.position()), why));
    }
}

/// A finding with the facts around it, for its message.
#[derive(Clone, Copy, Debug)]
pub struct Raised<'a> {
    pub(crate) finding: Finding,
    pub(crate) line: Option<Line<'a>>,
    pub(crate) other: Option<Line<'a>>,
    pub(crate) policy: Option<&'a Policy>,
}

impl<'a> Raised<'a> {
    /// The payer's policy that the finding follows from.
    #[must_use]
    pub fn policy(&self) -> Option<&'a Policy> {
        self.policy
    }

    /// The modifier for which the rule was raised with [`Found::raise_modifier`].
    #[must_use]
    pub fn raised_modifier(&self) -> Option<Modifier> {
        Modifier::from_index(self.finding.detail() as usize)
    }

    /// The payer, or the plan that the policy names, for the message.
    #[must_use]
    pub fn payer(&self) -> String {
        let Some(policy) = self.policy else {
            return String::new();
        };
        policy
            .plan
            .as_ref()
            .map_or_else(|| policy.payer.title().to_owned(), ToString::to_string)
    }

    /// The finding.
    #[must_use]
    pub fn finding(&self) -> Finding {
        self.finding
    }

    /// The line.
    #[must_use]
    pub fn line(&self) -> Option<&Line<'a>> {
        self.line.as_ref()
    }

    /// The other line.
    #[must_use]
    pub fn other(&self) -> Option<&Line<'a>> {
        self.other.as_ref()
    }

    /// The line's code, for the message.
    #[must_use]
    pub fn code(&self) -> String {
        code_text(self.line())
    }

    /// The other line's code, for the message.
    #[must_use]
    pub fn other_code(&self) -> String {
        code_text(self.other())
    }

    /// The line's first day, for the message.
    #[must_use]
    pub fn date(&self) -> String {
        self.line().map_or_else(String::new, |line| line.date().to_string())
    }

    /// The first of `modifiers` that the line carries, for the message.
    #[must_use]
    pub fn modifier(&self, modifiers: &[Modifier]) -> String {
        self.line()
            .and_then(|line| line.modifiers().iter().find(|modifier| modifiers.contains(modifier)))
            .map(|modifier| modifier.to_string())
            .unwrap_or_default()
    }

    /// The line's modifiers that `which` chooses, for the message: `PO`, `PO and 27`, `PO, 27 and CA`.
    #[must_use]
    pub fn modifiers(&self, which: impl Fn(Modifier) -> bool) -> String {
        let carried = self.line().map(Line::modifiers).unwrap_or_default();
        let mut chosen: Vec<&str> = Vec::new();
        for modifier in carried.iter().filter(|&modifier| which(modifier)) {
            if !chosen.contains(&modifier.as_str()) {
                chosen.push(modifier.as_str());
            }
        }
        match chosen.split_last() {
            Some((last, others)) if !others.is_empty() => format!("{} and {last}", others.join(", ")),
            _ => chosen.concat(),
        }
    }

    /// The line's site, for the message.
    #[must_use]
    pub fn site(&self) -> String {
        self.line()
            .and_then(Line::site)
            .map(|site| format!("{site} ({})", site.name()))
            .unwrap_or_else(|| "an unstated site".to_owned())
    }
}

fn code_text(line: Option<&Line<'_>>) -> String {
    line.and_then(Line::code)
        .map(|code| code.to_string())
        .unwrap_or_default()
}

/// Declares a rule as a `static`, capturing its documentation.
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
            rule
        };
    };
}

impl Rule {
    /// What a rule has where [`rule!`](crate::rule!) does not say.
    #[doc(hidden)]
    pub const DEFAULTS: Self = Self {
        id: "",
        name: "",
        docs: "",
        check: Check::Line(|_, _| {}),
        on: Trigger::EveryLine,
        and: Trigger::EveryLine,
        reads_day: false,
        form: FormKind::Professional,
        bills: Bills::HospitalOutpatient,
        order: Order::Always,
        asc: OnAscClaim::NotApplicable,
        payers: Payers::Medicare,
        needs: &[],
        boundaries: &[],
        disposition: Disposition::LineDenial,
        carc: None,
        edit: None,
        sources: &[],
        remedies: &[],
        since: "",
        message: |raised| raised.code(),
    };
}

/// What a rule's file needs.
pub mod prelude {
    pub use super::{Bills, Check, Found, OnAscClaim, Order, Payers, Raised, Rule, Trigger};
    pub use crate::claim::FormKind;
    pub use crate::finding::{Applicability, Citation, Disposition, Remedy};
    pub use crate::policy::{CmsEdits, Topic};
    pub use crate::resolve::{CodeDay, Line, Pair, SetAside, WholeClaim};
}
