//! Each slip costs no more than it must, and is said as data.

use super::super::*;
use super::small::{put, small, with};
use serde_json::{Value, json};

fn read(file: &Value) -> (Catalog, Vec<CatalogProblem>) {
    Catalog::read(file.to_string().as_bytes()).expect("a catalogue")
}

/// Breaks one thing and checks that this alone is said of it.
#[track_caller]
fn said(pointer: &str, value: Value, expected: Value) -> Catalog {
    let (catalog, problems) = read(&with(pointer, value));
    let problems = serde_json::to_value(problems).expect("problems are data");
    assert_eq!(problems, json!([expected]));
    catalog
}

#[test]
fn the_small_catalogue_is_free_of_problems() {
    let (catalog, problems) = read(&small());
    assert_eq!(problems, []);
    assert_eq!(catalog.version, 3);
    assert_eq!(catalog.work_kinds.len(), 3);
}

#[test]
fn an_entry_of_the_wrong_shape_is_left_out_with_its_line() {
    let text =
        serde_json::to_string_pretty(&with("/units/1/decimals", json!("two"))).expect("json");
    let line = text
        .lines()
        .position(|l| l.contains("\"two\""))
        .expect("it")
        + 1;
    let (catalog, problems) = Catalog::read(text.as_bytes()).expect("a catalogue");
    let fault = Fault::Unreadable {
        line,
        message: "invalid type: string \"two\", expected u32".into(),
    };
    assert_eq!(problems[0].fault, fault);
    assert_eq!(problems[0].at, "/units/1");
    assert_eq!(problems[0].id.as_deref(), Some("m"));
    assert_eq!(catalog.units.len(), 1);
    // What was measured in it goes too, and says why.
    assert_eq!(problems[1].at, "/work_kinds/2/unit");
    assert_eq!(problems.len(), 2);
    assert_eq!(catalog.work_kinds.len(), 2);
}

#[test]
fn a_misspelt_member_is_said() {
    let catalog = said(
        "/work_kinds/0/limts",
        json!([1]),
        json!({ "at": "/work_kinds/0/limts", "id": "clear", "remedy": "part_left_out",
                "fault": "unknown_member", "member": "limts" }),
    );
    assert_eq!(catalog.work_kinds.len(), 3);
    said(
        "/work_kinds/0/cycle/per~year",
        json!("2"),
        json!({ "at": "/work_kinds/0/cycle/per~0year", "id": "clear", "remedy": "part_left_out",
                "fault": "unknown_member", "member": "per~year" }),
    );
    said(
        "/crew",
        json!([]),
        json!({ "at": "/crew", "remedy": "part_left_out", "fault": "unknown_member", "member": "crew" }),
    );
}

#[test]
fn ids_are_words_of_their_own() {
    let mut twin = small()["families"][0].clone();
    twin["label"]["zh"] = json!("又一个");
    let catalog = said(
        "/families/-",
        twin,
        json!({ "at": "/families/1", "id": "drainage", "remedy": "entry_left_out",
                "fault": "duplicate_id", "first": "/families/0" }),
    );
    assert_eq!(catalog.families[0].label.zh, "排水");
    said(
        "/layers/0/id",
        json!("storm drains"),
        json!({ "at": "/layers/0", "id": "storm drains", "remedy": "entry_left_out",
                "fault": "bad_id", "value": "storm drains" }),
    );
    said(
        "/layers/0/id",
        json!(""),
        json!({ "at": "/layers/0", "remedy": "entry_left_out", "fault": "bad_id", "value": "" }),
    );
}

#[test]
fn a_blank_name_takes_the_other_tongue() {
    let catalog = said(
        "/asset_kinds/0/label/zh",
        json!(" "),
        json!({ "at": "/asset_kinds/0/label", "id": "drain", "remedy": "replaced", "fault": "blank_label" }),
    );
    assert_eq!(catalog.asset_kinds[0].label.zh, "Storm drain");
    let catalog = said(
        "/work_kinds/0/action",
        json!({ "zh": "", "en": "" }),
        json!({ "at": "/work_kinds/0/action", "id": "clear", "remedy": "replaced", "fault": "blank_label" }),
    );
    assert_eq!(catalog.work_kinds[0].action.en, "clear");
}

#[test]
fn codes_and_colours_have_their_form() {
    let catalog = said(
        "/asset_kinds/0/code/class",
        json!("104"),
        json!({ "at": "/asset_kinds/0/code", "id": "drain", "remedy": "part_left_out",
                "fault": "bad_class", "value": "104" }),
    );
    assert_eq!(catalog.asset_kinds[0].code, None);
    let catalog = said(
        "/asset_kinds/0/colour/dark",
        json!("teal"),
        json!({ "at": "/asset_kinds/0/colour/dark", "id": "drain", "remedy": "replaced",
                "fault": "bad_colour", "value": "teal" }),
    );
    assert_eq!(catalog.asset_kinds[0].colour.dark, "#a3aeaa");
    assert_eq!(catalog.asset_kinds[0].colour.light, "#0f6577");
}

