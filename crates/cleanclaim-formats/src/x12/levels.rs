//! What stands around a claim: interchange, group, transaction, billing provider, subscriber, patient.

use std::sync::Arc;

use cleanclaim::claim::{Biller, FormKind};
use cleanclaim::model::Npi;

use super::answers::Answers;
use super::claim_loop::{ClaimLoop, End, Lost, Person, Place, Surroundings};
use super::error::{Position, X12Error, X12ErrorKind};
use super::payer_memory::PayerMemory;
use super::reader::Found;
use super::{Note, Segment, values};

/// The taxonomy code of an ambulatory surgical centre (NUCC).
const SURGICAL_CENTRE: &[u8] = b"261QA1903X";

#[derive(Debug)]
pub(super) struct Levels {
    pub(super) at: Position,
    pub(super) payers: PayerMemory,
    pub(super) answers: Answers,
    transaction: Transaction,
    /// The segment of the ST.
    first_segment: u64,
    billing: Billing,
    subscriber: Person,
    /// The patient, where it is another than the subscriber.
    patient: Option<Person>,
    open: Option<ClaimLoop>,
    /// Whether the lines of a claim without CLM were reported.
    reported_stray: bool,
    /// Whether the segments are of a claim whose CLM is lost.
    is_in_lost_claim: bool,
    /// Whether a level began without an HL: it may be that of another payer within a claim whose CLM is lost.
    is_level_doubtful: bool,
    /// Whether text outside of every interchange was reported since the last.
    reported_outside: bool,
    /// Whether an ST came, and no SE yet.
    is_in_transaction: bool,
    /// Whether the transaction gave a claim, or an error in place of one.
    has_answer: bool,
    /// The groups of the interchange so far; none outside one.
    groups: Option<u64>,
    /// The transactions of the group so far; none outside one.
    transactions: Option<u64>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Billing {
    provider: Option<Npi>,
    biller: Biller,
}

/// What is done with the segments of a transaction.
#[derive(Debug)]
enum Transaction {
    /// Its claims are read, as claims of this form if the version tells it.
    Read(Option<FormKind>),
    /// It is passed over.
    Refused { at: Position, why: X12ErrorKind },
    /// The same, before anything of it was seen that would be lost.
    Unwanted { version: Box<str> },
}

impl Transaction {
    /// By the version as ST03, GS08 or ISA12 say it.
    fn of_version(version: &[u8]) -> Self {
        let begins = |with: &[&[u8]]| with.iter().any(|with| version.starts_with(with));
        if begins(&[b"005010X222"]) {
            Self::Read(Some(FormKind::Professional))
        } else if begins(&[b"005010X223"]) {
            Self::Read(Some(FormKind::Institutional))
        } else if version.is_empty() || (begins(&[b"005010", b"00501"]) && !begins(&[b"005010X224"])) {
            Self::Read(None)
        } else {
            Self::Unwanted {
                version: values::text(version, None).into(),
            }
        }
    }
}

impl Levels {
    pub(super) fn new() -> Self {
        Self {
            at: Position::default(),
            payers: PayerMemory::default(),
            answers: Answers::default(),
            transaction: Transaction::Read(None),
            first_segment: 0,
            billing: Billing::default(),
            subscriber: Person::default(),
            patient: None,
            open: None,
            reported_stray: false,
            is_in_lost_claim: false,
            is_level_doubtful: false,
            reported_outside: false,
            is_in_transaction: false,
            has_answer: false,
            groups: None,
            transactions: None,
        }
    }

