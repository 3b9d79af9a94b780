//! What the rules about the end of the COVID-19 public health emergency share.

use crate::model::ServiceDate;
use crate::rule::prelude::*;

/// The first date of service after the public health emergency.
pub(super) const AFTER_EMERGENCY: ServiceDate = crate::date!(2023, 5, 12);

/// The first day of version 88 of the outpatient editor, which brought the edits.
const FIRST_VERSION: ServiceDate = crate::date!(2022, 7, 1);

/// Whether a line lies after the emergency, on a claim of a version that looks.
pub(super) fn is_over(line: &Line<'_>) -> bool {
    let first_day = line.whole_claim().first_day();
    line.date() >= AFTER_EMERGENCY && first_day.is_some_and(|first| first >= FIRST_VERSION)
}
