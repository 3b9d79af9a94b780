//! What may differ from file to file: where values come from, what is inherited, what is missing. Each case changes the
//! small made-up file of the crate.

use cleanclaim_formats::x12::{ClaimInFile, Loss, Note, Reader, X12Error, X12ErrorKind, example};

const PLAIN: &str = "#A1 medicare 2024-08-06 @11 by=1234567893 age=70 sex=female dx=G5761: 64632-RT $310.00 dx=1; 64455-59 x2 $120.00 \
                     dx=1";

fn read(text: &str) -> Vec<Result<ClaimInFile, X12Error>> {
    Reader::new(text.as_bytes()).collect()
}

/// The same without what SE01 says, which few of these files keep right.
fn read_whatever_the_count(text: &str) -> Vec<Result<ClaimInFile, X12Error>> {
    let is_count = |found: &Result<ClaimInFile, X12Error>| {
        let error = found.as_ref().err();
        error.is_some_and(|error| matches!(error.kind, X12ErrorKind::Lost(Loss::Segments { .. })))
    };
    let mut found = read(text);
    found.retain(|found| !is_count(found));
    found
}

fn only(text: &str) -> ClaimInFile {
    let mut found = read_whatever_the_count(text);
    assert_eq!(found.len(), 1, "{found:?}");
    found.remove(0).unwrap_or_else(|error| panic!("{error}"))
}

/// The first error of a text.
fn error(text: &str) -> String {
    let error = read(text).into_iter().find_map(Result::err);
    error.expect("no error").to_string()
}

/// What is read of a text that holds one claim, and what is said of it: notes and errors.
fn told(text: &str) -> (ClaimInFile, String) {
    let mut found = read(text).into_iter();
    let claim = found.next().unwrap().unwrap();
    let notes = claim.notes.iter().map(ToString::to_string);
    let errors = found.map(|found| found.unwrap_err().to_string());
    let said: Vec<_> = notes.chain(errors).collect();
    (claim, said.join("; "))
}

#[test]
fn values_and_where_they_come_from() {
    // What is replaced in the file, by what, and what is replaced in the shorthand of its claim.
    let cases: &[(&str, &str, &str, &str)] = &[
        (
            "SV1*HC:64632:RT*310*UN*1***1",
            "SV1*HC:64632:RT*310*UN*1*22**1",
            "64632-RT",
            "64632-RT @22",
        ),
        (
            "SV1*HC:64632:RT*",
            "SV1*HC:64632:RT:59:XS:GA:FREE TEXT*",
            "64632-RT",
            "64632-RT-59-XS-GA",
        ),
        ("SV1*HC:64632:RT*", "SV1*HC:64632::RT*", "64632-RT", "64632-RT"),
        ("SV1*HC:64632:RT*", "SV1*hc:64632:RT*", "64632-RT", "64632-RT"),
        ("*120*UN*2*", "*120*UN*2.5*", "x2", "x2.5"),
        (
            "*120*UN*2*",
            "*120*F2*.125*",
            "x2",
            "x0.125 measure=international-units",
        ),
        ("*120*UN*2*", "*120*MJ*61.00*", "x2", "x61 measure=minutes"),
        ("*120*UN*2*", "*120*DA*2*", "x2", "x2 measure=days"),
        ("*120*UN*2*", "*120*XX*2*", "x2", "x2"),
        ("*1***1~\nDTP", "*1***2:1~\nDTP", "", ""),
        ("*1***1~\nDTP", "*1~\nDTP", "$310.00 dx=1", "$310.00"),
        ("*1***1~\nDTP", "*1***13~\nDTP", "$310.00 dx=1", "$310.00"),
        // The first of three cannot be a diagnosis, so that those behind it move up.
        (
            "HI*ABK:G5761",
            "HI*ABF:??*ABK:G5761*ABF:M79671",
            "dx=G5761: 64632-RT $310.00 dx=1; 64455-59 x2 $120.00 dx=1",
            "dx=G5761,M79671: 64632-RT $310.00; 64455-59 x2 $120.00",
        ),
        ("LX*2", "LX*7", "64455-59", "64455-59 L7"),
        (
            "NM1*85*2*EXAMPLE PRACTICE*****XX*1234567893",
            "NM1*85*2*EXAMPLE PRACTICE",
            " by=1234567893",
            "",
        ),
        (
            "HI*ABK",
            "NM1*82*1*DOC*A****XX*1111111112~\nHI*ABK",
            "1234567893",
            "1111111112",
        ),
        (
            "LX*2",
            "NM1*82*1*DOC*A****XX*1111111112~\nLX*2",
            "@11 by=1234567893",
            "@11",
        ),
        (
            "HI*ABK",
            "NM1*82*1*DOC*A****24*123456789~\nHI*ABK",
            " by=1234567893",
            "",
        ),
        ("HI*ABK", "DTP*431*D8*20200101~\nHI*ABK", "", ""),
        (
            "HI*ABK:G5761",
            "HI*ABF:M79671*ABK:G5761~\nHI*BG:09",
            "dx=G5761: 64632-RT $310.00 dx=1; 64455-59 x2 $120.00 dx=1",
            "dx=G5761,M79671: 64632-RT $310.00 dx=2; 64455-59 x2 $120.00 dx=2",
        ),
        ("HI*ABK:G5761", "HI*BK:G5761", "", ""),
        (
            "DMG*D8*19540101*F",
            "DMG*D8*19540807*U",
            "age=70 sex=female",
            "age=69 sex=unknown",
        ),
        (
            "CLM*A1",
            "HL*3*2*23*0~\nPAT*19~\nNM1*QC*1*EXAMPLE*KIM~\nDMG*D8*20140101*M~\nCLM*A1",
            "age=70 sex=female",
            "age=10 sex=male",
        ),
        (
            "CLM*A1",
            "HL*3*2*23*0~\nNM1*QC*1*EXAMPLE*KIM~\nCLM*A1",
            " age=70 sex=female",
            "",
        ),
        (
            "LX*1",
            "SBR*S*18*******CI~\nNM1*IL*1*O~\nNM1*PR*2*AETNA*****PI*60054~\nNM1*82*1*X****XX*1~\nLX*1",
            "",
            "",
        ),
        ("NM1*85", "PRV*BI*PXC*261QA1903X~\nNM1*85", "medicare", "medicare asc"),
        (
            "NM1*85",
            "PRV*BI*PXC*332B00000X~\nNM1*85",
            "medicare",
            "medicare supplier",
        ),
        ("NM1*PR*2*MEDICARE", "NM1*PR*2*AETNA", "medicare", "aetna"),
    ];
    for (from, to, words, instead) in cases {
        let text = example().replacen(from, to, 1);
        let mut got = only(&text).claim.to_shorthand();
        let mut expected = PLAIN.replacen(words, instead, 1);
        if from == &"LX*2" && to.contains("82") {
            expected = expected
                .replace("64632-RT", "64632-RT by=1111111112")
                .replace("x2", "by=1234567893 x2");
        }
        // Words of a line may stand in any order.
        let sorted = |text: &mut String| {
            let mut words: Vec<&str> = text.split([' ', ';']).collect();
            words.sort_unstable();
            *text = words.join(" ");
        };
        sorted(&mut got);
        sorted(&mut expected);
        let loose = |text: &str| text.replace(':', "");
        assert_eq!(loose(&got), loose(&expected), "{from} -> {to}");
    }
}

