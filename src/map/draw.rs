//! Drawing a place: where a finger or a mouse sets a corner, and moves one. The page holds
//! the corners; here they are shown, and what was meant by a touch is said.

use super::event::MapEvent;
use super::inner::Inner;
use super::js::{Listener, MouseEvent, to_js};
use super::style::SKETCH;
use leptos::prelude::Set;
use mendmap_core::catalog::PlaceType;
use mendmap_core::geodesy::LonLat;
use serde_json::{Value, json};
use std::rc::{Rc, Weak};

/// So near a corner, in pixels, a touch means that corner: a finger's width.
const FINGER_PX: f64 = 26.0;
/// A finger that holds a corner trembles so much, in pixels, without moving it.
const TREMBLE_PX: f64 = 6.0;

/// A pixel of the map.
type Pixel = [f64; 2];

/// A drawing under way.
pub(super) struct Drawing {
    /// What it becomes.
    shape: PlaceType,
    /// Its corners; an area's ring is not closed.
    corners: Vec<LonLat>,
    /// What lies between the corners where that is no straight line; none where it is.
    path: Option<Vec<Vec<LonLat>>>,
    /// Where a mouse would set the next one.
    next: Option<LonLat>,
    /// The corner that a finger or the mouse holds.
    held: Option<Held>,
}

/// A corner that is held.
struct Held {
    /// Which, from 0.
    corner: usize,
    /// Where it was taken.
    from: Pixel,
    /// Whether it has been moved.
    moved: bool,
    /// Whether the finger has rested on it: then the browser makes no tap of its lifting.
    rested: bool,
}

/// What is meant by a touch.
#[derive(Debug, PartialEq)]
enum Meant {
    /// Another corner.
    Corner,
    /// The drawing ends.
    Close,
    /// Nothing: the only corner was touched again.
    Nothing,
}

impl Drawing {
    /// A drawing with the corners it has so far.
    pub(super) fn new(
        shape: PlaceType,
        corners: &[LonLat],
        path: Option<Vec<Vec<LonLat>>>,
    ) -> Self {
        Drawing {
            shape,
            corners: corners.to_vec(),
            path,
            next: None,
            held: None,
        }
    }

    /// It as GeoJSON: the shape with the corner that would be next, and each corner.
    fn picture(&self) -> Value {
        let place = |at: &LonLat| json!([at.lon, at.lat]);
        let feature = |geometry: &str, coordinates: Value, end: bool| {
            json!({
                "type": "Feature",
                "properties": { "end": end },
                "geometry": { "type": geometry, "coordinates": coordinates },
            })
        };
        let mut line: Vec<Value> = self.corners.iter().chain(&self.next).map(place).collect();
        let mut features = Vec::new();
        if self.shape == PlaceType::Polygon && line.len() > 2 {
            line.push(line[0].clone());
            features.push(feature("Polygon", json!([line]), false));
        }
        if let Some(path) = &self.path {
            let lines = path.iter();
            let lines = lines.map(|line| line.iter().map(place).collect::<Vec<_>>());
            let lines: Vec<_> = lines.collect();
            features.push(feature("MultiLineString", json!(lines), false));
        } else if self.shape != PlaceType::Point && line.len() > 1 {
            features.push(feature("LineString", json!(line), false));
        }
        let last = self.corners.len().saturating_sub(1);
        for (n, at) in self.corners.iter().enumerate() {
            features.push(feature("Point", place(at), self.ends_at(n, last)));
        }
        json!({ "type": "FeatureCollection", "features": features })
    }

    /// Whether a touch of this corner ends the drawing.
    fn ends_at(&self, corner: usize, last: usize) -> bool {
        match self.shape {
            PlaceType::Point => true,
            PlaceType::Line => corner == last,
            PlaceType::Polygon => corner == last || corner == 0,
        }
    }
}

/// What is meant by a touch at `at`, where the corners are at these pixels.
fn meant(drawing: &Drawing, corners: &[Pixel], at: Pixel) -> Meant {
    if drawing.shape == PlaceType::Point {
        return Meant::Corner;
    }
    let last = corners.len().saturating_sub(1);
    match nearest(corners, at) {
        Some(corner) if drawing.ends_at(corner, last) => {
            let enough = if drawing.shape == PlaceType::Line {
                2
            } else {
                3
            };
            match corners.len() >= enough {
                true => Meant::Close,
                // The second corner of an area may be as near as it likes to the first.
                false if corner == last => Meant::Nothing,
                false => Meant::Corner,
            }
        }
        _ => Meant::Corner,
    }
}

