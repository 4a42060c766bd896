//! Rings as RFC 7946 §3.1.6 wants them: closed, the outer one counterclockwise,
//! the holes clockwise.

use super::Problem;
use crate::geodesy::LonLat;
use crate::layer::{Draft, Part};

/// Different positions that a ring needs.
const NEEDED: u8 = 3;

/// Closes and turns the rings of an area. An outer ring too short to be one
/// spoils the area; a hole too short is left out. Each problem is told once.
pub(super) fn mend(draft: &mut Draft, problems: &mut Vec<Problem>) -> Result<(), Problem> {
    if is_sound(draft) {
        return Ok(());
    }
    let (mut open, mut wrong, mut flat) = (false, false, false);
    let mended = Draft {
        kind: draft.kind,
        ..Draft::default()
    };
    let old = std::mem::replace(draft, mended);
    let mut from = 0;
    for (&end, &part) in old.ends.iter().zip(&old.parts) {
        let ring = old.coords.get(from..end as usize).unwrap_or(&[]);
        from = end as usize;
        let closed = ring.len() > 1 && ring.first() == ring.last();
        let found = ring.len() - usize::from(closed);
        if found < usize::from(NEEDED) {
            if part == Part::Hole {
                flat = true;
                continue;
            }
            return Err(Problem::TooShort {
                needed: NEEDED,
                found: found as u8,
            });
        }
        open |= !closed;
        let start = draft.coords.len();
        draft.coords.extend_from_slice(&ring[..found]);
        if runs_wrong(part, doubled_area(&ring[..found])) {
            wrong = true;
            // The first position stays the first.
            draft.coords[start + 1..].reverse();
        }
        draft.coords.push(ring[0]);
        draft.end(part);
    }
    let told = [
        (open, Problem::OpenRing),
        (wrong, Problem::WrongWinding),
        (flat, Problem::BadHole),
    ];
    problems.extend(told.into_iter().filter_map(|(is, p)| is.then_some(p)));
    Ok(())
}

/// Whether nothing is to be mended, as nearly always.
fn is_sound(draft: &Draft) -> bool {
    let mut from = 0;
    draft.ends.iter().zip(&draft.parts).all(|(&end, &part)| {
        let ring = draft.coords.get(from..end as usize).unwrap_or(&[]);
        from = end as usize;
        let closed = ring.len() > usize::from(NEEDED) && ring.first() == ring.last();
        closed && !runs_wrong(part, doubled_area(&ring[..ring.len() - 1]))
    })
}

fn runs_wrong(part: Part, doubled_area: f64) -> bool {
    (part == Part::Outer && doubled_area < 0.0) || (part == Part::Hole && doubled_area > 0.0)
}

/// Twice the area in square degrees, positive where the ring runs
/// counterclockwise. Counted from its first position, to keep the digits.
fn doubled_area(ring: &[LonLat]) -> f64 {
    let Some(o) = ring.first() else { return 0.0 };
    ring.windows(2)
        .map(|w| (w[0].lon - o.lon) * (w[1].lat - o.lat) - (w[1].lon - o.lon) * (w[0].lat - o.lat))
        .sum()
}
