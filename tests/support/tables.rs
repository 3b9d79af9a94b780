//! The `data` block of a fixture: small tables, a row a line.

use std::collections::{BTreeMap, BTreeSet};

use cleanclaim::model::{DateRange, Modifier, ProcedureCode, ServiceDate};
use cleanclaim::reference::{
    AddOnRow, AscEntry, AscRow, Component, DmeposEntry, DmeposRow, FeeScheduleRow, FeeValues, HcpcsEntry, HcpcsRow,
    LaboratoryFee, LaboratoryRateBasis, LaboratoryRow, ModifierConflictRow, ModifierFlag, ModifierFlags, ModifierRow,
    MueRow, OutpatientCodeRow, OutpatientEntry, OutpatientFlag, PairRow, PairRows, PartBDrug, PartBDrugRow,
    PolicyIndicators, Reference, ReferenceBuilder, Release, Rows, SingleDoseRow, Table,
};

/// The modifiers that fixtures know without saying so; those before the bar are NCCI-associated.
const MODIFIERS: &str = "24 25 27 57 58 59 78 79 91 XE XP XS XU LT RT LC LD LM RC RI E1 E2 E3 E4 FA F1 F2 F3 F4 F5 F6 F7 F8 F9 \
    TA T1 T2 T3 T4 T5 T6 T7 T8 T9 | 22 26 50 51 52 53 54 55 56 62 66 73 74 76 77 80 81 82 AS CA CT ER FX FY GA GY GZ \
    KX PN PO TC";

/// Tables under construction. Each exists from the start, with a row of a code that no fixture bills, so that "not
/// listed" is an answer.
pub(crate) struct Tables {
    period: DateRange,
    fee: BTreeMap<(ProcedureCode, Component), PolicyIndicators>,
    pairs: Vec<PairRow>,
    hospital_pairs: Vec<PairRow>,
    mue: BTreeMap<ProcedureCode, MueRow>,
    hospital_mue: BTreeMap<ProcedureCode, MueRow>,
    add_on: Vec<AddOnRow>,
    asc: Vec<AscRow>,
    modifiers: Vec<ModifierRow>,
    conflicts: Vec<ModifierConflictRow>,
    outpatient: Vec<OutpatientCodeRow>,
    supplier_mue: BTreeMap<ProcedureCode, MueRow>,
    laboratory: Vec<LaboratoryRow>,
    dmepos: Vec<DmeposRow>,
    hcpcs: Vec<HcpcsRow>,
    single_dose: Vec<SingleDoseRow>,
    part_b: Vec<PartBDrugRow>,
    without: BTreeSet<Table>,
    excerpts: BTreeMap<Table, Vec<ProcedureCode>>,
}

const HISTORY: &str = "2015-01-01";

impl Tables {
    pub(crate) fn new() -> Self {
        let mut tables = Self {
            period: "2024-07-01..2024-09-30".parse().unwrap(),
            fee: BTreeMap::new(),
            pairs: Vec::new(),
            hospital_pairs: Vec::new(),
            mue: BTreeMap::new(),
            hospital_mue: BTreeMap::new(),
            add_on: Vec::new(),
            asc: Vec::new(),
            modifiers: Vec::new(),
            conflicts: Vec::new(),
            outpatient: Vec::new(),
            supplier_mue: BTreeMap::new(),
            laboratory: Vec::new(),
            dmepos: Vec::new(),
            hcpcs: Vec::new(),
            single_dose: Vec::new(),
            part_b: Vec::new(),
            without: BTreeSet::new(),
            excerpts: BTreeMap::new(),
        };
        tables.read(
            "fee 00000\npair 00000 00001 9\nmue 00000 1 1\naddon 2 00000 CCCCC\nasc BB 00000\n\
             outpatient 00000 E1\nhospital-pair 00000 00001 9\nhospital-mue 00000 1 1\nconflict ZY ZZ\n\
             supplier-mue 00000 1 1\nlaboratory 00000\ndmepos 00000 L IN\nhcpcs 00000 00 I\nsingle-dose 00000\npart-b 00000 drug",
        );
        let (ncci, others) = MODIFIERS.split_once('|').unwrap();
        for (list, flag) in [(ncci, " ncci"), (others, "")] {
            for modifier in list.split_whitespace() {
                tables.line(&format!("modifier {modifier}{flag}"));
            }
        }
        tables
    }

