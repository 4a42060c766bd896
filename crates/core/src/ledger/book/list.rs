//! The tasks behind the lines of the ledger, as a sheet.

use super::words::{about, crew, label, say};
use super::{Sheet, titled};
use crate::catalog::Catalog;
use crate::ids::TaskUid;
use crate::ledger::{Entry, Listed, Scope};
use crate::task::State;
use crate::told::{Language, place_of};

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
