//! The monthly form (月报): this month, and the year so far.

use super::words::{about, label, say};
use super::{Asked, Sheet, titled};
use crate::catalog::{Catalog, UnitId, WorkKindId};
use crate::ledger::{Entry, Period, Plan, Scope, Source, paragraph::span};
use crate::told::Language;
use jiff::civil::Date;
use rust_decimal::Decimal;

/// A month, and the year up to its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Monthly {
    /// 本月: the month, or its days so far.
    pub month: Period,
    /// 累计: from the first day of the year.
    pub year: Period,
    /// A line for each kind of work that was asked for, in the catalogue's order.
    pub lines: Vec<MonthlyLine>,
}

/// A kind of work in a monthly form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MonthlyLine {
    /// The kind.
    pub work: WorkKindId,
    /// The unit of its figures.
    pub unit: UnitId,
    /// How much in the month.
    pub month: Option<Decimal>,
    /// How much in the year so far. Of flows that are summed it is the sum of the months; what counts
    /// once may stand in several of them, and a stock is the same in all.
    pub year: Option<Decimal>,
    /// What is planned for all of the year, and what of it the year so far is.
    pub plan: Option<Plan>,
    /// The same days of the year before.
    pub year_ago: Option<(Decimal, Source)>,
    /// How much more than those, in percent.
    pub change: Option<Decimal>,
}

/// The monthly form up to a day: the month that it lies in, and the year. The period of what is asked is not
/// looked at, only what it is narrowed to and what today is.
pub fn monthly(asked: &Asked<'_>, until: Date) -> Monthly {
    let of = |from: Date| Scope {
        period: Period { from, to: until },
        ..asked.scope.clone()
    };
    let (month, year) = (of(until.first_of_month()), of(until.first_of_year()));
    let (in_month, in_year) = (asked.totals(&month), asked.totals(&year));
    let beside = asked.compared(&year);
    let lines = in_month.lines.into_iter().zip(in_year.lines).zip(beside);
    let lines = lines.map(|((in_month, in_year), beside)| MonthlyLine {
        work: in_year.work,
        unit: in_year.unit,
        month: in_month.quantity,
        year: in_year.quantity,
        plan: in_year.plan,
        year_ago: beside.year_ago,
        change: beside.change(),
    });
    Monthly {
        month: month.counted(),
        year: year.counted(),
        lines: lines.collect(),
    }
}

const HEADS: [(&str, &str); 10] = [
    ("类别", "Family"),
    ("工作", "Work"),
    ("属于", "Part of"),
    ("单位", "Unit"),
    ("本月", "This month"),
    ("累计", "Year so far"),
    ("年度计划", "Plan of the year"),
    ("完成计划的百分比", "Percent of the plan"),
    ("上年同期", "Same days last year"),
    ("比上年同期", "Against last year"),
];

/// The monthly form as a sheet.
pub fn monthly_sheet(
    catalog: &Catalog,
    form: &Monthly,
    scope: &Scope,
    language: Language,
) -> Sheet {
    let rows = form.lines.iter().filter_map(|line| {
        let kind = catalog.work_kind(&line.work)?;
        let family = catalog
            .families
            .iter()
            .find(|family| family.id == kind.family);
        let whole = kind.within.as_ref().and_then(|id| catalog.work_kind(id));
        let unit = catalog.unit(&line.unit);
        let decimals = unit.map_or(0, |unit| unit.decimals);
        let figure = |value: Option<Decimal>| {
            value.map_or(Entry::Blank, |value| Entry::Figure { value, decimals })
        };
        let text =
            |said: Option<&str>| said.map_or(Entry::Blank, |said| Entry::Text(said.to_owned()));
        let percent = |value: Option<Decimal>| value.map_or(Entry::Blank, Entry::Percent);
        let plan = line.plan.as_ref();
        Some(vec![
            text(family.map(|family| label(language, &family.label))),
            text(Some(label(language, &kind.label))),
            text(whole.map(|whole| label(language, &whole.label))),
            text(Some(unit.map_or(line.unit.as_str(), |unit| {
                label(language, &unit.label)
            }))),
            figure(line.month),
            figure(line.year),
            figure(plan.map(|plan| plan.quantity)),
            percent(plan.and_then(Plan::percent)),
            figure(line.year_ago.map(|(then, _)| then)),
            percent(line.change),
        ])
    });
    let mut about = about(catalog, scope, language);
    about.push(match language {
        Language::Zh => format!("累计：{}", span(form.year, language)),
        Language::En => format!("Year so far: {}", span(form.year, language)),
    });
    let is_planned = form.lines.iter().any(|line| line.plan.is_some());
    let note = catalog.plan_note.as_ref().filter(|_| is_planned);
    about.extend(note.map(|note| label(language, note).to_owned()));
    let imported = |line: &MonthlyLine| line.year_ago.is_some_and(|(_, of)| of == Source::Imported);
    if form.lines.iter().any(imported) {
        let said = say(
            language,
            "上年同期的数字有导入的",
            "Some figures of last year were imported",
        );
        about.push(said.to_owned());
    }
    let heads = HEADS.map(|(zh, en)| say(language, zh, en));
    let what = say(language, "养护月报", "Monthly form");
    let title = titled(catalog, what, form.month, language);
    Sheet::of(
        say(language, "月报", "Month"),
        title,
        about,
        &heads,
        rows.collect(),
    )
}
