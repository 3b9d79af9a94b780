//! What an input holds, told by how it begins: as much of it is read as that takes, and given back to whoever reads on.

use std::io::{BufRead, Chain, Cursor, Read as _, Result};

use cleanclaim_formats::x12::Separators;

/// What an input holds.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Json,
    X12,
    /// Answers of this command.
    Report,
    Empty,
    Strange(Strange),
}

/// What begins like neither JSON nor X12.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Strange {
    #[error("the file begins with `{0}`: expected `ISA` in capital letters")]
    SmallLetters(String),
    #[error("the file begins with `{0}`: expected X12 to begin with an ISA segment; the one before this is missing")]
    NoInterchange(String),
    #[error("`{start}` stands before the first ISA segment, which is at byte {byte}: take out what comes before it")]
    Before { start: String, byte: usize },
    #[error("the file is text in UTF-16: expected ASCII or UTF-8; save it as one of them")]
    Utf16 {
        /// Whether it would be claims if it were not.
        is_x12: bool,
    },
    #[error(
        "the file is in EBCDIC, the code of mainframes: expected ASCII or UTF-8; convert it, or have it sent as text"
    )]
    Ebcdic,
    #[error("the file is compressed: unpack it first")]
    Compressed,
    #[error("the file begins with a NUL byte: expected claims as JSON or X12 837")]
    Nul,
    #[error(
        "the file begins with `{0}`: expected JSON, which begins with `{{` or `[`, or X12 837, which begins with `ISA`"
    )]
    Neither(String),
    /// The same, with a line further down that could be a JSON object.
    #[error(
        "the file begins with `{0}`: expected JSON, which begins with `{{` or `[`, or X12 837, which begins with `ISA`"
    )]
    PerhapsJson(String),
}

impl Strange {
    /// Whether these are claims, whatever the file is called.
    pub(crate) fn is_surely_claims(&self) -> bool {
        match self {
            Self::SmallLetters(_) | Self::NoInterchange(_) | Self::Before { .. } | Self::Ebcdic => true,
            Self::Utf16 { is_x12 } => *is_x12,
            Self::Compressed | Self::Nul | Self::Neither(_) | Self::PerhapsJson(_) => false,
        }
    }
}

/// An input whose beginning has been looked at.
pub(crate) struct Start<R> {
    pub(crate) kind: Kind,
    /// How many lines of nothing come before what it holds.
    pub(crate) lines: u64,
    /// The input from where that begins.
    pub(crate) input: Chain<Cursor<Vec<u8>>, R>,
}

impl<R: BufRead> Start<R> {
    /// Reads as much as it takes, however slowly it comes.
    pub(crate) fn of(input: R) -> Result<Self> {
        let mut head = Head {
            bytes: Vec::new(),
            input,
            blanks: 0,
        };
        let lines = head.skip_blanks()?;
        let kind = head.kind()?;
        Ok(Self {
            kind,
            lines,
            input: Cursor::new(head.bytes).chain(head.input),
        })
    }
}

/// The first bytes of an input, and the rest of it.
struct Head<R> {
    bytes: Vec<u8>,
    input: R,
    /// How many bytes of blanks come before.
    blanks: usize,
}

const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";
/// How much is looked at before a file that begins strangely is called so.
const STRANGE: usize = 1 << 16;

impl<R: BufRead> Head<R> {
    /// Reads on until there are so many bytes; whether there are.
    fn reaches(&mut self, count: usize) -> Result<bool> {
        while self.bytes.len() < count {
            let more = self.input.fill_buf()?;
            if more.is_empty() {
                return Ok(false);
            }
            let taken = more.len().min(count - self.bytes.len());
            self.bytes.extend(more.iter().take(taken));
            self.input.consume(taken);
        }
        Ok(true)
    }

