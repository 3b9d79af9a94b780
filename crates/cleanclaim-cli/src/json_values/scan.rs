//! Where an object stops, and where the next begins if it does not.

/// How deep brackets are nested in what is read; in a claim they are four deep.
pub(crate) const DEEPEST: usize = 64;

/// Where an object stops.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stop {
    /// Before this byte it is whole.
    End(usize),
    /// At this byte it cannot go on: a bracket closes what is not open; or, at the start of a line, an object begins where this
    /// one cannot have any; or it is nested too deep for too long.
    Damage(usize),
}

/// Looks for where an object stops over as many pieces as it takes, without looking at a byte twice.
#[derive(Debug, Default)]
pub(super) struct Scan {
    /// How far it is in the bytes at hand.
    pub(super) at: usize,
    depth: usize,
    /// A bit for each bracket that is open, the innermost the lowest: whether it is an array's. Those deeper than
    /// [`DEEPEST`] are only counted.
    arrays: u64,
    /// Where it went too deep, and how many bytes more it may take to come to an end.
    too_deep: Option<(usize, usize)>,
    in_text: bool,
    escaped: bool,
    /// The last byte that is no blank, outside of texts.
    last: u8,
    is_line_start: bool,
}

impl Scan {
    pub(super) fn go_on(&mut self, bytes: &[u8]) -> Option<Stop> {
        for &byte in bytes.iter().skip(self.at) {
            let begins_another = byte == b'{' && self.is_line_start && !self.takes_object();
            if begins_another || self.takes_too_long() {
                return Some(Stop::Damage(self.at));
            }
            self.is_line_start = byte == b'\n';
            if self.in_text {
                self.go_on_in_text(byte);
            } else if let Some(stop) = self.stops_with(byte) {
                return Some(stop);
            }
            self.at += 1;
        }
        None
    }

    /// Whether it was nested too deep anywhere.
    pub(super) fn is_too_deep(&self) -> bool {
        self.too_deep.is_some()
    }

    /// The byte at which it went too deep.
    pub(super) fn too_deep_at(&self) -> Option<usize> {
        self.too_deep.map(|(at, _)| at)
    }

    /// One that went too deep is followed to its end for a while in proportion to what came before, so that openings without
    /// closings take time in proportion too.
    fn takes_too_long(&mut self) -> bool {
        match &mut self.too_deep {
            Some((_, 0)) => true,
            Some((_, left)) => {
                *left -= 1;
                false
            }
            None => false,
        }
    }

    fn go_on_in_text(&mut self, byte: u8) {
        match byte {
            _ if self.escaped => self.escaped = false,
            b'\\' => self.escaped = true,
            b'"' => self.in_text = false,
            _ => {}
        }
    }

    /// Takes a byte outside of texts; whether the object stops with it.
    fn stops_with(&mut self, byte: u8) -> Option<Stop> {
        match byte {
            b'"' => self.in_text = true,
            b'{' | b'[' => self.open(byte),
            b'}' | b']' if self.depth <= DEEPEST && (byte == b']') != self.is_in_array() => {
                return Some(Stop::Damage(self.at));
            }
            b'}' | b']' => {
                if self.depth <= DEEPEST {
                    self.arrays >>= 1;
                }
                self.depth -= 1;
                if self.depth == 0 {
                    return Some(Stop::End(self.at + 1));
                }
            }
            _ => {}
        }
        if !byte.is_ascii_whitespace() {
            self.last = byte;
        }
        None
    }

    fn open(&mut self, byte: u8) {
        const PATIENCE: usize = 16;
        if self.depth < DEEPEST {
            self.arrays = self.arrays << 1 | u64::from(byte == b'[');
        } else if self.too_deep.is_none() {
            self.too_deep = Some((self.at, self.at * PATIENCE));
        }
        self.depth += 1;
    }

    fn is_in_array(&self) -> bool {
        self.arrays & 1 == 1
    }

    /// Whether an object may stand here: as a value, or in an array.
    fn takes_object(&self) -> bool {
        let is_in_array = self.is_in_array() || self.depth > DEEPEST;
        !self.in_text && (matches!(self.last, b':' | b'[') || self.last == b',' && is_in_array)
    }
}

