//! The causal order of one subject's events.

use crate::ids::EventId;
use crate::order;
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// The events of one subject in causal order: who saw comes after what was seen,
/// and where neither saw the other the smaller id comes first. The order is a
/// function of the set of events, never of their arrival.
///
/// An event whose parent has not arrived is ordered by the parents that have
/// ([`Causality::missing`] tells): work that reached us is shown at once, even if
/// what it builds on is still on another phone or lost for ever. Events that claim
/// to have seen each other, which only a broken client can write, are ordered by
/// forgetting what the one with the smallest id saw ([`Causality::cycles`] tells).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Causality {
    /// Position → index in the input.
    order: Vec<u32>,
    /// Parents of position `i`, as positions: `parents[start[i]..start[i + 1]]`.
    parents: Vec<u32>,
    start: Vec<u32>,
    /// All positions below `prefix[i]` are ancestors of `i`. A lower bound; it is
    /// exact in a history without concurrent work, which most are.
    prefix: Vec<u32>,
    heads: Vec<u32>,
    missing: Vec<(EventId, EventId)>,
    cycles: Vec<EventId>,
}

impl Causality {
    /// Orders events given as (id, parents). Ids must differ; of equal ones all but
    /// the first are ordered as if they had no children.
    pub fn new(events: &[(EventId, Vec<EventId>)]) -> Self {
        let mut ids: Vec<(EventId, u32)> = (0u32..).zip(events).map(|(i, e)| (e.0, i)).collect();
        order::sort(&mut ids);
        ids.dedup_by_key(|(id, _)| *id);
        let find = |id: &EventId| {
            let at = ids.binary_search_by_key(id, |(id, _)| *id).ok()?;
            Some(ids[at].1)
        };
        let mut missing = Vec::new();
        let mut cycles = Vec::new();
        let mut known: Vec<Vec<u32>> = Vec::with_capacity(events.len());
        for (i, (id, saw)) in (0u32..).zip(events) {
            let mut parents = Vec::with_capacity(saw.len());
            for parent in saw {
                match find(parent) {
                    Some(p) if p == i => cycles.push(*id),
                    Some(p) => parents.push(p),
                    None => missing.push((*id, *parent)),
                }
            }
            parents.sort_unstable();
            parents.dedup();
            known.push(parents);
        }
        let sorted = sort(events, &mut known, &mut cycles);
        Causality {
            missing: order::distinct(missing),
            cycles: order::distinct(cycles),
            ..Self::relabelled(sorted, &known)
        }
    }

    fn relabelled(order: Vec<u32>, known: &[Vec<u32>]) -> Self {
        let mut position = vec![0u32; order.len()];
        for (p, &i) in (0u32..).zip(&order) {
            position[i as usize] = p;
        }
        let mut out = Causality::default();
        out.start.push(0);
        let mut heads: Vec<u32> = Vec::new();
        for (p, &i) in (0u32..).zip(&order) {
            let from = out.parents.len();
            let parents = known[i as usize].iter().map(|&i| position[i as usize]);
            out.parents.extend(parents);
            out.start.push(out.parents.len() as u32);
            let own = &out.parents[from..];
            let mut prefix = 0;
            for &q in own {
                heads.retain(|&head| head != q);
                let below = out.prefix[q as usize];
                prefix = prefix.max(if below == q { q + 1 } else { below });
            }
            if heads.is_empty() {
                // It saw every head there was, so it saw everything.
                prefix = p;
            }
            out.prefix.push(prefix);
            heads.push(p);
        }
        out.heads = heads;
        out.order = order;
        out
    }

    /// How many events there are.
    pub fn len(&self) -> usize {
        self.order.len()
    }

    /// True if there are none.
    pub fn is_empty(&self) -> bool {
        self.order.is_empty()
    }

