use std::borrow::Cow;

/// A text that cannot be read: the text, what it was read as, and what would be valid.
///
/// ```
/// use cleanclaim::model::ProcedureCode;
///
/// let error = "6463".parse::<ProcedureCode>().unwrap_err();
/// assert_eq!(error.value(), "6463");
/// assert_eq!(error.to_string(), "`6463` is not a procedure code: expected five ASCII letters or digits");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, thiserror::Error)]
#[error("`{value}` is not {what}: expected {expected}")]
pub struct ParseError {
    what: &'static str,
    value: String,
    expected: Cow<'static, str>,
}

impl ParseError {
    /// `what` with its article ("a procedure code"), the text, and what would be valid.
    ///
    /// ```
    /// use cleanclaim::model::ParseError;
    ///
    /// let error = ParseError::new("a rate", "x", "a number from 1 to 9");
    /// assert_eq!(error.to_string(), "`x` is not a rate: expected a number from 1 to 9");
    /// ```
    #[must_use]
    pub fn new(what: &'static str, value: impl Into<String>, expected: impl Into<Cow<'static, str>>) -> Self {
        Self {
            what,
            value: value.into(),
            expected: expected.into(),
        }
    }

    /// The text is not one of a closed set of names.
    pub(crate) fn not_one_of(what: &'static str, value: &str, names: impl Iterator<Item = &'static str>) -> Self {
        let names: Vec<&str> = names.collect();
        Self::new(what, value, format!("one of {}", names.join(", ")))
    }

    /// What the text was read as, with its article, as in `a procedure code`.
    #[must_use]
    pub const fn what(&self) -> &'static str {
        self.what
    }

    /// The text as it was given.
    #[must_use]
    pub fn value(&self) -> &str {
        &self.value
    }

    /// What would have been valid, in words.
    #[must_use]
    pub fn expected(&self) -> &str {
        &self.expected
    }
}
