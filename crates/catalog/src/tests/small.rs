//! A catalogue small enough to break in every way.

use serde_json::{Value, json};

/// Free of problems.
pub(super) fn small() -> Value {
    json!({
        "$comment": "remarks are for people",
        "format": 1,
        "version": 3,
        "city": {
            "id": "220382",
            "label": { "zh": "双辽市", "en": "Shuangliao" },
            "zone": "Asia/Shanghai",
            "center": [123.5, 43.52],
            "bounds": [123.4, 43.4, 123.6, 43.6]
        },
        "asset_kinds": [
            {
                "id": "drain",
                "code": { "class": "0104" },
                "geometry": "point",
                "label": { "zh": "雨水箅子", "en": "Storm drain" },
                "symbol": "grate",
                "colour": { "light": "#0f6577", "dark": "#7bcbdd" }
            },
            {
                "id": "pipe",
                "geometry": "line",
                "label": { "zh": "雨水管", "en": "Storm pipe" },
                "symbol": "pipe",
                "colour": { "light": "#5b8fc0", "dark": "#4f7fae" }
            }
        ],
        "units": [
            { "id": "pcs", "label": { "zh": "座", "en": "pcs" }, "decimals": 0 },
            { "id": "m", "label": { "zh": "延米", "en": "m" }, "decimals": 2, "measures": "length" }
        ],
        "families": [{ "id": "drainage", "label": { "zh": "排水", "en": "Drainage" } }],
        "work_kinds": [
            {
                "id": "clear",
                "family": "drainage",
                "label": { "zh": "清掏雨漏", "en": "Drains cleared" },
                "action": { "zh": "清掏完成", "en": "Cleared" },
                "unit": "pcs",
                "applies_to": ["drain"],
                "counts": "sum",
                "cycle": { "per_year": "1", "not_in_months": [1, 2] },
                "limits": [{ "when": { "zh": "堵塞", "en": "Blocked" }, "hours": 24 }],
                "plan": { "2024": "3600" },
                "prechecks": ["traffic"],
                "default_quantity": "1",
                "improbable_above": "60",
                "improbable_at_one": "4"
            },
            {
                "id": "repair",
                "family": "drainage",
                "label": { "zh": "维修雨漏", "en": "Drains repaired" },
                "action": { "zh": "修好了", "en": "Repaired" },
                "unit": "pcs",
                "applies_to": ["drain"],
                "counts": "sum",
                "within": "clear"
            },
            {
                "id": "patrol",
                "family": "drainage",
                "label": { "zh": "巡护管线", "en": "Pipes patrolled" },
                "action": { "zh": "巡护完成", "en": "Patrolled" },
                "unit": "m",
                "applies_to": ["pipe"],
                "places": ["line"],
                "counts": "covered_once",
                "cycle": {
                    "every_days": { "pipe": 30 },
                    "norm_by_class": {
                        "property": "diameter_mm",
                        "bounds": ["599", "1000"],
                        "per_year": ["2", "1", "0.5"]
                    }
                }
            }
        ],
        "prechecks": [{
            "id": "traffic",
            "label": { "zh": "占道作业防护", "en": "Working in traffic" },
            "items": [{ "zh": "锥桶已摆好", "en": "Cones are out" }],
            "readings": [
                { "id": "o2", "label": { "zh": "氧气", "en": "Oxygen" }, "unit": "%", "min": "19.5", "max": "23.5" }
            ]
        }],
        "crews": [
            { "id": "drain-1", "label": { "zh": "排水一班", "en": "Crew 1" }, "families": ["drainage"] }
        ],
        "layers": [
            { "id": "drains", "label": { "zh": "雨漏", "en": "Drains" }, "file": "drains.geojson", "kinds": ["drain"] },
            { "id": "pipes", "label": { "zh": "管线", "en": "Pipes" }, "file": "pipes.geojson", "kinds": ["pipe"] }
        ],
        "base_map": { "kind": "xyz", "url": "https://tiles.example/{z}/{x}/{y}.png" }
    })
}

/// The same with the value at a JSON pointer put in place; `null` removes it,
/// and a pointer ending in `/-` appends.
pub(super) fn with(pointer: &str, value: Value) -> Value {
    let mut file = small();
    put(&mut file, pointer, value);
    file
}

