//! Who has the boxes that a tree is over.

use crate::geodesy::Bbox;
use crate::layer::Layer;

/// Boxes in degrees, by rows from 0 on. No trait: what is generic is built with its user, which is built
/// for size.
#[derive(Debug, Clone, Copy)]
pub enum Boxes<'b> {
    /// Around what the rows of a layer are.
    Layer(&'b Layer),
    /// These.
    All(&'b [Bbox]),
}

impl Boxes<'_> {
    /// How many there are.
    pub(super) fn count(self) -> u32 {
        match self {
            Boxes::Layer(layer) => layer.len(),
            Boxes::All(all) => all.len() as u32,
        }
    }

    /// West, south, east and north of one that is there.
    #[inline(never)]
    pub(super) fn rect(self, row: u32) -> [f64; 4] {
        match self {
            Boxes::Layer(layer) => layer.geometry(row).bbox().into(),
            Boxes::All(all) => all[row as usize].into(),
        }
    }

    /// The same of all of them together; none where there is none.
    pub(super) fn bounds(self) -> Option<[f64; 4]> {
        let bounds = match self {
            Boxes::Layer(layer) => layer.bounds(),
            Boxes::All(all) => all.iter().copied().reduce(Bbox::union),
        };
        bounds.map(Into::into)
    }
}

impl<'b> From<&'b Layer> for Boxes<'b> {
    fn from(layer: &'b Layer) -> Self {
        Boxes::Layer(layer)
    }
}

impl<'b> From<&'b Vec<Bbox>> for Boxes<'b> {
    fn from(all: &'b Vec<Bbox>) -> Self {
        Boxes::All(all)
    }
}
