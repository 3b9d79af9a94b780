//! What the tables say about one code, and about one modifier.

use std::num::NonZeroU16;

use crate::kinds::ServiceKinds;
use crate::model::{ProcedureCode, SiteRate};
use crate::reference::{AddOnType, CodeId, Mue, PairCode, PolicyIndicators, Table};

/// One bit per table.
pub(crate) const fn table_bit(table: Table) -> u32 {
    1 << table as u8
}

/// A set of rules of lines and of code days, one bit each.
pub(crate) type RuleSet = u128;

/// Two sets of rules that many codes share.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct CodeRules {
    /// The rules that the facts of the code trigger.
    pub(super) calls: RuleSet,
    /// The rules that the facts of the code leave to other triggers.
    pub(super) allows: RuleSet,
}

/// The bit of a rate among those for which the fee schedule says NA.
pub(super) const fn na_bit(rate: SiteRate) -> u8 {
    match rate {
        SiteRate::Facility => 1,
        SiteRate::NonFacility => 2,
    }
}

/// The key of the cache: the text of a code, six bits a character, or a number that is no text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Key(u32);

impl Key {
    /// No code was given.
    pub(super) const NO_CODE: Self = Self(u32::MAX);
    /// A code that the reference does not have: all of them share their facts, so that a file of wrong codes takes no
    /// memory.
    pub(super) const UNKNOWN: Self = Self(u32::MAX - 1);

    #[inline]
    pub(super) fn of(code: Option<ProcedureCode>) -> Self {
        code.map_or(Self::NO_CODE, |code| {
            // The last six bits of a digit or a capital letter are its own.
            let bits = code
                .as_bytes()
                .iter()
                .fold(0, |bits, &byte| bits << 6 | u32::from(byte & 0x3F));
            Self(bits)
        })
    }

    /// Spreads the keys over 32 bits, the highest best: Fibonacci hashing.
    #[inline]
    pub(super) fn spread(self) -> u32 {
        self.0.wrapping_mul(0x9E37_79B9)
    }
}

/// The facts of a code in a period.
///
/// One line of the processor's cache: of many codes, most are not at hand when a claim names them.
#[derive(Clone, Copy, Debug)]
#[repr(align(64))]
pub(crate) struct CodeFacts {
    pub(super) key: Key,
    /// The index, among the period's sets of rules, of the set that these facts trigger.
    pub(super) rules: u16,
    /// The tables that do not answer for the code.
    pub(super) gaps: u32,
    /// The code's number in the reference, or one that no code has.
    pub(super) id: u16,
    pub(super) pair_number: u16,
    pub(super) pair_groups: u64,
    pub(super) mue: Option<Mue>,
    pub(super) fee: Option<PolicyIndicators>,
    /// The rates for which a row of the fee schedule, of whatever component, says NA, as [`na_bit`] has them; all where
    /// there is no telling.
    pub(super) na: u8,
    /// The kinds of service that the code is; empty for a code that the reference does not have, as those share their facts.
    pub(super) kinds: ServiceKinds,
    /// The types of the add-on edits in force, a bit each.
    pub(super) add_on: u8,
    /// The number of the outpatient editor's row among those of the period.
    pub(super) entry: Option<NonZeroU16>,
    /// Whether the fee schedule has rows of the code's components.
    pub(super) has_component_rows: bool,
}

const _: () = assert!(size_of::<CodeFacts>() == 64);

/// A reference has fewer codes than this.
pub(super) const NO_ID: u16 = u16::MAX;

impl CodeFacts {
    pub(super) const NOTHING: Self = Self {
        key: Key::NO_CODE,
        rules: 0,
        gaps: 0,
        id: NO_ID,
        pair_number: PairCode::NONE.number,
        pair_groups: PairCode::NONE.groups,
        mue: None,
        fee: None,
        na: 0,
        kinds: ServiceKinds::NONE,
        add_on: 0,
        entry: None,
        has_component_rows: false,
    };

    /// The code's number in the reference; `None` if the reference does not have it.
    #[inline]
    pub(super) fn id(&self) -> Option<CodeId> {
        (self.id != NO_ID).then_some(CodeId(self.id))
    }

    /// The code among those of the pair table.
    #[inline]
    pub(super) fn pair_code(&self) -> PairCode {
        PairCode {
            number: self.pair_number,
            groups: self.pair_groups,
        }
    }

    /// Whether there is a code at all.
    pub(super) fn is_given(&self) -> bool {
        self.key != Key::NO_CODE
    }
}

/// The modifier table's facts of one modifier, or of several together.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ModifierFacts {
    /// The rules that these facts trigger.
    pub(super) calls: RuleSet,
    /// The kinds of service that the modifier, or every one of several, may stand on.
    pub(super) kinds: ServiceKinds,
    /// A bit for each of the constants below.
    pub(super) facts: u8,
}

impl ModifierFacts {
    /// One that is NCCI-associated.
    pub(super) const NCCI: u8 = 1;
    /// One that is NCCI-associated and not 59, XE, XP, XS or XU.
    pub(super) const NCCI_OTHER_THAN_DISTINCT: u8 = 2;
    /// One that the table does not list.
    pub(super) const UNKNOWN: u8 = 4;
    /// One that began inside a quarter, on a day that its row states.
    pub(super) const DATED: u8 = 8;
    /// One that must not stand alone, by its row in the table of modifiers.
    pub(super) const NEEDS_ANOTHER: u8 = 16;
    /// One that was not looked up yet.
    pub(super) const NOT_MET: u8 = 128;

    /// No modifier.
    pub(super) const NONE: Self = Self {
        calls: 0,
        kinds: ServiceKinds::ALL,
        facts: 0,
    };

    /// Whether a fact holds.
    #[inline]
    pub(super) fn has(self, fact: u8) -> bool {
        self.facts & fact != 0
    }

    #[inline]
    pub(super) fn and(self, other: Self) -> Self {
        Self {
            calls: self.calls | other.calls,
            kinds: self.kinds.common(other.kinds),
            facts: self.facts | other.facts,
        }
    }
}

/// The bit of an add-on type among those of a code.
pub(super) const fn kind_bit(kind: AddOnType) -> u8 {
    1 << kind as u8
}

pub(super) fn na_of(row: PolicyIndicators) -> u8 {
    let bit = |says_na: bool, rate| if says_na { na_bit(rate) } else { 0 };
    bit(row.nonfacility_na, SiteRate::NonFacility) | bit(row.facility_na, SiteRate::Facility)
}
