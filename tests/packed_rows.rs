//! What is packed is what is found: every look-up answers as a scan of the typed rows does.

use cleanclaim::model::{DateRange, Modifier, ProcedureCode, ServiceDate};
use cleanclaim::reference::{
    AddOnPrimary, AddOnRow, AddOnType, Addendum, AscEntry, AscRow, Component, FeeScheduleRow, FeeValues, Gap,
    GlobalPeriod, InRelease, Lookup, Mai, ModifierFlag, ModifierFlags, ModifierRow, MueRow, OutpatientCodeRow,
    OutpatientEntry, PairIndicator, PairRow, PairRows, PolicyIndicators, Reference, ReferenceBuilder, Release, Rows,
    Setting, Stale, Table,
};
use proptest::prelude::*;
use proptest::sample::select;

/// Codes of all shapes: some that meet often, some anywhere; two at the ends of the numbering.
fn code() -> impl Strategy<Value = ProcedureCode> {
    let few = select(vec![
        "00000", "64632", "64455", "99999", "0000A", "0440T", "9999Z", "A0000", "G0463", "Z9999",
    ]);
    prop_oneof![
        6 => few.prop_map(|text| text.parse().unwrap()),
        1 => (0..ProcedureCode::INDEX_LIMIT).prop_map(|index| ProcedureCode::from_index(index).unwrap()),
    ]
}

/// Days that meet often, and both ends of what can be held.
fn date() -> impl Strategy<Value = ServiceDate> {
    prop_oneof![
        20 => (19_000..19_040_u16).prop_map(ServiceDate::from_day_number),
        1 => Just(ServiceDate::MIN),
        1 => Just(ServiceDate::MAX),
    ]
}

fn days() -> impl Strategy<Value = DateRange> {
    (date(), date()).prop_map(|(a, b)| DateRange::new(a.min(b), a.max(b)).unwrap())
}

fn stale() -> impl Strategy<Value = Stale> {
    select(vec![Stale::Refuse, Stale::Use])
}

fn many<S: Strategy>(of: S) -> impl Strategy<Value = Vec<S::Value>>
where
    S::Value: std::fmt::Debug,
{
    proptest::collection::vec(of, 1..24)
}

/// Keeps the first row of each key, as published tables have it.
fn distinct<T, K: PartialEq>(rows: Vec<T>, key: impl Fn(&T) -> K) -> Vec<T> {
    let mut kept: Vec<T> = Vec::new();
    for row in rows {
        if kept.iter().all(|other| key(other) != key(&row)) {
            kept.push(row);
        }
    }
    kept
}

type Given = (Release, Rows);

/// Several releases of a table, each with rows of its own, some of them excerpts.
fn releases(table: Table, rows: impl Strategy<Value = Rows>) -> impl Strategy<Value = Vec<Given>> {
    let excerpt = proptest::option::weighted(0.3, proptest::collection::vec(code(), 0..8));
    proptest::collection::vec((days(), excerpt, rows), 1..4).prop_map(move |given| {
        let given = distinct(given, |(days, _, _)| {
            if table.is_cumulative() {
                days.last()
            } else {
                days.first()
            }
        });
        let release = |(at, (days, excerpt, rows)): (usize, (DateRange, Option<Vec<ProcedureCode>>, Rows))| {
            let release = Release::new(table, &format!("r{at}"), days, "made up");
            let release = match excerpt {
                Some(codes) => release.excerpt_of(codes),
                None => release,
            };
            (release, rows)
        };
        given.into_iter().enumerate().map(release).collect()
    })
}

fn build(given: &[Given]) -> Reference {
    let mut builder = ReferenceBuilder::new();
    for (release, rows) in given {
        builder.add(release.clone(), rows.clone()).unwrap();
    }
    builder.build().unwrap()
}

/// Which release answers, by a scan: the newest that begins by the date.
fn on<'a>(
    given: &'a [Given],
    codes: &[ProcedureCode],
    date: ServiceDate,
    stale: Stale,
) -> Result<&'a Given, &'static str> {
    let newest = given
        .iter()
        .filter(|(release, _)| release.in_force.first() <= date)
        .max_by_key(|(release, _)| {
            let (first, last) = (release.in_force.first(), release.in_force.last());
            if release.table.is_cumulative() {
                (last, first)
            } else {
                (first, last)
            }
        })
        .ok_or("before the first")?;
    if date > newest.0.in_force.last() && stale == Stale::Refuse {
        return Err("stale");
    }
    match &newest.0.excerpt {
        Some(covered) if !codes.iter().all(|code| covered.contains(code)) => Err("outside the excerpt"),
        _ => Ok(newest),
    }
}

