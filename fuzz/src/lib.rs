//! What the fuzz targets call. The ordinary tests `fuzz_seeds.rs` of the crates
//! include the same files and replay the seeds, whole and mutated.

pub mod claims;
pub mod layout;
pub mod lookups;
pub mod packed;
pub mod readers;
mod sample;
pub mod x12;
