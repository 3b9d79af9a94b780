//! Interchange, group and transaction: where a segment stands, and what their trailers tell of losses.

use std::sync::Arc;

use cleanclaim::model::Location;

use super::shown::Shape;
use super::{Loss, Segment, values};

/// What is open at a segment.
#[derive(Debug, Default)]
pub(super) struct Envelopes {
    pub(super) at: Location,
    /// The interchange's sender, ISA06.
    pub(super) sender: Arc<str>,
    /// Where the interchange begins.
    pub(super) interchange_byte: u64,
    interchange: Option<Envelope>,
    group: Option<Envelope>,
    transaction: Option<Envelope>,
    /// Whether the interchange holds an acknowledgment of one (TA1).
    has_acknowledgment: bool,
    /// What trailers told since it was last taken.
    losses: Vec<(Location, Loss)>,
    /// An envelope that ended with nothing in it.
    hollow: Option<(Location, Hollow)>,
}

/// One envelope from its header on.
#[derive(Debug, Default)]
struct Envelope {
    /// The header's control number as it stands there.
    control: Box<[u8]>,
    version: Box<[u8]>,
    /// The header's number in the file.
    first_segment: u64,
    /// How many envelopes it holds so far.
    holds: u64,
    /// Whether anything stands in it.
    has_content: bool,
}

/// An envelope without a transaction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hollow {
    Group,
    Interchange,
    /// With nothing but an acknowledgment of an interchange.
    Acknowledgment,
}

/// A header or trailer: what was read of a transaction before it is whole.
#[derive(Debug)]
pub(super) struct Boundary {
    /// The segment's location, within the transaction that ends here; none if none was open.
    pub(super) left: Option<Location>,
    /// Whether a transaction begins.
    pub(super) begins: bool,
}

impl Envelopes {
    /// Says where the next segment stands.
    pub(super) fn locate(&mut self, segment: &Segment<'_>) {
        (self.at.segment, self.at.byte) = (Some(segment.number), Some(segment.byte));
    }

    /// The place of a segment within what is open.
    pub(super) fn place(&self, segment: u64, byte: u64) -> Location {
        at(&self.at, segment, byte)
    }

    /// Whether a segment stands outside of every interchange.
    pub(super) fn is_outside(&self, segment: &Segment<'_>) -> bool {
        self.interchange.is_none() && (segment.id() != b"ISA" || !segment.is_terminated)
    }

    /// The version of the transactions that follow: ST03, else GS08, else ISA12; empty if none says any.
    pub(super) fn version(&self) -> &[u8] {
        [&self.transaction, &self.group, &self.interchange]
            .into_iter()
            .flatten()
            .map(|envelope| &*envelope.version)
            .find(|version| !version.is_empty())
            .unwrap_or_default()
    }

    /// Takes a header or trailer; `None` of any other segment.
    pub(super) fn take(&mut self, segment: &Segment<'_>) -> Option<Boundary> {
        let left = self.transaction.is_some().then(|| self.at.clone());
        let begins = match segment.id() {
            b"ISA" => self.begin_interchange(segment),
            b"GS" => self.begin_group(segment),
            b"ST" => self.begin_transaction(segment),
            b"SE" => self.end_transaction(segment),
            b"GE" => self.end_group(segment),
            b"IEA" => self.end_interchange(segment),
            id => {
                self.within(id);
                return None;
            }
        };
        Some(Boundary { left, begins })
    }

    /// The losses since they were last taken.
    pub(super) fn take_losses(&mut self) -> Vec<(Location, Loss)> {
        std::mem::take(&mut self.losses)
    }

    /// The envelope that ended with nothing in it since it was last taken.
    pub(super) const fn take_hollow(&mut self) -> Option<(Location, Hollow)> {
        self.hollow.take()
    }

    /// The end of the file. That of an interchange is that of all within it.
    pub(super) fn end(&mut self) {
        if self.interchange.take().is_some() {
            self.lose(Loss::InterchangeNotClosed);
        } else if self.transaction.is_some() {
            self.lose(Loss::TransactionNotClosed);
        }
        (self.group, self.transaction) = (None, None);
    }

    fn within(&mut self, id: &[u8]) {
        if id == b"TA1" && self.group.is_none() {
            self.has_acknowledgment = true;
            return;
        }
        for envelope in [&mut self.group, &mut self.interchange].into_iter().flatten() {
            envelope.has_content = true;
        }
    }

    fn begin_interchange(&mut self, isa: &Segment<'_>) -> bool {
        self.abandon_transaction();
        if self.interchange.is_some() {
            self.lose(Loss::InterchangeNotClosed);
        }
        let (_, [_, _, _, _, _, sender, .., version, control]) = isa.elements::<13>();
        self.interchange = Some(Envelope::new(isa, control, version));
        (self.group, self.has_acknowledgment) = (None, false);
        self.at.interchange = shown(control);
        self.sender = values::text(sender, None).into();
        self.interchange_byte = isa.byte;
        self.at.group = None;
        false
    }

