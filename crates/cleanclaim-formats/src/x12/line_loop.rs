//! A line of a claim in the making: the segments from LX up to the next.

use cleanclaim::claim::ServiceLine;
use cleanclaim::model::{
    DateRange, DiagnosisPointers, Measure, Modifier, Npi, ProcedureCode, RevenueCode, ServiceDate, SiteOfService, Units,
};

use super::error::Problem;
use super::segments::split;
use super::{Note, Segment, values};

pub(super) const DAYS: &str = "the day or days of service as CCYYMMDD or CCYYMMDD-CCYYMMDD";
const QUANTITY: &str = "a number above zero with at most three decimals";
const PLACE: &str = "a place of service of two digits";
const CODE: &str = "a procedure code of five letters or digits";
const QUALIFIER: &str = "`HC` (HCPCS and CPT) or `HP` (HIPPS) before the procedure code";
const REVENUE: &str = "a revenue code of four digits";

/// Who renders a service, as far as a loop says.
#[derive(Clone, Copy, Debug, Default)]
pub(super) enum Provider {
    #[default]
    NotSaid,
    /// Somebody, but not by an identifier that can be held.
    Unknown,
    Is(Npi),
}

impl Provider {
    /// Reads an NM1 segment; what cannot be read is noted.
    pub(super) fn read(segment: &Segment<'_>, notes: &mut Vec<Note>) -> Self {
        let (_, [.., qualifier, id]) = segment.elements::<9>();
        let npi = matches!(qualifier, b"XX" | b"").then(|| values::npi(id)).flatten();
        npi.map_or_else(
            || {
                notes.push(Note::ProviderLeftOut {
                    value: values::text(id, segment.separators),
                });
                Self::Unknown
            },
            Self::Is,
        )
    }

    /// What this loop says, or else what the loop around it does.
    pub(super) const fn or(self, outer: Self) -> Self {
        match self {
            Self::NotSaid => outer,
            said => said,
        }
    }

    pub(super) const fn npi(self) -> Option<Npi> {
        match self {
            Self::Is(npi) => Some(npi),
            Self::NotSaid | Self::Unknown => None,
        }
    }
}

/// A line as far as it is read.
#[derive(Debug)]
pub(super) struct LineLoop {
    /// LX01.
    pub(super) number: Option<u32>,
    /// The SV1 or SV2, or the LX until that comes.
    pub(super) segment: u64,
    /// The service, under a date that stands for the real one.
    pub(super) service: Option<ServiceLine>,
    /// Whether a segment with a service was there, be it readable or not.
    pub(super) has_service: bool,
    pub(super) dates: Option<DateRange>,
    /// Whether a date of service was there, be it readable or not.
    pub(super) has_dates: bool,
    pub(super) provider: Provider,
    /// What a further NM1*82 of the line says.
    pub(super) other_provider: Provider,
}

impl LineLoop {
    pub(super) const fn new(number: Option<u32>, segment: u64) -> Self {
        Self {
            number,
            segment,
            service: None,
            has_service: false,
            dates: None,
            has_dates: false,
            provider: Provider::NotSaid,
            other_provider: Provider::NotSaid,
        }
    }
}

/// What a segment of a line is read with: where problems and notes go, and how components are parted.
pub(super) struct LineReading<'a> {
    pub(super) segment: &'a Segment<'a>,
    pub(super) component: u8,
    pub(super) line: u32,
    pub(super) problems: &'a mut Vec<Problem>,
    pub(super) notes: &'a mut Vec<Note>,
}

