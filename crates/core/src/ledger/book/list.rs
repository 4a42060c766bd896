//! The tasks behind the lines of the ledger.

use super::words::{about, crew, label, say};
use super::{Asked, Sheet, titled};
use crate::catalog::{Catalog, CrewId, WorkKind};
use crate::ids::TaskUid;
use crate::ledger::counting::Counting;
use crate::ledger::{Entry, Scope, behind};
use crate::order::sort_by_key;
use crate::task::{Crewed, State, Task};
use crate::told::{Language, place_of};
use jiff::civil::Date;
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// A task behind a line of the ledger. One that is of several kinds of work is listed for each.
#[derive(Debug, Clone, PartialEq)]
pub struct Listed<'a> {
    /// The kind of work whose line it is behind.
    pub work: &'a WorkKind,
    /// The task.
    pub task: &'a Task,
    /// Whether it counts; else people decided differently about it, or it waits to be verified.
    pub counts: bool,
    /// Whose work it is; several where that is in conflict.
    pub crews: Vec<CrewId>,
    /// The day on which it was done; none where that is in conflict.
    pub done_on: Option<Date>,
    /// How much of the kind its report says, in the kind's unit; none where it says nothing of that. Those
    /// that count add up to the line of a kind that is summed.
    pub quantity: Option<Decimal>,
}

/// The tasks that the totals looked at for each kind of work that was asked for: in the catalogue's order, of
/// each the first done first.
pub fn list<'a>(asked: &Asked<'a>) -> Vec<Listed<'a>> {
    let Asked { catalog, scope, .. } = *asked;
    let by_uid: BTreeMap<TaskUid, &Task> = asked.tasks.iter().map(|t| (t.uid, *t)).collect();
    let works = &scope.works;
    let kinds = catalog.work_kinds.iter();
    let kinds = kinds.filter(|kind| works.is_empty() || works.contains(&kind.id));
    let mut all = Vec::new();
    for kind in kinds {
        let tasks = asked.tasks.iter().copied();
        let found = behind(catalog, scope, &kind.id, tasks, asked.verification).unwrap_or_default();
        let counting = Counting::wanted(catalog, &kind.id, scope.state, asked.verification);
        let listed = |uid: &TaskUid, counts| {
            let task: &'a Task = by_uid.get(uid).copied()?;
            let report = task.standing_report();
            let lines = report
                .map(|report| counting.lines(&report.lines))
                .unwrap_or_default();
            let in_unit = lines.into_iter().filter(|line| counting.is_unit(line));
            let amounts: Vec<_> = in_unit.map(|line| counting.amount(line)).collect();
            Some(Listed {
                work: kind,
                task,
                counts,
                crews: crews(scope.crew_of(task, catalog)),
                done_on: report.map(|report| report.done_on),
                quantity: (!amounts.is_empty()).then(|| counting.sum(&amounts)),
            })
        };
        let counted = found.counted.iter().map(|uid| (uid, true));
        let others = found.conflicts.iter().chain(&found.unverified);
        let both = counted.chain(others.map(|uid| (uid, false)));
        let mut of_kind: Vec<_> = both
            .filter_map(|(uid, counts)| listed(uid, counts))
            .collect();
        sort_by_key(&mut of_kind, |one| (one.done_on, one.task.uid));
        all.extend(of_kind);
    }
    all
}

fn crews(crewed: Crewed<'_>) -> Vec<CrewId> {
    match crewed {
        Crewed::Nobody => Vec::new(),
        Crewed::By(crew) => vec![crew.clone()],
        Crewed::Disputed(all) => all.into_iter().flatten().cloned().collect(),
    }
}

const HEADS: [(&str, &str); 11] = [
    ("工作", "Work"),
    ("地点", "Place"),
    ("街道", "Street"),
    ("小区", "Community"),
    ("班组", "Crew"),
    ("完成日期", "Done on"),
    ("数量", "Quantity"),
    ("单位", "Unit"),
    ("状态", "State"),
    ("计入", "Counts"),
    ("任务编号", "Task"),
];

/// The list as a sheet.
pub fn list_sheet(
    catalog: &Catalog,
    scope: &Scope,
    listed: &[Listed<'_>],
    language: Language,
) -> Sheet {
    let text = |said: Option<String>| said.map_or(Entry::Blank, Entry::Text);
    let row = |one: &Listed<'_>| {
        let unit = catalog.unit(&one.work.unit);
        let decimals = unit.map_or(0, |unit| unit.decimals);
        let unit = unit.map_or_else(
            || one.work.unit.to_string(),
            |unit| label(language, &unit.label).to_owned(),
        );
        let at = one.task.report.any().map(|report| &report.snapshot);
        let crews: Vec<String> = one
            .crews
            .iter()
            .map(|id| crew(catalog, id, language))
            .collect();
        vec![
            Entry::Text(label(language, &one.work.label).to_owned()),
            text(place_of(one.task, catalog, language)),
            text(at.and_then(|at| at.street.clone())),
            text(at.and_then(|at| at.community.clone())),
            text((!crews.is_empty()).then(|| crews.join(" / "))),
            one.done_on.map_or(Entry::Blank, Entry::Day),
            one.quantity
                .map_or(Entry::Blank, |value| Entry::Figure { value, decimals }),
            text(one.quantity.map(|_| unit)),
            Entry::Text(state(one.task.state, language).to_owned()),
            Entry::Text(match one.counts {
                true => say(language, "是", "yes").to_owned(),
                false => say(language, "否", "no").to_owned(),
            }),
            Entry::Text(short(one.task.uid)),
        ]
    };
    let heads = HEADS.map(|(zh, en)| say(language, zh, en));
    let what = say(language, "任务清单", "Tasks behind the ledger");
    let title = titled(catalog, what, scope.counted(), language);
    let about = about(catalog, scope, language);
    let rows = listed.iter().map(row).collect();
    Sheet::of(
        say(language, "任务清单", "Tasks"),
        title,
        about,
        &heads,
        rows,
    )
}

fn state(state: State, language: Language) -> &'static str {
    match state {
        State::Verified => say(language, "已核查", "verified"),
        State::Reported => say(language, "已上报", "reported"),
        State::Conflict => say(language, "冲突未定", "in conflict"),
        State::Returned => say(language, "已退回", "sent back"),
        State::Cancelled => say(language, "已取消", "called off"),
        State::Open | State::Dispatched | State::Accepted | State::UnderWay => {
            say(language, "未完成", "open")
        }
    }
}

/// The end of a task's uid: its beginning is the time, which tasks of one minute share.
fn short(uid: TaskUid) -> String {
    let uid = uid.to_string();
    uid.rsplit('-').next().unwrap_or_default().to_owned()
}
