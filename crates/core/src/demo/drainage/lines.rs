//! Manholes and pipes along the edges that have a sewer.

use super::flow::Tree;
use super::{Carries, Manhole, Pipe, Sewers};
use crate::demo::network::{Edge, Network};
use crate::demo::plane::{Pt, pt};

/// Metres between manholes.
const SPACING: f64 = 41.0;

/// Lays manholes and pipes of one kind.
pub(super) struct Lines<'a> {
    pub(super) net: &'a Network,
    pub(super) edges: &'a [Edge],
    pub(super) streets_at: &'a [Vec<usize>],
    pub(super) tree: &'a Tree,
    pub(super) carries: Carries,
    pub(super) node_manhole: Vec<Option<usize>>,
    /// Metres of sewer above each node.
    pub(super) load: Vec<f64>,
    pub(super) sewers: &'a mut Sewers,
}

/// Metres from a junction at which a sewer begins that does not run into it.
const HEAD: f64 = 19.0;

impl Lines<'_> {
    pub(super) fn run(mut self, roots: &[(usize, Option<Pt>)]) {
        let cost = &self.tree.cost;
        let mut ends: Vec<usize> = (0..self.edges.len())
            .filter(|&i| self.tree.dug[i])
            .filter(|&i| cost[self.edges[i].from].is_finite() && cost[self.edges[i].to].is_finite())
            .collect();
        // From the far ends down, so that every load is known when it is passed on.
        let upper = |i: &usize| cost[self.edges[*i].from].max(cost[self.edges[*i].to]);
        ends.sort_by(|a, b| upper(b).total_cmp(&upper(a)).then(a.cmp(b)));
        // Branches that begin on the way come before the way that passes on.
        for i in ends {
            self.edge(i);
        }
        for (k, &(root, chamber)) in roots.iter().enumerate() {
            let Some(mut end) = self.node_manhole[root] else {
                continue;
            };
            if let Some(at) = chamber {
                let street = self.sewers.manholes[end].street;
                let last = self.manhole(at, street, None);
                self.pipe(end, last, street, self.load[root]);
                end = last;
            }
            self.sewers.ends.push((self.carries, end, k));
        }
    }

    fn edge(&mut self, i: usize) {
        let e = self.edges[i];
        let cost = &self.tree.cost;
        let falls = cost[e.from] > cost[e.to] || (cost[e.from] == cost[e.to] && e.from > e.to);
        let (upper, lower) = if falls {
            (e.from, e.to)
        } else {
            (e.to, e.from)
        };
        let passes = self.tree.next[upper] == Some(i);
        if !passes && e.len < HEAD + 14.0 {
            return;
        }
        let start = if passes { 0.0 } else { HEAD };
        let mut above = if passes { self.load[upper] } else { 0.0 };
        let mut last = if passes {
            self.at_node(upper)
        } else {
            self.on_edge(i, falls, start)
        };
        let run = e.len - start;
        let spans = ((run / SPACING).round() as usize).max(1);
        for k in 1..=spans {
            let next = if k == spans {
                self.at_node(lower)
            } else {
                self.on_edge(i, falls, start + run * k as f64 / spans as f64)
            };
            above += run / spans as f64;
            self.pipe(last, next, e.street, above);
            last = next;
        }
        self.load[lower] += above;
    }

    /// Manhole `metres` down an edge from its upper end.
    fn on_edge(&mut self, i: usize, falls: bool, metres: f64) -> usize {
        let e = self.edges[i];
        let share = metres / e.len;
        let t = if falls { share } else { 1.0 - share };
        let at = self.net.beside(&e, t, 0.0) + self.aside(&e, t);
        self.manhole(at, e.street, Some((i, t)))
    }

    /// From the centre line of an edge to the line of this sewer.
    fn aside(&self, e: &Edge, t: f64) -> Pt {
        let left = self.net.beside(e, t, 1.0) - self.net.beside(e, t, 0.0);
        let metres = (self.net.streets[e.street].width * 0.17).min(3.6);
        let side = left.dot(self.corner());
        left * if side >= 0.0 { metres } else { -metres }
    }

    /// The two kinds run on opposite sides of each street.
    fn corner(&self) -> Pt {
        match self.carries {
            Carries::Storm => pt(-0.8, -0.6),
            Carries::Sewage => pt(0.8, 0.6),
        }
    }

    fn at_node(&mut self, node: usize) -> usize {
        if let Some(m) = self.node_manhole[node] {
            return m;
        }
        let street = self.grandest(node);
        let at = self.net.nodes[node].at + self.crossing(node, street);
        let m = self.manhole(at, street, None);
        self.node_manhole[node] = Some(m);
        m
    }

    /// Where the sewers of the streets that cross at a node meet, from the node.
    fn crossing(&self, node: usize, street: usize) -> Pt {
        let aside = |s: usize| {
            let touches = |e: &&Edge| e.street == s && (e.from == node || e.to == node);
            let e = self.edges.iter().find(touches)?;
            Some(self.aside(e, if e.from == node { 0.0 } else { 1.0 }))
        };
        let main = aside(street).unwrap_or(pt(0.0, 0.0));
        let other = self.streets_at[node]
            .iter()
            .filter(|&&s| s != street)
            .filter_map(|&s| aside(s))
            .find(|o| o.unit().dot(main.unit()).abs() < 0.5);
        main + other.unwrap_or(pt(0.0, 0.0))
    }

    fn grandest(&self, node: usize) -> usize {
        let here = self.streets_at[node].iter().copied();
        here.min_by_key(|&s| self.net.streets[s].grade).unwrap_or(0)
    }

    fn manhole(&mut self, at: Pt, street: usize, on: Option<(usize, f64)>) -> usize {
        self.sewers.manholes.push(Manhole {
            carries: self.carries,
            at,
            street,
            on,
            year: self.net.streets[street].year,
        });
        self.sewers.manholes.len() - 1
    }

    fn pipe(&mut self, up: usize, down: usize, street: usize, above: f64) {
        self.sewers.pipes.push(Pipe {
            carries: self.carries,
            up,
            down,
            street,
            diameter_mm: diameter(self.carries, above),
            year: self.net.streets[street].year,
        });
    }
}

/// Nominal diameter for so many metres of sewer above.
fn diameter(carries: Carries, above: f64) -> u32 {
    let steps: &[(f64, u32)] = match carries {
        Carries::Storm => &[
            (150.0, 300),
            (400.0, 400),
            (800.0, 500),
            (1_400.0, 600),
            (2_400.0, 800),
            (3_800.0, 1_000),
            (5_600.0, 1_200),
            (8_500.0, 1_500),
        ],
        Carries::Sewage => &[
            (500.0, 300),
            (1_400.0, 400),
            (2_800.0, 500),
            (4_800.0, 600),
            (8_000.0, 800),
            (13_000.0, 1_000),
        ],
    };
    let last = match carries {
        Carries::Storm => 1_800,
        Carries::Sewage => 1_200,
    };
    steps.iter().find(|s| above <= s.0).map_or(last, |s| s.1)
}