/// Puts a value in place; see [`with`].
pub(super) fn put(file: &mut Value, pointer: &str, value: Value) {
    let (parent, last) = pointer.rsplit_once('/').expect("a pointer");
    match file.pointer_mut(parent).expect("a parent") {
        Value::Object(members) if value.is_null() => {
            members.remove(last).expect("something to remove");
        }
        Value::Object(members) => {
            members.insert(last.to_owned(), value);
        }
        Value::Array(items) if last == "-" => items.push(value),
        Value::Array(items) => items[last.parse::<usize>().expect("an index")] = value,
        other => panic!("{other} has no members"),
    }
}

/// The small one with every member that is known.
pub(super) fn full() -> Value {
    let mut file = small();
    let note = json!({ "zh": "虚构", "en": "Invented" });
    for (pointer, value) in [
        ("/plan_note", note),
        ("/city/demonstration", json!(true)),
        ("/asset_kinds/0/code/local", json!(true)),
        ("/asset_kinds/0/code/source", json!("check")),
        ("/asset_kinds/0/priority", json!(7)),
        ("/asset_kinds/0/locates", json!("street")),
        ("/units/1/size", json!("1000")),
        ("/families/0/heart", json!(true)),
        ("/work_kinds/0/nature", json!("stock")),
        ("/work_kinds/0/verify", json!(true)),
        ("/work_kinds/0/published", json!(true)),
        (
            "/work_kinds/0/printed",
            json!({ "text": { "zh": "清掏{n}", "en": "{n} cleared" }, "at_least": "1000", "monthly": true }),
        ),
        ("/work_kinds/0/year_from", json!("year")),
        ("/work_kinds/0/split_by", json!("material")),
        ("/work_kinds/0/quantity_from", json!("count")),
        ("/work_kinds/0/cycle/norm_per_year", json!("4")),
        ("/work_kinds/0/cycle/source", json!("check")),
        (
            "/work_kinds/0/cycle/by_class",
            json!({ "property": "depth_m", "bounds": ["2"], "per_year": ["1", "2"] }),
        ),
        ("/work_kinds/0/limits/0/guard_hours", json!(0)),
        ("/work_kinds/0/limits/0/working_days", json!(3)),
        ("/work_kinds/0/limits/0/source", json!("check")),
        (
            "/work_kinds/0/targets",
            json!([{ "label": { "zh": "主干路", "en": "Main" }, "at_least": "98", "source": "check" }]),
        ),
        (
            "/work_kinds/1/observes",
            json!({ "work": "clear", "well": { "zh": "通", "en": "open" }, "amiss": { "zh": "堵", "en": "blocked" } }),
        ),
        ("/work_kinds/0/checklist", json!("station")),
        (
            "/checklists",
            json!([{
                "id": "station", "label": { "zh": "泵站检查", "en": "Station" },
                "items": [{ "id": "pumps", "label": { "zh": "水泵", "en": "Pumps" } }]
            }]),
        ),
        (
            "/severities",
            json!([{ "id": "serious", "label": { "zh": "严重", "en": "Serious" }, "hours": 24 }]),
        ),
        ("/prechecks/0/each_chamber", json!(true)),
        ("/prechecks/0/source", json!("check")),
        (
            "/properties",
            json!([
                {
                    "id": "in_order", "label": { "zh": "已规范", "en": "In order" }, "unit": "?",
                    "values": [{ "value": "true", "label": { "zh": "是", "en": "Yes" } }]
                },
                { "id": "year", "label": { "zh": "年度", "en": "Year" } },
                { "id": "material", "label": { "zh": "材料", "en": "Material" } },
                { "id": "count", "label": { "zh": "数量", "en": "Count" } }
            ]),
        ),
        (
            "/programmes",
            json!([{
                "id": "drains", "label": { "zh": "雨漏整治", "en": "Drains" }, "works": ["clear"],
                "by": "material", "trades_from": "material",
                "trades": [{ "id": "lid", "label": { "zh": "箅子", "en": "Lid" }, "value": "箅子" }]
            }]),
        ),
        (
            "/layers/0/fields",
            json!({ "uid": "u", "kind": "k", "code": "c", "name": "n", "street": "s",
                "owner": "o", "date": "d", "state": "t" }),
        ),
        ("/layers/0/heart", json!(true)),
        ("/layers/0/visible", json!(false)),
        ("/layers/0/min_zoom", json!(14)),
        ("/base_map/key", json!("k")),
        ("/base_map/datum", json!("GCJ-02")),
        ("/base_map/max_zoom", json!(17)),
        ("/base_map/attribution", json!("someone")),
    ] {
        put(&mut file, pointer, value);
    }
    file
}
