use std::fmt;

/// Where a claim stands, for whoever has to find it: in words, and in the parts by which a report may be filtered.
///
/// # Example
/// ```
/// use cleanclaim::report::Place;
///
/// let place = Place::new("monday.837: transaction `0001`, segment 18")
///     .in_file("monday.837")
///     .in_transaction("0001")
///     .at_segment(18);
/// assert_eq!(place.to_string(), "monday.837: transaction `0001`, segment 18");
/// // Who knows no more than a file or a queue says that.
/// assert_eq!(Place::from("monday.837"), Place::new("monday.837").in_file("monday.837"));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[must_use]
pub struct Place<'a> {
    words: &'a str,
    pub(super) file: &'a str,
    pub(super) transaction: Option<&'a str>,
    pub(super) segment: Option<u64>,
    pub(super) line: Option<u64>,
}

impl<'a> Place<'a> {
    /// The place in whatever words the reader knows.
    pub fn new(words: &'a str) -> Self {
        Self {
            words,
            ..Self::default()
        }
    }

    /// The file that it lies in.
    pub fn in_file(self, file: &'a str) -> Self {
        Self { file, ..self }
    }

    /// The transaction's control number, of an X12 file.
    pub fn in_transaction(self, number: &'a str) -> Self {
        Self {
            transaction: Some(number),
            ..self
        }
    }

    /// The segment's number in an X12 file.
    pub fn at_segment(self, number: u64) -> Self {
        Self {
            segment: Some(number),
            ..self
        }
    }

    /// The line of the file.
    pub fn at_line(self, number: u64) -> Self {
        Self {
            line: Some(number),
            ..self
        }
    }
}

impl<'a> From<&'a str> for Place<'a> {
    fn from(file: &'a str) -> Self {
        Self::new(file).in_file(file)
    }
}

impl<'a> From<&'a String> for Place<'a> {
    fn from(file: &'a String) -> Self {
        Self::from(file.as_str())
    }
}

impl fmt::Display for Place<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.words)
    }
}
