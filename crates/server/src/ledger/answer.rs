//! The ledger as it is answered. Decimals are strings, so that no binary float holds them.

use crate::api;
use crate::language::Language;
use mendmap_core::catalog::{Catalog, Counting, Label, Nature};
use mendmap_core::ledger::{Period, Plan, TotalLine, Totals};
use mendmap_core::sync::Head;
use serde::Serialize;
use utoipa::ToSchema;

/// What was done in a period.
#[derive(Serialize, ToSchema)]
pub(super) struct Ledger {
    /// The first day.
    #[schema(format = Date)]
    from: String,
    /// The last day.
    #[schema(format = Date)]
    to: String,
    /// The version of the catalogue by which it was counted.
    catalog: u32,
    /// What to say beside every plan, in the caller's language.
    #[schema(required)]
    pub(super) plan_note: Option<String>,
    /// A line for each kind of work, in the catalogue's order.
    pub(super) lines: Vec<Line>,
    /// Kinds that reports of the period name and the catalogue does not have: they count in
    /// no line. Only where all kinds were asked for.
    pub(super) unknown: Vec<Unknown>,
    /// How far the order had come.
    #[schema(value_type = api::Head)]
    head: Head,
}

/// How much was done of a kind of work.
#[derive(Serialize, ToSchema)]
#[schema(as = LedgerLine)]
pub(super) struct Line {
    /// The kind of work.
    pub(super) work: String,
    /// Its name in the caller's language.
    pub(super) name: String,
    /// The family it belongs to.
    family: String,
    /// The unit of its quantities.
    unit: String,
    /// As printed behind a number, in the caller's language.
    pub(super) unit_name: String,
    #[schema(value_type = api::Counting)]
    counts: Counting,
    /// Of what is under care, and of what is counted up to the period's end, this says only
    /// what was worked on in the period.
    #[schema(value_type = api::Nature)]
    nature: Nature,
    /// Whether it is a line of the published yearly ledger.
    published: bool,
    /// The kind it counts within.
    #[schema(required)]
    pub(super) within: Option<String>,
    /// How much was done, in its unit; null where no figure was entered, or several that
    /// differ.
    #[schema(required)]
    pub(super) quantity: Option<String>,
    /// The length that was covered, in millimetres, what was covered twice once; null where
    /// the kind does not count so.
    #[schema(required)]
    covered_mm: Option<u64>,
    /// The quantity by the months of the period, rounded down; of flows that are summed, over
    /// whole calendar months.
    #[schema(required)]
    pub(super) monthly_mean: Option<String>,
    /// Tasks whose report was counted.
    pub(super) tasks: u64,
    /// Different assets it was done to.
    pub(super) assets: u64,
    /// Tasks counted that name no asset, mostly at a drawn place.
    pub(super) elsewhere: u64,
    /// What of the quantity is of kinds that count within it.
    of_which: Vec<OfWhich>,
    /// Null where nothing is planned, and for a period of several years.
    #[schema(required)]
    pub(super) plan: Option<Planned>,
    /// Lines over several assets of which each was given an even share.
    pub(super) shared: u64,
    /// What does not count yet.
    pub(super) pending: Pending,
}

/// A part of a quantity.
#[derive(Serialize, ToSchema)]
struct OfWhich {
    /// The kind that counts within.
    work: String,
    /// How much of it, in the unit of the whole.
    quantity: String,
}

/// What was planned for a year.
#[derive(Serialize, ToSchema)]
#[schema(as = Plan)]
pub(super) struct Planned {
    /// The calendar year.
    pub(super) year: u16,
    /// What is planned for all of it.
    pub(super) quantity: String,
    /// What was done over what is planned, in lowest terms: part and whole.
    #[schema(required)]
    reached: Option<[u64; 2]>,
    /// The same in percent, rounded down to one decimal.
    #[schema(required)]
    pub(super) percent: Option<String>,
}

/// What does not count yet, of what was reported in the period.
#[derive(Serialize, ToSchema)]
pub(super) struct Pending {
    /// Tasks about which people decided differently; and one for figures entered for the same
    /// day that differ.
    pub(super) conflicts: u64,
    /// Tasks that wait to be verified.
    pub(super) unverified: u64,
    /// Lines in another unit than the catalogue has by now. Their assets are counted.
    pub(super) other_units: u64,
}

/// A kind that the catalogue does not have.
#[derive(Serialize, ToSchema)]
#[schema(as = UnknownWork)]
pub(super) struct Unknown {
    pub(super) work: String,
    /// Tasks whose report names it.
    pub(super) tasks: u64,
}

impl Ledger {
    pub(super) fn new(
        catalog: &Catalog,
        period: Period,
        totals: &Totals,
        head: Head,
        language: Language,
    ) -> Ledger {
        let unknown = totals.unknown.iter().map(|(work, tasks)| Unknown {
            work: work.to_string(),
            tasks: *tasks,
        });
        let lines = totals.lines.iter();
        Ledger {
            from: period.from.to_string(),
            to: period.to.to_string(),
            catalog: catalog.version,
            plan_note: catalog.plan_note.as_ref().map(|note| word(note, language)),
            lines: lines
                .filter_map(|line| Line::new(catalog, line, language))
                .collect(),
            unknown: unknown.collect(),
            head,
        }
    }
}

impl Line {
    /// None for a kind that the catalogue does not have, which has no total.
    fn new(catalog: &Catalog, line: &TotalLine, language: Language) -> Option<Line> {
        let kind = catalog.work_kind(&line.work)?;
        let unit = catalog.unit(&line.unit);
        let of_which = line.of_which.iter().map(|part| OfWhich {
            work: part.work.to_string(),
            quantity: part.quantity.to_string(),
        });
        Some(Line {
            work: kind.id.to_string(),
            name: word(&kind.label, language),
            family: kind.family.to_string(),
            unit: kind.unit.to_string(),
            unit_name: unit.map_or_else(|| kind.unit.to_string(), |u| word(&u.label, language)),
            counts: kind.counts,
            nature: kind.nature,
            published: kind.published,
            within: kind.within.as_ref().map(ToString::to_string),
            quantity: line.quantity.map(|q| q.to_string()),
            covered_mm: line
                .covered_mm
                .map(|mm| u64::try_from(mm).unwrap_or(u64::MAX)),
            monthly_mean: line.monthly_mean.map(|q| q.to_string()),
            tasks: line.tasks,
            assets: line.assets,
            elsewhere: line.elsewhere,
            of_which: of_which.collect(),
            plan: line.plan.as_ref().map(Planned::from),
            shared: line.shared,
            pending: Pending {
                conflicts: line.pending.conflicts,
                unverified: line.pending.unverified,
                other_units: line.pending.other_units,
            },
        })
    }
}

impl From<&Plan> for Planned {
    fn from(plan: &Plan) -> Planned {
        Planned {
            year: plan.year,
            quantity: plan.quantity.to_string(),
            reached: plan.reached.map(|ratio| [ratio.part, ratio.whole]),
            percent: plan.percent().map(|percent| percent.to_string()),
        }
    }
}

fn word(label: &Label, language: Language) -> String {
    match language {
        Language::Zh => label.zh.clone(),
        Language::En => label.en.clone(),
    }
}
