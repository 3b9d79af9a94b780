//! The embedded starter reference: text files under `data/`, read once when they are first asked for.
//!
//! Each file says in its `#` lines which table it is, its release, the days it is in force, its source, and the codes it
//! answers for. Its rows go the way of every other reference: typed, packed in memory, opened.

use once_cell::sync::Lazy;

use crate::model::{DateRange, Modifier, Money, ParseError, ProcedureCode, ServiceDate, fixed};

use super::{
    AddOnRow, Addendum, AscEntry, AscRow, BuildError, FeeScheduleRow, FeeValues, GpciRow, ModifierConflictRow,
    ModifierFlags, ModifierRow, MueRow, OutpatientCodeRow, OutpatientEntry, OutpatientFlags, PairRow, PolicyIndicators,
    Reference, ReferenceBuilder, Release, Rows, Table, UnknownIndicator,
};

const CODES: &str = include_str!("../../data/codes.txt");

macro_rules! embedded {
    ($($name:literal),+ $(,)?) => {
        &[$(($name, include_str!(concat!("../../data/", $name)))),+]
    };
}

const FILES: &[(&str, &str)] = embedded![
    "add-on-2026q2.csv",
    "asc-2024-07-01.csv",
    "asc-2024-10-01.csv",
    "asc-2025-01-01.csv",
    "asc-2025-04-01.csv",
    "asc-2025-07-01.csv",
    "asc-2025-10-01.csv",
    "asc-2026-01-01.csv",
    "asc-2026-04-01.csv",
    "fee-schedule-2024c.csv",
    "fee-schedule-2025d.csv",
    "fee-schedule-2026b.csv",
    "fee-schedule-2026c.csv",
    "gpci-2025.csv",
    "gpci-2026.csv",
    "hospital-mue-2024-07-01.csv",
    "hospital-mue-2026-10-01.csv",
    "hospital-pairs-v32.1.csv",
    "modifier-conflicts-v27.1.csv",
    "modifiers-v27.1.csv",
    "outpatient-codes-v27.1.csv",
    "practitioner-mue-2024-07-01.csv",
    "practitioner-mue-2026-04-01.csv",
    "practitioner-pairs-v30.2.csv",
];

static STARTER: Lazy<Reference> = Lazy::new(|| read_all().unwrap_or_else(|_| Reference::empty()));

impl Reference {
    /// The embedded starter reference: about a hundred codes round CPT 64632, whole for dates of service from 2024-07-01
    /// to 2024-09-30, with newer releases of some tables to mid 2026.
    ///
    /// It is an excerpt: of any other code it says that it does not answer.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::reference::{Gap, Lookup, Reference, Setting, Stale};
    /// use cleanclaim::{code, date};
    ///
    /// let starter = Reference::starter();
    /// let mue = |code| starter.mue(Setting::Practitioner, code, date!(2024, 8, 6), Stale::Refuse);
    /// assert_eq!(mue(code!("64632")).found().map(|found| found.row.value), Some(1));
    /// assert!(matches!(mue(code!("27130")), Lookup::NotCovered(Gap::OutsideExcerpt(_))));
    /// ```
    #[must_use]
    pub fn starter() -> &'static Self {
        // The files are part of this crate and a test reads them all; were one unreadable, the empty reference would
        // answer "not covered" to everything, never "clean".
        &STARTER
    }
}

