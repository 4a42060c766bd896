//! Going wherever the lines lead, for tests that need somebody who did.

use super::*;
use crate::demo::rng::Rng;

impl Network {
    /// A way of some metres, turning back only where the lines end.
    pub(crate) fn wander(&self, rng: &mut Rng, metres: f64) -> Vec<Run> {
        loop {
            let mut edge = rng.below(self.graph.edges.len()) as u32;
            let mut node = self.graph.edges[edge as usize].nodes[0];
            let (mut runs, mut left) = (Vec::new(), metres);
            while left > 0.0 && runs.len() < 1000 {
                let e = self.graph.edges[edge as usize];
                let back = e.nodes[0] != node;
                let length = left.min(e.to - e.from);
                runs.push(match back {
                    false => Run::new(e.line, e.from, e.from + length),
                    true => Run::new(e.line, e.to, e.to - length),
                });
                left -= length;
                node = e.nodes[usize::from(!back)];
                let at = self.graph.at(node);
                let on: Vec<u32> = at.iter().copied().filter(|&other| other != edge).collect();
                edge = on.get(rng.below(on.len())).copied().unwrap_or(edge);
            }
            // Not on some little island of lines.
            let mut seen: Vec<_> = runs
                .iter()
                .map(|run| (run.line, run.from.to_bits()))
                .collect();
            seen.sort_unstable();
            seen.dedup();
            if left <= 0.0 && seen.len() * 2 > runs.len() {
                return runs;
            }
        }
    }
}
