//! Checks US medical claims before they are sent.
#![forbid(unsafe_code)]
pub mod model;
pub mod reference;
