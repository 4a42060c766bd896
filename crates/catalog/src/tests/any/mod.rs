//! Any catalogue that is free of problems.

mod things;
mod work;

use super::super::*;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::Index;
use rust_decimal::Decimal;
use things::{
    asset_kinds, base_maps, checklists, cities, families, layers, prechecks, programmes,
    properties, severities, units,
};
use work::work_kinds;

/// Any catalogue that is free of problems, with at least one of everything.
pub(super) fn catalogs() -> impl Strategy<Value = Catalog> {
    let things = (
        vec(units(), 1..4),
        vec(asset_kinds(), 1..4),
        vec(families(), 1..3),
        vec(prechecks(), 1..3),
        vec(checklists(), 0..3),
        vec(severities(), 0..3),
        vec(properties(), 0..3),
    );
    let referring = (
        vec(work_kinds(), 0..5),
        vec(indices(), 1..3),
        vec(layers(), 1..3),
        vec(programmes(), 0..3),
    );
    let rest = (
        0..9_u32,
        cities(),
        option::of(labels()),
        option::of(base_maps()),
    );
    (things, referring, rest).prop_map(|(things, (work, crews, layers, programmes), rest)| {
        let (units, asset_kinds, families, prechecks, checklists, severities, properties) = things;
        let (version, city, plan_note, base_map) = rest;
        let mut catalog = Catalog {
            format: FORMAT,
            version,
            city,
            asset_kinds: named(asset_kinds, |k, id| k.id = AssetKindId(id)),
            units: named(units, |u, id| u.id = UnitId(id)),
            families: named(families, |f, id| f.id = FamilyId(id)),
            work_kinds: Vec::new(),
            plan_note,
            prechecks: named(prechecks, |p, id| p.id = PrecheckId(id)),
            checklists: named(checklists, |list, id| list.id = ChecklistId(id)),
            severities: named(severities, |s, id| s.id = SeverityId(id)),
            properties: named(properties, |p, id| p.id = PropertyId(id)),
            programmes: Vec::new(),
            crews: Vec::new(),
            layers: Vec::new(),
            base_map,
        };
        for (n, families) in crews.into_iter().enumerate() {
            catalog.crews.push(Crew {
                id: CrewId(format!("crew-{n}")),
                label: label("班", "Crew"),
                families: picked(&families, &catalog.families, |f| f.id.clone()),
            });
        }
        for (n, (mut layer, kinds)) in layers.into_iter().enumerate() {
            layer.id = LayerId(format!("layer-{n}"));
            layer.kinds = picked(&kinds, &catalog.asset_kinds, |k| k.id.clone());
            catalog.layers.push(layer);
        }
        for (n, draft) in work.into_iter().enumerate() {
            let kind = draft.finish(n, &catalog);
            catalog.work_kinds.push(kind);
        }
        for (n, (mut programme, works)) in programmes.into_iter().enumerate() {
            // Where there is no work at all, nothing is counted.
            if catalog.work_kinds.is_empty() {
                break;
            }
            programme.id = ProgrammeId(format!("programme-{n}"));
            programme.works = picked(&works, &catalog.work_kinds, |k| k.id.clone());
            catalog.programmes.push(programme);
        }
        catalog
    })
}

fn named<T>(mut things: Vec<T>, name: impl Fn(&mut T, String)) -> Vec<T> {
    for (n, thing) in things.iter_mut().enumerate() {
        name(thing, format!("thing-{n}"));
    }
    things
}

/// Ids of some of the things, each once.
fn picked<T, I: PartialEq>(indices: &[Index], things: &[T], id: impl Fn(&T) -> I) -> Vec<I> {
    let mut ids = Vec::new();
    for index in indices {
        let id = id(index.get(things));
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    ids
}

fn label(zh: &str, en: &str) -> Label {
    Label {
        zh: zh.into(),
        en: en.into(),
    }
}

fn words() -> impl Strategy<Value = String> {
    r#"[\p{Han}a-z"\\/\n~]{1,8}"#.prop_filter("not blank", |w| !w.trim().is_empty())
}

fn labels() -> impl Strategy<Value = Label> {
    (words(), words()).prop_map(|(zh, en)| Label { zh, en })
}

fn indices() -> impl Strategy<Value = Vec<Index>> {
    vec(any::<Index>(), 1..4)
}

fn decimals(places: u32) -> impl Strategy<Value = Decimal> {
    (1..9_999_999_999_i64).prop_map(move |n| Decimal::new(n, places))
}
