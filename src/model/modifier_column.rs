use super::{Modifier, closed_set, serde_as_text};

closed_set! {
    what: "a column of modifiers";
    /// The column of the fee schedule that says to which procedures a modifier belongs.
    ///
    /// Payers that set their own percentages still use these columns: 150 percent for both sides where the bilateral
    /// indicator is 1, an assistant where the assistant's is 2.
    ///
    /// Source: the columns of the Medicare Physician Fee Schedule's files, and the values that they print.
    ///
    /// ```
    /// use cleanclaim::model::ModifierColumn;
    /// use cleanclaim::modifier;
    ///
    /// assert_eq!(ModifierColumn::of(modifier!("80")), Some(ModifierColumn::AssistantAtSurgery));
    /// assert_eq!(ModifierColumn::of(modifier!("52")), None);
    /// assert!(ModifierColumn::Bilateral.values().contains(&"3"));
    /// assert_eq!(ModifierColumn::Bilateral.name(), "bilateral indicator");
    /// assert_eq!("co-surgeon".parse::<ModifierColumn>()?, ModifierColumn::CoSurgeon);
    /// # Ok::<(), cleanclaim::model::ParseError>(())
    /// ```
    #[strum(serialize_all = "kebab-case", ascii_case_insensitive)]
    #[non_exhaustive]
    pub enum ModifierColumn {
        /// Both sides: 50.
        Bilateral,
        /// An assistant at surgery: 80, 81, 82 and AS.
        AssistantAtSurgery,
        /// Two surgeons: 62.
        CoSurgeon,
        /// A surgical team: 66.
        TeamSurgery,
        /// The global days: 22, 78, and the parts of the care, 54 to 56.
        GlobalDays,
    }
}

impl ModifierColumn {
    /// The column for a modifier; `None` if no column is.
    #[must_use]
    pub fn of(modifier: Modifier) -> Option<Self> {
        match modifier.as_str() {
            "50" => Some(Self::Bilateral),
            "80" | "81" | "82" | "AS" => Some(Self::AssistantAtSurgery),
            "62" => Some(Self::CoSurgeon),
            "66" => Some(Self::TeamSurgery),
            "22" | "54" | "55" | "56" | "78" => Some(Self::GlobalDays),
            _ => None,
        }
    }

    /// The values that the column prints.
    #[must_use]
    pub const fn values(self) -> &'static [&'static str] {
        match self {
            Self::Bilateral => &["0", "1", "2", "3", "9"],
            Self::AssistantAtSurgery | Self::CoSurgeon | Self::TeamSurgery => &["0", "1", "2", "9"],
            Self::GlobalDays => &["000", "010", "090", "MMM", "XXX", "YYY", "ZZZ"],
        }
    }

    /// What the column is called.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Bilateral => "bilateral indicator",
            Self::AssistantAtSurgery => "assistant at surgery indicator",
            Self::CoSurgeon => "co-surgeon indicator",
            Self::TeamSurgery => "team surgery indicator",
            Self::GlobalDays => "global days",
        }
    }
}

serde_as_text!(ModifierColumn);
