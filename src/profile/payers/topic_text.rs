//! A policy's statements about a code, topic by topic, in our own words.

use std::fmt::Display;

use crate::model::{Modifier, ModifierColumn, ProcedureCode};
use crate::policy::{
    AnatomicModifier, BilateralFormat, CmsEdits, CodeSet, CoveragePosition, DeniedFormat, ModifierPercent,
    MultipleProcedures, PaidBeside, Parameters, Position, Procedures, Ranking, SiteCondition, TelehealthSites, Topic,
    VisitReduction,
};
use crate::reference::{
    AssistantAtSurgery, CoSurgeon, GlobalPeriod, MultipleProcedure, PcTc, PolicyIndicators, StatusCode,
};

/// The code, with what tells whether a policy can concern it.
pub(super) struct About {
    pub(super) code: ProcedureCode,
    pub(super) row: Row,
    /// The modifiers that speak of other codes.
    pub(super) elsewhere: Vec<Modifier>,
}

/// The code's row in the fee schedule.
#[derive(Clone, Copy)]
pub(super) enum Row {
    Listed(PolicyIndicators),
    NotListed,
    /// It does not answer: everything that depends on its columns may concern the code.
    NotKnown,
}

impl Row {
    fn may_be(self, is: impl FnOnce(&PolicyIndicators) -> bool) -> bool {
        match self {
            Self::Listed(row) => is(&row),
            Self::NotListed => false,
            Self::NotKnown => true,
        }
    }

    fn printed(self, column: ModifierColumn) -> Option<&'static str> {
        match self {
            Self::Listed(row) => Some(row.printed(column)),
            Self::NotListed | Self::NotKnown => None,
        }
    }
}

impl About {
    /// A policy's statements about the code, on every topic that a rule reads; the edits of CMS that it follows come last.
    pub(super) fn texts(&self, says: &Parameters) -> Vec<String> {
        let (edits, own): (Vec<Topic>, Vec<Topic>) = Topic::all()
            .filter(|&topic| says.says(topic))
            .partition(|topic| matches!(topic, Topic::Follows(_)));
        let topics = own.into_iter().chain(edits);
        topics.filter_map(|topic| self.text(says, topic)).collect()
    }

    /// A policy's statement on a topic; `None` if it cannot concern the code. Every topic has its arm, so that a new one is
    /// not forgotten.
    fn text(&self, says: &Parameters, topic: Topic) -> Option<String> {
        match topic {
            Topic::Follows(edits) => self.edits(edits),
            Topic::BilateralFormats => self.both_sides(says),
            Topic::MultipleProcedures => says.multiple_procedures.as_ref().and_then(|it| self.several(it)),
            Topic::ModifierPercents => self.percents(says),
            Topic::UnpaidModifiers => self.with_modifiers("never pays", &says.unpaid_modifiers),
            Topic::DocumentedModifiers => self.with_modifiers("wants the record with", &says.documented_modifiers),
            Topic::RefusedModifiers => {
                let refused = says.refused_modifiers.as_ref();
                let named = |codes: &CodeSet| codes.is_empty() || codes.contains(self.code);
                let of_code = refused.filter(|refused| named(&refused.codes))?;
                let refused = self.with_modifiers("does not take", &of_code.modifiers)?;
                Some(match &*of_code.sites {
                    [] => refused,
                    sites => format!("{refused} at {}", joined(sites)),
                })
            }
            Topic::CoSurgeonsNeed62 => self.co_surgeons(says.co_surgeons_need_62?),
            Topic::AssistantIndicator2 => self.assistant(says.assistant_at_indicator_2_only?),
            Topic::VisitReduction => self.visit(says.visit_reduction?),
            Topic::AnatomicModifier => self.side_or_site(says.anatomic_modifier.as_ref()?),
            Topic::Coverage => {
                let coverage = says.coverage.as_ref();
                coverage
                    .filter(|coverage| coverage.codes.contains(self.code))
                    .map(covered)
            }
            Topic::PriorAuthorisation => self.at_sites("prior authorisation", says.prior_authorisation.as_ref()?),
            Topic::SiteReview => self.at_sites("review of the site", says.site_review.as_ref()?),
            Topic::NeverBypassed => {
                let pairs = says.never_bypassed.as_ref()?;
                let named = pairs.codes.contains(self.code) || pairs.with.contains(self.code);
                named.then(|| "some pairs with it are not set aside by a modifier".to_owned())
            }
            Topic::RefusedSites => self.at_sites("no payment", says.refused_sites.as_ref()?),
            Topic::RequiredModifiers | Topic::ModifierKinds | Topic::NeedsOtherService => self.modifiers(says, topic),
            Topic::PaidBeside => self.beside(says.paid_beside.as_ref()?),
            Topic::SideMustMatchDiagnosis => {
                let said = says.side_must_match_diagnosis? && self.may_have_a_side();
                said.then(|| "denies a side other than the diagnosis'".to_owned())
            }
            Topic::DiagnosisSideNeeded => {
                let said = says.diagnosis_side_needed? && self.may_have_a_side();
                said.then(|| "denies a diagnosis of an unspecified side".to_owned())
            }
            Topic::TelehealthSites => self.telehealth(says.telehealth_sites.as_ref()?),
            Topic::StatusUnits => self.status_units(says),
            Topic::ComponentBesideWhole => {
                let denied =
                    says.component_beside_whole_denied? && self.row.may_be(|row| row.pc_tc == PcTc::BothComponents);
                denied.then(|| "denies 26 or TC beside the whole service, whoever bills it".to_owned())
            }
        }
    }