#[test]
fn without_a_taxonomy_the_codes_say_who_bills_and_a_note_tells() {
    let items = example()
        .replacen("HC:64632:RT", "HC:E0601:RR", 1)
        .replacen("HC:64455:59", "HC:A7030:NU", 1);
    let found = only(&items);
    assert!(found.claim.to_shorthand().contains("supplier"));
    assert!(found.notes.contains(&Note::SupplierByCodes), "{:?}", found.notes);
    // A taxonomy counts, and a code of another kind.
    let stated = items.replacen("NM1*85", "PRV*BI*PXC*207X00000X~\nNM1*85", 1);
    let mixed = example().replacen("HC:64632:RT", "HC:E0601:RR", 1);
    for text in [stated, mixed] {
        let found = only(&text);
        assert!(!found.claim.to_shorthand().contains("supplier"));
        assert!(!found.notes.contains(&Note::SupplierByCodes));
    }
}

#[test]
fn what_is_missing_or_wrong_is_said_with_its_place() {
    let cases = [
        (
            "*310*UN*1*",
            "*310*UN**",
            "line 1, segment 21: SV104 is missing: expected a number above zero",
        ),
        ("*310*UN*1*", "*310*UN*0*", "line 1, segment 21: SV104 `0` is not valid"),
        ("*310*UN*1*", "*31O*UN*1*", "line 1, segment 21: SV102 is not valid"),
        (
            "HC:64632:RT",
            "HC:64632:R",
            "line 1, segment 21: SV101-3 `R` is not valid: expected a modifier",
        ),
        (
            "HC:64632:RT",
            "HP:64632:RT",
            "line 1, segment 21: SV101-1 `HP` is not valid: expected `HC`",
        ),
        (
            "11:B:1",
            ":B:1",
            "line 1, segment 21: SV105 is missing: expected a place of service here, or for all lines in CLM05-1",
        ),
        ("11:B:1", "1:B:1", "segment 18: CLM05-1 `1` is not valid"),
        ("CLM*A1*", "CLM**", "segment 18: CLM01 is missing"),
        ("SV1*HC:64632", "XX1*HC:64632", "line 1, segment 20: SV1 is missing"),
        (
            "SV1*HC:64632:RT",
            "SV2*0360*HC:64632:RT",
            "line 1, segment 21: SV2 is not valid: expected SV1, as the transaction is an 837P",
        ),
        (
            "DTP*472*D8*20240806",
            "XXX*472",
            "line 1, segment 21: DTP03 is missing: expected a DTP*472",
        ),
        (
            "DTP*472*D8*20240806",
            "DTP*472*RD8*20240806-20240805",
            "line 1, segment 22: DTP03 `20240806-20240805` is not valid",
        ),
    ];
    for (from, to, expected) in cases {
        let error = error(&example().replacen(from, to, 1));
        assert!(error.contains(expected), "{from} -> {to}: {error}");
        assert!(
            error.starts_with("interchange `000000001`, group `1`, transaction `0001`, "),
            "{error}"
        );
    }
}

