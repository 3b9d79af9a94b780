//! Claims for measuring: about four lines each, a few codes billed often and most seldom, up to two modifiers a line.
//! The same seed gives the same claims.

use cleanclaim::Claim;
use cleanclaim::claim::ServiceLine;
use cleanclaim::model::{DateRange, Modifier, Npi, ProcedureCode, ServiceDate, SiteOfService, Units};

/// Sides, repeats and notices for the most part, and some that the edits look at.
const MODIFIERS: [&str; 18] = [
    "RT", "LT", "RT", "LT", "59", "XS", "76", "KX", "GA", "58", "79", "22", "51", "25", "26", "50", "80", "TC",
];
const SITES: [u8; 8] = [11, 11, 11, 11, 22, 22, 19, 24];
const PROVIDERS: [u64; 2] = [1_234_567_893, 1_679_576_722];

pub(crate) struct Workload {
    codes: Vec<ProcedureCode>,
    dates: DateRange,
    modifiers: Vec<Modifier>,
    state: u64,
}

impl Workload {
    pub(crate) fn new(codes: Vec<ProcedureCode>, dates: DateRange) -> Self {
        assert!(!codes.is_empty(), "a workload needs codes");
        let modifiers = MODIFIERS.iter().map(|text| text.parse().unwrap()).collect();
        let mut workload = Self {
            codes,
            dates,
            modifiers,
            state: 0x9E37_79B9_7F4A_7C15,
        };
        workload.shuffle();
        workload
    }

    /// So that the codes billed often are spread over the whole range of numbers.
    fn shuffle(&mut self) {
        for at in (1..self.codes.len()).rev() {
            let with = self.below(at as u64 + 1) as usize;
            self.codes.swap(at, with);
        }
    }

    pub(crate) fn claims(&mut self, count: usize) -> Vec<Claim> {
        (0..count).map(|number| self.claim(number)).collect()
    }

    fn claim(&mut self, number: usize) -> Claim {
        let date = self.date();
        let site = SiteOfService::from_number(SITES[self.below(SITES.len() as u64) as usize]).unwrap();
        let lines = 1 + self.below(7);
        let mut claim = Claim::professional(number.to_string()).site(site);
        for line in 1..=lines {
            claim = claim.line(self.line(line as u32, date));
        }
        claim.build().unwrap()
    }

    fn line(&mut self, number: u32, date: ServiceDate) -> ServiceLine {
        // One line in eight lies on the day after.
        let date = if self.below(8) == 0 { date.next().unwrap() } else { date };
        let count = [0, 0, 0, 1, 1, 2][self.below(6) as usize];
        let modifiers: Vec<Modifier> = (0..count)
            .map(|_| {
                let at = self.below(MODIFIERS.len() as u64) as usize;
                self.modifiers[at]
            })
            .collect();
        let units = [1, 1, 1, 1, 1, 2, 3][self.below(7) as usize];
        let provider = PROVIDERS[usize::from(self.below(10) == 0)];
        ServiceLine::new(number, date, self.code())
            .with_modifiers(modifiers)
            .with_units(Units::whole(units).unwrap())
            .by(Npi::from_number(provider).unwrap())
    }

    /// Close to Zipf's law: the cube of an even draw falls near the front.
    fn code(&mut self) -> ProcedureCode {
        let draw = self.below(1 << 20) as f64 / (1_u64 << 20) as f64;
        self.codes[(draw * draw * draw * self.codes.len() as f64) as usize]
    }

    fn date(&mut self) -> ServiceDate {
        let (first, last) = (self.dates.first().day_number(), self.dates.last().day_number());
        // The last day is left for lines on the day after.
        ServiceDate::from_day_number(first + self.below(u64::from(last - first)) as u16)
    }

    /// A number below `end`, by the xorshift generator.
    fn below(&mut self, end: u64) -> u64 {
        self.state ^= self.state << 13;
        self.state ^= self.state >> 7;
        self.state ^= self.state << 17;
        self.state % end
    }
}
