//! Reads the reference files that CMS publishes, untouched as downloaded, into the tables of [`cleanclaim`].
//!
//! [`collect`] takes files and folders, finds out what each file is by its content, merges what belongs together and
//! returns a [`ReferenceBuilder`](cleanclaim::reference::ReferenceBuilder) with every release in it. [`read`] does the same
//! for one source and returns its typed rows.
//!
//! | table | files | period |
//! |---|---|---|
//! | fee schedule | `PPRRVU` as csv, xlsx or fixed-width text | its quarter |
//! | localities, GPCI, anaesthesia factors | `LOCCO`, `GPCI`, `ANES` | its year |
//! | PTP edits | `ccipra` and `ccioph`, the parts f1 to f4, zipped or not | first edit to the end of its quarter |
//! | MUE | csv or xlsx of practitioners, outpatient hospitals, DME suppliers | its quarter |
//! | add-on codes | `AOC` as xlsx or text | first edit to the end of its quarter |
//! | ASC | addenda AA, BB and EE as csv, tab separated text or xlsx: all three | its quarter |
//! | I/OCE codes, modifiers, modifier conflicts, edits | csv, with the table of versions | first version to the end of the last one's quarter |
//! | clinical laboratory fee schedule | `PUF_CLFS` csv | its quarter |
//! | DMEPOS | the fee schedule as csv, without its amounts | its quarter |
//! | HCPCS Level II | the alpha-numeric file as csv or xlsx | its quarter |
//! | drugs in single-dose containers | the list for JW and JZ | a year from its date |
//! | Part B drug payment limits | the list of codes, without the limits | its quarter |
//!
//! Descriptors are not read: CPT descriptors belong to the AMA.
//!
//! A row that cannot be read is lost and named as an error ([`FileProblem`]), and the rest goes on: whoever builds a
//! reference decides whether to use one with rows missing. Files in no known layout are named in a note.
//!
//! ```no_run
//! use cleanclaim_cms::{Options, collect};
//!
//! let collected = collect(&["downloads"], &Options::default(), &mut |_| {});
//! for problem in &collected.problems {
//!     eprintln!("{problem}");
//! }
//! std::fs::write("cms.ccr", collected.builder.pack()?)?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
#![forbid(unsafe_code)]
#![deny(clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

mod add_on;
mod asc;
mod collect;
mod dmepos;
mod drugs;
mod fee_schedule;
mod fields;
mod geography;
mod hcpcs;
mod headings;
mod ioce;
mod laboratory;
mod layout;
mod mue;
mod options;
mod pairs;
mod period;
mod problem;
mod quarterly;
mod release;
mod rows;
mod sheet;
mod source;

pub use collect::{Collected, Progress, collect, collect_sources, read};
pub use options::Options;
pub use problem::{FileProblem, FileProblemKind, ReadError, Severity};
pub use release::ReadRelease;
pub use source::FileSource;

/// The README's code runs, too.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
