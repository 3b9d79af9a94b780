//! The JSON objects of a stream, one by one and in bounded memory: an object a line, an array of objects, or objects one
//! after another. What is damaged is given as it stands and takes nothing with it: the next line that could begin an object
//! goes on, or the next object that begins as the claims of the file do. Of one that is too large nothing is given but that it
//! is there.

mod scan;

use std::io::{BufRead, Result};

use scan::{Beginning, PlainEnd, Scan, Stop};

pub(crate) use scan::DEEPEST;

/// How many MiB of a claim are read; no claim that a payer takes is larger.
pub(crate) const LARGEST_MIB: usize = 4;
const LARGEST: usize = LARGEST_MIB << 20;

/// What stands at a place of the stream where a claim should.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct JsonValue {
    /// The line that it begins on, from 1.
    pub(crate) line: u64,
    /// Which element of an array it is, from 1, where another stands before it on its line.
    pub(crate) element: Option<u64>,
    pub(crate) found: Found,
}

/// What was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Found {
    /// An object, or what stands in the place of one.
    Text(Vec<u8>),
    /// One that is larger than [`LARGEST_MIB`].
    TooLarge,
    /// One that is nested deeper than [`DEEPEST`].
    TooDeep,
    /// The end of a stream that ends within an array: what came behind is lost, if anything did.
    Unclosed,
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
    /// Whether no element came before on that line.
    is_first: bool,
    /// How the claims begin.
    beginning: Beginning,
    /// How many arrays around the claims are open.
    arrays: usize,
    /// How many elements of the outermost one were given.
    elements: u64,
}