/// The corner under a finger at `at`: the nearest, of equals the last.
fn nearest(corners: &[Pixel], at: Pixel) -> Option<usize> {
    let apart = |corner: &Pixel| (corner[0] - at[0]).hypot(corner[1] - at[1]);
    let near = corners.iter().map(apart).enumerate();
    let near = near.filter(|(_, apart)| *apart <= FINGER_PX);
    near.reduce(|best, other| if other.1 <= best.1 { other } else { best })
        .map(|(corner, _)| corner)
}

impl Inner {
    /// Shows a drawing from now on, or none. The map zooms by no double tap meanwhile: two
    /// quick taps are two corners.
    pub(super) fn draw(&self, drawing: Option<Drawing>) {
        let zoom = self.map.double_click_zoom();
        match drawing {
            Some(_) => zoom.disable(),
            None => zoom.enable(),
        }
        self.chrome.drawing.set(drawing.is_some());
        *self.drawing.borrow_mut() = drawing;
        self.show_drawing();
    }

    fn show_drawing(&self) {
        let picture = match &*self.drawing.borrow() {
            Some(drawing) => drawing.picture(),
            None => json!({ "type": "FeatureCollection", "features": [] }),
        };
        self.set_data(SKETCH, &to_js(&picture));
    }

    /// Whether something is drawn.
    pub(super) fn draws(&self) -> bool {
        self.drawing.borrow().is_some()
    }

    /// A finger rested at `at` while something is drawn. On a corner it may be about to drag
    /// that: what it means is known when it is lifted.
    pub(super) fn rested_at(&self, at: LonLat) {
        let mut drawing = self.drawing.borrow_mut();
        let held = drawing.as_mut().and_then(|drawing| drawing.held.as_mut());
        if let Some(held) = held {
            held.rested = true;
            return;
        }
        drop(drawing);
        self.drawn_at(at);
    }

    /// A touch while something is drawn; false where nothing is.
    pub(super) fn drawn_at(&self, at: LonLat) -> bool {
        let drawing = self.drawing.borrow();
        let Some(drawing) = &*drawing else {
            return false;
        };
        match meant(drawing, &self.pixels(drawing), self.pixel(at)) {
            Meant::Corner => (self.emit)(MapEvent::Cornered { at }),
            Meant::Close => (self.emit)(MapEvent::DrawingClosed),
            Meant::Nothing => {}
        }
        true
    }

    fn pixels(&self, drawing: &Drawing) -> Vec<Pixel> {
        drawing.corners.iter().map(|at| self.pixel(*at)).collect()
    }

    fn pixel(&self, at: LonLat) -> Pixel {
        let point = self.map.project(&to_js(&json!([at.lon, at.lat])));
        [point.x(), point.y()]
    }

    /// A finger or the mouse went down: on a corner it takes hold of that.
    fn took(&self, e: &MouseEvent) {
        let mut drawing = self.drawing.borrow_mut();
        let Some(drawing) = &mut *drawing else {
            return;
        };
        let from = [e.point().x(), e.point().y()];
        let corner = nearest(&self.pixels(drawing), from);
        drawing.held = corner.map(|corner| Held {
            corner,
            from,
            moved: false,
            rested: false,
        });
        if drawing.held.is_some() {
            // The map stays where it is.
            e.prevent_default();
        }
    }

    /// A finger or the mouse moved.
    fn moved(&self, e: &MouseEvent, is_mouse: bool) {
        let mut drawing = self.drawing.borrow_mut();
        let Some(it) = &mut *drawing else {
            return;
        };
        let at = LonLat::new(e.at().lng(), e.at().lat());
        match &mut it.held {
            Some(held) => {
                // Else the browser takes it for the beginning of a scroll, and the next tap for what stops that.
                e.original().prevent_default();
                let [x, y] = held.from;
                held.moved |= (e.point().x() - x).hypot(e.point().y() - y) > TREMBLE_PX;
                if !held.moved {
                    return;
                }
                it.corners[held.corner] = at;
                it.next = None;
            }
            None if is_mouse && it.shape != PlaceType::Point && it.path.is_none() => {
                it.next = Some(at)
            }
            None => return,
        }
        drop(drawing);
        self.show_drawing();
    }

    /// It was lifted; or the browser took the finger away, which no tap is made of.
    fn let_go(&self, lifted: bool) {
        let mut drawing = self.drawing.borrow_mut();
        let Some(it) = &mut *drawing else {
            return;
        };
        let Some(held) = it.held.take() else { return };
        let corner = held.corner;
        let at = it.corners[corner];
        drop(drawing);
        if held.moved {
            (self.emit)(MapEvent::CornerMoved { corner, at });
        } else if held.rested && lifted {
            self.drawn_at(at);
        }
    }
}

