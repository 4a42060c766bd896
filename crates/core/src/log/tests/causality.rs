//! The causal order against a plain reading of its definition.

use super::super::testkit::event_id;
use super::super::*;
use crate::ids::EventId;
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

type Node = (EventId, Vec<EventId>);

/// All ancestors of each event, by following parents to the end.
fn closure(nodes: &[Node]) -> BTreeMap<EventId, BTreeSet<EventId>> {
    let known: BTreeSet<_> = nodes.iter().map(|(id, _)| *id).collect();
    let mut all: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
    for (id, parents) in nodes {
        let parents = parents.iter().filter(|p| known.contains(p)).copied();
        all.insert(*id, parents.collect());
    }
    loop {
        let before = all.clone();
        for own in all.values_mut() {
            let more = own.iter().flat_map(|p| before[p].iter().copied());
            let more: Vec<_> = more.collect();
            own.extend(more);
        }
        if all == before {
            return all;
        }
    }
}

/// A graph without circles: each event sees some of those before it, of which
/// some may be unknown. Then shuffled.
fn graph(max: usize) -> impl Strategy<Value = Vec<Node>> {
    let parents = prop::collection::vec(any::<prop::sample::Index>(), 0..4);
    prop::collection::vec((parents, prop::bool::weighted(0.1)), 1..max)
        .prop_map(|rows| {
            let id = |i: usize| event_id(1, i as u64);
            let node = |(i, (parents, lost)): (usize, &(Vec<prop::sample::Index>, bool))| {
                let parents = match i {
                    0 => Vec::new(),
                    _ => parents.iter().map(|p| id(p.index(i))).collect(),
                };
                (!lost).then(|| (id(i), parents))
            };
            rows.iter().enumerate().filter_map(node).collect::<Vec<_>>()
        })
        .prop_filter("somebody is there", |nodes| !nodes.is_empty())
        .prop_shuffle()
}

fn ids(nodes: &[Node], c: &Causality) -> Vec<EventId> {
    c.order().map(|i| nodes[i].0).collect()
}

proptest! {
    #[test]
    fn before_is_the_closure_of_saw(nodes in graph(24)) {
        let c = Causality::new(&nodes);
        let order = ids(&nodes, &c);
        let ancestors = closure(&nodes);
        prop_assert_eq!(order.len(), nodes.len());
        prop_assert!(c.cycles().is_empty());
        for (b, id) in order.iter().enumerate() {
            for (a, other) in order.iter().enumerate() {
                let expected = ancestors[id].contains(other);
                prop_assert_eq!(c.before(a, b), expected, "{} before {}", a, b);
                prop_assert!(!expected || a < b, "causes come first");
            }
        }
        let seen: BTreeSet<_> = nodes.iter().flat_map(|(_, p)| p).collect();
        let heads: BTreeSet<_> = c.heads().map(|i| nodes[i].0).collect();
        for (id, _) in &nodes {
            prop_assert_eq!(heads.contains(id), !seen.contains(id));
        }
    }

    #[test]
    fn the_order_is_one_whatever_the_arrival(nodes in graph(16), other in any::<prop::sample::Index>()) {
        let c = Causality::new(&nodes);
        let mut turned = nodes.clone();
        turned.rotate_left(other.index(nodes.len()));
        turned.reverse();
        let t = Causality::new(&turned);
        prop_assert_eq!(ids(&nodes, &c), ids(&turned, &t));
        prop_assert_eq!(c.missing(), t.missing());
    }

    #[test]
    fn circles_are_broken_the_same_way_everywhere(
        edges in prop::collection::vec((0u64..8, 0u64..8), 0..24),
        turn in 0usize..8,
    ) {
        let mut nodes: Vec<Node> = (0..8).map(|i| (event_id(1, i), vec![])).collect();
        for (from, to) in edges {
            nodes[from as usize].1.push(event_id(1, to));
        }
        let c = Causality::new(&nodes);
        let order = ids(&nodes, &c);
        prop_assert_eq!(order.iter().collect::<BTreeSet<_>>().len(), 8, "nobody is lost");
        let mut turned = nodes.clone();
        turned.rotate_left(turn);
        let t = Causality::new(&turned);
        prop_assert_eq!(&order, &ids(&turned, &t));
        prop_assert_eq!(c.cycles(), t.cycles());
        for b in 0..8 {
            for a in 0..8 {
                prop_assert!(!(c.before(a, b) && c.before(b, a)));
            }
        }
    }
}

#[test]
fn a_circle_is_explained_and_those_behind_it_are_not_blamed() {
    let id = |i| event_id(1, i);
    let nodes = vec![
        (id(1), vec![id(2)]),
        (id(2), vec![id(1)]),
        (id(3), vec![id(2)]),
        (id(4), vec![id(4)]),
    ];
    let c = Causality::new(&nodes);
    let mut blamed = vec![id(1).min(id(2)), id(4)];
    blamed.sort();
    assert_eq!(c.cycles(), blamed);
}

#[test]
fn ties_go_by_id() {
    let (a, b) = (event_id(1, 1), event_id(2, 1));
    let c = Causality::new(&[(a.max(b), vec![]), (a.min(b), vec![])]);
    assert_eq!(c.order().collect::<Vec<_>>(), [1, 0]);
}

#[test]
fn a_missing_parent_is_told() {
    let (a, b) = (event_id(1, 1), event_id(1, 2));
    let c = Causality::new(&[(b, vec![a])]);
    assert_eq!(c.missing(), [(b, a)]);
    assert_eq!(c.len(), 1);
}

#[test]
fn a_long_history_is_ordered_in_no_time() {
    // Quadratic work would be felt here: a city's configuration has one subject.
    let id = |i| event_id(1, i);
    let nodes: Vec<Node> = (0..20_000u64)
        .map(|i| (id(i), i.checked_sub(1).map(id).into_iter().collect()))
        .collect();
    let c = Causality::new(&nodes);
    assert!((1..20_000).all(|b| c.before(0, b) && c.before(b - 1, b)));
}
