use std::io::{self, Read};

use memchr::{memchr, memchr3};

use super::Separators;
use super::separators::is_line_end;

/// A segment longer than this is cut: no segment of a claim comes near it, and memory must stay bounded.
const LONGEST: usize = 1 << 20;
/// How much is read at once.
const CHUNK: usize = 1 << 16;
/// An ISA has 106 bytes where its elements are as wide as they should be; one much longer is none.
const LONGEST_ISA: usize = 512;

/// The segments of an X12 file in their order, whatever they are, in constant memory and without an allocation a segment.
///
/// White space between segments is passed over, be it one line a segment or none. Line ends within a segment are those of
/// records of a fixed width, and are left out, unless they are separators. Each ISA gives the separators from
/// there on. It lends each segment until the next is asked for, so that it is no `Iterator`.
///
/// ```
/// use cleanclaim_formats::x12::{Segments, example};
///
/// let file = example();
/// let mut segments = Segments::new(file.as_bytes());
/// let mut ids = Vec::new();
/// while let Some(segment) = segments.next_segment()? {
///     ids.push(String::from_utf8_lossy(segment.id()).into_owned());
/// }
/// assert_eq!(ids[..3], ["ISA", "GS", "ST"]);
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Debug)]
pub struct Segments<R> {
    input: R,
    buffer: Vec<u8>,
    /// What of the buffer is not used yet.
    start: usize,
    end: usize,
    at_end: bool,
    /// Whether the rest of a segment that was cut is still to be passed over.
    is_in_cut: bool,
    /// The byte of the input at which the buffer begins.
    offset: u64,
    number: u64,
    separators: Option<Separators>,
    release: Option<u8>,
}

/// One segment of an X12 file.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Segment<'a> {
    /// Its text, without the byte that ends it.
    pub bytes: &'a [u8],
    id_length: usize,
    /// The separators that it is taken apart by; `None` before the first interchange.
    pub separators: Option<Separators>,
    /// Its number in the file, from 1, which is the line's where each segment stands on its own.
    pub number: u64,
    /// The byte of the file at which it begins, from 0.
    pub byte: u64,
    /// Whether the byte that ends a segment was there, and not the end of the file.
    pub is_terminated: bool,
    /// Whether the text was longer than a megabyte, and the rest left out.
    pub is_cut: bool,
}

impl<R: Read> Segments<R> {
    /// The segments of this input.
    #[must_use]
    pub fn new(input: R) -> Self {
        Self {
            input,
            buffer: vec![0; CHUNK],
            start: 0,
            end: 0,
            at_end: false,
            is_in_cut: false,
            offset: 0,
            number: 0,
            separators: None,
            release: None,
        }
    }

    /// The same, with a release character that holds unless an interchange says its own.
    #[must_use]
    pub const fn with_release(mut self, release: u8) -> Self {
        self.release = Some(release);
        self
    }

