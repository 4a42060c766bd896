//! Marks for the state of work: shape first, colour second.

use super::picture::{Piece, Place, Shape, Tone};
use mendmap_core::task::Mark;

/// Where a glyph sits inside a mark.
pub(super) struct Seat {
    pub(super) x: f32,
    pub(super) y: f32,
    /// Scale of the glyph's 24-unit grid.
    pub(super) scale: f32,
    pub(super) tone: Tone,
    /// Colour of the glyph's cut-outs.
    pub(super) ground: Tone,
}

/// A mark on the 32-unit grid of composed symbols.
pub(super) struct Frame {
    pub(super) behind: Vec<Piece>,
    pub(super) seat: Option<Seat>,
    pub(super) before: Vec<Piece>,
}

const RING: &str = "M16 4a12 12 0 1 1 0 24a12 12 0 1 1 0-24z";
const SMALL_RING: &str = "M16 10a6 6 0 1 1 0 12a6 6 0 1 1 0-12z";
const SEAT_DISC: &str = "M16 8a8 8 0 1 1 0 16a8 8 0 1 1 0-16z";
const LEFT_HALF: &str = "M16 4a12 12 0 0 0 0 24z";
const RIGHT_HALF: &str = "M16 4a12 12 0 0 1 0 24z";
const TRIANGLE: &str = "M16 3.5 29.5 27.5H2.5z";
const DIAMOND: &str = "M16 2.5 29.5 16 16 29.5 2.5 16z";
const BADGE: &str = "M24.5 18.5a6 6 0 1 1 0 12a6 6 0 1 1 0-12z";
const BADGE_TICK: &str = "M21.7 24.8l2.1 2.2 3.6-4.4";
const BADGE_BACK: &str = "M27.7 24.5h-6m2.6-2.7-2.7 2.7 2.7 2.7";
const BIG_TICK: &str = "M10.3 16.4l4 4.3 7.6-9";

/// The mark as a frame around a glyph.
pub(super) fn frame(mark: Mark) -> Frame {
    let seat = |y, scale, tone, ground| {
        Some(Seat {
            x: 16.0,
            y,
            scale,
            tone,
            ground,
        })
    };
    let ringed = |width| {
        vec![
            Piece::path(Shape::stroke(width + 3.0, RING), Tone::Surface),
            Piece::path(Shape::fill(RING), Tone::Surface),
            Piece::path(Shape::stroke(width, RING), Tone::Mark),
        ]
    };
    let badge = |filled: bool, sign| {
        let (ground, ink) = if filled {
            (Tone::Mark, Tone::Surface)
        } else {
            (Tone::Surface, Tone::Mark)
        };
        vec![
            Piece::path(Shape::stroke(4.5, BADGE), Tone::Surface),
            Piece::path(Shape::fill(BADGE), ground),
            Piece::path(Shape::stroke(1.8, BADGE), Tone::Mark),
            Piece::path(Shape::stroke(2.2, sign), ink),
        ]
    };
    let inked = |scale| seat(16.0, scale, Tone::Ink, Tone::Surface);
    match mark {
        Mark::None => Frame {
            behind: vec![
                Piece::path(Shape::fill(RING), Tone::Surface),
                Piece::path(Shape::stroke(1.4, RING), Tone::Outline),
            ],
            seat: seat(16.0, 0.7, Tone::Kind, Tone::Surface),
            before: vec![],
        },
        Mark::Open => Frame {
            behind: ringed(3.2),
            seat: inked(0.62),
            before: vec![],
        },
        Mark::Due => Frame {
            behind: vec![
                Piece::path(Shape::stroke(6.0, TRIANGLE), Tone::Surface),
                Piece::path(Shape::fill(TRIANGLE), Tone::Surface),
                Piece::path(Shape::stroke(3.0, TRIANGLE), Tone::Mark),
            ],
            seat: seat(19.5, 0.5, Tone::Ink, Tone::Surface),
            before: vec![],
        },
        Mark::Overdue => Frame {
            behind: vec![
                Piece::path(Shape::stroke(5.0, DIAMOND), Tone::Surface),
                Piece::path(Shape::stroke(2.0, DIAMOND), Tone::Mark),
                Piece::path(Shape::fill(DIAMOND), Tone::Mark),
            ],
            seat: seat(16.0, 0.6, Tone::Surface, Tone::Mark),
            before: vec![],
        },
        Mark::UnderWay => {
            let mut behind = ringed(2.4);
            behind.push(Piece::path(Shape::fill(LEFT_HALF), Tone::Mark));
            behind.push(Piece::path(Shape::fill(SEAT_DISC), Tone::Surface));
            Frame {
                behind,
                seat: inked(0.54),
                before: vec![],
            }
        }
        Mark::Reported => Frame {
            behind: ringed(2.0),
            seat: inked(0.62),
            before: badge(false, BADGE_TICK),
        },
        Mark::Verified => Frame {
            behind: ringed(2.6),
            seat: inked(0.62),
            before: badge(true, BADGE_TICK),
        },
        Mark::SentBack => Frame {
            behind: ringed(3.2),
            seat: inked(0.62),
            before: badge(true, BADGE_BACK),
        },
        Mark::Conflict => Frame {
            behind: split(RING, LEFT_HALF, RIGHT_HALF, 2.4),
            seat: inked(0.5),
            before: vec![],
        },
        Mark::Never => Frame {
            behind: vec![
                Piece::path(Shape::stroke(5.0, SMALL_RING), Tone::Surface),
                Piece::path(Shape::fill(SMALL_RING), Tone::Surface),
                Piece::path(Shape::stroke(2.2, SMALL_RING), Tone::Mark),
            ],
            seat: None,
            before: vec![],
        },
        Mark::Done => Frame {
            behind: vec![
                Piece::path(Shape::stroke(2.4, RING), Tone::Surface),
                Piece::path(Shape::fill(RING), Tone::Mark),
                Piece::path(Shape::stroke(3.6, BIG_TICK), Tone::Surface),
            ],
            seat: None,
            before: vec![],
        },
    }
}

