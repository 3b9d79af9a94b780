//! The shape of a claim in JSON and its like, before and after anything is read out of it.
//!
//! Reading accepts any value in a field, right or wrong, so that all problems can be reported together.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{Error, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The value of a field. An object is read as `O`, the elements of a list as `I`.
#[derive(Debug, Clone, Default)]
pub(super) enum Wire<'a, O = Refused, I = Refused> {
    /// Nothing, or null.
    #[default]
    Absent,
    Text(Cow<'a, str>),
    Number(Number),
    Flag(bool),
    Object(O),
    List(Vec<I>),
}

/// A number as the format's reader gives it.
#[derive(Debug, Clone, Copy)]
pub(super) enum Number {
    Whole(u64),
    Negative(i64),
    /// Its shortest text is the decimal that was written, if that has at most 15 digits.
    Fraction(f64),
}

/// A value that cannot be used in its field: it is skipped.
#[derive(Debug, Clone)]
pub(super) struct Refused;

/// A field that takes only a text or a number.
pub(super) type Scalar<'a> = Wire<'a>;
pub(super) type Scalars<'a> = Wire<'a, Refused, Scalar<'a>>;
pub(super) type Lines<'a> = Wire<'a, Refused, Wire<'a, LineObject<'a>>>;

#[derive(Debug, Clone, Default, Deserialize, Serialize)]
#[serde(default)]
pub(super) struct ClaimObject<'a> {
    #[serde(borrow, skip_serializing_if = "Wire::is_absent")]
    pub(super) id: Scalar<'a>,
    #[serde(borrow, skip_serializing_if = "Wire::is_absent")]
    pub(super) form: Scalar<'a>,
    #[serde(borrow, skip_serializing_if = "Wire::is_absent")]
    pub(super) payer: Wire<'a, PayerObject<'a>>,
    #[serde(borrow, skip_serializing_if = "Wire::is_absent")]
    pub(super) biller: Scalar<'a>,
    #[serde(borrow, skip_serializing_if = "Wire::is_absent")]
    pub(super) bill_type: Scalar<'a>,
    #[serde(borrow, skip_serializing_if = "Wire::is_absent")]
    pub(super) from: Scalar<'a>,
    #[serde(borrow, skip_serializing_if = "Wire::is_absent")]
    pub(super) through: Scalar<'a>,
    #[serde(borrow, skip_serializing_if = "Wire::is_absent")]
    pub(super) site: Scalar<'a>,
    #[serde(borrow, skip_serializing_if = "Wire::is_absent")]
    pub(super) patient: Wire<'a, PatientObject<'a>>,
    #[serde(borrow, skip_serializing_if = "Wire::is_absent")]
    pub(super) patient_status: Scalar<'a>,
    #[serde(borrow, skip_serializing_if = "Wire::is_absent")]
    pub(super) diagnoses: Scalars<'a>,
    #[serde(borrow, skip_serializing_if = "Wire::is_absent")]
    pub(super) condition_codes: Scalars<'a>,
    #[serde(borrow, skip_serializing_if = "Wire::is_absent")]
    pub(super) frequency: Scalar<'a>,
    #[serde(borrow, skip_serializing_if = "Wire::is_absent")]
    pub(super) original_reference: Scalar<'a>,
    #[serde(borrow, skip_serializing_if = "Wire::is_absent")]
    pub(super) unread_lines: Scalars<'a>,
    #[serde(borrow, skip_serializing_if = "Wire::is_absent")]
    pub(super) lines: Lines<'a>,
}

#[derive(Debug, Clone, Default, Deserialize, Serialize)]
#[serde(default)]
pub(super) struct PayerObject<'a> {
    #[serde(borrow, skip_serializing_if = "Wire::is_absent")]
    pub(super) name: Scalar<'a>,
    #[serde(borrow, skip_serializing_if = "Wire::is_absent")]
    pub(super) licensee: Scalar<'a>,
    #[serde(borrow, skip_serializing_if = "Wire::is_absent")]
    pub(super) line_of_business: Scalar<'a>,
    #[serde(borrow, skip_serializing_if = "Wire::is_absent")]
    pub(super) state: Scalar<'a>,
}

#[derive(Debug, Clone, Default, Deserialize, Serialize)]
#[serde(default)]
pub(super) struct PatientObject<'a> {
    #[serde(borrow, skip_serializing_if = "Wire::is_absent")]
    pub(super) age: Scalar<'a>,
    #[serde(borrow, skip_serializing_if = "Wire::is_absent")]
    pub(super) sex: Scalar<'a>,
}

#[derive(Debug, Clone, Default, Deserialize, Serialize)]
#[serde(default)]
pub(super) struct LineObject<'a> {
    #[serde(borrow, skip_serializing_if = "Wire::is_absent")]
    pub(super) number: Scalar<'a>,
    #[serde(borrow, skip_serializing_if = "Wire::is_absent")]
    pub(super) date: Scalar<'a>,
    #[serde(borrow, skip_serializing_if = "Wire::is_absent")]
    pub(super) through: Scalar<'a>,
    #[serde(borrow, skip_serializing_if = "Wire::is_absent")]
    pub(super) code: Scalar<'a>,
    #[serde(borrow, skip_serializing_if = "Wire::is_absent")]
    pub(super) modifiers: Scalars<'a>,
    #[serde(borrow, skip_serializing_if = "Wire::is_absent")]
    pub(super) units: Scalar<'a>,
    #[serde(borrow, skip_serializing_if = "Wire::is_absent")]
    pub(super) measure: Scalar<'a>,
    #[serde(borrow, skip_serializing_if = "Wire::is_absent")]
    pub(super) site: Scalar<'a>,
    #[serde(borrow, skip_serializing_if = "Wire::is_absent")]
    pub(super) provider: Scalar<'a>,
    #[serde(borrow, skip_serializing_if = "Wire::is_absent")]
    pub(super) diagnosis_pointers: Scalars<'a>,
    #[serde(borrow, skip_serializing_if = "Wire::is_absent")]
    pub(super) revenue_code: Scalar<'a>,
    #[serde(borrow, skip_serializing_if = "Wire::is_absent")]
    pub(super) charge: Scalar<'a>,
}