#[test]
fn references_lead_somewhere() {
    let catalog = said(
        "/work_kinds/0/applies_to",
        json!(["gully", "drain"]),
        json!({ "at": "/work_kinds/0/applies_to/0", "id": "clear", "remedy": "part_left_out",
                "fault": "unknown", "list": "asset_kinds", "value": "gully" }),
    );
    assert_eq!(catalog.work_kinds[0].applies_to, ["drain".into()]);
    for (pointer, list, remedy) in [
        ("/work_kinds/2/unit", "units", "entry_left_out"),
        ("/work_kinds/2/family", "families", "entry_left_out"),
        ("/work_kinds/2/within", "work_kinds", "part_left_out"),
    ] {
        said(
            pointer,
            json!("nobody"),
            json!({ "at": pointer, "id": "patrol", "remedy": remedy,
                    "fault": "unknown", "list": list, "value": "nobody" }),
        );
    }
    for (pointer, list) in [
        ("/work_kinds/2/observes", "clear"),
        ("/work_kinds/1/observes", "repair"),
    ] {
        let words = json!({ "zh": "字", "en": "word" });
        let file = |work: &str| {
            let observes = json!({ "work": work, "well": words, "amiss": words });
            read(&with(pointer, observes))
        };
        let (catalog, problems) = file("nobody");
        assert_eq!(problems.len(), 1, "{problems:?}");
        assert_eq!(problems[0].at, format!("{pointer}/work"));
        assert!(
            catalog
                .work_kinds
                .iter()
                .all(|kind| kind.observes.is_none())
        );
        // Nothing is needed where it is amiss itself.
        let (_, problems) = file(list);
        assert_eq!(problems.len(), usize::from(list == "repair"));
    }
    said(
        "/work_kinds/0/prechecks/-",
        json!("entry"),
        json!({ "at": "/work_kinds/0/prechecks/1", "id": "clear", "remedy": "part_left_out",
                "fault": "unknown", "list": "prechecks", "value": "entry" }),
    );
    said(
        "/work_kinds/0/checklist",
        json!("station"),
        json!({ "at": "/work_kinds/0/checklist", "id": "clear", "remedy": "part_left_out",
                "fault": "unknown", "list": "checklists", "value": "station" }),
    );
    said(
        "/crews/0/families/-",
        json!("road"),
        json!({ "at": "/crews/0/families/1", "id": "drain-1", "remedy": "part_left_out",
                "fault": "unknown", "list": "families", "value": "road" }),
    );
    said(
        "/work_kinds/2/cycle/every_days/sewer",
        json!(3),
        json!({ "at": "/work_kinds/2/cycle/every_days/sewer", "id": "patrol", "remedy": "part_left_out",
                "fault": "unknown", "list": "asset_kinds", "value": "sewer" }),
    );
}

#[test]
fn a_property_that_no_asset_has_is_said_and_stays() {
    for member in ["year_from", "split_by", "quantity_from"] {
        let catalog = said(
            &format!("/work_kinds/0/{member}"),
            json!("programme_yaer"),
            json!({ "at": format!("/work_kinds/0/{member}"), "id": "clear", "remedy": "kept",
                    "fault": "unknown", "list": "properties", "value": "programme_yaer" }),
        );
        let kind = &catalog.work_kinds[0];
        let read = [&kind.year_from, &kind.split_by, &kind.quantity_from];
        assert_eq!(read.into_iter().flatten().count(), 1);
    }
}

#[test]
fn nothing_counts_within_itself() {
    let (catalog, problems) = read(&with("/work_kinds/0/within", json!("repair")));
    let paths: Vec<_> = problems.iter().map(|p| (p.at.as_str(), &p.fault)).collect();
    let ring = |path: [&str; 2]| Fault::WithinCycle {
        path: path.map(WorkKindId::from).to_vec(),
    };
    let (there, back) = (ring(["clear", "repair"]), ring(["repair", "clear"]));
    assert_eq!(
        paths,
        [
            ("/work_kinds/0/within", &there),
            ("/work_kinds/1/within", &back)
        ]
    );
    assert!(catalog.work_kinds.iter().all(|w| w.within.is_none()));
    said(
        "/work_kinds/0/within",
        json!("clear"),
        json!({ "at": "/work_kinds/0/within", "id": "clear", "remedy": "part_left_out",
                "fault": "within_cycle", "path": ["clear"] }),
    );
}

#[test]
fn a_ring_may_run_through_every_kind_there_is() {
    let mut file = with("/work_kinds/0/within", json!("repair"));
    let kinds = file["work_kinds"].as_array_mut().expect("a list");
    kinds.truncate(2);
    let (catalog, problems) = read(&file);
    assert_eq!(problems.len(), 2);
    assert!(catalog.work_kinds.iter().all(|w| w.within.is_none()));
}

