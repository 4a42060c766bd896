//! What each kind of event does to a task.

use super::fold::Positions;
use super::note::FoldNote;
use super::sense::{Sense, Step, join, sense};
use super::writes::Writes;
use super::{Entry, Given, Stage, Standing};
use crate::catalog::{CrewId, PrecheckId, WorkKindId};
use crate::ids::{AssetUid, EventId};
use crate::log::{
    Causality, Choice, Dispatched, Edited, Event, Field, Kind, Moment, Quantity, Reported, Target,
    View,
};
use crate::order;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The writes to each field of a task.
#[derive(Default)]
pub(super) struct Fields {
    pub(super) work: Writes<WorkKindId>,
    pub(super) target: Writes<Arc<Target>>,
    pub(super) crew: Writes<Option<CrewId>>,
    pub(super) due: Writes<Option<Moment>>,
    pub(super) priority: Writes<Option<u8>>,
    pub(super) planned: Writes<Option<Quantity>>,
    pub(super) note: Writes<Option<String>>,
    pub(super) stage: Writes<Stage>,
    pub(super) report: Writes<Arc<Reported>>,
    pub(super) ticks: BTreeMap<AssetUid, Writes<bool>>,
    pub(super) answers: BTreeMap<(PrecheckId, Option<AssetUid>), Writes<()>>,
    pub(super) given: Vec<Given>,
}

/// A fold in progress.
pub(super) struct Folding<'a> {
    pub(super) causality: &'a Causality,
    ids: &'a Positions,
    pub(super) fields: Fields,
    pub(super) notes: Vec<FoldNote>,
}

/// True for the kinds that make a task.
pub(super) fn puts_on_map(event: &Event) -> bool {
    matches!(event.kind(), Some(Kind::Plotted(_) | Kind::Found(_)))
}

impl<'a> Folding<'a> {
    pub(super) fn new(causality: &'a Causality, ids: &'a Positions) -> Self {
        Folding {
            causality,
            ids,
            fields: Fields::default(),
            notes: Vec::new(),
        }
    }

    /// Applies the event at position `at`, which nobody took back.
    pub(super) fn event(&mut self, at: usize, entries: &[Entry]) -> Standing {
        let event = &entries[at].event;
        let Some(id) = event.id() else {
            return Standing::Inert;
        };
        let note = match event.view() {
            View::Readable { kind, .. } => return self.kind(kind, at, id, entries),
            View::Newer { .. } => FoldNote::Newer { event: id },
            View::Unreadable { .. } | View::Lost(_) => FoldNote::Unreadable { event: id },
        };
        self.notes.push(note);
        Standing::Inert
    }