#[test]
fn institutional() {
    let text = example()
        .replace("005010X222A1", "005010X223A2")
        .replace(
            "11:B:1*Y*A*Y*Y",
            "13:A:1**A*Y*Y~\nDTP*434*RD8*20240805-20240807~\nCL1*1*1*01",
        )
        .replace("SV1*HC:64632:RT*310*UN*1***1", "SV2*0360*HC:64632:RT*310*UN*1")
        .replace(
            "SV1*HC:64455:59*120*UN*2***1~\nDTP*472*D8*20240806",
            "SV2*250**120*UN*2",
        )
        .replace("SE*24*", "SE*25*");
    let found = only(&text);
    let expected = "#A1 medicare tob=131 2024-08-05..2024-08-07 age=70 sex=female status=01 dx=G5761: \
                    64632-RT 2024-08-06 $310.00 rev=0360; - x2 $120.00 rev=0250";
    assert_eq!(found.claim, expected.parse().unwrap());
    let coded = text.replace("HI*ABK:G5761", "HI*ABK:G5761~\nHI*BG:G0*BG:41*BG:?");
    let found = only(&coded.replace("**120*UN*2", "**120*DA*2"));
    let expected = expected
        .replace("dx=G5761", "dx=G5761 cc=G0,41")
        .replace("rev=0250", "rev=0250 measure=days");
    assert_eq!(found.claim, expected.parse().unwrap());
    let left_out = Note::ConditionCodeLeftOut { value: "?".into() };
    assert!(found.notes.contains(&left_out), "{:?}", found.notes);
    let without = text.replace("DTP*434*RD8*20240805-20240807~\n", "");
    let found = only(&without);
    assert_eq!(
        found.claim.form().as_institutional().unwrap().dates.to_string(),
        "2024-08-06"
    );
    assert!(found.notes.contains(&Note::StatementDates));
    assert!(
        error(&text.replace("13:A:1", "13:A"))
            .contains("segment 18: CLM05 `13:A` is not valid: expected a facility type")
    );
}

#[test]
fn damage_that_shows_in_the_sums_is_noted() {
    let notes = |text: &str| told(text).1;
    assert_eq!(notes(&example()), "");
    assert!(notes(&example().replace("SE*24*", "SE*25*")).contains("has 24 segments, but SE01 says 25"));
    assert!(
        notes(&example().replace("CLM*A1*430*", "CLM*A1*500*")).contains("add up to 430.00, but CLM02 says 500.00")
    );
    assert!(notes(&example().replace("LX*2", "LX*1")).contains("numbered by position"));
}

#[test]
fn transactions_and_groups_that_are_lost_are_errors_of_their_own() {
    let said = |text: &str| -> Vec<String> {
        let notes = |found: Result<ClaimInFile, X12Error>| match found {
            Ok(found) => found
                .notes
                .iter()
                .map(ToString::to_string)
                .collect::<Vec<_>>()
                .join("; "),
            Err(error) => error.to_string(),
        };
        Reader::new(text.as_bytes()).map(notes).collect()
    };
    let text = example();
    let (head, rest) = text.split_once("ST*").unwrap();
    let (body, tail) = rest.split_once("GE*").unwrap();
    let transaction = format!("ST*{body}");
    let twice = format!("{head}{transaction}{transaction}GE*{}", tail.replacen('1', "2", 1));
    assert_eq!(said(&twice), ["", ""]);
    // Cut between two transactions, and one taken out.
    assert_eq!(
        said(&format!("{head}{transaction}")),
        [
            "",
            "interchange `000000001`, group `1`, segment 26: the interchange is not closed by an IEA: check that nothing is lost \
             at its end"
        ]
    );
    assert_eq!(
        said(&format!("{head}{transaction}GE*{}", tail.replacen('1', "2", 1))),
        [
            "",
            "interchange `000000001`, group `1`, segment 27: transactions of the group: 1, but GE01 says 2: check that none is lost"
        ]
    );
    assert_eq!(
        said(&text.replace("IEA*1*", "IEA*3*")),
        [
            "",
            "interchange `000000001`, segment 28: groups of the interchange: 1, but IEA01 says 3: check that none is lost"
        ]
    );
    // Without IEA, and another interchange after it.
    let (open, _) = text.split_once("IEA*").unwrap();
    let said_of_both = said(&format!("{open}{text}"));
    assert_eq!(said_of_both.iter().filter(|said| said.is_empty()).count(), 2);
    assert_eq!(said_of_both.len(), 3);
    // A transaction whose claim is gone, line and all.
    let (before, rest) = text.split_once("CLM*").unwrap();
    let (_, after) = rest.split_once("SE*").unwrap();
    let [said] = &*said(&format!("{before}SE*{after}")) else {
        panic!("one answer")
    };
    assert!(
        said.ends_with("the transaction holds no claim: expected a CLM between ST and SE"),
        "{said}"
    );
}

#[test]
fn what_is_lost_behind_an_error_is_an_error_of_its_own() {
    let errors = |text: &str| -> Vec<String> {
        let found = Reader::new(text.as_bytes())
            .map(|found| found.map_or_else(|error| error.to_string(), |_| "a claim".to_owned()));
        found.collect()
    };
    let text = example().replacen("DTP*472*D8*20240806", "DTP*472*D8*20240832", 1);
    assert_eq!(errors(&text).len(), 2);
    let of_group = "group `1`, segment 27: transactions of the group: 1, but GE01 says 2: check that none is lost";
    assert!(errors(&text.replace("GE*1*", "GE*2*"))[2].ends_with(of_group));
    let of_interchange = "segment 28: groups of the interchange: 1, but IEA01 says 2: check that none is lost";
    assert!(errors(&text.replace("IEA*1*", "IEA*2*"))[2].ends_with(of_interchange));
    let not_closed = "segment 27: the interchange is not closed by an IEA: check that nothing is lost at its end";
    let (open, _) = text.split_once("IEA*").unwrap();
    assert!(errors(open)[2].ends_with(not_closed));
    // Cut before its first claim.
    let (head, _) = text.split_once("ST*").unwrap();
    let [said] = &*errors(head) else {
        panic!("{:?}", errors(head))
    };
    assert!(said.ends_with(&not_closed.replace("27", "2")), "{said}");
}

