//! Which lines of a claim are of one code and day, and which are a pair of codes.

use super::days::{Days, FEW, chunks};
use super::period::Period;
use super::{LineFacts, Standing};

/// How many lines each line of column 2 is a pair with; the others are counted.
pub(super) const MOST_PAIRS: usize = 64;

/// The pairs of a claim's lines.
#[derive(Debug, Default)]
pub(super) struct Pairs {
    /// Positions of two lines of one provider and day whose codes are a pair, the earlier first.
    pub(super) lines: Vec<(u32, u32)>,
    /// How many lines more a line is a pair with.
    pub(super) more: Vec<(u32, u32)>,
}

impl Pairs {
    pub(super) fn clear(&mut self) {
        self.lines.clear();
        self.more.clear();
    }

    /// Compares the lines of a claim, and says of each how it stands to the others.
    pub(super) fn compare(&mut self, lines: &mut [LineFacts], days: &mut Days, periods: &[Period<'_>]) {
        if lines.len() <= FEW {
            self.compare_each(lines, periods);
            return;
        }
        days.sort(lines);
        for of_day in days.each_day(lines) {
            let codes: Vec<&[u32]> = chunks(of_day, lines, LineFacts::code_day).collect();
            self.compare_codes(&codes, lines, periods);
        }
        self.lines.sort_unstable_by_key(|&(one, two)| (two, one));
        self.lines.dedup();
        self.more.sort_unstable();
        stand(lines, days);
    }

    /// Each line with those before it.
    fn compare_each(&mut self, lines: &mut [LineFacts], periods: &[Period<'_>]) {
        for number in 1..lines.len() {
            let (before, after) = lines.split_at_mut(number);
            let Some(line) = after.first_mut() else {
                return;
            };
            for (other, number_of_other) in before.iter_mut().zip(0..) {
                let same_code = line.key == other.key;
                // Few pairs of lines have anything to say, and which ones is hard to predict: one branch.
                let near = u64::from(same_code) | line.pair_code().nearness(other.pair_code());
                if near == 0 || !line.shares_day(other) {
                    continue;
                }
                if same_code {
                    line.standing = Standing::Later;
                    if other.standing == Standing::Alone {
                        other.standing = Standing::First;
                    }
                } else if has_pair(periods, line, other) {
                    self.lines.push((number_of_other, number as u32));
                }
            }
        }
    }

    /// Each code of a day with each other, given the lines of each.
    fn compare_codes(&mut self, codes: &[&[u32]], lines: &[LineFacts], periods: &[Period<'_>]) {
        // How many lines each line of column 2 is a pair with, by code.
        let mut beside: Vec<(usize, usize)> = vec![(0, 0); codes.len()];
        let first = |at: usize| lines.get(*codes.get(at)?.first()? as usize);
        for two in 1..codes.len() {
            for one in 0..two {
                let Some((a, b)) = first(one).zip(first(two)) else {
                    continue;
                };
                if a.pair_code().nearness(b.pair_code()) == 0 || !has_pair(periods, a, b) {
                    continue;
                }
                for (column1, column2) in columns(periods, a, b, one, two) {
                    self.take(codes, column1, column2, &mut beside);
                }
            }
        }
        for (code, &(_, more)) in codes.iter().zip(&beside).filter(|(_, (_, more))| *more > 0) {
            self.more.extend(code.iter().map(|&line| (line, more as u32)));
        }
    }

    /// Puts every line of a code in column 2 beside as many of the other code as there is room for.
    fn take(&mut self, codes: &[&[u32]], column1: usize, column2: usize, beside: &mut [(usize, usize)]) {
        let (Some(paid), Some(unpaid)) = (codes.get(column1), codes.get(column2)) else {
            return;
        };
        let Some((taken, more)) = beside.get_mut(column2) else {
            return;
        };
        let count = paid.len().min(MOST_PAIRS - *taken);
        *taken += count;
        *more += paid.len() - count;
        for &one in unpaid.iter() {
            let others = paid.iter().take(count);
            self.lines.extend(others.map(|&other| (one.min(other), one.max(other))));
        }
    }
}

/// Which of two codes is in column 1 and which in column 2, by any edit between them.
fn columns(
    periods: &[Period<'_>],
    a: &LineFacts,
    b: &LineFacts,
    one: usize,
    two: usize,
) -> impl Iterator<Item = (usize, usize)> + use<> {
    let period = periods.get(a.period as usize);
    let loaded = period.and_then(|period| period.pairs().ok());
    let mut is = [false; 2];
    let edits = loaded.map(|loaded| loaded.table.edits(a.pair_code().number, b.pair_code().number));
    for edit in edits.into_iter().flatten() {
        is = [is[0] || !edit.reversed, is[1] || edit.reversed];
    }
    let [forward, reversed] = is;
    let forward = forward.then_some((one, two));
    forward.into_iter().chain(reversed.then_some((two, one)))
}

/// Says of each line how it stands to the others of its code.
fn stand(lines: &mut [LineFacts], days: &Days) {
    let mut standings: Vec<(u32, Standing)> = Vec::new();
    for of_day in days.each_day(lines) {
        for of_code in chunks(of_day, lines, LineFacts::code_day).filter(|of_code| of_code.len() > 1) {
            let each = of_code.iter().enumerate();
            standings.extend(each.map(|(at, &line)| match at {
                0 => (line, Standing::First),
                _ => (line, Standing::Later),
            }));
        }
    }
    for (line, standing) in standings {
        if let Some(line) = lines.get_mut(line as usize) {
            line.standing = standing;
        }
    }
}

/// Whether the pair table has the codes of two lines of one day.
fn has_pair(periods: &[Period<'_>], one: &LineFacts, two: &LineFacts) -> bool {
    let table = periods.get(one.period as usize).and_then(|period| period.pairs().ok());
    table.is_some_and(|loaded| loaded.table.has(one.pair_code(), two.pair_code()))
}

#[cfg(all(test, feature = "starter"))]
mod tests {
    use crate::claim::Claim;
    use crate::facts::{Buffers, Called, Dispatch, day_of};
    use crate::modifiers::ModifierTable;
    use crate::reference::{Reference, Stale};

    use super::*;

    /// Claims of many lines are compared code by code, and the answer is that of comparing line by line.
    #[test]
    fn many_lines_are_compared_as_few_are() {
        let codes = ["64632", "95870", "64455", "64640", "J1010", "27130"];
        let lines: Vec<String> = (0..150)
            .map(|at: usize| {
                let (code, day) = (codes[at * at % 7 % codes.len()], 1 + at * 5 % 3);
                let provider = if at % 4 == 0 { "1234567893" } else { "1003000126" };
                format!("{code} 2024-08-{day:02} by={provider}")
            })
            .collect();
        let claim = Claim::from_shorthand(&format!("@11: {}", lines.join("; "))).unwrap();
        let nothing = Dispatch::none();
        let mut buffers = Buffers::new(Reference::starter(), ModifierTable::seed(), Stale::Refuse);
        let resolved = buffers.resolve(&claim, Called::for_words(&nothing));
        let mut one_by_one = Pairs::default();
        let mut lines = resolved.lines.to_vec();
        lines.iter_mut().for_each(|line| line.standing = Standing::Alone);
        one_by_one.compare_each(&mut lines, resolved.periods);
        assert!(one_by_one.lines.len() > 20);
        assert_eq!(resolved.pairs.lines, one_by_one.lines);
        assert_eq!(resolved.pairs.more, []);
        for (found, expected) in resolved.lines.iter().zip(&lines) {
            assert_eq!(found.standing, expected.standing);
            let looked_through: Vec<usize> = day_of(expected, &lines, &Days::default()).collect();
            let looked_up: Vec<usize> = day_of(found, resolved.lines, resolved.days).collect();
            assert_eq!(looked_up, looked_through);
        }
    }

    #[test]
    fn a_line_is_compared_with_so_many_and_the_others_are_counted() {
        let claim = |column1: usize, column2: usize| {
            let lines = [vec!["64632"; column1], vec!["95870"; column2]].concat().join("; ");
            Claim::from_shorthand(&format!("2024-08-06 @11: {lines}")).unwrap()
        };
        let nothing = Dispatch::none();
        let mut buffers = Buffers::new(Reference::starter(), ModifierTable::seed(), Stale::Refuse);
        for (column1, column2, more) in [(64, 300, 0), (65, 300, 1), (300, 3, 236), (500, 400, 436)] {
            let claim = claim(column1, column2);
            let resolved = buffers.resolve(&claim, Called::for_words(&nothing));
            assert_eq!(resolved.pairs.lines.len(), column1.min(MOST_PAIRS) * column2);
            let expected = if more > 0 { column2 } else { 0 };
            assert_eq!(resolved.pairs.more.len(), expected);
            assert!(resolved.pairs.more.iter().all(|&(_, count)| count == more));
        }
    }
}
