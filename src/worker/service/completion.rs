//! What a kind of work has reached, live and day by day.

use super::{Service, draft::read_date, state::State};
use crate::worker::protocol::{
    CompletionView, GoToDay, LeftRow, ListLeft, Notice, SetLeft, ShowCompletion, Trouble,
};
use jiff::civil::Date;
use mendmap_core::{
    catalog::WorkKindId,
    city::AssetSummary,
    geodesy::length_m,
    ids::AssetUid,
    ledger::{
        Period, completion,
        season::{Assets, Grid, Grouping, Left, Playhead, Season},
    },
    order::sort_by,
    task::Mark,
};
use std::{iter::empty, sync::Arc};

/// How long and wide a cell of the grid is, in metres: a quarter of an hour's walk across.
const CELL_M: u32 = 500;

/// The completion that is shown, and the day it is shown as of.
pub(super) struct Shown {
    pub(super) work: WorkKindId,
    /// With the groupings by street, by community and by cell, in this order.
    pub(super) head: Playhead,
    pub(super) grid: Option<Grid>,
    /// The period that was last looked at beside it.
    pub(super) beside: Option<Season>,
    left: Left,
    /// Which assets the map marks, by their numbers; none where it marks all.
    marked: Option<Vec<bool>>,
    quantity: String,
    conflicts: u64,
}

impl Shown {
    fn mark(&self, uid: &AssetUid) -> Mark {
        let number = self.head.season().assets().number(uid);
        let is_marked = |n: &usize| self.marked.as_ref().is_none_or(|marked| marked[*n]);
        let number = number.filter(is_marked);
        number.map_or(Mark::None, |number| self.head.mark(number))
    }

    /// Notes which assets the map marks.
    fn choose_marked(&mut self) {
        self.marked = (self.left != Left::NotDone).then(|| {
            let season = self.head.season();
            let mut marked = vec![false; season.assets().len()];
            for asset in season.left(self.head.day(), self.left) {
                marked[asset] = true;
            }
            marked
        });
    }
}

