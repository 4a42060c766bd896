//! The lines of a report as they stand in its form.

use super::patches;
use crate::{
    state::{entry, session::Session},
    worker::protocol::{Draft, Known, LineEntry, TaskDetail},
};
use leptos::prelude::*;
use mendmap_core::{
    catalog::{Unit, WorkKind, WorkKindId},
    log::Measured,
};

/// A line of the form.
#[derive(Clone)]
pub struct Line {
    /// What was done.
    pub kind: WorkKind,
    /// In which unit.
    pub unit: Option<Unit>,
    /// How much, as typed.
    pub typed: RwSignal<String>,
    /// What is known without typing, and how.
    pub known: RwSignal<Known>,
    /// Patches by length and width, as typed.
    pub patches: RwSignal<Vec<(String, String)>>,
    /// What it was done with, as typed.
    pub material: RwSignal<String>,
    /// True for a line that may stay empty: it counts within the main one.
    pub optional: bool,
}

impl Line {
    /// What is wrong with it, beside the main line.
    pub(super) fn fault(&self, main: &Line) -> Option<entry::Fault> {
        let typed = self.typed.get();
        if self.optional && entry::plain(&typed).is_empty() {
            return None;
        }
        let is_part = self.kind.within.as_ref() == Some(&main.kind.id);
        let all = entry::read(&main.typed.get(), main.unit.as_ref()).ok();
        entry::read_part(&typed, self.unit.as_ref(), all.filter(|_| is_part)).err()
    }

    pub(super) fn is_improbable(&self, on_one_asset: bool) -> bool {
        let typed = self.typed.get();
        let read = entry::read(&typed, self.unit.as_ref());
        read.is_ok_and(|q| entry::is_improbable(q, &self.kind, on_one_asset))
    }

    pub(super) fn entry(&self) -> Option<LineEntry> {
        let quantity = entry::plain(&self.typed.get_untracked());
        let known = self.known.get_untracked();
        let (measured, covered) = match quantity == known.amount {
            true => (known.measured, known.covered),
            false => (Measured::Typed, Vec::new()),
        };
        let patches = match measured {
            Measured::Patches => patches::whole(&self.patches.get_untracked()),
            _ => Vec::new(),
        };
        (!quantity.is_empty()).then(|| LineEntry {
            work: self.kind.id.clone(),
            measured,
            quantity,
            material: self.material.get_untracked(),
            patches,
            covered,
        })
    }
}

/// The lines to fill in: what is suggested, and what may be added within it.
pub(super) fn lines(session: Session, detail: &TaskDetail, draft: Option<&Draft>) -> Vec<Line> {
    let Some(catalog) = session.catalog.get_untracked() else {
        return Vec::new();
    };
    let line = |work: &WorkKindId, suggested: String, measured: Measured, optional: bool| {
        let kind = catalog.work_kind(work)?.clone();
        let known = draft.and_then(|d| of(&d.known, work));
        let typed = draft.and_then(|d| of(&d.lines, work));
        // What was suggested then is suggested anew: more may have been done since.
        let by_hand = |known: &Known| {
            matches!(
                known.measured,
                Measured::Patches | Measured::Along | Measured::Tracked
            )
        };
        let as_told = |known: &Known| matches!(known.measured, Measured::Counted | Measured::Drawn);
        let old = known.clone().filter(as_told);
        let known = known.filter(by_hand);
        let typed = typed.filter(|typed| old.is_none_or(|old| old.amount != *typed));
        let typed = typed.unwrap_or_else(|| suggested.clone());
        let suggested = || Known {
            amount: suggested,
            measured,
            covered: Vec::new(),
        };
        let patches = draft.and_then(|d| of(&d.patches, work));
        let material = draft.and_then(|d| of(&d.materials, work));
        let unit = catalog.unit(&kind.unit).cloned();
        Some(Line {
            kind,
            unit,
            typed: RwSignal::new(typed),
            known: RwSignal::new(known.unwrap_or_else(suggested)),
            patches: RwSignal::new(patches.unwrap_or_default()),
            material: RwSignal::new(material.unwrap_or_default()),
            optional,
        })
    };
    let mut all: Vec<Line> = detail
        .suggested
        .iter()
        .filter_map(|l| line(&l.work, l.quantity.to_string(), l.measured.clone(), false))
        .collect();
    // A kind without a usual amount suggests nothing, and is asked for all the same.
    if let (true, Some(work)) = (all.is_empty(), &detail.task.summary.work) {
        all.extend(line(work, String::new(), Measured::Typed, false));
    }
    let extra = detail
        .extra
        .iter()
        .filter(|w| !detail.suggested.iter().any(|l| l.work == **w));
    all.extend(extra.filter_map(|work| line(work, String::new(), Measured::Typed, true)));
    all
}

/// What a draft holds of a kind of work.
fn of<T: Clone>(all: &[(String, T)], work: &WorkKindId) -> Option<T> {
    let own = all.iter().find(|(id, _)| *id == work.0);
    own.map(|(_, held)| held.clone())
}
