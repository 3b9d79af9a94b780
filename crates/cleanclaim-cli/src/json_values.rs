//! The JSON objects of a stream, one by one and in bounded memory: an object a line, an array of objects, or objects one
//! after another. An object that is damaged is given as it stands, and the next line that could begin one goes on; of one
//! that is too large nothing is given but that it is there.

use std::io::{BufRead, Result};

/// How many MiB of a claim are read; no claim that a payer takes is larger.
pub(crate) const LARGEST_MIB: usize = 4;
const LARGEST: usize = LARGEST_MIB << 20;

/// One object as it stands in the stream.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct JsonValue {
    /// The line that it begins on, from 1.
    pub(crate) line: u64,
    /// Its text; nothing of one that is larger than [`LARGEST_MIB`].
    pub(crate) text: Option<Vec<u8>>,
}

/// Splits a stream into its objects.
#[derive(Debug)]
pub(crate) struct JsonValues<R> {
    input: R,
    /// What is read; what lies before `at` is given.
    pending: Vec<u8>,
    at: usize,
    /// The line of the byte at `at`, from 1.
    line: u64,
}

impl<R: BufRead> JsonValues<R> {
    /// The objects of a stream of which so many lines are read already.
    pub(crate) fn after_lines(lines: u64, input: R) -> Self {
        Self {
            input,
            pending: Vec::new(),
            at: 0,
            line: lines + 1,
        }
    }

    /// The next object; none at the end of the stream.
    ///
    /// # Errors
    /// Whatever reading the stream gives.
    pub(crate) fn next(&mut self) -> Result<Option<JsonValue>> {
        loop {
            self.drop_separators();
            if !self.rest().is_empty() {
                break;
            }
            if !self.read_more()? {
                return Ok(None);
            }
        }
        if !self.rest().starts_with(b"{") {
            return self.give_line().map(Some);
        }
        let mut scan = Scan::default();
        loop {
            match scan.go_on(self.rest()) {
                Some(Stop::End(end)) if end <= LARGEST => return Ok(Some(self.give(end))),
                Some(Stop::End(end)) => {
                    let line = self.line;
                    self.pass(end);
                    return Ok(Some(JsonValue { line, text: None }));
                }
                Some(Stop::Damage(_)) => return Ok(Some(self.give_damaged())),
                None if self.rest().len() > LARGEST => return self.pass_over(scan).map(Some),
                None => {}
            }
            if !self.read_more()? {
                return Ok(Some(self.give_damaged()));
            }
        }
    }

    fn rest(&self) -> &[u8] {
        self.pending.get(self.at..).unwrap_or_default()
    }

    /// Reads as much as the stream has at hand, in place of what is given.
    fn read_more(&mut self) -> Result<bool> {
        self.pending.drain(..self.at);
        self.at = 0;
        let more = self.input.fill_buf()?;
        let count = more.len();
        self.pending.extend_from_slice(more);
        self.input.consume(count);
        Ok(count > 0)
    }

    /// Drops what stands between objects: blanks, commas, the brackets of an array, a byte order mark.
    fn drop_separators(&mut self) {
        let between = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b',' | b'[' | b']' | 0xEF | 0xBB | 0xBF);
        let count = self.rest().iter().take_while(|byte| between(byte)).count();
        self.pass(count);
    }

    fn pass(&mut self, count: usize) {
        let passed = self.rest().iter().take(count);
        self.line += passed.filter(|&&byte| byte == b'\n').count() as u64;
        self.at += count;
    }

    /// The first `count` bytes.
    fn give(&mut self, count: usize) -> JsonValue {
        let bytes = self.rest().get(..count).unwrap_or_default().to_vec();
        let line = self.line;
        self.pass(count);
        JsonValue {
            line,
            text: Some(bytes),
        }
    }

    /// The rest of a line that begins no object; of a line without an end its beginning says enough.
    fn give_line(&mut self) -> Result<JsonValue> {
        let mut seen = 0;
        loop {
            let end = self.rest().iter().skip(seen).position(|&byte| byte == b'\n');
            if let Some(end) = end {
                return Ok(self.give(seen + end));
            }
            seen = self.rest().len();
            if seen > LARGEST {
                let value = self.give(seen);
                self.pass_line()?;
                return Ok(value);
            }
            if !self.read_more()? {
                return Ok(self.give(seen));
            }
        }
    }

    fn pass_line(&mut self) -> Result<()> {
        while self.read_more()? {
            let end = self.rest().iter().position(|&byte| byte == b'\n');
            self.pass(end.unwrap_or(self.rest().len()));
            if end.is_some() {
                break;
            }
        }
        Ok(())
    }

    /// An object without an end: up to the next line that could begin another.
    fn give_damaged(&mut self) -> JsonValue {
        let rest = self.rest();
        let next = rest.windows(2).position(|pair| pair == b"\n{");
        let count = next.unwrap_or(rest.len());
        self.give(count)
    }

    /// An object that is too large: up to its end, or to where it turns out to be damaged, without keeping any of it.
    fn pass_over(&mut self, mut scan: Scan) -> Result<JsonValue> {
        let line = self.line;
        let mut stop = None;
        while stop.is_none() {
            self.pass(self.rest().len());
            scan.at = 0;
            if !self.read_more()? {
                break;
            }
            stop = scan.go_on(self.rest());
        }
        if let Some(Stop::End(at) | Stop::Damage(at)) = stop {
            self.pass(at);
        }
        Ok(JsonValue { line, text: None })
    }
}

