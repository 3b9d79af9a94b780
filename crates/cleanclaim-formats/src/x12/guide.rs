//! What a version and a transaction set say of the transactions under them.

use cleanclaim::claim::FormKind;

/// How the transactions of a version are taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Guide {
    /// Claims for payment, of this form if the version tells it.
    Claims(Option<FormKind>),
    /// Anything else.
    Other {
        /// The version, where it has the shape of one.
        version: Box<str>,
        purpose: Purpose,
    },
}

/// What an implementation guide that is not for payment is for.
///
/// ```
/// use cleanclaim_formats::x12::{Purpose, Reader, X12ErrorKind, example};
///
/// let file = example().replace("005010X222A1", "005010X291");
/// let error = Reader::new(file.as_bytes()).next().unwrap().unwrap_err();
/// assert!(matches!(error.kind, X12ErrorKind::Version { purpose: Purpose::Predetermination, claims: 1, .. }));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Purpose {
    /// Dental claims (005010X224).
    Dental,
    /// What would be paid is asked before the service (005010X291 and X292).
    Predetermination,
    /// Claims that were paid are reported to others (005010X298, X299 and X300).
    PostAdjudicated,
    /// Claims of a version of X12 other than 005010.
    OtherVersion,
    /// Not known.
    NotKnown,
}

impl Purpose {
    /// What the guide is for, and what would be read.
    pub(super) const fn text(self) -> &'static str {
        match self {
            Self::Dental => "is for dental claims, which are not read: expected 005010X222A1 or 005010X223A2",
            Self::Predetermination => {
                "asks for a predetermination, and is no claim for payment: expected 005010X222A1 or 005010X223A2"
            }
            Self::PostAdjudicated => {
                "reports claims that were paid, and is no claim for payment: expected 005010X222A1 or 005010X223A2"
            }
            Self::OtherVersion => "is not supported: ask for 005010",
            Self::NotKnown => "is no guide for claims that is known: expected 005010X222A1 or 005010X223A2",
        }
    }
}

impl Guide {
    /// By the version as ST03, GS08 or ISA12 say it. One that names no guide leaves the form open.
    pub(super) fn of_version(version: &[u8]) -> Self {
        let Some(after) = version
            .strip_prefix(b"005010")
            .or_else(|| version.strip_prefix(b"00501"))
        else {
            return if version.is_empty() {
                Self::Claims(None)
            } else {
                Self::other(version, Purpose::OtherVersion)
            };
        };
        match after.get(..4) {
            Some(b"X222") => Self::Claims(Some(FormKind::Professional)),
            Some(b"X223") => Self::Claims(Some(FormKind::Institutional)),
            Some(b"X224") => Self::other(version, Purpose::Dental),
            Some(b"X291" | b"X292") => Self::other(version, Purpose::Predetermination),
            Some(b"X298" | b"X299" | b"X300") => Self::other(version, Purpose::PostAdjudicated),
            _ if after.is_empty() => Self::Claims(None),
            _ => Self::other(version, Purpose::NotKnown),
        }
    }

    fn other(version: &[u8], purpose: Purpose) -> Self {
        let is_version = version.len() <= 14
            && version.first().is_some_and(u8::is_ascii_digit)
            && version.iter().all(u8::is_ascii_alphanumeric);
        let shown = if is_version {
            String::from_utf8_lossy(version)
        } else {
            "".into()
        };
        Self::Other {
            version: shown.into(),
            purpose,
        }
    }
}

/// What a transaction set other than that of claims is, by ST01; nothing of one that is not met beside claims.
pub(super) fn transaction_set(set: &str) -> &'static str {
    match set {
        "270" => "an eligibility inquiry",
        "271" => "an eligibility answer",
        "276" => "a claim status inquiry",
        "277" => "a claim status answer or claim acknowledgment (277CA)",
        "278" => "a request for authorization, or its answer",
        "820" => "a premium payment",
        "824" => "an application advice",
        "834" => "an enrollment",
        "835" => "a remittance: read it with `Remittances`",
        "837" => "claims",
        "997" | "999" => "an acknowledgment of transactions",
        _ => "a transaction set that is not known here",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn guides() {
        let purpose = |version: &str| match Guide::of_version(version.as_bytes()) {
            Guide::Claims(_) => None,
            Guide::Other { purpose, .. } => Some(purpose),
        };
        for payment in [
            "005010X222",
            "005010X222A1",
            "005010X222A2",
            "005010X223A3",
            "005010",
            "00501",
            "",
        ] {
            assert_eq!(purpose(payment), None, "{payment}");
        }
        for (version, expected) in [
            ("005010X224A2", Purpose::Dental),
            ("005010X291", Purpose::Predetermination),
            ("005010X292A1", Purpose::Predetermination),
            ("005010X298", Purpose::PostAdjudicated),
            ("005010X299A1", Purpose::PostAdjudicated),
            ("005010X300A1", Purpose::PostAdjudicated),
            ("005010X231A1", Purpose::NotKnown),
            ("004010X098A1", Purpose::OtherVersion),
            ("008020X323", Purpose::OtherVersion),
            ("SMITH", Purpose::OtherVersion),
        ] {
            assert_eq!(purpose(version), Some(expected), "{version}");
        }
    }
}