#[test]
fn a_count_that_is_wrong_is_said_also_where_a_level_follows_the_last_claim() {
    let text = example().replace("SE*24*", "HL*3*1*22*0~\nSE*30*");
    assert!(
        told(&text)
            .1
            .ends_with("has 25 segments, but SE01 says 30: check that none is lost")
    );
}

#[test]
fn what_a_line_counts_and_points_to_is_noted_where_it_cannot_be_taken() {
    let notes = |from: &str, to: &str| only(&example().replace(from, to)).notes;
    let measure = "ML".to_owned();
    assert_eq!(
        notes("*120*UN*2*", "*120*ML*2*"),
        [Note::MeasureNotKnown { line: 2, measure }]
    );
    let value = "1:13".to_owned();
    assert_eq!(
        notes("*2***1~", "*2***1:13~"),
        [Note::PointersLeftOut { line: 2, value }]
    );
}

#[test]
fn several_interchanges_with_their_own_separators() {
    let other = example()
        .replace('*', "|")
        .replace("~\n", "\n")
        .replace("CLM|A1|", "CLM|A2|");
    let old = example().replace("005010X222A1", "004010X098A1");
    let found = read(&[example(), old, other, example()].concat());
    let ids: Vec<_> = found
        .iter()
        .map(|found| found.as_ref().ok().map(|found| found.claim.id()))
        .collect();
    assert_eq!(ids, [Some("A1"), None, Some("A2"), Some("A1")]);
}

#[test]
fn release_characters() {
    let name = |text: &str| only(text).claim.payer().to_string();
    let unknown = example()
        .replace("NM1*PR*2*MEDICARE", "NM1*PR*2*A?*B?~C??")
        .replace("MB~", "CI~");
    let said = unknown.replacen("~\nGS*", "~\nISX*?~\nGS*", 1);
    assert_eq!(name(&said), "other/A*B~C?+commercial");
    // Without one, what follows is text that is passed over, and the claim is still read.
    assert_eq!(
        only(&example().replace("N3*1 EXAMPLE", "N3*WHY?~1 EXAMPLE")).claim.id(),
        "A1"
    );
}

#[test]
fn a_claim_of_more_lines_than_any_is_refused_and_the_next_is_read() {
    let text = example();
    let text = text.replace("CLM*A1*430*", "CLM*A1*99999*");
    let (head, rest) = text.split_once("LX*1~").unwrap();
    let tail = rest.split_once("SE*").unwrap().1;
    let claim = &head[head.find("CLM*").unwrap()..];
    let line = |number: u32| format!("LX*{number}~\nSV1*HC:64632:RT*10*UN*1***1~\nDTP*472*D8*20240806~\n");
    let lines = |count| (1..=count).map(line).collect::<String>();
    let found = read_whatever_the_count(&format!("{head}{}{claim}{}SE*{tail}", lines(1_200), lines(999)));
    let [Err(long), Ok(longest)] = &*found else {
        panic!("{} found", found.len())
    };
    let said = long.to_string();
    assert_eq!(said.lines().count(), 1, "{said}");
    assert!(said.contains("LX is not valid: expected at most 999 lines"), "{said}");
    assert_eq!(longest.claim.lines().len(), 999);
}

#[test]
fn other_transaction_sets_and_texts_are_refused() {
    assert!(
        error(&example().replace("ST*837*", "ST*835*"))
            .contains("transaction set `835` is a remittance: read it with `Remittances`; expected 837")
    );
    assert!(error(&example().replace("005010X222A1", "005010X224A2")).contains("`005010X224A2` is for dental claims"));
    assert!(error("{\"id\":\"A1\"}").contains("is not the start of an X12 file"));
}

#[test]
fn a_lost_claim_segment_takes_neither_the_claim_before_nor_the_next() {
    let claim = |id: &str| {
        format!("CLM*{id}*10***11:B:1~\nHI*ABK:G5761~\nLX*1~\nSV1*HC:64632*10*UN*1***1~\nDTP*472*D8*20240806~\n")
    };
    let head = example();
    let head = &head[..head.find("CLM*").unwrap()];
    let without = claim("B").replacen("CLM*B*10***11:B:1~\n", "", 1);
    let text = [head, &claim("A"), &without, &claim("C"), "SE*1*1~\nGE*1*1~\nIEA*1*1~\n"].concat();
    let found = read_whatever_the_count(&text);
    let [Ok(first), Err(lost), Ok(next)] = &*found else {
        panic!("{found:?}")
    };
    assert_eq!((first.claim.id(), first.claim.lines().len()), ("A", 1));
    assert!(first.notes.contains(&Note::NextClaimLost));
    assert!(lost.to_string().contains("stand under no claim"));
    assert_eq!(next.claim.id(), "C");
}

/// What is said of the claims of a text, each claim's notes and each error.
fn said(text: &str) -> Vec<String> {
    let words = |found: Result<ClaimInFile, X12Error>| match found {
        Ok(ClaimInFile { claim, notes, .. }) => {
            let notes: Vec<_> = notes.iter().map(ToString::to_string).collect();
            format!("{}: {}", claim.id(), notes.join("; "))
        }
        Err(error) => format!("error: {error}"),
    };
    read(text).into_iter().map(words).collect()
}

