use std::sync::Arc;

use once_cell::sync::Lazy;

use crate::model::{DateRange, Payer, PayerName, ServiceDate};

use super::entry::{Layer, Weight};
use super::file::{self, PolicyFile};
use super::plan::{Identity, Plans};
use super::resolved::Resolved;
use super::{Form, Plan, Policy, PolicyError};

/// The policies that come with the library, a file a payer or licensee.
pub(super) const SEED: &[(&str, &str)] = embedded![
    "payers/":
    "aetna.toml",
    "blue-cross-blue-shield.toml",
    "cigna.toml",
    "medicare.toml",
    "other.toml",
    "unitedhealthcare.toml",
];

static SEED_SET: Lazy<PolicySet> =
    Lazy::new(|| PolicySet::read(SEED, Layer::Seed).unwrap_or_else(|_| PolicySet::empty()));

/// Payers' policies, in the order in which they are asked. Cloning shares them.
///
/// # Which policy answers
///
/// A claim's payer, licensee, line of business, state and form, and the date of the line, choose the policies that hold.
/// What the claim does not state, the licensee's `[[plan]]` may; a policy that names a licensee, a state, a line of business
/// or a form does not hold for a claim whose own is not known. A claim of a plan of several states is known to be of one of
/// them, which is enough for a policy that names them all. Among those that hold and say something on the topic:
///
/// 1. The narrower scope comes first: a policy that names a licensee before one that does not; among equals one that names
///    a state; then a line of business; then a form.
/// 2. Within one scope those announced come first, then those that [decide](Policy::decides), then those that only
///    advise.
/// 3. Then the user's before the seed's.
///
/// The first that decides is the payer's answer. The first announced and the first that only advises, among those before it
/// or among all if none decides, advise beside it. Entries withdrawn answer nothing. Two entries of equal rank
/// that answer on one topic for the same claims, dates and codes are an error, so that the order of files never matters. An
/// entry of the user's replaces the seed's entry with the same id.
///
/// # Example
/// ```
/// use cleanclaim::model::{Payer, PayerName};
/// use cleanclaim::policy::{Asked, BilateralFormat, Form, PolicySet, Topic};
/// use cleanclaim::date;
///
/// let payer = Payer::new(PayerName::BlueCrossBlueShield).with_licensee("ND");
/// let format = |date| {
///     let resolved = PolicySet::seed().resolve(&payer, Form::Professional, date);
///     let setting = resolved.on(Topic::BilateralFormats, Asked::default());
///     setting.decides.and_then(|policy| policy.says.bilateral_formats.first().copied())
/// };
/// assert_eq!(format(date!(2019, 5, 6)), Some(BilateralFormat::OneLineTwoUnits));
/// assert_eq!(format(date!(2024, 8, 6)), Some(BilateralFormat::OneLineOneUnit));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicySet {
    inner: Arc<Inner>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Inner {
    plans: Plans,
    /// By rank.
    policies: Vec<Policy>,
}

impl PolicySet {
    /// No policy at all: of every payer but Medicare the answer is that none is known.
    #[must_use]
    pub fn empty() -> Self {
        Self { inner: Arc::default() }
    }

    /// The policies that come with the library (`docs/payers.md`).
    #[must_use]
    pub fn seed() -> &'static Self {
        &SEED_SET
    }

    /// These policies and those of further files, each given by its name, for errors, and its text. The order of the files
    /// does not matter.
    ///
    /// # Errors
    /// A file that is none, a plan that is not described, a name or an id that is there twice, or two entries that
    /// contradict each other.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::policy::PolicySet;
    ///
    /// let text = r#"
    ///     payer = "aetna"
    ///     [[policy]]
    ///     id = "our contract, both sides"
    ///     lines_of_business = ["commercial"]
    ///     from = "2026-01-01"
    ///     status = "in-force"
    ///     confidence = "own-page"
    ///     verified = true
    ///     title = "Our contract, appendix B"
    ///     read = "2026-11-23"
    ///     says.bilateral_formats = ["one-line-one-unit"]
    /// "#;
    /// let policies = PolicySet::seed().with_files([("aetna-contract.toml", text)])?;
    /// assert!(policies.policies().any(|policy| &*policy.id == "our contract, both sides"));
    ///
    /// let typo = text.replace("one-line-one-unit", "one-unit");
    /// let error = PolicySet::seed().with_files([("typo.toml", &*typo)]).unwrap_err().to_string();
    /// assert!(error.starts_with("typo.toml, line 12, policy `our contract, both sides`"), "{error}");
    /// assert!(error.contains("`one-unit` is not a bilateral format: expected one of one-line-one-unit"), "{error}");
    /// # Ok::<(), cleanclaim::policy::PolicyError>(())
    /// ```
    pub fn with_files<'a>(&self, files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<Self, PolicyError> {
        let files: Result<Vec<_>, _> = files
            .into_iter()
            .map(|(name, text)| file::read(name, text, Layer::User))
            .collect();
        self.with(files?)
    }

    fn read(files: &[(&str, &str)], layer: Layer) -> Result<Self, PolicyError> {
        let files: Result<Vec<_>, _> = files.iter().map(|(name, text)| file::read(name, text, layer)).collect();
        Self::empty().with(files?)
    }

    fn with(&self, files: Vec<PolicyFile>) -> Result<Self, PolicyError> {
        let mut files = files;
        // Names of plans may be given by several files: the order of the files must not matter.
        files.sort_by(|one, two| one.name.cmp(&two.name));
        let mut inner = Inner::clone(&self.inner);
        let mut names: Vec<(Box<str>, Box<str>)> = Vec::new();
        for file in &files {
            inner.add_plans(file)?;
        }
        for file in files {
            for policy in file.policies {
                if let Some((_, other)) = names.iter().find(|(id, _)| *id == policy.id) {
                    return Err(PolicyError::SameId {
                        id: policy.id,
                        file: file.name,
                        other: other.clone(),
                    });
                }
                names.push((policy.id.clone(), file.name.clone()));
                inner.add(&file.name, policy)?;
            }
        }
        inner.finish()?;
        Ok(Self { inner: Arc::new(inner) })
    }

    /// The policies, in the order in which they are asked.
    pub fn policies(&self) -> impl Iterator<Item = &Policy> {
        self.inner.policies.iter()
    }

    /// The plans that a payer's policies tell apart.
    pub fn plans(&self, payer: PayerName) -> impl Iterator<Item = &Plan> {
        self.inner.plans.of(payer)
    }

    /// The same set without some entries.
    #[must_use]
    pub fn without(&self, leave_out: impl Fn(&Policy) -> bool) -> Self {
        let mut inner = Inner::clone(&self.inner);
        inner.policies.retain(|policy| !leave_out(policy));
        Self { inner: Arc::new(inner) }
    }

    /// The policies in force for claims of a payer, on a form, on a date.
    #[must_use]
    pub fn resolve(&self, payer: &Payer, form: Form, date: ServiceDate) -> Resolved<'_> {
        self.resolve_for(self.inner.plans.identify(payer), form, date)
    }

    /// Whose claim it is, as far as the policies tell claims apart.
    pub(super) fn identify(&self, payer: &Payer) -> Identity<'_> {
        self.inner.plans.identify(payer)
    }

    pub(super) fn resolve_for(&self, identity: Identity<'_>, form: Form, date: ServiceDate) -> Resolved<'_> {
        let mut days = (ServiceDate::MIN, ServiceDate::MAX);
        let mut holding = Vec::new();
        for policy in &self.inner.policies {
            if !holds(policy, identity, form) {
                continue;
            }
            narrow(&mut days, policy.effective, date);
            if policy.effective.contains(date) {
                holding.push(policy);
            }
        }
        Resolved::new(
            DateRange::new(days.0, days.1).unwrap_or(DateRange::single(date)),
            holding,
        )
    }
}

