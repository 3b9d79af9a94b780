//! Arithmetic on amounts that are never negative: it stops at nothing and at the largest amount that can be held.

use crate::model::{Money, Units};

const THOUSANDTHS: u128 = 1_000;

/// The cents of an amount; `None` for a negative one.
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
