//! What may be done with a task now.

use super::sense::{Sense, Step, sense};
use super::{Stage, State, Task, Value};
use crate::ids::EventId;
use crate::log::{Field, Kind, Target};
use serde::{Deserialize, Serialize};

/// What somebody may do with a task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// Give it to a crew.
    Dispatch,
    /// Take it.
    Accept,
    /// Begin.
    Start,
    /// Answer a safety check, or say that the place is guarded.
    MakeSafe,
    /// Tick an asset of the round.
    Tick,
    /// Say that it is done.
    Report,
    /// Find a report good.
    Verify {
        /// The report.
        report: EventId,
    },
    /// Send a report back.
    Return {
        /// The report.
        report: EventId,
    },
    /// End a conflict.
    Resolve {
        /// The fields in conflict.
        fields: Vec<Field>,
    },
    /// Call it off.
    Cancel,
    /// Take back the last step.
    Undo {
        /// The events that made it.
        events: Vec<EventId>,
    },
    /// Put the target elsewhere.
    Move,
    /// Change its fields.
    Edit,
    /// Make a remark.
    Note,
}

impl Action {
    /// The kind of event that does it, by its name.
    pub fn kind(&self) -> &'static str {
        match self {
            Action::Dispatch => "dispatched",
            Action::Accept => "accepted",
            Action::Start => "started",
            Action::MakeSafe => "made_safe",
            Action::Tick => "ticked",
            Action::Report => "reported",
            Action::Verify { .. } => "verified",
            Action::Return { .. } => "returned",
            Action::Resolve { .. } => "resolved",
            Action::Cancel => "cancelled",
            Action::Undo { .. } => "undone",
            Action::Move => "moved",
            Action::Edit => "edited",
            Action::Note => "noted",
        }
    }
}

/// What the installation does; what a person may do is another room's question.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Context {
    /// Reports are checked here.
    pub verification: bool,
    /// Tasks are given to crews here.
    pub dispatch: bool,
}

/// What may be done with the task, the most likely first. Nothing where a newer
/// version wrote about it.
pub fn offered(task: &Task, context: Context) -> Vec<Action> {
    if task.read_only {
        return Vec::new();
    }
    let mut out = Vec::new();
    let fields = task.conflicts();
    if task.state == State::Conflict {
        out.push(Action::Resolve { fields });
        out.push(Action::Report);
        out.push(Action::Note);
        return out;
    }
    let stage = task.stage.one().copied().unwrap_or(Stage::Open);
    let mut fits = |step, action| {
        if sense(step, stage) == Sense::Fits {
            out.push(action);
        }
    };
    if stage == Stage::Dispatched {
        fits(Step::Accept, Action::Accept);
    }
    fits(Step::Start, Action::Start);
    if matches!(task.target.any().map(|t| &**t), Some(Target::Round(_))) {
        fits(Step::Tick, Action::Tick);
    }
    fits(Step::Report, Action::Report);
    if let (true, Value::One(report)) = (context.verification, &task.report) {
        let report = report.event;
        fits(Step::Verify, Action::Verify { report });
        fits(Step::Return, Action::Return { report });
    }
    if context.dispatch {
        fits(Step::Dispatch, Action::Dispatch);
    }
    if !fields.is_empty() {
        out.push(Action::Resolve { fields });
    }
    if let Some(events) = last_step(task) {
        out.push(Action::Undo { events });
    }
    if task.is_open() {
        let open = [Action::MakeSafe, Action::Edit, Action::Move, Action::Cancel];
        out.extend(open);
    }
    out.push(Action::Note);
    out
}

/// The events that brought the task to its stage. Plotting is the last step to be
/// taken back; a task whose plotting was taken back came to its stage by that. A round at which
/// somebody was is not taken back with all that was ticked: it can be called off.
fn last_step(task: &Task) -> Option<Vec<EventId>> {
    let is_plotting = |id: &EventId| {
        let kind = task.event(*id).and_then(|event| event.kind());
        matches!(kind, Some(Kind::Plotted(_)))
    };
    match &task.stage {
        Value::One(w) if !task.ticks.is_empty() && w.by.iter().any(is_plotting) => None,
        Value::One(w) => Some(w.by.clone()),
        _ => None,
    }
}

impl Task {
    /// Fields that have several values, written without knowledge of each other.
    pub fn conflicts(&self) -> Vec<Field> {
        let all = [
            (Field::Stage, self.stage.is_conflict()),
            (
                Field::Report,
                self.report.is_conflict() && self.state == State::Conflict,
            ),
            (Field::Work, self.work.is_conflict()),
            (Field::Target, self.target.is_conflict()),
            (Field::Crew, self.crew.is_conflict()),
            (Field::Due, self.due.is_conflict()),
            (Field::Priority, self.priority.is_conflict()),
            (Field::Planned, self.planned.is_conflict()),
            (Field::Note, self.note.is_conflict()),
        ];
        let conflicts = all.iter().filter(|(_, conflict)| *conflict);
        conflicts.map(|(field, _)| *field).collect()
    }
}
