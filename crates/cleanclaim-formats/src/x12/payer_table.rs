use std::sync::LazyLock;

use cleanclaim::model::{LineOfBusiness, ParseError, Payer, PayerName};

/// The rows that come with the crate, each with its source.
const BUILT_IN: &str = include_str!("../../data/payers.csv");

/// The headings of the table's text.
const HEADINGS: &str = "match,pattern,payer,licensee,line_of_business,source,why";

/// Whom the names and identifiers of payers in a file mean.
///
/// In this order:
/// 1. The name (NM103): the row with the whole name, else the one with its longest beginning.
/// 2. The identifier (NM109), if the name says nothing: most identifiers are a clearing house's own.
/// 3. The claim filing indicator (SBR09) if neither says anything: `MA` and `MB` Medicare, `MC` Medicaid, `BL` a Blue plan,
///    the last two with the name as licensee.
/// 4. Nobody: [`PayerName::Other`] with the name as licensee, and [`is_recognised`](Recognised::is_recognised) says no.
///
/// Medicare's rules must not be put on anyone else's claims, so that a name that reads as Medicare counts only if the
/// indicator does not say otherwise: with `CI` (commercial) it is a supplement, with `16` a plan of Part C. A payer that the
/// table knows as another than Medicare stays that one whatever the indicator says.
///
/// ```
/// use cleanclaim::model::PayerName;
/// use cleanclaim_formats::x12::PayerTable;
///
/// let table = PayerTable::built_in();
/// let plan = table.recognise("Blue Cross and Blue Shield of North Dakota", "55891", "BL");
/// assert_eq!(plan.payer.to_string(), "blue-cross-blue-shield/ND");
/// assert_eq!(table.recognise("NORIDIAN", "01112", "MB").payer.name, PayerName::Medicare);
/// let unknown = table.recognise("Key Insurance Company", "999996666", "CI");
/// assert!(!unknown.is_recognised);
/// assert_eq!(unknown.payer.to_string(), "other/Key Insurance Company+commercial");
/// ```
#[derive(Clone, Debug, Default)]
pub struct PayerTable {
    rows: Vec<Row>,
}

#[derive(Clone, Debug)]
struct Row {
    kind: Match,
    /// As [`squeezed`] leaves it.
    pattern: String,
    payer: Payer,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Match {
    Id,
    Name,
    Prefix,
}

/// Whom a file's payer means.
///
/// ```
/// use cleanclaim_formats::x12::PayerTable;
///
/// assert!(PayerTable::built_in().recognise("AETNA", "60054", "CI").is_recognised);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Recognised {
    /// The payer, under `Other` with the file's own name as its licensee if it is not recognised.
    pub payer: Payer,
    /// Whether a row or the indicator says who it is.
    pub is_recognised: bool,
    /// Whether the indicator contradicts the name or identifier.
    pub is_contradicted: bool,
}

/// Why a text is no table of payers.
///
/// ```
/// use cleanclaim_formats::x12::PayerTable;
///
/// let error = PayerTable::from_csv("name,payer").unwrap_err();
/// assert!(error.to_string().starts_with("payer table, line 1: `name,payer` is not the heading"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PayerTableError {
    /// The first row names other columns, or there is none.
    #[error("payer table, line {line}: `{found}` is not the heading: expected `{HEADINGS}`")]
    Heading {
        /// The line of the text, from 1.
        line: usize,
        /// What stands there.
        found: String,
    },
    /// A row has too few columns, or matches by something unknown.
    #[error("payer table, line {line}: `{found}` is not a row: expected `id`, `name` or `prefix` and six more columns")]
    Row {
        /// The line of the text, from 1.
        line: usize,
        /// What stands there.
        found: String,
    },
    /// A payer or a line of business that there is not.
    #[error("payer table, line {line}: {error}")]
    Value {
        /// The line of the text, from 1.
        line: usize,
        /// What is wrong.
        error: ParseError,
    },
}