fn check<T: PartialEq + std::fmt::Debug>(
    reference: &Reference,
    found: Lookup<InRelease<T>>,
    expected: Result<&Given, &'static str>,
    scan: impl FnOnce(&Rows) -> Option<T>,
) -> Result<(), TestCaseError> {
    match (found, expected) {
        (Lookup::NotCovered(gap), Err(why)) => {
            let told = match gap {
                Gap::BeforeFirst(_) => "before the first",
                Gap::Stale(_) => "stale",
                Gap::OutsideExcerpt(_) => "outside the excerpt",
                other => panic!("{other:?}"),
            };
            prop_assert_eq!(told, why);
        }
        (Lookup::Found(found), Ok((release, rows))) => {
            prop_assert_eq!(&reference.release(found.release).unwrap().name, &release.name);
            prop_assert_eq!(Some(found.row), scan(rows));
        }
        (Lookup::NotListed, Ok((_, rows))) => prop_assert_eq!(None, scan(rows)),
        (found, expected) => prop_assert!(false, "{:?} is not {:?}", found, expected.map(|given| &given.0)),
    }
    Ok(())
}

fn fee_rows() -> impl Strategy<Value = Rows> {
    let row = (
        code(),
        select(Component::ALL),
        select(GlobalPeriod::ALL),
        any::<u32>(),
        any::<(bool, bool)>(),
    );
    let row = (
        row,
        proptest::option::of(0..255_u8),
        proptest::option::of(code()),
        any::<[u8; 2]>(),
    );
    many(row).prop_map(|rows| {
        let rows = rows
            .into_iter()
            .map(|((code, component, global, number, na), pricing, base, supervision)| {
                let mut indicators = PolicyIndicators::plain();
                indicators.component = component;
                indicators.global = global;
                (indicators.nonfacility_na, indicators.facility_na) = na;
                let mut values = FeeValues::default();
                values.work = number;
                values.conversion_factor = !number;
                values.opps_malpractice = number.rotate_left(7);
                values.pricing = pricing;
                values.endoscopic_base = base;
                values.supervision = supervision;
                FeeScheduleRow {
                    code,
                    indicators,
                    values,
                }
            });
        Rows::FeeSchedule(distinct(rows.collect(), |row| (row.code, row.indicators.component)))
    })
}

fn mue_rows() -> impl Strategy<Value = Rows> {
    many((code(), any::<u32>(), select(Mai::ALL), "[a-z]{0,2}")).prop_map(|rows| {
        let rows = rows.into_iter().map(|(code, value, mai, rationale)| MueRow {
            code,
            value,
            mai,
            rationale: rationale.into(),
        });
        Rows::Mue(distinct(rows.collect(), |row| row.code))
    })
}

/// Rows of pairs of which no two of one direction have a day in common.
fn pair_rows() -> impl Strategy<Value = Rows> {
    let row = (
        code(),
        code(),
        date(),
        proptest::option::of(date()),
        select(PairIndicator::ALL),
        0..3_u16,
    );
    many(row).prop_map(|rows| {
        let mut kept: Vec<PairRow> = Vec::new();
        for (column1, column2, effective, deletion, indicator, rationale) in rows {
            let row = PairRow {
                column1,
                column2,
                effective,
                deletion,
                indicator,
                rationale,
            };
            let meets = |other: &PairRow| {
                (other.column1, other.column2) == (column1, column2)
                    && other.in_force().zip(row.in_force()).is_some_and(|(a, b)| a.overlaps(b))
            };
            if !kept.iter().any(meets) {
                kept.push(row);
            }
        }
        Rows::Pairs(PairRows {
            rows: kept,
            rationales: vec!["c".into(), "a".into(), "b".into()],
        })
    })
}

fn add_on_rows() -> impl Strategy<Value = Rows> {
    let row = (
        select(AddOnType::ALL),
        code(),
        proptest::option::of(code()),
        date(),
        proptest::option::of(date()),
    );
    many(row).prop_map(|rows| {
        let row = |(kind, add_on, primary, effective, deletion)| AddOnRow {
            kind,
            add_on,
            primary,
            effective,
            deletion,
            add_on_deleted: None,
            primary_deleted: None,
        };
        Rows::AddOn(rows.into_iter().map(row).collect())
    })
}

fn asc_rows() -> impl Strategy<Value = Rows> {
    let row = (
        code(),
        select(Addendum::ALL),
        any::<Option<bool>>(),
        proptest::option::of(0..u32::MAX),
        any::<[u8; 2]>(),
    );
    many(row).prop_map(|rows| {
        let rows = rows.into_iter().map(|(code, addendum, discount, weight, indicator)| {
            let mut entry = AscEntry::new(addendum);
            entry.multiple_procedure_discount = discount;
            entry.weight = weight;
            entry.payment_indicator = indicator;
            AscRow { code, entry }
        });
        Rows::Asc(distinct(rows.collect(), |row| (row.code, row.entry.addendum)))
    })
}

