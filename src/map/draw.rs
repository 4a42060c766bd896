//! Drawing a place: terra-draw hears the fingers and shows the drawing; what of
//! it counts is decided here.

use super::event::{DrawTool, Drawn, MapEvent};
use super::js::{
    Adapter, LineMode, Listener, Map, ModeUndo, PointMode, PolygonMode, TerraDraw, from_js, set,
    to_js,
};
use super::style::Theme;
use mendmap_core::geodesy::LonLat;
use serde_json::{Value, json};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;

/// A key no keyboard has, by which we tell terra-draw to finish; Enter adds a vertex.
const FINISH_KEY: &str = "MendmapFinish";
/// How near a tap must be to the last vertex to close the drawing, pixels: a finger's width.
const CLOSE_PX: u32 = 28;

/// A drawing under way, or finished and still shown. Dropping it clears the map of it.
pub(super) struct Drawing {
    sketch: Rc<Sketch>,
    listeners: Vec<Listener>,
}

impl Drawing {
    /// Begins to draw on the map, or goes on after the vertices that were set before:
    /// terra-draw shows and knows the new ones only.
    pub(super) fn start(
        map: &Map,
        tool: DrawTool,
        before: &[LonLat],
        theme: Theme,
        emit: Rc<dyn Fn(MapEvent)>,
    ) -> Result<Drawing, JsValue> {
        let terra = terra_draw(map, theme)?;
        terra.start()?;
        terra.set_mode(mode_name(tool))?;
        let sketch = Rc::new(Sketch {
            tool,
            canvas: map.canvas(),
            finished: Cell::new(false),
            looking: Cell::new(false),
            last: RefCell::new(drawn(tool, before, &Value::Null)),
            before: RefCell::new(before.to_vec()),
            emit,
            terra: terra.clone(),
        });
        let listen = |event: &'static str, heard: fn(&Rc<Sketch>)| {
            let (sketch, give, take) = (sketch.clone(), terra.clone(), terra.clone());
            Listener::new(
                move |_: JsValue| heard(&sketch),
                move |f| give.on(event, f),
                move |f| take.off(event, f),
            )
        };
        let listeners = vec![
            listen("change", Sketch::look_soon),
            listen("finish", |sketch| {
                // A point is finished by the page: until then it may be put elsewhere.
                if sketch.tool != DrawTool::Point {
                    sketch.close();
                }
            }),
        ];
        Ok(Drawing { sketch, listeners })
    }

    /// True once it was closed; it is then shown, but takes no more vertices.
    pub(super) fn is_finished(&self) -> bool {
        self.sketch.finished.get()
    }

    /// Puts a vertex at a pixel of the map, as a tap there would.
    pub(super) fn vertex_at(&self, x: f64, y: f64) {
        let canvas = &self.sketch.canvas;
        let rect = canvas.get_bounding_client_rect();
        let init = web_sys::PointerEventInit::new();
        init.set_client_x((rect.left() + x).round() as i32);
        init.set_client_y((rect.top() + y).round() as i32);
        init.set_button(0);
        init.set_is_primary(true);
        init.set_bubbles(true);
        for name in ["pointerdown", "pointerup"] {
            if let Ok(event) = web_sys::PointerEvent::new_with_event_init_dict(name, &init) {
                let _ = canvas.dispatch_event(&event);
            }
        }
    }

    /// Takes the last vertex back.
    pub(super) fn undo(&self) {
        let was_new = match self.sketch.tool {
            DrawTool::Point => {
                self.sketch.keep_points(0);
                false
            }
            _ => self.sketch.terra.undo().unwrap_or(false),
        };
        if !was_new {
            self.sketch.before.borrow_mut().pop();
        }
        self.sketch.look();
    }

    /// Closes the drawing if it has enough vertices.
    pub(super) fn finish(&self) {
        let sketch = &self.sketch;
        if sketch.finished.get() || !sketch.last.borrow().is_complete() {
            return;
        }
        if sketch.tool != DrawTool::Point {
            let init = web_sys::KeyboardEventInit::new();
            init.set_key(FINISH_KEY);
            if let Ok(event) =
                web_sys::KeyboardEvent::new_with_keyboard_event_init_dict("keyup", &init)
            {
                let _ = sketch.canvas.dispatch_event(&event);
            }
        }
        sketch.close();
    }
}

impl Drop for Drawing {
    fn drop(&mut self) {
        self.listeners.clear();
        let _ = self.sketch.terra.stop();
    }
}

struct Sketch {
    tool: DrawTool,
    terra: TerraDraw,
    canvas: web_sys::HtmlCanvasElement,
    finished: Cell<bool>,
    looking: Cell<bool>,
    last: RefCell<Drawn>,
    /// Vertices that were set before this drawing began.
    before: RefCell<Vec<LonLat>>,
    emit: Rc<dyn Fn(MapEvent)>,
}

