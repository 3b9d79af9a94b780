//! The command `cleanclaim`.
fn main() {}
