//! The one macro behind every closed set of values that have a text.

/// Declares an enum whose every value has one text: it is printed and read as that text, and its values can be listed.
///
/// `what` stands in the error of a text that is none of them. Attributes of `strum` say how the texts are spelled.
macro_rules! closed_set {
    (
        what: $what:literal;
        $(#[$meta:meta])*
        $vis:vis enum $name:ident {
            $( $(#[$variant_meta:meta])* $variant:ident $(= $number:literal)? ),+ $(,)?
        }
    ) => {
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash,
            strum::Display, strum::EnumString, strum::IntoStaticStr,
        )]
        #[strum(parse_err_ty = $crate::model::ParseError, parse_err_fn = $name::unknown)]
        $(#[$meta])*
        $vis enum $name {
            $( $(#[$variant_meta])* $variant $(= $number)? ),+
        }

        impl $name {
            /// Every value, in order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The text of the value, as it is printed and read.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                self.into()
            }

            fn unknown(text: &str) -> $crate::model::ParseError {
                $crate::model::ParseError::not_one_of($what, text, Self::ALL.iter().map(|value| value.as_str()))
            }
        }
    };
}
pub(crate) use closed_set;