impl PayerTable {
    /// The table that comes with the crate, `data/payers.csv`.
    #[must_use]
    pub fn built_in() -> &'static Self {
        // A test holds the text to be a table.
        static TABLE: LazyLock<PayerTable> = LazyLock::new(|| PayerTable::from_csv(BUILT_IN).unwrap_or_default());
        &TABLE
    }

    /// Reads a table from lines of seven columns with commas between them and none within; lines that begin with `#` say
    /// nothing. The columns are those of the table that comes with the crate.
    ///
    /// # Errors
    /// A row that is none, with its line.
    pub fn from_csv(text: &str) -> Result<Self, PayerTableError> {
        let mut lines = (1..).zip(text.lines()).filter(|(_, line)| !line.starts_with('#'));
        match lines.next() {
            Some((_, HEADINGS)) => {}
            other => {
                let (line, found) = other.unwrap_or((1, ""));
                let found = found.to_owned();
                return Err(PayerTableError::Heading { line, found });
            }
        }
        let rows = lines.map(|(line, text)| row(line, text)).collect::<Result<_, _>>()?;
        Ok(Self { rows })
    }

    /// This table with the rows of another before its own, so that they win where both say something.
    #[must_use]
    pub fn with(&self, first: Self) -> Self {
        let mut rows = first.rows;
        rows.extend(self.rows.iter().cloned());
        Self { rows }
    }

    /// Whom a name (NM103), an identifier (NM109) and a claim filing indicator (SBR09) mean; each may be empty.
    #[must_use]
    pub fn recognise(&self, name: &str, id: &str, indicator: &str) -> Recognised {
        let known = self.by_name(name).or_else(|| self.by_id(id));
        let says_medicare = matches!(indicator, "MA" | "MB");
        let may_be_medicare = says_medicare || matches!(indicator, "" | "ZZ");
        match known {
            Some(payer) if payer.name == PayerName::Medicare && !may_be_medicare => Recognised {
                is_contradicted: true,
                ..unknown(name, id, indicator)
            },
            Some(payer) if payer.name == PayerName::Medicare => Recognised::certainly(payer.clone()),
            Some(payer) => Recognised {
                is_contradicted: says_medicare,
                ..Recognised::certainly(with_line_of_business(payer.clone(), indicator))
            },
            None => by_indicator(name, id, indicator),
        }
    }

    fn by_name(&self, name: &str) -> Option<&Payer> {
        let name = squeezed(name);
        let whole = |row: &&Row| row.kind == Match::Name && row.pattern == name;
        let begins = |row: &&Row| row.kind == Match::Prefix && name.starts_with(&row.pattern);
        let exact = self.rows.iter().find(whole);
        // The first of the longest, so that rows put before others win.
        let longest = || {
            self.rows
                .iter()
                .rev()
                .filter(begins)
                .max_by_key(|row| row.pattern.len())
        };
        exact.or_else(longest).map(|row| &row.payer)
    }

    fn by_id(&self, id: &str) -> Option<&Payer> {
        let id = squeezed(id);
        let same = |row: &&Row| row.kind == Match::Id && row.pattern == id;
        self.rows.iter().find(same).map(|row| &row.payer)
    }
}

impl Recognised {
    const fn certainly(payer: Payer) -> Self {
        Self {
            payer,
            is_recognised: true,
            is_contradicted: false,
        }
    }
}

fn row(line: usize, text: &str) -> Result<Row, PayerTableError> {
    let columns: Vec<&str> = text.split(',').collect();
    let no_row = || PayerTableError::Row {
        line,
        found: text.to_owned(),
    };
    let [kind, pattern, name, licensee, business, _source, _why] = *columns.as_slice() else {
        return Err(no_row());
    };
    let kind = match kind {
        "id" => Match::Id,
        "name" => Match::Name,
        "prefix" => Match::Prefix,
        _ => return Err(no_row()),
    };
    let value = |error| PayerTableError::Value { line, error };
    let mut payer = Payer::new(name.parse().map_err(value)?);
    if !licensee.is_empty() {
        payer = payer.with_licensee(licensee);
    }
    if !business.is_empty() {
        payer = payer.with_line_of_business(business.parse().map_err(value)?);
    }
    let pattern = squeezed(pattern);
    if pattern.is_empty() {
        return Err(no_row());
    }
    Ok(Row { kind, pattern, payer })
}

/// What is left of a name once everything is out that senders write in different ways.
fn squeezed(name: &str) -> String {
    let upper = name.to_ascii_uppercase();
    let words = upper.split(|letter: char| !letter.is_ascii_alphanumeric());
    let kept: String = words.filter(|word| !matches!(*word, "AND" | "OF" | "THE")).collect();
    kept.replace("BLUECROSSBLUESHIELD", "BCBS")
}

fn by_indicator(name: &str, id: &str, indicator: &str) -> Recognised {
    let in_own_words = |payer: Payer| match own_name(name, id) {
        Some(name) => payer.with_licensee(name),
        None => payer,
    };
    match indicator {
        "MA" | "MB" => Recognised::certainly(Payer::medicare()),
        "MC" => Recognised::certainly(in_own_words(Payer::new(PayerName::Medicaid))),
        "BL" => Recognised::certainly(in_own_words(Payer::new(PayerName::BlueCrossBlueShield))),
        _ => unknown(name, id, indicator),
    }
}

