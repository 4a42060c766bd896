//! Assets in groups: by street, by community, by cell of a grid.

use super::assets::{Assets, Known, Names};
use super::{Grid, GridCell};
use crate::ids::AssetUid;
use crate::order;
use serde::{Deserialize, Serialize};

/// What a group is of.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GroupKey {
    /// The assets of a street, by its name.
    Street(String),
    /// The assets in a community.
    Community(AssetUid),
    /// The assets in a cell of a grid.
    Cell(GridCell),
    /// The assets that are of none.
    Nowhere,
}

/// Each asset in one group, so that the groups add up to the whole. Those there are have at least
/// one asset, and are sorted: streets by name, communities by uid, cells from the south-west
/// row by row; what is of none is last.
#[derive(Debug, Clone)]
pub struct Grouping {
    pub(super) keys: Vec<GroupKey>,
    /// The group of each asset.
    pub(super) of: Vec<u32>,
}

impl Grouping {
    /// By street.
    pub fn streets(assets: &Assets) -> Grouping {
        let streets = assets.streets.all.iter().cloned().map(GroupKey::Street);
        Grouping::of(assets, streets.collect(), &mut |asset| asset.street)
    }

    /// By community.
    pub fn communities(assets: &Assets) -> Grouping {
        let all = assets.communities.all.iter().copied();
        let communities = all.map(GroupKey::Community).collect();
        Grouping::of(assets, communities, &mut |asset| asset.community)
    }

    /// By the cell of a grid in which each lies with its point.
    pub fn cells(assets: &Assets, grid: &Grid) -> Grouping {
        let mut cells = Names::<GridCell>::default();
        let found = assets.all.iter().map(|asset| grid.cell(asset.at));
        let found = found.map(|cell| cell.map(|cell| cells.number(cell)));
        let mut found = found.collect::<Vec<Option<u32>>>().into_iter();
        let keys = cells.all.into_iter().map(GroupKey::Cell).collect();
        Grouping::of(assets, keys, &mut |_| found.next().flatten())
    }

    /// By keys that are in no order, with the number of its key for each asset.
    fn of(
        assets: &Assets,
        keys: Vec<GroupKey>,
        key: &mut dyn FnMut(&Known) -> Option<u32>,
    ) -> Grouping {
        let sorted = order::ranked(keys.len(), &mut |a, b| keys[a].cmp(&keys[b]));
        let mut places = vec![0; keys.len()];
        for (place, key) in (0..).zip(&sorted) {
            places[*key as usize] = place;
        }
        let nowhere = keys.len() as u32;
        let place = |key: Option<u32>| key.map_or(nowhere, |key| places[key as usize]);
        let of: Vec<u32> = assets.all.iter().map(|known| place(key(known))).collect();
        let keys = sorted.iter().map(|key| keys[*key as usize].clone());
        let rest = of.contains(&nowhere).then_some(GroupKey::Nowhere);
        Grouping {
            keys: keys.chain(rest).collect(),
            of,
        }
    }

    /// The groups.
    pub fn keys(&self) -> &[GroupKey] {
        &self.keys
    }

    /// The group of an asset, by its place among the keys.
    pub fn group(&self, asset: usize) -> Option<usize> {
        self.of.get(asset).map(|group| *group as usize)
    }

    /// The assets of a group, in their order.
    pub fn members(&self, group: usize) -> impl Iterator<Item = usize> + '_ {
        let all = self.of.iter().enumerate();
        all.filter(move |(_, of)| **of as usize == group)
            .map(|(asset, _)| asset)
    }
}
