//! What a rule raises, and the fixed words that go with it.

use std::fmt;

use crate::model::{Modifier, closed_set};

closed_set! {
    what: "a disposition";
    /// What happens to the line or claim if it is sent unchanged. The terms are those of CMS's outpatient editor.
    ///
    /// Source: CMS, I/OCE specifications, edit dispositions.
    #[derive(serde::Serialize, serde::Deserialize)]
    #[serde(rename_all = "kebab-case")]
    #[strum(serialize_all = "kebab-case")]
    #[repr(u8)]
    pub enum Disposition {
        /// Never stops a claim: something to know, or that documentation must support.
        Advisory,
        /// The claim waits for a review.
        Suspension,
        /// The line is not processed; it may be corrected and sent again.
        LineRejection,
        /// The line is processed and not paid; it may be appealed.
        LineDenial,
        /// The claim is sent back to be corrected.
        ReturnToProvider,
        /// The claim is not processed; it may be corrected and sent again.
        ClaimRejection,
        /// The claim is processed and not paid; it may be appealed.
        ClaimDenial,
    }
}

impl Disposition {
    /// The disposition as words in a sentence.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Advisory => "advisory",
            Self::Suspension => "suspended for review",
            Self::LineRejection => "line rejected",
            Self::LineDenial => "line denied",
            Self::ReturnToProvider => "returned to the provider",
            Self::ClaimRejection => "claim rejected",
            Self::ClaimDenial => "claim denied",
        }
    }

    /// Whether a claim with such a finding is not clean: true for all but the advisory.
    #[must_use]
    pub fn stops(self) -> bool {
        self != Self::Advisory
    }
}

const NO_LINE: u32 = u32::MAX;

/// Why a finding counts: the rule itself or a payer's policy decides, or a policy only advises.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Ground {
    Decided,
    /// By a policy that is known at second hand or was not verified.
    Advised,
    /// By a policy that is announced.
    Announced,
}

/// One finding: 16 plain bytes. [`Evaluator::explain`](crate::Evaluator::explain) makes the words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Finding {
    line: u32,
    rule: u16,
    disposition: Disposition,
    ground: Ground,
    other: u32,
    detail: u32,
}

impl Finding {
    pub(crate) fn new(rule: u16, disposition: Disposition, line: Option<usize>) -> Self {
        Self {
            line: position(line),
            rule,
            disposition,
            ground: Ground::Decided,
            other: NO_LINE,
            detail: 0,
        }
    }

    /// The sort key among the findings of a claim: by line, then by rule.
    #[inline]
    pub(crate) fn place(&self) -> u128 {
        let first = u128::from(self.line) << 32 | u128::from(self.rule) << 16;
        let first = first | (self.disposition as u128) << 8 | self.ground as u128;
        first << 64 | u128::from(self.other) << 32 | u128::from(self.detail)
    }

    /// The same finding on another ground: where that only advises, it is an advisory, whatever the rule would say.
    pub(crate) fn on_ground(mut self, ground: Ground) -> Self {
        self.ground = ground;
        if ground != Ground::Decided {
            self.disposition = Disposition::Advisory;
        }
        self
    }

    pub(crate) fn ground(&self) -> Ground {
        self.ground
    }

    /// Whether it follows from a payer's policy that only advises: announced, known at second hand, or not verified.
    #[must_use]
    pub fn is_advice(&self) -> bool {
        self.ground != Ground::Decided
    }

    pub(crate) fn beside(mut self, other: Option<usize>) -> Self {
        self.other = position(other);
        self
    }

    pub(crate) fn with_detail(mut self, detail: u32) -> Self {
        self.detail = detail;
        self
    }

    /// The rule's index in [`Evaluator::rules`](crate::Evaluator::rules).
    #[must_use]
    pub fn rule(&self) -> usize {
        usize::from(self.rule)
    }

    /// What happens.
    #[must_use]
    pub fn disposition(&self) -> Disposition {
        self.disposition
    }

    /// The position of the line in the claim, from 0; `None` for a finding on the whole claim.
    #[must_use]
    pub fn line(&self) -> Option<usize> {
        (self.line != NO_LINE).then_some(self.line as usize)
    }

    /// The position of the other line, where the rule is about two.
    #[must_use]
    pub fn other_line(&self) -> Option<usize> {
        (self.other != NO_LINE).then_some(self.other as usize)
    }

    /// A number that the rule keeps for its own message.
    #[must_use]
    pub fn detail(&self) -> u32 {
        self.detail
    }
}

fn position(line: Option<usize>) -> u32 {
    line.and_then(|line| u32::try_from(line).ok()).unwrap_or(NO_LINE)
}

/// A source of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Citation {
    /// The document.
    pub source: &'static str,
    /// The section of the document.
    pub section: &'static str,
    /// Whether its text was read for this rule. Where it was not, the citation is given from knowledge of the field.
    pub verified: bool,
}

impl Citation {
    /// A source whose text was read.
    #[must_use]
    pub const fn new(source: &'static str, section: &'static str) -> Self {
        Self {
            source,
            section,
            verified: true,
        }
    }

    /// An official source whose text was not read: printed as unverified.
    #[must_use]
    pub const fn unverified(source: &'static str, section: &'static str) -> Self {
        Self {
            source,
            section,
            verified: false,
        }
    }
}

impl fmt::Display for Citation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_source(f, self.source, self.section, self.verified)
    }
}

/// Writes a source in the form used everywhere.
pub(crate) fn write_source(f: &mut fmt::Formatter<'_>, source: &str, section: &str, verified: bool) -> fmt::Result {
    let unverified = if verified { "" } else { " (UNVERIFIED)" };
    write!(f, "{source}, {section}{unverified}")
}

/// Who may apply a remedy, and on what grounds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, strum::Display)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum Applicability {
    /// A matter of format alone: nothing about the service is stated differently.
    Safe,
    /// Only where the record supports it. Appending a modifier to get past an edit is what NCCI forbids.
    NeedsDocumentation,
    /// For a person to decide.
    DisplayOnly,
}

/// What to do about a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Remedy {
    /// The advice, a sentence.
    pub text: &'static str,
    /// On what grounds.
    pub applicability: Applicability,
    /// The modifiers that the advice would add to the line, or to the other line of the finding: any of them.
    pub adds: &'static [Modifier],
}

impl Remedy {
    /// A remedy of format alone.
    #[must_use]
    pub const fn safe(text: &'static str) -> Self {
        Self {
            text,
            applicability: Applicability::Safe,
            adds: &[],
        }
    }

    /// A remedy that the record must support.
    #[must_use]
    pub const fn needs_documentation(text: &'static str) -> Self {
        Self {
            text,
            applicability: Applicability::NeedsDocumentation,
            adds: &[],
        }
    }

    /// A remedy for a person to decide.
    #[must_use]
    pub const fn display_only(text: &'static str) -> Self {
        Self {
            text,
            applicability: Applicability::DisplayOnly,
            adds: &[],
        }
    }

    /// The remedy with the modifiers that it would add, for [`Evaluator::repairs`](crate::Evaluator::repairs).
    #[must_use]
    pub const fn adding(mut self, modifiers: &'static [Modifier]) -> Self {
        self.adds = modifiers;
        self
    }
}
