//! What the page for a code says, part by part.

use crate::advice::Judgement;
use crate::model::{CodeSystem, ProcedureCode};
use crate::profile::{
    AddOnPartners, CodeProfile, ComponentPrice, FacilityPage, FeePage, PairList, PairPage, PayerNote, Section,
    SitePage, UnitsPage,
};

use super::super::words::{counted, grouped};
use super::modifiers::modifiers;
use super::{Part, is_medicares};

/// What the page is about.
pub(super) fn title(page: &CodeProfile) -> String {
    format!(
        "{} on {} ({}; payer {})",
        page.code,
        page.date,
        system(page.system),
        page.payer
    )
}

fn system(system: Option<CodeSystem>) -> &'static str {
    match system {
        Some(CodeSystem::CptCategoryI) => "CPT category I",
        Some(CodeSystem::CptCategoryII) => "CPT category II, performance measurement",
        Some(CodeSystem::CptCategoryIII) => "CPT category III, emerging technology",
        Some(CodeSystem::Pla) => "proprietary laboratory analysis",
        Some(CodeSystem::Maaa) => "multianalyte assay",
        Some(CodeSystem::HcpcsLevelII) => "HCPCS Level II",
        Some(CodeSystem::Cdt) => "CDT, dental",
        None => "no code system has this shape",
    }
}

/// The parts of the page, in their order.
pub(super) fn sections(page: &CodeProfile) -> Vec<Part> {
    let mut sections = Vec::new();
    if let Some(what) = page.what {
        sections.push(Part::Paragraph(what.to_owned()));
    }
    match page.listed {
        Some(true) => {}
        Some(false) => sections.push(Part::Paragraph(
            "No loaded table lists this code on this date.".to_owned(),
        )),
        None => sections.push(Part::Paragraph(
            "No loaded table that answers for this date lists this code, and not every table answers.".to_owned(),
        )),
    }
    if !is_medicares(page) {
        sections.push(Part::Paragraph(format!(
            "The modifiers are judged for {}. Indicators, sites, amounts, units, code pairs and add-ons are Medicare's, whoever \
             pays.",
            page.payer
        )));
    }
    fee_schedule(&page.fee_schedule, &mut sections);
    modifiers(page, &mut sections);
    sites(page, &mut sections);
    units(&page.units, &mut sections);
    pairs(&page.pairs, &mut sections);
    add_ons(page, &mut sections);
    payers(&page.payers, &mut sections);
    changes(page, &mut sections);
    sections.push(Part::Heading("What this page does not say".to_owned()));
    sections.push(Part::Paragraph(
        "Amounts are Medicare's national allowed amounts of a participating provider, before deductible, coinsurance and \
         sequestration. No table says whether a service was necessary, or what the record shows."
            .to_owned(),
    ));
    sections
}

fn fee_schedule(section: &Section<Vec<FeePage>>, sections: &mut Vec<Part>) {
    let rows = match section {
        Section::Listed { release, says } => {
            sections.push(Part::Heading(format!("Fee schedule {release}")));
            says
        }
        Section::NotListed => {
            sections.push(Part::Heading("Fee schedule".to_owned()));
            sections.push(Part::Paragraph("not listed".to_owned()));
            return;
        }
        Section::NotCovered(why) => {
            sections.push(Part::Heading("Fee schedule".to_owned()));
            sections.push(Part::Paragraph(why.clone()));
            return;
        }
    };
    let Some((first, others)) = rows.split_first() else {
        return;
    };
    let indicators = first.indicators.iter();
    sections.push(Part::Table {
        columns: &["indicator", "value", "meaning"],
        rows: indicators
            .map(|indicator| {
                [indicator.name, indicator.value, indicator.meaning]
                    .map(str::to_owned)
                    .to_vec()
            })
            .collect(),
    });
    sections.push(Part::Table {
        columns: &["row", "relative values", "factor"],
        rows: rows.iter().map(values).collect(),
    });
    let items = fee_schedule_notes(first, others);
    if !items.is_empty() {
        sections.push(Part::Items(items));
    }
}