// The names of the fields, for the error about an unknown one; a test compares them with the objects.
impl ClaimObject<'_> {
    pub(super) const FIELDS: &'static [&'static str] = &[
        "id",
        "form",
        "payer",
        "biller",
        "bill_type",
        "from",
        "through",
        "site",
        "patient",
        "patient_status",
        "diagnoses",
        "condition_codes",
        "frequency",
        "original_reference",
        "unread_lines",
        "lines",
    ];
}

impl PayerObject<'_> {
    pub(super) const FIELDS: &'static [&'static str] = &["name", "licensee", "line_of_business", "state"];
}

impl PatientObject<'_> {
    pub(super) const FIELDS: &'static [&'static str] = &["age", "sex"];
}

impl LineObject<'_> {
    pub(super) const FIELDS: &'static [&'static str] = &[
        "number",
        "date",
        "through",
        "code",
        "modifiers",
        "units",
        "measure",
        "site",
        "provider",
        "diagnosis_pointers",
        "revenue_code",
        "charge",
    ];
}

impl<O, I> Wire<'_, O, I> {
    pub(super) const fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }

    /// The value in words, for an error's text.
    pub(super) fn describe(&self) -> String {
        match self {
            Self::Absent => String::new(),
            Self::Text(text) => text.to_string(),
            Self::Number(number) => number.to_string(),
            Self::Flag(flag) => flag.to_string(),
            Self::Object(_) => "an object".to_owned(),
            Self::List(_) => "a list".to_owned(),
        }
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Whole(number) => number.fmt(f),
            Self::Negative(number) => number.fmt(f),
            Self::Fraction(number) => number.fmt(f),
        }
    }
}

impl<'de: 'a, 'a, O: Deserialize<'de>, I: Deserialize<'de>> Deserialize<'de> for Wire<'a, O, I> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(WireVisitor(PhantomData))
    }
}

struct WireVisitor<'a, O, I>(PhantomData<Wire<'a, O, I>>);

impl<'de: 'a, 'a, O: Deserialize<'de>, I: Deserialize<'de>> Visitor<'de> for WireVisitor<'a, O, I> {
    type Value = Wire<'a, O, I>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        Ok(Wire::Absent)
    }

    fn visit_none<E: Error>(self) -> Result<Self::Value, E> {
        Ok(Wire::Absent)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Wire::Text(Cow::Borrowed(text)))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Wire::Text(Cow::Owned(text.to_owned())))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Self::Value, E> {
        Ok(Wire::Number(Number::Whole(number)))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Self::Value, E> {
        Ok(Wire::Number(Number::Negative(number)))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Self::Value, E> {
        Ok(Wire::Number(Number::Fraction(number)))
    }

    fn visit_bool<E: Error>(self, flag: bool) -> Result<Self::Value, E> {
        Ok(Wire::Flag(flag))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        O::deserialize(MapAccessDeserializer::new(map)).map(Wire::Object)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<Self::Value, A::Error> {
        Vec::deserialize(SeqAccessDeserializer::new(list)).map(Wire::List)
    }
}

impl<O: Serialize, I: Serialize> Serialize for Wire<'_, O, I> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Absent => serializer.serialize_none(),
            Self::Text(text) => serializer.serialize_str(text),
            Self::Number(Number::Whole(number)) => serializer.serialize_u64(*number),
            Self::Number(Number::Negative(number)) => serializer.serialize_i64(*number),
            Self::Number(Number::Fraction(number)) => serializer.serialize_f64(*number),
            Self::Flag(flag) => serializer.serialize_bool(*flag),
            Self::Object(object) => object.serialize(serializer),
            Self::List(list) => list.serialize(serializer),
        }
    }
}

impl Serialize for Refused {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_none()
    }
}

impl<'de> Deserialize<'de> for Refused {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(RefusedVisitor)
    }
}

/// Reads over values field by field: serde's own way of ignoring them would have them reported as unknown fields.
struct RefusedVisitor;

impl<'de> Visitor<'de> for RefusedVisitor {
    type Value = Refused;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E: Error>(self) -> Result<Refused, E> {
        Ok(Refused)
    }

    fn visit_none<E: Error>(self) -> Result<Refused, E> {
        Ok(Refused)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Refused, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_str<E: Error>(self, _: &str) -> Result<Refused, E> {
        Ok(Refused)
    }

    fn visit_u64<E: Error>(self, _: u64) -> Result<Refused, E> {
        Ok(Refused)
    }

    fn visit_i64<E: Error>(self, _: i64) -> Result<Refused, E> {
        Ok(Refused)
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<Refused, E> {
        Ok(Refused)
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<Refused, E> {
        Ok(Refused)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Refused, A::Error> {
        while map.next_entry::<Cow<'_, str>, Refused>()?.is_some() {}
        Ok(Refused)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Refused, A::Error> {
        while list.next_element::<Refused>()?.is_some() {}
        Ok(Refused)
    }
}
