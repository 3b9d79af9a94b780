use crate::model::{
    DateRange, DiagnosisPointers, Measure, Modifier, Modifiers, Money, Npi, ProcedureCode, RevenueCode, ServiceDate,
    SiteOfService, Units,
};

/// One line of a claim: a service, on a day or over several, by a provider, at a site.
///
/// ```
/// use cleanclaim::claim::ServiceLine;
/// use cleanclaim::model::{SiteOfService, Units};
/// use cleanclaim::{code, date, modifier};
///
/// let line = ServiceLine::new(1, date!(2024, 8, 6), code!("64632"))
///     .with_modifiers([modifier!("RT"), modifier!("59")])
///     .at_site(SiteOfService::Office)
///     .by("1234567893".parse()?)
///     .charging("310.00".parse()?);
/// assert_eq!(line.units, Units::ONE);
/// assert_eq!(line.date(), date!(2024, 8, 6));
/// # Ok::<(), cleanclaim::model::ParseError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub struct ServiceLine {
    /// The line's number on the claim, from 1. Zero until the claim is built means: its position.
    pub number: u32,
    /// The day or days of service.
    pub dates: DateRange,
    /// The procedure; only an institutional line that gives a revenue code may be without one.
    pub code: Option<ProcedureCode>,
    /// The first four modifiers, and whether there are more.
    pub modifiers: Modifiers,
    /// The modifiers after the fourth, kept so that nothing that was sent is lost; no rule judges by them.
    pub(super) extra: Option<Box<Extra>>,
    /// The quantity: units of service, unless [`measure`](Self::measure) says otherwise.
    pub units: Units,
    /// What the quantity counts.
    pub measure: Measure,
    /// The place of service; on a built professional claim always there, on an institutional one never.
    pub site: Option<SiteOfService>,
    /// Who rendered the service.
    pub provider: Option<Npi>,
    /// The diagnoses that the line is for, by their positions in the claim.
    pub diagnosis_pointers: DiagnosisPointers,
    /// What is charged for the line.
    pub charge: Option<Money>,
    /// The revenue code; on institutional lines only.
    pub revenue_code: Option<RevenueCode>,
}

/// Seldom there, and so apart: a line is 64 bytes, one line of the processor's cache.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Extra(Vec<Modifier>);

impl ServiceLine {
    /// One unit of this procedure on this day (or these days), without modifiers. A number of zero means: the position
    /// of the line on the claim.
    #[must_use]
    pub fn new(number: u32, dates: impl Into<DateRange>, code: ProcedureCode) -> Self {
        Self {
            code: Some(code),
            ..Self::blank(number, dates.into())
        }
    }

    /// An institutional line that reports a revenue code and no procedure.
    #[must_use]
    pub fn revenue_only(number: u32, dates: impl Into<DateRange>, revenue_code: RevenueCode) -> Self {
        Self {
            revenue_code: Some(revenue_code),
            ..Self::blank(number, dates.into())
        }
    }

    /// A line that has neither a procedure nor a revenue code, which no claim accepts.
    pub(super) const fn blank(number: u32, dates: DateRange) -> Self {
        Self {
            number,
            dates,
            code: None,
            modifiers: Modifiers::none(),
            extra: None,
            units: Units::ONE,
            measure: Measure::Units,
            site: None,
            provider: None,
            diagnosis_pointers: DiagnosisPointers::none(),
            charge: None,
            revenue_code: None,
        }
    }

    /// The same line with these modifiers, however many, instead of those it had.
    #[must_use]
    pub fn with_modifiers(mut self, modifiers: impl IntoIterator<Item = Modifier>) -> Self {
        self.modifiers = Modifiers::none();
        let mut extra = Vec::new();
        for modifier in modifiers {
            self.modifiers = self.modifiers.with(modifier);
            if self.modifiers.more_were_given() {
                extra.push(modifier);
            }
        }
        self.extra = (!extra.is_empty()).then(|| Box::new(Extra(extra)));
        self
    }

    /// The same line with this many units.
    #[must_use]
    pub const fn with_units(mut self, units: Units) -> Self {
        self.units = units;
        self
    }

    /// The same line with a quantity that counts this.
    #[must_use]
    pub const fn measured_in(mut self, measure: Measure) -> Self {
        self.measure = measure;
        self
    }

    /// The same line for these of the claim's diagnoses.
    #[must_use]
    pub const fn for_diagnoses(mut self, pointers: DiagnosisPointers) -> Self {
        self.diagnosis_pointers = pointers;
        self
    }

    /// The same line at this place of service.
    #[must_use]
    pub const fn at_site(mut self, site: SiteOfService) -> Self {
        self.site = Some(site);
        self
    }

    /// The same line rendered by this provider.
    #[must_use]
    pub const fn by(mut self, provider: Npi) -> Self {
        self.provider = Some(provider);
        self
    }

    /// The same line with this charge.
    #[must_use]
    pub const fn charging(mut self, charge: Money) -> Self {
        self.charge = Some(charge);
        self
    }

    /// The same line with this revenue code.
    #[must_use]
    pub const fn with_revenue_code(mut self, revenue_code: RevenueCode) -> Self {
        self.revenue_code = Some(revenue_code);
        self
    }

    /// The first day of service.
    #[must_use]
    #[inline]
    pub const fn date(&self) -> ServiceDate {
        self.dates.first()
    }

    /// All the modifiers that were given, those after the fourth included.
    pub fn all_modifiers(&self) -> impl Iterator<Item = Modifier> + '_ {
        self.modifiers.iter().chain(self.extra_modifiers().iter().copied())
    }

    /// The modifiers after the fourth, kept so that nothing that was sent is lost; no rule judges by them.
    #[must_use]
    pub fn extra_modifiers(&self) -> &[Modifier] {
        self.extra.as_ref().map_or(&[], |extra| &extra.0)
    }
}
