use std::fmt;
use std::iter::FusedIterator;
use std::num::NonZeroU16;
use std::str::FromStr;

use serde::de::{Error, SeqAccess, Visitor};
use serde::ser::SerializeSeq;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{ParseError, serde_as_text};

/// A modifier of a procedure code: any two ASCII letters or digits, upper case.
///
/// Lower case is taken as upper. Whether the modifier exists on a date is a question to the reference data. Two bytes, as
/// is `Option<Modifier>`. The order is that of the texts.
///
/// ```
/// use cleanclaim::{model::Modifier, modifier};
///
/// let distinct: Modifier = "xs".parse()?;
/// assert_eq!(distinct, modifier!("XS"));
/// assert_eq!(distinct.as_str(), "XS");
/// # Ok::<(), cleanclaim::model::ParseError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Modifier(
    /// One more than the index, so that zero is left for `None`.
    NonZeroU16,
);

/// The characters of a modifier in their order.
const ALPHABET: [u8; 36] = *b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

/// The texts of all the modifiers, one after the other.
const TEXTS: &str = {
    const BYTES: [u8; 2 * Modifier::COUNT] = texts();
    match std::str::from_utf8(&BYTES) {
        Ok(texts) => texts,
        Err(_) => "",
    }
};

#[allow(
    clippy::indexing_slicing,
    reason = "evaluated by the compiler, never when the program runs"
)]
const fn texts() -> [u8; 2 * Modifier::COUNT] {
    let mut texts = [0; 2 * Modifier::COUNT];
    let mut index = 0;
    while index < Modifier::COUNT {
        texts[2 * index] = ALPHABET[index / 36];
        texts[2 * index + 1] = ALPHABET[index % 36];
        index += 1;
    }
    texts
}

impl Modifier {
    /// How many modifiers can be written: 36 times 36.
    pub const COUNT: usize = 1296;

    /// The modifier of this text, or `None` if it is not two ASCII letters or digits.
    #[must_use]
    pub const fn try_new(text: &str) -> Option<Self> {
        let [first, second] = *text.as_bytes() else { return None };
        match (place(first), place(second)) {
            (Some(first), Some(second)) => Self::from_index((first * 36 + second) as usize),
            _ => None,
        }
    }

    /// A number below [`COUNT`](Self::COUNT) that no other modifier has, in the order of the texts.
    #[must_use]
    #[inline]
    pub const fn index(self) -> usize {
        (self.0.get() - 1) as usize
    }

    /// The modifier with this [`index`](Self::index), or `None` if the index is not below [`COUNT`](Self::COUNT).
    #[must_use]
    pub const fn from_index(index: usize) -> Option<Self> {
        if index >= Self::COUNT {
            return None;
        }
        match NonZeroU16::new(index as u16 + 1) {
            Some(number) => Some(Self(number)),
            None => None,
        }
    }

    /// The two characters, upper case.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        let start = 2 * self.index();
        TEXTS.get(start..start + 2).unwrap_or_default()
    }
}

/// The index of an ASCII letter or digit in [`ALPHABET`], case folded.
const fn place(byte: u8) -> Option<u16> {
    match byte {
        b'0'..=b'9' => Some((byte - b'0') as u16),
        b'A'..=b'Z' => Some((byte - b'A') as u16 + 10),
        b'a'..=b'z' => Some((byte - b'a') as u16 + 10),
        _ => None,
    }
}

impl FromStr for Modifier {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        Self::try_new(text).ok_or_else(|| ParseError::new("a modifier", text, "two ASCII letters or digits"))
    }
}

impl fmt::Display for Modifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for Modifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Modifier({})", self.as_str())
    }
}

serde_as_text!(Modifier);

/// A [`Modifier`](crate::model::Modifier) written in the source: a text that is none does not compile.
///
/// ```
/// use cleanclaim::modifier;
///
/// assert_eq!(modifier!("RT").as_str(), "RT");
/// ```
/// ```compile_fail
/// cleanclaim::modifier!("R");
/// ```
#[macro_export]
macro_rules! modifier {
    ($text:literal) => {
        const {
            #[allow(
                clippy::panic,
                reason = "evaluated by the compiler, never when the program runs"
            )]
            let Some(modifier) = $crate::model::Modifier::try_new($text) else {
                panic!("not a modifier: expected two ASCII letters or digits")
            };
            modifier
        }
    };
}

