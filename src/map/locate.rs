//! Where the device is. The position is watched only while somebody wants to know.

use super::event::{Fix, LocateError};
use mendmap_core::geodesy::{Local, LonLat};
use serde_json::{Value, json};
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Geolocation, Position, PositionError, PositionOptions};

/// A position older than this, milliseconds, is asked for anew.
const MAX_AGE_MS: u32 = 5_000;
/// A fix that takes longer than this, milliseconds, is given up and said so.
const TIMEOUT_MS: u32 = 20_000;

/// Listens to the device's position until it is dropped.
pub struct Watch {
    geolocation: Geolocation,
    id: i32,
    _found: Closure<dyn FnMut(Position)>,
    _failed: Closure<dyn FnMut(PositionError)>,
}

impl Watch {
    /// Begins to watch.
    pub fn start(
        mut tell: impl FnMut(Result<Fix, LocateError>) + Clone + 'static,
    ) -> Result<Watch, LocateError> {
        let window = web_sys::window().ok_or(LocateError::Unsupported)?;
        if !window.is_secure_context() {
            return Err(LocateError::Insecure);
        }
        let geolocation = window
            .navigator()
            .geolocation()
            .map_err(|_| LocateError::Unsupported)?;
        let options = PositionOptions::new();
        options.set_enable_high_accuracy(true);
        options.set_maximum_age(MAX_AGE_MS);
        options.set_timeout(TIMEOUT_MS);
        let mut tell_fix = tell.clone();
        let found = Closure::new(move |position| tell_fix(Ok(fix(&position))));
        let failed = Closure::new(move |e: PositionError| tell(Err(reason(&e))));
        let id = geolocation
            .watch_position_with_error_callback_and_options(
                found.as_ref().unchecked_ref(),
                Some(failed.as_ref().unchecked_ref()),
                &options,
            )
            .map_err(|_| LocateError::Unsupported)?;
        Ok(Watch {
            geolocation,
            id,
            _found: found,
            _failed: failed,
        })
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.geolocation.clear_watch(self.id);
    }
}

fn fix(position: &Position) -> Fix {
    let coords = position.coords();
    Fix {
        at: LonLat::new(coords.longitude(), coords.latitude()),
        accuracy_m: coords.accuracy(),
        heading: coords.heading().filter(|h| h.is_finite()),
    }
}

fn reason(e: &PositionError) -> LocateError {
    match e.code() {
        PositionError::PERMISSION_DENIED => LocateError::Denied,
        PositionError::TIMEOUT => LocateError::TimedOut,
        _ => LocateError::Unavailable,
    }
}

/// The fix as GeoJSON: the circle of its accuracy and the dot in the middle.
pub(super) fn picture(fix: &Fix) -> Value {
    const CORNERS: u32 = 64;
    let [per_lon, per_lat] = Local::at(fix.at).per_degree();
    let radius = if fix.accuracy_m.is_finite() {
        fix.accuracy_m
    } else {
        0.0
    };
    let ring: Vec<[f64; 2]> = (0..=CORNERS)
        .map(|i| {
            let turn = f64::from(i % CORNERS) / f64::from(CORNERS) * std::f64::consts::TAU;
            [
                fix.at.lon + radius * turn.sin() / per_lon,
                fix.at.lat + radius * turn.cos() / per_lat,
            ]
        })
        .collect();
    let mut properties = json!({ "rough": fix.is_rough() });
    if let Some(heading) = fix.heading {
        properties["heading"] = json!(heading);
    }
    let feature = |geometry: Value| json!({ "type": "Feature", "properties": properties, "geometry": geometry });
    json!({
        "type": "FeatureCollection",
        "features": [
            feature(json!({ "type": "Polygon", "coordinates": [ring] })),
            feature(json!({ "type": "Point", "coordinates": [fix.at.lon, fix.at.lat] })),
        ],
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use mendmap_core::geodesy::length_m;

    fn fix(accuracy_m: f64, heading: Option<f64>) -> Fix {
        Fix {
            at: LonLat::new(123.5, 43.52),
            accuracy_m,
            heading,
        }
    }

    #[test]
    fn the_circle_is_as_wide_as_the_accuracy() {
        let picture = picture(&fix(30.0, None));
        let ring: Vec<LonLat> =
            serde_json::from_value(picture["features"][0]["geometry"]["coordinates"][0].clone())
                .unwrap_or_default();
        assert_eq!(ring.first(), ring.last());
        for p in &ring {
            let r = length_m(&[LonLat::new(123.5, 43.52), *p]);
            assert!((r - 30.0).abs() < 0.1, "{r}");
        }
    }

    #[test]
    fn a_rough_fix_says_so_and_a_heading_is_optional() {
        let rough = picture(&fix(800.0, Some(90.0)));
        assert_eq!(
            rough["features"][1]["properties"],
            json!({ "rough": true, "heading": 90.0 })
        );
        let good = picture(&fix(5.0, None));
        assert_eq!(good["features"][1]["properties"], json!({ "rough": false }));
    }
}