    pub(super) fn take(&mut self, segment: &Segment<'_>) {
        (self.at.segment, self.at.byte) = (segment.number, segment.byte);
        if self.groups.is_none() && (segment.id() != b"ISA" || !segment.is_terminated) {
            self.outside(segment);
        }
        // A last segment without its end may be cut anywhere. Only a trailer says enough all the same, and that the claim
        // before is whole, any that begins another.
        let is_trailer = matches!(segment.id(), b"SE" | b"GE" | b"IEA");
        if !segment.is_terminated && !segment.is_cut && !is_trailer {
            if ends_claim(segment) {
                self.close(End::Whole);
            }
            return;
        }
        match segment.id() {
            b"ISA" => self.begin_interchange(segment),
            b"GS" => self.begin_group(segment),
            b"ST" => self.begin_transaction(segment),
            b"SE" => self.end_transaction(segment),
            b"GE" => self.end_group(segment),
            b"IEA" => self.end_interchange(segment),
            _ => match self.transaction {
                Transaction::Read(form) => self.within(segment, form),
                Transaction::Refused { .. } | Transaction::Unwanted { .. } => self.pass_over(segment),
            },
        }
    }

    /// The end of the file.
    pub(super) fn end(&mut self) {
        let is_cut_in_claim = self.open.is_some();
        self.close(End::OfFile);
        self.leave_refused();
        // The end of the interchange is that of all within it.
        let lost = match self.groups.take() {
            Some(_) => Some(Note::InterchangeNotClosed),
            None => self.is_in_transaction.then_some(Note::TransactionNotClosed),
        };
        if let Some(note) = lost.filter(|_| !is_cut_in_claim) {
            self.answers.note(note, self.at.clone());
        }
        self.answers.release();
    }

    /// The end of what can be read of the file.
    pub(super) fn fail(&mut self, why: X12ErrorKind) {
        self.close(End::OfFile);
        self.leave_refused();
        self.answers.error(X12Error {
            at: self.at.clone(),
            claim: None,
            kind: why,
        });
    }

    /// Text outside of every interchange, said once.
    fn outside(&mut self, segment: &Segment<'_>) {
        if !self.reported_outside {
            self.reported_outside = true;
            let start = values::start(segment);
            self.refuse(X12ErrorKind::Outside { start }, segment);
        }
    }

    /// Reports a part of the file that is lost.
    pub(super) fn refuse(&mut self, kind: X12ErrorKind, segment: &Segment<'_>) {
        self.refuse_at(kind, segment.number, segment.byte);
    }

    fn refuse_at(&mut self, kind: X12ErrorKind, segment: u64, byte: u64) {
        let at = self.position(segment, byte);
        self.has_answer = true;
        self.answers.error(X12Error { at, claim: None, kind });
    }

    fn position(&self, segment: u64, byte: u64) -> Position {
        Position {
            segment,
            byte,
            ..self.at.clone()
        }
    }

    fn begin_interchange(&mut self, isa: &Segment<'_>) {
        self.abandon_transaction();
        if self.groups.is_some() {
            self.answers.note(Note::InterchangeNotClosed, self.at.clone());
        }
        self.reported_outside = false;
        self.groups = Some(0);
        self.transactions = None;
        let (_, [.., version, control]) = isa.elements::<13>();
        self.at.interchange = number(control);
        self.at.group = number(b"");
        self.at.transaction = number(b"");
        self.begin_version(version, isa);
    }

    fn begin_group(&mut self, gs: &Segment<'_>) {
        self.abandon_group();
        self.groups = self.groups.map(|groups| groups + 1);
        self.transactions = Some(0);
        let (_, [.., control, _, version]) = gs.elements::<8>();
        self.at.group = number(control);
        self.at.transaction = number(b"");
        if !version.is_empty() {
            self.begin_version(version, gs);
        }
    }

    fn begin_transaction(&mut self, st: &Segment<'_>) {
        self.abandon_transaction();
        self.is_in_transaction = true;
        self.transactions = self.transactions.map(|transactions| transactions + 1);
        self.has_answer = false;
        let (_, [set, control, version]) = st.elements::<3>();
        self.at.transaction = number(control);
        if !version.is_empty() {
            self.begin_version(version, st);
        }
        self.first_segment = st.number;
        self.leave_lost_claim();
        self.is_level_doubtful = false;
        self.begin_billing();
        let at = self.position(st.number, st.byte);
        if !matches!(set, b"837" | b"") {
            let why = X12ErrorKind::TransactionSet(values::text(set, st.separators));
            self.transaction = Transaction::Refused { at, why };
        } else if let Transaction::Unwanted { version } = &self.transaction {
            self.transaction = Transaction::Refused {
                at,
                why: unsupported(version),
            };
        }
    }

