//! A reference with a row or more of every table, small enough to change each of its bytes in turn.

use cleanclaim::model::{DateRange, Modifier, Money, ProcedureCode, ServiceDate};
use cleanclaim::reference::{
    AddOnRow, AddOnType, Addendum, AnesthesiaRow, AscEntry, AscRow, Component, DmeposCategory, DmeposEntry,
    DmeposJurisdiction, DmeposRow, EditDisposition, EditRow, FeeScheduleRow, FeeValues, GpciRow, HcpcsCoverage,
    HcpcsEntry, HcpcsPricing, HcpcsRow, LaboratoryFee, LaboratoryRateBasis, LaboratoryRow, Locality, LocalityRow, Mai,
    ModifierConflictRow, ModifierFlag, ModifierFlags, ModifierRow, MueRow, OutpatientCodeRow, OutpatientEntry,
    PairIndicator, PairRow, PairRows, PartBDrug, PartBDrugRow, PolicyIndicators, ReferenceBuilder, Release, Rows,
    SingleDoseRow, Table,
};

pub(crate) fn code(text: &str) -> ProcedureCode {
    text.parse().unwrap()
}

pub(crate) fn date(text: &str) -> ServiceDate {
    text.parse().unwrap()
}

pub(crate) fn days(text: &str) -> DateRange {
    text.parse().unwrap()
}

fn modifier(text: &str) -> Modifier {
    text.parse().unwrap()
}

/// Every table with its rows; `turned` gives releases and rows in the other order.
pub(crate) fn builder(turned: bool) -> ReferenceBuilder {
    let mut tables = tables();
    if turned {
        tables.reverse();
        tables = tables
            .into_iter()
            .map(|(release, rows)| (release, turn(rows)))
            .collect();
    }
    let mut builder = ReferenceBuilder::new();
    for (release, rows) in tables {
        builder.add(release, rows).unwrap();
    }
    builder
}

/// The packed bytes of every table.
pub(crate) fn packed() -> Vec<u8> {
    builder(false).pack().unwrap()
}

fn turn(rows: Rows) -> Rows {
    fn back<T>(mut rows: Vec<T>) -> Vec<T> {
        rows.reverse();
        rows
    }
    match rows {
        Rows::FeeSchedule(rows) => Rows::FeeSchedule(back(rows)),
        Rows::Pairs(PairRows { rows, rationales }) => {
            let last = rationales.len() as u16 - 1;
            let rows = rows.into_iter().map(|row| PairRow {
                rationale: last - row.rationale,
                ..row
            });
            Rows::Pairs(PairRows {
                rows: back(rows.collect()),
                rationales: back(rationales),
            })
        }
        Rows::Mue(rows) => Rows::Mue(back(rows)),
        Rows::AddOn(rows) => Rows::AddOn(back(rows)),
        Rows::Asc(rows) => Rows::Asc(back(rows)),
        Rows::Modifiers(rows) => Rows::Modifiers(back(rows)),
        Rows::ModifierConflicts(rows) => Rows::ModifierConflicts(back(rows)),
        Rows::OutpatientCodes(rows) => Rows::OutpatientCodes(back(rows)),
        Rows::Gpci(rows) => Rows::Gpci(back(rows)),
        Rows::AnesthesiaFactors(rows) => Rows::AnesthesiaFactors(back(rows)),
        Rows::Localities(rows) => Rows::Localities(back(rows)),
        Rows::Edits(rows) => Rows::Edits(back(rows)),
        Rows::Laboratory(rows) => Rows::Laboratory(back(rows)),
        Rows::Dmepos(rows) => Rows::Dmepos(back(rows)),
        Rows::HcpcsLevel2(rows) => Rows::HcpcsLevel2(back(rows)),
        Rows::SingleDoseDrugs(rows) => Rows::SingleDoseDrugs(back(rows)),
        Rows::PartBDrugs(rows) => Rows::PartBDrugs(back(rows)),
        other => other,
    }
}

