use super::sample::catalog;
use super::*;
use serde_json::json;
use std::collections::BTreeSet;

fn look(catalog: &Catalog) -> Look<'_> {
    Look {
        catalog,
        theme: Theme::Light,
        visible: &[],
        completion: false,
        base: None,
    }
}

fn all_layers(catalog: &Catalog) -> Vec<LayerId> {
    catalog.layers.iter().map(|l| l.id.clone()).collect()
}

#[test]
fn the_layers_one_a_line() {
    let catalog = catalog();
    let visible = all_layers(&catalog);
    let look = Look {
        visible: &visible,
        ..look(&catalog)
    };
    let lines: Vec<String> = layers(&look).iter().map(Value::to_string).collect();
    insta::assert_snapshot!(lines.join("\n"));
}

#[test]
fn ids_are_unique_and_no_glyph_server_is_asked() {
    let catalog = catalog();
    let style = style(&look(&catalog), 0);
    assert_eq!(style.get("glyphs"), None);
    assert_eq!(style.get("sprite"), None);
    let layers = layers(&look(&catalog));
    let unique: BTreeSet<_> = layers.iter().map(|l| l["id"].as_str()).collect();
    assert_eq!(unique.len(), layers.len());
}

#[test]
fn every_kind_is_drawn_even_one_with_an_unknown_symbol() {
    let catalog = catalog();
    let layers = layers(&look(&catalog));
    for file in &catalog.layers {
        for kind in &file.kinds {
            let drawn = layers.iter().any(|l| {
                l["source-layer"] == file.id.0.as_str()
                    && l["filter"].to_string().contains(&format!("\"{}\"", kind.0))
            });
            assert!(drawn, "{} is not drawn", kind.0);
        }
    }
}

#[test]
fn a_switched_off_layer_is_hidden_and_nothing_else_changes() {
    let catalog = catalog();
    let on = all_layers(&catalog);
    let off: Vec<LayerId> = on.iter().filter(|l| l.0 != "drains").cloned().collect();
    let with = |visible| {
        layers(&Look {
            visible,
            ..look(&catalog)
        })
    };
    let changes = diff(&with(&on), &with(&off));
    assert!(!changes.is_empty());
    let mut badges = 0;
    for change in changes {
        // What is said of its assets goes with it.
        if let Change::Paint { layer, name, value } = &change
            && (layer.as_str(), name.as_str()) == ("tasks/said", "icon-opacity")
        {
            assert!(!value.to_string().contains("\"drains\""), "{value}");
            badges += 1;
            continue;
        }
        let Change::Layout { layer, name, value } = change else {
            panic!("{change:?} is no switch");
        };
        assert!(layer.starts_with("drains/"), "{layer}");
        assert_eq!((name.as_str(), value), ("visibility", json!("none")));
    }
    assert_eq!(badges, 1);
}

#[test]
fn a_theme_changes_paint_alone_so_that_no_tile_is_laid_out_again() {
    let catalog = catalog();
    let dark = Look {
        theme: Theme::Dark,
        ..look(&catalog)
    };
    let changes = diff(&layers(&look(&catalog)), &layers(&dark));
    assert!(changes.len() > 10);
    for change in changes {
        assert!(matches!(change, Change::Paint { .. }), "{change:?}");
    }
}

#[test]
fn completion_steps_back_what_takes_no_part() {
    let catalog = catalog();
    let on = Look {
        completion: true,
        ..look(&catalog)
    };
    let changes = diff(&layers(&look(&catalog)), &layers(&on));
    let touched: BTreeSet<&str> = changes
        .iter()
        .filter_map(|c| match c {
            Change::Paint { layer, .. } => layer.split('/').next(),
            Change::Layout { .. } => None,
        })
        .collect();
    for layer in ["drains", "pipes", "communities"] {
        assert!(touched.contains(layer), "{layer} does not step back");
    }
}

#[test]
fn looks_of_one_catalogue_have_the_same_layers_in_the_same_order() {
    let catalog = catalog();
    let visible = all_layers(&catalog);
    let other = Look {
        theme: Theme::Dark,
        completion: true,
        visible: &visible,
        ..look(&catalog)
    };
    let ids =
        |look: &Look<'_>| -> Vec<Value> { layers(look).iter().map(|l| l["id"].clone()).collect() };
    assert_eq!(ids(&look(&catalog)), ids(&other));
}

#[test]
fn what_is_set_back_is_null() {
    let old = [json!({ "id": "a", "paint": { "line-width": 1, "line-blur": 2 } })];
    let new = [json!({ "id": "a", "paint": { "line-width": 3 } })];
    let set = |name: &str, value| Change::Paint {
        layer: "a".into(),
        name: name.into(),
        value,
    };
    assert_eq!(
        diff(&old, &new),
        vec![set("line-width", json!(3)), set("line-blur", Value::Null)]
    );
    assert_eq!(diff(&new, &new), vec![]);
}
