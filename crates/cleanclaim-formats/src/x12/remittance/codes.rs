//! The codes of a remittance, typed.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;
use std::sync::LazyLock;

use cleanclaim::model::ParseError;

/// The codes of the list with what is said of them; see the head of the file.
const LIST: &str = include_str!("../../../data/carc.csv");

/// A claim adjustment reason code (CARC): why an amount was not paid as charged.
///
/// ```
/// use cleanclaim_formats::x12::{Carc, Concern};
///
/// let carc: Carc = "97".parse()?;
/// assert_eq!(carc.words(), Some("included in what is paid for another service"));
/// assert_eq!(carc.concern(), Some(Concern::Bundling));
/// assert!(carc.is_listed() && "9999".parse::<Carc>().is_err());
/// # Ok::<(), cleanclaim::model::ParseError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Carc([u8; 3]);

/// What a reason is about, by what has to be mended: our own grouping.
///
/// ```
/// use cleanclaim_formats::x12::Concern;
///
/// assert_eq!(Concern::Timeliness.as_str(), "timeliness");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Concern {
    /// Codes, modifiers, sites, units and what they say together.
    Coding,
    /// A service that is paid with another.
    Bundling,
    /// Information, documents and identifiers that are missing or wrong.
    Information,
    /// Medical necessity.
    Necessity,
    /// Authorizations and referrals.
    Authorization,
    /// Coverage of the patient, and its limits.
    Eligibility,
    /// Limits of time.
    Timeliness,
    /// Other payers, duplicates.
    Coordination,
    /// Whether the provider may do or bill it.
    Provider,
    /// How much is paid, by contract, schedule or law.
    Payment,
    /// What the patient pays.
    PatientShare,
}

impl Concern {
    /// All of them.
    pub const ALL: [Self; 11] = [
        Self::Coding,
        Self::Bundling,
        Self::Information,
        Self::Necessity,
        Self::Authorization,
        Self::Eligibility,
        Self::Timeliness,
        Self::Coordination,
        Self::Provider,
        Self::Payment,
        Self::PatientShare,
    ];

    /// Its name in lower case.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Coding => "coding",
            Self::Bundling => "bundling",
            Self::Information => "information",
            Self::Necessity => "necessity",
            Self::Authorization => "authorization",
            Self::Eligibility => "eligibility",
            Self::Timeliness => "timeliness",
            Self::Coordination => "coordination",
            Self::Provider => "provider",
            Self::Payment => "payment",
            Self::PatientShare => "patient share",
        }
    }
}

/// What the list says of a code.
#[derive(Clone, Copy, Debug)]
struct Listed {
    is_active: bool,
    concern: Option<Concern>,
    words: &'static str,
}

fn list() -> &'static BTreeMap<Carc, Listed> {
    static CODES: LazyLock<BTreeMap<Carc, Listed>> = LazyLock::new(|| LIST.lines().filter_map(listed).collect());
    &CODES
}

/// A row of the list; `None` of its head.
fn listed(line: &'static str) -> Option<(Carc, Listed)> {
    let mut cells = line.splitn(4, ',');
    let code = Carc::try_new(cells.next()?.as_bytes())?;
    let is_active = match cells.next()? {
        "yes" => true,
        "no" => false,
        _ => return None,
    };
    let concern = cells.next()?;
    let listed = Listed {
        is_active,
        concern: Concern::ALL.into_iter().find(|known| known.as_str() == concern),
        words: cells.next()?.trim_matches('"'),
    };
    Some((code, listed))
}

impl Carc {
    /// The code of one to three letters or digits; `None` of any other text.
    pub(super) fn try_new(text: &[u8]) -> Option<Self> {
        short(text).map(Self)
    }

    /// The code.
    #[must_use]
    pub fn as_str(&self) -> &str {
        shown(&self.0)
    }

