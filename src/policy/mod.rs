//! Payers' policies as data: what each payer says, for which claims, from when to when, and the source.
//!
//! A [`Policy`] is one statement of a payer: typed [`Parameters`] with the claims and the dates for which they hold, their
//! source, and how well they are known. A [`PolicySet`] holds many, the [seed](PolicySet::seed) that comes with the library
//! and those of the user's own files, and tells which one answers. The rules of family P read them, and the rules
//! that mirror CMS's edits follow them on other payers' claims: a payer without known policies gets no answer, never
//! Medicare's in disguise.
//!
//! # A policy file
//!
//! ```toml
//! payer = "blue-cross-blue-shield"
//!
//! [[plan]]                                  # a licensee, and the names that claims give it
//! name = "BCBS North Dakota"
//! also = ["ND", "North Dakota"]
//! line_of_business = "commercial"           # what a claim that states none is taken for
//! state = "ND"                              # so too; or, of a plan of several states, `states = ["OR", "WA"]`
//!
//! [[policy]]
//! id = "bcbs-nd-both-sides"                 # its own name, used once
//! plan = "BCBS North Dakota"                # left out: every licensee
//! lines_of_business = ["commercial"]        # left out: every one; so with `states` and `forms`
//! forms = ["professional"]                  # professional, asc, hospital
//! from = "2019-07-01"                       # dates of service; left out: open
//! status = "in-force"                       # announced, in-force, withdrawn
//! confidence = "excerpt"                    # own-page, excerpt, second-hand, unknown
//! verified = true                           # whether the source shows that it holds on these dates
//! title = "Bilateral Procedures"
//! number = "NDRP-Surg-008"
//! url = "https://www.bcbsndreimbursementpolicy.com/documents/bilateral-procedures-2/"
//! read = "2026-11-23"
//! says.bilateral_formats = ["one-line-one-unit"]
//! ```

mod code_list;
mod codes;
mod entry;
mod error;
mod file;
mod modifier_percent;
mod parameters;
mod plan;
mod resolved;
mod set;

pub use codes::CodeSet;
pub use entry::{Confidence, Form, Policy, Source, Status};
pub use error::PolicyError;
pub use modifier_percent::ModifierPercent;
pub use parameters::{
    AnatomicModifier, Asked, BilateralFormat, CmsEdits, CoveragePosition, DeniedFormat, ModifierKinds,
    MultipleProcedures, NeverBypassed, PAYMENT_MODIFIERS, PaidBeside, Parameters, Position, Procedures,
    RECORD_MODIFIERS, Ranking, RefusedModifiers, RequiredModifiers, SiteCondition, TelehealthSites, Topic,
    VisitReduction,
};
pub use plan::Plan;
pub(crate) use resolved::Views;
pub use resolved::{PolicyAnswer, Resolved};
pub use set::PolicySet;
