//! A task as a page shows it: plain values, ready to be sent across the worker.

use super::{Action, Context, Finding, HistoryEntry, Mark, State, Task, Value, history, offered};
use crate::catalog::{AssetKindId, CrewId, PlaceType, UnitId, WorkKindId};
use crate::ids::{AssetUid, EventId, TaskUid};
use crate::log::{
    ActorId, Field, Kind, Measured, Moment, Patch, Photo, Quantity, Reported, Shape, Target,
    WorkLine,
};
use crate::order::distinct;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A task in a list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TaskSummary {
    /// Its uid.
    pub uid: TaskUid,
    /// What is to be done; the first value, if several stand.
    pub work: Option<WorkKindId>,
    /// To what; the first value, if several stand.
    pub target: Option<TargetView>,
    /// Where it stands.
    pub state: State,
    /// The mark that shows it.
    pub mark: Mark,
    /// Who is to do it.
    pub crew: Option<CrewId>,
    /// Until when.
    pub due: Option<Moment>,
    /// How urgent it is; 1 is most urgent.
    pub priority: Option<u8>,
    /// What it is about, in words.
    pub note: Option<String>,
    /// Who put it on the map.
    pub author: Option<ActorId>,
    /// When it came to be.
    pub created: Option<Moment>,
    /// When it last changed.
    pub changed: Option<Moment>,
    /// Assets of a round: ticked as done, and in all.
    pub ticked: Option<(usize, usize)>,
}

impl TaskSummary {
    /// Whether it is still to be done and somebody called it urgent.
    pub fn is_urgent(&self) -> bool {
        self.state.is_open() && self.priority == Some(1)
    }

    /// Where it stands, as people say it: a round of which something is ticked is under way, though
    /// nobody said that it began.
    pub fn apparent_state(&self) -> State {
        let is_begun = self.ticked.is_some_and(|(done, _)| done > 0);
        match Mark::of(self.state) {
            Mark::Open if is_begun => State::UnderWay,
            _ => self.state,
        }
    }
}

/// A task on its card.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TaskView {
    /// What a list shows of it.
    pub summary: TaskSummary,
    /// Assets of a round that are ticked as done.
    pub done_assets: Vec<AssetUid>,
    /// The reports that stand: one, or several in conflict.
    pub reports: Vec<ReportView>,
    /// Fields in conflict, with what they are between.
    pub conflicts: Vec<ConflictView>,
    /// What may be done with it now.
    pub actions: Vec<Action>,
    /// Why it was sent back or called off, if it was.
    pub reasons: Vec<String>,
    /// A newer version wrote about it.
    pub read_only: bool,
    /// What happened to it.
    pub history: Vec<HistoryEntry>,
}

/// What a task is about.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TargetView {
    /// The asset, if it is one.
    pub asset: Option<AssetUid>,
    /// Its code.
    pub code: Option<String>,
    /// The name of the asset, round or place.
    pub name: Option<String>,
    /// The asset's kind; in a round the first one's.
    pub kind: Option<AssetKindId>,
    /// The shape of a drawn place.
    pub place: Option<PlaceType>,
    /// The drawing, in degrees: rings of an area, one line, one point.
    pub shape: Vec<Vec<(f64, f64)>>,
    /// Assets of a round.
    pub assets: Vec<AssetUid>,
    /// Longitude and latitude to go to, in degrees.
    pub position: Option<(f64, f64)>,
}

/// A report.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReportView {
    /// The event.
    pub event: EventId,
    /// Who wrote it; several, if they wrote the same.
    pub actors: Vec<ActorId>,
    /// On whose behalf.
    pub on_behalf: Option<ActorId>,
    /// What was done.
    pub lines: Vec<LineView>,
    /// On which day.
    #[serde(with = "crate::log::day")]
    pub done_on: Date,
    /// Who else was there, by all who wrote it.
    pub with: Vec<String>,
    /// Remarks of all who wrote it.
    pub notes: Vec<String>,
    /// Pictures of all who wrote it.
    pub photos: Vec<PhotoView>,
    /// The street, as it was then.
    pub street: Option<String>,
    /// What was looked at, by all who wrote it.
    pub checked: Vec<Finding>,
}

