//! What one task says of its assets, from which day to which.

use super::days::Days;
use crate::ids::AssetUid;
use crate::ledger::Cell;
use crate::ledger::counting::{Counting, done_at, targets};
use crate::log::{Kind, WorkLine};
use crate::order;
use crate::task::{Mark, State, Task, holding};

/// Told once for each asset and mark: from a day on and, where it ends, up to the day before
/// another.
pub(super) type Say<'s> = dyn FnMut(AssetUid, i32, i32, Mark) + 's;

/// Tells the way of tasks of one kind of work.
pub(super) struct Teller<'a> {
    pub(super) counting: Counting<'a>,
    pub(super) days: Days,
}

impl Teller<'_> {
    /// What a task says. A task that was called off says nothing of any day.
    pub(super) fn task(&self, task: &Task, say: &mut Say<'_>) {
        let asks = self.counting.asks(task);
        let until = match task.state {
            State::Cancelled => return,
            State::Reported | State::Verified => {
                let Some(report) = task.standing_report() else {
                    return;
                };
                let day = self.days.number(report.done_on);
                let verified = task.state == State::Verified;
                self.report(day, verified, &report.lines, &targets(task), say);
                day
            }
            State::Conflict if self.counting.concerns(task) => self.conflict(task, say),
            State::Conflict => return,
            _ => i32::MAX,
        };
        if asks {
            self.way(task, until, say);
        }
    }

    /// What a closed task says of which no more is known.
    pub(super) fn cell(&self, cell: &Cell, say: &mut Say<'_>) {
        let day = self.days.number(cell.done_on);
        self.report(day, cell.what.verified, &cell.what.lines, &cell.assets, say);
    }

    /// What a report says that stands. One from before the period that counts is told as well,
    /// for the cycle; one that waits from before it or that comes after it is not.
    fn report(
        &self,
        day: i32,
        verified: bool,
        lines: &[WorkLine],
        targets: &[AssetUid],
        say: &mut Say<'_>,
    ) {
        let admitted = self.counting.admits(verified);
        let mark = match (admitted, verified) {
            (true, true) => Mark::Verified,
            (true, false) => Mark::Done,
            (false, _) => Mark::Reported,
        };
        let until = match day {
            ..0 if admitted => 0,
            day if self.days.is_in(day) => i32::MAX,
            _ => return,
        };
        for asset in self.places(lines, targets) {
            say(asset, day, until, mark);
        }
    }

    /// The assets that lines of the kind were done to.
    fn places(&self, lines: &[WorkLine], targets: &[AssetUid]) -> Vec<AssetUid> {
        let lines = self.counting.lines(lines);
        order::distinct(lines.iter().flat_map(|line| done_at(targets, line)))
    }

    /// What people decided differently: of the assets that were asked about, and of those that
    /// any report says the work was done to. From which day on, too: the first of those decisions.
    fn conflict(&self, task: &Task, say: &mut Say<'_>) -> i32 {
        let reports = task.report.written().iter();
        let done = reports.clone().map(|w| self.days.number(w.value.done_on));
        let decided = task
            .stage
            .written()
            .iter()
            .filter(|_| task.stage.is_conflict());
        // A report is of the day of the work, which is among the others.
        let decided = decided.flat_map(|w| w.events()).filter_map(|id| {
            let event = task.event(id)?;
            let at = event.envelope()?.corrected().local_date();
            (!matches!(event.kind(), Some(Kind::Reported(_)))).then(|| self.days.number(at))
        });
        let since = done.chain(decided).min().unwrap_or(i32::MIN);
        let mut assets = Vec::new();
        if self.counting.asks(task) {
            assets = asked(task);
        }
        let targets = targets(task);
        assets.extend(reports.flat_map(|w| self.places(&w.value.lines, &targets)));
        for asset in order::distinct(assets) {
            say(asset, since, i32::MAX, Mark::Conflict);
        }
        since
    }

    /// How far a task had come by each day before it was done: each word of it counts from its day
    /// on, and the last one is what the fold makes of all.
    fn way(&self, task: &Task, until: i32, say: &mut Say<'_>) {
        let number = |at: crate::log::Moment| self.days.number(at.local_date());
        let mut steps = vec![(task.created.map_or(i32::MIN, number), Mark::Open)];
        for (kind, at) in holding(task) {
            let mark = match kind {
                Kind::Dispatched(_) | Kind::Accepted(_) => Mark::Open,
                Kind::Started(_) => Mark::UnderWay,
                Kind::Returned(returned) => {
                    let report = task.event(returned.report).map(|event| event.kind());
                    if let Some(Some(Kind::Reported(report))) = report {
                        let (from, to) = (self.days.number(report.done_on), number(at).min(until));
                        for asset in self.places(&report.lines, &targets(task)) {
                            say(asset, from, to, Mark::Reported);
                        }
                    }
                    Mark::SentBack
                }
                _ => continue,
            };
            steps.push((number(at), mark));
        }
        // Causes stay before their effects where the clocks agree about the day.
        order::sort_by_key(&mut steps, |(day, _)| *day);
        // Of who did not know of each other the one counts who came further, or decided; the
        // fold knows.
        if let Some(last) = steps.last_mut()
            && task.is_open()
            && task.state != State::Conflict
        {
            last.1 = Mark::of(task.state);
        }
        let assets = asked(task);
        let ends = steps.iter().skip(1).map(|(day, _)| *day).chain([until]);
        for ((from, mark), to) in steps.iter().zip(ends) {
            for asset in &assets {
                say(*asset, *from, to.min(until), *mark);
            }
        }
        for (asset, tick) in task.ticks.iter().filter(|(_, tick)| tick.done) {
            let events = tick.events.iter().filter_map(|id| task.event(*id));
            let days = events.filter_map(|event| Some(number(event.envelope()?.corrected())));
            say(
                *asset,
                days.min().unwrap_or(i32::MIN),
                until,
                Mark::UnderWay,
            );
        }
    }
}

/// The assets that a task is about, by all who said so.
fn asked(task: &Task) -> Vec<AssetUid> {
    let targets = task.target.written().iter();
    let assets = targets.flat_map(|w| w.value.assets());
    order::distinct(assets.map(|asset| asset.uid))
}