    pub(crate) fn read(&mut self, block: &str) {
        for line in block.lines().filter(|line| !line.trim().is_empty()) {
            self.line(line);
        }
    }

    fn line(&mut self, line: &str) {
        let words: Vec<&str> = line.split_whitespace().collect();
        match words.as_slice() {
            ["period", period] => self.period = period.parse().unwrap(),
            ["fee", key, settings @ ..] => self.fee(key, settings),
            ["pair", columns @ ..] => self.pairs.push(pair(columns)),
            ["hospital-pair", columns @ ..] => self.hospital_pairs.push(pair(columns)),
            ["mue", code, value, mai] => {
                let row = mue(code, value, mai);
                self.mue.insert(row.code, row);
            }
            ["hospital-mue", code, value, mai] => {
                let row = mue(code, value, mai);
                self.hospital_mue.insert(row.code, row);
            }
            ["supplier-mue", code, value, mai] => {
                let row = mue(code, value, mai);
                self.supplier_mue.insert(row.code, row);
            }
            ["laboratory", code, rest @ ..] => self.laboratory.push(laboratory(code, rest)),
            ["dmepos", code, jurisdiction, category, modifiers @ ..] => self.dmepos.push(DmeposRow {
                code: code.parse().unwrap(),
                entry: DmeposEntry {
                    modifier: modifiers.first().map(|modifier| modifier.parse().unwrap()),
                    second_modifier: modifiers.get(1).map(|modifier| modifier.parse().unwrap()),
                    jurisdiction: jurisdiction.parse().unwrap(),
                    category: category.parse().unwrap(),
                },
            }),
            ["hcpcs", code, pricing, coverage, rest @ ..] => self.hcpcs.push(hcpcs(code, pricing, coverage, rest)),
            ["single-dose", code] => self.single_dose.push(SingleDoseRow {
                code: code.parse().unwrap(),
            }),
            ["part-b", code, group] => self.part_b.push(PartBDrugRow {
                code: code.parse().unwrap(),
                group: match *group {
                    "vaccine" => PartBDrug::Vaccine,
                    _ => PartBDrug::Drug,
                },
            }),
            ["outpatient", code, status, rest @ ..] => self.outpatient(code, status, rest),
            ["conflict", first, second, rest @ ..] => self.conflicts.push(ModifierConflictRow {
                first: first.parse().unwrap(),
                second: second.parse().unwrap(),
                in_force: history(rest),
            }),
            ["addon", kind, add_on, primary, rest @ ..] => {
                let dates = history(rest);
                self.add_on.push(AddOnRow {
                    kind: kind.parse().unwrap(),
                    add_on: add_on.parse().unwrap(),
                    primary: (*primary != "CCCCC").then(|| primary.parse().unwrap()),
                    effective: dates.first(),
                    deletion: Some(dates.last()),
                    add_on_deleted: None,
                    primary_deleted: None,
                });
            }
            ["asc", addendum, code, rest @ ..] => {
                let mut entry = AscEntry::new(addendum.parse().unwrap());
                if let [indicator, ..] = rest {
                    entry.payment_indicator.copy_from_slice(indicator.as_bytes());
                }
                let code = code.parse().unwrap();
                self.asc.push(AscRow { code, entry });
            }
            ["modifier", modifier, rest @ ..] => self.modifier(modifier, rest),
            ["without", tables @ ..] => self.without.extend(tables.iter().map(|table| table_of(table))),
            ["excerpt", table, codes @ ..] => {
                let codes = codes.iter().map(|code| code.parse().unwrap()).collect();
                self.excerpts.insert(table_of(table), codes);
            }
            _ => panic!("`{line}` is no line of a data block: see tests/support/tables.rs"),
        }
    }

