use std::borrow::Cow;
use std::fmt;

use super::Segment;
use super::shown::{Shape, segment_id};

/// One thing that is wrong with a claim: the segment and element, what stands there, and what would be valid.
///
/// ```
/// use cleanclaim_formats::x12::{Reader, X12ErrorKind, example};
///
/// let file = example().replace("SV1*HC:64632:RT*", "SV1*HC:6463:RT*");
/// let error = Reader::new(file.as_bytes()).nth(1).unwrap().unwrap_err();
/// let X12ErrorKind::Lines(problems) = &error.kind else { panic!("{error}") };
/// assert_eq!(problems.shown[0].name(), "SV101-2");
/// assert_eq!(problems.shown[0].value, "6463");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ElementProblem {
    /// The number of the segment in the file, from 1.
    pub segment: u64,
    /// The segment's id, such as `SV1`.
    pub id: Box<str>,
    /// The element's number, from 1, or 0 if it is about the whole segment.
    pub element: u8,
    /// The component's number within the element, from 1, or 0 if it is about the whole element.
    pub component: u8,
    /// The number of the claim's line, if it is about one.
    pub line: Option<u32>,
    /// Whether nothing stands there.
    pub is_missing: bool,
    /// What stands there, where it identifies nobody: a code, a modifier, a day of service, an amount. Else empty.
    pub value: String,
    /// What would be valid, in words.
    pub expected: Cow<'static, str>,
}

impl ElementProblem {
    /// A problem with a part of a segment.
    pub(super) fn new(
        segment: &Segment<'_>,
        (element, component): (u8, u8),
        value: &[u8],
        expected: impl Into<Cow<'static, str>>,
    ) -> Self {
        let id = segment_id(segment.id());
        Self {
            segment: segment.number,
            id: id.into(),
            element,
            component,
            line: None,
            is_missing: value.trim_ascii().is_empty(),
            value: Shape::of(id, element, component).shown(value),
            expected: expected.into(),
        }
    }

    /// A problem with an element that is not there.
    pub(super) fn missing(
        segment: u64,
        (id, element): (&str, u8),
        line: Option<u32>,
        expected: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self {
            segment,
            id: id.into(),
            element,
            component: 0,
            line,
            is_missing: true,
            value: String::new(),
            expected: expected.into(),
        }
    }

    /// The element's name in the standard's way, such as `SV103` or `SV101-2`; the segment's id if it is about all of it.
    #[must_use]
    pub fn name(&self) -> String {
        let Self {
            id, element, component, ..
        } = self;
        match (element, component) {
            (0, _) => id.to_string(),
            (_, 0) => format!("{id}{element:02}"),
            _ => format!("{id}{element:02}-{component}"),
        }
    }
}

impl fmt::Display for ElementProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (name, expected) = (self.name(), &self.expected);
        if self.is_missing {
            write!(f, "{name} is missing: expected {expected}")
        } else if self.value.is_empty() {
            write!(f, "{name} is not valid: expected {expected}")
        } else {
            write!(f, "{name} `{}` is not valid: expected {expected}", self.value)
        }
    }
}

/// What is wrong with a claim: up to fifty problems, and how many more there are.
///
/// ```
/// use cleanclaim_formats::x12::Problems;
///
/// let none = Problems::default();
/// assert!(none.is_empty() && none.more == 0);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Problems {
    /// The first ones.
    pub shown: Vec<ElementProblem>,
    /// How many more there are.
    pub more: u64,
}

impl Problems {
    /// The most that are shown of a claim.
    pub const MOST: usize = 50;

    /// Whether nothing is wrong.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.shown.is_empty()
    }

    pub(super) fn push(&mut self, problem: ElementProblem) {
        if self.shown.len() < Self::MOST {
            self.shown.push(problem);
        } else {
            self.more += 1;
        }
    }

    /// How many there are.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.shown.len() as u64 + self.more
    }

    /// Leaves out those behind the first so many.
    pub(super) fn truncate(&mut self, count: u64) {
        self.more = self.more.min(count.saturating_sub(self.shown.len() as u64));
        self.shown.truncate(usize::try_from(count).unwrap_or(usize::MAX));
    }
}
