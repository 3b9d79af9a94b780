//! A page's JSON against look-ups of the same reference.

use std::sync::LazyLock;

use cleanclaim::claim::{Biller, Claim, ServiceLine};
use cleanclaim::model::{Modifier, Payer, ProcedureCode, ServiceDate, SiteOfService};
use cleanclaim::modifiers::{MedicareUse, ModifierEntry, ModifierTable};
use cleanclaim::price::{Terms, price};
use cleanclaim::reference::{
    AddOnRow, AscEntry, AscRow, Component, FeeScheduleRow, FeeValues, Lookup, MueRow, OutpatientCodeRow,
    OutpatientEntry, PolicyIndicators, Reference, ReferenceBuilder, Release, Rows, Setting, Table,
};
use cleanclaim::{Evaluator, report};
use serde_json::Value;

/// The starter's rules without those of pairs.
#[allow(dead_code, reason = "not every test asks for it")]
pub(crate) fn without_pairs() -> &'static Evaluator {
    static EVALUATOR: LazyLock<Evaluator> = LazyLock::new(|| {
        let builder = Evaluator::builder(Reference::starter().clone());
        builder.skip(["N"]).unwrap().build().unwrap()
    });
    &EVALUATOR
}

/// Rules over tables that answer for every code, and list one.
#[allow(dead_code, reason = "not every test asks for it")]
pub(crate) fn whole_tables() -> Evaluator {
    let period = "2024-07-01..2024-09-30".parse().unwrap();
    let code: ProcedureCode = "64632".parse().unwrap();
    let fee = FeeScheduleRow {
        code,
        indicators: PolicyIndicators::plain(),
        values: FeeValues::default(),
    };
    let mue = MueRow {
        code,
        value: 1,
        mai: "2".parse().unwrap(),
        rationale: "a test".into(),
    };
    let add_on = AddOnRow {
        kind: "2".parse().unwrap(),
        add_on: code,
        primary: None,
        effective: "2024-07-01".parse().unwrap(),
        deletion: None,
        add_on_deleted: None,
        primary_deleted: None,
    };
    let entry = AscEntry::new("AA".parse().unwrap());
    let outpatient = OutpatientCodeRow {
        code,
        entry: OutpatientEntry::new(period, *b"T "),
    };
    let mut builder = ReferenceBuilder::new();
    for (table, rows) in [
        (Table::FeeSchedule, Rows::FeeSchedule(vec![fee])),
        (Table::PractitionerMue, Rows::Mue(vec![mue.clone()])),
        (Table::HospitalMue, Rows::Mue(vec![mue.clone()])),
        (Table::DmeMue, Rows::Mue(vec![mue])),
        (Table::AddOn, Rows::AddOn(vec![add_on])),
        (Table::Asc, Rows::Asc(vec![AscRow { code, entry }])),
        (Table::OutpatientCodes, Rows::OutpatientCodes(vec![outpatient])),
    ] {
        builder
            .add(Release::new(table, "a test", period, "a test"), rows)
            .unwrap();
    }
    Evaluator::new(builder.build().unwrap())
}

/// Two releases of the fee schedule, and the outpatient editor's rows of a code.
#[allow(dead_code, reason = "not every test asks for it")]
pub(crate) fn with_outpatient_rows(code: &str, rows: &[(&str, [u8; 2], u16)]) -> Reference {
    let code: ProcedureCode = code.parse().unwrap();
    let fee = || {
        Rows::FeeSchedule(vec![FeeScheduleRow {
            code,
            indicators: PolicyIndicators::plain(),
            values: FeeValues::default(),
        }])
    };
    let entry = |&(days, status, apc): &(&str, [u8; 2], u16)| {
        let mut entry = OutpatientEntry::new(days.parse().unwrap(), status);
        entry.apc = apc;
        OutpatientCodeRow { code, entry }
    };
    let outpatient = Rows::OutpatientCodes(rows.iter().map(entry).collect());
    let mut builder = ReferenceBuilder::new();
    for (table, days, rows) in [
        (Table::FeeSchedule, "2023-07-01..2023-09-30", fee()),
        (Table::FeeSchedule, "2023-10-01..2023-12-31", fee()),
        (Table::FeeSchedule, "2024-07-01..2024-09-30", fee()),
        (Table::OutpatientCodes, "2019-07-01..2026-06-30", outpatient),
    ] {
        builder
            .add(Release::new(table, days, days.parse().unwrap(), "a test"), rows)
            .unwrap();
    }
    builder.build().unwrap()
}

