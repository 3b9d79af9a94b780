//! What stands around a claim: the transaction, billing provider, subscriber and patient.

use cleanclaim::claim::{Biller, FormKind};
use cleanclaim::model::{Location, Npi};

use super::answers::{Answers, ClaimInFile};
use super::claim_loop::{ClaimLoop, End, Ended, Person, Place, Surroundings};
use super::envelopes::{self, Envelopes, Hollow};
use super::guide::Guide;
use super::note::Notes;
use super::payer_memory::PayerMemory;
use super::shown::segment_id;
use super::{Loss, Segment, X12Error, X12ErrorKind, values};

/// The taxonomy code of an ambulatory surgical centre (NUCC).
const SURGICAL_CENTRE: &[u8] = b"261QA1903X";
/// The beginnings of the taxonomies of suppliers of equipment, eyewear, hearing aids, prosthetics and orthotics.
///
/// Source: National Uniform Claim Committee, provider taxonomy, "Suppliers" (UNVERIFIED).
const SUPPLIERS: [&[u8]; 4] = [b"332B", b"332H", b"332S", b"335E"];

#[derive(Debug)]
pub(super) struct Levels {
    pub(super) envelopes: Envelopes,
    pub(super) payers: PayerMemory,
    pub(super) answers: Answers,
    /// The most lines that a claim may have.
    pub(super) most_lines: usize,
    transaction: Transaction,
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
    /// Whether the transaction gave a claim, or an error in place of one.
    has_answer: bool,
    /// Whether the file ended within a claim that is lost by it.
    is_cut_off: bool,
}

#[derive(Clone, Copy, Debug, Default)]
struct Billing {
    provider: Option<Npi>,
    /// What the taxonomy says; `None` without one.
    biller: Option<Biller>,
}

/// Who bills, by the taxonomy of the billing provider.
fn biller(taxonomy: &[u8]) -> Option<Biller> {
    let is_of = |beginning: &[u8]| {
        let start = taxonomy.get(..beginning.len());
        start.is_some_and(|start| start.eq_ignore_ascii_case(beginning))
    };
    match taxonomy {
        b"" => None,
        _ if taxonomy.eq_ignore_ascii_case(SURGICAL_CENTRE) => Some(Biller::Asc),
        _ if SUPPLIERS.iter().any(|beginning| is_of(beginning)) => Some(Biller::Supplier),
        _ => Some(Biller::Practitioner),
    }
}

/// What is done with the segments of a transaction.
#[derive(Debug)]
enum Transaction {
    /// Its claims are read, as claims of this form if the version tells it.
    Read(Option<FormKind>),
    /// It is passed over.
    PassedOver(Box<Refusal>),
}

/// Why a transaction is passed over.
#[derive(Debug)]
struct Refusal {
    /// Where it begins, or what of it is lost first; none as long as nothing is.
    at: Option<Location>,
    why: X12ErrorKind,
}

impl Transaction {
    /// By the version as ST03, GS08 or ISA12 say it.
    fn of_version(version: &[u8]) -> Self {
        match Guide::of_version(version) {
            Guide::Claims(form) => Self::Read(form),
            Guide::Other { version, purpose } => Self::PassedOver(Box::new(Refusal {
                at: None,
                why: X12ErrorKind::Version {
                    version: version.into(),
                    purpose,
                    claims: 0,
                },
            })),
        }
    }

    /// The transaction of an ST: its set (ST01) comes before its version.
    fn begin(st: &Segment<'_>, version: &[u8], location: &Location) -> Self {
        let set = st.elements::<1>().1[0];
        if !matches!(set, b"837" | b"") {
            return Self::PassedOver(Box::new(Refusal {
                at: Some(location.clone()),
                why: X12ErrorKind::TransactionSet {
                    set: shown_set(set),
                    expected: "837, professional or institutional",
                },
            }));
        }
        let mut transaction = Self::of_version(version);
        if let Self::PassedOver(refusal) = &mut transaction {
            refusal.at = Some(location.clone());
        }
        transaction
    }
}

/// A transaction set, if it can be one.
fn shown_set(set: &[u8]) -> String {
    let is_set = set.len() == 3 && set.iter().all(u8::is_ascii_digit);
    if is_set {
        values::text(set, None)
    } else {
        "?".to_owned()
    }
}

impl Levels {
    pub(super) fn new(most_lines: usize) -> Self {
        Self {
            envelopes: Envelopes::default(),
            payers: PayerMemory::default(),
            answers: Answers::default(),
            most_lines,
            transaction: Transaction::Read(None),
            billing: Billing::default(),
            subscriber: Person::default(),
            patient: None,
            open: None,
            reported_stray: false,
            is_in_lost_claim: false,
            is_level_doubtful: false,
            reported_outside: false,
            has_answer: false,
            is_cut_off: false,
        }
    }