/// Hears hands that draw, for as long as it lives.
pub(super) fn listen(inner: &Rc<Inner>) -> Vec<Listener> {
    // Where there is no mouse, browsers make up the moves of one after each tap.
    let has_mouse = web_sys::window()
        .and_then(|w| w.match_media("(hover: hover)").ok().flatten())
        .is_some_and(|media| media.matches());
    let weak = Rc::downgrade(inner);
    let on = |event, heard: fn(&Inner, &MouseEvent, bool)| {
        let weak: Weak<Inner> = weak.clone();
        Listener::map(&inner.map, event, move |e: MouseEvent| {
            if let Some(inner) = weak.upgrade() {
                heard(&inner, &e, has_mouse);
            }
        })
    };
    vec![
        on("mousedown", |inner, e, _| inner.took(e)),
        on("touchstart", |inner, e, _| {
            // Two fingers move the map.
            if e.points().length() == 1 {
                inner.took(e);
            }
        }),
        on("mousemove", |inner, e, has_mouse| inner.moved(e, has_mouse)),
        on("touchmove", |inner, e, _| inner.moved(e, false)),
        on("mouseup", |inner, _, _| inner.let_go(true)),
        on("touchend", |inner, _, _| inner.let_go(true)),
        on("touchcancel", |inner, _, _| inner.let_go(false)),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawing(shape: PlaceType, corners: usize) -> Drawing {
        let at = |n| LonLat::new(123.5 + n as f64, 43.5);
        Drawing::new(shape, &(0..corners).map(at).collect::<Vec<_>>(), None)
    }

    fn touch(shape: PlaceType, corners: &[Pixel], at: Pixel) -> Meant {
        meant(&drawing(shape, corners.len()), corners, at)
    }

    const CORNERS: [Pixel; 3] = [[0.0, 0.0], [100.0, 0.0], [100.0, 100.0]];

    #[test]
    fn a_line_ends_where_its_last_corner_is_touched_again() {
        let on_line = |n, at| touch(PlaceType::Line, &CORNERS[..n], at);
        assert_eq!(on_line(0, [0.0, 0.0]), Meant::Corner);
        assert_eq!(on_line(1, [3.0, 0.0]), Meant::Nothing);
        assert_eq!(on_line(2, [104.0, 3.0]), Meant::Close);
        assert_eq!(on_line(3, [1.0, 1.0]), Meant::Corner, "a round trip");
    }

    #[test]
    fn an_area_ends_at_its_first_and_its_last_corner() {
        let on_area = |n, at| touch(PlaceType::Polygon, &CORNERS[..n], at);
        assert_eq!(on_area(2, [1.0, 1.0]), Meant::Corner);
        assert_eq!(on_area(2, [101.0, 1.0]), Meant::Nothing);
        assert_eq!(on_area(3, [1.0, 1.0]), Meant::Close);
        assert_eq!(on_area(3, [100.0, 90.0]), Meant::Close);
        assert_eq!(on_area(3, [50.0, 50.0]), Meant::Corner);
    }

    #[test]
    fn a_point_is_put_wherever_one_touches() {
        assert_eq!(
            touch(PlaceType::Point, &CORNERS[..1], [0.0, 0.0]),
            Meant::Corner
        );
    }

    #[test]
    fn of_corners_on_one_place_the_last_is_held() {
        assert_eq!(
            nearest(&[[0.0, 0.0], [0.0, 0.0], [20.0, 0.0]], [2.0, 0.0]),
            Some(1)
        );
        assert_eq!(nearest(&CORNERS, [50.0, 50.0]), None);
    }

    #[test]
    fn the_corner_that_would_be_next_is_in_the_shape_and_is_no_corner() {
        let mut area = drawing(PlaceType::Polygon, 2);
        let shapes = |drawing: &Drawing| -> Vec<String> {
            let features = drawing.picture()["features"].as_array().cloned();
            let types = features.into_iter().flatten();
            types
                .map(|f| {
                    f["geometry"]["type"]
                        .as_str()
                        .unwrap_or_default()
                        .to_owned()
                })
                .collect()
        };
        assert_eq!(shapes(&area), ["LineString", "Point", "Point"]);
        area.next = Some(LonLat::new(125.0, 44.0));
        assert_eq!(shapes(&area), ["Polygon", "LineString", "Point", "Point"]);
        assert_eq!(shapes(&drawing(PlaceType::Point, 1)), ["Point"]);
    }
}