fn modifier() -> impl Strategy<Value = Modifier> {
    (0..Modifier::COUNT).prop_map(|index| Modifier::from_index(index % 5 * 259).unwrap())
}

fn modifier_rows() -> impl Strategy<Value = Rows> {
    many((modifier(), days(), proptest::option::of(1..u16::MAX))).prop_map(|rows| {
        let mut kept: Vec<ModifierRow> = Vec::new();
        for (modifier, in_force, activated) in rows {
            if kept
                .iter()
                .all(|row| row.modifier != modifier || !row.in_force.overlaps(in_force))
            {
                kept.push(ModifierRow {
                    modifier,
                    in_force,
                    activated: activated.map(ServiceDate::from_day_number),
                    flags: ModifierFlags::default().with(ModifierFlag::Therapy),
                });
            }
        }
        Rows::Modifiers(kept)
    })
}

fn outpatient_rows() -> impl Strategy<Value = Rows> {
    many((code(), days(), any::<u16>(), any::<[u8; 2]>())).prop_map(|rows| {
        let mut kept: Vec<OutpatientCodeRow> = Vec::new();
        for (code, in_force, apc, status) in rows {
            if kept
                .iter()
                .all(|row| row.code != code || !row.entry.in_force.overlaps(in_force))
            {
                let mut entry = OutpatientEntry::new(in_force, status);
                entry.apc = apc;
                kept.push(OutpatientCodeRow { code, entry });
            }
        }
        Rows::OutpatientCodes(kept)
    })
}

/// What is asked: codes and a date, several times a reference.
fn questions() -> impl Strategy<Value = Vec<(ProcedureCode, ProcedureCode, ServiceDate, Stale)>> {
    proptest::collection::vec((code(), code(), date(), stale()), 40)
}

fn sorted<T, K: Ord>(mut rows: Vec<T>, key: impl Fn(&T) -> K) -> Option<Vec<T>> {
    rows.sort_by_key(key);
    (!rows.is_empty()).then_some(rows)
}

