use cleanclaim::model::Money;

use super::shown::quoted;

/// What tells that something of a file is lost: counts and control numbers of trailers that do not agree with what is there,
/// and trailers that are missing.
///
/// ```
/// use cleanclaim_formats::x12::{Loss, Reader, X12ErrorKind, example};
///
/// let file = example().replace("SE*24*", "SE*27*");
/// let error = Reader::new(file.as_bytes()).nth(1).unwrap().unwrap_err();
/// assert!(matches!(error.kind, X12ErrorKind::Lost(Loss::Segments { stated: 27, read: 24 })));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum Loss {
    /// The transaction has other than the number of segments that its SE says.
    #[error("the transaction has {read} segments, but SE01 says {stated}: check that none is lost")]
    Segments {
        /// SE01.
        stated: u64,
        /// As many as there are.
        read: u64,
    },
    /// The group has other than the number of transactions that its GE says.
    #[error("transactions of the group: {read}, but GE01 says {stated}: check that none is lost")]
    Transactions {
        /// GE01.
        stated: u64,
        /// As many as there are.
        read: u64,
    },
    /// The interchange has other than the number of groups that its IEA says.
    #[error("groups of the interchange: {read}, but IEA01 says {stated}: check that none is lost")]
    Groups {
        /// IEA01.
        stated: u64,
        /// As many as there are.
        read: u64,
    },
    /// A trailer's control number is not that of the header that it should close: what stands between may be lost.
    #[error(
        "{trailer} {}is not the control number {}of its header: check that nothing is lost between",
        quoted(stated),
        quoted(header)
    )]
    ControlNumber {
        /// SE02, GE02 or IEA02.
        trailer: &'static str,
        /// What the trailer says; empty where it is no control number.
        stated: String,
        /// What the header says; empty where it is no control number.
        header: String,
    },
    /// A trailer stands where nothing is open.
    #[error(
        "{trailer} {}closes nothing that was opened: check that nothing is lost before it",
        quoted(stated)
    )]
    ClosesNothing {
        /// SE02, GE02 or IEA02.
        trailer: &'static str,
        /// What the trailer says; empty where it is no control number.
        stated: String,
    },
    /// The claims of a remittance less the adjustments of providers do not make its payment.
    #[error("the claims less provider adjustments make {sum}, but BPR02 says {stated}: check that none is lost")]
    Payment {
        /// BPR02.
        stated: Money,
        /// What the answers make.
        sum: Money,
    },
    /// The transaction is not closed by an SE before the next header or trailer: claims may be lost at its end.
    #[error("the transaction is not closed by an SE: check that no claim is lost at its end")]
    TransactionNotClosed,
    /// The group is not closed by a GE before the next group or the interchange's end: transactions may be lost.
    #[error("the group is not closed by a GE: check that no transaction is lost at its end")]
    GroupNotClosed,
    /// The interchange is not closed by an IEA: what followed may be lost.
    #[error("the interchange is not closed by an IEA: check that nothing is lost at its end")]
    InterchangeNotClosed,
}

impl Loss {
    /// Whether it tells of the inside of one transaction.
    pub(super) fn is_of_transaction(&self) -> bool {
        match self {
            Self::Segments { .. } | Self::Payment { .. } | Self::TransactionNotClosed => true,
            Self::ControlNumber { trailer, .. } | Self::ClosesNothing { trailer, .. } => *trailer == "SE02",
            _ => false,
        }
    }
}
