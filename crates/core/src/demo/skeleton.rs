//! The long streets and the cells between them.

use super::blocks::Block;
use super::frame::Frame;
use super::network::{Network, Street};
use super::plan::{
    BYPASS, CROSSINGS, EASTWARD, EXITS_EAST, EXITS_NORTH, FAN, Grade, Line, NORTHWARD, Quarter,
    RAILWAY, STATION, quarter,
};
use super::plane::{Pt, pt, spline};
use super::rng::Rng;

/// Nodes of the skeleton by [street running north][street running east].
type Lattice = Vec<Vec<usize>>;

/// The network with its long streets, and the cells between them.
pub(super) fn lay(seed: u64) -> (Network, Vec<Block>) {
    let mut rng = Rng::stream(seed, "skeleton");
    let mut net = Network::new(Frame::new(seed));
    let lattice = lattice(&mut net, &mut rng);
    for (i, line) in NORTHWARD.iter().enumerate() {
        let exists = |j: usize| cell(i, j) || i > 0 && cell(i - 1, j);
        let chain: Vec<usize> = lattice[i].clone();
        let exits = EXITS_NORTH.iter().find(|e| e.0 == i);
        street(
            &mut net,
            &mut rng,
            line,
            &chain,
            exists,
            pt(0.0, 1.0),
            exits,
        );
    }
    for (j, line) in EASTWARD.iter().enumerate() {
        let exists = |i: usize| {
            (i == RAILWAY && CROSSINGS.contains(&j)) || cell(i, j) || j > 0 && cell(i, j - 1)
        };
        let chain: Vec<usize> = lattice.iter().map(|column| column[j]).collect();
        let exits = EXITS_EAST.iter().find(|e| e.0 == j);
        street(
            &mut net,
            &mut rng,
            line,
            &chain,
            exists,
            pt(1.0, 0.0),
            exits,
        );
    }
    bypass(&mut net);
    let blocks = cells(&mut net, &lattice);
    (net, blocks)
}

fn cell(col: usize, row: usize) -> bool {
    quarter(col, row).is_some()
}

/// Whether a corner of the skeleton lies on the edge of the town.
fn fringe(i: usize, j: usize) -> bool {
    let around = [(i, j), (i.wrapping_sub(1), j), (i, j.wrapping_sub(1))];
    let last = (i.wrapping_sub(1), j.wrapping_sub(1));
    let built = around.iter().chain([&last]).filter(|c| cell(c.0, c.1));
    built.count() < 4
}

fn lattice(net: &mut Network, rng: &mut Rng) -> Lattice {
    let mut shift = |spread: f64| rng.range(-spread, spread);
    let us: Vec<f64> = NORTHWARD
        .iter()
        .enumerate()
        .map(|(i, l)| l.at + if i == 0 { 0.0 } else { shift(14.0) })
        .collect();
    let vs: Vec<f64> = EASTWARD.iter().map(|l| l.at + shift(16.0)).collect();
    let old = |i: usize, j: usize| (1..=3).contains(&i) && (2..=4).contains(&j);
    let mut lattice = Vec::new();
    for (i, &u) in us.iter().enumerate() {
        let mut column = Vec::new();
        for (j, &v) in vs.iter().enumerate() {
            let spread = match (old(i, j), fringe(i, j)) {
                (true, _) => 34.0,
                (_, true) => 26.0,
                _ => 7.0,
            };
            let across = if i == 0 || i == RAILWAY || i == RAILWAY + 1 {
                0.0
            } else {
                shift(spread)
            };
            let p = pt(u + across, v + shift(spread));
            column.push(net.add_node(p, false));
        }
        lattice.push(column);
    }
    lattice
}

