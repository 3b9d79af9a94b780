//! The packed reference answers what a scan of the typed rows answers, for random codes and dates.

use std::collections::HashMap;

use cleanclaim::model::{Modifier, ProcedureCode, ServiceDate};
use cleanclaim::reference::{
    AddOnRow, AnesthesiaRow, AscEntry, Component, FeeScheduleRow, GpciRow, Locality, Lookup, ModifierRow, MueRow,
    OutpatientEntry, PairRow, PairRows, Reference, ReferenceBuilder, Rows, Setting, Stale, Table,
};
use cleanclaim_cms::{FileSource, Options, ReadRelease, read};

use crate::common;
use common::{published, releases};

/// A plain generator with a fixed start: the same questions every time.
struct Random(u64);

impl Random {
    fn next(&mut self, below: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % below
    }

    fn pick<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.next(of.len())]
    }

    fn date(&mut self) -> ServiceDate {
        // From 2018 to 2028, so that some lie outside every release.
        ServiceDate::from_day_number(17_532 + self.next(3_653) as u16)
    }
}

const QUESTIONS: usize = 20_000;

fn reference(read: &[ReadRelease]) -> Reference {
    let mut builder = ReferenceBuilder::new();
    for one in read {
        builder.add(one.release.clone(), one.rows.clone()).unwrap();
    }
    builder.build().unwrap()
}

/// The release that answers for a date, by the words of DESIGN.md: the newest that begins by then, if it has not ended.
fn in_force(read: &[ReadRelease], table: Table, date: ServiceDate) -> Option<&ReadRelease> {
    let of_table = read.iter().filter(|one| one.release.table == table);
    let newest = of_table
        .filter(|one| one.release.in_force.first() <= date)
        .max_by_key(|one| {
            let days = one.release.in_force;
            if table.is_cumulative() {
                (days.last(), days.first())
            } else {
                (days.first(), days.last())
            }
        });
    newest.filter(|one| date <= one.release.in_force.last())
}

/// Asks `ask` of the reference and `scan` of the rows in force, for every date that the random source gives.
fn compare<T: PartialEq + std::fmt::Debug>(
    read: &[ReadRelease],
    table: Table,
    random: &mut Random,
    mut question: impl FnMut(&mut Random, ServiceDate) -> (Lookup<T>, Box<dyn FnOnce(&Rows) -> Option<T>>, String),
) {
    let (mut found, mut missing, mut outside) = (0, 0, 0);
    for _ in 0..QUESTIONS {
        let date = random.date();
        let (answer, scan, about) = question(random, date);
        match in_force(read, table, date) {
            None => {
                outside += 1;
                assert!(matches!(answer, Lookup::NotCovered(_)), "{table} {about} {date}");
            }
            Some(release) => {
                let expected = scan(&release.rows);
                if expected.is_some() {
                    found += 1
                } else {
                    missing += 1
                }
                match answer {
                    Lookup::NotCovered(gap) => panic!("{table} {about} {date}: {gap:?}"),
                    other => assert_eq!(other.found(), expected, "{table} {about} {date}"),
                }
            }
        }
    }
    assert!(
        found > 100 && missing > 0 && outside > 100,
        "{table}: {found} found, {missing} missing, {outside} outside"
    );
}

fn row<T>(found: Lookup<cleanclaim::reference::InRelease<T>>) -> Lookup<T> {
    match found {
        Lookup::Found(found) => Lookup::Found(found.row),
        Lookup::NotListed => Lookup::NotListed,
        Lookup::NotCovered(gap) => Lookup::NotCovered(gap),
    }
}

fn mapped<T, U>(found: Lookup<T>, map: impl FnOnce(T) -> U) -> Lookup<U> {
    match found {
        Lookup::Found(found) => Lookup::Found(map(found)),
        Lookup::NotListed => Lookup::NotListed,
        Lookup::NotCovered(gap) => Lookup::NotCovered(gap),
    }
}

