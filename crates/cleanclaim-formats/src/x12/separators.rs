use std::fmt;

/// The bytes that part an interchange's text. Each interchange says its own, in the places of its ISA segment.
///
/// ```
/// use cleanclaim_formats::x12::Separators;
///
/// let isa = b"ISA|00|          |00|          |ZZ|SENDER         |ZZ|RECEIVER       |240806|1200|^|00501|000000001|0|P|>\n";
/// let separators = Separators::of_isa(isa).unwrap();
/// assert_eq!((separators.element, separators.component, separators.segment), (b'|', b'>', b'\n'));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Separators {
    /// Between the elements of a segment; the byte after `ISA`.
    pub element: u8,
    /// Between the components of an element; ISA16.
    pub component: u8,
    /// Between the repetitions of an element; ISA11, where it is no letter, digit or space.
    pub repetition: Option<u8>,
    /// After each segment; the byte after ISA16.
    pub segment: u8,
    /// Takes its meaning from the separator that follows it. The versions of claims have none; an ISX segment after the
    /// ISA (ISX01, of later versions) or [`Reader::with_release`](super::Reader::with_release) gives one.
    pub release: Option<u8>,
}

/// How many elements an ISA has. The last is one byte, and the byte after it ends the segment.
const ISA_ELEMENTS: usize = 16;
/// The element that holds the repetition separator.
const REPETITION: usize = 11;

impl Separators {
    /// Reads the separators out of the text of an ISA, its last byte the one that ends it; `None` if it is none.
    ///
    /// The elements are counted, not the bytes, as not every sender fills them up to the width that the standard asks for.
    #[must_use]
    pub fn of_isa(text: &[u8]) -> Option<Self> {
        let rest = text.strip_prefix(b"ISA")?;
        let &element = rest.first().filter(|&&byte| is_separator(byte))?;
        let mut elements = rest.split(|&byte| byte == element).skip(1);
        let repetition = elements.nth(REPETITION - 1)?;
        let last = elements.nth(ISA_ELEMENTS - REPETITION - 1)?;
        let (&component, &segment) = (last.first()?, last.get(1)?);
        let different = component != segment && segment != element;
        // No blank ends segments: it stands in texts.
        (different && is_separator(component) && is_separator(segment) && segment != b' ').then_some(Self {
            element,
            component,
            repetition: match repetition {
                [byte] if is_separator(*byte) && *byte != b' ' => Some(*byte),
                _ => None,
            },
            segment,
            release: None,
        })
    }

    /// The separators of an ISA that begins the text, and its length, its last byte included. Line ends of records of a
    /// fixed width may stand anywhere within it.
    pub(super) fn of_text(text: &[u8]) -> Option<(usize, Self)> {
        Self::of_plain(text).or_else(|| {
            let (places, joined): (Vec<usize>, Vec<u8>) = (1..)
                .zip(text.iter().copied())
                .filter(|(_, byte)| !is_line_end(*byte))
                .unzip();
            let (length, separators) = Self::of_plain(&joined)?;
            Some((*places.get(length - 1)?, separators))
        })
    }

    fn of_plain(text: &[u8]) -> Option<(usize, Self)> {
        let length = Self::isa_length(text)?;
        let separators = Self::of_isa(text.get(..length)?)?;
        // Nobody parts components by line ends, so that this one is of a record.
        let is_line = is_line_end(separators.component);
        (!is_line && !separators.is_terminator_for_component(text.get(length..)?)).then_some((length, separators))
    }

    /// Whether ISA16 is missing, so that what ends segments was taken for what parts components, and the line end behind it
    /// for what ends segments: then the next segment ends with both.
    fn is_terminator_for_component(&self, next: &[u8]) -> bool {
        let line = next
            .split(|&byte| byte == self.segment)
            .find(|line| !line.trim_ascii().is_empty());
        let is_lines = is_line_end(self.segment);
        is_lines && line.is_some_and(|line| line.trim_ascii_end().last() == Some(&self.component))
    }

    /// Whether line ends within a segment say nothing, as they part no text of their own.
    pub(super) fn ignores_line_ends(&self) -> bool {
        ![self.element, self.component, self.segment]
            .into_iter()
            .any(is_line_end)
    }

    /// Where an ISA that begins the text ends, its last byte included; `None` if the text ends before.
    fn isa_length(text: &[u8]) -> Option<usize> {
        let element = *text.get(b"ISA".len())?;
        let last = memchr::memchr_iter(element, text).nth(ISA_ELEMENTS - 1)?;
        // The separator, the component separator, the byte that ends the segment.
        let length = last + 3;
        (text.len() >= length).then_some(length)
    }
}

pub(super) const fn is_line_end(byte: u8) -> bool {
    matches!(byte, b'\r' | b'\n')
}

fn is_separator(byte: u8) -> bool {
    !byte.is_ascii_alphanumeric()
}

impl fmt::Display for Separators {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = |byte: u8| byte.escape_ascii().to_string();
        write!(
            f,
            "element `{}`, component `{}`, segment `{}`",
            shown(self.element),
            shown(self.component),
            shown(self.segment)
        )
    }
}