    fn fee(&mut self, key: &str, settings: &[&str]) {
        let (code, component) = key.split_once('/').unwrap_or((key, ""));
        let mut row = PolicyIndicators::plain();
        row.component = component.parse().unwrap();
        for setting in settings {
            let (name, value) = setting.split_once('=').unwrap();
            match name {
                "status" => row.status = value.parse().unwrap(),
                "pctc" => row.pc_tc = value.parse().unwrap(),
                "global" => row.global = value.parse().unwrap(),
                "multiple" => row.multiple = value.parse().unwrap(),
                "bilateral" => row.bilateral = value.parse().unwrap(),
                "assistant" => row.assistant = value.parse().unwrap(),
                "co-surgeon" => row.co_surgeon = value.parse().unwrap(),
                "team" => row.team = value.parse().unwrap(),
                "na" => {
                    row.nonfacility_na = matches!(value, "nonfacility" | "both");
                    row.facility_na = matches!(value, "facility" | "both");
                }
                _ => panic!("`{name}` is no setting of a fee line"),
            }
        }
        self.fee.insert((code.parse().unwrap(), row.component), row);
    }

    fn modifier(&mut self, modifier: &str, rest: &[&str]) {
        let modifier: Modifier = modifier.parse().unwrap();
        let (mut flags, mut dates, mut activated) = (ModifierFlags::default(), history(&[]), None);
        for word in rest {
            match (word.parse::<ModifierFlag>(), word.strip_prefix("activated=")) {
                (Ok(flag), _) => flags = flags.with(flag),
                (_, Some(day)) => activated = Some(day.parse().unwrap()),
                _ => dates = word.parse().unwrap(),
            }
        }
        self.modifiers.retain(|row| row.modifier != modifier);
        self.modifiers.push(ModifierRow {
            modifier,
            in_force: dates,
            activated,
            flags,
        });
    }

    /// A status indicator, then any of the editor's own names of attributes, and a range of dates.
    fn outpatient(&mut self, code: &str, status: &str, rest: &[&str]) {
        let mut padded = [b' '; 2];
        padded[..status.len()].copy_from_slice(status.as_bytes());
        let mut entry = OutpatientEntry::new(history(&[]), padded);
        for word in rest {
            match word.parse::<OutpatientFlag>() {
                Ok(flag) => entry.flags = entry.flags.with(flag),
                Err(_) => entry.in_force = word.parse().unwrap(),
            }
        }
        let code = code.parse().unwrap();
        self.outpatient.push(OutpatientCodeRow { code, entry });
    }

    pub(crate) fn build(&self) -> Reference {
        let mut builder = ReferenceBuilder::new();
        let fee = self.fee.iter().map(|(&(code, _), &indicators)| FeeScheduleRow {
            code,
            indicators,
            values: FeeValues::default(),
        });
        let tables = [
            (Table::FeeSchedule, Rows::FeeSchedule(fee.collect())),
            (
                Table::PractitionerPairs,
                Rows::Pairs(PairRows {
                    rows: self.pairs.clone(),
                    rationales: vec!["as in the fixture".into()],
                }),
            ),
            (Table::PractitionerMue, Rows::Mue(self.mue.values().cloned().collect())),
            (Table::AddOn, Rows::AddOn(self.add_on.clone())),
            (Table::Asc, Rows::Asc(self.asc.clone())),
            (Table::Modifiers, Rows::Modifiers(self.modifiers.clone())),
            (
                Table::HospitalPairs,
                Rows::Pairs(PairRows {
                    rows: self.hospital_pairs.clone(),
                    rationales: vec!["as in the fixture".into()],
                }),
            ),
            (
                Table::HospitalMue,
                Rows::Mue(self.hospital_mue.values().cloned().collect()),
            ),
            (
                Table::ModifierConflicts,
                Rows::ModifierConflicts(self.conflicts.clone()),
            ),
            (Table::OutpatientCodes, Rows::OutpatientCodes(self.outpatient.clone())),
            (Table::DmeMue, Rows::Mue(self.supplier_mue.values().cloned().collect())),
            (Table::Laboratory, Rows::Laboratory(self.laboratory.clone())),
            (Table::Dmepos, Rows::Dmepos(self.dmepos.clone())),
            (Table::HcpcsLevel2, Rows::HcpcsLevel2(self.hcpcs.clone())),
            (Table::SingleDoseDrugs, Rows::SingleDoseDrugs(self.single_dose.clone())),
            (Table::PartBDrugs, Rows::PartBDrugs(self.part_b.clone())),
        ];
        for (table, rows) in tables {
            if self.without.contains(&table) {
                continue;
            }
            let period = if table.is_cumulative() {
                DateRange::new(history(&[]).first(), self.period.last()).unwrap()
            } else {
                self.period
            };
            let mut release = Release::new(table, "fixture", period, "a fixture");
            if let Some(codes) = self.excerpts.get(&table) {
                release = release.excerpt_of(codes.clone());
            }
            builder.add(release, rows).unwrap();
        }
        builder.build().unwrap()
    }
}