fn unknown(name: &str, id: &str, indicator: &str) -> Recognised {
    let payer = Payer::new(PayerName::Other);
    let payer = match own_name(name, id) {
        Some(name) => payer.with_licensee(name),
        None => payer,
    };
    Recognised {
        payer: with_line_of_business(payer, indicator),
        is_recognised: false,
        is_contradicted: false,
    }
}

fn own_name<'a>(name: &'a str, id: &'a str) -> Option<&'a str> {
    [name, id].into_iter().find(|text| !text.is_empty())
}

/// The line of business that the indicator says, unless the table says one.
///
/// `HM` (a health maintenance organisation) says none: such plans are sold to employers, Medicare and Medicaid alike.
fn with_line_of_business(payer: Payer, indicator: &str) -> Payer {
    if payer.line_of_business.is_some() {
        return payer;
    }
    let line = match indicator {
        "12" | "13" | "14" | "15" | "CI" => LineOfBusiness::Commercial,
        "16" => LineOfBusiness::MedicareAdvantage,
        "FI" => LineOfBusiness::FederalEmployee,
        "MC" => LineOfBusiness::Medicaid,
        _ => return payer,
    };
    payer.with_line_of_business(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_of_the_crate_is_one() {
        let table = PayerTable::from_csv(BUILT_IN).unwrap();
        assert!(table.rows.len() > 50);
    }

    #[test]
    fn payers() {
        let cases = [
            ("MEDICARE PART B", "123245", "MB", "medicare", true, false),
            ("MEDICARE", "10234", "", "medicare", true, false),
            (
                "Medicare",
                "10234",
                "16",
                "other/Medicare+medicare-advantage",
                false,
                true,
            ),
            ("Medicare", "10234", "CI", "other/Medicare+commercial", false, true),
            (
                "MEDICARE SUPPLEMENT OF OHIO",
                "",
                "",
                "other/MEDICARE SUPPLEMENT OF OHIO",
                false,
                false,
            ),
            ("DMERC CARRIER", "99999", "MB", "medicare", true, false),
            ("", "", "MA", "medicare", true, false),
            ("", "", "", "other", false, false),
            ("", "741234", "", "other/741234", false, false),
            ("Aetna", "", "MB", "aetna", true, true),
            (
                "AETNA BETTER HEALTH OF OHIO",
                "",
                "MC",
                "aetna/Aetna Better Health+medicaid",
                true,
                false,
            ),
            ("U.H.C.", "", "", "unitedhealthcare", true, false),
            (
                "United HealthCare",
                "87726",
                "CI",
                "unitedhealthcare+commercial",
                true,
                false,
            ),
            (
                "SOME PLAN",
                "87726",
                "16",
                "unitedhealthcare+medicare-advantage",
                true,
                false,
            ),
            (
                "Blue Cross & Blue Shield of Kansas City",
                "",
                "BL",
                "blue-cross-blue-shield/Kansas City",
                true,
                false,
            ),
            (
                "BLUECROSS BLUESHIELD OF KANSAS",
                "",
                "",
                "blue-cross-blue-shield/KS",
                true,
                false,
            ),
            ("BCBSND", "", "", "blue-cross-blue-shield/ND", true, false),
            (
                "HAWAII MEDICAL",
                "",
                "BL",
                "blue-cross-blue-shield/HAWAII MEDICAL",
                true,
                false,
            ),
            (
                "OHIO DEPARTMENT OF MEDICAID",
                "",
                "MC",
                "medicaid/OHIO DEPARTMENT OF MEDICAID",
                true,
                false,
            ),
            ("TRICARE", "99999", "CH", "other/TRICARE", false, false),
        ];
        for (name, id, indicator, payer, recognised, contradicted) in cases {
            let found = PayerTable::built_in().recognise(name, id, indicator);
            let got = (found.payer.to_string(), found.is_recognised, found.is_contradicted);
            assert_eq!(
                got,
                (payer.to_owned(), recognised, contradicted),
                "{name} {id} {indicator}"
            );
        }
    }

    #[test]
    fn own_rows_win() {
        let own =
            format!("{HEADINGS}\nprefix,AETNA,other,Ours,,our contract,\nname,Key Insurance,cigna,,,our contract,\n");
        let table = PayerTable::built_in().with(PayerTable::from_csv(&own).unwrap());
        assert_eq!(table.recognise("AETNA", "", "").payer.to_string(), "other/Ours");
        assert_eq!(table.recognise("KEY INSURANCE", "", "").payer.to_string(), "cigna");
        for wrong in [
            "",
            "a,b",
            &format!("{HEADINGS}\nid,1,nobody,,,,"),
            &format!("{HEADINGS}\nword,1,aetna,,,,"),
        ] {
            assert!(PayerTable::from_csv(wrong).is_err(), "{wrong}");
        }
    }
}
