//! The one macro behind every published indicator of the reference files.

/// Declares a closed set of published values: an enum whose variants carry the text that CMS prints for them.
macro_rules! indicator {
    (
        what: $what:literal;
        $(#[$meta:meta])*
        pub enum $name:ident { $($(#[$variant_meta:meta])* $variant:ident = $text:literal),+ $(,)? }
    ) => {
        $(#[$meta])*
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash,
            strum::FromRepr, strum::EnumString, strum::IntoStaticStr,
        )]
        #[repr(u8)]
        pub enum $name {
            $($(#[$variant_meta])* #[strum(serialize = $text)] $variant),+
        }

        impl $name {
            /// What the published file calls this column.
            pub const WHAT: &'static str = $what;

            /// Every value, in the order of the published documentation.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The text that the published file prints.
            #[must_use]
            pub fn text(self) -> &'static str {
                self.into()
            }

            /// The value that the published file prints as `text`.
            ///
            /// # Errors
            /// Any other text, with the texts that would be valid.
            pub fn parse(text: &str) -> Result<Self, crate::reference::UnknownIndicator> {
                text.parse().map_err(|_| crate::reference::UnknownIndicator::new(
                    Self::WHAT,
                    text,
                    Self::ALL.iter().map(|value| value.text()),
                ))
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.text())
            }
        }
    };
}
pub(crate) use indicator;

/// A published indicator with a value that its documentation does not name.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{value}` is not a value of {what}: expected one of {expected}")]
pub struct UnknownIndicator {
    what: &'static str,
    value: String,
    expected: String,
}

impl UnknownIndicator {
    pub(crate) fn new(what: &'static str, value: &str, valid: impl Iterator<Item = &'static str>) -> Self {
        let expected: Vec<_> = valid
            .map(|text| if text.is_empty() { "(empty)" } else { text })
            .collect();
        Self {
            what,
            value: value.to_owned(),
            expected: expected.join(" "),
        }
    }

    /// The column.
    #[must_use]
    pub fn what(&self) -> &'static str {
        self.what
    }

    /// The value as found.
    #[must_use]
    pub fn value(&self) -> &str {
        &self.value
    }

    /// The values that would be valid, separated by blanks.
    #[must_use]
    pub fn expected(&self) -> &str {
        &self.expected
    }
}
