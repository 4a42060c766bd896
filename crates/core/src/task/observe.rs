//! Rounds that observe: a figure that is found by looking at assets one by one, such as lamps at
//! night. What is amiss becomes open work of another kind; what nobody says anything of is well.
//!
//! Who finishes such a round says that it was walked: only then does anything count as seen.

use super::action::may;
use super::check::{Drafted, Refusal};
use super::{Action, State, Task, find, undo};
use crate::catalog::{Catalog, Observes, WorkKind};
use crate::ids::{AssetUid, TaskUid};
use crate::log::{Found, Measured, Quantity, Target, WorkLine};
use rust_decimal::{Decimal, RoundingStrategy};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// What a round that observes comes to, or came to when it was reported.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    /// How many of its assets are looked at.
    pub all: usize,
    /// Those that are amiss.
    pub amiss: Vec<AssetUid>,
}

impl Task {
    /// The kind of work of a round that observes, and what it looks at.
    pub fn observes<'c>(&self, catalog: &'c Catalog) -> Option<(&'c WorkKind, &'c Observes)> {
        let is_round = matches!(
            self.target.any().map(|target| &**target),
            Some(Target::Round(_))
        );
        let kind = catalog.work_kind(self.work.any()?)?;
        is_round.then_some(kind).zip(kind.observes.as_ref())
    }

    /// What a round that observes comes to. Where its report stands that is what the report says,
    /// whatever was mended since; else `is_amiss` says it of each asset.
    pub fn seen(&self, catalog: &Catalog, is_amiss: &dyn Fn(AssetUid) -> bool) -> Option<Seen> {
        let (kind, _) = self.observes(catalog)?;
        let assets = self.target.any()?.assets().iter().map(|asset| asset.uid);
        let reported = self.standing_report();
        let line = reported.and_then(|report| report.lines.iter().find(|l| l.work == kind.id));
        let amiss = match line {
            None => assets.clone().filter(|uid| is_amiss(*uid)).collect(),
            Some(line) if line.quantity.0.is_zero() => assets.clone().collect(),
            // A figure that was typed names nothing.
            Some(line) if line.assets.is_empty() => Vec::new(),
            Some(line) => assets
                .clone()
                .filter(|uid| !line.assets.contains(uid))
                .collect(),
        };
        let all = assets.count();
        Some(Seen { all, amiss })
    }

    /// The line that a report of a round that observes has: the rate of those that are well, at
    /// them. It is rounded down to the decimals of its unit, and is never nothing where some are.
    pub fn rate_line(&self, catalog: &Catalog, seen: &Seen) -> Option<WorkLine> {
        let (kind, _) = self.observes(catalog)?;
        let decimals = catalog.unit(&kind.unit)?.decimals;
        let assets = self.target.any()?.assets().iter().map(|asset| asset.uid);
        let well: Vec<_> = assets.filter(|uid| !seen.amiss.contains(uid)).collect();
        let share = Decimal::ONE_HUNDRED * Decimal::from(well.len());
        let share = share.checked_div(Decimal::from(seen.all))?;
        let down = share.round_dp_with_strategy(decimals, RoundingStrategy::ToZero);
        let least = match well.is_empty() {
            true => Decimal::ZERO,
            false => Decimal::new(1, decimals),
        };
        Some(WorkLine {
            work: kind.id.clone(),
            quantity: Quantity(down.max(least).normalize()),
            unit: kind.unit.clone(),
            material: None,
            measured: Measured::Counted,
            covered: Vec::new(),
            patches: Vec::new(),
            assets: well,
        })
    }
}

/// Of the tasks on an asset the one that says that it is amiss: open work of the kind that is
/// needed then, at that asset alone.
pub fn says_amiss<'a>(
    observes: &Observes,
    tasks: impl IntoIterator<Item = &'a Task>,
) -> Option<&'a Task> {
    let says = |task: &&Task| {
        let alone = matches!(
            task.target.any().map(|target| &**target),
            Some(Target::Asset(_))
        );
        alone && task.is_open() && task.work.any() == Some(&observes.work)
    };
    tasks.into_iter().find(says)
}

/// Says that an asset of a round that observes is amiss. `earlier` is the work that the round found
/// there before, if it did ([`TaskUid::found`]): what was taken back is said again. Where that was
/// done meanwhile, this is another piece of work, with the uid `fresh`.
///
/// # Errors
/// If the round does not observe or is over, the asset is not in it, or that was said already.
pub fn say_amiss(
    round: &Task,
    asset: AssetUid,
    earlier: Option<&Task>,
    fresh: TaskUid,
    catalog: &Catalog,
) -> Result<(TaskUid, Drafted), Refusal> {
    let (observes, snapshot) = looked_at(round, asset, catalog)?;
    let uid = match earlier {
        Some(task) if task.is_open() => return Err(Refusal::NoChange),
        Some(task) if task.state == State::Cancelled => return Ok((task.uid, undo(task, None)?)),
        Some(_) => fresh,
        None => TaskUid::found(round.uid, asset),
    };
    let found = Found {
        target: snapshot,
        work: Some(observes.work.clone()),
        defect: None,
        severity: None,
        dangerous: false,
        photos: Vec::new(),
    };
    Ok((uid, find(uid, found, catalog)?))
}

/// Takes back that an asset is amiss, `found` being the work that the round found there.
///
/// # Errors
/// If the round is over, or somebody has gone about that work.
pub fn say_well(
    round: &Task,
    asset: AssetUid,
    found: &Task,
    catalog: &Catalog,
) -> Result<Drafted, Refusal> {
    looked_at(round, asset, catalog)?;
    match found.state {
        State::Open => undo(found, None),
        state => Err(Refusal::NotNow { state }),
    }
}

fn looked_at<'c>(
    round: &Task,
    asset: AssetUid,
    catalog: &'c Catalog,
) -> Result<(&'c Observes, Arc<Target>), Refusal> {
    let state = round.state;
    may(round, |action| *action == Action::Tick)?;
    let (_, observes) = round.observes(catalog).ok_or(Refusal::NotNow { state })?;
    let target = round.target.any().and_then(|target| target.asset(asset));
    let target = target.ok_or(Refusal::UnknownAsset { line: 0, asset })?;
    Ok((observes, Arc::new(Target::Asset(target.clone()))))
}
