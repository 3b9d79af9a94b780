//! Remittances: what a payer answered, from X12 835 (005010X221).
//!
//! [`Remittances`] gives the claim payments and provider adjustments of a file one by one, in constant memory, beside the
//! reader of claims and with the same segments, envelopes and errors.
//!
//! | of the answer | from |
//! |---|---|
//! | payment: amount, method, date, trace number | BPR02, BPR04, BPR16, TRN02 |
//! | payer, payee | N1 PR, N1 PE (an NPI by XX) |
//! | claim: identifier, status, charge, paid, patient's share | CLP01 to CLP05 |
//! | filing indicator, payer's control number, facility, frequency | CLP06 to CLP09 |
//! | adjustments | CAS: a group and up to six reasons with amount and quantity |
//! | remarks | MIA, MOA, and LQ of qualifier HE |
//! | rendering provider | NM1 82, an NPI by XX |
//! | days | DTM 232 and 233 of the claim; DTM 472, or 150 and 151, of a line |
//! | line: procedure, modifiers, charge, paid, revenue code, units | SVC01 to SVC05 |
//! | what was sent where another code was paid | SVC06 |
//! | line's control number, allowed amount | REF 6R, AMT B6 |
//! | provider adjustments | PLB |
//!
//! Nothing of a patient is read: neither names nor identifiers. The version is not looked at, as the segments above are the
//! same in 004010.
//!
//! # Balance
//!
//! A claim's charge less its adjustments and those of its lines is what is paid for it; a line's likewise; and all claims of a
//! transaction less its provider adjustments make the payment (BPR02). Where that does not hold, the claim says so
//! ([`Note::Unbalanced`](super::Note::Unbalanced)), and of a transaction it is a [`Loss`](super::Loss): a claim may be lost.

mod claim;
mod codes;
mod levels;
mod reader;

use std::sync::Arc;

use cleanclaim::model::{
    DateRange, Frequency, Location, Modifiers, Money, Npi, ProcedureCode, RevenueCode, ServiceDate, Units,
};

use super::Note;

pub use codes::{AdjustmentGroup, Carc, ClaimStatus, Concern, Rarc};
pub use reader::Remittances;

/// One answer of a remittance.
///
/// ```
/// use cleanclaim_formats::x12::{Remittance, Remittances, example_remittance};
///
/// for answer in Remittances::new(example_remittance().as_bytes()) {
///     match answer? {
///         Remittance::Claim(claim) => println!("claim {}: {} of {}", claim.id, claim.paid, claim.charge),
///         Remittance::Provider(adjustments) => println!("{} adjustments", adjustments.amounts.len()),
///         _ => {}
///     }
/// }
/// # Ok::<(), cleanclaim_formats::x12::X12Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Remittance {
    /// What was paid for a claim.
    Claim(Box<ClaimPayment>),
    /// What was added to or taken from the payment beside all claims.
    Provider(Box<ProviderAdjustments>),
}

/// The payment that answers of one transaction stand in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Payment {
    /// What is paid in all, BPR02.
    pub amount: Option<Money>,
    /// How, BPR04: `CHK`, `ACH`, `NON` and others.
    pub method: Box<str>,
    /// When, BPR16.
    pub date: Option<ServiceDate>,
    /// The number of the check or transfer, TRN02.
    pub trace: Box<str>,
    /// The payer's name, N1 PR.
    pub payer: Box<str>,
    /// The payee's National Provider Identifier, N1 PE.
    pub payee: Option<Npi>,
}

/// What a payer answered to a claim.
///
/// ```
/// use cleanclaim_formats::x12::{Remittance, Remittances, example_remittance};
///
/// let first = Remittances::new(example_remittance().as_bytes()).next().unwrap()?;
/// let Remittance::Claim(claim) = first else { panic!("no claim") };
/// assert_eq!((&*claim.id, claim.status.code()), ("A1", 1));
/// assert_eq!(claim.lines[0].adjustments[0].reason.as_str(), "45");
/// # Ok::<(), cleanclaim_formats::x12::X12Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ClaimPayment {
    /// The identifier that the claim was sent with, CLP01.
    pub id: Box<str>,
    /// What was done with it.
    pub status: ClaimStatus,
    /// What was charged.
    pub charge: Money,
    /// What is paid; less than nothing where a payment is taken back.
    pub paid: Money,
    /// What the patient owes, if it is said.
    pub patient_share: Option<Money>,
    /// The claim filing indicator, CLP06, if it is said.
    pub filing_indicator: Box<str>,
    /// The payer's control number of the claim, CLP07.
    pub payer_control: Box<str>,
    /// The facility type or place of service, CLP08.
    pub facility: Box<str>,
    /// What the claim was to an earlier one, if it is said.
    pub frequency: Option<Frequency>,
    /// The days of the claim, if they are said.
    pub dates: Option<DateRange>,
    /// Who rendered it, if that is said by an NPI.
    pub rendering: Option<Npi>,
    /// Why the claim as a whole was not paid as charged.
    pub adjustments: Vec<Adjustment>,
    /// Remarks on the claim.
    pub remarks: Vec<Rarc>,
    /// Its lines; `None` if the payer answers to the whole.
    pub lines: Vec<LinePayment>,
    /// The payment that it is part of.
    pub payment: Arc<Payment>,
    /// Where its CLP stands.
    pub at: Location,
    /// What could be read, but is not as it should be.
    pub notes: Vec<Note>,
}