    fn kind(&mut self, kind: &Kind, at: usize, id: EventId, entries: &[Entry]) -> Standing {
        let f = &mut self.fields;
        match kind {
            Kind::Plotted(k) => {
                self.put_on_map(at, id, Some(&k.work), &k.target, &k.note);
            }
            Kind::Found(k) => {
                self.put_on_map(at, id, k.work.as_ref(), &k.target, &k.defect);
            }
            Kind::Dispatched(k) => self.dispatched(k, at, id),
            Kind::Accepted(_) => return self.step(Step::Accept, Stage::Accepted, at, id),
            Kind::Started(_) => return self.step(Step::Start, Stage::UnderWay, at, id),
            Kind::Ticked(k) => {
                let ticks = f.ticks.entry(k.asset).or_default();
                ticks.put(at, id, k.unreached.is_none());
                if let (Sense::OutOfTurn, stage) = self.sense(Step::Tick, at) {
                    self.notes.push(FoldNote::OutOfTurn { event: id, stage });
                }
            }
            Kind::Reported(k) => {
                // Who knew a conflict of reports and writes another ends it: that is
                // a decision, not an odd thing to do.
                let ends = self.fields.report.known(at, self.causality).len() > 1;
                self.fields.report.put(at, id, k.clone());
                let crews = self.fields.crew.known(at, self.causality);
                self.fields.given.push(Given {
                    report: id,
                    crews: order::distinct(crews.into_iter().map(|(_, crew)| crew.clone())),
                });
                match ends {
                    true => self.fields.stage.put(at, id, Stage::Reported),
                    false => return self.step(Step::Report, Stage::Reported, at, id),
                }
            }
            Kind::Verified(k) => return self.judge(Step::Verify, k.report, at, id, entries),
            Kind::Returned(k) => return self.judge(Step::Return, k.report, at, id, entries),
            Kind::Cancelled(_) => return self.step(Step::Cancel, Stage::Cancelled, at, id),
            Kind::Undone(k) => self.undone(&k.events, at, id, entries),
            Kind::Resolved(k) => {
                for choice in &k.choices {
                    self.choose(*choice, at, id);
                }
            }
            Kind::Moved(k) => f.target.put(at, id, k.target.clone()),
            Kind::Edited(k) => self.edited(k, at, id),
            Kind::MadeSafe(k) => {
                if let Some(precheck) = &k.precheck {
                    let asked = (precheck.clone(), k.asset);
                    f.answers.entry(asked).or_default().put(at, id, ());
                }
            }
            Kind::Tracked(_) | Kind::Noted(_) => {}
            Kind::AssetAdded(_)
            | Kind::AssetCorrected(_)
            | Kind::AssetReplaced(_)
            | Kind::AssetVanished(_)
            | Kind::AssetConfirmed(_)
            | Kind::AssetDeclined(_)
            | Kind::TradeSet(_)
            | Kind::Configured(_)
            | Kind::AccountAdded(_)
            | Kind::AccountChanged(_)
            | Kind::AccountLocked(_) => {
                let kind = kind.name().into();
                self.notes.push(FoldNote::NotForTask { event: id, kind });
                return Standing::Inert;
            }
        }
        Standing::Holds
    }

    fn put_on_map(
        &mut self,
        at: usize,
        id: EventId,
        work: Option<&WorkKindId>,
        target: &Arc<Target>,
        note: &Option<String>,
    ) {
        let f = &mut self.fields;
        if let Some(work) = work {
            f.work.put(at, id, work.clone());
        }
        f.target.put(at, id, target.clone());
        if note.is_some() {
            f.note.put(at, id, note.clone());
        }
        match f.stage.known(at, self.causality).is_empty() {
            true => f.stage.put(at, id, Stage::Open),
            false => self.notes.push(FoldNote::PlottedAgain { event: id }),
        }
    }

    fn dispatched(&mut self, k: &Dispatched, at: usize, id: EventId) {
        let f = &mut self.fields;
        if k.crew.is_some() {
            f.crew.put(at, id, k.crew.clone());
        }
        if k.due.is_some() {
            f.due.put(at, id, k.due);
        }
        if k.priority.is_some() {
            f.priority.put(at, id, k.priority);
        }
        if k.planned.is_some() {
            f.planned.put(at, id, k.planned);
        }
        self.step(Step::Dispatch, Stage::Dispatched, at, id);
    }

    fn edited(&mut self, k: &Edited, at: usize, id: EventId) {
        let f = &mut self.fields;
        if let Some(work) = &k.work {
            f.work.put(at, id, work.clone());
        }
        if k.crew.is_some() {
            f.crew.put(at, id, k.crew.clone());
        }
        if k.due.is_some() {
            f.due.put(at, id, k.due);
        }
        if k.priority.is_some() {
            f.priority.put(at, id, k.priority);
        }
        if k.planned.is_some() {
            f.planned.put(at, id, k.planned);
        }
        if k.note.is_some() {
            f.note.put(at, id, k.note.clone());
        }
        for &field in &k.cleared {
            match field {
                Field::Crew => f.crew.put(at, id, None),
                Field::Due => f.due.put(at, id, None),
                Field::Priority => f.priority.put(at, id, None),
                Field::Planned => f.planned.put(at, id, None),
                Field::Note => f.note.put(at, id, None),
                Field::Stage | Field::Report | Field::Work | Field::Target => {
                    let note = FoldNote::CannotClear { event: id, field };
                    self.notes.push(note);
                }
            }
        }
    }

