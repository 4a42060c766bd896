//! A drawing as data: what both the canvas and the DOM paint from.

/// How a path is painted.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Paint {
    /// Filled, even-odd.
    Fill,
    /// Stroked with round caps and joins, width in units of the path's own grid.
    Stroke(f32),
}

/// Whose colour a piece has; the painter knows the theme.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Tone {
    /// Colour of the mark, that is of the state.
    Mark,
    /// Colour of the asset kind.
    Kind,
    /// Plain ink.
    Ink,
    /// The surface a glyph lies on.
    Surface,
    /// A thin outline that only sets a symbol off from the map.
    Outline,
}

/// A path on a grid.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Shape {
    /// Path data as in SVG.
    pub d: &'static str,
    /// Fill or stroke.
    pub paint: Paint,
    /// Drawn in the colour of what lies behind it: a cut-out.
    pub cut: bool,
}

impl Shape {
    /// A filled path.
    pub const fn fill(d: &'static str) -> Self {
        Shape {
            d,
            paint: Paint::Fill,
            cut: false,
        }
    }

    /// A stroked path.
    pub const fn stroke(width: f32, d: &'static str) -> Self {
        Shape {
            d,
            paint: Paint::Stroke(width),
            cut: false,
        }
    }

    /// The same path as a cut-out.
    pub const fn cut(self) -> Self {
        Shape { cut: true, ..self }
    }
}

/// Where a path's grid lies on the picture's.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Place {
    /// Offset to the right.
    pub x: f32,
    /// Offset downwards.
    pub y: f32,
    /// Scale of the path's grid.
    pub scale: f32,
}

impl Place {
    /// As it stands.
    pub const SAME: Place = Place {
        x: 0.0,
        y: 0.0,
        scale: 1.0,
    };

    /// A grid of `side` units, scaled, with its middle at `(x, y)`.
    pub fn centred(x: f32, y: f32, scale: f32, side: f32) -> Self {
        Place {
            x: x - side * scale / 2.0,
            y: y - side * scale / 2.0,
            scale,
        }
    }
}

/// One painted thing.
#[derive(Debug, Clone, PartialEq)]
pub enum Piece {
    /// A path.
    Path {
        /// The path.
        shape: Shape,
        /// Its colour.
        tone: Tone,
        /// Where it lies.
        place: Place,
    },
    /// A single character in bold, its middle at the place's origin, its size the scale.
    Letter {
        /// The character.
        letter: char,
        /// Its colour.
        tone: Tone,
        /// Where it lies.
        place: Place,
    },
}

impl Piece {
    /// A path as it stands.
    pub fn path(shape: Shape, tone: Tone) -> Self {
        Piece::Path {
            shape,
            tone,
            place: Place::SAME,
        }
    }
}

/// A drawing on a square grid.
#[derive(Debug, Clone, PartialEq)]
pub struct Picture {
    /// Side of the grid.
    pub side: f32,
    /// What is painted, from the back to the front.
    pub pieces: Vec<Piece>,
}
