//! A claim payment in the making: the segments from CLP up to the next claim, header or trailer.

use std::sync::Arc;

use cleanclaim::model::{DateRange, Location, Modifiers, Money, Npi};

use super::{Adjustment, AdjustmentGroup, Carc, ClaimPayment, ClaimStatus, LinePayment, Payment, Procedure, Rarc};
use crate::x12::note::Notes;
use crate::x12::segments::split;
use crate::x12::{ElementProblem, Note, Problems, Segment, values};

/// As many lines as loop 2110 may have.
const MOST_LINES: usize = 999;
/// More reasons and remarks than a claim or line may have (CAS repeats 99 times, with six reasons each).
const MOST_REASONS: usize = 600;
const AMOUNT: &str = "an amount with at most two decimals";

/// A claim payment as far as it is read.
#[derive(Debug)]
pub(super) struct PaymentLoop {
    pub(super) claim: Box<ClaimPayment>,
    pub(super) problems: Problems,
    notes: Notes,
    /// Whether the segments are a line's, be it readable or not.
    in_line: bool,
    /// Whether the line that is read is lost.
    is_line_lost: bool,
    /// How many lines there were, those that are lost among them.
    lines: u32,
}

impl PaymentLoop {
    /// A claim that begins with this CLP; the problems where it cannot be read.
    pub(super) fn new(clp: &Segment<'_>, at: Location, payment: Arc<Payment>) -> Result<Self, Problems> {
        let (_, [id, status, charge, paid, share, filing, control, facility, frequency]) = clp.elements::<9>();
        let mut problems = Problems::default();
        let mut problem =
            |element, value, expected| problems.push(ElementProblem::new(clp, (element, 0), value, expected));
        if id.is_empty() || id.len() > 38 {
            problem(1, id, "the identifier of the claim, at most 38 letters");
        }
        let read_status = ClaimStatus::try_new(status);
        if read_status.is_none() {
            problem(2, status, "a claim status of one or two digits");
        }
        let (read_charge, read_paid) = (values::money(charge), values::money(paid));
        for (element, text, read) in [(3, charge, read_charge), (4, paid, read_paid)] {
            if read.is_none() {
                problem(element, text, AMOUNT);
            }
        }
        let (Some(status), Some(charge), Some(paid), true) = (read_status, read_charge, read_paid, problems.is_empty())
        else {
            return Err(problems);
        };
        let text = |bytes| values::text(bytes, clp.separators).into();
        let claim = ClaimPayment {
            id: text(id),
            status,
            charge,
            paid,
            patient_share: values::money(share),
            filing_indicator: text(filing),
            payer_control: text(control),
            facility: text(facility),
            frequency: values::parsed(frequency),
            dates: None,
            rendering: None,
            adjustments: Vec::new(),
            remarks: Vec::new(),
            lines: Vec::new(),
            payment,
            at,
            notes: Vec::new(),
        };
        Ok(Self {
            claim: Box::new(claim),
            problems,
            notes: Notes::default(),
            in_line: false,
            is_line_lost: false,
            lines: 0,
        })
    }

    /// Takes a segment that stands within the claim.
    pub(super) fn take(&mut self, segment: &Segment<'_>) {
        match segment.id() {
            b"SVC" => self.service(segment),
            b"CAS" => self.adjustments(segment),
            b"DTM" => self.date(segment),
            b"LQ" => self.remark(segment),
            b"MIA" => self.remarks(segment, &[5, 20, 21, 22, 23]),
            b"MOA" => self.remarks(segment, &[3, 4, 5, 6, 7]),
            b"REF" => self.control(segment),
            b"AMT" => self.allowed(segment),
            b"NM1" if !self.in_line => self.rendering(segment),
            _ => {}
        }
    }

    /// The claim with what does not add up noted.
    pub(super) fn finish(mut self) -> (Box<ClaimPayment>, Problems) {
        if self.problems.is_empty() {
            self.check_balance();
        }
        self.claim.notes = self.notes.into_vec();
        (self.claim, self.problems)
    }

