//! Putting a glyph inside a state mark.

use super::asset::{GRID, Glyph};
use super::mark;
use super::picture::{Picture, Piece, Place, Shape, Tone};
use mendmap_core::task::Mark;

/// Side of the grid composed symbols are drawn on; the mark leaves room for its halo.
pub(super) const SIDE: f32 = 32.0;

/// A symbol for the map: the glyph of an asset kind inside the mark of its state.
pub fn compose(glyph: Glyph, mark: Mark) -> Picture {
    let frame = mark::frame(mark);
    let mut pieces = frame.behind;
    if let Some(seat) = frame.seat {
        let place = Place::centred(seat.x, seat.y, seat.scale, GRID);
        push_glyph(&mut pieces, glyph, seat.tone, seat.ground, place);
    }
    pieces.extend(frame.before);
    Picture { side: SIDE, pieces }
}

/// A mark by itself on a disc, for places on the map that are no asset.
pub fn mark_on_disc(mark: Mark) -> Picture {
    const DISC: &str = "M16 3a13 13 0 1 1 0 26a13 13 0 1 1 0-26z";
    let mut pieces = vec![
        Piece::path(Shape::fill(DISC), Tone::Surface),
        Piece::path(Shape::stroke(1.2, DISC), Tone::Outline),
    ];
    let seat = Place::centred(SIDE / 2.0, SIDE / 2.0, 0.8, GRID);
    pieces.extend(mark::alone(mark).into_iter().map(|piece| match piece {
        Piece::Path { shape, tone, .. } => Piece::Path {
            shape,
            tone,
            place: seat,
        },
        letter @ Piece::Letter { .. } => letter,
    }));
    Picture { side: SIDE, pieces }
}

/// A mark by itself, for legends, lists and places that are no asset.
pub fn mark_alone(mark: Mark) -> Picture {
    Picture {
        side: GRID,
        pieces: mark::alone(mark),
    }
}

/// A glyph by itself, in the colour of its surroundings.
pub fn glyph_alone(glyph: Glyph) -> Picture {
    let mut pieces = Vec::new();
    push_glyph(&mut pieces, glyph, Tone::Kind, Tone::Surface, Place::SAME);
    Picture { side: GRID, pieces }
}

/// An arrow along a pipe, pointing to the right.
pub fn arrow() -> Picture {
    const HEAD: &str = "M3.5 2 13 8 3.5 14 6.2 8z";
    Picture {
        side: 16.0,
        pieces: vec![
            Piece::path(Shape::stroke(3.0, HEAD), Tone::Surface),
            Piece::path(Shape::fill(HEAD), Tone::Kind),
        ],
    }
}

fn push_glyph(pieces: &mut Vec<Piece>, glyph: Glyph, tone: Tone, ground: Tone, place: Place) {
    match glyph {
        Glyph::None => {}
        Glyph::Drawn(shapes) => pieces.extend(shapes.iter().map(|&shape| Piece::Path {
            shape,
            tone: if shape.cut { ground } else { tone },
            place,
        })),
        Glyph::Letter(letter) => pieces.push(Piece::Letter {
            letter,
            tone,
            place: Place {
                x: place.x + GRID * place.scale / 2.0,
                y: place.y + GRID * place.scale / 2.0,
                scale: GRID * place.scale * 0.92,
            },
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::glyphs::glyph;

    #[test]
    fn states_differ_by_shape_without_their_colours() {
        let grate = glyph("grate", "");
        let shapes = |mark| -> Vec<String> {
            compose(grate, mark)
                .pieces
                .iter()
                .map(|piece| match piece {
                    Piece::Path { shape, place, .. } => format!("{shape:?} {place:?}"),
                    Piece::Letter { letter, .. } => letter.to_string(),
                })
                .collect()
        };
        for (i, a) in Mark::ALL.iter().enumerate() {
            for b in &Mark::ALL[i + 1..] {
                assert_ne!(shapes(*a), shapes(*b), "{a:?} and {b:?}");
            }
        }
    }

    #[test]
    fn kinds_differ_inside_every_mark_that_seats_a_glyph() {
        for mark in Mark::ALL {
            let (grate, lid) = (glyph("grate", ""), glyph("lid-storm", ""));
            let seated = !matches!(mark, Mark::Never | Mark::Done);
            assert_eq!(
                compose(grate, mark) != compose(lid, mark),
                seated,
                "{mark:?}"
            );
        }
    }

    #[test]
    fn what_is_cut_out_shows_what_lies_behind() {
        let cuts = |mark| -> Vec<Tone> {
            compose(glyph("grate", ""), mark)
                .pieces
                .iter()
                .filter_map(|piece| match piece {
                    Piece::Path { shape, tone, .. } if shape.cut => Some(*tone),
                    _ => None,
                })
                .collect()
        };
        assert_eq!(cuts(Mark::None), [Tone::Surface]);
        assert_eq!(cuts(Mark::Overdue), [Tone::Mark]);
    }

    #[test]
    fn a_letter_sits_in_the_middle_of_its_seat() {
        let picture = compose(glyph("canteen", "食堂"), Mark::None);
        let at = picture.pieces.iter().find_map(|p| match p {
            Piece::Letter {
                letter: '食',
                place,
                ..
            } => Some((place.x, place.y)),
            _ => None,
        });
        assert_eq!(at, Some((SIDE / 2.0, SIDE / 2.0)));
    }
}
