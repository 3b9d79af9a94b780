//! What the rules of add-on codes share.

use crate::evaluation::Reason;
use crate::reference::AddOnType;
use crate::rule::prelude::*;

/// Raises an add-on that has edits of this type in force where none of their primaries is billed by the same provider on
/// the day. A primary on a line over several days may be of this day or not: then the rule is not evaluated.
pub(super) fn raise_without_primary(line: &Line<'_>, kind: AddOnType, found: &mut Found<'_>) {
    if !line.add_on_edits().any(|edit| edit.kind == kind) || line.day().any(|other| line.has_primary(&other, kind)) {
        return;
    }
    if line.lines_over_days().any(|other| line.has_primary(&other, kind)) {
        found.not_evaluated(line, Reason::OtherLineSeveralDays);
    } else {
        found.raise(line);
    }
}

/// Says which primaries of a line's edits of this type are not billed: all of a few, else how many and the first.
pub(super) fn missing_primaries(raised: &Raised<'_>, kind: AddOnType) -> String {
    const NAMED: usize = 4;
    let mut codes: Vec<String> = raised
        .line()
        .into_iter()
        .flat_map(|line| {
            let edits = line.add_on_edits().filter(move |edit| edit.kind == kind);
            edits.filter_map(|edit| line.primary(&edit))
        })
        .map(|code| code.to_string())
        .collect();
    codes.sort_unstable();
    codes.dedup();
    let count = codes.len();
    codes.truncate(NAMED);
    let named = codes.join(", ");
    match count {
        1 => format!("its primary, {named}, is not billed"),
        2..=NAMED => format!("none of its primaries ({named}) is billed"),
        _ => format!("none of its {count} primaries ({named} and others) is billed"),
    }
}
