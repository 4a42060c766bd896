//! The form: of what, to whom, until when, and how large a round is. What was typed is kept until it
//! is given out.

use crate::{
    mode::{Mode, Screen},
    state::{effect::on_change, stored},
    worker::protocol::{Giving, PartBy, PlannedFrom, RoundPlan, Trouble},
};
use leptos::prelude::*;
use mendmap_core::{
    catalog::{CrewId, WorkKindId},
    ledger::due::Area,
    task::Moved,
};
use serde::{Deserialize, Serialize};

/// How many assets a round has at most if nobody says otherwise: a day of two people.
const MOST: &str = "40";

/// The fields, as they are typed, and what the worker says of them.
#[derive(Clone, Copy)]
pub struct PlanForm {
    pub(super) work: RwSignal<String>,
    pub(super) by: RwSignal<Area>,
    /// Of what falls due, at which places.
    pub(super) names: RwSignal<Vec<Option<String>>>,
    pub(super) crews: RwSignal<Vec<CrewId>>,
    pub(super) moved: RwSignal<Vec<Moved>>,
    pub(super) most: RwSignal<String>,
    pub(super) due: RwSignal<String>,
    pub(super) note: RwSignal<String>,
    /// Whose share is looked at, to correct it, and in which parts.
    pub(super) parted: RwSignal<Option<(CrewId, PartBy)>>,
    pub(super) plan: RwSignal<Option<RoundPlan>>,
    pub(super) trouble: RwSignal<Option<Trouble>>,
    pub(super) busy: RwSignal<bool>,
    key: StoredValue<String>,
}

/// What is kept of it.
#[derive(Serialize, Deserialize)]
struct Kept {
    work: String,
    by: Area,
    names: Vec<Option<String>>,
    crews: Vec<CrewId>,
    moved: Vec<Moved>,
    most: String,
    due: String,
    note: String,
}

impl PlanForm {
    /// The form of a screen, as it was left.
    pub(super) fn of(mode: Mode) -> PlanForm {
        let screen = Screen {
            mode,
            ..Screen::default()
        };
        let key = format!("draft:{}", screen.to_hash());
        let kept = stored::read(&key).and_then(|text| serde_json::from_str(&text).ok());
        let kept = kept.unwrap_or_else(|| Kept {
            work: String::new(),
            by: Area::Street,
            names: Vec::new(),
            crews: Vec::new(),
            moved: Vec::new(),
            most: MOST.to_owned(),
            due: String::new(),
            note: String::new(),
        });
        let form = PlanForm {
            work: RwSignal::new(kept.work),
            by: RwSignal::new(kept.by),
            names: RwSignal::new(kept.names),
            crews: RwSignal::new(kept.crews),
            moved: RwSignal::new(kept.moved),
            most: RwSignal::new(kept.most),
            due: RwSignal::new(kept.due),
            note: RwSignal::new(kept.note),
            parted: RwSignal::new(None),
            plan: RwSignal::new(None),
            trouble: RwSignal::new(None),
            busy: RwSignal::new(false),
            key: StoredValue::new(key),
        };
        form.keep();
        form
    }

    fn keep(self) {
        let kept = move || Kept {
            work: self.work.get(),
            by: self.by.get(),
            names: self.names.get(),
            crews: self.crews.get(),
            moved: self.moved.get(),
            most: self.most.get(),
            due: self.due.get(),
            note: self.note.get(),
        };
        on_change(
            move || drop(kept()),
            move || {
                if let Ok(text) = serde_json::to_string(&kept()) {
                    stored::write(&self.key.get_value(), Some(&text));
                }
            },
        );
    }

    /// Under which it is kept.
    pub(super) fn key(self) -> String {
        self.key.get_value()
    }

    /// What is to be given out, as it stands in the form.
    pub(super) fn giving(self, from: Option<PlannedFrom>) -> Option<Giving> {
        let work = self.work.get();
        let most = self.most.get().trim().parse().ok();
        Some(Giving {
            work: (!work.is_empty()).then_some(WorkKindId(work))?,
            from: from?,
            crews: self.crews.get(),
            moved: self.moved.get(),
            most: most.filter(|most| *most > 0)?,
            due: self.due.get(),
            note: self.note.get(),
        })
    }
}
