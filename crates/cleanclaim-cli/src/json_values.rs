//! The JSON objects of a stream, one by one and in bounded memory: an object a line, an array of objects, or objects one
//! after another. An object that is damaged is given as it stands, and the next line that could begin one goes on.

use std::io::{BufRead, Result};

/// Longer than any claim; what runs on beyond it is damaged.
const LONGEST: usize = 64 << 20;

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
    /// Lines read so far.
    lines: u64,
    /// What is read and not yet given, and the number of its first line.
    pending: Vec<u8>,
    pending_line: u64,
}

impl<R: BufRead> JsonValues<R> {
    pub(crate) fn new(input: R) -> Self {
        Self {
            input,
            lines: 0,
            pending: Vec::new(),
            pending_line: 1,
        }
    }

    /// The next object; none at the end of the stream.
    ///
    /// # Errors
    /// Whatever reading the stream gives.
    pub(crate) fn next(&mut self) -> Result<Option<JsonValue>> {
        let mut scan = Scan::default();
        loop {
            self.drop_separators();
            if self.pending.is_empty() {
                scan = Scan::default();
                if !self.read_line()? {
                    return Ok(None);
                }
                continue;
            }
            if !self.pending.starts_with(b"{") {
                return Ok(Some(self.give_line()));
            }
            if let Some(end) = scan.find_end(&self.pending) {
                return Ok(Some(self.give(end)));
            }
            if self.pending.len() > LONGEST || !self.read_line()? {
                return Ok(Some(self.give_damaged()));
            }
        }
    }

    fn read_line(&mut self) -> Result<bool> {
        if self.pending.is_empty() {
            self.pending_line = self.lines + 1;
        }
        let read = self.input.read_until(b'\n', &mut self.pending)?;
        self.lines += u64::from(read > 0);
        Ok(read > 0)
    }

    /// Drops what stands between objects: blanks, commas, the brackets of an array.
    fn drop_separators(&mut self) {
        let between = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b',' | b'[' | b']') || *byte >= 0xEF;
        let count = self.pending.iter().take_while(|byte| between(byte)).count();
        self.give(count);
    }

    /// The first `count` bytes.
    fn give(&mut self, count: usize) -> JsonValue {
        let rest = self.pending.split_off(count.min(self.pending.len()));
        let bytes = std::mem::replace(&mut self.pending, rest);
        let line = self.pending_line;
        self.pending_line += bytes.iter().filter(|&&byte| byte == b'\n').count() as u64;
        JsonValue { line, bytes }
    }

    /// The rest of a line that begins no object.
    fn give_line(&mut self) -> JsonValue {
        let end = self
            .pending
            .iter()
            .position(|&byte| byte == b'\n')
            .unwrap_or(self.pending.len());
        self.give(end)
    }

    /// An object without an end: up to the next line that could begin another.
    fn give_damaged(&mut self) -> JsonValue {
        let next = self.pending.windows(2).position(|pair| pair == b"\n{");
        self.give(next.unwrap_or(self.pending.len()))
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
    fn text_that_is_no_object_is_given_by_line() {
        assert_eq!(split("hello\n{\"a\":1}"), owned(&[(1, "hello"), (2, "{\"a\":1}")]));
    }
}