    pub(super) fn take(&mut self, segment: &Segment<'_>) {
        self.envelopes.locate(segment);
        if self.envelopes.is_outside(segment) {
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
        match self.envelopes.take(segment) {
            Some(boundary) => {
                self.close(End::Whole);
                self.leave_transaction(boundary.left);
                if segment.id() == b"ISA" {
                    self.reported_outside = false;
                }
                if boundary.begins {
                    self.begin_transaction(segment);
                }
            }
            None => match self.transaction {
                Transaction::Read(form) => self.within(segment, form),
                Transaction::PassedOver(_) => self.pass_over(segment),
            },
        }
    }

    /// The end of the file.
    pub(super) fn end(&mut self) {
        self.close(End::OfFile);
        self.leave_refused();
        self.envelopes.end();
        let losses = self.envelopes.take_losses();
        // A claim that the file ends within says it all.
        if !self.is_cut_off {
            self.lose(losses);
        }
    }

    /// The end of what can be read of the file.
    pub(super) fn fail(&mut self, why: X12ErrorKind) {
        self.close(End::OfFile);
        self.leave_refused();
        let at = self.envelopes.at.clone();
        self.error(at, why);
    }

    /// Text outside of every interchange, said once.
    fn outside(&mut self, segment: &Segment<'_>) {
        if !self.reported_outside {
            self.reported_outside = true;
            let id = segment_id(segment.id()).to_owned();
            self.refuse(X12ErrorKind::Outside { segment: id }, segment);
        }
    }

    /// Reports a part of the file that is lost.
    pub(super) fn refuse(&mut self, kind: X12ErrorKind, segment: &Segment<'_>) {
        let at = self.envelopes.place(segment.number, segment.byte);
        self.error(at, kind);
    }

    fn error(&mut self, at: Location, kind: X12ErrorKind) {
        self.has_answer = true;
        self.answers.error(X12Error { at, claim: None, kind });
    }

    fn begin_transaction(&mut self, st: &Segment<'_>) {
        self.has_answer = false;
        self.leave_lost_claim();
        self.is_level_doubtful = false;
        self.begin_billing();
        self.transaction = Transaction::begin(st, self.envelopes.version(), &self.envelopes.at);
    }

    /// Ends what was read of a transaction at a header or trailer; `left` is where, if one was open.
    fn leave_transaction(&mut self, left: Option<Location>) {
        let is_read = matches!(self.transaction, Transaction::Read(_));
        let is_empty = left.is_some() && is_read && !self.has_answer;
        let losses = self.envelopes.take_losses();
        match left.filter(|_| is_empty) {
            Some(at) => self.error(at, X12ErrorKind::EmptyTransaction),
            None => self.leave_refused(),
        }
        // Of a transaction that is not read, or is empty, something else was said.
        let says_more = |loss: &Loss| is_read && !is_empty || !loss.is_of_transaction();
        self.lose(losses.into_iter().filter(|(_, loss)| says_more(loss)));
        if let Some((at, hollow)) = self.envelopes.take_hollow() {
            self.error(at, hollow.into());
        }
        self.transaction = Transaction::of_version(self.envelopes.version());
    }

    fn lose(&mut self, losses: impl IntoIterator<Item = (Location, Loss)>) {
        for (at, loss) in losses {
            let kind = X12ErrorKind::Lost(loss);
            self.answers.error(X12Error { at, claim: None, kind });
        }
    }

    /// Reports a transaction that was passed over.
    fn leave_refused(&mut self) {
        let reading = std::mem::replace(&mut self.transaction, Transaction::Read(None));
        if let Transaction::PassedOver(refusal) = reading {
            if let Refusal { at: Some(at), why } = *refusal {
                self.error(at, why);
            }
        }
    }

    /// Counts what is lost.
    fn pass_over(&mut self, segment: &Segment<'_>) {
        if segment.id() != b"CLM" {
            return;
        }
        if let Transaction::PassedOver(refusal) = &mut self.transaction {
            refusal.at.get_or_insert_with(|| self.envelopes.at.clone());
            if let X12ErrorKind::Version { claims, .. } = &mut refusal.why {
                *claims += 1;
            }
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
        let at = open.at.clone();
        self.finish(open, if next.is_some() { End::NextLost } else { end });
        if let Some(Place { segment, byte, .. }) = next {
            self.error(envelopes::at(&at, segment, byte), X12ErrorKind::NoClaim);
        }
    }

    fn finish(&mut self, open: ClaimLoop, end: End) {
        let at = open.at.clone();
        let id = Some(open.id.clone()).filter(|id| !id.is_empty());
        self.has_answer = true;
        match open.finish(end) {
            Ended::Lost(problems) => self.about_claim(at, id, X12ErrorKind::Claim(problems)),
            Ended::CutOff => {
                self.is_cut_off = true;
                self.about_claim(at, id, X12ErrorKind::CutOff);
            }
            Ended::Claim { claim, notes, problems } => {
                let found = ClaimInFile {
                    claim: *claim,
                    at: at.clone(),
                    notes,
                    sender: self.envelopes.sender.clone(),
                    interchange_byte: self.envelopes.interchange_byte,
                };
                self.answers.claim(found);
                if !problems.is_empty() {
                    self.about_claim(at, id, X12ErrorKind::Lines(problems));
                }
            }
        }
    }

    fn about_claim(&mut self, at: Location, claim: Option<Box<str>>, kind: X12ErrorKind) {
        self.answers.error(X12Error { at, claim, kind });
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
                self.error(self.envelopes.place(segment, byte), X12ErrorKind::NoClaim);
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
        let mut notes = Notes::default();
        let surroundings = Surroundings {
            at: self.envelopes.at.clone(),
            most_lines: self.most_lines,
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
                if role == b"BI" {
                    self.billing.biller = biller(taxonomy);
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

/// Whether the segment, which may be cut short, shows that no claim before it goes on.
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

impl From<Hollow> for X12ErrorKind {
    fn from(hollow: Hollow) -> Self {
        match hollow {
            Hollow::Group => Self::EmptyEnvelope { envelope: "group" },
            Hollow::Interchange => Self::EmptyEnvelope {
                envelope: "interchange",
            },
            Hollow::Acknowledgment => Self::InterchangeAcknowledgment,
        }
    }
}