    /// Writes a stage, if the step makes sense to who knew what its author knew.
    fn step(&mut self, step: Step, stage: Stage, at: usize, id: EventId) -> Standing {
        let (sense, known) = self.sense(step, at);
        let noted = match sense {
            Sense::Fits => None,
            // Said twice is said once.
            Sense::NoEffect if known == stage => return Standing::Inert,
            Sense::OutOfTurn => Some(FoldNote::OutOfTurn {
                event: id,
                stage: known,
            }),
            Sense::NoEffect => Some(FoldNote::NoEffect {
                event: id,
                stage: known,
            }),
        };
        self.notes.extend(noted);
        if sense == Sense::NoEffect {
            return Standing::Inert;
        }
        self.fields.stage.put(at, id, stage);
        Standing::Holds
    }

    /// What a step means to the author of the event at `at`, and the stage it knew.
    fn sense(&self, step: Step, at: usize) -> (Sense, Stage) {
        let known = self.fields.stage.known(at, self.causality);
        let known = join(known.into_iter().map(|(_, s)| *s));
        let Some(first) = known.first() else {
            // Nothing is known of it: whatever is said is the first word.
            return (Sense::Fits, Stage::Open);
        };
        if known.len() > 1 && step.is_progress() {
            return (Sense::NoEffect, *first);
        }
        let senses = known.iter().map(|s| (sense(step, *s), *s));
        senses.min().unwrap_or((Sense::Fits, *first))
    }

    /// Applies a judgement on a report.
    fn judge(
        &mut self,
        step: Step,
        report: EventId,
        at: usize,
        id: EventId,
        entries: &[Entry],
    ) -> Standing {
        let stands = self.ids.get(report).is_some_and(|r| {
            let entry = &entries[r];
            let is_report = matches!(entry.event.kind(), Some(Kind::Reported(_)));
            r < at && is_report && entry.standing == Standing::Holds
        });
        if !stands {
            self.notes.push(FoldNote::NoReport { event: id, report });
            return Standing::Inert;
        }
        let known = self.fields.report.known(at, self.causality);
        if !known.iter().any(|(event, _)| *event == report) {
            self.notes.push(FoldNote::StaleReport { event: id, report });
            return Standing::Inert;
        }
        let stage = match step {
            Step::Verify => Stage::Verified,
            _ => Stage::Returned,
        };
        self.step(step, stage, at, id)
    }

    /// What an `undone` does beside taking events back, which is done already.
    fn undone(&mut self, events: &[EventId], at: usize, id: EventId, entries: &[Entry]) {
        for &undone in events {
            match self.ids.get(undone) {
                None => {
                    let note = FoldNote::UndoesMissing { event: id, undone };
                    self.notes.push(note);
                }
                Some(p) if puts_on_map(&entries[p].event) => {
                    self.fields.stage.put(at, id, Stage::Cancelled);
                }
                Some(_) => {}
            }
        }
    }

    /// Gives a field the value that an earlier event gave it.
    fn choose(&mut self, choice: Choice, at: usize, id: EventId) {
        let f = &mut self.fields;
        let event = choice.event;
        let chosen = match choice.field {
            Field::Stage => f.stage.repeat(event, at, id),
            Field::Report => f.report.repeat(event, at, id),
            Field::Work => f.work.repeat(event, at, id),
            Field::Target => f.target.repeat(event, at, id),
            Field::Crew => f.crew.repeat(event, at, id),
            Field::Due => f.due.repeat(event, at, id),
            Field::Priority => f.priority.repeat(event, at, id),
            Field::Planned => f.planned.repeat(event, at, id),
            Field::Note => f.note.repeat(event, at, id),
        };
        if !chosen {
            self.notes.push(FoldNote::EmptyChoice {
                event: id,
                field: choice.field,
                chosen: event,
            });
        }
    }
}
