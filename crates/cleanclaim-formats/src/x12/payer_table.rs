use std::sync::LazyLock;

use cleanclaim::model::{LineOfBusiness, Payer, PayerName};

use super::payer_name::NameText;
use super::payer_rows::{self, Match, PayerTableError, Row};

/// The rows that come with the crate, each with its source.
const BUILT_IN: &str = include_str!("../../data/payers.csv");

/// Whom the names and identifiers of payers in a file mean.
///
/// In this order:
/// 1. The name (NM103): the row with the whole name, else the one with its longest beginning, else the first whose words
///    stand in the name.
/// 2. The identifier (NM109), if the name says nothing: most identifiers are a clearing house's own.
/// 3. The claim filing indicator (SBR09) if neither says anything: `MA` and `MB` Medicare, `MC` Medicaid, `BL` a Blue plan,
///    the last two with the name as licensee.
/// 4. Nobody: [`PayerName::Other`] with the name as licensee, and [`is_recognised`](Recognised::is_recognised) says no.
///
/// Medicare's rules must not be put on anyone else's claims, so that a name that reads as Medicare counts only if the
/// indicator does not say otherwise: with `CI` (commercial) it is a supplement, with `16` a plan of Part C. Nor is it
/// Medicare, whatever the indicator says, if the name has words of another's plan, such as ADVANTAGE or TRICARE. A payer
/// that the table knows as another than Medicare stays that one. What a payer rests on says [`Recognised::basis`].
///
/// ```
/// use cleanclaim::model::PayerName;
/// use cleanclaim_formats::x12::PayerTable;
///
/// let table = PayerTable::built_in();
/// let plan = table.recognise("Blue Cross and Blue Shield of North Dakota", "55891", "BL");
/// assert_eq!(plan.payer.to_string(), "blue-cross-blue-shield/ND");
/// assert_eq!(table.recognise("NORIDIAN", "01112", "MB").payer.name, PayerName::Medicare);
/// let advantage = table.recognise("Humana Medicare Advantage", "61101", "MB");
/// assert_eq!(advantage.payer.to_string(), "other/Humana Medicare Advantage+medicare-advantage");
/// let unknown = table.recognise("Key Insurance Company", "999996666", "CI");
/// assert!(!unknown.is_recognised);
/// assert_eq!(unknown.payer.to_string(), "other/Key Insurance Company+commercial");
/// ```
#[derive(Clone, Debug, Default)]
pub struct PayerTable {
    rows: Vec<Row>,
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
    /// What says who it is.
    pub basis: Basis,
    /// Whom the identifier means, where the name says that it is another.
    pub by_id: Option<Payer>,
}

/// What it rests on who a payer is.
///
/// ```
/// use cleanclaim_formats::x12::{Basis, PayerTable};
///
/// let found = PayerTable::built_in().recognise("KEY INSURANCE COMPANY", "999996666", "MB");
/// assert_eq!(found.basis, Basis::Indicator);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Basis {
    /// The name, or a row of one's own.
    Name,
    /// The identifier alone, beside a name that says nothing.
    Id,
    /// The claim filing indicator alone.
    Indicator,
    /// Nothing says who it is.
    Nothing,
}