/// Holds every figure of a page against the tables.
pub(crate) fn compare(evaluator: &Evaluator, code: ProcedureCode, date: ServiceDate) {
    let page = evaluator.profile(code, date, &Payer::medicare());
    // It can be printed whatever it says.
    assert!(
        report::PageText::new(&page)
            .to_string()
            .starts_with(&format!("{code} on {date}"))
    );
    assert!(
        report::PageMarkdown::new(&page)
            .to_string()
            .starts_with(&format!("# {code} on {date}"))
    );
    let json: Value = serde_json::from_str(&serde_json::to_string(&page).unwrap()).unwrap();
    let seen = Seen {
        evaluator,
        reference: evaluator.reference(),
        code,
        date,
        json: &json,
        codes: evaluator.reference().codes().collect(),
    };
    assert_eq!(json["code"], code.as_str());
    seen.fee_schedule();
    seen.outpatient();
    seen.asc();
    seen.units();
    seen.pairs();
    seen.add_ons();
    seen.sites();
    seen.modifiers();
}

struct Seen<'a> {
    evaluator: &'a Evaluator,
    reference: &'a Reference,
    code: ProcedureCode,
    date: ServiceDate,
    json: &'a Value,
    codes: Vec<ProcedureCode>,
}

fn hundredths(text: &Value) -> u32 {
    text.as_str().unwrap().replace('.', "").parse().unwrap()
}