impl<R: BufRead> JsonValues<R> {
    /// The objects of a stream after its first lines, which are read already.
    pub(crate) fn after_lines(lines: u64, input: R) -> Self {
        Self {
            input,
            pending: Vec::new(),
            at: 0,
            line: lines + 1,
            is_first: true,
            beginning: Beginning::default(),
            arrays: 0,
            elements: 0,
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
                return Ok(self.unclosed());
            }
        }
        self.elements += 1;
        let (line, is_alone) = (self.line, self.arrays == 0 || self.is_first);
        let found = if self.rest().starts_with(b"{") {
            self.object()?
        } else {
            Found::Text(self.no_object()?)
        };
        self.is_first = false;
        Ok(Some(JsonValue {
            line,
            element: (!is_alone).then_some(self.elements),
            found,
        }))
    }

    /// What the end of the stream tells, once.
    fn unclosed(&mut self) -> Option<JsonValue> {
        let is_open = std::mem::take(&mut self.arrays) > 0;
        is_open.then_some(JsonValue {
            line: self.line,
            element: None,
            found: Found::Unclosed,
        })
    }

    fn object(&mut self) -> Result<Found> {
        let mut scan = Scan::default();
        loop {
            match scan.go_on(self.rest()) {
                Some(Stop::End(end)) if end > LARGEST || scan.is_too_deep() => {
                    self.pass(end);
                    return Ok(if scan.is_too_deep() {
                        Found::TooDeep
                    } else {
                        Found::TooLarge
                    });
                }
                Some(Stop::End(end)) => {
                    let text = self.give(end);
                    self.beginning.learn(&text);
                    return Ok(Found::Text(text));
                }
                Some(Stop::Damage(at)) => return self.damaged(&scan, at),
                None if self.rest().len() > LARGEST => return self.pass_over(scan),
                None => {}
            }
            if !self.read_more()? {
                return self.damaged(&scan, self.rest().len());
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
        let rest = self.pending.get(self.at..).unwrap_or_default();
        let mut count = 0;
        for byte in rest.iter().take_while(|byte| between(byte)) {
            match byte {
                b'[' if self.arrays == 0 => (self.arrays, self.elements) = (1, 0),
                b'[' => self.arrays += 1,
                b']' => self.arrays = self.arrays.saturating_sub(1),
                _ => {}
            }
            count += 1;
        }
        self.pass(count);
    }

    fn pass(&mut self, count: usize) {
        let passed = self.pending.get(self.at..).unwrap_or_default();
        let passed = passed.get(..count).unwrap_or(passed);
        let breaks = passed.iter().filter(|&&byte| byte == b'\n').count();
        self.line += breaks as u64;
        self.is_first |= breaks > 0;
        self.at += passed.len();
    }

    /// The first `count` bytes.
    fn give(&mut self, count: usize) -> Vec<u8> {
        let bytes = self.rest().get(..count).unwrap_or_default().trim_ascii_end().to_vec();
        self.pass(count);
        bytes
    }

    /// What is no object: an element of an array up to where it ends, or else the rest of the line. Of one without an end its
    /// beginning says enough.
    fn no_object(&mut self) -> Result<Vec<u8>> {
        let mut end = PlainEnd::new(self.arrays > 0);
        loop {
            if let Some(end) = end.find(self.rest()) {
                return Ok(self.give(end));
            }
            let seen = self.rest().len();
            if seen > LARGEST {
                let bytes = self.give(seen);
                self.pass_plain(end)?;
                return Ok(bytes);
            }
            if !self.read_more()? {
                return Ok(self.give(seen));
            }
        }
    }

    fn pass_plain(&mut self, mut end: PlainEnd) -> Result<()> {
        while self.read_more()? {
            end.at = 0;
            let found = end.find(self.rest());
            self.pass(found.unwrap_or(self.rest().len()));
            if found.is_some() {
                break;
            }
        }
        Ok(())
    }

    /// An object without an end, seen to be damaged at a byte: up to where the next begins, be it before that byte.
    fn damaged(&mut self, scan: &Scan, at: usize) -> Result<Found> {
        let beginning = self.beginning.and_of(self.rest());
        let next = beginning.next(self.rest(), scan.too_deep_at().unwrap_or(1));
        let text = self.give(next.unwrap_or(at).clamp(1, LARGEST));
        if next.is_none_or(|next| next > LARGEST) {
            self.pass_to_next(&beginning)?;
        }
        Ok(if scan.is_too_deep() {
            Found::TooDeep
        } else {
            Found::Text(text)
        })
    }

    fn pass_to_next(&mut self, beginning: &Beginning) -> Result<()> {
        loop {
            if let Some(next) = beginning.next(self.rest(), 0) {
                self.pass(next);
                return Ok(());
            }
            self.pass_but_the_last();
            if !self.read_more()? {
                self.pass(self.rest().len());
                return Ok(());
            }
        }
    }

    /// Passes over all but what may be the first bytes of a beginning; how much.
    fn pass_but_the_last(&mut self) -> usize {
        let count = self.rest().len().saturating_sub(Beginning::LONGEST);
        self.pass(count);
        count
    }

    /// An object that is too large: up to its end, or to where the next begins, without keeping any of it.
    fn pass_over(&mut self, mut scan: Scan) -> Result<Found> {
        let beginning = self.beginning.and_of(self.rest());
        if let Some(next) = beginning.alike(self.rest(), 1).filter(|&next| next <= LARGEST) {
            return Ok(Found::Text(self.give(next)));
        }
        loop {
            scan.at -= self.pass_but_the_last();
            let goes_on = self.read_more()?;
            let stop = scan.go_on(self.rest());
            let at = match stop {
                Some(Stop::End(at) | Stop::Damage(at)) => at,
                None => self.rest().len(),
            };
            let before = self.rest().get(..at).unwrap_or_default();
            if let Some(next) = beginning.alike(before, 0) {
                self.pass(next);
                return Ok(Found::TooLarge);
            }
            match stop {
                Some(Stop::End(end)) => self.pass(end),
                Some(Stop::Damage(_)) => self.pass_to_next(&beginning)?,
                None if goes_on => continue,
                None => self.pass(self.rest().len()),
            }
            return Ok(Found::TooLarge);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<(u64, String)> {
        let mut values = JsonValues::after_lines(0, text.as_bytes());
        let mut found = Vec::new();
        while let Some(value) = values.next().unwrap() {
            let text = match value.found {
                Found::Text(text) => String::from_utf8(text).unwrap(),
                Found::TooLarge => "(too large)".to_owned(),
                Found::TooDeep => "(too deep)".to_owned(),
                Found::Unclosed => "(unclosed)".to_owned(),
            };
            found.push((value.line, text));
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
            count += 1;
            assert_eq!((value.line, value.element), (1, (count > 1).then_some(count)));
            assert!(matches!(value.found, Found::Text(text) if text.len() == 208));
            assert!(values.pending.len() < 10_000);
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
        assert_eq!(values.next().unwrap().unwrap().found, Found::TooLarge);
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

    /// An array as most programs write it: on one line. Each element that is damaged, in each way, leaves the others.
    #[test]
    fn a_damaged_element_loses_only_itself() {
        let claim =
            |id: &str| format!("{{\"id\":\"{id}\",\"lines\":[{{\"n\":1}},{{\"n\":2}}],\"payer\":{{\"name\":\"x\"}}}}");
        let whole = claim("B");
        for between in [",", ", ", ",\n  ", "\n"] {
            for damaged in ["null", "1", "\"a,b\"", "tru", "}", "{", "{]", "{\"id\":"] {
                let text = format!("[{}]", [&claim("A"), damaged, &claim("C"), &claim("D")].join(between));
                let found = split(&text);
                for id in ["A", "C", "D"] {
                    let is_here = found.iter().any(|(_, text)| *text == claim(id));
                    assert!(is_here, "{id} after `{damaged}`, between `{between:?}`: {found:?}");
                }
                assert_eq!(found.len(), 4, "`{damaged}`, `{between:?}`: {found:?}");
            }
            // Cut after each of its bytes, and each byte of it lost.
            for at in 1..whole.len() {
                let without = [&whole[..at], &whole[at + 1..]].concat();
                for damaged in [&whole[..at], &without] {
                    let text = format!("[{}]", [&claim("A"), damaged, &claim("C"), &claim("D")].join(between));
                    let found = split(&text);
                    for id in ["A", "C", "D"] {
                        let is_here = found.iter().any(|(_, text)| *text == claim(id));
                        assert!(is_here, "{id} after `{damaged}`, between `{between:?}`: {found:?}");
                    }
                    assert!(found.len() >= 4, "`{damaged}`, `{between:?}`: {found:?}");
                }
            }
        }
    }

    #[test]
    fn elements_are_counted_where_lines_do_not_tell_them_apart() {
        let mut values = JsonValues::after_lines(0, "[{\"a\":1},null,\n {\"a\":2}, {\"a\":3}]\n{\"a\":4}".as_bytes());
        let mut places = Vec::new();
        while let Some(value) = values.next().unwrap() {
            places.push((value.line, value.element));
        }
        assert_eq!(places, [(1, None), (1, Some(2)), (2, None), (2, Some(4)), (3, None)]);
    }

    #[test]
    fn an_array_without_an_end_is_told() {
        let found = split("[{\"a\":1},\n");
        assert_eq!(found, owned(&[(1, "{\"a\":1}"), (2, "(unclosed)")]));
    }

    #[test]
    fn nesting_has_an_end() {
        let deep = |depth: usize| format!("{{\"a\":{}{}}}", "[".repeat(depth), "]".repeat(depth));
        let nested = format!("{{\"b\":{}1{}}}", "{\"a\":".repeat(500), "}".repeat(500));
        let text = format!("[{},{},{nested},{{\"c\":3}}]", deep(DEEPEST - 1), deep(DEEPEST));
        let found: Vec<String> = split(&text).into_iter().map(|(_, text)| text).collect();
        assert_eq!(
            found,
            [deep(DEEPEST - 1).as_str(), "(too deep)", "(too deep)", "{\"c\":3}"]
        );
    }

    /// Openings without end, which nest ever deeper: time stays in proportion, and what follows is found.
    #[test]
    fn openings_without_closings_take_time_in_proportion() {
        for opening in ["{\"a\":", "{\"a\":\n", "{\"a\":[", "[{\"a\":"] {
            let text = format!("{}\n{{\"id\":\"A\"}}", opening.repeat(200_000));
            let found = split(&text);
            assert!(found.len() > 1_000);
            assert_eq!(
                found[found.len() - 1 - usize::from(opening.starts_with('['))].1,
                "{\"id\":\"A\"}"
            );
        }
    }
}
