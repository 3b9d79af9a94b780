//! What several test files share.

pub(crate) mod fixture;
pub(crate) mod tables;