impl Seen<'_> {
    /// The part of the page under a name, if its table lists the code; else that it says which of the other two it is.
    fn says<T>(&self, name: &str, lookup: &Lookup<T>) -> Option<&Value> {
        let section = &self.json[name];
        match lookup {
            Lookup::Found(_) => Some(&section["listed"]["says"]),
            Lookup::NotListed => {
                assert_eq!(section, "not-listed", "{} {name}", self.code);
                None
            }
            Lookup::NotCovered(_) => {
                assert!(section["not-covered"].is_string(), "{} {name}", self.code);
                None
            }
        }
    }

    fn fee_schedule(&self) {
        let row = |component| {
            self.reference
                .fee_schedule(self.code, component, self.date, self.evaluator.stale())
        };
        let rows: Vec<_> = Component::ALL
            .iter()
            .filter_map(|&component| row(component).found())
            .collect();
        if rows.is_empty() {
            self.says("fee_schedule", &row(Component::Global));
            return;
        }
        let said = self.json["fee_schedule"]["listed"]["says"].as_array().unwrap();
        assert_eq!(said.len(), rows.len());
        for (said, row) in said.iter().zip(rows) {
            let (policy, values) = (row.row.indicators, row.row.values);
            assert_eq!(said["component"], policy.component.text());
            let published = [
                policy.status.text(),
                policy.pc_tc.text(),
                policy.global.text(),
                policy.multiple.text(),
                policy.bilateral.text(),
                policy.assistant.text(),
                policy.co_surgeon.text(),
                policy.team.text(),
            ];
            let indicators = said["indicators"].as_array().unwrap();
            assert_eq!(indicators.len(), published.len());
            for (indicator, value) in indicators.iter().zip(published) {
                assert_eq!(indicator["value"], value);
                assert!(!indicator["meaning"].as_str().unwrap().is_empty());
            }
            assert_eq!(hundredths(&said["work"]), values.work);
            assert_eq!(
                hundredths(&said["nonfacility_practice_expense"]),
                values.nonfacility_practice_expense
            );
            assert_eq!(
                hundredths(&said["facility_practice_expense"]),
                values.facility_practice_expense
            );
            assert_eq!(hundredths(&said["malpractice"]), values.malpractice);
            assert_eq!(hundredths(&said["conversion_factor"]), values.conversion_factor);
            assert_eq!(said["nonfacility_na"], policy.nonfacility_na);
            assert_eq!(said["facility_na"], policy.facility_na);
            if let Some(shares) = said["shares"].as_array() {
                let published = [values.preoperative, values.intraoperative, values.postoperative];
                assert_eq!(shares, &published.map(Value::from));
            }
        }
    }

    fn outpatient(&self) {
        let found = self
            .reference
            .outpatient_code(self.code, self.date, self.evaluator.stale());
        let Some(said) = self.says("outpatient", &found) else {
            return;
        };
        let row = found.found().unwrap().row;
        assert_eq!(said["status"], row.status_text());
        assert_eq!(said["apc"].as_u64().unwrap_or_default(), u64::from(row.apc));
        assert_ne!(said["meaning"], "", "status {} has no words", row.status_text());
    }

    fn asc(&self) {
        let found = self.reference.asc(self.code, self.date, self.evaluator.stale());
        let Some(said) = self.says("asc", &found) else { return };
        let entries = found.found().unwrap().row;
        let said = said.as_array().unwrap();
        assert_eq!(said.len(), entries.len());
        for (said, entry) in said.iter().zip(entries) {
            assert_eq!(said["addendum"], entry.addendum.text());
            let indicator = std::str::from_utf8(&entry.payment_indicator).unwrap().trim();
            assert_eq!(said["indicator"], indicator);
            assert_eq!(
                said["rate"].as_str().map(str::to_owned),
                entry.rate.map(|rate| rate.to_string())
            );
            assert_ne!(said["meaning"], "", "payment indicator {indicator} has no words");
        }
    }

    fn units(&self) {
        for said in self.json["units"].as_array().unwrap() {
            let setting: Setting = said["setting"].as_str().unwrap().parse().unwrap();
            let found = self
                .reference
                .mue(setting, self.code, self.date, self.evaluator.stale())
                .found();
            assert_eq!(said["value"].as_u64(), found.map(|found| u64::from(found.row.value)));
            assert_eq!(said["mai"].as_str(), found.map(|found| found.row.mai.text()));
        }
    }

    fn pairs(&self) {
        for said in self.json["pairs"].as_array().unwrap() {
            let setting: Setting = said["setting"].as_str().unwrap().parse().unwrap();
            let partners = |column: u64, indicator: &str| {
                let stands = |partner: &ProcedureCode| {
                    let edits =
                        self.reference
                            .pair_edits(setting, self.code, *partner, self.date, self.evaluator.stale());
                    let edits = edits.found().map_or_else(Vec::new, |found| found.row);
                    let mut edits = edits.iter();
                    edits.any(|edit| edit.reversed == (column == 2) && edit.indicator.text() == indicator)
                };
                self.codes
                    .iter()
                    .copied()
                    .filter(stands)
                    .map(|code| code.to_string())
                    .collect::<Vec<_>>()
            };
            let lists = said["lists"].as_array().unwrap();
            let mut counted = 0;
            for list in lists {
                let column = list["column"].as_u64().unwrap();
                let mut there = partners(column, list["indicator"].as_str().unwrap());
                there.sort();
                assert_eq!(list["count"].as_u64().unwrap() as usize, there.len(), "{}", self.code);
                let named: Vec<_> = list["partners"]
                    .as_array()
                    .unwrap()
                    .iter()
                    .map(|code| code.as_str().unwrap())
                    .collect();
                assert_eq!(named, there[..named.len()]);
                assert!(named.len() == there.len() || named.len() == 12);
                counted += there.len();
            }
            let all: usize = [(1, "0"), (1, "1"), (2, "0"), (2, "1")]
                .map(|(column, indicator)| partners(column, indicator).len())
                .iter()
                .sum();
            assert_eq!(counted, all, "{}", self.code);
        }
    }

    fn add_ons(&self) {
        let stale = self.evaluator.stale();
        let own = self.reference.add_on_edits(self.code, self.date, stale);
        if own.gap().is_some() {
            assert!(self.json["add_ons"]["not-covered"].is_string());
            return;
        }
        let primaries = own.found().map_or_else(Vec::new, |found| found.row);
        let add_ons = self.codes.iter().copied().filter(|&add_on| {
            let edits = self.reference.add_on_edits(add_on, self.date, stale).found();
            edits.is_some_and(|found| found.row.iter().any(|edit| edit.primary == Some(self.code)))
        });
        let add_ons = add_ons.count();
        let said = &self.json["add_ons"]["listed"]["says"];
        let count = |name: &str| {
            let lists = said[name].as_array().map_or(&[][..], Vec::as_slice);
            lists
                .iter()
                .map(|list| list["count"].as_u64().unwrap() as usize)
                .sum::<usize>()
        };
        let mut named: Vec<_> = primaries.iter().filter_map(|edit| edit.primary).collect();
        named.sort();
        named.dedup();
        assert!(count("added_to") >= named.len(), "{}", self.code);
        assert_eq!(
            primaries.is_empty(),
            said["added_to"].as_array().is_none_or(Vec::is_empty)
        );
        assert_eq!(count("add_ons"), add_ons, "{}", self.code);
    }

    /// Each site's judgement and each amount, asked again.
    fn sites(&self) {
        let terms = Terms::national().with_stale(self.evaluator.stale());
        for said in self.json["sites"].as_array().unwrap() {
            let site: SiteOfService = said["site"].as_str().unwrap().parse().unwrap();
            let answer =
                self.evaluator
                    .site_eligibility(self.code, site, Biller::Practitioner, &Payer::medicare(), self.date);
            assert_eq!(said["judgement"], answer.judgement.to_string());
            for paid in said["prices"].as_array().unwrap() {
                let modifiers = paid["component"].as_str().unwrap().parse::<Modifier>().ok();
                let line = ServiceLine::new(1, self.date, self.code)
                    .at_site(site)
                    .with_modifiers(modifiers);
                let claim = Claim::professional("P").line(line).build().unwrap();
                let again = price(&claim, self.reference, &terms).lines[0].amount();
                assert_eq!(
                    paid["amount"].as_str().map(str::to_owned),
                    again.map(|amount| amount.to_string())
                );
                assert!(paid["amount"].is_string() || paid["words"].is_string());
            }
        }
    }

    /// Each modifier's judgement, asked again.
    fn modifiers(&self) {
        let advice = &self.json["modifiers"];
        let of = |name: &str| advice[name].as_array().unwrap().clone();
        let all = ["proposals", "distinct", "stopped", "elsewhere", "open"]
            .map(|name| of(name).len())
            .iter()
            .sum::<usize>();
        let is_used = |row: &&ModifierEntry| row.in_force.contains(self.date) && row.medicare != MedicareUse::NotUsed;
        let used = ModifierTable::seed().rows().filter(is_used).count();
        assert_eq!(all, used, "each is in one list");
        for stopped in of("stopped") {
            let modifier: Modifier = stopped["modifier"].as_str().unwrap().parse().unwrap();
            let site = SiteOfService::Office;
            let payer = Payer::medicare();
            let answer = self
                .evaluator
                .modifier_usage(self.code, modifier, site, &payer, self.date);
            let rule = stopped["rule"].as_str().unwrap();
            assert!(
                answer.findings.iter().any(|finding| finding.rule == rule),
                "{}-{modifier}",
                self.code
            );
        }
    }
}