#[test]
fn every_value_that_is_dropped_or_put_right_is_noted() {
    // What is replaced, by what, what the note says, what of the shorthand is replaced, and by what.
    let cases = [
        (
            "*1***1~\nDTP",
            "*1***1:3~\nDTP",
            "line 1: diagnosis pointer `3` points to no diagnosis",
            "",
            "",
        ),
        ("CLM*A1*430*", "CLM*A1*4O0*", "CLM02 is not an amount", "", ""),
        ("CLM*A1*430*", "CLM*A1**", "CLM02 is not an amount", "", ""),
        (
            "D8*19540101",
            "D8*1954-01-01",
            "the birth date DMG02 is not a day",
            " age=70",
            "",
        ),
        (
            "D8*19540101",
            "D8*19540230",
            "the birth date DMG02 is not a day",
            " age=70",
            "",
        ),
        (
            "D8*19540101",
            "D8*18500101",
            "the birth date DMG02 is not a day",
            " age=70",
            "",
        ),
        (
            "19540101*F",
            "19540101*X",
            "the sex DMG03 is not F, M or U",
            " sex=female",
            "",
        ),
        ("RT*310*", "RT**", "line 1: SV102 is missing: no charge", " $310.00", ""),
        (
            "SE*24*0001",
            "SE*24*0002",
            "SE02 `0002` is not the control number `0001`",
            "",
            "",
        ),
        ("SE*24*0001", "SE*24", "SE02 is not the control number `0001`", "", ""),
        ("GE*1*1~", "GE*1*2~", "GE02 `2` is not the control number `1`", "", ""),
        (
            "IEA*1*000000001",
            "IEA*1*000000011",
            "IEA02 `000000011` is not the control number",
            "",
            "",
        ),
        (
            "ST*837*0001*005010X222A1~\n",
            "",
            "SE02 `0001` closes nothing that was opened",
            "",
            "",
        ),
        (
            "20240806~\nLX",
            "20240806~\nDTP*472*D8*20240807~\nLX",
            "line 1: a second date of service `20240807`",
            "",
            "",
        ),
    ];
    for (from, to, note, words, instead) in cases {
        let (found, said) = told(&example().replacen(from, to, 1));
        assert!(said.contains(note), "{from} -> {to}: {said}");
        let expected = PLAIN.replacen(words, instead, usize::from(!words.is_empty()));
        assert_eq!(found.claim, expected.parse().unwrap(), "{from} -> {to}");
    }
    // Numbers without the zeros before them are the same.
    assert_eq!(only(&example().replace("SE*24*0001", "SE*24*1")).notes, []);
}

#[test]
fn diagnoses_beyond_what_a_claim_may_have_are_noted() {
    let codes: String = (0..12).map(|code| format!("*ABF:M7967{}", code % 10)).collect();
    let found = only(&example().replace("HI*ABK:G5761", &format!("HI*ABK:G5761{codes}")));
    assert_eq!(found.notes, [Note::TooManyDiagnoses { given: 13, most: 12 }]);
}

#[test]
fn types_of_bill_and_patient_statuses_in_other_shapes_are_noted() {
    let text = |place: &str, status: &str| {
        let text = example()
            .replace("005010X222A1", "005010X223A2")
            .replace("11:B:1*Y", &format!("{place}*Y"))
            .replace("HI*ABK", &format!("DTP*434*D8*20240806~\nCL1*1*1*{status}~\nHI*ABK"))
            .replace("SE*24", "SE*26")
            .replace("*1***1~", "*1~")
            .replace("*2***1~", "*2~");
        text.replace("SV1*", "SV2*0360*")
    };
    let found = |place: &str, status: &str| {
        let ClaimInFile { claim, notes, .. } = only(&text(place, status));
        let form = claim.form().as_institutional().unwrap();
        let status = form.patient_status.map(|status| status.to_string());
        let notes: Vec<_> = notes.iter().map(ToString::to_string).collect();
        (form.bill_type.to_string(), status, notes.join("; "))
    };
    let home = || Some("01".to_owned());
    assert_eq!(found("13:A:1", "01"), ("131".to_owned(), home(), String::new()));
    let (bill, status, notes) = found("111", "1");
    assert_eq!((bill, status), ("111".to_owned(), home()));
    assert!(
        notes.contains("CLM05 `111` is not a facility type of two digits"),
        "{notes}"
    );
    assert!(notes.contains("CL103 `1` is not two digits: taken for 01"), "{notes}");
    let (_, status, notes) = found("13:A:1", "ABC");
    assert_eq!(status, None);
    assert!(
        notes.contains("CL103 `ABC` is not two letters or digits: left out"),
        "{notes}"
    );
}

#[test]
fn payers_that_are_not_certain_are_noted() {
    let notes = |name: &str, id: &str| {
        let said = said(&example().replace("MEDICARE*****PI*01112", &format!("{name}*****PI*{id}")));
        said.concat()
    };
    assert_eq!(notes("MEDICARE PART B MARYLAND", "C12345"), "A1: ");
    assert!(
        notes("KEY INSURANCE COMPANY", "").contains("taken for Medicare by claim filing indicator SBR09 `MB` alone")
    );
    let humana = notes("HUMANA MEDICARE ADVANTAGE", "61101");
    assert!(
        humana.contains("SBR09 `MB` does not go with payer `HUMANA MEDICARE ADVANTAGE`"),
        "{humana}"
    );
    assert!(
        humana.contains("not recognised: no payer's policy is applied"),
        "{humana}"
    );
    let disagreeing = notes("HUMANA", "60054");
    assert!(
        disagreeing.contains("has the identifier `60054`, which is that of Aetna"),
        "{disagreeing}"
    );
    assert!(notes("SOME PLAN", "60054").contains("taken for Aetna by its identifier `60054` alone"));
}

