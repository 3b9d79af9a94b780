//! How every look-up goes: the release of the date, then the row.

use crate::model::{ProcedureCode, ServiceDate};

use super::codes::CodeId;
use super::release::{Gap, Loaded, Lookup, Releases, Stale};
use super::{InRelease, Reference};

impl Reference {
    /// A code's row in the release of a date, if one answers.
    pub(super) fn of_code<T, R>(
        &self,
        releases: &Releases<T>,
        code: ProcedureCode,
        date: ServiceDate,
        stale: Stale,
        find: impl FnOnce(&T, CodeId) -> Option<R>,
    ) -> Lookup<InRelease<R>> {
        look_up(releases, self.code_id(code), date, stale, find)
    }
}

/// The row of the code with this number in the release of a date, if one answers.
pub(super) fn look_up<T, R>(
    releases: &Releases<T>,
    id: Option<CodeId>,
    date: ServiceDate,
    stale: Stale,
    find: impl FnOnce(&T, CodeId) -> Option<R>,
) -> Lookup<InRelease<R>> {
    answer(releases, date, stale, |loaded| {
        if !loaded.covers(id) {
            return Err(Gap::OutsideExcerpt(loaded.id));
        }
        Ok(id.and_then(|id| find(&loaded.table, id)))
    })
}

/// What the release of a date says, where one answers.
pub(super) fn answer<T, R>(
    releases: &Releases<T>,
    date: ServiceDate,
    stale: Stale,
    find: impl FnOnce(&Loaded<T>) -> Result<Option<R>, Gap>,
) -> Lookup<InRelease<R>> {
    let found = releases
        .on(date, stale)
        .and_then(|loaded| Ok((find(loaded)?, loaded.id)));
    match found {
        Err(gap) => Lookup::NotCovered(gap),
        Ok((None, _)) => Lookup::NotListed,
        Ok((Some(row), release)) => Lookup::Found(InRelease { row, release }),
    }
}

/// The rows, if there are any.
pub(super) fn some<R>(rows: impl Iterator<Item = R>) -> Option<Vec<R>> {
    let rows: Vec<R> = rows.collect();
    (!rows.is_empty()).then_some(rows)
}