/// Codes of all tables, and some that none of them lists.
fn codes(reference: &Reference) -> Vec<ProcedureCode> {
    let unlisted = (0..1_000).filter_map(|at| ProcedureCode::from_index(at * 613));
    reference.codes().chain(unlisted).collect()
}

fn by_code<R: Clone + 'static>(rows: &[R], code: impl Fn(&R) -> ProcedureCode) -> HashMap<ProcedureCode, Vec<R>> {
    let mut map: HashMap<ProcedureCode, Vec<R>> = HashMap::new();
    for row in rows {
        map.entry(code(row)).or_default().push(row.clone());
    }
    map
}

#[test]
fn fee_schedules_and_localities() {
    let mut read = Vec::new();
    for file in [
        "PPRRVU2025_Oct.csv",
        "PPRRVU2026_Apr_nonQPP.txt",
        "PPRRVU24_JUL.csv",
        "PPRRVU22_JAN.csv",
        "GPCI2025.csv",
        "GPCI2026.csv",
    ] {
        let Some(found) = releases(&format!("mpfs/{file}")) else {
            return;
        };
        read.extend(found);
    }
    let reference = reference(&read);
    let codes = codes(&reference);
    let maps: HashMap<*const FeeScheduleRow, HashMap<ProcedureCode, Vec<FeeScheduleRow>>> = read
        .iter()
        .filter_map(|one| match &one.rows {
            Rows::FeeSchedule(rows) => Some((rows.as_ptr(), by_code(rows, |row| row.code))),
            _ => None,
        })
        .collect();
    let maps = std::rc::Rc::new(maps);
    compare(&read, Table::FeeSchedule, &mut Random(1), |random, date| {
        let (code, component) = (*random.pick(&codes), *random.pick(Component::ALL));
        let maps = maps.clone();
        let scan = move |rows: &Rows| {
            let Rows::FeeSchedule(rows) = rows else { panic!() };
            let of_code = maps[&rows.as_ptr()].get(&code)?;
            of_code
                .iter()
                .find(|row| row.indicators.component == component)
                .copied()
        };
        (
            row(reference.fee_schedule(code, component, date, Stale::Refuse)),
            Box::new(scan),
            format!("{code} {component}"),
        )
    });
    let localities: Vec<_> = read
        .iter()
        .filter_map(|one| match &one.rows {
            Rows::Gpci(rows) => Some(rows),
            _ => None,
        })
        .flatten()
        .map(|row| row.locality)
        .chain(cleanclaim::reference::Locality::new(1, 1))
        .collect();
    compare(&read, Table::Gpci, &mut Random(2), |random, date| {
        let locality = *random.pick(&localities);
        let scan = move |rows: &Rows| -> Option<GpciRow> {
            let Rows::Gpci(rows) = rows else { panic!() };
            rows.iter().find(|row| row.locality == locality).cloned()
        };
        (
            row(reference.gpci(locality, date, Stale::Refuse)),
            Box::new(scan),
            locality.to_string(),
        )
    });
}

#[test]
fn anaesthesia_factors_and_counties() {
    let mut read = Vec::new();
    for file in ["ANES2025.csv", "25LOCCO.csv"] {
        let Some(found) = releases(&format!("mpfs/{file}")) else {
            return;
        };
        read.extend(found);
    }
    let reference = reference(&read);
    let Rows::AnesthesiaFactors(rows) = &read[0].rows else {
        panic!()
    };
    let unlisted = Locality::new(1, 1);
    let localities: Vec<Locality> = rows.iter().map(|row| row.locality).chain(unlisted).collect();
    compare(&read, Table::AnesthesiaFactors, &mut Random(9), |random, date| {
        let locality = *random.pick(&localities);
        let scan = move |rows: &Rows| -> Option<AnesthesiaRow> {
            let Rows::AnesthesiaFactors(rows) = rows else { panic!() };
            rows.iter().find(|row| row.locality == locality).cloned()
        };
        let answer = row(reference.anesthesia_factor(locality, date, Stale::Refuse));
        (answer, Box::new(scan), locality.to_string())
    });
    compare(&read, Table::Localities, &mut Random(10), |random, date| {
        let locality = *random.pick(&localities);
        let scan = move |rows: &Rows| {
            let Rows::Localities(rows) = rows else { panic!() };
            let rows: Vec<_> = rows.iter().filter(|row| row.locality == locality).cloned().collect();
            Some(rows).filter(|rows| !rows.is_empty())
        };
        let answer = row(reference.locality(locality, date, Stale::Refuse));
        (answer, Box::new(scan), locality.to_string())
    });
}