#[test]
fn records_of_a_fixed_width_are_joined() {
    let flat: String = example().lines().collect();
    for width in [40, 72, 79, 80, 81, 104, 128] {
        for end in ["\n", "\r\n", "\r"] {
            let twice = format!("{flat}{}", flat.replace('*', "|").replace("CLM|A1", "CLM|A2"));
            let records: Vec<&str> = twice
                .as_bytes()
                .chunks(width)
                .map(|part| str::from_utf8(part).unwrap())
                .collect();
            let found = read(&records.join(end));
            let ids: Vec<_> = found.iter().map(|found| found.as_ref().unwrap().claim.id()).collect();
            assert_eq!(ids, ["A1", "A2"], "{width}");
            assert!(
                found.iter().all(|found| found.as_ref().unwrap().notes.is_empty()),
                "{width}"
            );
            assert_eq!(found[0].as_ref().unwrap().claim.to_shorthand(), PLAIN);
        }
    }
}

#[test]
fn a_missing_end_of_a_transaction_is_said_and_the_claim_before_it_is_whole() {
    let text = example();
    let (_, body) = text.split_once("ST*").unwrap();
    let (body, _) = body.split_once("SE*").unwrap();
    let second = format!("ST*{}", body.replace("*0001*", "*0002*").replace("CLM*A1", "CLM*A2"));
    let open = "the transaction is not closed by an SE: check that no claim is lost at its end";
    let lost = |charge: &str| {
        let text = text.replace("CLM*A1*430", &format!("CLM*A1*{charge}"));
        let both = text.replacen("SE*24*0001~\n", &format!("{second}SE*24*0002~\n"), 1);
        said(&both.replace("GE*1*1", "GE*2*1"))
    };
    let of_set = |number: &str, segment: u32, what: &str| {
        format!("error: interchange `000000001`, group `1`, {number}segment {segment}: {what}")
    };
    assert_eq!(
        lost("430"),
        [
            "A1: ".to_owned(),
            of_set("transaction `0001`, ", 26, open),
            "A2: ".to_owned()
        ]
    );
    let [first, second, _] = &*lost("431") else {
        panic!("two claims and an error")
    };
    assert!(first.contains("add up to 430.00, but CLM02 says 431.00"), "{first}");
    assert!(second.ends_with(open), "{second}");
    let without = |from: &str, to: &str| {
        let (before, rest) = text.split_once(from).unwrap();
        format!("{before}{}", &rest[rest.find(to).unwrap()..])
    };
    assert_eq!(
        said(&without("SE*", "GE*")),
        ["A1: ".to_owned(), of_set("transaction `0001`, ", 26, open)]
    );
    let open_group = "the group is not closed by a GE: check that no transaction is lost at its end";
    assert_eq!(
        said(&without("GE*", "IEA*")),
        ["A1: ".to_owned(), of_set("", 27, open_group)]
    );
    let [empty] = &*said(&without("BHT*", "GE*")) else {
        panic!("one error")
    };
    assert!(
        empty.ends_with("the transaction holds no claim: expected a CLM between ST and SE"),
        "{empty}"
    );
}

#[test]
fn what_stands_outside_of_interchanges_is_an_error() {
    let text = example();
    let outside =
        |start: &str| format!("{start} stands outside of every interchange: expected an ISA with its 16 elements");
    for (tail, start) in [
        ("HELLO THERE~\nAGAIN~\n", "text"),
        ("HELLO THERE", "text"),
        ("NM1*IL*1*DOE*JANE~\n", "`NM1`"),
        ("ISA*00*CUT", "`ISA`"),
        ("ISA|00|CUT", "text"),
    ] {
        let [claim, error] = &*said(&format!("{text}{tail}")) else {
            panic!("{tail}")
        };
        assert_eq!(claim, "A1: ");
        assert!(error.contains(&outside(start)), "{error}");
    }
    let damaged = text
        .replace('*', "|")
        .replace("ISA|", "ISB|")
        .replace("CLM|A1", "CLM|A2");
    let [_, error, next] = &*said(&[&*text, &damaged, &text].concat()) else {
        panic!("two claims and an error")
    };
    assert!(error.contains(&outside("text")) && next == "A1: ", "{error}");
}

/// Claims of one subscriber, of which the CLM of the second is lost.
fn of_one_subscriber(first: &str, second: &str) -> Vec<Result<ClaimInFile, X12Error>> {
    let text = example();
    let head = &text[..text.find("CLM*").unwrap()];
    let third = "CLM*C*5***11:B:1~\nHI*ABK:G5761~\nLX*1~\nSV1*HC:64632*5*UN*1***1~\nDTP*472*D8*20240806~\n";
    read_whatever_the_count(&[head, first, second, third, "SE*1*0001~\nGE*1*1~\nIEA*1*000000001~\n"].concat())
}

fn lines(charges: &[(u32, u32)]) -> String {
    let line = |(number, charge): &(u32, u32)| {
        format!("LX*{number}~\nSV1*HC:64632*{charge}*UN*1***1~\nDTP*472*D8*20240806~\n")
    };
    charges.iter().map(line).collect()
}

