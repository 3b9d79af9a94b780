//! Claims from X12 837 files: 837P (005010X222) and 837I (005010X223).
//!
//! [`Reader`] gives the claims of a file one by one, each with its [`Location`](cleanclaim::model::Location) and [`Note`]s, and an [`X12Error`] for what
//! is lost; [`Segments`] is the plain segment iterator below it.
//!
//! # What is read, and from where
//!
//! | of the claim | professional | institutional |
//! |---|---|---|
//! | identifier | CLM01 | CLM01 |
//! | form | ST03, else GS08, else ISA12 and CLM05-2 | the same |
//! | type of bill | | CLM05-1 and CLM05-3 |
//! | place of service | SV105, else CLM05-1 | |
//! | days of a line | DTP 472 of the line, else of the claim | the same, else the statement's |
//! | days of the statement | | DTP 434, else those of the lines, else DTP 435 (noted) |
//! | procedure, modifiers | SV101, qualifier HC or HP | SV202, the same; with none, the revenue code stands alone |
//! | revenue code | | SV201 |
//! | charge, quantity, what it counts | SV102, SV104, SV103 | SV203, SV205, SV204 |
//! | rendering provider | NM1 82 of the line, else of the claim, else the billing provider's NM1 85 | none: the facility |
//! | biller | by the taxonomy of PRV BI: 261QA1903X a surgical centre, 332B, 332H, 332S and 335E a supplier; without one, a supplier if every code is of equipment or supplies, which a note says | |
//! | patient status | | CL103 |
//! | diagnoses | HI ABK, ABF; BK, BF if the service is after ICD-9 | the same |
//! | diagnosis pointers | SV107; those to diagnoses that are left out are left out as well | |
//! | condition codes | | HI BG |
//! | patient | DMG of the patient's level, else of the subscriber's; the age is that on the first day | the same |
//! | payer | NM1 PR and SBR09 of the subscriber, by a [`PayerTable`] | the same |
//!
//! Line numbers are those of LX01 while they rise, else positions. A quantity counts `UN` units, `MJ` minutes, `DA` days or
//! `F2` international units; any other measure is noted and taken for units. A provider of whom the file names no National
//! Provider Identifier is left out and noted, and the billing provider does not stand for it. DTP 431, the onset of the
//! illness, is no date of service. What other payers of the patient (loops 2320 to 2330) say is passed over.
//!
//! # What files may look like
//!
//! The separators are those of each ISA. Between segments may be line ends or none; those within segments, of records of a
//! fixed width, are left out. A file may hold any number of
//! interchanges, groups, transactions, levels and claims. Segments that are not in the table are passed over. Where
//! components are parted by another byte than ISA16 says, as in some of the guides' own examples, CLM05 shows it. A release
//! character is taken from an ISX segment, or from [`Reader::with_release`]; this version of X12 has none.
//!
//! Only the guides of claims for payment are read: 005010X222 and X223 and their errata. Predeterminations, reports of claims
//! that were paid, dental claims, other versions and other transaction sets are named and counted.
//!
//! # Damage
//!
//! An error is about one claim, or one part of a file, and names its place; the rest is read on. An element that cannot be read
//! loses its line: the claim comes without it, with its number among
//! [`unread_lines`](cleanclaim::Claim::unread_lines), and an error behind the claim names the element. A charge that cannot be
//! read loses only itself. A claim is lost where its identifier, type of bill or frequency cannot be read, or no line is left.
//!
//! A claim counts as whole once the next claim, level or trailer follows. Where the file ends instead, it is whole if its lines
//! add up to its charge. What tells that segments, transactions or groups are lost, the counts and control numbers of trailers
//! and trailers that are missing, is an error of its own ([`Loss`]). Text outside of every interchange is an error.
//!
//! Where a CLM is lost, nothing of its claim goes into the claim before: neither what stands behind lines and belongs before
//! them (HI, CL1, DTP 434 and 435), nor lines behind those that are all that CLM02 charges. It is an error of its own.
//! Whole interchanges that are cut out leave no trace, as nothing in a file counts them. Nothing makes the reader panic.
//!
//! # Bounds
//!
//! Memory does not grow with the file. A claim has at most 999 lines ([`Reader::with_most_lines`]), 200 diagnoses and 200
//! condition codes; 50 problems ([`Problems::MOST`]) and 200 notes of it are kept, and the rest counted. A segment has at most
//! a megabyte, a text 256 bytes, CLM01 38 letters.
//!
//! # Privacy
//!
//! Of persons nothing is kept but the patient's age and sex. Messages name the segment and element and what would be valid;
//! a value stands in them only if its element identifies nobody (codes, modifiers, days of service, amounts, control numbers,
//! the claim's identifier) and it has the shape of such a value, as damage may put anything anywhere.
//!
//! # Why a reader of our own
//!
//! A claim needs the elements of about a dozen segments out of the hundreds of the guides. The typed libraries hold them
//! all: they read the whole transmission into memory as owned strings, and one segment that stands where the guide does not
//! foresee it loses the file, not the claim (`x12-types` 0.12 reads 21 of the 22 sample files of the guides; a second CRC
//! stops it. Its `log` feature `release_max_level_warn` would also silence the logs of every program that links it). The
//! generic ones (`edi` 0.4) read every sample, whole too, into a tree of segments, which leaves the work of this module to
//! be done. So: a segment iterator, and on it what the table says.

