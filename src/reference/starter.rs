//! The embedded starter reference. (Placeholder until its files land.)
use super::{Reference, ReferenceBuilder};
use once_cell::sync::Lazy;
static STARTER: Lazy<Reference> = Lazy::new(|| {
    ReferenceBuilder::new()
        .build()
        .unwrap_or_else(|_| std::process::abort())
});
impl Reference {
    /// Placeholder.
    #[must_use]
    pub fn starter() -> &'static Self {
        &STARTER
    }
}
