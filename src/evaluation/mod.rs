//! The answer of an evaluation: findings, what was not evaluated and why, and the verdict that follows from both.

mod finding;

use crate::model::{Modifier, closed_set};
use crate::reference::{Gap, Reference};

pub use self::finding::{Applicability, Citation, Disposition, Finding, Remedy};
pub(crate) use self::finding::{Ground, write_source};

closed_set! {
    what: "a verdict";
    /// The answer in one word.
    #[derive(serde::Serialize, serde::Deserialize)]
    #[serde(rename_all = "kebab-case")]
    #[strum(serialize_all = "kebab-case")]
    pub enum Verdict {
        /// No finding but advisories, and everything applicable was evaluated.
        Clean,
        /// No finding but advisories, and something was not evaluated.
        Incomplete,
        /// At least one finding that is not an advisory.
        Findings,
    }
}

/// Why a rule was not evaluated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Reason {
    /// A table that it needs does not answer.
    Table(Gap),
    /// The payer is not Medicare, and its policy on this is not known.
    NoPolicyKnown,
    /// What the payer says on this is known at second hand only, or was not verified: it advises and does not decide.
    PolicyNotVerified,
    /// Whether the rule applies here is not settled by a source.
    NotSettled(&'static str),
    /// The line covers several days, so it is not known what happened on which.
    SeveralDays,
    /// Another line, on which the answer depends, covers several days, so it is not known what happened on this one's.
    OtherLineSeveralDays,
    /// The answer depends on another line, and a table does not answer for that line.
    OtherLine(Gap),
    /// A line of the claim could not be read: it is not evaluated, nor is what may depend on it.
    LineNotRead,
    /// The claim voids an earlier one and asks for no payment: it must be what that one was.
    Void,
    /// The claim replaces an earlier one, and whether this payer takes replacements is not known.
    Replacement,
    /// The line's quantity counts something other than units of the service, to which the rule's limit does not speak.
    NotInUnits,
    /// The line's code is a pair with the codes of so many lines more than were compared with it.
    MorePairs(u32),
    /// Neither a rule nor a row of the table of modifiers speaks of the modifier on such a line.
    NothingSpeaksOf(Modifier),
    /// What kind of service the code is, on which it depends whether the modifier may stand, is not known.
    KindNotKnown(Modifier),
    /// That the modifier does not belong on the line is known from the field only: it advises and does not decide.
    KnowledgeOnly(Modifier),
    /// No rule of this release is about claims of this form.
    NoRules,
}

impl Reason {
    /// The reason in words, with the names of the releases.
    #[must_use]
    pub fn text(self, reference: &Reference) -> String {
        match self {
            Self::Table(gap) => gap_text(gap, reference),
            Self::NoPolicyKnown => {
                "no policy of this payer about this is known; Medicare's rules are not assumed to be its own".to_owned()
            }
            Self::PolicyNotVerified => {
                "this payer's policy on this is known at second hand only, or was not verified: it advises and does not \
                 decide"
                    .to_owned()
            }
            Self::NotSettled(why) => why.to_owned(),
            Self::SeveralDays => "the line covers several days, and the rule compares the services of one day".to_owned(),
            Self::OtherLineSeveralDays => {
                "the answer depends on a line that covers several days, and what was done on this one is not known"
                    .to_owned()
            }
            Self::OtherLine(gap) => format!(
                "the answer depends on another line, and of that one {}",
                gap_text(gap, reference)
            ),
            Self::LineNotRead => {
                "a line of the claim could not be read: it is not evaluated, nor is what may depend on it".to_owned()
            }
            Self::Void => {
                "the claim voids an earlier one, which it must repeat as it was sent: it is not a claim for payment".to_owned()
            }
            Self::Replacement => {
                "the claim replaces an earlier one, and whether this contractor takes replacements on professional claims is \
                 not known"
                    .to_owned()
            }
            Self::NotInUnits => "the line's quantity does not count units of the service".to_owned(),
            Self::MorePairs(count) => format!(
                "the code is a pair with those of {count} lines more of the day: 64 are compared with each line"
            ),
            Self::NothingSpeaksOf(modifier) => format!(
                "no rule and no row of the table of modifiers says whether {modifier} may stand on this line"
            ),
            Self::KindNotKnown(modifier) => format!(
                "what kind of service the code is, is not known, and whether {modifier} may stand on it depends on that"
            ),
            Self::KnowledgeOnly(modifier) => format!(
                "what is said of {modifier} here is known from the field only: it advises and does not decide"
            ),
            Self::NoRules => "no rule of this release is about claims of this form".to_owned(),
        }
    }
}