    /// Indices into the input, in causal order.
    pub fn order(&self) -> impl Iterator<Item = usize> + '_ {
        self.order.iter().map(|&i| i as usize)
    }

    /// Indices into the input of the events nobody has seen yet, in causal order.
    pub fn heads(&self) -> impl Iterator<Item = usize> + '_ {
        self.heads.iter().map(|&p| self.order[p as usize] as usize)
    }

    /// Whether the event at position `a` was known, directly or through others, to
    /// who wrote the one at position `b`.
    pub fn before(&self, a: usize, b: usize) -> bool {
        if a >= b || b >= self.len() {
            return false;
        }
        let mut todo = vec![b];
        let mut seen: Vec<usize> = Vec::new();
        while let Some(p) = todo.pop() {
            if a < self.prefix[p] as usize {
                return true;
            }
            for &q in &self.parents[self.start[p] as usize..self.start[p + 1] as usize] {
                let q = q as usize;
                if q == a {
                    return true;
                }
                if let (true, Err(place)) = (q > a, seen.binary_search(&q)) {
                    seen.insert(place, q);
                    todo.push(q);
                }
            }
        }
        false
    }

    /// Positions of the parents of the event at position `p`.
    pub fn parents(&self, p: usize) -> impl Iterator<Item = usize> + '_ {
        let range = match (self.start.get(p), self.start.get(p + 1)) {
            (Some(&from), Some(&to)) => from as usize..to as usize,
            _ => 0..0,
        };
        self.parents[range].iter().map(|&q| q as usize)
    }

    /// (event, parent) where the parent has not arrived.
    pub fn missing(&self) -> &[(EventId, EventId)] {
        &self.missing
    }

    /// Events whose parents were forgotten because they form a circle.
    pub fn cycles(&self) -> &[EventId] {
        &self.cycles
    }
}

/// Kahn's algorithm, the smallest id first; breaks circles.
fn sort(
    events: &[(EventId, Vec<EventId>)],
    parents: &mut [Vec<u32>],
    cycles: &mut Vec<EventId>,
) -> Vec<u32> {
    let mut children: Vec<Vec<u32>> = vec![Vec::new(); parents.len()];
    for (i, own) in (0u32..).zip(parents.iter()) {
        for &p in own {
            children[p as usize].push(i);
        }
    }
    let mut open: Vec<usize> = parents.iter().map(Vec::len).collect();
    let mut done = vec![false; parents.len()];
    let key = |i: u32| Reverse((events[i as usize].0, i));
    let mut ready: BinaryHeap<_> = (0u32..)
        .zip(&open)
        .filter(|(_, n)| **n == 0)
        .map(|(i, _)| key(i))
        .collect();
    let mut order = Vec::with_capacity(parents.len());
    while order.len() < parents.len() {
        let Some(Reverse((_, i))) = ready.pop() else {
            let Some(i) = on_circle(events, parents, &done) else {
                break;
            };
            cycles.push(events[i as usize].0);
            parents[i as usize].retain(|&p| done[p as usize]);
            open[i as usize] = 0;
            ready.push(key(i));
            continue;
        };
        if std::mem::replace(&mut done[i as usize], true) {
            continue;
        }
        order.push(i);
        for &c in &children[i as usize] {
            let left = &mut open[c as usize];
            *left = left.saturating_sub(1);
            if *left == 0 && !done[c as usize] {
                ready.push(key(c));
            }
        }
    }
    order
}

/// The smallest id on the circle that the smallest remaining event leads to.
fn on_circle(
    events: &[(EventId, Vec<EventId>)],
    parents: &[Vec<u32>],
    done: &[bool],
) -> Option<u32> {
    let id = |i: &u32| events[*i as usize].0;
    let remaining = (0u32..).zip(done).filter(|(_, d)| !**d).map(|(i, _)| i);
    let mut at = remaining.min_by_key(id)?;
    let mut path = Vec::new();
    let mut visited = vec![false; done.len()];
    while !std::mem::replace(&mut visited[at as usize], true) {
        path.push(at);
        let open = parents[at as usize].iter().filter(|p| !done[**p as usize]);
        at = *open.min_by_key(|p| id(p))?;
    }
    path.iter()
        .skip_while(|p| **p != at)
        .copied()
        .min_by_key(id)
}
