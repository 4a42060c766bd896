//! Which streets have a sewer, and which way it falls.

use super::Carries;
use crate::demo::network::{Edge, Network};
use crate::demo::plan::Grade;
use crate::demo::plane::Pt;

/// The edges that get a sewer of this kind.
pub(super) fn chosen(
    net: &Network,
    edges: &[Edge],
    order: &[usize],
    aim: f64,
    carries: Carries,
) -> Vec<bool> {
    let mut length = vec![0.0; net.streets.len()];
    for e in edges.iter().filter(|e| net.in_town(e)) {
        length[e.street] += e.len;
    }
    let mut piped = vec![false; net.streets.len()];
    let mut reached = vec![false; net.nodes.len()];
    let mut sum = 0.0;
    let grades = [Grade::Arterial, Grade::Collector, Grade::Local];
    for grade in grades {
        // Twice, because a lane may hang on a lane that comes later.
        for _ in 0..2 {
            for &s in order {
                let street = &net.streets[s];
                let hangs = grade != Grade::Local || street.nodes.iter().any(|&n| reached[n]);
                // Storm water of the outer lanes runs off in ditches.
                let ditch = carries == Carries::Storm && grade == Grade::Local && s % 3 == 0;
                if street.grade != grade
                    || piped[s]
                    || !hangs
                    || ditch
                    || sum + length[s] > aim + 30.0
                {
                    continue;
                }
                piped[s] = true;
                sum += length[s];
                for &n in &street.nodes {
                    reached[n] = true;
                }
            }
        }
    }
    edges
        .iter()
        .map(|e| piped[e.street] && net.in_town(e))
        .collect()
}

/// Ways to the nearest root over the dug edges.
pub(super) struct Tree {
    /// Cost of the way to a root; infinite where there is none.
    pub(super) cost: Vec<f64>,
    /// Edge that leads on towards the root.
    pub(super) next: Vec<Option<usize>>,
    pub(super) dug: Vec<bool>,
}

impl Tree {
    pub(super) fn grow(
        net: &Network,
        edges: &[Edge],
        dug: &[bool],
        roots: &[(usize, Option<Pt>)],
    ) -> Self {
        let n = net.nodes.len();
        let mut touching = vec![Vec::new(); n];
        for (i, e) in edges.iter().enumerate().filter(|(i, _)| dug[*i]) {
            touching[e.from].push(i);
            touching[e.to].push(i);
        }
        let mut cost = vec![f64::INFINITY; n];
        let mut next = vec![None; n];
        let mut done = vec![false; n];
        for &(root, _) in roots {
            cost[root] = 0.0;
        }
        // Dijkstra by plain search: some hundreds of nodes.
        while let Some(here) = (0..n)
            .filter(|&v| !done[v] && cost[v].is_finite())
            .min_by(|&a, &b| cost[a].total_cmp(&cost[b]))
        {
            done[here] = true;
            for &i in &touching[here] {
                let e = &edges[i];
                let there = if e.from == here { e.to } else { e.from };
                // Trunks follow the large streets.
                let ease = match net.streets[e.street].grade {
                    Grade::Arterial => 0.75,
                    Grade::Collector => 0.9,
                    Grade::Local => 1.3,
                };
                let through = cost[here] + e.len * ease;
                if through < cost[there] {
                    cost[there] = through;
                    next[there] = Some(i);
                }
            }
        }
        Tree {
            cost,
            next,
            dug: dug.to_vec(),
        }
    }
}
