//! Sewers: which way the water runs, and the manholes and pipes that follow.

mod flow;
mod lines;

use flow::{Tree, chosen};
use lines::Lines;

use crate::demo::network::{Edge, Network};
use crate::demo::plane::Pt;
use crate::demo::rng::Rng;

/// What a sewer carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Carries {
    Storm,
    Sewage,
}

/// A manhole on a sewer.
#[derive(Debug, Clone)]
pub(super) struct Manhole {
    pub(super) carries: Carries,
    pub(super) at: Pt,
    pub(super) street: usize,
    /// Where it stands: an edge and the share along it; none at a junction.
    pub(super) on: Option<(usize, f64)>,
    pub(super) year: i16,
}

/// A pipe between two manholes, in the direction of flow.
#[derive(Debug, Clone)]
pub(super) struct Pipe {
    pub(super) carries: Carries,
    pub(super) up: usize,
    pub(super) down: usize,
    pub(super) street: usize,
    pub(super) diameter_mm: u32,
    pub(super) year: i16,
}

/// Both sewer networks.
#[derive(Debug, Default)]
pub(super) struct Sewers {
    pub(super) manholes: Vec<Manhole>,
    pub(super) pipes: Vec<Pipe>,
    /// The last manhole of each sewer, with the index of its root in `Roots`.
    pub(super) ends: Vec<(Carries, usize, usize)>,
}

/// Where each kind of water ends: nodes, with the place of a last chamber where
/// the sewer goes on beyond the node.
#[derive(Debug)]
pub(super) struct Roots {
    pub(super) storm: Vec<(usize, Option<Pt>)>,
    pub(super) sewage: Vec<(usize, Option<Pt>)>,
}

/// Metres of sewer under care.
pub(super) const TOTAL: f64 = 146_000.0;
/// The part of it that carries sewage.
const SEWAGE_SHARE: f64 = 0.56;
/// How far the total may miss.
const TOLERANCE: f64 = 60.0;

/// Digs the sewers: under every long street and as many local ones as the total allows.
pub(super) fn dig(net: &Network, roots: &Roots, seed: u64) -> Sewers {
    let edges = net.edges();
    let mut order: Vec<usize> = (0..net.streets.len()).collect();
    Rng::stream(seed, "sewer order").shuffle(&mut order);
    let mut best: Option<(f64, Sewers)> = None;
    let mut aim = TOTAL;
    for round in 0..14 {
        let mut sewers = Sewers::default();
        lay(
            net,
            &edges,
            Carries::Sewage,
            &roots.sewage,
            &order,
            aim * SEWAGE_SHARE,
            &mut sewers,
        );
        // Storm sewers take up what the others leave.
        let left = aim - sewers.metres();
        lay(
            net,
            &edges,
            Carries::Storm,
            &roots.storm,
            &order,
            left,
            &mut sewers,
        );
        let miss = TOTAL - sewers.metres();
        if best.as_ref().is_none_or(|b| miss.abs() < b.0.abs()) {
            best = Some((miss, sewers));
        }
        if miss.abs() < TOLERANCE {
            break;
        }
        // Not the whole miss: streets come whole, and a full step may swing.
        aim += miss * if round < 4 { 1.0 } else { 0.6 };
    }
    best.map(|b| b.1).unwrap_or_default()
}

impl Sewers {
    /// Metres of pipe.
    pub(super) fn metres(&self) -> f64 {
        self.pipes
            .iter()
            .map(|p| {
                let (a, b) = (self.manholes[p.up].at, self.manholes[p.down].at);
                a.geographic().metres_to(b.geographic())
            })
            .sum()
    }
}

fn lay(
    net: &Network,
    edges: &[Edge],
    carries: Carries,
    roots: &[(usize, Option<Pt>)],
    order: &[usize],
    aim: f64,
    sewers: &mut Sewers,
) {
    let dug = chosen(net, edges, order, aim, carries);
    let tree = Tree::grow(net, edges, &dug, roots);
    Lines {
        net,
        edges,
        streets_at: &net.streets_at(),
        tree: &tree,
        carries,
        node_manhole: vec![None; net.nodes.len()],
        load: vec![0.0; net.nodes.len()],
        sewers,
    }
    .run(roots);
}