/// How much of an object's first key is looked at.
const KEY: usize = 64;

/// How the objects of a file begin: with a bracket and their first key. Claims of a file are written by one program, and begin
/// alike, and as nothing inside them does.
#[derive(Clone, Debug, Default)]
pub(super) struct Beginning {
    /// The first key of the last whole object, with its quotation marks; empty where there is none.
    whole: Vec<u8>,
    /// That of the one that is looked at.
    own: Vec<u8>,
}

impl Beginning {
    /// How many bytes at the end of a piece may be the first of such a beginning.
    pub(super) const LONGEST: usize = 2 * KEY + 2;

    /// Learns from an object that is whole.
    pub(super) fn learn(&mut self, object: &[u8]) {
        let key = first_key(object);
        if key != self.whole {
            self.whole = key.to_vec();
        }
    }

    /// With how this object begins.
    pub(super) fn and_of(&self, object: &[u8]) -> Self {
        Self {
            whole: self.whole.clone(),
            own: first_key(object).to_vec(),
        }
    }

    /// Where the next object begins, at `from` or behind it: at a bracket that starts a line, or that begins alike.
    pub(super) fn next(&self, bytes: &[u8], from: usize) -> Option<usize> {
        brackets(bytes, from).find(|&at| {
            let starts_line = at > 0 && bytes.get(at - 1) == Some(&b'\n');
            starts_line || self.is_at(bytes, at)
        })
    }

    /// Where the next object begins that begins alike.
    pub(super) fn alike(&self, bytes: &[u8], from: usize) -> Option<usize> {
        brackets(bytes, from).find(|&at| self.is_at(bytes, at))
    }

    fn is_at(&self, bytes: &[u8], at: usize) -> bool {
        let inside = bytes.get(at + 1..).unwrap_or_default();
        let is_blank = |byte: &&u8| byte.is_ascii_whitespace();
        let blanks = inside.iter().take(KEY).take_while(is_blank).count();
        let inside = inside.get(blanks..).unwrap_or_default();
        [&self.whole, &self.own]
            .into_iter()
            .any(|key| !key.is_empty() && inside.starts_with(key))
    }
}

/// The first key of an object with its quotation marks; empty where it cannot be seen.
fn first_key(object: &[u8]) -> &[u8] {
    let inside = object.strip_prefix(b"{").unwrap_or_default().trim_ascii_start();
    let inside = inside.get(..KEY).unwrap_or(inside);
    let end = inside.iter().skip(1).position(|&byte| byte == b'"');
    match end {
        Some(end) if inside.starts_with(b"\"") => inside.get(..end + 2).unwrap_or_default(),
        _ => &[],
    }
}

fn brackets(bytes: &[u8], from: usize) -> impl Iterator<Item = usize> {
    let bytes = bytes.iter().enumerate().skip(from);
    bytes.filter(|(_, byte)| **byte == b'{').map(|(at, _)| at)
}

/// Where something ends that is no object: with its line, and in an array before what can follow an element.
#[derive(Debug)]
pub(super) struct PlainEnd {
    /// How far it is in the bytes at hand.
    pub(super) at: usize,
    is_in_array: bool,
    in_text: bool,
    escaped: bool,
}

impl PlainEnd {
    pub(super) fn new(is_in_array: bool) -> Self {
        Self {
            at: 0,
            is_in_array,
            in_text: false,
            escaped: false,
        }
    }

    pub(super) fn find(&mut self, bytes: &[u8]) -> Option<usize> {
        for &byte in bytes.iter().skip(self.at) {
            let ends = match byte {
                b'\n' => true,
                b',' | b']' | b'{' => self.is_in_array && !self.in_text,
                _ => false,
            };
            if ends {
                return Some(self.at);
            }
            match byte {
                _ if self.escaped => self.escaped = false,
                b'\\' => self.escaped = true,
                b'"' => self.in_text = !self.in_text,
                _ => {}
            }
            self.at += 1;
        }
        None
    }
}
