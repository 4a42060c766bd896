//! Giving things to takers at the least cost, each of whom takes so many: the transportation
//! problem, exactly, in whole numbers.
//!
//! From any way to give them, things are passed on in rings as long as that makes it cheaper: one
//! of A's to B, one of B's to C, one of C's to A. When no ring is left nothing is cheaper (M. Klein,
//! "A primal method for minimal cost flows", Management Science 14, 1967). The graph has a node
//! a taker, not one a thing, so it stays small.

use crate::order::{distinct, ranked};

/// How many a taker may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Room {
    pub(super) least: usize,
    pub(super) most: usize,
}

/// Who gets each thing. `costs` has a row a thing, with what it costs each taker; the rooms must
/// have place for all of them, and ask for no more.
pub(super) fn settle(costs: &[Vec<i64>], rooms: &[Room]) -> Vec<usize> {
    let takers = rooms.len();
    let mut settled = Settled {
        costs,
        rooms,
        count: vec![0; takers],
        whose: first(costs, rooms),
        edges: vec![vec![None; takers]; takers],
    };
    for taker in &settled.whose {
        settled.count[*taker] += 1;
    }
    let mut touched: Vec<usize> = (0..takers).collect();
    loop {
        for taker in touched {
            settled.look(taker);
        }
        let Some(ring) = settled.ring() else {
            return settled.whose;
        };
        settled.pass_on(&ring);
        touched = distinct(ring.into_iter().filter(|node| *node < takers));
    }
}

/// The cheapest first, to whoever has room: near enough to begin with.
fn first(costs: &[Vec<i64>], rooms: &[Room]) -> Vec<usize> {
    let takers = rooms.len();
    let mut room: Vec<usize> = rooms.iter().map(|room| room.least).collect();
    let mut left = costs.len() - room.iter().sum::<usize>().min(costs.len());
    for (room, of) in room.iter_mut().zip(rooms) {
        let more = left.min(of.most - of.least);
        *room += more;
        left -= more;
    }
    let cost = |pair: usize| costs[pair / takers][pair % takers];
    let pairs = ranked(costs.len() * takers, &mut |a, b| cost(a).cmp(&cost(b)));
    let mut whose = vec![usize::MAX; costs.len()];
    for pair in pairs {
        let (thing, taker) = (pair as usize / takers, pair as usize % takers);
        if whose[thing] == usize::MAX && room[taker] > 0 {
            whose[thing] = taker;
            room[taker] -= 1;
        }
    }
    whose
}

struct Settled<'a> {
    costs: &'a [Vec<i64>],
    rooms: &'a [Room],
    whose: Vec<usize>,
    count: Vec<usize>,
    /// From one taker to another: which thing is passed on at what more cost.
    edges: Vec<Vec<Option<(i64, usize)>>>,
}

impl Settled<'_> {
    /// Which of a taker's things is cheapest to pass on to each other.
    fn look(&mut self, taker: usize) {
        let mut best = vec![None; self.rooms.len()];
        for (thing, costs) in self.costs.iter().enumerate() {
            if self.whose[thing] != taker {
                continue;
            }
            for (to, best) in best.iter_mut().enumerate() {
                let more = costs[to] - costs[taker];
                if to != taker && best.is_none_or(|(least, _)| more < least) {
                    *best = Some((more, thing));
                }
            }
        }
        self.edges[taker] = best;
    }

    /// What one more costs from a node to another. Behind the takers there is a node for nobody:
    /// who has room takes one and passes none on, who has enough passes one on and takes none.
    fn edge(&self, from: usize, to: usize) -> Option<i64> {
        let nobody = self.rooms.len();
        let holds = |is_so: bool| is_so.then_some(0);
        match (from == nobody, to == nobody) {
            (false, false) => Some(self.edges[from][to]?.0),
            (false, true) => holds(self.count[from] < self.rooms[from].most),
            (true, false) => holds(self.count[to] > self.rooms[to].least),
            (true, true) => None,
        }
    }

    /// A ring of nodes, each behind the one it passes on to, that makes it cheaper; by Bellman and
    /// Ford.
    fn ring(&self) -> Option<Vec<usize>> {
        let nodes = self.rooms.len() + 1;
        let mut cost = vec![0; nodes];
        let mut before = vec![None; nodes];
        let mut last = None;
        for _ in 0..nodes {
            last = None;
            for from in 0..nodes {
                for to in 0..nodes {
                    if let Some(edge) = self.edge(from, to)
                        && cost[from] + edge < cost[to]
                    {
                        cost[to] = cost[from] + edge;
                        before[to] = Some(from);
                        last = Some(to);
                    }
                }
            }
        }
        // So many steps back one is on the ring.
        let mut node = last?;
        for _ in 0..nodes {
            node = before[node]?;
        }
        let mut ring = vec![node];
        let mut next = before[node]?;
        while next != node {
            ring.push(next);
            next = before[next]?;
        }
        ring.reverse();
        Some(ring)
    }

    fn pass_on(&mut self, ring: &[usize]) {
        let nobody = self.rooms.len();
        for (i, from) in ring.iter().enumerate() {
            let to = ring[(i + 1) % ring.len()];
            if *from == nobody || to == nobody {
                continue;
            }
            if let Some((_, thing)) = self.edges[*from][to] {
                self.whose[thing] = to;
                self.count[*from] -= 1;
                self.count[to] += 1;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn sum(costs: &[Vec<i64>], whose: &[usize]) -> i64 {
        whose.iter().zip(costs).map(|(w, costs)| costs[*w]).sum()
    }

    fn fits(whose: &[usize], rooms: &[Room]) -> bool {
        let count = |taker| whose.iter().filter(|w| **w == taker).count();
        let mut rooms = rooms.iter().enumerate();
        rooms.all(|(i, room)| (room.least..=room.most).contains(&count(i)))
    }

    /// The least cost of all ways there are.
    fn least(costs: &[Vec<i64>], rooms: &[Room]) -> Option<i64> {
        let ways = rooms.len().pow(costs.len() as u32);
        let way = |n: usize| -> Vec<usize> {
            let digit = |place| n / rooms.len().pow(place) % rooms.len();
            (0..costs.len() as u32).map(digit).collect()
        };
        let ways = (0..ways).map(way).filter(|whose| fits(whose, rooms));
        ways.map(|whose| sum(costs, &whose)).min()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(400))]
        #[test]
        fn nothing_is_cheaper(
            costs in prop::collection::vec(prop::collection::vec(-9..30i64, 4), 0..7),
            rooms in prop::collection::vec((0..4usize, 0..4usize), 1..=4),
        ) {
            let rooms: Vec<Room> = rooms
                .into_iter()
                .map(|(least, more)| Room { least, most: least + more })
                .collect();
            if let Some(least) = least(&costs, &rooms) {
                let whose = settle(&costs, &rooms);
                prop_assert!(fits(&whose, &rooms), "{whose:?}");
                prop_assert_eq!(sum(&costs, &whose), least);
            }
        }
    }
}
