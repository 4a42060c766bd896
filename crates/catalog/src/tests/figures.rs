//! Numbers of a catalogue are possible ones.

use super::super::*;
use super::small::{small, with};
use rust_decimal::Decimal;
use serde_json::{Value, json};

/// Breaks one figure of an entry; what is said of it, and what became of the rest.
#[track_caller]
fn refused(pointer: &str, value: Value, at: &str, fault: Value) -> Catalog {
    let file = with(pointer, value);
    let (catalog, problems) = Catalog::read(file.to_string().as_bytes()).expect("a catalogue");
    assert_eq!(problems.len(), 1, "{problems:?}");
    assert_eq!(problems[0].at, at);
    let said = serde_json::to_value(&problems[0].fault).expect("data");
    assert_eq!(said, fault);
    assert_eq!(
        catalog.work_kinds.len(),
        small()["work_kinds"].as_array().map_or(0, Vec::len)
    );
    catalog
}

/// Puts something in place that can stand.
#[track_caller]
fn sound(pointer: &str, value: Value) -> Catalog {
    let file = with(pointer, value);
    let (catalog, problems) = Catalog::read(file.to_string().as_bytes()).expect("a catalogue");
    assert_eq!(problems, []);
    catalog
}

#[test]
fn plans_are_possible() {
    let at = "/work_kinds/0/plan/2024";
    let catalog = refused(
        at,
        json!("-1"),
        at,
        json!({ "fault": "too_small", "value": "-1" }),
    );
    assert!(catalog.work_kinds[0].plan.is_empty());
    refused(
        at,
        json!("0.5"),
        at,
        json!({ "fault": "too_fine", "value": "0.5", "decimals": 0 }),
    );
    // Trailing zeros are no finer than their number.
    let file = with(at, json!("3600.00"));
    assert_eq!(
        Catalog::read(file.to_string().as_bytes())
            .expect("a catalogue")
            .1,
        []
    );
}

#[test]
fn offered_quantities_are_possible() {
    let at = "/work_kinds/0/default_quantity";
    refused(
        at,
        json!("0"),
        at,
        json!({ "fault": "too_small", "value": "0" }),
    );
    refused(
        at,
        json!("1.5"),
        at,
        json!({ "fault": "too_fine", "value": "1.5", "decimals": 0 }),
    );
    refused(
        at,
        json!("61"),
        at,
        json!({ "fault": "too_large", "value": "61", "most": "60" }),
    );
    let at = "/work_kinds/0/improbable_above";
    let catalog = refused(
        at,
        json!("-5"),
        at,
        json!({ "fault": "too_small", "value": "-5" }),
    );
    assert_eq!(catalog.work_kinds[0].improbable_above, None);
}

#[test]
fn cycles_come_round() {
    let at = "/work_kinds/0/cycle/not_in_months";
    let catalog = refused(
        at,
        json!([1, 13]),
        "/work_kinds/0/cycle/not_in_months/1",
        json!({ "fault": "bad_month", "value": 13 }),
    );
    assert_eq!(
        catalog.work_kinds[0]
            .cycle
            .as_ref()
            .map(|c| c.not_in_months.len()),
        Some(1)
    );
    let all: Vec<u8> = (1..=12).collect();
    refused(at, json!(all), at, json!({ "fault": "no_month" }));
    let catalog = refused(
        "/work_kinds/0/cycle/per_year",
        Value::Null,
        "/work_kinds/0/cycle",
        json!({ "fault": "no_rhythm" }),
    );
    assert_eq!(catalog.work_kinds[0].cycle, None);
    let at = "/work_kinds/2/cycle/every_days/drain";
    refused(
        at,
        json!(0),
        at,
        json!({ "fault": "too_small", "value": "0" }),
    );
}

#[test]
fn classes_ascend_and_have_a_rate_each() {
    let at = "/work_kinds/2/cycle/norm_by_class";
    for (member, value) in [
        ("bounds", json!(["1000", "599"])),
        ("bounds", json!(["599", "599"])),
        ("bounds", json!(["599"])),
        ("per_year", json!(["2", "1"])),
    ] {
        let catalog = refused(
            &format!("{at}/{member}"),
            value,
            at,
            json!({ "fault": "bad_classes" }),
        );
        let cycle = catalog.work_kinds[2]
            .cycle
            .as_ref()
            .expect("the cycle stands");
        assert_eq!(cycle.norm_by_class, None);
    }
}