fn gap_text(gap: Gap, reference: &Reference) -> String {
    let release = |id| {
        reference.release(id).map_or_else(String::new, |release| {
            format!("{}, release {}", release.table.title(), release.name)
        })
    };
    let last = |id| reference.release(id).map(|release| release.in_force.last().to_string());
    match gap {
        Gap::NotLoaded(table) => format!("no release of {} is loaded", table.title()),
        Gap::BeforeFirst(table) => format!("the date lies before the first loaded release of {}", table.title()),
        Gap::Stale(id) => format!(
            "{} was published for dates to {} and is stale on this date",
            release(id),
            last(id).unwrap_or_default()
        ),
        Gap::OutsideExcerpt(id) => format!("the code is outside the loaded excerpt of {}", release(id)),
    }
}

const NO_LINE: u32 = u32::MAX;
const NO_RULE: u16 = u16::MAX;

/// A rule that was not evaluated on a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NotEvaluated {
    line: u32,
    rule: u16,
    reason: Reason,
}

impl NotEvaluated {
    pub(crate) fn new(rule: u16, line: Option<usize>, reason: Reason) -> Self {
        Self {
            line: line.and_then(|line| u32::try_from(line).ok()).unwrap_or(NO_LINE),
            rule,
            reason,
        }
    }

    pub(crate) fn whole_claim(reason: Reason) -> Self {
        Self::new(NO_RULE, None, reason)
    }

    /// The rule's index in [`Evaluator::rules`](crate::Evaluator::rules); `None` if no rule was evaluated at all.
    #[must_use]
    pub fn rule(&self) -> Option<usize> {
        (self.rule != NO_RULE).then_some(usize::from(self.rule))
    }

    /// The position of the line in the claim, from 0; `None` for the whole claim.
    #[must_use]
    pub fn line(&self) -> Option<usize> {
        (self.line != NO_LINE).then_some(self.line as usize)
    }

    /// Why.
    #[must_use]
    pub fn reason(&self) -> Reason {
        self.reason
    }
}

/// What an evaluation found: compact, and without words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Evaluation {
    /// The rules that findings number.
    pub(crate) rule_set: RuleSetId,
    pub(crate) findings: Vec<Finding>,
    pub(crate) not_evaluated: Vec<NotEvaluated>,
}

/// Which rules an evaluator has, in which order: a finding numbers its rule among them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct RuleSetId(u64);

impl RuleSetId {
    /// A fingerprint of the ids in their order (FNV-1a), so that the same rules always get the same one.
    pub(crate) fn of<'a>(ids: impl Iterator<Item = &'a str>) -> Self {
        const START: u64 = 0xcbf2_9ce4_8422_2325;
        const PRIME: u64 = 0x0100_0000_01b3;
        let bytes = ids.flat_map(|id| id.bytes().chain([b'\n']));
        Self(bytes.fold(START, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(PRIME)))
    }
}

impl Evaluation {
    /// One without findings yet, by these rules.
    pub(crate) fn of(rule_set: RuleSetId) -> Self {
        Self {
            rule_set,
            ..Self::default()
        }
    }

    /// Says that the claim as a whole, or a part of it that no rule sees, was not evaluated.
    pub(crate) fn refuse(&mut self, why: Reason) {
        self.not_evaluated.push(NotEvaluated::whole_claim(why));
    }

    /// The findings, by line and rule.
    #[must_use]
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// What was not evaluated, by line and rule.
    #[must_use]
    pub fn not_evaluated(&self) -> &[NotEvaluated] {
        &self.not_evaluated
    }

    /// The answer in one word.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        if self.findings.iter().any(|finding| finding.disposition().stops()) {
            Verdict::Findings
        } else if self.not_evaluated.is_empty() {
            Verdict::Clean
        } else {
            Verdict::Incomplete
        }
    }

    /// Orders the findings, and what was not evaluated, by line and rule.
    pub(crate) fn put_in_order(&mut self) {
        if self.findings.len() > 1 {
            self.findings.sort_unstable_by_key(Finding::place);
        }
        if self.not_evaluated.len() > 1 {
            self.not_evaluated.sort_unstable();
        }
    }

    pub(crate) fn clear(&mut self) {
        self.findings.clear();
        self.not_evaluated.clear();
    }
}