/// A picture of a report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PhotoView {
    /// SHA-256 of the picture as kept, 64 lower-case hex digits.
    pub sha256: Box<str>,
    /// `before`, `after` or another word.
    pub role: Option<Box<str>>,
}

impl From<&Photo> for PhotoView {
    fn from(photo: &Photo) -> Self {
        PhotoView {
            sha256: photo.sha256.clone(),
            role: photo.role.clone(),
        }
    }
}

/// A line of a report.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LineView {
    /// The kind of work.
    pub work: WorkKindId,
    /// How much, as typed.
    pub quantity: Quantity,
    /// In which unit.
    pub unit: UnitId,
    /// What it was done with.
    pub material: Option<String>,
    /// How the amount is known.
    pub measured: Measured,
    /// The patches that it is the sum of.
    pub patches: Vec<Patch>,
}

/// A field in conflict.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConflictView {
    /// The field.
    pub field: Field,
    /// What it is between.
    pub alternatives: Vec<AlternativeView>,
}

/// A value that a field in conflict may be resolved to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AlternativeView {
    /// The event to choose.
    pub event: EventId,
    /// Who wrote it; several, if they wrote the same.
    pub actors: Vec<ActorId>,
    /// When, by the corrected clock.
    pub at: Option<Moment>,
    /// The value in short, where it has one: ids and numbers, not yet words. For
    /// the report and the target, look at the event.
    pub value: Option<String>,
}

impl Task {
    /// What a list shows of it.
    pub fn summary(&self) -> TaskSummary {
        let first = self.events.iter().find_map(|e| {
            matches!(e.event.kind()?, Kind::Plotted(_) | Kind::Found(_)).then(|| e.event.envelope())
        });
        let target = self.target.any();
        let ticked = target.and_then(|t| match &**t {
            Target::Round(r) => {
                let done = |uid| self.ticks.get(uid).is_some_and(|t| t.done);
                let count = r.assets.iter().filter(|a| done(&a.uid)).count();
                Some((count, r.assets.len()))
            }
            _ => None,
        });
        let mut summary = TaskSummary {
            uid: self.uid,
            work: self.work.any().cloned(),
            target: target.map(|t| TargetView::from(&**t)),
            state: self.state,
            mark: Mark::of(self.state),
            crew: self.crew.any().cloned().flatten(),
            due: self.due.any().copied().flatten(),
            priority: self.priority.any().copied().flatten(),
            note: self.note.any().cloned().flatten(),
            author: first.flatten().map(|e| e.actor.clone()),
            created: self.created,
            changed: self.changed,
            ticked,
        };
        summary.mark = Mark::of(summary.apparent_state());
        summary
    }

    /// What its card shows.
    pub fn view(&self, context: Context) -> TaskView {
        let done = self.ticks.iter().filter(|(_, t)| t.done);
        TaskView {
            summary: self.summary(),
            done_assets: done.map(|(asset, _)| *asset).collect(),
            reports: self
                .report
                .written()
                .iter()
                .map(|w| self.report_view(w))
                .collect(),
            conflicts: self
                .conflicts()
                .into_iter()
                .map(|f| self.conflict(f))
                .collect(),
            actions: offered(self, context),
            reasons: self.reasons(),
            read_only: self.read_only,
            history: history(self),
        }
    }

    /// True if the actor had a hand in it: it is part of "my work" beside what is
    /// given to the actor's crew.
    pub fn involves(&self, actor: &ActorId) -> bool {
        let mut envelopes = self.events.iter().filter_map(|e| e.event.envelope());
        envelopes.any(|e| e.actor == *actor)
    }

    fn actors(&self, events: impl Iterator<Item = EventId>) -> Vec<ActorId> {
        let envelopes = events.filter_map(|id| self.event(id)?.envelope());
        distinct(envelopes.map(|e| e.actor.clone()))
    }