/// Whether a policy holds for claims of this kind, on whatever dates.
fn holds(policy: &Policy, identity: Identity<'_>, form: Form) -> bool {
    fn named<T: PartialEq>(named: &[T], is: Option<T>) -> bool {
        named.is_empty() || is.is_some_and(|is| named.contains(&is))
    }
    policy.payer == identity.payer
        && policy.weight() != Weight::Nothing
        && (policy.plan.is_none() || policy.plan.as_deref() == identity.plan)
        && (policy.states.is_empty() || identity.is_of_one(&policy.states))
        && named(&policy.lines_of_business, identity.line_of_business)
        && named(&policy.forms, Some(form))
}

/// Narrows a run of days round a date to those on which a policy holds or does not as it does on the date.
fn narrow(days: &mut (ServiceDate, ServiceDate), effective: DateRange, date: ServiceDate) {
    let (first, last) = (effective.first(), effective.last());
    if date < first {
        days.1 = days.1.min(first.previous().unwrap_or(first));
    } else if date > last {
        days.0 = days.0.max(last.next().unwrap_or(last));
    } else {
        days.0 = days.0.max(first);
        days.1 = days.1.min(last);
    }
}

impl Inner {
    fn add_plans(&mut self, file: &PolicyFile) -> Result<(), PolicyError> {
        for plan in &file.plans {
            self.plans
                .add(file.payer, plan.clone())
                .map_err(|wrong| wrong.in_file(&file.name, plan))?;
        }
        Ok(())
    }

    fn add(&mut self, file: &str, mut policy: Policy) -> Result<(), PolicyError> {
        match &policy.plan {
            None if policy.payer == PayerName::Other => {
                return Err(PolicyError::PlanNeeded {
                    file: file.into(),
                    policy: policy.id,
                });
            }
            None => {}
            Some(name) => {
                let Some(plan) = self.plans.named(policy.payer, name) else {
                    let known: Vec<_> = self.plans.of(policy.payer).map(|plan| &*plan.name).collect();
                    return Err(PolicyError::UnknownPlan {
                        file: file.into(),
                        plan: name.clone(),
                        known: known.join(", "),
                        policy: policy.id,
                    });
                };
                policy.plan = Some(plan.name.clone());
            }
        }
        if self
            .policies
            .iter()
            .any(|known| known.id == policy.id && known.layer == policy.layer)
        {
            return Err(PolicyError::SameId {
                id: policy.id,
                file: file.into(),
                other: "a file read before".into(),
            });
        }
        self.policies.retain(|known| known.id != policy.id);
        self.policies.push(policy);
        Ok(())
    }

    /// Orders the policies, and refuses those that contradict each other.
    fn finish(&mut self) -> Result<(), PolicyError> {
        self.policies
            .sort_by_cached_key(|policy| (policy.rank(), policy.id.clone()));
        let mut rest = self.policies.as_slice();
        while let Some((one, after)) = rest.split_first() {
            rest = after;
            for two in after {
                if let Some(topic) = one.contradicts(two) {
                    return Err(PolicyError::Overlap {
                        one: one.id.clone(),
                        two: two.id.clone(),
                        topic,
                    });
                }
            }
        }
        Ok(())
    }
}
