//! Shares of amounts, rounded to the cent as CMS rounds: half a cent up.

use std::fmt;

use crate::model::{Money, Units};

/// A share of an amount, in tenths of a percent.
///
/// ```
/// use cleanclaim::price::Percent;
///
/// assert_eq!(Percent::CO_SURGEON.of("90.18".parse()?), "56.36".parse()?);
/// assert_eq!(Percent::CO_SURGEON.to_string(), "62.5 percent");
/// # Ok::<(), cleanclaim::model::ParseError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Percent(u16);

const WHOLE: u128 = 1_000;
const THOUSANDTHS: u128 = 1_000;

impl Percent {
    /// All of it.
    pub const ALL: Self = Self::whole(100);
    /// Half of it.
    pub const HALF: Self = Self::whole(50);
    /// What each of two surgeons is paid.
    pub const CO_SURGEON: Self = Self(625);
    /// What a physician who assists at surgery is paid of the surgeon's amount.
    pub const ASSISTANT: Self = Self::whole(16);
    /// What another practitioner who assists is paid of the surgeon's amount: 85 percent of a physician's share.
    pub const NON_PHYSICIAN_ASSISTANT: Self = Self(136);

    /// So many percent.
    #[must_use]
    pub const fn whole(percent: u16) -> Self {
        Self(percent.saturating_mul(10))
    }

    /// Tenths of a percent.
    #[must_use]
    pub const fn tenths(self) -> u16 {
        self.0
    }

    /// This share of an amount, half a cent rounded up. A negative amount has no share.
    #[must_use]
    pub fn of(self, amount: Money) -> Money {
        money(divided(cents(amount) * u128::from(self.0), WHOLE))
    }
}

impl fmt::Display for Percent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 % 10 {
            0 => write!(f, "{} percent", self.0 / 10),
            tenths => write!(f, "{}.{tenths} percent", self.0 / 10),
        }
    }
}

/// The cents of an amount; none of a negative one.
pub(super) fn cents(amount: Money) -> u128 {
    u128::try_from(amount.cents()).unwrap_or(0)
}

/// An amount of so many cents, at most the largest that can be held.
pub(super) fn money(cents: u128) -> Money {
    i64::try_from(cents)
        .ok()
        .and_then(Money::from_cents)
        .unwrap_or(Money::MAX)
}

/// A quotient, half rounded up.
pub(super) fn divided(number: u128, by: u128) -> u128 {
    (number + by / 2) / by
}

/// An amount for so many units.
pub(super) fn times(amount: Money, units: Units) -> Money {
    money(divided(cents(amount) * u128::from(units.thousandths()), THOUSANDTHS))
}

/// The sum of two amounts.
pub(super) fn plus(one: Money, other: Money) -> Money {
    money(cents(one) + cents(other))
}

/// An amount less another, never below nothing.
pub(super) fn less(amount: Money, other: Money) -> Money {
    money(cents(amount).saturating_sub(cents(other)))
}