    fn modifiers(&self, says: &Parameters, topic: Topic) -> Option<String> {
        if topic == Topic::NeedsOtherService {
            return self.with_modifiers("wants another service of the day with", &says.needs_other_service);
        }
        if topic == Topic::ModifierKinds {
            let kinds = says.modifier_kinds.as_ref()?;
            let elsewhere = !kinds.codes.contains(self.code);
            return elsewhere.then(|| format!("does not take {}", joined(&kinds.modifiers)));
        }
        let required = says.required_modifiers.as_ref()?;
        let named = required.codes.contains(self.code);
        let modifiers = joined(&required.modifiers);
        named.then(|| match (required.needed, required.one_only) {
            (true, false) => format!("needs one of {modifiers}"),
            (true, true) => format!("needs one of {modifiers}, and only one"),
            (false, true) => format!("takes only one of {modifiers}"),
            (false, false) => format!("needs none of {modifiers}"),
        })
    }

    fn may_have_a_side(&self) -> bool {
        self.row.may_be(|row| matches!(row.bilateral.text(), "1" | "3"))
    }

    fn telehealth(&self, says: &TelehealthSites) -> Option<String> {
        if !self.row.may_be(|row| row.global == GlobalPeriod::NotApplicable) {
            return None;
        }
        let parts = [
            ("at", joined(&says.sites)),
            ("for less at", joined(&says.reduced_sites)),
            ("with one of", joined(&says.modifiers)),
        ];
        let parts = parts.iter().filter(|(_, values)| !values.is_empty());
        let parts: Vec<String> = parts.map(|(what, values)| format!("{what} {values}")).collect();
        Some(format!("by telehealth: {}", parts.join(", ")))
    }

    fn beside(&self, paid: &PaidBeside) -> Option<String> {
        let with = paid
            .modifier
            .map_or_else(String::new, |modifier| format!(" with {modifier}"));
        let named = paid.codes.contains(self.code);
        named.then(|| format!("pays it{with} beside {} at {} percent", paid.beside, paid.percent))
    }

    fn status_units(&self, says: &Parameters) -> Option<String> {
        let is_anaesthesia = self.row.may_be(|row| row.status == StatusCode::Anesthesia);
        let units = says
            .status_units
            .iter()
            .map(|(modifier, units)| format!("{units} for {modifier}"));
        let units: Vec<String> = units.collect();
        is_anaesthesia.then(|| format!("adds units by physical status: {}", units.join(", ")))
    }