/// The shares of the care, the endoscopy family, and where the rows of the parts differ from the first.
fn fee_schedule_notes(first: &FeePage, others: &[FeePage]) -> Vec<String> {
    let mut items = Vec::new();
    if let Some([before, during, after]) = first.shares {
        items.push(format!(
            "of the payment, {before} percent are for care before the operation, {during} for the operation, {after} for care after it"
        ));
    }
    if let Some(base) = first.endoscopic_base {
        items.push(format!("its endoscopy family has the base {base}"));
    }
    for other in others {
        let differing = other
            .indicators
            .iter()
            .filter(|indicator| !first.indicators.contains(indicator));
        items.extend(differing.map(|indicator| {
            format!(
                "row {}: {} {}, {}",
                other.component, indicator.name, indicator.value, indicator.meaning
            )
        }));
    }
    items
}

fn values(row: &FeePage) -> Vec<String> {
    let na = |na: bool| if na { " (NA)" } else { "" };
    vec![
        of_component(row.component),
        format!(
            "work {}, practice expense {}{} outside and {}{} in a facility, malpractice {}",
            row.work,
            row.nonfacility_practice_expense,
            na(row.nonfacility_na),
            row.facility_practice_expense,
            na(row.facility_na),
            row.malpractice
        ),
        format!("x {}", row.conversion_factor),
    ]
}

fn of_component(component: &str) -> String {
    if component.is_empty() { "whole" } else { component }.to_owned()
}

fn sites(page: &CodeProfile, sections: &mut Vec<Part>) {
    sections.push(Part::Heading(
        "Sites and Medicare's payment, the practitioner's claim".to_owned(),
    ));
    whose_judgement(page, sections);
    sections.push(Part::Table {
        columns: if is_medicares(page) {
            &["site", "name", "eligible", "paid"]
        } else {
            &["site", "name", "eligible by Medicare", "paid by Medicare"]
        },
        rows: page.sites.iter().map(site).collect(),
    });
    let notes = site_notes(&page.sites);
    if !notes.is_empty() {
        sections.push(Part::Items(notes));
    }
    sections.push(Part::Paragraph(prior_authorisation(page)));
    sections.push(Part::Heading(
        "Sites and Medicare's payment, the facility's own claim".to_owned(),
    ));
    whose_judgement(page, sections);
    sections.push(Part::Table {
        columns: if is_medicares(page) {
            &["claim of the", "eligible", "paid"]
        } else {
            &["claim of the", "eligible by Medicare", "paid by Medicare"]
        },
        rows: page.facilities.iter().map(facility).collect(),
    });
    facilities(page, sections);
}

/// On the page for another payer, that the sites are not judged for it.
fn whose_judgement(page: &CodeProfile, sections: &mut Vec<Part>) {
    if !is_medicares(page) {
        sections.push(Part::Paragraph(format!(
            "By Medicare's rules, not by {}'s: see Payers for what is known of a payer's sites.",
            page.payer
        )));
    }
}

fn prior_authorisation(page: &CodeProfile) -> String {
    let what = if is_medicares(page) {
        "Prior authorisation"
    } else {
        "Medicare's prior authorisation"
    };
    let sites: Vec<_> = page.prior_authorisation.iter().map(|site| site.to_string()).collect();
    if sites.is_empty() {
        format!("{what}: none that the rules know of at these sites.")
    } else {
        format!("{what}: needed at {}.", sites.join(" and "))
    }
}

/// What the tables of facilities say.
fn facilities(page: &CodeProfile, sections: &mut Vec<Part>) {
    let mut items: Vec<String> = page.facilities.iter().flat_map(facility_notes).collect();
    match &page.outpatient {
        Section::Listed { release, says } => {
            let apc = says.apc.map_or_else(|| "no APC".to_owned(), |apc| format!("APC {apc}"));
            let meaning = if says.meaning.is_empty() { "" } else { ": " };
            items.push(format!(
                "outpatient editor {release}: status {}{meaning}{}; {apc}",
                says.status, says.meaning
            ));
        }
        Section::NotListed => items.push("the outpatient editor does not list the code".to_owned()),
        Section::NotCovered(why) => items.push(why.clone()),
    }
    match &page.asc {
        Section::Listed { release, says } => items.extend(says.iter().map(|entry| {
            let discounted = match entry.discounted {
                Some(true) => "; discounted beside others",
                Some(false) => "; not discounted beside others",
                None => "",
            };
            let rate = entry.rate.map_or_else(String::new, |rate| format!("; rate {rate}"));
            let indicator = if entry.indicator.is_empty() {
                String::new()
            } else {
                format!(", indicator {}", entry.indicator)
            };
            let meaning = if entry.meaning.is_empty() { "" } else { ": " };
            format!(
                "ASC addendum {} {release}{indicator}{meaning}{}{rate}{discounted}",
                entry.addendum, entry.meaning
            )
        })),
        Section::NotListed => items.push("no ASC addendum lists the code".to_owned()),
        Section::NotCovered(why) => items.push(why.clone()),
    }
    sections.push(Part::Items(items));
}