#[test]
fn the_citys_own_classes_go_before_its_rate_and_a_norms_are_not_applied() {
    let at = "/work_kinds/2/cycle";
    let classes = |rates: [&str; 3]| json!({ "property": "diameter_mm", "bounds": ["599", "1000"], "per_year": rates });
    let own = json!({ "per_year": "1", "by_class": classes(["4", "2", "0.5"]), "norm_by_class": classes(["9", "9", "9"]) });
    let catalog = sound(at, own);
    let cycle = catalog.work_kinds[2].cycle.as_ref().expect("a cycle");
    let days = |mm: Option<i64>| {
        let number = |name: &str| mm.filter(|_| name == "diameter_mm").map(Decimal::from);
        cycle.interval_at(&"pipe".into(), &number)
    };
    let of = [Some(599), Some(600), Some(1001), None].map(days);
    assert_eq!(of, [Some(91), Some(182), Some(730), Some(365)]);
    // Alone they are rhythm enough; bad ones are left out like a norm's.
    let alone = json!({ "by_class": classes(["4", "2", "1"]) });
    assert!(sound(at, alone).work_kinds[2].cycle.is_some());
    let bad =
        json!({ "property": "diameter_mm", "bounds": ["9", "9"], "per_year": ["1", "1", "1"] });
    refused(
        &format!("{at}/by_class"),
        bad,
        &format!("{at}/by_class"),
        json!({ "fault": "bad_classes" }),
    );
}

#[test]
fn limits_set_a_time() {
    let catalog = refused(
        "/work_kinds/0/limits/0/hours",
        Value::Null,
        "/work_kinds/0/limits/0",
        json!({ "fault": "no_time" }),
    );
    assert!(catalog.work_kinds[0].limits.is_empty());
}

#[test]
fn a_range_nobody_can_be_in_stays_and_is_said() {
    let at = "/prechecks/0/readings/0";
    let fault = json!({ "fault": "no_range" });
    let catalog = refused(&format!("{at}/min"), json!("30"), at, fault);
    assert!(!catalog.prechecks[0].readings[0].allows("20.9".parse().expect("a decimal")));
}

#[test]
fn units_have_a_size() {
    refused(
        "/units/1/decimals",
        json!(9),
        "/units/1/decimals",
        json!({ "fault": "too_large", "value": "9", "most": "6" }),
    );
    for (unit, size) in [(0, "1000"), (1, "0"), (1, "-1")] {
        let file = with(&format!("/units/{unit}/size"), json!(size));
        let (_, problems) = Catalog::read(file.to_string().as_bytes()).expect("a catalogue");
        assert_eq!(
            problems[0].fault,
            Fault::BadSize {
                value: size.parse().expect("a decimal")
            }
        );
        assert_eq!(problems[0].remedy, Remedy::EntryLeftOut);
    }
}

#[test]
fn a_base_map_has_a_whole_address() {
    for (url, part) in [
        ("https://tiles.example/{z}/{x}.png", "{y}"),
        ("https://tiles.example/{z}/{x}/{y}.png?tk={key}", "key"),
        ("", "url"),
    ] {
        let at = "/base_map/url";
        let catalog = refused(
            at,
            json!(url),
            at,
            json!({ "fault": "base_map_address", "part": part }),
        );
        assert_eq!(catalog.base_map, None);
    }
}

#[test]
fn measured_lengths_are_rounded_once_half_up() {
    let catalog = super::city();
    let number = |text: &str| text.parse::<rust_decimal::Decimal>().expect("a decimal");
    for (unit, metres, quantity) in [
        ("m", "820.505", "820.51"),
        ("km", "146000.4", "146.000"),
        ("km", "1234.5", "1.235"),
        ("pcs", "0.5", "1"),
    ] {
        let unit = catalog.unit(&unit.into()).expect(unit);
        assert_eq!(
            unit.from_base(number(metres)),
            Some(number(quantity)),
            "{}",
            unit.id
        );
    }
}
