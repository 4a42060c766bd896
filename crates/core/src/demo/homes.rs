//! Communities: the blocks drawn back from their streets and shared out.

use super::blocks::Block;
use super::convex::{area, extent, halve, inset, middle};
use super::frame::CENTRE;
use super::names::{Homes, PRINTED};
use super::network::Network;
use super::plan::Quarter;
use super::plane::Pt;
use super::rng::Rng;

/// Communities that one company heats.
pub(super) const HEATED: usize = 273;
/// Old communities renovated in the programmes.
pub(super) const RENOVATED: usize = 117;
/// Renovated communities on a heating network of another company.
const HEATED_BY_OTHERS: usize = 7;
/// Communities renovated by programme year.
pub(super) const PROGRAMMES: [(i16, usize); 5] =
    [(2019, 14), (2020, 22), (2021, 31), (2022, 29), (2023, 21)];

/// A community.
#[derive(Debug, Clone)]
pub(super) struct Home {
    pub(super) name: String,
    /// Ground outline, counter-clockwise, open.
    pub(super) outline: Vec<Pt>,
    pub(super) middle: Pt,
    pub(super) area: f64,
    pub(super) street: usize,
    pub(super) quarter: Quarter,
    pub(super) built: i16,
    pub(super) heated: bool,
    /// Year of the renovation programme.
    pub(super) programme: Option<i16>,
}

/// A plot of plan.
struct Plot {
    ring: Vec<Pt>,
    street: usize,
    quarter: Quarter,
    /// Small where it is built up first.
    remote: f64,
}

/// What the blocks are used for.
#[derive(Debug)]
pub(super) struct Land {
    pub(super) homes: Vec<Home>,
    /// Parks: ground outlines.
    pub(super) parks: Vec<Vec<Pt>>,
}

/// Shares the blocks out among communities and parks.
pub(super) fn settle(net: &Network, blocks: &[Block], seed: u64) -> Land {
    let mut rng = Rng::stream(seed, "homes");
    let (mut plots, parks) = plots(net, blocks, &mut rng);
    let wanted = HEATED + HEATED_BY_OTHERS;
    // A seed that leaves too few plots gets its largest ones shared again.
    while plots.len() < wanted {
        let Some(k) =
            (0..plots.len()).max_by(|&a, &b| area(&plots[a].ring).total_cmp(&area(&plots[b].ring)))
        else {
            break;
        };
        let big = plots.swap_remove(k);
        let (a, b) = halve(&big.ring, 0.5, 0.0, GAP);
        for ring in [a, b] {
            plots.push(Plot { ring, ..big });
        }
    }
    plots.sort_by(|a, b| a.remote.total_cmp(&b.remote));
    plots.truncate(wanted);
    let mut homes = raise(net, plots, seed, &mut rng);
    renovate(&mut homes, &mut rng);
    Land { homes, parks }
}

/// Metres between two communities of one block.
const GAP: f64 = 7.0;

fn plots(net: &Network, blocks: &[Block], rng: &mut Rng) -> (Vec<Plot>, Vec<Vec<Pt>>) {
    let mut plots = Vec::new();
    let mut parks = Vec::new();
    for block in blocks {
        let back: Vec<f64> = block
            .sides
            .iter()
            .map(|&s| net.streets[s].half() + rng.range(2.0, 5.0))
            .collect();
        let ring = inset(&block.ring(net), &back);
        if ring.len() < 3 {
            continue;
        }
        let size = area(&ring);
        let green = match block.quarter {
            Quarter::Old | Quarter::Station => 0.04,
            Quarter::Inner | Quarter::New => 0.065,
            Quarter::East | Quarter::South => 0.0,
        };
        if rng.chance(green) && (7_000.0..62_000.0).contains(&size) {
            parks.push(ground(net, &ring));
            continue;
        }
        let street = front(net, block, rng);
        let mut todo = vec![ring];
        while let Some(ring) = todo.pop() {
            let limit = block.quarter.community() * rng.range(0.7, 1.6);
            let (wide, narrow) = extent(&ring);
            if area(&ring) > limit && wide > 70.0 {
                let stray = block.quarter.crookedness();
                let t = 0.5 + rng.range(-stray, stray) * 1.5;
                let (a, b) = halve(&ring, t, rng.range(-stray, stray), GAP);
                todo.extend([b, a]);
            } else if area(&ring) > 2_200.0 && narrow > 32.0 {
                let from_centre = (middle(&ring) - CENTRE).len();
                let unbuilt = match block.quarter {
                    Quarter::East => 500.0,
                    Quarter::South => 450.0,
                    _ => 0.0,
                };
                plots.push(Plot {
                    remote: from_centre + unbuilt + rng.range(-800.0, 800.0),
                    ring,
                    street,
                    quarter: block.quarter,
                });
            }
        }
    }
    (plots, parks)
}

/// The street a block's addresses are on: the grandest, or any of its sides.
fn front(net: &Network, block: &Block, rng: &mut Rng) -> usize {
    let grand = block.sides.iter().min_by_key(|&&s| net.streets[s].grade);
    let any = block.sides[rng.below(block.sides.len())];
    if rng.chance(0.6) {
        grand.copied().unwrap_or(any)
    } else {
        any
    }
}

/// A plan ring on the ground, with vertices enough to follow the streets' bend.
fn ground(net: &Network, ring: &[Pt]) -> Vec<Pt> {
    let mut out = Vec::new();
    for (i, &a) in ring.iter().enumerate() {
        let line = net.frame.line(a, ring[(i + 1) % ring.len()], 70.0);
        out.extend_from_slice(&line[..line.len() - 1]);
    }
    out
}

fn raise(net: &Network, plots: Vec<Plot>, seed: u64, rng: &mut Rng) -> Vec<Home> {
    let mut names = Homes::new(seed);
    let mut printed = PRINTED.to_vec();
    plots
        .into_iter()
        .map(|p| {
            let (from, until) = p.quarter.years();
            let built = from + rng.below((until - from) as usize) as i16;
            let known = printed.iter().position(|k| k.1 == p.quarter);
            let name = match known {
                Some(k) => printed.remove(k).0.into(),
                None => names.next(built),
            };
            let outline = ground(net, &p.ring);
            Home {
                name,
                middle: middle(&outline),
                area: area(&outline),
                outline,
                street: p.street,
                quarter: p.quarter,
                built,
                heated: true,
                programme: None,
            }
        })
        .collect()
}

/// The oldest communities get renovated; a few of them are heated by others.
fn renovate(homes: &mut [Home], rng: &mut Rng) {
    let mut order: Vec<usize> = (0..homes.len()).collect();
    rng.shuffle(&mut order);
    order.sort_by_key(|&i| homes[i].built + waits(homes[i].quarter));
    order.truncate(RENOVATED);
    rng.shuffle(&mut order);
    let years = PROGRAMMES
        .iter()
        .flat_map(|&(year, n)| std::iter::repeat_n(year, n));
    for (k, (i, year)) in order.into_iter().zip(years).enumerate() {
        homes[i].programme = Some(year);
        homes[i].heated = k % 16 != 15;
    }
}

/// Works and villages wait longer for a programme than housing estates do.
fn waits(quarter: Quarter) -> i16 {
    match quarter {
        Quarter::East | Quarter::South => 6,
        _ => 0,
    }
}