    fn begin_version(&mut self, version: &[u8], header: &Segment<'_>) {
        self.first_segment = header.number;
        self.transaction = Transaction::of_version(version);
    }

    fn end_transaction(&mut self, se: &Segment<'_>) {
        let read = se.number.saturating_sub(self.first_segment) + 1;
        self.close(End::Whole);
        if matches!(self.transaction, Transaction::Read(_)) {
            if !self.has_answer {
                self.refuse(X12ErrorKind::EmptyTransaction, se);
            } else if let Some(stated) = stated_otherwise(se, read).filter(|_| self.is_in_transaction) {
                self.note(Note::SegmentCount { stated, read }, se);
            }
            self.check_control("SE02", se, &self.at.transaction.clone());
        }
        self.leave_refused();
        self.is_in_transaction = false;
        self.at.transaction = number(b"");
    }

    fn end_group(&mut self, ge: &Segment<'_>) {
        self.abandon_transaction();
        if let Some(read) = self.transactions.take()
            && let Some(stated) = stated_otherwise(ge, read)
        {
            self.note(Note::TransactionCount { stated, read }, ge);
        }
        self.check_control("GE02", ge, &self.at.group.clone());
        self.at.group = number(b"");
    }

    fn end_interchange(&mut self, iea: &Segment<'_>) {
        self.abandon_group();
        if let Some(read) = self.groups
            && let Some(stated) = stated_otherwise(iea, read)
        {
            self.note(Note::GroupCount { stated, read }, iea);
        }
        self.check_control("IEA02", iea, &self.at.interchange.clone());
        self.groups = None;
        self.at.interchange = number(b"");
        self.at.group = number(b"");
    }

    /// Holds a trailer's control number against its header's. Outside of an interchange something else was said already.
    fn check_control(&mut self, name: &'static str, trailer: &Segment<'_>, header: &str) {
        let stated = values::text(trailer.elements::<2>().1[1], None);
        if trailer.is_terminated && self.groups.is_some() && !values::is_same_control(&stated, header) {
            let note = Note::ControlNumber {
                trailer: name,
                stated,
                header: header.to_owned(),
            };
            self.note(note, trailer);
        }
    }

    /// Says something of the last claim that this segment tells.
    fn note(&mut self, note: Note, segment: &Segment<'_>) {
        let at = self.position(segment.number, segment.byte);
        self.answers.note(note, at);
    }

    /// Ends a group whose GE is missing, if one is open.
    fn abandon_group(&mut self) {
        self.abandon_transaction();
        if self.transactions.take().is_some() {
            self.answers.note(Note::GroupNotClosed, self.at.clone());
        }
    }

    /// Ends a transaction whose SE is missing, if one is open: what follows is there, so that the last claim may be whole.
    fn abandon_transaction(&mut self) {
        self.close(End::Whole);
        if std::mem::take(&mut self.is_in_transaction) && matches!(self.transaction, Transaction::Read(_)) {
            if self.has_answer {
                self.answers.note(Note::TransactionNotClosed, self.at.clone());
            } else {
                self.refuse_at(X12ErrorKind::EmptyTransaction, self.at.segment, self.at.byte);
            }
        }
        self.leave_refused();
        self.at.transaction = number(b"");
    }

    /// Reports a transaction that was passed over.
    fn leave_refused(&mut self) {
        if let Transaction::Refused { at, why } = &mut self.transaction {
            let kind = std::mem::replace(why, X12ErrorKind::NoClaim);
            let at = std::mem::take(at);
            // Transactions that follow without an ST are as unwanted as this one.
            if let X12ErrorKind::Version { version, .. } = &kind {
                self.transaction = Transaction::Unwanted {
                    version: version.as_str().into(),
                };
            } else {
                self.transaction = Transaction::Read(None);
            }
            self.answers.error(X12Error { at, claim: None, kind });
        }
    }

