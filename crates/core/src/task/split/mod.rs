//! Splitting a selection among crews: by nearness, and so that their loads come out even.

mod pieces;
mod rounds;
mod settle;

#[cfg(test)]
mod tests;

pub use rounds::{RoundDraft, Rounds, along_streets, is_many, rounds_along};

use crate::catalog::CrewId;
use crate::geodesy::{Bbox, Local, LonLat, length_m, local::distance, walk};
use crate::ids::AssetUid;
use crate::order::{ranked, sort_by};
use serde::{Deserialize, Serialize};

/// An asset to be given to a crew.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Spot {
    /// The asset.
    pub uid: AssetUid,
    /// Where it is.
    pub at: LonLat,
}

/// A crew, and what it has to do already.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CrewLoad {
    /// The crew.
    pub crew: CrewId,
    /// How many assets it has open, in whatever is counted alike for all.
    pub load: u32,
    /// Where its open work lies, as far as that is known.
    pub near: Vec<LonLat>,
}

/// Who gets what.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Split {
    /// One a crew, in the order in which the crews were given.
    pub shares: Vec<Share>,
}

/// What a crew gets.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Share {
    /// The crew.
    pub crew: CrewId,
    /// Its assets, in the order in which to go by them.
    pub assets: Vec<Spot>,
    /// Its load before.
    pub before: u32,
    /// Its load with these.
    pub after: u32,
    /// The way from the first of them to the last, in metres, as the crow flies.
    pub way_m: f64,
    /// Where its other work lies that is nearest to them; the way begins on that side.
    pub near: Option<LonLat>,
}

/// Assets that a person gives to another crew than the split did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moved {
    /// Which.
    pub assets: Vec<AssetUid>,
    /// To which crew.
    pub to: CrewId,
}

/// Gives each of some assets to one of some crews.
///
/// **Loads.** The level is the load that all crews would come to if as much as possible was
/// given to those that have least; where that is no whole number, the two next to it. Each crew
/// comes to the level, give or take `give` assets, and one that is above it already gets nothing
/// beyond that. So with `give` 0 no two crews that get anything differ by more than one.
///
/// **Pieces.** An asset costs a crew the metres to the nearest of its other work, and to the
/// middle of its piece the square of the metres over what assets usually lie apart from there. So
/// a piece is round rather than long, an outlier is dear, and a crew that works far away is drawn
/// there no more than is due. Within the loads no other giving costs less: no two assets could be
/// swapped for the better, nor any number passed on round several crews.
///
/// The order of assets and crews makes no difference. Of what is given twice one counts; without a
/// crew nobody gets anything.
pub fn split(assets: &[Spot], crews: &[CrewLoad], give: u32) -> Split {
    let assets = each_once(assets);
    let mut order = ranked(crews.len(), &mut |a, b| crews[a].crew.cmp(&crews[b].crew));
    order.dedup_by(|a, b| crews[*a as usize].crew == crews[*b as usize].crew);
    let some: Vec<&CrewLoad> = order.iter().map(|i| &crews[*i as usize]).collect();
    let (whose, _) = pieces::pieces(&assets, &some, give);
    let mut shares: Vec<(u32, Share)> = Vec::with_capacity(some.len());
    for ((n, crew), place) in some.iter().enumerate().zip(order) {
        let hers = assets.iter().zip(&whose).filter(|(_, whose)| **whose == n);
        let hers: Vec<Spot> = hers.map(|(spot, _)| *spot).collect();
        let near = nearest(&crew.near, &hers);
        shares.push((place, share(crew.crew.clone(), crew.load, near, hers)));
    }
    sort_by(&mut shares, |a, b| a.0.cmp(&b.0));
    Split {
        shares: shares.into_iter().map(|(_, share)| share).collect(),
    }
}

