//! Which rules bind a payer other than Medicare: what its policies in force decide for the lines of a claim, and what they
//! leave open.

use crate::evaluation::Ground;
use crate::evaluation::Reason;
use crate::facts::Line;
use crate::model::Modifier;
use crate::policy::{Asked, Policy, PolicyAnswer, Topic, Views};
use crate::rule::Payers;

/// The policies in force for the lines of a claim.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Binding<'a> {
    views: &'a Views<'a>,
}

impl<'a> Binding<'a> {
    pub(crate) fn new(views: &'a Views<'a>) -> Self {
        Self { views }
    }

    /// What the payer says on a topic, of a line, for each modifier of it that the topic is about.
    pub(crate) fn settings(
        &self,
        topic: Topic,
        line: &Line<'_>,
    ) -> impl Iterator<Item = (Option<Modifier>, PolicyAnswer<'a>)> + use<'a> {
        let (policies, code) = (self.views.of(line.position()), line.code());
        let about = topic.modifiers();
        let given = line.modifiers();
        let asked = given
            .iter()
            .filter(move |modifier| about.is_some_and(|about| about.contains(modifier)));
        let whole = about.is_none().then_some(None);
        asked.map(Some).chain(whole).map(move |modifier| {
            let setting = policies.map_or_else(PolicyAnswer::default, |policies| {
                policies.on(topic, Asked { code, modifier })
            });
            (modifier, setting)
        })
    }

    /// Why a rule is evaluated on no line of the claim: no policy decides for any whether it should be.
    pub(crate) fn gap(&self, payers: Payers) -> Option<Reason> {
        match payers {
            Payers::All | Payers::OnlyMedicare => None,
            Payers::Medicare => Some(Reason::NoPolicyKnown),
            Payers::Following(_) | Payers::Policy(_) => payers.topic().and_then(|topic| self.gap_on_claim(topic)),
        }
    }

    /// Why a rule is not evaluated on a line, where no policy decides all that is asked of it.
    pub(crate) fn gap_on_line(&self, topic: Topic, line: &Line<'_>) -> Option<Reason> {
        let open = self
            .settings(topic, line)
            .filter(|(_, setting)| setting.decides.is_none() && !self.says_nothing_against(topic, line, *setting));
        open.map(|(_, setting)| why_undecided(setting)).max()
    }

    /// Whether the payer's policies on the topic are known and none is about what stands on the line.
    fn says_nothing_against(&self, topic: Topic, line: &Line<'_>, setting: PolicyAnswer<'_>) -> bool {
        let silent = setting.advises.is_none() && setting.announced.is_none();
        let policies = self.views.of(line.position());
        silent && topic.names_all() && policies.is_some_and(|policies| policies.at_all(topic).decides.is_some())
    }

    /// Why no policy decides on a topic for any line of the claim, whatever the code.
    pub(crate) fn gap_on_claim(&self, topic: Topic) -> Option<Reason> {
        let mut reason = Reason::NoPolicyKnown;
        for policies in self.views.each() {
            let setting = policies.at_all(topic);
            if setting.decides.is_some() {
                return None;
            }
            reason = reason.max(why_undecided(setting));
        }
        Some(reason)
    }
}

/// Why the policies found cannot decide. An announced policy is not in force, so it does not count.
fn why_undecided(setting: PolicyAnswer<'_>) -> Reason {
    if setting.advises.is_some() {
        Reason::PolicyNotVerified
    } else {
        Reason::NoPolicyKnown
    }
}

/// The policies that answer, each with the ground of its findings.
pub(crate) fn grounds(setting: PolicyAnswer<'_>) -> impl Iterator<Item = (Ground, &Policy)> {
    let policies = [
        (Ground::Decided, setting.decides),
        (Ground::Advised, setting.advises),
        (Ground::Announced, setting.announced),
    ];
    policies
        .into_iter()
        .filter_map(|(ground, policy)| Some((ground, policy?)))
}
