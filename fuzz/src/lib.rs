//! What the fuzz targets call. The ordinary tests `tests/fuzz_seeds.rs` and `crates/cleanclaim-cms/tests/fuzz_seeds.rs`
//! include the same files and replay the seeds, whole and mutated.

pub mod claims;
pub mod layout;
pub mod lookups;
pub mod packed;
pub mod readers;
mod sample;
