//! Reports that wait to be checked, with what whoever checks them should see first.

use super::find::{apart, may_be};
use super::{Context, ReportView, Task, TaskSummary, crew_of, deadline};
use crate::account::Members;
use crate::catalog::{Catalog, CrewId, WorkKindId};
use crate::ids::TaskUid;
use crate::log::day::days_between;
use crate::log::{Kind, Moment, Quantity, Reported, Target};
use crate::order::sort_by;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Work of one kind is looked for in so many days before, and so near, in metres: what was done
/// there already may have been reported twice.
const AGAIN_DAYS: i64 = 7;
const AGAIN_M: f64 = 15.0;
/// Nearer than this, in metres, a phone is at the place: a lamp is mended from across the street.
const FAR_M: f64 = 200.0;

/// A report that waits to be checked.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Review {
    /// The task.
    pub task: TaskSummary,
    /// Whose work it is, as in the ledger ([`crew_of`]); none where nobody can say it.
    pub crew: Option<CrewId>,
    /// What was reported.
    pub report: ReportView,
    /// When, by the corrected clock of who reported.
    pub reported_at: Option<Moment>,
    /// How much was expected, in the work kind's unit.
    pub planned: Option<Quantity>,
    /// Entries of the pictures of what was found, a space between.
    pub found_photos: String,
    /// What is odd about it, the gravest first.
    pub remarks: Vec<Remark>,
}

/// Something about a report that whoever checks it should look at. None of it says that the
/// report is wrong.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Remark {
    /// Work of the same kind was reported for the same place a few days before, or the same day.
    Again {
        /// By this task.
        task: TaskUid,
        /// For this day.
        #[serde(with = "crate::log::day")]
        done_on: Date,
    },
    /// More than one report of this kind usually holds.
    Improbable {
        /// Of this kind of work.
        work: WorkKindId,
        /// So much.
        quantity: Quantity,
        /// Where this is usually the most.
        usual: Quantity,
    },
    /// More than twice what was expected, or less than half.
    UnlikePlan {
        /// So much was expected.
        planned: Quantity,
    },
    /// The phone was so far away, in whole metres, when work was begun.
    Away {
        /// Metres, beyond what the phone knew of its own place.
        metres: u32,
    },
    /// Reported so long after its deadline, in milliseconds.
    Late {
        /// Milliseconds.
        ms: i64,
    },
    /// Reported so many days after it was done.
    BackDated {
        /// Days.
        days: i64,
    },
    /// There is no picture of what was done.
    NoPhoto,
}

/// The reports of `tasks` that wait to be checked, the longest waiting first: those of one crew
/// where one is asked for, and those of which it is disputed whether they are.
///
/// `all` are the tasks among which work that was reported twice is looked for.
pub fn reviews<'a>(
    tasks: impl Iterator<Item = &'a Task>,
    all: &[&Task],
    catalog: &Catalog,
    members: &Members,
    crew: Option<&CrewId>,
) -> Vec<Review> {
    let of_crew = |task: &&Task| {
        let is = |crew| crew_of(task, catalog, members).is_among(std::slice::from_ref(crew));
        crew.is_none_or(|crew| is(crew) != Some(false))
    };
    let waiting = tasks.filter(|task| waits(task)).filter(of_crew);
    let mut reviews: Vec<Review> = waiting
        .filter_map(|task| review(task, all, catalog, members))
        .collect();
    sort_by(&mut reviews, |a, b| {
        (a.reported_at, a.task.uid).cmp(&(b.reported_at, b.task.uid))
    });
    reviews
}

/// Whether a report of it waits to be checked.
pub fn waits(task: &Task) -> bool {
    let checked = Context {
        verification: true,
        dispatch: false,
    };
    // Nothing else can be verified, and most tasks are something else.
    task.state == super::State::Reported
        && task.standing_report().is_some()
        && super::offered(task, checked)
            .iter()
            .any(|action| matches!(action, super::Action::Verify { .. }))
}

/// So many of each crew's reports, drawn by lot: for a check at the place. The same `seed` draws
/// the same, whatever else waits of other crews.
pub fn sample(reviews: &[Review], per_crew: usize, seed: u64) -> Vec<TaskUid> {
    let mut crews: BTreeMap<Option<&CrewId>, Vec<(u64, TaskUid)>> = BTreeMap::new();
    for review in reviews {
        let uid = review.task.uid;
        let lot = (lot(seed, uid), uid);
        crews.entry(review.crew.as_ref()).or_default().push(lot);
    }
    let drawn = crews.into_values().flat_map(|mut lots| {
        lots.sort_unstable();
        lots.truncate(per_crew);
        lots
    });
    drawn.map(|(_, uid)| uid).collect()
}