    /// The next segment, or `None` at the end.
    ///
    /// Before the first ISA the separators are not known: the text up to the first line end is one segment then.
    ///
    /// # Errors
    /// If the input cannot be read.
    pub fn next_segment(&mut self) -> io::Result<Option<Segment<'_>>> {
        if self.is_in_cut {
            self.skip_rest()?;
        }
        self.skip_space()?;
        if self.rest().is_empty() {
            return Ok(None);
        }
        self.number += 1;
        let byte = self.offset + self.start as u64;
        let (length, ended, is_cut, may_have_line_ends) = match self.interchange()? {
            Some(length) => (length, true, false, true),
            None => self.find_end()?,
        };
        let from = self.start;
        self.start += length + usize::from(ended);
        self.is_in_cut = is_cut;
        let length = if may_have_line_ends {
            self.join_lines(from, length)
        } else {
            length
        };
        let bytes = self.buffer.get(from..from + length).unwrap_or_default();
        let element = self.separators.map_or(b'*', |separators| separators.element);
        let segment = Segment {
            bytes,
            id_length: bytes.iter().position(|&byte| byte == element).unwrap_or(length),
            separators: self.separators,
            number: self.number,
            byte,
            is_terminated: ended,
            is_cut,
        };
        if let (Some(separators), [b'I', b'S', b'X', ..]) = (&mut self.separators, segment.bytes) {
            separators.release = segment.element(1).first().copied().or(separators.release);
        }
        Ok(Some(segment))
    }

    fn rest(&self) -> &[u8] {
        self.buffer.get(self.start..self.end).unwrap_or_default()
    }

    /// Reads more behind what is not used yet; false at the end of the input.
    fn refill(&mut self) -> io::Result<bool> {
        if self.at_end {
            return Ok(false);
        }
        self.buffer.copy_within(self.start..self.end, 0);
        self.offset += self.start as u64;
        self.end -= self.start;
        self.start = 0;
        if self.buffer.len() - self.end < CHUNK / 2 {
            self.buffer.resize(self.end + CHUNK, 0);
        }
        let free = self.buffer.get_mut(self.end..).unwrap_or_default();
        let read = loop {
            match self.input.read(free) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                other => break other?,
            }
        };
        // A reader that claims more than it was given room for is wrong, but must not harm.
        self.end = (self.end + read).min(self.buffer.len());
        self.at_end = read == 0;
        Ok(!self.at_end)
    }

    /// Takes the line ends out of a segment where they are only those of records, and returns the length that is left.
    fn join_lines(&mut self, from: usize, length: usize) -> usize {
        let ignores = self.separators.is_some_and(|separators| separators.ignores_line_ends());
        let text = self.buffer.get_mut(from..from + length).filter(|_| ignores);
        let Some(text) = text else {
            return length;
        };
        let kept: Vec<u8> = text.iter().copied().filter(|&byte| !is_line_end(byte)).collect();
        for (place, &byte) in text.iter_mut().zip(&kept) {
            *place = byte;
        }
        kept.len()
    }

    /// Passes over what stands between segments: line ends, blanks, byte order marks, the end marks of old systems.
    fn skip_space(&mut self) -> io::Result<()> {
        loop {
            let rest = self.rest();
            let space = rest.iter().take_while(|&&byte| self.is_space(byte)).count();
            let all = space == rest.len();
            self.start += space;
            if !all || !self.refill()? {
                return Ok(());
            }
        }
    }

    fn is_space(&self, byte: u8) -> bool {
        let ends_segments = self.separators.is_some_and(|separators| separators.segment == byte);
        ends_segments || matches!(byte, b'\r' | b'\n' | b' ' | b'\t' | 0 | 0x1a | 0xef | 0xbb | 0xbf)
    }

    /// If an interchange begins here, takes its separators and returns the length of the ISA without its last byte.
    fn interchange(&mut self) -> io::Result<Option<usize>> {
        // What follows the ISA shows whether its separators are true.
        loop {
            let rest = self.rest();
            if !begins_isa(rest) {
                return Ok(None);
            }
            if rest.len() >= LONGEST_ISA || !self.refill()? {
                break;
            }
        }
        let rest = self.rest();
        let found = Separators::of_text(rest.get(..LONGEST_ISA).unwrap_or(rest));
        let Some((length, separators)) = found else {
            return Ok(None);
        };
        self.separators = Some(Separators {
            release: self.release,
            ..separators
        });
        Ok(Some(length - 1))
    }

    /// How far the segment goes that begins here, whether a separator ends it, whether it is cut, and whether line ends that
    /// are no separators stand within.
    fn find_end(&mut self) -> io::Result<(usize, bool, bool, bool)> {
        let (end, release) = self
            .separators
            .map_or((b'\n', None), |separators| (separators.segment, separators.release));
        // One search for all three is faster than one for each.
        let (first, second) = match self.separators {
            Some(separators) if separators.ignores_line_ends() => (b'\r', b'\n'),
            _ => (end, end),
        };
        let (mut seen, mut has_line_ends) = (0, false);
        loop {
            let rest = self.rest();
            match memchr3(end, first, second, rest.get(seen..).unwrap_or_default()) {
                Some(found) if rest.get(seen + found) != Some(&end) => {
                    has_line_ends = true;
                    seen += found + 1;
                }
                Some(found) if is_released(rest, seen + found, release) => seen += found + 1,
                Some(found) => return Ok((seen + found, true, false, has_line_ends)),
                None if rest.len() >= LONGEST => {
                    return Ok((rest.len(), false, true, has_line_ends));
                }
                None => {
                    seen = rest.len();
                    if !self.refill()? {
                        return Ok((self.rest().len(), false, false, has_line_ends));
                    }
                }
            }
        }
    }

    /// Passes over the rest of a segment that was cut.
    fn skip_rest(&mut self) -> io::Result<()> {
        let end = self.separators.map_or(b'\n', |separators| separators.segment);
        loop {
            if let Some(found) = memchr(end, self.rest()) {
                self.start += found + 1;
                break;
            }
            self.start = self.end;
            if !self.refill()? {
                break;
            }
        }
        self.is_in_cut = false;
        Ok(())
    }
}