    fn report_view(&self, written: &super::Written<std::sync::Arc<Reported>>) -> ReportView {
        let all: Vec<&Reported> = written
            .events()
            .filter_map(|id| match self.event(id)?.kind()? {
                Kind::Reported(r) => Some(&**r),
                _ => None,
            })
            .collect();
        let mut photos: Vec<PhotoView> = Vec::new();
        for photo in all.iter().flat_map(|r| &r.photos).map(PhotoView::from) {
            if !photos.contains(&photo) {
                photos.push(photo);
            }
        }
        let with = distinct(all.iter().flat_map(|r| r.with.iter().cloned()));
        let notes = distinct(all.iter().filter_map(|r| r.note.clone()));
        let mut checked: Vec<Finding> = Vec::new();
        for finding in all.iter().flat_map(|r| &r.checked).map(Finding::from) {
            if !checked.contains(&finding) {
                checked.push(finding);
            }
        }
        let report = &written.value;
        ReportView {
            event: written.event,
            actors: self.actors(written.events()),
            on_behalf: report.on_behalf.clone(),
            lines: report.lines.iter().map(LineView::from).collect(),
            done_on: report.done_on,
            with,
            notes,
            photos,
            street: report.snapshot.street.clone(),
            checked,
        }
    }

    fn conflict(&self, field: Field) -> ConflictView {
        let alternatives = match field {
            Field::Stage => self.between(&self.stage, |s| Some(format!("{s:?}"))),
            Field::Report => self.between(&self.report, |_| None),
            Field::Work => self.between(&self.work, |w| Some(w.0.clone())),
            Field::Target => self.between(&self.target, |_| None),
            Field::Crew => self.between(&self.crew, |c| c.as_ref().map(|c| c.0.clone())),
            Field::Due => self.between(&self.due, |d| d.map(|d| d.to_string())),
            Field::Priority => self.between(&self.priority, |p| p.map(|p| p.to_string())),
            Field::Planned => self.between(&self.planned, |p| p.map(|p| p.to_string())),
            Field::Note => self.between(&self.note, Clone::clone),
        };
        ConflictView {
            field,
            alternatives,
        }
    }

    fn between<T>(
        &self,
        value: &Value<T>,
        text: impl Fn(&T) -> Option<String>,
    ) -> Vec<AlternativeView> {
        let view = |w: &super::Written<T>| AlternativeView {
            event: w.event,
            actors: self.actors(w.events()),
            at: self
                .event(w.event)
                .and_then(|e| Some(e.envelope()?.corrected())),
            value: text(&w.value),
        };
        value.written().iter().map(view).collect()
    }

    fn reasons(&self) -> Vec<String> {
        let events = self.stage.written().iter().flat_map(|w| w.events());
        let reasons = events.filter_map(|id| match self.event(id)?.kind()? {
            Kind::Returned(k) => Some(k.reason.clone()),
            Kind::Cancelled(k) => k.reason.clone(),
            _ => None,
        });
        reasons.collect()
    }
}

impl From<&WorkLine> for LineView {
    fn from(line: &WorkLine) -> Self {
        LineView {
            work: line.work.clone(),
            quantity: line.quantity,
            unit: line.unit.clone(),
            material: line.material.clone(),
            measured: line.measured.clone(),
            patches: line.patches.clone(),
        }
    }
}

impl From<&Target> for TargetView {
    fn from(target: &Target) -> Self {
        let first = target.assets().first();
        let one = match target {
            Target::Asset(a) => Some(a),
            _ => None,
        };
        let name = match target {
            Target::Asset(a) => a.name.clone(),
            Target::Round(r) => r.name.clone(),
            Target::Place(p) => p.name.clone(),
        };
        let shape = match target {
            Target::Place(p) => Some(&p.shape),
            _ => None,
        };
        TargetView {
            asset: one.map(|a| a.uid),
            code: one.and_then(|a| a.code.clone()),
            name,
            kind: first.map(|a| a.kind.clone()),
            place: shape.map(Shape::place_type),
            shape: shape.map(degrees).unwrap_or_default(),
            assets: match target {
                Target::Round(r) => r.assets.iter().map(|a| a.uid).collect(),
                _ => Vec::new(),
            },
            position: target.position().map(|p| p.degrees()),
        }
    }
}

fn degrees(shape: &Shape) -> Vec<Vec<(f64, f64)>> {
    match shape {
        Shape::Point(p) => vec![vec![p.degrees()]],
        Shape::Line(line) => vec![line.iter().map(|p| p.degrees()).collect()],
        Shape::Polygon(rings) => {
            let ring = |ring: &Vec<_>| ring.iter().map(crate::log::Position::degrees).collect();
            rings.iter().map(ring).collect()
        }
    }
}
