use super::{closed_set, serde_as_text};

closed_set! {
    what: "a measure";
    /// What the quantity of a line counts.
    ///
    /// Source: ASC X12 837, SV103 and SV204: `UN`, `MJ`, `DA` and `F2`.
    ///
    /// ```
    /// use cleanclaim::model::Measure;
    ///
    /// assert_eq!("minutes".parse::<Measure>()?, Measure::Minutes);
    /// assert_eq!(Measure::default(), Measure::Units);
    /// # Ok::<(), cleanclaim::model::ParseError>(())
    /// ```
    #[derive(Default)]
    #[strum(serialize_all = "kebab-case", ascii_case_insensitive)]
    #[non_exhaustive]
    pub enum Measure {
        /// Units of the service.
        #[default]
        Units,
        /// Minutes, of anaesthesia.
        Minutes,
        /// Days.
        Days,
        /// International units, of a drug.
        InternationalUnits,
    }
}

serde_as_text!(Measure);