fn in_order<T, K: Ord>(found: Lookup<InRelease<Vec<T>>>, key: impl Fn(&T) -> K) -> Lookup<InRelease<Vec<T>>> {
    match found {
        Lookup::Found(mut found) => {
            found.row.sort_by_key(key);
            Lookup::Found(found)
        }
        other => other,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn fee_schedules(given in releases(Table::FeeSchedule, fee_rows()), questions in questions()) {
        let reference = build(&given);
        for (code, _, date, stale) in questions {
            for &component in Component::ALL {
                let found = reference.fee_schedule(code, component, date, stale);
                check(&reference, found, on(&given, &[code], date, stale), |rows| {
                    let Rows::FeeSchedule(rows) = rows else { panic!() };
                    rows.iter().find(|row| row.code == code && row.indicators.component == component).copied()
                })?;
            }
        }
    }

    #[test]
    fn unlikely_edits(given in releases(Table::HospitalMue, mue_rows()), questions in questions()) {
        let reference = build(&given);
        for (code, _, date, stale) in questions {
            let found = match reference.mue(Setting::OutpatientHospital, code, date, stale) {
                Lookup::Found(found) => Lookup::Found(InRelease {
                    row: (found.row.value, found.row.mai, reference.mue_rationale(found.row).to_owned()),
                    release: found.release,
                }),
                Lookup::NotListed => Lookup::NotListed,
                Lookup::NotCovered(gap) => Lookup::NotCovered(gap),
            };
            check(&reference, found, on(&given, &[code], date, stale), |rows| {
                let Rows::Mue(rows) = rows else { panic!() };
                let row = rows.iter().find(|row| row.code == code)?;
                Some((row.value, row.mai, row.rationale.to_string()))
            })?;
            let other = reference.mue(Setting::Practitioner, code, date, stale);
            prop_assert_eq!(other.gap(), Some(Gap::NotLoaded(Table::PractitionerMue)));
        }
    }

    #[test]
    fn pairs(given in releases(Table::PractitionerPairs, pair_rows()), questions in questions()) {
        let reference = build(&given);
        for (a, b, date, stale) in questions {
            let found = match reference.pair_edits(Setting::Practitioner, a, b, date, stale) {
                Lookup::Found(found) => {
                    let edits = found.row.iter().map(|edit| {
                        let rationale = reference.pair_rationale(*edit).to_owned();
                        (edit.reversed, edit.in_force, edit.indicator, rationale)
                    });
                    Lookup::Found(InRelease { row: sorted(edits.collect(), Clone::clone).unwrap(), release: found.release })
                }
                Lookup::NotListed => Lookup::NotListed,
                Lookup::NotCovered(gap) => Lookup::NotCovered(gap),
            };
            check(&reference, found, on(&given, &[a, b], date, stale), |rows| {
                let Rows::Pairs(PairRows { rows, rationales }) = rows else { panic!() };
                let edits = rows.iter().filter_map(|row| {
                    let reversed = match (row.column1, row.column2) {
                        _ if a == b => return None,
                        (one, two) if (one, two) == (a, b) => false,
                        (one, two) if (one, two) == (b, a) => true,
                        _ => return None,
                    };
                    let in_force = row.in_force().filter(|days| days.contains(date))?;
                    Some((reversed, in_force, row.indicator, rationales[usize::from(row.rationale)].to_string()))
                });
                sorted(edits.collect(), Clone::clone)
            })?;
        }
    }

    #[test]
    fn every_pair_is_listed_for_comparison(given in releases(Table::HospitalPairs, pair_rows())) {
        let reference = build(&given);
        for (id, release) in reference.release_ids().zip(reference.releases()) {
            let (_, rows) = given.iter().find(|(other, _)| other.name == release.name).unwrap();
            let Rows::Pairs(PairRows { rows, .. }) = rows else { panic!() };
            let listed = reference.pairs_of(id).map(|(low, high, edit)| {
                let (one, two) = if edit.reversed { (high, low) } else { (low, high) };
                (one, two, edit.in_force, edit.indicator)
            });
            let expected = rows.iter().filter(|row| row.column1 != row.column2).filter_map(|row| {
                Some((row.column1, row.column2, row.in_force()?, row.indicator))
            });
            prop_assert_eq!(sorted(listed.collect(), Clone::clone), sorted(expected.collect(), Clone::clone));
        }
    }

    #[test]
    fn add_ons(given in releases(Table::AddOn, add_on_rows()), questions in questions()) {
        let reference = build(&given);
        for (code, _, date, stale) in questions {
            let key = |edit: &AddOnPrimary| (edit.kind, edit.primary);
            let found = match in_order(reference.add_on_edits(code, date, stale), key) {
                Lookup::Found(found) => Lookup::Found(InRelease {
                    row: distinct(found.row.iter().map(key).collect(), |one| *one),
                    release: found.release,
                }),
                Lookup::NotListed => Lookup::NotListed,
                Lookup::NotCovered(gap) => Lookup::NotCovered(gap),
            };
            check(&reference, found, on(&given, &[code], date, stale), |rows| {
                let Rows::AddOn(rows) = rows else { panic!() };
                let edits = rows.iter().filter(|row| {
                    let last = row.deletion.unwrap_or(ServiceDate::MAX);
                    row.add_on == code && row.effective <= date && date <= last
                });
                sorted(distinct(edits.map(|row| (row.kind, row.primary)).collect(), |one| *one), |one| *one)
            })?;
        }
    }

    #[test]
    fn addenda(given in releases(Table::Asc, asc_rows()), questions in questions()) {
        let reference = build(&given);
        for (code, _, date, stale) in questions {
            let found = in_order(reference.asc(code, date, stale), |entry| entry.addendum);
            check(&reference, found, on(&given, &[code], date, stale), |rows| {
                let Rows::Asc(rows) = rows else { panic!() };
                let entries = rows.iter().filter(|row| row.code == code).map(|row| row.entry);
                sorted(entries.collect(), |entry: &AscEntry| entry.addendum)
            })?;
        }
    }

    #[test]
    fn outpatient_codes(given in releases(Table::OutpatientCodes, outpatient_rows()), questions in questions()) {
        let reference = build(&given);
        for (code, _, date, stale) in questions {
            let found = reference.outpatient_code(code, date, stale);
            check(&reference, found, on(&given, &[code], date, stale), |rows| {
                let Rows::OutpatientCodes(rows) = rows else { panic!() };
                rows.iter().find(|row| row.code == code && row.entry.in_force.contains(date)).map(|row| row.entry)
            })?;
        }
    }

    #[test]
    fn modifiers(
        given in releases(Table::Modifiers, modifier_rows()),
        questions in proptest::collection::vec((modifier(), date(), stale()), 40),
    ) {
        let given: Vec<Given> = given
            .into_iter()
            .map(|(release, rows)| (Release::new(release.table, &release.name, release.in_force, "made up"), rows))
            .collect();
        let reference = build(&given);
        for (modifier, date, stale) in questions {
            let found = reference.modifier(modifier, date, stale);
            check(&reference, found, on(&given, &[], date, stale), |rows| {
                let Rows::Modifiers(rows) = rows else { panic!() };
                rows.iter().find(|row| row.modifier == modifier && row.in_force.contains(date)).copied()
            })?;
        }
    }
}