mod answers;
mod claim_loop;
mod envelopes;
mod error;
mod guide;
mod levels;
mod line_loop;
mod loss;
mod note;
mod payer_memory;
mod payer_name;
mod payer_rows;
mod payer_table;
mod problem;
mod reader;
mod remittance;
mod repeats;
mod segments;
mod separators;
mod shown;
mod start;
mod values;

pub use answers::ClaimInFile;
pub use error::{X12Error, X12ErrorKind};
pub use guide::Purpose;
pub use loss::Loss;
pub use note::Note;
pub use payer_rows::PayerTableError;
pub use payer_table::{Basis, PayerTable, Recognised};
pub use problem::{ElementProblem, Problems};
pub use reader::Reader;
pub use remittance::{
    Adjustment, AdjustmentGroup, Carc, ClaimPayment, ClaimStatus, Concern, LinePayment, Payment, Procedure,
    ProviderAdjustment, ProviderAdjustments, Rarc, Remittance, Remittances, example_remittance,
};
pub use repeats::Repeats;
pub use segments::{Segment, Segments};
pub use separators::Separators;

/// A small file of one made-up professional claim, to try things on.
///
/// ```
/// use cleanclaim_formats::x12::{Reader, example};
///
/// assert_eq!(Reader::new(example().as_bytes()).count(), 1);
/// ```
#[must_use]
pub fn example() -> String {
    [
        "ISA*00*          *00*          *ZZ*SENDER         *ZZ*RECEIVER       *240807*0900*^*00501*000000001*0*T*:",
        "GS*HC*SENDER*RECEIVER*20240807*0900*1*X*005010X222A1",
        "ST*837*0001*005010X222A1",
        "BHT*0019*00*1*20240807*0900*CH",
        "NM1*41*2*EXAMPLE BILLING*****46*1",
        "PER*IC*EXAMPLE*TE*5550000000",
        "NM1*40*2*EXAMPLE RECEIVER*****46*2",
        "HL*1**20*1",
        "NM1*85*2*EXAMPLE PRACTICE*****XX*1234567893",
        "N3*1 EXAMPLE STREET",
        "N4*EXAMPLE*CA*900010000",
        "REF*EI*000000000",
        "HL*2*1*22*0",
        "SBR*P*18*******MB",
        "NM1*IL*1*EXAMPLE*PAT****MI*1AA0AA0AA00",
        "DMG*D8*19540101*F",
        "NM1*PR*2*MEDICARE*****PI*01112",
        "CLM*A1*430***11:B:1*Y*A*Y*Y",
        "HI*ABK:G5761",
        "LX*1",
        "SV1*HC:64632:RT*310*UN*1***1",
        "DTP*472*D8*20240806",
        "LX*2",
        "SV1*HC:64455:59*120*UN*2***1",
        "DTP*472*D8*20240806",
        "SE*24*0001",
        "GE*1*1",
        "IEA*1*000000001",
        "",
    ]
    .join("~\n")
}
