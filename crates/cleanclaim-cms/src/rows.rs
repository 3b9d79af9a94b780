//! One row a key: repeats are kept once, contradictions refused.

use std::collections::HashMap;
use std::fmt::Display;
use std::hash::Hash;

use cleanclaim::model::DateRange;

use crate::problem::{FileProblemKind, Log};

/// Rows of a snapshot: a key has one row.
pub(crate) struct Distinct<K, R> {
    seen: HashMap<K, usize>,
    rows: Vec<R>,
    repeated: usize,
}

impl<K: Eq + Hash + Display, R: PartialEq> Distinct<K, R> {
    pub(crate) fn new() -> Self {
        Self {
            seen: HashMap::new(),
            rows: Vec::new(),
            repeated: 0,
        }
    }

    pub(crate) fn push(&mut self, key: K, row: R) -> Result<(), FileProblemKind> {
        let next = self.rows.len();
        let at = *self.seen.entry(key).or_insert(next);
        match self.rows.get(at) {
            None => self.rows.push(row),
            Some(before) if *before == row => self.repeated += 1,
            Some(_) => {
                let key = self
                    .seen
                    .iter()
                    .find(|(_, place)| **place == at)
                    .map(|(key, _)| key.to_string());
                return Err(FileProblemKind::Conflict {
                    key: key.unwrap_or_default().into(),
                });
            }
        }
        Ok(())
    }

    pub(crate) fn finish(self, log: &mut Log) -> Vec<R> {
        if self.repeated > 0 {
            log.note(FileProblemKind::Repeated { count: self.repeated });
        }
        self.rows
    }
}

/// Rows of a cumulative table: rows of a key that have a day in common say the same.
pub(crate) struct Intervals<K, R> {
    /// Whether two rows of a key say the same, their days aside.
    agree: fn(&R, &R) -> bool,
    overlapping: usize,
    seen: HashMap<K, Vec<(DateRange, usize)>>,
    rows: Vec<R>,
    repeated: usize,
    never: usize,
    example: Option<String>,
}

impl<K: Eq + Hash + Display, R: PartialEq> Intervals<K, R> {
    pub(crate) fn new(agree: fn(&R, &R) -> bool) -> Self {
        Self {
            agree,
            overlapping: 0,
            seen: HashMap::new(),
            rows: Vec::new(),
            repeated: 0,
            never: 0,
            example: None,
        }
    }

    /// `in_force` is none for a row that ends before it begins.
    pub(crate) fn push(&mut self, key: K, in_force: Option<DateRange>, row: R) -> Result<(), FileProblemKind> {
        let Some(days) = in_force else {
            self.never += 1;
            self.example.get_or_insert_with(|| key.to_string());
            self.rows.push(row);
            return Ok(());
        };
        let next = self.rows.len();
        let text = key.to_string();
        let intervals = self.seen.entry(key).or_default();
        let meeting = || {
            intervals
                .iter()
                .filter(|(other, _)| other.overlaps(days))
                .filter_map(|&(_, at)| self.rows.get(at))
        };
        if meeting().any(|before| *before == row) {
            self.repeated += 1;
            return Ok(());
        }
        if !meeting().all(|before| (self.agree)(before, &row)) {
            return Err(FileProblemKind::Overlap {
                key: text.into(),
                first: days.first(),
            });
        }
        self.overlapping += usize::from(meeting().next().is_some());
        intervals.push((days, next));
        self.rows.push(row);
        Ok(())
    }

    pub(crate) fn finish(self, log: &mut Log) -> Vec<R> {
        if self.repeated > 0 {
            log.note(FileProblemKind::Repeated { count: self.repeated });
        }
        if self.overlapping > 0 {
            log.note(FileProblemKind::Overlapping {
                count: self.overlapping,
            });
        }
        if let Some(example) = self.example {
            log.note(FileProblemKind::NeverInForce {
                count: self.never,
                example: example.into(),
            });
        }
        self.rows
    }
}
