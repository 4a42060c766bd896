//! The street network: nodes at junctions, streets as chains of nodes.

use super::frame::Frame;
use super::plan::{Grade, Quarter};
use super::plane::{Pt, length, pt};

/// A junction or an end of a street.
#[derive(Debug, Clone)]
pub(super) struct Node {
    /// Where it is on the plan.
    pub(super) plan: Pt,
    /// Where it is on the ground.
    pub(super) at: Pt,
    /// In open country: no pipes, no kerbs.
    pub(super) outside: bool,
}

/// A street, in plan straight from node to node.
#[derive(Debug, Clone)]
pub(super) struct Street {
    pub(super) name: String,
    pub(super) grade: Grade,
    pub(super) quarter: Quarter,
    /// Carriageway, metres.
    pub(super) width: f64,
    pub(super) nodes: Vec<usize>,
    /// Year it was laid.
    pub(super) year: i16,
}

impl Street {
    /// Half of the ground kept free of buildings, metres.
    pub(super) fn half(&self) -> f64 {
        self.width / 2.0
            + match self.grade {
                Grade::Arterial => 9.0,
                Grade::Collector => 5.0,
                Grade::Local => 2.5,
            }
    }
}

/// A stretch of a street between two junctions.
#[derive(Debug, Clone, Copy)]
pub(super) struct Edge {
    pub(super) street: usize,
    pub(super) from: usize,
    pub(super) to: usize,
    /// Metres on the ground.
    pub(super) len: f64,
}

/// Nodes closer than this on one street become one: a crossing instead of two
/// junctions a few steps apart.
const SNAP: f64 = 48.0;

/// All streets.
#[derive(Debug)]
pub(super) struct Network {
    pub(super) frame: Frame,
    pub(super) nodes: Vec<Node>,
    pub(super) streets: Vec<Street>,
}

impl Network {
    pub(super) fn new(frame: Frame) -> Self {
        Network {
            frame,
            nodes: Vec::new(),
            streets: Vec::new(),
        }
    }

    pub(super) fn add_node(&mut self, plan: Pt, outside: bool) -> usize {
        self.nodes.push(Node {
            plan,
            at: self.frame.place(plan),
            outside,
        });
        self.nodes.len() - 1
    }

    pub(super) fn plan(&self, node: usize) -> Pt {
        self.nodes[node].plan
    }

    /// A junction on `street` between its nodes `a` and `b`, at or near `p`:
    /// one that is there already if it is near. None too close to the ends.
    pub(super) fn junction(&mut self, street: usize, a: usize, b: usize, p: Pt) -> Option<usize> {
        let (pa, pb) = (self.plan(a), self.plan(b));
        if p.dist(pa) < SNAP || p.dist(pb) < SNAP {
            return None;
        }
        let chain = &self.streets[street].nodes;
        let find = |n| chain.iter().position(|&m| m == n);
        let (ia, ib) = (find(a)?, find(b)?);
        let (low, high) = (ia.min(ib), ia.max(ib));
        let between = &chain[low + 1..high];
        let nearest = between
            .iter()
            .map(|&n| (self.plan(n).dist(p), n))
            .min_by(|x, y| x.0.total_cmp(&y.0));
        if let Some((d, n)) = nearest
            && d < SNAP
        {
            return Some(n);
        }
        let start = self.plan(chain[low]);
        let reach = start.dist(p);
        let before = between
            .iter()
            .filter(|&&n| start.dist(self.plan(n)) < reach)
            .count();
        let node = self.add_node(p, false);
        self.streets[street].nodes.insert(low + 1 + before, node);
        Some(node)
    }

    /// All stretches, street by street.
    pub(super) fn edges(&self) -> Vec<Edge> {
        let mut out = Vec::new();
        for (street, s) in self.streets.iter().enumerate() {
            for w in s.nodes.windows(2) {
                let line = self.frame.line(self.plan(w[0]), self.plan(w[1]), 20.0);
                out.push(Edge {
                    street,
                    from: w[0],
                    to: w[1],
                    len: length(&line),
                });
            }
        }
        out
    }

    /// Ground point at share `t` of an edge, `aside` metres to its left.
    pub(super) fn beside(&self, e: &Edge, t: f64, aside: f64) -> Pt {
        self.frame
            .beside(self.plan(e.from), self.plan(e.to), t, aside)
    }

    /// Whether a stretch lies in town.
    pub(super) fn in_town(&self, e: &Edge) -> bool {
        !self.nodes[e.from].outside && !self.nodes[e.to].outside
    }

    /// Streets meeting at each node.
    pub(super) fn streets_at(&self) -> Vec<Vec<usize>> {
        let mut at = vec![Vec::new(); self.nodes.len()];
        for (i, s) in self.streets.iter().enumerate() {
            for &n in &s.nodes {
                at[n].push(i);
            }
        }
        at
    }

    /// The ground line of a street.
    pub(super) fn line(&self, street: &Street) -> Vec<Pt> {
        let mut out = Vec::new();
        for w in street.nodes.windows(2) {
            let piece = self.frame.line(self.plan(w[0]), self.plan(w[1]), 36.0);
            let skip = usize::from(!out.is_empty());
            out.extend_from_slice(&piece[skip..]);
        }
        out
    }
}

/// The ground lines of all streets, for asking what stands in the way.
#[derive(Debug)]
pub(super) struct Ground {
    /// Line, half of the carriageway, corners of the box around the line.
    lines: Vec<(Vec<Pt>, f64, Pt, Pt)>,
}

impl Ground {
    pub(super) fn new(net: &Network) -> Self {
        Ground {
            lines: net
                .streets
                .iter()
                .map(|s| {
                    let line = net.line(s);
                    let low = line
                        .iter()
                        .fold(line[0], |a, p| pt(a.x.min(p.x), a.y.min(p.y)));
                    let high = line
                        .iter()
                        .fold(line[0], |a, p| pt(a.x.max(p.x), a.y.max(p.y)));
                    (line, s.width / 2.0, low, high)
                })
                .collect(),
        }
    }

    /// Whether a place is at least `margin` metres beside the carriageway of
    /// every street but its own.
    pub(super) fn clear(&self, at: Pt, own: usize, margin: f64) -> bool {
        self.lines
            .iter()
            .enumerate()
            .filter(|&(s, _)| s != own)
            .all(|(_, (line, half, low, high))| {
                let room = half + margin;
                let far = at.x < low.x - room
                    || at.x > high.x + room
                    || at.y < low.y - room
                    || at.y > high.y + room;
                far || line.windows(2).all(|w| to_stretch(at, w[0], w[1]) > room)
            })
    }
}

/// Metres from a point to a straight stretch.
fn to_stretch(p: Pt, a: Pt, b: Pt) -> f64 {
    let along = b - a;
    let t = (p - a).dot(along) / along.dot(along).max(1e-9);
    p.dist(a.lerp(b, t.clamp(0.0, 1.0)))
}
