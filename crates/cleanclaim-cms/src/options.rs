use cleanclaim::model::DateRange;
use cleanclaim::reference::Setting;

/// What to take from the caller rather than from the file.
///
/// ```
/// use cleanclaim_cms::Options;
///
/// let options = Options::default().release("2024C").period("2024-07-01..2024-09-30".parse()?);
/// assert_eq!(options.release.as_deref(), Some("2024C"));
/// # Ok::<(), cleanclaim::model::ParseError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Options {
    /// The release's name, in place of what the file or its name says. For one release only.
    pub release: Option<Box<str>>,
    /// The days on which the release is in force, in place of what the file or its name says. For one release only.
    pub period: Option<DateRange>,
    /// Whose services a PTP table is about, in place of what its name says. For one release only.
    pub setting: Option<Setting>,
    /// Takes tables with far fewer rows than were ever published, and PTP releases with missing parts: for
    /// excerpts and tests. Such a table says "not listed" of what its excerpt leaves out.
    pub allow_small: bool,
}

impl Options {
    /// With the release's name stated.
    #[must_use]
    pub fn release(mut self, name: &str) -> Self {
        self.release = Some(name.into());
        self
    }

    /// With the days stated on which the release is in force.
    #[must_use]
    pub fn period(mut self, period: DateRange) -> Self {
        self.period = Some(period);
        self
    }

    /// With the setting of a PTP table stated.
    #[must_use]
    pub fn setting(mut self, setting: Setting) -> Self {
        self.setting = Some(setting);
        self
    }

    /// With small tables allowed.
    #[must_use]
    pub fn allow_small(mut self) -> Self {
        self.allow_small = true;
        self
    }

    pub(crate) fn states_something(&self) -> bool {
        self.release.is_some() || self.period.is_some() || self.setting.is_some()
    }
}
