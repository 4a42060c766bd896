//! What a kind of work has reached, live.

use super::{Service, draft::read_date, state::State};
use crate::worker::protocol::{CompletionView, LeftRow, ListLeft, Notice, ShowCompletion, Trouble};
use mendmap_core::{
    catalog::WorkKindId,
    city::AssetSummary,
    geodesy::length_m,
    ids::AssetUid,
    ledger::{Completion, Period, Status, completion},
    order::sort_by,
    task::Mark,
};

/// What the completion layer shows, and how it stands.
pub(super) struct Shown {
    work: WorkKindId,
    period: Period,
    now: Completion,
}

impl Service {
    pub(super) fn show_completion(&self, q: &ShowCompletion) -> Result<CompletionView, Trouble> {
        let period = Period {
            from: read_date(&q.from)?,
            to: read_date(&q.to)?,
        };
        self.with(|state| {
            let now = state.completion_of(&q.work, period);
            state.shown = Some(Shown {
                work: q.work.clone(),
                period,
                now,
            });
            state.mark_all();
            state.completion_view().ok_or_else(|| Trouble::NotThere {
                what: q.work.0.clone(),
            })
        })
    }

    pub(super) fn hide_completion(&self) -> Result<(), Trouble> {
        self.with(|state| {
            state.shown = None;
            state.mark_all();
            Ok(())
        })
    }

    /// After assets came or went: says how the shown completion stands now.
    pub(super) fn completion_moved(&self) {
        if let Ok(Some(view)) = self.with(|state| Ok(state.completion_again())) {
            self.notify(Notice::Completion { view });
        }
    }
}

impl State {
    fn completion_of(&self, work: &WorkKindId, period: Period) -> Completion {
        let kinds = self
            .catalog()
            .work_kind(work)
            .map_or(&[][..], |kind| &kind.applies_to);
        let assets = self.city.uids_of(kinds);
        let tasks = self.tasks.iter().map(|task| &**task);
        completion(
            self.catalog(),
            work,
            period,
            tasks,
            self.cells(),
            assets,
            self.context().verification,
        )
    }

    /// Counts again what is shown; none where nothing is.
    pub(super) fn completion_again(&mut self) -> Option<CompletionView> {
        let Shown { work, period, .. } = self.shown.take()?;
        let now = self.completion_of(&work, period);
        self.shown = Some(Shown { work, period, now });
        self.mark_all();
        self.completion_view()
    }

    fn completion_view(&self) -> Option<CompletionView> {
        let now = &self.shown.as_ref()?.now;
        Some(CompletionView {
            never: now.never,
            open: now.open,
            done: now.done,
            quantity: now
                .quantity
                .map_or_else(|| "0".into(), |quantity| quantity.to_string()),
            conflicts: now.conflicts,
            left_total: now.left().count(),
        })
    }

    /// The kind of work whose completion is shown.
    pub(super) fn shown_work(&self) -> Option<&WorkKindId> {
        self.shown.as_ref().map(|shown| &shown.work)
    }

    /// What is left by the completion that is shown, and how it stands.
    pub(super) fn what_is_left(&self) -> impl Iterator<Item = (AssetSummary, Status)> + '_ {
        let shown = self.shown.iter();
        let left = shown.flat_map(|shown| shown.now.left());
        left.filter_map(|(uid, status)| Some((self.city.summary(&uid)?, status)))
    }

    /// The first of what is left, nearest first; equally near by street and code.
    pub(super) fn left(&self, q: &ListLeft) -> Vec<LeftRow> {
        let left = self.what_is_left();
        let mut rows: Vec<LeftRow> = left
            .map(|(asset, status)| LeftRow {
                metres: q.at.map(|at| length_m(&[at, asset.at])),
                asset,
                open: status == Status::Open,
            })
            .collect();
        let metres = |row: &LeftRow| row.metres.unwrap_or_default();
        sort_by(&mut rows, |a, b| {
            let nearer = metres(a).total_cmp(&metres(b));
            let (a, b) = (&a.asset, &b.asset);
            nearer
                .then_with(|| a.street.cmp(&b.street))
                .then_with(|| a.code.cmp(&b.code))
        });
        rows.truncate(q.count);
        rows
    }

    /// The mark an asset wears: of the completion that is shown, else of its tasks.
    pub(super) fn mark_of(&self, uid: &AssetUid) -> Mark {
        match &self.shown {
            Some(shown) => shown
                .now
                .assets
                .get(uid)
                .map_or(Mark::None, |s| Mark::from(*s)),
            None => self.before.mark(&self.tasks, *uid),
        }
    }

    /// Turns every mark of the city.
    pub(super) fn mark_all(&mut self) {
        let (shown, tasks, before) = (&self.shown, &self.tasks, &self.before);
        self.city.set_marks(&|uid| match shown {
            Some(shown) => shown
                .now
                .assets
                .get(uid)
                .map_or(Mark::None, |s| Mark::from(*s))
                .code(),
            None => before.mark(tasks, *uid).code(),
        });
    }
}
