//! Blocks: the cells of the skeleton, cut by local streets until they are of
//! the size their quarter builds in.

use super::convex::area;
use super::network::{Network, Street};
use super::plan::{Grade, Quarter};
use super::plane::Pt;
use super::rng::Rng;

/// Land between streets: a convex ring of nodes, counter-clockwise, side k
/// running from corner k along street `sides[k]`.
#[derive(Debug, Clone)]
pub(super) struct Block {
    pub(super) verts: Vec<usize>,
    pub(super) sides: Vec<usize>,
    pub(super) quarter: Quarter,
}

impl Block {
    /// Its corners on the plan.
    pub(super) fn ring(&self, net: &Network) -> Vec<Pt> {
        self.verts.iter().map(|&n| net.plan(n)).collect()
    }

    /// The two parts on either side of a street between two of its corners.
    pub(super) fn along(&self, a: usize, b: usize, street: usize) -> Vec<Block> {
        let n = self.verts.len();
        let find = |v| self.verts.iter().position(|&w| w == v).unwrap_or(0);
        let part = |from: usize, to: usize| {
            let count = (to + n - from) % n;
            let ring = |k: usize| (from + k) % n;
            let mut sides: Vec<usize> = (0..count).map(|k| self.sides[ring(k)]).collect();
            sides.push(street);
            Block {
                verts: (0..=count).map(|k| self.verts[ring(k)]).collect(),
                sides,
                quarter: self.quarter,
            }
        };
        vec![part(find(a), find(b)), part(find(b), find(a))]
    }

    /// This block with a node as a further corner on side `k`.
    fn with_corner(&self, k: usize, node: usize) -> Block {
        let mut b = self.clone();
        b.verts.insert(k + 1, node);
        b.sides.insert(k + 1, b.sides[k]);
        b
    }
}

/// Cuts the cells into blocks, adding the local streets to the network.
pub(super) fn cut(net: &mut Network, cells: Vec<Block>, seed: u64) -> Vec<Block> {
    let mut rng = Rng::stream(seed, "blocks");
    let mut done = Vec::new();
    let mut todo = cells;
    todo.reverse();
    while let Some(block) = todo.pop() {
        let size = area(&block.ring(net));
        let limit = block.quarter.block() * rng.range(0.75, 1.5);
        match (size > limit)
            .then(|| split(net, &block, &mut rng))
            .flatten()
        {
            Some(parts) => todo.extend(parts),
            None => done.push(block),
        }
    }
    done
}

fn split(net: &mut Network, block: &Block, rng: &mut Rng) -> Option<Vec<Block>> {
    let ring = block.ring(net);
    let n = ring.len();
    let side = |k: usize| (ring[k], ring[(k + 1) % n]);
    let len = |k: usize| side(k).0.dist(side(k).1);
    let along = |k: usize| (side(k).1 - side(k).0).unit();
    let first = (0..n).max_by(|&a, &b| len(a).total_cmp(&len(b)))?;
    // The side that faces it: the most nearly opposite, weighted by length.
    let facing = |k: usize| -along(first).dot(along(k)) + len(k) / 2_000.0;
    let second = (0..n)
        .filter(|&k| k != first)
        .max_by(|&a, &b| facing(a).total_cmp(&facing(b)))?;
    if len(first) < 110.0 || len(second) < 100.0 {
        return None;
    }
    let stray = block.quarter.crookedness();
    let (a, b) = side(first);
    // Long blocks are cut in thirds as well as halves.
    let share = if len(first) > 330.0 && rng.chance(0.45) {
        0.36
    } else {
        0.5
    };
    let share = if rng.chance(0.5) { share } else { 1.0 - share };
    let p = a.lerp(b, share + rng.range(-stray, stray));
    let (c, d) = side(second);
    let straight = (p - c).dot((d - c).unit()) / c.dist(d);
    let q = c.lerp(d, (straight + rng.range(-stray, stray)).clamp(0.22, 0.78));
    let ends = |k: usize| (block.verts[k], block.verts[(k + 1) % n]);
    let p = net.junction(block.sides[first], ends(first).0, ends(first).1, p)?;
    let q = net.junction(block.sides[second], ends(second).0, ends(second).1, q)?;
    let (low, high) = if first < second {
        ((first, p), (second, q))
    } else {
        ((second, q), (first, p))
    };
    let (from, until) = block.quarter.years();
    net.streets.push(Street {
        name: String::new(),
        grade: Grade::Local,
        quarter: block.quarter,
        width: lane_width(block.quarter, rng),
        nodes: vec![p, q],
        year: from + rng.below((until - from) as usize) as i16,
    });
    let street = net.streets.len() - 1;
    let corners = block.with_corner(high.0, high.1).with_corner(low.0, low.1);
    Some(corners.along(p, q, street))
}

fn lane_width(quarter: Quarter, rng: &mut Rng) -> f64 {
    match quarter {
        Quarter::Old => 5.0 + rng.below(2) as f64,
        Quarter::New | Quarter::East => 8.0 + rng.below(3) as f64,
        _ => 6.0 + rng.below(3) as f64,
    }
}

/// Joins local streets that run straight on into one another.
pub(super) fn join(net: &mut Network, blocks: &mut [Block]) {
    while let Some((a, b, chain)) = next_pair(net) {
        net.streets[a].nodes = chain;
        net.streets[a].width = net.streets[a].width.min(net.streets[b].width);
        net.streets.remove(b);
        for side in blocks.iter_mut().flat_map(|block| &mut block.sides) {
            *side = match *side {
                s if s == b => a,
                s if s > b => s - 1,
                s => s,
            };
        }
    }
}

/// Longest street that joining makes, in metres of plan.
const LONGEST_LANE: f64 = 950.0;

/// Two streets to join, the earlier first, and the chain of both.
fn next_pair(net: &Network) -> Option<(usize, usize, Vec<usize>)> {
    let lanes: Vec<(usize, &Street)> = net
        .streets
        .iter()
        .enumerate()
        .filter(|(_, s)| s.grade == Grade::Local && s.name.is_empty())
        .collect();
    for (i, &(a, sa)) in lanes.iter().enumerate() {
        for &(b, sb) in &lanes[i + 1..] {
            if let Some(chain) = joined(net, &sa.nodes, &sb.nodes) {
                return Some((a, b, chain));
            }
        }
    }
    None
}

/// The chain of two streets that meet end to end and hardly turn there.
fn joined(net: &Network, a: &[usize], b: &[usize]) -> Option<Vec<usize>> {
    let ends = |c: &[usize]| Some([*c.first()?, *c.last()?]);
    let theirs = ends(b)?;
    if !ends(a)?.iter().any(|n| theirs.contains(n)) {
        return None;
    }
    let mut a = a.to_vec();
    let mut b = b.to_vec();
    if theirs.contains(&a[0]) {
        a.reverse();
    }
    let (&end, &before) = (a.last()?, a.get(a.len().checked_sub(2)?)?);
    if b.last() == Some(&end) {
        b.reverse();
    }
    if *b.first()? != end {
        return None;
    }
    let after = *b.get(1)?;
    let turn = (net.plan(end) - net.plan(before)).unit();
    let on = (net.plan(after) - net.plan(end)).unit();
    let long = net.plan(a[0]).dist(net.plan(end)) + net.plan(end).dist(net.plan(*b.last()?));
    if turn.dot(on) < 0.95 || long > LONGEST_LANE {
        return None;
    }
    a.extend(&b[1..]);
    Some(a)
}