/// Where an object stops.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stop {
    /// Before this byte it is whole.
    End(usize),
    /// At this byte, the first of a line, an object begins where this one cannot have any: another follows, and this one
    /// has lost its end.
    Damage(usize),
}

/// Where an object stops, looked for over as many lines as it takes without looking at a byte twice.
#[derive(Debug, Default)]
struct Scan {
    at: usize,
    depth: usize,
    /// A bit for each bracket that is open, the innermost the lowest: whether it is an array's. Nobody nests them deeper.
    arrays: u128,
    in_text: bool,
    escaped: bool,
    /// The last byte that is no blank, outside of texts.
    last: u8,
    is_line_start: bool,
}

impl Scan {
    fn go_on(&mut self, bytes: &[u8]) -> Option<Stop> {
        for &byte in bytes.iter().skip(self.at) {
            if byte == b'{' && self.is_line_start && !self.takes_object() {
                return Some(Stop::Damage(self.at));
            }
            self.at += 1;
            self.is_line_start = byte == b'\n';
            if self.in_text {
                self.go_on_in_text(byte);
            } else if self.ends_with(byte) {
                return Some(Stop::End(self.at));
            }
        }
        None
    }

    fn go_on_in_text(&mut self, byte: u8) {
        match byte {
            _ if self.escaped => self.escaped = false,
            b'\\' => self.escaped = true,
            b'"' => self.in_text = false,
            _ => {}
        }
    }

    /// Takes a byte outside of texts; whether the object ends with it.
    fn ends_with(&mut self, byte: u8) -> bool {
        match byte {
            b'"' => self.in_text = true,
            b'{' | b'[' => {
                self.depth += 1;
                self.arrays = self.arrays << 1 | u128::from(byte == b'[');
            }
            b'}' | b']' => {
                self.depth = self.depth.saturating_sub(1);
                self.arrays >>= 1;
            }
            _ => {}
        }
        if !byte.is_ascii_whitespace() {
            self.last = byte;
        }
        self.depth == 0 && matches!(byte, b'}' | b']')
    }