    fn edits(&self, edits: CmsEdits) -> Option<String> {
        let (name, concerns) = match edits {
            CmsEdits::Ptp => ("NCCI pairs", true),
            CmsEdits::Mue => ("medically unlikely units", true),
            CmsEdits::AddOns => ("add-on codes", true),
            CmsEdits::BilateralIndicator => {
                let sides = |row: &PolicyIndicators| is_procedure(row) || !matches!(row.bilateral.text(), "0" | "9");
                ("bilateral indicator", self.row.may_be(sides))
            }
            CmsEdits::AssistantIndicator => ("assistant at surgery indicator", self.row.may_be(is_procedure)),
            CmsEdits::CoSurgeonIndicator => ("co-surgeon indicator", self.row.may_be(is_procedure)),
            CmsEdits::TeamIndicator => ("team surgery indicator", self.row.may_be(is_procedure)),
            CmsEdits::PcTcIndicator => ("PC/TC indicator", self.row.may_be(|_| true)),
            CmsEdits::GlobalDays => ("global days", self.row.may_be(|_| true)),
            CmsEdits::BundledStatus => {
                let bundled = |row: &PolicyIndicators| row.status == StatusCode::Bundled;
                ("status B", self.row.may_be(bundled))
            }
            CmsEdits::ComponentSites => {
                let both = |row: &PolicyIndicators| row.pc_tc == PcTc::BothComponents;
                ("professional component at a facility", self.row.may_be(both))
            }
        };
        concerns.then(|| format!("follows CMS's {name}"))
    }

    fn both_sides(&self, says: &Parameters) -> Option<String> {
        let takes = |row: &PolicyIndicators| says.takes_both_sides_at(row.bilateral.text());
        if !self.row.may_be(takes) {
            return None;
        }
        let formats: Vec<&str> = says.bilateral_formats.iter().map(|&format| taken(format)).collect();
        let mut text = format!("both sides: {}", formats.join(", or "));
        let denied: Vec<&str> = says.bilateral_denied.iter().map(|&format| denied(format)).collect();
        if !denied.is_empty() {
            text.push_str(", not ");
            text.push_str(&denied.join(", nor "));
        }
        Some(text)
    }

    fn several(&self, several: &MultipleProcedures) -> Option<String> {
        let ranked =
            |row: &PolicyIndicators| matches!(row.multiple, MultipleProcedure::Standard | MultipleProcedure::Endoscopy);
        self.row.may_be(ranked).then(|| several_procedures(several))
    }

    fn percents(&self, says: &Parameters) -> Option<String> {
        let stated = says.modifier_percents.iter();
        let stated = stated.filter(|&(&modifier, _)| self.may_carry(modifier));
        let paid: Vec<String> = stated
            .filter_map(|(&modifier, percent)| self.percent(modifier, percent))
            .collect();
        (!paid.is_empty()).then(|| format!("pays {}", paid.join(", ")))
    }

    fn percent(&self, modifier: Modifier, percent: &ModifierPercent) -> Option<String> {
        let column = ModifierColumn::of(modifier);
        let printed = column.and_then(|column| self.row.printed(column));
        if let Some(percent) = percent.of(self.code, printed) {
            return Some(format!("{percent} percent with {modifier}"));
        }
        let ModifierPercent::By(percents) = percent else {
            return None;
        };
        if !matches!(self.row, Row::NotKnown) {
            return None;
        }
        let name = column.map_or("", ModifierColumn::name);
        let values = percents
            .iter()
            .filter(|(word, _)| word.parse::<ProcedureCode>().is_err());
        let each: Vec<String> = values
            .map(|(word, percent)| format!("{percent} percent with {modifier} at {name} {word}"))
            .collect();
        (!each.is_empty()).then(|| each.join(", "))
    }

    fn with_modifiers(&self, what: &str, modifiers: &[Modifier]) -> Option<String> {
        let carried: Vec<Modifier> = modifiers
            .iter()
            .copied()
            .filter(|&modifier| self.may_carry(modifier))
            .collect();
        (!carried.is_empty()).then(|| format!("{what} {}", joined(&carried)))
    }

    fn may_carry(&self, modifier: Modifier) -> bool {
        !self.elsewhere.contains(&modifier)
    }

    fn co_surgeons(&self, need_62: bool) -> Option<String> {
        let two =
            |row: &PolicyIndicators| matches!(row.co_surgeon, CoSurgeon::NeedsDocumentation | CoSurgeon::Permitted);
        let concerns = need_62 && self.row.may_be(two);
        concerns.then(|| "pays two surgeons only with 62 on the lines of both".to_owned())
    }

    fn assistant(&self, only: bool) -> Option<String> {
        let Row::Listed(row) = self.row else {
            let concerns = only && self.row.may_be(|_| true);
            return concerns.then(|| "pays an assistant at indicator 2 only".to_owned());
        };
        if !only || !is_procedure(&row) || row.assistant == AssistantAtSurgery::NotApplicable {
            return None;
        }
        Some(match row.assistant {
            AssistantAtSurgery::Payable => "pays an assistant, as the indicator is 2".to_owned(),
            other => format!("pays no assistant: only at indicator 2, and the code's is {other}"),
        })
    }

