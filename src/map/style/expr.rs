//! Small words of the style language that the layers share.

use super::palette::{Palette, Theme, colour};
use super::template::fill;
use mendmap_core::catalog::AssetKind;
use mendmap_core::task::Mark;
use serde_json::Value;

/// Name of the vector source that holds every catalogue layer.
pub(super) const CITY: &str = "city";

/// The state code of a feature; absent means nothing is due.
pub(super) fn state() -> Value {
    fill!(r#"["coalesce", ["get", "s"], 0]"#)
}

/// True of a feature that has a state.
pub(super) fn has_state() -> Value {
    fill!(r#"[">", "$state", 0]"#; state = state())
}

/// True of a feature of one of these kinds.
pub(super) fn of_kinds(kinds: &[&AssetKind]) -> Value {
    let ids: Vec<&str> = kinds.iter().map(|k| k.id.0.as_str()).collect();
    fill!(r#"["in", ["get", "k"], ["literal", "$ids"]]"#; ids)
}

/// True of a feature of this geometry type.
pub(super) fn of_shape(shape: &str) -> Value {
    fill!(r#"["==", ["geometry-type"], "$shape"]"#; shape = shape)
}

/// A value for each grade of road; a road without a grade is taken for the least.
pub(super) fn by_grade(
    main: impl Into<Value>,
    second: impl Into<Value>,
    least: impl Into<Value>,
) -> Value {
    fill!(
        r#"["match", ["to-string", ["get", "g"]],
            ["1", "I"], "$main",
            ["2", "II"], "$second",
            "$least"]"#;
        main = main,
        second = second,
        least = least,
    )
}

/// All of these conditions.
pub(super) fn all(conditions: &[Value]) -> Value {
    let mut out = vec![Value::from("all")];
    out.extend_from_slice(conditions);
    Value::Array(out)
}

/// The colour of the feature's kind.
pub(super) fn kind_colour(kinds: &[&AssetKind], theme: Theme) -> Value {
    let colour = |kind: &AssetKind| colour(&kind.colour, theme).to_owned();
    match kinds {
        [] => theme.palette().muted.into(),
        [only] => colour(only).into(),
        [first, ..] => {
            let cases = kinds.iter().map(|k| (k, colour(k).into()));
            by_kind(cases, colour(first).into())
        }
    }
}

/// A value for each kind, or `otherwise` for a feature of none of them.
pub(super) fn by_kind<'k>(
    cases: impl Iterator<Item = (&'k &'k AssetKind, Value)>,
    otherwise: Value,
) -> Value {
    let mut out = vec![Value::from("match"), fill!(r#"["get", "k"]"#)];
    for (kind, value) in cases {
        out.push(kind.id.0.as_str().into());
        out.push(value);
    }
    out.push(otherwise);
    Value::Array(out)
}

/// The colour of the feature's state, or `otherwise` where it has none.
pub(super) fn state_colour(palette: &Palette, otherwise: Value) -> Value {
    by_state(&|mark| palette.mark(mark).into(), otherwise)
}

/// A value for each state, grouped, or `otherwise` where a feature has none.
pub(super) fn by_state(value: &dyn Fn(Mark) -> Value, otherwise: Value) -> Value {
    let mut groups: Vec<(Value, Vec<u8>)> = Vec::new();
    for mark in Mark::ALL.into_iter().filter(|m| *m != Mark::None) {
        let v = value(mark);
        match groups.iter_mut().find(|(known, _)| *known == v) {
            Some((_, codes)) => codes.push(mark.code()),
            None => groups.push((v, vec![mark.code()])),
        }
    }
    let mut out = vec![Value::from("match"), state()];
    for (value, codes) in groups {
        out.push(codes.into());
        out.push(value);
    }
    out.push(otherwise);
    Value::Array(out)
}

fn interpolate(growth: Value, stops: &[(f64, Value)]) -> Value {
    let mut out = vec![Value::from("interpolate"), growth, fill!(r#"["zoom"]"#)];
    for (zoom, value) in stops {
        out.push((*zoom).into());
        out.push(value.clone());
    }
    Value::Array(out)
}

/// Linear between stops of zoom and value.
pub(super) fn by_zoom(stops: &[(f64, Value)]) -> Value {
    interpolate(fill!(r#"["linear"]"#), stops)
}

/// Sizes of symbols between stops of zoom, as large as the theme has them.
pub(super) fn sizes(palette: &Palette, stops: &[(f64, f64)]) -> Value {
    let scaled: Vec<(f64, Value)> = stops
        .iter()
        .map(|&(zoom, size)| (zoom, Value::from(size * palette.scale)))
        .collect();
    by_zoom(&scaled)
}

/// Growing with the map's scale between stops of zoom and value.
pub(super) fn by_scale(stops: &[(f64, Value)]) -> Value {
    interpolate(fill!(r#"["exponential", 1.6]"#), stops)
}

/// As true to the ground: twice as wide with every zoom.
pub(super) fn to_scale(stops: &[(f64, Value)]) -> Value {
    interpolate(fill!(r#"["exponential", 2]"#), stops)
}

/// One value for features that have a state, another for those that have none.
pub(super) fn by_having_state(stated: impl Into<Value>, plain: impl Into<Value>) -> Value {
    fill!(
        r#"["case", "$has_state", "$stated", "$plain"]"#;
        has_state = has_state(),
        stated = stated,
        plain = plain,
    )
}

/// `full` for what matters now; while completion is shown, `back` for everything
/// that takes no part in it.
pub(super) fn stepping_back(completion: bool, full: f64, back: f64) -> Value {
    if completion {
        by_having_state(full, back)
    } else {
        full.into()
    }
}

/// How urgent a state is; larger wins a place on the map.
pub(super) fn urgency() -> Value {
    by_state(
        &|mark| {
            Value::from(match mark {
                Mark::Overdue | Mark::SentBack => 6,
                Mark::Conflict => 5,
                Mark::Due => 4,
                Mark::Open | Mark::UnderWay => 3,
                Mark::Reported | Mark::Never => 2,
                Mark::Verified | Mark::Done => 1,
                Mark::None => 0,
            })
        },
        0.into(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_state_is_named_once() {
        let Value::Array(parts) = state_colour(Theme::Light.palette(), "#000".into()) else {
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