impl Split {
    /// The same with some assets given to other crews, as a person wants it, however even that is.
    /// Of what is moved twice the last counts. What is in no share, or goes to a crew that has none,
    /// stays.
    pub fn moved(mut self, moves: &[Moved]) -> Split {
        // Sorted lists, here and in the rounds: what is made for one more type of map is code that a
        // first view carries.
        let mut wanted: Vec<(AssetUid, usize)> = Vec::new();
        for Moved { assets, to } in moves {
            if let Some(to) = self.shares.iter().position(|share| share.crew == *to) {
                wanted.extend(assets.iter().map(|asset| (*asset, to)));
            }
        }
        sort_by(&mut wanted, |a, b| a.0.cmp(&b.0));
        let wanted = |uid: AssetUid| {
            let behind = wanted.partition_point(|(asset, _)| *asset <= uid);
            let (asset, to) = wanted.get(behind.checked_sub(1)?)?;
            (*asset == uid).then_some(*to)
        };
        let mut came: Vec<Vec<Spot>> = vec![Vec::new(); self.shares.len()];
        let mut is_other = vec![false; self.shares.len()];
        for (from, share) in self.shares.iter_mut().enumerate() {
            share.assets.retain(|spot| match wanted(spot.uid) {
                Some(to) if to != from => {
                    came[to].push(*spot);
                    (is_other[to], is_other[from]) = (true, true);
                    false
                }
                _ => true,
            });
        }
        let shares = self.shares.iter_mut().zip(came).zip(is_other);
        for ((of, came), _) in shares.filter(|(_, is_other)| *is_other) {
            of.assets.extend(came);
            *of = share(of.crew.clone(), of.before, of.near, of.assets.clone());
        }
        self
    }
}

/// Assets by their uid, each once.
fn each_once(assets: &[Spot]) -> Vec<Spot> {
    let mut assets = assets.to_vec();
    sort_by(&mut assets, |a, b| {
        let east = |spot: &Spot| spot.at.lon;
        let north = |spot: &Spot| spot.at.lat;
        (a.uid.cmp(&b.uid))
            .then_with(|| east(a).total_cmp(&east(b)))
            .then_with(|| north(a).total_cmp(&north(b)))
    });
    assets.dedup_by_key(|spot| spot.uid);
    assets
}

/// What a crew gets, in walking order.
fn share(crew: CrewId, before: u32, near: Option<LonLat>, assets: Vec<Spot>) -> Share {
    let assets = each_once(&assets);
    let places: Vec<LonLat> = assets.iter().map(|spot| spot.at).collect();
    let assets = walk(&places, near).into_iter().map(|i| assets[i as usize]);
    let assets: Vec<Spot> = assets.collect();
    let way: Vec<LonLat> = assets.iter().map(|spot| spot.at).collect();
    Share {
        crew,
        before,
        after: before.saturating_add(assets.len() as u32),
        way_m: length_m(&way),
        near,
        assets,
    }
}

/// The one of some places that is nearest to any of some assets.
fn nearest(near: &[LonLat], assets: &[Spot]) -> Option<LonLat> {
    let bbox = Bbox::around(assets.iter().map(|spot| spot.at))?;
    let map = Local::at(bbox.center());
    let far = |at: &LonLat| {
        let far = assets
            .iter()
            .map(|spot| distance(map.metres(*at), map.metres(spot.at)));
        far.fold(f64::INFINITY, f64::min)
    };
    first_least(near.iter().copied(), far)
}

/// The first of the least by a measure, in an order that does not depend on theirs.
fn first_least(
    places: impl Iterator<Item = LonLat>,
    far: impl Fn(&LonLat) -> f64,
) -> Option<LonLat> {
    let measured = places.map(|at| (far(&at), at));
    let least = measured.min_by(|(a, p), (b, q)| {
        (a.total_cmp(b))
            .then_with(|| p.lon.total_cmp(&q.lon))
            .then_with(|| p.lat.total_cmp(&q.lat))
    });
    least.map(|(_, at)| at)
}