/// The modifiers of a claim line in their order: the first four, and whether more were given.
///
/// A line of the CMS-1500, the 837P and the 837I holds four, so that only four are ever looked at. Eight bytes, no heap.
/// The order compares the modifiers one by one. The text joins them with `-`, and ends in `+` if more than four were
/// given; serde's form is the list of the modifiers, with a `"+"` after the fourth if more were given.
///
/// ```
/// use cleanclaim::{model::Modifiers, modifier};
///
/// let modifiers: Modifiers = "RT-59".parse()?;
/// assert_eq!(modifiers.len(), 2);
/// assert!(modifiers.contains(modifier!("59")));
/// assert_eq!(modifiers.with(modifier!("GA")).to_string(), "RT-59-GA");
/// assert!(Modifiers::none().is_empty());
/// # Ok::<(), cleanclaim::model::ParseError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Modifiers(
    /// Four lanes of 16 bits, the first modifier in the highest, each twice the modifier's number or zero, filled from
    /// the first on. That leaves bit 0 of the last lane to say that more were given, and makes the order of the numbers
    /// the order of the lists.
    u64,
);

/// The lowest bit of each lane.
const LANES: u64 = 0x0001_0001_0001_0001;
/// The bit that says that more than four were given.
const MORE: u64 = 1;
/// The bits of one number, after shifting its slot down.
const NUMBER: u16 = 0x7FFF;

impl Modifiers {
    /// How many modifiers are kept.
    pub const CAPACITY: usize = 4;

    /// No modifier.
    #[must_use]
    pub const fn none() -> Self {
        Self(0)
    }

    /// The first four of these modifiers, and whether there were more.
    #[must_use]
    pub fn new<I: IntoIterator<Item = Modifier>>(modifiers: I) -> Self {
        modifiers.into_iter().fold(Self::none(), Self::with)
    }

    /// These and one more at the end. If there are four already, this is only remembered as more being given.
    #[must_use]
    pub const fn with(self, modifier: Modifier) -> Self {
        let length = self.len();
        if length == Self::CAPACITY {
            return Self(self.0 | MORE);
        }
        Self(self.0 | (lane(modifier) << (48 - 16 * length)))
    }

    /// The modifiers in their order, at most four.
    #[inline]
    pub const fn iter(&self) -> ModifiersIter {
        ModifiersIter(self.0 & !MORE)
    }

    /// The four slots: each modifier's [index](Modifier::index) plus one, or 0 for an empty slot.
    #[inline]
    pub(crate) fn places(self) -> [u16; 4] {
        let lane = |shift: u32| (self.0 >> shift) as u16 & NUMBER;
        [lane(49), lane(33), lane(17), lane(1)]
    }

    /// How many are kept, 0 to 4.
    #[must_use]
    #[inline]
    pub const fn len(self) -> usize {
        let lanes = self.0 & !MORE;
        if lanes == 0 {
            0
        } else {
            4 - (lanes.trailing_zeros() / 16) as usize
        }
    }

    /// Whether there is none.
    #[must_use]
    #[inline]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether there are two or more.
    #[inline]
    pub(crate) const fn are_several(self) -> bool {
        self.0 & (0xFFFF << 32) != 0
    }

    /// Whether the modifier is one of the (at most four) that are kept.
    #[must_use]
    #[inline]
    pub const fn contains(self, modifier: Modifier) -> bool {
        // A lane that equals the modifier becomes zero; the rest is the usual test for a word with a zero lane.
        let differences = (self.0 & !MORE) ^ (lane(modifier) * LANES);
        differences.wrapping_sub(LANES) & !differences & (LANES << 15) != 0
    }

    /// Whether more than four modifiers were given.
    #[must_use]
    #[inline]
    pub const fn more_were_given(self) -> bool {
        self.0 & MORE != 0
    }
}

