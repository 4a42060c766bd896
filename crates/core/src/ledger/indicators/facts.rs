//! What one task has to say to the indicators.

use super::rates::Denominator;
use super::{Asked, Day, Step};
use crate::catalog::{Catalog, WorkKindId};
use crate::ids::EventId;
use crate::ledger::counting::Counting;
use crate::log::{Kind, Moment};
use crate::task::{self, State, Task};

/// A task's times; all in milliseconds since 1970 but where it says otherwise.
pub(super) struct Facts {
    /// Where it stands; none where it was called off or is in conflict.
    pub(super) step: Option<Step>,
    pub(super) is_cancelled: bool,
    pub(super) is_open: bool,
    /// A report of it was sent back.
    pub(super) is_reworked: bool,
    pub(super) created: Option<Moment>,
    pub(super) due: Option<Moment>,
    pub(super) now: i64,
    /// When the handling clock started.
    start: Option<i64>,
    /// When the report that stands was written.
    handled: Option<i64>,
    closed: Option<i64>,
    /// Until when it is to be closed.
    close_by: Option<i64>,
    /// Until when the last report is to be checked, where it is.
    check_by: Option<i64>,
    /// When that one was verified or sent back.
    checked: Option<i64>,
}

impl Facts {
    pub(super) fn of(task: &Task, catalog: &Catalog, asked: &Asked, now: Moment) -> Facts {
        let asks = |work: &WorkKindId| {
            let kind = Counting::wanted(catalog, work, asked.state, asked.verification);
            !kind.admits(false)
        };
        let nameless = WorkKindId(String::new());
        let is_checked = asks(task.work.any().unwrap_or(&nameless));
        let standing = task.standing_report().map(|_| &task.report.written()[0]);
        let standing: Vec<EventId> = standing.iter().flat_map(|w| w.events()).collect();
        let handled = written(task, &standing);
        let verdicts = Verdicts::of(task);
        let closed = match (is_checked, task.state == State::Verified) {
            (false, _) => handled,
            (true, true) => verdicts.verified(&standing).or(handled),
            (true, false) => None,
        };
        let last = match standing.is_empty() {
            true => verdicts.last_returned().into_iter().collect(),
            false => standing,
        };
        let within = asked.check_within_ms;
        let reported = written(task, &last).filter(|_| is_checked);
        let due = task::deadline(task, catalog);
        let more = if is_checked { within } else { 0 };
        Facts {
            step: step(task, closed.is_some()),
            is_cancelled: task.state == State::Cancelled,
            is_open: task.is_open(),
            is_reworked: verdicts.0.iter().any(|verdict| !verdict.verified),
            created: task.created,
            due,
            now: ms(now),
            start: task::clock_start(task).map(ms),
            handled,
            closed,
            close_by: due.map(|due| ms(due).saturating_add(more)),
            check_by: reported.map(|at| at.saturating_add(within)),
            checked: reported.and_then(|_| verdicts.first_on(&last)),
        }
    }

    /// Whether its day lies in the period.
    pub(super) fn lies_in(&self, asked: &Asked) -> bool {
        let day = match asked.by {
            Day::Due => self.due,
            Day::Found => self.created,
        };
        day.is_some_and(|day| asked.period.contains(day.local_date()))
    }

    /// Not called off.
    pub(super) fn is_kept(&self) -> bool {
        !self.is_cancelled
    }

    pub(super) fn is_handled(&self) -> bool {
        self.handled.is_some()
    }

    pub(super) fn is_handled_in_time(&self) -> bool {
        is_by(self.handled, self.due.map(ms))
    }

    pub(super) fn is_closed(&self) -> bool {
        self.closed.is_some()
    }

    pub(super) fn is_closed_in_time(&self) -> bool {
        is_by(self.closed, self.close_by)
    }

    pub(super) fn is_checked_in_time(&self) -> bool {
        is_by(self.checked, self.check_by)
    }

    pub(super) fn is_among(&self, of: Denominator) -> bool {
        let is_over = |by: Option<i64>| is_by(by, Some(self.now));
        self.is_kept()
            && match of {
                Denominator::All => true,
                Denominator::Dated => self.due.is_some(),
                Denominator::Due => is_over(self.due.map(ms)),
                Denominator::DueToClose => is_over(self.close_by),
                Denominator::DueToCheck => is_over(self.check_by),
                Denominator::Handled => self.is_handled(),
                Denominator::Closed => self.is_closed(),
            }
    }

    /// How long it took to handle it.
    pub(super) fn handling_ms(&self) -> Option<i64> {
        Some(self.handled?.saturating_sub(self.start?))
    }

    /// How long it took to close it.
    pub(super) fn closing_ms(&self) -> Option<i64> {
        Some(self.closed?.saturating_sub(self.start?))
    }

    /// Closed, and nobody knows since when it had been there.
    pub(super) fn is_unclocked(&self) -> bool {
        self.is_closed() && self.start.is_none()
    }
}

/// Whether something happened by a time; both have to be known.
fn is_by(at: Option<i64>, by: Option<i64>) -> bool {
    matches!((at, by), (Some(at), Some(by)) if at <= by)
}

pub(super) fn ms(at: Moment) -> i64 {
    at.utc.as_millisecond()
}

fn step(task: &Task, is_closed: bool) -> Option<Step> {
    match task.state {
        State::Open if task.work.written().is_empty() => Some(Step::Found),
        State::Open => Some(Step::Filed),
        State::Dispatched => Some(Step::Dispatched),
        State::Accepted | State::UnderWay | State::Returned => Some(Step::UnderWay),
        State::Reported | State::Verified if is_closed => Some(Step::Closed),
        State::Reported | State::Verified => Some(Step::Reported),
        State::Cancelled | State::Conflict => None,
    }
}

/// When the first of some events was written.
fn written(task: &Task, events: &[EventId]) -> Option<i64> {
    let of = |id: &EventId| Some(ms(task.event(*id)?.envelope()?.corrected()));
    events.iter().filter_map(of).min()
}

struct Verdict {
    report: EventId,
    at: i64,
    verified: bool,
}

/// What was said of reports, as far as it holds.
struct Verdicts(Vec<Verdict>);

impl Verdicts {
    fn of(task: &Task) -> Verdicts {
        let verdict = |(kind, at): (&Kind, Moment)| {
            let (report, verified) = match kind {
                Kind::Verified(verified) => (verified.report, true),
                Kind::Returned(returned) => (returned.report, false),
                _ => return None,
            };
            let at = ms(at);
            Some(Verdict {
                report,
                at,
                verified,
            })
        };
        Verdicts(task::holding(task).filter_map(verdict).collect())
    }

    fn on<'a>(&'a self, reports: &'a [EventId]) -> impl Iterator<Item = &'a Verdict> {
        let all = self.0.iter();
        all.filter(|verdict| reports.contains(&verdict.report))
    }

    fn first_on(&self, reports: &[EventId]) -> Option<i64> {
        self.on(reports).map(|verdict| verdict.at).min()
    }

    fn verified(&self, reports: &[EventId]) -> Option<i64> {
        let verified = self.on(reports).filter(|verdict| verdict.verified);
        verified.map(|verdict| verdict.at).min()
    }

    fn last_returned(&self) -> Option<EventId> {
        let returned = self.0.iter().filter(|verdict| !verdict.verified);
        let last = returned.max_by_key(|verdict| (verdict.at, verdict.report));
        last.map(|verdict| verdict.report)
    }
}
