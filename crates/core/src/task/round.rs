//! Rounds: what can be made one, and how each of its assets stands.

use super::{Mark, Task};
use crate::catalog::{AssetKindId, Catalog, GeometryType, WorkKind, WorkKindId};
use crate::city::AssetSummary;
use crate::geodesy::{Bbox, LonLat, length_m};
use crate::ids::AssetUid;
use crate::log::{AssetSnapshot, Kind, Target};
use crate::order::sort_by;
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
    /// How many more there are than a round may have.
    pub beyond: usize,
}

/// The most assets of a round: all of it is one event, which has a limit in bytes, and more is no
/// list that anybody works through.
pub const MOST_STOPS: usize = 500;

/// The streets that a round is called by, at most.
const NAMED: usize = 2;

/// The rounds that could be made of some assets, in the catalogue's order; see [`round_offer`].
/// `is_open` says whether there is open work of a kind on an asset.
pub fn round_offers(
    catalog: &Catalog,
    assets: &[(AssetUid, AssetKindId)],
    is_open: &dyn Fn(&WorkKindId, AssetUid) -> bool,
) -> Vec<RoundOffer> {
    let offers = catalog.work_kinds.iter();
    let offers = offers.filter_map(|work| round_offer(catalog, work, assets, is_open));
    offers.collect()
}

/// The round of one kind of work that could be made of some assets: of the first 500 that it is
/// done to. A round is ticked off one by one, so it is of things that one can stand at: points,
/// two of them or more.
pub fn round_offer(
    catalog: &Catalog,
    work: &WorkKind,
    assets: &[(AssetUid, AssetKindId)],
    is_open: &dyn Fn(&WorkKindId, AssetUid) -> bool,
) -> Option<RoundOffer> {
    let fits = |kind| catalog.goes_round(work, kind) && is_stop(catalog, kind);
    let fitting = assets.iter().filter(|(_, kind)| fits(kind));
    let (busy, mut assets): (Vec<_>, Vec<_>) = fitting
        .map(|(uid, _)| *uid)
        .partition(|uid| is_open(&work.id, *uid));
    let beyond = assets.len().saturating_sub(MOST_STOPS);
    assets.truncate(MOST_STOPS);
    (assets.len() > 1).then(|| RoundOffer {
        work: work.id.clone(),
        assets,
        busy: busy.len(),
        beyond,
    })
}

/// Whether assets of a kind may be part of a round: one can stand at them.
pub fn is_stop(catalog: &Catalog, kind: &AssetKindId) -> bool {
    let kind = catalog.asset_kind(kind);
    kind.is_some_and(|kind| kind.geometry == GeometryType::Point)
}

/// Those of some assets that lie in the part of the map that is seen, the nearest first: of more
/// than a round may have these are its stops.
pub fn nearest_first(
    assets: Vec<AssetSummary>,
    from: Option<LonLat>,
    seen: Option<Bbox>,
) -> Vec<AssetSummary> {
    let assets = assets.into_iter();
    let assets = assets.filter(|asset| seen.is_none_or(|seen| seen.contains(asset.at)));
    let metres = |at| from.map_or(0.0, |from| length_m(&[from, at]));
    let mut far: Vec<_> = assets.map(|asset| (metres(asset.at), asset)).collect();
    sort_by(&mut far, |a, b| a.0.total_cmp(&b.0));
    far.into_iter().map(|(_, asset)| asset).collect()
}

/// What a round is called whose assets stand on these streets: by the two on which most of them
/// stand, and a mark that there are more. `None` where no street is known.
pub fn round_name<'a>(streets: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let mut counted: Vec<(&str, usize)> = Vec::new();
    for street in streets {
        match counted.iter_mut().find(|(name, _)| *name == street) {
            Some((_, n)) => *n += 1,
            None => counted.push((street, 1)),
        }
    }
    // Of streets with as many the one that came first.
    sort_by(&mut counted, |a, b| b.1.cmp(&a.1));
    let more = counted.len() > NAMED;
    counted.truncate(NAMED);
    let names: Vec<&str> = counted.iter().map(|(name, _)| *name).collect();
    (!names.is_empty()).then(|| names.join("、") + if more { "…" } else { "" })
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

    /// The mark that an asset of the round wears by itself, whatever other work there is on it:
    /// what nobody was at has none once the round is over.
    pub fn stop_mark(&self, stop: &Stop) -> Mark {
        match stop {
            Stop::Left if self.is_open() => Mark::Open,
            Stop::Left => Mark::None,
            Stop::Done => Mark::Reported,
            Stop::Unreached(_) => Mark::SentBack,
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