impl LineReading<'_> {
    /// SV1: procedure and modifiers, charge, measure, quantity, place of service, diagnosis pointers.
    pub(super) fn professional(&mut self) -> Option<ServiceLine> {
        let (_, [procedure, charge, measure, quantity, place, _, pointers]) = self.segment.elements::<7>();
        let procedure = self.procedure(1, procedure, true);
        let units = self.units(quantity, 4);
        let charge = self.charge("SV102", 2, charge);
        let site: Option<Option<SiteOfService>> = self.optional(5, place, PLACE, values::parsed);
        let (code, modifiers) = procedure??;
        let mut line = ServiceLine::new(0, ServiceDate::MIN, code).with_units(units?);
        line.site = site?;
        line.charge = charge?;
        line.measure = self.measure(measure);
        line.diagnosis_pointers = self.pointers(pointers);
        Some(with_modifiers(line, modifiers))
    }

    /// SV2: revenue code, procedure and modifiers if there is one, charge, measure, quantity.
    pub(super) fn institutional(&mut self) -> Option<ServiceLine> {
        let (_, [revenue, procedure, charge, measure, quantity]) = self.segment.elements::<5>();
        let revenue: Option<RevenueCode> = self.required((1, 0), revenue, REVENUE, values::parsed);
        let procedure = self.procedure(2, procedure, false);
        let charge = self.charge("SV203", 3, charge);
        let units = self.units(quantity, 5);
        let (revenue, units) = (revenue?, units?);
        let mut line = match procedure? {
            Some((code, modifiers)) => {
                let line = ServiceLine::new(0, ServiceDate::MIN, code).with_revenue_code(revenue);
                with_modifiers(line, modifiers)
            }
            None => ServiceLine::revenue_only(0, ServiceDate::MIN, revenue),
        };
        line.units = units;
        line.measure = self.measure(measure);
        line.charge = charge?;
        Some(line)
    }

    /// The days of a line's DTP*472 segment. A second one is not of this line, which can have one.
    pub(super) fn date(&mut self, line: &mut LineLoop) {
        let (_, [_, _, text]) = self.segment.elements::<3>();
        if !line.has_dates {
            line.has_dates = true;
            line.dates = self.required((3, 0), text, DAYS, values::days);
        } else if values::days(text) != line.dates {
            self.notes.push(Note::SecondDate {
                line: self.line,
                value: values::text(text, self.segment.separators),
            });
        }
    }

    /// A composite of qualifier, code and up to four modifiers. `Some(None)` if there is none and none is needed.
    #[expect(clippy::option_option, reason = "unreadable, absent, there")]
    fn procedure(&mut self, element: u8, text: &[u8], needed: bool) -> Option<Option<(ProcedureCode, Given)>> {
        if text.is_empty() && !needed {
            return Some(None);
        }
        let release = self.segment.separators.and_then(|separators| separators.release);
        let mut parts = split(text, self.component, release).map(<[u8]>::trim_ascii);
        let qualifier = parts.next().unwrap_or_default();
        if ![b"HC", b"HP"]
            .iter()
            .any(|known| qualifier.eq_ignore_ascii_case(*known))
        {
            self.problem((element, 1), qualifier, QUALIFIER);
            return None;
        }
        let code = self.required((element, 2), parts.next().unwrap_or_default(), CODE, values::code);
        let mut given = Given::default();
        let places = given.iter_mut().zip(3..);
        for ((place, component), text) in places.zip(parts).filter(|(_, text)| !text.is_empty()) {
            *place = Some(self.required(
                (element, component),
                text,
                "a modifier of two letters or digits",
                values::modifier,
            )?);
        }
        Some(Some((code?, given)))
    }

    fn units(&mut self, quantity: &[u8], element: u8) -> Option<Units> {
        self.required((element, 0), quantity, QUANTITY, values::units)
    }

    /// What the quantity counts. What is none of the guides' measures is noted, and taken for units.
    fn measure(&mut self, measure: &[u8]) -> Measure {
        match measure {
            b"UN" | b"" => Measure::Units,
            b"MJ" => Measure::Minutes,
            b"DA" => Measure::Days,
            b"F2" => Measure::InternationalUnits,
            _ => {
                self.notes.push(Note::MeasureNotKnown {
                    line: self.line,
                    measure: values::text(measure, self.segment.separators),
                });
                Measure::Units
            }
        }
    }

    /// The diagnoses that the line points to, by their positions in the claim.
    fn pointers(&mut self, text: &[u8]) -> DiagnosisPointers {
        let release = self.segment.separators.and_then(|separators| separators.release);
        let parts = split(text, self.component, release).map(<[u8]>::trim_ascii);
        let pointers: Option<Vec<u8>> = parts
            .filter(|part| !part.is_empty())
            .map(|part| values::whole(part).and_then(|pointer| u8::try_from(pointer).ok()))
            .collect();
        pointers.and_then(DiagnosisPointers::new).unwrap_or_else(|| {
            self.notes.push(Note::PointersLeftOut {
                line: self.line,
                value: values::text(text, self.segment.separators),
            });
            DiagnosisPointers::none()
        })
    }

    #[expect(clippy::option_option, reason = "unreadable, absent, there")]
    fn charge(&mut self, name: &'static str, element: u8, text: &[u8]) -> Option<Option<cleanclaim::model::Money>> {
        if text.is_empty() {
            self.notes.push(Note::LineChargeMissing {
                line: self.line,
                element: name,
            });
        }
        self.optional(element, text, "an amount with at most two decimals", values::money)
    }

    /// `None` if the text cannot be read, which is a problem; `Some(None)` if there is none.
    #[expect(clippy::option_option, reason = "unreadable, absent, there")]
    fn optional<T>(
        &mut self,
        element: u8,
        text: &[u8],
        expected: &'static str,
        read: impl Fn(&[u8]) -> Option<T>,
    ) -> Option<Option<T>> {
        if text.is_empty() {
            return Some(None);
        }
        self.required((element, 0), text, expected, read).map(Some)
    }

    fn required<T>(
        &mut self,
        at: (u8, u8),
        text: &[u8],
        expected: &'static str,
        read: impl Fn(&[u8]) -> Option<T>,
    ) -> Option<T> {
        let value = read(text);
        if value.is_none() {
            self.problem(at, text, expected);
        }
        value
    }

    pub(super) fn problem(&mut self, at: (u8, u8), value: &[u8], expected: &'static str) {
        self.problems.push(Problem {
            line: Some(self.line),
            ..Problem::new(self.segment, at, value, expected)
        });
    }
}

/// The modifiers of a composite, which has places for four.
type Given = [Option<Modifier>; 4];

fn with_modifiers(line: ServiceLine, given: Given) -> ServiceLine {
    if given == Given::default() {
        return line;
    }
    line.with_modifiers(given.into_iter().flatten())
}
