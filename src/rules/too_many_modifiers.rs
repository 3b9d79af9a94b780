//! What the rules of too many modifiers share.

use crate::model::Modifiers;
use crate::rule::prelude::*;

pub(super) fn raise(line: &Line<'_>, found: &mut Found<'_>) {
    if line.modifiers().more_were_given() {
        found.raise(line);
    }
}

pub(super) fn message(raised: &Raised<'_>) -> String {
    let given = raised.line().map_or(0, |line| line.given().all_modifiers().count());
    let beyond: Vec<_> = raised
        .line()
        .into_iter()
        .flat_map(|line| line.given().all_modifiers().skip(Modifiers::CAPACITY))
        .map(|modifier| modifier.to_string())
        .collect();
    format!(
        "{} carries {given} modifiers, and a line has four places: no room for {}",
        raised.code(),
        beyond.join(", "),
    )
}
