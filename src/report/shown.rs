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

/// Control characters, those that break lines, and those that are not seen and change what is: directions, joiners, blanks
/// without width, tags. They are the general categories Cc, Cf, Zl and Zp of the Unicode Character Database, version 16.
fn steers(letter: char) -> bool {
    if letter.is_ascii() {
        return letter.is_ascii_control();
    }
    letter.is_control()
        || matches!(letter,
            '\u{ad}' | '\u{600}'..='\u{605}' | '\u{61c}' | '\u{6dd}' | '\u{70f}' | '\u{890}'..='\u{891}' | '\u{8e2}'
            | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2064}'
            | '\u{2066}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{110bd}' | '\u{110cd}'
            | '\u{13430}'..='\u{1343f}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0001}'
            | '\u{e0020}'..='\u{e007f}')
}

/// A JSON text as it may be shown: what [`shown`] spells out in other texts is escaped as JSON has it, so that a program reads
/// the same from it.
///
/// # Example
/// ```
/// use cleanclaim::report::shown_json;
///
/// assert_eq!(shown_json("{\"id\":\"A\u{202e}1\u{9b}\"}"), r#"{"id":"A\u202e1\u009b"}"#);
/// assert_eq!(shown_json("{\n  \"id\": \"A1\"\n}"), "{\n  \"id\": \"A1\"\n}");
/// ```
#[must_use]
pub fn shown_json(json: &str) -> Cow<'_, str> {
    // Those below are escaped in the texts of any JSON, and stand between them for its layout.
    let steers = |letter: char| letter >= '\u{7f}' && steers(letter);
    if !json.contains(steers) {
        return Cow::Borrowed(json);
    }
    let mut safe = String::with_capacity(json.len() + 16);
    for letter in json.chars() {
        if steers(letter) {
            for unit in letter.encode_utf16(&mut [0; 2]) {
                // Writing to a string cannot fail.
                let _ = write!(safe, "\\u{unit:04x}");
            }
        } else {
            safe.push(letter);
        }
    }
    Cow::Owned(safe)
}
