//! A payer's name as it is compared: what senders write in different ways is the same.

/// The words of a name, and what they are when written as one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct NameText {
    /// The words without anything between them.
    joined: String,
    /// How much of `joined` each word and those before it make.
    ends: Vec<usize>,
    /// The words with a blank before and after each.
    spaced: String,
}

impl NameText {
    pub(super) fn new(name: &str) -> Self {
        let upper = name.to_ascii_uppercase();
        let mut text = Self {
            spaced: " ".to_owned(),
            ..Self::default()
        };
        for word in marks_merged(&words(&upper)) {
            text.joined.push_str(word);
            text.ends.push(text.joined.len());
            text.spaced.push_str(word);
            text.spaced.push(' ');
        }
        text
    }

    pub(super) fn is_empty(&self) -> bool {
        self.joined.is_empty()
    }

    pub(super) fn len(&self) -> usize {
        self.joined.len()
    }

    /// Whether both are one name, wherever their words end: senders write names together and apart.
    pub(super) fn is(&self, other: &Self) -> bool {
        self.joined == other.joined
    }

    /// Whether the name begins with all of another, and a word ends there: `CIGNATURE` is not `CIGNA`. With `open` the
    /// word may go on.
    pub(super) fn begins_with(&self, other: &Self, open: bool) -> bool {
        self.joined.starts_with(&other.joined) && (open || self.ends.contains(&other.joined.len()))
    }

    /// Whether the words of another stand in the name, one after the other.
    pub(super) fn has_words(&self, other: &Self) -> bool {
        self.spaced.contains(&other.spaced)
    }
}

/// The words that count.
fn words(upper: &str) -> Vec<&str> {
    upper
        .split(|letter: char| !letter.is_ascii_alphanumeric())
        .filter(|word| !matches!(*word, "" | "AND" | "OF" | "THE"))
        .collect()
}

/// The words, with `BCBS` in place of both marks, be they written in two words, three or four.
fn marks_merged<'a>(words: &[&'a str]) -> Vec<&'a str> {
    let mut merged = Vec::with_capacity(words.len());
    let mut rest = words;
    while let Some((first, others)) = rest.split_first() {
        let marks = (1..=4).find(|&count| {
            rest.get(..count)
                .is_some_and(|words| words.concat() == "BLUECROSSBLUESHIELD")
        });
        merged.push(if marks.is_some() { "BCBS" } else { *first });
        rest = marks.and_then(|count| rest.get(count..)).unwrap_or(others);
    }
    merged
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_are_the_same() {
        let same = [
            ("U.H.C.", "uhc"),
            ("Blue Cross & Blue Shield of Kansas City", "BCBS KANSAS CITY"),
            ("BLUECROSS BLUESHIELD OF KANSAS", "BLUE CROSS BLUESHIELD KANSAS"),
            ("UNITED HEALTHCARE", "UnitedHealth Care"),
        ];
        for (one, other) in same {
            assert!(NameText::new(one).is(&NameText::new(other)), "{one} {other}");
        }
        assert!(NameText::new(" .&").is_empty());
    }

    #[test]
    fn words_end_where_they_end() {
        let begins = |name: &str, with: &str| NameText::new(name).begins_with(&NameText::new(with), false);
        assert!(begins("AETNA-BETTER HEALTH", "AETNA BETTER"));
        assert!(!begins("AETNAX", "AETNA"));
        assert!(NameText::new("BCBSXY").begins_with(&NameText::new("BCBS"), true));
        let has = |name: &str, words: &str| NameText::new(name).has_words(&NameText::new(words));
        assert!(has("MEDI-CAL OF CALIFORNIA", "MEDI-CAL"));
        assert!(!has("HAWAII MEDICAL", "MEDI-CAL"));
        assert!(!has("DISADVANTAGED", "ADVANTAGE"));
    }
}
