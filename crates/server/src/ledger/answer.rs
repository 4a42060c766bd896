//! The ledger as it is answered. Decimals are strings, so that no binary float holds them.

use crate::api;
use crate::app::App;
use crate::language::Language;
use crate::news::zone;
use crate::store::StoreError;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use mendmap_core::account::Members;
use mendmap_core::catalog::{Catalog, Counting, Label, Nature};
use mendmap_core::ledger::{
    Asked, Holdings, Journal, Plan, Scope, TotalLine, Totals, Wanted, paragraph, table, totals,
};
use mendmap_core::sync::Head;
use mendmap_core::task::Task;
use mendmap_sheet::{SheetError, workbook};
use serde::Serialize;
use utoipa::ToSchema;

/// What was done in a period.
#[derive(Serialize, ToSchema)]
pub(crate) struct Ledger {
    /// The first day.
    #[schema(format = Date)]
    from: String,
    /// The last day.
    #[schema(format = Date)]
    to: String,
    /// The last day that counts: of a period that is not over, today where the city is.
    #[schema(format = Date)]
    counted_to: String,
    /// Which reports were counted: those that count by the catalogue, all, or verified ones only.
    #[schema(value_type = api::Wanted)]
    state: Wanted,
    /// The version of the catalogue by which it was counted.
    catalog: u32,
    /// What to say beside every plan, in the caller's language.
    #[schema(required)]
    pub(crate) plan_note: Option<String>,
    /// A line for each kind of work, in the catalogue's order.
    pub(crate) lines: Vec<Line>,
    /// Kinds that reports of the period name and the catalogue does not have: they count in
    /// no line. Only where all kinds were asked for.
    pub(crate) unknown: Vec<Unknown>,
    /// The published lines in one paragraph, in the caller's language, with local units and
    /// without plans: of the whole city and of what was verified, whatever was asked for.
    pub(crate) paragraph: String,
    /// How far the order had come.
    #[schema(value_type = api::Head)]
    head: Head,
}

/// How much was done of a kind of work.
#[derive(Serialize, ToSchema)]
#[schema(as = LedgerLine)]
pub(crate) struct Line {
    /// The kind of work.
    pub(crate) work: String,
    /// Its name in the caller's language.
    pub(crate) name: String,
    /// The family it belongs to.
    family: String,
    /// The unit of its quantities.
    unit: String,
    /// As printed behind a number, in the caller's language.
    pub(crate) unit_name: String,
    #[schema(value_type = api::Counting)]
    counts: Counting,
    /// What is under care (a stock) is what the layers hold today, whichever period is asked for; what
    /// is counted up to the period's end is that and what was done. Where no layer of it is there, both
    /// are what was done.
    #[schema(value_type = api::Nature)]
    nature: Nature,
    /// Whether it is a line of the published yearly ledger.
    published: bool,
    /// The kind it counts within.
    #[schema(required)]
    pub(crate) within: Option<String>,
    /// The figure of the line, in its unit; null where no figure was entered, or several that
    /// differ.
    #[schema(required)]
    pub(crate) quantity: Option<String>,
    /// How much of it was done, as tasks say: the same but for stocks and what is cumulative.
    #[schema(required)]
    pub(crate) done: Option<String>,
    /// The calendar years by which what is cumulative counts: the first and the last.
    #[schema(required)]
    years: Option<[i16; 2]>,
    /// The quantity in parts, where the catalogue tells it so.
    split: Vec<Part>,
    /// The length that was covered, in millimetres, what was covered twice once; null where
    /// the kind does not count so.
    #[schema(required)]
    covered_mm: Option<u64>,
    /// The quantity by the months of the period, rounded down; of flows that are summed, over
    /// whole calendar months, of a period that is not over those that are.
    #[schema(required)]
    pub(crate) monthly_mean: Option<String>,
    /// Tasks whose report was counted.
    pub(crate) tasks: u64,
    /// Different assets it was done to.
    pub(crate) assets: u64,
    /// Tasks counted that name no asset, mostly at a drawn place.
    pub(crate) elsewhere: u64,
    /// What of the quantity is of kinds that count within it.
    of_which: Vec<OfWhich>,
    /// Null where nothing is planned, and for a period of several years.
    #[schema(required)]
    pub(crate) plan: Option<Planned>,
    /// Lines over several assets of which each was given an even share.
    pub(crate) shared: u64,
    /// What does not count yet.
    pub(crate) pending: Pending,
}