/// A disc broken in two halves that have slipped apart.
fn split(whole: &'static str, left: &'static str, right: &'static str, width: f32) -> Vec<Piece> {
    let slip = |x, y| Place { x, y, scale: 1.0 };
    let (up, down) = (slip(-0.9, -1.6), slip(0.9, 1.6));
    let half = |d, place| {
        [
            (Shape::fill(d), Tone::Surface),
            (Shape::stroke(width, d), Tone::Mark),
        ]
        .map(|(shape, tone)| Piece::Path { shape, tone, place })
    };
    let mut pieces = vec![Piece::path(Shape::stroke(6.0, whole), Tone::Surface)];
    pieces.extend(half(left, up));
    pieces.extend(half(right, down));
    pieces
}

/// The mark by itself on the 24-unit grid of glyphs.
pub(super) fn alone(mark: Mark) -> Vec<Piece> {
    const DISC: &str = "M12 3a9 9 0 1 1 0 18a9 9 0 1 1 0-18z";
    const DOT: &str = "M12 7.5a4.5 4.5 0 1 1 0 9a4.5 4.5 0 1 1 0-9z";
    const TICK: &str = "M7.7 12.4l3 3.2 5.6-6.8";
    const LEFT: &str = "M12 3a9 9 0 0 0 0 18z";
    let (fill, stroke) = (
        |d| Piece::path(Shape::fill(d), Tone::Mark),
        |width, d| Piece::path(Shape::stroke(width, d), Tone::Mark),
    );
    let reversed = |width, d| Piece::path(Shape::stroke(width, d), Tone::Surface);
    match mark {
        Mark::None | Mark::Never => vec![stroke(2.2, DOT)],
        Mark::Open => vec![stroke(3.2, DISC)],
        Mark::Due => vec![stroke(2.8, "M12 3.5 22 20.5H2z")],
        Mark::Overdue => vec![
            fill("M12 1.5 22.5 12 12 22.5 1.5 12z"),
            stroke(1.0, "M12 1.5 22.5 12 12 22.5 1.5 12z"),
        ],
        Mark::UnderWay => vec![stroke(2.2, DISC), fill(LEFT)],
        Mark::Reported => vec![stroke(2.0, DISC), stroke(2.4, TICK)],
        Mark::Verified | Mark::Done => vec![fill(DISC), stroke(1.6, DISC), reversed(2.8, TICK)],
        Mark::SentBack => vec![stroke(
            2.8,
            "M9 4.5 3.5 10 9 15.5M3.5 10H15a5 5 0 0 1 0 10H9",
        )],
        Mark::Conflict => vec![
            fill("M11 2.5a8.5 8.5 0 0 0 0 17z"),
            stroke(2.2, "M14 5a8.5 8.5 0 0 1 0 16z"),
        ],
    }
}
