use super::Topic;

/// Why policy files make no set of policies.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PolicyError {
    /// A text that is no policy file: a field that there is not, or a value that it cannot have.
    #[error("{file}, line {line}, {entry}: `{found}`: {message}")]
    Unreadable {
        /// The file.
        file: Box<str>,
        /// The line, from 1.
        line: usize,
        /// The entry, by its name if it has one.
        entry: Box<str>,
        /// The text of the line: the field and its value.
        found: Box<str>,
        /// What is wrong, and what would be valid.
        message: Box<str>,
    },
    /// A field with a value that does not go with the rest of the entry.
    #[error("{file}, policy `{policy}`, {field}: `{value}` is not valid: expected {expected}")]
    Invalid {
        /// The file.
        file: Box<str>,
        /// The policy's id.
        policy: Box<str>,
        /// The field.
        field: &'static str,
        /// Its value.
        value: String,
        /// What would be valid.
        expected: &'static str,
    },
    /// A policy of a plan that no file describes.
    #[error(
        "{file}, policy `{policy}`, plan: `{plan}` is no plan of this payer: expected one of {known}, or a `[[plan]]` of this name"
    )]
    UnknownPlan {
        /// The file.
        file: Box<str>,
        /// The policy's id.
        policy: Box<str>,
        /// The plan it names.
        plan: Box<str>,
        /// The plans that there are.
        known: String,
    },
    /// A policy of no plan, of a payer whose name is `other`.
    #[error("{file}, policy `{policy}`, plan: a policy of payer `other` must name its plan")]
    PlanNeeded {
        /// The file.
        file: Box<str>,
        /// The policy's id.
        policy: Box<str>,
    },
    /// A name of a plan by which no claim can name it.
    #[error("{file}, plan `{plan}`: the name `{name}` must have 1 to 64 ASCII letters or digits")]
    PlanName {
        /// The file.
        file: Box<str>,
        /// The plan.
        plan: Box<str>,
        /// The name.
        name: Box<str>,
    },
    /// A name that two plans of a payer have.
    #[error("{file}, plan `{plan}`: the name `{name}` is also one of plan `{other}`: give it to one of them")]
    SamePlanName {
        /// The file.
        file: Box<str>,
        /// The plan.
        plan: Box<str>,
        /// The name.
        name: Box<str>,
        /// The other plan.
        other: Box<str>,
    },
    /// Two entries with one id.
    #[error("two policies have the id `{id}`, in {file} and in {other}: give one of them another")]
    SameId {
        /// The id.
        id: Box<str>,
        /// The file of one.
        file: Box<str>,
        /// The file of the other.
        other: Box<str>,
    },
    /// Two entries of equal rank that answer for the same claims.
    #[error(
        "policies `{one}` and `{two}` both answer on {topic:?} for the same claims and dates: end one before the other begins, or make one narrower"
    )]
    Overlap {
        /// The id of one, the first of the two in their order.
        one: Box<str>,
        /// The id of the other.
        two: Box<str>,
        /// On what both answer.
        topic: Topic,
    },
}