impl Sketch {
    /// terra-draw changes a drawing in several steps; only where they lead counts.
    fn look_soon(self: &Rc<Self>) {
        if !self.looking.replace(true) {
            let sketch = self.clone();
            spawn_local(async move {
                sketch.looking.set(false);
                sketch.look();
            });
        }
    }

    fn look(&self) {
        if self.finished.get() {
            return;
        }
        if self.tool == DrawTool::Point {
            self.keep_points(1);
        }
        let Ok(snapshot) = self.terra.snapshot() else {
            return;
        };
        let now = drawn(self.tool, &self.before.borrow(), &from_js(&snapshot));
        if *self.last.borrow() != now {
            *self.last.borrow_mut() = now.clone();
            (self.emit)(MapEvent::DrawChanged(now));
        }
    }

    fn close(&self) {
        self.look();
        if self.finished.replace(true) {
            return;
        }
        // Shows what there is and hears no more taps.
        let _ = self.terra.set_mode("static");
        (self.emit)(MapEvent::DrawFinished(self.last.borrow().clone()));
    }

    /// Each tap makes another point; only the newest is meant.
    fn keep_points(&self, newest: usize) {
        let Ok(snapshot) = self.terra.snapshot() else {
            return;
        };
        let ids: Vec<JsValue> = snapshot
            .iter()
            .filter_map(|f| js_sys::Reflect::get(&f, &"id".into()).ok())
            .collect();
        let stale: js_sys::Array = ids.iter().take(ids.len().saturating_sub(newest)).collect();
        if stale.length() > 0 {
            let _ = self.terra.remove_features(&stale);
        }
    }
}

fn mode_name(tool: DrawTool) -> &'static str {
    match tool {
        DrawTool::Point => "point",
        DrawTool::Line => "linestring",
        DrawTool::Polygon => "polygon",
    }
}

fn terra_draw(map: &Map, theme: Theme) -> Result<TerraDraw, JsValue> {
    let p = theme.palette();
    let (accent, surface) = (p.accent, p.surface);
    let vertices = json!({
        "closingPointColor": accent, "closingPointWidth": 8,
        "closingPointOutlineColor": surface, "closingPointOutlineWidth": 3,
        "coordinatePointColor": surface, "coordinatePointWidth": 5,
        "coordinatePointOutlineColor": accent, "coordinatePointOutlineWidth": 2.5,
    });
    let options = |own: Value| {
        let mut styles = vertices.clone();
        if let (Some(all), Value::Object(own)) = (styles.as_object_mut(), own) {
            all.extend(own);
        }
        to_js(&json!({
            "styles": styles,
            "pointerDistance": CLOSE_PX,
            "showCoordinatePoints": true,
            "keyEvents": { "cancel": null, "finish": FINISH_KEY },
        }))
    };
    let point = to_js(&json!({ "styles": {
        "pointColor": accent, "pointWidth": 8,
        "pointOutlineColor": surface, "pointOutlineWidth": 3,
    }}));
    let modes = js_sys::Array::of3(
        PointMode::new(&point)?.as_ref(),
        LineMode::new(&options(json!({
            "lineStringColor": accent, "lineStringWidth": 4,
        })))?
        .as_ref(),
        PolygonMode::new(&options(json!({
            "fillColor": accent, "fillOpacity": 0.18, "outlineColor": accent, "outlineWidth": 3,
        })))?
        .as_ref(),
    );
    let adapter = js_sys::Object::new();
    set(&adapter, "map", map.as_ref());
    set(&adapter, "coordinatePrecision", &JsValue::from_f64(7.0));
    // Fingers tremble.
    set(
        &adapter,
        "minPixelDragDistanceDrawing",
        &JsValue::from_f64(12.0),
    );
    let undo = js_sys::Object::new();
    set(&undo, "modeLevel", ModeUndo::new()?.as_ref());
    let all = js_sys::Object::new();
    set(&all, "adapter", Adapter::new(&adapter)?.as_ref());
    set(&all, "modes", modes.unchecked_ref());
    set(&all, "undoRedo", &undo);
    TerraDraw::new(&all)
}

/// What of terra-draw's features is the drawing: the newest of the tool's geometry
/// type, without the vertex that only follows the mouse; behind the vertices that were
/// set before. Of points the newest is meant.
fn drawn(tool: DrawTool, before: &[LonLat], snapshot: &Value) -> Drawn {
    let new = drawn_now(tool, snapshot);
    if tool == DrawTool::Point && !new.coordinates.is_empty() {
        return new;
    }
    Drawn {
        coordinates: [before, &new.coordinates].concat(),
        ..new
    }
}

