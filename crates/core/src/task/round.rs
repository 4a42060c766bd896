//! Rounds: what can be made one, and how each of its assets stands.

use super::Task;
use crate::catalog::{AssetKindId, Catalog, GeometryType, WorkKindId};
use crate::ids::AssetUid;
use crate::log::{AssetSnapshot, Kind, Target};
use serde::{Deserialize, Serialize};

/// A round that could be made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoundOffer {
    /// The kind of work.
    pub work: WorkKindId,
    /// The assets to visit.
    pub assets: Vec<AssetUid>,
    /// How many more there are for which such work is open already; they are left out.
    pub busy: usize,
}

/// The most assets of a round: all of it is one event, which has a limit in bytes, and more is no
/// list that anybody works through.
const MOST: usize = 500;

/// The rounds that could be made of some assets, in the catalogue's order, of 500 of them at most. A round is ticked
/// off one by one, so it is of things that one can stand at: points, two of them or more.
/// `is_open` says whether there is open work of a kind on an asset.
pub fn round_offers(
    catalog: &Catalog,
    assets: &[(AssetUid, AssetKindId)],
    is_open: &dyn Fn(&WorkKindId, AssetUid) -> bool,
) -> Vec<RoundOffer> {
    let is_point = |kind: &AssetKindId| {
        let kind = catalog.asset_kind(kind);
        kind.is_some_and(|kind| kind.geometry == GeometryType::Point)
    };
    let offers = catalog.work_kinds.iter().map(|work| {
        let mut offer = RoundOffer {
            work: work.id.clone(),
            assets: Vec::new(),
            busy: 0,
        };
        for (uid, kind) in assets {
            if !work.applies_to.contains(kind) || !is_point(kind) {
                continue;
            }
            match is_open(&work.id, *uid) {
                true => offer.busy += 1,
                false => offer.assets.push(*uid),
            }
        }
        offer.assets.truncate(MOST);
        offer
    });
    offers.filter(|offer| offer.assets.len() > 1).collect()
}

/// How an asset of a round stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Stop {
    /// Nobody was there.
    Left,
    /// It was done.
    Done,
    /// Somebody was there and could not do it; why.
    Unreached(String),
}

impl Task {
    /// The assets of the round, in its order, and how each stands; none where it is no round.
    pub fn stops(&self) -> Vec<(&AssetSnapshot, Stop)> {
        match self.target.any().map(|target| &**target) {
            Some(Target::Round(round)) => {
                let stop = |asset| (asset, self.stop(asset));
                round.assets.iter().map(stop).collect()
            }
            _ => Vec::new(),
        }
    }

    fn stop(&self, asset: &AssetSnapshot) -> Stop {
        let Some(tick) = self.ticks.get(&asset.uid) else {
            return Stop::Left;
        };
        if tick.done {
            return Stop::Done;
        }
        let why = tick
            .events
            .iter()
            .find_map(|id| match self.event(*id)?.kind()? {
                Kind::Ticked(ticked) => ticked.unreached.clone(),
                _ => None,
            });
        Stop::Unreached(why.unwrap_or_default())
    }
}