#[test]
fn a_claim_whose_clm_is_lost_leaves_nothing_in_the_one_before() {
    let own = lines(&[(1, 310), (2, 120)]);
    let first = |charge: &str| format!("CLM*A*{charge}***11:B:1~\nHI*ABK:G5761~\n{own}");
    let provider = "NM1*82*1*OTHER*DOC****XX*1999999992~\nPRV*PE*PXC*208D00000X~\n";
    let other = "SBR*S*18*******CI~\nNM1*IL*1*E*KIM~\nDMG*D8*20000101*M~\nNM1*PR*2*AETNA*****PI*60054~\n";
    let whole = of_one_subscriber(&first("430"), "").remove(0).unwrap().claim;
    let doctors = format!("HI*ABK:M79671~\n{provider}");
    for (before, charges) in [
        (doctors.clone(), vec![(1, 310)]),
        (doctors.clone() + other, vec![(1, 310)]),
        (provider.to_owned(), vec![(1, 310)]),
        (provider.to_owned() + other, vec![(1, 310)]),
        (
            "DTP*434*D8*20240101~\nCL1*1*1*01~\nHI*ABK:M79671~\n".to_owned(),
            vec![(1, 1), (2, 1)],
        ),
        (String::new(), vec![(1, 10)]),
        // The LX*1 is lost as well.
        (String::new(), vec![(2, 10)]),
        (doctors.clone(), vec![(3, 10)]),
    ] {
        let found = of_one_subscriber(&first("430"), &(before.clone() + &lines(&charges)));
        let [Ok(claim), Err(lost), Ok(next)] = &*found else {
            panic!("{before}: {found:?}")
        };
        assert_eq!(claim.claim, whole, "{before}");
        assert!(lost.to_string().contains("stand under no claim"), "{lost}");
        let payer = next.claim.payer().to_string();
        assert!(payer == "medicare" || payer == "other", "{before}: {payer}");
    }
    // Nothing tells that the third line is another claim's: one that does not add up keeps its lines, and says so.
    let found = of_one_subscriber(&first("430"), &lines(&[(3, 10)]));
    let claim = found[0].as_ref().unwrap();
    assert_eq!((claim.claim.lines().len(), found.len()), (3, 2));
    assert!(matches!(&*claim.notes, [Note::Charges { .. }]), "{:?}", claim.notes);
    // Nothing adds up, but the numbers begin again.
    let found = of_one_subscriber(&first("500"), &lines(&[(1, 310)]));
    assert_eq!(found[0].as_ref().unwrap().claim.lines().len(), 2);
    assert!(found[1].is_err());
    // The lines are lost as well.
    let found = of_one_subscriber(&first("430"), "HI*ABK:M79671~\nNM1*82*1*OTHER*DOC****XX*1999999992~\n");
    assert_eq!(found[0].as_ref().unwrap().claim, whole);
    let notes = &found[0].as_ref().unwrap().notes;
    assert!(
        matches!(&**notes, [Note::BehindLines { id, segment: 26 }] if *id == "HI"),
        "{notes:?}"
    );
}

#[test]
fn a_line_keeps_its_own_provider_where_the_next_claim_is_lost() {
    let provider = |number: u32| format!("NM1*82*1*X*DOC****XX*199999999{number}~\n");
    let first = format!(
        "CLM*A*430***11:B:1~\nHI*ABK:G5761~\n{}{}{}{}",
        lines(&[(1, 310)]),
        provider(1),
        lines(&[(2, 120)]),
        provider(2),
    );
    for second in [lines(&[(1, 10)]), provider(3) + &lines(&[(1, 10)])] {
        let found = of_one_subscriber(&first, &second);
        let claim = &found[0].as_ref().unwrap().claim;
        let providers: Vec<_> = claim
            .lines()
            .iter()
            .map(|line| line.provider.unwrap().to_string())
            .collect();
        assert_eq!(providers, ["1999999991", "1999999992"], "{second}");
    }
    // Behind the only line it may be either's.
    let first = format!(
        "CLM*A*310***11:B:1~\nHI*ABK:G5761~\n{}{}",
        lines(&[(1, 310)]),
        provider(1)
    );
    let found = of_one_subscriber(&first, &lines(&[(1, 10)]));
    let notes = &found[0].as_ref().unwrap().notes;
    assert!(notes.contains(&Note::ProviderOfNextClaim { line: 1 }), "{notes:?}");
}

#[test]
fn lines_that_are_all_numbered_1_are_of_one_claim() {
    for charges in [
        &[(1, 0), (1, 0), (1, 0)][..],
        &[(1, 430), (1, 0)],
        &[(1, 100), (1, 330)],
    ] {
        let sum: u32 = charges.iter().map(|(_, charge)| charge).sum();
        let claim = format!("CLM*A*{sum}***11:B:1~\nHI*ABK:G5761~\n{}", lines(charges));
        let found = of_one_subscriber(&claim, "");
        let [Ok(claim), Ok(_)] = &*found else {
            panic!("{found:?}")
        };
        assert_eq!(claim.claim.lines().len(), charges.len());
        assert!(claim.notes.contains(&Note::Renumbered));
    }
}

#[test]
fn a_segment_that_only_stands_in_the_wrong_place_takes_no_line_away() {
    let claim = format!(
        "CLM*A*430***11:B:1~\n{}HI*ABK:G5761~\n{}",
        lines(&[(1, 310)]),
        lines(&[(2, 120)])
    );
    let found = of_one_subscriber(&claim, "");
    let claim = found[0].as_ref().unwrap();
    assert_eq!(claim.claim.lines().len(), 2);
    assert!(claim.notes.iter().any(|note| matches!(note, Note::BehindLines { .. })));
    assert_eq!(found.len(), 2);
}