impl PayerTable {
    /// The table that comes with the crate, `data/payers.csv`.
    #[must_use]
    pub fn built_in() -> &'static Self {
        // A test holds the text to be a table.
        static TABLE: LazyLock<PayerTable> = LazyLock::new(|| {
            let mut table = PayerTable::from_csv(BUILT_IN).unwrap_or_default();
            table.rows.iter_mut().for_each(|row| row.is_users = false);
            table
        });
        &TABLE
    }

    /// Reads a table from lines of seven columns with commas between them, as spreadsheets write them; empty lines and
    /// those that begin with `#` say nothing. The columns are those of the table that comes with the crate, whose head says
    /// what may stand in them.
    ///
    /// ```
    /// use cleanclaim_formats::x12::PayerTable;
    ///
    /// let own = "match,pattern,payer,licensee,line_of_business,source,why\r\nprefix,\"Key, Insurance\",cigna,,,our contract,\r\n";
    /// let table = PayerTable::built_in().with(PayerTable::from_csv(own)?);
    /// assert_eq!(table.recognise("KEY INSURANCE COMPANY", "", "").payer.to_string(), "cigna");
    /// # Ok::<(), cleanclaim_formats::x12::PayerTableError>(())
    /// ```
    ///
    /// # Errors
    /// A row that is none, with its line.
    pub fn from_csv(text: &str) -> Result<Self, PayerTableError> {
        payer_rows::read(text).map(|rows| Self { rows })
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
        let text = NameText::new(name);
        let asked = Asked {
            name,
            id,
            indicator: &indicator.trim().to_ascii_uppercase(),
            by_id: self.by_id(id),
            is_contractor: self.has(Match::Contractor, |row| text.begins_with(&row.pattern, false)),
            words: self.by_words(&text),
        };
        match self.by_name(&text).or_else(|| asked.by_word()) {
            Some(row) => asked.named(row),
            None => asked.unnamed(),
        }
    }

    fn by_name(&self, name: &NameText) -> Option<&Row> {
        let whole = |row: &&Row| row.kind == Match::Name && row.pattern.is(name);
        let begins = |row: &&Row| match row.kind {
            Match::Prefix { open } => name.begins_with(&row.pattern, open),
            _ => false,
        };
        let exact = self.rows.iter().find(whole);
        // The first of the longest, so that rows put before others win.
        let longest = || {
            self.rows
                .iter()
                .rev()
                .filter(begins)
                .max_by_key(|row| row.pattern.len())
        };
        exact.or_else(longest)
    }

    fn by_id(&self, id: &str) -> Option<&Row> {
        let id = NameText::new(id);
        self.rows
            .iter()
            .find(|row| row.kind == Match::Id && row.pattern.is(&id))
    }

    fn by_words(&self, name: &NameText) -> Vec<&Row> {
        let stands = |row: &&Row| matches!(row.kind, Match::Word | Match::Supplement) && name.has_words(&row.pattern);
        self.rows.iter().filter(stands).collect()
    }

    fn has(&self, kind: Match, also: impl Fn(&Row) -> bool) -> bool {
        self.rows.iter().any(|row| row.kind == kind && also(row))
    }
}

/// What a file says of a payer, and what the table says of that.
struct Asked<'a> {
    name: &'a str,
    id: &'a str,
    indicator: &'a str,
    by_id: Option<&'a Row>,
    is_contractor: bool,
    /// The rows whose words stand in the name.
    words: Vec<&'a Row>,
}

