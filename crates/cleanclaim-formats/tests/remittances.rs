//! Remittances: what is read of them, what does not add up, and what damage does to them.

use std::io::Write as _;
use std::path::Path;

use cleanclaim_formats::x12::{AdjustmentGroup, ClaimPayment, Remittance, Remittances, X12Error, example_remittance};

fn read(bytes: &[u8]) -> Vec<Result<Remittance, X12Error>> {
    Remittances::new(bytes).collect()
}

fn claims(bytes: &[u8]) -> Vec<ClaimPayment> {
    let claim = |answer| match answer {
        Ok(Remittance::Claim(claim)) => Some(*claim),
        _ => None,
    };
    read(bytes).into_iter().filter_map(claim).collect()
}

fn claim_of(answer: &Result<Remittance, X12Error>) -> Option<&ClaimPayment> {
    match answer {
        Ok(Remittance::Claim(claim)) => Some(claim),
        _ => None,
    }
}

/// All that is said of a file: notes and errors.
fn said(text: &str) -> String {
    let each = read(text.as_bytes()).into_iter().map(|answer| match answer {
        Ok(Remittance::Claim(claim)) => {
            let notes: Vec<String> = claim.notes.iter().map(ToString::to_string).collect();
            notes.join("\n")
        }
        Ok(_) => String::new(),
        Err(error) => error.to_string(),
    });
    each.filter(|said| !said.is_empty()).collect::<Vec<_>>().join("\n")
}

#[test]
fn all_that_a_remittance_says_is_read() {
    let answers = read(example_remittance().as_bytes());
    let [Ok(Remittance::Claim(claim)), Ok(Remittance::Provider(provider))] = &*answers else {
        panic!("{answers:?}")
    };
    assert_eq!(
        (claim.charge.to_string(), claim.paid.to_string()),
        ("430.00".into(), "200.00".into())
    );
    assert_eq!(
        (&*claim.payer_control, &*claim.filing_indicator),
        ("2024219000123", "MB")
    );
    assert_eq!(claim.frequency.unwrap().to_string(), "1");
    assert_eq!(claim.rendering.unwrap().to_string(), "1234567893");
    assert_eq!(claim.remarks[0].as_str(), "MA01");
    assert_eq!(
        (&*claim.payment.trace, &*claim.payment.payer),
        ("EFT1", "EXAMPLE PAYER")
    );
    assert_eq!(claim.payment.date.unwrap().to_string(), "2024-09-01");
    let [first, second] = &*claim.lines else {
        panic!("two lines")
    };
    assert_eq!(first.procedure.code.unwrap().to_string(), "64632");
    assert_eq!(first.procedure.modifiers.to_string(), "RT");
    assert_eq!(first.allowed.unwrap().to_string(), "200.00");
    assert_eq!(first.dates.unwrap().to_string(), "2024-08-06");
    assert_eq!(
        (first.adjustments[0].group, second.adjustments[0].group),
        (AdjustmentGroup::Contractual, AdjustmentGroup::Contractual)
    );
    assert_eq!(second.adjustments[0].quantity.unwrap().to_string(), "2");
    assert_eq!((&*second.control, second.remarks[0].as_str()), ("2", "N20"));
    assert_eq!(
        (&*provider.amounts[0].reason, &*provider.amounts[0].reference),
        ("WO", "2024100000001")
    );
    assert_eq!(provider.provider.unwrap().to_string(), "1234567893");
    assert!(claim.notes.is_empty());
}

