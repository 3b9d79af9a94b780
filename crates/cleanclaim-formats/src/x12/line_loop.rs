//! A line of a claim in the making: the segments from LX up to the next.

use cleanclaim::claim::{FormKind, ServiceLine};
use cleanclaim::model::{
    DateRange, DiagnosisPointers, Measure, Modifier, Money, Npi, ProcedureCode, RevenueCode, ServiceDate,
    SiteOfService, Units,
};

use super::note::Notes;
use super::segments::split;
use super::shown::Shape;
use super::{ElementProblem, Note, Problems, Segment, values};

pub(super) const DAYS: &str = "the day or days of service as CCYYMMDD or CCYYMMDD-CCYYMMDD";
const QUANTITY: &str = "a number above zero with at most three decimals";
const PLACE: &str = "a place of service of two digits";
const CODE: &str = "a procedure code of five letters or digits";
const QUALIFIER: &str = "`HC` (HCPCS and CPT) before the procedure code";
const QUALIFIER_INSTITUTIONAL: &str = "`HC` (HCPCS and CPT) or `HP` (HIPPS) before the procedure code";
/// Code sets that the guides have and that nothing here judges: jurisdictions' own, home infusion, ABC.
const NOT_JUDGED: [&str; 3] = ["ER", "IV", "WK"];
const AMOUNT: &str = "an amount with at most two decimals";
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
    pub(super) fn read(segment: &Segment<'_>, notes: &mut Notes) -> Self {
        let (_, [.., qualifier, id]) = segment.elements::<9>();
        let npi = matches!(qualifier, b"XX" | b"").then(|| values::npi(id)).flatten();
        npi.map_or_else(
            || {
                notes.push(Note::ProviderLeftOut);
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
    /// Whether the service has a code of a set that is not judged.
    pub(super) is_not_judged: bool,
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
            is_not_judged: false,
            dates: None,
            has_dates: false,
            provider: Provider::NotSaid,
            other_provider: Provider::NotSaid,
        }
    }

    /// Whether all of the line is there that a claim must have. A hospital's line may leave its days to the statement.
    pub(super) fn is_whole(&self, form: FormKind) -> bool {
        let Some(service) = &self.service else {
            return false;
        };
        match form {
            FormKind::Professional => self.dates.is_some() && service.site.is_some(),
            FormKind::Institutional => self.dates.is_some() || !self.has_dates,
        }
    }
}

/// What a segment of a line is read with: where problems and notes go, and how components are parted.
pub(super) struct LineReading<'a> {
    pub(super) segment: &'a Segment<'a>,
    pub(super) component: u8,
    pub(super) line: u32,
    /// Whether a code of a set that is not judged was met.
    pub(super) is_not_judged: bool,
    pub(super) problems: &'a mut Problems,
    pub(super) notes: &'a mut Notes,
}

impl LineReading<'_> {
    /// SV1: procedure and modifiers, charge, measure, quantity, place of service, diagnosis pointers.
    pub(super) fn professional(&mut self) -> Option<ServiceLine> {
        let (_, [procedure, charge, measure, quantity, place, _, pointers]) = self.segment.elements::<7>();
        let procedure = self.procedure(1, procedure, FormKind::Professional);
        let units = self.units(quantity, 4);
        let charge = self.charge("SV102", 2, charge);
        let site: Option<Option<SiteOfService>> = self.optional(5, place, PLACE, values::parsed);
        let (code, modifiers) = procedure??;
        let mut line = ServiceLine::new(0, ServiceDate::MIN, code).with_units(units?);
        line.site = site?;
        line.charge = charge;
        line.measure = self.measure(measure);
        line.diagnosis_pointers = self.pointers(pointers);
        Some(with_modifiers(line, modifiers))
    }

    /// SV2: revenue code, procedure and modifiers if there is one, charge, measure, quantity.
    pub(super) fn institutional(&mut self) -> Option<ServiceLine> {
        let (_, [revenue, procedure, charge, measure, quantity]) = self.segment.elements::<5>();
        let revenue: Option<RevenueCode> = self.required((1, 0), revenue, REVENUE, values::parsed);
        let procedure = self.procedure(2, procedure, FormKind::Institutional);
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
        line.charge = charge;
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
                value: Shape::Days.shown(text),
            });
        }
    }

    /// A composite of qualifier, code and up to four modifiers. `Some(None)` if there is none and the form needs none.
    #[expect(clippy::option_option, reason = "unreadable, absent, there")]
    fn procedure(&mut self, element: u8, text: &[u8], form: FormKind) -> Option<Option<(ProcedureCode, Given)>> {
        if text.is_empty() && form == FormKind::Institutional {
            return Some(None);
        }
        let release = self.segment.separators.and_then(|separators| separators.release);
        let mut parts = split(text, self.component, release).map(<[u8]>::trim_ascii);
        self.qualifier(element, parts.next().unwrap_or_default(), form)?;
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

    /// Whether the qualifier says that the code is one of HCPCS, or of HIPPS on an institutional line.
    fn qualifier(&mut self, element: u8, text: &[u8], form: FormKind) -> Option<()> {
        let is = |known: &str| text.eq_ignore_ascii_case(known.as_bytes());
        if is("HC") || is("HP") && form == FormKind::Institutional {
            return Some(());
        }
        match NOT_JUDGED.into_iter().find(|known| is(known)) {
            Some(qualifier) => {
                self.is_not_judged = true;
                self.notes.push(Note::CodeSetNotJudged {
                    line: self.line,
                    qualifier,
                });
            }
            None if form == FormKind::Institutional => self.problem((element, 1), text, QUALIFIER_INSTITUTIONAL),
            None => self.problem((element, 1), text, QUALIFIER),
        }
        None
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
                    measure: Shape::Short.shown(measure),
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
                value: Shape::Parts.shown(text),
            });
            DiagnosisPointers::none()
        })
    }

    /// What the line charges; `None` if that is missing or cannot be read, as the line can be judged without.
    fn charge(&mut self, name: &'static str, element: u8, text: &[u8]) -> Option<Money> {
        if text.is_empty() {
            self.notes.push(Note::LineChargeMissing {
                line: self.line,
                element: name,
            });
        }
        let charge = self.optional(element, text, AMOUNT, values::money)??;
        if charge.cents() < 0 {
            self.notes.push(Note::NegativeCharge {
                line: self.line,
                element: name,
                charge,
            });
        }
        Some(charge)
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
        self.problems.push(ElementProblem {
            line: Some(self.line),
            ..ElementProblem::new(self.segment, at, value, expected)
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