/// A number that nobody can choose by choosing a uid: SplitMix64's last step over both halves.
fn lot(seed: u64, uid: TaskUid) -> u64 {
    let (high, low) = uid.0.as_u64_pair();
    let mix = |mut n: u64| {
        n = (n ^ (n >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        n = (n ^ (n >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        n ^ (n >> 31)
    };
    mix(mix(seed ^ high).wrapping_add(low))
}

fn review(task: &Task, all: &[&Task], catalog: &Catalog, members: &Members) -> Option<Review> {
    let report = task.standing_report()?;
    let view = task.view(Context::default());
    let reported_at = reported_at(task);
    let photos = task.found_photos().into_iter();
    Some(Review {
        remarks: remarks(task, report, reported_at, all, catalog),
        report: view.reports.into_iter().next()?,
        reported_at,
        planned: task.planned.any().copied().flatten(),
        found_photos: photos.flat_map(|photo| [&*photo.sha256, " "]).collect(),
        crew: crew_of(task, catalog, members).one().cloned(),
        task: view.summary,
    })
}

fn reported_at(task: &Task) -> Option<Moment> {
    let written = task.report.written().first()?;
    Some(task.event(written.event)?.envelope()?.corrected())
}

fn remarks(
    task: &Task,
    report: &Reported,
    at: Option<Moment>,
    all: &[&Task],
    catalog: &Catalog,
) -> Vec<Remark> {
    let mut found = Vec::new();
    found.extend(again(task, report, all));
    let on_one_asset = matches!(task.target.any().map(|t| &**t), Some(Target::Asset(_)));
    for line in &report.lines {
        let kind = catalog.work_kind(&line.work);
        let usual = kind.and_then(|kind| kind.usual_most(on_one_asset));
        if let Some(usual) = usual.map(Quantity).filter(|usual| line.quantity > *usual) {
            found.push(Remark::Improbable {
                work: line.work.clone(),
                quantity: line.quantity,
                usual,
            });
        }
    }
    found.extend(unlike_plan(task, report));
    found.extend(away(task).map(|metres| Remark::Away { metres }));
    if let (Some(at), Some(due)) = (at, deadline(task, catalog))
        && at.utc > due.utc
    {
        let ms = at.utc.as_millisecond() - due.utc.as_millisecond();
        found.push(Remark::Late { ms });
    }
    let days = at.and_then(|at| days_between(report.done_on, at.local_date()));
    if let Some(days) = days.filter(|days| *days > 0) {
        found.push(Remark::BackDated { days });
    }
    if report.photos.is_empty() && !ticks_have_photos(task) {
        found.push(Remark::NoPhoto);
    }
    found
}

/// An earlier report of the same kind, or one of the same day, at the same place.
fn again(task: &Task, report: &Reported, all: &[&Task]) -> Option<Remark> {
    let work = &report.lines.first()?.work;
    let target = &**task.target.any()?;
    let is_before = |done_on: Date| {
        let days = days_between(done_on, report.done_on);
        days.is_some_and(|days| (0..=AGAIN_DAYS).contains(&days))
    };
    let same = |other: &&&Task| {
        // Two drains side by side are two.
        let near = |of: &Target| {
            shares(of, target) && apart(of, target).is_some_and(|metres| metres <= AGAIN_M)
        };
        other.uid != task.uid
            && may_be(other, work)
            && other.target.any().is_some_and(|other| near(other))
    };
    // The day is asked first: where things are is measured.
    let of_these_days = all.iter().filter(|other| {
        let report = other.standing_report();
        report.is_some_and(|report| is_before(report.done_on))
    });
    let reports = of_these_days.filter(same).filter_map(|other| {
        let done_on = other.standing_report()?.done_on;
        Some((done_on, other.uid))
    });
    let (done_on, task) = reports.max()?;
    Some(Remark::Again { task, done_on })
}

/// Whether two targets share an asset, where both name some.
fn shares(one: &Target, other: &Target) -> bool {
    let (ours, theirs) = (one.assets(), other.assets());
    ours.is_empty()
        || theirs.is_empty()
        || theirs.iter().any(|asset| one.asset(asset.uid).is_some())
}

fn unlike_plan(task: &Task, report: &Reported) -> Option<Remark> {
    let planned = task.planned.any().copied().flatten()?;
    let work = task.work.any()?;
    let lines = report.lines.iter().filter(|line| line.work == *work);
    let done: rust_decimal::Decimal = lines.map(|line| line.quantity.0).sum();
    let twice = rust_decimal::Decimal::TWO;
    let unlike = done > planned.0 * twice || done * twice < planned.0;
    unlike.then_some(Remark::UnlikePlan { planned })
}

/// How far the phone was from the place when work was begun, beyond what it knew of itself; none
/// within [`FAR_M`].
fn away(task: &Task) -> Option<u32> {
    let target = &**task.target.any()?;
    let begun =
        task.events
            .iter()
            .filter_map(|entry| match (entry.standing, entry.event.kind()?) {
                (super::Standing::Holds, Kind::Started(started)) => {
                    Some((started.position?, started.accuracy_mm.unwrap_or_default()))
                }
                _ => None,
            });
    let far = begun.filter_map(|(position, accuracy_mm)| {
        let metres = super::find::metres_from(target, position)?;
        Some(metres - f64::from(accuracy_mm) / 1000.0)
    });
    let nearest = far.min_by(f64::total_cmp)?;
    (nearest > FAR_M).then_some(nearest as u32)
}

fn ticks_have_photos(task: &Task) -> bool {
    let entries = task.events.iter();
    let holding = entries.filter(|entry| entry.standing == super::Standing::Holds);
    let mut kinds = holding.filter_map(|entry| entry.event.kind());
    kinds.any(|kind| matches!(kind, Kind::Ticked(ticked) if !ticked.photos.is_empty()))
}
