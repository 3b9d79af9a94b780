//! Keeps `src/rules/mod.rs` and `docs/rules.md` as the rule files say: rewrites them when they are stale, then fails
//! once saying so. The counts of the README, too.

#[path = "support/kept.rs"]
mod kept;

use std::fmt::Write as _;

use cleanclaim::claim::FormKind;
use cleanclaim::reference::Table;
use cleanclaim::rules;
use kept::{keep, root};

/// The module names of a folder of rules, in order: rule files, then what they share.
fn modules() -> (Vec<String>, Vec<String>) {
    let mut names: Vec<String> = std::fs::read_dir(root().join("src/rules"))
        .unwrap()
        .filter_map(|entry| Some(entry.unwrap().path().file_stem()?.to_str()?.to_owned()))
        .filter(|name| name != "mod")
        .collect();
    names.sort();
    names.into_iter().partition(|name| {
        let (id, rest) = name.split_at(name.len().min(4));
        rest.starts_with('_')
            && id.starts_with(|first: char| first.is_ascii_lowercase())
            && id[1..].parse::<u16>().is_ok()
    })
}

#[test]
fn the_registry_lists_every_rule_file() {
    let (rules, shared) = modules();
    let mut text = String::from(
        "//! The catalogue: one file a rule, under its id and name.\n//!\n\
         //! Written by `cargo xtask generate` from the files of this folder; do not edit.\n\n",
    );
    let mut modules: Vec<_> = rules.iter().chain(&shared).collect();
    modules.sort();
    for name in modules {
        let _ = writeln!(text, "mod {name};");
    }
    text.push('\n');
    for name in &rules {
        let _ = writeln!(text, "pub use self::{name}::{};", name[..4].to_uppercase());
    }
    text.push_str(
        "\nuse crate::rule::Rule;\n\n/// Every rule, by id.\n#[rustfmt::skip]\npub static ALL: &[&Rule] = &[\n",
    );
    for name in &rules {
        let _ = writeln!(text, "    &{},", name[..4].to_uppercase());
    }
    text.push_str("];\n");
    keep(&root().join("src/rules/mod.rs"), &text);
}

#[test]
fn the_pages_of_the_rules_are_current() {
    let mut text = String::from(
        "# The rules\n\nWritten by `cargo xtask generate` from the rules' own documentation; do not edit.\n\n\
         | rule | name | checks | disposition | needs |\n| --- | --- | --- | --- | --- |\n",
    );
    for rule in rules::ALL {
        let needs: Vec<_> = rule.needs.iter().map(|table| table.title()).collect();
        let _ = writeln!(
            text,
            "| [{id}](#{anchor}) | {} | {} | {} | {} |",
            rule.name,
            rule.summary(),
            rule.disposition,
            needs.join("; "),
            id = rule.id,
            anchor = rule.id.to_lowercase(),
        );
    }
    for rule in rules::ALL {
        let _ = write!(text, "\n## {}\n\n`{}`, since {}\n", rule.id, rule.name, rule.since);
        for heading in ["What it checks", "Why", "What to do", "Limits"] {
            let _ = write!(text, "\n**{heading}.** {}\n", unindent(rule.section(heading)));
        }
        text.push_str("\n**Sources.**");
        for source in rule.sources {
            let unverified = if source.verified { "" } else { " (UNVERIFIED)" };
            let _ = write!(text, " {}: {}{unverified}.", source.source, source.section);
        }
        text.push('\n');
    }
    keep(&root().join("docs/rules.md"), &text);
}

/// The README's counts: each stands before the words that follow it.
#[test]
fn the_readme_counts_what_there_is() {
    let path = root().join("README.md");
    let text = std::fs::read_to_string(&path).unwrap();
    let professional = rules::ALL.iter().filter(|rule| rule.form == FormKind::Professional);
    let mut counts = vec![
        (professional.count(), " rules](docs/rules.md)"),
        (Table::ALL.len(), " published tables**"),
    ];
    let codes = std::fs::read_to_string(root().join("data/codes.txt")).unwrap();
    let codes = codes.lines().filter(|line| !line.starts_with('#'));
    counts.push((
        codes.flat_map(str::split_whitespace).count(),
        " codes: about a hundred round CPT 64632",
    ));
    // Without JSON the seed cannot be read.
    #[cfg(feature = "json")]
    {
        use cleanclaim::policy::PolicySet;
        let policies: Vec<_> = PolicySet::seed().policies().collect();
        let payers: std::collections::BTreeSet<_> =
            policies.iter().map(|policy| (policy.payer, plan(policy))).collect();
        counts.extend([(policies.len(), " entries for "), (payers.len(), " payers.")]);
    }
    let counted = counts
        .iter()
        .fold(text, |text, &(count, words)| with_count(&text, count, words));
    keep(&path, &counted);
}

/// Who an entry speaks of where the payer is none of the named ones: its plan.
#[cfg(feature = "json")]
fn plan(policy: &cleanclaim::policy::Policy) -> Option<&str> {
    policy
        .plan
        .as_deref()
        .filter(|_| policy.payer == cleanclaim::model::PayerName::Other)
}

/// The text with the number before some words replaced.
fn with_count(text: &str, count: usize, words: &str) -> String {
    let (before, after) = text
        .split_once(words)
        .unwrap_or_else(|| panic!("the README does not say `{words}`"));
    let before = before.trim_end_matches(|digit: char| digit.is_ascii_digit());
    format!("{before}{count}{words}{after}")
}

fn unindent(text: &str) -> String {
    text.lines().map(str::trim).collect::<Vec<_>>().join("\n")
}