    /// Whether an object may stand here: as a value, or in an array.
    fn takes_object(&self) -> bool {
        let is_in_array = self.arrays & 1 == 1;
        !self.in_text && (matches!(self.last, b':' | b'[') || self.last == b',' && is_in_array)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<(u64, String)> {
        let mut values = JsonValues::after_lines(0, text.as_bytes());
        let mut found = Vec::new();
        while let Some(value) = values.next().unwrap() {
            let text = value.text.unwrap_or_else(|| b"(too large)".to_vec());
            found.push((value.line, String::from_utf8(text).unwrap()));
        }
        found
    }

    fn owned(values: &[(u64, &str)]) -> Vec<(u64, String)> {
        values.iter().map(|&(line, text)| (line, text.to_owned())).collect()
    }

    #[test]
    fn an_object_a_line() {
        assert_eq!(
            split("{\"a\":1}\n\n{\"b\":\"}\"}"),
            owned(&[(1, "{\"a\":1}"), (3, "{\"b\":\"}\"}")])
        );
    }

    #[test]
    fn an_array_over_several_lines() {
        let found = split("[\n  {\"a\":[1,\n2]},\n  {\"b\":\"\\\"\"}\n]\n");
        assert_eq!(found, owned(&[(2, "{\"a\":[1,\n2]}"), (4, "{\"b\":\"\\\"\"}")]));
    }

    #[test]
    fn a_damaged_line_does_not_take_the_next() {
        let found = split("{\"a\":\n{\"b\":2}\n{\"c\":3}\n");
        assert_eq!(found, owned(&[(1, "{\"a\":"), (2, "{\"b\":2}"), (3, "{\"c\":3}")]));
    }

    #[test]
    fn a_byte_order_mark_is_no_part_of_a_claim() {
        assert_eq!(split("\u{feff}{\"a\":1}"), owned(&[(1, "{\"a\":1}")]));
    }

    /// An array as most programs write it, on one line, read in small pieces.
    #[test]
    fn many_objects_on_one_line_take_time_in_proportion() {
        let text = format!(
            "[{}]",
            vec![format!("{{\"a\":\"{}\"}}", "x".repeat(200)); 50_000].join(", ")
        );
        let input = std::io::BufReader::with_capacity(4_096, text.as_bytes());
        let mut values = JsonValues::after_lines(0, input);
        let mut count = 0;
        while let Some(value) = values.next().unwrap() {
            assert_eq!((value.line, value.text.unwrap().len()), (1, 208));
            assert!(values.pending.len() < 10_000);
            count += 1;
        }
        assert_eq!(count, 50_000);
    }

    #[test]
    fn text_that_is_no_object_is_given_by_line() {
        assert_eq!(split("hello\n{\"a\":1}"), owned(&[(1, "hello"), (2, "{\"a\":1}")]));
    }

    /// A claim of more lines than fit, as programs write it: indented, not indented, on one line; and what follows it.
    #[test]
    fn an_object_that_is_too_large_is_one() {
        for (before, between, after) in [
            ("{\n  \"lines\": [\n    ", ",\n    ", "\n  ]\n}"),
            ("{\n\"lines\":[\n", ",\n", "\n]\n}"),
            ("{\"lines\":[", ",", "]}"),
        ] {
            let line = format!("{{\"code\":\"64632\",\"notes\":\"{{[\\\"{}\"}}", "x".repeat(200));
            let large = format!("{before}{}{after}", vec![line; 40_000].join(between));
            let breaks = large.matches('\n').count() as u64;
            for text in [
                format!("{{\"a\":1}}\n{large}\n{{\"b\":2}}\n"),
                format!("[{{\"a\":1}},\n{large},\n{{\"b\":2}}]"),
            ] {
                let expected = owned(&[(1, "{\"a\":1}"), (2, "(too large)"), (3 + breaks, "{\"b\":2}")]);
                assert!(split(&text) == expected, "{before}");
            }
        }
    }

    #[test]
    fn nothing_of_a_large_object_is_kept() {
        let text = format!("{{\"a\":\"{}\"}}\n{{\"b\":2}}", "x".repeat(3 * LARGEST));
        let mut values = JsonValues::after_lines(0, std::io::BufReader::new(text.as_bytes()));
        assert_eq!(values.next().unwrap().unwrap().text, None);
        assert!(values.pending.len() < 100_000);
        assert_eq!(values.next().unwrap().unwrap().line, 2);
    }

    /// The end of the first is lost, and every line after it is intact.
    #[test]
    fn a_damaged_line_before_many_takes_none_of_them() {
        let line = format!("{{\"a\":\"{}\"}}\n", "x".repeat(200));
        let text = format!("{{\"id\":\"A\",\"lines\":[1]\n{}", line.repeat(40_000));
        let found = split(&text);
        assert_eq!(found.len(), 40_001);
        assert_eq!(found[0], (1, "{\"id\":\"A\",\"lines\":[1]".to_owned()));
        let found = split(&text.replacen("\"A\"", "\"A", 1));
        assert_eq!(found.len(), 40_001, "a text without an end");
    }

    #[test]
    fn a_line_of_anything_is_one() {
        let text = format!("{}\n{{\"a\":1}}", "x".repeat(LARGEST * 2));
        let found = split(&text);
        assert_eq!(found.len(), 2);
        assert_eq!(found[1], (2, "{\"a\":1}".to_owned()));
    }
}
