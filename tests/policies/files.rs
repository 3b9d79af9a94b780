//! What a file of policies can say, and what is refused.

use cleanclaim::policy::PolicyError;

use super::{DECIDES, ONE, TWO, aetna, read, refused};

#[test]
fn a_field_or_value_that_there_is_not_is_named_with_what_is_valid() {
    let unknown_field = refused(&[
        ("first", DECIDES),
        ("a", &format!("{DECIDES}\n{ONE}\ncolour = \"red\"")),
    ]);
    assert!(unknown_field.starts_with("test.toml, line "), "{unknown_field}");
    let unknown_field = refused(&[("a", &format!("{DECIDES}\n{ONE}\ncolour = \"red\""))]);
    assert!(
        unknown_field.contains("policy `a`: `colour = \"red\"`: unknown field `colour`, expected one of"),
        "{unknown_field}"
    );
    let unknown_parameter = refused(&[("a", &format!("{DECIDES}\nsays.colour = 1"))]);
    assert!(
        unknown_parameter.contains("unknown field `colour`, expected one of `follows`, `bilateral_formats`"),
        "{unknown_parameter}"
    );
    for (lines, expected) in [
        (
            format!("{DECIDES}\nsays.bilateral_formats = [\"x\"]"),
            "`x` is not a bilateral format: expected one of one-line-one-unit",
        ),
        (
            format!("{DECIDES}\nsays.follows = [\"x\"]"),
            "`x` is not a set of CMS's edits: expected one of ptp, mue",
        ),
        (
            format!("{DECIDES}\nsays.modifier_percents.52 = \"half\""),
            "`half` is not a percentage: expected a number",
        ),
        (
            format!("{DECIDES}\nsays.modifier_percents.50 = {{ 1 = \"half\" }}"),
            "`half` is not a percentage: expected a number",
        ),
        (
            format!("{DECIDES}\nsays.coverage = {{ codes = [\"6463\"], position = \"covered\" }}"),
            "`6463` is not a procedure code",
        ),
        (
            format!("{DECIDES}\nsays.coverage = {{ codes = [\"64636-64633\"], position = \"covered\" }}"),
            "`64636-64633` is not a run of codes",
        ),
        (
            format!("{DECIDES}\n{ONE}\nfrom = \"2024-13-01\""),
            "`2024-13-01` is not a date",
        ),
        (
            format!("{DECIDES}\n{ONE}\nstates = [\"XX\"]"),
            "`XX` is not a state: expected one of AL",
        ),
        (
            format!("{ONE}\nstatus = \"maybe\"\nconfidence = \"own-page\"\nverified = true"),
            "`maybe` is not a status: expected one of announced, in-force, withdrawn",
        ),
    ] {
        let error = refused(&[("a", &lines)]);
        assert!(error.starts_with("test.toml, line "), "{error}");
        assert!(error.contains("policy `a`"), "{error}");
        assert!(error.contains(expected), "{error}");
    }
    let payer = read("payer = \"humana\"").unwrap_err().to_string();
    assert!(
        payer.contains("the head of the file: `payer = \"humana\"`: `humana` is not a payer: expected one of"),
        "{payer}"
    );
}

