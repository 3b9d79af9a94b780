use std::fmt;
use std::str::FromStr;

use serde::de::value::MapAccessDeserializer;
use serde::de::{Error, MapAccess, Visitor};
use serde::ser::SerializeStruct;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{ParseError, State, closed_set, serde_as_text};

closed_set! {
    what: "a payer";
    /// Who pays, by name.
    ///
    /// Read in any case; `bcbs`, `uhc` and `united-healthcare` are read too.
    ///
    /// ```
    /// use cleanclaim::model::PayerName;
    ///
    /// assert_eq!("BCBS".parse::<PayerName>()?, PayerName::BlueCrossBlueShield);
    /// assert_eq!(PayerName::BlueCrossBlueShield.to_string(), "blue-cross-blue-shield");
    /// # Ok::<(), cleanclaim::model::ParseError>(())
    /// ```
    #[strum(ascii_case_insensitive)]
    #[non_exhaustive]
    pub enum PayerName {
        /// Medicare fee-for-service.
        #[strum(to_string = "medicare")]
        Medicare,
        /// A state's Medicaid programme.
        #[strum(to_string = "medicaid")]
        Medicaid,
        /// Aetna.
        #[strum(to_string = "aetna")]
        Aetna,
        /// A Blue Cross or Blue Shield plan; which one, the licensee says.
        #[strum(to_string = "blue-cross-blue-shield", serialize = "bcbs")]
        BlueCrossBlueShield,
        /// Cigna.
        #[strum(to_string = "cigna")]
        Cigna,
        /// UnitedHealthcare.
        #[strum(to_string = "unitedhealthcare", serialize = "united-healthcare", serialize = "uhc")]
        UnitedHealthcare,
        /// Any other payer.
        #[strum(to_string = "other")]
        Other,
    }
}

impl PayerName {
    /// The name as it is written in a sentence.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Medicare => "Medicare",
            Self::Medicaid => "Medicaid",
            Self::Aetna => "Aetna",
            Self::BlueCrossBlueShield => "Blue Cross Blue Shield",
            Self::Cigna => "Cigna",
            Self::UnitedHealthcare => "UnitedHealthcare",
            Self::Other => "another payer",
        }
    }
}

closed_set! {
    what: "a line of business";
    /// Under which kind of plan a payer pays.
    ///
    /// ```
    /// use cleanclaim::model::LineOfBusiness;
    ///
    /// assert_eq!("medicare-advantage".parse::<LineOfBusiness>()?, LineOfBusiness::MedicareAdvantage);
    /// # Ok::<(), cleanclaim::model::ParseError>(())
    /// ```
    #[strum(serialize_all = "kebab-case", ascii_case_insensitive)]
    #[non_exhaustive]
    pub enum LineOfBusiness {
        /// A plan of an employer or a private person.
        Commercial,
        /// Medicare Part C.
        MedicareAdvantage,
        /// Managed Medicaid.
        Medicaid,
        /// A plan of a health insurance exchange.
        Exchange,
        /// The Federal Employees Health Benefits programme.
        FederalEmployee,
        /// Any other.
        Other,
    }
}

serde_as_text!(PayerName, LineOfBusiness);

/// Who pays the claim: the name, and where it matters the licensee, the line of business and the state.
///
/// The text is the name, then `/` and the licensee, then `+` and the line of business, then `+` and the state, as in
/// `blue-cross-blue-shield/Anthem+commercial+CT`; before a state, or after a licensee that itself holds a `+`, a `+` that
/// nothing follows says that there is no line of business. Serde's form is the name alone as a text, or an object with
/// `name`, `licensee`, `line_of_business` and `state`; the whole text is read too.
///
/// ```
/// use cleanclaim::model::{LineOfBusiness, Payer, PayerName};
///
/// let plan = Payer::new(PayerName::BlueCrossBlueShield)
///     .with_licensee("ND")
///     .with_line_of_business(LineOfBusiness::Commercial);
/// assert_eq!(plan.to_string(), "blue-cross-blue-shield/ND+commercial");
/// assert_eq!("bcbs/ND+commercial".parse::<Payer>()?, plan);
/// # Ok::<(), cleanclaim::model::ParseError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub struct Payer {
    /// The payer's name.
    pub name: PayerName,
    /// Which licensee of the name, in the plan's own words: plans of one name differ.
    pub licensee: Option<Box<str>>,
    /// Under which kind of plan.
    pub line_of_business: Option<LineOfBusiness>,
    /// The state of the plan, where its policies differ by state.
    pub state: Option<State>,
}

