//! The triggers of rules: facts of a line. A line runs only the rules that its own facts trigger.

use crate::kinds::ServiceKinds;
use crate::model::{Modifier, ProcedureCode, SiteOfService};
use crate::reference::{AddOnType, Mai, OutpatientFlag, PcTc, StatusCode, Table};

/// Which lines a rule concerns; on every other line it is not applicable. The engine tests this before it runs the check. A
/// rule of code days runs if one of the day's lines of the code triggers it; a rule of pairs runs for every pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Trigger {
    /// Every line.
    EveryLine,
    /// Lines with one of these modifiers.
    Modifiers(&'static [Modifier]),
    /// Lines with two modifiers or more.
    SeveralModifiers,
    /// Lines with more than four modifiers.
    MoreThanFourModifiers,
    /// Lines with a modifier that the modifier table does not list.
    UnknownModifier,
    /// Lines with a modifier whose row in the table of modifiers does not plainly allow it on the code.
    ModifierInDoubt,
    /// Lines with a modifier that must not stand alone, by its row in the table of modifiers.
    ModifierNeedsAnother,
    /// Lines whose code has one of these status codes in the fee schedule, in some row, of whatever component.
    Status(&'static [StatusCode]),
    /// Lines whose code has one of these PC/TC indicators in the fee schedule, in some row, of whatever component.
    PcTc(&'static [PcTc]),
    /// Lines at a site for whose rate, non-facility or facility, the fee schedule says NA in some row of the code, of
    /// whatever component. Where it is not known which is the rate at the site, either may be.
    NaIndicator,
    /// Lines whose code the fee schedule does not list.
    NotInFeeSchedule,
    /// Lines whose code a table lists, and lines for whose code it does not answer. The rule names the table in `needs`.
    Listed(Table),
    /// Lines with one of these codes. Unlisted codes share one cache entry and always trigger, so the rule must check the
    /// code itself.
    Codes(&'static [ProcedureCode]),
    /// Lines whose code is a service of one of these kinds, and lines with a code that no table lists, so that a rule looks
    /// again.
    Kinds(ServiceKinds),
    /// Lines at one of these sites.
    Sites(&'static [SiteOfService]),
    /// Lines at a two-digit code that is not an assigned place of service.
    UnassignedSite,
    /// Lines whose code has an MUE of this adjudication indicator. The rule is about units above it: where a line's units
    /// are within it, and no other line of the day has the code, it is not called, and counts as evaluated.
    AboveMue(Mai),
    /// Lines whose code is an add-on of this type.
    AddOn(AddOnType),
    /// Lines with a modifier that began inside a quarter, on a day that its row states.
    DatedModifier,
    /// Lines whose code has one of these attributes in the outpatient editor.
    Outpatient(&'static [OutpatientFlag]),
    /// Lines whose code has one of these status indicators in the outpatient editor.
    OutpatientStatus(&'static [&'static str]),
    /// Lines whose code the outpatient editor does not list.
    NotInOutpatientCodes,
}

impl Trigger {
    /// Whether the line's site decides, alone or with a fact of the code.
    pub(crate) fn is_of_site(self) -> bool {
        matches!(self, Self::Sites(_) | Self::UnassignedSite | Self::NaIndicator)
    }

    /// The tables that the trigger reads, one of which its rule must need: where a table that no rule needs does not answer,
    /// nothing is triggered and nothing is recorded. Empty for a trigger that reads none, or that fires where the table does
    /// not answer.
    pub(crate) fn tables(self) -> &'static [Table] {
        match self {
            Self::Status(_) | Self::PcTc(_) | Self::NaIndicator => &[Table::FeeSchedule],
            Self::AboveMue(_) => &[Table::PractitionerMue, Table::HospitalMue],
            Self::AddOn(_) => &[Table::AddOn],
            Self::UnknownModifier | Self::DatedModifier => &[Table::Modifiers],
            Self::Outpatient(_) | Self::OutpatientStatus(_) | Self::NotInOutpatientCodes => &[Table::OutpatientCodes],
            Self::EveryLine
            | Self::Modifiers(_)
            | Self::SeveralModifiers
            | Self::MoreThanFourModifiers
            | Self::NotInFeeSchedule
            | Self::Codes(_)
            | Self::Listed(_)
            | Self::Kinds(_)
            | Self::Sites(_)
            | Self::UnassignedSite
            | Self::ModifierInDoubt
            | Self::ModifierNeedsAnother => &[],
        }
    }
}
