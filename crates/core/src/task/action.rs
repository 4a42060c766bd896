//! What people do, as drafts. Each refuses what makes no sense.

use super::check::{self, Drafted, Refusal};
use super::safety;
use super::{Action, Context, Entry, Standing, Task, offered};
use crate::catalog::{Catalog, WorkKindId};
use crate::ids::{AssetUid, EventId, TaskUid};
use crate::log::{
    Accepted, Cancelled, Choice, Dispatched, Draft, Edited, Field, Kind, MadeSafe, Moved, Noted,
    Photo, Plotted, Reported, Resolved, Returned, Started, Subject, Target, Ticked, Tracked,
    Undone, Verified,
};
use jiff::civil::Date;
use std::sync::Arc;

/// Everything the installation could do: what is refused below is what makes no
/// sense anywhere.
const ANYWHERE: Context = Context {
    verification: true,
    dispatch: true,
};

pub(super) fn may(task: &Task, wanted: impl Fn(&Action) -> bool) -> Result<(), Refusal> {
    if task.read_only {
        return Err(Refusal::ReadOnly);
    }
    let state = task.state;
    let offered = offered(task, ANYWHERE).iter().any(wanted);
    offered.then_some(()).ok_or(Refusal::NotNow { state })
}

fn on(task: &Task, kind: impl Into<Kind>) -> Drafted {
    Draft::new(Subject::Task(task.uid), kind).into()
}

/// Puts a task on the map.
///
/// # Errors
/// If the catalogue does not do such work to such a target, or the target is not
/// whole.
pub fn plot(
    uid: TaskUid,
    work: &WorkKindId,
    target: Arc<Target>,
    note: Option<String>,
    photos: Vec<Photo>,
    catalog: &Catalog,
) -> Result<Drafted, Refusal> {
    check::target_whole(&target)?;
    check::work_fits(catalog, work, &target)?;
    let plotted = Plotted {
        work: work.clone(),
        target,
        note: note.filter(|n| !n.trim().is_empty()),
        photos,
    };
    Ok(Draft::new(Subject::Task(uid), plotted).into())
}

/// Gives it to a crew.
///
/// # Errors
/// [`Refusal::NotNow`], [`Refusal::ReadOnly`].
pub fn dispatch(task: &Task, dispatched: Dispatched) -> Result<Drafted, Refusal> {
    may(task, |a| *a == Action::Dispatch)?;
    Ok(on(task, dispatched))
}

/// Takes it.
///
/// # Errors
/// [`Refusal::NotNow`], [`Refusal::ReadOnly`].
pub fn accept(task: &Task, note: Option<String>) -> Result<Drafted, Refusal> {
    may(task, |a| *a == Action::Accept)?;
    Ok(on(task, Accepted { note }))
}

/// Begins.
///
/// # Errors
/// [`Refusal::NotNow`], [`Refusal::ReadOnly`].
pub fn start(task: &Task, started: Started) -> Result<Drafted, Refusal> {
    may(task, |a| *a == Action::Start)?;
    Ok(on(task, started))
}

/// Answers a safety check. A bad reading is saved like any other.
///
/// # Errors
/// If neither the task nor the catalogue knows of such a check, chamber, item or reading, or
/// not now.
pub fn make_safe(task: &Task, safe: MadeSafe, catalog: &Catalog) -> Result<Drafted, Refusal> {
    may(task, |a| *a == Action::MakeSafe)?;
    safety::answer_fits(task, &safe, catalog)?;
    Ok(on(task, safe))
}