#[test]
fn values_that_do_not_go_together_are_refused() {
    let backwards = refused(&[(
        "a",
        &format!("{DECIDES}\n{ONE}\nfrom = \"2024-01-02\"\nto = \"2024-01-01\""),
    )]);
    assert_eq!(
        backwards,
        "test.toml, policy `a`, to: `2024-01-01` is not valid: expected a day that is not before `from`"
    );
    let nothing = refused(&[("a", &format!("{DECIDES}\nsays = {{}}"))]);
    assert!(nothing.contains("policy `a`, says"), "{nothing}");
    let no_code = refused(&[(
        "a",
        &format!("{DECIDES}\nsays.coverage = {{ codes = [], position = \"covered\" }}"),
    )]);
    assert!(no_code.contains("at least one code"), "{no_code}");
    let modifier = refused(&[("a", &format!("{DECIDES}\nsays.unpaid_modifiers = [\"KX\"]"))]);
    assert!(modifier.contains("policy `a`, says: `KX` is not valid"), "{modifier}");
    for (percents, word) in [("80 = { 3 = 20 }", "3"), ("52 = { 1 = 50 }", "1"), ("50 = {}", "")] {
        let word_of_no_column = refused(&[("a", &format!("{DECIDES}\nsays.modifier_percents.{percents}"))]);
        assert!(
            word_of_no_column.contains(&format!(
                "policy `a`, says.modifier_percents: `{word}` is not valid: expected"
            )),
            "{word_of_no_column}"
        );
    }
    let alone = refused(&[(
        "a",
        &format!("{DECIDES}\nsays.follows = [\"ptp\"]\nsays.bilateral_denied = [\"two-lines\"]"),
    )]);
    assert!(alone.contains("beside `bilateral_formats`"), "{alone}");
    let indicator = refused(&[("a", &format!("{DECIDES}\n{ONE}\nsays.bilateral_indicators = [\"4\"]"))]);
    assert!(
        indicator.contains("says.bilateral_indicators: `4` is not valid: expected 0, 1, 2, 3 or 9"),
        "{indicator}"
    );
    let plan = refused(&[("a", &format!("{DECIDES}\n{ONE}\nplan = \"Nowhere\""))]);
    assert!(
        plan.contains("policy `a`, plan: `Nowhere` is no plan of this payer"),
        "{plan}"
    );
    let other = read(&aetna(&[("a", &format!("{DECIDES}\n{ONE}"))]).replace("aetna", "other")).unwrap_err();
    assert!(matches!(other, PolicyError::PlanNeeded { .. }), "{other}");
    let names = "payer = \"aetna\"\n[[plan]]\nname = \"A\"\nalso = [\"x y\"]\n[[plan]]\nname = \"B\"\nalso = [\"XY\"]";
    assert_eq!(
        read(names).unwrap_err().to_string(),
        "test.toml, plan `B`: the name `XY` is also one of plan `A`: give it to one of them"
    );
}

#[test]
fn entries_of_equal_rank_that_overlap_are_named() {
    let one = format!("{DECIDES}\n{ONE}\nfrom = \"2024-01-01\"\nto = \"2024-12-31\"");
    let two = format!("{DECIDES}\n{TWO}\nfrom = \"2024-12-31\"");
    let error = refused(&[("b", &two), ("a", &one)]);
    assert!(
        error.starts_with("policies `a` and `b` both answer on BilateralFormats"),
        "{error}"
    );
    // The day after, another topic, other codes, other modifiers, or another standing: no contradiction.
    let after = two.replace("2024-12-31", "2025-01-01");
    assert!(read(&aetna(&[("a", &one), ("b", &after)])).is_ok());
    let other_topic = two.replace(TWO, "says.follows = [\"ptp\"]");
    assert!(read(&aetna(&[("a", &one), ("b", &other_topic)])).is_ok());
    let announced = two.replace("in-force", "announced");
    assert!(read(&aetna(&[("a", &one), ("b", &announced)])).is_ok());
    let covered = |codes: &str| format!("{DECIDES}\nsays.coverage = {{ codes = [{codes}], position = \"covered\" }}");
    assert!(
        read(&aetna(&[
            ("a", &covered("\"64632\"")),
            ("b", &covered("\"64633-64636\""))
        ]))
        .is_ok()
    );
    assert!(
        read(&aetna(&[
            ("a", &covered("\"64635\"")),
            ("b", &covered("\"64633-64636\""))
        ]))
        .is_err()
    );
    let percent = |modifier: &str| format!("{DECIDES}\nsays.modifier_percents.{modifier} = 50");
    assert!(read(&aetna(&[("a", &percent("52")), ("b", &percent("53"))])).is_ok());
    assert!(read(&aetna(&[("a", &percent("52")), ("b", &percent("52"))])).is_err());
}