/// What a payer answered to a line.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct LinePayment {
    /// The procedure that was judged.
    pub procedure: Procedure,
    /// The procedure that was sent, where another was judged (SVC06).
    pub sent: Option<Procedure>,
    /// The revenue code.
    pub revenue_code: Option<RevenueCode>,
    /// What was charged.
    pub charge: Money,
    /// What is paid.
    pub paid: Money,
    /// What the payer allows, if it is said.
    pub allowed: Option<Money>,
    /// How many were paid, if it is said; one if not.
    pub units: Option<Units>,
    /// The days of service, if they are said; else they are the claim's.
    pub dates: Option<DateRange>,
    /// The number that the line was sent with (REF 6R); empty if it is not said.
    pub control: Box<str>,
    /// Why it was not paid as charged.
    pub adjustments: Vec<Adjustment>,
    /// Remarks on the line.
    pub remarks: Vec<Rarc>,
}

/// A procedure as a remittance names it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Procedure {
    /// The code, where the qualifier says that it is of HCPCS or CPT, or HIPPS.
    pub code: Option<ProcedureCode>,
    /// Its modifiers.
    pub modifiers: Modifiers,
}

/// A part of the charge that was not paid, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Adjustment {
    /// Who bears it.
    pub group: AdjustmentGroup,
    /// Why.
    pub reason: Carc,
    /// How much; less than nothing where more was paid than charged.
    pub amount: Money,
    /// How many units it takes away, if that is said; without their sign.
    pub quantity: Option<Units>,
}

/// What was added to or taken from a payment beside all claims: a PLB.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ProviderAdjustments {
    /// The provider's National Provider Identifier; `None` if it is another identifier.
    pub provider: Option<Npi>,
    /// The end of the provider's fiscal year.
    pub fiscal_year_end: Option<ServiceDate>,
    /// The adjustments. What is above nothing lessens the payment.
    pub amounts: Vec<ProviderAdjustment>,
    /// The payment that they are part of.
    pub payment: Arc<Payment>,
    /// Where the PLB stands.
    pub at: Location,
}

/// One of a provider's adjustments.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ProviderAdjustment {
    /// The reason, two letters or digits: `WO` overpayment recovery, `L6` interest, `72` an authorized return, and others.
    pub reason: Box<str>,
    /// The payer's reference; empty if there is none.
    pub reference: Box<str>,
    /// How much the payment is lessened by.
    pub amount: Money,
}

impl ClaimPayment {
    /// Every adjustment with the position of its line; none of those of the claim as a whole.
    ///
    /// ```
    /// use cleanclaim_formats::x12::{Remittance, Remittances, example_remittance};
    ///
    /// let first = Remittances::new(example_remittance().as_bytes()).next().unwrap()?;
    /// let Remittance::Claim(claim) = first else { panic!("no claim") };
    /// let lines: Vec<_> = claim.all_adjustments().map(|(line, _)| line).collect();
    /// assert_eq!(lines, [Some(0), Some(1)]);
    /// # Ok::<(), cleanclaim_formats::x12::X12Error>(())
    /// ```
    pub fn all_adjustments(&self) -> impl Iterator<Item = (Option<usize>, &Adjustment)> {
        let of_claim = self.adjustments.iter().map(|adjustment| (None, adjustment));
        let lines = self.lines.iter().enumerate();
        let of_lines = lines.flat_map(|(at, line)| line.adjustments.iter().map(move |one| (Some(at), one)));
        of_claim.chain(of_lines)
    }
}

/// A small made-up file of one payment for one claim, to try things on.
///
/// ```
/// use cleanclaim_formats::x12::{Remittances, example_remittance};
///
/// assert_eq!(Remittances::new(example_remittance().as_bytes()).count(), 2);
/// ```
#[must_use]
pub fn example_remittance() -> String {
    [
        "ISA*00*          *00*          *ZZ*PAYER          *ZZ*PRACTICE       *240901*0900*^*00501*000000001*0*T*:",
        "GS*HP*PAYER*PRACTICE*20240901*0900*1*X*005010X221A1",
        "ST*835*0001",
        "BPR*I*190*C*ACH*CCP*01*000000000*DA*0*1000000000**01*000000000*DA*0*20240901",
        "TRN*1*EFT1*1000000000",
        "DTM*405*20240831",
        "N1*PR*EXAMPLE PAYER",
        "N1*PE*EXAMPLE PRACTICE*XX*1234567893",
        "LX*1",
        "CLP*A1*1*430*200**MB*2024219000123*11*1",
        "NM1*QC*1*EXAMPLE*PAT****MI*1AA0AA0AA00",
        "NM1*82*1*EXAMPLE*DOC****XX*1234567893",
        "MOA***MA01",
        "SVC*HC:64632:RT*310*200**1",
        "DTM*472*20240806",
        "CAS*CO*45*110",
        "AMT*B6*200",
        "SVC*HC:64455:59*120*0**2",
        "DTM*472*20240806",
        "CAS*CO*97*120*2",
        "REF*6R*2",
        "LQ*HE*N20",
        "PLB*1234567893*20241231*WO:2024100000001*10",
        "SE*22*0001",
        "GE*1*1",
        "IEA*1*000000001",
        "",
    ]
    .join("~\n")
}
