//! Search against brute force.

use super::fixture::{city, feature};
use crate::city::{City, Field, Rank};
use proptest::prelude::*;
use serde_json::{Value, json};

fn named(code: &str, name: &str, street: &str) -> Value {
    feature(
        json!({"type": "Point", "coordinates": [123.5, 43.5]}),
        json!({"ObjID": code, "ObjName": name, "street": street}),
    )
}

/// Short texts of few characters, so that they meet.
fn text() -> impl Strategy<Value = String> {
    "[abA辽河 ]{0,4}"
}

/// What should be found, best first.
fn brute(city: &City, needle: &str) -> Vec<(Rank, Field, u64)> {
    let needle = needle.trim().to_lowercase();
    let mut found = Vec::new();
    for id in 0.. {
        let Some(uid) = city.uid_of(id) else { break };
        let asset = city.summary(&uid).unwrap();
        let fields = [
            (Field::Code, asset.code),
            (Field::Name, asset.name),
            (Field::Street, asset.street),
        ];
        let best = fields.into_iter().filter_map(|(field, text)| {
            let text = text?.to_lowercase();
            let rank = match () {
                () if needle.is_empty() => None,
                () if text == needle => Some(Rank::Exact),
                () if text.starts_with(&needle) => Some(Rank::Prefix),
                () if text.contains(&needle) => Some(Rank::Within),
                () => None,
            };
            Some((rank?, field, id))
        });
        found.extend(best.min());
    }
    found.sort();
    found
}

proptest! {
    #[test]
    fn the_best_come_first(
        fields in prop::collection::vec((text(), text(), text()), 0..25),
        needle in text(),
        limit in 0..30usize,
    ) {
        let features: Vec<_> = fields.iter().map(|(c, n, s)| named(c, n, s)).collect();
        let city = city(&[("points", &features)]);
        let mut expected = brute(&city, &needle);
        let total = if limit > 0 { expected.len() } else { 0 };
        expected.truncate(limit);
        let found = city.search(&needle, limit);
        prop_assert_eq!(found.total, total);
        let found: Vec<_> = found
            .best
            .into_iter()
            .map(|f| (f.rank, f.field, city.feature_id(&f.asset.uid).unwrap()))
            .collect();
        prop_assert_eq!(found, expected);
    }
}
