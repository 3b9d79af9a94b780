//! Writes the bench's claims, and the tables that the six edits of `benches/peers` read, as CSV, and times cleanclaim on
//! the same claims: `cargo run --release --example export_workload -- FOLDER [CLAIMS]`
//!
//! Dates are days since 1970-01-01, units are thousandths. What cleanclaim took, and its findings by rule, stand in
//! `cleanclaim.json`.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a measurement that fails may panic"
)]

#[path = "../../../benches/support/six_edits.rs"]
mod six_edits;
#[path = "../../../benches/support/workload.rs"]
mod workload;

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;
use std::time::{Duration, Instant};

use cleanclaim::model::{Modifier, ProcedureCode, SiteOfService, SiteRate};
use cleanclaim::reference::{Component, ModifierFlag, Reference, ReleaseId, Rows, Setting, Stale, Table};
use cleanclaim::{Claim, Evaluator};
use cleanclaim_cms::{FileSource, Options, read};

const CLAIMS: usize = 1_000_000;
const PASSES: usize = 9;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().ok_or("expected the folder to write to")?;
    let folder = Path::new(&folder);
    let count = arguments.next().map_or(Ok(CLAIMS), |count| count.parse())?;
    let published = six_edits::published().ok_or("CMS's files are not beside this checkout: `../shared/data`")?;

    let reference = six_edits::reference(&published);
    let claims = six_edits::claims(&reference, count);
    std::fs::create_dir_all(folder)?;
    let csv = |name: &str| File::create(folder.join(name)).map(BufWriter::new);
    write_lines(csv("lines.csv")?, &claims)?;
    write_pairs(csv("pairs.csv")?, &reference)?;
    write_mue(csv("mue.csv")?, &reference)?;
    write_fees(csv("fee_schedule.csv")?, &reference)?;
    write_add_on(csv("add_on.csv")?, &published)?;
    write_asc(csv("asc.csv")?, &reference)?;
    write_modifiers(csv("modifiers.csv")?, &reference)?;
    write_sites(csv("sites.csv")?)?;

    let measured = measure(&six_edits::evaluator(reference), &claims);
    println!("{measured}");
    std::fs::write(folder.join("cleanclaim.json"), format!("{measured}\n"))?;
    Ok(())
}

/// Times whole passes over the claims on one core. Each pass keeps every finding as (claim, line, rule), as the peers do.
fn measure(evaluator: &Evaluator, claims: &[Claim]) -> serde_json::Value {
    let mut session = evaluator.session();
    let mut findings: Vec<(u32, u32, u16)> = Vec::new();
    let mut pass = || {
        findings.clear();
        let (start, busy) = (Instant::now(), processor_time());
        for (number, claim) in (0..).zip(claims) {
            let found = session.evaluate(claim).findings().iter();
            findings.extend(found.map(|finding| (number, finding.line().unwrap() as u32, finding.rule() as u16)));
        }
        let elapsed = start.elapsed();
        (
            elapsed,
            processor_time().zip(busy).map_or(elapsed, |(now, before)| now - before),
        )
    };
    pass();
    let (mut passes, mut busy): (Vec<Duration>, Vec<Duration>) = (0..PASSES).map(|_| pass()).unzip();
    passes.sort_unstable();
    busy.sort_unstable();

    let mut counts = vec![0_u64; evaluator.rules().len()];
    for &(_, _, rule) in &findings {
        counts[usize::from(rule)] += 1;
    }
    let by_rule: serde_json::Map<String, serde_json::Value> = evaluator
        .rules()
        .iter()
        .zip(counts)
        .map(|(rule, count)| (rule.id.to_owned(), count.into()))
        .collect();
    let per_claim = |time: Duration| time.as_nanos() as f64 / claims.len() as f64;
    serde_json::json!({
        "version": env!("CARGO_PKG_VERSION"),
        "claims": claims.len(),
        "lines": claims.iter().map(|claim| claim.lines().len()).sum::<usize>(),
        "passes": PASSES,
        "minimum_ns_a_claim": per_claim(passes[0]),
        "median_ns_a_claim": per_claim(passes[PASSES / 2]),
        "minimum_processor_ns_a_claim": per_claim(busy[0]),
        "findings": by_rule,
    })
}

/// What this thread has had of a processor, to some milliseconds, where the system says so: other programs at work do
/// not count in it.
fn processor_time() -> Option<Duration> {
    let said = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    said.split(' ').next()?.parse().ok().map(Duration::from_nanos)
}

fn write_lines(mut out: impl Write, claims: &[Claim]) -> io::Result<()> {
    writeln!(out, "claim,line,date,provider,code,m1,m2,m3,m4,units,site")?;
    for (number, claim) in claims.iter().enumerate() {
        for (position, line) in claim.lines().iter().enumerate() {
            assert!(line.dates.is_single(), "the peers take a line to be of one day");
            let provider = line.provider.map_or(0, |provider| provider.number());
            write!(
                out,
                "{number},{position},{},{provider},{}",
                line.date().day_number(),
                line.code.unwrap()
            )?;
            let mut modifiers = line.modifiers.iter();
            for _ in 0..4 {
                match modifiers.next() {
                    Some(modifier) => write!(out, ",{modifier}")?,
                    None => write!(out, ",")?,
                }
            }
            writeln!(out, ",{},{}", line.units.thousandths(), line.site.unwrap().number())?;
        }
    }
    out.flush()
}