#[test]
fn unlikely_edits_and_add_on_codes() {
    let Some(folder) = published("ncci") else { return };
    let mut read_files = Vec::new();
    for file in [
        "MCR_MUE_PractitionerServices_Eff_07-01-2024.csv",
        "MCR_MUE_OutpatientHospitalServices_Eff_07-01-2024.csv",
        "AOC_V2026Q2-MCR.xlsx",
    ] {
        read_files.extend(read(FileSource::path(folder.join(file)), &Options::default()).unwrap());
    }
    let reference = reference(&read_files);
    let codes = codes(&reference);
    for (table, setting) in [
        (Table::PractitionerMue, Setting::Practitioner),
        (Table::HospitalMue, Setting::OutpatientHospital),
    ] {
        compare(&read_files, table, &mut Random(3), |random, date| {
            let code = *random.pick(&codes);
            let answer = mapped(row(reference.mue(setting, code, date, Stale::Refuse)), |mue| MueRow {
                code,
                value: mue.value,
                mai: mue.mai,
                rationale: reference.mue_rationale(mue).into(),
            });
            let scan = move |rows: &Rows| -> Option<MueRow> {
                let Rows::Mue(rows) = rows else { panic!() };
                rows.iter().find(|row| row.code == code).cloned()
            };
            (answer, Box::new(scan), code.to_string())
        });
    }
    compare(&read_files, Table::AddOn, &mut Random(4), |random, date| {
        let code = *random.pick(&codes);
        let answer = mapped(row(reference.add_on_edits(code, date, Stale::Refuse)), |edits| {
            let mut edits: Vec<_> = edits.iter().map(|edit| (edit.primary, edit.kind)).collect();
            edits.sort_unstable();
            edits
        });
        let scan = move |rows: &Rows| {
            let Rows::AddOn(rows) = rows else { panic!() };
            let on_date = |row: &&AddOnRow| {
                row.add_on == code && row.effective <= date && row.deletion.is_none_or(|last| date <= last)
            };
            let mut edits: Vec<_> = rows.iter().filter(on_date).map(|row| (row.primary, row.kind)).collect();
            edits.sort_unstable();
            Some(edits).filter(|edits| !edits.is_empty())
        };
        (answer, Box::new(scan), code.to_string())
    });
}

#[test]
fn addenda_of_the_asc() {
    let Some(read) = releases("asc") else { return };
    let reference = reference(&read);
    let codes = codes(&reference);
    let sorted = |mut entries: Vec<AscEntry>| {
        entries.sort_by_key(|entry| entry.addendum);
        entries
    };
    compare(&read, Table::Asc, &mut Random(5), |random, date| {
        let code = *random.pick(&codes);
        let scan = move |rows: &Rows| {
            let Rows::Asc(rows) = rows else { panic!() };
            let entries: Vec<_> = rows
                .iter()
                .filter(|row| row.code == code)
                .map(|row| row.entry)
                .collect();
            Some(sorted(entries)).filter(|entries| !entries.is_empty())
        };
        (
            mapped(row(reference.asc(code, date, Stale::Refuse)), sorted),
            Box::new(scan),
            code.to_string(),
        )
    });
}