    /// Counts what is lost.
    fn pass_over(&mut self, segment: &Segment<'_>) {
        if segment.id() != b"CLM" {
            return;
        }
        if let Transaction::Unwanted { version } = &self.transaction {
            let at = self.position(segment.number, segment.byte);
            self.transaction = Transaction::Refused {
                at,
                why: unsupported(version),
            };
        }
        if let Transaction::Refused {
            why: X12ErrorKind::Version { claims, .. },
            ..
        } = &mut self.transaction
        {
            *claims += 1;
        }
    }

    fn close(&mut self, end: End) {
        let Some(mut open) = self.open.take() else {
            return;
        };
        let next = open.take_next();
        if next.is_some() {
            open.doubt_provider();
        }
        self.finish(open, if next.is_some() { End::NextLost } else { end });
        if let Some(Place { segment, byte, .. }) = next {
            self.refuse_at(X12ErrorKind::NoClaim, segment, byte);
        }
    }

    fn finish(&mut self, open: ClaimLoop, end: End) {
        let at = self.position(open.segment, open.byte);
        let id = open.id.clone();
        self.has_answer = true;
        match open.finish(end) {
            Ok((claim, notes)) => self.answers.claim(Found { claim, at, notes }),
            Err(lost) => self.answers.error(X12Error {
                at,
                claim: Some(id).filter(|id| !id.is_empty()),
                kind: match lost {
                    Lost::Problems(problems) => X12ErrorKind::Claim(problems),
                    Lost::CutOff => X12ErrorKind::CutOff,
                },
            }),
        }
    }

    /// A segment of a transaction whose claims are read.
    fn within(&mut self, segment: &Segment<'_>, form: Option<FormKind>) {
        match segment.id() {
            b"HL" => self.begin_level(segment),
            b"CLM" => self.begin_claim(segment, form),
            b"LX" | b"SV1" | b"SV2" if self.open.as_ref().is_some_and(|open| open.is_past(segment)) => {
                self.leave_for_lost_claim(segment);
            }
            id => match &mut self.open {
                Some(open) if !(open.has_lines() && is_of_next_level(segment, id)) => open.take(segment),
                Some(open) => {
                    // The HL before it is lost, or the CLM of a claim with another payer.
                    open.doubt_provider();
                    self.close(End::Whole);
                    self.is_level_doubtful = true;
                    self.header(segment, id);
                }
                None => self.header(segment, id),
            },
        }
    }

    /// Ends a claim behind whose lines segments of another stand, at a line of that other.
    fn leave_for_lost_claim(&mut self, line: &Segment<'_>) {
        let begin = self.open.as_mut().and_then(ClaimLoop::take_behind);
        self.close(End::NextLost);
        match begin {
            Some(Place { segment, byte, .. }) => {
                self.refuse_at(X12ErrorKind::NoClaim, segment, byte);
                self.reported_stray = true;
                self.is_in_lost_claim = true;
            }
            None => self.stray(line),
        }
    }

    /// Nothing of a claim whose CLM is lost follows any more.
    fn leave_lost_claim(&mut self) {
        self.reported_stray = false;
        self.is_in_lost_claim = false;
    }

    fn begin_level(&mut self, hl: &Segment<'_>) {
        self.close(End::Whole);
        self.leave_lost_claim();
        self.is_level_doubtful = false;
        match hl.elements::<3>().1[2] {
            b"20" => self.begin_billing(),
            b"22" => self.begin_subscriber(),
            b"23" => self.patient = Some(Person::default()),
            _ => {}
        }
    }

    fn begin_billing(&mut self) {
        self.billing = Billing::default();
        self.begin_subscriber();
    }

    fn begin_subscriber(&mut self) {
        self.subscriber = Person::default();
        self.patient = None;
        self.payers.forget();
    }