    /// Whether the list has it.
    #[must_use]
    pub fn is_listed(self) -> bool {
        list().contains_key(&self)
    }

    /// Whether the list has it as one in use.
    #[must_use]
    pub fn is_active(self) -> bool {
        list().get(&self).is_some_and(|listed| listed.is_active)
    }

    /// What it says, in our own words; none of a code that the list lacks or that we say nothing of.
    #[must_use]
    pub fn words(self) -> Option<&'static str> {
        list()
            .get(&self)
            .map(|listed| listed.words)
            .filter(|words| !words.is_empty())
    }

    /// What it is about; none of a code that is in no group.
    #[must_use]
    pub fn concern(self) -> Option<Concern> {
        list().get(&self)?.concern
    }
}

/// A remittance advice remark code (RARC): more on a reason, or a notice of its own. Which there are is a list of its own, and
/// not here: any code of its shape is taken, a letter M or N and digits, with A behind the M.
///
/// ```
/// use cleanclaim_formats::x12::Rarc;
///
/// let remark: Rarc = "MA130".parse()?;
/// assert_eq!(remark.as_str(), "MA130");
/// # Ok::<(), cleanclaim::model::ParseError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rarc([u8; 5]);

impl Rarc {
    pub(super) fn try_new(text: &[u8]) -> Option<Self> {
        let digits = text
            .strip_prefix(b"MA")
            .or(text.strip_prefix(b"M"))
            .or(text.strip_prefix(b"N"))?;
        let is_number = matches!(digits.len(), 1..=4) && digits.iter().all(u8::is_ascii_digit);
        let code: Option<[u8; 5]> = short(text);
        code.filter(|_| is_number).map(Self)
    }

    /// The code.
    #[must_use]
    pub fn as_str(&self) -> &str {
        shown(&self.0)
    }
}

/// Who bears an adjustment: the group code of a CAS.
///
/// ```
/// use cleanclaim_formats::x12::AdjustmentGroup;
///
/// assert_eq!("PR".parse::<AdjustmentGroup>()?, AdjustmentGroup::Patient);
/// # Ok::<(), cleanclaim::model::ParseError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum AdjustmentGroup {
    /// CO: the provider, by contract or law.
    Contractual,
    /// CR: a correction of an earlier answer.
    Correction,
    /// OA: nobody of the others.
    Other,
    /// PI: the payer finds so, without a contract.
    PayerInitiated,
    /// PR: the patient.
    Patient,
}

impl AdjustmentGroup {
    /// The two letters.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Contractual => "CO",
            Self::Correction => "CR",
            Self::Other => "OA",
            Self::PayerInitiated => "PI",
            Self::Patient => "PR",
        }
    }
}

/// What a payer did with a claim: CLP02.
///
/// ```
/// use cleanclaim_formats::x12::ClaimStatus;
///
/// assert!("4".parse::<ClaimStatus>()?.is_denied());
/// assert!("22".parse::<ClaimStatus>()?.is_reversal());
/// # Ok::<(), cleanclaim::model::ParseError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ClaimStatus(u8);

impl ClaimStatus {
    pub(super) fn try_new(text: &[u8]) -> Option<Self> {
        let number = match *text {
            [digit] if digit.is_ascii_digit() => digit - b'0',
            [ten, one] if ten.is_ascii_digit() && one.is_ascii_digit() => (ten - b'0') * 10 + (one - b'0'),
            _ => return None,
        };
        (number > 0).then_some(Self(number))
    }

    /// The number.
    #[must_use]
    pub const fn code(self) -> u8 {
        self.0
    }

    /// 4: denied. A claim whose every line is denied may also come as processed, with nothing paid.
    #[must_use]
    pub const fn is_denied(self) -> bool {
        self.0 == 4
    }

    /// 22: an earlier payment is taken back; its amounts are the earlier ones with the other sign.
    #[must_use]
    pub const fn is_reversal(self) -> bool {
        self.0 == 22
    }

