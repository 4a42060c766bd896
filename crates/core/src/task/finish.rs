//! From all writes to the task they make.

use super::folding::{Folding, puts_on_map};
use super::note::FoldNote;
use super::sense::join;
use super::value::Maximal;
use super::{Entry, Stage, Standing, State, Task, Tick, Value};
use crate::ids::{AssetUid, TaskUid};
use crate::log::{Moment, Reported, Target, View, WorkLine};
use crate::order;
use std::collections::BTreeMap;
use std::sync::Arc;

impl Folding<'_> {
    /// The task that all applied events make.
    pub(super) fn task(mut self, uid: TaskUid, entries: Vec<Entry>) -> Task {
        let c = self.causality;
        let f = &self.fields;
        let stage = stage(f.stage.maximal(c));
        let report = f.report.value(c, same_report);
        let target = f.target.value(c, |a, b| a == b);
        let mut ticks = BTreeMap::new();
        for (asset, writes) in &f.ticks {
            let maximal = writes.maximal(c);
            let events = order::distinct(maximal.iter().map(|w| w.event));
            let done = maximal.iter().any(|w| w.value);
            ticks.insert(*asset, Tick { done, events });
        }
        let answers = f.answers.iter().map(|(asked, writes)| {
            let maximal = writes.maximal(c);
            (
                asked.clone(),
                order::distinct(maximal.iter().map(|w| w.event)),
            )
        });
        let answers = answers.collect();
        let state = state(&stage, &report);
        unknown_assets(&ticks, &target, &mut self.notes);
        if !entries.iter().any(|e| puts_on_map(&e.event)) {
            self.notes.push(FoldNote::NotPlotted);
        }
        order::sort(&mut self.notes);
        self.notes.dedup();
        let (created, changed) = times(&entries);
        let newer = |e: &Entry| {
            e.standing != Standing::Refused && matches!(e.event.view(), View::Newer { .. })
        };
        let f = &self.fields;
        Task {
            uid,
            work: f.work.value(c, |a, b| a == b),
            target,
            crew: f.crew.value(c, |a, b| a == b),
            due: f.due.value(c, same_instant),
            priority: f.priority.value(c, |a, b| a == b),
            planned: f.planned.value(c, |a, b| a == b),
            note: f.note.value(c, |a, b| a == b),
            stage,
            report,
            given: order::distinct(f.given.iter().cloned()),
            ticks,
            answers,
            state,
            created,
            changed,
            read_only: entries.iter().any(newer),
            events: entries,
            notes: self.notes,
        }
    }
}

/// The stage, of maximal writes: progress yields to decisions and joins by its
/// furthest point.
fn stage(mut maximal: Vec<Maximal<Stage>>) -> Value<Stage> {
    let joined = join(maximal.iter().map(|w| w.value));
    maximal.retain(|w| joined.contains(&w.value));
    Value::from_writes(maximal, |a, b| a == b)
}

fn state(stage: &Value<Stage>, report: &Value<Arc<Reported>>) -> State {
    match stage {
        Value::Unset => State::Open,
        Value::Conflict(_) => State::Conflict,
        Value::One(w) => match w.value {
            Stage::Reported | Stage::Verified if report.is_conflict() => State::Conflict,
            stage => stage.into(),
        },
    }
}

/// True if two reports say that the same was done on the same day. Who else was
/// there, remarks, pictures and how the amount was measured may differ: those add
/// up and are shown from both.
fn same_report(a: &Arc<Reported>, b: &Arc<Reported>) -> bool {
    Arc::ptr_eq(a, b)
        || (a.done_on == b.done_on && {
            let (mut a, mut b) = (
                a.lines.iter().map(substance).collect::<Vec<_>>(),
                b.lines.iter().map(substance).collect::<Vec<_>>(),
            );
            order::sort(&mut a);
            order::sort(&mut b);
            a == b
        })
}

/// What of a line is counted.
fn substance(line: &WorkLine) -> impl Ord + '_ {
    (
        &line.work,
        line.quantity,
        &line.unit,
        &line.material,
        order::distinct(&line.covered),
        order::distinct(&line.assets),
    )
}

fn same_instant(a: &Option<Moment>, b: &Option<Moment>) -> bool {
    a.map(|m| m.utc) == b.map(|m| m.utc)
}

fn unknown_assets(
    ticks: &BTreeMap<AssetUid, Tick>,
    target: &Value<Arc<Target>>,
    notes: &mut Vec<FoldNote>,
) {
    if ticks.is_empty() {
        return;
    }
    let targets = target.written().iter().flat_map(|w| w.value.assets());
    let known = order::distinct(targets.map(|a| a.uid));
    let is_known = |asset| known.binary_search(asset).is_ok();
    for (&asset, tick) in ticks.iter().filter(|(asset, _)| !is_known(asset)) {
        let noted = |&event| FoldNote::UnknownAsset { event, asset };
        notes.extend(tick.events.iter().map(noted));
    }
}

/// When the task came to be and when it last changed.
fn times(entries: &[Entry]) -> (Option<Moment>, Option<Moment>) {
    let at = |e: &Entry| e.event.envelope().map(|e| e.corrected());
    let created = entries.iter().find(|e| puts_on_map(&e.event));
    let holding = entries.iter().filter(|e| e.standing == Standing::Holds);
    (created.and_then(at), holding.filter_map(at).max())
}