const fn lane(modifier: Modifier) -> u64 {
    (modifier.0.get() as u64) << 1
}

/// The modifiers of a line in their order, from [`Modifiers::iter`].
///
/// ```
/// use cleanclaim::{model::Modifiers, modifier};
///
/// let modifiers = Modifiers::new([modifier!("RT"), modifier!("59")]);
/// assert_eq!(modifiers.iter().last(), Some(modifier!("59")));
/// ```
#[derive(Clone, Debug)]
pub struct ModifiersIter(u64);

impl Iterator for ModifiersIter {
    type Item = Modifier;

    #[inline]
    fn next(&mut self) -> Option<Modifier> {
        let number = NonZeroU16::new((self.0 >> 49) as u16)?;
        self.0 <<= 16;
        Some(Modifier(number))
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        let length = Modifiers(self.0).len();
        (length, Some(length))
    }
}

impl ExactSizeIterator for ModifiersIter {}
impl FusedIterator for ModifiersIter {}

impl IntoIterator for Modifiers {
    type Item = Modifier;
    type IntoIter = ModifiersIter;

    #[inline]
    fn into_iter(self) -> ModifiersIter {
        self.iter()
    }
}

impl IntoIterator for &Modifiers {
    type Item = Modifier;
    type IntoIter = ModifiersIter;

    #[inline]
    fn into_iter(self) -> ModifiersIter {
        self.iter()
    }
}

impl FromIterator<Modifier> for Modifiers {
    fn from_iter<I: IntoIterator<Item = Modifier>>(modifiers: I) -> Self {
        Self::new(modifiers)
    }
}

impl FromStr for Modifiers {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        let (list, more) = match text.strip_suffix('+') {
            Some(list) => (list, true),
            None => (text, false),
        };
        let mut modifiers = Self::none();
        if !list.is_empty() {
            for modifier in list.split('-') {
                modifiers = modifiers.with(modifier.parse()?);
            }
        }
        if more && modifiers.len() < Self::CAPACITY {
            return Err(ParseError::new(
                "a list of modifiers",
                text,
                "four modifiers before the `+`",
            ));
        }
        Ok(if more { Self(modifiers.0 | MORE) } else { modifiers })
    }
}

impl fmt::Display for Modifiers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, modifier) in self.iter().enumerate() {
            if place > 0 {
                f.write_str("-")?;
            }
            f.write_str(modifier.as_str())?;
        }
        if self.more_were_given() {
            f.write_str("+")
        } else {
            Ok(())
        }
    }
}

impl fmt::Debug for Modifiers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Modifiers({self})")
    }
}

impl Serialize for Modifiers {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let more = self.more_were_given();
        let mut list = serializer.serialize_seq(Some(self.len() + usize::from(more)))?;
        for modifier in self {
            list.serialize_element(&modifier)?;
        }
        if more {
            list.serialize_element("+")?;
        }
        list.end()
    }
}

impl<'de> Deserialize<'de> for Modifiers {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_seq(ModifierList)
    }
}

struct ModifierList;

impl<'de> Visitor<'de> for ModifierList {
    type Value = Modifiers;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of modifiers")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Modifiers, A::Error> {
        let mut modifiers = Modifiers::none();
        while let Some(element) = list.next_element::<Element>()? {
            modifiers = match element {
                Element::Modifier(modifier) => modifiers.with(modifier),
                Element::More if modifiers.len() == Modifiers::CAPACITY => Modifiers(modifiers.0 | MORE),
                Element::More => return Err(A::Error::custom("expected four modifiers before the `+`")),
            };
        }
        Ok(modifiers)
    }
}

/// An element of serde's form of a list of modifiers.
enum Element {
    Modifier(Modifier),
    More,
}

impl FromStr for Element {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        if text == "+" {
            Ok(Self::More)
        } else {
            text.parse().map(Self::Modifier)
        }
    }
}

impl<'de> Deserialize<'de> for Element {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(super::text::Text(std::marker::PhantomData))
    }
}
