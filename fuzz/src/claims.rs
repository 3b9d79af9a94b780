//! Targets: claims as JSON and as shorthand, read and evaluated.

use std::sync::LazyLock;

use cleanclaim::reference::{
    AddOnRow, AddOnType, Addendum, AscEntry, AscRow, Bilateral, FeeScheduleRow, FeeValues, GlobalPeriod, Mai,
    ModifierFlag, ModifierFlags, ModifierRow, MueRow, PairIndicator, PairRow, PairRows, PolicyIndicators, Reference,
    ReferenceBuilder, Release, Rows, Stale, Table,
};
use cleanclaim::{Claim, Evaluator, code, date, modifier, report};

/// Reads a claim strictly and leniently; what was read is written and read back as the same claim.
pub fn json_claim(data: &[u8]) {
    for read in [Claim::from_json(data), Claim::from_json_lenient(data)] {
        match read {
            Ok(claim) => {
                let again = Claim::from_json(claim.to_json());
                assert_eq!(again.as_ref(), Ok(&claim), "{}", claim.to_json());
            }
            Err(error) => assert!(!error.to_string().is_empty()),
        }
    }
}

/// Reads a claim's one-line form; what was read is written and read back as the same claim.
pub fn shorthand(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    match Claim::from_shorthand(text) {
        Ok(claim) => {
            let written = claim.to_shorthand();
            let again = Claim::from_shorthand(&written);
            assert_eq!(again.as_ref(), Ok(&claim), "{written}");
        }
        Err(error) => assert!(!error.to_string().is_empty()),
    }
}

/// Evaluates, explains and prints whatever claim the bytes make, over a small world, the starter and nothing.
pub fn evaluate(data: &[u8]) {
    let from_text = |text| Claim::from_shorthand(text).ok();
    let claim = Claim::from_json_lenient(data)
        .ok()
        .or_else(|| std::str::from_utf8(data).ok().and_then(from_text));
    let Some(claim) = claim else { return };
    for evaluator in EVALUATORS.iter() {
        let evaluation = evaluator.evaluate(&claim);
        let explained = evaluator.check(&claim);
        assert_eq!(explained.findings.len(), evaluation.findings().len());
        assert!(!report::Text::new(&claim, &explained).to_string().is_empty());
        assert!(report::to_json(&explained).starts_with('{'));
    }
}

static EVALUATORS: LazyLock<Vec<Evaluator>> = LazyLock::new(|| {
    [small_world(), Reference::starter().clone(), Reference::empty()]
        .into_iter()
        .flat_map(|reference| {
            [Stale::Use, Stale::Refuse].map(|stale| Evaluator::builder(reference.clone()).stale(stale).build())
        })
        .map(|evaluator| evaluator.expect("the catalogue as it is"))
        .collect()
});

/// Tables whose numbers lie at the ends of what they can hold.
fn small_world() -> Reference {
    let quarter = "2024-07-01..2024-09-30".parse().expect("a range of days");
    let history = "2015-01-01..2024-09-30".parse().expect("a range of days");
    let fee = |code, global| {
        let mut indicators = PolicyIndicators::plain();
        indicators.global = global;
        indicators.bilateral = Bilateral::Conditional;
        let mut values = FeeValues::default();
        values.work = u32::MAX;
        values.conversion_factor = u32::MAX;
        FeeScheduleRow {
            code,
            indicators,
            values,
        }
    };
    let mue = |code, value, mai| MueRow {
        code,
        value,
        mai,
        rationale: "made up".into(),
    };
    let pair = |column1, column2, indicator| PairRow {
        column1,
        column2,
        effective: date!(2015, 1, 1),
        deletion: None,
        indicator,
        rationale: 0,
    };
    let (one, two, three) = (code!("64632"), code!("64455"), code!("64629"));
    let modifiers = [modifier!("59"), modifier!("50"), modifier!("26"), modifier!("RT")].map(|modifier| ModifierRow {
        modifier,
        in_force: history,
        activated: None,
        flags: ModifierFlags::default().with(ModifierFlag::Ncci),
    });
    let add_on = AddOnRow {
        kind: AddOnType::Listed,
        add_on: three,
        primary: Some(one),
        effective: date!(2015, 1, 1),
        deletion: None,
        add_on_deleted: None,
        primary_deleted: None,
    };
    let asc = AscRow {
        code: one,
        entry: AscEntry::new(Addendum::Aa),
    };
    let pairs = Rows::Pairs(PairRows {
        rows: vec![
            pair(one, two, PairIndicator::Allowed),
            pair(two, one, PairIndicator::NotAllowed),
        ],
        rationales: vec!["made up".into()],
    });
    let mut builder = ReferenceBuilder::new();
    for (table, rows) in [
        (
            Table::FeeSchedule,
            Rows::FeeSchedule(vec![
                fee(one, GlobalPeriod::Days10),
                fee(two, GlobalPeriod::Days0),
                fee(three, GlobalPeriod::AddOn),
            ]),
        ),
        (Table::PractitionerPairs, pairs.clone()),
        (Table::HospitalPairs, pairs),
        (
            Table::PractitionerMue,
            Rows::Mue(vec![
                mue(one, u32::MAX, Mai::DayPolicy),
                mue(two, 0, Mai::Line),
                mue(three, 1, Mai::DayClinical),
            ]),
        ),
        (Table::AddOn, Rows::AddOn(vec![add_on])),
        (Table::Asc, Rows::Asc(vec![asc])),
        (Table::Modifiers, Rows::Modifiers(modifiers.to_vec())),
    ] {
        let days = if table.is_cumulative() { history } else { quarter };
        builder
            .add(Release::new(table, "small", days, "made up"), rows)
            .expect("rows of this table");
    }
    builder.build().expect("a small reference")
}