    fn visit(&self, reduction: VisitReduction) -> Option<String> {
        let beside = match self.row {
            Row::NotListed => return None,
            Row::NotKnown => "a visit with 25 beside a procedure",
            Row::Listed(row) => match row.global {
                GlobalPeriod::Days0 | GlobalPeriod::Days10 => "a visit with 25 beside it",
                GlobalPeriod::Days90 if reduction.procedures == Procedures::MinorAndMajor => {
                    "a visit with 25 beside it"
                }
                GlobalPeriod::NotApplicable if self.may_carry(crate::modifier!("25")) => {
                    "it with 25 beside a procedure"
                }
                _ => return None,
            },
        };
        Some(format!("pays {beside} at {} percent", reduction.percent))
    }

    fn side_or_site(&self, wanted: &AnatomicModifier) -> Option<String> {
        let by_indicator = wanted.at_bilateral_indicator_1 && self.row.may_be(|row| row.bilateral.text() == "1");
        let concerns = wanted.codes.contains(self.code) || by_indicator;
        concerns.then(|| format!("needs one of {}", joined(&wanted.modifiers)))
    }

    fn at_sites(&self, what: &str, condition: &SiteCondition) -> Option<String> {
        if !condition.codes.contains(self.code) {
            return None;
        }
        Some(match (condition.asked, &*condition.sites, &*condition.except_sites) {
            (false, _, _) => format!("no {what}"),
            (true, [], []) => what.to_owned(),
            (true, [], except) => format!("{what}, but not at {}", joined(except)),
            (true, sites, _) => format!("{what} at {}", joined(sites)),
        })
    }
}

/// Tests and visits have the indicators of surgeons too, and nothing to assist at.
fn is_procedure(row: &PolicyIndicators) -> bool {
    row.global != GlobalPeriod::NotApplicable
}

fn joined(values: &[impl Display]) -> String {
    let texts: Vec<String> = values.iter().map(ToString::to_string).collect();
    texts.join(" ")
}

fn covered(coverage: &CoveragePosition) -> String {
    let position = match coverage.position {
        Position::Covered => "covered",
        Position::CoveredWithConditions => "covered under conditions",
        Position::NotCovered => "not covered",
        Position::Investigational => "not covered, as investigational",
        Position::PaidWithAnother => "paid with another service, never by itself",
    };
    match &coverage.condition {
        Some(condition) => format!("{position}: {condition}"),
        None => position.to_owned(),
    }
}

fn several_procedures(several: &MultipleProcedures) -> String {
    let mut text = "several procedures of a day: ".to_owned();
    if several.percents.is_empty() {
        text.push_str("less for all but the first");
    } else {
        let percents: Vec<String> = several.percents.iter().map(ToString::to_string).collect();
        text.push_str(&percents.join(", "));
        text.push_str(" percent, the last for all that follow");
    }
    text.push_str(match several.ranking {
        Some(Ranking::Allowance) => ", ranked by its allowed amount",
        Some(Ranking::Rvu) => ", ranked by relative value units",
        Some(Ranking::FacilityRvu) => ", ranked by relative value units at a facility",
        Some(Ranking::Charge) => ", ranked by the charge",
        None => "",
    });
    if several.units {
        text.push_str(", further units counted each");
    }
    if several.modifier_51 {
        text.push_str(", with 51 on all but the first");
    }
    text
}

fn taken(format: BilateralFormat) -> &'static str {
    match format {
        BilateralFormat::OneLineOneUnit => "one line with 50 and one unit",
        BilateralFormat::OneLineTwoUnits => "one line with 50 and two units",
        BilateralFormat::FiftyOnSecondLine => "two lines, 50 on the second",
        BilateralFormat::RightAndLeftLines => "a line with RT and a line with LT",
        BilateralFormat::RightAndLeftInTwoSessions => "a line with RT and a line with LT, where done in two sessions",
        BilateralFormat::TwoLinesWithoutFifty => "two lines of one unit, without 50",
        BilateralFormat::TwoUnitsWithoutFifty => "one line of two units, without 50",
    }
}

fn denied(format: DeniedFormat) -> &'static str {
    match format {
        DeniedFormat::TwoLines => "two lines",
        DeniedFormat::TwoUnitsWithASide => "two units with RT or LT",
    }
}
