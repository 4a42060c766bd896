//! Cutting lines and rings to the tile with its buffer.

use super::grid::{Point, Rect};

/// The pieces of a line inside the box (after Liang and Barsky, 1984), each of
/// at least two different points.
pub(super) fn clip_line(line: &[Point], rect: &Rect, mut piece: impl FnMut(&[Point])) {
    if line.iter().all(|&p| rect.contains(p)) {
        return piece(line);
    }
    let mut run: Vec<Point> = Vec::new();
    let mut finish = |run: &mut Vec<Point>| {
        if run.len() > 1 {
            piece(run);
        }
        run.clear();
    };
    for w in line.windows(2) {
        let Some((from, to)) = clip_segment(w[0], w[1], rect) else {
            finish(&mut run);
            continue;
        };
        if run.last() != Some(&from) {
            finish(&mut run);
            run.push(from);
        }
        if to != from {
            run.push(to);
        }
        if to != w[1] {
            finish(&mut run);
        }
    }
    finish(&mut run);
}

/// The part of a segment inside the box.
fn clip_segment(a: Point, b: Point, rect: &Rect) -> Option<(Point, Point)> {
    let (mut enter, mut leave) = (0.0_f64, 1.0_f64);
    for axis in 0..2 {
        let (from, step) = (a[axis] as f64, (b[axis] - a[axis]) as f64);
        let (low, high) = (rect.min[axis] as f64, rect.max[axis] as f64);
        if step == 0.0 {
            if from < low || from > high {
                return None;
            }
            continue;
        }
        let (t, u) = ((low - from) / step, (high - from) / step);
        enter = enter.max(t.min(u));
        leave = leave.min(t.max(u));
    }
    let at = |t: f64| -> Point {
        std::array::from_fn(|i| {
            let v = a[i] as f64 + (b[i] - a[i]) as f64 * t;
            (v.round() as i64).clamp(rect.min[i], rect.max[i])
        })
    };
    (enter <= leave).then(|| {
        (
            if enter > 0.0 { at(enter) } else { a },
            if leave < 1.0 { at(leave) } else { b },
        )
    })
}

/// Cuts a closed ring to the box (I. Sutherland and G. Hodgman, 1974). What is
/// left is closed, or empty. Where the ring leaves the box and comes back, it
/// runs along the border, outside of what is seen.
pub(super) fn clip_ring(ring: &mut Vec<Point>, rect: &Rect, scratch: &mut Vec<Point>) {
    if ring.iter().all(|&p| rect.contains(p)) {
        return;
    }
    ring.pop();
    for (axis, bound, sign) in [
        (0, rect.min[0], 1),
        (0, rect.max[0], -1),
        (1, rect.min[1], 1),
        (1, rect.max[1], -1),
    ] {
        scratch.clear();
        let inside = |p: Point| (p[axis] - bound) * sign >= 0;
        let Some(&last) = ring.last() else { return };
        let mut from = last;
        for &to in ring.iter() {
            if inside(from) != inside(to) {
                scratch.push(at_bound(from, to, axis, bound));
            }
            if inside(to) {
                scratch.push(to);
            }
            from = to;
        }
        std::mem::swap(ring, scratch);
    }
    if let Some(&first) = ring.first() {
        ring.push(first);
    }
}

/// Where a segment meets a line of the grid; the same whichever way it runs.
fn at_bound(a: Point, b: Point, axis: usize, bound: i64) -> Point {
    let (a, b) = if a[axis] < b[axis] { (a, b) } else { (b, a) };
    let other = 1 - axis;
    let share = (bound - a[axis]) as f64 / (b[axis] - a[axis]) as f64;
    let mut p = [bound; 2];
    p[other] = a[other] + ((b[other] - a[other]) as f64 * share).round() as i64;
    p
}