fn tables() -> Vec<(Release, Rows)> {
    let quarter = days("2024-07-01..2024-09-30");
    let history = days("2015-01-01..2024-09-30");
    let release = |table: Table| {
        let in_force = if table.is_cumulative() { history } else { quarter };
        Release::new(table, "sample", in_force, "made up")
    };
    let later = Release::new(
        Table::PractitionerMue,
        "later",
        days("2024-10-01..2024-12-31"),
        "made up",
    )
    .excerpt_of(vec![code("64632"), code("0440T")]);
    vec![
        (release(Table::FeeSchedule), fee_schedule()),
        (release(Table::PractitionerPairs), pairs()),
        (release(Table::HospitalPairs), pairs()),
        (release(Table::PractitionerMue), mue(1)),
        (later, mue(2)),
        (release(Table::HospitalMue), mue(3)),
        (release(Table::DmeMue), mue(4)),
        (release(Table::AddOn), add_ons()),
        (release(Table::Asc), asc()),
        (release(Table::Modifiers), modifiers()),
        (release(Table::ModifierConflicts), conflicts()),
        (release(Table::OutpatientCodes), outpatient_codes()),
        (release(Table::Gpci), gpci()),
        (release(Table::AnesthesiaFactors), anesthesia()),
        (release(Table::Localities), localities()),
        (release(Table::Edits), edits()),
        (release(Table::Laboratory), laboratory()),
        (release(Table::Dmepos), dmepos()),
        (release(Table::HcpcsLevel2), hcpcs()),
        (release(Table::SingleDoseDrugs), single_dose()),
        (release(Table::PartBDrugs), part_b()),
    ]
}

fn fee_schedule() -> Rows {
    let row = |text: &str, component: Component, work: u32| {
        let mut indicators = PolicyIndicators::plain();
        indicators.component = component;
        let mut values = FeeValues::default();
        values.work = work;
        values.supervision = *b"09";
        values.endoscopic_base = (work > 200).then(|| code("43235"));
        FeeScheduleRow {
            code: code(text),
            indicators,
            values,
        }
    };
    Rows::FeeSchedule(vec![
        row("64632", Component::Global, 123),
        row("76942", Component::Global, 201),
        row("76942", Component::Professional, 150),
        row("76942", Component::Technical, 51),
        row("0440T", Component::Global, 0),
        row("G0463", Component::Global, 0),
    ])
}

fn pairs() -> Rows {
    let row = |one: &str, two: &str, dates: &str, indicator: PairIndicator, rationale: u16| {
        let in_force = days(dates);
        PairRow {
            column1: code(one),
            column2: code(two),
            effective: in_force.first(),
            deletion: (in_force.last() != ServiceDate::MAX).then_some(in_force.last()),
            indicator,
            rationale,
        }
    };
    use PairIndicator::{Allowed, NotAllowed, NotApplicable};
    Rows::Pairs(PairRows {
        rows: vec![
            row("64632", "64455", "2015-01-01..2019-12-31", Allowed, 0),
            row("64632", "64455", "2021-01-01..2149-06-06", NotAllowed, 1),
            row("64455", "64632", "2020-01-01..2020-12-31", Allowed, 0),
            row("0440T", "G0463", "2016-04-01..2149-06-06", Allowed, 1),
            row("76942", "64632", "2016-04-01..2149-06-06", Allowed, 1),
            row("43235", "64632", "2016-04-01..2016-04-01", NotApplicable, 0),
        ],
        rationales: vec!["Standards".into(), "Misuse".into()],
    })
}

fn mue(value: u32) -> Rows {
    let row = |text: &str, mai| MueRow {
        code: code(text),
        value,
        mai,
        rationale: format!("rationale {}", value % 2).into(),
    };
    Rows::Mue(vec![
        row("64632", Mai::DayPolicy),
        row("0440T", Mai::Line),
        row("J3301", Mai::DayClinical),
    ])
}

fn add_ons() -> Rows {
    let row = |kind, one: &str, primary: Option<&str>, deletion: Option<&str>| AddOnRow {
        kind,
        add_on: code(one),
        primary: primary.map(code),
        effective: date("2015-01-01"),
        deletion: deletion.map(date),
        add_on_deleted: None,
        primary_deleted: None,
    };
    Rows::AddOn(vec![
        row(AddOnType::Listed, "64629", Some("64628"), None),
        row(AddOnType::Listed, "64629", Some("64632"), Some("2018-12-31")),
        row(AddOnType::ByContractor, "0441T", None, None),
    ])
}

fn asc() -> Rows {
    let mut covered = AscEntry::new(Addendum::Aa);
    covered.multiple_procedure_discount = Some(true);
    covered.payment_indicator = *b"P3";
    covered.weight = Some(1_734_950);
    covered.rate = Money::from_cents(952_401);
    Rows::Asc(vec![
        AscRow {
            code: code("64632"),
            entry: covered,
        },
        AscRow {
            code: code("64628"),
            entry: AscEntry::new(Addendum::Ee),
        },
    ])
}

