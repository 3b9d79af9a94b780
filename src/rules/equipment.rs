//! How an item of equipment is paid.

use crate::reference::{DmeposCategory, Gap, HcpcsPricing, Lookup};
use crate::rule::prelude::*;

/// How Medicare pays for an item, as far as the modifiers of its line depend on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Paid {
    /// Sold or rented: inexpensive, or routinely purchased.
    SoldOrRented,
    /// Rented for some months, then the patient's.
    CappedRental,
}

/// What the schedules say of the code of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Category {
    /// It is paid in one of these ways.
    Paid(Paid),
    /// It is paid in another way, or is no item.
    Other,
    /// Neither schedule answers for the date.
    NotKnown(Gap),
}

/// The category of a line's code, by the DMEPOS schedule, else by HCPCS Level II.
pub(super) fn category(line: &Line<'_>) -> Category {
    if let Lookup::Found(mut rows) = line.dmepos() {
        let category = rows.next().map(|row| row.category);
        return match category {
            Some(DmeposCategory::Inexpensive) => Category::Paid(Paid::SoldOrRented),
            Some(DmeposCategory::CappedRental) => Category::Paid(Paid::CappedRental),
            _ => Category::Other,
        };
    }
    match line.hcpcs() {
        Lookup::Found(entry) => match entry.pricing {
            HcpcsPricing::Inexpensive => Category::Paid(Paid::SoldOrRented),
            HcpcsPricing::CappedRental => Category::Paid(Paid::CappedRental),
            _ => Category::Other,
        },
        Lookup::NotCovered(gap) => Category::NotKnown(gap),
        _ => Category::Other,
    }
}
