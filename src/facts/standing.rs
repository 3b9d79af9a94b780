//! How a modifier stands to a line, by its row in the table of modifiers.

use crate::claim::ClaimForm;
use crate::kinds::{KindRanges, ServiceKind};
use crate::model::modifier_groups::PROFESSIONAL;
use crate::model::{Modifier, PayerName};
use crate::modifiers::{MedicareUse, ModifierEntry, ModifierForm, Refusal, StandsOn, StopsOn, is_ambulance_pair};
use crate::reference::{AssistantAtSurgery, Bilateral, CoSurgeon, PcTc, TeamSurgery};

use super::Line;

/// How a modifier stands to a line, by its row in the table of modifiers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ModifierStanding {
    /// It is for such a service.
    Fits,
    /// Another rule refuses it, by an indicator of the fee schedule or by the form of the claim.
    JudgedByRule,
    /// A source says that the payer refuses it here.
    Refused(Refusal),
    /// It is for other services, which is known from the field only, or what the payer does with it is not.
    OutOfPlace,
    /// Medicare makes no use of it.
    NotUsed,
    /// The date lies outside the days of its use.
    OutOfDays,
    /// What kind of service the code is, is not known.
    KindNotKnown,
    /// The table of modifiers has no row of it.
    NoRow,
}

impl<'a> Line<'a> {
    /// The row of a modifier in the table of modifiers, whatever its days.
    #[must_use]
    pub fn row_of(&self, modifier: Modifier) -> Option<&'a ModifierEntry> {
        self.resolved.modifier_table.row(modifier)
    }

    /// Whether the modifier is a pair of origin and destination on an ambulance's service. Other meanings of the same two
    /// letters say nothing there.
    #[must_use]
    pub fn is_ambulance_pair(&self, modifier: Modifier) -> bool {
        is_ambulance_pair(modifier) && self.is(ServiceKind::Ambulance)
    }

    /// How a modifier stands to the line.
    #[must_use]
    pub fn standing_of(&self, modifier: Modifier) -> ModifierStanding {
        if self.is_ambulance_pair(modifier) {
            return ModifierStanding::Fits;
        }
        let Some(row) = self.row_of(modifier) else {
            return ModifierStanding::NoRow;
        };
        if !row.in_force.contains(self.date()) {
            return ModifierStanding::OutOfDays;
        }
        let is_medicare = self.header().payer().name == PayerName::Medicare;
        if self.is_of_other_form(row) {
            return match (&row.judged_by, row.refusal) {
                (Some(_), _) => ModifierStanding::JudgedByRule,
                (None, Some(refusal)) if is_medicare && row.stops_on == StopsOn::Form => {
                    ModifierStanding::Refused(refusal)
                }
                _ => ModifierStanding::OutOfPlace,
            };
        }
        if is_medicare && row.medicare == MedicareUse::NotUsed {
            return ModifierStanding::NotUsed;
        }
        if self.is_judged_by_rule(row) {
            return ModifierStanding::JudgedByRule;
        }
        self.standing_by_kind(row, is_medicare)
    }

    fn is_of_other_form(&self, row: &ModifierEntry) -> bool {
        match self.header().form() {
            ClaimForm::Professional { .. } => row.form == ModifierForm::Institutional,
            _ => row.form == ModifierForm::Professional,
        }
    }

    /// Whether the rule that the row names refuses the modifier by an indicator of the fee schedule.
    fn is_judged_by_rule(&self, row: &ModifierEntry) -> bool {
        let (Some(rule), Some(fee)) = (row.judged_by.as_deref(), self.fee()) else {
            return false;
        };
        match rule {
            "M010" => fee.status.has_payment_policy() && !has_component(fee.pc_tc, row.modifier),
            "M020" => !matches!(fee.bilateral, Bilateral::Conditional | Bilateral::Independent),
            "M030" => !matches!(
                fee.assistant,
                AssistantAtSurgery::Payable | AssistantAtSurgery::NeedsDocumentation
            ),
            "M032" => !matches!(fee.co_surgeon, CoSurgeon::Permitted | CoSurgeon::NeedsDocumentation),
            "M034" => !matches!(fee.team, TeamSurgery::Permitted | TeamSurgery::NeedsDocumentation),
            "M040" => !fee.global.has_postoperative_days(),
            "M041" => fee.global.is_procedure(),
            _ => false,
        }
    }

    fn standing_by_kind(&self, row: &ModifierEntry, is_medicare: bool) -> ModifierStanding {
        let kinds = self.kinds();
        if row.fits(kinds) {
            return ModifierStanding::Fits;
        }
        let is_known = kinds.iter().any(|kind| !kind.is_way_of_payment());
        let not_told = KindRanges::seed().unknown_on(self.date());
        let is_told = matches!(row.stands_on, StandsOn::Kinds(own) if !own.has_any_of(not_told));
        if !is_known || !is_told {
            return ModifierStanding::KindNotKnown;
        }
        let is_refused = match row.stops_on {
            StopsOn::Others => is_medicare,
            StopsOn::Kinds(refused) => is_medicare && refused.has_any_of(kinds),
            StopsOn::None | StopsOn::Form => false,
        };
        match row.refusal.filter(|_| is_refused) {
            Some(refusal) => ModifierStanding::Refused(refusal),
            None => ModifierStanding::OutOfPlace,
        }
    }
}

/// Whether a code has the component that 26 or TC asks for.
fn has_component(pc_tc: PcTc, modifier: Modifier) -> bool {
    match pc_tc {
        PcTc::BothComponents => true,
        PcTc::LaboratoryInterpretation => modifier == PROFESSIONAL,
        _ => false,
    }
}
