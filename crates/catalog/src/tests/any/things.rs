//! Everything but work.

use super::super::super::*;
use super::{decimals, indices, labels, words};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use rust_decimal::Decimal;

pub(super) fn units() -> impl Strategy<Value = Unit> {
    let measures = select(vec![
        Measure::Count,
        Measure::Length,
        Measure::Area,
        Measure::Mass,
        Measure::Rate,
    ]);
    (labels(), 0..=6_u32, measures, decimals(3)).prop_map(|(label, decimals, measures, size)| {
        Unit {
            id: "".into(),
            label,
            decimals,
            measures,
            size: match measures {
                Measure::Length | Measure::Area => size,
                _ => Decimal::ONE,
            },
        }
    })
}

pub(super) fn families() -> impl Strategy<Value = Family> {
    (labels(), any::<bool>()).prop_map(|(label, heart)| Family {
        id: "".into(),
        label,
        heart,
    })
}

pub(super) fn severities() -> impl Strategy<Value = Severity> {
    (labels(), option::of(1..999_u32)).prop_map(|(label, hours)| Severity {
        id: "".into(),
        label,
        hours,
    })
}

pub(super) fn asset_kinds() -> impl Strategy<Value = AssetKind> {
    let code = ("[0-9]{4}", any::<bool>(), option::of(words()));
    let code = code.prop_map(|(class, local, source)| ClassCode {
        class,
        local,
        source,
    });
    let geometry = select(vec![
        GeometryType::Point,
        GeometryType::Line,
        GeometryType::Polygon,
    ]);
    let locates = select(vec![None, Some(Locates::Street), Some(Locates::Community)]);
    let colour = ("#[0-9a-fA-F]{6}", "#[0-9a-fA-F]{6}");
    let looks = (words(), colour, any::<u8>(), locates);
    (option::of(code), geometry, labels(), looks).prop_map(|(code, geometry, label, looks)| {
        let (symbol, (light, dark), priority, locates) = looks;
        let colour = Colour { light, dark };
        AssetKind {
            id: "".into(),
            code,
            geometry,
            label,
            symbol,
            colour,
            priority,
            locates,
        }
    })
}

pub(super) fn checklists() -> impl Strategy<Value = Checklist> {
    (labels(), vec(labels(), 1..4)).prop_map(|(label, items)| {
        let item = |(n, label): (usize, Label)| CheckItem {
            id: format!("item-{n}"),
            label,
        };
        Checklist {
            id: "".into(),
            label,
            items: items.into_iter().enumerate().map(item).collect(),
        }
    })
}

pub(super) fn programmes() -> impl Strategy<Value = (Programme, Vec<Index>)> {
    let trade = (labels(), option::of(words()));
    (labels(), vec(trade, 0..4), indices()).prop_map(|(label, trades, works)| {
        let trade = |(n, (label, value)): (usize, (Label, Option<String>))| Trade {
            id: TradeId(format!("trade-{n}")),
            label,
            value,
        };
        let programme = Programme {
            id: "".into(),
            label,
            works: Vec::new(),
            by: None,
            trades_from: None,
            trades: trades.into_iter().enumerate().map(trade).collect(),
        };
        (programme, works)
    })
}

pub(super) fn prechecks() -> impl Strategy<Value = Precheck> {
    let range = (decimals(1), decimals(1), 0..3_u8).prop_map(|(a, b, which)| match which {
        0 => (Some(a.min(b)), Some(a.max(b))),
        1 => (Some(a), None),
        _ => (None, Some(b)),
    });
    let reading = (labels(), words(), range).prop_map(|(label, unit, (min, max))| Reading {
        id: "o2".into(),
        label,
        unit,
        min,
        max,
    });
    let source = option::of(words());
    let lists = (vec(labels(), 0..3), vec(reading, 0..3));
    (labels(), any::<bool>(), lists, source).prop_map(|(label, each_chamber, lists, source)| {
        let (items, readings) = lists;
        Precheck {
            id: "".into(),
            label,
            each_chamber,
            items,
            readings,
            source,
        }
    })
}

pub(super) fn layers() -> impl Strategy<Value = (LayerFile, Vec<Index>)> {
    let fields = (words(), words()).prop_map(|(uid, street)| Fields {
        uid,
        street,
        ..Fields::default()
    });
    let switches = (any::<(bool, bool)>(), 0..=22_u8);
    (labels(), words(), fields, switches, indices()).prop_map(
        |(label, file, fields, switches, kinds)| {
            let ((heart, visible), min_zoom) = switches;
            let (id, no_kinds) = ("".into(), Vec::new());
            let layer = LayerFile {
                id,
                label,
                file,
                kinds: no_kinds,
                fields,
                heart,
                visible,
                min_zoom,
            };
            (layer, kinds)
        },
    )
}

/// Degrees to seven places: a centimetre, and exact through any reader of JSON.
fn degrees(from: i32, to: i32) -> impl Strategy<Value = f64> {
    (from * 10_000_000..=to * 10_000_000).prop_map(|d| f64::from(d) / 1e7)
}

pub(super) fn cities() -> impl Strategy<Value = City> {
    let place = (degrees(-179, 178), degrees(-89, 88));
    ("[0-9]{6}", labels(), words(), place, any::<bool>()).prop_map(
        |(id, label, zone, (lng, lat), demonstration)| {
            let (center, bounds) = ([lng, lat], [lng, lat, lng + 0.5, lat + 0.5]);
            City {
                id,
                label,
                zone,
                center,
                bounds,
                demonstration,
            }
        },
    )
}

pub(super) fn base_maps() -> impl Strategy<Value = BaseMap> {
    let kinds = select(vec![
        BaseMapKind::Xyz,
        BaseMapKind::Wmts,
        BaseMapKind::Pmtiles,
    ]);
    let datums = select(vec![Datum::Wgs84, Datum::Gcj02]);
    let url = Just("https://tiles.example/{z}/{x}/{y}?tk={key}".to_owned());
    (kinds, url, words(), datums, 0..=24_u8, option::of(words())).prop_map(
        |(kind, url, key, datum, max_zoom, attribution)| BaseMap {
            kind,
            url,
            key: Some(key),
            datum,
            max_zoom,
            attribution,
        },
    )
}

pub(super) fn properties() -> impl Strategy<Value = Property> {
    let values = (words(), labels()).prop_map(|(value, label)| PropertyValue { value, label });
    (labels(), option::of(words()), vec(values, 0..3)).prop_map(|(label, unit, values)| Property {
        id: "".into(),
        label,
        unit,
        values,
    })
}
