use serde::Deserialize;
use tinystr::TinyAsciiStr;

use super::PolicyError;
use crate::model::{LineOfBusiness, Payer, PayerName, State};

/// A licensee or plan of a payer, by the names that claims give it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Plan {
    /// The name that policies use.
    pub name: Box<str>,
    /// Further names. Only letters and digits of ASCII count, whatever their case: at most 64, and at least one.
    #[serde(default)]
    pub also: Vec<Box<str>>,
    /// The line of business that a claim for the plan is taken for where it states none.
    pub line_of_business: Option<LineOfBusiness>,
    /// Whether all of the payer's business of that line is the plan's, so that a claim that states the line and no
    /// licensee is the plan's.
    #[serde(default)]
    pub all_of_the_line: bool,
    /// The state that a claim for the plan is taken for where it states none.
    pub state: Option<State>,
    /// The plan's states, if there are several. A claim for it that states none is of one of them, so a policy that names
    /// them all holds for it.
    #[serde(default)]
    pub states: Vec<State>,
}

impl Plan {
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&self.name).chain(&self.also).map(AsRef::as_ref)
    }
}

/// What counts of a name.
type Key = TinyAsciiStr<64>;

fn key(name: &str) -> Option<Key> {
    let mut raw = [0; 64];
    let counts = name.bytes().filter(u8::is_ascii_alphanumeric);
    let mut places = raw.iter_mut();
    for byte in counts {
        *places.next()? = byte.to_ascii_lowercase();
    }
    TinyAsciiStr::try_from_raw(raw).ok().filter(|key: &Key| !key.is_empty())
}

/// The plans of payers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Plans {
    plans: Vec<(PayerName, Plan)>,
    /// Every name, in order, with the plan's place.
    names: Vec<(PayerName, Key, usize)>,
}

/// Why a plan cannot be added.
#[derive(Debug)]
pub(super) enum WrongPlan {
    /// The name has no ASCII letter or digit, or more than 64.
    Name(Box<str>),
    /// A name that another plan of the payer has: that name, and the other plan's own.
    SameName(Box<str>, Box<str>),
}

impl WrongPlan {
    pub(super) fn in_file(self, file: &str, plan: &Plan) -> PolicyError {
        let (file, plan) = (file.into(), plan.name.clone());
        match self {
            Self::Name(name) => PolicyError::PlanName { file, plan, name },
            Self::SameName(name, other) => PolicyError::SamePlanName {
                file,
                plan,
                name,
                other,
            },
        }
    }
}

impl Plans {
    pub(super) fn of(&self, payer: PayerName) -> impl Iterator<Item = &Plan> {
        let of_payer = self.plans.iter().filter(move |(name, _)| *name == payer);
        of_payer.map(|(_, plan)| plan)
    }

    pub(super) fn named(&self, payer: PayerName, name: &str) -> Option<&Plan> {
        let at = self.find(payer, key(name)?).ok()?;
        let (.., at) = self.names.get(at)?;
        self.plans.get(*at).map(|(_, plan)| plan)
    }

    fn find(&self, payer: PayerName, key: Key) -> Result<usize, usize> {
        self.names
            .binary_search_by_key(&(payer, key), |&(payer, key, _)| (payer, key))
    }

    /// Adds a plan, or its names and particulars to the plan of the same name.
    pub(super) fn add(&mut self, payer: PayerName, plan: Plan) -> Result<(), WrongPlan> {
        let own = key(&plan.name);
        let same = |(of, known): &(PayerName, Plan)| *of == payer && key(&known.name) == own;
        let at = self.plans.iter().position(same).unwrap_or(self.plans.len());
        for name in plan.names() {
            let Some(key) = key(name) else {
                return Err(WrongPlan::Name(name.into()));
            };
            match self.find(payer, key) {
                Err(place) => self.names.insert(place, (payer, key, at)),
                Ok(place) => {
                    let taken = self
                        .names
                        .get(place)
                        .and_then(|&(.., by)| self.plans.get(by).filter(|_| by != at));
                    if let Some((_, other)) = taken {
                        return Err(WrongPlan::SameName(name.into(), other.name.clone()));
                    }
                }
            }
        }
        match self.plans.get_mut(at) {
            Some((_, known)) => {
                known.also.extend(plan.also);
                known.line_of_business = plan.line_of_business.or(known.line_of_business);
                known.all_of_the_line |= plan.all_of_the_line;
                known.state = plan.state.or(known.state);
                known.states.extend(plan.states);
            }
            None => self.plans.push((payer, plan)),
        }
        Ok(())
    }

    /// Which plan, line of business and state of its payer a claim is for.
    pub(super) fn identify(&self, payer: &Payer) -> Identity<'_> {
        let plan = match (&payer.licensee, payer.line_of_business) {
            (Some(licensee), _) => self.named(payer.name, licensee),
            (None, Some(line)) => self
                .of(payer.name)
                .find(|plan| plan.all_of_the_line && plan.line_of_business == Some(line)),
            (None, None) => None,
        };
        // A licensee named by the letters of its state: `bcbs/CO`.
        let letters = payer.licensee.as_deref().filter(|licensee| licensee.len() == 2);
        let named_by_state = letters.and_then(|letters| letters.parse().ok());
        Identity {
            payer: payer.name,
            plan: plan.map(|plan| &*plan.name),
            line_of_business: payer.line_of_business.or(plan.and_then(|plan| plan.line_of_business)),
            state: payer.state.or(plan.and_then(|plan| plan.state)).or(named_by_state),
            one_of: plan.map_or(&[], |plan| &plan.states),
        }
    }
}

/// Whose claim it is, as far as policies tell claims apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Identity<'p> {
    pub(super) payer: PayerName,
    /// The plan's own name; `None` if the claim names no known plan.
    pub(super) plan: Option<&'p str>,
    pub(super) line_of_business: Option<LineOfBusiness>,
    pub(super) state: Option<State>,
    /// If the state is not known, the states that it may be; empty if these are not known either.
    one_of: &'p [State],
}

impl Identity<'_> {
    /// Whether the claim is of one of the states.
    pub(super) fn is_of_one(self, states: &[State]) -> bool {
        match self.state {
            Some(state) => states.contains(&state),
            None => !self.one_of.is_empty() && self.one_of.iter().all(|state| states.contains(state)),
        }
    }
}