#[test]
fn the_cause_is_said_where_a_file_cannot_be_begun() {
    let isa = |end: &str| example().replacen("*T*:~\n", end, 1);
    let cases = [
        (isa("*T*: ~\n"), "the byte after ISA16, is a blank"),
        (example().replace("~\n", "X"), "the byte after ISA16, is a letter"),
        (isa("*T*~\n"), "ISA16 is missing"),
        (isa("*T*~\n").replace('\n', ""), "ISA16 is missing"),
        (isa("*T~\n"), "the ISA has 15 elements: expected 16"),
        (String::new(), "the input is empty"),
        (" \r\n".to_owned(), "the input is empty"),
        (
            "MSH|^~\\&|A".to_owned(),
            "HL7 version 2 is not the start of an X12 file",
        ),
        ("<Claim/>".to_owned(), "XML is not the start of an X12 file"),
        (
            "NM1*IL*1*DOE*JANE~".to_owned(),
            "segment 1: `NM1` is not the start of an X12 file",
        ),
        (
            "DOE*JANE~".to_owned(),
            "segment 1: this text is not the start of an X12 file",
        ),
    ];
    for (text, cause) in cases {
        let found = read(&text);
        assert_eq!(found.len(), 1, "{cause}");
        assert!(error(&text).contains(cause), "{cause}: {}", error(&text));
    }
    // A line end may end segments, with any separator of components.
    for component in [":", ">", "^", "~"] {
        let text = example().replace(':', component).replace("~\n", "\n");
        assert_eq!(only(&text).claim.id(), "A1", "{component}");
    }
}

#[test]
fn envelopes_without_claims_are_named() {
    let text = example();
    let (isa, iea) = (&text[..text.find("GS*").unwrap()], "IEA*1*000000001~\n");
    let group = &text[text.find("GS*").unwrap()..text.find("ST*").unwrap()];
    let end = &text[text.find("GE*").unwrap()..text.find("IEA*").unwrap()];
    let none = iea.replace("IEA*1", "IEA*0");
    let ta1 = "TA1*000000001*240807*0900*A*000~\n";
    assert!(
        error(&[isa, &none].concat())
            .ends_with("the interchange holds no transaction: expected an ST with claims in it, or no such file")
    );
    let group_end = end.replace("GE*1", "GE*0");
    assert!(error(&[isa, group, &group_end, iea].concat()).contains("the group holds no transaction"));
    assert!(error(&[isa, ta1, &none].concat()).contains("holds a TA1, an acknowledgment of an interchange"));
    // Beside claims it is no news.
    assert_eq!(only(&text.replacen("GS*", &format!("{ta1}GS*"), 1)).notes, []);
    for (set, what) in [
        ("277", "277CA"),
        ("999", "acknowledgment"),
        ("835", "remittance"),
        ("123", "not known here"),
    ] {
        let said = error(&text.replace("ST*837*", &format!("ST*{set}*")));
        assert!(
            said.contains(&format!("transaction set `{set}`")) && said.contains(what),
            "{said}"
        );
    }
}

#[test]
fn a_bad_element_loses_its_line_and_no_other() {
    for (from, to) in [
        ("HC:64632:RT", "HC:646320:RT"),
        ("HC:64632:RT", "HC:64632:RTX"),
        ("HC:64632:RT", "ZZ:64632:RT"),
        ("*310*UN*1*", "*310*UN*-1*"),
        ("*310*UN*1***1", "*310*UN*1*1**1"),
        ("DTP*472*D8*20240806", "DTP*472*D8*0806"),
    ] {
        let found = read(&example().replacen(from, to, 1));
        let [Ok(found), Err(error)] = &*found else {
            panic!("{to}: {found:?}")
        };
        assert_eq!(found.claim.unread_lines(), [1], "{to}");
        assert_eq!(found.claim.lines().len(), 1, "{to}");
        assert_eq!((error.lost_claims(), error.messages().len()), (0, 1), "{to}");
        assert_eq!(error.claim.as_deref(), Some("A1"), "{to}");
    }
    // A charge that cannot be read leaves the line its code.
    let found = read(&example().replacen("*310*", "*3I0*", 1));
    let [Ok(found), Err(_)] = &*found else {
        panic!("{found:?}")
    };
    assert_eq!((found.claim.lines().len(), found.claim.unread_lines()), (2, &[][..]));
    // Codes of another set are no error, be they all there are.
    let found = only(&example().replace("SV1*HC", "SV1*WK"));
    assert_eq!(
        (found.claim.lines().len(), found.claim.unread_lines()),
        (0, &[1, 2][..])
    );
}

#[test]
fn what_a_claim_is_to_an_earlier_one() {
    let claim = |frequency: &str, reference: &str| {
        let text = example().replace("11:B:1", &format!("11:B:{frequency}"));
        read_whatever_the_count(&text.replace("HI*ABK", &format!("{reference}HI*ABK")))
    };
    for frequency in ["7", "8"] {
        let found = claim(frequency, "REF*F8*2024219000123~\n");
        let [Ok(found)] = &*found else { panic!("{found:?}") };
        assert_eq!(found.claim.frequency().to_string(), frequency);
        assert_eq!(found.claim.original_reference(), Some("2024219000123"));
        assert_eq!(found.notes, []);
        let found = claim(frequency, "");
        let notes = &found[0].as_ref().unwrap().notes;
        assert!(matches!(&**notes, [Note::OriginalReferenceMissing { .. }]), "{notes:?}");
    }
    for frequency in ["0", "2", "9", "X"] {
        let said = claim(frequency, "").remove(0).unwrap_err().to_string();
        assert!(
            said.contains("CLM05-3 `") && said.contains("`7` (replacement)"),
            "{said}"
        );
    }
}