fn modifiers() -> Rows {
    let row = |text: &str, dates: &str, activated: Option<&str>| ModifierRow {
        modifier: modifier(text),
        in_force: days(dates),
        activated: activated.map(date),
        flags: ModifierFlags::default().with(ModifierFlag::Ncci),
    };
    Rows::Modifiers(vec![
        row("59", "2015-01-01..2018-12-31", None),
        row("59", "2019-01-01..2024-09-30", None),
        row("XS", "2015-01-01..2024-09-30", Some("2015-02-01")),
    ])
}

fn conflicts() -> Rows {
    let row = |one: &str, two: &str| ModifierConflictRow {
        first: modifier(one),
        second: modifier(two),
        in_force: days("2015-01-01..2024-09-30"),
    };
    Rows::ModifierConflicts(vec![row("RT", "50"), row("RT", "LT"), row("LT", "50")])
}

fn outpatient_codes() -> Rows {
    let row = |text: &str, dates: &str, apc: u16| {
        let mut entry = OutpatientEntry::new(days(dates), *b"T ");
        entry.apc = apc;
        OutpatientCodeRow {
            code: code(text),
            entry,
        }
    };
    Rows::OutpatientCodes(vec![
        row("64632", "2015-01-01..2023-12-31", 5_441),
        row("64632", "2024-01-01..2024-09-30", 5_442),
        row("G0463", "2015-01-01..2024-09-30", 5_012),
    ])
}

fn gpci() -> Rows {
    let row = |contractor, number, floor| GpciRow {
        locality: Locality::new(contractor, number).unwrap(),
        state: "AL".into(),
        name: "STATEWIDE".into(),
        work: 1_000,
        work_without_floor: floor,
        practice_expense: 869,
        malpractice: 575,
    };
    Rows::Gpci(vec![
        row(10_112, 0, None),
        row(2_102, 1, Some(981)),
        row(3_102, 0, None),
    ])
}

fn anesthesia() -> Rows {
    let row = |contractor| AnesthesiaRow {
        locality: Locality::new(contractor, 0).unwrap(),
        name: "STATEWIDE".into(),
        conversion_factor: 1_979,
        national: 204_349,
    };
    Rows::AnesthesiaFactors(vec![row(10_112), row(3_102)])
}

fn laboratory() -> Rows {
    let row = |qw, cents| LaboratoryRow {
        code: code("83036"),
        qw,
        fee: LaboratoryFee {
            effective: date("2024-01-01"),
            rate: Money::from_cents(cents).unwrap(),
            basis: LaboratoryRateBasis::National,
        },
    };
    Rows::Laboratory(vec![row(false, 971), row(true, 972)])
}

fn dmepos() -> Rows {
    let row = |first: Option<&str>, second: Option<&str>| DmeposRow {
        code: code("E0601"),
        entry: DmeposEntry {
            modifier: first.map(modifier),
            second_modifier: second.map(modifier),
            jurisdiction: DmeposJurisdiction::Equipment,
            category: DmeposCategory::CappedRental,
        },
    };
    Rows::Dmepos(vec![
        row(None, None),
        row(Some("RR"), None),
        row(Some("RR"), Some("KU")),
    ])
}

fn hcpcs() -> Rows {
    let row = |text: &str, second_pricing, terminated: Option<&str>| HcpcsRow {
        code: code(text),
        entry: HcpcsEntry {
            pricing: HcpcsPricing::CappedRental,
            second_pricing,
            coverage: HcpcsCoverage::ContractorJudges,
            added: date("1993-01-01"),
            terminated: terminated.map(date),
        },
    };
    Rows::HcpcsLevel2(vec![
        row("E0601", None, None),
        row("G0124", Some(HcpcsPricing::LaboratoryNationalLimit), Some("2024-12-31")),
    ])
}

fn single_dose() -> Rows {
    let row = |text| SingleDoseRow { code: code(text) };
    Rows::SingleDoseDrugs(vec![row("J0172"), row("J1885")])
}

fn part_b() -> Rows {
    let row = |text, group| PartBDrugRow {
        code: code(text),
        group,
    };
    Rows::PartBDrugs(vec![row("90632", PartBDrug::Vaccine), row("J1885", PartBDrug::Drug)])
}

fn edits() -> Rows {
    let row = |number| EditRow {
        number,
        in_force: days("2015-01-01..2024-09-30"),
        disposition: EditDisposition::ReturnToProvider,
    };
    Rows::Edits(vec![row(1), row(102), row(999)])
}

fn localities() -> Rows {
    let row = |area: &str| LocalityRow {
        locality: Locality::new(10_112, 0).unwrap(),
        state: "ALABAMA".into(),
        area: area.into(),
        counties: "ALL COUNTIES".into(),
    };
    Rows::Localities(vec![row("STATEWIDE"), row("AND MORE")])
}