/// Whether the text begins with ISA, as far as it goes; a line end of a record may stand within.
fn begins_isa(text: &[u8]) -> bool {
    let mut letters = text.iter().filter(|&&byte| !is_line_end(byte));
    b"ISA"
        .iter()
        .all(|letter| letters.next().is_none_or(|byte| byte == letter))
}

/// Whether the byte at this place comes after a release character that is none released itself.
fn is_released(text: &[u8], at: usize, release: Option<u8>) -> bool {
    let Some(release) = release else {
        return false;
    };
    let before = text.get(..at).unwrap_or_default();
    let releases = before.iter().rev().take_while(|&&byte| byte == release).count();
    releases % 2 == 1
}

impl<'a> Segment<'a> {
    /// What kind of segment it is: the text before the first separator.
    #[must_use]
    #[inline]
    pub fn id(&self) -> &'a [u8] {
        self.bytes.get(..self.id_length).unwrap_or(self.bytes)
    }

    /// An element by its number in the standard's way of counting, from 1; empty if there is none.
    #[must_use]
    pub fn element(&self, number: usize) -> &'a [u8] {
        let Some(separators) = self.separators else {
            return &[];
        };
        split(self.bytes, separators.element, separators.release)
            .nth(number)
            .unwrap_or_default()
    }

    /// The segment's id and its first elements, empty where there are none, blanks around them left out.
    #[must_use]
    #[inline]
    pub fn elements<const N: usize>(&self) -> (&'a [u8], [&'a [u8]; N]) {
        let mut elements: [&[u8]; N] = [&[]; N];
        let id = self.id();
        let Some(separators) = self.separators else {
            return (id, elements);
        };
        let rest = self.bytes.get(self.id_length + 1..).unwrap_or_default();
        if separators.release.is_some() {
            let parts = split(rest, separators.element, separators.release);
            for (place, part) in elements.iter_mut().zip(parts) {
                *place = part.trim_ascii();
            }
            return (id, elements);
        }
        // Elements are a few bytes long: going byte by byte is faster than a search for each.
        let mut rest = rest;
        for place in &mut elements {
            let Some(end) = rest.iter().position(|&byte| byte == separators.element) else {
                *place = rest.trim_ascii();
                break;
            };
            *place = rest.get(..end).unwrap_or_default().trim_ascii();
            rest = rest.get(end + 1..).unwrap_or_default();
        }
        (id, elements)
    }
}

/// The parts of a text between separators that no release character precedes.
pub(super) fn split(text: &[u8], separator: u8, release: Option<u8>) -> impl Iterator<Item = &[u8]> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest?;
        let mut seen = 0;
        while let Some(found) = memchr(separator, text.get(seen..).unwrap_or_default()) {
            let at = seen + found;
            if !is_released(text, at, release) {
                rest = text.get(at + 1..);
                return text.get(..at);
            }
            seen = at + 1;
        }
        rest = None;
        Some(text)
    })
}
