//! The JSON objects of a stream, one by one and in bounded memory: an object a line, an array of objects, or objects one
//! after another. An object that is damaged is given as it stands, and the next line that could begin one goes on.

use std::io::{BufRead, Result};

/// Longer than any claim; what runs on beyond it is damaged.
const LONGEST: usize = 4 << 20;

/// One object as it stands in the stream.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct JsonValue {
    /// The line that it begins on, from 1.
    pub(crate) line: u64,
    pub(crate) bytes: Vec<u8>,
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
    pub(crate) fn new(input: R) -> Self {
        Self {
            input,
            pending: Vec::new(),
            at: 0,
            line: 1,
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
            if let Some(end) = scan.find_end(self.rest()) {
                return Ok(Some(self.give(end)));
            }
            if self.rest().len() > LONGEST || !self.read_more()? {
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
        JsonValue { line, bytes }
    }

    /// The rest of a line that begins no object.
    fn give_line(&mut self) -> Result<JsonValue> {
        let mut seen = 0;
        loop {
            let end = self.rest().iter().skip(seen).position(|&byte| byte == b'\n');
            if let Some(end) = end {
                return Ok(self.give(seen + end));
            }
            seen = self.rest().len();
            if seen > LONGEST || !self.read_more()? {
                return Ok(self.give(seen));
            }
        }
    }

    /// An object without an end: up to the next line that could begin another.
    fn give_damaged(&mut self) -> JsonValue {
        let rest = self.rest();
        let next = rest.windows(2).position(|pair| pair == b"\n{");
        let count = next.unwrap_or(rest.len());
        self.give(count)
    }
}

/// Where an object ends, looked for over as many lines as it takes without looking at a byte twice.
#[derive(Debug, Default)]
struct Scan {
    at: usize,
    depth: usize,
    in_text: bool,
    escaped: bool,
}

impl Scan {
    fn find_end(&mut self, bytes: &[u8]) -> Option<usize> {
        for &byte in bytes.iter().skip(self.at) {
            self.at += 1;
            if self.in_text {
                match byte {
                    _ if self.escaped => self.escaped = false,
                    b'\\' => self.escaped = true,
                    b'"' => self.in_text = false,
                    _ => {}
                }
                continue;
            }
            match byte {
                b'"' => self.in_text = true,
                b'{' | b'[' => self.depth += 1,
                b'}' | b']' => {
                    self.depth = self.depth.saturating_sub(1);
                    if self.depth == 0 {
                        return Some(self.at);
                    }
                }
                _ => {}
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<(u64, String)> {
        let mut values = JsonValues::new(text.as_bytes());
        let mut found = Vec::new();
        while let Some(value) = values.next().unwrap() {
            found.push((value.line, String::from_utf8(value.bytes).unwrap()));
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
        let mut values = JsonValues::new(input);
        let mut count = 0;
        while let Some(value) = values.next().unwrap() {
            assert_eq!((value.line, value.bytes.len()), (1, 208));
            assert!(values.pending.len() < 10_000);
            count += 1;
        }
        assert_eq!(count, 50_000);
    }

    #[test]
    fn text_that_is_no_object_is_given_by_line() {
        assert_eq!(split("hello\n{\"a\":1}"), owned(&[(1, "hello"), (2, "{\"a\":1}")]));
    }
}
