//! Which texts of a file may stand in a message. A file may be damaged anywhere, so that a name or a member's identifier
//! may stand where a code should: a text is shown only where its element identifies nobody, and only in the shape that such
//! an element can nearly have. All else is withheld.

use super::values;

/// The shape that a text must have to be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// Digits and what parts them: a day, or days.
    Days,
    /// A number, or an amount.
    Number,
    /// Letters and digits, at most eight, a digit among them: a code of a service or a diagnosis.
    Code,
    /// At most three letters or digits: a qualifier, a modifier, a place of service.
    Short,
    /// Components of at most three letters or digits each.
    Parts,
    /// At most nine letters or digits, a digit among them: a control number.
    Control,
    /// Nothing may be shown.
    Withheld,
}

impl Shape {
    /// The shape of an element or component of a segment, by the standard's way of counting.
    pub(super) fn of(id: &str, element: u8, component: u8) -> Self {
        match (id, element, component) {
            ("DTP", 3, _) => Self::Days,
            ("CLM", 2, _) | ("SV1", 2 | 4, _) | ("SV2", 3 | 5, _) => Self::Number,
            ("CLP", 3..=5, _) | ("SVC", 2 | 3, _) | ("BPR", 2, _) => Self::Number,
            ("CAS", 3 | 6 | 9 | 12 | 15 | 18, _) | ("PLB", 4 | 6 | 8 | 10 | 12 | 14, _) => Self::Number,
            ("CLP", 2, _) | ("CAS", 1 | 2 | 5 | 8 | 11 | 14 | 17, _) => Self::Short,
            ("SV1", 7, _) => Self::Parts,
            ("CLM", 5, 0) => Self::Parts,
            ("CLM", 5, _) | ("SV1", 3 | 5, _) | ("SV2", 4, _) => Self::Short,
            ("SV1", 1, 2) | ("SV2", 2, 2) | ("SV2", 1, _) => Self::Code,
            ("SV1", 1, _) | ("SV2", 2, _) => Self::Short,
            _ => Self::Withheld,
        }
    }

    /// The text if it has the shape, else nothing.
    pub(super) fn shown(self, text: &[u8]) -> String {
        let text = text.trim_ascii();
        if self.has(text) {
            values::text(text, None)
        } else {
            String::new()
        }
    }

    fn has(self, text: &[u8]) -> bool {
        let is_alphanumeric = || text.iter().all(u8::is_ascii_alphanumeric);
        let has_digit = || text.iter().any(u8::is_ascii_digit);
        match self {
            Self::Days => {
                text.len() <= 25
                    && text
                        .iter()
                        .all(|byte| matches!(byte, b'0'..=b'9' | b'-' | b'/' | b'~' | b'.'))
            }
            Self::Number => {
                let may = |byte: &u8| matches!(byte, b'0'..=b'9' | b'-' | b'+' | b'.' | b',' | b'$' | b'E' | b'e');
                text.len() <= 18 && has_digit() && text.iter().all(may)
            }
            Self::Code => text.len() <= 8 && is_alphanumeric() && has_digit(),
            Self::Short => text.len() <= 3 && text.iter().all(u8::is_ascii_graphic),
            Self::Parts => {
                text.len() <= 20
                    && text
                        .split(|&byte| !byte.is_ascii_alphanumeric())
                        .all(|part| part.len() <= 3)
            }
            Self::Control => text.len() <= 9 && is_alphanumeric() && has_digit(),
            Self::Withheld => false,
        }
    }
}

/// A text in back-ticks with a blank behind it, or nothing of a text that is withheld or not there.
pub(super) fn quoted(text: &str) -> String {
    if text.is_empty() {
        String::new()
    } else {
        format!("`{text}` ")
    }
}

/// The id of a segment, if the standard's segments around claims and remittances have it; else nothing, as it may be a name.
pub(super) fn segment_id(bytes: &[u8]) -> &'static str {
    const KNOWN: [&str; 64] = [
        "ADX", "AK1", "AK2", "AK5", "AK9", "AMT", "BHT", "BPR", "CAS", "CL1", "CLM", "CLP", "CN1", "CR1", "CR2", "CR3",
        "CRC", "CTP", "CUR", "DMG", "DTM", "DTP", "FRM", "GE", "GS", "HCP", "HI", "HL", "HSD", "IEA", "IK3", "IK5",
        "IMM", "ISA", "ISX", "K3", "LIN", "LQ", "LX", "MEA", "MIA", "MOA", "N1", "N3", "N4", "NM1", "NTE", "OI", "PAT",
        "PER", "PLB", "PRV", "PS1", "PWK", "QTY", "RDM", "REF", "SBR", "SE", "ST", "SV1", "SV2", "SVC", "TA1",
    ];
    let id = std::str::from_utf8(bytes).unwrap_or_default();
    KNOWN.into_iter().find(|known| *known == id).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_be_shown() {
        let cases: [(&str, u8, u8, &str, bool); 16] = [
            ("DTP", 3, 0, "20240832", true),
            ("DTP", 3, 0, "PHIDATE", false),
            ("SV1", 2, 0, "$1,150.00", true),
            ("SV1", 2, 0, "DOE", false),
            ("SV1", 1, 2, "2061O", true),
            ("SV1", 1, 2, "206101", true),
            ("SV1", 1, 2, "SMITH", false),
            ("SV1", 1, 3, "5O9", true),
            ("SV1", 1, 3, "JANE", false),
            ("CLM", 5, 0, "1:B:9", true),
            ("CLM", 5, 0, "SMITH", false),
            ("DMG", 2, 0, "19540101", false),
            ("NM1", 9, 0, "1AA0AA0AA00", false),
            ("SV2", 1, 0, "36O", true),
            ("SV1", 7, 0, "1:13", true),
            ("HI", 1, 2, "G5761", false),
        ];
        for (id, element, component, text, is_shown) in cases {
            let shown = Shape::of(id, element, component).shown(text.as_bytes());
            assert_eq!(
                shown,
                if is_shown { text } else { "" },
                "{id}{element:02}-{component} {text}"
            );
        }
        assert_eq!(segment_id(b"NM1"), "NM1");
        assert_eq!(segment_id(b"DOE"), "");
    }
}