    /// 25: no payment, only what it would be.
    #[must_use]
    pub const fn is_predetermination(self) -> bool {
        self.0 == 25
    }

    /// 19, 20, 21 and 23: sent on to another payer, or not this payer's.
    #[must_use]
    pub const fn is_forwarded(self) -> bool {
        matches!(self.0, 19..=21 | 23)
    }
}

macro_rules! text {
    ($($name:ident, $what:literal, $expected:literal, $read:expr, $shown:expr;)+) => {$(
        impl FromStr for $name {
            type Err = ParseError;

            fn from_str(text: &str) -> Result<Self, ParseError> {
                let read: fn(&[u8]) -> Option<Self> = $read;
                read(text.trim().as_bytes()).ok_or_else(|| ParseError::new($what, text, $expected))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                let shown: fn(&Self) -> String = $shown;
                f.pad(&shown(self))
            }
        }
    )+};
}

text! {
    Carc, "a claim adjustment reason code", "one to three letters or digits", Self::try_new, |code| code.as_str().to_owned();
    Rarc, "a remark code", "M, MA or N and digits", Self::try_new, |code| code.as_str().to_owned();
    ClaimStatus, "a claim status", "a number of one or two digits", Self::try_new, |status| status.0.to_string();
    AdjustmentGroup, "an adjustment group", "CO, CR, OA, PI or PR", AdjustmentGroup::try_new, |group| group.code().to_owned();
}

impl AdjustmentGroup {
    pub(super) fn try_new(text: &[u8]) -> Option<Self> {
        let all = [
            Self::Contractual,
            Self::Correction,
            Self::Other,
            Self::PayerInitiated,
            Self::Patient,
        ];
        all.into_iter()
            .find(|group| group.code().as_bytes().eq_ignore_ascii_case(text))
    }
}

macro_rules! debug_as_text {
    ($($name:ident)+) => {$(
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self)
            }
        }
    )+};
}

debug_as_text! { Carc Rarc }

/// A code of letters and digits in upper case, with zero bytes behind it.
fn short<const N: usize>(text: &[u8]) -> Option<[u8; N]> {
    if text.is_empty() || text.len() > N || !text.iter().all(u8::is_ascii_alphanumeric) {
        return None;
    }
    let mut code = [0; N];
    for (place, byte) in code.iter_mut().zip(text) {
        *place = byte.to_ascii_uppercase();
    }
    Some(code)
}

fn shown(code: &[u8]) -> &str {
    let end = code.iter().position(|&byte| byte == 0).unwrap_or(code.len());
    code.get(..end)
        .and_then(|text| std::str::from_utf8(text).ok())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_read_whole() {
        let rows = LIST.lines().filter(|line| !line.starts_with('#')).count();
        assert_eq!(list().len(), rows - 1);
        assert!(list().len() > 400);
        let concern = |code: &str| code.parse::<Carc>().unwrap().concern();
        assert_eq!(concern("4"), Some(Concern::Coding));
        assert_eq!(concern("29"), Some(Concern::Timeliness));
        assert_eq!(concern("1"), Some(Concern::PatientShare));
        let named: Vec<&str> = LIST.lines().skip(4).filter_map(|line| line.split(',').nth(2)).collect();
        let known = |name: &&str| name.is_empty() || Concern::ALL.iter().any(|concern| concern.as_str() == *name);
        assert!(named.iter().all(known));
    }

    #[test]
    fn codes_have_their_shapes() {
        for (text, is_code) in [
            ("M1", true),
            ("MA130", true),
            ("N1234", true),
            ("N", false),
            ("X1", false),
            ("MARY", false),
        ] {
            assert_eq!(text.parse::<Rarc>().is_ok(), is_code, "{text}");
        }
        assert_eq!("b15".parse::<Carc>().unwrap().to_string(), "B15");
        assert!("0".parse::<ClaimStatus>().is_err());
    }
}