impl<'a> Asked<'a> {
    /// Whom the words of the name mean, if anyone; MEDICARE among others may be a plan beside it, and says nobody.
    fn by_word(&self) -> Option<&'a Row> {
        let says = |row: &&&Row| row.name().is_some_and(|name| name != PayerName::Medicare);
        self.words.iter().find(says).copied()
    }

    fn says_medicare(&self) -> bool {
        matches!(self.indicator, "MA" | "MB")
    }

    /// Whether the indicator can be that of a claim to this payer.
    fn contradicts(&self, payer: PayerName) -> bool {
        match self.indicator {
            "MA" | "MB" => payer != PayerName::Medicare,
            "BL" => payer != PayerName::BlueCrossBlueShield,
            "" | "ZZ" => false,
            _ => payer == PayerName::Medicare,
        }
    }

    /// Whether the name is that of a supplement to Medicare, which pays what Medicare leaves by Medicare's own rules: no
    /// policy of the brand that sells it is about such claims.
    fn is_supplement(&self) -> bool {
        self.words.iter().any(|row| row.kind == Match::Supplement)
    }

    /// The payer of a name that the table knows.
    fn named(&self, row: &Row) -> Recognised {
        let Some(payer) = row.payer.as_ref().filter(|_| !self.is_supplement()) else {
            return Recognised {
                is_contradicted: self.says_medicare(),
                ..self.unknown()
            };
        };
        let by_id = self.by_id.and_then(|row| row.payer.as_ref());
        let by_id = by_id.filter(|other| other.name != payer.name).cloned();
        let is_contradicted = self.contradicts(payer.name);
        let is_medicare = payer.name == PayerName::Medicare;
        // The identifier of another payer makes a plan of that one likely, unless the indicator says Medicare as well.
        let is_doubtful = is_contradicted || (by_id.is_some() && !self.says_medicare());
        let found = if row.is_nobody() || (is_medicare && is_doubtful) {
            self.unknown()
        } else {
            let is_of_many = matches!(payer.name, PayerName::Medicaid | PayerName::BlueCrossBlueShield);
            let payer = if row.kind == Match::Word && is_of_many {
                self.in_own_words(payer.clone())
            } else {
                payer.clone()
            };
            certainly(self.with_line(payer, row.line), Basis::Name)
        };
        Recognised {
            is_contradicted,
            by_id,
            ..found
        }
    }

    /// The payer of a name that the table does not know.
    fn unnamed(&self) -> Recognised {
        if let Some((row, payer)) = self.by_id.and_then(|row| Some((row, row.payer.as_ref()?))) {
            let is_alone = !self.name.is_empty() && !row.is_users;
            let basis = if is_alone { Basis::Id } else { Basis::Name };
            let is_contradicted = self.contradicts(payer.name);
            let found = if is_contradicted && payer.name == PayerName::Medicare {
                self.unknown()
            } else {
                certainly(self.with_line(payer.clone(), row.line), basis)
            };
            return Recognised {
                is_contradicted,
                ..found
            };
        }
        self.by_indicator()
    }

    fn by_indicator(&self) -> Recognised {
        match self.indicator {
            "MA" | "MB" if self.words.iter().any(|row| row.payer.is_none()) => Recognised {
                is_contradicted: true,
                ..self.unknown()
            },
            // What is left of the words is MEDICARE itself.
            "MA" | "MB" if self.is_contractor || !self.words.is_empty() => certainly(Payer::medicare(), Basis::Name),
            "MA" | "MB" => certainly(Payer::medicare(), Basis::Indicator),
            "MC" => certainly(self.in_own_words(Payer::new(PayerName::Medicaid)), Basis::Indicator),
            "BL" => {
                let payer = self.in_own_words(Payer::new(PayerName::BlueCrossBlueShield));
                certainly(self.with_line(payer, None), Basis::Indicator)
            }
            _ => self.unknown(),
        }
    }

    fn unknown(&self) -> Recognised {
        let payer = self.in_own_words(Payer::new(PayerName::Other));
        // Beside nothing else MEDICARE is more likely a supplement's than that of a plan of Part C.
        let words = if self.words.iter().all(|row| row.name() == Some(PayerName::Medicare)) {
            None
        } else {
            self.line_by_words()
        };
        let payer = if self.is_supplement() {
            payer
        } else {
            self.with_line_or(payer, words)
        };
        Recognised {
            payer,
            is_recognised: false,
            is_contradicted: false,
            basis: Basis::Nothing,
            by_id: None,
        }
    }

    /// The payer with the file's own name for its licensee, if the table has none.
    fn in_own_words(&self, payer: Payer) -> Payer {
        let own = [self.name, self.id].into_iter().find(|text| !text.is_empty());
        match own {
            Some(name) if payer.licensee.is_none() => payer.with_licensee(name),
            _ => payer,
        }
    }

    /// The line of business by the words of the name. A word that tells of no line, such as SUPPLEMENT, is an answer too.
    fn line_by_words(&self) -> Option<LineOfBusiness> {
        let says = |row: &&&Row| row.line.is_some() || row.payer.is_none();
        self.words.iter().find(says).and_then(|row| row.line)
    }

    /// The line of business that the row says, else the words, else the indicator.
    fn with_line(&self, payer: Payer, line: Option<LineOfBusiness>) -> Payer {
        match payer.name {
            // These have no others.
            PayerName::Medicare | PayerName::Medicaid => payer,
            _ => self.with_line_or(payer, line.or_else(|| self.line_by_words())),
        }
    }

    /// `HM` (a health maintenance organisation) says none: such plans are sold to employers, Medicare and Medicaid alike.
    fn with_line_or(&self, payer: Payer, line: Option<LineOfBusiness>) -> Payer {
        let by_indicator = match self.indicator {
            "12" | "13" | "14" | "15" | "CI" => Some(LineOfBusiness::Commercial),
            "16" => Some(LineOfBusiness::MedicareAdvantage),
            "FI" => Some(LineOfBusiness::FederalEmployee),
            "MC" => Some(LineOfBusiness::Medicaid),
            _ => None,
        };
        match line.or(by_indicator) {
            Some(line) => payer.with_line_of_business(line),
            None => payer,
        }
    }
}

const fn certainly(payer: Payer, basis: Basis) -> Recognised {
    Recognised {
        payer,
        is_recognised: true,
        is_contradicted: false,
        basis,
        by_id: None,
    }
}

#[cfg(test)]
mod tests {
    use super::payer_rows::HEADINGS;
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
            ("MEDICARE PART B MARYLAND", "", "mb", "medicare", true, false),
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

