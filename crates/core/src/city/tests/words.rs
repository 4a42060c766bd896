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
        let best = |needle: &str| {
            let matched = fields.iter().filter_map(|(field, text)| {
                let text = text.as_ref()?.to_lowercase();
                let rank = match () {
                    () if needle.is_empty() => None,
                    () if text == needle => Some(Rank::Exact),
                    () if text.starts_with(needle) => Some(Rank::Prefix),
                    () if text.contains(needle) => Some(Rank::Within),
                    () => None,
                };
                Some((rank?, *field, id))
            });
            matched.min()
        };
        // The text as it is, or all of its words.
        let words: Option<Vec<_>> = needle.split_whitespace().map(best).collect();
        found.extend(best(&needle).or_else(|| words?.into_iter().max()));
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
        let found = city.search(&needle, limit, None);
        prop_assert_eq!(found.total, total);
        let found: Vec<_> = found
            .best
            .into_iter()
            .map(|f| (f.rank, f.field, city.feature_id(&f.asset.uid).unwrap()))
            .collect();
        prop_assert_eq!(found, expected);
    }
}

#[test]
fn of_equal_matches_the_nearest_come_first() {
    let features = [3, 1, 2].map(|east| {
        let at = [123.5 + f64::from(east) * 0.01, 43.5];
        feature(
            json!({"type": "Point", "coordinates": at}),
            json!({"ObjID": format!("C{east}"), "ObjName": "井", "street": "辽河路"}),
        )
    });
    let city = city(&[("points", &features)]);
    let found = |near: [f64; 2], limit| -> String {
        let best = city.search("辽河路", limit, Some(near.into())).best;
        best.into_iter().filter_map(|f| f.asset.code).collect()
    };
    assert_eq!(found([123.5, 43.5], 9), "C1C2C3");
    assert_eq!(found([123.6, 43.5], 9), "C3C2C1");
    assert_eq!(found([123.522, 43.5], 1), "C2");
}

#[test]
fn words_may_stand_in_different_places_and_a_code_may_be_spaced() {
    let features = [
        named("2203820104003099", "雨箅子Y12", "中山路"),
        named("2203820104003100", "雨箅子Y13", "辽河路"),
    ];
    let city = city(&[("points", &features)]);
    let found = |text: &str| -> Vec<_> {
        let best = city.search(text, 9, None).best.into_iter();
        best.filter_map(|found| found.asset.code).collect()
    };
    assert_eq!(found("中山路 雨箅子"), ["2203820104003099"]);
    assert_eq!(found("中山路 公厕"), [] as [&str; 0]);
    assert_eq!(found("220382 0104 003099"), ["2203820104003099"]);
}