    /// Whether the charge less all adjustments is what is paid.
    pub(super) fn is_balanced(&self) -> bool {
        let claim = &self.claim;
        let amounts = claim.all_adjustments().map(|(_, adjustment)| adjustment.amount);
        difference(claim.charge, amounts) == Some(claim.paid.cents())
    }

    fn check_balance(&mut self) {
        if !self.is_balanced() {
            self.notes.push(Note::Unbalanced { line: None });
        }
        for (number, line) in (1..).zip(&self.claim.lines) {
            let amounts = line.adjustments.iter().map(|adjustment| adjustment.amount);
            if difference(line.charge, amounts) != Some(line.paid.cents()) {
                self.notes.push(Note::Unbalanced { line: Some(number) });
            }
        }
    }

    fn service(&mut self, svc: &Segment<'_>) {
        let (_, [procedure, charge, paid, revenue, units, sent]) = svc.elements::<6>();
        (self.in_line, self.is_line_lost) = (true, true);
        self.lines = self.lines.saturating_add(1);
        if self.claim.lines.len() >= MOST_LINES {
            let expected = "at most 999 lines in a claim";
            self.problem(svc, (0, 0), b"?", expected);
            return;
        }
        let (read_charge, read_paid) = (values::money(charge), values::money(paid));
        if read_charge.is_none() {
            self.problem(svc, (2, 0), charge, AMOUNT);
        }
        if read_paid.is_none() {
            self.problem(svc, (3, 0), paid, AMOUNT);
        }
        let (Some(charge), Some(paid)) = (read_charge, read_paid) else {
            return;
        };
        self.is_line_lost = false;
        let line = LinePayment {
            procedure: procedure_of(svc, procedure),
            sent: (!sent.is_empty()).then(|| procedure_of(svc, sent)),
            revenue_code: values::parsed(revenue),
            charge,
            paid,
            allowed: None,
            units: values::units(units),
            dates: None,
            control: Box::default(),
            adjustments: Vec::new(),
            remarks: Vec::new(),
        };
        self.claim.lines.push(line);
    }

    /// CAS: a group, and up to six reasons with amount and quantity.
    fn adjustments(&mut self, cas: &Segment<'_>) {
        let (_, elements) = cas.elements::<19>();
        let [group, reasons @ ..] = elements;
        let Some(group) = AdjustmentGroup::try_new(group) else {
            self.problem(cas, (1, 0), group, "a group: CO, CR, OA, PI or PR");
            return;
        };
        for (element, triple) in (2_u8..).step_by(3).zip(reasons.chunks_exact(3)) {
            let &[reason, amount, quantity] = triple else {
                return;
            };
            if reason.is_empty() && amount.is_empty() {
                continue;
            }
            match (Carc::try_new(reason), values::money(amount)) {
                (Some(reason), Some(amount)) => self.adjustment(Adjustment {
                    group,
                    reason,
                    amount,
                    quantity: values::units(quantity.strip_prefix(b"-").unwrap_or(quantity)),
                }),
                (None, _) => self.problem(cas, (element, 0), reason, "a claim adjustment reason code"),
                (_, None) => self.problem(cas, (element + 1, 0), amount, AMOUNT),
            }
        }
    }

    fn adjustment(&mut self, adjustment: Adjustment) {
        let kept = match self.line() {
            Where::Claim(claim) => &mut claim.adjustments,
            Where::Line(line) => &mut line.adjustments,
            Where::Lost => return,
        };
        if kept.len() < MOST_REASONS {
            kept.push(adjustment);
        }
    }

    /// DTM: the days of the claim or the line.
    fn date(&mut self, dtm: &Segment<'_>) {
        let (_, [qualifier, text]) = dtm.elements::<2>();
        let Some(day) = values::days(text) else {
            return;
        };
        match (qualifier, self.line()) {
            (b"232" | b"233", Where::Claim(claim)) => claim.dates = joined(claim.dates, day),
            (b"472" | b"150" | b"151", Where::Line(line)) => line.dates = joined(line.dates, day),
            _ => {}
        }
    }