/// Adds a long street, once for each unbroken run of it, with its way out of town.
fn street(
    net: &mut Network,
    rng: &mut Rng,
    line: &Line,
    chain: &[usize],
    exists: impl Fn(usize) -> bool,
    ahead: Pt,
    exits: Option<&(usize, f64, f64)>,
) {
    let mut runs: Vec<Vec<usize>> = Vec::new();
    let mut open = false;
    for k in 0..chain.len() - 1 {
        if exists(k) {
            match runs.last_mut().filter(|_| open) {
                Some(run) => run.push(chain[k + 1]),
                None => runs.push(vec![chain[k], chain[k + 1]]),
            }
        }
        open = exists(k);
    }
    let count = runs.len();
    for (r, mut run) in runs.into_iter().enumerate() {
        if let Some(&(_, back, forth)) = exits {
            if r == 0 {
                let out = exit(net, run[0], ahead * -1.0, back);
                run.splice(0..0, out.into_iter().rev());
            }
            if r + 1 == count {
                let end = run[run.len() - 1];
                run.extend(exit(net, end, ahead, forth));
            }
        }
        let name = if r > 0 && !line.beyond.is_empty() {
            line.beyond
        } else {
            line.name
        };
        net.streets.push(Street {
            name: name.into(),
            grade: line.grade,
            quarter: Quarter::Inner,
            width: line.width,
            nodes: run,
            year: 1988 + rng.below(20) as i16,
        });
    }
}

fn exit(net: &mut Network, from: usize, ahead: Pt, metres: f64) -> Vec<usize> {
    let start = net.plan(from);
    let steps = (metres / 300.0) as usize;
    (1..=steps)
        .map(|k| net.add_node(start + ahead * (metres * k as f64 / steps as f64), true))
        .collect()
}

/// The road around the town, bending from point to point, joined to the roads
/// whose ends it passes.
fn bypass(net: &mut Network) {
    let (name, points) = BYPASS;
    let (us, vs) = (points.map(|p| p.x), points.map(|p| p.y));
    let per = 4;
    let ends: Vec<usize> = net
        .streets
        .iter()
        .flat_map(|s| [s.nodes[0], s.nodes[s.nodes.len() - 1]])
        .filter(|&n| net.nodes[n].outside)
        .collect();
    let mut chain: Vec<usize> = Vec::new();
    for k in 0..=(points.len() - 1) * per {
        let t = k as f64 / per as f64;
        let p = pt(spline(&us, t), spline(&vs, t));
        let meets = ends.iter().copied().find(|&n| net.plan(n).dist(p) < 90.0);
        let node = meets.unwrap_or_else(|| net.add_node(p, true));
        if chain.last() != Some(&node) {
            chain.push(node);
        }
    }
    net.streets.push(Street {
        name: name.into(),
        grade: Grade::Collector,
        quarter: Quarter::East,
        width: 12.0,
        nodes: chain,
        year: 2011,
    });
}

/// The cells as blocks; those in front of the station cut by the streets that
/// fan out from it.
fn cells(net: &mut Network, lattice: &Lattice) -> Vec<Block> {
    let find = |net: &Network, a: usize, b: usize| {
        net.streets
            .iter()
            .position(|s| s.nodes.contains(&a) && s.nodes.contains(&b))
            .unwrap_or(0)
    };
    let mut out = Vec::new();
    for col in 0..NORTHWARD.len() - 1 {
        for row in 0..EASTWARD.len() - 1 {
            let Some(quarter) = quarter(col, row) else {
                continue;
            };
            let corner = |i: usize, j: usize| lattice[col + i][row + j];
            let verts = vec![corner(0, 0), corner(1, 0), corner(1, 1), corner(0, 1)];
            let sides = (0..4)
                .map(|k| find(net, verts[k], verts[(k + 1) % 4]))
                .collect();
            out.push(Block {
                verts,
                sides,
                quarter,
            });
        }
    }
    let station = lattice[RAILWAY][STATION];
    for (name, i, j) in FAN {
        let end = lattice[i][j];
        let Some(k) = out
            .iter()
            .position(|b| b.verts.contains(&station) && b.verts.contains(&end))
        else {
            continue;
        };
        net.streets.push(Street {
            name: name.into(),
            grade: Grade::Collector,
            quarter: Quarter::Station,
            width: 12.0,
            nodes: vec![station, end],
            year: 1989,
        });
        let block = out.swap_remove(k);
        out.extend(block.along(station, end, net.streets.len() - 1));
    }
    out
}
