//! Small words of the style language that the layers share.

use super::palette::{Palette, Theme, colour};
use mendmap_core::catalog::AssetKind;
use mendmap_core::task::Mark;
use serde_json::{Value, json};

/// Name of the vector source that holds every catalogue layer.
pub(super) const CITY: &str = "city";

/// The state code of a feature; absent means nothing is due.
pub(super) fn state() -> Value {
    json!(["coalesce", ["get", "s"], 0])
}

/// True of a feature that has a state.
pub(super) fn has_state() -> Value {
    json!([">", state(), 0])
}

/// True of a feature of one of these kinds.
pub(super) fn of_kinds(kinds: &[&AssetKind]) -> Value {
    let ids: Vec<&str> = kinds.iter().map(|k| k.id.0.as_str()).collect();
    json!(["in", ["get", "k"], ["literal", ids]])
}

/// True of a feature of this geometry type.
pub(super) fn of_shape(shape: &str) -> Value {
    json!(["==", ["geometry-type"], shape])
}

/// A value for each grade of road; a road without a grade is taken for the least.
pub(super) fn by_grade(
    main: impl Into<Value>,
    second: impl Into<Value>,
    least: impl Into<Value>,
) -> Value {
    let grade = json!(["to-string", ["get", "g"]]);
    json!([
        "match",
        grade,
        ["1", "I"],
        main.into(),
        ["2", "II"],
        second.into(),
        least.into()
    ])
}

/// All of these conditions.
pub(super) fn all(conditions: &[Value]) -> Value {
    let mut out = vec![json!("all")];
    out.extend_from_slice(conditions);
    Value::Array(out)
}

/// The colour of the feature's kind.
pub(super) fn kind_colour(kinds: &[&AssetKind], theme: Theme) -> Value {
    let colour = |kind: &AssetKind| colour(&kind.colour, theme).to_owned();
    match kinds {
        [] => json!(theme.palette().muted),
        [only] => json!(colour(only)),
        [first, ..] => {
            let mut out = vec![json!("match"), json!(["get", "k"])];
            for kind in kinds {
                out.push(json!(kind.id.0));
                out.push(json!(colour(kind)));
            }
            out.push(json!(colour(first)));
            Value::Array(out)
        }
    }
}

/// The colour of the feature's state, or `otherwise` where it has none.
pub(super) fn state_colour(palette: &Palette, otherwise: Value) -> Value {
    by_state(|mark| json!(palette.mark(mark)), otherwise)
}

/// A value for each state, grouped, or `otherwise` where a feature has none.
pub(super) fn by_state(value: impl Fn(Mark) -> Value, otherwise: Value) -> Value {
    let mut groups: Vec<(Value, Vec<u8>)> = Vec::new();
    for mark in Mark::ALL.into_iter().filter(|m| *m != Mark::None) {
        let v = value(mark);
        match groups.iter_mut().find(|(known, _)| *known == v) {
            Some((_, codes)) => codes.push(mark.code()),
            None => groups.push((v, vec![mark.code()])),
        }
    }
    let mut out = vec![json!("match"), state()];
    for (value, codes) in groups {
        out.push(json!(codes));
        out.push(value);
    }
    out.push(otherwise);
    Value::Array(out)
}

/// Linear between stops of zoom and value.
pub(super) fn by_zoom(stops: &[(f64, Value)]) -> Value {
    let mut out = vec![json!("interpolate"), json!(["linear"]), json!(["zoom"])];
    for (zoom, value) in stops {
        out.push(json!(zoom));
        out.push(value.clone());
    }
    Value::Array(out)
}

/// Sizes of symbols between stops of zoom, as large as the theme has them.
pub(super) fn sizes(palette: &Palette, stops: &[(f64, f64)]) -> Value {
    let scaled: Vec<(f64, Value)> = stops
        .iter()
        .map(|&(zoom, size)| (zoom, json!(size * palette.scale)))
        .collect();
    by_zoom(&scaled)
}

/// Growing with the map's scale between stops of zoom and value.
pub(super) fn by_scale(stops: &[(f64, Value)]) -> Value {
    let mut out = by_zoom(stops);
    if let Some(kind) = out.get_mut(1) {
        *kind = json!(["exponential", 1.6]);
    }
    out
}

/// `full` for what matters now; while completion is shown, `back` for everything
/// that takes no part in it.
pub(super) fn stepping_back(completion: bool, full: f64, back: f64) -> Value {
    if completion {
        json!(["case", has_state(), full, back])
    } else {
        json!(full)
    }
}

/// How urgent a state is; larger wins a place on the map.
pub(super) fn urgency() -> Value {
    by_state(
        |mark| {
            json!(match mark {
                Mark::Overdue | Mark::SentBack => 6,
                Mark::Conflict => 5,
                Mark::Due => 4,
                Mark::Open | Mark::UnderWay => 3,
                Mark::Reported | Mark::Never => 2,
                Mark::Verified | Mark::Done => 1,
                Mark::None => 0,
            })
        },
        json!(0),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_state_is_named_once() {
        let Value::Array(parts) = state_colour(Theme::Light.palette(), json!("#000")) else {
            panic!("a match expression is an array");
        };
        let mut codes: Vec<u64> = parts
            .iter()
            .filter_map(Value::as_array)
            .flatten()
            .filter_map(Value::as_u64)
            .filter(|&c| c > 0)
            .collect();
        codes.sort_unstable();
        assert_eq!(codes, (1..=10).collect::<Vec<u64>>());
    }
}