fn site(site: &SitePage) -> Vec<String> {
    vec![
        site.site.to_string(),
        site.name.to_owned(),
        judged(site.judgement).to_owned(),
        site.prices.iter().map(amount).collect::<Vec<_>>().join("; "),
    ]
}

fn amount(price: &ComponentPrice) -> String {
    let amount = price
        .amount
        .map_or_else(|| "none".to_owned(), |amount| amount.to_string());
    if price.component.is_empty() {
        amount
    } else {
        format!("{}: {amount}", price.component)
    }
}

/// The notes on sites, each text once with its sites.
fn site_notes(sites: &[SitePage]) -> Vec<String> {
    let texts = sites.iter().flat_map(|site| {
        let amounts = site.prices.iter().filter_map(note);
        let texts = amounts.chain(site.findings.iter().chain(&site.not_evaluated).cloned());
        texts.map(|text| (without_site(&text, site), site.site.to_string()))
    });
    grouped(texts)
        .into_iter()
        .map(|(text, mut sites)| {
            // A site may have the same text several times.
            sites.dedup();
            format!("{}: {text}", sites.join(" "))
        })
        .collect()
}

/// The text without the site's name, so that the texts of several sites are equal.
fn without_site(text: &str, site: &SitePage) -> String {
    let (code, name) = (site.site, site.name);
    text.replace(&format!("site {code} ({name})"), "the site")
        .replace(&format!("site {code}"), "the site")
}

/// The note on an amount, or on why there is none.
fn note(price: &ComponentPrice) -> Option<String> {
    let words = price.words.as_ref()?;
    let state = if price.amount.is_some() { "paid" } else { "no amount" };
    Some(format!("{state}: {words}"))
}

fn judged(judgement: Judgement) -> &'static str {
    match judgement {
        Judgement::Holds => "yes",
        Judgement::WithAdvice => "yes, with advice",
        Judgement::DoesNotHold => "no",
        Judgement::NotKnown => "not known",
    }
}

fn priced(price: &ComponentPrice) -> String {
    let component = if price.component.is_empty() {
        String::new()
    } else {
        format!("{}: ", price.component)
    };
    match (price.amount, &price.words) {
        (Some(amount), None) => format!("{component}{amount}"),
        (Some(amount), Some(words)) => format!("{component}{amount} ({words})"),
        (None, words) => format!("{component}{}", words.as_deref().unwrap_or("no amount")),
    }
}

fn facility(facility: &FacilityPage) -> Vec<String> {
    vec![
        facility.facility.to_owned(),
        judged(facility.judgement).to_owned(),
        priced(&facility.price),
    ]
}

fn facility_notes(facility: &FacilityPage) -> Vec<String> {
    let texts = facility.findings.iter().chain(&facility.not_evaluated);
    texts.map(|text| format!("{}: {text}", facility.facility)).collect()
}

fn units(pages: &[UnitsPage], sections: &mut Vec<Part>) {
    sections.push(Part::Heading("Units (MUE)".to_owned()));
    sections.push(Part::Table {
        columns: &["setting", "units", "compared with"],
        rows: pages.iter().map(unit).collect(),
    });
}

fn unit(page: &UnitsPage) -> Vec<String> {
    let value = page.value.map_or_else(|| "-".to_owned(), |value| value.to_string());
    let words = match (page.mai, &page.rationale, &page.release) {
        (Some(mai), Some(rationale), Some(release)) => {
            format!("MAI {mai}, {}; {rationale} ({release})", page.words)
        }
        _ => page.words.clone(),
    };
    vec![page.setting.clone(), value, words]
}

fn pairs(pages: &[PairPage], sections: &mut Vec<Part>) {
    for page in pages {
        let release = page
            .release
            .as_deref()
            .map_or_else(String::new, |release| format!(" {release}"));
        sections.push(Part::Heading(format!("Code pairs, {}{release}", page.setting)));
        if let Some(why) = &page.not_covered {
            sections.push(Part::Paragraph(why.clone()));
        } else if page.lists.is_empty() {
            sections.push(Part::Paragraph("none in force".to_owned()));
        } else {
            sections.push(Part::Items(page.lists.iter().map(pair_list).collect()));
        }
    }
}

