use std::fmt;

use crate::evaluation::Verdict;
use crate::explain::Explanation;

/// stub until the reports branch is merged
#[derive(Clone, Debug, Default, serde::Serialize)]
pub struct Summary {
    clean: u64,
    findings: u64,
    incomplete: u64,
    unread: u64,
    rules: std::collections::BTreeMap<&'static str, u64>,
}
impl Summary {
    /// x
    pub fn add(&mut self, _position: &str, explanation: &Explanation) {
        match explanation.verdict {
            Verdict::Clean => self.clean += 1,
            Verdict::Findings => self.findings += 1,
            Verdict::Incomplete => self.incomplete += 1,
        }
        for f in &explanation.findings {
            *self.rules.entry(f.rule).or_default() += 1;
        }
    }
    /// x
    pub fn not_read(&mut self) {
        self.unread += 1;
    }
}
impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let claims = self.clean + self.findings + self.incomplete + self.unread;
        write!(
            f,
            "{claims} {}: {} clean, {} with findings, {} incomplete",
            if claims == 1 { "claim" } else { "claims" },
            self.clean,
            self.findings,
            self.incomplete
        )?;
        if self.unread > 0 {
            write!(f, ", {} not read", self.unread)?;
        }
        writeln!(f)?;
        for (r, n) in &self.rules {
            writeln!(f, "  {r} {n}")?;
        }
        Ok(())
    }
}
