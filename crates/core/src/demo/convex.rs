//! Convex areas: blocks are cut and drawn in by half-planes, which cannot make
//! neighbours overlap.

use super::plane::{Pt, pt};

/// Part of a convex ring (open, counter-clockwise) left of the line through
/// `on` along `along`.
pub(super) fn clip(ring: &[Pt], on: Pt, along: Pt) -> Vec<Pt> {
    let side = |p: Pt| along.cross(p - on);
    let mut out = Vec::with_capacity(ring.len() + 1);
    for (i, &a) in ring.iter().enumerate() {
        let b = ring[(i + 1) % ring.len()];
        let (sa, sb) = (side(a), side(b));
        if sa >= 0.0 {
            out.push(a);
        }
        if (sa > 0.0 && sb < 0.0) || (sa < 0.0 && sb > 0.0) {
            out.push(a.lerp(b, sa / (sa - sb)));
        }
    }
    out
}

/// The ring drawn in by a distance of its own for each side; empty where nothing is left.
pub(super) fn inset(ring: &[Pt], by: &[f64]) -> Vec<Pt> {
    let mut out = ring.to_vec();
    for (i, &d) in by.iter().enumerate() {
        let (a, b) = (ring[i], ring[(i + 1) % ring.len()]);
        let along = (b - a).unit();
        out = clip(&out, a + along.left() * d, along);
        if out.len() < 3 {
            return Vec::new();
        }
    }
    out
}

/// Square metres, positive for counter-clockwise rings.
pub(super) fn area(ring: &[Pt]) -> f64 {
    let mut sum = 0.0;
    for (i, &a) in ring.iter().enumerate() {
        sum += a.cross(ring[(i + 1) % ring.len()]);
    }
    sum / 2.0
}

/// Mean of the corners: inside, near the middle.
pub(super) fn middle(ring: &[Pt]) -> Pt {
    let sum = ring.iter().fold(pt(0.0, 0.0), |s, &p| s + p);
    sum * (1.0 / ring.len().max(1) as f64)
}

/// Largest and smallest width between parallel lines along the sides.
pub(super) fn extent(ring: &[Pt]) -> (f64, f64) {
    let (mut wide, mut narrow) = (0.0_f64, f64::MAX);
    for (i, &a) in ring.iter().enumerate() {
        let normal = (ring[(i + 1) % ring.len()] - a).unit().left();
        let reach = ring.iter().map(|&p| normal.dot(p - a)).fold(0.0, f64::max);
        wide = wide.max(reach);
        narrow = narrow.min(reach);
    }
    (wide, narrow)
}

/// Cuts a ring across its longer direction at share `t`, leaving a gap.
pub(super) fn halve(ring: &[Pt], t: f64, skew: f64, gap: f64) -> (Vec<Pt>, Vec<Pt>) {
    let mut best = (0.0, pt(1.0, 0.0), pt(0.0, 0.0));
    for (i, &a) in ring.iter().enumerate() {
        let b = ring[(i + 1) % ring.len()];
        if a.dist(b) > best.0 {
            best = (a.dist(b), (b - a).unit(), a.lerp(b, t));
        }
    }
    let (_, along, on) = best;
    let cut = (along.left() + along * skew).unit();
    let right = cut.left() * -1.0;
    let first = clip(ring, on - right * (gap / 2.0), cut);
    let second = clip(ring, on + right * (gap / 2.0), cut * -1.0);
    (first, second)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn square() -> Vec<Pt> {
        vec![pt(0.0, 0.0), pt(10.0, 0.0), pt(10.0, 10.0), pt(0.0, 10.0)]
    }

    #[test]
    fn drawn_in_by_side() {
        let ring = inset(&square(), &[1.0, 2.0, 3.0, 0.0]);
        assert!((area(&ring) - 8.0 * 6.0).abs() < 1e-9);
        assert!(inset(&square(), &[6.0, 0.0, 6.0, 0.0]).is_empty());
        assert_eq!(extent(&ring), (8.0, 6.0));
    }

    #[test]
    fn halves_keep_their_gap() {
        let (a, b) = halve(&square(), 0.4, 0.0, 1.0);
        assert!((area(&a) + area(&b) - 90.0).abs() < 1e-9);
        assert!((area(&a) - 35.0).abs() < 1e-9 || (area(&b) - 35.0).abs() < 1e-9);
    }
}
