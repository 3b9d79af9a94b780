use crate::explain::Explanation;

/// The answer to one claim as a JSON object on one line, which may be shown on a terminal.
///
/// # Example
/// ```
/// use cleanclaim::{Claim, Evaluator, report};
///
/// let evaluator = Evaluator::starter();
/// let claim = Claim::from_shorthand("#A1 2024-08-06 @11: 64632-50")?;
/// let answer = report::to_json(&evaluator.check(&claim));
/// assert_eq!(answer, r#"{"claim":"A1","verdict":"clean","findings":[],"not_evaluated":[]}"#);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn to_json(explanation: &Explanation) -> String {
    // Texts, numbers and lists: nothing in an explanation can fail to be JSON.
    let json = serde_json::to_string(explanation).unwrap_or_default();
    super::shown_json(&json).into_owned()
}
