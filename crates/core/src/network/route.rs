//! Shortest ways from a place on a line (Dijkstra, 1959), as far as one cares to look.

use super::{Network, Run, Spot};
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// Looks for ways in a network, from one spot at a time. What it needs for each node it keeps
/// from one to the next.
#[derive(Debug)]
pub(crate) struct Search<'n> {
    network: &'n Network,
    nodes: Vec<Reached>,
    /// Nodes that were reached from the present spot.
    touched: Vec<u32>,
    from: Spot,
    only: Only,
}

/// Which edges a way may take.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Only {
    /// All of them.
    Any,
    /// Those of one line.
    Line(u32),
    /// All but one.
    Not(u32),
}

/// How a node was reached.
#[derive(Debug, Clone, Copy)]
struct Reached {
    metres: f64,
    /// The edge by which, and its other node; none of both for where the way begins.
    edge: u32,
    before: u32,
}

const NOT_YET: Reached = Reached {
    metres: f64::INFINITY,
    edge: u32::MAX,
    before: u32::MAX,
};

impl<'n> Search<'n> {
    pub(crate) fn new(network: &'n Network) -> Self {
        Search {
            network,
            nodes: vec![NOT_YET; network.graph.nodes()],
            touched: Vec::new(),
            from: Spot {
                line: 0,
                along: 0.0,
            },
            only: Only::Any,
        }
    }

    /// Looks for ways from a spot to all that is within some metres.
    pub(crate) fn from(&mut self, from: Spot, metres: f64, only: Only) {
        for node in self.touched.drain(..) {
            self.nodes[node as usize] = NOT_YET;
        }
        (self.from, self.only) = (from, only);
        let graph = &self.network.graph;
        let mut next = BinaryHeap::new();
        let own = graph.edge_of(from);
        if self.takes(own) {
            let edge = graph.edges[own as usize];
            let (back, on) = (from.along - edge.from, edge.to - from.along);
            for (node, way) in edge.nodes.into_iter().zip([back, on]) {
                self.offer(node, way.max(0.0), u32::MAX, u32::MAX, metres, &mut next);
            }
        }
        while let Some(Reverse((bits, node))) = next.pop() {
            let here = f64::from_bits(bits);
            if here > self.nodes[node as usize].metres {
                continue;
            }
            for &number in graph.at(node) {
                if !self.takes(number) {
                    continue;
                }
                let edge = graph.edges[number as usize];
                let way = here + (edge.to - edge.from);
                for other in edge.nodes {
                    self.offer(other, way, number, node, metres, &mut next);
                }
            }
        }
    }

    /// Notes a way to a node if there was none as short.
    fn offer(
        &mut self,
        node: u32,
        metres: f64,
        edge: u32,
        before: u32,
        limit: f64,
        next: &mut BinaryHeap<Reverse<(u64, u32)>>,
    ) {
        let reached = &mut self.nodes[node as usize];
        if metres >= reached.metres || metres > limit {
            return;
        }
        if reached.metres == f64::INFINITY {
            self.touched.push(node);
        }
        *reached = Reached {
            metres,
            edge,
            before,
        };
        // Numbers that are not negative stand in the order of their bits.
        next.push(Reverse((metres.to_bits(), node)));
    }

    fn takes(&self, edge: u32) -> bool {
        match self.only {
            Only::Any => true,
            Only::Line(line) => self.network.graph.edges[edge as usize].line == line,
            Only::Not(other) => edge != other,
        }
    }

    /// Metres of the shortest way to a spot; none where there is none within what was looked at.
    pub(crate) fn metres_to(&self, to: Spot) -> Option<f64> {
        self.arrival(to).map(|(metres, _)| metres)
    }

    /// The shortest way to a spot and the node by which it arrives, if it passes one.
    fn arrival(&self, to: Spot) -> Option<(f64, Option<u32>)> {
        let graph = &self.network.graph;
        let number = graph.edge_of(to);
        if !self.takes(number) {
            return None;
        }
        let mut best = None;
        if number == graph.edge_of(self.from) {
            best = Some(((to.along - self.from.along).abs(), None));
        }
        let edge = graph.edges[number as usize];
        let (on, back) = (to.along - edge.from, edge.to - to.along);
        for (node, rest) in edge.nodes.into_iter().zip([on, back]) {
            let metres = self.nodes[node as usize].metres + rest.max(0.0);
            if metres.is_finite() && best.is_none_or(|(least, _)| metres < least) {
                best = Some((metres, Some(node)));
            }
        }
        best
    }

    /// The shortest way to a spot, edge by edge.
    pub(crate) fn way_to(&self, to: Spot) -> Option<Vec<(u32, Run)>> {
        let (_, arrives) = self.arrival(to)?;
        let graph = &self.network.graph;
        let (own, mut begun) = (graph.edge_of(self.from), to.along);
        let mut way = Vec::new();
        if let Some(mut node) = arrives {
            // From behind: the rest of the last edge, whole edges, the rest of the first.
            let last = graph.edge_of(to);
            way.push((last, self.run(node, to, last)));
            loop {
                let Reached { edge, before, .. } = self.nodes[node as usize];
                if before == u32::MAX {
                    break;
                }
                way.push((edge, self.whole(edge, node)));
                node = before;
            }
            begun = self.run(node, self.from, own).from;
        }
        way.push((own, Run::new(self.from.line, self.from.along, begun)));
        way.reverse();
        way.retain(|(_, run)| run.from != run.to);
        Some(way)
    }

    /// The way along an edge from one of its nodes to a spot on it.
    fn run(&self, node: u32, to: Spot, edge: u32) -> Run {
        let edge = self.network.graph.edges[edge as usize];
        let ring = edge.nodes[0] == edge.nodes[1];
        let by_beginning = match ring {
            true => to.along - edge.from <= edge.to - to.along,
            false => edge.nodes[0] == node,
        };
        let from = if by_beginning { edge.from } else { edge.to };
        Run::new(edge.line, from, to.along)
    }

    /// The way along a whole edge to one of its nodes.
    fn whole(&self, edge: u32, to: u32) -> Run {
        let edge = self.network.graph.edges[edge as usize];
        match edge.nodes[1] == to {
            true => Run::new(edge.line, edge.from, edge.to),
            false => Run::new(edge.line, edge.to, edge.from),
        }
    }
}
