use std::borrow::Cow;
use std::fmt::Write as _;

/// A text as it may be shown: whatever would steer a terminal or turn the order of its letters is spelled out. What a claim
/// says is written by others, and a report of it goes to terminals.
///
/// # Example
/// ```
/// use cleanclaim::report::shown;
///
/// assert_eq!(shown("A1"), "A1");
/// assert_eq!(shown("\u{1b}[31mA1\u{7}\n"), r"\u{1b}[31mA1\u{7}\n");
/// ```
#[must_use]
pub fn shown(text: &str) -> Cow<'_, str> {
    if !text.contains(steers) {
        return Cow::Borrowed(text);
    }
    let mut safe = String::with_capacity(text.len() + 16);
    for letter in text.chars() {
        if steers(letter) {
            // Writing to a string cannot fail.
            let _ = write!(safe, "{}", letter.escape_default());
        } else {
            safe.push(letter);
        }
    }
    Cow::Owned(safe)
}

/// Control characters, and the marks that change the direction of what follows.
fn steers(letter: char) -> bool {
    letter.is_control()
        || matches!(letter, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}