    /// Passes over blanks, and a byte order mark, without keeping any; how many lines there were.
    fn skip_blanks(&mut self) -> Result<u64> {
        let mut lines = 0;
        loop {
            let more = self.input.fill_buf()?;
            let blanks = more.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
            lines += more.iter().take(blanks).filter(|&&byte| byte == b'\n').count() as u64;
            let is_end = blanks == 0;
            self.blanks += blanks;
            self.input.consume(blanks);
            if is_end && !self.skip_mark()? {
                return Ok(lines);
            }
        }
    }

    fn skip_mark(&mut self) -> Result<bool> {
        let is_mark = self.input.fill_buf()?.first() == Some(&0xEF)
            && self.reaches(BYTE_ORDER_MARK.len())?
            && self.bytes == BYTE_ORDER_MARK;
        if is_mark {
            self.bytes.clear();
            self.blanks += BYTE_ORDER_MARK.len();
        }
        Ok(is_mark)
    }

    fn kind(&mut self) -> Result<Kind> {
        if !self.reaches(1)? {
            return Ok(Kind::Empty);
        }
        if matches!(*self.bytes, [b'{' | b'[', ..]) {
            return Ok(if self.is_report()? { Kind::Report } else { Kind::Json });
        }
        self.reaches(b"ISA*".len())?;
        // Of an ISA that is cut off, the reader of X12 says more.
        let is_word = self.bytes.get(b"ISA".len()).is_some_and(u8::is_ascii_alphanumeric);
        if self.bytes.starts_with(b"ISA") && !is_word {
            return Ok(Kind::X12);
        }
        self.strange().map(Kind::Strange)
    }

    /// Whether it begins as the answers of this command do. A claim differs from them within its first bytes, so that one
    /// which comes slowly is not waited for.
    fn is_report(&mut self) -> Result<bool> {
        const LOOKED_AT: usize = 1 << 12;
        let signs: [(&[u8], &[u8]); 2] = [
            (b"{\"claim\":", b",\"verdict\":\""),
            (b"{\"clean\":", b",\"findings\":"),
        ];
        loop {
            let dense = without_blanks(self.bytes.strip_prefix(b"[").unwrap_or(&self.bytes));
            let mut open = signs
                .iter()
                .filter(|(first, _)| dense.starts_with(first) || first.starts_with(&dense));
            let Some((_, then)) = open.next() else {
                return Ok(false);
            };
            if find(&dense, then).is_some() {
                return Ok(true);
            }
            if self.bytes.len() >= LOOKED_AT || !self.reaches(self.bytes.len() + 1)? {
                return Ok(false);
            }
        }
    }

    fn strange(&mut self) -> Result<Strange> {
        self.reaches(STRANGE)?;
        let bytes = &*self.bytes;
        let start = first_words(bytes);
        // The id of a segment, and an element of so many bytes between separators.
        let begins = |id: &[u8], element: usize| {
            let is_id = bytes.get(..id.len()).is_some_and(|word| word.eq_ignore_ascii_case(id));
            let separator = bytes.get(id.len()).filter(|byte| byte.is_ascii_punctuation());
            is_id && separator.is_some() && bytes.get(id.len() + 1 + element) == separator
        };
        Ok(match bytes {
            _ if begins(b"ISA", 2) => Strange::SmallLetters(start),
            _ if begins(b"GS", 2) || begins(b"ST", 3) => Strange::NoInterchange(start),
            [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] | [1..=255, 0, 1..=255, 0, ..] | [0, 1..=255, 0, 1..=255, ..] => {
                Strange::Utf16 {
                    is_x12: is_x12_in_utf16(bytes),
                }
            }
            // `ISA` in that code.
            [0xC9, 0xE2, 0xC1, ..] => Strange::Ebcdic,
            [0x1F, 0x8B, ..] | [b'P', b'K', 3, 4, ..] | [0x28, 0xB5, 0x2F, 0xFD, ..] | [b'B', b'Z', b'h', ..] => {
                Strange::Compressed
            }
            _ => match self.find_interchange()? {
                Some(at) => Strange::Before {
                    start,
                    byte: self.blanks + at,
                },
                None if self.bytes.starts_with(b"\0") => Strange::Nul,
                None if find(&self.bytes, b"\n{")
                    .or_else(|| find(&self.bytes, b"\n["))
                    .is_some() =>
                {
                    Strange::PerhapsJson(start)
                }
                None => Strange::Neither(start),
            },
        })
    }

