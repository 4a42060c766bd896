//! What falls due by the catalogue's cycles, asset by asset.

mod assets;
mod calendar;
mod known;

#[cfg(test)]
mod tests;

pub use assets::Maintained;

use crate::catalog::{AssetKindId, Catalog, WorkKind, WorkKindId};
use crate::geodesy::LonLat;
use crate::ids::AssetUid;
use crate::ledger::Cell;
use crate::order::{sort_by, sort_by_key};
use crate::task::{Mark, Task};
use jiff::civil::Date;
use known::Known;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct DueAsked {
    /// The city's date.
    #[serde(with = "crate::log::day")]
    pub today: Date,
    /// How many days before it falls due work is said to be due, so that rounds can be made in
    /// time; of a short cycle at most a quarter, or what was just done would be due again.
    pub lead_days: u32,
    /// What assets are grouped by.
    pub by: Area,
    /// Whether work is checked, so that some counts only once verified.
    pub verification: bool,
}

/// What assets are grouped by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Area {
    /// The street they stand on.
    Street,
    /// The community they lie in.
    Community,
}

/// How an asset stands by the cycle of a kind of work, what presses most first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DueStatus {
    /// The time for it has passed.
    Overdue,
    /// It is time for it, or soon will be.
    Due,
    /// Somebody is at it already: there is an open task or round of this kind, or what was
    /// reported waits to be verified.
    UnderWay,
    /// It is not time for it yet.
    InTime,
}

impl From<DueStatus> for Mark {
    fn from(status: DueStatus) -> Mark {
        match status {
            DueStatus::Overdue => Mark::Overdue,
            DueStatus::Due => Mark::Due,
            DueStatus::UnderWay => Mark::UnderWay,
            DueStatus::InTime => Mark::None,
        }
    }
}

/// How many assets stand in which way: each in one of the first four.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DueCounts {
    /// Overdue, and nobody is at it.
    pub overdue: usize,
    /// Due, and nobody is at it.
    pub due: usize,
    /// Under way, due or not.
    pub under_way: usize,
    /// In time.
    pub in_time: usize,
    /// How many of all these were never done, as far as the records know.
    pub never: usize,
}

impl DueCounts {
    /// All of them.
    pub fn all(&self) -> usize {
        self.overdue + self.due + self.under_way + self.in_time
    }

    fn count(&mut self, status: DueStatus, is_never: bool) {
        *match status {
            DueStatus::Overdue => &mut self.overdue,
            DueStatus::Due => &mut self.due,
            DueStatus::UnderWay => &mut self.under_way,
            DueStatus::InTime => &mut self.in_time,
        } += 1;
        self.never += usize::from(is_never);
    }
}

/// What falls due of one kind of work.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FallingDue {
    /// The kind of work.
    pub work: WorkKindId,
    /// The day from which there are records of such work; none where there are none.
    #[serde(with = "crate::log::day::maybe")]
    pub since: Option<Date>,
    /// How many assets stand in which way.
    pub counts: DueCounts,
    /// The same by street or community: those with most that is overdue first, then by name; what
    /// is of none last among its equals.
    pub groups: Vec<DueGroup>,
}

/// What falls due of one kind of work in one street or community.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DueGroup {
    /// What it is called; none for assets that are in none.
    pub name: Option<String>,
    /// How many assets stand in which way.
    pub counts: DueCounts,
    /// Those that are not in time: overdue before due before under way, what has waited longest
    /// first.
    pub assets: Vec<DueAsset>,
}

/// An asset that is overdue, due or under way.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DueAsset {
    /// The asset.
    pub uid: AssetUid,
    /// Its kind.
    pub kind: AssetKindId,
    /// The street it stands on.
    pub street: Option<String>,
    /// A point on it.
    pub at: LonLat,
    /// When it was last done.
    #[serde(with = "crate::log::day::maybe")]
    pub last: Option<Date>,
    /// The last day on which it is not overdue.
    #[serde(with = "crate::log::day")]
    pub until: Date,
    /// How it stands.
    pub status: DueStatus,
}

