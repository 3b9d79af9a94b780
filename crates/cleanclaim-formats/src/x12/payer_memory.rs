//! The payer of the subscriber that is being read.

use cleanclaim::model::{Payer, PayerName};

use super::note::Notes;
use super::payer_table::{Basis, Recognised};
use super::shown::Shape;
use super::{Note, PayerTable, Segment, values};

/// What a file says of the payer, and whom the last that was asked for meant: most claims of a file have the same one.
#[derive(Debug, Default)]
pub(super) struct PayerMemory {
    table: Option<PayerTable>,
    said: Said,
    last: Option<(Said, Recognised)>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Said {
    indicator: String,
    name: String,
    id: String,
}

impl PayerMemory {
    pub(super) fn use_table(&mut self, table: PayerTable) {
        self.table = Some(table);
        self.last = None;
    }

    pub(super) fn forget(&mut self) {
        self.said.indicator.clear();
        self.forget_name();
    }

    pub(super) fn forget_name(&mut self) {
        self.said.name.clear();
        self.said.id.clear();
    }

    /// Takes the claim filing indicator of an SBR.
    pub(super) fn indicator(&mut self, sbr: &Segment<'_>) {
        let (_, [.., indicator]) = sbr.elements::<9>();
        self.said.indicator = Shape::Short.shown(indicator);
    }

    /// Takes the name and identifier of an NM1*PR.
    pub(super) fn name(&mut self, nm1: &Segment<'_>) {
        let (_, [_, kind, name, .., qualifier, id]) = nm1.elements::<9>();
        self.forget_name();
        // Of a payer who is a person nothing is kept that could end up in a message.
        if kind != b"1" {
            self.said.name = values::text(name, nm1.separators);
            if matches!(qualifier, b"PI" | b"XV" | b"") {
                self.said.id = values::text(id, nm1.separators);
            }
        }
    }

    /// The payer, with notes where it is not certain.
    pub(super) fn payer(&mut self, notes: &mut Notes) -> Payer {
        if self.last.as_ref().is_none_or(|(said, _)| *said != self.said) {
            let table = self.table.as_ref().unwrap_or(PayerTable::built_in());
            let Said { indicator, name, id } = &self.said;
            let recognised = table.recognise(name, id, indicator);
            self.last = Some((self.said.clone(), recognised));
        }
        let Some((said, found)) = &self.last else {
            return Payer::new(PayerName::Other);
        };
        said.note(found, notes);
        found.payer.clone()
    }
}

impl Said {
    /// Says where the payer is not certain.
    fn note(&self, found: &Recognised, notes: &mut Notes) {
        let Self { indicator, name, id } = self;
        let (indicator, name, id) = (|| indicator.clone(), || name.clone(), || id.clone());
        if found.is_contradicted {
            notes.push(Note::FilingIndicator {
                indicator: indicator(),
                name: name(),
            });
        }
        let payer = found.payer.name;
        match found.basis {
            Basis::Indicator => notes.push(Note::PayerByIndicator {
                indicator: indicator(),
                name: name(),
                payer,
            }),
            Basis::Id => notes.push(Note::PayerById {
                id: id(),
                name: name(),
                payer,
            }),
            Basis::Name | Basis::Nothing => {}
        }
        if let Some(other) = &found.by_id {
            notes.push(Note::PayerIdOfAnother {
                id: id(),
                name: name(),
                payer: other.name,
            });
        }
        if !found.is_recognised {
            notes.push(Note::PayerNotRecognised { name: name(), id: id() });
        }
    }
}
