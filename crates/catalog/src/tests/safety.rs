//! The cycles, time limits and prechecks of the demonstration city.

use super::super::*;
use super::city;
use rust_decimal::Decimal;

fn kind<'a>(catalog: &'a Catalog, id: &str) -> &'a WorkKind {
    catalog.work_kind(&id.into()).expect("a kind of work")
}

fn limits(catalog: &Catalog, id: &str) -> Vec<(Option<u32>, Option<u32>, Option<u32>)> {
    let limits = &kind(catalog, id).limits;
    let times = limits.iter();
    times
        .map(|l| (l.guard_hours, l.hours, l.working_days))
        .collect()
}

fn number(text: &str) -> Decimal {
    text.parse().expect("a decimal")
}

#[test]
fn a_missing_lid_is_guarded_and_mended_in_hours() {
    let limits = limits(&city(), "lid-replace");
    assert_eq!(limits, [(Some(0), Some(6), None), (Some(2), Some(6), None)]);
}

#[test]
fn a_dark_lamp_has_a_day_a_cable_three_a_danger_an_hour() {
    let limits = limits(&city(), "lamp-repair");
    assert_eq!(
        limits,
        [
            (None, Some(24), None),
            (None, None, Some(3)),
            (Some(0), Some(1), None)
        ]
    );
}

#[test]
fn lit_rates_have_targets() {
    let catalog = city();
    let targets = &kind(&catalog, "lamp-lit-rate").targets;
    let rates: Vec<_> = targets
        .iter()
        .map(|t| (t.label.zh.as_str(), t.at_least))
        .collect();
    assert_eq!(
        rates,
        [("主干路", number("98")), ("其他道路", number("96"))]
    );
}

#[test]
fn roads_are_patrolled_by_grade() {
    let catalog = city();
    let cycle = kind(&catalog, "road-patrol")
        .cycle
        .as_ref()
        .expect("a cycle");
    let days =
        ["road-arterial", "road-collector", "road-local"].map(|k| cycle.interval_days(&k.into()));
    assert_eq!(days, [Some(1), Some(2), Some(3)]);
    assert_eq!(cycle.interval_days(&"railway".into()), None);
}

#[test]
fn the_demonstration_clears_once_a_year_and_shows_the_norm_beside() {
    let catalog = city();
    for id in ["manhole-clear", "drain-clear"] {
        let cycle = kind(&catalog, id).cycle.as_ref().expect("a cycle");
        assert_eq!(
            cycle.interval_days(&"storm-drain".into()),
            Some(365),
            "{id}"
        );
        assert_eq!(cycle.norm_per_year, Some(number("4")), "{id}");
        assert!(cycle.not_in_months.contains(&1), "{id}");
    }
}

#[test]
fn pipes_are_cleaned_by_diameter() {
    let catalog = city();
    let norm = |id: &str, mm: &str| {
        let cycle = kind(&catalog, id).cycle.clone().expect("a cycle");
        let classes = cycle.norm_by_class.expect("classes");
        classes.for_value(number(mm)).expect("a rate").to_string()
    };
    // The classes of the norm: < 600, 600–1000, > 1000–1500, > 1500 mm.
    let edges = ["300", "599", "600", "1000", "1001", "1500", "1501"];
    let storm = ["2", "2", "1", "1", "0.5", "0.5", "0.3"];
    let sewage = ["2", "2", "1", "1", "0.3", "0.3", "0.2"];
    assert_eq!(edges.map(|mm| norm("pipe-clean-storm", mm)), storm);
    assert_eq!(edges.map(|mm| norm("pipe-clean-sewage", mm)), sewage);
}

#[test]
fn a_chamber_is_tested_before_anyone_enters() {
    let catalog = city();
    let precheck = catalog
        .precheck(&"chamber-entry".into())
        .expect("a precheck");
    assert!(precheck.each_chamber);
    let readings: Vec<_> = precheck
        .readings
        .iter()
        .map(|r| (r.id.as_str(), r.min, r.max))
        .collect();
    assert_eq!(
        readings,
        [
            ("o2", Some(number("19.5")), Some(number("23.5"))),
            ("h2s", None, Some(number("10"))),
            ("co", None, Some(number("20"))),
            ("lel", None, Some(number("10"))),
        ]
    );
    assert!(!readings_allow(precheck, "o2", "19.4"));
    assert!(readings_allow(precheck, "o2", "20.9"));
    assert!(!readings_allow(precheck, "h2s", "10.1"));
    for id in [
        "manhole-clear",
        "manhole-repair",
        "pipe-clean-storm",
        "pump-sewage-keep",
    ] {
        assert!(kind(&catalog, id).prechecks.contains(&precheck.id), "{id}");
    }
}

fn readings_allow(precheck: &Precheck, id: &str, value: &str) -> bool {
    let mut readings = precheck.readings.iter();
    readings
        .find(|r| r.id == id)
        .expect("a reading")
        .allows(number(value))
}

#[test]
fn figures_from_memory_of_a_norm_say_so() {
    let catalog = city();
    let mut sources = Vec::new();
    for kind in &catalog.work_kinds {
        if let Some(cycle) = &kind.cycle
            && (cycle.norm_per_year.is_some()
                || cycle.norm_by_class.is_some()
                || !cycle.every_days.is_empty())
        {
            sources.push((&kind.id.0, cycle.source.as_deref()));
        }
        sources.extend(
            kind.limits
                .iter()
                .map(|l| (&kind.id.0, l.source.as_deref())),
        );
        sources.extend(
            kind.targets
                .iter()
                .map(|t| (&kind.id.0, t.source.as_deref())),
        );
    }
    sources.extend(
        catalog
            .prechecks
            .iter()
            .filter(|p| !p.readings.is_empty())
            .map(|p| (&p.id.0, p.source.as_deref())),
    );
    assert!(sources.len() > 10);
    for (id, source) in sources {
        assert!(
            source.is_some_and(|s| s.contains("check")),
            "{id}: {source:?}"
        );
    }
}

#[test]
fn stations_and_toilets_are_looked_at_by_a_short_list() {
    let catalog = city();
    for (work, items) in [
        ("pump-sewage-keep", 4..=7),
        ("pump-storm-keep", 4..=7),
        ("toilet-keep", 4..=7),
    ] {
        let list = kind(&catalog, work).checklist.as_ref();
        let list = catalog
            .checklist(list.expect("a checklist"))
            .expect("it is there");
        assert!(items.contains(&list.items.len()), "{work}");
    }
    let station = catalog
        .checklist(&"pump-station".into())
        .expect("a checklist");
    for item in ["pumps", "levels", "screens", "power"] {
        assert!(station.item(item).is_some(), "{item}");
    }
}
