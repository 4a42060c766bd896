//! What stands at the kerb: storm drains, street lamps, further lids, toilets, pumps.

use super::drainage::{Carries, Sewers};
use super::network::{Edge, Ground, Network};
use super::plan::{Grade, Quarter};
use super::plane::Pt;
use super::rng::Rng;

/// Storm drains in the demonstration.
pub(super) const DRAINS: usize = 4_000;
/// Street lamps in the demonstration.
pub(super) const LAMPS: usize = 1_300;
/// Public toilets in the demonstration.
pub(super) const TOILETS: usize = 57;

/// Something at a street.
#[derive(Debug, Clone)]
pub(super) struct Spot {
    pub(super) at: Pt,
    pub(super) street: usize,
}

/// Metres kept free around a junction on this edge end: the other streets' half width.
fn corner(net: &Network, at: &[Vec<usize>], e: &Edge, node: usize) -> f64 {
    at[node]
        .iter()
        .filter(|&&s| s != e.street)
        .map(|&s| net.streets[s].width / 2.0)
        .fold(0.0, f64::max)
}

/// Pairs of drains at both kerbs: at each storm manhole between junctions, and
/// before the crossings. Exactly `DRAINS`, the least needed pairs left out.
pub(super) fn drains(net: &Network, ground: &Ground, sewers: &Sewers, seed: u64) -> Vec<Spot> {
    let mut rng = Rng::stream(seed, "drains");
    let edges = net.edges();
    let at = net.streets_at();
    let mut wet = vec![false; edges.len()];
    let mut pairs: Vec<(u8, f64, usize, f64)> = Vec::new();
    for m in sewers
        .manholes
        .iter()
        .filter(|m| m.carries == Carries::Storm)
    {
        if let Some((e, t)) = m.on {
            wet[e] = true;
            let shift = 1.8 / edges[e].len;
            pairs.push((0, rng.unit(), e, t + shift));
        }
    }
    for (i, e) in edges.iter().enumerate().filter(|(_, e)| net.in_town(e)) {
        let rank = match (wet[i], net.streets[e.street].grade) {
            (true, Grade::Local) => 2,
            (true, _) => 1,
            // Without a sewer of its own, a lane still drains to the corner.
            (false, _) => 3,
        };
        for (node, near) in [(e.from, true), (e.to, false)] {
            let back = corner(net, &at, e, node) + 5.5;
            if at[node].len() > 1 && e.len > 2.0 * back + 8.0 {
                let t = back / e.len;
                pairs.push((rank, rng.unit(), i, if near { t } else { 1.0 - t }));
            }
        }
    }
    pairs.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
    let mut out: Vec<(usize, f64, [Spot; 2])> = Vec::new();
    for (_, _, i, t) in pairs {
        let e = &edges[i];
        let aside = net.streets[e.street].width / 2.0 - 0.4;
        let pair = [aside, -aside].map(|side| Spot {
            at: net.beside(e, t, side),
            street: e.street,
        });
        if out.len() < DRAINS / 2 && pair.iter().all(|s| ground.clear(s.at, s.street, 0.0)) {
            out.push((i, t, pair));
        }
    }
    // In the order one meets them, not in that of need.
    out.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
    out.into_iter().flat_map(|o| o.2).collect()
}

/// Metres of street to a lamp, sides alternating.
fn lamp_spacing(grade: Grade) -> f64 {
    match grade {
        Grade::Arterial => 27.0,
        Grade::Collector => 52.0,
        Grade::Local => 75.0,
    }
}

/// Lamps at the kerb, sides alternating, denser on the large streets. Exactly
/// `LAMPS`: the large streets first, then as many lanes as there is light for.
pub(super) fn lamps(net: &Network, ground: &Ground, seed: u64) -> Vec<Spot> {
    let mut rng = Rng::stream(seed, "lamps");
    let at = net.streets_at();
    let mut order: Vec<usize> = (0..net.streets.len()).collect();
    rng.shuffle(&mut order);
    order.sort_by_key(|&s| net.streets[s].grade);
    let edges = net.edges();
    let mut out: Vec<Spot> = Vec::new();
    // A second and third pass put further lamps between, should the streets of
    // some seed be too short.
    for pass in 0..3 {
        for &s in &order {
            let street = &net.streets[s];
            let spacing = lamp_spacing(street.grade);
            let mut walked = 0.0;
            let mut due = spacing * (0.4 + 0.3 * f64::from(pass));
            let mut left = true;
            for e in edges.iter().filter(|e| e.street == s) {
                let (a, b) = (corner(net, &at, e, e.from), corner(net, &at, e, e.to));
                while due < walked + e.len {
                    let along = due - walked;
                    if net.in_town(e) && along > a + 4.0 && along < e.len - b - 4.0 {
                        let aside = street.width / 2.0 + 0.9;
                        let side = if left { aside } else { -aside };
                        let at = net.beside(e, along / e.len, side);
                        if ground.clear(at, s, 0.8) {
                            out.push(Spot { at, street: s });
                        }
                        left = !left;
                    }
                    due += spacing;
                    if out.len() == LAMPS {
                        return out;
                    }
                }
                walked += e.len;
            }
        }
    }
    out
}