    /// LQ of qualifier HE: a remark on the line.
    fn remark(&mut self, lq: &Segment<'_>) {
        let (_, [qualifier, code]) = lq.elements::<2>();
        if qualifier == b"HE" {
            self.keep_remark(code);
        }
    }

    /// The remarks of MIA or MOA, which are the claim's.
    fn remarks(&mut self, segment: &Segment<'_>, places: &[usize]) {
        let (_, elements) = segment.elements::<24>();
        for &place in places {
            let code = elements.get(place - 1).copied().unwrap_or_default();
            if !code.is_empty() && !self.in_line {
                self.keep_remark(code);
            }
        }
    }

    fn keep_remark(&mut self, code: &[u8]) {
        let Some(code) = Rarc::try_new(code) else {
            self.notes.push(Note::RemarkLeftOut);
            return;
        };
        let kept = match self.line() {
            Where::Claim(claim) => &mut claim.remarks,
            Where::Line(line) => &mut line.remarks,
            Where::Lost => return,
        };
        if kept.len() < MOST_REASONS {
            kept.push(code);
        }
    }

    /// REF 6R: the number that the line was sent with.
    fn control(&mut self, segment: &Segment<'_>) {
        let (_, [qualifier, number]) = segment.elements::<2>();
        if let (b"6R", Where::Line(line)) = (qualifier, self.line()) {
            line.control = values::text(number, segment.separators).into();
        }
    }

    /// AMT B6: what the payer allows for the line.
    fn allowed(&mut self, amt: &Segment<'_>) {
        let (_, [qualifier, amount]) = amt.elements::<2>();
        if let (b"B6", Where::Line(line)) = (qualifier, self.line()) {
            line.allowed = values::money(amount);
        }
    }

    fn rendering(&mut self, nm1: &Segment<'_>) {
        if nm1.elements::<1>().1[0] == b"82" {
            self.claim.rendering = npi_of(nm1);
        }
    }

    /// Where a segment's values belong.
    fn line(&mut self) -> Where<'_> {
        match (self.in_line, self.is_line_lost) {
            (false, _) => Where::Claim(&mut self.claim),
            (true, true) => Where::Lost,
            (true, false) => self.claim.lines.last_mut().map_or(Where::Lost, Where::Line),
        }
    }

    fn problem(&mut self, segment: &Segment<'_>, at: (u8, u8), value: &[u8], expected: &'static str) {
        self.problems.push(ElementProblem {
            line: self.in_line.then_some(self.lines),
            ..ElementProblem::new(segment, at, value, expected)
        });
    }
}

/// What the segments are about.
enum Where<'a> {
    Claim(&'a mut ClaimPayment),
    Line(&'a mut LinePayment),
    Lost,
}

/// The identifier of an NM1, if it is a National Provider Identifier.
fn npi_of(nm1: &Segment<'_>) -> Option<Npi> {
    let (_, [.., qualifier, id]) = nm1.elements::<9>();
    values::npi(id).filter(|_| qualifier == b"XX")
}

/// A composite of qualifier, code and up to four modifiers. A code of another set than HCPCS and HIPPS is left out.
fn procedure_of(svc: &Segment<'_>, text: &[u8]) -> Procedure {
    let Some(separators) = svc.separators else {
        return Procedure::default();
    };
    let mut parts = split(text, separators.component, separators.release).map(<[u8]>::trim_ascii);
    let is_judged = matches!(parts.next().unwrap_or_default(), b"HC" | b"HP");
    let code = parts.next().and_then(values::code).filter(|_| is_judged);
    Procedure {
        code,
        modifiers: Modifiers::new(parts.take(4).filter_map(values::modifier)),
    }
}

/// Days that begin and end with two dates, in either order.
fn joined(days: Option<DateRange>, more: DateRange) -> Option<DateRange> {
    let Some(days) = days else {
        return Some(more);
    };
    DateRange::new(days.first().min(more.first()), days.last().max(more.last()))
}

/// What is left of an amount, in cents.
fn difference(amount: Money, less: impl Iterator<Item = Money>) -> Option<i64> {
    less.map(Money::cents).try_fold(amount.cents(), i64::checked_sub)
}