/// The one release of a table that answers for the whole quarter, as the other engines are given no more than that.
fn release(reference: &Reference, table: Table) -> ReleaseId {
    let quarter = six_edits::quarter();
    let answers = |id: &ReleaseId| {
        let release = reference.release(*id).unwrap();
        release.table == table
            && release.excerpt.is_none()
            && release.in_force.contains(quarter.first())
            && release.in_force.contains(quarter.last())
    };
    let mut found = reference.release_ids().filter(answers);
    let id = found
        .next()
        .unwrap_or_else(|| panic!("no release of {table} answers for {quarter}"));
    assert!(
        found.next().is_none(),
        "several releases of {table} answer for {quarter}"
    );
    id
}

/// Every interval of every pair, in force or ended, as the packed index holds it.
fn write_pairs(mut out: impl Write, reference: &Reference) -> io::Result<()> {
    writeln!(out, "column1,column2,first,last,indicator")?;
    for (low, high, edit) in reference.pairs_of(release(reference, Table::PractitionerPairs)) {
        let (column1, column2) = if edit.reversed { (high, low) } else { (low, high) };
        let (first, last) = (edit.in_force.first().day_number(), edit.in_force.last().day_number());
        writeln!(out, "{column1},{column2},{first},{last},{}", edit.indicator.text())?;
    }
    out.flush()
}

fn write_mue(mut out: impl Write, reference: &Reference) -> io::Result<()> {
    release(reference, Table::PractitionerMue);
    let day = six_edits::quarter().first();
    writeln!(out, "code,value,mai")?;
    for code in reference.codes() {
        if let Some(mue) = reference.mue(Setting::Practitioner, code, day, Stale::Refuse).found() {
            writeln!(out, "{code},{},{}", mue.row.value, mue.row.mai.text())?;
        }
    }
    out.flush()
}

fn write_fees(mut out: impl Write, reference: &Reference) -> io::Result<()> {
    release(reference, Table::FeeSchedule);
    let day = six_edits::quarter().first();
    writeln!(out, "code,component,status,pc_tc,bilateral,nonfacility_na,facility_na")?;
    for code in reference.codes() {
        for &component in Component::ALL {
            let Some(found) = reference.fee_schedule(code, component, day, Stale::Refuse).found() else {
                continue;
            };
            let row = found.row.indicators;
            writeln!(
                out,
                "{code},{},{},{},{},{},{}",
                component.text(),
                row.status.text(),
                row.pc_tc.text(),
                row.bilateral.text(),
                u8::from(row.nonfacility_na),
                u8::from(row.facility_na)
            )?;
        }
    }
    out.flush()
}

/// The add-on codes, whatever the dates of their edits: a code that the table names as an add-on is known.
fn write_add_on(mut out: impl Write, published: &Path) -> Result<(), Box<dyn std::error::Error>> {
    let mut codes = BTreeSet::new();
    for entry in std::fs::read_dir(published.join("ncci"))? {
        let path = entry?.path();
        if !path
            .file_name()
            .is_some_and(|name| name.to_string_lossy().starts_with("AOC"))
        {
            continue;
        }
        for release in read(FileSource::path(path), &Options::default())? {
            if let Rows::AddOn(rows) = release.rows {
                codes.extend(rows.into_iter().map(|row| row.add_on));
            }
        }
    }
    write_codes(&mut out, codes)?;
    Ok(())
}

fn write_asc(mut out: impl Write, reference: &Reference) -> io::Result<()> {
    release(reference, Table::Asc);
    let day = six_edits::quarter().first();
    let listed = |code: &ProcedureCode| reference.asc(*code, day, Stale::Refuse).found().is_some();
    write_codes(&mut out, reference.codes().filter(listed))
}

fn write_codes(out: &mut impl Write, codes: impl IntoIterator<Item = ProcedureCode>) -> io::Result<()> {
    writeln!(out, "code")?;
    for code in codes {
        writeln!(out, "{code}")?;
    }
    out.flush()
}

/// The modifiers of the quarter; that none of them changes within it is held here.
fn write_modifiers(mut out: impl Write, reference: &Reference) -> io::Result<()> {
    let quarter = six_edits::quarter();
    writeln!(out, "modifier,ncci")?;
    for modifier in (0..Modifier::COUNT).filter_map(Modifier::from_index) {
        let is_ncci = |day| {
            let found = reference.modifier(modifier, day, Stale::Refuse).found();
            found.map(|found| found.row.flags.has(ModifierFlag::Ncci))
        };
        let ncci = is_ncci(quarter.first());
        let mut day = quarter.first();
        while day < quarter.last() {
            day = day.next().unwrap();
            assert_eq!(is_ncci(day), ncci, "{modifier} changes on {day}");
        }
        if let Some(ncci) = ncci {
            writeln!(out, "{modifier},{}", u8::from(ncci))?;
        }
    }
    out.flush()
}

fn write_sites(mut out: impl Write) -> io::Result<()> {
    writeln!(out, "site,assigned,rate")?;
    for site in (0..100).filter_map(SiteOfService::from_number) {
        let rate = match site.rate() {
            Some(SiteRate::NonFacility) => "nonfacility",
            Some(SiteRate::Facility) => "facility",
            None => "",
        };
        writeln!(out, "{},{},{rate}", site.number(), u8::from(site.is_assigned()))?;
    }
    out.flush()
}