fn pair_list(pairs: &PairList) -> String {
    let what = match (pairs.column, pairs.indicator) {
        (1, "0") => "not paid beside it, whatever the modifier",
        (1, _) => "not paid beside it, unless a modifier says that they were distinct",
        (_, "0") => "beside which it is not paid, whatever the modifier",
        (_, _) => "beside which it is not paid, unless a modifier says that they were distinct",
    };
    format!(
        "{} {what} (indicator {}): {}",
        counted(pairs.count as u64, "code"),
        pairs.indicator,
        some(&pairs.partners, pairs.count)
    )
}

fn some(codes: &[ProcedureCode], count: usize) -> String {
    let named: Vec<_> = codes.iter().map(ProcedureCode::to_string).collect();
    match count.saturating_sub(codes.len()) {
        0 => named.join(" "),
        more => format!("{} and {more} more", named.join(" ")),
    }
}

fn add_ons(page: &CodeProfile, sections: &mut Vec<Part>) {
    sections.push(Part::Heading("Add-on codes".to_owned()));
    let says = match &page.add_ons {
        Section::Listed { says, .. } => says,
        Section::NotListed => {
            sections.push(Part::Paragraph("it is none, and has none".to_owned()));
            return;
        }
        Section::NotCovered(why) => {
            sections.push(Part::Paragraph(why.clone()));
            return;
        }
    };
    let mut items = Vec::new();
    items.extend(says.added_to.iter().map(|primaries| match primaries.kind {
        "2" => "an add-on, to primaries that the contractor decides (type 2)".to_owned(),
        kind => format!(
            "an add-on to {}{} (type {kind})",
            listed(primaries),
            if kind == "3" {
                " and what the contractor accepts"
            } else {
                ""
            }
        ),
    }));
    items.extend(says.add_ons.iter().map(|add_ons| {
        format!(
            "may have beside it the add-ons {} (type {})",
            listed(add_ons),
            add_ons.kind
        )
    }));
    sections.push(Part::Items(items));
}

fn listed(partners: &AddOnPartners) -> String {
    some(&partners.codes, partners.count)
}

fn payers(notes: &[PayerNote], sections: &mut Vec<Part>) {
    sections.push(Part::Heading("Payers".to_owned()));
    if notes.is_empty() {
        sections.push(Part::Paragraph("no policy about this code is known".to_owned()));
        return;
    }
    sections.push(Part::Items(notes.iter().map(payer_note).collect()));
}

fn payer_note(note: &PayerNote) -> String {
    let plan = note.plan.as_ref().map(|plan| format!("/{plan}")).unwrap_or_default();
    let scope = if note.scope.is_empty() {
        String::new()
    } else {
        format!(" ({})", note.scope.join(", "))
    };
    let caveat = note
        .caveat
        .map(|caveat| format!(" [{caveat}: only advises]"))
        .unwrap_or_default();
    format!(
        "{}{plan}{scope}: {}{caveat}. {}",
        note.payer,
        note.says.join("; "),
        note.source
    )
}

fn changes(page: &CodeProfile, sections: &mut Vec<Part>) {
    sections.push(Part::Heading("What changed since the release before".to_owned()));
    let changes = &page.changes;
    if changes.compared.is_empty() {
        sections.push(Part::Paragraph("no two releases to compare are loaded".to_owned()));
        return;
    }
    sections.push(Part::Paragraph(format!("compared: {}", changes.compared.join("; "))));
    let none = "-".to_owned();
    let mut items: Vec<String> = changes
        .releases
        .iter()
        .map(|change| {
            let from = change.from.as_ref().unwrap_or(&none);
            let to = change.to.as_ref().unwrap_or(&none);
            format!("{}, {}: {from} -> {to}", change.table, change.what)
        })
        .collect();
    let rows = changes.rows.iter().take(MOST_ROWS).map(|row| {
        let how = if row.began { "from" } else { "ended before" };
        format!("{}: {} {how} {}", row.table, row.what, row.day)
    });
    items.extend(rows);
    if changes.rows.len() > MOST_ROWS {
        items.push(format!("and {} more rows", changes.rows.len() - MOST_ROWS));
    }
    if items.is_empty() {
        sections.push(Part::Paragraph("nothing".to_owned()));
    } else {
        sections.push(Part::Items(items));
    }
}

/// How many rows that began or ended are printed; the rest is counted.
const MOST_ROWS: usize = 12;
