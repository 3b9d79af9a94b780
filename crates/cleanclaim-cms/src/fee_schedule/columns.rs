//! What both forms of the file share: the columns, and the way from their texts to a row.

use std::borrow::Cow;
use std::ops::Range;

use cleanclaim::model::ProcedureCode;
use cleanclaim::reference::{
    AssistantAtSurgery, Bilateral, CoSurgeon, Component, FeeScheduleRow, FeeValues, GlobalPeriod, MultipleProcedure,
    PcTc, PolicyIndicators, StatusCode, TeamSurgery,
};

use crate::fields::{Field, code, decimal, indicator, optional_decimal, two_characters};
use crate::problem::FileProblemKind;

/// A column of the file.
pub(super) struct Column {
    /// The heading of the sheet, its stacked cells joined.
    pub(super) heading: &'static str,
    /// Whether every year has it.
    pub(super) always: bool,
    /// Its bytes in a record of the text file.
    pub(super) bytes: Range<usize>,
    /// The figures that a workbook's number gets back.
    pub(super) width: usize,
}

const fn column(heading: &'static str, bytes: Range<usize>) -> Column {
    Column {
        heading,
        always: true,
        bytes,
        width: 0,
    }
}

const fn figures(heading: &'static str, bytes: Range<usize>, width: usize) -> Column {
    Column {
        heading,
        always: true,
        bytes,
        width,
    }
}

pub(super) const COUNT: usize = 28;

/// In the order of [`row`]. Source: CMS, record layout of the relative value files (`RVU25D`, `RVU26B`). The columns of
/// descriptors, of totals (sums of the others) and the unused one are not read.
pub(super) const COLUMNS: [Column; COUNT] = [
    figures("HCPCS", 0..5, 5),
    column("MOD", 5..7),
    column("STATUS CODE", 57..58),
    column("WORK RVU", 59..65),
    column("NON-FAC PE RVU", 66..72),
    column("NON-FAC NA INDICATOR", 72..74),
    column("FACILITY PE RVU", 75..81),
    column("FACILITY NA INDICATOR", 81..83),
    column("MP RVU", 84..89),
    column("PCTC IND", 102..103),
    figures("GLOB DAYS", 103..106, 3),
    column("PRE OP", 106..109),
    column("INTRA OP", 109..112),
    column("POST OP", 112..115),
    column("MULT PROC", 115..116),
    column("BILAT SURG", 116..117),
    column("ASST SURG", 117..118),
    column("CO- SURG", 118..119),
    column("TEAM SURG", 119..120),
    // Since 2026.
    Column {
        heading: "PRIC IND",
        always: false,
        bytes: 120..121,
        width: 0,
    },
    figures("ENDO BASE", 127..132, 5),
    column("CONV FACTOR", 132..140),
    figures("PHYSICIAN SUPERVISION OF DIAGNOSTIC PROCEDURES", 141..143, 2),
    column("CALCULATION FLAG", 143..144),
    column("DIAGNOSTIC IMAGING FAMILY INDICATOR", 145..147),
    column("NON-FACILITY PE USED FOR OPPS PAYMENT AMOUNT", 151..157),
    column("FACILITY PE USED FOR OPPS PAYMENT AMOUNT", 158..164),
    column("MP USED FOR OPPS PAYMENT AMOUNT", 164..171),
];

/// The texts of a record in the order of [`COLUMNS`], taken one after the other.
struct Texts<'a>(std::iter::Zip<std::slice::Iter<'a, Column>, std::slice::Iter<'a, Cow<'a, str>>>);

impl<'a> Texts<'a> {
    fn next(&mut self) -> (&'static str, &'a str) {
        self.0.next().map_or(("", ""), |(column, text)| (column.heading, text))
    }

    fn decimal<T: TryFrom<u64>>(&mut self, places: u32) -> Field<T> {
        let (field, text) = self.next();
        decimal(field, text, places)
    }

    fn na(&mut self) -> Field<bool> {
        match self.next() {
            (_, "") => Ok(false),
            (_, "NA") => Ok(true),
            (field, text) => Err(FileProblemKind::value(field, text, "`NA` or nothing")),
        }
    }

    fn endoscopic_base(&mut self) -> Field<Option<ProcedureCode>> {
        let (field, text) = self.next();
        if text.is_empty() {
            Ok(None)
        } else {
            code(field, text).map(Some)
        }
    }

    /// Left empty for codes that no supervision level was set for.
    fn supervision(&mut self) -> Field<[u8; 2]> {
        let (field, text) = self.next();
        if text.is_empty() {
            Ok(*b"  ")
        } else {
            two_characters(field, text)
        }
    }
}

macro_rules! next_indicator {
    ($texts:ident, $kind:ty) => {{
        let (field, text) = $texts.next();
        indicator(field, text, <$kind>::parse)?
    }};
}

/// A row from the texts of a record.
pub(super) fn row(texts: &[Cow<'_, str>; COUNT]) -> Field<FeeScheduleRow> {
    let mut texts = Texts(COLUMNS.iter().zip(texts.iter()));
    let (field, text) = texts.next();
    let code = code(field, text)?;
    let mut indicators = PolicyIndicators::plain();
    let mut values = FeeValues::default();
    amounts(&mut texts, &mut indicators, &mut values)?;
    policy(&mut texts, &mut indicators, &mut values)?;
    pricing(&mut texts, &mut values)?;
    Ok(FeeScheduleRow {
        code,
        indicators,
        values,
    })
}

fn amounts(texts: &mut Texts<'_>, indicators: &mut PolicyIndicators, values: &mut FeeValues) -> Field<()> {
    indicators.component = next_indicator!(texts, Component);
    indicators.status = next_indicator!(texts, StatusCode);
    values.work = texts.decimal(2)?;
    values.nonfacility_practice_expense = texts.decimal(2)?;
    indicators.nonfacility_na = texts.na()?;
    values.facility_practice_expense = texts.decimal(2)?;
    indicators.facility_na = texts.na()?;
    values.malpractice = texts.decimal(2)?;
    Ok(())
}

fn policy(texts: &mut Texts<'_>, indicators: &mut PolicyIndicators, values: &mut FeeValues) -> Field<()> {
    indicators.pc_tc = next_indicator!(texts, PcTc);
    indicators.global = next_indicator!(texts, GlobalPeriod);
    values.preoperative = texts.decimal(2)?;
    values.intraoperative = texts.decimal(2)?;
    values.postoperative = texts.decimal(2)?;
    indicators.multiple = next_indicator!(texts, MultipleProcedure);
    indicators.bilateral = next_indicator!(texts, Bilateral);
    indicators.assistant = next_indicator!(texts, AssistantAtSurgery);
    indicators.co_surgeon = next_indicator!(texts, CoSurgeon);
    indicators.team = next_indicator!(texts, TeamSurgery);
    Ok(())
}

fn pricing(texts: &mut Texts<'_>, values: &mut FeeValues) -> Field<()> {
    let (field, text) = texts.next();
    values.pricing = optional_decimal(field, text, 0)?;
    values.endoscopic_base = texts.endoscopic_base()?;
    values.conversion_factor = texts.decimal(4)?;
    values.supervision = texts.supervision()?;
    values.calculation = texts.decimal(0)?;
    values.imaging_family = texts.decimal(0)?;
    values.opps_nonfacility_practice_expense = texts.decimal(2)?;
    values.opps_facility_practice_expense = texts.decimal(2)?;
    values.opps_malpractice = texts.decimal(2)?;
    Ok(())
}