    fn begin_claim(&mut self, clm: &Segment<'_>, form: Option<FormKind>) {
        self.close(End::Whole);
        self.leave_lost_claim();
        self.is_level_doubtful = false;
        let mut notes = Vec::new();
        let surroundings = Surroundings {
            payer: self.payers.payer(&mut notes),
            billing: self.billing.provider,
            biller: self.billing.biller,
            person: self.patient.as_ref().unwrap_or(&self.subscriber).clone(),
        };
        self.open = Some(ClaimLoop::new(clm, form, surroundings, notes));
    }

    /// A segment of the levels above the claims.
    fn header(&mut self, segment: &Segment<'_>, id: &[u8]) {
        match id {
            b"LX" | b"SV1" | b"SV2" => self.stray(segment),
            // What a claim without CLM says of persons and payers is not of the level.
            _ if self.is_in_lost_claim => {}
            b"HI" | b"CL1" => self.is_in_lost_claim = true,
            b"NM1" => self.name(segment),
            b"DMG" => self.person(segment),
            b"PRV" => {
                let (_, [role, _, taxonomy]) = segment.elements::<3>();
                if role == b"BI" && taxonomy.eq_ignore_ascii_case(SURGICAL_CENTRE) {
                    self.billing.biller = Biller::Asc;
                }
            }
            b"SBR" => {
                self.begin_subscriber();
                self.payers.indicator(segment);
            }
            _ => {}
        }
    }

    fn name(&mut self, segment: &Segment<'_>) {
        let (_, [who, .., id]) = segment.elements::<9>();
        match who {
            b"85" => self.billing.provider = values::npi(id),
            b"PR" => self.payers.name(segment),
            b"QC" => self.patient = Some(Person::default()),
            // The HL and SBR before it may be lost; another subscriber's payer must not stand for this one's.
            b"IL" => {
                self.subscriber = Person::default();
                self.patient = None;
                self.payers.forget_name();
            }
            _ => {}
        }
    }

    fn person(&mut self, dmg: &Segment<'_>) {
        let person = Person::read(dmg);
        match &mut self.patient {
            Some(patient) => *patient = person,
            None => self.subscriber = person,
        }
    }

    /// A line under no claim, said once a claim.
    fn stray(&mut self, segment: &Segment<'_>) {
        self.is_in_lost_claim = true;
        if std::mem::take(&mut self.is_level_doubtful) {
            self.begin_subscriber();
        }
        if !self.reported_stray {
            self.reported_stray = true;
            self.refuse(X12ErrorKind::NoClaim, segment);
        }
    }
}

/// Whether the segment, of which only the beginning may be there, shows that no claim before it goes on.
fn ends_claim(segment: &Segment<'_>) -> bool {
    let id = segment.id();
    id.len() < segment.bytes.len() && matches!(id, b"CLM" | b"HL" | b"ST" | b"GS" | b"ISA")
}

/// Whether a segment cannot stand after a claim's lines, so that another level has begun.
fn is_of_next_level(segment: &Segment<'_>, id: &[u8]) -> bool {
    match id {
        b"SBR" | b"PAT" | b"DMG" => true,
        b"NM1" => matches!(segment.elements::<1>().1[0], b"85" | b"IL" | b"PR" | b"QC"),
        _ => false,
    }
}

/// What a trailer says to be the number of what it closes, where it is another than was read.
fn stated_otherwise(trailer: &Segment<'_>, read: u64) -> Option<u64> {
    let stated = values::whole(trailer.elements::<1>().1[0]).map(u64::from);
    // Of a number that is cut nobody knows the rest.
    stated.filter(|&stated| stated != read && trailer.is_terminated)
}

fn unsupported(version: &str) -> X12ErrorKind {
    X12ErrorKind::Version {
        version: version.to_owned(),
        claims: 0,
    }
}

fn number(text: &[u8]) -> Arc<str> {
    values::text(text, None).into()
}
