//! What other schedules and lists say of a line's code. Each answer tells "not listed" from "no answer": the table answers
//! for the line's date or says why not, whether a rule names it in `needs` or not.

use crate::reference::{
    CodeId, CodeRows, DmeposEntry, HcpcsEntry, InForce, LaboratoryFees, Lookup, Mue, Opened, PartBDrug, TablesInForce,
};

use super::Line;

impl<'a> Line<'a> {
    /// What the Clinical Laboratory Fee Schedule pays for the code, without QW and with it. Found: the code is a laboratory
    /// test of that schedule ([`Table::Laboratory`](crate::reference::Table::Laboratory)).
    #[must_use]
    pub fn laboratory_fees(&self) -> Lookup<LaboratoryFees> {
        self.listed(|tables| tables.laboratory, |table, id| table.fees(id))
    }

    /// How the DMEPOS fee schedule prices the code, one row for each pair of modifiers
    /// ([`Table::Dmepos`](crate::reference::Table::Dmepos)).
    #[must_use]
    pub fn dmepos(&self) -> Lookup<impl Iterator<Item = DmeposEntry> + use<'a>> {
        self.listed(
            |tables| tables.dmepos,
            |table, id| table.has(id).then(|| table.rows(id)),
        )
    }

    /// What HCPCS Level II says of the code: who prices it, how it is covered, since when it is in use
    /// ([`Table::HcpcsLevel2`](crate::reference::Table::HcpcsLevel2)).
    #[must_use]
    pub fn hcpcs(&self) -> Lookup<HcpcsEntry> {
        self.listed(|tables| tables.hcpcs_level2, CodeRows::first)
    }

    /// Whether CMS's list of drugs in single-dose containers has the code: found where it does
    /// ([`Table::SingleDoseDrugs`](crate::reference::Table::SingleDoseDrugs)).
    #[must_use]
    pub fn single_dose_drug(&self) -> Lookup<()> {
        self.listed(
            |tables| tables.single_dose_drugs,
            |table, id| table.has(id).then_some(()),
        )
    }

    /// Whether Part B has a payment limit for the code, as a drug or as a vaccine
    /// ([`Table::PartBDrugs`](crate::reference::Table::PartBDrugs)).
    #[must_use]
    pub fn part_b_drug(&self) -> Lookup<PartBDrug> {
        self.listed(|tables| tables.part_b_drugs, CodeRows::first)
    }

    /// The MUE of the code for a supplier, whoever bills the line ([`Table::DmeMue`](crate::reference::Table::DmeMue)).
    #[must_use]
    pub fn supplier_mue(&self) -> Lookup<Mue> {
        self.listed(|tables| tables.dme_mue, CodeRows::first)
    }

    /// What a table says of the code. An accessor names its table once, here, so that it can answer by no other.
    fn listed<T: Opened + 'a, R>(
        &self,
        table: impl FnOnce(&'a TablesInForce<'a>) -> InForce<'a, T>,
        find: impl FnOnce(&'a T, CodeId) -> Option<R>,
    ) -> Lookup<R> {
        let code = self.code_facts.id();
        let Some(tables) = self.tables() else {
            return Lookup::NotListed;
        };
        match table(tables) {
            Err(gap) => Lookup::NotCovered(gap),
            Ok(loaded) => loaded.gap(code).map_or_else(
                || {
                    code.and_then(|id| find(&loaded.table, id))
                        .map_or(Lookup::NotListed, Lookup::Found)
                },
                Lookup::NotCovered,
            ),
        }
    }
}
