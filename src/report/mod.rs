//! An explanation for a reader: as text for a person, as JSON for a program.

pub mod csv;
pub mod html;
#[cfg(feature = "json")]
mod json;
mod page;
mod price;
mod shown;
mod summary;
mod text;
mod words;

#[cfg(feature = "json")]
pub use json::to_json;
pub use page::{PageMarkdown, PageText};
pub use price::PriceText;
pub use shown::{shown, shown_json};
pub use summary::Summary;
pub use text::Text;