#[test]
fn what_does_not_add_up_is_said() {
    let text = example_remittance();
    assert_eq!(said(&text), "");
    for (from, to, expected) in [
        (
            "BPR*I*190",
            "BPR*I*290",
            "the claims less provider adjustments make 190.00, but BPR02 says 290.00",
        ),
        (
            "CAS*CO*45*110",
            "CAS*CO*45*100",
            "line 1: the charge less the adjustments is not what is paid",
        ),
        (
            "CAS*CO*45*110~\n",
            "",
            "the charge less the adjustments is not what is paid",
        ),
        ("SE*22*", "SE*23*", "the transaction has 22 segments, but SE01 says 23"),
        (
            "CLP*A1*1*430*",
            "CLP*A1*1*4B0*",
            "CLP03 is not valid: expected an amount",
        ),
        (
            "CLP*A1*1*430*",
            "CLP*A1*X*430*",
            "CLP02 `X` is not valid: expected a claim status",
        ),
        (
            "SVC*HC:64632:RT*310*",
            "SVC*HC:64632:RT*3I0*",
            "claim `A1`, line 1, segment 14: SVC02 is not valid",
        ),
        (
            "CAS*CO*97*120",
            "CAS*XX*97*120",
            "claim `A1`, line 2, segment 20: CAS01 `XX` is not valid: expected a group",
        ),
        (
            "CAS*CO*97*120",
            "CAS*CO**120",
            "CAS02 is missing: expected a claim adjustment reason code",
        ),
        ("CAS*CO*97*120", "CAS*CO*97*1Z0", "CAS03 is not valid"),
        ("LQ*HE*N20", "LQ*HE*DOE", "a remark is not M, MA or N and digits"),
        ("IEA*1*000000001~\n", "", "the interchange is not closed by an IEA"),
    ] {
        let said = said(&text.replacen(from, to, 1));
        assert!(said.contains(expected), "{from} -> {to}: {said}");
    }
    let lost = text.replacen("CLP*A1*1*430*200**MB*2024219000123*11*1~\n", "", 1);
    assert!(said(&lost).contains("stand under no claim"));
    let claims = read(example_remittance().replace("ST*835", "ST*837").as_bytes());
    let [Err(error)] = &*claims else { panic!("{claims:?}") };
    assert!(
        error
            .to_string()
            .ends_with("transaction set `837` is claims; expected 835, a remittance"),
        "{error}"
    );
}

#[test]
fn a_reversal_and_its_correction() {
    let text = example_remittance();
    let (head, tail) = text.split_once("CLP*").unwrap();
    let (_, tail) = tail.split_once("PLB*").unwrap();
    let reversal = "CLP*A1*22*-430*-200**MB*1~\nSVC*HC:64632*-430*-200**-1~\nCAS*CR*45*-230*-1~\n";
    let correction = "CLP*A1*1*430*430**MB*2~\nSVC*HC:64633*430*430**1*HC:64632~\n";
    let both = format!("{head}{reversal}{correction}PLB*{tail}")
        .replace("BPR*I*190", "BPR*I*220")
        .replace("SE*22*", "SE*16*");
    let claims = claims(both.as_bytes());
    assert!(claims[0].status.is_reversal() && claims[0].notes.is_empty());
    assert_eq!(claims[0].paid.to_string(), "-200.00");
    let line = &claims[1].lines[0];
    assert_eq!(line.sent.unwrap().code.unwrap().to_string(), "64632");
    assert_eq!(line.procedure.code.unwrap().to_string(), "64633");
}

/// A file of so many claims in transactions of a hundred each, with the claims' own texts.
fn many(claims: usize) -> String {
    let text = example_remittance();
    let (head, rest) = text.split_once("CLP*").unwrap();
    let (claim, tail) = rest.split_once("PLB*").unwrap();
    let tail = &tail[tail.find("SE*").unwrap()..];
    let each: String = (1..=claims)
        .map(|number| format!("CLP*{}", claim.replacen("A1*", &format!("A{number}*"), 1)))
        .collect();
    let count = head[head.find("ST*").unwrap()..].matches('\n').count() + each.matches('\n').count() + 1;
    format!("{head}{each}{tail}")
        .replace("BPR*I*190", &format!("BPR*I*{}", 200 * claims))
        .replace("SE*22*", &format!("SE*{count}*"))
}

/// `FLIPS=20000` is what the project's claims of reliability rest on.
#[test]
fn no_damage_loses_an_earlier_claim_or_one_in_silence() {
    let text = many(6);
    let whole = claims(text.as_bytes());
    assert_eq!(whole.len(), 6);
    assert_eq!(said(&text), "");
    let starts: Vec<usize> = text.match_indices("CLP*").map(|(at, _)| at).collect();
    let ends: Vec<usize> = starts.iter().skip(1).copied().chain(text.find("SE*")).collect();
    let check = |damaged: &[u8], upto: usize, what: &str| {
        let answers = read(damaged);
        let intact = ends.iter().filter(|&&end| end + 3 < upto).count();
        let left: Vec<&ClaimPayment> = answers.iter().filter_map(claim_of).collect();
        assert!(
            left.get(..intact)
                .is_some_and(|left| left.iter().copied().eq(&whole[..intact])),
            "{what}"
        );
        let is_told = answers.iter().any(|answer| match answer {
            Ok(Remittance::Claim(claim)) => !claim.notes.is_empty(),
            Ok(_) => false,
            Err(_) => true,
        });
        assert!(is_told || left.len() >= 6, "{what}: lost in silence");
    };
    for cut in 1..text.len() - 1 {
        check(&text.as_bytes()[..cut], cut, &format!("cut at {cut}"));
    }
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut random = |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state % below as u64) as usize
    };
    for round in 0..std::env::var("FLIPS").map_or(3_000, |rounds| rounds.parse().unwrap()) {
        let mut damaged = text.clone().into_bytes();
        let at = random(damaged.len());
        damaged[at] ^= 1 << random(8);
        check(&damaged, at, &format!("round {round}, flip at {at}"));
    }
}