impl Service {
    pub(super) fn show_completion(&self, q: &ShowCompletion) -> Result<CompletionView, Trouble> {
        let period = read_period(&q.from, &q.to)?;
        let on = q.on.as_deref().map(read_date).transpose()?;
        self.with(|state| {
            state.show(q.work.clone(), period, on, Left::NotDone);
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
        let view = self.with(|state| {
            let view = state.completion_again();
            state.mark_all();
            Ok(view)
        });
        if let Ok(Some(view)) = view {
            self.notify(Notice::Completion { view });
        }
    }
}

/// A period as the page names it.
pub(super) fn read_period(from: &str, to: &str) -> Result<Period, Trouble> {
    Ok(Period {
        from: read_date(from)?,
        to: read_date(to)?,
    })
}

impl State {
    /// A season of the assets that a kind of work is done to.
    pub(super) fn season(&self, work: &WorkKindId, period: Period, assets: Arc<Assets>) -> Season {
        let tasks = self.tasks.iter().map(|task| &**task);
        let verification = self.context().verification;
        let catalog = self.catalog();
        Season::new(
            catalog,
            work,
            period,
            tasks,
            self.cells(),
            assets,
            verification,
        )
    }

    /// The last day of a period that can be looked at: nobody knows what comes after today.
    fn last_day(&self, period: Period) -> Date {
        period.to.min(self.today()).max(period.from)
    }

    /// Shows a completion as of a day of its period; as of the last one that can be looked at where
    /// none is named, or one beyond it.
    fn show(&mut self, work: WorkKindId, period: Period, day: Option<Date>, left: Left) {
        self.count(work, period, day, left);
        self.mark_all();
    }

    /// The same, and turns no mark.
    fn count(&mut self, work: WorkKindId, period: Period, day: Option<Date>, left: Left) {
        let kinds = self.catalog().work_kind(&work);
        let kinds = kinds.map_or(&[][..], |kind| &kind.applies_to);
        let assets = Arc::new(Assets::of(&self.city, kinds));
        let grid = self.city.bounds().map(|b| Grid::new(b, CELL_M));
        let by_cell = grid.as_ref().map(|grid| Grouping::cells(&assets, grid));
        let groupings = [Grouping::streets(&assets), Grouping::communities(&assets)];
        let groupings = groupings.into_iter().chain(by_cell).collect();
        let season = self.season(&work, period, assets);
        let last = self.last_day(period);
        let day = day.map_or(last, |day| day.max(period.from).min(last));
        // What was done is added up by the same rules; the assets are the season's.
        let tasks = self.tasks.iter().map(|task| &**task);
        let verification = self.context().verification;
        let (catalog, cells) = (self.catalog(), self.cells());
        let sum = completion(catalog, &work, period, tasks, cells, empty(), verification);
        let mut shown = Shown {
            work,
            head: Playhead::new(season, day, groupings),
            grid,
            beside: None,
            left,
            marked: None,
            quantity: sum
                .quantity
                .map_or_else(|| "0".into(), |quantity| quantity.to_string()),
            conflicts: sum.conflicts,
        };
        shown.choose_marked();
        self.shown = Some(shown);
    }

    /// Counts again what is shown; none where nothing is. The marks of the assets whose work changed
    /// are still to be turned.
    pub(super) fn completion_again(&mut self) -> Option<CompletionView> {
        let shown = self.shown.take()?;
        let period = shown.head.season().period();
        let day = shown.head.day();
        let is_last = day == self.last_day(period);
        let day = (!is_last).then_some(day);
        self.count(shown.work, period, day, shown.left);
        self.completion_view()
    }

    /// Goes to another day.
    pub(super) fn go_to_day(&mut self, q: &GoToDay) -> Result<CompletionView, Trouble> {
        let Some(mut shown) = self.shown.take() else {
            return Err(nothing_shown());
        };
        let last = self.last_day(shown.head.season().period());
        let day = shown.head.season().day(q.day).unwrap_or(last).min(last);
        let assets = Arc::clone(shown.head.season().assets());
        let marks_all = shown.left == Left::NotDone;
        let city = &mut self.city;
        shown.head.go(day, &mut |asset, mark| {
            if let Some(uid) = assets.uid(asset).filter(|_| marks_all) {
                city.set_mark(&uid, mark.code());
            }
        });
        shown.choose_marked();
        self.shown = Some(shown);
        if !marks_all {
            self.mark_all();
        }
        self.completion_view().ok_or_else(nothing_shown)
    }

    /// Says which assets count as left.
    pub(super) fn set_left(&mut self, q: &SetLeft) -> Result<CompletionView, Trouble> {
        let shown = self.shown.as_mut().ok_or_else(nothing_shown)?;
        shown.left = q.left;
        shown.choose_marked();
        self.mark_all();
        self.completion_view().ok_or_else(nothing_shown)
    }

    fn completion_view(&self) -> Option<CompletionView> {
        let shown = self.shown.as_ref()?;
        let season = shown.head.season();
        let period = season.period();
        Some(CompletionView {
            counts: shown.head.whole(),
            on: shown.head.day().to_string(),
            day: season.number(shown.head.day()),
            last: season.number(self.last_day(period)),
            left: shown.left,
            quantity: shown.quantity.clone(),
            conflicts: shown.conflicts,
            left_total: season.left(shown.head.day(), shown.left).count(),
        })
    }

    /// The kind of work whose completion is shown.
    pub(super) fn shown_work(&self) -> Option<&WorkKindId> {
        self.shown.as_ref().map(|shown| &shown.work)
    }

    /// What is left by the completion that is shown, and how it stands.
    pub(super) fn what_is_left(&self) -> impl Iterator<Item = (AssetSummary, Mark)> + '_ {
        let shown = self.shown.iter();
        let left = shown.flat_map(|shown| {
            let season = shown.head.season();
            let left = season.left(shown.head.day(), shown.left);
            left.filter_map(|n| Some((season.assets().uid(n)?, shown.head.mark(n))))
        });
        left.filter_map(|(uid, mark)| Some((self.city.summary(&uid)?, mark)))
    }

    /// The first of what is left, nearest first; equally near by street and code.
    pub(super) fn left(&self, q: &ListLeft) -> Vec<LeftRow> {
        let left = self.what_is_left();
        let mut rows: Vec<LeftRow> = left
            .map(|(asset, mark)| LeftRow {
                metres: q.at.map(|at| length_m(&[at, asset.at])),
                asset,
                mark,
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
            Some(shown) => shown.mark(uid),
            None => self.before.mark(&self.tasks, *uid),
        }
    }

    /// Turns every mark of the city.
    pub(super) fn mark_all(&mut self) {
        let (shown, tasks, before) = (&self.shown, &self.tasks, &self.before);
        self.city.set_marks(&|uid| match shown {
            Some(shown) => shown.mark(uid).code(),
            None => before.mark(tasks, *uid).code(),
        });
    }
}

/// What is asked of a completion that is not shown any more.
pub(super) fn nothing_shown() -> Trouble {
    Trouble::NotThere {
        what: "completion".into(),
    }
}