    fn begin_group(&mut self, gs: &Segment<'_>) -> bool {
        self.abandon_group();
        if let Some(interchange) = &mut self.interchange {
            interchange.holds += 1;
            interchange.has_content = true;
        }
        let (_, [.., control, _, version]) = gs.elements::<8>();
        self.group = Some(Envelope::new(gs, control, version));
        self.at.group = shown(control);
        false
    }

    fn begin_transaction(&mut self, st: &Segment<'_>) -> bool {
        self.abandon_transaction();
        if let Some(group) = &mut self.group {
            group.holds += 1;
        }
        self.within(b"ST");
        let (_, [_, control, version]) = st.elements::<3>();
        self.transaction = Some(Envelope::new(st, control, version));
        self.at.transaction = shown(control);
        true
    }

    fn end_transaction(&mut self, se: &Segment<'_>) -> bool {
        let ended = self.transaction.take();
        if let Some(first) = ended.as_ref().map(|transaction| transaction.first_segment) {
            let read = se.number.saturating_sub(first) + 1;
            if let Some(stated) = stated_otherwise(se, read) {
                self.lose(Loss::Segments { stated, read });
            }
        }
        self.check_control("SE02", se, ended.as_ref());
        self.at.transaction = None;
        false
    }

    fn end_group(&mut self, ge: &Segment<'_>) -> bool {
        self.abandon_transaction();
        let ended = self.group.take();
        if let Some(read) = ended.as_ref().map(|group| group.holds) {
            if let Some(stated) = stated_otherwise(ge, read) {
                self.lose(Loss::Transactions { stated, read });
            }
        }
        if ended.as_ref().is_some_and(|group| !group.has_content) {
            self.hollow = Some((self.at.clone(), Hollow::Group));
        }
        self.check_control("GE02", ge, ended.as_ref());
        self.at.group = None;
        false
    }

    fn end_interchange(&mut self, iea: &Segment<'_>) -> bool {
        self.abandon_group();
        let ended = self.interchange.take();
        if let Some(read) = ended.as_ref().map(|interchange| interchange.holds) {
            if let Some(stated) = stated_otherwise(iea, read) {
                self.lose(Loss::Groups { stated, read });
            }
        }
        if ended.as_ref().is_some_and(|interchange| !interchange.has_content) {
            let what = match self.has_acknowledgment {
                true => Hollow::Acknowledgment,
                false => Hollow::Interchange,
            };
            self.hollow = Some((self.at.clone(), what));
        }
        if ended.is_some() {
            self.check_control("IEA02", iea, ended.as_ref());
        }
        self.at.interchange = None;
        self.at.group = None;
        false
    }

    /// Holds a trailer's control number against its header's. Outside of an interchange something else is said.
    fn check_control(&mut self, trailer: &'static str, segment: &Segment<'_>, header: Option<&Envelope>) {
        let is_within = self.interchange.is_some() || trailer == "IEA02";
        if !segment.is_terminated || !is_within {
            return;
        }
        let stated = segment.elements::<2>().1[1];
        let shown = |control: &[u8]| Shape::Control.shown(control);
        match header {
            Some(header) if values::is_same_control(stated, &header.control) => {}
            Some(header) => {
                let header = shown(&header.control);
                self.lose(Loss::ControlNumber {
                    trailer,
                    stated: shown(stated),
                    header,
                });
            }
            None => self.lose(Loss::ClosesNothing {
                trailer,
                stated: shown(stated),
            }),
        }
    }

    /// Ends a group whose GE is missing, if one is open.
    fn abandon_group(&mut self) {
        self.abandon_transaction();
        if self.group.take().is_some() {
            self.lose(Loss::GroupNotClosed);
        }
    }

    /// Ends a transaction whose SE is missing, if one is open.
    fn abandon_transaction(&mut self) {
        if self.transaction.take().is_some() {
            self.lose(Loss::TransactionNotClosed);
        }
        self.at.transaction = None;
    }

    fn lose(&mut self, loss: Loss) {
        self.losses.push((self.at.clone(), loss));
    }
}

impl Envelope {
    fn new(header: &Segment<'_>, control: &[u8], version: &[u8]) -> Self {
        Self {
            control: bounded(control),
            version: bounded(version),
            first_segment: header.number,
            ..Self::default()
        }
    }
}

/// The same envelopes at another segment.
pub(super) fn at(envelopes: &Location, segment: u64, byte: u64) -> Location {
    let mut at = envelopes.clone();
    (at.segment, at.byte) = (Some(segment), Some(byte));
    at
}

/// More than a control number or a version has.
fn bounded(text: &[u8]) -> Box<[u8]> {
    const LONGEST: usize = 40;
    text.get(..LONGEST).unwrap_or(text).into()
}

/// A control number, if it can be one.
fn shown(control: &[u8]) -> Option<Arc<str>> {
    Some(Shape::Control.shown(control))
        .filter(|control| !control.is_empty())
        .map(Arc::from)
}

/// What a trailer says to be the number of what it closes, where it is another than was read.
fn stated_otherwise(trailer: &Segment<'_>, read: u64) -> Option<u64> {
    let stated = values::whole(trailer.elements::<1>().1[0]).map(u64::from);
    // Of a number that is cut nobody knows the rest.
    stated.filter(|&stated| stated != read && trailer.is_terminated)
}