#[test]
fn nothing_of_a_patient_is_said_or_kept() {
    let text = example_remittance().replace(
        "NM1*QC*1*EXAMPLE*PAT****MI*1AA0AA0AA00",
        "NM1*QC*1*QQLAST*QQFIRST****MI*1EG4TE5MK73",
    );
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut random = |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state % below as u64) as usize
    };
    for round in 0..4_000 {
        let mut damaged = text.clone().into_bytes();
        let at = random(damaged.len() - 30);
        match round % 3 {
            0 => damaged[at] = b"~*:\nX"[random(5)],
            1 => drop(damaged.drain(at..at + 1 + random(29))),
            _ => damaged.insert(at, b"~*:\n"[random(4)]),
        }
        let text = String::from_utf8_lossy(&damaged).into_owned();
        let all = said(&text);
        for mark in ["QQ", "1EG4TE5MK73"] {
            assert!(!all.contains(mark), "{all}\n{text}");
        }
    }
}

/// A file beside the checkout: its claims, lines, adjustments and provider adjustments. Amounts and codes of most are masked,
/// so that they do not add up.
type Sample = (&'static str, usize, usize, usize, usize);

const SAMPLES: &[Sample] = &[
    ("5010_Example1.txt", 9, 9, 21, 1),
    ("5010_ExampleFromNth.txt", 56, 91, 97, 0),
    ("5010_FromNth_835_WithMultipleInterchanges.txt", 56, 91, 97, 0),
    ("databricks_no_plb_sample.835", 3, 0, 5, 0),
    ("databricks_plb_sample.835", 3, 0, 5, 1),
    ("databricks_sample.835", 3, 0, 5, 1),
    ("databricks_sample_no_cas.835", 3, 0, 3, 1),
    ("databricks_sample_services.835", 2, 4, 4, 1),
    ("hdi_835-all-fields.835", 1, 7, 10, 0),
    ("hdi_835-provider-adjustment.835", 1, 1, 1, 4),
];

#[test]
fn public_samples() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/x12_835");
    if !folder.exists() {
        // Not by a macro, whose words the harness keeps from who runs the tests.
        let _ = writeln!(std::io::stderr(), "skipped: {} is not here", folder.display());
        return;
    }
    for &(name, of_claims, of_lines, of_reasons, of_providers) in SAMPLES {
        let bytes = std::fs::read(folder.join(name)).unwrap();
        let text = String::from_utf8_lossy(&bytes);
        let claims = claims(&bytes);
        let lines: usize = claims.iter().map(|claim| claim.lines.len()).sum();
        let adjustments: usize = claims.iter().map(|claim| claim.all_adjustments().count()).sum();
        let answers = read(&bytes);
        let is_provider = |answer: &&Result<_, _>| matches!(answer, Ok(Remittance::Provider(_)));
        let providers = answers.iter().filter(is_provider).count();
        let counts = (claims.len(), lines, adjustments, providers);
        assert_eq!(counts, (of_claims, of_lines, of_reasons, of_providers), "{name}");
        // By plain text: every CLP is a claim or an error, every SVC a line.
        let lost = lost_claims(&answers);
        let count = |id: &str| {
            text.split('~')
                .filter(|segment| segment.trim_start().starts_with(id))
                .count()
        };
        assert_eq!(claims.len() + lost, count("CLP"), "{name}");
        assert!(count("SVC") >= lines && count("SVC") <= lines + 9 * lost, "{name}");
    }
}

/// How many claims the errors say to be lost.
fn lost_claims(answers: &[Result<Remittance, X12Error>]) -> usize {
    let errors = answers.iter().filter_map(|answer| answer.as_ref().err());
    errors.map(|error| error.lost_claims() as usize).sum()
}