#[test]
fn tables_of_the_editor() {
    let Some(read) = releases("ioce") else { return };
    let reference = reference(&read);
    let codes = codes(&reference);
    let Some(Rows::OutpatientCodes(rows)) = read
        .iter()
        .map(|one| &one.rows)
        .find(|rows| matches!(rows, Rows::OutpatientCodes(_)))
    else {
        panic!()
    };
    let map = std::rc::Rc::new(by_code(rows, |row| row.code));
    compare(&read, Table::OutpatientCodes, &mut Random(6), |random, date| {
        let code = *random.pick(&codes);
        let map = map.clone();
        let scan = move |_: &Rows| -> Option<OutpatientEntry> {
            map.get(&code)?
                .iter()
                .map(|row| row.entry)
                .find(|entry| entry.in_force.contains(date))
        };
        (
            row(reference.outpatient_code(code, date, Stale::Refuse)),
            Box::new(scan),
            code.to_string(),
        )
    });
    compare(&read, Table::Modifiers, &mut Random(7), |random, date| {
        let modifier = Modifier::from_index(random.next(Modifier::COUNT)).unwrap();
        let scan = move |rows: &Rows| -> Option<ModifierRow> {
            let Rows::Modifiers(rows) = rows else { panic!() };
            rows.iter()
                .find(|row| row.modifier == modifier && row.in_force.contains(date))
                .copied()
        };
        (
            row(reference.modifier(modifier, date, Stale::Refuse)),
            Box::new(scan),
            modifier.to_string(),
        )
    });
}

/// Of two rows of a pair that overlap, the one that ends first holds to its end.
#[test]
fn pairs() {
    let Some(read) = releases("ncci") else { return };
    let read: Vec<ReadRelease> = read
        .into_iter()
        .filter(|one| matches!(one.rows, Rows::Pairs(_)))
        .collect();
    let reference = reference(&read);
    for (table, setting) in [
        (Table::HospitalPairs, Setting::OutpatientHospital),
        (Table::PractitionerPairs, Setting::Practitioner),
    ] {
        let one = read.iter().find(|one| one.release.table == table).unwrap();
        let Rows::Pairs(PairRows { rows, .. }) = &one.rows else {
            panic!()
        };
        let mut map: HashMap<(ProcedureCode, ProcedureCode), Vec<PairRow>> = HashMap::with_capacity(rows.len());
        for row in rows {
            map.entry((row.column1, row.column2)).or_default().push(*row);
        }
        let map = std::rc::Rc::new(map);
        let codes: Vec<ProcedureCode> = reference.codes().collect();
        let listed: Vec<(ProcedureCode, ProcedureCode)> =
            rows.iter().step_by(97).map(|row| (row.column1, row.column2)).collect();
        compare(&read, table, &mut Random(8), |random, date| {
            let (a, b) = match random.next(3) {
                0 => (*random.pick(&codes), *random.pick(&codes)),
                1 => *random.pick(&listed),
                _ => {
                    let (a, b) = *random.pick(&listed);
                    (b, a)
                }
            };
            let answer = mapped(row(reference.pair_edits(setting, a, b, date, Stale::Refuse)), |edits| {
                let mut edits: Vec<_> = edits
                    .iter()
                    .map(|edit| {
                        (
                            edit.reversed,
                            edit.indicator,
                            reference.pair_rationale(*edit).to_owned(),
                        )
                    })
                    .collect();
                edits.sort();
                edits
            });
            let map = map.clone();
            let scan = move |rows: &Rows| {
                let Rows::Pairs(PairRows { rationales, .. }) = rows else {
                    panic!()
                };
                let one_way = |first, second, reversed| {
                    let rows = map.get(&(first, second)).into_iter().flatten();
                    let on_date = rows.filter(|row| row.in_force().is_some_and(|days| days.contains(date)));
                    let holds = on_date.min_by_key(|row| {
                        let days = row.in_force().unwrap();
                        (days.last(), days.first())
                    })?;
                    Some((
                        reversed,
                        holds.indicator,
                        rationales[usize::from(holds.rationale)].to_string(),
                    ))
                };
                let edits: Vec<_> = if a == b {
                    Vec::new()
                } else {
                    [one_way(a, b, false), one_way(b, a, true)]
                        .into_iter()
                        .flatten()
                        .collect()
                };
                Some(edits).filter(|edits| !edits.is_empty())
            };
            (answer, Box::new(scan), format!("{a} {b}"))
        });
    }
}