impl Payer {
    /// The payer of this name, without licensee or line of business.
    #[must_use]
    pub const fn new(name: PayerName) -> Self {
        Self {
            name,
            licensee: None,
            line_of_business: None,
            state: None,
        }
    }

    /// Medicare fee-for-service.
    #[must_use]
    pub const fn medicare() -> Self {
        Self::new(PayerName::Medicare)
    }

    /// The same payer with this licensee.
    #[must_use]
    pub fn with_licensee(mut self, licensee: impl Into<Box<str>>) -> Self {
        self.licensee = Some(licensee.into());
        self
    }

    /// The same payer with this line of business.
    #[must_use]
    pub fn with_line_of_business(mut self, line_of_business: LineOfBusiness) -> Self {
        self.line_of_business = Some(line_of_business);
        self
    }

    /// The same payer with this state.
    #[must_use]
    pub fn with_state(mut self, state: State) -> Self {
        self.state = Some(state);
        self
    }
}

impl From<PayerName> for Payer {
    fn from(name: PayerName) -> Self {
        Self::new(name)
    }
}

impl FromStr for Payer {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        // The state follows the line of business, even an empty one.
        let (rest, state) = match text.rsplit_once('+').map(|(rest, tail)| (rest, tail.parse())) {
            Some((rest, Ok(state))) if rest.contains('+') => (rest, Some(state)),
            _ => (text, None),
        };
        let (name, licensee, line_of_business) = match rest.split_once('/') {
            Some((name, rest)) => match rest.rsplit_once('+') {
                Some((licensee, line)) => (name, Some(licensee), line),
                None => (name, Some(rest), ""),
            },
            None => match rest.split_once('+') {
                // Only before a state or after a licensee may the line of business be empty.
                Some((name, line)) if state.is_none() => {
                    return Ok(Self::new(name.parse()?).with_line_of_business(line.parse()?));
                }
                Some((name, line)) => (name, None, line),
                None => (rest, None, ""),
            },
        };
        Ok(Self {
            name: name.parse()?,
            licensee: licensee.map(Into::into),
            line_of_business: if line_of_business.is_empty() {
                None
            } else {
                Some(line_of_business.parse()?)
            },
            state,
        })
    }
}

impl fmt::Display for Payer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.name)?;
        if let Some(licensee) = &self.licensee {
            write!(f, "/{licensee}")?;
        }
        let holds_plus = self.licensee.as_ref().is_some_and(|licensee| licensee.contains('+'));
        match self.line_of_business {
            Some(line) => write!(f, "+{line}")?,
            None if holds_plus || self.state.is_some() => f.write_str("+")?,
            None => {}
        }
        self.state.map_or(Ok(()), |state| write!(f, "+{state}"))
    }
}

impl Serialize for Payer {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let fields = 1
            + usize::from(self.licensee.is_some())
            + usize::from(self.line_of_business.is_some())
            + usize::from(self.state.is_some());
        if fields == 1 {
            return self.name.serialize(serializer);
        }
        let mut object = serializer.serialize_struct("Payer", fields)?;
        object.serialize_field("name", &self.name)?;
        if let Some(licensee) = &self.licensee {
            object.serialize_field("licensee", licensee)?;
        }
        if let Some(line) = self.line_of_business {
            object.serialize_field("line_of_business", &line)?;
        }
        if let Some(state) = self.state {
            object.serialize_field("state", &state)?;
        }
        object.end()
    }
}

impl<'de> Deserialize<'de> for Payer {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(PayerVisitor)
    }
}

struct PayerVisitor;

impl<'de> Visitor<'de> for PayerVisitor {
    type Value = Payer;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a payer's name, or an object with `name`, `licensee`, `line_of_business` and `state`")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Payer, E> {
        text.parse().map_err(E::custom)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Payer, A::Error> {
        let PayerObject {
            name,
            licensee,
            line_of_business,
            state,
        } = PayerObject::deserialize(MapAccessDeserializer::new(map))?;
        Ok(Payer {
            name,
            licensee,
            line_of_business,
            state,
        })
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PayerObject {
    name: PayerName,
    licensee: Option<Box<str>>,
    line_of_business: Option<LineOfBusiness>,
    state: Option<State>,
}