/// A part of a quantity, by what its assets are.
#[derive(Serialize, ToSchema)]
#[schema(as = LedgerPart)]
struct Part {
    /// The value by which the catalogue tells it; null for what has none.
    #[schema(required)]
    value: Option<String>,
    /// Its name in the caller's language, where the catalogue has one.
    #[schema(required)]
    name: Option<String>,
    /// How many.
    count: u64,
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
pub(crate) struct Planned {
    /// The calendar year.
    pub(crate) year: u16,
    /// What is planned for all of it.
    pub(crate) quantity: String,
    /// What was done over what is planned, in lowest terms: part and whole.
    #[schema(required)]
    reached: Option<[u64; 2]>,
    /// The same in percent, rounded down to one decimal.
    #[schema(required)]
    pub(crate) percent: Option<String>,
}

/// What does not count yet, of what was reported in the period.
#[derive(Serialize, ToSchema)]
pub(crate) struct Pending {
    /// Tasks about which people decided differently; and one for figures entered for the same
    /// day that differ.
    pub(crate) conflicts: u64,
    /// Tasks that wait to be verified.
    pub(crate) unverified: u64,
    /// Lines in another unit than the catalogue has by now. Their assets are counted.
    pub(crate) other_units: u64,
}

/// A kind that the catalogue does not have.
#[derive(Serialize, ToSchema)]
#[schema(as = UnknownWork)]
pub(crate) struct Unknown {
    pub(crate) work: String,
    /// Tasks whose report names it.
    pub(crate) tasks: u64,
}

/// The tasks of a city, to be added up.
pub(crate) struct Book<'a> {
    pub(crate) catalog: &'a Catalog,
    pub(crate) tasks: &'a [&'a Task],
    /// The same taken down, where more than one question is asked of them.
    pub(crate) journal: Option<&'a Journal>,
    pub(crate) holdings: &'a Holdings,
    pub(crate) head: Head,
}

impl Book<'_> {
    /// What was done, for a program.
    pub(crate) fn ledger(&self, scope: &Scope, language: Language) -> Ledger {
        let totals = self.totals(scope);
        // What is printed is added up apart only where something else was asked.
        let paragraph = match *scope == scope.printed(VERIFICATION) {
            true => self.printed(scope, &totals, language),
            false => self.paragraph(scope, language),
        };
        let (catalog, head) = (self.catalog, self.head);
        Ledger::new(catalog, scope, &totals, paragraph, head, language)
    }

    /// The same for a spreadsheet: CSV (RFC 4180) in UTF-8.
    pub(crate) fn table(&self, scope: &Scope, language: Language) -> Vec<u8> {
        let (period, totals) = (scope.counted(), self.totals(scope));
        let table = table(self.catalog, period, &totals, language.into());
        table.csv().into_bytes()
    }

    /// All of it as a workbook: XLSX. Its list of tasks says whose they are, as far as the scope knows
    /// who is of which crew ([`members`]).
    pub(crate) fn workbook(
        &self,
        scope: &Scope,
        language: Language,
    ) -> Result<Vec<u8>, SheetError> {
        let asked = Asked {
            catalog: self.catalog,
            scope,
            tasks: self.tasks,
            holdings: Some(self.holdings),
            imported: None,
            journal: self.journal,
            verification: VERIFICATION,
        };
        let made_on = today(self.catalog);
        workbook(&asked.book(made_on, language.into()))
    }

    /// What is printed of the same days.
    pub(crate) fn paragraph(&self, scope: &Scope, language: Language) -> String {
        let scope = scope.printed(VERIFICATION);
        self.printed(&scope, &self.totals(&scope), language)
    }

    fn printed(&self, scope: &Scope, totals: &Totals, language: Language) -> String {
        paragraph(self.catalog, scope.counted(), totals, language.into())
    }

    fn totals(&self, scope: &Scope) -> Totals {
        let (tasks, held) = (self.tasks.iter().copied(), Some(self.holdings));
        match self.journal {
            Some(journal) => journal.totals(scope, held, VERIFICATION),
            None => totals(self.catalog, scope, tasks, held, VERIFICATION),
        }
    }
}

/// Where there is a server, reports are checked.
const VERIFICATION: bool = true;

/// Today where the city is; in UTC where its zone is not known here, which is a day off for some hours.
pub(crate) fn today(catalog: &Catalog) -> Date {
    let zone = zone(catalog).unwrap_or(TimeZone::UTC);
    Timestamp::now().to_zoned(zone).date()
}

/// Who is of which crew: work that nobody gave out is of the crew of who reported it.
pub(crate) async fn members(app: &App) -> Result<Members, StoreError> {
    let (store, mut members) = (app.store(), Members::default());
    for id in store.known().await? {
        members.add(&id, &store.about(&id).await?);
    }
    Ok(members)
}

impl Ledger {
    fn new(
        catalog: &Catalog,
        scope: &Scope,
        totals: &Totals,
        paragraph: String,
        head: Head,
        language: Language,
    ) -> Ledger {
        let unknown = totals.unknown.iter().map(|(work, tasks)| Unknown {
            work: work.to_string(),
            tasks: *tasks,
        });
        let lines = totals.lines.iter();
        Ledger {
            from: scope.period.from.to_string(),
            to: scope.period.to.to_string(),
            counted_to: scope.counted().to.to_string(),
            state: scope.state,
            catalog: catalog.version,
            plan_note: catalog.plan_note.as_ref().map(|note| word(note, language)),
            lines: lines
                .filter_map(|line| Line::new(catalog, line, language))
                .collect(),
            unknown: unknown.collect(),
            paragraph,
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
        let property = kind.split_by.as_deref().and_then(|id| catalog.property(id));
        let values = property.map_or(&[][..], |property| &property.values);
        let split = line.split.iter().map(|part| Part {
            name: values
                .iter()
                .find(|named| Some(&named.value) == part.value.as_ref())
                .map(|named| word(&named.label, language)),
            value: part.value.clone(),
            count: part.count,
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
            done: line.done.map(|q| q.to_string()),
            years: line.years.map(|(first, last)| [first, last]),
            split: split.collect(),
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
