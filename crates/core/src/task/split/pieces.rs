//! The pieces of a selection: how many assets each crew may get, and which.
//!
//! Where the pieces lie and who gets what is found in turns, as k-means does it: whose each asset
//! is by where the middles are, then the middles by whose the assets are.

use super::settle::{Room, settle};
use super::{CrewLoad, Spot};
use crate::geodesy::{Bbox, Local, LonLat, local::Metres, local::distance, runs};

/// Looking for the middles of the pieces ends after so many turns; most end after five.
const TURNS: usize = 30;

/// Whose each asset is, by the crew's place among these, and what each costs each crew as the
/// pieces lie; see [`super::split`]. Of no assets, or without a crew, nothing.
pub(super) fn pieces(
    assets: &[Spot],
    crews: &[&CrewLoad],
    give: u32,
) -> (Vec<usize>, Vec<Vec<i64>>) {
    let (mut whose, mut costs) = (Vec::new(), Vec::new());
    let bbox = Bbox::around(assets.iter().map(|spot| spot.at));
    let Some(bbox) = bbox.filter(|_| !crews.is_empty()) else {
        return (whose, costs);
    };
    let map = Local::at(bbox.center());
    let points: Vec<Metres> = assets.iter().map(|spot| map.metres(spot.at)).collect();
    let near = |crew: &&CrewLoad| crew.near.iter().map(|at| map.metres(*at)).collect();
    let near: Vec<Vec<Metres>> = crews.iter().map(near).collect();
    let loads: Vec<u32> = crews.iter().map(|crew| crew.load).collect();
    let rooms = rooms(assets.len(), &loads, give);
    let apart = apart(&points, crews.len());
    let mut middles = seeds(assets, &points, &near, &rooms);
    for _ in 0..TURNS {
        let cost = |point: &Metres| -> Vec<i64> {
            let crews = near.iter().zip(&middles);
            let costs = crews.map(|(near, middle)| cost(*point, near, *middle, apart));
            costs.collect()
        };
        costs = points.iter().map(cost).collect();
        let before = std::mem::replace(&mut whose, settle(&costs, &rooms));
        if whose == before {
            break;
        }
        for (crew, middle) in middles.iter_mut().enumerate() {
            let hers = points.iter().zip(&whose);
            let hers = hers.filter(|(_, whose)| **whose == crew);
            *middle = mean(hers.map(|(point, _)| *point)).unwrap_or(*middle);
        }
    }
    (whose, costs)
}

/// How many each crew may get, so that the loads come to one level; see [`super::split`].
fn rooms(assets: usize, loads: &[u32], give: u32) -> Vec<Room> {
    let up_to = |level: u64| -> u64 {
        let room = loads
            .iter()
            .map(|load| level.saturating_sub((*load).into()));
        room.sum()
    };
    let all = assets as u64;
    // The highest level that all of them fill.
    let (mut level, mut above) = (0, u64::from(u32::MAX) + all + 1);
    while above - level > 1 {
        let middle = level + (above - level) / 2;
        match up_to(middle) <= all {
            true => level = middle,
            false => above = middle,
        }
    }
    let rest = u64::from(up_to(level) < all);
    let room = |load: &u32| {
        let (load, give) = (u64::from(*load), u64::from(give));
        Room {
            least: level.saturating_sub(give).saturating_sub(load) as usize,
            most: (level + rest + give).saturating_sub(load).min(all) as usize,
        }
    };
    loads.iter().map(room).collect()
}

/// What an asset costs a crew, in millimetres: see [`super::split`]. Whole numbers, so that the search
/// for the least ends.
fn cost(point: Metres, near: &[Metres], middle: Metres, apart: f64) -> i64 {
    let to_other = near.iter().map(|at| distance(point, *at));
    let to_other = to_other.min_by(f64::total_cmp).unwrap_or(0.0);
    let to_middle = distance(point, middle);
    ((to_other + to_middle * to_middle / apart) * 1000.0).round() as i64
}

/// How far assets usually lie from the middle of a piece, if there are so many; at least a metre.
fn apart(points: &[Metres], pieces: usize) -> f64 {
    let middle = mean(points.iter().copied()).unwrap_or_default();
    let squares = points.iter().map(|point| distance(*point, middle).powi(2));
    let square = squares.sum::<f64>() / points.len().max(1) as f64;
    (square / pieces.max(1) as f64).sqrt().max(1.0)
}

fn mean(points: impl Iterator<Item = Metres>) -> Option<Metres> {
    let (mut east, mut north, mut count) = (0.0, 0.0, 0u32);
    for point in points {
        east += point[0];
        north += point[1];
        count += 1;
    }
    let count = (count > 0).then_some(f64::from(count))?;
    Some([east / count, north / count])
}

/// Where to look for the pieces first: the selection cut into as many even parts as there are
/// crews that get any, each for the crew that is nearest to it with its other work.
fn seeds(assets: &[Spot], points: &[Metres], near: &[Vec<Metres>], rooms: &[Room]) -> Vec<Metres> {
    let takers: Vec<usize> = (0..rooms.len()).filter(|i| rooms[*i].most > 0).collect();
    let places: Vec<LonLat> = assets.iter().map(|spot| spot.at).collect();
    let parts = runs(&places, places.len().div_ceil(takers.len().max(1)));
    let middle = |part: &Vec<u32>| mean(part.iter().map(|i| points[*i as usize]));
    let parts: Vec<Metres> = parts.iter().filter_map(middle).collect();
    let one = Room { least: 0, most: 1 };
    let cost = |part: &Metres| -> Vec<i64> {
        let takers = takers.iter();
        takers.map(|i| cost(*part, &near[*i], *part, 1.0)).collect()
    };
    let costs: Vec<Vec<i64>> = parts.iter().map(cost).collect();
    let mut seeds = vec![mean(points.iter().copied()).unwrap_or_default(); rooms.len()];
    for (part, whose) in parts.iter().zip(settle(&costs, &vec![one; takers.len()])) {
        seeds[takers[whose]] = *part;
    }
    seeds
}
