//! Rows of a table by code: where each code's rows begin, then fixed-size records in that order.

use std::marker::PhantomData;

use bytes::Bytes;

use super::bytes::{Reader, Writer, u32_at};
use super::codes::CodeId;

/// A row of fixed size in the packed file.
pub(crate) trait Record: Sized {
    /// The version of this record's layout; a reader refuses any other.
    const VERSION: u16;
    /// Bytes a record.
    const SIZE: usize;

    /// Appends exactly [`Self::SIZE`] bytes.
    fn encode(&self, out: &mut Writer);

    /// Reads back what [`encode`](Self::encode) wrote; `None` where a byte has no meaning.
    fn decode(bytes: &[u8]) -> Option<Self>;

    /// Whether a row found by `key` is about it, and every number in it leads to one of the file's codes or words.
    fn is_sound(&self, _key: CodeId, _limits: Limits) -> bool {
        true
    }
}

/// How many codes and words a file has.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    pub(crate) codes: usize,
    pub(crate) words: usize,
}

impl Limits {
    pub(crate) fn has_words(self, numbers: &[u16]) -> bool {
        numbers.iter().all(|&number| usize::from(number) < self.words)
    }
}

/// All rows of one release of one table, found by code.
#[derive(Clone, Debug)]
pub(crate) struct CodeRows<R> {
    /// `codes + 1` numbers: where the rows of each code begin, and the end of the last.
    first: Bytes,
    records: Bytes,
    row: PhantomData<R>,
}

impl<R: Record> CodeRows<R> {
    pub(crate) const VERSION: u16 = R::VERSION;

    /// Writes `rows`, which are sorted by code number.
    pub(crate) fn write<'a>(codes: usize, rows: impl Iterator<Item = (CodeId, &'a R)>) -> Vec<u8>
    where
        R: 'a,
    {
        let mut starts = vec![0_u32; codes + 1];
        let mut records = Writer::default();
        for (id, row) in rows {
            if let Some(count) = starts.get_mut(id.index() + 1) {
                *count += 1;
            }
            row.encode(&mut records);
        }
        let mut total = 0;
        for start in &mut starts {
            total += *start;
            *start = total;
        }
        let mut out = Writer::default();
        for start in starts {
            out.u32(start);
        }
        out.bytes(&records.into_vec());
        out.into_vec()
    }

    /// Takes the section as it is, and checks that every start is in order and every record readable and sound.
    pub(crate) fn open(keys: usize, section: &Bytes, limits: Limits) -> Option<Self> {
        let split = (keys + 1) * 4;
        if section.len() < split {
            return None;
        }
        let (first, records) = (section.slice(..split), section.slice(split..));
        let rows = records.len() / R::SIZE;
        let mut starts = Reader::new(&first);
        let mut before = starts.u32().filter(|&start| start == 0)?;
        while let Some(start) = starts.u32() {
            if start < before {
                return None;
            }
            before = start;
        }
        let whole = before as usize == rows && records.len() == rows * R::SIZE;
        let table = Self {
            first,
            records,
            row: PhantomData,
        };
        (whole && table.is_sound(keys, limits)).then_some(table)
    }

    fn is_sound(&self, keys: usize, limits: Limits) -> bool {
        (0..keys).all(|key| {
            let key = CodeId(key as u16);
            self.records(key)
                .all(|record| R::decode(record).is_some_and(|row| row.is_sound(key, limits)))
        })
    }

    /// Whether two tables have their rows by the same codes.
    pub(crate) fn is_beside<S>(&self, other: &CodeRows<S>) -> bool {
        self.first == other.first
    }

    /// How many rows there are.
    pub(crate) fn len(&self) -> usize {
        self.records.len() / R::SIZE
    }

    /// The positions of a code's rows.
    #[inline]
    pub(crate) fn range(&self, id: CodeId) -> std::ops::Range<usize> {
        let start = u32_at(&self.first, id.index()).unwrap_or(0);
        let end = u32_at(&self.first, id.index() + 1).unwrap_or(start);
        start as usize..end as usize
    }

    #[inline]
    pub(crate) fn row(&self, position: usize) -> Option<R> {
        let at = position * R::SIZE;
        R::decode(self.records.get(at..at + R::SIZE)?)
    }

    /// The rows of a code, in the order of the packed file.
    #[inline]
    pub(crate) fn rows(&self, id: CodeId) -> impl Iterator<Item = R> + '_ {
        self.records(id).filter_map(R::decode)
    }

    /// Every row.
    pub(crate) fn all(&self) -> impl Iterator<Item = R> + '_ {
        self.records.chunks_exact(R::SIZE).filter_map(R::decode)
    }

    /// The rows of a code as bytes.
    #[inline]
    pub(crate) fn records(&self, id: CodeId) -> impl Iterator<Item = &[u8]> {
        let range = self.range(id);
        let bytes = self.records.get(range.start * R::SIZE..range.end * R::SIZE);
        bytes.unwrap_or_default().chunks_exact(R::SIZE)
    }

    /// Whether a code has any row.
    #[inline]
    pub(crate) fn has(&self, id: CodeId) -> bool {
        !self.range(id).is_empty()
    }

    #[inline]
    pub(crate) fn first(&self, id: CodeId) -> Option<R> {
        let range = self.range(id);
        if range.is_empty() { None } else { self.row(range.start) }
    }
}