fn drawn_now(tool: DrawTool, snapshot: &Value) -> Drawn {
    let shape = match tool {
        DrawTool::Point => "Point",
        DrawTool::Line => "LineString",
        DrawTool::Polygon => "Polygon",
    };
    let feature = snapshot.as_array().and_then(|features| {
        features
            .iter()
            .rfind(|f| f["geometry"]["type"] == shape && f["properties"]["mode"] == mode_name(tool))
    });
    let Some(feature) = feature else {
        return Drawn {
            tool,
            coordinates: Vec::new(),
            next: None,
        };
    };
    let (geometry, properties) = (&feature["geometry"]["coordinates"], &feature["properties"]);
    let drawing = properties["currentlyDrawing"] == true;
    let mut all = match tool {
        DrawTool::Point => place(geometry).into_iter().collect(),
        DrawTool::Line => places(geometry),
        DrawTool::Polygon => places(&geometry[0]),
    };
    let fixed = match tool {
        DrawTool::Line if drawing => all.len().saturating_sub(1),
        DrawTool::Polygon if drawing => properties["committedCoordinateCount"]
            .as_u64()
            .map_or(0, |n| n as usize),
        DrawTool::Polygon => all.len().saturating_sub(1),
        _ => all.len(),
    };
    let next = all
        .get(fixed)
        .copied()
        .filter(|n| drawing && fixed > 0 && all.get(fixed - 1) != Some(n));
    all.truncate(fixed);
    Drawn {
        tool,
        coordinates: all,
        next,
    }
}

fn places(line: &Value) -> Vec<LonLat> {
    line.as_array()
        .map(|all| all.iter().filter_map(place).collect())
        .unwrap_or_default()
}

fn place(position: &Value) -> Option<LonLat> {
    Some(LonLat::new(
        position.get(0)?.as_f64()?,
        position.get(1)?.as_f64()?,
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(coordinates: Value, drawing: bool) -> Value {
        json!([
            { "geometry": { "type": "Point", "coordinates": [9, 9] },
              "properties": { "mode": "linestring", "closingPoint": true } },
            { "geometry": { "type": "LineString", "coordinates": coordinates },
              "properties": { "mode": "linestring", "currentlyDrawing": drawing } },
        ])
    }

    #[test]
    fn the_vertex_that_follows_the_mouse_does_not_count() {
        let drawn = drawn(
            DrawTool::Line,
            &[],
            &line(json!([[1, 1], [2, 2], [3, 3]]), true),
        );
        assert_eq!(
            drawn.coordinates,
            vec![LonLat::new(1.0, 1.0), LonLat::new(2.0, 2.0)]
        );
        assert_eq!(drawn.next, Some(LonLat::new(3.0, 3.0)));
    }

    #[test]
    fn a_tap_without_a_mouse_has_no_next_vertex() {
        let drawn = drawn(DrawTool::Line, &[], &line(json!([[1, 1], [1, 1]]), true));
        assert_eq!((drawn.coordinates.len(), drawn.next), (1, None));
    }

    #[test]
    fn a_closed_line_has_all_its_vertices() {
        let drawn = drawn(
            DrawTool::Line,
            &[],
            &line(json!([[1, 1], [2, 2], [3, 3]]), false),
        );
        assert_eq!((drawn.coordinates.len(), drawn.next), (3, None));
    }

    #[test]
    fn an_area_is_an_open_ring_of_what_was_tapped() {
        let polygon = |ring: Value, count: Option<u32>| {
            json!([{ "geometry": { "type": "Polygon", "coordinates": [ring] },
                "properties": { "mode": "polygon", "currentlyDrawing": count.is_some(),
                    "committedCoordinateCount": count } }])
        };
        let open = drawn(
            DrawTool::Polygon,
            &[],
            &polygon(json!([[0, 0], [1, 0], [1, 1], [5, 5], [0, 0]]), Some(3)),
        );
        assert_eq!(
            (open.coordinates.len(), open.next),
            (3, Some(LonLat::new(5.0, 5.0)))
        );
        let closed = drawn(
            DrawTool::Polygon,
            &[],
            &polygon(json!([[0, 0], [1, 0], [1, 1], [0, 0]]), None),
        );
        assert_eq!((closed.coordinates.len(), closed.is_complete()), (3, true));
    }

    #[test]
    fn what_was_set_before_comes_first() {
        let before = [LonLat::new(8.0, 8.0), LonLat::new(9.0, 9.0)];
        let of = |tool, snapshot: &Value| drawn(tool, &before, snapshot).coordinates;
        assert_eq!(of(DrawTool::Line, &Value::Null), before);
        let longer = of(DrawTool::Line, &line(json!([[1, 1], [1, 1]]), true));
        assert_eq!(longer, [before[0], before[1], LonLat::new(1.0, 1.0)]);
        let moved = json!([{ "geometry": { "type": "Point", "coordinates": [1, 1] },
            "properties": { "mode": "point" } }]);
        assert_eq!(of(DrawTool::Point, &moved), [LonLat::new(1.0, 1.0)]);
    }

    #[test]
    fn nothing_drawn_is_an_empty_drawing() {
        assert!(
            drawn(DrawTool::Polygon, &[], &Value::Null)
                .coordinates
                .is_empty()
        );
        assert!(!drawn(DrawTool::Line, &[], &json!([])).is_complete());
    }
}
