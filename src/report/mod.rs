//! An explanation for a reader: as text for a person, as JSON for a program.

#[cfg(feature = "json")]
mod json;
mod price;
mod text;

#[cfg(feature = "json")]
pub use json::to_json;
pub use price::PriceText;
pub use text::Text;