/// Ticks an asset of the round.
///
/// # Errors
/// If the asset is not in the round, a line makes no sense, or not now.
pub fn tick(task: &Task, ticked: Ticked, catalog: &Catalog) -> Result<Drafted, Refusal> {
    may(task, |a| *a == Action::Tick)?;
    let asset = ticked.asset;
    let mut targets = task.target.written().iter();
    if !targets.any(|w| w.value.asset(asset).is_some()) {
        return Err(Refusal::UnknownAsset { line: 0, asset });
    }
    let mut warnings = Vec::new();
    for (n, line) in ticked.lines.iter().enumerate() {
        warnings.extend(check::line_fits(task, n, line, catalog)?);
    }
    let Drafted { draft, .. } = on(task, ticked);
    Ok(Drafted { draft, warnings })
}

/// Takes back what was ticked of an asset, whoever ticked it.
///
/// # Errors
/// Where nothing was ticked, or not now.
pub fn untick(task: &Task, asset: AssetUid) -> Result<Drafted, Refusal> {
    may(task, |a| *a == Action::Tick)?;
    let of_it = |entry: &&Entry| {
        let is_tick = matches!(entry.event.kind(), Some(Kind::Ticked(t)) if t.asset == asset);
        is_tick && entry.standing == Standing::Holds
    };
    let ticks = task.events.iter().filter(of_it);
    let events: Vec<EventId> = ticks.filter_map(|entry| entry.event.id()).collect();
    if events.is_empty() {
        return Err(Refusal::NoChange);
    }
    Ok(on(task, Undone { events, note: None }))
}

/// Takes back one answer to a safety check, or one tick.
///
/// # Errors
/// Where there is none such that holds, or not now.
pub fn take_back(task: &Task, event: EventId) -> Result<Drafted, Refusal> {
    may(task, |a| *a == Action::MakeSafe)?;
    if !safety::is_said(task, event) {
        return Err(Refusal::NotNow { state: task.state });
    }
    let events = vec![event];
    Ok(on(task, Undone { events, note: None }))
}

/// Says that it is done. `today` is the city's date.
///
/// # Errors
/// If a line makes no sense, the day has not come, or not now.
pub fn report(
    task: &Task,
    reported: Reported,
    catalog: &Catalog,
    today: Date,
) -> Result<Drafted, Refusal> {
    may(task, |a| *a == Action::Report)?;
    let warnings = check::report_fits(task, &reported, catalog, today)?;
    let Drafted { draft, .. } = on(task, reported);
    Ok(Drafted { draft, warnings })
}

/// Finds the report good.
///
/// # Errors
/// [`Refusal::NotNow`], [`Refusal::ReadOnly`].
pub fn verify(task: &Task, note: Option<String>, photos: Vec<Photo>) -> Result<Drafted, Refusal> {
    may(task, |a| matches!(a, Action::Verify { .. }))?;
    let report = standing(task)?;
    Ok(on(
        task,
        Verified {
            report,
            note,
            photos,
        },
    ))
}

/// Sends the report back.
///
/// # Errors
/// Without a reason, or not now.
pub fn return_report(task: &Task, reason: &str, photos: Vec<Photo>) -> Result<Drafted, Refusal> {
    may(task, |a| matches!(a, Action::Return { .. }))?;
    let reason = words(reason)?;
    let report = standing(task)?;
    Ok(on(
        task,
        Returned {
            report,
            reason,
            photos,
        },
    ))
}

/// Calls it off.
///
/// # Errors
/// [`Refusal::NotNow`], [`Refusal::ReadOnly`].
pub fn cancel(task: &Task, reason: Option<String>) -> Result<Drafted, Refusal> {
    may(task, |a| *a == Action::Cancel)?;
    Ok(on(task, Cancelled { reason }))
}

/// Takes back the last step, as [`offered`] names it.
///
/// # Errors
/// [`Refusal::NotNow`] where there is no one step to take back.
pub fn undo(task: &Task, note: Option<String>) -> Result<Drafted, Refusal> {
    let state = task.state;
    if task.read_only {
        return Err(Refusal::ReadOnly);
    }
    let undo = offered(task, ANYWHERE).into_iter().find_map(|a| match a {
        Action::Undo { events } => Some(events),
        _ => None,
    });
    let events = undo.ok_or(Refusal::NotNow { state })?;
    Ok(on(task, Undone { events, note }))
}