    /// What the name says, each with an indicator that says Medicare, or nothing where that is the case.
    #[test]
    fn what_is_not_medicare_never_becomes_it() {
        let cases = [
            (
                "HUMANA MEDICARE ADVANTAGE",
                "61101",
                "MB",
                "other/HUMANA MEDICARE ADVANTAGE+medicare-advantage",
            ),
            ("HUMANA", "61101", "MB", "other/HUMANA"),
            (
                "MEDICARE ADVANTAGE",
                "",
                "MA",
                "other/MEDICARE ADVANTAGE+medicare-advantage",
            ),
            (
                "BLUE MEDICARE ADVANTAGE",
                "",
                "MB",
                "other/BLUE MEDICARE ADVANTAGE+medicare-advantage",
            ),
            ("TEXAS MEDICAID", "86916", "MB", "medicaid/TEXAS MEDICAID"),
            ("TRICARE", "99726", "MB", "other/TRICARE"),
            ("MOLINA HEALTHCARE", "51062", "MB", "other/MOLINA HEALTHCARE"),
            ("WELLCARE", "14163", "MB", "other/WELLCARE"),
            (
                "MEDICARE SUPPLEMENT OF OHIO",
                "",
                "MB",
                "other/MEDICARE SUPPLEMENT OF OHIO",
            ),
            ("SOME MEDIGAP PLAN", "", "MB", "other/SOME MEDIGAP PLAN"),
            (
                "NORIDIAN MEDICARE ADVANTAGE",
                "",
                "MB",
                "other/NORIDIAN MEDICARE ADVANTAGE+medicare-advantage",
            ),
            ("MEDICARE PART C", "", "MB", "other/MEDICARE PART C+medicare-advantage"),
            (
                "MEDICARE COMPLETE",
                "",
                "MB",
                "other/MEDICARE COMPLETE+medicare-advantage",
            ),
        ];
        for (name, id, indicator, payer) in cases {
            let found = PayerTable::built_in().recognise(name, id, indicator);
            assert_eq!(found.payer.to_string(), payer, "{name} {indicator}");
            assert!(found.is_contradicted, "{name} {indicator}");
        }
    }

    #[test]
    fn what_a_payer_rests_on() {
        let basis = |name, id, indicator| PayerTable::built_in().recognise(name, id, indicator).basis;
        assert_eq!(basis("KEY INSURANCE COMPANY", "999996666", "MB"), Basis::Indicator);
        assert_eq!(basis("", "", "MA"), Basis::Indicator);
        assert_eq!(basis("NORIDIAN HEALTHCARE SOLUTIONS", "01112", "MB"), Basis::Name);
        assert_eq!(basis("NOVITAS MEDICARE", "", "MB"), Basis::Name);
        assert_eq!(basis("HAWAII MEDICAL", "", "BL"), Basis::Indicator);
        assert_eq!(basis("BUCKEYE HEALTH", "", "MC"), Basis::Indicator);
        assert_eq!(basis("SOME PLAN", "87726", ""), Basis::Id);
        assert_eq!(basis("", "87726", ""), Basis::Name);
        assert_eq!(basis("SOME PLAN", "", "CI"), Basis::Nothing);
        let disagree = |name, id, indicator| {
            let found = PayerTable::built_in().recognise(name, id, indicator);
            (found.payer.to_string(), found.by_id.map(|payer| payer.to_string()))
        };
        let aetna = || Some("aetna".to_owned());
        assert_eq!(disagree("HUMANA", "60054", ""), ("other/HUMANA".to_owned(), aetna()));
        assert_eq!(disagree("CIGNA", "60054", ""), ("cigna".to_owned(), aetna()));
        assert_eq!(disagree("AETNA", "60054", ""), ("aetna".to_owned(), None));
        // An Aetna plan beside Medicare, if nothing else says that it is Medicare itself.
        assert_eq!(
            disagree("MEDICARE", "60054", ""),
            ("other/MEDICARE".to_owned(), aetna())
        );
        assert_eq!(disagree("MEDICARE", "60054", "MB"), ("medicare".to_owned(), aetna()));
    }