    /// Looks for an ISA segment through the whole input, and keeps the beginning.
    fn find_interchange(&mut self) -> Result<Option<usize>> {
        if let Some(at) = interchange_in(&self.bytes) {
            return Ok(Some(at));
        }
        let overlap = self.bytes.len().saturating_sub(ISA_LENGTH);
        let mut window = self.bytes.get(overlap..).unwrap_or_default().to_vec();
        let mut passed = overlap;
        loop {
            let more = self.input.fill_buf()?;
            let count = more.len();
            if count == 0 {
                return Ok(None);
            }
            window.extend_from_slice(more);
            self.input.consume(count);
            if let Some(at) = interchange_in(&window) {
                return Ok(Some(passed + at));
            }
            let dropped = window.len().saturating_sub(ISA_LENGTH);
            window.drain(..dropped);
            passed += dropped;
        }
    }
}

/// Longer than any ISA segment.
const ISA_LENGTH: usize = 300;

fn interchange_in(bytes: &[u8]) -> Option<usize> {
    let mut at = 0;
    loop {
        let rest = bytes.get(at..)?;
        at += find(rest, b"ISA")?;
        if is_interchange(bytes.get(at..)?) {
            return Some(at);
        }
        at += 1;
    }
}

fn is_interchange(text: &[u8]) -> bool {
    const ELEMENTS: usize = 16;
    let text = text.get(..ISA_LENGTH).unwrap_or(text);
    let separator = text.get(b"ISA".len());
    let mut ends = text
        .iter()
        .enumerate()
        .filter(|(_, byte)| separator == Some(*byte))
        .map(|(at, _)| at);
    // The last element is one byte, and the byte after it ends the segment.
    let text = ends.nth(ELEMENTS - 1).and_then(|last| text.get(..last + 3));
    text.is_some_and(|text| Separators::of_isa(text).is_some())
}

fn is_x12_in_utf16(bytes: &[u8]) -> bool {
    let letters: Vec<u8> = bytes
        .iter()
        .copied()
        .filter(|byte| !matches!(byte, 0 | 0xFF | 0xFE))
        .take(64)
        .collect();
    letters.trim_ascii_start().starts_with(b"ISA")
}

fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len()).position(|window| window == what)
}

fn without_blanks(bytes: &[u8]) -> Vec<u8> {
    bytes
        .iter()
        .copied()
        .filter(|byte| !byte.is_ascii_whitespace())
        .collect()
}

