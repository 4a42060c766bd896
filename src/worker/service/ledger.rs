//! How much was done in a period, and the tasks behind a figure.

use super::{draft::read_date, state::State};
use crate::worker::protocol::{LedgerRow, LedgerView, ListBehind, ShowLedger, Trouble};
use mendmap_core::{
    catalog::{CrewId, Label},
    ledger::{
        Holdings, Period, Plan, Scope, TotalLine, Wanted, behind, compared, paragraph,
        totals as totals_of,
    },
    order::sort_by,
    task::{Task, TaskSummary},
    told::Language,
};
use rust_decimal::Decimal;

impl State {
    /// Adds up a period.
    pub(super) fn ledger(&self, q: &ShowLedger) -> Result<LedgerView, Trouble> {
        let scope = self.scope(q)?;
        let (catalog, verification) = (self.catalog(), self.context().verification);
        let holdings = Holdings::of(&self.city);
        let all: Vec<&Task> = self.tasks.iter().map(|task| &**task).collect();
        let tasks = all.iter().copied();
        let totals = totals_of(catalog, &scope, tasks, Some(&holdings), verification);
        let beside = compared(catalog, &scope, &all, Some(&holdings), None, verification);
        let lines = totals.lines.iter().zip(&beside);
        let lines = lines.filter(|(line, _)| is_told(line));
        let lines: Vec<LedgerRow> = lines
            .map(|(line, beside)| {
                let kind = catalog.work_kind(&line.work);
                let text = |d: Decimal| d.to_string();
                let plan = line.plan.as_ref();
                LedgerRow {
                    work: line.work.clone(),
                    is_within: kind.is_some_and(|kind| kind.within.is_some()),
                    quantity: line.quantity.map(text),
                    planned: plan.map(|plan| text(plan.quantity)),
                    percent: plan.and_then(Plan::percent).map(text),
                    change: beside.change().map(text),
                    monthly_mean: line.monthly_mean.map(text),
                    tasks: line.tasks as usize,
                    unverified: line.pending.unverified as usize,
                    conflicts: line.pending.conflicts as usize,
                }
            })
            .collect();
        // What is printed is the city's, and what is checked where anything is.
        let state = match verification {
            true => Wanted::Verified,
            false => q.state,
        };
        let of_city = Scope {
            state,
            ..Scope::of(scope.period)
        };
        let tasks = all.iter().copied();
        let printed = totals_of(catalog, &of_city, tasks, Some(&holdings), verification);
        let print = |language| paragraph(catalog, scope.period, &printed, language);
        Ok(LedgerView {
            paragraph: (print(Language::Zh), print(Language::En)),
            table: (
                self.table(&lines, &HEADS.map(|(zh, _)| zh), |label| &label.zh),
                self.table(&lines, &HEADS.map(|(_, en)| en), |label| &label.en),
            ),
            lines,
            is_whole: self.has_all(),
        })
    }

    /// The tasks behind a line, the last done first.
    pub(super) fn behind(&self, q: &ListBehind) -> Result<Vec<TaskSummary>, Trouble> {
        let tasks = self.tasks.iter().map(|task| &**task);
        let verification = self.context().verification;
        let found = behind(
            self.catalog(),
            &self.scope(&q.of)?,
            &q.work,
            tasks,
            verification,
        );
        let counted = found.unwrap_or_default().counted.into_iter();
        let mut tasks: Vec<&Task> = counted
            .filter_map(|uid| Some(&**self.tasks.get(uid)?))
            .collect();
        let done_on = |task: &Task| task.report.any().map(|report| report.done_on);
        sort_by(&mut tasks, |a, b| done_on(b).cmp(&done_on(a)));
        Ok(tasks.into_iter().take(q.count).map(Task::summary).collect())
    }

    /// What is asked, as far as it can be known: a year that is not over is counted, compared and
    /// shared out up to today.
    fn scope(&self, q: &ShowLedger) -> Result<Scope, Trouble> {
        let period = Period {
            from: read_date(&q.from)?,
            to: read_date(&q.to)?.min(self.today()),
        };
        let crews = (!q.crew.is_empty()).then(|| CrewId(q.crew.clone()));
        Ok(Scope {
            crews: crews.into_iter().collect(),
            state: q.state,
            ..Scope::of(period)
        })
    }

    fn table<'a>(
        &'a self,
        lines: &[LedgerRow],
        heads: &[&str],
        word: impl Fn(&'a Label) -> &'a str,
    ) -> String {
        let catalog = self.catalog();
        let row = |row: &LedgerRow| {
            let kind = catalog.work_kind(&row.work);
            let unit = kind.and_then(|kind| catalog.unit(&kind.unit));
            let some = |text: &Option<String>| text.clone().unwrap_or_default();
            [
                kind.map_or_else(String::new, |kind| word(&kind.label).to_owned()),
                some(&row.quantity),
                unit.map_or_else(String::new, |unit| word(&unit.label).to_owned()),
                some(&row.planned),
                some(&row.percent),
                some(&row.monthly_mean),
                row.tasks.to_string(),
                row.unverified.to_string(),
                row.conflicts.to_string(),
            ]
            .map(|cell| cell_of(&cell))
            .join(",")
        };
        let heads = heads.iter().map(|head| cell_of(head)).collect::<Vec<_>>();
        let rows = lines.iter().map(row);
        let all: Vec<String> = std::iter::once(heads.join(",")).chain(rows).collect();
        // By the mark a spreadsheet knows that it is UTF-8.
        format!("\u{feff}{}\r\n", all.join("\r\n"))
    }
}

/// The heads of the table's columns.
const HEADS: [(&str, &str); 9] = [
    ("工作", "Work"),
    ("数量", "Quantity"),
    ("单位", "Unit"),
    ("年度计划", "Plan"),
    ("完成计划的百分比", "Percent of the plan"),
    ("月均", "Monthly mean"),
    ("任务数", "Tasks"),
    ("待核查", "Unverified"),
    ("冲突未定", "In conflict"),
];

/// A cell of a table. What a spreadsheet would take for a formula has an apostrophe before it.
fn cell_of(text: &str) -> String {
    let begins_like_one = |c: char| "=+-@\t\r\n＝＋－＠".contains(c);
    let is_number = text.parse::<Decimal>().is_ok();
    let text = match text.starts_with(begins_like_one) && !is_number {
        true => format!("'{text}"),
        false => text.to_owned(),
    };
    match text.contains(['"', ',', '\r', '\n']) {
        true => format!("\"{}\"", text.replace('"', "\"\"")),
        false => text,
    }
}

/// Whether there is something to say of a line.
fn is_told(line: &TotalLine) -> bool {
    let is_some = line.quantity.is_some_and(|quantity| !quantity.is_zero());
    is_some || line.tasks > 0 || line.plan.is_some() || !line.pending.is_empty()
}