#[test]
fn a_subset_of_a_ring_is_no_ring() {
    let mut file = with("/work_kinds/0/within", json!("repair"));
    let mut third = small()["work_kinds"][1].clone();
    third["id"] = json!("third");
    put(&mut file, "/work_kinds/-", third);
    let (catalog, problems) = read(&file);
    assert_eq!(problems.len(), 2);
    let third = catalog.work_kind(&"third".into()).expect("it stands");
    assert_eq!(third.within, Some("clear".into()));
}

#[test]
fn a_subset_shares_the_unit() {
    said(
        "/work_kinds/1/unit",
        json!("m"),
        json!({ "at": "/work_kinds/1/within", "id": "repair", "remedy": "part_left_out",
                "fault": "within_unit", "unit": "m", "of": "pcs" }),
    );
}

#[test]
fn stretches_are_lengths() {
    let catalog = said(
        "/work_kinds/2/unit",
        json!("pcs"),
        json!({ "at": "/work_kinds/2/counts", "id": "patrol", "remedy": "entry_left_out",
                "fault": "covered_not_length", "unit": "pcs" }),
    );
    assert_eq!(catalog.work_kinds.len(), 2);
}

#[test]
fn work_is_done_somewhere_unless_it_is_a_rate() {
    let entry =
        json!({ "at": "/work_kinds/0", "id": "clear", "remedy": "kept", "fault": "nowhere" });
    said("/work_kinds/0/applies_to", json!([]), entry);
    let mut file = with("/work_kinds/0/applies_to", json!([]));
    put(&mut file, "/work_kinds/0/counts", json!("entered"));
    assert_eq!(read(&file).1, []);
}

#[test]
fn layers_hold_known_kinds_in_a_file() {
    for (pointer, value, fault) in [
        ("/layers/1/kinds", json!([]), json!({ "fault": "no_kinds" })),
        (
            "/layers/1/kinds",
            json!(["sewer"]),
            json!({ "fault": "unknown", "list": "asset_kinds", "value": "sewer" }),
        ),
        ("/layers/1/file", json!(""), json!({ "fault": "no_file" })),
    ] {
        let mut expected = json!({ "at": pointer, "id": "pipes", "remedy": "entry_left_out" });
        let members = fault.as_object().expect("an object").clone();
        expected.as_object_mut().expect("an object").extend(members);
        let catalog = said(pointer, value, expected);
        assert_eq!(catalog.layers.len(), 1);
    }
    let catalog = said(
        "/layers/1/kinds",
        json!(["sewer", "pipe"]),
        json!({ "at": "/layers/1/kinds/0", "id": "pipes", "remedy": "part_left_out",
                "fault": "unknown", "list": "asset_kinds", "value": "sewer" }),
    );
    assert_eq!(catalog.layers[1].kinds, ["pipe".into()]);
    let catalog = said(
        "/layers/1/min_zoom",
        json!(30),
        json!({ "at": "/layers/1/min_zoom", "id": "pipes", "remedy": "replaced",
                "fault": "too_large", "value": "30", "most": "22" }),
    );
    assert_eq!(catalog.layers[1].min_zoom, 22);
}

#[test]
fn an_item_of_a_checklist_stands_once() {
    let words = json!({ "zh": "水泵", "en": "Pumps" });
    let item = |id: &str| json!({ "id": id, "label": words });
    let items = json!([item("pumps"), item("power"), item("pumps"), item("a b")]);
    let list = json!([{ "id": "station", "label": words, "items": items }]);
    let (catalog, problems) = read(&with("/checklists", list));
    let ids = catalog.checklists[0].items.iter().map(|item| &*item.id);
    assert_eq!(ids.collect::<Vec<_>>(), ["pumps", "power"]);
    let at: Vec<_> = problems.iter().map(|problem| &*problem.at).collect();
    assert_eq!(at, ["/checklists/0/items/2", "/checklists/0/items/3"]);
}

#[test]
fn a_programme_counts_known_work_and_has_each_trade_once() {
    let words = json!({ "zh": "道路", "en": "Roads" });
    let trade = |id: &str| json!({ "id": id, "label": words });
    let programme = |id: &str, works: Value| {
        json!({ "id": id, "label": words, "works": works, "by": "nobody",
                "trades": [trade("roads"), trade("roads"), trade("roof")] })
    };
    let list = json!([
        programme("a", json!(["clear", "none"])),
        programme("b", json!(["none"]))
    ]);
    let (catalog, problems) = read(&with("/programmes", list));
    let [known] = &catalog.programmes[..] else {
        panic!("{:?}", catalog.programmes)
    };
    assert_eq!((known.id.as_str(), known.works.len()), ("a", 1));
    let trades = known.trades.iter().map(|trade| trade.id.as_str());
    assert_eq!(trades.collect::<Vec<_>>(), ["roads", "roof"]);
    let at: Vec<_> = problems.iter().map(|problem| &*problem.at).collect();
    assert_eq!(
        at,
        [
            "/programmes/0/works/1",
            "/programmes/0/trades/1",
            "/programmes/0/by",
            "/programmes/1/works/0",
            "/programmes/1/works",
        ]
    );
}