/// Works out what falls due, for each kind of work that has a cycle somewhere among these assets,
/// in the catalogue's order.
///
/// **When it was last done** is what the ledger says (see [`super::completion`]): the day of a
/// report that counts, by its lines, with those of kinds within this one; verified where
/// verification is asked for. Whoever patrolled a part of a street patrolled it.
///
/// **When it falls due next** is so many days later ([`crate::catalog::Cycle::interval_at`]) or,
/// where that day lies in a month in which nothing falls due, on the first day after those. It is
/// due from `lead_days` before, and overdue from the day after. What was overdue when the frost
/// came stays so.
///
/// **What was never done** falls due on the day from which there are records of such work, and is
/// overdue a whole cycle later. Before that nobody can know: a city that has just begun has
/// everything due and nothing overdue, and once it has kept records for a cycle they prove that
/// nobody was there. Records of other work prove nothing about this one. Without any it falls due
/// today. The layers know no past, so an asset that was built since is taken for an old one.
///
/// `cells` stand for closed tasks that are not among `tasks`.
pub fn falls_due(
    catalog: &Catalog,
    asked: DueAsked,
    tasks: &[&Task],
    cells: &[&Cell],
    assets: &[Maintained],
) -> Vec<FallingDue> {
    let kinds = catalog.work_kinds.iter();
    let of = kinds.filter_map(|kind| of_kind(catalog, kind, asked, tasks, cells, assets));
    of.collect()
}

/// What falls due of one kind of work; none where that is nowhere.
fn of_kind(
    catalog: &Catalog,
    kind: &WorkKind,
    asked: DueAsked,
    tasks: &[&Task],
    cells: &[&Cell],
    assets: &[Maintained],
) -> Option<FallingDue> {
    let cycle = kind.cycle.as_ref()?;
    let here = assets.iter().filter_map(|asset| {
        let days = cycle.interval_at(&asset.kind, &|name| asset.number(name));
        let days = days.filter(|_| kind.applies_to.contains(&asset.kind));
        Some((asset, days?))
    });
    let here: Vec<_> = here.collect();
    if here.is_empty() {
        return None;
    }
    let known = Known::of(catalog, &kind.id, tasks, cells, asked.verification);
    let mut counts = DueCounts::default();
    let mut groups: BTreeMap<(bool, Option<&str>), DueGroup> = BTreeMap::new();
    for (asset, days) in here {
        let last = known.last(asset.uid);
        let time = calendar::Time::of(cycle, days, last, known.since(), asked);
        let status = match known.is_under_way(asset.uid) {
            true => DueStatus::UnderWay,
            false => time.status,
        };
        let name = match asked.by {
            Area::Street => asset.street.as_deref(),
            Area::Community => asset.community.as_deref(),
        };
        let group = groups
            .entry((name.is_none(), name))
            .or_insert_with(|| DueGroup {
                name: name.map(str::to_owned),
                counts: DueCounts::default(),
                assets: Vec::new(),
            });
        counts.count(status, last.is_none());
        group.counts.count(status, last.is_none());
        if status != DueStatus::InTime {
            group.assets.push(DueAsset {
                uid: asset.uid,
                kind: asset.kind.clone(),
                street: asset.street.clone(),
                at: asset.at,
                last,
                until: time.until,
                status,
            });
        }
    }
    let mut groups: Vec<DueGroup> = groups.into_values().collect();
    for group in &mut groups {
        sort_by_key(&mut group.assets, |asset| {
            (asset.status, asset.until, asset.uid)
        });
    }
    // Stable, so that equals stay by name.
    sort_by(&mut groups, |a, b| b.counts.overdue.cmp(&a.counts.overdue));
    Some(FallingDue {
        work: kind.id.clone(),
        since: known.since(),
        counts,
        groups,
    })
}