/// Why an embedded file is not a table.
#[derive(Debug, thiserror::Error)]
enum StarterError {
    #[error("{file}:{line}: {problem}")]
    Row {
        file: &'static str,
        line: usize,
        problem: RowError,
    },
    #[error("{file}: the heading `{heading}` is missing or unreadable")]
    Heading { file: &'static str, heading: &'static str },
    #[error(transparent)]
    Build(#[from] BuildError),
}

#[derive(Debug, thiserror::Error)]
enum RowError {
    #[error("the column `{0}` is missing")]
    Column(&'static str),
    #[error("`{0}` is no number of this column")]
    Number(String),
    #[error(transparent)]
    Value(#[from] ParseError),
    #[error(transparent)]
    Indicator(#[from] UnknownIndicator),
    #[error("`{0}` is no flag of this table")]
    Flag(String),
}

fn read_all() -> Result<Reference, StarterError> {
    let codes = codes(CODES);
    let mut builder = ReferenceBuilder::new();
    for &(name, text) in FILES {
        let (release, rows) = EmbeddedFile::new(name, text).read(&codes)?;
        builder.add(release, rows)?;
    }
    Ok(builder.build()?)
}

fn codes(text: &str) -> Vec<ProcedureCode> {
    text.lines()
        .filter(|line| !line.starts_with('#'))
        .flat_map(str::split_whitespace)
        .filter_map(|code| code.parse().ok())
        .collect()
}

struct EmbeddedFile {
    name: &'static str,
    text: &'static str,
}

impl EmbeddedFile {
    fn new(name: &'static str, text: &'static str) -> Self {
        Self { name, text }
    }

    fn read(&self, starter: &[ProcedureCode]) -> Result<(Release, Rows), StarterError> {
        let table: Table = self.heading("table")?;
        let name: String = self.heading("release")?;
        let in_force: DateRange = self.heading("in force")?;
        let source: String = self.heading("source")?;
        let mut release = Release::new(table, &name, in_force, &source);
        let covers: Vec<&str> = self.headings("answers for").collect();
        match covers.as_slice() {
            [] => return Err(self.no_heading("answers for")),
            ["every code"] => {}
            ["codes.txt"] => release = release.excerpt_of(starter.to_vec()),
            lists => release = release.excerpt_of(codes(&lists.join(" "))),
        }
        Ok((release, self.rows(table)?))
    }

    fn headings(&self, heading: &str) -> impl Iterator<Item = &'static str> {
        let prefix = format!("# {heading}: ");
        self.text
            .lines()
            .filter_map(move |line| line.strip_prefix(prefix.as_str()))
    }

    fn heading<T: std::str::FromStr>(&self, heading: &'static str) -> Result<T, StarterError> {
        self.headings(heading)
            .next()
            .and_then(|text| text.parse().ok())
            .ok_or_else(|| self.no_heading(heading))
    }

    fn no_heading(&self, heading: &'static str) -> StarterError {
        StarterError::Heading {
            file: self.name,
            heading,
        }
    }

    fn rows(&self, table: Table) -> Result<Rows, StarterError> {
        Ok(match table {
            Table::FeeSchedule => Rows::FeeSchedule(self.each(fee_schedule)?),
            Table::PractitionerPairs | Table::HospitalPairs => self.pairs()?,
            Table::PractitionerMue | Table::HospitalMue | Table::DmeMue => Rows::Mue(self.each(mue)?),
            Table::AddOn => Rows::AddOn(self.each(add_on)?),
            Table::Asc => Rows::Asc(self.each(asc)?),
            Table::Modifiers => Rows::Modifiers(self.each(modifier)?),
            Table::ModifierConflicts => Rows::ModifierConflicts(self.each(conflict)?),
            Table::OutpatientCodes => Rows::OutpatientCodes(self.each(outpatient)?),
            Table::Gpci => Rows::Gpci(self.each(gpci)?),
            // Not embedded: neither rules nor prices read them.
            Table::AnesthesiaFactors | Table::Localities => return Err(self.no_heading("table")),
        })
    }

    fn each<T>(&self, mut read: impl FnMut(&Row<'_>) -> Result<T, RowError>) -> Result<Vec<T>, StarterError> {
        let mut lines = (1..).zip(self.text.lines()).filter(|(_, line)| !line.starts_with('#'));
        let (_, names) = lines.next().ok_or_else(|| self.no_heading("columns"))?;
        lines
            .map(|(line, text)| {
                read(&Row { names, text }).map_err(|problem| StarterError::Row {
                    file: self.name,
                    line,
                    problem,
                })
            })
            .collect()
    }

    fn pairs(&self) -> Result<Rows, StarterError> {
        let mut rationales: Vec<Box<str>> = Vec::new();
        let rows = self.each(|row| pair(row, &mut rationales))?;
        Ok(Rows::Pairs { rows, rationales })
    }
}

/// One row: fields by the names of the heading row.
struct Row<'a> {
    names: &'a str,
    text: &'a str,
}

impl<'a> Row<'a> {
    fn text(&self, column: &'static str) -> Result<&'a str, RowError> {
        let at = self.names.split(',').position(|name| name == column);
        at.and_then(|at| self.text.split(',').nth(at))
            .ok_or(RowError::Column(column))
    }

    fn value<T: std::str::FromStr<Err = ParseError>>(&self, column: &'static str) -> Result<T, RowError> {
        Ok(self.text(column)?.parse()?)
    }

    fn optional<T: std::str::FromStr<Err = ParseError>>(&self, column: &'static str) -> Result<Option<T>, RowError> {
        match self.text(column)? {
            "" => Ok(None),
            text => Ok(Some(text.parse()?)),
        }
    }

    fn number<T: std::str::FromStr>(&self, column: &'static str) -> Result<T, RowError> {
        let text = self.text(column)?;
        text.parse().map_err(|_| RowError::Number(text.to_owned()))
    }

    /// A decimal as a whole number of its last place.
    fn decimal(&self, column: &'static str, places: u32) -> Result<u32, RowError> {
        let text = self.text(column)?;
        fixed::parse(text, places)
            .and_then(|value| u32::try_from(value).ok())
            .ok_or_else(|| RowError::Number(text.to_owned()))
    }

    fn pair_of_bytes(&self, column: &'static str) -> Result<[u8; 2], RowError> {
        let text = self.text(column)?;
        let padded = format!("{text:2}");
        <[u8; 2]>::try_from(padded.as_bytes()).map_err(|_| RowError::Number(text.to_owned()))
    }

    /// A date as the published pair files print it.
    fn compact_date(&self, column: &'static str) -> Result<Option<ServiceDate>, RowError> {
        match self.text(column)? {
            "" => Ok(None),
            text => Ok(Some(ServiceDate::parse_compact(text)?)),
        }
    }

    /// A row without a last day is open.
    fn in_force(&self) -> Result<DateRange, RowError> {
        let (first, last) = (self.value("first")?, self.optional("last")?);
        DateRange::new(first, last.unwrap_or(ServiceDate::MAX)).ok_or(RowError::Column("first"))
    }
}

fn fee_schedule(row: &Row<'_>) -> Result<FeeScheduleRow, RowError> {
    let indicators = PolicyIndicators {
        component: super::Component::parse(row.text("mod")?)?,
        status: super::StatusCode::parse(row.text("status")?)?,
        pc_tc: super::PcTc::parse(row.text("pctc")?)?,
        global: super::GlobalPeriod::parse(row.text("global")?)?,
        multiple: super::MultipleProcedure::parse(row.text("multiple")?)?,
        bilateral: super::Bilateral::parse(row.text("bilateral")?)?,
        assistant: super::AssistantAtSurgery::parse(row.text("assistant")?)?,
        co_surgeon: super::CoSurgeon::parse(row.text("co_surgeon")?)?,
        team: super::TeamSurgery::parse(row.text("team")?)?,
        nonfacility_na: row.text("nf_na")? == "NA",
        facility_na: row.text("f_na")? == "NA",
    };
    let values = FeeValues {
        work: row.decimal("work", 2)?,
        nonfacility_practice_expense: row.decimal("nf_pe", 2)?,
        facility_practice_expense: row.decimal("f_pe", 2)?,
        malpractice: row.decimal("mp", 2)?,
        preoperative: row.number("pre")?,
        intraoperative: row.number("intra")?,
        postoperative: row.number("post")?,
        endoscopic_base: row.optional("endo_base")?,
        conversion_factor: row.decimal("cf", 4)?,
        supervision: row.pair_of_bytes("supervision")?,
        calculation: row.number("calculation")?,
        imaging_family: row.number("imaging")?,
        pricing: match row.text("pricing")? {
            "" => None,
            _ => Some(row.number("pricing")?),
        },
        opps_nonfacility_practice_expense: row.decimal("opps_nf_pe", 2)?,
        opps_facility_practice_expense: row.decimal("opps_f_pe", 2)?,
        opps_malpractice: row.decimal("opps_mp", 2)?,
    };
    Ok(FeeScheduleRow {
        code: row.value("code")?,
        indicators,
        values,
    })
}

fn pair(row: &Row<'_>, rationales: &mut Vec<Box<str>>) -> Result<PairRow, RowError> {
    let rationale = row.text("rationale")?;
    let place = rationales.iter().position(|known| **known == *rationale);
    let place = place.unwrap_or_else(|| {
        rationales.push(rationale.into());
        rationales.len() - 1
    });
    Ok(PairRow {
        column1: row.value("column1")?,
        column2: row.value("column2")?,
        effective: row.compact_date("effective")?.ok_or(RowError::Column("effective"))?,
        deletion: row.compact_date("deletion")?,
        indicator: super::PairIndicator::parse(row.text("indicator")?)?,
        rationale: place as u16,
    })
}

fn mue(row: &Row<'_>) -> Result<MueRow, RowError> {
    Ok(MueRow {
        code: row.value("code")?,
        value: row.number("value")?,
        mai: super::Mai::parse(row.text("mai")?)?,
        rationale: row.text("rationale")?.into(),
    })
}

fn add_on(row: &Row<'_>) -> Result<AddOnRow, RowError> {
    Ok(AddOnRow {
        kind: super::AddOnType::parse(row.text("type")?)?,
        add_on: row.value("add_on")?,
        primary: row.optional("primary")?,
        effective: row.value("effective")?,
        deletion: row.optional("deletion")?,
        add_on_deleted: row.optional("add_on_deleted")?,
        primary_deleted: row.optional("primary_deleted")?,
    })
}

fn asc(row: &Row<'_>) -> Result<AscRow, RowError> {
    let mut entry = AscEntry::new(Addendum::parse(row.text("addendum")?)?);
    entry.multiple_procedure_discount = match row.text("discount")? {
        "Y" => Some(true),
        "N" => Some(false),
        _ => None,
    };
    entry.payment_indicator = row.pair_of_bytes("indicator")?;
    entry.weight = match row.text("weight")? {
        "" => None,
        _ => Some(row.decimal("weight", 4)?),
    };
    entry.rate = row.optional::<Money>("rate")?;
    let code = row.value("code")?;
    Ok(AscRow { code, entry })
}

fn modifier(row: &Row<'_>) -> Result<ModifierRow, RowError> {
    let flags = row.text("flags")?.split_whitespace();
    Ok(ModifierRow {
        modifier: row.value("modifier")?,
        in_force: row.in_force()?,
        activated: row.optional("activated")?,
        flags: flags
            .map(parse_flag)
            .try_fold(ModifierFlags::default(), |all, flag| flag.map(|flag| all.with(flag)))?,
    })
}

fn conflict(row: &Row<'_>) -> Result<ModifierConflictRow, RowError> {
    Ok(ModifierConflictRow {
        first: row.value::<Modifier>("first_modifier")?,
        second: row.value::<Modifier>("second_modifier")?,
        in_force: row.in_force()?,
    })
}

fn gpci(row: &Row<'_>) -> Result<GpciRow, RowError> {
    let index = |column| {
        let value = row.decimal(column, 3)?;
        u16::try_from(value).map_err(|_| RowError::Number(value.to_string()))
    };
    Ok(GpciRow {
        locality: row.value("locality")?,
        state: row.text("state")?.into(),
        name: row.text("name")?.into(),
        work: index("work")?,
        work_without_floor: match row.text("work_without_floor")? {
            "" => None,
            _ => Some(index("work_without_floor")?),
        },
        practice_expense: index("practice_expense")?,
        malpractice: index("malpractice")?,
    })
}

fn outpatient(row: &Row<'_>) -> Result<OutpatientCodeRow, RowError> {
    let flags = row.text("flags")?.split_whitespace();
    let mut entry = OutpatientEntry::new(row.in_force()?, row.pair_of_bytes("status")?);
    entry.apc = row.number("apc")?;
    entry.payment_indicator = row.number("payment_indicator")?;
    entry.low_age = row.number("low_age")?;
    entry.high_age = row.number("high_age")?;
    entry.approved = row.optional("approved")?;
    entry.terminated = row.optional("terminated")?;
    entry.flags = flags
        .map(parse_flag)
        .try_fold(OutpatientFlags::default(), |all, flag| flag.map(|flag| all.with(flag)))?;
    let code = row.value("code")?;
    Ok(OutpatientCodeRow { code, entry })
}

fn parse_flag<T: std::str::FromStr>(text: &str) -> Result<T, RowError> {
    text.parse().map_err(|_| RowError::Flag(text.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_embedded_file_is_read() {
        let reference = read_all().unwrap();
        assert_eq!(reference.releases().len(), FILES.len());
    }

    #[test]
    fn the_list_of_codes_is_a_list_of_codes() {
        let words = CODES
            .lines()
            .filter(|line| !line.starts_with('#'))
            .flat_map(str::split_whitespace);
        assert_eq!(words.count(), codes(CODES).len());
    }
}