/// Lids over the lamps' cable chambers: one to every few lamps, beside the post.
pub(super) fn lamp_lids(net: &Network, lamps: &[Spot]) -> Vec<Spot> {
    lamps
        .iter()
        .step_by(7)
        .map(|l| {
            let street = &net.streets[l.street];
            let line = net.line(street);
            let nearest = line
                .iter()
                .min_by(|a, b| a.dist(l.at).total_cmp(&b.dist(l.at)));
            let along = nearest.map_or(Pt { x: 1.0, y: 0.0 }, |n| (l.at - *n).unit());
            Spot {
                at: l.at + along * 1.1,
                street: l.street,
            }
        })
        .collect()
}

/// Lids over the valves of the heat mains, which run under every second long street.
pub(super) fn heat_lids(net: &Network) -> Vec<Spot> {
    let at = net.streets_at();
    let mut out = Vec::new();
    for e in net.edges().iter().filter(|e| net.in_town(e)) {
        let street = &net.streets[e.street];
        let main = street.grade != Grade::Local && e.street % 2 == 0;
        if !main || street.quarter == Quarter::East || e.len < 60.0 {
            continue;
        }
        let clear = corner(net, &at, e, e.from) + 6.0;
        let count = (e.len / 120.0).round().max(1.0);
        for k in 0..count as usize {
            let t = (clear + (e.len - clear) * (k as f64 + 0.4) / count) / e.len;
            out.push(Spot {
                at: net.beside(e, t, street.width * 0.36),
                street: e.street,
            });
        }
    }
    out
}

/// Toilets behind the kerb, evenly spaced, closer together where more people
/// walk.
pub(super) fn toilets(net: &Network, ground: &Ground, seed: u64) -> Vec<Spot> {
    let mut rng = Rng::stream(seed, "toilets");
    let mut spots: Vec<(Spot, f64)> = Vec::new();
    for e in net
        .edges()
        .iter()
        .filter(|e| net.in_town(e) && e.len > 70.0)
    {
        let street = &net.streets[e.street];
        let side = if rng.chance(0.5) { 1.0 } else { -1.0 };
        let busy = match (street.quarter, street.grade) {
            (Quarter::Old | Quarter::Station, _) => 1.35,
            (Quarter::East | Quarter::South, _) => 0.75,
            (_, Grade::Local) => 0.9,
            _ => 1.0,
        };
        let aside = (street.half() - 1.0) * side;
        let at = net.beside(e, rng.range(0.35, 0.65), aside);
        let street = e.street;
        if ground.clear(at, street, 2.0) {
            spots.push((Spot { at, street }, busy));
        }
    }
    // Darts with a shrinking reach: even spacing without a lattice.
    rng.shuffle(&mut spots);
    let mut out: Vec<Spot> = Vec::new();
    let mut reach = 520.0;
    while out.len() < TOILETS && reach > 10.0 {
        for (spot, busy) in &spots {
            let near = |o: &Spot| o.at.dist(spot.at) * busy < reach;
            if out.len() < TOILETS && !out.iter().any(near) {
                out.push(spot.clone());
            }
        }
        reach *= 0.94;
    }
    out
}

/// Place for a pump station at the roadside near a junction.
pub(super) fn roadside(net: &Network, ground: &Ground, node: usize) -> Option<Spot> {
    let at = net.streets_at();
    let mut edges = net.edges();
    edges.retain(|e| (e.from == node || e.to == node) && net.in_town(e) && e.len > 50.0);
    edges.sort_by_key(|e| net.streets[e.street].grade);
    let spots = edges.iter().flat_map(|e| {
        let back = (corner(net, &at, e, node) + 14.0) / e.len;
        let t = if e.from == node { back } else { 1.0 - back };
        [1.0, -1.0].map(|side| Spot {
            at: net.beside(e, t, (net.streets[e.street].half() - 1.5) * side),
            street: e.street,
        })
    });
    let mut clear = spots.filter(|s| ground.clear(s.at, s.street, 1.0));
    clear.next()
}
