//! What a report most likely says, so that a crew need only agree.

use super::{Standing, Task};
use crate::catalog::{Catalog, WorkKind, WorkKindId};
use crate::ids::AssetUid;
use crate::log::{Kind, Measured, Quantity, Reported, Target, WorkLine};
use jiff::civil::Date;
use rust_decimal::Decimal;

/// What a report that was taken back said: nobody should have to type it again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TakenBack<'a> {
    /// The report.
    pub report: &'a Reported,
    /// The day the work was done, where a person chose another than the day of
    /// writing; without a choice the next report is of its own day.
    pub day: Option<Date>,
}

/// The last report that was taken back; none while one stands.
pub fn taken_back(task: &Task) -> Option<TakenBack<'_>> {
    if !task.report.written().is_empty() {
        return None;
    }
    let mut undone = (task.events.iter().rev()).filter(|e| e.standing == Standing::Undone);
    undone.find_map(|entry| match entry.event.kind()? {
        Kind::Reported(report) => {
            let written = entry.event.envelope()?.at.local_date();
            Some(TakenBack {
                report,
                day: (report.done_on != written).then_some(report.done_on),
            })
        }
        _ => None,
    })
}

/// The lines a report of this task most likely has.
///
/// For a round the kind's default quantity times the assets ticked (all, if nobody was at
/// any) but for those whose ticks say another, and what the ticks say was done besides. Else `measured`, the kind's
/// quantity as the map knows it, in its unit and rounded (see
/// [`crate::catalog::Unit::from_base`]), or the kind's default: the default first for
/// an asset, unless the kind takes its quantity from a property of it. A kind that
/// has neither suggests nothing.
pub fn suggested_lines(task: &Task, catalog: &Catalog, measured: Option<Decimal>) -> Vec<WorkLine> {
    let (Some(work), Some(target)) = (task.work.any(), task.target.any()) else {
        return Vec::new();
    };
    let Some(kind) = catalog.work_kind(work) else {
        return Vec::new();
    };
    let counted = kind.default_quantity.map(|q| (q, Measured::Counted));
    let drawn = measured.map(|q| (q, Measured::Drawn));
    let mut lines = Vec::new();
    let own = match &**target {
        Target::Round(round) => {
            let ticked = |a: &AssetUid| task.ticks.get(a).is_some_and(|t| t.done);
            let mut done: Vec<_> = round.assets.iter().map(|a| a.uid).filter(ticked).collect();
            let count = match task.ticks.is_empty() {
                true => round.assets.len(),
                false => {
                    let told = assets_told(task, work);
                    done.retain(|asset| !told.contains(asset));
                    done.len()
                }
            };
            let each = kind.default_quantity.unwrap_or(Decimal::ONE);
            let all = each.checked_mul(Decimal::from(count));
            all.map(|q| line(kind, q, Measured::Counted, done))
        }
        Target::Asset(_) if kind.quantity_from.is_none() => {
            counted.or(drawn).map(|(q, m)| line(kind, q, m, vec![]))
        }
        Target::Asset(_) | Target::Place(_) => {
            drawn.or(counted).map(|(q, m)| line(kind, q, m, vec![]))
        }
    };
    lines.extend(own);
    for extra in ticked_lines(task) {
        add(&mut lines, extra);
    }
    lines
}

/// How much a task at so many assets is expected to be, in the kind's unit: its default for each.
/// What has no default is measured, weighed or counted where it is done, and nobody knows before.
pub fn expected(kind: &WorkKind, assets: usize) -> Option<Quantity> {
    let all = kind.default_quantity?.checked_mul(Decimal::from(assets))?;
    Some(Quantity(all.normalize()))
}

fn line(kind: &WorkKind, quantity: Decimal, measured: Measured, assets: Vec<AssetUid>) -> WorkLine {
    WorkLine {
        work: kind.id.clone(),
        quantity: Quantity(quantity),
        unit: kind.unit.clone(),
        material: None,
        measured,
        covered: Vec::new(),
        patches: Vec::new(),
        assets,
    }
}

/// The assets whose ticks say that work of a kind was done at them.
pub fn assets_told(task: &Task, work: &WorkKindId) -> Vec<AssetUid> {
    let lines = ticked_lines(task).filter(|line| line.work == *work);
    lines.flat_map(|line| line.assets).collect()
}

/// Lines of the ticks that stand, each at its asset.
fn ticked_lines(task: &Task) -> impl Iterator<Item = WorkLine> + '_ {
    let ticks = task.ticks.iter().filter(|(_, tick)| tick.done);
    ticks.flat_map(move |(asset, tick)| {
        // Of several who ticked the same asset, the first one's lines: it was done once.
        let told = tick
            .events
            .iter()
            .find_map(|id| match task.event(*id)?.kind()? {
                Kind::Ticked(t) if !t.lines.is_empty() => Some(t.lines.clone()),
                _ => None,
            });
        told.into_iter().flatten().map(|mut line| {
            line.assets = vec![*asset];
            line
        })
    })
}

/// Adds a line to those there are: to the one of the same work, unit and material.
fn add(lines: &mut Vec<WorkLine>, extra: WorkLine) {
    let same = |l: &&mut WorkLine| {
        l.work == extra.work && l.unit == extra.unit && l.material == extra.material
    };
    let sum = |l: &WorkLine| l.quantity.0.checked_add(extra.quantity.0);
    match lines.iter_mut().find(same).and_then(|l| Some((sum(l)?, l))) {
        Some((sum, line)) => {
            line.quantity = Quantity(sum);
            line.covered.extend(extra.covered);
            line.assets.extend(extra.assets);
        }
        None => lines.push(extra),
    }
}