/// Ends conflicts by choosing, field by field, an event whose value holds.
///
/// # Errors
/// If a field is not in conflict, or the event is none of those it is between.
pub fn resolve(
    task: &Task,
    choices: Vec<Choice>,
    note: Option<String>,
) -> Result<Drafted, Refusal> {
    may(task, |a| matches!(a, Action::Resolve { .. }))?;
    if choices.is_empty() {
        return Err(Refusal::NoChange);
    }
    for choice in &choices {
        let field = choice.field;
        if !alternatives(task, field).contains(&choice.event) {
            return Err(Refusal::NoSuchChoice { field });
        }
    }
    Ok(on(task, Resolved { choices, note }))
}

/// Puts the target elsewhere.
///
/// # Errors
/// If the target is not whole, the work is not done to it, or not now.
pub fn move_to(task: &Task, target: Arc<Target>, catalog: &Catalog) -> Result<Drafted, Refusal> {
    may(task, |a| *a == Action::Move)?;
    check::target_whole(&target)?;
    if let Some(work) = task.work.one() {
        check::work_fits(catalog, work, &target)?;
    }
    if task.target.one() == Some(&target) {
        return Err(Refusal::NoChange);
    }
    Ok(on(task, Moved { target }))
}

/// Changes fields.
///
/// # Errors
/// If the new kind of work is not done to the target, nothing would change, or not
/// now.
pub fn edit(task: &Task, edited: Edited, catalog: &Catalog) -> Result<Drafted, Refusal> {
    may(task, |a| *a == Action::Edit)?;
    if edited == Edited::default() {
        return Err(Refusal::NoChange);
    }
    if let (Some(work), Some(target)) = (&edited.work, task.target.one()) {
        check::work_fits(catalog, work, target)?;
    }
    Ok(on(task, edited))
}

/// Makes a remark.
///
/// # Errors
/// Without words and pictures.
pub fn note(task: &Task, noted: Noted) -> Result<Drafted, Refusal> {
    may(task, |a| *a == Action::Note)?;
    if noted.text.trim().is_empty() && noted.photos.is_empty() {
        return Err(Refusal::Empty);
    }
    Ok(on(task, noted))
}

/// Keeps a track that was recorded for it. Whatever became of the task meanwhile: where somebody
/// was stays true.
///
/// # Errors
/// [`Refusal::ReadOnly`], [`Refusal::Empty`].
pub fn track(task: &Task, tracked: Tracked) -> Result<Drafted, Refusal> {
    may(task, |a| *a == Action::Note)?;
    if tracked.points.is_empty() {
        return Err(Refusal::Empty);
    }
    Ok(on(task, tracked))
}

fn words(text: &str) -> Result<String, Refusal> {
    let text = text.trim();
    match text.is_empty() {
        true => Err(Refusal::Empty),
        false => Ok(text.into()),
    }
}

fn standing(task: &Task) -> Result<EventId, Refusal> {
    match &task.report {
        super::Value::One(w) => Ok(w.event),
        _ => Err(Refusal::NotNow { state: task.state }),
    }
}

/// Events that a field in conflict may be resolved to.
fn alternatives(task: &Task, field: Field) -> Vec<EventId> {
    fn events<T>(value: &super::Value<T>) -> Vec<EventId> {
        match value {
            super::Value::Conflict(all) => all.iter().flat_map(|w| w.events()).collect(),
            _ => Vec::new(),
        }
    }
    match field {
        Field::Stage => events(&task.stage),
        Field::Report => events(&task.report),
        Field::Work => events(&task.work),
        Field::Target => events(&task.target),
        Field::Crew => events(&task.crew),
        Field::Due => events(&task.due),
        Field::Priority => events(&task.priority),
        Field::Planned => events(&task.planned),
        Field::Note => events(&task.note),
    }
}