/// As much as shows which file it is.
fn first_words(bytes: &[u8]) -> String {
    const SHOWN: usize = 40;
    let line = bytes
        .split(|byte| matches!(byte, b'\n' | b'\r'))
        .next()
        .unwrap_or_default();
    // Of a segment only the name: what follows it may be a person's.
    let word = line
        .iter()
        .take_while(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
        .count();
    let is_segment = matches!(word, 2 | 3) && matches!(line.get(word), Some(b'*' | b'|' | b'^' | b'~'));
    let line = if is_segment {
        line.get(..word).unwrap_or(line)
    } else {
        line
    };
    let text = String::from_utf8_lossy(line.get(..SHOWN * 4).unwrap_or(line)).into_owned();
    text.chars().take(SHOWN).collect()
}

#[cfg(test)]
mod tests {
    use std::io::BufReader;

    use super::*;

    fn kind(bytes: &[u8]) -> Kind {
        // A byte at a time, as the slowest pipe gives it, and all at once.
        let slow = Start::of(BufReader::with_capacity(1, bytes)).unwrap();
        let fast = Start::of(bytes).unwrap();
        assert_eq!(slow.kind, fast.kind);
        assert_eq!(slow.lines, fast.lines);
        fast.kind
    }

    fn strange(bytes: &[u8]) -> String {
        match kind(bytes) {
            Kind::Strange(strange) => strange.to_string(),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn claims_are_told_however_they_come() {
        let x12 = cleanclaim_formats::x12::example();
        assert_eq!(kind(x12.as_bytes()), Kind::X12);
        assert_eq!(kind(format!("\u{feff}\r\n\n {x12}").as_bytes()), Kind::X12);
        assert_eq!(kind(format!("{}{x12}", " \n".repeat(1 << 20)).as_bytes()), Kind::X12);
        for json in [
            "{",
            "[",
            " [{\"id\":1}]",
            "{\"cl",
            "{\"id\":\"claim\",\"verdict\":\"\"}",
        ] {
            assert_eq!(kind(json.as_bytes()), Kind::Json, "{json}");
        }
        for empty in ["", " \n", "\u{feff}\n"] {
            assert_eq!(kind(empty.as_bytes()), Kind::Empty);
        }
    }

    #[test]
    fn what_was_looked_at_is_given_back() {
        let start = Start::of(BufReader::with_capacity(2, " \n\u{feff}\n{\"id\":\"A\"}".as_bytes())).unwrap();
        let mut rest = String::new();
        let mut input = start.input;
        input.read_to_string(&mut rest).unwrap();
        assert_eq!((start.lines, rest.as_str()), (2, "{\"id\":\"A\"}"));
    }

    #[test]
    fn reports_of_this_command_are_no_claims() {
        for report in [
            "[\n{\"claim\":\"A1\",\"verdict\":\"clean\",\"findings\":[]",
            "{\"claim\":null,\"verdict\":\"not-read\"",
            "[\n  {\n    \"claim\": \"A1\",\n    \"verdict\": \"clean\"",
            "{\"clean\":1,\"findings\":0,",
        ] {
            assert_eq!(kind(report.as_bytes()), Kind::Report, "{report}");
        }
        assert_eq!(kind(b"{\"claim\":\"A1\",\"form\":\"professional\"}"), Kind::Json);
    }

    #[test]
    fn what_is_strange_is_said_in_one_sentence() {
        let x12 = cleanclaim_formats::x12::example();
        let (_, group) = x12.split_once('~').unwrap();
        assert!(strange(group.trim_start().as_bytes()).contains("the one before this is missing"));
        assert!(strange(x12.replacen("ISA", "isa", 1).as_bytes()).contains("in capital letters"));
        let before = "# exported by a billing system\n";
        for padding in [0, 100_000] {
            let text = format!("{before}{}{x12}", "#".repeat(padding));
            let place = format!("at byte {}", before.len() + padding);
            assert!(
                strange(text.as_bytes()).contains(&place),
                "{}",
                strange(text.as_bytes())
            );
            let utf16: Vec<u8> = x12.encode_utf16().flat_map(u16::to_le_bytes).collect();
            assert_eq!(kind(&utf16), Kind::Strange(Strange::Utf16 { is_x12: true }));
        }
        assert!(strange(b"\x1f\x8b\x08\0").contains("unpack it"));
        assert!(strange(b"\0\0\0").contains("NUL"));
        assert!(strange(format!("\0{x12}").as_bytes()).contains("at byte 1"));
        assert!(strange(b"ISABEL, ISA is").contains("`ISABEL, "));
        assert!(strange(b"hello, ISA is no segment*here").contains("`hello, "));
        assert_eq!(
            kind(b"hello\n{\"id\":\"A\"}"),
            Kind::Strange(Strange::PerhapsJson("hello".to_owned()))
        );
    }
}
