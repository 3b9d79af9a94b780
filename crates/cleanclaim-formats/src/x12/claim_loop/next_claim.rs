//! What tells that segments behind a claim are another's, whose CLM is lost.

use std::mem;

use super::{ClaimLoop, Place};
use crate::x12::line_loop::{LineLoop, Provider};
use crate::x12::{Note, Segment, values};

/// What a claim had before lines that may be another's.
#[derive(Clone, Debug)]
pub(super) struct Restart {
    pub(super) at: Place,
    pub(super) lines: usize,
    pub(super) problems: u64,
    pub(super) notes: usize,
    /// Whether the lines before are all that the claim charges.
    pub(super) is_balanced: bool,
    pub(super) begins_with_1: bool,
}

impl ClaimLoop {
    /// Whether this LX, SV1 or SV2 belongs to another claim whose CLM is lost, as segments that come before lines have come
    /// behind those of this one: unless it goes on with lines that this claim lacks.
    pub(in crate::x12) fn is_past(&self, segment: &Segment<'_>) -> bool {
        if self.behind.is_none() {
            return false;
        }
        if segment.id() != b"LX" {
            return self.lines.last().is_none_or(|line| line.has_service);
        }
        let number = values::whole(segment.elements::<1>().1[0]);
        let goes_on = number > self.lines.last().and_then(|line| line.number);
        !goes_on || self.is_balanced()
    }

    /// The first segment that is not this claim's, where [`is_past`](Self::is_past) says so.
    pub(in crate::x12) fn take_behind(&mut self) -> Option<Place> {
        self.behind.take()
    }

    /// Takes out lines that are another claim's, whose CLM is lost, and says where they begin: where numbers do not go on
    /// behind lines that are all that the claim charges, or if nothing tells, where numbers begin with 1 again after others.
    /// Lines that are numbered on are the claim's, whatever it charges.
    pub(in crate::x12) fn take_next(&mut self) -> Option<Place> {
        let restart = self.restart.take()?;
        let before = self.lines.get(..restart.lines)?;
        let was_numbered_on = before.last().is_some_and(|line| line.number > Some(1));
        let is_next = match (restart.is_balanced, self.is_balanced()) {
            (true, false) => true,
            (false, true) => false,
            _ => restart.begins_with_1 && was_numbered_on,
        };
        if !is_next {
            return None;
        }
        self.lines.truncate(restart.lines);
        self.problems.truncate(restart.problems);
        self.notes.truncate(restart.notes);
        self.charged = cents(&self.lines);
        Some(restart.at)
    }

    /// Leaves out the last line's rendering provider where it may as well be that of a claim whose CLM is lost: one that
    /// stands behind the line, but behind no line before. Of two the first is the line's.
    pub(in crate::x12) fn doubt_provider(&mut self) {
        let names_its_own = |line: &LineLoop| !matches!(line.provider, Provider::NotSaid);
        let Some((last, before)) = self.lines.split_last_mut() else {
            return;
        };
        let has_two = !matches!(mem::take(&mut last.other_provider), Provider::NotSaid);
        if has_two || !names_its_own(last) || before.iter().any(names_its_own) {
            return;
        }
        last.provider = Provider::NotSaid;
        self.notes.push(Note::ProviderOfNextClaim {
            line: last.number.unwrap_or_default(),
        });
    }

    /// Says of segments behind the lines that they are left out.
    pub(super) fn note_behind(&mut self) {
        if let Some(Place { id, segment, .. }) = self.behind.take() {
            self.notes.push(Note::BehindLines { id, segment });
        }
    }

    /// Keeps what there is before a line that may be another claim's.
    pub(super) fn note_restart(&mut self, number: Option<u32>, segment: &Segment<'_>) {
        // A claim that charges nothing is balanced from its first line on, which tells nothing.
        let is_balanced = self.is_balanced() && self.charged > Some(0);
        let begins_with_1 = number == Some(1);
        let goes_on = number > self.lines.last().and_then(|line| line.number);
        if !self.has_lines() || self.restart.is_some() || goes_on || !(is_balanced || begins_with_1) {
            return;
        }
        self.restart = Some(Restart {
            at: Place::of(segment),
            lines: self.lines.len(),
            problems: self.problems.count(),
            notes: self.notes.count(),
            is_balanced,
            begins_with_1,
        });
    }

    /// Whether the lines add up to what the claim charges.
    pub(super) fn is_balanced(&self) -> bool {
        self.stated.is_some_and(|stated| self.charged == Some(stated.cents()))
    }
}

/// The sum of what lines charge in cents, if each says.
fn cents(lines: &[LineLoop]) -> Option<i64> {
    lines.iter().try_fold(0_i64, |sum, line| {
        sum.checked_add(line.service.as_ref()?.charge?.cents())
    })
}
