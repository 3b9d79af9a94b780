use cleanclaim::model::{Frequency, Money, PatientStatus, PayerName, TypeOfBill};

use super::shown::quoted;

/// Something about a claim that whoever sends it should know, though it could be read.
///
/// Values stand in it only where they identify nobody, and payers' names.
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
#[derive(Clone, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum Note {
    /// Nothing says who the payer is; the claim has it under `Other`.
    #[error("payer `{name}` (`{id}`) not recognised: no payer's policy is applied to this claim")]
    PayerNotRecognised {
        /// NM103; empty if the payer is a person.
        name: String,
        /// NM109; empty if it is no payer's identifier.
        id: String,
    },
    /// The claim filing indicator and the payer's name say different things.
    #[error("claim filing indicator SBR09 `{indicator}` does not go with payer `{name}`: check which is meant")]
    FilingIndicator {
        /// SBR09.
        indicator: String,
        /// NM103.
        name: String,
    },
    /// Nothing but the claim filing indicator says who the payer is.
    #[error(
        "payer `{name}` is taken for {} by claim filing indicator SBR09 `{indicator}` alone: check that it is",
        payer.title()
    )]
    PayerByIndicator {
        /// SBR09.
        indicator: String,
        /// NM103, which says nothing; it may be empty.
        name: String,
        /// Whom it is taken for.
        payer: PayerName,
    },
    /// Nothing but the identifier says who the payer is.
    #[error("payer `{name}` is taken for {} by its identifier `{id}` alone: check that it is", payer.title())]
    PayerById {
        /// NM109.
        id: String,
        /// NM103, which says nothing.
        name: String,
        /// Whom it is taken for.
        payer: PayerName,
    },
    /// The payer's identifier is that of another than its name says; the name counts.
    #[error("payer `{name}` has the identifier `{id}`, which is that of {}: check which is meant", payer.title())]
    PayerIdOfAnother {
        /// NM109.
        id: String,
        /// NM103.
        name: String,
        /// Whose the identifier is.
        payer: PayerName,
    },
    /// The components are parted by another byte than ISA16 says; they were taken apart by the one that is there.
    #[error("components are parted by `{used}`, but ISA16 says `{said}`: a payer would reject the file")]
    ComponentSeparator {
        /// What ISA16 says.
        said: char,
        /// What the claim uses.
        used: char,
    },
    /// Only the codes of the lines say who bills: all are of equipment, supplies, prosthetics or orthotics.
    #[error(
        "no taxonomy (PRV BI) says who bills, and every code is of equipment or supplies: taken for a supplier's claim, and not \
         held against the tables for practitioners"
    )]
    SupplierByCodes,
    /// A replacement or a void that does not say which claim it is about.
    #[error(
        "CLM05-3 is `{frequency}`, but REF F8, the payer's number of the original claim, is missing: a payer cannot find what \
         it is to {}", if frequency.is_void() { "void" } else { "replace" }
    )]
    OriginalReferenceMissing {
        /// CLM05-3.
        frequency: Frequency,
    },
    /// A line's code is of a code set that the guide has, but that nothing here judges; the line is not evaluated.
    #[error(
        "line {line}: the qualifier `{qualifier}` is that of a code set that is not judged: the line is not evaluated"
    )]
    CodeSetNotJudged {
        /// The line's number.
        line: u32,
        /// SV101-1 or SV202-1: ER, IV or WK.
        qualifier: &'static str,
    },
    /// A line's quantity has a measure that the guides do not have; it is taken for units of service.
    #[error(
        "line {line}: the quantity's measure {}is not UN, MJ, DA or F2: taken for units of service",
        quoted(measure)
    )]
    MeasureNotKnown {
        /// The line's number.
        line: u32,
        /// SV103 or SV204.
        measure: String,
    },
    /// Diagnosis pointers that are not up to four positions from 1 to 12; the line points to no diagnosis.
    #[error(
        "line {line}: the diagnosis pointers {}are not up to four positions from 1 to 12: left out",
        quoted(value)
    )]
    PointersLeftOut {
        /// The line's number.
        line: u32,
        /// SV107.
        value: String,
    },
    /// A line has a second date of service; the first counts.
    #[error(
        "line {line}: a second date of service {}is left out: check that no line is lost before it",
        quoted(value)
    )]
    SecondDate {
        /// The line's number.
        line: u32,
        /// DTP03 of the second.
        value: String,
    },
    /// A line points to a diagnosis of a position at which the claim has none; it is left out.
    #[error("line {line}: diagnosis pointer `{pointer}` points to no diagnosis of the claim: left out")]
    PointerWithoutDiagnosis {
        /// The line's number.
        line: u32,
        /// The position.
        pointer: u8,
    },
    /// A line says no charge; it has none.
    #[error("line {line}: {element} is missing: no charge")]
    LineChargeMissing {
        /// The line's number.
        line: u32,
        /// SV102 or SV203.
        element: &'static str,
    },
    /// A line charges less than nothing, which no claim may.
    #[error("line {line}: {element} is {charge}, less than nothing: a payer would reject the claim")]
    NegativeCharge {
        /// The line's number.
        line: u32,
        /// SV102 or SV203.
        element: &'static str,
        /// What it charges.
        charge: Money,
    },
    /// The claim charges less than nothing.
    #[error("CLM02 is {charge}, less than nothing: a payer would reject the claim")]
    NegativeClaimCharge {
        /// CLM02.
        charge: Money,
    },
    /// The claim's charge is missing or no amount, so that the lines cannot be held against it.
    #[error(
        "CLM02 {}is not an amount with at most two decimals: a lost line would not show",
        quoted(value)
    )]
    ClaimChargeNotRead {
        /// CLM02; empty if there is none.
        value: String,
    },
    /// The type of bill stands in CLM05-1, and not in CLM05-1 and CLM05-3.
    #[error(
        "CLM05 {}is not a facility type of two digits and a frequency, such as `13:A:1`: taken for type of bill {taken}",
        quoted(value)
    )]
    BillTypeInOne {
        /// CLM05.
        value: String,
        /// What it is taken for.
        taken: TypeOfBill,
    },
    /// A patient status of one digit; it is taken for one with a zero before it.
    #[error("patient status CL103 {}is not two digits: taken for {taken}", quoted(value))]
    PatientStatusPadded {
        /// CL103.
        value: String,
        /// What it is taken for.
        taken: PatientStatus,
    },
    /// A patient status that is not two letters or digits.
    #[error("patient status CL103 {}is not two letters or digits: left out", quoted(value))]
    PatientStatusLeftOut {
        /// CL103.
        value: String,
    },
    /// More lines than the guide of professional claims has room for; the claim has them all.
    #[error("the claim has {given} lines, but an 837P may have {most}: a payer would reject it; split the claim")]
    TooManyLines {
        /// How many there are.
        given: usize,
        /// How many there may be.
        most: usize,
    },
    /// More diagnoses than a claim of its form may have; the claim has them all.
    #[error("the claim has {given} diagnoses, but may have {most}: a payer would reject it")]
    TooManyDiagnoses {
        /// How many there are.
        given: u8,
        /// How many there may be.
        most: u8,
    },
    /// A condition code that is not two letters or digits.
    #[error("condition code {}is not two letters or digits: left out", quoted(value))]
    ConditionCodeLeftOut {
        /// The code.
        value: String,
    },
    /// A rendering provider without a National Provider Identifier of ten digits; the claim's lines have none.
    #[error("the rendering provider NM109 has no National Provider Identifier of ten digits: left out")]
    ProviderLeftOut,
    /// A diagnosis code that a claim cannot hold: no ICD-10-CM code by its qualifier, its date or its shape.
    #[error("diagnosis {position} {}is not taken for ICD-10-CM: left out", quoted(value))]
    DiagnosisLeftOut {
        /// Its position among those given, from 1.
        position: u8,
        /// The code.
        value: String,
    },
    /// The patient's birth date cannot be one; the claim has no age.
    #[error("the birth date DMG02 is not a day as CCYYMMDD before the service, at most 130 years: left out")]
    BirthDateLeftOut,
    /// A sex that is not F, M or U; the claim has none.
    #[error("the sex DMG03 is not F, M or U: left out")]
    SexLeftOut,
    /// Diagnoses or other codes stand behind the loop of another payer, where a claim's own cannot; they are read.
    #[error(
        "HI (segment {segment}) stands behind another payer's loop (2320): read; a payer would reject it, put it before SBR"
    )]
    BehindOtherPayer {
        /// The number of the segment in the file, from 1.
        segment: u64,
    },
    /// A segment of the claim stands behind its lines, where none may; nothing of it is read. It may be another claim's,
    /// whose CLM is lost.
    #[error("{id} (segment {segment}) stands behind the claim's lines: left out; check that no CLM is lost before it")]
    BehindLines {
        /// The segment's id.
        id: &'static str,
        /// Its number in the file, from 1.
        segment: u64,
    },
    /// A rendering provider before lines of another claim whose CLM is lost: it may be either claim's, and is left out.
    #[error("line {line}: the rendering provider after it may be that of the next claim, whose CLM is lost: left out")]
    ProviderOfNextClaim {
        /// The line's number.
        line: u32,
    },
    /// Two lines have one number (LX01), or one has none; they are numbered by their position.
    #[error("the line numbers in LX01 are not all different: lines are numbered by position")]
    Renumbered,
    /// The claim has no statement dates (DTP 434): those of its lines, or of the admission, stand for them.
    #[error("statement dates (DTP 434) are missing: those of lines or admission taken")]
    StatementDates,
    /// The lines do not add up to the charge of the claim (CLM02): one may be lost.
    #[error("the lines add up to {lines}, but CLM02 says {stated}: check that no line is lost")]
    Charges {
        /// CLM02.
        stated: Money,
        /// The sum of the lines.
        lines: Money,
    },
    /// The file ends without closing the transaction. The claim's lines add up to its charge, so it is taken as whole.
    #[error("the file ends without SE: the claim is taken as whole, as its lines add up")]
    NotClosed,
    /// Segments of another claim follow without a CLM, lines behind all that is charged, or what stands before lines; they
    /// are left out, and reported as an error of their own.
    #[error(
        "segments of another claim follow without a CLM: left out; if these lines are of this claim, CLM02 is too low"
    )]
    NextClaimLost,
    /// An earlier interchange of the run has the same sender and control number.
    #[error("interchange `{control}` of this sender was met before: a payer would reject the copy, or pay twice")]
    InterchangeRepeated {
        /// ISA13.
        control: String,
    },
    /// An earlier claim of the run is the same in all that is read of it.
    #[error("the same claim was met before: a payer would deny the copy as a duplicate")]
    ClaimRepeated,
    /// The charge less the adjustments is not what a remittance says to be paid: an adjustment or a line may be lost.
    #[error("{}the charge less the adjustments is not what is paid: check that nothing of it is lost", match line {
        Some(line) => format!("line {line}: "),
        None => String::new(),
    })]
    Unbalanced {
        /// The line's position, from 1; none of the claim as a whole.
        line: Option<u32>,
    },
    /// A remark of a remittance that is no remark code.
    #[error("a remark is not M, MA or N and digits: left out")]
    RemarkLeftOut,
    /// More notes than are kept of a claim.
    #[error("{count} more notes of this claim are not shown")]
    More {
        /// How many.
        count: u64,
    },
}

/// The notes of a claim in the making: the first of them, and how many more there are.
#[derive(Clone, Debug, Default)]
pub(super) struct Notes {
    kept: Vec<Note>,
    more: usize,
}

impl Notes {
    /// More notes than any claim gives reason for, so that memory stays bounded whatever the file holds.
    const MOST: usize = 200;

    pub(super) fn push(&mut self, note: Note) {
        if self.kept.len() < Self::MOST {
            self.kept.push(note);
        } else {
            self.more += 1;
        }
    }

    pub(super) fn count(&self) -> usize {
        self.kept.len() + self.more
    }

    /// Leaves out those behind the first so many.
    pub(super) fn truncate(&mut self, count: usize) {
        self.more = self.more.min(count.saturating_sub(self.kept.len()));
        self.kept.truncate(count);
    }

    pub(super) fn into_vec(self) -> Vec<Note> {
        let Self { mut kept, more } = self;
        if more > 0 {
            kept.push(Note::More { count: more as u64 });
        }
        kept
    }
}

impl Extend<Note> for Notes {
    fn extend<T: IntoIterator<Item = Note>>(&mut self, notes: T) {
        notes.into_iter().for_each(|note| self.push(note));
    }
}
