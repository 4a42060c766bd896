//! Lines cut into edges where they meet.
//!
//! Two lines meet where both have a vertex at the same place, and where one ends on the other:
//! within half a metre, since a person drew it. Lines that merely cross do not meet: one of
//! them is a bridge, or runs below.

use super::line::Line;
use super::{Segments, Spot};
use crate::geodesy::Local;
use crate::order;

/// How far the end of a line may be from the line that it ends on, in metres.
pub(super) const END_M: f64 = 0.5;
/// How far two vertices may be from each other that are the same place, in metres: files keep
/// 1e-7 degrees, which is a centimetre, and converting coordinates costs some.
const SAME_M: f64 = 0.05;

/// A piece of a line between two nodes, in metres from the line's beginning.
#[derive(Debug, Clone, Copy)]
pub(super) struct Edge {
    pub(super) line: u32,
    pub(super) from: f64,
    pub(super) to: f64,
    /// At its beginning and at its end.
    pub(super) nodes: [u32; 2],
}

/// Edges and the nodes between them.
#[derive(Debug)]
pub(super) struct Graph {
    /// Line by line, along each.
    pub(super) edges: Vec<Edge>,
    /// The first edge of each line, and how many edges there are.
    first: Vec<u32>,
    /// The edges at each node; one that is a ring is there twice.
    at: Vec<Vec<u32>>,
}

/// Where a line is cut. Cuts of one group are one node.
#[derive(Debug, Clone, Copy)]
struct Cut {
    spot: Spot,
    group: u32,
}

impl Graph {
    pub(super) fn of(lines: &[Line], segments: &Segments) -> Self {
        let mut cuts = Cuts::default();
        for (number, line) in (0..).zip(lines) {
            cuts.meet(&[spot(number, 0.0)]);
            cuts.meet(&[spot(number, line.length())]);
            for at in 0..line.places.len() {
                for other in meeting(lines, segments, number, at) {
                    cuts.meet(&[spot(number, line.along[at]), other]);
                }
            }
        }
        cuts.edges(lines.len())
    }

    pub(super) fn nodes(&self) -> usize {
        self.at.len()
    }

    pub(super) fn at(&self, node: u32) -> &[u32] {
        &self.at[node as usize]
    }

    /// The edge on which a spot is; where two meet, the one before.
    pub(super) fn edge_of(&self, spot: Spot) -> u32 {
        let line = spot.line as usize;
        let (first, end) = (self.first[line] as usize, self.first[line + 1] as usize);
        let before = self.edges[first..end].partition_point(|e| e.to < spot.along);
        (first + before).min(end - 1) as u32
    }
}

fn spot(line: u32, along: f64) -> Spot {
    Spot { line, along }
}

/// Where a vertex of a line meets others, or its own line elsewhere.
fn meeting(lines: &[Line], segments: &Segments, number: u32, at: usize) -> Vec<Spot> {
    let line = &lines[number as usize];
    let (place, own) = (line.places[at], line.along[at]);
    let is_end = at == 0 || at + 1 == line.places.len();
    let map = Local::at(place);
    let mut found = Vec::new();
    for (other, piece) in segments.touching(map.reach(place.into(), END_M)) {
        let theirs = &lines[other as usize];
        let (mut along, metres) = theirs.nearest(piece, &map);
        // Beside the vertex the line is near itself.
        if metres > END_M || (other == number && (along - own).abs() <= 4.0 * END_M) {
            continue;
        }
        let ends = [piece as usize, piece as usize + 1].map(|v| theirs.along[v]);
        let vertex = match along - ends[0] < ends[1] - along {
            true => ends[0],
            false => ends[1],
        };
        let off_vertex = (along - vertex).abs();
        if is_end && off_vertex <= END_M {
            along = vertex;
        }
        if is_end || (metres <= SAME_M && off_vertex <= SAME_M) {
            found.push(spot(other, if is_end { along } else { vertex }));
        }
    }
    found
}

/// Cuts, and which groups of them are the same.
#[derive(Debug, Default)]
struct Cuts {
    list: Vec<Cut>,
    /// The group that stands for each, or for one on the way to it.
    same: Vec<u32>,
}

impl Cuts {
    /// Cuts some lines at places that are one.
    fn meet(&mut self, spots: &[Spot]) {
        let group = self.same.len() as u32;
        self.same.push(group);
        let cuts = spots.iter().map(|&spot| Cut { spot, group });
        self.list.extend(cuts);
    }

    fn root(&self, mut group: u32) -> u32 {
        while self.same[group as usize] != group {
            group = self.same[group as usize];
        }
        group
    }

    fn unite(&mut self, a: u32, b: u32) {
        // The lower stands for the higher, so that the numbers hang on the file alone.
        let (a, b) = (self.root(a), self.root(b));
        self.same[a.max(b) as usize] = a.min(b);
    }

    fn edges(mut self, lines: usize) -> Graph {
        let mut cuts = std::mem::take(&mut self.list);
        order::sort_by(&mut cuts, |a, b| {
            let by_line = a.spot.line.cmp(&b.spot.line);
            by_line.then(a.spot.along.total_cmp(&b.spot.along))
        });
        // Within a millimetre it is one place.
        for i in 1..cuts.len() {
            let (before, here) = (cuts[i - 1], cuts[i]);
            let apart = here.spot.along - before.spot.along;
            if before.spot.line == here.spot.line && apart <= 1e-3 {
                self.unite(before.group, here.group);
                cuts[i].spot = before.spot;
            }
        }
        let mut number = vec![u32::MAX; self.same.len()];
        let mut at: Vec<Vec<u32>> = Vec::new();
        let mut node = |group: u32| {
            let number = &mut number[group as usize];
            if *number == u32::MAX {
                *number = at.len() as u32;
                at.push(Vec::new());
            }
            *number
        };
        let (mut edges, mut first): (Vec<Edge>, Vec<u32>) = (Vec::new(), Vec::new());
        for w in cuts.windows(2) {
            let [a, b] = [w[0], w[1]];
            if a.spot.line != b.spot.line || a.spot.along == b.spot.along {
                continue;
            }
            while first.len() <= a.spot.line as usize {
                first.push(edges.len() as u32);
            }
            edges.push(Edge {
                line: a.spot.line,
                from: a.spot.along,
                to: b.spot.along,
                nodes: [a, b].map(|cut| node(self.root(cut.group))),
            });
        }
        while first.len() <= lines {
            first.push(edges.len() as u32);
        }
        for (number, edge) in (0..).zip(&edges) {
            for node in edge.nodes {
                at[node as usize].push(number);
            }
        }
        Graph { edges, first, at }
    }
}
