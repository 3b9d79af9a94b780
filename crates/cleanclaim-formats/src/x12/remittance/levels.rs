//! What stands around a claim payment: the transaction with its payment, and the adjustments of providers behind all claims.

use std::collections::VecDeque;
use std::sync::Arc;

use cleanclaim::model::{Location, Money};

use super::claim::PaymentLoop;
use super::{Payment, ProviderAdjustment, ProviderAdjustments, Remittance};
use crate::x12::envelopes::Envelopes;
use crate::x12::segments::split;
use crate::x12::{Loss, Problems, Segment, X12Error, X12ErrorKind, values};

/// Whether the segment, which may be cut short, shows that no claim before it goes on.
fn ends_claim(segment: &Segment<'_>) -> bool {
    let id = segment.id();
    id.len() < segment.bytes.len() && matches!(id, b"CLP" | b"LX" | b"PLB" | b"ST" | b"GS" | b"ISA")
}

#[derive(Debug, Default)]
pub(super) struct Levels {
    pub(super) envelopes: Envelopes,
    pub(super) answers: VecDeque<Result<Remittance, X12Error>>,
    payment: Arc<Payment>,
    open: Option<PaymentLoop>,
    /// What the transaction's answers make of the payment, in cents; `None` if one of them cannot be read.
    sum: Option<i64>,
    /// The set of a transaction that is no remittance.
    refused: Option<Box<str>>,
    /// Whether lines under no claim were reported.
    reported_stray: bool,
    reported_outside: bool,
    /// Whether the file ended within a claim that is lost by it.
    is_cut_off: bool,
}

impl Levels {
    pub(super) fn take(&mut self, segment: &Segment<'_>) {
        self.envelopes.locate(segment);
        if self.envelopes.is_outside(segment) && !self.reported_outside {
            self.reported_outside = true;
            let segment = crate::x12::shown::segment_id(segment.id()).to_owned();
            self.refuse(X12ErrorKind::Outside { segment });
        }
        let is_trailer = matches!(segment.id(), b"SE" | b"GE" | b"IEA");
        if !segment.is_terminated && !segment.is_cut && !is_trailer {
            if ends_claim(segment) {
                self.close();
            }
            return;
        }
        match self.envelopes.take(segment) {
            Some(boundary) => {
                self.close();
                self.leave_transaction(boundary.left.as_ref());
                self.reported_outside &= segment.id() != b"ISA";
                if boundary.begins {
                    self.begin_transaction(segment);
                }
            }
            None if self.refused.is_none() => self.within(segment),
            None => {}
        }
    }

    /// The end of the file.
    pub(super) fn end(&mut self) {
        if let Some(open) = self.open.take() {
            self.is_cut_off = true;
            let claim = Some(open.claim.id.clone());
            self.error(open.claim.at.clone(), claim, X12ErrorKind::CutOff);
        }
        self.envelopes.end();
        let losses = self.envelopes.take_losses();
        if !self.is_cut_off {
            self.lose(losses);
        }
    }

    /// The end of what can be read of the file.
    pub(super) fn fail(&mut self, why: X12ErrorKind) {
        self.end();
        self.refuse(why);
    }

    /// Reports a part of the file that is lost, where the segment stands.
    pub(super) fn refuse(&mut self, kind: X12ErrorKind) {
        self.error(self.envelopes.at.clone(), None, kind);
    }

    fn error(&mut self, at: Location, claim: Option<Box<str>>, kind: X12ErrorKind) {
        self.answers.push_back(Err(X12Error { at, claim, kind }));
    }

    fn lose(&mut self, losses: impl IntoIterator<Item = (Location, Loss)>) {
        for (at, loss) in losses {
            self.error(at, None, X12ErrorKind::Lost(loss));
        }
    }

    fn begin_transaction(&mut self, st: &Segment<'_>) {
        self.payment = Arc::default();
        self.sum = Some(0);
        self.reported_stray = false;
        let set = st.elements::<1>().1[0];
        self.refused = (!matches!(set, b"835" | b"")).then(|| {
            let is_set = set.len() == 3 && set.iter().all(u8::is_ascii_digit);
            let shown = if is_set {
                values::text(set, None)
            } else {
                "?".to_owned()
            };
            shown.into()
        });
    }

    /// Ends a transaction at a header or trailer; `left` is where, if one was open.
    fn leave_transaction(&mut self, left: Option<&Location>) {
        let losses = self.envelopes.take_losses();
        match (self.refused.take(), left) {
            (Some(set), Some(at)) => {
                let kind = X12ErrorKind::TransactionSet {
                    set: set.into(),
                    expected: "835, a remittance",
                };
                self.error(at.clone(), None, kind);
                self.lose(losses.into_iter().filter(|(_, loss)| !loss.is_of_transaction()));
            }
            (_, Some(at)) => {
                self.check_balance(at);
                self.lose(losses);
            }
            (_, None) => self.lose(losses),
        }
        if let Some((at, hollow)) = self.envelopes.take_hollow() {
            self.error(at, None, hollow.into());
        }
    }

