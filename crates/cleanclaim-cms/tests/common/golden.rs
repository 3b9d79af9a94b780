//! Golden claims: a file of them read, and what differs told.

use std::io::Read as _;

use cleanclaim::Claim;
use flate2::read::GzDecoder;
use serde_json::Value;

use super::published;

/// The claims of a file with what is expected of them; where it is missing, the test says so and ends.
pub(crate) fn claims(file: &str) -> Option<Vec<(Claim, Value)>> {
    let file = std::fs::File::open(published(&format!("golden/{file}"))?).unwrap();
    let mut text = String::new();
    GzDecoder::new(file).read_to_string(&mut text).unwrap();
    let claims = text.lines().map(|line| {
        let golden: Value = serde_json::from_str(line).unwrap();
        (Claim::from_json(golden["claim"].to_string()).unwrap(), golden)
    });
    let claims: Vec<_> = claims.collect();
    assert_eq!(claims.len(), 6_000);
    Some(claims)
}

pub(crate) fn none_differ(differences: &[String]) {
    assert!(
        differences.is_empty(),
        "{} claims differ:\n{}",
        differences.len(),
        differences.iter().take(20).cloned().collect::<Vec<_>>().join("\n")
    );
}
