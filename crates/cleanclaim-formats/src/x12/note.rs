use std::fmt;

use cleanclaim::model::{Money, PatientStatus, PayerName, TypeOfBill};

/// Something about a claim that whoever sends it should know, though it could be read.
///
/// ```
/// use cleanclaim_formats::x12::{Note, Reader, example};
///
/// let file = example().replace("SBR*P*18*******MB", "SBR*P*18*******CI").replace("MEDICARE", "KEY INSURANCE");
/// let found = Reader::new(file.as_bytes()).next().unwrap()?;
/// assert_eq!(
///     found.notes[0].to_string(),
///     "payer `KEY INSURANCE` (`01112`) not recognised: no payer's policy is applied to this claim",
/// );
/// # Ok::<(), cleanclaim_formats::x12::X12Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Note {
    /// Nothing says who the payer is; the claim has it under `Other`.
    PayerNotRecognised {
        /// NM103.
        name: String,
        /// NM109.
        id: String,
    },
    /// The claim filing indicator and the payer's name say different things.
    FilingIndicator {
        /// SBR09.
        indicator: String,
        /// NM103.
        name: String,
    },
    /// Nothing but the claim filing indicator says who the payer is.
    PayerByIndicator {
        /// SBR09.
        indicator: String,
        /// NM103, which says nothing; it may be empty.
        name: String,
        /// Whom it is taken for.
        payer: PayerName,
    },
    /// Nothing but the identifier says who the payer is.
    PayerById {
        /// NM109.
        id: String,
        /// NM103, which says nothing.
        name: String,
        /// Whom it is taken for.
        payer: PayerName,
    },
    /// The payer's identifier is that of another than its name says; the name counts.
    PayerIdOfAnother {
        /// NM109.
        id: String,
        /// NM103.
        name: String,
        /// Whose the identifier is.
        payer: PayerName,
    },
    /// The components are parted by another byte than ISA16 says; they were taken apart by the one that is there.
    ComponentSeparator {
        /// What ISA16 says.
        said: char,
        /// What the claim uses.
        used: char,
    },
    /// A line's quantity has a measure that the guides do not have; it is taken for units of service.
    MeasureNotKnown {
        /// The line's number.
        line: u32,
        /// SV103 or SV204.
        measure: String,
    },
    /// Diagnosis pointers that are not up to four positions from 1 to 12; the line points to no diagnosis.
    PointersLeftOut {
        /// The line's number.
        line: u32,
        /// SV107.
        value: String,
    },
    /// A line has a second date of service; the first counts.
    SecondDate {
        /// The line's number.
        line: u32,
        /// DTP03 of the second.
        value: String,
    },
    /// A line points to a diagnosis of a position at which the claim has none; it is left out.
    PointerWithoutDiagnosis {
        /// The line's number.
        line: u32,
        /// The position.
        pointer: u8,
    },
    /// A line says no charge; it has none.
    LineChargeMissing {
        /// The line's number.
        line: u32,
        /// SV102 or SV203.
        element: &'static str,
    },
    /// The claim's charge is missing or no amount, so that the lines cannot be held against it.
    ClaimChargeNotRead {
        /// CLM02; empty if there is none.
        value: String,
    },
    /// The type of bill stands in CLM05-1, and not in CLM05-1 and CLM05-3.
    BillTypeInOne {
        /// CLM05.
        value: String,
        /// What it is taken for.
        taken: TypeOfBill,
    },
    /// A patient status that is not two letters or digits; a single digit is taken for one with a zero before it.
    PatientStatus {
        /// CL103.
        value: String,
        /// What it is taken for; none if it is left out.
        taken: Option<PatientStatus>,
    },
    /// More diagnoses than a claim of its form may have; the claim has them all.
    TooManyDiagnoses {
        /// How many there are.
        given: u8,
        /// How many there may be.
        most: u8,
    },
    /// A condition code that is not two letters or digits.
    ConditionCodeLeftOut {
        /// The qualifier and the code.
        value: String,
    },
    /// A rendering provider without a National Provider Identifier of ten digits; the claim's lines have none.
    ProviderLeftOut {
        /// NM109; empty if there is none.
        value: String,
    },
    /// A diagnosis code that a claim cannot hold: no ICD-10-CM code by its qualifier, its date or its shape.
    DiagnosisLeftOut {
        /// The qualifier and the code.
        value: String,
    },
    /// The patient's birth date cannot be one; the claim has no age.
    BirthDateLeftOut {
        /// DMG02.
        value: String,
    },
    /// A sex that is not F, M or U; the claim has none.
    SexLeftOut {
        /// DMG03.
        value: String,
    },
    /// A segment of the claim stands behind its lines, where none may; nothing of it is read. It may be another claim's,
    /// whose CLM is lost.
    BehindLines {
        /// The segment's id.
        id: String,
        /// Its number in the file, from 1.
        segment: u64,
    },
    /// A rendering provider before lines of another claim whose CLM is lost: it may be either claim's, and is left out.
    ProviderOfNextClaim {
        /// The line's number.
        line: u32,
    },
    /// Two lines have one number (LX01), or one has none; they are numbered by their position.
    Renumbered,
    /// The claim has no statement dates (DTP 434): those of its lines, or of the admission, stand for them.
    StatementDates,
    /// The lines do not add up to the charge of the claim (CLM02): one may be lost.
    Charges {
        /// CLM02.
        stated: Money,
        /// The sum of the lines.
        lines: Money,
    },
    /// The transaction has other than the number of segments that its SE says: some were lost or put in.
    SegmentCount {
        /// SE01.
        stated: u64,
        /// As many as there are.
        read: u64,
    },
    /// The group has other than the number of transactions that its GE says: some were lost or put in.
    TransactionCount {
        /// GE01.
        stated: u64,
        /// As many as there are.
        read: u64,
    },
    /// The interchange has other than the number of groups that its IEA says: some were lost or put in.
    GroupCount {
        /// IEA01.
        stated: u64,
        /// As many as there are.
        read: u64,
    },
    /// A trailer's control number is not that of the header that it should close: what stands between may be lost.
    ControlNumber {
        /// SE02, GE02 or IEA02.
        trailer: &'static str,
        /// What the trailer says.
        stated: String,
        /// What the header says; empty if there is none.
        header: String,
    },
    /// The transaction is not closed by an SE before the next header or trailer: claims may be lost at its end.
    TransactionNotClosed,
    /// The group is not closed by a GE before the next group or the interchange's end: transactions may be lost.
    GroupNotClosed,
    /// The interchange is not closed by an IEA: what followed this claim may be lost.
    InterchangeNotClosed,
    /// The file ends without closing the transaction. The claim's lines add up to its charge, so it is taken as whole.
    NotClosed,
    /// Segments of another claim follow without a CLM, lines behind all that is charged, or what stands before lines; they
    /// are left out, and reported as an error of their own.
    NextClaimLost,
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::PayerNotRecognised { name, id } => write!(
                f,
                "payer `{name}` (`{id}`) not recognised: no payer's policy is applied to this claim"
            ),
            Self::FilingIndicator { indicator, name } => write!(
                f,
                "claim filing indicator SBR09 `{indicator}` does not go with payer `{name}`: check which is meant"
            ),
            Self::PayerByIndicator { indicator, name, payer } => write!(
                f,
                "payer `{name}` is taken for {} by claim filing indicator SBR09 `{indicator}` alone: check that it is",
                payer.title()
            ),
            Self::PayerById { id, name, payer } => write!(
                f,
                "payer `{name}` is taken for {} by its identifier `{id}` alone: check that it is",
                payer.title()
            ),
            Self::PayerIdOfAnother { id, name, payer } => write!(
                f,
                "payer `{name}` has the identifier `{id}`, which is that of {}: check which is meant",
                payer.title()
            ),
            Self::ComponentSeparator { said, used } => write!(
                f,
                "components are parted by `{used}`, but ISA16 says `{said}`: a payer would reject the file"
            ),
            Self::MeasureNotKnown { line, measure } => write!(
                f,
                "line {line}: the quantity's measure is `{measure}`, not UN, MJ, DA or F2: taken for units of service"
            ),
            Self::PointersLeftOut { line, value } => write!(
                f,
                "line {line}: the diagnosis pointers `{value}` are not up to four positions from 1 to 12: left out"
            ),
            Self::SecondDate { line, value } => {
                write!(
                    f,
                    "line {line}: a second date of service `{value}` is left out: check that no line is lost before it"
                )
            }
            Self::PointerWithoutDiagnosis { line, pointer } => write!(
                f,
                "line {line}: diagnosis pointer `{pointer}` points to no diagnosis of the claim: left out"
            ),
            Self::LineChargeMissing { line, element } => write!(f, "line {line}: {element} is missing: no charge"),
            Self::ClaimChargeNotRead { value } => write!(
                f,
                "CLM02 `{value}` is not an amount with at most two decimals: a lost line would not show"
            ),
            Self::BillTypeInOne { value, taken } => write!(
                f,
                "CLM05 `{value}` is not a facility type of two digits and a frequency, such as `13:A:1`: taken for type of \
                 bill {taken}"
            ),
            Self::PatientStatus {
                value,
                taken: Some(taken),
            } => {
                write!(f, "patient status CL103 `{value}` is not two digits: taken for {taken}")
            }
            Self::PatientStatus { value, taken: None } => {
                write!(
                    f,
                    "patient status CL103 `{value}` is not two letters or digits: left out"
                )
            }
            Self::TooManyDiagnoses { given, most } => {
                write!(
                    f,
                    "the claim has {given} diagnoses, but may have {most}: a payer would reject it"
                )
            }
            Self::ConditionCodeLeftOut { value } => {
                write!(f, "condition code `{value}` is not two letters or digits: left out")
            }
            Self::ProviderLeftOut { value } => write!(
                f,
                "rendering provider `{value}` has no National Provider Identifier of ten digits: left out"
            ),
            Self::DiagnosisLeftOut { value } => {
                write!(f, "diagnosis `{value}` is not taken for ICD-10-CM: left out")
            }
            Self::BirthDateLeftOut { value } => {
                write!(
                    f,
                    "birth date `{value}` is not a day as CCYYMMDD before the service, at most 130 years: left out"
                )
            }
            Self::SexLeftOut { value } => write!(f, "sex DMG03 `{value}` is not F, M or U: left out"),
            Self::BehindLines { id, segment } => write!(
                f,
                "{id} (segment {segment}) stands behind the claim's lines: left out; check that no CLM is lost before it"
            ),
            Self::ProviderOfNextClaim { line } => write!(
                f,
                "line {line}: the rendering provider after it may be that of the next claim, whose CLM is lost: left out"
            ),
            Self::Renumbered => {
                f.write_str("the line numbers in LX01 are not all different: lines are numbered by position")
            }
            Self::StatementDates => {
                f.write_str("statement dates (DTP 434) are missing: those of lines or admission taken")
            }
            Self::Charges { stated, lines } => write!(
                f,
                "the lines add up to {lines}, but CLM02 says {stated}: check that no line is lost"
            ),
            Self::SegmentCount { stated, read } => write!(
                f,
                "the transaction has {read} segments, but SE01 says {stated}: check that none is lost"
            ),
            Self::TransactionCount { stated, read } => write!(
                f,
                "transactions of the group: {read}, but GE01 says {stated}: check that none is lost"
            ),
            Self::GroupCount { stated, read } => write!(
                f,
                "groups of the interchange: {read}, but IEA01 says {stated}: check that none is lost"
            ),
            Self::ControlNumber {
                trailer,
                stated,
                header,
            } if header.is_empty() => {
                write!(
                    f,
                    "{trailer} `{stated}` closes nothing that was opened: check that nothing is lost before it"
                )
            }
            Self::ControlNumber {
                trailer,
                stated,
                header,
            } => write!(
                f,
                "{trailer} `{stated}` is not the control number `{header}` of its header: check that nothing is lost between"
            ),
            Self::TransactionNotClosed => {
                f.write_str("the transaction is not closed by an SE: check that no claim is lost at its end")
            }
            Self::GroupNotClosed => {
                f.write_str("the group is not closed by a GE: check that no transaction is lost at its end")
            }
            Self::InterchangeNotClosed => {
                f.write_str("the interchange is not closed by an IEA: check that nothing is lost at its end")
            }
            Self::NotClosed => {
                f.write_str("the file ends without SE: the claim is taken as whole, as its lines add up")
            }
            Self::NextClaimLost => f.write_str(
                "segments of another claim follow without a CLM: left out; if these lines are of this claim, CLM02 is too low",
            ),
        }
    }
}