    #[test]
    fn names_as_senders_write_them() {
        let cases = [
            ("MEDICAID", "", "", "medicaid"),
            ("TEXAS MEDICAID", "", "CI", "medicaid/TEXAS MEDICAID"),
            ("MEDI-CAL", "", "", "medicaid/Medi-Cal"),
            ("AETNA MEDICAID", "", "", "aetna+medicaid"),
            ("TEXAS BCBS", "", "", "blue-cross-blue-shield/TX"),
            ("TEXAS BLUE CROSS BLUE SHIELD", "", "", "blue-cross-blue-shield/TX"),
            ("BCBSTX HMO", "", "", "blue-cross-blue-shield/TX"),
            ("EMPIRE BCBS", "", "", "blue-cross-blue-shield/Anthem"),
            ("FEP BLUE", "", "", "blue-cross-blue-shield+federal-employee"),
            ("HCSC", "", "", "blue-cross-blue-shield/HCSC"),
            ("MIDWEST BCBS", "", "", "blue-cross-blue-shield/MIDWEST BCBS"),
            ("UHC GEHA", "", "CI", "unitedhealthcare+federal-employee"),
            ("GEHA", "", "", "other/GEHA+federal-employee"),
            (
                "ANTHEM HMO MEDICARE",
                "",
                "",
                "blue-cross-blue-shield/Anthem+medicare-advantage",
            ),
            ("UHC MEDICARE SOLUTIONS", "", "", "unitedhealthcare+medicare-advantage"),
            (
                "AARP MEDICARE ADVANTAGE",
                "87726",
                "",
                "unitedhealthcare/AARP+medicare-advantage",
            ),
            (
                "AARP MEDICARECOMPLETE",
                "87726",
                "",
                "unitedhealthcare/AARP+medicare-advantage",
            ),
            ("AETNA MEDICARE", "", "", "aetna+medicare-advantage"),
            ("CIGNA MEDICARE SUPPLEMENT", "", "", "other/CIGNA MEDICARE SUPPLEMENT"),
            ("AETNA SENIOR SUPPLEMENTAL", "", "CI", "other/AETNA SENIOR SUPPLEMENTAL"),
            ("UHC MED SUPP", "87726", "", "other/UHC MED SUPP"),
            ("BCBS TX MEDI-GAP", "", "", "other/BCBS TX MEDI-GAP"),
            ("AARP MEDICARE SUPPLEMENT", "", "", "other/AARP MEDICARE SUPPLEMENT"),
            ("CIGNATURE HEALTH", "", "", "other/CIGNATURE HEALTH"),
            ("AETNAX", "", "", "other/AETNAX"),
            ("BLUE CROSS ANIMAL HOSPITAL", "", "", "other/BLUE CROSS ANIMAL HOSPITAL"),
            ("STATE FARM", "25178", "BL", "other/STATE FARM"),
            ("AETNA", "60054", "BL", "aetna"),
            ("CENTERS FOR MEDICARE AND MEDICAID SERVICES", "", "MB", "medicare"),
        ];
        for (name, id, indicator, payer) in cases {
            let found = PayerTable::built_in().recognise(name, id, indicator);
            assert_eq!(found.payer.to_string(), payer, "{name} {id} {indicator}");
            assert_eq!(found.is_contradicted, indicator == "BL", "{name} {id} {indicator}");
        }
    }

    #[test]
    fn tables_as_spreadsheets_write_them() {
        let text = format!(
            "\u{feff}\"# of ours, since 2024\",,,,,,\r\n{HEADINGS}\r\n,,,,,,\r\nprefix,\"Key, \"\"Old\"\" Insurance\",cigna,,,\"a, b\",\r\n\
             id,1,aetna\r\nword,STONES,,,medicare-advantage,,,,\r\ncontractor,Ours,medicare,,,,\r\nprefix,AB*,aetna,,,,\r\n"
        );
        let table = PayerTable::from_csv(&text).unwrap();
        let payer = |name, id, indicator| table.recognise(name, id, indicator).payer.to_string();
        assert_eq!(payer("KEY OLD INSURANCE CO", "", ""), "cigna");
        assert_eq!(payer("", "1", ""), "aetna");
        assert_eq!(payer("Stones", "1", ""), "aetna+medicare-advantage");
        assert_eq!(payer("ABC", "", ""), "aetna");
        assert_eq!(table.recognise("Ours", "", "MB").basis, Basis::Name);
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
            &format!("{HEADINGS}\nwords,1,aetna,,,,"),
            &format!("{HEADINGS}\nid,1,aetna,,,,,more"),
            &format!("{HEADINGS}\nid,,aetna,,,,"),
            &format!("{HEADINGS}\nname,Ours,,,commercial,,"),
            &format!("{HEADINGS}\ncontractor,Ours,aetna,,,,"),
        ] {
            assert!(PayerTable::from_csv(wrong).is_err(), "{wrong}");
        }
    }
}
