//! How the objects of a file are spelled: which pieces stand between their values.
//!
//! Most files write all their objects alike. So the pieces that came before are kept, each behind the
//! one it followed: what comes next is compared with those, and need not be taken apart again.

use super::properties::Named;
use crate::known::{Known, half_hash};
use crate::layer::{FIELDS, LOOSE, MOST, Shape};
use crate::words::begin_with;

/// So many pieces are kept; an object with a further one is known by none.
const PIECES: usize = 4096;
/// So many are compared with what comes next; where more may follow, those that did last.
const GUESSES: usize = 4;
/// An object with more values is known by none.
const VALUES: usize = 1 << 12;
/// Of the names of [`super::properties::names`] those before the fields that a layer keeps.
const BEFORE_FIELDS: usize = 2;

/// What stands before a value, or behind the last.
#[derive(Debug, Default)]
struct Piece {
    text: Box<str>,
    /// As what is asked for the name that it ends with.
    named: Named,
    is_last: bool,
    /// The piece before it, and those that followed it.
    before: u32,
    followed_by: Vec<u32>,
    /// Behind which an object ends: the number of its shape.
    shape: Option<u16>,
}

/// The pieces of a file's objects, and the values of the object that was read last.
#[derive(Debug)]
pub(super) struct Spelling {
    /// The first stands for the beginning.
    pieces: Vec<Piece>,
    /// Pieces by the one before and their text.
    known: Known,
    /// How many shapes have a number.
    shapes: u16,
    /// The piece that was passed last; none where it is not kept.
    at: Option<u32>,
    /// Where in the text each value is.
    values: Vec<[usize; 2]>,
    shape: u16,
}

impl Default for Spelling {
    fn default() -> Self {
        Spelling {
            pieces: vec![Piece::default()],
            known: Known::default(),
            shapes: LOOSE,
            at: None,
            values: Vec::new(),
            shape: LOOSE,
        }
    }
}

impl Spelling {
    /// An object begins.
    #[inline]
    pub(super) fn begin(&mut self) {
        self.at = Some(0);
        self.values.clear();
        self.shape = LOOSE;
    }

    /// Passes the piece that comes next, if it is one that came here before: its length, as what the name is asked
    /// for that it ends with, and whether the object ends with it.
    #[inline(always)]
    pub(super) fn guess(&mut self, rest: &[u8]) -> Option<(usize, Named, bool)> {
        let followed = &self.pieces[self.at? as usize].followed_by;
        for &n in followed.iter().take(GUESSES) {
            let piece = &self.pieces[n as usize];
            let len = piece.text.len();
            // A blank before the value belongs to its piece.
            if begin_with(rest, piece.text.as_bytes())
                && (piece.is_last || rest.get(len).is_some_and(|&byte| byte > b' '))
            {
                self.at = Some(n);
                if let (true, Some(shape)) = (piece.is_last, piece.shape) {
                    self.shape = shape;
                }
                return Some((len, piece.named, piece.is_last));
            }
        }
        None
    }

    /// Passes a piece before a value.
    pub(super) fn pass(&mut self, text: &str, named: Named) {
        self.at = self.at.and_then(|at| self.learn(at, text, named, false));
    }

    /// A value was passed, from there to there.
    #[inline]
    pub(super) fn value(&mut self, start: usize, end: usize) {
        self.values.push([start, end]);
    }

    /// Passes the piece with which the object ends.
    pub(super) fn end(&mut self, text: &str) {
        let last = self.at.filter(|_| self.values.len() <= VALUES);
        let Some(last) = last.and_then(|at| self.learn(at, text, 0, true)) else {
            return;
        };
        let piece = &mut self.pieces[last as usize];
        if piece.shape.is_none() {
            piece.shape = Some(match usize::from(self.shapes) < MOST {
                true => {
                    self.shapes += 1;
                    self.shapes
                }
                false => LOOSE,
            });
        }
        self.shape = piece.shape.unwrap_or(LOOSE);
        self.at = Some(last);
    }

    /// There is no object, or none that can be read.
    pub(super) fn none(&mut self) {
        self.begin();
        self.at = None;
    }

    /// A piece by its text and the one before it, which is kept from now on.
    fn learn(&mut self, before: u32, text: &str, named: Named, is_last: bool) -> Option<u32> {
        let pieces = &self.pieces;
        let is_it = |n: u32| {
            let known = &pieces[n as usize];
            known.before == before && *known.text == *text && known.is_last == is_last
        };
        let half = half_hash((before, text));
        if let Some(found) = self.known.find(half, is_it) {
            let followed = &mut self.pieces[before as usize].followed_by;
            if let Some(place) = followed.iter().position(|&n| n == found) {
                followed.swap(0, place);
            }
            return Some(found);
        }
        let n = Some(pieces.len()).filter(|&n| n < PIECES)? as u32;
        self.known.add(half, n);
        self.pieces[before as usize].followed_by.push(n);
        self.pieces.push(Piece {
            text: text.into(),
            named,
            is_last,
            before,
            ..Piece::default()
        });
        Some(n)
    }

    /// The number of the shape of the object that was read last. They are counted up as they are met.
    #[inline]
    pub(super) fn shape(&self) -> u16 {
        self.shape
    }

    /// The values of the object that was read last, in the text that it is in.
    #[inline]
    pub(super) fn values<'a>(&self, text: &'a str) -> impl Iterator<Item = &'a str> {
        let values = self.values.iter();
        values.map(move |&[start, end]| text.get(start..end).unwrap_or(""))
    }

    /// The shape of the object that was read last, without rows. Of a name that comes twice the last counts.
    pub(super) fn learned(&self) -> Shape {
        let mut texts = Vec::new();
        let mut names = Vec::new();
        let mut at = self.at.unwrap_or(0);
        while at > 0 {
            let piece = &self.pieces[at as usize];
            texts.push(piece.text.clone());
            names.push(piece.named);
            at = piece.before;
        }
        texts.reverse();
        names.reverse();
        let mut fields = [None; FIELDS];
        for (value, named) in (0..).zip(names) {
            for (field, place) in fields.iter_mut().enumerate() {
                if named & (1 << (field + BEFORE_FIELDS)) != 0 {
                    *place = Some(value);
                }
            }
        }
        Shape::new(texts, fields)
    }
}