    /// Holds the transaction's answers against its payment: a claim may be lost.
    fn check_balance(&mut self, at: &Location) {
        let (Some(stated), Some(sum)) = (self.payment.amount, self.sum.and_then(Money::from_cents)) else {
            return;
        };
        if stated != sum {
            let loss = Loss::Payment { stated, sum };
            self.error(at.clone(), None, X12ErrorKind::Lost(loss));
        }
    }

    fn within(&mut self, segment: &Segment<'_>) {
        match segment.id() {
            b"CLP" => self.begin_claim(segment),
            b"LX" => self.close(),
            b"PLB" => {
                self.close();
                self.provider(segment);
            }
            id => match &mut self.open {
                Some(open) => open.take(segment),
                None if matches!(id, b"SVC" | b"CAS" | b"MOA" | b"MIA") => self.stray(),
                None => self.header(segment),
            },
        }
    }

    fn begin_claim(&mut self, clp: &Segment<'_>) {
        self.close();
        self.reported_stray = false;
        let at = self.envelopes.at.clone();
        match PaymentLoop::new(clp, at.clone(), Arc::clone(&self.payment)) {
            Ok(open) => self.open = Some(open),
            Err(problems) => {
                // What follows is this claim's, and said with it.
                self.reported_stray = true;
                self.sum = None;
                self.error(at, None, X12ErrorKind::Claim(problems));
            }
        }
    }

    fn close(&mut self) {
        let Some(open) = self.open.take() else {
            return;
        };
        let (claim, problems) = open.finish();
        let (at, id) = (claim.at.clone(), Some(claim.id.clone()));
        self.sum = self.sum.and_then(|sum| sum.checked_add(claim.paid.cents()));
        self.answers.push_back(Ok(Remittance::Claim(claim)));
        if !problems.is_empty() {
            self.error(at, id, X12ErrorKind::Lines(problems));
        }
    }

    /// A line or what else a claim has, under no claim: said once a claim.
    fn stray(&mut self) {
        if !std::mem::replace(&mut self.reported_stray, true) {
            self.sum = None;
            self.refuse(X12ErrorKind::NoClaim);
        }
    }

    /// A segment of the transaction before its claims.
    fn header(&mut self, segment: &Segment<'_>) {
        let text = |bytes| values::text(bytes, segment.separators).into();
        match segment.id() {
            b"BPR" => {
                let (_, [_, amount, _, method, .., date]) = segment.elements::<16>();
                let payment = Arc::make_mut(&mut self.payment);
                payment.amount = values::money(amount);
                payment.method = text(method);
                payment.date = values::days(date).map(|days| days.first());
                if payment.amount.is_none() {
                    let problem =
                        crate::x12::ElementProblem::new(segment, (2, 0), amount, "an amount with at most two decimals");
                    let mut problems = Problems::default();
                    problems.push(problem);
                    self.error(self.envelopes.at.clone(), None, X12ErrorKind::Lines(problems));
                }
            }
            b"TRN" => Arc::make_mut(&mut self.payment).trace = text(segment.elements::<2>().1[1]),
            b"N1" => {
                let (_, [who, name, qualifier, id]) = segment.elements::<4>();
                match who {
                    b"PR" => Arc::make_mut(&mut self.payment).payer = text(name),
                    b"PE" => {
                        let npi = values::npi(id).filter(|_| qualifier == b"XX");
                        Arc::make_mut(&mut self.payment).payee = npi;
                    }
                    _ => {}
                }
            }
            _ => {}
        }
    }

    /// PLB: a provider, the end of its fiscal year, and up to six reasons with amounts.
    fn provider(&mut self, plb: &Segment<'_>) {
        let (_, [provider, year_end, pairs @ ..]) = plb.elements::<14>();
        let mut amounts = Vec::new();
        let mut problems = Problems::default();
        for (element, pair) in (3_u8..).step_by(2).zip(pairs.chunks_exact(2)) {
            let &[identifier, amount] = pair else {
                break;
            };
            if identifier.is_empty() && amount.is_empty() {
                continue;
            }
            let Some(amount) = values::money(amount) else {
                let expected = "an amount with at most two decimals";
                problems.push(crate::x12::ElementProblem::new(plb, (element + 1, 0), amount, expected));
                continue;
            };
            let component = plb.separators.map_or(b':', |separators| separators.component);
            let mut parts = split(identifier, component, None);
            let mut text = || values::text(parts.next().unwrap_or_default(), plb.separators).into();
            amounts.push(ProviderAdjustment {
                reason: text(),
                reference: text(),
                amount,
            });
        }
        let less = amounts.iter().map(|adjustment| adjustment.amount.cents());
        self.sum = less.fold(self.sum, |sum, cents| sum.and_then(|sum| sum.checked_sub(cents)));
        let at = self.envelopes.at.clone();
        self.answers
            .push_back(Ok(Remittance::Provider(Box::new(ProviderAdjustments {
                provider: values::npi(provider),
                fiscal_year_end: values::days(year_end).map(|days| days.first()),
                amounts,
                payment: Arc::clone(&self.payment),
                at: at.clone(),
            }))));
        if !problems.is_empty() {
            self.sum = None;
            self.error(at, None, X12ErrorKind::Lines(problems));
        }
    }
}