fn pair(columns: &[&str]) -> PairRow {
    let [column1, column2, indicator, rest @ ..] = columns else {
        panic!("a pair has two codes and an indicator");
    };
    let dates = history(rest);
    PairRow {
        column1: column1.parse().unwrap(),
        column2: column2.parse().unwrap(),
        effective: dates.first(),
        deletion: Some(dates.last()),
        indicator: indicator.parse().unwrap(),
        rationale: 0,
    }
}

fn mue(code: &str, value: &str, mai: &str) -> MueRow {
    MueRow {
        code: code.parse().unwrap(),
        value: value.parse().unwrap(),
        mai: mai.parse().unwrap(),
        rationale: "as in the fixture".into(),
    }
}

/// A test, and whether the row is that of the test with QW.
fn laboratory(code: &str, rest: &[&str]) -> LaboratoryRow {
    LaboratoryRow {
        code: code.parse().unwrap(),
        qw: rest.contains(&"QW"),
        fee: LaboratoryFee {
            effective: HISTORY.parse().unwrap(),
            rate: "10.00".parse().unwrap(),
            basis: LaboratoryRateBasis::National,
        },
    }
}

/// A code with its pricing and coverage indicators, and the days on which it is in use.
fn hcpcs(code: &str, pricing: &str, coverage: &str, rest: &[&str]) -> HcpcsRow {
    let days = history(rest);
    HcpcsRow {
        code: code.parse().unwrap(),
        entry: HcpcsEntry {
            pricing: pricing.parse().unwrap(),
            second_pricing: None,
            coverage: coverage.parse().unwrap(),
            added: days.first(),
            terminated: (days.last() != ServiceDate::MAX).then_some(days.last()),
        },
    }
}

/// The dates at the end of a line; by default from the first day of the fixtures' history on.
fn history(rest: &[&str]) -> DateRange {
    match rest {
        [range] => range.parse().unwrap(),
        _ => DateRange::new(HISTORY.parse().unwrap(), ServiceDate::MAX).unwrap(),
    }
}

fn table_of(name: &str) -> Table {
    match name {
        "fee" => Table::FeeSchedule,
        "pairs" => Table::PractitionerPairs,
        "mue" => Table::PractitionerMue,
        "addon" => Table::AddOn,
        "asc" => Table::Asc,
        "modifiers" => Table::Modifiers,
        "hospital-pairs" => Table::HospitalPairs,
        "hospital-mue" => Table::HospitalMue,
        "conflicts" => Table::ModifierConflicts,
        "outpatient" => Table::OutpatientCodes,
        "supplier-mue" => Table::DmeMue,
        "laboratory" => Table::Laboratory,
        "dmepos" => Table::Dmepos,
        "hcpcs" => Table::HcpcsLevel2,
        "single-dose" => Table::SingleDoseDrugs,
        "part-b" => Table::PartBDrugs,
        _ => panic!("`{name}` is no table of a data block"),
    }
}
