//! Writes X12 files of made-up claims, all told from their numbers, for tests and benches.

use std::fmt::Write;

/// How a file is written.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Style {
    pub(crate) element: char,
    pub(crate) component: char,
    /// What ends a segment, line ends included.
    pub(crate) end: &'static str,
    /// Claims in a transaction.
    pub(crate) batch: usize,
}

pub(crate) const USUAL: Style = Style {
    element: '*',
    component: ':',
    end: "~\n",
    batch: 100,
};

const CODES: [&str; 8] = [
    "64632",
    "64455",
    "99213:25",
    "20550:RT:59",
    "J3301",
    "76942:26",
    "64640:LT",
    "99203:25:57:AI:GC",
];
const SITES: [&str; 4] = ["11", "22", "24", "19"];

/// A file of so many professional claims of one to five lines.
pub(crate) fn professional(claims: usize, style: Style) -> String {
    let mut text = String::with_capacity(claims * 700);
    segment(
        &mut text,
        style,
        "ISA*00*          *00*          *ZZ*SENDER         *ZZ*RECEIVER       *240807*0900*^*00501*000000001*0*T*:",
    );
    segment(&mut text, style, "GS*HC*SENDER*RECEIVER*20240807*0900*1*X*005010X222A1");
    for (batch, first) in (0..claims).step_by(style.batch).enumerate() {
        transaction(&mut text, style, batch, first..claims.min(first + style.batch));
    }
    segment(&mut text, style, &format!("GE*{}*1", claims.div_ceil(style.batch)));
    segment(&mut text, style, "IEA*1*000000001");
    text
}

fn transaction(text: &mut String, style: Style, batch: usize, claims: std::ops::Range<usize>) {
    segment(text, style, &format!("ST*837*{batch:04}*005010X222A1"));
    let start = text.len();
    for fixed in [
        "BHT*0019*00*1*20240807*0900*CH",
        "NM1*41*2*EXAMPLE BILLING*****46*1",
        "PER*IC*EXAMPLE*TE*5550000000",
        "NM1*40*2*EXAMPLE RECEIVER*****46*2",
        "HL*1**20*1",
        "NM1*85*2*EXAMPLE PRACTICE*****XX*1234567893",
        "N3*1 EXAMPLE STREET",
        "N4*EXAMPLE*CA*900010000",
        "REF*EI*000000000",
    ] {
        segment(text, style, fixed);
    }
    for (level, number) in (2..).zip(claims) {
        claim(text, style, level, number);
    }
    let count = text[start..].matches(style.end).count() + 2;
    segment(text, style, &format!("SE*{count}*{batch:04}"));
}

fn claim(text: &mut String, style: Style, level: usize, number: usize) {
    let lines = 1 + number % 5;
    let day = 1 + number % 28;
    for varied in [
        &format!("HL*{level}*1*22*0"),
        "SBR*P*18*******MB",
        &format!("NM1*IL*1*EXAMPLE{number}*PAT****MI*1AA0AA0AA{:02}", number % 100),
        &format!("N3*{number} EXAMPLE STREET"),
        "N4*EXAMPLE*CA*90001",
        &format!("DMG*D8*19{:02}0101*{}", 20 + number % 70, ["F", "M"][number % 2]),
        "NM1*PR*2*MEDICARE*****PI*01112",
        &format!("CLM*P{number}*{}***{}:B:1*Y*A*Y*Y", 100 * lines, SITES[number % 4]),
        &format!("REF*D9*{number:015}"),
        "HI*ABK:G5761*ABF:M79671",
        "NM1*82*1*EXAMPLE*DOC****XX*1234567893",
        "PRV*PE*PXC*208D00000X",
    ] {
        segment(text, style, varied);
    }
    for line in 1..=lines {
        let code = CODES[(number + line) % CODES.len()];
        segment(text, style, &format!("LX*{line}"));
        segment(
            text,
            style,
            &format!("SV1*HC:{code}*100.00*UN*{}***1:2", 1 + (number + line) % 3),
        );
        segment(text, style, &format!("DTP*472*D8*202408{day:02}"));
        segment(text, style, &format!("REF*6R*{number}-{line}"));
    }
}

fn segment(text: &mut String, style: Style, usual: &str) {
    let changed = usual.chars().map(|letter| match letter {
        '*' => style.element,
        ':' => style.component,
        other => other,
    });
    text.extend(changed);
    write!(text, "{}", style.end).unwrap();
}
